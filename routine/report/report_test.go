package report_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
	"lull/routine/report"
	"lull/routine/watch"
)

// typing is what a person may type or import.
func typing() *rapid.Generator[string] {
	return rapid.OneOf(rapid.SampledFrom(hostile), rapid.String(), rapid.StringOfN(rapid.RuneFrom(nil, unicode.Han, unicode.Mn, unicode.So, unicode.Arabic), 0, 78, -1))
}

// drawnHome has nights, marks, helps and medicines with the texts that say
// gives for the first, the second and so on.
func drawnHome(t testing.TB, r *rapid.T, say func(i int) string) *home {
	h := newHome(t, rapid.IntRange(1, 40).Draw(r, "nights"))
	for i := range rapid.IntRange(0, 12).Draw(r, "facts") {
		night := tonight - 1 - journal.Date(rapid.IntRange(0, int(h.to-h.from)).Draw(r, "night"))
		word := short(fmt.Sprint(i, say(i)))
		last := night + 3
		h.add(night, 1, []journal.Fact{
			journal.Marked{Mark: word}, journal.Cramped{Note: word, Helped: []string{word}}, journal.Quiet{},
			journal.Medicine{Name: word, From: night}, journal.Medicine{Name: word, From: night, To: &last},
		}[rapid.IntRange(0, 4).Draw(r, "kind")])
	}
	h.name = fmt.Sprint("0", say(12))
	return h
}

func TestNoLineOfTheTextIsWiderThanEightyColumns(t *testing.T) {
	check := func(t interface{ Fatalf(string, ...any) }, page report.Page) {
		for line := range strings.Lines(page.Text()) {
			line = strings.TrimSuffix(line, "\n")
			if n := max(ansi.StringWidth(line), ansi.StringWidthWc(line)); n > report.Eighty {
				t.Fatalf("%d columns: %q", n, line)
			}
			if strings.ContainsFunc(line, func(r rune) bool { return !unicode.IsPrint(r) && !unicode.Is(unicode.Cf, r) }) {
				t.Fatalf("it holds what cannot be seen: %q", line)
			}
		}
	}
	for _, h := range homes {
		check(t, h(t).page())
	}
	rapid.Check(t, func(r *rapid.T) {
		check(r, drawnHome(t, r, func(int) string { return typing().Draw(r, "text") }).page())
	})
}

// Whatever is typed, the page has the same elements and attributes as with
// plain words.
func TestNothingTypedBecomesPartOfTheMarkup(t *testing.T) {
	class := regexp.MustCompile(`class="(large|middle|small)"`)
	marks := func(page report.Page) [3]int {
		markup := class.ReplaceAllString(page.HTML(), "")
		return [3]int{strings.Count(markup, "<"), strings.Count(markup, ">"), strings.Count(markup, `"`)}
	}
	rapid.Check(t, func(r *rapid.T) {
		h := drawnHome(t, r, func(int) string { return typing().Draw(r, "text") })
		s := h.source()
		got, page := marks(report.New(s)), report.New(s).HTML()
		s.Name = "plain"
		for i := range s.Medicines {
			s.Medicines[i].Name = "plain"
		}
		for i, e := range s.Facts {
			switch f := e.Fact.(type) {
			case journal.Marked:
				f.Mark = fmt.Sprint("plain", i)
				s.Facts[i].Fact = f
			case journal.Cramped:
				f.Helped = []string{fmt.Sprint("plain", i)}
				s.Facts[i].Fact = f
			}
		}
		if want := marks(report.New(s)); got != want {
			r.Fatalf("%v signs of markup, want %v, in\n%s", got, want, page)
		}
	})
}

// elements reads a page as strictly as XML and gives what was opened.
func elements(t *testing.T, page string) []xml.StartElement {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(page))
	d.Strict, d.AutoClose, d.Entity = false, []string{"meta"}, xml.HTMLEntity
	var all []xml.StartElement
	var open []string
	for {
		token, err := d.Token()
		switch {
		case errors.Is(err, io.EOF):
			if len(open) > 0 {
				t.Errorf("%v are never closed", open)
			}
			return all
		case err != nil:
			t.Fatalf("%v in\n%s", err, page)
		}
		switch e := token.(type) {
		case xml.StartElement:
			all, open = append(all, e.Copy()), append(open, e.Name.Local)
		case xml.EndElement:
			if len(open) == 0 || open[len(open)-1] != e.Name.Local {
				t.Fatalf("%s is closed inside %v", e.Name.Local, open)
			}
			open = open[:len(open)-1]
		}
	}
}

