package body_test

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lull/assets"
	"lull/routine"
	"lull/routine/body"
	"lull/routine/session"
)

const frame = 125 * time.Millisecond

// run plays a routine from start to end, a frame at a time.
func run(t *testing.T, id string, see func(f *body.Figure, v session.View, m body.Moment)) {
	t.Helper()
	lib, err := routine.Open(assets.Files)
	if err != nil {
		t.Fatal(err)
	}
	r, ok := lib.Routine(id)
	if !ok {
		t.Fatalf("no routine %s", id)
	}
	figures := library()
	state, _ := session.New(session.Compile(r)).Apply(session.Start{}, 0)
	for at := time.Duration(0); at < r.Length(); at += frame {
		state, _ = state.Apply(session.Tick{}, at)
		v := state.View()
		f, err := figures.Figure(v.Segment.Stretch)
		if err != nil {
			t.Fatal(err)
		}
		see(f, v, f.During(v))
	}
}

func TestABodyNeverJumps(t *testing.T) {
	const fastest = 0.2 // of the way in one frame
	for _, id := range []string{"trial", "standard", "full", "bed", "seated", "pregnancy"} {
		var before body.Moment
		var was session.View
		run(t, id, func(f *body.Figure, v session.View, m body.Moment) {
			another := v.Segment.Step != was.Segment.Step || v.Segment.Kind == session.SetUp != (was.Segment.Kind == session.SetUp)
			if jump := math.Abs(m.Share - before.Share); !another && f.Round == 0 && jump > fastest && !(m.Turned > 80) {
				t.Errorf("%s, %s %s at %v: from %.2f to %.2f", id, v.Segment.Stretch, v.Segment.Kind, v.Elapsed, before.Share, m.Share)
			}
			if turned := math.Abs(m.Turned - before.Turned); !another && m.Left == before.Left && turned > 35 {
				t.Errorf("%s, %s: it turns by %.0f degrees at once", id, v.Segment.Stretch, turned)
			}
			if !another && m.Left != before.Left && m.Turned < 60 {
				t.Errorf("%s, %s: the leg changes while the body has turned by %.0f degrees only", id, v.Segment.Stretch, m.Turned)
			}
			before, was = m, v
		})
	}
}

func TestTheWorkingLegIsTheOneInSight(t *testing.T) {
	sides := map[bool]int{}
	run(t, "trial", func(_ *body.Figure, v session.View, m body.Moment) {
		if v.Segment.Kind != session.Hold {
			return
		}
		sides[m.Left]++
		if m.Left != (v.Segment.Side == routine.Left) {
			t.Fatalf("a hold of the %s leg shows another", v.Segment.Side)
		}
	})
	if sides[true] == 0 || sides[false] == 0 {
		t.Errorf("seen: %v", sides)
	}
}

func TestAHoldGoesToItsEndPoseAndStaysWithABreathingGlow(t *testing.T) {
	glows := map[float64]bool{}
	run(t, "standard", func(f *body.Figure, v session.View, m body.Moment) {
		if v.Segment.Kind != session.Hold || f.Cycle > 0 {
			return
		}
		if v.Elapsed > 1600*time.Millisecond && (m.Share != 1 || m.Quick) {
			t.Errorf("%s: at %v it is %.2f of the way", v.Segment.Stretch, v.Elapsed, m.Share)
		}
		if m.Glow < 0.4 || m.Glow > 1 {
			t.Errorf("it glows with %.2f", m.Glow)
		}
		glows[m.Glow] = true
	})
	if len(glows) < 4 || len(glows) > 8 {
		t.Errorf("%d steps of glow", len(glows))
	}
}

func TestGettingReadyShowsTheMovementAndEndsWhereTheHoldBegins(t *testing.T) {
	most := 0.0
	run(t, "standard", func(f *body.Figure, v session.View, m body.Moment) {
		if v.Segment.Kind != session.SetUp || f.Cycle > 0 {
			return
		}
		most = max(most, m.Share)
		if v.Remaining <= frame && m.Share > 0.1 {
			t.Errorf("%s: the hold begins with the body %.2f of the way", v.Segment.Stretch, m.Share)
		}
	})
	if most < 1 {
		t.Errorf("the movement was shown to %.2f", most)
	}
}

func TestAPauseStandsStill(t *testing.T) {
	f, err := library().Figure("ankle-pumps")
	if err != nil {
		t.Fatal(err)
	}
	v := session.View{Phase: session.Paused, Segment: session.Segment{Kind: session.Hold, Length: time.Minute}, Elapsed: 3 * time.Second, Remaining: 57 * time.Second}
	if _, still := f.Still(v, frame, time.Second); !still {
		t.Error("it moves while paused")
	}
	v.Phase = session.Running
	if d, still := f.Still(v, frame, time.Second); still || d != frame {
		t.Errorf("running, it changes after %v", d)
	}
}

func TestNothingChangesWhileAFigureIsCalledStill(t *testing.T) {
	figures := library()
	ids := figures.IDs()
	kinds := []session.Kind{session.SetUp, session.Hold, session.Rest, session.Switch}
	rapid.Check(t, func(t *rapid.T) {
		f, err := figures.Figure(rapid.SampledFrom(ids).Draw(t, "figure"))
		if err != nil {
			t.Fatal(err)
		}
		length := time.Duration(rapid.IntRange(1, 60).Draw(t, "length")) * time.Second
		at := time.Duration(rapid.Int64Range(0, int64(length)-1).Draw(t, "at"))
		v := session.View{
			Phase: session.Running, Elapsed: at, Remaining: length - at,
			Segment: session.Segment{Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Side: rapid.SampledFrom([]routine.Side{routine.Left, routine.Right, routine.Both}).Draw(t, "side"), Length: length},
			Next:    session.Segment{Length: length},
		}
		now := f.During(v)
		if now.Share < 0 || now.Share > 1 || now.Turned < 0 || now.Turned > 90.1 || math.IsNaN(now.Share) {
			t.Fatalf("%+v", now)
		}
		stays, still := f.Still(v, frame, time.Second)
		if still {
			stays = min(time.Second, v.Remaining)
		}
		for d := frame; d < stays; d += frame {
			later := v
			later.Elapsed, later.Remaining = v.Elapsed+d, v.Remaining-d
			if f.During(later) != now {
				t.Fatalf("it changes after %v, not %v", d, stays)
			}
		}
	})
}

func TestADemonstrationGoesThereAndBack(t *testing.T) {
	each(t, func(t *testing.T, f *body.Figure) {
		if start, end := f.Demonstrated(0, routine.Left), f.Demonstrated(f.Shows(), routine.Left); start.Share != end.Share || !start.Left {
			t.Errorf("it begins at %.2f and ends at %.2f", start.Share, end.Share)
		}
		most := 0.0
		for at := time.Duration(0); at < f.Shows(); at += frame / 5 {
			most = max(most, f.Demonstrated(at, routine.Right).Share)
		}
		if most < 0.95 {
			t.Errorf("it goes %.2f of the way", most)
		}
	})
}

func TestAFigureThatStandsStillIsInOneOfItsPoses(t *testing.T) {
	each(t, func(t *testing.T, f *body.Figure) {
		if m := f.Posed(false, true); m.Share != 0 || !m.Left || m.Quick {
			t.Errorf("ready: %+v", m)
		}
		held := f.Posed(true, false)
		if want := map[bool]float64{false: 1, true: 0.5}[f.Round > 0]; held.Share != want || held.Left || held.Quick || held.Glow != 1 {
			t.Errorf("held: %+v", held)
		}
	})
}
