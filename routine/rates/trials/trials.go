package trials

import (
	"iter"

	"lull/routine/experiment"
	"lull/routine/rates"
)

// Question is one of the fixed questions.
type Question int

// The questions. BeforeAfter sets the known nights before the first session
// against those from the third week on; KeptMissed sets kept against missed
// nights since the first session.
const (
	BeforeAfter Question = iota
	KeptMissed
)

// Tally counts what so many histories came to.
type Tally struct {
	Histories int
	Refused   int // there was not enough to compare
	Fewer     int // said to be fewer
	More      int // said to be more
}

// Claimed is the share of all histories in which a difference was claimed.
func (t Tally) Claimed() float64 { return float64(t.Fewer+t.More) / float64(t.Histories) }

// Found is the share of all histories in which fewer were claimed.
func (t Tally) Found() float64 { return float64(t.Fewer) / float64(t.Histories) }

// Silent is the share of all histories in which there was not enough.
func (t Tally) Silent() float64 { return float64(t.Refused) / float64(t.Histories) }

func (t *Tally) add(c rates.Comparison) {
	if c.Refusal != nil {
		t.count("", true)
		return
	}
	t.count(c.Cramps.Standing, false)
}

func (t *Tally) count(says rates.Band, refused bool) {
	t.Histories++
	switch {
	case refused:
		t.Refused++
	case says == rates.Fewer:
		t.Fewer++
	case says == rates.More:
		t.More++
	}
}

// Trial is a world, what people do in it and for how many weeks.
type Trial struct {
	World
	Habits
	Weeks     int
	Histories int
	Seed      uint64
	// BadStart takes only people who began when things were bad: with at least
	// so many times their usual cramps in the nights before the first session.
	BadStart float64
}

// all makes the histories.
func (t Trial) all() iter.Seq[[]night] {
	return func(yield func([]night) bool) {
		made := 0
		for which := uint64(0); made < t.Histories; which++ {
			h := history(t.World, t.Habits, t.Weeks, t.Seed, which)
			if !t.began(h) {
				continue
			}
			if made++; !yield(h) {
				return
			}
		}
	}
}

// began says whether things were as bad in the beginning as they have to be.
func (t Trial) began(h []night) bool {
	var before rates.Counts
	for _, n := range h {
		if n.begun {
			break
		}
		before.Add(n.Night)
	}
	return before.PerWeek() >= t.BadStart*t.Rate*nightsAWeek
}

// Result is what both questions came to, and in how many histories at least one
// of them was answered with a difference.
type Result struct {
	BeforeAfter Tally
	KeptMissed  Tally
	Either      int
}

// EitherClaimed is the share of histories in which the two answers together
// claimed a difference.
func (r Result) EitherClaimed() float64 {
	return float64(r.Either) / float64(r.BeforeAfter.Histories)
}

// Run asks both questions at the end of every history.
func (t Trial) Run() Result {
	var r Result
	for all := range t.all() {
		ba, km := ask(all, BeforeAfter), ask(all, KeptMissed)
		r.BeforeAfter.add(ba)
		r.KeptMissed.add(km)
		if claims(ba) || claims(km) {
			r.Either++
		}
	}
	return r
}

// Ever is the share of histories in which somebody who looks every week, from
// the fourth on, is told of a difference at least once.
func (t Trial) Ever() float64 {
	told := 0
	for all := range t.all() {
		for week := 4; week <= t.Weeks; week++ {
			seen := all[:week*nightsAWeek]
			if claims(ask(seen, BeforeAfter)) || claims(ask(seen, KeptMissed)) {
				told++
				break
			}
		}
	}
	return float64(told) / float64(t.Histories)
}

// Experiment reads the plan of an experiment of so many pairs at its end.
func (t Trial) Experiment(pairs int) Tally {
	var tally Tally
	for i := range t.Histories {
		p := newPerson(t.World, t.Seed, uint64(i))
		plan := p.draw(firstNight, pairs)
		r := plan.Read(p.follow(plan, t.Logs), plan.Last()+1)
		tally.count(r.Standing, !r.Ready || r.Uneven != nil)
	}
	return tally
}

// follow lives through a plan.
func (p *person) follow(plan experiment.Plan, logs Logging) []experiment.Night {
	var nights []experiment.Night
	for d := plan.From; d <= plan.Last(); d++ {
		place, _ := plan.Place(d)
		nights = append(nights, experiment.Night{Night: p.sleep(d, place.With, logs.share(int(d-plan.From), place.With))})
	}
	return nights
}

func claims(c rates.Comparison) bool { return c.Refusal == nil && c.Cramps.Standing != rates.Chance }

func ask(all []night, q Question) rates.Comparison {
	after, before := sides(all, q)
	return rates.Compare(after, before)
}

// sides sorts the nights of a history into the two sides of a question.
func sides(all []night, q Question) (after, before rates.Side) {
	for _, n := range all {
		switch {
		case q == KeptMissed && n.begun && n.kept, q == BeforeAfter && n.begun && n.since >= settling:
			after.Nights = append(after.Nights, n.Night)
		case q == KeptMissed && n.begun, q == BeforeAfter && !n.begun:
			before.Nights = append(before.Nights, n.Night)
		}
	}
	return after, before
}

// Rule is a way of deciding what is said of two kinds of nights that there is
// enough of.
type Rule struct {
	Name string
	Says func(rates.Comparison) rates.Band
}

// Rules are the ways that were tried, from the narrowest interval to the one
// that is used.
var Rules = []Rule{
	{"the exact interval alone", func(c rates.Comparison) rates.Band { return c.Cramps.Exact.Band() }},
	{"and by weeks with 1.96 errors once phi is above 1.5", func(c rates.Comparison) rates.Band {
		if c.Cramps.Phi <= 1.5 {
			return c.Cramps.Exact.Band()
		}
		return both(c, c.Cramps.Phi, 1.96)
	}},
	{"and by weeks always", func(c rates.Comparison) rates.Band { return both(c, c.Cramps.Phi, 1.96) }},
	{"and with Student's t", func(c rates.Comparison) rates.Band {
		return both(c, c.Cramps.Phi, rates.Student(c.Cramps.Freedom, 0.05))
	}},
	{"and with neighbouring weeks", func(c rates.Comparison) rates.Band {
		return both(c, c.Cramps.Factor, rates.Student(c.Cramps.Freedom, 0.05))
	}},
	{"and with the 5 % shared by the two questions: the rule of lull", func(c rates.Comparison) rates.Band { return c.Cramps.Standing }},
}

// both claims a difference when the exact interval and one by weeks see it.
func both(c rates.Comparison, phi, reach float64) rates.Band {
	after, before := rates.Count{Cramps: c.After.Cramps, Nights: c.After.Known}, rates.Count{Cramps: c.Before.Cramps, Nights: c.Before.Known}
	if says := c.Cramps.Exact.Band(); says == rates.Quasi(after, before, phi, reach).Band() {
		return says
	}
	return rates.Chance
}

// Tried is in what share of the histories each of the rules claims a difference
// for at least one of the questions.
func (t Trial) Tried() []float64 {
	shares := make([]float64, len(Rules))
	for all := range t.all() {
		ba, km := ask(all, BeforeAfter), ask(all, KeptMissed)
		for i, rule := range Rules {
			if claimsBy(rule, ba) || claimsBy(rule, km) {
				shares[i] += 1 / float64(t.Histories)
			}
		}
	}
	return shares
}

func claimsBy(rule Rule, c rates.Comparison) bool {
	return c.Refusal == nil && rule.Says(c) != rates.Chance
}
