package nights_test

import (
	"testing"

	"lull/routine/journal"
	"lull/ui/nights"
	"lull/ui/screen"
	"lull/ui/uitest"
)

// firstEvening is the evening of a first session.
func firstEvening(t *testing.T, more ...journal.Entry) screen.World {
	t.Helper()
	return uitest.World(t, 80, 40, append([]journal.Entry{uitest.Session(0, journal.Complete)}, more...)...)
}

func TestTheFirstDayOffersToFillInTheTwoWeeksBefore(t *testing.T) {
	w := firstEvening(t)
	frame := shown(t, w, 2).Draw(w)
	uitest.Reads(t, frame, "Press r to add the two weeks before from memory, as a best estimate.")
	uitest.Misses(t, frame, "can no longer be answered")
	do := uitest.Keys(w, nights.New(), "r")
	if do.Push == nil {
		t.Fatalf("r asked for %+v", do)
	}
	uitest.Reads(t, do.Push.Draw(w), "The two weeks before, from memory", "it is not counted unless you ask for it", "not remembered", "Press y to save.")
	uitest.Keys(w, do.Push, "right", "right", "right", "down", "right", "down", "down", "right", "left")
	facts := uitest.Recorded(uitest.Keys(w, do.Push, "y"))
	if len(facts) != 1 {
		t.Fatalf("it recorded %+v", facts)
	}
	f, _ := facts[0].(journal.Estimated)
	if f.Validate() != nil || f.From != w.Night()-14 || len(f.Cramps) != 14 || *f.Cramps[0] != 2 || *f.Cramps[1] != 0 || f.Cramps[3] != nil {
		t.Errorf("%+v", f)
	}
}

func TestAnEstimateIsCountedOnlyWhenChosen(t *testing.T) {
	night := journal.DefaultCalendar.Night(uitest.Evening)
	f := journal.Estimated{From: night - 14, Estimate: true}
	for i := range 14 {
		n := i % 2
		f.Cramps = append(f.Cramps, &n)
	}
	w := firstEvening(t, uitest.Fact(0, f))
	s := shown(t, w, 2)
	uitest.Reads(t, s.Draw(w), "Nights before the first session: none known", "Press t to count your best estimate of the nights before.")
	uitest.Keys(w, s, "t")
	uitest.Reads(t, s.Draw(w), "Nights before the first session: 7 cramps in 14 logged nights: 3.5 a week")
	uitest.Keys(w, s, "t")
	uitest.Reads(t, s.Draw(w), "Nights before the first session: none known")
	if w.Book.Night(night - 3).Known() {
		t.Error("a night from memory is known")
	}
}

func TestTheFormOfTheNightsBeforeFitsEveryWindow(t *testing.T) {
	w := firstEvening(t)
	uitest.Sweep(t, w, func() screen.Screen { return uitest.Keys(w, nights.New(), "r").Push })
}

func TestAnEstimateWithEveryNightNotRememberedIsRemoved(t *testing.T) {
	n := 1
	fact := uitest.Fact(0, journal.Estimated{From: journal.DefaultCalendar.Night(uitest.Evening) - 14, Cramps: []*int{&n}, Estimate: true})
	w := firstEvening(t, fact)
	form := uitest.Keys(w, nights.New(), "r").Push
	do := uitest.Keys(w, form, "left", "left", "y")
	if len(do.Records) != 1 || do.Records[0].Takeback == nil || do.Records[0].Takeback.ID != fact.ID || !do.Pop {
		t.Errorf("it asked for %+v", do)
	}
}
