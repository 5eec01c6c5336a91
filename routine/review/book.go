// Package review says how the nights are going: the streak, the strength and
// the heat map, each a pure reading of the nights' summaries at a given
// evening.
package review

import (
	"cmp"
	"math"
	"slices"
	"sync/atomic"

	"lull/routine/journal"
)

// Book is the nights of a whole journal, ready to be read. It does not change;
// after something was recorded a new one is opened.
type Book struct {
	nights    []journal.Night // by date
	pauses    []Span          // by first night
	standing  []journal.Entry
	cut       bool                    // there are earlier nights that were not read
	read      atomic.Pointer[evening] // what the last evening asked for came to
	estimated bool                    // the nights before the first session are partly from memory
	first     int                     // index of the first night with a session, or -1
	east      int                     // the greatest offset of any kept session, in minutes
	west      int                     // and the least: who never flew half the globe skipped no label
}

// Span is a run of nights, both ends included.
type Span struct{ From, To journal.Date }

// New makes a Book of a History.
func New(h journal.History) *Book {
	b := &Book{nights: h.Nights, standing: h.Standing, cut: h.Cut}
	b.first = slices.IndexFunc(b.nights, func(n journal.Night) bool { return n.Sessions > 0 })
	for i := range b.nights {
		if n := &b.nights[i]; n.Outcome.Kept() {
			b.east, b.west = max(b.east, n.East), min(b.west, n.West)
		}
	}
	for _, e := range h.Standing {
		if p, ok := e.Fact.(journal.Paused); ok {
			b.pauses = append(b.pauses, span(p))
		}
	}
	slices.SortFunc(b.pauses, func(x, y Span) int { return cmp.Compare(x.From, y.From) })
	for i := 1; i < len(b.pauses); i++ { // so that only the nearest pause before a night needs a look
		b.pauses[i].To = max(b.pauses[i].To, b.pauses[i-1].To)
	}
	return b
}

// With is the book with some nights summed anew.
func (b *Book) With(nights ...journal.Night) *Book {
	h := journal.History{Nights: slices.Clone(b.nights), Standing: b.standing, Cut: b.cut}
	for _, n := range nights {
		i, found := slices.BinarySearchFunc(h.Nights, n.Date, byDate)
		switch {
		case found && n.Empty():
			h.Nights = slices.Delete(h.Nights, i, i+1)
		case found:
			h.Nights[i] = n
		case !n.Empty():
			h.Nights = slices.Insert(h.Nights, i, n)
		}
	}
	return New(h)
}

func byDate(n journal.Night, d journal.Date) int { return cmp.Compare(n.Date, d) }

func span(p journal.Paused) Span {
	if p.To == nil {
		return Span{p.From, math.MaxInt32}
	}
	return Span{p.From, *p.To}
}

// Cut says whether nights before the first of the book were left out when it
// was read: then the best run and how many nights there were are not known.
func (b *Book) Cut() bool { return b.cut }

// Night is what was recorded under the date; a date with nothing recorded
// comes back empty.
func (b *Book) Night(d journal.Date) journal.Night {
	if i, found := b.find(d); found {
		return b.nights[i]
	}
	return journal.Night{Date: d, Outcome: journal.None}
}

func (b *Book) find(d journal.Date) (int, bool) {
	return slices.BinarySearchFunc(b.nights, d, byDate)
}

// Paused says whether the night is set aside.
func (b *Book) Paused(d journal.Date) bool {
	if len(b.pauses) == 0 {
		return false
	}
	after, _ := slices.BinarySearchFunc(b.pauses, d+1, func(s Span, d journal.Date) int { return cmp.Compare(s.From, d) })
	return after > 0 && b.pauses[after-1].To >= d
}

// First is the first night with a session, and whether there is one.
func (b *Book) First() (journal.Date, bool) {
	if b.first < 0 {
		return 0, false
	}
	return b.nights[b.first].Date, true
}

// Standing returns the newest standing fact that want accepts.
func (b *Book) Standing(want func(journal.Fact) bool) (journal.Entry, bool) {
	var newest journal.Entry
	found := false
	for _, e := range b.standing {
		if want(e.Fact) && (!found || e.ID.Compare(newest.ID) > 0) {
			newest, found = e, true
		}
	}
	return newest, found
}

// All returns the standing facts that want accepts, by id.
func (b *Book) All(want func(journal.Fact) bool) []journal.Entry {
	var found []journal.Entry
	for _, e := range b.standing {
		if want(e.Fact) {
			found = append(found, e)
		}
	}
	return found
}

// Pauses returns the facts that set nights aside and still stand.
func (b *Book) Pauses() []journal.Entry {
	return b.All(func(f journal.Fact) bool { return f.Kind() == journal.KindPaused })
}

// State is how a night stands as far as stretching goes.
type State int

// The states of a night. Unlived is a label that a traveller skipped by flying
// twelve hours or more eastward between two kept nights. Before and Ahead lie
// outside the nights that can be kept or missed.
const (
	Missed State = iota
	Kept
	Partly
	Paused
	Unlived
	Open // tonight, not kept yet
	Before
	Ahead
)

// State of a night, seen on the evening of tonight.
func (b *Book) State(d, tonight journal.Date) State {
	first, any := b.First()
	switch n := b.Night(d); {
	case d > tonight:
		return Ahead
	case b.Paused(d):
		return Paused
	case n.Outcome == journal.Complete:
		return Kept
	case n.Outcome == journal.Partial:
		return Partly
	case d == tonight:
		return Open
	case !any || d < first:
		return Before
	case b.unlived(d):
		return Unlived
	}
	return Missed
}

const halfTheGlobe = 12 * 60 // minutes

// unlived says whether the label between two kept nights was skipped by a
// zone that moved half the globe or more eastward. Pauses between are looked
// through.
func (b *Book) unlived(d journal.Date) bool {
	if b.east-b.west < halfTheGlobe {
		return false
	}
	before, okBefore := b.nearestKept(d, -1)
	after, okAfter := b.nearestKept(d, +1)
	return okBefore && okAfter && after.East-before.West >= halfTheGlobe
}

func (b *Book) nearestKept(d journal.Date, step journal.Date) (journal.Night, bool) {
	for d += step; b.Paused(d); d += step {
		if d < b.nights[0].Date || d > b.nights[len(b.nights)-1].Date {
			break
		}
	}
	n := b.Night(d)
	return n, n.Outcome.Kept()
}
