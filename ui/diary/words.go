package diary

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"lull/routine/journal"
	"lull/routine/safe"
	"lull/routine/say"
	"lull/ui/screen"
	"lull/ui/widget"
)

const (
	mostName = 40  // runes of a name that somebody else may have written
	mostNote = 500 // runes of a note
)

// nightWords names a night, with the year if it is another than this one.
func nightWords(w screen.World, night journal.Date) string {
	return night.WithYear(night.NightWords(), w.Now)
}

// crampCount says how many cramps a night had, if anybody said so.
func crampCount(n journal.Night, facts []journal.Entry) string {
	more := slices.ContainsFunc(facts, func(e journal.Entry) bool {
		c, ok := e.Fact.(journal.Cramped)
		return ok && c.AtLeast
	})
	switch {
	case n.Cramps > 0 && more:
		return say.Text("%d+ cramps", n.Cramps)
	case n.Cramps > 0:
		return say.Count(n.Cramps, "%d cramp", "%d cramps")
	case n.Quiet:
		return say.Text("no cramps")
	}
	return say.Text("unknown")
}

// atOnce is how soon after it a cramp is written down by somebody who is awake
// with it.
const atOnce = 30 * time.Minute

// how says by what a night is known: nothing for one that is not.
func how(calendar journal.Calendar, facts []journal.Entry) say.Key {
	best := say.Key("")
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
	atNight   say.Key = "recorded at night"
	byMorning say.Key = "told in the morning"
	later     say.Key = "told later"
)

// inShort are the same where there is less room.
var inShort = map[say.Key]say.Key{atNight: "at night", byMorning: "by morning", later: "later"}

// told says when an answer for its night was given. The id tells when a fact was
// written, wherever its own instant lies.
func told(calendar journal.Calendar, e journal.Entry) say.Key {
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
		lines = []string{say.Text("no cramps, %s", told(w.Settings.Calendar, e))}
	case journal.Marked:
		lines = []string{say.Text("marked %s", safe.Text(say.Name(f.Mark), mostName))}
	default:
		lines = []string{safe.Text(journal.Words(e.Fact), mostNote)}
	}
	if e.Suspect {
		lines = append(lines, say.Text("not counted: the clock looked wrong"))
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
	lines := []string{e.At.Format("15:04") + "  " + say.Text("%s, %s, %d of %d s held", name, say.Name(string(f.Outcome)), f.HeldS, f.PlannedS)}
	for _, m := range f.Moves {
		stretch := safe.Text(m.Stretch, mostName)
		if s, ok := w.Library.Stretch(m.Stretch); ok {
			stretch = safe.Text(s.Name, mostName)
		}
		lines = append(lines, say.Text("%s, %s: %d of %d s", stretch, say.Name(m.Side), m.HeldS, m.PlannedS))
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
	add := func(n *int, form say.Key) {
		if n != nil {
			said = append(said, say.Text(form, *n))
		}
	}
	add(c.AwakeMin, "awake %d min")
	if len(c.Helped) > 0 {
		said = append(said, say.Text("what helped: %s", list(c.Helped)))
	}
	add(c.Soreness, "soreness %d of 10")
	add(c.SoreDays, "sore for days: %d")
	if c.Knot != nil {
		said = append(said, map[bool]say.Key{true: "a hard knot", false: "no hard knot"}[*c.Knot].String())
	}
	if len(said) > 0 {
		lines = append(lines, strings.Join(said, "; "))
	}
	if len(c.Signs) > 0 {
		lines = append(lines, say.Text("with it: %s", list(c.Signs)))
	}
	if c.Note != "" {
		lines = append(lines, say.Text("note: %s", safe.Text(c.Note, mostNote)))
	}
	return lines
}

// crampHead is a cramp's time, place, length and pain.
func crampHead(e journal.Entry, c journal.Cramped) string {
	at := e.At.Format("15:04")
	if c.Untimed {
		at = say.Text("time not known")
	}
	head := at + "  " + journal.CrampWords(c)
	if c.AtLeast {
		head += ", " + say.Text("or more than one")
	}
	if c.LastedS != nil {
		head += ", " + say.Text("%s min", minutes(*c.LastedS))
	}
	if c.Pain != nil {
		head += ", " + say.Text("pain %d of 10", *c.Pain)
	}
	return head
}

// list says words that somebody else may have written.
func list(words []string) string {
	safely := make([]string, len(words))
	for i, word := range words {
		safely[i] = safe.Text(say.Name(word), mostName)
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
