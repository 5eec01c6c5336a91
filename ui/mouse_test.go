package ui_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"lull/routine/journal/journaltest"
	"lull/ui"
	"lull/ui/uitest"
)

// click presses the mouse where a text stands in the window.
func (e *evening) click(text string) {
	e.t.Helper()
	x, y := uitest.Spot(e.t, e.frame(), text)
	e.send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
}

// hint presses the mouse on a hint of the footer.
func (e *evening) hint(text string) {
	e.t.Helper()
	frame := e.frame()
	last := strings.LastIndex(frame, "\n") + 1
	x, _ := uitest.Spot(e.t, frame[last:], text)
	e.send(tea.MouseClickMsg{X: x, Y: strings.Count(frame, "\n"), Button: tea.MouseLeft})
}

func TestAClickOnATabOpensIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		e.click("Checklist")
		e.see("Checklist, today")
		e.click("1 Tonight")
		e.see("Tonight, Sun 22")
		e.leave()
	})
}

func TestAClickOnAHintDoesWhatItsKeyDoes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		e.hint("w add a drink")
		e.see("1 of 6")
		time.Sleep(8 * time.Second)
		e.hint("? help")
		e.see("Keys that work here")
		e.click("Keys that work here")
		e.miss("Keys that work here")
		e.hint("space understood")
		time.Sleep(8 * time.Second) // until the notice has gone
		e.hint("space start")
		e.see("GET READY RIGHT LEG")
		e.leave()
	})
}

func TestAClickOnAHintWorksForEveryKeyThatCanBeSet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, key := range []string{"f5", "pgdown", "ctrl+w", "alt+w", "shift+f3", "insert", "ä", ";"} {
			e := begin(t, &journaltest.Mem{}, func(d *ui.Deps) { d.Settings.Keys = map[string][]string{"drink": {key}} })
			e.hint(key + " add a drink")
			if !strings.Contains(uitest.Text(e.frame()), "1 of 6") {
				t.Errorf("a click on the hint of %s does nothing", key)
			}
			e.leave()
		}
	})
}

func TestAClickOnANoticeDoesNotPressWhatItHides(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		x, y := uitest.Spot(t, e.frame(), "w add a drink")
		e.press("w")
		e.see("u takes it back")
		e.send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
		if got := len(e.facts()); got != 1 {
			t.Errorf("%d glasses are ticked", got)
		}
		e.see("? help") // the notice has gone
		e.leave()
	})
}

func TestOtherMouseButtonsDoNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		x, y := uitest.Spot(t, e.frame(), "w add a drink")
		for _, button := range []tea.MouseButton{tea.MouseRight, tea.MouseMiddle, tea.MouseBackward} {
			e.send(tea.MouseClickMsg{X: x, Y: y, Button: button})
		}
		e.see("0 of 6")
		e.leave()
	})
}