var allowed = map[string][]string{
	"html": {"lang"}, "meta": {"charset", "http-equiv", "content", "name"}, "th": {"scope"},
	"svg": {"viewBox", "role", "aria-labelledby", "preserveAspectRatio", "aria-hidden", "focusable"}, "title": {"id"}, "desc": {"id"},
	"rect": {"class", "x", "y", "width", "height", "rx"}, "line": {"class", "x1", "y1", "x2", "y2"}, "text": {"class", "x", "y"},
	"body": {"class"}, "section": {"class"}, "div": {"class"}, "p": {"class"}, "span": {"class"}, "td": {"class"}, "h2": {"class"},
}

var bare = strings.Fields("head style header h1 main dl dt dd strong figure figcaption details summary table thead tbody tr ul ol li b bdi footer")

func TestThePageStandsAlone(t *testing.T) {
	for name, h := range homes {
		page := h(t).page().HTML()
		count := map[string]int{}
		for _, e := range elements(t, page) {
			tag := e.Name.Local
			count[tag]++
			attributes, known := allowed[tag]
			if !known && !slices.Contains(bare, tag) {
				t.Errorf("%s: there is a <%s>", name, tag)
			}
			for _, a := range e.Attr {
				if !slices.Contains(attributes, a.Name.Local) {
					t.Errorf("%s: <%s> has %s=%q", name, tag, a.Name.Local, a.Value)
				}
			}
			if tag == "th" && (len(e.Attr) != 1 || e.Attr[0].Value != "col" && e.Attr[0].Value != "row") {
				t.Errorf("%s: a header of a table has no scope: %v", name, e.Attr)
			}
		}
		if count["main"] != 1 || count["header"] != 1 || count["footer"] != 1 || count["h1"] != 1 || count["style"] != 1 {
			t.Errorf("%s: landmarks are %v", name, count)
		}
		style, _, _ := strings.Cut(page, "</style>")
		for _, outside := range []string{"url(", "@import", "@font-face", "http:", "https:", "//"} {
			if strings.Contains(style, outside) {
				t.Errorf("%s: the head holds %s", name, outside)
			}
		}
		for _, want := range []string{`<html lang="en">`, `content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;`, "@media print", "prefers-color-scheme: dark"} {
			if !strings.Contains(style, want) {
				t.Errorf("%s: the head has no %s", name, want)
			}
		}
	}
}

// A diary of ten nights, worked out by hand: three quiet ones, two with three
// cramps in all, five of which nothing is known. What lies before and after them
// is not on the page.
func tenNights(t testing.TB) *home {
	h := newHome(t, 10)
	for _, ago := range []journal.Date{9, 5, 2} {
		h.add(tonight-ago, 9, journal.Quiet{})
	}
	s, pain, awake := []int{60, 200, 601}, []int{4, 9}, 25
	h.add(tonight-8, 4.5, journal.Cramped{Side: "left", Muscle: "calf", LastedS: &s[0], Pain: &pain[0], Helped: []string{"stretch", "walk"}})
	h.add(tonight-8, 6, journal.Cramped{Side: "left", Muscle: "calf", LastedS: &s[1], Pain: &pain[1], AwakeMin: &awake, Helped: []string{"stretch"}})
	h.add(tonight-3, 4.75, journal.Cramped{Muscle: "foot", LastedS: &s[2], AtLeast: true})
	h.add(tonight-9, 0, journaltest.Session("trial", journal.Complete, 120))
	h.add(tonight-7, 0, journaltest.Session("trial", journal.Partial, 30))
	h.add(tonight-6, 0, journal.Marked{Mark: "alcohol"})
	h.add(tonight-40, 0, journal.Marked{Mark: "before-the-page"}, journaltest.Cramp(3))
	h.add(tonight, 1, journaltest.Session("trial", journal.Complete, 90), journal.Cramped{LastedS: &s[2], AtLeast: true})
	return h.take("water tablet", tonight-4, nil)
}

