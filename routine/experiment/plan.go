// Package experiment is for somebody who wants to know better than a comparison
// of habits can tell: fortnights with and without stretching, in an order that
// was drawn by lot before the first night. It is a plan, and what can be read
// from the nights once it was lived.
package experiment

import (
	"encoding/binary"
	"math/rand/v2"

	"lull/routine/journal"
	"lull/routine/say"
)

// The lengths of a plan. A pair is two fortnights, one of each kind.
const (
	LeastPairs    = 3
	MostPairs     = 13 // a year
	nightsAnArm   = 14
	nightsInAPair = 2 * nightsAnArm
)

// Plan says for every night from the first on whether it is to be with
// stretching. It is settled by the seed, the first night and the number of
// pairs: nothing that happens later changes it.
type Plan struct {
	From      journal.Date
	withFirst []bool // of every pair
}

// New draws a plan. The same seed always draws the same one.
func New(seed uint64, from journal.Date, pairs int) (Plan, error) {
	if pairs < LeastPairs || pairs > MostPairs {
		return Plan{}, say.Error("an experiment of %d pairs of fortnights is not possible; take %d to %d", pairs, LeastPairs, MostPairs)
	}
	p := Plan{From: from, withFirst: make([]bool, pairs)}
	dice := rand.NewPCG(seed, 0)
	for i := range p.withFirst {
		p.withFirst[i] = dice.Uint64()>>63 == 1
	}
	return p, nil
}

// Pairs is how many pairs of fortnights there are.
func (p Plan) Pairs() int { return len(p.withFirst) }

// Last is the last night of the plan.
func (p Plan) Last() journal.Date { return p.lastOf(p.Pairs()) }

// lastOf is the last night of a pair; pairs count from 1.
func (p Plan) lastOf(pair int) journal.Date {
	return p.From + journal.Date(pair*nightsInAPair) - 1
}

// Place is where a night lies in a plan.
type Place struct {
	Pair  int  // from 1
	With  bool // a night with stretching
	Night int  // of its fortnight, from 1
}

// Place says where a night lies, and whether it is in the plan at all. A night
// that is set aside keeps its place and belongs to no fortnight's count: a pause
// does not shift the plan.
func (p Plan) Place(night journal.Date) (Place, bool) {
	if night < p.From || night > p.Last() {
		return Place{}, false
	}
	into := int(night - p.From)
	pair, half := into/nightsInAPair, into/nightsAnArm%2
	return Place{Pair: pair + 1, With: p.withFirst[pair] == (half == 0), Night: into%nightsAnArm + 1}, true
}

var arms = map[bool]say.Key{true: "with stretching", false: "without"}

// Arm is the kind of night in words.
func (p Place) Arm() string { return arms[p.With].String() }

// Rules are what a person has to know before they begin.
var Rules = []say.Key{
	"The order is drawn by lot once and stays as it is, whatever the nights bring.",
	"A night counts for its fortnight by the plan, also if you did otherwise.",
	"Nights that are set aside count for neither and do not move the plan.",
	"A night counts once you have answered for it. Each fortnight needs 7 such nights.",
	"Three pairs show which way it leans. It takes six before chance can be ruled out.",
}

// Lines is the plan to print before it begins, one fortnight a line.
func (p Plan) Lines() []string {
	lines := make([]string, 0, 2*p.Pairs())
	for first := p.From; first <= p.Last(); first += nightsAnArm {
		place, _ := p.Place(first)
		lines = append(lines, say.Text("pair %-2d  %s to %s  %s", place.Pair, longDate(first), longDate(first+nightsAnArm-1), place.Arm()))
	}
	return lines
}

// longDate is a night with its year: a plan may run into the next.
func longDate(d journal.Date) string { return say.Date(d.Midnight(), "Mon _2 Jan 2006") }

// Seed takes the lot from an id, whose end is chance: as many bits as a number
// in JSON holds for sure.
func Seed(id journal.ID) uint64 { return binary.BigEndian.Uint64(id[8:]) >> 11 }
