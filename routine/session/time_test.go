package session_test

import (
	"testing"
	"time"

	"lull/routine/session"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestTickingOftenOrRarelyGivesTheSameSession(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plan := session.Compile(anyRoutine.Draw(t, "routine"))
		rare, often := begin(plan), begin(plan)
		for _, m := range steady.Draw(t, "moves") {
			rare.play(m)
			for _, cut := range rapid.SliceOfN(rapid.Int64Range(0, 100), 0, 4).Draw(t, "ticks") {
				part := m.wait * time.Duration(cut) / 100
				often.play(move{part, session.Tick{}})
				m.wait -= part
			}
			often.play(m)
		}
		if diff := cmp.Diff(rare.state.View(), often.state.View()); diff != "" {
			t.Fatalf("view:\n%s", diff)
		}
		if diff := cmp.Diff(rare.state.Snapshot(), often.state.Snapshot()); diff != "" {
			t.Fatalf("snapshot:\n%s", diff)
		}
		if diff := cmp.Diff(rare.events, often.events); diff != "" {
			t.Fatalf("events:\n%s", diff)
		}
	})
}

func TestOneLateTickCrossesSegmentsInOrder(t *testing.T) {
	who := begin(oneStep(2*time.Second, time.Second/2, 0, 3))
	who.events = nil
	start := who.now
	who.play(move{5 * time.Second, session.Tick{}})
	type stamp struct {
		Kind session.EventKind
		Rep  int
		Due  time.Duration
	}
	var got []stamp
	for _, e := range who.events {
		if e.At-start != e.Due {
			t.Errorf("%s was due at %v, %v into the session", e.Kind, e.At-start, e.Due)
		}
		got = append(got, stamp{e.Kind, e.Segment.Rep, e.Due})
	}
	ms := time.Millisecond
	want := []stamp{
		{session.EventCount, 1, 1000 * ms}, {session.EventEnded, 1, 2000 * ms}, {session.EventEntered, 2, 2000 * ms},
		{session.EventEntered, 2, 2500 * ms}, {session.EventCount, 2, 3500 * ms}, {session.EventEnded, 2, 4500 * ms},
		{session.EventEntered, 3, 4500 * ms}, {session.EventEntered, 3, 5000 * ms},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestEventsComeInTheOrderInWhichTheyWereDue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		who := aPerson.Draw(t, "person")
		for i, e := range who.events[1:] {
			before := who.events[i]
			if e.At < before.At || e.Due < before.Due || e.At > who.now {
				t.Fatalf("%s at %v (%v) after %s at %v (%v)", e.Kind, e.At, e.Due, before.Kind, before.At, before.Due)
			}
		}
	})
}

func TestSilenceOverMaxGapPausesAndCreditsNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		who := aMover.Draw(t, "person")
		before := who.state
		gap := session.MaxGap + time.Duration(rapid.Int64Range(1, int64(100*time.Hour)).Draw(t, "gap"))
		who.play(move{gap, session.Tick{}})
		v := who.state.View()
		if v.Phase != session.Paused || v.Reason != session.Interrupted || v.Gap != gap {
			t.Fatalf("%s because %s after %v", v.Phase, v.Reason, v.Gap)
		}
		if diff := cmp.Diff(before.Snapshot(), who.state.Snapshot()); diff != "" {
			t.Fatal(diff)
		}
		want := []session.Event{{Kind: session.EventInterrupted, Gap: gap, Due: v.Ran, At: who.now, Segment: v.Segment}}
		if diff := cmp.Diff(want, who.events); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestSilenceOfMaxGapStillCounts(t *testing.T) {
	who := begin(oneStep(30*time.Second, 0, 0, 1))
	who.play(move{session.MaxGap, session.Tick{}})
	if v := who.state.View(); v.Phase != session.Running || v.Held != session.MaxGap {
		t.Errorf("%s with %v held", v.Phase, v.Held)
	}
}

func TestInputAfterASilenceFindsThePause(t *testing.T) {
	who := begin(oneStep(30*time.Second, 0, 0, 1))
	who.play(move{time.Hour, session.Pause{}})
	if v := who.state.View(); v.Reason != session.Interrupted || v.Gap != time.Hour {
		t.Errorf("paused because %s after %v", v.Reason, v.Gap)
	}
	if diff := cmp.Diff([]session.EventKind{session.EventInterrupted}, kinds(who.events)[2:]); diff != "" {
		t.Error(diff)
	}
}

func TestStragglingReadingChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		who := aMover.Draw(t, "person")
		before := who.state
		back := time.Duration(rapid.Int64Range(0, int64(session.MaxGap)).Draw(t, "back"))
		who.play(move{-back, session.Tick{}}, move{back, session.Tick{}})
		if diff := cmp.Diff(before.View(), who.state.View()); diff != "" {
			t.Fatal(diff)
		}
		if len(who.events) != 0 {
			t.Fatalf("events: %v", kinds(who.events))
		}
	})
}

func TestClockThatFallsBackPausesAndCreditsNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		who := aMover.Draw(t, "person")
		before := who.state
		back := session.MaxGap + time.Duration(rapid.Int64Range(1, int64(100*time.Hour)).Draw(t, "back"))
		who.play(move{-back, session.Tick{}})
		if v := who.state.View(); v.Reason != session.Interrupted || v.Gap != 0 {
			t.Fatalf("%s because %s after %v", v.Phase, v.Reason, v.Gap)
		}
		if diff := cmp.Diff(before.Snapshot(), who.state.Snapshot()); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestPauseFreezesTheSession(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		who := aMover.Draw(t, "person")
		who.do(session.Pause{})
		before, said := who.state.View(), len(who.events)
		for _, m := range wild.Draw(t, "waits") {
			in := rapid.SampledFrom([]session.Input{nil, session.Tick{}, session.Pause{}, session.Start{}}).Draw(t, "input")
			who.play(move{m.wait, in})
		}
		if diff := cmp.Diff(before, who.state.View()); diff != "" {
			t.Fatal(diff)
		}
		if len(who.events) != said || who.state.Due() != 0 {
			t.Fatalf("due in %v after %v", who.state.Due(), kinds(who.events))
		}
	})
}

func TestResumeGivesExactlyThreeSeconds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		who := aMover.Draw(t, "person")
		who.do(session.Pause{})
		before := who.state.View()
		who.play(move{time.Hour, session.Resume{}}, move{3*time.Second - 1, session.Tick{}})
		if v := who.state.View(); v.Phase != session.Resuming || v.CountIn != 1 || v.Seconds != 1 {
			t.Fatalf("%s with %v to go", v.Phase, v.CountIn)
		}
		who.events = nil
		who.play(move{1, session.Tick{}})
		v := who.state.View()
		if v.Phase != session.Running || v.Segment != before.Segment || v.Elapsed != before.Elapsed || v.Ran != before.Ran {
			t.Fatalf("%s, %v into %v", v.Phase, v.Elapsed, v.Segment)
		}
		if diff := cmp.Diff([]session.EventKind{session.EventResumed}, kinds(who.events)); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestPausingTheResumeCountStartsItOver(t *testing.T) {
	who := begin(oneStep(30*time.Second, 0, 0, 1))
	who.do(session.Pause{})
	who.do(session.Resume{})
	who.wait(2 * time.Second)
	who.do(session.Pause{})
	who.do(session.Resume{})
	if v := who.state.View(); v.Phase != session.Resuming || v.CountIn != session.ResumeCount {
		t.Errorf("%s with %v to go", v.Phase, v.CountIn)
	}
}

func TestTickingWhenDueFinishesTheTrialOnTheSecond(t *testing.T) {
	who := begin(session.Compile(trial()))
	start := who.now
	who.finish()
	if took := who.now - start; took != 175*time.Second {
		t.Errorf("took %v", took)
	}
	last := who.events[len(who.events)-1]
	if last.Kind != session.EventFinished || last.Due != 175*time.Second || last.At != who.now {
		t.Errorf("ended with %s at %v", last.Kind, last.Due)
	}
}

func TestTickingWhenDueIsNeverLate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		who := aMover.Draw(t, "person")
		for who.state.Due() > 0 {
			who.events = nil
			who.play(move{who.state.Due(), session.Tick{}})
			for _, e := range who.events {
				if e.At != who.now {
					t.Fatalf("%s came %v late", e.Kind, who.now-e.At)
				}
			}
		}
	})
}

func TestNothingVisibleChangesBeforeItIsDue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		who := aMover.Draw(t, "person")
		due := who.state.Due()
		if due <= 0 || due > time.Second {
			t.Fatalf("due in %v", due)
		}
		before := who.state.View()
		who.play(move{due - 1, session.Tick{}})
		v := who.state.View()
		if len(who.events) != 0 || v.Seconds != before.Seconds || v.Phase != before.Phase {
			t.Fatalf("early: %v, %d -> %d", kinds(who.events), before.Seconds, v.Seconds)
		}
		who.play(move{1, session.Tick{}})
		if v = who.state.View(); len(who.events) == 0 && v.Seconds == before.Seconds {
			t.Fatalf("still %d and nothing happened", v.Seconds)
		}
	})
}
