package nights

import (
	"lull/routine/journal"
	"lull/routine/review"
	"lull/routine/say"
	"lull/ui/screen"
)

// told is what was told of the last quarter of a year, fetched anew whenever the
// journal is another than it was. What was there stays until the answer comes.
type told struct {
	book    *review.Book // the journal that was asked last
	asked   *screen.Fetch
	known   bool
	figures review.Figures
	err     error
	said    *review.Book // the journal and the night of the answers at hand
	night   journal.Date
	answers []review.Answer
	tongue  string // the language they are in
	// withEstimate counts the nights from memory in the answers.
	withEstimate bool
}

// span are the nights that the figures are of: those since the first that
// anything was recorded for, a quarter of a year at most.
func span(w screen.World) screen.Fetch {
	tonight := w.Night()
	return screen.Fetch{From: max(w.Book.Earliest(tonight), tonight-review.Details+1), To: tonight}
}

// want asks for the facts of the span unless they are at hand, on their way, or
// could not be read.
func (t *told) want(w screen.World) *screen.Fetch {
	if !w.Loaded || t.asked != nil || t.book == w.Book && (t.known || t.err != nil) {
		return nil
	}
	asked := span(w)
	t.book, t.asked = w.Book, &asked
	return t.asked
}

// again lets what could not be read be asked for once more.
func (t *told) again() {
	if t.err != nil {
		t.book, t.err = nil, nil
	}
}

// take counts what an answer holds, if it is to the last question.
func (t *told) take(w screen.World, a screen.Fetched) {
	if t.asked == nil || *t.asked != a.Fetch {
		return
	}
	t.asked, t.err = nil, a.Err
	if a.Err != nil {
		return
	}
	t.known, t.figures = true, w.Book.Figures(a.From, a.To, w.Night(), a.Entries, w.Library.Places)
}

// answersOf asks the fixed questions, once for a journal and a night.
func (t *told) answersOf(w screen.World) []review.Answer {
	if tag := say.Tag(); t.said != w.Book || t.night != w.Night() || t.tongue != tag {
		t.said, t.night, t.tongue, t.answers = w.Book, w.Night(), tag, t.asks(w).Answers(w.Night())
	}
	return t.answers
}

// asks is the journal that the questions are asked of.
func (t *told) asks(w screen.World) *review.Book {
	if t.withEstimate {
		return w.Book.WithEstimate()
	}
	return w.Book
}

// bars are the weeks of the last year as bars with the nights known under each,
// and the month under its first week.
func bars(w screen.World) []bar {
	tonight := w.Night()
	var all []bar
	for _, week := range w.Book.Weeks(w.Book.Since(tonight), tonight) {
		all = append(all, bar{week, monthBegins(week.Monday)})
	}
	return all
}

type bar struct {
	review.Week
	first bool // of its month
}

func monthBegins(monday journal.Date) bool { return monday.Midnight().Day() <= 7 }
