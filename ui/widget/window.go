package widget

import (
	"strings"

	"lull/routine/say"
	"lull/ui/theme"
)

// Below says whether Window has more rows below those that it shows from a scroll
// on.
func Below(rows []string, scroll, h int) bool {
	lines := strings.Count(strings.Join(rows, "\n"), "\n") + 1
	return lines > h && scroll+h-1 < lines
}

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
	if Below(rows, used, h) {
		more = th.Quiet.Render(th.Glyphs.Down + " " + say.Text("more below"))
	}
	return Clip(strings.Join(lines[used:used+room], "\n"), w, room) + "\n" + Clip(more, w, 1), used
}
