package rates

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// Count is so many cramps over so many known nights.
type Count struct{ Cramps, Nights int }

// Ratio is the rate after over the rate before. With none before it is
// endless, and with none on either side, or no nights on one, it is NaN: there
// is no ratio.
func Ratio(after, before Count) float64 {
	if after.Nights < 1 || before.Nights < 1 {
		return math.NaN()
	}
	return rate(after) / rate(before)
}

func rate(c Count) float64 { return float64(c.Cramps) / float64(c.Nights) }

// wrong is how often a 95 % interval may miss the truth.
const wrong = 0.05

// Exact is the exact conditional 95 % interval of the ratio. Of all the cramps
// together, those after are binomial with a chance that only the ratio and the
// nights decide; the Clopper-Pearson limits of that chance are turned back into
// ratios. Without a cramp after the interval begins at 0, without one before it
// has no upper end, and over no nights it is everything.
func Exact(after, before Count) Interval {
	all := Interval{0, math.Inf(1)}
	if after.Nights < 1 || before.Nights < 1 {
		return all
	}
	scale := float64(before.Nights) / float64(after.Nights)
	c1, c0 := float64(after.Cramps), float64(before.Cramps)
	if after.Cramps > 0 {
		all.Low = scale * odds(c1, c0+1, wrong/2)
	}
	if before.Cramps > 0 {
		all.High = scale / odds(c0, c1+1, wrong/2)
	}
	return all
}

// odds is p/(1-p) where the beta distribution of a and b reaches q at p.
func odds(a, b, q float64) float64 {
	p := mathext.InvRegIncBeta(a, b, q)
	return p / (1 - p)
}

// P is the two-sided p of no difference: twice the smaller tail, at most 1. It
// is never shown to anybody.
func P(after, before Count) float64 {
	c1, c0 := float64(after.Cramps), float64(before.Cramps)
	if after.Nights < 1 || before.Nights < 1 {
		return 1
	}
	p0 := float64(after.Nights) / float64(after.Nights+before.Nights)
	fewer, more := 1.0, 1.0 // so many after, or fewer; or more
	if before.Cramps > 0 {
		fewer = mathext.RegIncBeta(c0, c1+1, 1-p0)
	}
	if after.Cramps > 0 {
		more = mathext.RegIncBeta(c1, c0+1, p0)
	}
	return min(1, 2*min(fewer, more))
}
