package relief

import (
	"slices"

	"lull/routine/journal"
	"lull/routine/where"
)

// Request is what a person asked first aid for: where it starts, and what is
// known of the cramp from their words. The zero Request is for a cramp of which
// nothing is known; its plan is the calf's.
type Request struct {
	Typed  string // the words that were typed
	Place  Place  // whose plan is opened; zero for the calf's
	Muscle string // to record; empty when the words could mean several, or none
	Side   string // to record
	Taken  bool   // a place was made of the words, so the person is told which
}

// Asked reads the words with which a person asks for first aid. Whatever they
// are, there is a plan.
func Asked(words string) Request {
	found := where.Read(words)
	r := Request{Typed: words, Side: found.Side, Muscle: found.Muscle()}
	if len(found.Muscles) > 0 && slices.Contains(Muscles, found.Muscles[0]) {
		r.Place.Muscle = found.Muscles[0]
	}
	if found.Top {
		r.Place.Variant = topOfFoot
	}
	r.Taken = words != "" && words != found.Side && !slices.Contains(Muscles, words)
	return r
}

// topOfFoot is the variant of the foot's plan for a cramp on its top.
const topOfFoot = "top-of-foot"

// Opens is the place whose plan is opened.
func (r Request) Opens() Place {
	if r.Place.Muscle == "" {
		return Place{Muscle: Muscles[0]}
	}
	return r.Place
}

// Cramp is what the words tell of the cramp.
func (r Request) Cramp() journal.Cramped { return journal.Cramped{Side: r.Side, Muscle: r.Muscle} }
