package trials

import (
	"math"

	"lull/routine/rates"
)

// Scenario is a way of logging that is not the same on all nights, or a way of
// starting, in a world in which nothing works.
type Scenario struct {
	Name     string
	Logs     Logging
	BadStart float64 // as in Trial
}

// Scenarios are those of docs/STATISTICS.md. In all of them a night with cramps
// is logged and the stretches change nothing.
var Scenarios = []Scenario{
	{Name: "cramp-free nights: 95 % after a session, 30 % otherwise", Logs: afterSessions(0.95, 0.30)},
	{Name: "cramp-free nights: 95 % after a session, 65 % otherwise", Logs: afterSessions(0.95, 0.65)},
	{Name: "bad nights only", Logs: Evenly(0.02)},
	{Name: "bad nights only until the first session, then daily", Logs: func(since int, _ bool) float64 {
		if since < 0 {
			return 0.02
		}
		return 0.95
	}},
	{Name: "logging tires: 95 % at first, half of it after 8 weeks", Logs: tires},
	{Name: "starts when worst", BadStart: 1.5},
}

func afterSessions(with, without float64) Logging {
	return func(_ int, kept bool) float64 {
		if kept {
			return with
		}
		return without
	}
}

// Evenly logs a night without cramps as often whatever was done.
func Evenly(share float64) Logging { return func(int, bool) float64 { return share } }

// tires halves the chance every eight weeks after the first session.
func tires(since int, _ bool) float64 {
	const halfLife = 8 * nightsAWeek
	return 0.95 * math.Pow(0.5, max(0, float64(since))/halfLife)
}

// Gaps are the largest differences between the shares of logged nights that were
// tried: below each, two kinds of nights are compared. 1 compares always.
var Gaps = []float64{1, 0.25, 0.20, 0.15, rates.MaxGap, 0.10}

// ByGap is what the two questions come to when a greater difference between the
// shares of logged nights than each of Gaps is a refusal.
func (t Trial) ByGap() []Result {
	results := make([]Result, len(Gaps))
	for all := range t.all() {
		ba, km := askLogged(all, BeforeAfter), askLogged(all, KeptMissed)
		for i, gap := range Gaps {
			b, k := ba.within(gap), km.within(gap)
			results[i].BeforeAfter.add(b)
			results[i].KeptMissed.add(k)
			if claims(b) || claims(k) {
				results[i].Either++
			}
		}
	}
	return results
}

// gapped is a comparison made whatever the shares of logged nights are, and how
// far they are apart.
type gapped struct {
	rates.Comparison
	gap float64
}

func (g gapped) within(gap float64) rates.Comparison {
	if g.Refusal == nil && g.gap > gap {
		return rates.Comparison{Refusal: &rates.Refusal{}}
	}
	return g.Comparison
}

// askLogged compares the logged nights alone, so that no difference between the
// shares is seen, and measures it.
func askLogged(all []night, q Question) gapped {
	after, before := sides(all, q)
	a, b := logged(after.Nights), logged(before.Nights)
	gap := math.Abs(share(len(a), len(after.Nights)) - share(len(b), len(before.Nights)))
	return gapped{rates.Compare(rates.Side{Nights: a}, rates.Side{Nights: b}), gap}
}

func logged(nights []rates.Night) []rates.Night {
	var all []rates.Night
	for _, n := range nights {
		if n.Known {
			all = append(all, n)
		}
	}
	return all
}

func share(some, of int) float64 {
	if of == 0 {
		return 1
	}
	return float64(some) / float64(of)
}
