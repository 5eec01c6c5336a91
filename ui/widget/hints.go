package widget

import (
	"strings"

	"charm.land/bubbles/v2/key"
	"github.com/charmbracelet/x/ansi"

	"lull/ui/theme"
)

// hint is one binding in the footer, from column x on.
type hint struct {
	binding key.Binding
	x, w    int
}

// Footer is one line of w cells with the help of the enabled bindings. Where
// there is no room hints are left out whole, from the end; the one for the key
// stays, that of help, is always there.
func Footer(th theme.Theme, bindings []key.Binding, stays string, w int) string {
	var line strings.Builder
	at := 0
	for _, h := range hints(bindings, stays, w) {
		help := h.binding.Help()
		line.WriteString(spaces(h.x-at) + th.Accent.Render(help.Key) + " " + th.Quiet.Render(help.Desc))
		at = h.x + h.w
	}
	return fit(line.String(), w)
}

// HintAt is the binding under column x of Footer with the same arguments.
func HintAt(bindings []key.Binding, stays string, w, x int) (key.Binding, bool) {
	for _, h := range hints(bindings, stays, w) {
		if x >= h.x && x < h.x+h.w {
			return h.binding, true
		}
	}
	return key.Binding{}, false
}

// hints lays the footer out: room for the hint that stays is set aside first.
func hints(bindings []key.Binding, stays string, w int) []hint {
	var placed []hint
	var last *hint
	room := w
	for _, b := range bindings {
		if b.Enabled() && b.Help().Key == stays {
			last = &hint{binding: b, w: hintWidth(b)}
			room -= last.w + gap
		}
	}
	at := 0
	for _, b := range bindings {
		if !b.Enabled() || b.Help().Key == "" || b.Help().Key == stays {
			continue
		}
		width := hintWidth(b)
		if at+width > room {
			break
		}
		placed = append(placed, hint{b, at, width})
		at += width + gap
	}
	if last != nil && at+last.w <= max(w, last.w) {
		last.x = at
		placed = append(placed, *last)
	}
	return placed
}

func hintWidth(b key.Binding) int {
	return ansi.StringWidth(b.Help().Key) + 1 + ansi.StringWidth(b.Help().Desc)
}
