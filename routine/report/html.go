package report

import (
	"cmp"
	_ "embed"
	"html"
	"strconv"
	"strings"

	"lull/routine/safe"
	"lull/routine/say"
)

// style is the page's style sheet. It asks for nothing from outside.
//
//go:embed page.css
var style string

// policy forbids the page to load anything, to run anything and to send
// anything, whatever gets into it.
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

// builder writes HTML. All text and every attribute go through one of its
// methods, and each of them cleans and escapes.
type builder struct{ strings.Builder }

// open begins an element; attributes are names and values by turns.
func (b *builder) open(tag string, attributes ...string) {
	b.WriteString("<" + tag)
	for i := 0; i+1 < len(attributes); i += 2 {
		b.WriteString(" " + attributes[i] + `="` + escaped(attributes[i+1]) + `"`)
	}
	b.WriteString(">")
}

// close ends an element, and the line where that is no part of the text.
func (b *builder) close(tag string) {
	b.WriteString("</" + tag + ">")
	if !inline[tag] {
		b.WriteString("\n")
	}
}

var inline = map[string]bool{"b": true, "bdi": true, "span": true, "strong": true}

func (b *builder) text(s string) { b.WriteString(escaped(s)) }

// escaped is a text that no reader of HTML takes for anything else, and that
// turns no letters round.
func escaped(s string) string { return html.EscapeString(safe.Lines(s)) }

// element is a whole element with nothing but text in it.
func (b *builder) element(tag, text string, attributes ...string) {
	b.open(tag, attributes...)
	b.text(text)
	b.close(tag)
}

// HTML is the page as a document that stands alone.
func (p Page) HTML() string {
	b := &builder{}
	b.WriteString("<!DOCTYPE")
	b.WriteString(" html>\n")
	b.open("html", "lang", say.Tag())
	b.head()
	b.open("body", "class", p.print())
	b.open("header")
	b.element("h1", title.String())
	b.byline(p)
	b.close("header")
	b.open("main")
	b.summary(p)
	if !p.Empty() {
		b.part(p.broughtUp())
		b.figure(p)
		b.open("div", "class", "parts")
		for _, part := range p.parts() {
			b.part(part)
		}
		b.close("div")
	}
	b.questions()
	b.close("main")
	b.open("footer")
	b.element("p", foot.String())
	b.close("footer")
	b.close("body")
	b.close("html")
	return b.String()
}

func (b *builder) head() {
	b.open("head")
	b.open("meta", "charset", "utf-8")
	b.open("meta", "http-equiv", "Content-Security-Policy", "content", policy)
	b.open("meta", "name", "viewport", "content", strings.Join([]string{"width=device-width", "initial-scale=1"}, ", "))
	b.open("meta", "name", "color-scheme", "content", strings.Join([]string{"light", "dark"}, " "))
	b.element("title", title.String())
	b.open("style")
	b.WriteString(style) // lull's own, as it is
	b.close("style")
	b.close("head")
}

func (b *builder) byline(p Page) {
	b.open("p", "class", "byline")
	if name := p.name(); name != "" {
		b.element("bdi", name)
		b.text(". ")
	}
	b.text(p.span() + ", " + p.made() + ".")
	b.close("p")
}

// summary is the figures at the head of the page.
func (b *builder) summary(p Page) {
	b.open("section", "class", "summary")
	b.element("h2", say.Text("In short"), "class", "unseen")
	if none := p.none(); none != "" {
		b.element("p", none)
	}
	b.open("dl")
	for _, t := range p.tiles() {
		b.open("div")
		b.element("dt", t.name)
		b.open("dd")
		b.element("strong", t.figure)
		b.text(" ")
		b.element("span", t.of)
		b.close("dd")
		b.close("div")
	}
	b.close("dl")
	b.close("section")
}

func (b *builder) part(p part) {
	b.open("section")
	b.element("h2", p.title)
	switch {
	case len(p.rows) > 0:
		b.table(p)
	case len(p.items) > 0:
		b.list(p)
	default:
		b.element("p", cmp.Or(p.none, nothing.String()))
	}
	if p.over != "" {
		b.element("p", p.over, "class", "over")
	}
	b.close("section")
}

func (b *builder) table(p part) {
	b.open("table")
	b.open("thead")
	b.open("tr")
	for _, h := range p.head {
		if h == "" {
			b.open("td")
			b.close("td")
			continue
		}
		b.element("th", h, "scope", "col")
	}
	if p.bars != nil {
		b.element("td", "", "class", "bars")
	}
	b.close("tr")
	b.close("thead")
	b.open("tbody")
	for i, row := range p.rows {
		b.row(p, i, row)
	}
	b.close("tbody")
	b.close("table")
}

func (b *builder) row(p part, i int, row []string) {
	b.open("tr")
	for j, cell := range row {
		if j == 0 {
			b.element("th", cell, "scope", "row")
			continue
		}
		b.element("td", cell)
	}
	if p.bars != nil {
		b.open("td", "class", "bars")
		b.level(p.bars[i], p.bars)
		b.close("td")
	}
	b.close("tr")
}

// level draws a number beside itself, as long as it is great.
func (b *builder) level(n int, all []int) {
	const width, height = 100, 8
	most := 1
	for _, other := range all {
		most = max(most, other)
	}
	b.open("svg", "viewBox", "0 0 100 8", "preserveAspectRatio", "none", "aria-hidden", "true", "focusable", "false")
	b.element("rect", "", "class", "bar", "width", strconv.Itoa(width*n/most), "height", strconv.Itoa(height))
	b.close("svg")
}

func (b *builder) list(p part) {
	b.open("ul")
	for _, it := range p.items {
		b.open("li")
		if it.lead != "" {
			b.element("b", it.lead)
			b.text(" ")
		}
		if it.typed != "" {
			b.element("bdi", it.typed)
			b.text(" ")
		}
		b.text(it.words)
		b.close("li")
	}
	b.close("ul")
}

// questions are lines to be filled in.
func (b *builder) questions() {
	b.open("section", "class", "questions")
	b.element("h2", say.Text("What a clinician may ask"))
	b.open("ol")
	for _, q := range questions {
		b.open("li")
		b.element("span", q.String())
		b.element("span", "", "class", "line")
		b.close("li")
	}
	b.close("ol")
	b.close("section")
}
