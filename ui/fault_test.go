package ui_test

import (
	"fmt"
	"testing"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"lull/assets"
	"lull/routine/body"
	"lull/routine/journal/journaltest"
	"lull/routine/settings"
	"lull/ui"
	"lull/ui/screen"
	"lull/ui/uitest"
)

// falls is a screen with a fault whose words quote a note.
type falls struct{ in string }

const quoted = "note \x1b]52;c;eA==\x07\u202e"

func (f *falls) Update(_ screen.World, msg tea.Msg) screen.Do {
	if _, pressed := msg.(tea.KeyPressMsg); pressed && f.in == "update" {
		panic(quoted)
	}
	return screen.Do{}
}

func (f *falls) Draw(screen.World) string {
	if f.in == "draw" {
		panic(fmt.Errorf("it says: %s", quoted))
	}
	return "all is well"
}

func (f *falls) Help(screen.World) []key.Binding { return nil }

// What is printed of a fault goes to a terminal that nobody cleans for.
func TestAFaultIsToldInWordsFitForATerminal(t *testing.T) {
	for in, want := range map[string]string{"update": "note ␛]52;c;eA==␇", "draw": "it says: note ␛]52;c;eA==␇"} {
		r := ui.New(ui.Deps{
			Log: &journaltest.Mem{}, Now: func() time.Time { return uitest.Evening }, Steady: func() time.Duration { return 0 },
			Library: uitest.Library(t), Figures: body.Open(assets.Files), Settings: settings.Default(),
			Tabs: func() []ui.Tab { return []ui.Tab{{Name: "Falls", Screen: &falls{in}}} },
		})
		r.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
		func() {
			defer func() {
				if got := recover(); got != want {
					t.Errorf("in %s: %q, want %q", in, got, want)
				}
			}()
			r.Update(tea.KeyPressMsg{Code: 'x', Text: "x"})
			r.View()
			t.Errorf("in %s: it did not fall", in)
		}()
	}
}
