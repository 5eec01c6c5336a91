package report

import (
	"fmt"
	"strconv"

	"lull/routine/say"
)

// The chart's measures, in the units of its view box.
const (
	chartWide  = 720
	gutter     = 40 // left of the bars
	plotTop    = 14
	plotBottom = 94
	knownLine  = 106
	labelLine  = 118
	firstRow   = 132 // of the medicines
	rowHigh    = 16  // with a name on it
	lowRow     = 9   // with a letter only
	mostNamed  = 4   // medicines whose names stand on their lines
	widestSlot = 52
	longOnLine = 24 // letters of a medicine's name on its line
)

// drawing is a chart with its scale.
type drawing struct {
	*builder
	page  Page
	slot  float64    // the width of a bar and the space beside it
	taken []medicine // those that are drawn
	top   int        // cramps at the top of the plot
	step  int        // between two lines of the scale
}

// The ids of what names the chart.
var titleID, descID = "chart-title", "chart-desc"

// end and middle are the classes of a text that ends at its place, or has it in
// its middle.
func end(ink string) string    { return ink + " end" }
func middle(ink string) string { return ink + " middle" }

func at(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }

// figure is the chart with its caption and the same numbers as a table.
func (b *builder) figure(p Page) {
	c := p.chart
	d := drawing{builder: b, page: p, slot: min(float64(chartWide-gutter)/float64(len(c.bars)), widestSlot)}
	d.taken = c.under(p.taken)
	d.top, d.step = scale(c.highest())
	b.open("section", "class", "chart")
	b.element("h2", c.unit.title.String())
	b.open("figure")
	b.open("figcaption")
	b.text(p.caption())
	b.close("figcaption")
	b.open("div", "class", "wide")
	d.draw()
	b.close("div")
	b.numbers(p)
	b.close("figure")
	b.close("section")
}

// caption says how the chart is read.
func (p Page) caption() string {
	words := p.chart.unit.caption.String()
	if p.chart.left > 0 {
		words += " " + say.Text("The last %d are drawn, %d before them are not.", len(p.chart.bars), p.chart.left)
	}
	if len(p.chart.pauses) > 0 {
		words += " " + say.Text("Shaded nights are paused.")
	}
	return words
}

// described is the chart for somebody who does not see it.
func (p Page) described() string {
	words := say.Text("%s, %s over %s.", say.Count(len(p.chart.bars), "%d bar", "%d bars"), cramps(p.figures.Cramps), knownNights(p.figures.Known))
	for _, m := range p.taken {
		words += fmt.Sprintf(" %s: %s, %s.", m.letter, typed(m.Name, longMedicine), m.days())
	}
	for _, s := range p.chart.pauses {
		words += " " + say.Text("Paused: %s to %s.", day(s[0]), day(s[1]))
	}
	return words + " " + say.Text("The table after it has the numbers.")
}

// scale is a round number not below n, and the distance of the lines up to it.
func scale(n int) (top, step int) {
	const lines = 4
	for unit := 1; ; unit *= 10 {
		for _, by := range []int{1, 2, 5} {
			if step = unit * by; step*lines >= n {
				return max(step, (n+step-1)/step*step), step
			}
		}
	}
}

func (d drawing) draw() {
	high := labelLine + 4
	if len(d.taken) > 0 {
		high = firstRow + int(d.row())*len(d.taken)
	}
	d.open("svg", "viewBox", fmt.Sprintf("0 0 %d %d", chartWide, high), "role", "img", "aria-labelledby", titleID+" "+descID)
	d.element("title", d.page.chart.unit.title.String(), "id", titleID)
	d.element("desc", d.page.described(), "id", descID)
	d.pauses()
	d.lines()
	for i := range d.page.chart.bars {
		d.bar(i)
	}
	d.labels()
	d.medicines()
	d.close("svg")
}

func (d drawing) say(class string, x, y float64, text string) {
	d.element("text", text, "class", class, "x", at(x), "y", at(y))
}

func (d drawing) rule(class string, x1, y1, x2, y2 float64) {
	d.element("line", "", "class", class, "x1", at(x1), "y1", at(y1), "x2", at(x2), "y2", at(y2))
}

// height is how far above the floor so many cramps are.
func (d drawing) height(n int) float64 {
	return float64(plotBottom-plotTop) * float64(n) / float64(d.top)
}

