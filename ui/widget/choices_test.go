package widget_test

import (
	"fmt"
	"strings"
	"testing"

	"charm.land/bubbles/v2/key"
	"github.com/charmbracelet/x/ansi"

	"lull/ui/uitest"
	"lull/ui/widget"
)

func choices(n int) []key.Binding {
	bs := make([]key.Binding, n)
	for i := range bs {
		bs[i] = key.NewBinding(key.WithKeys(fmt.Sprint(i)), key.WithHelp(fmt.Sprint(i), fmt.Sprintf("choice number %d", i)))
	}
	return bs
}

// Whatever the width, the line is as wide as it is asked for, the marked choice
// is on it if one is, and a click on it finds it.
func TestTheMarkedChoiceIsInSightAndFoundByAClick(t *testing.T) {
	th := uitest.Theme("dark")
	for _, n := range []int{0, 1, 3, 20} {
		for w := 1; w <= 120; w += 7 {
			for at := -1; at < n; at++ {
				line := widget.Choices(th, choices(n), at, w)
				if got := ansi.StringWidth(line); got != w {
					t.Fatalf("%d choices, %d marked, in %d cells take %d", n, at, w, got)
				}
				if at < 0 {
					continue
				}
				before, after, there := strings.Cut(uitest.Text(line), "›")
				if !there {
					t.Fatalf("%d choices, %d marked, %d cells: no mark on %q", n, at, w, uitest.Text(line))
				}
				if want := fmt.Sprintf(" choice number %d", at); w > 21 && !strings.HasPrefix(after+" ", want+" ") {
					t.Fatalf("the mark of %d stands before %q", at, after)
				}
				if got := widget.ChoiceAt(choices(n), at, w, ansi.StringWidth(before)); got != at {
					t.Fatalf("a click on %d of %d in %d cells finds %d", at, n, w, got)
				}
			}
		}
	}
	if got := widget.ChoiceAt(choices(2), 0, 80, 79); got != -1 {
		t.Errorf("a click beside the choices finds %d", got)
	}
}
