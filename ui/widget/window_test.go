package widget

import (
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

func TestAWindowAsHighAsItsRowsShowsThemAll(t *testing.T) {
	block, used := Window(plain, []string{"a", "b\nc", "d"}, 7, 10, 4)
	if got := strings.Fields(ansi.Strip(block)); strings.Join(got, "") != "abcd" || used != 0 {
		t.Errorf("it shows %q from %d", got, used)
	}
}

func TestAWindowSaysThatThereIsMoreBelowUntilItsEnd(t *testing.T) {
	rows := strings.Split("abcdefgh", "")
	for scroll, want := range map[int]struct {
		shown string
		more  bool
		used  int
	}{
		-3: {"abc", true, 0}, 0: {"abc", true, 0}, 4: {"efg", true, 4}, 5: {"fgh", false, 5}, 99: {"fgh", false, 5},
	} {
		block, used := Window(plain, rows, scroll, 14, 4)
		lines := strings.Split(ansi.Strip(block), "\n")
		shown := strings.ReplaceAll(strings.Join(lines[:3], ""), " ", "")
		if more := strings.Contains(lines[3], "more below"); shown != want.shown || more != want.more || used != want.used {
			t.Errorf("from %d: %q, more %v, used %d; want %+v", scroll, shown, more, used, want)
		}
	}
}

// Whatever is asked for, a window is exactly its size, shows a stretch of the
// rows as they come, and the scroll it gives back is where it stands.
func TestAWindowKeepsToItsSizeAndTellsWhereItStands(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := drawRows(t)
		lines := strings.Split(strings.Join(rows, "\n"), "\n")
		w, h := rapid.IntRange(1, 30).Draw(t, "w"), rapid.IntRange(1, 20).Draw(t, "h")
		block, used := Window(plain, rows, rapid.IntRange(-5, 60).Draw(t, "scroll"), w, h)
		shown := strings.Split(ansi.Strip(block), "\n")
		if len(shown) != h || lipgloss.Width(block) != w {
			t.Fatalf("%d by %d in %d by %d:\n%s", lipgloss.Width(block), len(shown), w, h, block)
		}
		last := min(h, len(lines))
		if len(lines) > h && h > 1 {
			last = h - 1
		}
		for i, line := range shown[:last] {
			if want := ansi.Truncate(lines[used+i], w, ""); strings.TrimRight(line, " ") != want {
				t.Fatalf("line %d is %q, want %q of row %d", i, line, want, used+i)
			}
		}
		if again, same := Window(plain, rows, used, w, h); again != block || same != used {
			t.Fatalf("from %d it is another window", used)
		}
	})
}
