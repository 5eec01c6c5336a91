package widget

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"lull/ui/theme"
)

// Listing is the visible part of a list: lines of equal width, and for each of
// them the index of the row it belongs to, or -1 for a line below the last.
type Listing struct {
	Lines []string
	Owner []int
}

// String is the listing as a block.
func (l Listing) String() string { return strings.Join(l.Lines, "\n") }

// At is the row under line y of the listing, or -1.
func (l Listing) At(y int) int {
	if y < 0 || y >= len(l.Owner) {
		return -1
	}
	return l.Owner[y]
}

// markWidth is the room of the cursor mark and of the scroll marks.
const markWidth = 2

// Rows shows as many of the rows as w by h cells have room for, the one under
// the cursor always among them and in the middle where it can be. A row may
// have several lines. The cursor shows by a mark and by the Selected style,
// which replaces the row's own; -1 is no cursor. Arrows at the right edge say
// that there is more.
func Rows(th theme.Theme, rows []string, cursor, w, h int) Listing {
	if w <= 0 || h <= 0 {
		return Listing{}
	}
	all := unroll(rows)
	top := scrollTop(all.Owner, cursor, h)
	above, below := top > 0, top+h < len(all.Lines)
	room := w
	if above || below {
		room = w - markWidth
	}
	var out Listing
	for y := range h {
		line, owner := "", -1
		if at := top + y; at < len(all.Lines) {
			line, owner = all.Lines[at], all.Owner[at]
			first := at == 0 || all.Owner[at-1] != owner
			line = rowLine(th, line, owner == cursor, first, room)
		}
		more := ""
		switch {
		case y == 0 && above:
			more = " " + th.Quiet.Render(th.Glyphs.Up)
		case y == h-1 && below:
			more = " " + th.Quiet.Render(th.Glyphs.Down)
		}
		out.Lines = append(out.Lines, fit(fit(line, room)+more, w))
		out.Owner = append(out.Owner, owner)
	}
	return out
}

// rowLine puts the mark, or the room for it, before one line of a row.
func rowLine(th theme.Theme, line string, selected, first bool, w int) string {
	if !selected {
		return spaces(markWidth) + Line(th, line, w-markWidth)
	}
	mark := spaces(markWidth)
	if first {
		mark = th.Glyphs.Cursor + " "
	}
	return th.Selected.Render(fit(mark+Line(th, ansi.Strip(line), w-markWidth), w))
}

// unroll lists every line of every row with its owner.
func unroll(rows []string) Listing {
	var l Listing
	for i, row := range rows {
		for line := range strings.SplitSeq(row, "\n") {
			l.Lines = append(l.Lines, line)
			l.Owner = append(l.Owner, i)
		}
	}
	return l
}

// scrollTop is the first visible line: the cursor's row in the middle, but no
// empty room while there are lines to show.
func scrollTop(owner []int, cursor, h int) int {
	first, last := -1, -1
	for i, o := range owner {
		if o == cursor {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 {
		return 0
	}
	top := first - max(h-(last-first+1), 0)/2
	return max(min(top, len(owner)-h), 0)
}