// pauses shades the nights that are paused, behind the bars.
func (d drawing) pauses() {
	c := d.page.chart
	for _, s := range c.pauses {
		left, right := d.slot*c.place(s[0]), d.slot*c.place(s[1]+1)
		if right > left {
			d.element("rect", "", "class", "paused", "x", at(gutter+left), "y", at(plotTop), "width", at(right-left), "height", at(plotBottom-plotTop))
		}
	}
}

func (d drawing) lines() {
	for n := 0; n <= d.top; n += d.step {
		y := plotBottom - d.height(n)
		d.rule("grid", gutter, y, chartWide, y)
		d.say(end("soft"), gutter-5, y+3, strconv.Itoa(n))
	}
	d.say(end("soft"), gutter-5, knownLine, say.As("chart", "known"))
}

func (d drawing) bar(i int) {
	b := d.page.chart.bars[i]
	left := gutter + d.slot*float64(i)
	centre := left + d.slot/2
	d.say(middle("soft"), centre, knownLine, strconv.Itoa(b.known))
	if b.known == 0 {
		d.say(middle("soft"), centre, plotBottom-4, "?")
		return
	}
	h := d.height(b.cramps)
	if b.cramps > 0 {
		d.element("rect", "", "class", "bar", "x", at(left+d.slot*0.14), "y", at(plotBottom-h), "width", at(d.slot*0.72), "height", at(h), "rx", "1")
	}
	d.say(middle("ink"), centre, plotBottom-h-3, strconv.Itoa(b.cramps))
}

// labels name as many bars as there is room for.
func (d drawing) labels() {
	every := 1
	for float64(every)*d.slot < d.page.chart.unit.wide {
		every++
	}
	for i := 0; i < len(d.page.chart.bars); i += every {
		x := gutter + d.slot*float64(i)
		d.rule("grid", x, plotBottom, x, labelLine)
		d.say("soft", x+3, labelLine, d.page.chart.label(i, false))
	}
}

// medicines draws the days of each as a line below the bars, with a mark where
// it begins and where it ends.
func (d drawing) medicines() {
	c, y := d.page.chart, float64(firstRow)
	for _, m := range d.taken {
		from, to := c.place(m.From), float64(len(c.bars))
		if m.To != nil {
			to = c.place(*m.To + 1)
		}
		d.line(m, gutter+d.slot*from, gutter+d.slot*to, y)
		y += d.row()
	}
}

func (d drawing) line(m medicine, left, right, y float64) {
	bars := d.page.chart.bars
	d.rule("taken", left, y+6, max(right, left+1), y+6)
	if m.From >= bars[0].first {
		d.rule("mark", left, y+2, left, y+9)
	}
	if m.To != nil && *m.To < bars[len(bars)-1].last {
		d.rule("mark", right, y+2, right, y+9)
	}
	switch {
	case !d.named():
		d.say(end("ink"), left-3, y+9, m.letter)
	case left > chartWide*6/10:
		d.say(end("ink"), left-4, y+9, d.words(m))
	default:
		d.say("ink", left+4, y+3, d.words(m))
	}
}

func (d drawing) words(m medicine) string {
	return fmt.Sprintf("%s %s, %s", m.letter, typed(m.Name, longOnLine), m.days())
}

// named says whether the medicines are few enough for their names to be drawn.
func (d drawing) named() bool { return len(d.taken) <= mostNamed }

func (d drawing) row() float64 {
	if d.named() {
		return rowHigh
	}
	return lowRow
}

// numbers are the chart as a table, for the screen: on paper the chart has
// them all.
func (b *builder) numbers(p Page) {
	table := part{head: []string{p.chart.unit.name.String(), say.Text("cramps"), say.Text("nights known")}}
	for i, bar := range p.chart.bars {
		count := strconv.Itoa(bar.cramps)
		if bar.known == 0 {
			count = say.Text("unknown")
		}
		table.rows = append(table.rows, []string{p.chart.label(i, true), count, say.Text("%d of %d", bar.known, bar.nights) + bar.pausedWords(" ")})
	}
	b.open("details")
	b.element("summary", say.Text("The same as a table"))
	b.table(table)
	b.close("details")
}
