// Package steady gives the clock that sessions run on: it is never set, and it
// goes on while the machine sleeps wherever the platform can say so.
package steady

import "time"

// grain is how far the clock on the wall and the one inside may lie apart
// though the machine was awake.
const grain = time.Second

// wallClock measures from a start by the machine's own clock, and where that
// one stopped in a sleep by the clock on the wall. It never runs backwards: a
// wall clock that is set back adds nothing. One that is set forward looks like
// a sleep, and pauses a session that is under way: nothing is counted that may
// not have been held. It is for one goroutine.
func wallClock(start time.Time, now func() time.Time) func() time.Duration {
	last, total := start, time.Duration(0)
	return func() time.Duration {
		at := now()
		step := at.Sub(last)
		if wall := at.Round(0).Sub(last.Round(0)); wall-step > grain {
			step = wall
		}
		last = at
		total += max(step, 0)
		return total
	}
}
