package diary

import (
	"cmp"
	"slices"

	"lull/routine/journal"
	"lull/routine/review"
	"lull/ui/screen"
)

// facts are those of a span of nights, fetched anew whenever the journal is
// another than it was. What was there stays until the answer comes.
type facts struct {
	span   screen.Fetch
	nights map[journal.Date][]journal.Entry // what a night's page shows, in its order
	round  int                              // counts the answers
	book   *review.Book                     // the journal that was asked last
	asked  *screen.Fetch                    // on its way
	err    error
}

// want asks for the wide span unless the narrow one is at hand, on its way, or
// could not be read.
func (f *facts) want(w screen.World, narrow, wide screen.Fetch) *screen.Fetch {
	fresh := f.book == w.Book && (f.err != nil || f.covers(narrow))
	if !w.Loaded || f.asked != nil || fresh {
		return nil
	}
	f.book, f.asked = w.Book, &wide
	return f.asked
}

// again lets what could not be read be asked for once more.
func (f *facts) again() {
	if f.err != nil {
		f.book, f.err = nil, nil
	}
}

// take keeps an answer, if it is to the last question.
func (f *facts) take(a screen.Fetched) {
	if f.asked == nil || *f.asked != a.Fetch {
		return
	}
	f.asked, f.err = nil, a.Err
	if a.Err != nil {
		return
	}
	f.round++
	f.span, f.nights = a.Fetch, map[journal.Date][]journal.Entry{}
	for _, e := range a.Entries {
		if _, shown := order[e.Fact.Kind()]; shown {
			f.nights[e.Night] = append(f.nights[e.Night], e)
		}
	}
	for _, night := range f.nights {
		slices.SortStableFunc(night, inOrder)
	}
}

func (f *facts) covers(span screen.Fetch) bool {
	return f.round > 0 && f.span.From <= span.From && span.To <= f.span.To
}

// at are the facts of a night, and whether they are known.
func (f *facts) at(night journal.Date) ([]journal.Entry, bool) {
	if !f.covers(screen.Fetch{From: night, To: night}) {
		return nil, false
	}
	return f.nights[night], true
}

// order is the kinds of facts that a night's page shows, in its order.
var order = map[journal.Kind]int{
	journal.KindStretched: 0, journal.KindCramped: 1, journal.KindQuiet: 2, journal.KindMarked: 3, journal.KindPaused: 4,
}

// inOrder sorts by kind, and by time within a kind; what is untimed comes last.
func inOrder(a, b journal.Entry) int {
	return cmp.Or(
		cmp.Compare(order[a.Fact.Kind()], order[b.Fact.Kind()]),
		cmp.Compare(untimed(a), untimed(b)),
		a.At.Compare(b.At), a.ID.Compare(b.ID),
	)
}

func untimed(e journal.Entry) int {
	if c, ok := e.Fact.(journal.Cramped); ok && c.Untimed {
		return 1
	}
	return 0
}
