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
		title: "Side and muscle",
		over: fmt.Sprintf("Where: told of %d of %d cramps. Held: the time it was stretched, on %d of %s.", p.figures.Places.Of, p.figures.Cramps,
			len(p.heldOn), plural(p.nights(), "night")),
		head: []string{"muscle", "left", "right", "both"},
	}
	sides := slices.Clone(journal.CrampSides)
	if slices.ContainsFunc(p.figures.Places.Count, func(c review.Place) bool { return c.Side == "" }) {
		sides, part.head = append(sides, ""), append(part.head, "side?")
	}
	part.head = append(part.head, "held left", "held right")
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
	name     string
	from, to int // hours of the clock
}{
	{"12:00 to 22:00", 12, 22}, {"22:00 to 24:00", 22, 24}, {"00:00 to 02:00", 0, 2}, {"02:00 to 04:00", 2, 4},
	{"04:00 to 06:00", 4, 6}, {"06:00 to 08:00", 6, 8}, {"08:00 to 12:00", 8, 12},
}

func (p Page) hours() part {
	h := p.figures.Hours
	part := part{
		title: "Time of night",
		over:  fmt.Sprintf("When they began: known of %d of %d cramps.", h.Of, p.figures.Cramps),
		head:  []string{"between", "cramps"},
	}
	if h.Of == 0 {
		return part
	}
	for _, t := range times {
		n := 0
		for hour := t.from; hour < t.to; hour++ {
			n += h.Count[hour]
		}
		part.rows = append(part.rows, []string{t.name, strconv.Itoa(n)})
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
		title: "Length, pain, sleep lost",
		over:  "The last column says of how many cramps each was told.",
		head:  []string{"", "median", "range", "cramps"},
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
		title: "What was tried and helped",
		over:  fmt.Sprintf("Told of %d of %d cramps; what was tried in vain is not asked.", h.Of, p.figures.Cramps),
	}
	for _, t := range h.Count[:min(len(h.Count), mostWords)] {
		words := fmt.Sprintf("%d of %d", t.N, h.Of)
		if t.Word == "nothing" {
			words += " (nothing helped)"
		}
		part.items = append(part.items, item{typed: typed(t.Word, longWord), words: words})
	}
	part.andMore(len(h.Count)-mostWords, "word")
	return part
}

func (p Page) sessions() part {
	kept, of := p.kept()
	part := part{title: "Stretching before bed", none: "No session is recorded for these nights."}
	if of == 0 && p.held == 0 {
		return part
	}
	words := fmt.Sprintf("on %d of %s since the first: %d complete, %d in part", kept, plural(of, "night"), p.states[review.Kept], p.states[review.Partly])
	if n := p.states[review.Paused]; n > 0 {
		words += fmt.Sprintf("; %d set aside are not counted", n)
	}
	part.items = []item{{lead: "sessions", words: words}, {lead: "held", words: fmt.Sprintf("%d seconds in all (%s), over %s", p.held, length(float64(p.held)), plural(len(p.heldOn), "night"))}}
	return part
}

func (p Page) marks() part {
	part := part{title: "Marks", over: fmt.Sprintf("Nights the person marked, of %d. A mark is no cause.", p.nights())}
	all := p.figures.Marks
	for _, m := range all[:min(len(all), mostWords)] {
		part.items = append(part.items, item{typed: typed(m.Mark, longWord), words: plural(m.Nights, "night")})
	}
	part.andMore(len(all)-mostWords, "mark")
	return part
}

func (p Page) medicines() part {
	part := part{title: "Medicines, as the person typed them", none: "None is written down."}
	for _, m := range p.taken {
		part.items = append(part.items, item{m.letter, typed(m.Name, longMedicine), m.days()})
	}
	part.andMore(p.untold, "medicine")
	return part
}

func (p Page) broughtUp() part {
	part := part{
		title: "What the entries brought up",
		none:  "None of the signs that lull looks for.",
		over:  fmt.Sprintf("By lull's own rules, read from the ten weeks to %s, single cramps from the last four.", day(p.source.To)),
	}
	for _, f := range p.flags[:min(len(p.flags), mostFlags)] {
		words := safe.Text(f.why, longWhy)
		if f.more > 0 {
			words += fmt.Sprintf(" The newest of %d like it.", f.more+1)
		}
		part.items = append(part.items, item{lead: f.sign, words: words})
	}
	part.andMore(len(p.flags)-mostFlags, "sign")
	return part
}

// andMore says how many the page has no room for.
func (p *part) andMore(n int, what string) {
	if n > 0 {
		p.items = append(p.items, item{words: fmt.Sprintf("and %s that this page has no room for", plural(n, "more "+what))})
	}
}

// typed is a text of the person in the middle of the page. It is never nothing.
func typed(s string, limit int) string {
	return cmp.Or(strings.TrimSpace(safe.Text(strings.TrimSpace(s), limit)), "(nothing that can be seen)")
}

// nothing is said where a part has nothing else to say.
const nothing = "Nothing is written down."
