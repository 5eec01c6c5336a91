package session_test

import (
	"testing"
	"time"

	"lull/routine/session"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// sound fails unless v is a view that a session can have, now being how long
// the clock has gone forward since the start.
func sound(t *rapid.T, v session.View) {
	t.Helper()
	switch {
	case v.Held < 0 || v.Held > v.Ran:
		t.Fatalf("held %v in %v", v.Held, v.Ran)
	case v.Elapsed < 0 || v.Remaining < 0 || v.Elapsed+v.Remaining != v.Segment.Length:
		t.Fatalf("%v and %v of %v", v.Elapsed, v.Remaining, v.Segment.Length)
	case !(v.Fraction >= 0 && v.Fraction <= 1) || v.TimeLeft < 0:
		t.Fatalf("fraction %v with %v left", v.Fraction, v.TimeLeft)
	case (v.Phase == session.Finished) != (v.Segment.Kind == ""):
		t.Fatalf("%s in segment %v", v.Phase, v.Segment)
	case v.CountIn < 0 || v.CountIn > session.ResumeCount || (v.CountIn > 0) != (v.Phase == session.Resuming):
		t.Fatalf("%s with %v of the count", v.Phase, v.CountIn)
	case (v.Reason != "") != (v.Phase == session.Paused):
		t.Fatalf("%s because %q", v.Phase, v.Reason)
	case v.Next.Kind != session.Hold && v.Next.Kind != "":
		t.Fatalf("next is a %s", v.Next.Kind)
	}
}

// mayGoBack says which inputs may take the progress back.
func mayGoBack(in session.Input) bool {
	switch in.(type) {
	case session.Back, session.More, session.Easier:
		return true
	}
	return false
}

func TestAnyInputsLeaveASoundSession(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plan := session.Compile(anyRoutine.Draw(t, "routine"))
		who := begin(plan)
		planned := who.state.View().Planned
		var forward time.Duration
		for _, m := range wild.Draw(t, "moves") {
			before := who.state.View()
			who.play(m)
			forward += max(m.wait, 0)
			v := who.state.View()
			sound(t, v)
			if v.Ran < before.Ran || v.Ran > forward || v.Held < before.Held {
				t.Fatalf("ran %v, held %v in %v on the clock", v.Ran, v.Held, forward)
			}
			if v.Fraction < before.Fraction && !mayGoBack(m.in) {
				t.Fatalf("%T took the fraction from %v to %v", m.in, before.Fraction, v.Fraction)
			}
			if v.Planned != planned {
				t.Fatalf("%T made %v planned out of %v", m.in, v.Planned, planned)
			}
		}
	})
}

func TestEndOfASessionIsFinal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		who := aPerson.Draw(t, "person")
		if rapid.Bool().Draw(t, "leaves") {
			who.do(session.Leave{})
		} else {
			who.finish()
		}
		before, said := who.state, len(who.events)
		who.play(wild.Draw(t, "more")...)
		who.do(session.Leave{})
		if diff := cmp.Diff(before.View(), who.state.View()); diff != "" || len(who.events) != said {
			t.Fatalf("%v\n%s", kinds(who.events[said:]), diff)
		}
	})
}

func TestSessionEndsWithItsSummary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		who := aPerson.Draw(t, "person")
		if rapid.Bool().Draw(t, "leaves") {
			who.do(session.Leave{})
		} else {
			who.finish()
		}
		last := who.events[len(who.events)-1]
		if last.Kind != session.EventLeft && last.Kind != session.EventFinished {
			t.Fatalf("ended with %s", last.Kind)
		}
		if diff := cmp.Diff(who.state.Summary(), last.Summary); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestNoLaterInputReachesAnOlderState(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		who := aPerson.Draw(t, "person")
		old := who.state
		want := old.Snapshot()
		for _, name := range []string{"one", "other"} {
			branch := &person{state: old, now: who.now}
			branch.play(steady.Draw(t, name)...)
			if diff := cmp.Diff(want, old.Snapshot()); diff != "" {
				t.Fatal(diff)
			}
		}
	})
}

func TestBranchesOfOneStateDoNotMeet(t *testing.T) {
	who := begin(oneStep(10*time.Second, 0, 0, 1))
	ease := func(p *person, stretch string) {
		p.do(session.Easier{Stretch: stretch})
		p.do(session.Skip{})
		p.wait(time.Second)
	}
	for _, stretch := range []string{"a", "b", "c", "d"} {
		ease(who, stretch)
	}
	one, other := *who, *who
	ease(&one, "e")
	want := one.state.Snapshot()
	other.wait(3 * time.Second)
	ease(&other, "f")
	if diff := cmp.Diff(want, one.state.Snapshot()); diff != "" {
		t.Error(diff)
	}
}

func TestViewCountsTheSteps(t *testing.T) {
	who := begin(session.Compile(trial()))
	for _, want := range []int{0, 1, 2} {
		if v := who.state.View(); v.Step != want || v.Steps != 2 {
			t.Errorf("step %d of %d, want %d of 2", v.Step, v.Steps, want)
		}
		who.wait(88 * time.Second)
	}
}

func TestWhatAStateHandsOutIsNotItsOwn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plan := session.Compile(anyRoutine.Draw(t, "routine"))
		who := begin(plan)
		who.play(steady.Draw(t, "history")...)
		want := who.state.Snapshot()
		spoiled := who.state.Snapshot()
		for i := range spoiled.Parts {
			spoiled.Parts[i].Held++
			for j := range spoiled.Parts[i].Earlier {
				spoiled.Parts[i].Earlier[j].Held++
			}
		}
		for i := range plan.Segments {
			plan.Segments[i].Length++
		}
		if diff := cmp.Diff(want, who.state.Snapshot()); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestReadySessionWaitsForItsStart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		who := &person{state: session.New(session.Compile(anyRoutine.Draw(t, "routine")))}
		before := who.state.View()
		for _, m := range wild.Draw(t, "moves") {
			if m.in != (session.Start{}) {
				who.play(m)
			}
		}
		if diff := cmp.Diff(before, who.state.View()); diff != "" || len(who.events) != 0 || who.state.Due() != 0 {
			t.Fatalf("%v\n%s", kinds(who.events), diff)
		}
	})
}

func TestEmptyPlanFinishesAtOnceWithNothingDone(t *testing.T) {
	if v := session.New(session.Plan{}).View(); v.Fraction != 0 {
		t.Errorf("fraction %v before the start", v.Fraction)
	}
	who := begin(session.Plan{Routine: "empty"})
	if diff := cmp.Diff([]session.EventKind{session.EventStarted, session.EventFinished}, kinds(who.events)); diff != "" {
		t.Error(diff)
	}
	if got := who.state.Summary().Outcome; got != session.Abandoned {
		t.Errorf("outcome %s", got)
	}
}
