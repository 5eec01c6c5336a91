package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"lull/routine/journal"
	"lull/routine/review"
	"lull/routine/safe"
	"lull/routine/say"
)

// part is one part of the page: a table with a head, or a list, and what its
// numbers are over.
type part struct {
	title string
	over  string
	none  string // said where there is nothing to list
	head  []string
	rows  [][]string
	bars  []int // one for each row, where the rows are drawn as bars too
	items []item
}

// item is a line of a list: the page's own word, what the person typed, and
// what is said of it.
type item struct{ lead, typed, words string }

// parts are what the page tells below its chart, in order, but for what the
// entries brought up: that is long and has the whole width.
func (p Page) parts() []part {
	return []part{p.places(), p.hours(), p.spreads(), p.helped(), p.sessions(), p.marks(), p.medicines()}
}

// places sets the cramps of each muscle and leg beside how long it was held.
func (p Page) places() part {
	part := part{
		title: say.Text("Side and muscle"),
		over: say.Text("Where: told of %d of %d cramps. Held: the time it was stretched, on %d of all %s.", p.figures.Places.Of, p.figures.Cramps,
			len(p.held), nights(p.nights())),
		head: []string{say.Text("muscle"), say.As("column", "left"), say.As("column", "right"), say.As("column", "both")},
	}
	sides := slices.Clone(journal.CrampSides)
	if slices.ContainsFunc(p.figures.Places.Count, func(c review.Place) bool { return c.Side == "" }) {
		sides, part.head = append(sides, ""), append(part.head, say.Text("side?"))
	}
	part.head = append(part.head, say.Text("held left"), say.Text("held right"))
	for _, muscle := range append(slices.Clone(journal.Muscles), "") {
		row, any := []string{muscleWord(muscle)}, false
		for _, side := range sides {
			n := p.crampsAt(side, muscle)
			row, any = append(row, strconv.Itoa(n)), any || n > 0
		}
		for _, side := range []string{"left", "right"} {
			s := p.heldAt(side, muscle)
			row, any = append(row, heldWord(s)), any || s > 0
		}
		if any {
			part.rows = append(part.rows, row)
		}
	}
	return part
}

func (p Page) crampsAt(side, muscle string) int {
	for _, c := range p.figures.Places.Count {
		if c.Side == side && c.Muscle == muscle {
			return c.Cramps
		}
	}
	return 0
}

func (p Page) heldAt(side, muscle string) int {
	for _, h := range p.figures.Held {
		if h.Side == side && h.Muscle == muscle {
			return h.HeldS
		}
	}
	return 0
}

func heldWord(seconds int) string {
	if seconds == 0 {
		return "-"
	}
	return length(float64(seconds))
}

// times are the hours that are counted together, in the order of a night.
var times = []struct {
	from, to int // hours of the clock
}{{12, 22}, {22, 24}, {0, 2}, {2, 4}, {4, 6}, {6, 8}, {8, 12}}

func oclock(hour int) string { return fmt.Sprintf("%02d:00", hour) }

func (p Page) hours() part {
	h := p.figures.Hours
	part := part{
		title: say.Text("Time of night"),
		over:  say.Text("When they began: known of %d of %d cramps.", h.Of, p.figures.Cramps),
		head:  []string{say.Text("between"), say.Text("cramps")},
	}
	if h.Of == 0 {
		return part
	}
	for _, t := range times {
		n := 0
		for hour := t.from; hour < t.to; hour++ {
			n += h.Count[hour]
		}
		part.rows = append(part.rows, []string{say.Text("%s to %s", oclock(t.from), oclock(t.to)), strconv.Itoa(n)})
		part.bars = append(part.bars, n)
	}
	part.trim()
	return part
}

// trim takes the rows without anything off both ends.
func (p *part) trim() {
	for p.bars[0] == 0 {
		p.rows, p.bars = p.rows[1:], p.bars[1:]
	}
	for last := len(p.bars) - 1; p.bars[last] == 0; last-- {
		p.rows, p.bars = p.rows[:last], p.bars[:last]
	}
}

func (p Page) spreads() part {
	minutes := func(m float64) string { return length(60 * m) }
	part := part{
		title: say.Text("Length, pain, sleep lost"),
		over:  say.Text("The last column says of how many cramps each was told."),
		head:  []string{"", say.Text("median"), say.Text("range"), say.Text("cramps")},
	}
	if p.figures.Cramps > 0 {
		part.rows = [][]string{
			p.spreadRow("length", p.figures.LastedS, length),
			p.spreadRow("pain, 0 to 10", p.figures.Pain, number),
			p.spreadRow("time awake", p.figures.AwakeMin, minutes),
		}
	}
	return part
}

