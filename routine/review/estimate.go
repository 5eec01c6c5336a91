package review

import "lull/routine/journal"

// EstimatedNights is how many nights before the first session can be filled in
// from memory.
const EstimatedNights = 14

// BeforeNights are the nights before the first session that can be filled in
// from memory. There are none before the first session was held, nor if all of
// them are logged.
func (b *Book) BeforeNights() (nights []journal.Date) {
	first, began := b.First()
	if !began {
		return nil
	}
	missing := false
	for d := first - EstimatedNights; d < first; d++ {
		nights = append(nights, d)
		missing = missing || !b.Night(d).Known()
	}
	if !missing {
		return nil
	}
	return nights
}

// Estimate is the newest best estimate of nights from memory.
func (b *Book) Estimate() (journal.Estimated, journal.Entry, bool) {
	e, found := b.Standing(func(f journal.Fact) bool { return f.Kind() == journal.KindEstimated })
	f, _ := e.Fact.(journal.Estimated)
	return f, e, found
}

// WithEstimate is the book with the estimated nights as if they had been logged.
// A night that was logged stays as it is. It is for Answers alone.
func (b *Book) WithEstimate() *Book {
	f, _, found := b.Estimate()
	first, began := b.First()
	if !found || !began {
		return b
	}
	var nights []journal.Night
	for i, cramps := range f.Cramps {
		n := b.Night(f.From + journal.Date(i))
		if cramps == nil || n.Known() || n.Date >= first {
			continue
		}
		n.Cramps, n.Quiet = *cramps, *cramps == 0
		nights = append(nights, n)
	}
	if len(nights) == 0 {
		return b
	}
	with := b.With(nights...)
	with.estimated = true
	return with
}

// Offer says what can be done about nights that are missing before the first
// session.
type Offer string

// The offers. FillBefore is for nights that can be filled in from memory,
// CountEstimate for an estimate that is recorded but not counted.
const (
	NoOffer       Offer = ""
	FillBefore    Offer = "fill before"
	CountEstimate Offer = "count estimate"
)

// offer is what can be done where the nights before the first session are too
// few.
func (b *Book) offer(a Answer) Offer {
	_, _, found := b.Estimate()
	switch {
	case a.Question != BeforeAfter || a.Refusal == nil || !a.Refusal.Never || a.Refusal.Before == 0:
		return NoOffer
	case found && !b.estimated:
		return CountEstimate
	case len(b.BeforeNights()) > 0 && !found:
		return FillBefore
	}
	return NoOffer
}
