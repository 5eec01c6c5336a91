package settings

import (
	"time"

	"lull/routine/say"
)

// Pace is how the water stands for the time of day, in a word.
type Pace string

// The paces. Easing holds in the last two hours before bed, when nothing is
// asked any more; Asleep outside the waking hours.
const (
	Ahead   Pace = "ahead"
	OnTrack Pace = "on track"
	Behind  Pace = "a little behind"
	Easing  Pace = "easing off before bed"
	Enough  Pace = "all ticked"
	Resting Pace = "resting"
)

// The paces as say.Name says them.
const (
	_ say.Key = "ahead"
	_ say.Key = "on track"
	_ say.Key = "a little behind"
	_ say.Key = "easing off before bed"
	_ say.Key = "all ticked"
	_ say.Key = "resting"
)

// easeOff is how long before bed the day's drinking ends.
const easeOff = 2 * time.Hour

// Pace compares done of the day's items with an even spread from waking until
// two hours before bed. Hour is the time of day; one item either way is on
// track.
func (s Settings) Pace(done, of int, hour time.Duration) Pace {
	wake, bed := s.Wake, s.Bed
	if bed <= wake {
		bed += 24 * time.Hour
	}
	if hour < s.Calendar.DayStarts {
		hour += 24 * time.Hour
	}
	last := bed - easeOff
	switch {
	case of > 0 && done >= of:
		return Enough
	case hour < wake || hour >= bed:
		return Resting
	case hour >= last || last <= wake:
		return Easing
	}
	due := float64(of) * float64(hour-wake) / float64(last-wake)
	switch gap := float64(done) - due; {
	case gap > 1:
		return Ahead
	case gap < -1:
		return Behind
	}
	return OnTrack
}
