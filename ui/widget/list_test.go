package widget

import (
	"strings"
	"testing"

	"charm.land/bubbles/v2/key"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

func drawRows(t *rapid.T) []string {
	return rapid.SliceOfN(rapid.StringMatching(`[a-z]{1,8}(\n[a-z]{0,5}){0,3}`), 1, 40).Draw(t, "rows")
}

func TestTheRowUnderTheCursorIsAlwaysVisible(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := drawRows(t)
		cursor := rapid.IntRange(0, len(rows)-1).Draw(t, "cursor")
		h := rapid.IntRange(1, 20).Draw(t, "h")
		l := Rows(plain, rows, cursor, 30, h)
		for y, line := range l.Lines {
			if l.At(y) == cursor && strings.HasPrefix(ansi.Strip(line), plain.Glyphs.Cursor) {
				return
			}
		}
		t.Fatalf("row %d is not in\n%s", cursor, l)
	})
}

func TestEveryLineOfAListTellsItsRow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := drawRows(t)
		cursor := rapid.IntRange(-1, len(rows)-1).Draw(t, "cursor")
		l := Rows(plain, rows, cursor, 30, rapid.IntRange(1, 20).Draw(t, "h"))
		last := 0
		for y, line := range l.Lines {
			text := strings.TrimLeft(strings.TrimRight(ansi.Strip(line), " ↑↓"), " ›")
			row := l.At(y)
			if row == -1 {
				if text != "" {
					t.Fatalf("%q belongs to no row", text)
				}
				continue
			}
			if row < last || !strings.Contains(rows[row], text) {
				t.Fatalf("line %d says %q, but belongs to row %d", y, text, row)
			}
			last = row
		}
	})
}

func TestAListLeavesNoRoomEmptyWhileThereAreRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := drawRows(t)
		all := len(unroll(rows).Lines)
		h := rapid.IntRange(1, 20).Draw(t, "h")
		l := Rows(plain, rows, rapid.IntRange(0, len(rows)-1).Draw(t, "cursor"), 30, h)
		used := 0
		for _, row := range l.Owner {
			if row >= 0 {
				used++
			}
		}
		if want := min(all, h); used != want {
			t.Fatalf("%d lines are used, want %d", used, want)
		}
	})
}

func TestArrowsSayThatThereIsMore(t *testing.T) {
	rows := strings.Split("abcdefghij", "")
	for cursor, want := range map[int][2]bool{0: {false, true}, 5: {true, true}, 9: {true, false}} {
		l := Rows(plain, rows, cursor, 20, 4)
		up, down := strings.Contains(l.Lines[0], "↑"), strings.Contains(l.Lines[3], "↓")
		if [2]bool{up, down} != want {
			t.Errorf("at %d the arrows are %v %v", cursor, up, down)
		}
	}
	if whole := Rows(plain, rows, 0, 20, 10).String(); strings.ContainsAny(whole, "↑↓") {
		t.Error("a list that fits has arrows")
	}
}

func TestOutsideAListThereIsNoRow(t *testing.T) {
	l := Rows(plain, []string{"one"}, 0, 10, 3)
	for y, want := range map[int]int{-1: -1, 0: 0, 1: -1, 9: -1} {
		if got := l.At(y); got != want {
			t.Errorf("line %d belongs to row %d, want %d", y, got, want)
		}
	}
}

func TestTheFooterNeverCutsAHint(t *testing.T) {
	for w := len("? help"); w <= widest; w++ {
		line := ansi.Strip(Footer(plain, bindings, "?", w))
		if !strings.Contains(line, "? help") {
			t.Fatalf("at %d there is no help: %q", w, line)
		}
		for _, b := range bindings {
			whole := b.Help().Key + " " + b.Help().Desc
			line = strings.Replace(line, whole, "", 1)
		}
		if rest := strings.TrimSpace(line); rest != "" {
			t.Fatalf("at %d a part of a hint is left: %q", w, rest)
		}
	}
}

// Help stays in sight also where it is on another key.
func TestTheFooterKeepsTheHintThatStays(t *testing.T) {
	all := []key.Binding{binding("a", "something rather long"), binding("T", "help")}
	if line := ansi.Strip(Footer(plain, all, "T", 10)); !strings.Contains(line, "T help") {
		t.Errorf("the footer says %q", line)
	}
}

func TestTheFooterHidesWhatDoesNotWork(t *testing.T) {
	off := binding("x", "gone")
	off.SetEnabled(false)
	if line := Footer(plain, []key.Binding{off, binding("y", "here")}, "?", 40); strings.Contains(line, "gone") || !strings.Contains(line, "here") {
		t.Errorf("the footer says %q", line)
	}
}

func TestAClickOnAHintFindsItsBinding(t *testing.T) {
	for w := 0; w <= widest; w++ {
		line := ansi.Strip(Footer(plain, bindings, "?", w))
		for x := -1; x <= w; x++ {
			b, ok := HintAt(bindings, "?", w, x)
			if !ok {
				continue
			}
			from := strings.Index(line, b.Help().Key+" "+b.Help().Desc)
			if len(line) >= 6 && (from < 0 || x < from || x >= from+len(b.Help().Key)+1+len(b.Help().Desc)) {
				t.Fatalf("at %d column %d of %q is %q", w, x, line, b.Help().Desc)
			}
		}
	}
}

func TestTheActiveTabHasItsNameWhileThereIsRoom(t *testing.T) {
	for active, name := range tabs {
		for w := len(name) + 4; w <= widest; w++ {
			if line := ansi.Strip(Tabs(dark, tabs, active, w)); !strings.Contains(line, name) {
				t.Fatalf("at %d the tabs are %q without %s", w, line, name)
			}
		}
	}
}

func TestAClickOnATabFindsIt(t *testing.T) {
	for w := 0; w <= widest; w++ {
		line := ansi.Strip(Tabs(dark, tabs, 2, w))
		for x := range w {
			tab := TabAt(tabs, 2, w, x)
			if digit := line[x] - '1'; line[x] >= '1' && line[x] <= '7' && tab != int(digit) {
				t.Fatalf("at %d column %d of %q is tab %d", w, x, line, tab)
			}
		}
		if TabAt(tabs, 2, w, w) != -1 || TabAt(tabs, 2, w, -1) != -1 {
			t.Fatalf("at %d there is a tab outside", w)
		}
	}
}

func TestTheHeadersRemarkGivesWay(t *testing.T) {
	if line := ansi.Strip(Header(plain, "Review", "remark", 20)); !strings.HasSuffix(line, "remark") {
		t.Errorf("the remark is missing from %q", line)
	}
	if line := ansi.Strip(Header(plain, "Review", "remark", 13)); strings.Contains(line, "rem") {
		t.Errorf("the remark is squeezed into %q", line)
	}
}

func TestAPanelHasItsTitleInTheBorder(t *testing.T) {
	top, _, _ := strings.Cut(ansi.Strip(Panel(plain, "Nights", "body", 20, 5)), "\n")
	if want := "╭─ Nights ─────────╮"; top != want {
		t.Errorf("the border is %q, want %q", top, want)
	}
}
