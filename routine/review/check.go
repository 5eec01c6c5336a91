package review

import (
	"lull/routine/journal"
	"lull/routine/rates"
	"lull/routine/say"
)

// Horizon is how many nights the trial of the first routine took: the time
// after which there is something to look back on.
const Horizon = 6 * 7

// Advice is what the six-week check comes to.
type Advice string

// What the check can come to. YourCall is for nights that do not tell.
const (
	NotYet     Advice = "not yet"
	KeepGoing  Advice = "keep going"
	Change     Advice = "change"
	SeeSomeone Advice = "see someone"
	YourCall   Advice = "your call"
)

// Check looks back once the trial's six weeks are over, from the person's own
// numbers.
type Check struct {
	Due    *journal.Date `json:"due"` // null before the first session
	Kept   int           `json:"kept"`
	Of     int           `json:"of"` // nights of the last six weeks, since the first session, that were not paused
	Advice Advice        `json:"advice"`
	Words  string        `json:"words"`
}

// Often is lull's own mark for cramps that are worth a visit: three a week over
// four weeks.
const (
	oftenWeeks   = 4
	oftenPerWeek = 3
)

// Check is the six-week check on the evening of tonight, with the answers of
// that evening.
func (b *Book) Check(tonight journal.Date, answers []Answer) Check {
	first, began := b.First()
	if !began {
		return Check{Advice: NotYet, Words: say.Text("Six weeks after the first session lull looks back with you.")}
	}
	due := first + Horizon
	c := Check{Due: &due}
	for d := max(first, tonight-Horizon); d < tonight; d++ {
		switch b.State(d, tonight) {
		case Kept, Partly:
			c.Kept++
			c.Of++
		case Missed:
			c.Of++
		}
	}
	c.Advice = b.advise(c, tonight, answers)
	c.Words = c.words(int(due - tonight))
	return c
}

func (b *Book) advise(c Check, tonight journal.Date, answers []Answer) Advice {
	standing := map[Question]rates.Band{}
	for _, a := range answers {
		if a.Cramps != nil {
			standing[a.Question] = a.Cramps.Standing
		}
	}
	switch {
	case tonight < *c.Due:
		return NotYet
	case b.often(tonight) || standing[BeforeAfter] == rates.More || standing[KeptMissed] == rates.More:
		return SeeSomeone
	case standing[BeforeAfter] == rates.Fewer:
		return KeepGoing
	case 2*c.Kept < c.Of:
		return Change
	}
	return YourCall
}

// often reports whether the last four weeks had three cramps a week or more,
// over enough logged nights to say so. Where cramp-free nights may be missing,
// the least that the rate can be has to come to it.
func (b *Book) often(tonight journal.Date) bool {
	var c rates.Counts
	for d := tonight - 7*oftenWeeks; d < tonight; d++ {
		n := b.Night(d)
		c.Nights++
		c.Add(rates.Night{Date: d, Known: n.Known(), Cramps: n.Cramps})
	}
	rate := c.PerWeek()
	if c.Sparse() {
		rate = c.AtLeast()
	}
	return c.Enough() && rate >= oftenPerWeek
}

// advices say what each comes to, after what was kept.
var advices = map[Advice]say.Key{
	KeepGoing:  "The nights had fewer cramps than those before the first session: keep going.",
	Change:     "That is less than half: a shorter routine may be easier to keep.",
	SeeSomeone: "So many cramps, or more than before, are worth an ordinary visit to the doctor; the report may help there.",
	YourCall:   "The nights do not tell yet. If nothing has changed for you, it is worth an ordinary visit to the doctor; else go on, or try another routine.",
}

func (c Check) words(togo int) string {
	if c.Advice == NotYet {
		nights := say.Count(togo, "%d night", "%d nights")
		return say.Text("The trial's six weeks are over on %s, in %s: then lull looks back with you.", c.Due.Words(), nights)
	}
	return say.Text("The trial's six weeks are over. In the last six you kept %d of %d nights. %s", c.Kept, c.Of, advices[c.Advice])
}