func TestEveryNumberSaysOverHowMany(t *testing.T) {
	text := tenNights(t).page().Text()
	for _, want := range []string{
		"Nights of 12 Nov 2026 to 21 Nov 2026, written down and made with lull on 22 Nov",
		"Nights known: 5 (of 10 nights; 5 unknown)",
		"Cramps: 3 (over 5 known nights, too few for a week; perhaps more on 1 night)",
		"Nights with cramps: 2 (of 5 known nights; 3 quiet)",
		"week of 9 Nov 2026   2 of 4 nights known    2 ##",
		"week of 16 Nov 2026  3 of 6 nights known    1 #",
		"    > A water tablet begun 18 Nov 2026",
		"calf       2     0      0     0      2 min 30 s  -",
		"foot       0     0      0     1      -           -",
		"Where: told of 3 of 3 cramps.", "on 2 of all 10", "When they began: known of 3 of 3 cramps.",
		"02:00 to 04:00  2       ##", "04:00 to 06:00  1       #",
		"length         3 min 20 s  1 min to 10 min 1 s  3 of 3",
		"pain, 0 to 10  6.5         4 to 9               2 of 3", "time awake     25 min      25 min to 25 min     1 of 3",
		"- stretch: 2 of 2", "- walk: 1 of 2", "Told of 2 of 3 cramps",
		"- sessions: on 2 of 9 nights since the first: 1 complete, 1 in part", "- held: 150 seconds (2 min 30 s) on the same 2 nights",
		"- alcohol: 1 night", "Nights the person marked, of 10.", "- A water tablet: since 18 Nov 2026",
		"- A cramp of ten minutes or more: 19 Nov 2026: The cramp in", "Not reviewed by", "nights are not quiet nights",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the text does not say %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "before-the-page") {
		t.Error("a night before the page is on it")
	}
}

func TestBothFormsSayTheSame(t *testing.T) {
	tag := regexp.MustCompile(`<[^>]*>`)
	for _, name := range []string{"a quarter", "one night", "two years", "six weeks"} {
		page := homes[name](t).page()
		shown := html.UnescapeString(tag.ReplaceAllString(page.HTML(), " "))
		var lost []string
		for _, word := range strings.Fields(strings.ReplaceAll(page.Text(), ":", " ")) {
			if word = strings.Trim(word, ".,;()#_-><"); word != "" && word != "begun" && word != "until" && !strings.Contains(shown, word) {
				lost = append(lost, word)
			}
		}
		slices.Sort(lost)
		if lost = slices.Compact(lost); len(lost) > 0 {
			t.Errorf("%s: the text says %q and the html does not", name, lost)
		}
	}
}

func TestCrampsAreGivenByTheWeekFromFourteenLoggedNightsOn(t *testing.T) {
	h := newHome(t, 20)
	h.add(tonight-1, 3, journaltest.Cramp(5), journaltest.Cramp(5))
	for ago := 2; ago <= 15; ago++ {
		h.add(tonight-journal.Date(ago), 9, journal.Quiet{})
		want := map[int]string{
			13: "Cramps: 2 (over 13 known nights, too few for a week)",
			14: "Cramps a week: 1.0 (2 cramps over 14 known nights)", 15: "Cramps a week: 0.9 (2 cramps over 15 known nights)",
		}[ago]
		if text := h.page().Text(); !strings.Contains(text, want) {
			t.Errorf("%d nights do not say %q:\n%s", ago, want, text)
		}
	}
}

func TestWithFewCrampFreeNightsThePageLeadsWithTheLeastRate(t *testing.T) {
	h := newHome(t, 91)
	for ago := journal.Date(1); ago <= 91; ago += 3 {
		h.add(tonight-ago, 3, journaltest.Cramp(5))
	}
	for form, text := range map[string]string{"text": strings.Join(strings.Fields(h.page().Text()), " "), "html": h.page().HTML()} {
		for _, want := range []string{"at least 2.4", "31 cramps over 31 known nights, all 91 nights counted. Up to 7.0 if the other nights were like the logged ones. Few cramp-free nights are logged."} {
			if !strings.Contains(text, want) {
				t.Errorf("the %s does not say %q:\n%.900s", form, want, text)
			}
		}
	}
}

