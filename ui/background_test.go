package ui_test

import (
	"bytes"
	"fmt"
	"image/color"
	"strings"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"lull/routine/journal/journaltest"
	"lull/ui"
	"lull/ui/theme"
	"lull/ui/uitest"
)

// A terminal that does not tell its background gets one painted: else the text
// can have the colour of what it stands on.
func TestAnUnknownBackgroundIsPainted(t *testing.T) {
	for name, c := range map[string]struct {
		known  theme.Background // by COLORFGBG
		answer color.Color      // nil: the terminal stays silent
		paint  bool
		text   color.Color
	}{
		"silent":                        {0, nil, true, uitest.Theme("dark").Text.GetForeground()},
		"silent, COLORFGBG light":       {theme.LightBackground, nil, false, uitest.Theme("light").Text.GetForeground()},
		"silent, COLORFGBG dark":        {theme.DarkBackground, nil, false, uitest.Theme("dark").Text.GetForeground()},
		"answers white":                 {0, color.White, false, uitest.Theme("light").Text.GetForeground()},
		"answers black":                 {0, color.Black, false, uitest.Theme("dark").Text.GetForeground()},
		"answers white, COLORFGBG dark": {theme.DarkBackground, color.White, false, uitest.Theme("light").Text.GetForeground()},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var out bytes.Buffer
				e := beginOn(t, &out, &journaltest.Mem{}, func(d *ui.Deps) {
					d.Settings.Theme = "auto"
					d.Terminal = ui.Traits{Profile: colorprofile.TrueColor, Ground: true, Background: c.known}
				})
				e.p.Send(tea.ColorProfileMsg{Profile: colorprofile.TrueColor}) // the output is no terminal
				if c.answer != nil {
					e.p.Send(tea.BackgroundColorMsg{Color: c.answer})
					synctest.Wait()
				}
				view := e.view()
				if got := strings.Contains(view.Content, sgr(48, uitest.Theme("dark").Ground)); got != c.paint {
					t.Errorf("cells are painted: %v, want %v", got, c.paint)
				}
				if view.BackgroundColor != nil {
					t.Error("the terminal's own background is set, so that it can no longer be asked for")
				}
				if want := sgr(38, c.text); !strings.Contains(view.Content, want) {
					t.Errorf("no text in the theme's colour %q", want)
				}
			})
		})
	}
}

// sgr is the part of an escape sequence that sets a colour: 38 for text, 48 for
// what it stands on.
func sgr(of int, c color.Color) string {
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("%d;2;%d;%d;%d", of, r>>8, g>>8, b>>8)
}
