package cli

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"lull/routine/journal"
	"lull/routine/rates"
	"lull/routine/review"
	"lull/routine/safe"
	"lull/routine/say"
)

// figuresText is what was told of the cramps of a span, each number with what it
// is over.
func figuresText(f review.Figures) string {
	rows := [][2]string{
		{say.Text("known"), say.Text("%d of %s", f.Known, say.Count(int(f.To-f.From)+1, "%d night", "%d nights"))},
		{say.Text("cramps"), crampsText(f)},
		{say.Text("time"), hoursText(f.Hours)},
		{say.Text("where"), placesText(f.Places)},
		{say.Text("held"), heldText(f.Held)},
		{say.Text("pain"), spreadText(f.Pain, "of 10", plainNumber)},
		{say.Text("lasted"), spreadText(f.LastedS, "min", func(x float64) string { return fmt.Sprintf("%d:%02d", int(x)/60, int(x)%60) })},
		{say.Text("awake"), spreadText(f.AwakeMin, "min", plainNumber)},
		{say.Text("helped"), talliesText(f.Helped)},
		{say.Text("marks"), marksText(f)},
	}
	kept := rows[:0]
	for _, r := range rows {
		if r[1] != "" {
			kept = append(kept, r)
		}
	}
	return say.Text("The cramps, nights of %s to %s", f.From, f.To) + table(kept)
}

func crampsText(f review.Figures) string {
	if f.PerWeek == nil {
		return say.Text(noneAnswered)
	}
	return f.Rate.Words
}

const notTold say.Key = "not told yet"

// hoursText are the hours in which cramps began, from the evening on.
func hoursText(h review.Hours) string {
	if h.Of == 0 {
		return say.Text(notTold)
	}
	var words []string
	for i := range h.Count {
		if hour := (i + 12) % 24; h.Count[hour] > 0 {
			words = append(words, fmt.Sprintf("%02d h %d", hour, h.Count[hour]))
		}
	}
	return say.Text("%s; of %s", strings.Join(words, ", "), say.Count(h.Of, "%d cramp", "%d cramps"))
}

func placesText(p review.Places) string {
	if p.Of == 0 {
		return say.Text(notTold)
	}
	var words []string
	for _, c := range p.Count {
		words = append(words, fmt.Sprintf("%s %d", journal.PlaceWords(c.Side, c.Muscle), c.Cramps))
	}
	return say.Text("%s; of %s", strings.Join(words, ", "), say.Count(p.Of, "%d cramp", "%d cramps"))
}

func heldText(held []review.Held) string {
	var words []string
	for _, h := range held {
		words = append(words, fmt.Sprintf("%s %d s", journal.PlaceWords(h.Side, h.Muscle), h.HeldS))
	}
	return strings.Join(words, ", ")
}

// plainNumber is a number with a place after the point, where that is not 0.
func plainNumber(x float64) string {
	s := say.Number("%.1f", x)
	if whole, is := strings.CutSuffix(s, "0"); is {
		return whole[:len(whole)-1]
	}
	return s
}

func spreadText(s review.Spread, unit say.Key, words func(float64) string) string {
	if s.N == 0 {
		return say.Text(notTold)
	}
	return say.Text("median %s %s, %s to %s; of %s", words(s.Median), unit, words(float64(s.Min)), words(float64(s.Max)), say.Count(s.N, "%d cramp", "%d cramps"))
}

func talliesText(t review.Tallies) string {
	if t.Of == 0 {
		return say.Text(notTold)
	}
	var words []string
	for _, c := range t.Count {
		words = append(words, fmt.Sprintf("%s %d", clean(say.Name(c.Word)), c.N))
	}
	return say.Text("%s; told of %s", strings.Join(words, ", "), say.Count(t.Of, "%d cramp", "%d cramps"))
}

func marksText(f review.Figures) string {
	var words []string
	for _, m := range f.Marks {
		words = append(words, say.Text("%s on %s", clean(say.Name(m.Mark)), say.Count(m.Nights, "%d night", "%d nights")))
	}
	for _, p := range f.Together {
		words = append(words, say.Text("%s with %s on %d of %d", clean(say.Name(p.Marks[0])), clean(say.Name(p.Marks[1])), p.Both, p.Of))
	}
	return strings.Join(words, ", ")
}

// asked are the fixed questions as a person would ask them.
var asked = map[review.Question]say.Key{
	review.BeforeAfter: "Fewer cramps than before the first session?",
	review.KeptMissed:  "Fewer cramps in nights with a session?",
}

// answersText are the six-week check, the two fixed questions, and the
// experiment if there is one.
func answersText(r review.Review) string {
	parts := [][]string{{r.Check.Words}}
	given := false
	for _, a := range r.Answers {
		parts = append(parts, answerText(a))
		given = given || a.Cramps != nil
	}
	if !given {
		parts = append(parts, []string{say.Text("That is usual: even a large effect usually takes about %d weeks to be seen.", rates.LargeTakes)})
	}
	if r.Experiment != nil {
		parts = append(parts, []string{say.Text("Your experiment: %s", safe.Text(r.Experiment.Words, longLine))})
	}
	text := say.Text("What it says")
	for i, lines := range parts {
		if i > 0 {
			text += "\n"
		}
		for _, l := range lines {
			text += "\n  " + strings.ReplaceAll(ansi.Wordwrap(l, textWidth, ""), "\n", "\n  ")
		}
	}
	return text
}

// textWidth is how wide a text is that stands by itself, set in by two cells.
const textWidth = 76

// answerText is one question with its answer, the numbers of both sides and, if
// there is a ratio, what goes with it.
func answerText(a review.Answer) []string {
	lines := []string{asked[a.Question].String() + " " + a.Words, sideText(a.After, a.Comparison.After), sideText(a.Before, a.Comparison.Before)}
	if how, offered := offers[a.Offer]; offered {
		lines = append(lines, how.String())
	}
	if a.Cramps == nil || a.Cramps.Vague {
		if a.Estimated {
			lines = append(lines, review.FromMemory.String())
		}
		return lines
	}
	lines = append(lines, a.Cramps.Words())
	if !a.Agrees() {
		lines = append(lines, say.Text("Counting nights with a cramp instead says: %s.", say.Name(string(a.Nights.Standing))))
	}
	return append(lines, a.Cautions()...)
}

// offers say what can be done about missing nights before the first session.
var offers = map[review.Offer]say.Key{
	review.FillBefore:    "`lull before` adds the two weeks before from memory, as a best estimate.",
	review.CountEstimate: "`lull review --with-estimate` counts your best estimate of the nights before.",
}

func sideText(name string, c rates.Counts) string {
	if c.Known == 0 {
		return say.Text("Nights %s: none known.", say.Name(name))
	}
	return say.Text("Nights %s: %s", say.Name(name), c.WordsWithNights())
}
