package tonight_test

import (
	"testing"
	"time"

	"lull/routine/journal"
	"lull/ui/screen"
	"lull/ui/tonight"
	"lull/ui/uitest"
)

// evenings is Monday evening, with these facts of the nights before.
func evenings(t *testing.T, facts ...journal.Entry) screen.World {
	t.Helper()
	w := uitest.World(t, 80, 24)
	w.Now = w.Now.Add(24 * time.Hour)
	return uitest.With(t, w, facts...)
}

// write puts what was asked for into the journal, by its night.
func write(t *testing.T, w screen.World, facts []journal.Entry, do screen.Do) ([]journal.Entry, screen.World) {
	t.Helper()
	for _, r := range do.Records {
		e := uitest.Fact(0, r.Fact)
		e.Night = r.Night
		facts = append(facts, e)
	}
	return facts, uitest.With(t, w, facts...)
}

func TestNightsNobodyAnsweredForAreCountedUpToSeven(t *testing.T) {
	for _, c := range []struct {
		facts []journal.Entry
		want  string
	}{
		{nil, ""},
		{[]journal.Entry{uitest.Session(0, journal.Complete)}, ""},
		{[]journal.Entry{uitest.Session(1, journal.Complete), uitest.Fact(0, journal.Quiet{}), uitest.Fact(1, journal.Quiet{})}, ""},
		{[]journal.Entry{uitest.Session(2, journal.Complete), uitest.Fact(1, journal.Quiet{})}, "2 of the last 3 nights not told"},
		{[]journal.Entry{uitest.Session(30, journal.Complete), uitest.Fact(1, journal.Cramped{})}, "6 of the last 7 nights not told"},
	} {
		frame := tonight.New().Draw(evenings(t, c.facts...))
		if c.want == "" {
			uitest.Misses(t, frame, "of the last 1", "nights not told")
			continue
		}
		uitest.Sees(t, frame, "p "+c.want)
	}
}

func TestPastNightsAreToldOneAfterTheOther(t *testing.T) {
	facts := []journal.Entry{uitest.Session(3, journal.Complete), uitest.Fact(1, journal.Quiet{})}
	w := evenings(t, facts...)
	p := uitest.Keys(w, tonight.New(), "p").Push
	uitest.Sees(t, p.Draw(w), "› Sun 22 to Mon 23 Nov  none 1 2 3+", "Sat 21 to Sun 22 Nov  ✓ no cramps", "Fri 20 to Sat 21 Nov  not told", "Thu 19 to Fri 20 Nov  not told")
	uitest.Misses(t, p.Draw(w), "Wed 18")

	for _, key := range []string{"space", "enter"} { // nothing is chosen yet
		if do := uitest.Keys(w, p, key); do.Records != nil || do.Pop {
			t.Fatalf("%s asked for %+v", key, do)
		}
	}
	do := uitest.Keys(w, p, "right", "right", "right", "space")
	if len(do.Records) != 2 || do.Records[0].Night != journal.MakeDate(2026, 11, 22) {
		t.Fatalf("it asked for %+v", do.Records)
	}
	facts, w = write(t, w, facts, do)
	uitest.Sees(t, p.Draw(w), "Sun 22 to Mon 23 Nov  ✓ 2 cramps", "› Fri 20 to Sat 21 Nov  none 1 2 3+")

	do = uitest.Keys(w, p, "0")
	if len(do.Records) != 1 || do.Records[0].Fact != journal.Fact(journal.Quiet{}) || do.Records[0].Night != journal.MakeDate(2026, 11, 20) {
		t.Fatalf("it asked for %+v", do.Records)
	}
	_, w = write(t, w, facts, do)
	uitest.Keys(w, p, "up")
	if do := uitest.Keys(w, p, "space"); do.Records != nil || do.Say == "" {
		t.Errorf("a night that is told asked for %+v", do)
	}
	if do := uitest.Keys(w, p, "esc"); !do.Pop {
		t.Errorf("esc asked for %+v", do)
	}
}

func TestAPastNightIsChosenByWheelAndClick(t *testing.T) {
	w := evenings(t, uitest.Session(5, journal.Complete))
	p := tonight.NewPast()
	uitest.Wheel(w, p, 2)
	uitest.Sees(t, p.Draw(w), "› Fri 20 to Sat 21 Nov")
	uitest.Click(t, w, p, "Sat 21 to Sun 22 Nov")
	uitest.Sees(t, p.Draw(w), "› Sat 21 to Sun 22 Nov")
}

func TestWithoutAPastNightThereIsNothingToTell(t *testing.T) {
	w := uitest.World(t, 80, 24)
	if do := uitest.Keys(w, tonight.New(), "p"); do.Push != nil || do.Say == "" {
		t.Errorf("p asked for %+v", do)
	}
}

func TestPastNightsKeepToEverySize(t *testing.T) {
	uitest.Sweep(t, evenings(t, uitest.Session(30, journal.Complete), uitest.Fact(1, journal.Quiet{})), func() screen.Screen { return tonight.NewPast() })
}
