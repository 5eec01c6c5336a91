package session_test

import (
	"fmt"
	"testing"
	"time"

	"lull/routine/session"

	"github.com/google/go-cmp/cmp"
)

// cuesOf lists what is said in a single hold of the length given.
func cuesOf(length time.Duration) []string {
	who := begin(oneStep(length, 0, 0, 1))
	who.finish()
	var said []string
	for _, e := range who.events {
		switch e.Kind {
		case session.EventCount:
			said = append(said, fmt.Sprintf("%v: %d", e.Due, e.Count))
		case session.EventHalfway, session.EventEnded:
			said = append(said, fmt.Sprintf("%v: %s", e.Due, e.Kind))
		}
	}
	return said
}

func TestHoldsAreCuedByTheirLength(t *testing.T) {
	for length, want := range map[time.Duration][]string{
		30 * time.Second:        {"15s: halfway", "27s: 3", "28s: 2", "29s: 1", "30s: ended"},
		20 * time.Second:        {"10s: halfway", "17s: 3", "18s: 2", "19s: 1", "20s: ended"},
		19 * time.Second:        {"16s: 3", "17s: 2", "18s: 1", "19s: ended"},
		4 * time.Second:         {"1s: 3", "2s: 2", "3s: 1", "4s: ended"},
		3 * time.Second:         {"1s: 2", "2s: 1", "3s: ended"},
		1500 * time.Millisecond: {"1.5s: ended"},
	} {
		if diff := cmp.Diff(want, cuesOf(length)); diff != "" {
			t.Errorf("hold of %v:\n%s", length, diff)
		}
	}
}

func TestLeadInsAreNotCounted(t *testing.T) {
	who := begin(oneStep(10*time.Second, 0, 30*time.Second, 1))
	who.events = nil
	who.wait(30 * time.Second)
	if diff := cmp.Diff([]session.EventKind{session.EventEntered}, kinds(who.events)); diff != "" {
		t.Error(diff)
	}
}

func TestMoreMovesTheLastCount(t *testing.T) {
	who := begin(oneStep(15*time.Second, 0, 0, 1))
	who.wait(10 * time.Second)
	who.do(session.More{})
	who.events = nil
	who.finish()
	want := []session.EventKind{
		session.EventHalfway, session.EventCount, session.EventCount, session.EventCount,
		session.EventEnded, session.EventFinished,
	}
	if diff := cmp.Diff(want, kinds(who.events)); diff != "" {
		t.Error(diff)
	}
	if e := who.events[1]; e.Due != 22*time.Second || e.Count != 3 {
		t.Errorf("count of %d at %v", e.Count, e.Due)
	}
}

func TestEachEventCarriesTheSegmentItConcerns(t *testing.T) {
	who := begin(oneStep(10*time.Second, 5*time.Second, 0, 2))
	who.wait(2 * time.Second)
	who.do(session.Pause{})
	who.do(session.Resume{})
	who.wait(session.ResumeCount)
	who.do(session.Skip{})
	who.wait(5 * time.Second)
	who.do(session.Leave{})
	type line struct {
		Kind    session.EventKind
		Segment session.Kind
		Rep     int
	}
	want := []line{
		{session.EventStarted, session.Hold, 1}, {session.EventEntered, session.Hold, 1},
		{session.EventPaused, session.Hold, 1}, {session.EventResuming, session.Hold, 1},
		{session.EventResumed, session.Hold, 1}, {session.EventSkipped, session.Hold, 1},
		{session.EventEntered, session.Rest, 2}, {session.EventEntered, session.Hold, 2},
		{session.EventLeft, session.Hold, 2},
	}
	var got []line
	for _, e := range who.events {
		got = append(got, line{e.Kind, e.Segment.Kind, e.Segment.Rep})
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
