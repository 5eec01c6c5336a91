package report

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"lull/routine/safe"
	"lull/routine/say"
)

// Eighty is how many columns the text has at most.
const Eighty = 80

// Text is the page as plain text, in lines that can be read aloud.
func (p Page) Text() string {
	t := &lines{}
	t.add(title.String())
	t.wrap("", strings.TrimPrefix(p.name()+". ", ". ")+p.span()+", "+p.made()+".")
	t.add("")
	if none := p.none(); none != "" {
		t.wrap("", none)
		t.add("")
	}
	for _, f := range p.tiles() {
		t.wrap("", f.name+": "+f.figure+" ("+f.of+")")
	}
	if !p.Empty() {
		t.part(p.broughtUp())
		t.chart(p)
		for _, part := range p.parts() {
			t.part(part)
		}
	}
	t.heading(say.Text("What a clinician may ask"))
	for i, q := range questions {
		t.add(fmt.Sprintf("%2d. %s", i+1, q))
		t.add("    " + strings.Repeat("_", Eighty-8))
	}
	t.add("")
	t.wrap("", foot.String())
	return safe.Lines(strings.Join(t.all, "\n")) + "\n"
}

// lines is a text in the making.
type lines struct{ all []string }

func (t *lines) add(line string) { t.all = append(t.all, strings.TrimRight(line, " ")) }

func (t *lines) heading(words string) {
	t.add("")
	t.add(words)
	t.add(strings.Repeat("-", columns(words)))
}

// wrap adds a text with so much before its first line, and as many spaces
// before the others.
func (t *lines) wrap(before, text string) {
	indent := strings.Repeat(" ", columns(before))
	for _, line := range wrapped(text, Eighty-len(indent)) {
		t.add(before + line)
		before = indent
	}
}

func (t *lines) part(p part) {
	t.heading(p.title)
	switch {
	case len(p.rows) > 0:
		t.table(p)
	case len(p.items) > 0:
		for _, it := range p.items {
			t.wrap("- ", it.line())
		}
	default:
		t.add(cmp.Or(p.none, nothing.String()))
	}
	if p.over != "" {
		t.wrap("", p.over)
	}
}

// line is an item in one.
func (it item) line() string {
	words := []string{}
	for _, w := range []string{it.lead, it.typed} {
		if w != "" {
			words = append(words, w)
		}
	}
	if len(words) == 0 {
		return it.words
	}
	return strings.Join(words, " ") + ": " + it.words
}

// table sets cells below each other; all of its words are the page's own and
// short.
func (t *lines) table(p part) {
	rows := append([][]string{p.head}, p.rows...)
	widths := make([]int, len(p.head))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], columns(cell))
		}
	}
	for n, row := range rows {
		line := ""
		for i, cell := range row {
			line += padded(cell, widths[i]) + "  "
		}
		if p.bars != nil && n > 0 {
			line += hashes(p.bars[n-1], p.bars)
		}
		t.add(line)
	}
}

// mostHashes is how long the longest bar of a text is.
const mostHashes = 24

// hashes is a number as a bar: one sign for each, or in proportion where that
// would be too long.
func hashes(n int, all []int) string {
	most := mostHashes
	for _, other := range all {
		most = max(most, other)
	}
	return strings.Repeat("#", (n*mostHashes+most-1)/most)
}

// chart lists the bars, and under each the medicines that began or ended then.
func (t *lines) chart(p Page) {
	c := p.chart
	t.heading(c.unit.title.String())
	counts := make([]int, len(c.bars))
	wide, named := 2, 19
	for i, b := range c.bars {
		named = max(named, columns(c.label(i, true)))
		counts[i] = b.cramps
		wide = max(wide, len(strconv.Itoa(b.known)))
	}
	for i, b := range c.bars {
		words := padded(c.label(i, true), named) + " " + say.Text("%s of %s known", fmt.Sprintf("%*d", wide, b.known), nights(b.nights)) + "  "
		if b.known == 0 {
			t.add(words + say.Text("unknown") + b.pausedWords("  "))
		} else {
			t.add(words + fmt.Sprintf("%3d ", b.cramps) + hashes(b.cramps, counts) + b.pausedWords("  "))
		}
		for _, m := range p.taken {
			t.turn(m, b)
		}
	}
	if c.left > 0 {
		t.wrap("", say.Text("The last %d are shown, %d before them are not.", len(c.bars), c.left))
	}
}

// turn says that a medicine began or ended in the nights of a bar.
func (t *lines) turn(m medicine, b bar) {
	name := m.letter + " " + typed(m.Name, longMedicine)
	if m.From >= b.first && m.From <= b.last {
		t.wrap("    > ", say.Text("%s begun %s", name, day(m.From)))
	}
	if m.To != nil && *m.To >= b.first && *m.To <= b.last {
		t.wrap("    < ", say.Text("%s until %s", name, day(*m.To)))
	}
}

// wrapped breaks a text at its spaces into lines of so many columns, and a word
// that is longer where the line ends.
func wrapped(text string, width int) []string {
	var all []string
	line, used := "", 0
	for _, word := range strings.Fields(text) {
		for _, piece := range broken(word, width) {
			n := columns(piece)
			switch {
			case line == "":
				line, used = piece, n
			case used+1+n <= width:
				line, used = line+" "+piece, used+1+n
			default:
				all = append(all, line)
				line, used = piece, n
			}
		}
	}
	return append(all, line)
}

func broken(word string, width int) []string {
	var pieces []string
	start, used := 0, 0
	for i, r := range word {
		if n := column(r); used+n > width {
			pieces = append(pieces, word[start:i])
			start, used = i, n
		} else {
			used += n
		}
	}
	return append(pieces, word[start:])
}

// padded fills a text up to so many columns.
func padded(s string, wide int) string {
	return s + strings.Repeat(" ", max(0, wide-columns(s)))
}

func columns(s string) int {
	n := 0
	for _, r := range s {
		n += column(r)
	}
	return n
}

// firstWide is where letters begin that some terminals draw two columns wide.
const firstWide = 0x1100

// column is how many columns a letter has at most, in any terminal: a line may
// end early, and never goes on too long.
func column(r rune) int {
	switch {
	case unicode.Is(unicode.Mn, r) && !unicode.Is(unicode.Variation_Selector, r):
		return 0
	case r >= firstWide:
		return 2
	}
	return 1
}
