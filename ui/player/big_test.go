package player_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"lull/ui/uitest"
)

// The windows of 40x12, 80x24 and 160x50, without what the program keeps for
// itself.
var bodies = [][2]int{{40, 11}, {76, 23}, {156, 49}}

func TestASessionThatBeginsBigFillsTheWindowAndNamesThePhaseAndTheLeg(t *testing.T) {
	for _, size := range bodies {
		during(t, func(t *testing.T) {
			w := welcomed(t, size[0], size[1])
			w.Settings.BigCount = true
			phases(t, w, func(word string, s *sitter) {
				frame := uitest.Text(s.frame())
				head, rest, _ := strings.Cut(frame, "\n")
				if !strings.HasPrefix(head, word+" ") || !strings.HasSuffix(head, " LEG  Sound on") {
					t.Errorf("at %v the first line of %s is %q", size, word, head)
				}
				if wide, high := extent(rest); wide < size[0]*2/3 && high < size[1]*2/3 {
					t.Errorf("at %v the count of %s takes %dx%d", size, word, wide, high)
				}
			})
		})
	}
}

// extent is how many columns and rows are not empty.
func extent(frame string) (wide, high int) {
	for line := range strings.Lines(frame) {
		line = strings.TrimRight(line, " \n")
		wide = max(wide, ansi.StringWidth(strings.TrimLeft(line, " ")))
		if line != "" {
			high++
		}
	}
	return wide, high
}

func TestTheBigCountGoesBackToTheFigureWithOneKey(t *testing.T) {
	during(t, func(t *testing.T) {
		w := welcomed(t, 100, 30)
		w.Settings.BigCount = true
		s := begin(t, w, "trial")
		s.miss("gastrocnemius")
		s.press("z")
		s.see("gastrocnemius")
	})
}

// From across the room the word at the top is small: the count itself tells a
// rest and a pause from a hold where there is colour.
func TestTheBigCountOfAPauseLooksUnlikeThatOfAHold(t *testing.T) {
	during(t, func(t *testing.T) {
		w := welcomed(t, 100, 30)
		w.Settings.BigCount, w.Heard = true, withPlayer
		looks := map[string]string{}
		phases(t, w, func(word string, s *sitter) {
			_, rest, _ := strings.Cut(s.frame(), "\n")
			at := strings.IndexAny(rest, "█▀▄")
			style := rest[strings.LastIndex(rest[:at], "\x1b["):at]
			for other, look := range looks {
				if other == "HOLD" && look == style {
					t.Errorf("%s looks like %s: %q", word, other, style)
				}
			}
			looks[word] = style
		})
	})
}
