package tonight_test

import (
	"strings"
	"testing"
	"time"

	"lull/routine/journal"
	"lull/ui/screen"
	"lull/ui/tonight"
	"lull/ui/uitest"
)

// morningAfter is the world at an hour of the morning after the evening, with
// something recorded two nights before.
func morningAfter(t *testing.T, hour int, facts ...journal.Entry) screen.World {
	t.Helper()
	w := uitest.World(t, 80, 24)
	w.Now = time.Date(2026, 11, 23, hour, 10, 0, 0, uitest.Evening.Location())
	return uitest.With(t, w, append(facts, uitest.Session(2, journal.Complete))...)
}

func TestTheMorningAsksOneQuestionBetweenFourAndNoon(t *testing.T) {
	for hour, asked := range map[int]bool{3: false, 4: true, 11: true, 12: false, 21: false} {
		w := morningAfter(t, hour)
		shown := uitest.Text(tonight.New().Draw(w))
		if got := strings.Contains(shown, "Cramps last night, Sun 22 to Mon 23 Nov?"); got != asked {
			t.Errorf("at %d it asks: %v\n%s", hour, got, shown)
		}
	}
}

func TestTheMorningDoesNotAskAgainOnceItKnowsAndNeverANewcomer(t *testing.T) {
	for name, w := range map[string]screen.World{
		"a cramp": morningAfter(t, 8, uitest.Fact(0, journal.Cramped{})),
		"quiet":   morningAfter(t, 8, uitest.Fact(0, journal.Quiet{})),
	} {
		if strings.Contains(uitest.Text(tonight.New().Draw(w)), "Cramps last night") {
			t.Errorf("with %s it asks", name)
		}
	}
	w := uitest.World(t, 80, 24)
	w.Now = w.Now.Add(11 * time.Hour)
	if strings.Contains(uitest.Text(tonight.New().Draw(w)), "Cramps last night") {
		t.Error("it asks somebody who only just came")
	}
}

func TestEachAnswerIsWrittenDownAsItWasGiven(t *testing.T) {
	for steps, want := range [][]journal.Fact{
		{journal.Quiet{}},
		{journal.Cramped{Untimed: true}},
		{journal.Cramped{Untimed: true}, journal.Cramped{Untimed: true}},
		{journal.Cramped{Untimed: true}, journal.Cramped{Untimed: true}, journal.Cramped{Untimed: true, AtLeast: true}},
		nil,
	} {
		w := morningAfter(t, 8)
		s := tonight.New()
		for range steps {
			s.Update(w, uitest.Press("right"))
		}
		do := s.Update(w, uitest.Press("space"))
		if len(do.Records) != len(want) || do.Push != nil || do.Say == "" {
			t.Fatalf("answer %d: %+v", steps, do)
		}
		for i, r := range do.Records {
			if c, ok := r.Fact.(journal.Cramped); ok {
				w := want[i].(journal.Cramped)
				if c.Untimed != w.Untimed || c.AtLeast != w.AtLeast {
					t.Errorf("answer %d: %+v", steps, c)
				}
			} else if r.Fact != want[i] {
				t.Errorf("answer %d: %+v", steps, r.Fact)
			}
		}
		if want == nil && strings.Contains(uitest.Text(s.Draw(w)), "Cramps last night") {
			t.Error("not now, and it still asks")
		}
	}
}
