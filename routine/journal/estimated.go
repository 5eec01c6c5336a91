package journal

import "lull/routine/say"

// Estimated says from memory how many cramps some nights had, from the night
// From on, one number a night; null is a night that is not remembered. It is a
// best estimate: it counts in no night, and in a comparison only if the person
// asks for it.
type Estimated struct {
	From     Date   `json:"from"`
	Cramps   []*int `json:"cramps"`
	Estimate bool   `json:"estimate"` // always true
}

// Limits of an estimate.
const (
	maxEstimatedNights = 31
	maxEstimatedCramps = 20 // in a night
)

// Kind says what sort of fact it is.
func (Estimated) Kind() Kind { return KindEstimated }

// Validate wants some nights with a possible number of cramps, marked as an
// estimate.
func (e Estimated) Validate() error {
	if !e.Estimate {
		return say.Error("estimate is not true")
	}
	if err := within(say.Text("number of nights"), len(e.Cramps), 1, maxEstimatedNights); err != nil {
		return err
	}
	for _, n := range e.Cramps {
		if n == nil {
			continue
		}
		if err := within("cramps", *n, 0, maxEstimatedCramps); err != nil {
			return err
		}
	}
	return nil
}

// Sum is how many nights are remembered, and the cramps of them.
func (e Estimated) Sum() (nights, cramps int) {
	for _, n := range e.Cramps {
		if n != nil {
			nights++
			cramps += *n
		}
	}
	return nights, cramps
}

func (e Estimated) words() string {
	nights, cramps := e.Sum()
	return say.Text("best estimate from memory: %s in %s, from %v on",
		say.Count(cramps, "%d cramp", "%d cramps"), say.Count(nights, "%d night", "%d nights"), e.From)
}
