package report

import (
	"math"
	"strconv"
	"strings"

	"lull/routine/journal"
	"lull/routine/review"
	"lull/routine/safe"
	"lull/routine/say"
)

const title say.Key = "Night leg cramps: a diary"

// foot is what the page says of itself.
const foot say.Key = "Written by the person with lull, which counts what they note and judges nothing. Not reviewed by a clinician. " +
	"Unknown nights are not quiet nights: nobody wrote down how they were."

// questions are those that a clinician asks, each for a line to be filled in.
var questions = []say.Key{
	"When did the cramps begin? More of late?",
	"Does moving about ease it, or is there an urge to move?",
	"Pain in calf, thigh or buttock on walking that rest ends?",
	"Swelling, heat, or a change of colour in one leg?",
	"Weakness, or muscles that get thinner or twitch?",
	"Numbness, tingling or burning?",
	"A medicine that is new, changed or stopped? When?",
	"Pregnant, or gave birth lately? Which week?",
	"Known: diabetes, thyroid, kidney, liver, nerve, spine?",
	"Cramps in arms or trunk? What do they do to sleep and days?",
}

// Longest texts of a person that the page shows, in letters.
const (
	longName     = 60
	longMedicine = 40
	longWord     = 28
)

func day(d journal.Date) string { return say.Date(d.Midnight(), "2 Jan 2006") }

// span names the nights of the page.
func (p Page) span() string {
	if p.source.From == p.source.To {
		return say.Text("The night of %s", day(p.source.From))
	}
	return say.Text("Nights of %s to %s", day(p.source.From), day(p.source.To))
}

// made says who made the page and when.
func (p Page) made() string {
	return say.Text("written down and made with lull on %s", day(p.source.Made))
}

func (p Page) name() string { return safe.Text(strings.TrimSpace(p.source.Name), longName) }

func nights(n int) string { return say.Count(n, "%d night", "%d nights") }

func knownNights(n int) string { return say.Count(n, "%d known night", "%d known nights") }

func cramps(n int) string { return say.Count(n, "%d cramp", "%d cramps") }

// number is a median: a whole number, or one and a half.
func number(x float64) string {
	if x == math.Trunc(x) {
		return say.Number("%.0f", x)
	}
	return say.Number("%.1f", x)
}

// length says seconds as people do: 3 min 10 s.
func length(seconds float64) string {
	whole := int(seconds + 0.5)
	hours, minutes, rest := whole/3600, whole/60%60, whole%60
	switch {
	case hours > 0:
		return say.Text("%d h %d min", hours, minutes)
	case minutes > 0 && rest > 0:
		return say.Text("%d min %d s", minutes, rest)
	case minutes > 0:
		return say.Text("%d min", minutes)
	}
	return say.Text("%d s", rest)
}

// tile is one of the figures at the head of the page.
type tile struct{ name, figure, of string }

// tiles are how many nights are known and what they come to.
func (p Page) tiles() []tile {
	f := p.figures
	unknown := say.Text("of %s; %d unknown", nights(p.nights()), p.nights()-f.Known)
	tiles := []tile{{say.Text("Nights known"), strconv.Itoa(f.Known), unknown}}
	if f.PerWeek == nil {
		return append(tiles, tile{say.Text("Cramps"), say.Text("unknown"), say.Text("no night is known")})
	}
	known := knownNights(f.Known)
	return append(tiles, p.rate(),
		tile{say.Text("Nights with cramps"), strconv.Itoa(f.WithCramps), say.Text("of %s; %d quiet", known, f.Quiet)})
}

// rate is how many cramps a week there were; their number where too few nights
// are logged, and the least there can have been where cramp-free nights may be
// missing.
func (p Page) rate() tile {
	c := p.figures.Counts()
	of := say.Text("%s over %s", cramps(c.Cramps), knownNights(c.Known)) + p.orMore()
	switch {
	case !c.Enough():
		return tile{say.Text("Cramps"), strconv.Itoa(c.Cramps), say.Text("over %s, too few for a week", knownNights(c.Known)) + p.orMore()}
	case !c.Sparse():
		return tile{say.Text("Cramps a week"), say.Number("%.1f", c.PerWeek()), of}
	}
	return tile{
		say.Text("Cramps a week"), say.Text("at least %.1f", c.AtLeast()),
		say.Text("%s, all %s counted. Up to %.1f if the other nights were like the logged ones. %s", of, nights(c.Nights), c.PerWeek(), c.Caveat()),
	}
}

// orMore says that some of the counts are the least there were.
func (p Page) orMore() string {
	if len(p.moreOn) == 0 {
		return ""
	}
	return "; " + say.Text("perhaps more on %s", nights(len(p.moreOn)))
}

// none is the sentence of a page without anything on it, or nothing.
func (p Page) none() string {
	if !p.Empty() {
		return ""
	}
	return say.Text("Nothing is written down for these nights yet, so there is nothing to count.")
}

// words of places, where the diary's own would not do.
var muscleWords = map[string]say.Key{"inner": "inner thigh", "": "not told"}

func muscleWord(m string) string {
	if w, ok := muscleWords[m]; ok {
		return w.String()
	}
	return say.Name(m)
}

// spreadRow says a number that was told of some cramps.
func (p Page) spreadRow(name say.Key, s review.Spread, words func(float64) string) []string {
	if s.N == 0 {
		return []string{name.String(), say.Text("not told"), "", p.ofCramps(0)}
	}
	return []string{name.String(), words(s.Median), say.Text("%s to %s", words(float64(s.Min)), words(float64(s.Max))), p.ofCramps(s.N)}
}

func (p Page) ofCramps(n int) string { return say.Text("%d of %d", n, p.figures.Cramps) }
