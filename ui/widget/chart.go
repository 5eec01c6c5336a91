package widget

import (
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"

	"lull/ui/theme"
)

// Bar is one bar of a chart: a count, what stands right under it, and a label
// below that, shown where there is room. One that is unknown has no bar.
type Bar struct {
	N       int
	Under   string
	Label   string
	Unknown bool
}

const (
	barWidth  = 3 // cells of a bar with the gap behind it
	underBars = 2 // rows below them
)

// Chart draws the last bars that there is room for, in h rows: the bars with
// their counts above them, then what stands under each, then the labels. With
// less than four rows there are only counts.
func Chart(th theme.Theme, bars []Bar, w, h int) string {
	bars = bars[max(0, len(bars)-max(0, w)/barWidth):]
	if len(bars) == 0 || h < 1 {
		return ""
	}
	most := 1
	for _, b := range bars {
		most = max(most, b.N)
	}
	high := max(1, h-underBars)
	rows := make([]string, high, h)
	for y := range rows {
		for _, b := range bars {
			rows[y] += b.cell(th, most, high, high-1-y)
		}
	}
	if h > underBars {
		under := ""
		for _, b := range bars {
			under += th.Quiet.Render(cut(b.Under, barWidth))
		}
		rows = append(rows, under, th.Quiet.Render(labels(bars)))
	}
	return Clip(strings.Join(rows, "\n"), w, h)
}

// cell is a bar at a height above the ground: a part of it, its count right
// above it, or nothing. One row is the least a bar takes, and the row above the
// tallest is left for its count.
func (b Bar) cell(th theme.Theme, most, high, y int) string {
	tall := 0
	if b.N > 0 && high > 1 {
		tall = max(1, (b.N*(high-1)+most/2)/most)
	}
	switch {
	case b.Unknown && y == 0:
		return th.Quiet.Render(cut("?", barWidth))
	case b.Unknown:
	case y < tall:
		return th.Warn.Render(strings.Repeat(th.Glyphs.Solid, barWidth-1)) + " "
	case y == tall:
		return th.Text.Render(cut(fmt.Sprint(b.N), barWidth))
	}
	return strings.Repeat(" ", barWidth)
}

// cut fills a text up to w cells, with a gap behind it. What does not fit is only
// said to be more: a number without its last digit would be another number.
func cut(text string, w int) string {
	if lipgloss.Width(text) >= w {
		text = "+"
	}
	return text + strings.Repeat(" ", w-lipgloss.Width(text))
}

// labels sets the labels that there is room for below their bars.
func labels(bars []Bar) string {
	line := ""
	for i, b := range bars {
		if at := i * barWidth; b.Label != "" && (line == "" || lipgloss.Width(line) < at) && at+lipgloss.Width(b.Label) <= len(bars)*barWidth {
			line += strings.Repeat(" ", at-lipgloss.Width(line)) + b.Label
		}
	}
	return line
}

// levels draw a count in one cell.
var levels = map[bool][]rune{true: []rune(" ▁▂▃▄▅▆▇█"), false: []rune(" _.-=+*#%")}

// Profile draws counts as one row, a cell each.
func Profile(th theme.Theme, counts []int) string {
	most := 1
	for _, n := range counts {
		most = max(most, n)
	}
	marks := levels[th.Drawing == theme.Quarters]
	var b strings.Builder
	for _, n := range counts {
		level := 0
		if n > 0 {
			level = max(1, n*(len(marks)-1)/most)
		}
		b.WriteRune(marks[level])
	}
	return th.Warn.Render(b.String())
}
