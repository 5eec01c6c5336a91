package session_test

import (
	"testing"
	"time"

	"lull/routine"
	"lull/routine/session"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestTrialHeldThroughIsCompleteToTheSecond(t *testing.T) {
	who := begin(session.Compile(trial()))
	who.finish()
	move := func(stretch string, side routine.Side) session.Move {
		return session.Move{Stretch: stretch, Side: side, PlannedS: 30, HeldS: 30}
	}
	want := session.Summary{Outcome: session.Complete, PlannedS: 120, HeldS: 120, Moves: []session.Move{
		move("wall-calf", routine.Right), move("wall-calf", routine.Left),
		move("heel-up-hamstring", routine.Right), move("heel-up-hamstring", routine.Left),
	}}
	if diff := cmp.Diff(want, who.state.Summary()); diff != "" {
		t.Error(diff)
	}
}

func TestAnyRoutineHeldThroughIsCompleteWithNothingMissing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyRoutine.Draw(t, "routine")
		who := begin(session.Compile(r))
		who.finish()
		v, sum := who.state.View(), who.state.Summary()
		if v.Held != r.Held() || v.Ran != r.Length() || sum.Outcome != session.Complete {
			t.Fatalf("%s: held %v of %v, ran %v of %v", sum.Outcome, v.Held, r.Held(), v.Ran, r.Length())
		}
		for _, m := range sum.Moves {
			if m.HeldS != m.PlannedS {
				t.Fatalf("%s %s: %d of %d", m.Stretch, m.Side, m.HeldS, m.PlannedS)
			}
		}
	})
}

func TestOutcomeTurnsExactlyAtItsThreshold(t *testing.T) {
	const sec, ms = time.Second, time.Millisecond
	for _, c := range []struct {
		name string
		hold time.Duration
		reps int
		held time.Duration // before leaving; there are no gaps
		want session.Outcome
	}{
		{"80 % of ten holds", 10 * sec, 10, 80 * sec, session.Complete},
		{"79.999 % of ten holds", 10 * sec, 10, 80*sec - ms, session.Partial},
		{"80 % of one hold", 10 * sec, 1, 8 * sec, session.Complete},
		{"79.99 % of one hold", 10 * sec, 1, 8*sec - ms, session.Abandoned},
		{"80 % of a length that does not divide by five", 3*sec + 1, 1, 2400*ms + 1, session.Complete},
		{"a nanosecond less than that", 3*sec + 1, 1, 2400 * ms, session.Abandoned},
		{"one hold of ten", 10 * sec, 10, 10 * sec, session.Partial},
		{"one hold of ten but for a moment", 10 * sec, 10, 10*sec - 1, session.Abandoned},
		{"nothing", 10 * sec, 10, 0, session.Abandoned},
	} {
		who := begin(oneStep(c.hold, 0, 0, c.reps))
		who.wait(c.held)
		who.do(session.Leave{})
		if got := who.state.Summary().Outcome; got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestSessionNeverBegunHasNoOutcome(t *testing.T) {
	who := &person{state: session.New(session.Compile(trial()))}
	who.do(session.Leave{})
	sum := who.state.Summary()
	if sum.Outcome != session.None || sum.HeldS != 0 || sum.PlannedS != 120 {
		t.Errorf("%s: %d of %d", sum.Outcome, sum.HeldS, sum.PlannedS)
	}
}

func TestRedoingAHoldAddsTimeButNoCreditBeyondItsPlan(t *testing.T) {
	who := begin(oneStep(10*time.Second, 0, 0, 10))
	for range 20 {
		who.wait(9 * time.Second)
		who.do(session.Back{})
	}
	sum := who.state.Summary()
	if sum.HeldS != 180 || sum.Outcome != session.Abandoned {
		t.Errorf("%s with %d s", sum.Outcome, sum.HeldS)
	}
}

func TestHoldFinishedInPiecesIsNotAFinishedHold(t *testing.T) {
	who := begin(oneStep(10*time.Second, 0, 0, 10))
	who.wait(6 * time.Second)
	who.do(session.Back{})
	who.wait(6 * time.Second)
	if got := who.state.Summary().Outcome; got != session.Abandoned {
		t.Errorf("in pieces: %s", got)
	}
	who.wait(4 * time.Second)
	if got := who.state.Summary().Outcome; got != session.Partial {
		t.Errorf("in one go: %s", got)
	}
}

func TestFinishedHoldStaysFinishedWhenBegunAgain(t *testing.T) {
	who := begin(oneStep(10*time.Second, 5*time.Second, 0, 10))
	who.wait(12 * time.Second)
	who.do(session.Back{})
	who.wait(2 * time.Second)
	who.do(session.Skip{})
	who.do(session.Leave{})
	if got := who.state.Summary().Outcome; got != session.Partial {
		t.Error(got)
	}
}

func TestHoldMadeLongerIsFinishedAtItsPlannedLength(t *testing.T) {
	who := begin(oneStep(10*time.Second, 0, 0, 10))
	who.do(session.More{})
	who.wait(12 * time.Second)
	sum := who.state.Summary()
	if sum.Outcome != session.Partial || sum.PlannedS != 100 || sum.HeldS != 12 {
		t.Errorf("%s: %d of %d", sum.Outcome, sum.HeldS, sum.PlannedS)
	}
}

func TestTimeHeldBeforeEasierCountsTowardsTheHold(t *testing.T) {
	who := begin(oneStep(10*time.Second, 0, 0, 1))
	who.wait(5 * time.Second)
	who.do(session.Easier{Stretch: "heel-slide"})
	who.wait(13 * time.Second)
	who.do(session.Leave{})
	want := session.Summary{Outcome: session.Complete, PlannedS: 10, HeldS: 8, Moves: []session.Move{
		{Stretch: "wall-calf", Side: routine.Left, PlannedS: 0, HeldS: 5},
		{Stretch: "heel-slide", Side: routine.Left, PlannedS: 10, HeldS: 3},
	}}
	if diff := cmp.Diff(want, who.state.Summary()); diff != "" {
		t.Error(diff)
	}
}

func TestSummaryNeverClaimsMoreThanWasHeld(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		who := aPerson.Draw(t, "person")
		v, sum := who.state.View(), who.state.Summary()
		held, planned := 0, 0
		for _, m := range sum.Moves {
			held += m.HeldS
			planned += m.PlannedS
		}
		whole := int(v.Held / time.Second)
		if sum.HeldS != whole || held > whole || held < whole-len(sum.Moves) || planned > sum.PlannedS {
			t.Fatalf("moves add up to %d of %d, summary %d of %d, held %v", held, planned, sum.HeldS, sum.PlannedS, v.Held)
		}
	})
}
