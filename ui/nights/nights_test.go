package nights_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"lull/routine/journal"
	"lull/ui/nights"
	"lull/ui/screen"
	"lull/ui/uitest"
)

func pause(fromAgo, toAgo int) journal.Entry {
	night := journal.DefaultCalendar.Night(uitest.Evening)
	to := night - journal.Date(toAgo)
	return uitest.Fact(fromAgo, journal.Paused{From: night - journal.Date(fromAgo), To: &to})
}

// weeks are nights of every state: six ago was complete, five partial, four
// missed, three paused, two complete with cramps, last night complete and quiet.
func weeks(t *testing.T) screen.World {
	t.Helper()
	return uitest.World(t, 120, 30,
		uitest.Session(6, journal.Complete), uitest.Session(5, journal.Partial), pause(3, 3),
		uitest.Session(2, journal.Complete), uitest.Fact(2, journal.Cramped{}), uitest.Fact(2, journal.Cramped{}),
		uitest.Session(1, journal.Complete), uitest.Fact(1, journal.Quiet{}))
}

// back moves the cursor so many nights back, from tonight.
func back(w screen.World, s *nights.Screen, n int) {
	uitest.Keys(w, s, "up", "down")
	for range n {
		uitest.Keys(w, s, "up")
	}
}

func TestEveryNumberSaysOverHowManyNights(t *testing.T) {
	frame := nights.New().Draw(weeks(t))
	uitest.Sees(t, frame, "2 in a row", "best run 2", "Kept 4 of the last 28 nights", "over 6 nights")
	uitest.Sees(t, frame, "Nights kept in a row. Paused nights are stepped over")
}

func TestOneNightIsNotCalledNights(t *testing.T) {
	w := uitest.World(t, 120, 30, uitest.Session(1, journal.Complete))
	uitest.Sees(t, nights.New().Draw(w), "1 in a row", "over 1 night ")
}

func TestBeforeTheFirstNightThereIsAPageAndNoNumbers(t *testing.T) {
	frame := nights.New().Draw(uitest.World(t, 80, 24))
	uitest.Sees(t, frame, "No nights yet", "After the first session")
	uitest.Misses(t, frame, "0 in a row", "Strength", "%")
}

func TestTheArrowsReadOutEveryKindOfNight(t *testing.T) {
	w := weeks(t)
	s := nights.New()
	uitest.Sees(t, s.Draw(w), "The arrow keys read out a night.")
	for ago, want := range []string{
		"Sun 22 to Mon 23 Nov: not stretched yet; cramps not told",
		"Sat 21 to Sun 22 Nov: trial complete, 120 of 120 s held; no cramps",
		"Fri 20 to Sat 21 Nov: trial complete, 120 of 120 s held; cramps: 2",
		"Thu 19 to Fri 20 Nov: paused; cramps not told",
		"Wed 18 to Thu 19 Nov: no session; cramps not told",
		"Tue 17 to Wed 18 Nov: trial partial, 40 of 120 s held; cramps not told",
		"Mon 16 to Tue 17 Nov: trial complete, 120 of 120 s held; cramps not told",
		"Sun 15 to Mon 16 Nov: before the first session; cramps not told",
	} {
		back(w, s, ago)
		uitest.Sees(t, s.Draw(w), want)
		uitest.Keys(w, s, "right", "right")
	}
}

func TestANightKeptTonightIsReadOut(t *testing.T) {
	w := uitest.World(t, 120, 30, uitest.Session(0, journal.Complete))
	s := nights.New()
	back(w, s, 0)
	uitest.Sees(t, s.Draw(w), "Sun 22 to Mon 23 Nov: trial complete")
}

func TestTheKeysMoveByNightsAndWeeks(t *testing.T) {
	w := weeks(t)
	for _, c := range []struct {
		keys []string
		want string
	}{
		{[]string{"up"}, "Sat 21 to Sun 22 Nov"},
		{[]string{"left"}, "Sun 15 to Mon 16 Nov"},
		{[]string{"h", "k", "j"}, "Sun 15 to Mon 16 Nov"},
		{[]string{"left", "left", "right"}, "Sun 15 to Mon 16 Nov"},
		{[]string{"up", "l"}, "Sun 22 to Mon 23 Nov"},
		{[]string{"down", "right"}, "Sun 22 to Mon 23 Nov"},
	} {
		s := nights.New()
		uitest.Keys(w, s, c.keys...)
		uitest.Sees(t, s.Draw(w), c.want+":")
	}
}