func TestAnUnknownNightIsNeverAQuietOne(t *testing.T) {
	h := newHome(t, 14)
	h.add(tonight-1, 9, journal.Quiet{})
	text, page := h.page().Text(), h.page().HTML()
	if !strings.Contains(text, "week of 9 Nov 2026   0 of 7 nights known  unknown") || !strings.Contains(text, "Nights known: 1 (of 14 nights; 13 unknown)") {
		t.Error(text)
	}
	if !strings.Contains(page, ">?</text>") || !strings.Contains(page, "<td>unknown</td>") {
		t.Error(page)
	}
}

func TestAPageWithoutNightsSaysSoAndHasTheQuestions(t *testing.T) {
	h := homes["empty"](t)
	const sentence = "Nothing is written down for these nights yet, so there is nothing to count."
	for _, text := range []string{h.page().Text(), h.page().HTML()} {
		if !strings.Contains(text, sentence) || !strings.Contains(text, "Numbness, tingling or burning?") || strings.Contains(text, "Cramps per") {
			t.Error(text)
		}
	}
	if strings.Contains(homes["one night"](t).page().Text(), sentence) {
		t.Error("one night is not nothing")
	}
}

func TestNobodyIsNamedUnasked(t *testing.T) {
	h := tenNights(t)
	if !strings.HasPrefix(h.page().Text(), "Night leg cramps: a diary\nNights of ") {
		t.Error(h.page().Text())
	}
	h.name = " Anna & Jan "
	if !strings.Contains(h.page().Text(), "\nAnna & Jan. Nights of") || !strings.Contains(h.page().HTML(), "<bdi>Anna &amp; Jan</bdi>. Nights of") {
		t.Error(h.page().Text(), h.page().HTML())
	}
}

func TestALongHistoryIsDrawnByMonthsAndThenByYears(t *testing.T) {
	for _, c := range []struct {
		nights, bars int
		unit, note   string
	}{
		{1, 1, "week", ""}, {7, 2, "week", ""}, {363, 52, "week", ""}, {364, 13, "month", ""}, {730, 25, "month", ""},
		{1574, 52, "month", ""}, {1575, 5, "year", ""}, {36500, 52, "year", "The last 52 are shown, 49 before them are not."},
	} {
		h := newHome(t, c.nights)
		h.add(h.to, 3, journaltest.Cramp(1))
		text := h.page().Text()
		if n := strings.Count(text, " known  "); n != c.bars || !strings.Contains(text, "Cramps per "+c.unit+"\n") || !strings.Contains(text, c.note) {
			t.Errorf("%d nights are %d bars, want %d of a %s:\n%.900s", c.nights, n, c.bars, c.unit, text)
		}
	}
}

func TestTheMedicinesOfAPageAreThoseBegunByItsEnd(t *testing.T) {
	h, last := newHome(t, 30), tonight-200
	h.add(tonight-2, 0, journal.Quiet{})
	h.take("later", tonight+3, nil).take("over", tonight-300, &last)
	for i := range 8 {
		h.take(fmt.Sprintf("taken-%d", i), tonight-journal.Date(10*i+5), nil)
	}
	text := h.page().Text()
	for want, is := range map[string]bool{
		"- A taken-7: since 8 Sep 2026": true, "- H taken-0: since 17 Nov 2026": true, "and 1 more medicine that this page has no room for": true,
		"over": false, "later": false,
	} {
		_, list, _ := strings.Cut(text, "Medicines, as the person typed them")
		list, _, _ = strings.Cut(list, "What a clinician")
		if strings.Contains(list, want) != is {
			t.Errorf("%q: want %v in %s", want, is, list)
		}
	}
}

// An old sign on the page of last week, or one of half a year ago left out of the
// page of that time, would mislead a doctor.
func TestTheSignsOfAPageAreThoseOfItsNightsWithTheirDates(t *testing.T) {
	h := newHome(t, 91)
	swollen := journal.Cramped{Side: "left", Signs: []string{"swollen"}}
	h.add(tonight-80, 3, swollen)
	h.add(tonight-10, 3, journal.Cramped{Signs: []string{"numb"}})
	h.add(tonight-95, 3, journal.Cramped{Signs: []string{"weak"}})
	page := h.page()
	for form, text := range map[string]string{"text": page.Text(), "html": page.HTML()} {
		signs, chart := strings.Index(text, "Warning signs in these nights"), strings.Index(text, "Cramps per week")
		if signs < 0 || signs > chart {
			t.Errorf("the %s has the signs at %d, the chart at %d", form, signs, chart)
		}
		for want, is := range map[string]bool{"3 Sep 2026": true, "12 Nov 2026": true, "19 Aug 2026": false, "no room": false} {
			if strings.Contains(text, want) != is {
				t.Errorf("the %s says %q: want %v:\n%.1500s", form, want, is, text)
			}
		}
	}
	h.from = tonight - 7
	h.add(tonight-2, 9, journal.Quiet{})
	if text := h.page().Text(); !strings.Contains(text, "None of the signs that lull looks for.") {
		t.Errorf("a page of one week has signs:\n%s", text)
	}
}

