package settings

import (
	"time"

	"lull/routine/say"
)

// Pace is how the water stands for the time of day, in a word.
type Pace string

// The paces. Excess holds from extraDrinks past the list on. Easing holds in the last two hours before bed, when nothing is
// asked any more; Asleep outside the waking hours.
const (
	Ahead   Pace = "ahead"
	OnTrack Pace = "on track"
	Behind  Pace = "a little behind"
	Easing  Pace = "easing off before bed"
	Enough  Pace = "all ticked"
	Excess  Pace = "more than usual"
	Resting Pace = "resting"
)

// The paces as say.Name says them.
const (
	_ say.Key = "ahead"
	_ say.Key = "on track"
	_ say.Key = "a little behind"
	_ say.Key = "easing off before bed"
	_ say.Key = "all ticked"
	_ say.Key = "more than usual"
	_ say.Key = "resting"
)

const (
	usualDrinks = 6 // of 250 ml, which is about what European adults drink in a day
	extraDrinks = 4 // drinks past the list that make a day more than usual
)

// MuchToDrink is said once on a day that has more drinks than usual.
const MuchToDrink say.Key = "That is more than usual. More has not been shown to help cramps, and very much is dangerous."

// muchFrom returns the number of drinks from which a day with a list of that
// length has more than usual. An empty list counts as the default one.
func muchFrom(list int) int {
	if list == 0 {
		list = usualDrinks
	}
	return list + extraDrinks
}

// BecomesMuch reports whether a day with this many drinks has just reached more
// than usual. The count alone decides, so it is true once on the way up,
// whichever program adds the drinks.
func (s Settings) BecomesMuch(drinks int) bool { return drinks == muchFrom(len(s.Water)) }

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
	case done >= muchFrom(of):
		return Excess
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
