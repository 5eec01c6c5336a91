package widget

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"lull/ui/theme"
)

// gap is what stands between two hints.
const gap = 2

// Tabs is one line of w cells with the numbered names of the screens, the
// active one marked. Where there is no room for all names the others shrink
// to their numbers, then only the active one is left.
func Tabs(th theme.Theme, names []string, active, w int) string {
	var line strings.Builder
	for i, label := range tabLabels(names, active, w) {
		if label == "" {
			continue
		}
		if i == active {
			line.WriteString(th.Selected.Render(label))
			continue
		}
		number, name, _ := strings.Cut(strings.TrimSpace(label), " ")
		line.WriteString(" " + th.Accent.Render(number))
		if name != "" {
			line.WriteString(th.Quiet.Render(" " + name))
		}
		line.WriteString(" ")
	}
	return fit(line.String(), w)
}

// TabAt is the tab under column x of Tabs with the same arguments, or -1.
func TabAt(names []string, active, w, x int) int {
	if x < 0 || x >= w {
		return -1
	}
	from := 0
	for i, label := range tabLabels(names, active, w) {
		if label == "" {
			continue
		}
		to := from + ansi.StringWidth(label)
		if x >= from && x < to {
			return i
		}
		from = to
	}
	return -1
}

// tabLabels is what each tab says, with a space at either side, by room.
func tabLabels(names []string, active, w int) []string {
	full, short, only := make([]string, len(names)), make([]string, len(names)), make([]string, len(names))
	for i, name := range names {
		number := strconv.Itoa(i + 1)
		full[i] = " " + number + " " + name + " "
		short[i] = " " + number + " "
		if i == active {
			short[i], only[i] = full[i], full[i]
		}
	}
	for _, labels := range [][]string{full, short} {
		if labelsWidth(labels) <= w {
			return labels
		}
	}
	return only
}

func labelsWidth(labels []string) int {
	width := 0
	for _, l := range labels {
		width += ansi.StringWidth(l)
	}
	return width
}

// Header is one line of w cells with a title at the left and a remark at the
// right; the remark goes when there is no room for both.
func Header(th theme.Theme, title, remark string, w int) string {
	if w <= 0 {
		return ""
	}
	tw, rw := ansi.StringWidth(title), ansi.StringWidth(remark)
	room := w - tw - rw
	if rw == 0 || room < gap {
		return th.Title.Render(Line(th, title, w))
	}
	return th.Title.Render(Line(th, title, tw)) + spaces(room) + th.Quiet.Render(Line(th, remark, rw))
}

// flow sets parts one after another with a gap, on at most h lines of at most
// w cells. Parts are never cut: from the first without room on, all are left
// out.
func flow(parts []string, w, h int) string {
	var lines []string
	line := ""
	for _, part := range parts {
		width := ansi.StringWidth(part)
		switch {
		case line == "" && width <= w && len(lines) < h:
			line = part
		case line != "" && ansi.StringWidth(line)+gap+width <= w:
			line += spaces(gap) + part
		case line != "" && width <= w && len(lines)+1 < h:
			lines, line = append(lines, line), part
		default:
			return joinLines(lines, line)
		}
	}
	return joinLines(lines, line)
}

func joinLines(lines []string, last string) string {
	if last != "" {
		lines = append(lines, last)
	}
	return strings.Join(lines, "\n")
}

// Panel is a box of w by h cells with a border, the title in it, and the body
// clipped to what is left. A box too small for a border is the body alone.
func Panel(th theme.Theme, title, body string, w, h int) string {
	pad := 1
	if w < 8 {
		pad = 0
	}
	inner := w - 2 - 2*pad
	if inner <= 0 || h < 3 {
		return Clip(body, w, h)
	}
	b := th.Border
	side := func(s string) string { return th.Panel.Render(s) }
	lines := []string{panelTop(th, title, w)}
	for line := range strings.SplitSeq(Clip(body, inner, h-2), "\n") {
		lines = append(lines, side(b.Left)+spaces(pad)+line+spaces(pad)+side(b.Right))
	}
	lines = append(lines, side(b.BottomLeft+strings.Repeat(b.Bottom, w-2)+b.BottomRight))
	return strings.Join(lines, "\n")
}

func panelTop(th theme.Theme, title string, w int) string {
	b := th.Border
	const around = 6 // corner, rule, space; space, rule, corner
	if title == "" || w <= around {
		return th.Panel.Render(b.TopLeft + strings.Repeat(b.Top, w-2) + b.TopRight)
	}
	name := Line(th, title, min(ansi.StringWidth(title), w-around))
	rest := w - around - ansi.StringWidth(name)
	return th.Panel.Render(b.TopLeft+b.Top+" ") + th.Title.Render(name) +
		th.Panel.Render(" "+strings.Repeat(b.Top, rest+1)+b.TopRight)
}
