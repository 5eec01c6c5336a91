package ui

import (
	"slices"

	"lull/routine/journal"
	"lull/ui/screen"
)

// absorb shows what has just been written before the journal is read again:
// that reading follows, and has the last word. Facts older than the days that
// the World carries wait for it.
func (r *Root) absorb(entries []journal.Entry) {
	w := &r.world
	oldest := w.Day() - screen.RecentDays
	recent := slices.Clone(w.Recent)
	touched := map[journal.Date]bool{}
	for _, e := range entries {
		if min(e.Night, e.Day) < oldest {
			return
		}
		recent = stand(recent, e)
		touched[e.Night], touched[e.Day] = true, true
	}
	var nights []journal.Night
	for d := range touched {
		nights = append(nights, journal.Sum(d, recent))
	}
	w.Recent, w.Book = recent, w.Book.With(nights...)
}

// stand adds an entry to the facts that stand, or does to them what it says.
func stand(facts []journal.Entry, e journal.Entry) []journal.Entry {
	of, edit := e.Of()
	if !edit {
		return append(facts, e)
	}
	i := slices.IndexFunc(facts, func(f journal.Entry) bool { return f.ID == of })
	if i < 0 {
		return facts
	}
	if e.Fact.Kind() == journal.KindWithdrawn {
		return slices.Delete(facts, i, i+1)
	}
	if revised, err := journal.Revise(facts[i], []journal.Entry{e}); err == nil {
		facts[i] = revised
	}
	return facts
}
