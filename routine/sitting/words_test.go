package sitting_test

import (
	"testing"
	"time"

	"lull/routine"
	"lull/routine/sitting"
)

func TestDosesAreSaidInWords(t *testing.T) {
	for want, step := range map[string]routine.Step{
		"hold 30 s, both legs":                     {Hold: 30 * time.Second, Reps: 1, Order: routine.Together},
		"hold 10 s, 3 times, each leg, in turn":    {Hold: 10 * time.Second, Reps: 3, Order: routine.Alternate},
		"hold 10 s, 2 times, each leg, left first": {Hold: 10 * time.Second, Reps: 2, Order: routine.LeftThenRight},
		"hold 90 s, left leg":                      {Hold: 90 * time.Second, Reps: 1, Order: routine.OnlyLeft},
		"hold 2:30, right leg":                     {Hold: 150 * time.Second, Reps: 1, Order: routine.OnlyRight},
	} {
		if got := sitting.Dose(routine.ToHold, step); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
