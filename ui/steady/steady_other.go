//go:build !linux

package steady

import "time"

// Clock returns the time since the program was started, sleep included.
func Clock(now func() time.Time) func() time.Duration { return wallClock(now(), now) }
