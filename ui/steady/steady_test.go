package steady

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

var start = time.Date(2026, 11, 22, 21, 48, 0, 0, time.UTC)

// dial is a clock on a wall that tests turn. It has no other clock inside.
type dial struct{ at time.Time }

func (d *dial) now() time.Time { return d.at }

func TestItCountsWhatTheClockCounts(t *testing.T) {
	d := &dial{start}
	clock := wallClock(start, d.now)
	for range 5 {
		d.at = d.at.Add(300 * time.Millisecond)
	}
	if got := clock(); got != 1500*time.Millisecond {
		t.Errorf("it says %v", got)
	}
}

func TestALeapForwardCountsAsASleep(t *testing.T) {
	d := &dial{start}
	clock := wallClock(start, d.now)
	d.at = d.at.Add(time.Second)
	clock()
	d.at = d.at.Add(8 * time.Hour)
	if got := clock(); got != 8*time.Hour+time.Second {
		t.Errorf("after the leap it says %v", got)
	}
}

func TestAfterAStepBackItGoesOnFromWhereItWas(t *testing.T) {
	d := &dial{start}
	clock := wallClock(start, d.now)
	d.at = d.at.Add(10 * time.Second)
	clock()
	d.at = d.at.Add(-time.Hour)
	if got := clock(); got != 10*time.Second {
		t.Errorf("at the step it says %v", got)
	}
	d.at = d.at.Add(2 * time.Second)
	if got := clock(); got != 12*time.Second {
		t.Errorf("two seconds later it says %v", got)
	}
}

// However the clock on the wall is turned, steady time never runs backwards,
// and it counts at least every step forward that it was shown.
func TestItNeverRunsBackwards(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := &dial{start}
		clock := wallClock(start, d.now)
		var last time.Duration
		for range rapid.IntRange(1, 40).Draw(t, "readings") {
			step := time.Duration(rapid.Int64Range(-int64(time.Hour), int64(time.Hour)).Draw(t, "step"))
			d.at = d.at.Add(step)
			got := clock()
			if want := last + max(step, 0); got != want {
				t.Fatalf("a step of %v took it from %v to %v", step, last, got)
			}
			last = got
		}
	})
}

func TestTheMachinesClockGoesOn(t *testing.T) {
	clock := Clock(time.Now)
	first := clock()
	for range 1000 {
		if second := clock(); second < first {
			t.Fatalf("%v comes after %v", second, first)
		} else {
			first = second
		}
	}
}
