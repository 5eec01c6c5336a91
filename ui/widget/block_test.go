package widget

import (
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

func TestClipKeepsTheTopLeftCorner(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`([a-z ]{0,30}\n){0,12}`).Draw(t, "text")
		w, h := rapid.IntRange(1, 30).Draw(t, "w"), rapid.IntRange(1, 12).Draw(t, "h")
		source := strings.Split(text, "\n")
		for y, line := range strings.Split(Clip(text, w, h), "\n") {
			want := ""
			if y < len(source) {
				want = source[y][:min(w, len(source[y]))]
			}
			if line != want+spaces(w-len(want)) {
				t.Fatalf("line %d is %q, want %q", y, line, want)
			}
		}
	})
}

func TestClipClosesTheStylesItCuts(t *testing.T) {
	red := lipgloss.NewStyle().Foreground(lipgloss.Color("#ff0000")).Render("a long red line")
	if got := Clip(red, 6, 1); !strings.HasSuffix(got, "\x1b[m") || ansi.Strip(got) != "a long" {
		t.Errorf("clipped it is %q", got)
	}
}

func TestCentreHasAsMuchRoomOnEitherSide(t *testing.T) {
	if got, want := Centre("ab\nab", 6, 4), "      \n  ab  \n  ab  \n      "; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestALineCutShortEndsWithAnEllipsis(t *testing.T) {
	for w, want := range map[int]string{4: "abcd", 6: "abcd  ", 3: "ab…", 1: "…"} {
		if got := Line(plain, "abcd", w); got != want {
			t.Errorf("in %d cells the line is %q, want %q", w, got, want)
		}
	}
}

func TestWrapKeepsEveryWordInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[a-z]{1,10}`), 1, 30).Draw(t, "words")
		text := Wrap(strings.Join(words, " "), rapid.IntRange(10, 60).Draw(t, "w"))
		if got := strings.Fields(text); strings.Join(got, " ") != strings.Join(words, " ") {
			t.Fatalf("wrapped it reads %q", text)
		}
	})
}

func TestColumnsStandSideBySide(t *testing.T) {
	got := Columns(2, Column{"a\nb", 2}, Column{"", 1}, Column{"cde", 2})
	if want := "a  cd\nb    "; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPaintLeavesNoCellUnpainted(t *testing.T) {
	body := "bare " + dark.Accent.Render("key") + " bare\n" + lipgloss.NewStyle().Reverse(true).Render("x") + "\x1b[0my\x1b[49mz"
	open, _, _ := strings.Cut(dark.Base().Render("x"), "x")
	for _, line := range strings.Split(Paint(dark, body, 20, 3), "\n") {
		if !strings.HasPrefix(line, open) || !strings.HasSuffix(line, "\x1b[m") {
			t.Errorf("%q does not begin and end painted", line)
		}
		inner := strings.TrimSuffix(line, "\x1b[m")
		for _, reset := range []string{"\x1b[m", "\x1b[0m"} {
			if strings.Count(inner, reset) != strings.Count(inner, reset+open) {
				t.Errorf("%q is bare after a reset", line)
			}
		}
		if strings.Contains(inner, "\x1b[49m") {
			t.Errorf("%q goes back to the terminal's ground", line)
		}
	}
}

func TestPaintLeavesTheTerminalsGroundWhereTheThemeDoes(t *testing.T) {
	if got := Paint(plain, "text", 6, 1); got != "text  " {
		t.Errorf("without a background it is %q", got)
	}
}

func TestTheQuickWidthIsTheTrueOne(t *testing.T) {
	pieces := rapid.SampledFrom([]string{
		"a", " ", "~", "█", "▘", "─", "░", "é", "e\u0301", "日", "☾", "\u200d", "👍🏽", "\x1b[1m", "\x1b[38;2;1;22;255m", "\x1b[m", "\x1b[2K", "\x1b", "\x1b[", "\x1b[3", "\t", "\u0085",
	})
	rapid.Check(t, func(t *rapid.T) {
		line := strings.Join(rapid.SliceOfN(pieces, 0, 12).Draw(t, "pieces"), "")
		if got, want := lineWidth(line), ansi.StringWidth(line); got != want {
			t.Fatalf("%q is %d wide, not %d", line, want, got)
		}
	})
}
