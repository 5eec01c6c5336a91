package report

// prints are the sizes of print, each with how many lines of a list a page of it
// has room for, the largest first; the last takes what there is. Letter is the
// shorter sheet, and letters are wide on some machines: so none is filled to
// its end.
var prints = []struct {
	class string
	lines int
}{
	{"large", 24}, {"middle", 34}, {"small", 0},
}

// inColumn and inPage are how many letters a line of a list has at least, in a
// column and across the page.
const (
	inColumn = 46
	inPage   = 100
)

// print is the largest print in which all of it goes on one page.
func (p Page) print() string {
	lines := 2 * len(p.chart.under(p.taken)) // two columns share what is above them
	for _, part := range p.parts() {
		lines += part.lines(inColumn)
	}
	lines += 2 * p.broughtUp().lines(inPage)
	for _, pr := range prints {
		if lines <= pr.lines {
			return pr.class
		}
	}
	return prints[len(prints)-1].class
}

// lines is how many lines the rows or items take.
func (p part) lines(wide int) int {
	n := len(p.rows)
	for _, it := range p.items {
		n += 1 + columns(it.line())/wide
	}
	return n
}

// under are the medicines of which days lie under the bars.
func (c chart) under(all []medicine) []medicine {
	var drawn []medicine
	for _, m := range all {
		if ended(m.Medicine, c.bars[0].first) == 0 {
			drawn = append(drawn, m)
		}
	}
	return drawn
}
