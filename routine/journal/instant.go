package journal

import (
	"time"

	"lull/routine/say"
)

// Instant is when the clock of a zone showed a time such as 03:10 in a night. The
// error says that it never did, or has not yet.
func (c Calendar) Instant(night Date, clock string, now time.Time, zone *time.Location) (time.Time, error) {
	hm, err := time.Parse("15:04", clock)
	if err != nil {
		return time.Time{}, say.Error("%s is not a time such as 03:10", clock)
	}
	date := night
	if Hour(hm) < c.NightStarts {
		date++
	}
	y, m, d := date.Midnight().Date()
	at := time.Date(y, m, d, hm.Hour(), hm.Minute(), 0, 0, zone)
	switch {
	case at.Hour() != hm.Hour() || at.Minute() != hm.Minute():
		return at, say.Error("there was no %s that night: the clock was put forward over it", clock)
	case at.After(now):
		return at, say.Error("%s of that night has not come yet", clock)
	}
	return at, nil
}
