package session_test

import (
	"fmt"
	"testing"
	"time"

	"lull/routine"
	"lull/routine/session"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// where tells in one line where a session stands.
type where struct {
	Kind    session.Kind
	Side    routine.Side
	Rep     int
	Elapsed time.Duration
}

func (p *person) where() where {
	v := p.state.View()
	return where{v.Segment.Kind, v.Segment.Side, v.Segment.Rep, v.Elapsed}
}

func (p *person) mustBe(t *testing.T, want where) {
	t.Helper()
	if diff := cmp.Diff(want, p.where()); diff != "" {
		t.Error(diff)
	}
}

func TestSkipOfAHoldLeavesTimeToMove(t *testing.T) {
	who := begin(session.Compile(trial()))
	who.wait(4 * time.Second)
	who.do(session.Skip{})
	who.mustBe(t, where{session.Switch, routine.Left, 1, 0})
	if held := who.state.View().Held; held != 4*time.Second {
		t.Errorf("held %v", held)
	}
}

func TestSkipOfALeadInStartsItsHold(t *testing.T) {
	who := begin(session.Compile(trial()))
	who.wait(12 * time.Second)
	who.do(session.Skip{})
	who.mustBe(t, where{session.Hold, routine.Left, 1, 0})
}

func TestSkipOfTheLastHoldFinishes(t *testing.T) {
	who := begin(oneStep(10*time.Second, 5*time.Second, 0, 2))
	who.wait(18 * time.Second)
	who.do(session.Skip{})
	if v := who.state.View(); v.Phase != session.Finished || v.Fraction != 1 || v.Held != 13*time.Second {
		t.Errorf("%s at %v with %v held", v.Phase, v.Fraction, v.Held)
	}
	want := []session.EventKind{session.EventSkipped, session.EventFinished}
	if diff := cmp.Diff(want, kinds(who.events)[len(who.events)-2:]); diff != "" {
		t.Error(diff)
	}
}

func TestSkippingThroughVisitsEveryHoldAndFinishes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plan := session.Compile(anyRoutine.Draw(t, "routine"))
		who := begin(plan)
		for range plan.Segments {
			to := who.state.View().SkipTo
			who.do(session.Skip{})
			if got := who.state.View().Segment; got != to {
				t.Fatalf("went to %v and not to %v", got, to)
			}
		}
		if v := who.state.View(); v.Phase != session.Finished || v.Held != 0 {
			t.Fatalf("%s with %v held", v.Phase, v.Held)
		}
	})
}

func TestBackLateInAHoldBeginsItAgain(t *testing.T) {
	who := begin(session.Compile(trial()))
	who.wait(3*time.Second + 1)
	who.do(session.Back{})
	who.mustBe(t, where{session.Hold, routine.Right, 1, 0})
}

func TestBackEarlyInAHoldGoesToTheOneBefore(t *testing.T) {
	who := begin(session.Compile(trial()))
	who.wait(30*time.Second + 3*time.Second) // three seconds into the third hold
	who.do(session.Back{})
	who.mustBe(t, where{session.Switch, routine.Left, 1, 0})
	who.wait(5 * time.Second)
	who.mustBe(t, where{session.Hold, routine.Left, 1, 0})
}

func TestBackInALeadInGoesToTheHoldBefore(t *testing.T) {
	who := begin(session.Compile(trial()))
	who.wait(29 * time.Second)
	who.do(session.Back{})
	who.mustBe(t, where{session.Switch, routine.Left, 1, 0})
	who.do(session.Back{})
	who.mustBe(t, where{session.Hold, routine.Right, 1, 0})
}

func TestBackBeforeTheFirstHoldBeginsItsLeadInAgain(t *testing.T) {
	for _, wait := range []time.Duration{2 * time.Second, 7 * time.Second} {
		who := begin(oneStep(10*time.Second, 5*time.Second, 5*time.Second, 2))
		who.wait(wait)
		who.do(session.Back{})
		who.mustBe(t, where{session.SetUp, routine.Left, 1, 0})
	}
}

func TestBackKeepsWhatWasHeldAndGoesWhereTheViewSaid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		who := aMover.Draw(t, "person")
		before := who.state.View()
		who.do(session.Back{})
		v := who.state.View()
		if v.Held != before.Held || v.Segment != before.BackTo || v.Elapsed != 0 || v.Phase != before.Phase {
			t.Fatalf("%s, %v into %v, held %v of %v", v.Phase, v.Elapsed, v.Segment, v.Held, before.Held)
		}
	})
}

func TestMoreGivesTenSecondsAndPlansNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		who := aMover.Draw(t, "person")
		before := who.state.View()
		who.do(session.More{})
		want := before
		want.Segment.Length += 10 * time.Second
		want.Remaining += 10 * time.Second
		want.TimeLeft += 10 * time.Second
		if before.Phase == session.Running {
			want.Seconds += 10
		}
		got := who.state.View()
		want.Fraction = got.Fraction
		if before.BackTo == before.Segment {
			want.BackTo = want.Segment
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestEasierGoesOnWithAnotherStretchForTheRestOfTheStep(t *testing.T) {
	who := begin(session.Compile(trial()))
	who.wait(34 * time.Second) // four seconds into the second hold of the right leg
	who.do(session.Easier{Stretch: "heel-slide"})
	who.mustBe(t, where{session.SetUp, routine.Right, 2, 0})
	want := session.Segment{Kind: session.SetUp, Stretch: "heel-slide", Side: routine.Right, Rep: 2, Reps: 3, Length: 10 * time.Second}
	if diff := cmp.Diff(want, who.state.View().Segment); diff != "" {
		t.Error(diff)
	}
}

func TestEasierLeavesEachStretchItsOwnTime(t *testing.T) {
	who := begin(session.Compile(trial()))
	who.wait(34 * time.Second)
	who.do(session.Easier{Stretch: "heel-slide"})
	who.finish()
	want := session.Summary{Outcome: session.Complete, PlannedS: 120, HeldS: 124, Moves: []session.Move{
		{Stretch: "wall-calf", Side: routine.Right, PlannedS: 10, HeldS: 14},
		{Stretch: "wall-calf", Side: routine.Left, PlannedS: 10, HeldS: 10},
		{Stretch: "heel-slide", Side: routine.Right, PlannedS: 20, HeldS: 20},
		{Stretch: "heel-slide", Side: routine.Left, PlannedS: 20, HeldS: 20},
		{Stretch: "heel-up-hamstring", Side: routine.Right, PlannedS: 30, HeldS: 30},
		{Stretch: "heel-up-hamstring", Side: routine.Left, PlannedS: 30, HeldS: 30},
	}}
	if diff := cmp.Diff(want, who.state.Summary()); diff != "" {
		t.Error(diff)
	}
}

func TestEasierStartsTheHoldOverAtItsPlannedLength(t *testing.T) {
	who := begin(oneStep(10*time.Second, 0, 0, 1))
	who.do(session.More{})
	who.wait(4 * time.Second)
	who.do(session.Easier{Stretch: "heel-slide"})
	if left := who.state.View().TimeLeft; left != 20*time.Second {
		t.Errorf("%v left", left)
	}
}

func TestEasierInALeadInReplacesIt(t *testing.T) {
	who := begin(oneStep(10*time.Second, 5*time.Second, 5*time.Second, 2))
	who.wait(16 * time.Second)
	who.do(session.Easier{Stretch: "heel-slide"})
	who.mustBe(t, where{session.SetUp, routine.Left, 2, 0})
	if left := who.state.View().TimeLeft; left != 20*time.Second {
		t.Errorf("%v left", left)
	}
}

func TestMoreNeverOutgrowsASnapshot(t *testing.T) {
	who := begin(oneStep(10*time.Second, 0, 0, 1))
	for range 24 * 360 * 2 {
		who.do(session.More{})
	}
	if _, err := session.Restore(who.state.Snapshot(), 0); err != nil {
		t.Error(err)
	}
}

func TestEasierWithoutAnotherStretchDoesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		who := aMover.Draw(t, "person")
		before := who.state.View()
		for _, stretch := range []string{"", before.Segment.Stretch} {
			who.do(session.Easier{Stretch: stretch})
		}
		if diff := cmp.Diff(before, who.state.View()); diff != "" || len(who.events) != 0 {
			t.Fatal(diff)
		}
	})
}

func TestToggleIsTheOneKeyThatStartsPausesAndResumes(t *testing.T) {
	who := &person{state: session.New(session.Compile(trial()))}
	for _, want := range []session.Phase{session.Running, session.Paused, session.Resuming, session.Paused} {
		who.do(who.state.View().Toggle)
		if got := who.state.View().Phase; got != want {
			t.Fatalf("%s, want %s", got, want)
		}
	}
	who.do(session.Leave{})
	if in := who.state.View().Toggle; in != nil {
		t.Errorf("still %T after leaving", in)
	}
}

func TestMovingWhilePausedStaysPaused(t *testing.T) {
	for _, in := range []session.Input{session.Skip{}, session.Back{}, session.More{}, session.Easier{Stretch: "heel-slide"}} {
		who := begin(session.Compile(trial()))
		who.wait(4 * time.Second)
		who.do(session.Pause{})
		who.do(in)
		if got := who.state.View().Phase; got != session.Paused {
			t.Errorf("%T: %s", in, got)
		}
	}
}

func TestEasierLeavesTimeForEachChangeOfPosition(t *testing.T) {
	who := begin(session.Compile(trial()))
	who.wait(34 * time.Second) // in the third of six holds
	who.do(session.Easier{Stretch: "side-quad", Ready: 15 * time.Second, Gap: 20 * time.Second, Next: 12 * time.Second})
	var leads []time.Duration
	for _, p := range who.state.Snapshot().Parts {
		if p.Kind != session.Hold {
			leads = append(leads, p.Length/time.Second)
		}
	}
	want := []time.Duration{5, 15, 20, 20, 20, 12, 5, 5, 5, 5, 5}
	if diff := cmp.Diff(want, leads); diff != "" {
		t.Error(diff)
	}
	if _, err := session.Restore(who.state.Snapshot(), 0); err != nil {
		t.Error(err)
	}
}

func TestEasierMakesRoomWhereThePlanHasNone(t *testing.T) {
	one := routine.Step{Stretch: "wall-calf", Hold: 10 * time.Second, Reps: 1, Order: routine.Alternate}
	two := one
	two.Stretch = "wall-soleus"
	who := begin(session.Compile(routine.Routine{ID: "own", Steps: []routine.Step{one, two}}))
	who.do(session.Easier{Stretch: "side-quad", Gap: 20 * time.Second, Next: 10 * time.Second})
	var got []string
	for _, p := range who.state.Snapshot().Parts {
		got = append(got, fmt.Sprint(p.Kind, " ", p.Stretch, " ", p.Length))
	}
	want := []string{
		"set-up side-quad 10s", "hold side-quad 10s", "set-up side-quad 20s", "hold side-quad 10s",
		"set-up wall-soleus 10s", "hold wall-soleus 10s", "hold wall-soleus 10s",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
