package review

import (
	"iter"

	"lull/routine/journal"
	"lull/routine/rates"
	"lull/routine/say"
)

// Question is one of the few that lull asks of the nights. They are fixed in
// advance: whoever looks for patterns finds them in noise.
type Question string

// The questions.
const (
	BeforeAfter Question = "before and after"
	KeptMissed  Question = "kept and missed"
)

// Answer is what the nights say to a question.
type Answer struct {
	Question Question `json:"question"`
	// After and Before name the two kinds of nights, as what follows "nights".
	After  string `json:"after_nights"`
	Before string `json:"before_nights"`
	// AfterSpan and BeforeSpan are the first and the last known night of each:
	// the season alone can move the numbers.
	AfterSpan  *[2]journal.Date `json:"after_span"`
	BeforeSpan *[2]journal.Date `json:"before_span"`
	rates.Comparison
	// Estimated says that nights of an estimate from memory are counted.
	Estimated bool   `json:"with_estimate"`
	Offer     Offer  `json:"offer"`
	Words     string `json:"words"`
}

// settles is how many nights after the first session begins what is compared:
// the third week on.
const settles = 14

// Answers asks the questions on the evening of tonight, of the nights of the last
// year and of the year before the first session: how it was long ago says little
// of now. Nights that are paused belong to no side, and tonight is not over.
func (b *Book) Answers(tonight journal.Date) []Answer {
	first, began := b.First()
	if !began {
		first = tonight + 1
	}
	var before, after, kept, missed []rates.Night
	for d := range b.asked(first, tonight) {
		n := b.Night(d)
		night := rates.Night{Date: d, Known: n.Known(), Cramps: n.Cramps}
		state := b.pastState(&n)
		switch {
		case state == Paused || state == Unlived:
			continue
		case d < first:
			before = append(before, night)
			continue
		case d >= first+settles:
			after = append(after, night)
		}
		if state == Missed {
			missed = append(missed, night)
		} else {
			kept = append(kept, night)
		}
	}
	answers := []Answer{
		answer(BeforeAfter, rates.Side{Nights: after}, rates.Side{Nights: before, Closed: began}),
		answer(KeptMissed, rates.Side{Nights: kept}, rates.Side{Nights: missed}),
	}
	answers[0].Estimated, answers[0].Offer = b.estimated, b.offer(answers[0])
	return answers
}

// asked yields the nights that the questions are about, also those of which
// nothing is recorded: whether both sides are logged alike depends on them.
func (b *Book) asked(first, tonight journal.Date) iter.Seq[journal.Date] {
	return func(yield func(journal.Date) bool) {
		for d := max(b.Earliest(tonight), first-YearNights); d < min(first, tonight); d++ {
			if !yield(d) {
				return
			}
		}
		for d := max(first, tonight-YearNights); d < tonight; d++ {
			if !yield(d) {
				return
			}
		}
	}
}

// sides name the two kinds of nights of each question.
var sides = map[Question][2]say.Key{
	BeforeAfter: {"from the third week on", "before the first session"},
	KeptMissed:  {"with a session", "without one"},
}

func answer(q Question, after, before rates.Side) Answer {
	a := Answer{
		Question: q, After: sides[q][0].String(), Before: sides[q][1].String(),
		AfterSpan: spanOf(after.Nights), BeforeSpan: spanOf(before.Nights), Comparison: rates.Compare(after, before),
	}
	a.Words = a.words()
	return a
}

// spanOf is the first and the last known night, or nil.
func spanOf(nights []rates.Night) *[2]journal.Date {
	var span *[2]journal.Date
	for _, n := range nights {
		switch {
		case !n.Known:
		case span == nil:
			span = &[2]journal.Date{n.Date, n.Date}
		default:
			span[1] = n.Date
		}
	}
	return span
}

// claims are what may be said of a ratio, by question.
var claims = map[Question]map[rates.Band]say.Key{
	BeforeAfter: {
		rates.Fewer:  "Fewer cramps than in the nights before.",
		rates.Chance: "The difference could easily be chance.",
		rates.More:   "More cramps than in the nights before; consider a check-up.",
	},
	KeptMissed: {
		rates.Fewer:  "Fewer cramps in nights with a session than in nights without.",
		rates.Chance: "The difference could easily be chance.",
		rates.More:   "More cramps in nights with a session than in nights without; consider a check-up.",
	},
}

// words are the answer in a sentence, or what is missing for one.
func (a Answer) words() string {
	if a.Refusal != nil {
		return a.Refusal.Words(a.After, a.Before)
	}
	if a.Cramps.Vague {
		return say.Text("Not enough cramps to compare yet.")
	}
	return claims[a.Question][a.Cramps.Standing].String()
}

// FromMemory goes with an answer that counts an estimate.
const FromMemory say.Key = "The nights before the first session are your best estimate from memory, and memory can be wrong."

// Cautions are what goes with the answer if it is given.
func (a Answer) Cautions() []string {
	var all []string
	if a.Estimated {
		all = append(all, FromMemory.String())
	}
	for _, c := range cautions[a.Question] {
		all = append(all, c.String())
	}
	return all
}

var cautions = map[Question][]say.Key{
	BeforeAfter: {
		rates.Caution,
		"People begin when it is worst, and then cramps get fewer by themselves.",
		"The season alone can move the numbers.",
	},
	KeptMissed: {
		rates.Caution,
		"Nights without a session may be other nights as well: late ones, ill ones.",
	},
}
