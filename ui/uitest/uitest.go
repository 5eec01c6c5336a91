// Package uitest helps to test screens and the whole program: a world to draw
// in, keys to press, and a reader of what a person would see. Only tests import
// it.
package uitest

import (
	"lull/routine/body"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"lull/assets"
	"lull/routine"
	"lull/routine/cues"
	"lull/routine/guide"
	"lull/routine/journal"
	"lull/routine/journal/journaltest"
	"lull/routine/relief"
	"lull/routine/review"
	"lull/routine/settings"
	"lull/ui/keymap"
	"lull/ui/screen"
	"lull/ui/theme"
)

// Evening is the moment at which tests begin: Sunday 22 November 2026, 21:48,
// an hour east of Greenwich.
var Evening = time.Date(2026, 11, 22, 21, 48, 0, 0, time.FixedZone("", 3600))

// Library is lull's own.
func Library(t testing.TB) *routine.Library {
	t.Helper()
	lib, err := routine.Open(assets.Files)
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

// Aid is lull's own first aid.
func Aid(t testing.TB) func() (relief.Aid, error) {
	t.Helper()
	aid, err := relief.Open(assets.Files)
	if err != nil {
		t.Fatal(err)
	}
	return func() (relief.Aid, error) { return aid, nil }
}

// Guide is lull's own guide.
func Guide(t testing.TB) func() (guide.Guide, error) {
	t.Helper()
	g, err := guide.Open(assets.Files)
	if err != nil {
		t.Fatal(err)
	}
	return func() (guide.Guide, error) { return g, nil }
}

// World is an evening with the facts recorded, in a body of w by h cells.
func World(t testing.TB, w, h int, facts ...journal.Entry) screen.World {
	t.Helper()
	mint := &journal.Mint{}
	world := screen.World{
		Now: Evening, Frame: time.Second / 7, Width: w, Height: h, Library: Library(t), Figures: body.Open(assets.Files), Settings: settings.Default(),
		Aid: Aid(t), Guide: Guide(t), Heard: cues.Mute{}.Found,
		Config: "config.toml", Keys: keymap.Default(), Theme: Theme("dark"),
		NewID: func() journal.ID { return mint.New(Evening) },
	}
	return With(t, world, facts...)
}

// With is the world with these facts in its journal.
func With(t testing.TB, w screen.World, facts ...journal.Entry) screen.World {
	t.Helper()
	log := new(journaltest.Mem)
	if _, err := log.Append(t.Context(), facts...); err != nil {
		t.Fatal(err)
	}
	h, err := log.History(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	w.Recent, err = log.Live(t.Context(), w.Day()-screen.RecentDays, w.Day()+1)
	if err != nil {
		t.Fatal(err)
	}
	w.Loaded, w.Book = true, review.New(h)
	return w
}

// Fact is something recorded so many days before the evening.
func Fact(daysAgo int, f journal.Fact) journal.Entry {
	at := Evening.AddDate(0, 0, -daysAgo)
	return journal.New(&journal.Mint{}, journal.DefaultCalendar, at, at, f)
}

// Session is a session of the trial routine so many days before.
func Session(daysAgo int, o journal.Outcome) journal.Entry {
	return Fact(daysAgo, journal.Stretched{Routine: "trial", Outcome: o, PlannedS: 120, HeldS: map[journal.Outcome]int{
		journal.Complete: 120, journal.Partial: 40,
	}[o], Moves: []journal.Move{}})
}

// Theme is a theme in full colour.
func Theme(name string) theme.Theme {
	return theme.New(theme.Env{Name: theme.Name(name), Terminal: theme.DarkBackground, Profile: colorprofile.TrueColor})
}

// Press is the key press of a key by its name.
func Press(name string) tea.KeyPressMsg { return keymap.Press(name) }

// Text is what a person would read: no styles, no blanks at line ends.
func Text(frame string) string {
	lines := strings.Split(ansi.Strip(frame), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " ")
	}
	return strings.Join(lines, "\n")
}

// Sees fails unless every one of the texts is on the frame.
func Sees(t testing.TB, frame string, texts ...string) {
	t.Helper()
	for _, want := range texts {
		if seen := Text(frame); !strings.Contains(seen, want) {
			t.Errorf("%q is not on the screen:\n%s", want, seen)
		}
	}
}

// Fits fails if the frame is wider or taller than the cells it was given.
func Fits(t testing.TB, frame string, w, h int) {
	t.Helper()
	if got := lipgloss.Height(frame); got > h {
		t.Fatalf("%d lines in a body of %dx%d:\n%s", got, w, h, Text(frame))
	}
	for _, line := range strings.Split(frame, "\n") {
		if got := ansi.StringWidth(line); got > w {
			t.Fatalf("%d cells in a body of %dx%d: %q", got, w, h, ansi.Strip(line))
		}
	}
}

// sizes are the bodies that a Sweep draws in: the smallest, those at which
// layouts change, ordinary windows, a huge one, and odd ones between.
var sizes = [][2]int{
	{40, 10}, {40, 12}, {40, 59}, {45, 13}, {59, 17}, {69, 18}, {71, 26}, {76, 21}, {80, 21},
	{89, 14}, {93, 33}, {120, 11}, {160, 47}, {300, 97},
}

// Sweep draws a screen in bodies of many sizes, the smallest that lull draws in
// and far beyond, and demands that it keeps to each.
func Sweep(t *testing.T, w screen.World, make func() screen.Screen) {
	t.Helper()
	for _, size := range sizes {
		w.Width, w.Height = size[0], size[1]
		Fits(t, make().Draw(w), size[0], size[1])
	}
}
