package rates

// Band is what may be said of a ratio.
type Band string

// The bands.
const (
	Fewer  Band = "fewer"
	Chance Band = "could easily be chance"
	More   Band = "more"
)

// Caution goes with every comparison that is shown.
const Caution = "This cannot show that the stretches are the reason."

// LargeTakes is how many weeks it usually takes to see even a large effect: the
// first length of the trials at which cramps cut to 35 of 100, of four a week,
// are seen in more than half of all histories, kept nights against missed ones.
// docs/STATISTICS.md has the table.
const LargeTakes = 16

// words say where an interval comes from.
var words = map[Rule]string{
	Counted: "counted exactly, as if every cramp came by itself",
	ByWeeks: "widened, because cramps come in clusters and some weeks are worse than others",
}

// Words say where the interval comes from.
func (r Rule) Words() string { return words[r] }
