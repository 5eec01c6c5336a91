package diary_test

import (
	"errors"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"

	"lull/routine/journal"
	"lull/ui/diary"
	"lull/ui/uitest"
	"lull/ui/widget"
)

// walks are the ways to every screen of the diary.
var walks = map[string][]string{
	"nights": nil, "filter": {"f", "f", "f", "f"}, "search": {"/", "x"}, "found": {"/", "x", "enter"}, "night": {"down", "enter"}, "empty night": {"enter"},
	"marks": {"m"}, "own mark": {"m", "n"}, "add": {"a"}, "edit": {"down", "enter", "down", "down", "e"}, "what helped": {"a", "down", "down", "down", "down", "down"},
	"signs": {"a", "up", "up"}, "knot": {"a", "up", "up", "up"}, "wrong": {"a", "down", "down", "9", "9", "enter"}, "pause": {"p"}, "no day": {"p", "x", "enter"},
}

// toldNights are nights of which everything was told, with a note.
func toldNights(note, mark, medicine string) []journal.Entry {
	until := back(3)
	return append(weeks(), cramp(1, journal.Cramped{
		Side: "both", Muscle: "quadriceps", LastedS: num(190), Pain: num(10), AwakeMin: num(90), Helped: journal.Helps,
		Signs: journal.CrampSigns, Soreness: num(3), SoreDays: num(2), Note: note, AtLeast: true,
	}),
		uitest.Fact(1, journal.Marked{Mark: mark}), uitest.Fact(1, journal.Marked{Mark: "short-sleep"}), uitest.Fact(1, journal.Quiet{}),
		uitest.Fact(3, journal.Paused{From: back(4), To: &until}), uitest.Fact(3, journal.Medicine{Name: medicine, From: back(9)}))
}

// walked shows every screen of the diary in a body of w by h cells.
func walked(t *testing.T, w, h int, facts []journal.Entry, see func(name, frame string)) {
	t.Helper()
	for name, keys := range walks {
		s := sit(t, facts...)
		s.w.Width, s.w.Height = w, h
		s.keys(keys...)
		see(name, s.frame())
	}
	s := sit(t, facts...)
	s.w.Width, s.w.Height, s.s = w, h, diary.Medicines()
	see("medicines", s.frame())
	s.keys("enter")
	see("medicine", s.frame())
	s = sit(t)
	s.w.Width, s.w.Height = w, h
	see("nothing yet", s.frame())
	s.broken = errors.New("1")
	s.keys("enter")
	see("unread", s.frame())
}

func TestEveryWordOfTheDiaryComesFromTheCatalogue(t *testing.T) {
	uitest.Strange(t)
	for _, size := range [][2]int{{80, 22}, {40, 10}, {160, 46}} {
		walked(t, size[0], size[1], toldNights("xx", "xx", "xx"), func(name, frame string) {
			t.Run(name, func(t *testing.T) { uitest.Unsaid(t, frame, "xx") })
		})
	}
}

func TestNothingInTheDiaryIsCutInSpanishThatIsNotInEnglish(t *testing.T) {
	facts := toldNights("xx", "alcohol", "xx")
	english := map[string]string{}
	walked(t, 80, 22, facts, func(name, frame string) { english[name] = frame })
	uitest.Speak(t, "es")
	walked(t, 80, 22, facts, func(name, frame string) {
		t.Run(name, func(t *testing.T) {
			uitest.Fits(t, frame, 80, 22)
			uitest.Whole(t, frame, english[name])
		})
	})
}

// What was typed from right to left has the cells that it is given: the frame
// around it stays straight.
func TestWordsFromRightToLeftKeepTheFrameStraight(t *testing.T) {
	for _, word := range []string{"שָׁלוֹם עוֹלָם 12", "تشنّج في الساق ١٢", "left \u202eשלום\u202c right"} {
		for _, size := range [][2]int{{80, 22}, {40, 10}, {160, 46}} {
			walked(t, size[0], size[1], toldNights(strings.Repeat(word+" ", 6), word, word), func(name, frame string) {
				t.Run(name, func(t *testing.T) {
					uitest.Fits(t, frame, size[0], size[1])
					s := sit(t)
					for _, line := range strings.Split(widget.Paint(s.w.Theme, frame, size[0], size[1]), "\n") {
						if got := lipgloss.Width(line); got != size[0] {
							t.Errorf("a line has %d cells of %d: %q", got, size[0], line)
						}
					}
					if strings.ContainsAny(frame, "\u202e\u202c") {
						t.Error("a character that turns the direction is on the screen")
					}
				})
			})
		}
	}
}

func TestADayMayBeTypedInThePersonsWords(t *testing.T) {
	uitest.Speak(t, "es")
	for word, want := range map[string]journal.Date{"hoy": back(0), "ayer": back(1), "yesterday": back(1)} {
		if got, err := journal.ParseDay(word, back(0)); err != nil || got != want {
			t.Errorf("%s is %v, %v", word, got, err)
		}
	}
}

func TestALetterChoosesTheWordThatIsShown(t *testing.T) {
	uitest.Speak(t, "es")
	do := adding(t, 3).keys("d", "enter")
	if c, ok := uitest.Recorded(do)[0].(journal.Cramped); !ok || c.Side != "right" {
		t.Errorf("d for derecha wrote down %+v", uitest.Recorded(do))
	}
}
