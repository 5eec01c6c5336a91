package report

import (
	"fmt"
	"strconv"
	"strings"

	"lull/routine/journal"
	"lull/routine/review"
	"lull/routine/safe"
)

const title = "Night leg cramps: a diary"

// foot is what the page says of itself.
const foot = "Written by the person with lull, which counts what they note and judges nothing. Not reviewed by a clinician. " +
	"Unknown nights are not quiet nights: nobody wrote down how they were."

// questions are those that a clinician asks, each for a line to be filled in.
var questions = []string{
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

func day(d journal.Date) string { return d.Midnight().Format("2 Jan 2006") }

// span names the nights of the page.
func (p Page) span() string {
	if p.source.From == p.source.To {
		return "The night of " + day(p.source.From)
	}
	return fmt.Sprintf("Nights of %s to %s", day(p.source.From), day(p.source.To))
}

// made says who made the page and when.
func (p Page) made() string { return "written down and made with lull on " + day(p.source.Made) }

func (p Page) name() string { return safe.Text(strings.TrimSpace(p.source.Name), longName) }

func plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}

func number(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// length says seconds as people do: 3 min 10 s.
func length(seconds float64) string {
	whole := int(seconds + 0.5)
	hours, minutes, rest := whole/3600, whole/60%60, whole%60
	switch {
	case hours > 0:
		return fmt.Sprintf("%d h %d min", hours, minutes)
	case minutes > 0 && rest > 0:
		return fmt.Sprintf("%d min %d s", minutes, rest)
	case minutes > 0:
		return fmt.Sprintf("%d min", minutes)
	}
	return fmt.Sprintf("%d s", rest)
}

// tile is one of the figures at the head of the page.
type tile struct{ name, figure, of string }

// aWeek is how many nights must be known for cramps to be told by the week.
const aWeek = 7

// tiles are how many nights are known and what they come to.
func (p Page) tiles() []tile {
	f := p.figures
	unknown := fmt.Sprintf("of %s; %d unknown", plural(p.nights(), "night"), p.nights()-f.Known)
	tiles := []tile{{"Nights known", strconv.Itoa(f.Known), unknown}}
	if f.PerWeek == nil {
		return append(tiles, tile{"Cramps", "unknown", "no night is known"})
	}
	known := plural(f.Known, "known night")
	cramps := tile{"Cramps a week", fmt.Sprintf("%.1f", *f.PerWeek), fmt.Sprintf("%s over %s%s", plural(f.Cramps, "cramp"), known, p.orMore())}
	if f.Known < aWeek {
		cramps = tile{"Cramps", strconv.Itoa(f.Cramps), fmt.Sprintf("over %s, too few for a week%s", known, p.orMore())}
	}
	return append(tiles, cramps,
		tile{"Nights with cramps", strconv.Itoa(f.WithCramps), fmt.Sprintf("of %s; %d quiet", known, f.Quiet)})
}

// orMore says that some of the counts are the least there were.
func (p Page) orMore() string {
	if len(p.moreOn) == 0 {
		return ""
	}
	return fmt.Sprintf("; perhaps more on %s", plural(len(p.moreOn), "night"))
}

// none is the sentence of a page without anything on it, or nothing.
func (p Page) none() string {
	if !p.Empty() {
		return ""
	}
	return "Nothing is written down for these nights yet, so there is nothing to count."
}

// words of places, where the diary's own would not do.
var muscleWords = map[string]string{"inner": "inner thigh", "": "not told"}

func muscleWord(m string) string {
	if w, ok := muscleWords[m]; ok {
		return w
	}
	return m
}

// spreadRow says a number that was told of some cramps.
func (p Page) spreadRow(name string, s review.Spread, say func(float64) string) []string {
	if s.N == 0 {
		return []string{name, "not told", "", p.ofCramps(0)}
	}
	return []string{name, say(s.Median), say(float64(s.Min)) + " to " + say(float64(s.Max)), p.ofCramps(s.N)}
}

func (p Page) ofCramps(n int) string { return fmt.Sprintf("%d of %d", n, p.figures.Cramps) }
