package watch

import (
	"cmp"
	"slices"
	"strings"

	"lull/routine/journal"
)

// diary is what the rules look at.
type diary struct {
	now    journal.Date
	since  journal.Date    // the first night of which single entries are looked at
	cramps []cramp         // by night
	marked []journal.Entry // with a new or changed medicine, by night
	counts map[journal.Date][]journal.Entry
	known  map[journal.Date]bool
	seen   []journal.Entry
}

type cramp struct {
	journal.Entry
	told journal.Cramped
}

// has says whether any of the signs came with the cramp.
func (c cramp) has(signs ...string) bool {
	return slices.ContainsFunc(signs, func(s string) bool { return slices.Contains(c.told.Signs, s) })
}

func read(all []journal.Entry, now journal.Date) diary {
	d := diary{now: now, since: now - recentNights + 1, counts: map[journal.Date][]journal.Entry{}, known: map[journal.Date]bool{}}
	for _, e := range slices.SortedFunc(slices.Values(all), byNight) {
		switch f := e.Fact.(type) {
		case journal.Cramped:
			d.cramps = append(d.cramps, cramp{e, f})
			d.counts[e.Night] = append(d.counts[e.Night], e)
			d.known[e.Night] = true
		case journal.Quiet:
			d.known[e.Night] = true
		case journal.Marked:
			if f.Mark == medicineMark {
				d.marked = append(d.marked, e)
			}
		case journal.Seen:
			d.seen = append(d.seen, e)
		}
	}
	return d
}

func byNight(a, b journal.Entry) int {
	return cmp.Or(cmp.Compare(a.Night, b.Night), a.At.Compare(b.At), a.ID.Compare(b.ID))
}

// recent says whether a night is young enough for a rule on single entries.
func (d diary) recent(night journal.Date) bool { return night >= d.since }

// last is the latest night that can be counted: tonight once it was answered
// for, else the night before.
func (d diary) last() journal.Date {
	if d.known[d.now] {
		return d.now
	}
	return d.now - 1
}

// span gives the cramps of some nights up to and with the last one, by night,
// and how many of the nights are known.
func (d diary) span(last journal.Date, nights int) (cramps []journal.Entry, known int) {
	for night := last - journal.Date(nights) + 1; night <= last; night++ {
		cramps = append(cramps, d.counts[night]...)
		if d.known[night] {
			known++
		}
	}
	return cramps, known
}

// still says whether a trip of the rule was seen so lately that it keeps still.
func (d diary) still(rule string) bool {
	return slices.ContainsFunc(d.seen, func(e journal.Entry) bool {
		card := e.Fact.(journal.Seen).Card
		return strings.HasPrefix(card, seenPrefix+rule+":") && e.Night > d.now-stillNights
	})
}
