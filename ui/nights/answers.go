package nights

import (
	"lull/routine/journal"
	"lull/routine/rates"
	"lull/routine/review"
	"lull/routine/say"
	"lull/ui/keymap"
	"lull/ui/screen"
	"lull/ui/widget"
)

// asks are the questions as a person would ask them.
var asks = map[review.Question]say.Key{
	review.BeforeAfter: "Fewer cramps than before the first session?",
	review.KeptMissed:  "Fewer cramps in nights with a session?",
}

// answers are the six-week check and the two fixed questions.
func (s *Screen) answers(w screen.World, width int) []string {
	rows := s.check(w, width)
	for _, a := range s.told.answersOf(w) {
		rows = append(rows, answer(w, a, width)...)
	}
	return append(rows, s.closing(w, width)...)
}

// check is the look back after six weeks.
func (s *Screen) check(w screen.World, width int) []string {
	check := w.Book.Check(w.Night(), s.told.answersOf(w))
	return []string{w.Theme.Title.Render(say.Text("Six weeks")), w.Theme.Text.Render(widget.Wrap(check.Words, width)), ""}
}

// answer is a question with its numbers, or with what is missing.
func answer(w screen.World, a review.Answer, width int) []string {
	th := w.Theme
	rows := []string{th.Title.Render(widget.Wrap(asks[a.Question].String(), width)), th.Accent.Render(widget.Wrap(a.Words, width))}
	rows = append(rows, numbersOf(w, a, width)...)
	rows = append(rows, offer(w, a, width)...)
	if a.Cramps == nil || a.Cramps.Vague {
		return append(rows, "")
	}
	rows = append(rows, reading(w, a, width)...)
	for _, c := range a.Cautions() {
		rows = append(rows, th.Quiet.Render(widget.Wrap(c, width)))
	}
	return append(rows, "")
}

// offer says what can be done about missing nights before the first session, and
// that an estimate is counted.
func offer(w screen.World, a review.Answer, width int) []string {
	var words string
	switch {
	case a.Offer == review.FillBefore:
		words = say.Text("Press %s to add the two weeks before from memory, as a best estimate.", w.Keys.Label(keymap.FillBefore))
	case a.Offer == review.CountEstimate:
		words = say.Text("Press %s to count your best estimate of the nights before.", w.Keys.Label(keymap.Estimate))
	case a.Estimated && (a.Cramps == nil || a.Cramps.Vague):
		words = review.FromMemory.String()
	case a.Estimated:
		words = say.Text("Press %s to leave the estimate out.", w.Keys.Label(keymap.Estimate))
	default:
		return nil
	}
	return []string{w.Theme.Quiet.Render(widget.Hang("  ", words, width))}
}

// closing is a word on silence while neither question has an answer, and the
// way to the experiment.
func (s *Screen) closing(w screen.World, width int) []string {
	var rows []string
	if !anyGiven(s.told.answersOf(w)) {
		rows = append(rows, w.Theme.Quiet.Render(widget.Wrap(say.Text("That is usual. Even a large effect usually takes about %d weeks to be seen; until then silence is the honest answer.", rates.LargeTakes), width)), "")
	}
	return append(rows, s.experiment(w, width)...)
}

// experiment is how the plan stands, if one was begun, or that there could be
// one.
func (s *Screen) experiment(w screen.World, width int) []string {
	th := w.Theme
	e, _, begun := w.Book.Experiment(w.Night())
	key := th.Accent.Render(w.Keys.Label(keymap.Experiment))
	if !begun {
		return []string{key + th.Quiet.Render(" "+say.Text("an experiment, for those who want to know better"))}
	}
	words := e.Words
	if e.Tonight != "" {
		words = say.Text("Tonight is %s. %s", e.Tonight, words)
	}
	return []string{th.Title.Render(say.Text("Your experiment")), th.Text.Render(widget.Wrap(words, width)), key + th.Quiet.Render(" "+say.Text("shows the plan"))}
}

func anyGiven(answers []review.Answer) bool {
	for _, a := range answers {
		if a.Cramps != nil {
			return true
		}
	}
	return false
}

// numbersOf are those of the two kinds of nights.
func numbersOf(w screen.World, a review.Answer, width int) []string {
	var rows []string
	for _, side := range []struct {
		name string
		rates.Counts
		span *[2]journal.Date
	}{{a.After, a.Comparison.After, a.AfterSpan}, {a.Before, a.Comparison.Before, a.BeforeSpan}} {
		words := say.Text("Nights %s: none known", side.name)
		if side.Known > 0 {
			words = say.Text("Nights %s: %s (%s)", side.name, side.WordsWithNights(), spanWords(*side.span, w.Day()))
		}
		rows = append(rows, w.Theme.Text.Render(widget.Hang("  ", words, width)))
	}
	return rows
}

// spanWords are the first and the last of nights, said once if they are the same.
func spanWords(nights [2]journal.Date, today journal.Date) string {
	first, last := nights[0].WordsFrom(today), nights[1].WordsFrom(today)
	if first == last {
		return first
	}
	return say.As("night", "%s to %s", first, last)
}

// reading is the ratio with its interval, and what the cross-check says.
func reading(w screen.World, a review.Answer, width int) []string {
	th, r := w.Theme, a.Cramps
	rows := []string{th.Text.Render(widget.Hang("  ", r.Words(), width))}
	if a.Nights != nil {
		words := say.Text("Counting nights with a cramp instead says the same.")
		if !a.Agrees() {
			words = say.Text("Counting nights with a cramp instead says otherwise: %s.", say.Name(string(a.Nights.Standing)))
		}
		rows = append(rows, th.Quiet.Render(widget.Hang("  ", words, width)))
	}
	return rows
}
