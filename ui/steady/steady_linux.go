package steady

import (
	"time"

	"golang.org/x/sys/unix"
)

// Clock returns the time since the machine was started, sleep included.
func Clock(now func() time.Time) func() time.Duration {
	fallback := wallClock(now(), now)
	return func() time.Duration {
		var ts unix.Timespec
		if err := unix.ClockGettime(unix.CLOCK_BOOTTIME, &ts); err != nil {
			return fallback()
		}
		return time.Duration(ts.Nano())
	}
}
