package cli

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"lull/routine/rates"
	"lull/routine/review"
	"lull/routine/safe"
)

// figuresText is what was told of the cramps of a span, each number with what it
// is over.
func figuresText(f review.Figures) string {
	rows := [][2]string{
		{"known", fmt.Sprintf("%d of %s", f.Known, plural(int(f.To-f.From)+1, "night", "nights"))},
		{"cramps", crampsText(f)},
		{"time", hoursText(f.Hours)},
		{"where", placesText(f.Places)},
		{"held", heldText(f.Held)},
		{"pain", spreadText(f.Pain, "of 10", func(x float64) string { return plainNumber(x) })},
		{"lasted", spreadText(f.LastedS, "min", func(x float64) string { return fmt.Sprintf("%d:%02d", int(x)/60, int(x)%60) })},
		{"awake", spreadText(f.AwakeMin, "min", func(x float64) string { return plainNumber(x) })},
		{"helped", talliesText(f.Helped)},
		{"marks", marksText(f)},
	}
	kept := rows[:0]
	for _, r := range rows {
		if r[1] != "" {
			kept = append(kept, r)
		}
	}
	return fmt.Sprintf("The cramps, nights of %s to %s", f.From, f.To) + table(kept)
}

func crampsText(f review.Figures) string {
	if f.PerWeek == nil {
		return "unknown: none of these nights has been answered for"
	}
	return fmt.Sprintf("%d in %d of %s, %.1f a week", f.Cramps, f.WithCramps, plural(f.Known, "known night", "known nights"), *f.PerWeek)
}

const notTold = "not told yet"

// hoursText are the hours in which cramps began, from the evening on.
func hoursText(h review.Hours) string {
	if h.Of == 0 {
		return notTold
	}
	var words []string
	for i := range h.Count {
		if hour := (i + 12) % 24; h.Count[hour] > 0 {
			words = append(words, fmt.Sprintf("%02d h %d", hour, h.Count[hour]))
		}
	}
	return fmt.Sprintf("%s; of %s", strings.Join(words, ", "), plural(h.Of, "cramp", "cramps"))
}

func placesText(p review.Places) string {
	if p.Of == 0 {
		return notTold
	}
	var words []string
	for _, c := range p.Count {
		words = append(words, fmt.Sprintf("%s %d", strings.Join(strings.Fields(c.Side+" "+c.Muscle), " "), c.Cramps))
	}
	return fmt.Sprintf("%s; of %s", strings.Join(words, ", "), plural(p.Of, "cramp", "cramps"))
}

func heldText(held []review.Held) string {
	var words []string
	for _, h := range held {
		words = append(words, fmt.Sprintf("%s %s %d s", h.Side, h.Muscle, h.HeldS))
	}
	return strings.Join(words, ", ")
}

func plainNumber(x float64) string { return strings.TrimSuffix(fmt.Sprintf("%.1f", x), ".0") }

func spreadText(s review.Spread, unit string, words func(float64) string) string {
	if s.N == 0 {
		return notTold
	}
	return fmt.Sprintf("median %s %s, %s to %s; of %s", words(s.Median), unit, words(float64(s.Min)), words(float64(s.Max)), plural(s.N, "cramp", "cramps"))
}

func talliesText(t review.Tallies) string {
	if t.Of == 0 {
		return notTold
	}
	var words []string
	for _, c := range t.Count {
		words = append(words, fmt.Sprintf("%s %d", clean(c.Word), c.N))
	}
	return fmt.Sprintf("%s; told of %s", strings.Join(words, ", "), plural(t.Of, "cramp", "cramps"))
}

func marksText(f review.Figures) string {
	var words []string
	for _, m := range f.Marks {
		words = append(words, fmt.Sprintf("%s on %s", clean(m.Mark), plural(m.Nights, "night", "nights")))
	}
	for _, p := range f.Together {
		words = append(words, fmt.Sprintf("%s with %s on %d of %d", clean(p.Marks[0]), clean(p.Marks[1]), p.Both, p.Of))
	}
	return strings.Join(words, ", ")
}

// asked are the fixed questions as a person would ask them.
var asked = map[review.Question]string{
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
		parts = append(parts, []string{fmt.Sprintf("That is usual: even a large effect usually takes about %d weeks to be seen.", rates.LargeTakes)})
	}
	if r.Experiment != nil {
		parts = append(parts, []string{"Your experiment: " + safe.Text(r.Experiment.Words, longLine)})
	}
	text := "What it says"
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
	lines := []string{asked[a.Question] + " " + a.Words, sideText(a.After, a.Comparison.After), sideText(a.Before, a.Comparison.Before)}
	if a.Cramps == nil {
		return lines
	}
	lines = append(lines, fmt.Sprintf("Ratio %s; the nights are in keeping with %s (%s).", rates.Times(a.Cramps.Ratio), a.Cramps.Shown, a.Cramps.Rule.Words()))
	if !a.Agrees() {
		lines = append(lines, "Counting nights with a cramp instead says: "+string(a.Nights.Standing)+".")
	}
	return append(lines, review.Cautions[a.Question]...)
}

func sideText(name string, c rates.Counts) string {
	if c.Known == 0 {
		return "Nights " + name + ": none known."
	}
	return fmt.Sprintf("Nights %s: %s in %d known, %.1f a week, a cramp in %.0f %%.", name, plural(c.Cramps, "cramp", "cramps"), c.Known, c.PerWeek(), 100*c.Share())
}
