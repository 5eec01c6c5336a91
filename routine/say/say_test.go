package say

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/text/language"
)

const spanish = `# a comment
msgid ""
msgstr "Language: es\n"

#: a.go
msgid "night"
msgstr "noche"

msgid "%d night of %s"
msgid_plural "%d nights of %s"
msgstr[0] "%d noche de %s"
msgstr[1] "%d noches de %s"

msgctxt "side"
msgid "left"
msgstr "izquierda"

msgid "%s before %s"
msgstr ""
"%[2]s tras "
"%[1]s"

msgid "%.1f a week"
msgstr "%.1f por semana"

msgctxt "date"
msgid "Mon 2 Jan"
msgstr "Mon, 2 de Jan"

msgctxt "date"
msgid "Wed"
msgstr "mié"

msgctxt "date"
msgid "Mon"
msgstr "lun"

msgctxt "date"
msgid "Thu"
msgstr "jue"

msgctxt "date"
msgid "Nov"
msgstr "nov"

msgid "read %s: %w"
msgstr "al leer %s: %w"
`

func speakSpanish(t *testing.T) {
	t.Helper()
	words := catalogue{}
	if err := words.add(spanish); err != nil {
		t.Fatal(err)
	}
	Use(newLanguage(language.Spanish, words))
	t.Cleanup(func() { Use(nil) })
}

func TestEnglishIsWhatTheCodeSays(t *testing.T) {
	day := time.Date(2026, 11, 25, 3, 10, 0, 0, time.UTC)
	for got, want := range map[string]string{
		Text("night"):          "night",
		Text("%d of %d", 2, 3): "2 of 3",
		Count(1, "%d night of %s", "%d nights of %s", "x"): "1 night of x",
		Count(0, "%d night of %s", "%d nights of %s", "x"): "0 nights of x",
		As("side", "left"):     "left",
		Date(day, "Mon 2 Jan"): "Wed 25 Nov",
		Number("%.1f", 1.5):    "1.5",
		Name("first glass"):    "first glass",
		Key("night").String():  "night",
		fmt.Sprint(Error("read %s: %w", "a file", fs.ErrInvalid)): "read a file: invalid argument",
		Tag(): "en",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestACatalogueSaysItInItsLanguage(t *testing.T) {
	speakSpanish(t)
	day := time.Date(2026, 11, 25, 3, 10, 0, 0, time.UTC)
	for got, want := range map[string]string{
		Text("night"): "noche",
		Count(1, "%d night of %s", "%d nights of %s", "x"):        "1 noche de x",
		Count(0, "%d night of %s", "%d nights of %s", "x"):        "0 noches de x",
		Count(2_000_000, "%d night of %s", "%d nights of %s", ""): "2000000 noches de ",
		Text("left"):                       "left",
		As("side", "left"):                 "izquierda",
		Text("%s before %s", "a", "b"):     "b tras a",
		Text("%.1f a week", 2.5):           "2,5 por semana",
		Number("%5.1f", 1234.5):            "1.234,5",
		Number("%+.0f", 3.0):               "+3",
		Date(day, "Mon 2 Jan"):             "mié, 25 de nov",
		Date(day, "Mon"):                   "mié",
		Date(day, "2006-01-02 15:04"):      "2026-11-25 03:10",
		Date(day, "Mon"):                   "mié",
		Date(day.AddDate(0, 0, 1), "Mon"):  "jue",
		Name("night"):                      "noche",
		Name("somebody's own"):             "somebody's own",
		Text("not in it, %d", 3):           "not in it, 3",
		fmt.Sprintf("%-8s|", Key("night")): "noche   |",
		Tag():                              "es",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if err := Error("read %s: %w", "x", fs.ErrInvalid); !errors.Is(err, fs.ErrInvalid) || !strings.HasPrefix(err.Error(), "al leer x: ") {
		t.Errorf("%v", err)
	}
}

func TestACatalogueThatIsWrongNamesTheLine(t *testing.T) {
	for text, want := range map[string]string{
		"msgid \"a\"\nmsgstr \"b\n":  "line 2",
		"\"a\"\n":                    "belongs to nothing",
		"msgfoo \"a\"\n":             "msgfoo",
		"msgid \"a\"\nmsgid \"b\"\n": "has no msgstr",
		"msgid \"a\"\nmsgstr \"b\"\nmsgid \"a\"\nmsgstr \"c\"\n": "stands twice",
		"msgid \"a\"\n": "has no msgstr",
	} {
		if err := (catalogue{}).add(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	files := fstest.MapFS{"words/es/a.po": {Data: []byte("msgid x\n")}}
	l, err := Open(files, "es")
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Read(); err == nil || !strings.Contains(err.Error(), "words/es/a.po: line 1") {
		t.Errorf("%v", err)
	}
	if _, err := Open(files, "fr"); err == nil || !strings.Contains(err.Error(), "en, es") {
		t.Errorf("%v", err)
	}
}

func TestTheEnvironmentChoosesALanguageThatLullSpeaks(t *testing.T) {
	for _, c := range []struct {
		values []string
		want   string
	}{
		{nil, "en"}, {[]string{"", "", ""}, "en"}, {[]string{"C.UTF-8", "", "es_ES.UTF-8"}, "en"},
		{[]string{"", "", "es_ES.UTF-8"}, "es"}, {[]string{"", "es_MX@euro", "en_US"}, "es"},
		{[]string{"POSIX"}, "en"}, {[]string{"de_DE"}, "en"}, {[]string{"\x1b[2J"}, "en"}, {[]string{"es"}, "es"},
	} {
		if got := Match(c.values...); got != c.want {
			t.Errorf("%q: %s, want %s", c.values, got, c.want)
		}
	}
}

func TestStrangeLettersAreAsWideAndLeaveTheVerbs(t *testing.T) {
	Use(Pseudo())
	t.Cleanup(func() { Use(nil) })
	if got := Text("Kept %d of %s, 100 %% of %[1]d"); got != "Ķéƥť %d óƒ %s, 100 %% óƒ %[1]d" {
		t.Error(got)
	}
	if len(strangeRunes) != len(plainLetters) {
		t.Errorf("%d strange letters for %d", len(strangeRunes), len(plainLetters))
	}
}

func TestOnceReadsAgainInAnotherLanguage(t *testing.T) {
	n := 0
	read := Once(func() (string, error) { n++; return Text("night"), nil })
	for range 3 {
		if s, _ := read(); s != "night" {
			t.Error(s)
		}
	}
	speakSpanish(t)
	for range 3 {
		if s, _ := read(); s != "noche" {
			t.Error(s)
		}
	}
	if n != 2 {
		t.Errorf("read %d times", n)
	}
}

func FuzzCatalogue(f *testing.F) {
	f.Add(spanish)
	f.Add("msgid \"\\x\"\n")
	f.Fuzz(func(t *testing.T, text string) {
		words := catalogue{}
		if words.add(text) == nil {
			Use(newLanguage(language.Spanish, words))
			defer Use(nil)
			for k := range words {
				Text(Key(k))
				Count(3, Key(k), "x")
			}
		}
	})
}
