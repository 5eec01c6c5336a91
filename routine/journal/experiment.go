package journal

import "lull/routine/say"

// Experiment is a plan of fortnights with and without stretching. Seed, first
// night and pairs settle the whole of it, so that it cannot be changed once it
// has begun.
type Experiment struct {
	Seed  uint64 `json:"seed"`
	From  Date   `json:"from"`
	Pairs int    `json:"pairs"`
}

// mostPairs bounds what a line can ask for.
const mostPairs = 100

// Kind says what sort of fact it is.
func (Experiment) Kind() Kind { return KindExperiment }

// Validate wants at least one pair.
func (e Experiment) Validate() error { return within("pairs", e.Pairs, 1, mostPairs) }

func (e Experiment) words() string {
	return say.Text("an experiment of %d pairs of fortnights from %v on", e.Pairs, e.From)
}
