package checklist_test

import (
	"strings"
	"testing"

	"charm.land/lipgloss/v2"

	"lull/ui/checklist"
	"lull/ui/uitest"
	"lull/ui/widget"
)

// What is written from right to left has the cells that it is given: the frame
// around it stays straight.
func TestNamesFromRightToLeftKeepTheFrameStraight(t *testing.T) {
	for _, name := range []string{"כּוֹס רִאשׁוֹנָה 1", "كأسٌ من الماء ١", strings.Repeat("מים ", 20)} {
		for _, size := range [][2]int{{80, 22}, {40, 10}, {160, 46}} {
			w := uitest.World(t, size[0], size[1])
			w.Settings.Water[0].Name, w.Settings.Bedtime[0].Name = name, name
			s := checklist.New()
			for _, keys := range [][]string{nil, {"e"}} {
				uitest.Keys(w, s, keys...)
				frame := s.Draw(w)
				uitest.Fits(t, frame, size[0], size[1])
				for _, line := range strings.Split(widget.Paint(w.Theme, frame, size[0], size[1]), "\n") {
					if got := lipgloss.Width(line); got != size[0] {
						t.Errorf("a line has %d cells of %d: %q", got, size[0], line)
					}
				}
			}
		}
	}
}
