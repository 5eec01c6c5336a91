package rates

import "lull/routine/say"

// Band is what may be said of a ratio.
type Band string

// The bands.
const (
	Fewer  Band = "fewer"
	Chance Band = "could easily be chance"
	More   Band = "more"
)

// The bands, as people are told them.
const (
	_ = say.Key(Fewer)
	_ = say.Key(Chance)
	_ = say.Key(More)
)

// Caution goes with every comparison that is shown.
const Caution say.Key = "This cannot show that the stretches are the reason."

// LargeTakes is how many weeks it usually takes to see even a large effect. Of
// people with four cramps a week who keep three nights of four, in streaks or
// not, and whom the stretches leave 35 cramps of 100, more than half are told
// of it after so many weeks; so are those who had logged 28 nights before they
// began. docs/STATISTICS.md has the table.
const LargeTakes = 20

// ShortBaseline is for a comparison with the nights before the first session
// when there are only about 14 of them.
const ShortBaseline say.Key = "With only two weeks before the first session, half a year is usually not enough to see even a large effect."

// words say where an interval comes from.
var words = map[Rule]say.Key{
	Counted: "counted exactly, as if every cramp came by itself",
	ByWeeks: "widened, because cramps come in clusters and some weeks are worse than others",
}

// Words say where the interval comes from.
func (r Rule) Words() string { return words[r].String() }
