package ui_test

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
	"lull/ui"
	"lull/ui/uitest"
)

// clocks are a wall clock that can be set forward, for all windows of a test.
func clocks() (forward *atomic.Int64, set func(*ui.Deps)) {
	start := time.Now()
	forward = new(atomic.Int64)
	return forward, func(d *ui.Deps) {
		d.Now = func() time.Time { return uitest.Evening.Add(time.Since(start) + time.Duration(forward.Load())) }
	}
}

// The lid is closed in the middle of a session, and opened the next evening: the
// session is still up, and nothing is recorded of it until it ends.
func TestASessionThatIsUpIsNotRecordedAsOneThatWasKilled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		forward, set := clocks()
		e := begin(t, &journaltest.Mem{}, set)
		e.press("space", "space")
		e.pass(32 * time.Second)
		e.press("space") // paused
		forward.Store(int64(23 * time.Hour))
		if _, err := e.log.Append(t.Context(), uitest.Fact(0, journal.Quiet{})); err != nil {
			t.Fatal(err)
		}
		time.Sleep(3 * time.Second)
		synctest.Wait()
		if got := e.sessions(); len(got) != 0 {
			t.Errorf("while it is up there is recorded of it %+v", got)
		}
		e.press("space")
		e.pass(165 * time.Second)
		if got := e.sessions(); len(got) != 1 || got[0].Outcome != journal.Complete || got[0].HeldS != 120 {
			t.Errorf("at its end there is %+v", got)
		}
		e.leave()
	})
}

// Another window takes a session that is up here for one that was killed, and
// records what its note says: what it came to in the end has the last word.
func TestASessionThatAnotherWindowRecordedIsKeptAsItEnded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		forward, set := clocks()
		e := begin(t, &journaltest.Mem{}, set)
		e.press("space", "space")
		e.pass(62 * time.Second)
		e.press("space")
		forward.Store(int64(23 * time.Hour))
		other := begin(t, e.log, set)
		time.Sleep(3 * time.Second)
		other.leave()
		if got := e.sessions(); len(got) != 1 || got[0].Outcome != journal.Partial {
			t.Fatalf("the other window made of it %+v", got)
		}
		e.press("space")
		e.pass(145 * time.Second)
		if got := e.sessions(); len(got) != 1 || got[0].Outcome != journal.Complete || got[0].HeldS != 120 {
			t.Errorf("at its end there is %+v", got)
		}
		e.leave()
	})
}