func TestTheCursorGoesBackAYearAndNoFurther(t *testing.T) {
	w := weeks(t)
	s := nights.New()
	for range 60 {
		uitest.Keys(w, s, "left")
	}
	oldest := uitest.Text(s.Draw(w))
	uitest.Keys(w, s, "left", "up")
	if got := uitest.Text(s.Draw(w)); got != oldest {
		t.Error("it goes on and on")
	}
	uitest.Sees(t, oldest, "Mon 17 to Tue 18 Nov: before the first session")
}

func TestTheWheelMovesByNights(t *testing.T) {
	w := weeks(t)
	s := nights.New()
	uitest.Wheel(w, s, -3)
	uitest.Wheel(w, s, 1)
	uitest.Sees(t, s.Draw(w), "Fri 20 to Sat 21 Nov:")
}

func TestAClickOnANightReadsItOut(t *testing.T) {
	for _, width := range []int{60, 120, 200} {
		w := weeks(t)
		w.Width = width
		s := nights.New()
		frame := s.Draw(w)
		paused := w.Theme.Glyphs.Paused
		x, y := gridSpot(t, frame, paused)
		s.Update(w, tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
		uitest.Sees(t, s.Draw(w), "Thu 19 to Fri 20 Nov: paused")
	}
}

// gridSpot is where a mark stands on the map, above its legend.
func gridSpot(t *testing.T, frame, mark string) (x, y int) {
	t.Helper()
	_, legend := uitest.Spot(t, frame, "kept  ")
	lines := strings.Split(frame, "\n")
	return uitest.Spot(t, strings.Join(lines[:legend], "\n"), mark)
}

func TestAClickOnTonightOrLaterReadsOutTonight(t *testing.T) {
	w := weeks(t)
	s := nights.New()
	uitest.Keys(w, s, "left")
	x, y := gridSpot(t, s.Draw(w), "Su")
	for at := x; at < w.Width; at++ {
		s.Update(w, tea.MouseClickMsg{X: at, Y: y, Button: tea.MouseLeft})
		if strings.Contains(uitest.Text(s.Draw(w)), "Sun 22 to Mon 23 Nov:") {
			return
		}
	}
	t.Error("no click in Sunday's row reads out tonight")
}

func TestAClickBesideTheMapChangesNothing(t *testing.T) {
	w := weeks(t)
	s := nights.New()
	before := s.Draw(w)
	for _, at := range [][2]int{{1, 0}, {1, 8}, {119, 29}, {119, 8}, {0, 29}} {
		uitest.Nothing(t, s.Update(w, tea.MouseClickMsg{X: at[0], Y: at[1], Button: tea.MouseLeft}))
	}
	if s.Draw(w) != before {
		t.Errorf("the screen changed:\n%s", uitest.Text(s.Draw(w)))
	}
}

func TestTheMapShowsEveryStateWithoutColour(t *testing.T) {
	w := weeks(t)
	w.Theme = uitest.Theme("none")
	frame := nights.New().Draw(w)
	g := w.Theme.Glyphs
	for _, mark := range []string{g.Done + g.Quiet, g.Done + g.Cramp2, g.Partial, g.Missed, g.Paused} {
		gridSpot(t, frame, mark)
	}
	uitest.Sees(t, frame, "kept", "partial", "missed", "paused", "cramps", "no cramps", "nobody said")
}

func TestTheStrengthIsToldInTheSmallestWindowToo(t *testing.T) {
	w := weeks(t)
	w.Width, w.Height = 40, 10
	frame := nights.New().Draw(w)
	uitest.Sees(t, frame, "2 in a row", "Kept 4 of the last 28", "Strength", "% over 6 nights")
	uitest.Fits(t, frame, 40, 10)
}

func TestARoutinesNameThatObeysATerminalIsReadOutHarmless(t *testing.T) {
	w := uitest.World(t, 120, 30, uitest.Fact(0, journal.Stretched{Routine: "x\x1b]0;owned\a", Outcome: journal.Complete, PlannedS: 9, HeldS: 9, Moves: []journal.Move{}}))
	s := nights.New()
	back(w, s, 0)
	if frame := s.Draw(w); strings.Contains(frame, "\x1b]0;") {
		t.Errorf("%q", frame)
	}
}

func TestTheKeysRecordNothing(t *testing.T) {
	w := weeks(t)
	s := nights.New()
	for _, key := range []string{"up", "down", "left", "right", "space", "b"} {
		do := uitest.Keys(w, s, key)
		do.Fetch = nil
		uitest.Nothing(t, do)
	}
}
