// Package report makes the one page that somebody takes to a doctor: what the
// nights of a span say, as a page of HTML that stands alone and as plain text.
// It counts and never judges: no advice, no diagnosis, no comparison, and every
// number says over how many nights or cramps it is. What a person typed is
// cleaned and cut to a length, so that the page stays one page.
package report

import (
	"lull/routine/journal"
	"lull/routine/review"
	"lull/routine/watch"
)

// Kinds are the kinds of fact that a page is made of, besides the book.
var Kinds = append([]journal.Kind{journal.KindQuiet, journal.KindMedicine}, review.Told...)

// Before is how many nights before its first one a page wants the facts of: the
// rules of the watch look back that far from its last.
const Before = 7 * watch.Weeks

// Source is what a page is made from.
type Source struct {
	Name     string       // of the person, or nothing
	Made     journal.Date // the day it is made on
	From, To journal.Date // the nights, both included
	Book     *review.Book
	// Facts are those that stand of Kinds, of the nights and of Before nights
	// before them. Others are welcome.
	Facts     []journal.Entry
	Medicines []journal.Medicine // all of them, whenever they were written down
	Muscles   review.Muscles
	Sign      func(id string) string // the words of a sign, or nothing
}

// Page is a report, ready to be written.
type Page struct {
	source  Source
	figures review.Figures
	states  map[review.State]int  // nights
	held    int                   // seconds, of all sessions
	heldOn  map[journal.Date]bool // nights on which anything was held
	moreOn  map[journal.Date]bool // nights on which there may have been more cramps than were told
	chart   chart
	taken   []medicine
	untold  int // medicines that the page leaves out
	flags   []flag
}

// New reads the source. The page does not change afterwards.
func New(s Source) Page {
	p := Page{
		source:  s,
		figures: s.Book.Figures(s.From, s.To, s.To+1, s.Facts, s.Muscles),
		states:  map[review.State]int{},
		heldOn:  map[journal.Date]bool{},
		moreOn:  map[journal.Date]bool{},
		flags:   flags(s),
	}
	for d := s.From; d <= s.To; d++ {
		p.states[s.Book.State(d, s.To+1)]++ // the last night is over
	}
	for _, e := range s.Facts {
		if e.Night >= s.From && e.Night <= s.To {
			p.count(e)
		}
	}
	p.taken, p.untold = medicines(s.Medicines, s.From, s.To)
	p.chart = newChart(s.Book, s.From, s.To)
	return p
}

func (p *Page) count(e journal.Entry) {
	switch f := e.Fact.(type) {
	case journal.Stretched:
		p.held += f.HeldS
		if f.HeldS > 0 {
			p.heldOn[e.Night] = true
		}
	case journal.Cramped:
		if f.AtLeast {
			p.moreOn[e.Night] = true
		}
	}
}

// nights is how many nights the page is about.
func (p Page) nights() int { return int(p.source.To-p.source.From) + 1 }

// kept is how many nights have a session, of those that could have one: from
// the first session on, without those set aside.
func (p Page) kept() (kept, of int) {
	kept = p.states[review.Kept] + p.states[review.Partly]
	return kept, kept + p.states[review.Missed]
}

// Empty says that nothing at all was written down for the nights.
func (p Page) Empty() bool {
	kept, _ := p.kept()
	return p.figures.Known == 0 && kept == 0 && p.held == 0 && len(p.figures.Marks) == 0 && len(p.taken) == 0
}
