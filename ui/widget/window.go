package widget

import (
	"strings"

	"lull/ui/theme"
)

// Window shows w by h cells of rows from a scroll on, and says in its last line
// when there is more below. It returns the scroll it used, which is the one
// asked for as far as there are rows.
func Window(th theme.Theme, rows []string, scroll, w, h int) (block string, used int) {
	lines := strings.Split(strings.Join(rows, "\n"), "\n")
	if len(lines) <= h || h < 2 {
		return Clip(strings.Join(lines, "\n"), w, h), 0
	}
	room := h - 1
	used = max(0, min(scroll, len(lines)-room))
	more := ""
	if used+room < len(lines) {
		more = th.Quiet.Render(th.Glyphs.Down + " more below")
	}
	return Clip(strings.Join(lines[used:used+room], "\n"), w, room) + "\n" + Clip(more, w, 1), used
}
