package rates

import (
	"encoding/json"
	"math"

	"lull/routine/say"
)

// The least a comparison is made from.
const (
	LeastCramps = 5  // on both sides together
	LeastNights = 14 // known, on each side
)

// MaxGap is how far the shares of logged nights of two sides may lie apart. A
// greater difference may come from cramp-free nights that are missing on one
// side. docs/STATISTICS.md says how it was chosen.
const MaxGap = 0.12

// Comparison is what two kinds of nights have to say. Either Refusal says why
// there is no answer and what is missing, or Cramps is the answer.
type Comparison struct {
	After   Counts   `json:"after"`
	Before  Counts   `json:"before"`
	Refusal *Refusal `json:"refusal,omitempty"`
	Cramps  *Reading `json:"ratio_of_cramps,omitempty"`
	// Nights is the cross-check: nights with a cramp, however many, in place of
	// cramps. It is missing when fewer than five nights had one.
	Nights *Reading `json:"ratio_of_nights_with_cramps,omitempty"`
}

// Rule says which of the two intervals is shown.
type Rule string

// The two intervals.
const (
	Counted Rule = "counted"  // exact, as if every cramp came by itself
	ByWeeks Rule = "by weeks" // from how much the weeks differ
)

// Reading is a ratio and how sure it is.
type Reading struct {
	Ratio    float64 // endless when there were none before
	Shown    Interval
	Rule     Rule
	Exact    Interval
	ByWeeks  Interval
	Phi      float64 // how much more the weeks differ than by chance: 1 or more
	Factor   float64 // what the variance was multiplied with: Phi, or more where bad weeks come in a row
	Vague    bool    // the interval is too wide to be of use: there are not enough cramps
	Freedom  int     // weeks beyond the first of each side that had cramps
	Standing Band
}

// MarshalJSON writes a ratio that does not exist as null.
func (r Reading) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Ratio    *float64 `json:"ratio"`
		Shown    Interval `json:"interval"`
		Rule     Rule     `json:"interval_rule"`
		Exact    Interval `json:"exact"`
		ByWeeks  Interval `json:"by_weeks"`
		Phi      float64  `json:"phi"`
		Factor   float64  `json:"variance_factor"`
		Freedom  int      `json:"freedom"`
		Standing Band     `json:"says"`
		Vague    bool     `json:"too_wide"`
	}{finite(r.Ratio), r.Shown, r.Rule, r.Exact, r.ByWeeks, r.Phi, r.Factor, r.Freedom, r.Standing, r.Vague})
}

// Compare sets the nights after against those before. The order of the nights
// does not matter.
func Compare(after, before Side) Comparison {
	a, b := known(after.Nights), known(before.Nights)
	c := Comparison{After: count(a), Before: count(b)}
	c.After.Nights, c.Before.Nights = len(after.Nights), len(before.Nights)
	c.After.Closed, c.Before.Closed = after.Closed, before.Closed
	if c.Refusal = refuse(c.After, c.Before); c.Refusal != nil {
		return c
	}
	c.Cramps = read(a, b)
	if c.After.CrampNights+c.Before.CrampNights >= LeastCramps {
		c.Nights = read(once(a), once(b))
	}
	return c
}

// Agrees says whether the cross-check, if there is one, says the same.
func (c Comparison) Agrees() bool {
	return c.Cramps == nil || c.Nights == nil || c.Cramps.Standing == c.Nights.Standing
}

func read(after, before []Night) *Reading {
	a, b := total(after), total(before)
	s := scattered(after, before)
	r := &Reading{
		Ratio: Ratio(a, b), Exact: Exact(a, b), ByWeeks: Quasi(a, b, s.factor(), s.reach()),
		Phi: s.phi(), Factor: s.factor(), Freedom: s.freedom,
	}
	r.Shown, r.Rule = wider(r.Exact, r.ByWeeks)
	r.Standing = r.Shown.Band()
	r.Vague = r.Standing == Chance && r.Shown.width() > math.Log(widest)
	return r
}

// widest is how many times its low end the high end of an interval may be before
// it is said that there are not enough cramps to compare.
const widest = 100

// Words are the ratio and its interval in a sentence.
func (r *Reading) Words() string {
	if math.IsInf(r.Ratio, 0) || math.IsNaN(r.Ratio) {
		return say.Text("No ratio, because one side has no cramps. The nights are consistent with a ratio of %s (%s).", r.Shown, r.Rule.Words())
	}
	return say.Text("Ratio %s. The nights are consistent with %s (%s).", Times(r.Ratio), r.Shown, r.Rule.Words())
}

func total(answered []Night) Count {
	c := count(answered)
	return Count{c.Cramps, c.Known}
}

// wider is the interval that is shown. Where only one of the two includes 1 it
// is that one, so that a difference is claimed only when both see it; else the
// wider one.
func wider(exact, byWeeks Interval) (Interval, Rule) {
	e, w := exact.Band() == Chance, byWeeks.Band() == Chance
	if w && !e || w == e && byWeeks.width() > exact.width() {
		return byWeeks, ByWeeks
	}
	return exact, Counted
}
