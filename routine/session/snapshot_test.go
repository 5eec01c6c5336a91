package session_test

import (
	"encoding/json"
	"math"
	"slices"
	"testing"
	"time"

	"lull/routine"
	"lull/routine/session"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// revive sends a session through JSON, as a file would.
func revive(t *rapid.T, s session.State) session.State {
	t.Helper()
	text, err := json.Marshal(s.Snapshot())
	if err != nil {
		t.Fatal(err)
	}
	var snap session.Snapshot
	if err := json.Unmarshal(text, &snap); err != nil {
		t.Fatal(err)
	}
	restored, err := session.Restore(snap, 0)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if diff := cmp.Diff(s.Snapshot(), restored.Snapshot()); diff != "" {
		t.Fatal(diff)
	}
	return restored
}

func TestRestoredSessionGoesOnToTheSameEnd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		stayed := aMover.Draw(t, "person")
		came := &person{state: revive(t, stayed.state), now: -5 * time.Hour}
		stayed.do(session.Pause{})
		rest := steady.Draw(t, "rest")
		for _, who := range []*person{stayed, came} {
			who.do(session.Resume{})
			who.play(rest...)
			who.finish()
		}
		if diff := cmp.Diff(stayed.state.Summary(), came.state.Summary()); diff != "" {
			t.Fatal(diff)
		}
		if diff := cmp.Diff(stayed.state.Snapshot(), came.state.Snapshot()); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestRestoredSessionIsPausedWhereItStood(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		who := aMover.Draw(t, "person")
		if rapid.Bool().Draw(t, "leaves") {
			who.do(session.Leave{})
		}
		who.do(session.Pause{})
		want, got := who.state.View(), revive(t, who.state).View()
		if got.Phase != session.Paused || got.Reason != session.Restored {
			t.Fatalf("%s because %q", got.Phase, got.Reason)
		}
		if got.Segment != want.Segment || got.Elapsed != want.Elapsed || got.Held != want.Held || got.Fraction != want.Fraction {
			t.Fatalf("%v into %v, held %v", got.Elapsed, got.Segment, got.Held)
		}
	})
}

func TestRestoreKeepsASessionThatWasNotUnderway(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plan := session.Compile(anyRoutine.Draw(t, "routine"))
		over := begin(plan)
		over.finish()
		for want, s := range map[session.Phase]session.State{
			session.Ready:    session.New(plan),
			session.Finished: over.state,
		} {
			if got := revive(t, s).View().Phase; got != want {
				t.Fatalf("%s, want %s", got, want)
			}
		}
	})
}

func TestSnapshotOfASessionLeftUnbegunIsReady(t *testing.T) {
	s, _ := session.New(session.Compile(trial())).Apply(session.Leave{}, 0)
	if got := s.Snapshot().Phase; got != session.Ready {
		t.Errorf("%s", got)
	}
}

func TestRestoreSharesNothingWithItsSnapshot(t *testing.T) {
	who := begin(session.Compile(trial()))
	who.wait(5 * time.Second)
	who.do(session.Easier{Stretch: "heel-slide"})
	snap := who.state.Snapshot()
	restored, err := session.Restore(snap, 0)
	if err != nil {
		t.Fatal(err)
	}
	snap.Parts[1].Earlier[0].Held++
	snap.Parts[1].Length++
	if diff := cmp.Diff(who.state.Snapshot(), restored.Snapshot()); diff != "" {
		t.Error(diff)
	}
}

// nonsense is what no session writes, one way each.
var nonsense = map[string]func(*session.Snapshot){
	"another version":          func(s *session.Snapshot) { s.Version++ },
	"no version":               func(s *session.Snapshot) { s.Version = 0 },
	"time that runs":           func(s *session.Snapshot) { s.Phase = session.Running },
	"no phase":                 func(s *session.Snapshot) { s.Phase = "" },
	"no parts":                 func(s *session.Snapshot) { s.Parts = nil },
	"parts without end":        func(s *session.Snapshot) { s.Parts = slices.Repeat(s.Parts, 50_000) },
	"a place before the plan":  func(s *session.Snapshot) { s.Here = -1 },
	"a place past the plan":    func(s *session.Snapshot) { s.Here = len(s.Parts) },
	"finished halfway":         func(s *session.Snapshot) { s.Phase = session.Finished },
	"ready halfway":            func(s *session.Snapshot) { s.Phase = session.Ready },
	"time below zero":          func(s *session.Snapshot) { s.Elapsed = -1 },
	"time past the part":       func(s *session.Snapshot) { s.Elapsed = s.Parts[s.Here].Length },
	"running time below zero":  func(s *session.Snapshot) { s.Ran = -1 },
	"more held than ran":       func(s *session.Snapshot) { s.Ran -= 1 },
	"a run of centuries":       func(s *session.Snapshot) { s.Ran = math.MaxInt64 },
	"far more held than ran":   func(s *session.Snapshot) { s.Parts[0].Held = math.MaxInt64 },
	"an unknown kind":          func(s *session.Snapshot) { s.Parts[0].Kind = "nap" },
	"an unknown side":          func(s *session.Snapshot) { s.Parts[0].Side = "third" },
	"a hold of no side":        func(s *session.Snapshot) { s.Parts[0].Side = "" },
	"a step below zero":        func(s *session.Snapshot) { s.Parts[0].Step = -1 },
	"steps out of order":       func(s *session.Snapshot) { s.Parts[0].Step = 1 },
	"a part without length":    func(s *session.Snapshot) { s.Parts[0].Length = 0 },
	"a part of endless length": func(s *session.Snapshot) { s.Parts[0].Length = math.MaxInt64 },
	"more planned than there":  func(s *session.Snapshot) { s.Parts[0].Planned = s.Parts[0].Length + 1 },
	"a hold nobody planned":    func(s *session.Snapshot) { s.Parts[2].Planned = 0 },
	"held less than nothing":   func(s *session.Snapshot) { s.Parts[0].Held = -1 },
	"earlier less than none":   func(s *session.Snapshot) { s.Parts[2].Earlier = []session.Earlier{{"heel-slide", 0}} },
	"a lead-in that was held":  func(s *session.Snapshot) { s.Parts[1].Held = 1 },
	"done without holding":     func(s *session.Snapshot) { s.Parts[0].Held-- },
}

