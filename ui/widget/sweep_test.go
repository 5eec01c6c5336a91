package widget

import (
	"fmt"
	"strings"
	"testing"

	"charm.land/bubbles/v2/key"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"lull/routine/journal"
	"lull/ui/theme"
)

const (
	widest  = 140
	tallest = 50
)

var (
	dark      = theme.New(theme.Env{Name: theme.Dark, Profile: colorprofile.TrueColor})
	poor      = theme.New(theme.Env{Name: theme.Night, Profile: colorprofile.ANSI})
	plain     = theme.New(theme.Env{})
	asciiOnly = theme.New(theme.Env{ASCII: true})
)

var looks = map[string]theme.Theme{
	"dark": dark, "poor": poor, "plain": plain, "ascii": asciiOnly,
	"256": theme.New(theme.Env{Name: theme.Dark, Profile: colorprofile.ANSI256}),
}

var awkward = strings.Join([]string{
	"plain words and a verylongwordthathasnoplacetobreakatall",
	"日本語の長い文字列 and 👩‍⚕️ emoji", "", "\ttabbed\rreturned", "\x1b[1mbold\x1b[m and \x1b[31mred",
}, "\n")

func binding(k, words string) key.Binding {
	return key.NewBinding(key.WithKeys(k), key.WithHelp(k, words))
}

var bindings = []key.Binding{binding("space", "pause"), binding("n", "next"), binding("?", "help"), binding("c", "cramp now"), binding("q", "leave")}

var tabs = []string{"Tonight", "Stretch", "Checklist", "Diary", "Review", "Guide", "Settings"}

func nights(n int) HeatMap {
	last := journal.MakeDate(2026, 11, 22)
	var m HeatMap
	for i := range n {
		m.Cells = append(m.Cells, Cell{Date: last - journal.Date(i), State: State(i % 6), Cramps: i % 5, Quiet: i%5 == 0})
	}
	return m
}

// blocks are the widgets that promise a block of exactly w by h cells.
var blocks = map[string]func(theme.Theme, int, int) string{
	"Clip":         func(_ theme.Theme, w, h int) string { return Clip(awkward, w, h) },
	"Centre":       func(_ theme.Theme, w, h int) string { return Centre(awkward, w, h) },
	"Paint":        func(th theme.Theme, w, h int) string { return Paint(th, awkward, w, h) },
	"Ring":         func(th theme.Theme, w, h int) string { return Ring(th, 0.62, w, h) },
	"Countdown":    func(th theme.Theme, w, h int) string { return Countdown(th, 27, 0.62, w, h) },
	"Countdown100": func(th theme.Theme, w, h int) string { return Countdown(th, 100, 1, w, h) },
	"BigCountdown": func(th theme.Theme, w, h int) string { return BigCountdown(th, 9, 0.3, w, h) },
	"Heat":         func(th theme.Theme, w, h int) string { return Heat(th, nights(300), w, h) },
	"Heat few":     func(th theme.Theme, w, h int) string { return Heat(th, nights(3), w, h) },
	"Heat none":    func(th theme.Theme, w, h int) string { return Heat(th, HeatMap{}, w, h) },
	"Panel":        func(th theme.Theme, w, h int) string { return Panel(th, "A title of some length", awkward, w, h) },
	"Rows": func(th theme.Theme, w, h int) string {
		return Rows(th, strings.Split(strings.Repeat(awkward+"\n", 4), "\n"), 7, w, h).String()
	},
	"Columns": func(_ theme.Theme, w, h int) string {
		return Columns(h, Column{awkward, w / 3}, Column{"", w - w/3 - w/2}, Column{awkward, w / 2})
	},
}

// lines are the widgets that promise one line of exactly w cells.
var lines = map[string]func(theme.Theme, int) string{
	"Line":   func(th theme.Theme, w int) string { return Line(th, awkward, w) },
	"Gauge":  func(th theme.Theme, w int) string { return Gauge(th, 0.337, w) },
	"Tabs":   func(th theme.Theme, w int) string { return Tabs(th, tabs, 2, w) },
	"Header": func(th theme.Theme, w int) string { return Header(th, "Review\nof nights", "Sun 22 to Mon 23 Nov", w) },
	"Footer": func(th theme.Theme, w int) string { return Footer(th, bindings, "?", w) },
}

// wrongSize says how a block differs from w by h cells, or nothing.
func wrongSize(block string, w, h int) string {
	if w <= 0 || h <= 0 {
		if block != "" {
			return "is not empty"
		}
		return ""
	}
	rows := strings.Split(block, "\n")
	if len(rows) != h {
		return fmt.Sprintf("has %d lines", len(rows))
	}
	for y, row := range rows {
		if got := ansi.StringWidth(row); got != w {
			return fmt.Sprintf("is %d cells wide in line %d: %q", got, y, row)
		}
	}
	return ""
}

// sizes are all the small ones, where the edges are, and of the others some
// heights for every width and some widths for every height.
func sizes(yield func(w, h int) bool) {
	for w := 0; w <= widest; w++ {
		for h := 0; h <= tallest; h++ {
			small := w <= 24 && h <= 12
			if (small || (3*w+h)%29 == 0) && !yield(w, h) {
				return
			}
		}
	}
}

func TestEveryBlockHasExactlyItsSize(t *testing.T) {
	for name, draw := range blocks {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for w, h := range sizes {
				if wrong := wrongSize(draw(dark, w, h), w, h); wrong != "" {
					t.Fatalf("%dx%d %s", w, h, wrong)
				}
			}
		})
	}
}

func TestEveryBlockHasItsSizeInEveryLook(t *testing.T) {
	for look, th := range looks {
		for name, draw := range blocks {
			for _, size := range [][2]int{{1, 1}, {2, 2}, {16, 7}, {40, 12}, {79, 23}, {7, 50}, {140, 3}, {-1, 5}, {5, -1}} {
				if wrong := wrongSize(draw(th, size[0], size[1]), size[0], size[1]); wrong != "" {
					t.Errorf("%s in %s at %v %s", name, look, size, wrong)
				}
			}
		}
	}
}

func TestEveryLineHasExactlyItsWidth(t *testing.T) {
	for look, th := range looks {
		for name, draw := range lines {
			for w := -1; w <= widest; w++ {
				if wrong := wrongSize(draw(th, w), w, 1); wrong != "" {
					t.Fatalf("%s in %s at %d %s", name, look, w, wrong)
				}
			}
		}
	}
}

func TestWrappedLinesAreNeverWiderThanAsked(t *testing.T) {
	for w := 0; w <= widest; w++ {
		for _, line := range strings.Split(Wrap(awkward, w), "\n") {
			if got := ansi.StringWidth(line); got > w {
				t.Fatalf("wrapped at %d a line is %d wide: %q", w, got, line)
			}
		}
	}
}

func TestPlainAndASCIIWidgetsShowNoColourAndNoForeignCharacters(t *testing.T) {
	for name, draw := range blocks {
		for _, th := range []theme.Theme{plain, asciiOnly} {
			block := draw(th, 60, 20)
			if strings.Contains(block, "38;") || strings.Contains(block, "48;") {
				t.Errorf("%s has colour without being asked for", name)
			}
		}
	}
	for _, name := range []string{"Ring", "Countdown", "BigCountdown", "Heat"} {
		for _, r := range ansi.Strip(blocks[name](asciiOnly, 60, 20)) {
			if r > '~' {
				t.Fatalf("%s shows %q in ASCII", name, r)
			}
		}
	}
}
