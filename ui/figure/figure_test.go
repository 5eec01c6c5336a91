package figure

import (
	"slices"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"lull/assets"
	"lull/routine/body"
	"lull/ui/canvas"
	"lull/ui/theme"
)

// looks are the kinds of terminal that a figure is drawn for.
var looks = map[string]theme.Theme{
	"true":    theme.New(theme.Env{Name: theme.Dark, Profile: colorprofile.TrueColor}),
	"light":   theme.New(theme.Env{Name: theme.Light, Profile: colorprofile.TrueColor}),
	"night":   theme.New(theme.Env{Name: theme.Night, Profile: colorprofile.TrueColor}),
	"256":     theme.New(theme.Env{Name: theme.Dark, Profile: colorprofile.ANSI256}),
	"16":      theme.New(theme.Env{Name: theme.Dark, Profile: colorprofile.ANSI}),
	"none":    theme.New(theme.Env{}),
	"halves":  theme.New(theme.Env{Name: theme.Dark, Profile: colorprofile.TrueColor, Drawing: theme.Halves}),
	"letters": theme.New(theme.Env{Name: theme.Dark, Profile: colorprofile.TrueColor, Drawing: theme.Letters}),
	"ascii":   theme.New(theme.Env{Name: theme.Night, Profile: colorprofile.ANSI, ASCII: true}),
}

func all(t testing.TB) []*body.Figure {
	t.Helper()
	l := body.Open(assets.Files)
	var figures []*body.Figure
	for _, id := range l.IDs() {
		f, err := l.Figure(id)
		if err != nil {
			t.Fatal(err)
		}
		figures = append(figures, f)
	}
	return figures
}

// cells checks that a block has h lines of w cells, of characters that every
// terminal draws one cell wide.
func cells(t *testing.T, block string, w, h int) {
	t.Helper()
	lines := strings.Split(block, "\n")
	if len(lines) != h {
		t.Fatalf("%d lines in a box of %dx%d", len(lines), w, h)
	}
	for _, line := range lines {
		plain := ansi.Strip(line)
		if got := ansi.StringWidth(line); got != w || ansi.StringWidthWc(line) != w || len([]rune(plain)) != w {
			t.Fatalf("a line of %d cells (%d by the other way of counting) in a box of %dx%d: %q", got, ansi.StringWidthWc(line), w, h, plain)
		}
		for _, r := range plain {
			if r > '~' && !slices.Contains(canvas.Quadrants, r) && !strings.ContainsRune("→↓", r) {
				t.Fatalf("it draws with %q", r)
			}
		}
	}
}

func TestEverySizeIsKept(t *testing.T) {
	figures := all(t)
	names := []string{"true", "light", "night", "256", "16", "none", "halves", "letters", "ascii"}
	n := 0
	for w := 1; w <= 100; w++ {
		for h := 1; h <= 60; h++ {
			if w > 24 && h > 12 && (w%7 != 0 || h%5 != 0) && (w < 96 || h < 58) {
				continue // the large ones differ by little
			}
			n++
			f, th := figures[n%len(figures)], looks[names[n%len(names)]]
			m := body.Moment{Share: float64(n%5) / 4, Left: n%2 == 0, Lit: n%3 != 0, Glow: float64(n%4) / 3, Quick: n%11 == 0, Turned: float64(n % 7 / 6 * 60)}
			cells(t, Draw(th, f, m, w, h), w, h)
			cells(t, Poses(th, f, n%2 == 1, w, h), w, h)
		}
	}
	if n < 2000 {
		t.Errorf("only %d sizes were tried", n)
	}
}

func TestNoRoomIsNoBlock(t *testing.T) {
	for _, size := range [][2]int{{0, 0}, {0, 5}, {5, 0}, {-3, 8}} {
		if got := Draw(looks["true"], all(t)[0], body.Moment{}, size[0], size[1]); got != "" {
			t.Errorf("%v gives %q", size, got)
		}
	}
}

func TestBelowItsLeastSizeAFigureIsASentence(t *testing.T) {
	f := all(t)[0]
	words := strings.Fields(f.Alt)
	if got := ansi.Strip(Draw(looks["none"], f, body.Moment{}, 80, LeastHeight-1)); !strings.Contains(strings.Join(strings.Fields(got), " "), strings.Join(words, " ")) {
		t.Errorf("it shows %q", got)
	}
	if got := ansi.Strip(Draw(looks["none"], f, body.Moment{}, LeastWidth, LeastHeight)); strings.Contains(got, words[0]) {
		t.Errorf("with room for a picture it says %q", got)
	}
}

