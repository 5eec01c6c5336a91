package review

import (
	"lull/routine/journal"
	"lull/routine/say"
)

// OpenPause is a pause without an end in which sessions were held all the same:
// they count for nothing until it is ended, and it may have been forgotten.
type OpenPause struct {
	From     journal.Date `json:"from"`
	Sessions int          `json:"sessions"` // nights with a session in it
	entry    journal.Entry
}

// Entry is the pause as it is recorded.
func (p OpenPause) Entry() journal.Entry { return p.entry }

// OpenPause finds the first pause without an end that has sessions in it, up to
// the evening of tonight.
func (b *Book) OpenPause(tonight journal.Date) (open OpenPause, found bool) {
	for _, e := range b.Pauses() {
		p, _ := e.Fact.(journal.Paused)
		if p.To != nil || p.From > tonight || found && p.From >= open.From {
			continue
		}
		if n := b.sessionsIn(p.From, tonight); n > 0 {
			open, found = OpenPause{From: p.From, Sessions: n, entry: e}, true
		}
	}
	return open, found
}

// sessionsIn counts the nights with a session of a span.
func (b *Book) sessionsIn(from, to journal.Date) int {
	n := 0
	first, _ := b.find(from)
	for _, night := range b.nights[first:] {
		if night.Date <= to && night.Outcome.Kept() {
			n++
		}
	}
	return n
}

// Words say what is odd about the pause.
func (p OpenPause) Words() string {
	return say.Count(p.Sessions, "%d night has a session since a pause without an end began on %s.",
		"%d nights have a session since a pause without an end began on %s.", say.Date(p.From.Midnight(), "2 Jan 2006"))
}
