package experiment

import (
	"math"
	"slices"

	"lull/routine/journal"
	"lull/routine/rates"
	"lull/routine/say"
)

// leastKnown is how many nights of each fortnight have to be known for its pair
// to count.
const leastKnown = 7

// Telling is how many pairs it takes before chance can be ruled out: of six
// that all go one way it makes all sixty-four arrangements less two unlikely.
const Telling = 6

// maxGap is how far the shares of logged nights with and without stretching may
// lie apart, over all pairs that count. It is smaller than rates.MaxGap: both
// sides have many nights, so that chance makes the shares differ less.
const maxGap = 0.08

// rare is how seldom chance alone may bring what is called a difference.
const rare = 0.05

// Night is a night of the experiment.
type Night struct {
	rates.Night
	Paused bool // set aside: it belongs to neither fortnight
}

// Pair is what a pair of fortnights came to.
type Pair struct {
	With    rates.Counts `json:"with"`
	Without rates.Counts `json:"without"`
	Over    bool         `json:"over"`   // its last night lies before tonight
	Counts  bool         `json:"counts"` // it is over and enough nights of both fortnights are known
	// Ratio is cramps a night with stretching over those without, half a cramp
	// added to both sides when one has none; 1 when neither has any. It is 0
	// while the pair does not count.
	Ratio float64 `json:"ratio,omitempty"`
}

// Reading is how an experiment stands.
type Reading struct {
	Pairs    []Pair     `json:"pairs"`
	Complete int        `json:"pairs_complete"`
	Ready    bool       `json:"ready"`               // at least three pairs count
	Never    bool       `json:"never"`               // too few pairs are left for that
	Earliest string     `json:"earliest,omitempty"`  // the night after which three pairs may count, unless Ready or Never
	Ratio    float64    `json:"ratio,omitempty"`     // the middle of the pairs, once Ready
	Standing rates.Band `json:"says,omitempty"`      // once Ready
	OneWay   bool       `json:"all_pairs_lean_same"` // every pair that counts leans the same way
	// Uneven is set when there would be an answer, but the nights with and
	// without stretching were not logged alike. Then there is no ratio.
	Uneven   *rates.Uneven `json:"logged_unevenly,omitempty"`
	earliest journal.Date
}

// Read says how the experiment stands on the evening of tonight. Nights outside
// the plan, set aside or not known are left out.
func (p Plan) Read(nights []Night, tonight journal.Date) Reading {
	r := Reading{Pairs: p.pairs(nights, tonight)}
	var logs []float64
	for _, pair := range r.Pairs {
		if pair.Counts {
			logs = append(logs, math.Log(pair.Ratio))
		}
	}
	r.Complete = len(logs)
	r.Ready = r.Complete >= LeastPairs
	if !r.Ready {
		p.wait(&r)
		return r
	}
	if r.Uneven = uneven(r.Pairs); r.Uneven != nil {
		return r
	}
	middle := median(logs)
	r.Ratio, r.Standing, r.OneWay = math.Exp(middle), band(logs, middle), oneWay(logs)
	return r
}

// uneven compares the shares of logged nights with and without stretching, over
// all pairs that count. It is nil if they are alike.
func uneven(pairs []Pair) *rates.Uneven {
	var with, without rates.Counts
	for _, p := range pairs {
		if p.Counts {
			with.Nights, with.Known = with.Nights+p.With.Nights, with.Known+p.With.Known
			without.Nights, without.Known = without.Nights+p.Without.Nights, without.Known+p.Without.Known
		}
	}
	return rates.NewUneven(with, without, maxGap)
}

func (p Plan) pairs(nights []Night, tonight journal.Date) []Pair {
	pairs := make([]Pair, p.Pairs())
	for _, n := range nights {
		place, in := p.Place(n.Date)
		if !in || n.Paused {
			continue
		}
		side := &pairs[place.Pair-1].Without
		if place.With {
			side = &pairs[place.Pair-1].With
		}
		side.Nights++
		side.Add(n.Night)
	}
	for i := range pairs {
		pairs[i].close(p.lastOf(i+1) < tonight)
	}
	return pairs
}