func TestSessionsAndHeldSecondsAreOverTheSameNights(t *testing.T) {
	h, to := newHome(t, 20), tonight-11
	h.add(tonight-15, 9, journal.Quiet{})
	for ago := journal.Date(18); ago > 2; ago-- {
		h.add(tonight-ago, 0, journaltest.Session("trial", journal.Complete, 100))
	}
	h.add(tonight-2, 0, journaltest.Session("trial", journal.Abandoned, 7))
	h.add(tonight-1, 0, journal.Paused{From: tonight - 12, To: &to})
	text := h.page().Text()
	for _, want := range []string{
		"- sessions: on 14 of 16 nights since the first: 14 complete, 0 in part; 2 set", "- held: 1400 seconds (23 min 20 s) on the same 14 nights",
		"- also held: 207 seconds on 3 nights that were paused or stopped early",
		"week of 9 Nov 2026   0 of 7 nights known  unknown  (2 paused)",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the text does not say %q:\n%s", want, text)
		}
	}
	page := h.page().HTML()
	for _, want := range []string{`class="paused"`, "Shaded nights are paused.", "Paused: 10 Nov 2026 to 11 Nov 2026.", "0 of 7 (2 paused)"} {
		if !strings.Contains(page, want) {
			t.Errorf("the html does not say %q", want)
		}
	}
}

func TestAPauseWithoutAnEndIsPointedOut(t *testing.T) {
	h := newHome(t, 20)
	h.add(tonight-15, 0, journal.Paused{From: tonight - 15})
	if text := h.page().Text(); strings.Contains(text, "pause without an end") {
		t.Errorf("nothing was done in it:\n%s", text)
	}
	h.add(tonight-3, 0, journaltest.Session("trial", journal.Complete, 100), journaltest.Session("trial", journal.Partial, 50))
	for _, text := range []string{h.page().Text(), h.page().HTML()} {
		if !strings.Contains(strings.Join(strings.Fields(text), " "), "1 night has a session since a pause without an end began on 7 Nov 2026.") {
			t.Errorf("the pause is not pointed out:\n%s", text)
		}
	}
}

func TestASignIsToldWhetherItWasReadOrNot(t *testing.T) {
	h := newHome(t, 40)
	for i := range journal.Date(28) {
		h.add(tonight-1-i, 3, journaltest.Cramp(3))
	}
	unread := h.page().Text()
	h.add(tonight-1, 4, watch.Trip{Key: "often:2026-11-21"}.Seen())
	if read := h.page().Text(); read != unread || !strings.Contains(read, "Three or more cramps a week for four weeks") {
		t.Errorf("unread:\n%s\nread:\n%s", unread, read)
	}
}

func TestThePageGivesNoAdviceAndNoDiagnosis(t *testing.T) {
	advice := regexp.MustCompile(`(?i)\b(should|must|do not|don't|try to|recommend\w*|emergency|clot|cure\w*|prevent\w*|diagnos\w*|better than|worse than|works|because of)\b`)
	for name, h := range homes {
		if name == "hostile" {
			continue
		}
		if found := advice.FindAllString(h(t).page().Text(), -1); found != nil {
			t.Errorf("%s: the page says %q", name, found)
		}
	}
	say := signWords(t)
	for _, id := range []string{"E3", "U1", "U2", "U8", "R2", "R4", "R6"} {
		h := newHome(t, 1)
		h.add(tonight-1, 3, journal.Cramped{Signs: []string{"bladder"}})
		s := h.source()
		s.Sign = func(string) string { return say(id) }
		if found := advice.FindAllString(report.New(s).Text(), -1); found != nil || say(id) == "" {
			t.Errorf("of %q the page says %q", say(id), found)
		}
	}
}
