// Package rates compares how often cramps come on two kinds of nights, and says
// so only when the nights bear it. Every number is over known nights: a night
// nobody answered for is left out, never taken for a quiet one.
//
// docs/STATISTICS.md has the rules as people are shown them, the reasons, and
// how often they mislead.
package rates

import (
	"cmp"
	"slices"

	"lull/routine/journal"
)

// Night is what a comparison needs to know of a night.
type Night struct {
	Date   journal.Date
	Known  bool // somebody answered for it
	Cramps int
}

// Side is one kind of nights. Closed says that no night can be added to it any
// more, as with the nights before the first session.
type Side struct {
	Nights []Night
	Closed bool
}

// Counts is what the logged nights of a span or of a side add up to. Nights is
// how many there are, logged or not.
type Counts struct {
	Nights      int  `json:"nights"`
	Known       int  `json:"nights_known"`
	Cramps      int  `json:"cramps"`
	CrampNights int  `json:"nights_with_cramps"`
	Closed      bool `json:"closed"`
}

// PerWeek is cramps per week of known nights: 0 over no nights.
func (c Counts) PerWeek() float64 { return nightsAWeek * share(c.Cramps, c.Known) }

// Share is the part of the known nights that had a cramp: 0 over no nights.
func (c Counts) Share() float64 { return share(c.CrampNights, c.Known) }

func share(some, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(some) / float64(of)
}

// Logged is the share of the nights that are logged: 0 over no nights.
func (c Counts) Logged() float64 { return share(c.Known, c.Nights) }

const nightsAWeek = 7

// known are the nights that were answered for, by date.
func known(nights []Night) []Night {
	answered := slices.DeleteFunc(slices.Clone(nights), func(n Night) bool { return !n.Known })
	slices.SortFunc(answered, func(a, b Night) int { return cmp.Compare(a.Date, b.Date) })
	return answered
}

func count(answered []Night) Counts {
	var c Counts
	for _, n := range answered {
		c.Add(n)
	}
	return c
}

// Add takes in a night. One that is not known adds nothing.
func (c *Counts) Add(n Night) {
	if !n.Known {
		return
	}
	c.Known++
	c.Cramps += n.Cramps
	c.CrampNights += min(n.Cramps, 1)
}

// once makes every night with cramps a night with one.
func once(answered []Night) []Night {
	nights := slices.Clone(answered)
	for i := range nights {
		nights[i].Cramps = min(nights[i].Cramps, 1)
	}
	return nights
}
