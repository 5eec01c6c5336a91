package widget

import (
	"strings"
	"time"

	"charm.land/lipgloss/v2"

	"lull/routine/journal"
	"lull/routine/say"
	"lull/ui/canvas"
	"lull/ui/theme"
)

// State is what became of one night.
type State uint8

// The states of a night. Unknown is a night nobody answered for and no session
// was recorded in, and Future one that has not been.
const (
	Unknown State = iota
	Future
	Missed
	Partial
	Kept
	Paused
)

// Cell is one night of the heat map. Cramps is how many were recorded; Quiet
// says there were none. Neither means that nobody said.
type Cell struct {
	Date   journal.Date
	State  State
	Cramps int
	Quiet  bool
}

// HeatMap is what Heat draws. Cells may come in any order; dates without one
// are Unknown before the last cell, and Future after it.
type HeatMap struct {
	Cells       []Cell
	Cursor      journal.Date // the night under the cursor; the zero date is none
	SundayFirst bool         // weeks start on Sunday instead of Monday
}

const (
	weekDays   = 7
	dayLabel   = 3 // two letters and a space
	cellWidth  = 2
	monthWidth = 3
)

// nightLook is how a state shows: its level of the theme's Heat, or -1 for the bare
// ground, its mark, and its word in the legend.
type nightLook struct {
	level int
	mark  string
	word  say.Key
}

// lookOf is the look of a state; a state that is not known looks Unknown.
func lookOf(s State, g theme.Glyphs) nightLook {
	looks := [...]nightLook{
		Unknown: {0, g.Unknown, ""},
		Future:  {-1, g.Future, ""},
		Missed:  {0, g.Missed, "missed"},
		Partial: {2, g.Partial, "partial"},
		Kept:    {4, g.Done, "kept"},
		Paused:  {1, g.Paused, "paused"},
	}
	if int(s) >= len(looks) {
		s = Unknown
	}
	return looks[s]
}

// Heat draws nights as weeks in columns and days of the week in rows, as many
// weeks as w has room for, the last ones or those around the cursor, with the
// names of the months above and what the marks mean below while h allows.
// Below seven rows it is one line of the last nights.
func Heat(th theme.Theme, m HeatMap, w, h int) string {
	if w <= 0 || h <= 0 {
		return ""
	}
	p := m.plan(w, h)
	if p.weeks == 0 {
		return Clip(m.strip(th, w), w, h)
	}
	var blocks []string
	if p.top > 0 {
		blocks = append(blocks, th.Quiet.Render(p.months(w)))
	}
	blocks = append(blocks, m.grid(th, p))
	if rest := h - p.top - weekDays; rest > 1 {
		blocks = append(blocks, "", legend(th, w, rest-1))
	} else if rest == 1 {
		blocks = append(blocks, legend(th, w, 1))
	}
	return Clip(strings.Join(blocks, "\n"), w, h)
}

// HeatAt is the night at column x and row y of Heat with the same arguments,
// and whether there is one.
func HeatAt(m HeatMap, w, h, x, y int) (journal.Date, bool) {
	p := m.plan(w, h)
	week, day := (x-dayLabel)/cellWidth, y-p.top
	if p.weeks == 0 || x < dayLabel || week >= p.weeks || day < 0 || day >= weekDays {
		return 0, false
	}
	return p.start + journal.Date(week*weekDays+day), true
}

// heatPlan is which weeks are shown and where: start is the first day of the
// first one, top the row of the grid.
type heatPlan struct {
	start journal.Date
	weeks int
	top   int
}

// plan is the zero plan when there is no room or nothing to show.
func (m HeatMap) plan(w, h int) heatPlan {
	room := (w - dayLabel) / cellWidth
	if room <= 0 || h < weekDays || len(m.Cells) == 0 {
		return heatPlan{}
	}
	first, last := m.span()
	start, end := m.weekOf(first), m.weekOf(last)
	weeks := int(end-start)/weekDays + 1
	p := heatPlan{start: start, weeks: min(weeks, room), top: min(h-weekDays, 1)}
	shown := journal.Date(p.weeks * weekDays)
	p.start = end + weekDays - shown
	if m.Cursor != 0 && m.Cursor < p.start {
		middle := m.weekOf(m.Cursor) - journal.Date(p.weeks/2*weekDays)
		p.start = min(max(middle, start), p.start)
	}
	return p
}

// span is the first and the last date to be shown.
func (m HeatMap) span() (first, last journal.Date) {
	first, last = m.Cells[0].Date, m.Cells[0].Date
	for _, c := range m.Cells {
		first, last = min(first, c.Date), max(last, c.Date)
	}
	if m.Cursor != 0 {
		first, last = min(first, m.Cursor), max(last, m.Cursor)
	}
	return first, last
}

