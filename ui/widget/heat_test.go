package widget

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"lull/routine/journal"
)

var sunday = journal.MakeDate(2026, 11, 22)

func TestEveryStateAndCountLooksDifferentWithoutColour(t *testing.T) {
	seen := map[string]Cell{}
	for _, c := range []Cell{
		{State: Unknown}, {State: Missed}, {State: Partial}, {State: Kept}, {State: Paused},
		{State: Kept, Quiet: true}, {State: Kept, Cramps: 1}, {State: Kept, Cramps: 2}, {State: Kept, Cramps: 3},
		{State: Unknown, Quiet: true}, {State: Missed, Cramps: 1}, {State: Partial, Quiet: true},
	} {
		c.Date = sunday
		got := ansi.Strip(Heat(plain, HeatMap{Cells: []Cell{c}}, 2, 1))
		if other, twice := seen[got]; twice {
			t.Errorf("%+v and %+v both look like %q", c, other, got)
		}
		seen[got] = c
	}
}

func TestAClickOnTheHeatMapFindsItsNight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := nights(rapid.IntRange(1, 400).Draw(t, "nights"))
		m.SundayFirst = rapid.Bool().Draw(t, "sunday first")
		m.Cursor = sunday - journal.Date(rapid.IntRange(0, len(m.Cells)-1).Draw(t, "cursor"))
		w, h := rapid.IntRange(5, 100).Draw(t, "w"), rapid.IntRange(7, 15).Draw(t, "h")
		x, y := reversed(t, Heat(plain, m, w, h))
		for dx := range cellWidth {
			if got, ok := HeatAt(m, w, h, x+dx, y); !ok || got != m.Cursor {
				t.Fatalf("the cursor on %s is drawn on %s", m.Cursor, got)
			}
		}
	})
}

// reversed is where the block turns to reverse.
func reversed(t *rapid.T, block string) (x, y int) {
	for y, line := range strings.Split(block, "\n") {
		if before, _, found := strings.Cut(line, "\x1b[7m"); found {
			return ansi.StringWidth(before), y
		}
	}
	t.Fatalf("there is no cursor in\n%s", block)
	return 0, 0
}

func TestOutsideTheHeatMapThereIsNoNight(t *testing.T) {
	m := nights(10)
	for _, at := range [][2]int{{0, 1}, {2, 1}, {3, 0}, {3, 8}, {70, 1}, {-1, -1}} {
		if date, ok := HeatAt(m, 80, 12, at[0], at[1]); ok {
			t.Errorf("%v is %s", at, date)
		}
	}
	if _, ok := HeatAt(HeatMap{}, 80, 12, 5, 3); ok {
		t.Error("an empty map has nights")
	}
}

func TestTheHeatMapNamesWeekdaysAndMonths(t *testing.T) {
	m := nights(60)
	rows := strings.Split(ansi.Strip(Heat(plain, m, 60, 12)), "\n")
	if !strings.Contains(rows[0], "Oct") || !strings.Contains(rows[0], "Nov") || !strings.HasPrefix(rows[1], "Mo ") || !strings.HasPrefix(rows[7], "Su ") {
		t.Errorf("the map is\n%s", strings.Join(rows, "\n"))
	}
	m.SundayFirst = true
	if rows := strings.Split(ansi.Strip(Heat(plain, m, 60, 12)), "\n"); !strings.HasPrefix(rows[1], "Su ") {
		t.Errorf("with Sunday first the map is\n%s", strings.Join(rows, "\n"))
	}
}

func TestTheHeatMapShowsTheLastWeeksThereIsRoomFor(t *testing.T) {
	m := nights(300)
	if date, ok := HeatAt(m, 13, 8, 11, 7); !ok || date != sunday {
		t.Errorf("the last cell is %s, want %s", date, sunday)
	}
}
