package report_test

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"lull/assets"
	"lull/routine/report"
	"lull/routine/say"
)

// plainWords are what strange letters leave alone: the calendar, the name and
// the medicine that were typed, and the id of a routine.
var plainWords = strings.Fields("Sep Oct Nov Dec Jan Feb Mar Apr May Jun Jul Aug Mon Tue Wed Thu Fri Sat Sun water tablet before the page")

func TestEveryWordOfThePageComesFromTheCatalogue(t *testing.T) {
	say.Use(say.Pseudo())
	defer say.Use(nil)
	tag := regexp.MustCompile(`(?s)<style>.*?</style>|<[^>]*>`)
	plain := regexp.MustCompile(`[A-Za-z]{2,}`)
	for name, page := range map[string]report.Page{"ten nights": tenNights(t).page(), "none": newHome(t, 3).page()} {
		for form, text := range map[string]string{"text": page.Text(), "html": html.UnescapeString(tag.ReplaceAllString(page.HTML(), " "))} {
			var stray []string
			for _, word := range plain.FindAllString(text, -1) {
				if !slices.Contains(plainWords, word) {
					stray = append(stray, word)
				}
			}
			if len(stray) > 0 {
				t.Errorf("%s, %s: %q come from no catalogue:\n%s", name, form, stray, text)
			}
		}
	}
}

func TestThePageInSpanishSaysSoAndKeepsToItsColumns(t *testing.T) {
	spanish, err := say.Open(assets.Files, "es")
	if err != nil {
		t.Fatal(err)
	}
	say.Use(spanish)
	defer say.Use(nil)
	page := tenNights(t).page()
	if !strings.Contains(page.HTML(), `<html lang="es">`) {
		t.Error("the page does not say that it is in Spanish")
	}
	text := page.Text()
	for line := range strings.Lines(text) {
		if n := len([]rune(strings.TrimSuffix(line, "\n"))); n > report.Eighty {
			t.Errorf("a line has %d columns: %s", n, line)
		}
	}
	for _, want := range []string{"Noches del 12 nov 2026 al 21 nov 2026", "dolor, 0 a 10", "6,5", "Noches con datos: 5"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q:\n%s", want, text)
		}
	}
}
