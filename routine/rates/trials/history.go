// Package trials makes up nights of people for whom it is known what the
// stretches do, often nothing at all, and counts how often lull says there is a
// difference. The same seed always gives the very same nights.
package trials

import (
	"math"
	"math/rand/v2"

	"lull/routine/experiment"
	"lull/routine/journal"
	"lull/routine/rates"
)

// World is how cramps come. Their nightly counts are Poisson around a rate whose
// logarithm wanders: good and bad stretches of nights, so that cramps cluster.
type World struct {
	Rate   float64 // cramps a night, on the long average
	Spread float64 // standard deviation of the log rate
	Echo   float64 // autocorrelation of the log rate from night to night
	Ratio  float64 // what the stretches leave of the rate: 1 is nothing works
}

// Clustered is a person with so many cramps a night, whom the stretches leave
// the given ratio of them.
func Clustered(rate, ratio float64) World {
	return World{Rate: rate, Spread: 0.6, Echo: 0.5, Ratio: ratio}
}

// How often things happen: of every chance they have.
const (
	answers  = 0.90 // a night without cramps is logged the next morning, unless Logs says otherwise
	missesOn = 0.75 // a night after a missed one, when misses come in streaks
)

const (
	firstNight  = journal.Date(20000)
	nightsAWeek = 7
	settling    = 2 * nightsAWeek // nights after the first session that belong to neither side
)

// Habits says which nights are kept.
type Habits struct {
	Baseline int     // known nights before the first session
	Wait     int     // or up to so many more, drawn by lot
	Keeps    float64 // the share of nights kept since then
	Streaks  bool    // misses come in streaks, not one by one
	Planned  bool    // kept and missed as the plan of an experiment says
	Logs     Logging // how often a night without cramps is logged; nil: nine times in ten
}

// Logging is the chance that a night without cramps is logged. Since counts the
// nights since the first session and is below 0 before it; kept says whether the
// night had a session. A night with cramps is always logged.
type Logging func(since int, kept bool) float64

func (l Logging) share(since int, kept bool) float64 {
	if l == nil {
		return answers
	}
	return l(since, kept)
}

// night is a night of a trial, with what was done.
type night struct {
	rates.Night
	begun bool // the first session was held
	since int  // nights since then
	kept  bool
}

// person is dice, where the log rate has wandered to, and the plan of an
// experiment that begins with the first session.
type person struct {
	*rand.Rand
	World
	mood float64
	plan experiment.Plan
}

func newPerson(w World, seed, which uint64) *person {
	p := &person{Rand: rand.New(rand.NewPCG(seed, which)), World: w}
	p.mood = w.Spread * p.NormFloat64()
	return p
}

// history is so many weeks of nights, from the first that lull was told of.
func history(w World, h Habits, weeks int, seed, which uint64) []night {
	p := newPerson(w, seed, which)
	all := make([]night, weeks*nightsAWeek)
	baseline := h.Baseline + p.IntN(h.Wait+1)
	known, begun := 0, -1
	for i := range all {
		n, date := &all[i], firstNight+journal.Date(i)
		if begun < 0 && known == baseline {
			begun = i
			p.plan = p.draw(date, experiment.MostPairs)
		}
		if begun >= 0 {
			n.begun, n.since = true, i-begun
			n.kept = p.keeps(h, date, all[begun:i])
		}
		since := n.since
		if begun < 0 {
			since = -1
		}
		n.Night = p.sleep(date, n.kept, h.Logs.share(since, n.kept))
		if n.Known {
			known++
		}
	}
	return all
}

// draw makes the plan of an experiment, whether or not it will be followed.
func (p *person) draw(from journal.Date, pairs int) experiment.Plan {
	plan, err := experiment.New(p.Uint64(), from, pairs)
	if err != nil {
		panic(err) // only a trial that nobody can hold asks for such a plan
	}
	return plan
}

// sleep is what a night brings. A night with a cramp is logged; one without is
// logged with the given chance.
func (p *person) sleep(date journal.Date, kept bool, logged float64) rates.Night {
	p.mood = p.Echo*p.mood + p.Spread*math.Sqrt(1-p.Echo*p.Echo)*p.NormFloat64()
	rate := p.Rate * math.Exp(p.mood-p.Spread*p.Spread/2)
	if kept {
		rate *= p.Ratio
	}
	n := rates.Night{Date: date, Cramps: p.poisson(rate)}
	answered := p.Float64() < logged
	n.Known = n.Cramps > 0 || answered
	return n
}

// keeps says whether a night is kept, after those since the first session.
func (p *person) keeps(h Habits, date journal.Date, before []night) bool {
	dice, first := p.Float64(), len(before) == 0
	switch {
	case h.Planned:
		place, _ := p.plan.Place(date)
		return place.With
	case first:
		return true
	case !h.Streaks:
		return dice < h.Keeps
	case before[len(before)-1].kept:
		return dice >= (1-missesOn)*(1-h.Keeps)/h.Keeps
	}
	return dice >= missesOn
}

// poisson draws a count by multiplying dice until they are worth less than
// exp(-mean).
func (p *person) poisson(mean float64) int {
	least, product := math.Exp(-mean), p.Float64()
	n := 0
	for ; product > least; n++ {
		product *= p.Float64()
	}
	return n
}
