package widget

import (
	"strings"

	"charm.land/bubbles/v2/key"
	"github.com/charmbracelet/x/ansi"

	"lull/ui/theme"
)

// Choices is one line of w cells with what can be done, the one at the place at
// marked; none is when at is negative. As many as have room stand on a page, and
// the page with the marked one is shown; a mark at its end says that there is
// another.
func Choices(th theme.Theme, bindings []key.Binding, at, w int) string {
	from, to := choicePage(bindings, at, w)
	var line strings.Builder
	for i := from; i < to; i++ {
		if i == at {
			line.WriteString(Mark(th, bindings[i]))
		} else {
			line.WriteString(th.Text.Render("  " + bindings[i].Help().Desc + " "))
		}
	}
	if to < len(bindings) || from > 0 {
		line.WriteString(th.Quiet.Render(th.Glyphs.Ellipsis))
	}
	return fit(line.String(), w)
}

// Mark is how the choice looks that is marked.
func Mark(th theme.Theme, b key.Binding) string {
	return th.Selected.Render(th.Glyphs.Cursor + " " + b.Help().Desc + " ")
}

// ChoiceAt is the place of the choice under column x of Choices with the same
// arguments, or -1.
func ChoiceAt(bindings []key.Binding, at, w, x int) int {
	from, to := choicePage(bindings, at, w)
	for i, left := from, 0; i < to; i++ {
		width := choiceWidth(bindings[i])
		if x >= left && x < left+width {
			return i
		}
		left += width
	}
	return -1
}

// choicePage is the page of choices that holds the one at a place: at least that
// one, however narrow the line.
func choicePage(bindings []key.Binding, at, w int) (from, to int) {
	for from < len(bindings) {
		room := w - 1 // for the mark that there is more
		to = from
		for to < len(bindings) && (to == from || choiceWidth(bindings[to]) <= room) {
			room -= choiceWidth(bindings[to])
			to++
		}
		if at < to {
			return from, to
		}
		from = to
	}
	return 0, 0
}

// choiceWidth is a word with the room for its mark and a cell of air.
func choiceWidth(b key.Binding) int { return markWidth + ansi.StringWidth(b.Help().Desc) + 1 }