func TestAllFiguresInAllLooks(t *testing.T) {
	for name, th := range looks {
		for _, f := range all(t) {
			for _, share := range []float64{0, 0.5, 1} {
				block := Draw(th, f, body.Moment{Share: share, Lit: true, Glow: 1}, 40, 20)
				cells(t, block, 40, 20)
				if strings.Trim(ansi.Strip(block), " \n") == "" && !strings.Contains(block, "48;") {
					t.Errorf("%s in %s shows nothing", f.ID, name)
				}
			}
		}
	}
}

// inksOf draws without the cells.
func inksOf(f *body.Figure, m body.Moment, w, h int) *raster {
	return paint(looks["256"], f, m, w, h)
}

func TestTheWorkedMuscleCanBeSeen(t *testing.T) {
	for _, f := range all(t) {
		if len(f.Muscles) == 0 {
			continue
		}
		for _, size := range [][2]int{{16, 8}, {24, 12}, {40, 20}, {80, 40}} {
			r := inksOf(f, body.Moment{Share: 1, Lit: true, Glow: 1}, size[0], size[1])
			lit := 0
			for _, k := range r.inks {
				if k == glow {
					lit++
				}
			}
			if lit == 0 {
				t.Errorf("%s at %v: no muscle is lit", f.ID, size)
			}
			unlit := inksOf(f, body.Moment{Share: 1}, size[0], size[1])
			if slices.Contains(unlit.inks, glow) {
				t.Errorf("%s: the muscle is lit when it should not be", f.ID)
			}
		}
	}
}

func TestWithoutColourTheMuscleHasALetterOfItsOwn(t *testing.T) {
	for _, f := range all(t) {
		got := Draw(looks["none"], f, body.Moment{Share: 1, Lit: true, Glow: 1}, 40, 20)
		if strings.Contains(ansi.Strip(got), "@") != (len(f.Muscles) > 0) {
			t.Errorf("%s:\n%s", f.ID, ansi.Strip(got))
		}
	}
}

func TestLeftIsTheMirrorOfRight(t *testing.T) {
	for _, f := range all(t) {
		for _, share := range []float64{0, 0.4, 1} {
			m := body.Moment{Share: share, Lit: true, Glow: 1}
			right := inksOf(f, m, 40, 20)
			m.Left = true
			left := inksOf(f, m, 40, 20)
			differ := 0
			for y := range right.h {
				for x := range right.w {
					if right.inks[y*right.w+x] != left.inks[y*left.w+left.w-1-x] {
						differ++
					}
				}
			}
			if differ > 4 { // of 3200: a middle may fall on an edge
				t.Errorf("%s at %.1f: %d pixels differ", f.ID, share, differ)
			}
		}
	}
}

func TestTheFloorIsWhereFeetStand(t *testing.T) {
	for _, f := range all(t) {
		if f.View == body.Above || f.CloseUp != nil {
			continue
		}
		r := inksOf(f, body.Moment{}, 40, 20)
		last := r.inks[(r.h-1)*r.w:]
		if !slices.Contains(last, floor) {
			t.Errorf("%s shows no floor", f.ID)
		}
	}
}

func TestAPictureIsTheSameEveryTime(t *testing.T) {
	for _, f := range all(t) {
		m := body.Moment{Share: 0.5, Lit: true, Glow: 0.7}
		first := Draw(looks["true"], f, m, 40, 20)
		Draw(looks["night"], f, body.Moment{Left: true}, 60, 30) // leaves its traces in what is used again
		if Draw(looks["true"], f, m, 40, 20) != first {
			t.Errorf("%s is drawn differently the second time", f.ID)
		}
	}
}

func TestTwoPosesFitWhereOneDoes(t *testing.T) {
	f := all(t)[0]
	for _, th := range []theme.Theme{looks["none"], looks["true"]} {
		one, two := Draw(th, f, body.Moment{Share: 1, Lit: true, Glow: 1}, 60, 14), Poses(th, f, false, 60, 14)
		if one == two || !strings.Contains(two, th.Glyphs.Right) || lipgloss.Width(two) != 60 {
			t.Errorf("two poses:\n%s", ansi.Strip(two))
		}
	}
}

func BenchmarkDraw(b *testing.B) {
	f, err := body.Open(assets.Files).Figure("wall-calf")
	if err != nil {
		b.Fatal(err)
	}
	i := 0
	for b.Loop() {
		i++
		Draw(looks["true"], f, body.Moment{Share: float64(i%21) / 20, Lit: true, Glow: 1}, 40, 20)
	}
}
