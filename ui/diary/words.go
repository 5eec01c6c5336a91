package diary

import (
	"fmt"
	"strings"
	"time"

	"lull/routine/journal"
	"lull/routine/safe"
	"lull/ui/screen"
	"lull/ui/widget"
)

const (
	mostName = 40  // runes of a name that somebody else may have written
	mostNote = 500 // runes of a note
)

// nightWords names a night, with the year if it is another than this one.
func nightWords(w screen.World, night journal.Date) string {
	if year := night.Midnight().Year(); year != w.Now.Year() {
		return fmt.Sprintf("%s %d", night.NightWords(), year)
	}
	return night.NightWords()
}

// crampCount says how many cramps a night had, if anybody said so.
func crampCount(n journal.Night, facts []journal.Entry) string {
	more := ""
	for _, e := range facts {
		if c, ok := e.Fact.(journal.Cramped); ok && c.AtLeast {
			more = "+"
		}
	}
	switch {
	case n.Cramps == 1 && more == "":
		return "1 cramp"
	case n.Cramps > 0:
		return fmt.Sprintf("%d%s cramps", n.Cramps, more)
	case n.Quiet:
		return "no cramps"
	}
	return "unknown"
}

// atOnce is how soon after it a cramp is written down by somebody who is awake
// with it.
const atOnce = 30 * time.Minute

// how says by what a night is known: nothing for one that is not.
func how(calendar journal.Calendar, facts []journal.Entry) string {
	best := ""
	for _, e := range facts {
		switch said := told(calendar, e); {
		case said == atNight:
			return said
		case said == byMorning, best == "":
			best = said
		}
	}
	return best
}

// The ways in which a night came to be known.
const (
	atNight   = "recorded at night"
	byMorning = "told in the morning"
	later     = "told later"
)

// inShort are the same where there is less room.
var inShort = map[string]string{atNight: "at night", byMorning: "by morning", later: "later"}

// told says when an answer for its night was given. The id tells when a fact was
// written, wherever its own instant lies.
func told(calendar journal.Calendar, e journal.Entry) string {
	c, cramp := e.Fact.(journal.Cramped)
	if _, quiet := e.Fact.(journal.Quiet); !cramp && !quiet {
		return ""
	}
	written, known := e.Origin().Time()
	if !known {
		return later
	}
	written = written.In(e.At.Location())
	late := written.Sub(e.At)
	switch {
	case cramp && !c.Untimed && late.Abs() <= atOnce:
		return atNight
	case calendar.Night(written) != e.Night:
		return later
	case calendar.Day(written) == e.Night:
		return atNight
	}
	return byMorning
}

// factLines say a fact on lines no wider than so many cells, the first with its
// time.
func factLines(w screen.World, e journal.Entry, width int) string {
	var lines []string
	switch f := e.Fact.(type) {
	case journal.Stretched:
		lines = sessionLines(w, e, f)
	case journal.Cramped:
		lines = crampLines(e, f)
	case journal.Quiet:
		lines = []string{"no cramps, " + told(w.Settings.Calendar, e)}
	case journal.Marked:
		lines = []string{"marked " + safe.Text(f.Mark, mostName)}
	default:
		lines = []string{safe.Text(journal.Words(e.Fact), mostNote)}
	}
	if e.Suspect {
		lines = append(lines, "not counted: the clock looked wrong")
	}
	for i, l := range lines {
		indent := "  "
		if i == 0 {
			indent = ""
		}
		lines[i] = hang(indent, l, width)
	}
	return strings.Join(lines, "\n")
}

func sessionLines(w screen.World, e journal.Entry, f journal.Stretched) []string {
	name := safe.Text(f.Routine, mostName)
	if r, ok := w.Library.Routine(f.Routine); ok {
		name = safe.Text(r.Name, mostName)
	}
	lines := []string{fmt.Sprintf("%s  %s, %s, %d of %d s held", e.At.Format("15:04"), name, f.Outcome, f.HeldS, f.PlannedS)}
	for _, m := range f.Moves {
		stretch := safe.Text(m.Stretch, mostName)
		if s, ok := w.Library.Stretch(m.Stretch); ok {
			stretch = safe.Text(s.Name, mostName)
		}
		lines = append(lines, fmt.Sprintf("%s, %s: %d of %d s", stretch, m.Side, m.HeldS, m.PlannedS))
	}
	return lines
}

// Line says a cramp in one line: its time, place, length and pain. It is safe to
// show.
func Line(e journal.Entry) string {
	c, _ := e.Fact.(journal.Cramped)
	return safe.Text(crampHead(e, c), mostNote)
}

// crampLines say everything that was said of a cramp, and nothing that was not.
func crampLines(e journal.Entry, c journal.Cramped) []string {
	lines := []string{crampHead(e, c)}
	var said []string
	add := func(n *int, form string) {
		if n != nil {
			said = append(said, fmt.Sprintf(form, *n))
		}
	}
	add(c.AwakeMin, "awake %d min")
	if len(c.Helped) > 0 {
		said = append(said, "what helped: "+list(c.Helped))
	}
	add(c.Soreness, "soreness %d of 10")
	add(c.SoreDays, "sore for days: %d")
	if c.Knot != nil {
		said = append(said, map[bool]string{true: "a hard knot", false: "no hard knot"}[*c.Knot])
	}
	if len(said) > 0 {
		lines = append(lines, strings.Join(said, "; "))
	}
	if len(c.Signs) > 0 {
		lines = append(lines, "with it: "+list(c.Signs))
	}
	if c.Note != "" {
		lines = append(lines, "note: "+safe.Text(c.Note, mostNote))
	}
	return lines
}

// crampHead is a cramp's time, place, length and pain.
func crampHead(e journal.Entry, c journal.Cramped) string {
	at := e.At.Format("15:04")
	if c.Untimed {
		at = "time not known"
	}
	place := strings.Join(strings.Fields(c.Side+" "+c.Muscle), " ")
	head := at + "  " + strings.TrimSpace("cramp "+place)
	if c.AtLeast {
		head += ", or more than one"
	}
	if c.LastedS != nil {
		head += ", " + minutes(*c.LastedS) + " min"
	}
	if c.Pain != nil {
		head += fmt.Sprintf(", pain %d of 10", *c.Pain)
	}
	return head
}

// list says words that somebody else may have written.
func list(words []string) string {
	safely := make([]string, len(words))
	for i, word := range words {
		safely[i] = safe.Text(word, mostName)
	}
	return strings.Join(safely, ", ")
}

// minutes are seconds as minutes and seconds: 3:10.
func minutes(seconds int) string { return fmt.Sprintf("%d:%02d", seconds/60, seconds%60) }

// hang wraps a text behind its indent, later lines set in by two cells more.
func hang(indent, text string, width int) string {
	const more = "  "
	lines := strings.Split(widget.Wrap(text, max(1, width-len(indent)-len(more))), "\n")
	return indent + strings.Join(lines, "\n"+indent+more)
}
