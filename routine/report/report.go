// Package report makes the one page that somebody takes to a doctor: what the
// nights of a span say, as a page of HTML that stands alone and as plain text.
// It counts and never judges: no advice, no diagnosis, no comparison, and every
// number says over how many nights or cramps it is. What a person typed is
// cleaned and cut to a length, so that the page stays one page.
package report

import (
	"lull/routine/journal"
	"lull/routine/review"
)

// Kinds are the kinds of fact that a page is made of, besides the book.
var Kinds = append([]journal.Kind{journal.KindQuiet, journal.KindMedicine}, review.Told...)

// Source is what a page is made from.
type Source struct {
	Name     string       // of the person, or nothing
	Made     journal.Date // the day it is made on
	From, To journal.Date // the nights, both included
	Book     *review.Book
	// Facts are those that stand of Kinds, of the nights. Others are welcome.
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
	held    map[journal.Date]int  // seconds of each night on which anything was held
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
		held:    map[journal.Date]int{},
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
		if f.HeldS > 0 {
			p.held[e.Night] += f.HeldS
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

// heldIn is how many seconds were held on nights that count as sessions, and how
// many on other nights: paused ones, and those on which a session was stopped
// early. rest is how many such nights there are.
func (p Page) heldIn() (counted, other, rest int) {
	for d, s := range p.held {
		switch p.source.Book.State(d, p.source.To+1) {
		case review.Kept, review.Partly:
			counted += s
		default:
			other += s
			rest++
		}
	}
	return counted, other, rest
}

// Empty says that nothing at all was written down for the nights.
func (p Page) Empty() bool {
	kept, _ := p.kept()
	return p.figures.Known == 0 && kept == 0 && len(p.held) == 0 && len(p.figures.Marks) == 0 && len(p.taken) == 0
}
