package report_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"lull/routine/journal"
	"lull/routine/report"
)

var tags = regexp.MustCompile(`<[^>]*>`)

// kinds are the tags there are, without their attributes.
func kinds(all []string) []string {
	var names []string
	for _, tag := range all {
		name, _, _ := strings.Cut(strings.Trim(tag, "<>"), " ")
		names = append(names, name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// FuzzPage writes pages with any text in every place that holds one: it becomes
// no part of the markup, and nothing of it turns letters round or is obeyed.
func FuzzPage(f *testing.F) {
	for _, s := range []string{"Anna", "<script>", "\"><svg onload=x>", "\x1b]52;c;eA==\x07", "\u202eabc\u2066", "&#x202e;", "\u009b2J\xff", "e\u0301\u0301\u0301\u0301\u0301\u0301", "'\r\n", "\U000e0041"} {
		f.Add(s, s, s)
	}
	home := homes["six weeks"](f)
	whole := home.source()
	page := func(name, medicine, mark string) report.Page {
		s := whole
		s.Facts = slices.Clone(whole.Facts)
		s.Name = name
		s.Medicines = []journal.Medicine{{Name: medicine}}
		for i, e := range s.Facts {
			switch fact := e.Fact.(type) {
			case journal.Marked:
				fact.Mark = mark
				s.Facts[i].Fact = fact
			case journal.Cramped:
				fact.Helped, fact.Note = []string{mark}, mark
				s.Facts[i].Fact = fact
			}
		}
		return report.New(s)
	}
	plain := tags.FindAllString(page("n", "m", "k").HTML(), -1)
	bare := page("n", "m", "k").HTML()
	styleSigns := strings.Count(bare, "<") - strings.Count(bare, ">") // those of the style sheet
	f.Fuzz(func(t *testing.T, name, medicine, mark string) {
		if strings.TrimSpace(name) == "" {
			name = "n"
		}
		p := page(name, medicine, mark)
		html, text := p.HTML(), p.Text()
		if got := tags.FindAllString(html, -1); !slices.Equal(kinds(got), kinds(plain)) {
			t.Fatalf("the kinds of tags are %v, with plain words %v", kinds(got), kinds(plain))
		}
		if opened, closed := strings.Count(html, "<"), strings.Count(html, ">"); opened != closed+styleSigns {
			t.Fatalf("%d tags are opened, %d closed", opened, closed)
		}
		for _, out := range []string{html, text} {
			marks := 0
			for _, r := range out {
				if marks++; !unicode.Is(unicode.M, r) {
					marks = 0
				}
				if marks > 4 || r != '\n' && r != '\u200d' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp) {
					t.Fatalf("the page holds %U", r)
				}
			}
			if !utf8.ValidString(out) {
				t.Fatal("the page is no UTF-8")
			}
		}
	})
}