const mostWords = 5 // helps or marks that are named

// helped says what was named as a help. What was tried in vain was never asked.
func (p Page) helped() part {
	h := p.figures.Helped
	part := part{
		title: say.Text("What was tried and helped"),
		over:  say.Text("Told of %d of %d cramps; what was tried in vain is not asked.", h.Of, p.figures.Cramps),
	}
	for _, t := range h.Count[:min(len(h.Count), mostWords)] {
		words := say.Text("%d of %d", t.N, h.Of)
		if t.Word == "nothing" {
			words = say.Text("%s (nothing helped)", words)
		}
		part.items = append(part.items, item{typed: typed(say.Name(t.Word), longWord), words: words})
	}
	part.andMore(len(h.Count)-mostWords, "%d more word", "%d more words")
	return part
}

func (p Page) sessions() part {
	kept, of := p.kept()
	part := part{title: say.Text("Stretching before bed"), none: say.Text("No session is recorded for these nights.")}
	if of == 0 && len(p.held) == 0 {
		return part
	}
	counted, other, rest := p.heldIn()
	words := say.Text("on %d of %s since the first: %d complete, %d in part", kept, nights(of), p.states[review.Kept], p.states[review.Partly])
	if n := p.states[review.Paused]; n > 0 {
		words += "; " + say.Text("%d set aside are not counted", n)
	}
	part.items = []item{
		{lead: say.Text("sessions"), words: words},
		{lead: say.Text("held"), words: say.Text("%d seconds (%s) on the same %s", counted, length(float64(counted)), nights(kept))},
	}
	if rest > 0 {
		part.items = append(part.items, item{
			lead: say.Text("also held"), words: say.Text("%d seconds on %s that were paused or stopped early", other, nights(rest)),
		})
	}
	if open, any := p.source.Book.OpenPause(p.source.To); any {
		part.over = open.Words()
	}
	return part
}

func (p Page) marks() part {
	part := part{title: say.Text("Marks"), over: say.Text("Nights the person marked, of %d. A mark is no cause.", p.nights())}
	all := p.figures.Marks
	for _, m := range all[:min(len(all), mostWords)] {
		part.items = append(part.items, item{typed: typed(say.Name(m.Mark), longWord), words: nights(m.Nights)})
	}
	part.andMore(len(all)-mostWords, "%d more mark", "%d more marks")
	return part
}

func (p Page) medicines() part {
	part := part{title: say.Text("Medicines, as the person typed them"), none: say.Text("None is written down.")}
	for _, m := range p.taken {
		part.items = append(part.items, item{m.letter, typed(m.Name, longMedicine), m.days()})
	}
	part.andMore(p.untold, "%d more medicine", "%d more medicines")
	return part
}

func (p Page) broughtUp() part {
	part := part{
		title: say.Text("Warning signs in these nights"),
		none:  say.Text("None of the signs that lull looks for."),
		over:  say.Text("By rules of lull, from the entries of these nights alone."),
	}
	for _, f := range p.flags[:min(len(p.flags), mostFlags)] {
		part.items = append(part.items, item{lead: f.sign, words: f.dated() + ": " + safe.Text(f.why, longWhy)})
	}
	part.andMore(len(p.flags)-mostFlags, "%d more sign", "%d more signs")
	return part
}

// mostDates is how many dates of a sign are listed.
const mostDates = 4

// dated lists when a sign came up.
func (f flag) dated() string {
	words := strings.Join(f.on[:min(len(f.on), mostDates)], ", ")
	if more := len(f.on) - mostDates; more > 0 {
		words = say.Text("%s and %d more", words, more)
	}
	return words
}

// andMore says how many the page has no room for.
func (p *part) andMore(n int, one, many say.Key) {
	if n > 0 {
		p.items = append(p.items, item{words: say.Text("and %s that this page has no room for", say.Count(n, one, many))})
	}
}

// typed is a text of the person in the middle of the page. It is never nothing.
func typed(s string, limit int) string {
	return cmp.Or(strings.TrimSpace(safe.Text(strings.TrimSpace(s), limit)), say.Text("(nothing that can be seen)"))
}

// nothing is said where a part has nothing else to say.
const nothing say.Key = "Nothing is written down."
