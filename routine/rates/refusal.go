package rates

import (
	"math"

	"lull/routine/say"
)

// Refusal says why two kinds of nights cannot be compared yet, and what is
// missing.
type Refusal struct {
	After  int  `json:"after"`           // known nights still missing after
	Before int  `json:"before"`          // and before
	Cramps int  `json:"cramps"`          // cramps still missing, both sides together
	More   int  `json:"more_nights"`     // about how many more known nights it takes, on both sides together
	On     On   `json:"on,omitempty"`    // which side these nights have to be on
	Never  bool `json:"never"`           // nights are missing that can come no more
	NoRate bool `json:"no_cramp_so_far"` // no cramp at all: nights alone cannot tell when there will be enough
	// Uneven is set when nothing is missing, but the two sides are not logged alike.
	Uneven *Uneven `json:"logged_unevenly,omitempty"`
}

// Uneven is the share of logged nights on each side, 0 to 1.
type Uneven struct {
	After  float64 `json:"after"`
	Before float64 `json:"before"`
}

// NewUneven compares the shares of logged nights of two sides. It is nil if they
// lie no further apart than gap.
func NewUneven(after, before Counts, gap float64) *Uneven {
	u := Uneven{after.Logged(), before.Logged()}
	if math.Abs(u.After-u.Before) <= gap {
		return nil
	}
	return &u
}

// Words say that two kinds of nights were not logged alike. The sides are named
// as in Refusal.Words.
func (u Uneven) Words(after, before string) string {
	return say.Text("You logged %.0f %% of the nights %s and %.0f %% of those %s. Cramp-free nights may be missing, so this cannot be compared.",
		100*u.After, after, 100*u.Before, before)
}

// On says which side the missing nights have to be on.
type On string

// The sides. Both needs some on each, Either is as well served by one as by the
// other.
const (
	OnAfter  On = "after"
	OnBefore On = "before"
	OnBoth   On = "both"
	OnEither On = "either"
)

// refuse says what is missing, or nil when there is enough.
func refuse(after, before Counts) *Refusal {
	r := Refusal{
		After:  max(0, LeastNights-after.Known),
		Before: max(0, LeastNights-before.Known),
		Cramps: max(0, LeastCramps-after.Cramps-before.Cramps),
	}
	if r == (Refusal{}) {
		if r.Uneven = NewUneven(after, before, MaxGap); r.Uneven == nil {
			return nil
		}
		return &r
	}
	r.NoRate = after.Cramps+before.Cramps == 0
	r.Never = r.After > 0 && after.Closed || r.Before > 0 && before.Closed || after.Closed && before.Closed
	if !r.Never {
		r.More = max(r.After+r.Before, r.untilCramps(after, before))
		r.On = r.side(after, before)
	}
	return &r
}

// side is where the missing nights have to be: on the side that is short of
// them or, if that is not enough, on any that is still open.
func (r Refusal) side(after, before Counts) On {
	switch {
	case r.After > 0 && r.Before > 0:
		return OnBoth
	case before.Closed || r.After == r.More && r.More > 0:
		return OnAfter
	case after.Closed || r.Before == r.More && r.More > 0:
		return OnBefore
	}
	return OnEither
}

// untilCramps is about how many nights the missing cramps take at the person's
// own rate. Without a cramp there is no rate to go by.
func (r Refusal) untilCramps(after, before Counts) int {
	if r.NoRate {
		return 0
	}
	cramps, nights := after.Cramps+before.Cramps, after.Known+before.Known
	return (r.Cramps*nights + cramps - 1) / cramps // rounded up
}

// Words says what is missing. The two sides are named by what follows the word
// "nights": "from the third week on", "before the first session".
func (r Refusal) Words(after, before string) string {
	switch {
	case r.Uneven != nil:
		return r.Uneven.Words(after, before)
	case r.Never:
		return r.never(after, before)
	case r.More == 0:
		return say.Text("Not yet: so far there was no cramp in these nights, and nights alone cannot tell when there will be enough to compare.")
	case r.NoRate:
		return say.Text("Not yet: at least %s. So far there was no cramp in these nights, and nights alone cannot tell when there will be enough to compare.", r.nights(after, before))
	}
	return say.Text("Not yet: about %s.", r.nights(after, before))
}

// nights says how many more, and of what kind they have to be.
func (r Refusal) nights(after, before string) string {
	more := say.Count(r.More, "%d more known night", "%d more known nights")
	switch {
	case r.On == OnBoth:
		return say.Text("%s, at least %d of them %s and %d %s", more, r.After, after, r.Before, before)
	case r.On == OnAfter:
		return nightsOf(r.More, after)
	case r.On == OnBefore:
		return nightsOf(r.More, before)
	case r.After+r.Before > 0:
		return say.Text("%s, at least %d of them %s", more, r.After+r.Before, r.lacking(after, before))
	}
	return say.Count(r.More, "%d more known night of either kind", "%d more known nights of either kind")
}

// nightsOf are so many more nights of one kind.
func nightsOf(n int, kind string) string {
	return say.Count(n, "%d more known night %s", "%d more known nights %s", kind)
}

func (r Refusal) lacking(after, before string) string {
	if r.After > 0 {
		return after
	}
	return before
}

// never says what the nights that are over lack.
func (r Refusal) never(after, before string) string {
	switch {
	case r.After > 0 && r.Before > 0:
		return say.Text("Not enough logged nights. Missing: %d %s and %d %s.", r.After, after, r.Before, before)
	case r.After+r.Before > 0:
		return say.Text("Not enough logged nights. Missing: %d %s.", r.After+r.Before, r.lacking(after, before))
	}
	return say.Text("Not enough cramps to compare. Missing: %s.", say.Count(r.Cramps, "%d cramp", "%d cramps"))
}
