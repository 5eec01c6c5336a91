// Package nights is the first review: the run, the strength, how many of the
// last nights were kept, and a year of nights with a cursor that reads them
// out.
package nights

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"lull/routine/journal"
	"lull/routine/review"
	"lull/routine/safe"
	"lull/ui/heat"
	"lull/ui/keymap"
	"lull/ui/screen"
	"lull/ui/widget"
)

// Screen is the review. Its cursor is a number of nights before tonight.
type Screen struct {
	back  int
	shown bool // the cursor was moved, and is drawn
}

// New makes the screen.
func New() *Screen { return &Screen{} }

// weeks is how far back the heat map reaches.
const weeks = 53

const farthest = weeks*7 - 1

// steps are how many nights each key moves the cursor back.
var steps = map[keymap.Action]int{
	keymap.Earlier: 1, keymap.Later: -1, keymap.WeekEarlier: 7, keymap.WeekLater: -7,
}

// Update moves the cursor over the nights.
func (s *Screen) Update(w screen.World, msg tea.Msg) screen.Do {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		a, _ := w.Keys.First(msg, keymap.Earlier, keymap.Later, keymap.WeekEarlier, keymap.WeekLater)
		s.move(steps[a])
	case tea.MouseWheelMsg:
		s.move(map[tea.MouseButton]int{tea.MouseWheelUp: 1, tea.MouseWheelDown: -1}[msg.Button])
	case tea.MouseClickMsg:
		x, y, width, height := s.mapAt(w)
		if d, ok := widget.HeatAt(s.heat(w), width, height, msg.X-x, msg.Y-y); ok {
			s.back, s.shown = 0, true
			s.move(int(w.Night() - d))
		}
	}
	return screen.Do{}
}

func (s *Screen) move(nights int) {
	if nights != 0 {
		s.back, s.shown = max(0, min(s.back+nights, farthest)), true
	}
}

// Help lists what the keys do here.
func (s *Screen) Help(w screen.World) []key.Binding {
	return w.Keys.Bindings(keymap.Earlier, keymap.Later, keymap.WeekEarlier, keymap.WeekLater)
}

// Draw shows the numbers, each with its nights, then the map, then the night
// under the cursor.
func (s *Screen) Draw(w screen.World) string {
	_, _, width, height := s.mapAt(w)
	numbers := s.numbers(w)
	heat := widget.Heat(w.Theme, s.heat(w), width, height)
	return numbers + "\n" + heat + "\n" + s.night(w)
}

// mapAt is where the heat map is drawn.
func (s *Screen) mapAt(w screen.World) (x, y, width, height int) {
	y = lipgloss.Height(s.numbers(w))
	return 0, y, w.Width, max(1, w.Height-y-lipgloss.Height(s.night(w)))
}

func (s *Screen) numbers(w screen.World) string {
	th := w.Theme
	points := w.Book.Strengths(w.Night())
	if len(points) == 0 {
		return widget.Clip(th.Title.Render("No nights yet"), w.Width, 1) + "\n" +
			th.Text.Render(widget.Wrap("After the first session the run of nights begins here. One miss costs a little, never everything.", w.Width)) + "\n"
	}
	run := w.Book.Streak(w.Night())
	counted := review.Window
	rows := []string{
		th.Title.Render(fmt.Sprintf("%d in a row", run.Nights)) + th.Quiet.Render(fmt.Sprintf("  best run %d", run.Best)),
		th.Text.Render(fmt.Sprintf("Kept %d of the last %d nights", run.Last28, counted)),
		s.strength(w, points),
	}
	if w.Height >= 18 {
		rows = append(rows, th.Quiet.Render(widget.Wrap(review.StreakRule, w.Width)))
	}
	return strings.Join(rows, "\n") + "\n"
}

// strength is the bar, the share, and the curve of the last weeks.
func (s *Screen) strength(w screen.World, points []review.Point) string {
	th := w.Theme
	now := points[len(points)-1].Strength
	bar := 12
	if w.Width < 50 {
		bar = 6
	}
	head := th.Text.Render("Strength ") + widget.Gauge(th, now, bar) +
		th.Text.Render(fmt.Sprintf(" %.0f %%", 100*now)) + th.Quiet.Render(fmt.Sprintf(" over %s", widget.Plural(len(points), "night")))
	room := w.Width - lipgloss.Width(head) - 1
	if room < 8 {
		return head
	}
	return head + " " + th.Ring.Render(curve(points, min(room, 40), th.Glyphs.Solid != "#"))
}

// levels draw a curve in one row of cells.
var levels = map[bool][]rune{true: []rune("▁▂▃▄▅▆▇█"), false: []rune("_.-=+*#%")}

func curve(points []review.Point, width int, blocks bool) string {
	points = points[max(0, len(points)-width):]
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
		return th.Quiet.Render(widget.Wrap("The arrow keys read out a night.", w.Width))
	}
	d := w.Night() - journal.Date(s.back)
	return th.Text.Render(widget.Wrap(d.NightWords()+": "+nightWords(w.Book, d, w.Night()), w.Width))
}

var stateWords = map[review.State]string{
	review.Missed: "no session", review.Paused: "paused", review.Unlived: "skipped by travelling east",
	review.Open: "not stretched yet", review.Before: "before the first session", review.Ahead: "still ahead",
}

func nightWords(b *review.Book, d, tonight journal.Date) string {
	n := b.Night(d)
	words := stateWords[b.State(d, tonight)]
	if n.Outcome != journal.None {
		words = fmt.Sprintf("%s %s, %d of %d s held", safe.Text(n.Routine, 40), n.Outcome, n.HeldS, n.PlannedS)
	}
	switch {
	case n.Cramps > 0:
		words += fmt.Sprintf("; cramps: %d", n.Cramps)
	case n.Quiet:
		words += "; no cramps"
	default:
		words += "; cramps not told"
	}
	return words
}
