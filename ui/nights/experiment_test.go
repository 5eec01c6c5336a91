package nights_test

import (
	"strings"
	"testing"

	"lull/routine/journal"
	"lull/ui/nights"
	"lull/ui/screen"
	"lull/ui/uitest"
)

// opened is the screen of the experiment, as x opens it.
func opened(t *testing.T, w screen.World) screen.Screen {
	t.Helper()
	do := uitest.Keys(w, nights.New(), "x")
	if do.Push == nil {
		t.Fatalf("x asked for %+v", do)
	}
	return do.Push
}

// begun is an experiment of three pairs since so many days ago.
func begun(ago int) journal.Entry {
	from := journal.DefaultCalendar.Night(uitest.Evening) - journal.Date(ago)
	return uitest.Fact(ago, journal.Experiment{Seed: 7, From: from, Pairs: 3})
}

func TestTheRulesAreToldBeforeAnythingIsDrawn(t *testing.T) {
	w := uitest.World(t, 80, 40)
	s := opened(t, w)
	uitest.Reads(t, s.Draw(w), "Whoever is content with the habit needs none of this.", "The order is drawn by lot", "6 pairs, 24 weeks, from Mon 23 Nov on", "draws the lot and begins")
	for _, key := range []string{"up", "down", "right", "left", "x"} {
		uitest.Nothing(t, uitest.Keys(w, s, key))
	}
}

func TestAnExperimentHasThreeToThirteenPairs(t *testing.T) {
	w := uitest.World(t, 80, 40)
	s := opened(t, w)
	for range 20 {
		uitest.Keys(w, s, "left")
	}
	uitest.Sees(t, s.Draw(w), "3 pairs, 12 weeks")
	for range 20 {
		uitest.Keys(w, s, "right")
	}
	uitest.Sees(t, s.Draw(w), "13 pairs, 52 weeks")
}

func TestBeginningWritesThePlanDownFromTomorrowOn(t *testing.T) {
	w := uitest.World(t, 80, 40)
	s := opened(t, w)
	uitest.Keys(w, s, "left")
	facts := uitest.Recorded(uitest.Keys(w, s, "y"))
	e, ok := facts[0].(journal.Experiment)
	if !ok || len(facts) != 1 || e.Pairs != 5 || e.From != w.Day()+1 || e.Validate() != nil {
		t.Errorf("it recorded %+v", facts)
	}
}

func TestAnExperimentUnderWayShowsItsPlanAndEnds(t *testing.T) {
	fact := begun(3)
	w := uitest.World(t, 80, 40, fact)
	s := opened(t, w)
	frame := s.Draw(w)
	uitest.Reads(t, frame, "Tonight is with")
	if n := strings.Count(frame, "with stretching") + strings.Count(frame, "without"); n < 6 {
		t.Errorf("the plan has six fortnights:\n%s", uitest.Text(frame))
	}
	uitest.Nothing(t, uitest.Keys(w, s, "y")) // there is one at a time
	do := uitest.Keys(w, s, "x")
	if len(do.Records) != 1 || do.Records[0].Takeback == nil || do.Records[0].Takeback.ID != fact.ID || !strings.Contains(do.Say, "the nights stay as they are") {
		t.Errorf("ending it asked for %+v", do)
	}
	if do := uitest.Keys(w, s, "esc"); !do.Pop {
		t.Error("escape does not lead back")
	}
}

func TestANarrowWindowShowsTheWholePlanToo(t *testing.T) {
	w := uitest.World(t, 40, 60, begun(3))
	uitest.Reads(t, opened(t, w).Draw(w), "Dec 2026 with", "Dec 2026 without")
}

func TestThePageOfAnswersSaysWhatTonightIs(t *testing.T) {
	facts := []journal.Entry{begun(3)}
	w := uitest.World(t, 80, 60, facts...)
	uitest.Reads(t, shown(t, w, 2, facts...).Draw(w), "Your experiment", "Tonight is with", "shows the plan")
}

func TestTheExperimentKeepsToEverySize(t *testing.T) {
	for _, facts := range [][]journal.Entry{nil, {begun(0)}, {begun(30)}, {begun(200)}} {
		w := uitest.World(t, 80, 24, facts...)
		uitest.Sweep(t, w, func() screen.Screen { return opened(t, w) })
	}
}