func TestRestoreRefusesNonsense(t *testing.T) {
	// Ten seconds held, five of rest, six held: no time is left over.
	who := begin(oneStep(10*time.Second, 5*time.Second, 0, 3))
	who.wait(10 * time.Second)
	who.do(session.Skip{})
	who.wait(6 * time.Second)
	if _, err := session.Restore(who.state.Snapshot(), 0); err != nil {
		t.Fatalf("untouched: %v", err)
	}
	for name, spoil := range nonsense {
		snap := who.state.Snapshot()
		spoil(&snap)
		if s, err := session.Restore(snap, 0); err == nil {
			t.Errorf("%s: restored as %+v", name, s.View())
		}
	}
}

func TestWhateverRestoreTakesCanBePlayed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		snap := aPerson.Draw(t, "person").state.Snapshot()
		some := rapid.SampledFrom([]int64{-1, 0, 1, int64(time.Second), int64(10 * time.Hour), math.MaxInt64, math.MinInt64})
		part := &snap.Parts[rapid.IntRange(0, len(snap.Parts)-1).Draw(t, "part")]
		for _, field := range []*time.Duration{&snap.Elapsed, &snap.Ran, &part.Held, &part.Length, &part.Planned} {
			if rapid.IntRange(0, 3).Draw(t, "spoil") == 0 {
				*field = time.Duration(some.Draw(t, "value"))
			}
		}
		part.Kind = rapid.SampledFrom([]session.Kind{part.Kind, session.Hold, session.Rest}).Draw(t, "kind")
		part.Side = rapid.SampledFrom([]routine.Side{part.Side, routine.Both}).Draw(t, "side")
		s, err := session.Restore(snap, 0)
		if err != nil {
			return
		}
		sound(t, s.View())
		who := &person{state: s}
		who.do(session.Resume{})
		who.play(steady.Draw(t, "moves")...)
		sound(t, who.state.View())
	})
}

// A person who comes back to a session may sit on the sofa: the first count is
// as long as asked for, and those after it are three seconds again.
func TestARestoredSessionLeavesTimeToGetReadyOnce(t *testing.T) {
	left := begin(oneStep(30*time.Second, 5*time.Second, 10*time.Second, 1))
	left.wait(15 * time.Second)
	left.do(session.Leave{})
	for ready, want := range map[time.Duration]time.Duration{0: session.ResumeCount, 12 * time.Second: 12 * time.Second, time.Minute: time.Minute} {
		state, err := session.Restore(left.state.Snapshot(), ready)
		if err != nil {
			t.Fatal(err)
		}
		who := &person{state: state}
		if got := who.state.View().CountFrom; got != want {
			t.Errorf("ready for %v: it announces %v, want %v", ready, got, want)
		}
		who.do(session.Resume{})
		who.do(session.Pause{})
		who.do(session.Resume{}) // nothing went on, so the count starts again in full
		if got := who.state.View().CountIn; got != want {
			t.Errorf("ready for %v: it counts from %v, want %v", ready, got, want)
		}
		who.wait(want - time.Second)
		if v := who.state.View(); v.Phase != session.Resuming || v.Held != 5*time.Second {
			t.Errorf("after %v: %s, held %v", want-time.Second, v.Phase, v.Held)
		}
		who.wait(2 * time.Second)
		if v := who.state.View(); v.Phase != session.Running || v.Held != 6*time.Second {
			t.Errorf("then: %s, held %v", v.Phase, v.Held)
		}
		who.do(session.Pause{})
		who.do(session.Resume{})
		if got := who.state.View().CountIn; got != session.ResumeCount {
			t.Errorf("later it counts from %v", got)
		}
	}
}
