package nights

import (
	"strings"

	"charm.land/lipgloss/v2"

	"lull/routine/journal"
	"lull/routine/review"
	"lull/routine/safe"
	"lull/routine/say"
	"lull/ui/heat"
	"lull/ui/screen"
	"lull/ui/widget"
)

// run shows the numbers, each with its nights, then the map, then the night
// under the cursor.
func (s *Screen) run(w screen.World) string {
	_, _, width, height := s.mapAt(w)
	return s.numbers(w) + "\n" + widget.Heat(w.Theme, s.heat(w), width, height) + "\n" + s.night(w)
}

// mapHeight is how high the map is where the other parts stand below it: the
// months, seven days and what the marks mean.
const mapHeight = 10

// mapAt is where the heat map is drawn.
func (s *Screen) mapAt(w screen.World) (x, y, width, height int) {
	y = lipgloss.Height(s.numbers(w))
	height = w.Height - y - lipgloss.Height(s.night(w))
	if spread(w) {
		height = min(height, mapHeight)
	}
	return 0, y, w.Width, max(1, height)
}

func (s *Screen) numbers(w screen.World) string {
	th := w.Theme
	over := w.Book.Over(w.Night())
	if over == 0 {
		return widget.Clip(th.Title.Render(say.Text("No nights yet")), w.Width, 1) + "\n" +
			th.Text.Render(widget.Wrap(say.Text("After the first session the run of nights begins here. One miss costs a little, never everything."), w.Width)) + "\n"
	}
	run := w.Book.Streak(w.Night())
	rows := []string{
		th.Title.Render(say.Text("%d in a row", run.Nights)) + th.Quiet.Render("  "+say.Text("best run %d", run.Best)),
		th.Text.Render(say.Text("Kept %d of the last %d nights", run.Last28, review.Window)),
		s.strength(w, over),
	}
	if w.Height >= 18 {
		rows = append(rows, th.Quiet.Render(widget.Wrap(review.StreakRule.String(), w.Width)))
	}
	return strings.Join(rows, "\n") + "\n"
}

// strength is the bar, the share, and the curve of the last weeks.
func (s *Screen) strength(w screen.World, over int) string {
	th := w.Theme
	bar := 12
	if w.Width < 50 {
		bar = 6
	}
	now := w.Book.Strength(w.Night())
	head := th.Text.Render(say.Text("Strength")+" ") + widget.Gauge(th, now, bar) +
		th.Text.Render(" "+say.Number("%.0f %%", 100*now)) + th.Quiet.Render(" "+say.Text("over %s", say.Count(over, "%d night", "%d nights")))
	room := w.Width - lipgloss.Width(head) - 1
	if room < 8 {
		return head
	}
	return head + " " + th.Ring.Render(curve(w.Book.Curve(w.Night(), min(room, review.CurveNights)), th.Glyphs.Solid != "#"))
}

// levels draw a curve in one row of cells.
var levels = map[bool][]rune{true: []rune("▁▂▃▄▅▆▇█"), false: []rune("_.-=+*#%")}

func curve(points []review.Point, blocks bool) string {
	var b strings.Builder
	marks := levels[blocks]
	for _, p := range points {
		b.WriteRune(marks[min(len(marks)-1, int(p.Strength*float64(len(marks))))])
	}
	return b.String()
}

func (s *Screen) heat(w screen.World) widget.HeatMap {
	m := heat.Map(w.Book, w.Night(), farthest+1)
	if s.shown {
		m.Cursor = w.Night() - journal.Date(s.back)
	}
	return m
}

// night reads out the night under the cursor.
func (s *Screen) night(w screen.World) string {
	th := w.Theme
	if !s.shown {
		return th.Quiet.Render(widget.Wrap(say.Text("The arrow keys read out a night."), w.Width))
	}
	d := w.Night() - journal.Date(s.back)
	return th.Text.Render(widget.Wrap(d.NightWords()+": "+nightWords(w.Book, d, w.Night()), w.Width))
}

var stateWords = map[review.State]say.Key{
	review.Missed: "no session", review.Paused: "paused", review.Unlived: "skipped by travelling east",
	review.Open: "not stretched yet", review.Before: "before the first session", review.Ahead: "still ahead",
}

func nightWords(b *review.Book, d, tonight journal.Date) string {
	n := b.Night(d)
	words := stateWords[b.State(d, tonight)].String()
	if n.Outcome != journal.None {
		words = say.Text("%s %s, %d of %d s held", safe.Text(n.Routine, 40), say.Name(string(n.Outcome)), n.HeldS, n.PlannedS)
	}
	switch {
	case n.Cramps > 0:
		return say.Text("%s; cramps: %d", words, n.Cramps)
	case n.Quiet:
		return say.Text("%s; no cramps", words)
	}
	return say.Text("%s; cramps not told", words)
}
