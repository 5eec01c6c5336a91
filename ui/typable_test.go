package ui_test

import (
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"

	"lull/routine/journal/journaltest"
	"lull/ui/uitest"
)

func TestWhatIsTypedOrPastedIntoAFieldDoesNotTurnTheLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		e.press("3", "a")
		e.send(tea.KeyPressMsg{Code: 0x202e, Text: "\u202e"})
		e.send(tea.PasteMsg{Content: "blue\u2066 \u200fcup\u2028red"})
		e.see("blue cup red")
		uitest.Misses(t, e.frame(), "\u202e", "\u2066", "\u200f", "\u2028")
		e.press("esc")
		e.leave()
	})
}
