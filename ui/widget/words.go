package widget

import (
	"fmt"
	"time"
)

// Minutes is a length of time as minutes and seconds: 2:55.
func Minutes(d time.Duration) string {
	return fmt.Sprintf("%d:%02d", int(d.Minutes()), int(d.Seconds())%60)
}
