package session_test

import (
	"testing"
	"time"

	"lull/routine"
	"lull/routine/session"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestPlanTakesExactlyAsLongAsItsRoutine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyRoutine.Draw(t, "routine")
		var length, held time.Duration
		for _, seg := range session.Compile(r).Segments {
			length += seg.Length
			if seg.Kind == session.Hold {
				held += seg.Planned
			}
		}
		if length != r.Length() || held != r.Held() {
			t.Fatalf("plan takes %v with %v of holds, routine %v with %v", length, held, r.Length(), r.Held())
		}
	})
}

func TestPlanHasNoEmptySegments(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for i, seg := range session.Compile(anyRoutine.Draw(t, "routine")).Segments {
			if seg.Length <= 0 || seg.Planned != seg.Length {
				t.Fatalf("segment %d: length %v, planned %v", i, seg.Length, seg.Planned)
			}
		}
	})
}

func TestEveryLeadInDescribesTheHoldItLeadsTo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		segments := session.Compile(anyRoutine.Draw(t, "routine")).Segments
		for i, seg := range segments {
			if seg.Kind == session.Hold {
				continue
			}
			hold := segments[i+1]
			want := hold
			want.Kind, want.Length, want.Planned = seg.Kind, seg.Length, seg.Planned
			if hold.Kind != session.Hold || seg != want {
				t.Fatalf("%+v leads to %+v", seg, hold)
			}
		}
	})
}

func TestLeadInsAreNamedForWhatThePersonDoes(t *testing.T) {
	sec := time.Second
	step := routine.Step{Stretch: "toe-pull", Hold: 10 * sec, Reps: 2, Order: routine.LeftThenRight, Gap: 4 * sec, SetUp: 7 * sec}
	seg := func(k session.Kind, side routine.Side, rep int, length time.Duration) session.Segment {
		return session.Segment{Kind: k, Stretch: "toe-pull", Side: side, Rep: rep, Reps: 2, Length: length, Planned: length}
	}
	want := session.Plan{Routine: "own", Segments: []session.Segment{
		seg(session.SetUp, routine.Left, 1, 7*sec), seg(session.Hold, routine.Left, 1, 10*sec),
		seg(session.Rest, routine.Left, 2, 4*sec), seg(session.Hold, routine.Left, 2, 10*sec),
		seg(session.Switch, routine.Right, 1, 4*sec), seg(session.Hold, routine.Right, 1, 10*sec),
		seg(session.Rest, routine.Right, 2, 4*sec), seg(session.Hold, routine.Right, 2, 10*sec),
	}}
	got := session.Compile(routine.Routine{ID: "own", Steps: []routine.Step{step}})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestStepWithoutHoldsKeepsItsGetReady(t *testing.T) {
	none := routine.Step{Stretch: "toe-pull", SetUp: 5 * time.Second, Hold: 10 * time.Second}
	one := routine.Step{Stretch: "wall-calf", Hold: 10 * time.Second, Reps: 1, Order: routine.OnlyLeft}
	r := routine.Routine{Steps: []routine.Step{none, none, one, none}}
	rapid.Check(t, func(t *rapid.T) {
		who := begin(session.Compile(r))
		start := who.now
		who.finish()
		if took := who.now - start; took != r.Length() {
			t.Fatalf("took %v, want %v", took, r.Length())
		}
		who = begin(session.Compile(r))
		who.play(wild.Draw(t, "moves")...)
		sound(t, who.state.View())
	})
}
