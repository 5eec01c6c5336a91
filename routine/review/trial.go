package review

import (
	"lull/routine/experiment"
	"lull/routine/journal"
	"lull/routine/rates"
)

// Experiment is a plan that was begun, and how it stands.
type Experiment struct {
	From    journal.Date       `json:"from"`
	To      journal.Date       `json:"to"`
	Pairs   int                `json:"pairs"`
	Tonight string             `json:"tonight"` // the kind of night that tonight is to be; empty outside the plan
	Reading experiment.Reading `json:"reading"`
	Words   string             `json:"words"`
	Plan    []string           `json:"plan"` // one fortnight a line
}

// Experiment reads the newest plan that stands on the evening of tonight.
func (b *Book) Experiment(tonight journal.Date) (e Experiment, fact journal.Entry, any bool) {
	fact, any = b.Standing(func(f journal.Fact) bool { return f.Kind() == journal.KindExperiment })
	begun, _ := fact.Fact.(journal.Experiment)
	plan, err := experiment.New(begun.Seed, begun.From, begun.Pairs)
	if !any || err != nil {
		return e, fact, false
	}
	e = Experiment{From: plan.From, To: plan.Last(), Pairs: plan.Pairs(), Plan: plan.Lines()}
	if place, in := plan.Place(tonight); in && !b.Paused(tonight) {
		e.Tonight = place.Arm()
	}
	e.Reading = plan.Read(b.planned(plan, tonight), tonight)
	e.Words = e.Reading.Words()
	return e, fact, true
}

// planned are the nights of a plan so far.
func (b *Book) planned(plan experiment.Plan, tonight journal.Date) []experiment.Night {
	var nights []experiment.Night
	for d := plan.From; d <= min(plan.Last(), tonight-1); d++ {
		n := b.Night(d)
		nights = append(nights, experiment.Night{
			Night: rates.Night{Date: d, Known: n.Known(), Cramps: n.Cramps}, Paused: b.Paused(d),
		})
	}
	return nights
}
