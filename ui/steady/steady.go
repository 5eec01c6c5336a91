// Package steady gives the clock that sessions run on: it is never set, and it
// goes on while the machine sleeps wherever the platform can say so.
package steady

import "time"

// wallClock measures from a start by the clock on the wall where a sleep would
// stop the machine's own: the larger of the two differences, never backwards.
// A clock that is set forward looks like a sleep, and pauses a session that is
// under way: nothing is counted that may not have been held.
func wallClock(start time.Time, now func() time.Time) func() time.Duration {
	return func() time.Duration {
		at := now()
		return max(at.Sub(start), at.Round(0).Sub(start.Round(0)))
	}
}