func (p *Pair) close(over bool) {
	p.Over = over
	p.Counts = over && min(p.With.Known, p.Without.Known) >= leastKnown
	if p.Counts {
		p.Ratio = p.ratio()
	}
}

func (p *Pair) ratio() float64 {
	with, without := float64(p.With.Cramps), float64(p.Without.Cramps)
	switch {
	case with == 0 && without == 0:
		return 1
	case with == 0 || without == 0:
		with, without = with+0.5, without+0.5
	}
	return with / float64(p.With.Known) / (without / float64(p.Without.Known))
}

// wait finds the night after which three pairs may count.
func (p Plan) wait(r *Reading) {
	missing := LeastPairs - r.Complete
	for i, pair := range r.Pairs {
		if pair.Over {
			continue
		}
		if missing--; missing == 0 {
			r.earliest = p.lastOf(i + 1)
			r.Earliest = r.earliest.String()
			return
		}
	}
	r.Never = true
}

func median(xs []float64) float64 {
	sorted := slices.Sorted(slices.Values(xs))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

func oneWay(logs []float64) bool {
	return slices.Max(logs) < 0 || slices.Min(logs) > 0
}

// band is what may be said: a difference when the middle and the sum of the
// pairs agree on where it lies, and chance would seldom bring such a sum.
func band(logs []float64, middle float64) rates.Band {
	sum := 0.0
	for _, x := range logs {
		sum += x
	}
	switch {
	case flips(logs) > rare:
		return rates.Chance
	case sum < 0 && middle < 0:
		return rates.Fewer
	case sum > 0 && middle > 0:
		return rates.More
	}
	return rates.Chance
}

// flips is the share of all ways the lot could have fallen in which the pairs
// would add up to as much or more, either way. If stretching does nothing, each
// pair would read the other way round had the lot fallen otherwise.
func flips(logs []float64) float64 {
	size := func(signs int) float64 {
		sum := 0.0
		for i, x := range logs {
			if signs>>i&1 == 1 {
				x = -x
			}
			sum += x
		}
		return math.Abs(sum)
	}
	const blur = 1e-9 // sums of the same numbers in another order
	ways, least := 1<<len(logs), size(0)-blur
	as := 0
	for signs := range ways {
		if size(signs) >= least {
			as++
		}
	}
	return float64(as) / float64(ways)
}

// Caution goes with every reading that is shown.
const Caution say.Key = "You knew which fortnight it was, and that alone can change what is noticed and written down."

// Words says how the experiment stands, without a p.
func (r Reading) Words() string {
	switch {
	case r.Never:
		return say.Text("This plan can give no answer: %s, and too few are left for %d.", complete(r.Complete), LeastPairs)
	case !r.Ready:
		return say.Text("Not yet: %s, it takes %d. The night of %s is the earliest that can complete them.", complete(r.Complete), LeastPairs, r.earliest.NightWords())
	case r.Uneven != nil:
		return r.Uneven.Words(arms[true].String(), arms[false].String())
	}
	return say.Text("In the middle of %d pairs, cramps with stretching were %s of those without. %s", r.Complete, times(r.Ratio), r.verdict())
}

func complete(n int) string {
	return say.Count(n, "%d pair is complete", "%d pairs are complete")
}

func times(ratio float64) string { return say.Number("%.0f %%", 100*ratio) }

func (r Reading) verdict() string {
	switch {
	case r.Standing == rates.Fewer:
		return say.Text("Fewer with stretching: chance alone would seldom do that.")
	case r.Standing == rates.More:
		return say.Text("More with stretching: chance alone would seldom do that. Consider a check-up.")
	case r.OneWay && r.Complete < Telling:
		return say.Text("All of them lean the same way, but with fewer than %d pairs that could easily be chance.", Telling)
	}
	return say.Text("That could easily be chance.")
}
