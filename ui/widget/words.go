package widget

import (
	"fmt"
	"time"
)

// Minutes is a length of time as minutes and seconds: 2:55.
func Minutes(d time.Duration) string {
	return fmt.Sprintf("%d:%02d", int(d.Minutes()), int(d.Seconds())%60)
}

// Plural is a number of things that form their plural with an s: 1 night, 3 nights.
func Plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}
