package sitting_test

import (
	"testing"
	"time"

	"lull/assets"
	"lull/routine"
	"lull/routine/journal"
	"lull/routine/session"
	"lull/routine/sitting"
)

func library(t *testing.T) *routine.Library {
	t.Helper()
	lib, err := routine.Open(assets.Files)
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

// under is a session of a routine that went on for so long.
func under(t *testing.T, lib *routine.Library, id string, ran time.Duration) sitting.Sitting {
	t.Helper()
	r, _ := lib.Routine(id)
	s := sitting.New(lib.WithLeadIn(r, routine.DefaultLeadIn), journal.ID{}, time.Unix(0, 0), 0)
	s.State, _ = s.State.Apply(session.Start{}, 0)
	for at := time.Duration(0); at <= ran; at += time.Second {
		s.State, _ = s.State.Apply(session.Tick{}, at)
	}
	return s
}

func TestResumingLeavesTheLongerOfLeadInAndSetUp(t *testing.T) {
	lib := library(t)
	for name, c := range map[string]struct {
		routine string
		ran     int // seconds
		leadIn  int
		want    int
	}{
		"in a hold":               {"trial", 15, 10, 10},
		"in a hold, lead-in off":  {"trial", 15, 0, 10}, // the set-up that the session began with
		"in a hold, a long one":   {"trial", 15, 60, 60},
		"in a step of 15 seconds": {"bed", 60, 10, 15},
		"in a lead-in":            {"trial", 4, 10, 4},
		"early in a lead-in":      {"trial", 1, 10, 3},
	} {
		s := under(t, lib, c.routine, time.Duration(c.ran)*time.Second)
		left := sitting.Unfinished{Snapshot: s.State.Snapshot()}
		again, err := sitting.Resume(left, lib, time.Duration(c.leadIn)*time.Second)
		if err != nil {
			t.Fatal(err)
		}
		if got := again.State.View().CountFrom; got != time.Duration(c.want)*time.Second {
			t.Errorf("%s: %v, want %d s", name, got, c.want)
		}
	}
}

func TestEasierLeavesTheLeadInForEachChangeOfPosition(t *testing.T) {
	lib := library(t)
	r, _ := lib.Routine("full")
	var before time.Duration // standing-quad, whose easier way lies on the side
	for _, step := range lib.WithLeadIn(r, routine.DefaultLeadIn).Steps {
		if step.Stretch == "standing-quad" {
			before += step.SetUp
			break
		}
		before += step.Length()
	}
	s := under(t, lib, "full", before+time.Second)
	change, _ := sitting.Easier(lib, routine.Screening{}, s.State, 30*time.Second)
	want := session.Easier{Stretch: "side-quad", Ready: 30 * time.Second, Gap: 30 * time.Second, Next: 30 * time.Second}
	if change != want {
		t.Errorf("%+v, want %+v", change, want)
	}
}

func TestEasierLeavesTimeToSitDownLateInPregnancy(t *testing.T) {
	lib := library(t)
	s := under(t, lib, "trial", 11*time.Second) // wall-calf, whose easier way is on a chair
	for week, want := range map[int]time.Duration{20: 10 * time.Second, 30: 30 * time.Second} {
		change, _ := sitting.Easier(lib, routine.Screening{Pregnant: true, PregnancyWeeks: week}, s.State, 10*time.Second)
		if change.Stretch != "seated-towel-calf" || change.Ready != want || change.Next != want {
			t.Errorf("week %d: %+v, want %v", week, change, want)
		}
	}
}
