package plain_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"lull/assets"
	"lull/routine/guide"
	"lull/routine/journal"
	"lull/routine/journal/journaltest"
	"lull/routine/say"
)

// plainly are the words that may be read out in plain letters, each with the
// reason.
var plainly = map[string]string{
	"lull":                               "a name",
	"ml min":                             "units",
	"trial seated mine gentle pregnancy": "ids of routines, which are typed",
	"Mine":                               "a routine of the person's own",
	"big mug":                            "an item of the person's own",
	"socks":                              "an item of the person's own",
	"dolores":                            "a note of the person's own",
	"amlo":                               "a medicine, as the person typed it",
	"xyzzy foo":                          "what was typed, repeated",
	"magnesio":                           "what was looked for, repeated",
	"long standing hard exercise alcohol medicine short sleep":                    "marks, which are typed",
	"Mon Tue Wed Thu Fri Sat Sun Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec": "the calendar's, which has a catalogue of its own that the strange language leaves",
}

// settingWords are typed too, but only where settings are changed.
const settingWords = "auto dark light night hour contrast none en es half blocks ascii off counts names full tones bell true false left one both theme bed an ear"

// typed is what stands in a sentence to be typed as it is: a command after a colon
// or in backquotes, and the ends of ids.
var typed = regexp.MustCompile("`[^`]*`|: lull( [-\\w.:='\"]+)+|\\b[0-9a-f]{8}\\b|watch:[-\\w:]+|(glass|extra)-[0-9]+")

// sourceMark is what stands before a work in the guide's list of sources.
var sourceMark = regexp.MustCompile(`^S[0-9]+b? *`)

var twoLetters = regexp.MustCompile(`[A-Za-z]{2,}`)

// unsaid are the words of a text that came from no catalogue.
func unsaid(text, cited, more string) map[string]string {
	allowed := map[string]bool{}
	for w := range strings.FieldsSeq(more) {
		allowed[w] = true
	}
	for words := range plainly {
		for w := range strings.FieldsSeq(words) {
			allowed[w] = true
		}
	}
	found := map[string]string{}
	for line := range strings.Lines(text) {
		if strings.Contains(cited, strings.TrimSpace(sourceMark.ReplaceAllString(line, ""))) {
			continue
		}
		for _, w := range twoLetters.FindAllString(typed.ReplaceAllString(line, " "), -1) {
			if !allowed[w] {
				found[w] = line
			}
		}
	}
	return found
}

// works are those that the guide names as its sources, as their authors do.
func works(t *testing.T) string {
	t.Helper()
	g, err := guide.Open(assets.Files)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, c := range g.Cards() {
		for _, s := range c.Sources {
			all = append(all, strings.Join(s.Text, " "))
		}
	}
	return strings.Join(all, "\n")
}

// walks are ways through lull in lines that come to every menu, every question and
// every answer to what is wrong. What is typed is English, which is understood in
// every language.
var walks = map[string][]string{
	"the evening":   {"?", "xyzzy", "99", "water", "u", "!", "tonight", "morning", "lull", "lull start", "lull cramp --note 'open", "lull log"},
	"the routines":  {"stretch", "?", "tonight 2", "1", "?", "2", "questions", "b"},
	"the list":      {"list", "?", "1", "1", "", "list", "glass", "day 1", "day 9", "day 0", "add water big mug 300", "add bedtime socks", "add", "edit 1 big mug 400", "remove 3", "higher 2", "higher 99"},
	"the diary":     {"diary", "?", "find", "find xyzzy", "", "older", "newer", "pauses", "4", "?", "none", "1", "remove", "mark alcohol", "mark", "", "mark xyzzy", "1", "?", "", "b"},
	"a cramp":       {"diary", "2", "add", "left", "9", "calf", "eleven", "7", "4", "4m", "15m", "1 2", "25:00", "03:10", "3", "2", "yes", "swollen both-legs", "dolores", "2", "?", "edit", "?", "1", "right", "3", "none", "10", "no", "6", "rub", "", "1", "?", "", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u", "?", "yes", "u", "no"},
	"a pause":       {"diary", "3", "pause", "xyzzy", "pause", "2026-12-01", "b", "pauses", "1", "1", "?", "edit", "2026-11-21", "2026-11-30", "1", "edit", "", "none", "1", "remove", "b"},
	"the review":    {"review", "?", "", "?", "before", "", "before", "0010200100000x", "experiment", "report", "", "", "", "", ""},
	"the guide":     {"guide", "?", "find magnesio", "", "find xyzzy", "", "1", "?", "", "", "", "", ""},
	"the settings":  {"settings", "?", "medicines", "lull medicine amlo --from 2026-08-03", "medicines", "2", "xyzzy", "2", "dark", "3", "", "20", "99:99", "b"},
	"the questions": {"questions", "?", "xyzzy", "no", "no", "no", "no", "yes", "99", "30", "yes", "1", "no", "no", "no", "no", "no", "yes", "9", "1 2", "?", "routine", "questions", "b"},
	"a sign now":    {"questions", "yes", "stretch", "1", "?", "", "b"},
	"a cramp now":   {"c", "m", "2", "", "c", "!", "", "c", "q"},
}

// In the middle of a session every deed is done once.
var seat = []string{"", "?", "xyzzy", "", "", "where", "how", "figure", "more", "easier", "skip", "back", "!", "", "c", "", "", "leave", "", "", "skip", "skip", "skip", "skip", "skip", "skip"}

// What is read out in plain letters while lull speaks in strange ones came from no
// catalogue.
func TestEverythingReadOutComesFromACatalogue(t *testing.T) {
	cited := works(t)
	walk := func(name, start string, at time.Time, lines []string) {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				say.Use(say.Pseudo())
				defer say.Use(nil)
				m, mem := journaltest.NewMaker(t, 1), &journaltest.Mem{}
				if _, err := mem.Append(t.Context(), m.At(-24, journal.Quiet{}), m.At(-48, journal.Cramped{Muscle: "calf"})); err != nil {
					t.Fatal(err)
				}
				v := come(t, mem, &config{}, at, start)
				said := v.types(lines...)
				said += v.after(2 * time.Minute)
				v.over()
				more := ""
				if name == "the settings" {
					more = settingWords
				}
				found := unsaid(said, cited, more)
				words := make([]string, 0, len(found))
				for w := range found {
					words = append(words, w)
				}
				slices.Sort(words)
				for _, w := range words {
					t.Errorf("%q came from no catalogue: %s", w, found[w])
				}
			})
		})
	}
	for name, lines := range walks {
		walk(name, "", evening, lines)
	}
	walk("a session", "mine", evening, seat)
	walk("the question of the morning", "", time.Date(2026, 11, 23, 7, 0, 0, 0, evening.Location()), []string{"?", "xyzzy", "2", "?", "", "1", "done", "no"})
}