// weekOf is the first day of the date's week.
func (m HeatMap) weekOf(d journal.Date) journal.Date {
	firstDay := time.Monday
	if m.SundayFirst {
		firstDay = time.Sunday
	}
	return d - journal.Date((d.Weekday()-firstDay+weekDays)%weekDays)
}

// months is the line above the grid: a month's name over the week its first
// day is in, and the first week's while the next name leaves room.
func (p heatPlan) months(w int) string {
	line := []rune(spaces(w))
	free := 0
	for week := range p.weeks {
		monday := p.start + journal.Date(week*weekDays)
		last := (monday + weekDays - 1).Midnight()
		at := dayLabel + week*cellWidth
		starts := last.Day() <= weekDays
		if at < free || at+monthWidth > w || !starts && (week > 0 || p.monthSoon()) {
			continue
		}
		copy(line[at:], []rune(say.Date(last, "Jan")))
		free = at + monthWidth + 1
	}
	return strings.TrimRight(string(line), " ")
}

// dayName is the day of the week in as many letters as the column has.
func dayName(t time.Time) string {
	name := []rune(say.Date(t, "Mon"))
	return string(name[:min(len(name), dayLabel-1)])
}

// monthSoon says whether a month starts in the second week shown, too near for
// the first week to have its own name.
func (p heatPlan) monthSoon() bool {
	return (p.start + 2*weekDays - 1).Midnight().Day() <= weekDays
}

// grid is the seven rows of the days.
func (m HeatMap) grid(th theme.Theme, p heatPlan) string {
	cells := m.byDate()
	_, last := m.span()
	c := canvas.New(dayLabel+p.weeks*cellWidth, weekDays)
	for day := range weekDays {
		c.Write(0, day, dayName((p.start + journal.Date(day)).Midnight()), canvas.PenOf(th.Quiet))
		for week := range p.weeks {
			date := p.start + journal.Date(week*weekDays+day)
			night := cells[date]
			if date > last {
				night.State = Future
			}
			m.draw(c, th, dayLabel+week*cellWidth, day, night, date)
		}
	}
	return c.String()
}

// strip is one line of the last nights, the latest at the right.
func (m HeatMap) strip(th theme.Theme, w int) string {
	if len(m.Cells) == 0 {
		return ""
	}
	cells := m.byDate()
	first, last := m.span()
	if m.Cursor != 0 {
		last = m.Cursor
	}
	first = max(first, last-journal.Date(w/cellWidth)+1)
	c := canvas.New(w, 1)
	for date := first; date <= last; date++ {
		m.draw(c, th, int(date-first)*cellWidth, 0, cells[date], date)
	}
	return c.String()
}

func (m HeatMap) byDate() map[journal.Date]Cell {
	cells := make(map[journal.Date]Cell, len(m.Cells))
	for _, c := range m.Cells {
		cells[c.Date] = c
	}
	return cells
}

// draw puts one night on the canvas: its state, then what was said of cramps.
func (m HeatMap) draw(c *canvas.Canvas, th theme.Theme, x, y int, night Cell, date journal.Date) {
	look := lookOf(night.State, th.Glyphs)
	state := canvas.PenOf(heatStyle(th, look.level))
	cramps, said := " ", state
	if night.Quiet {
		cramps = th.Glyphs.Quiet
	}
	if night.Cramps > 0 {
		cramps, said = th.Glyphs.Cramps(night.Cramps), canvas.PenOf(th.Warn)
	}
	if m.Cursor != 0 && date == m.Cursor {
		state = canvas.PenOf(th.Text.Reverse(true))
		said = state
	}
	c.Write(x, y, look.mark, state)
	c.Write(x+1, y, cramps, said)
}

func heatStyle(th theme.Theme, level int) lipgloss.Style {
	if level < 0 {
		return th.Quiet
	}
	return th.Heat[level]
}

// legend says what the marks mean, on at most h lines.
func legend(th theme.Theme, w, h int) string {
	var parts []string
	for _, s := range []State{Kept, Partial, Missed, Paused} {
		look := lookOf(s, th.Glyphs)
		parts = append(parts, heatStyle(th, look.level).Render(look.mark)+th.Quiet.Render(" "+look.word.String()))
	}
	g := th.Glyphs
	cramps := strings.Join([]string{g.Cramp1, g.Cramp2, g.Cramp3 + "+"}, " ")
	parts = append(parts,
		th.Warn.Render(cramps)+th.Quiet.Render(" "+say.Text("cramps")),
		th.Quiet.Render(g.Quiet+" "+say.Text("no cramps")),
		th.Quiet.Render(say.Text("blank: nobody said")))
	return flow(parts, w, h)
}
