package uitest

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"lull/assets"
	"lull/routine/say"
)

// Speak has lull speak a language by its tag until the test is over.
func Speak(t testing.TB, tag string) {
	t.Helper()
	l, err := say.Open(assets.Files, tag)
	if err != nil {
		t.Fatal(err)
	}
	say.Use(l)
	t.Cleanup(func() { say.Use(nil) })
}

// Strange has lull speak in strange letters until the test is over: words in
// plain ones come from no catalogue.
func Strange(t testing.TB) {
	say.Use(say.Pseudo())
	t.Cleanup(func() { say.Use(nil) })
}

// plainWords are keys as they stand in hints, and the calendar's names: strange
// letters leave both alone.
var plainWords = strings.Fields("esc enter space tab backspace Mon Tue Wed Thu Fri Sat Sun Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec Mo Tu We Th Fr Sa Su")

var plain = regexp.MustCompile(`[A-Za-z]{2,}`)

// Unsaid fails if words in plain letters stand on the frame, other than names of
// keys and of the calendar, and those that are allowed.
func Unsaid(t testing.TB, frame string, allowed ...string) {
	t.Helper()
	frame = Text(frame)
	for _, word := range plain.FindAllString(frame, -1) {
		if !slices.Contains(plainWords, word) && !slices.Contains(allowed, word) {
			t.Errorf("%q comes from no catalogue:\n%s", word, frame)
		}
	}
}

// Whole fails if more texts are cut short on the frame than on the one in English.
func Whole(t testing.TB, frame, english string) {
	t.Helper()
	const cut = "…"
	if got, most := strings.Count(Text(frame), cut), strings.Count(Text(english), cut); got > most {
		t.Errorf("%d texts are cut short and %d in English:\n%s", got, most, Text(frame))
	}
}
