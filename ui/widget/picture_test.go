package widget

import (
	"math"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"lull/ui/theme"
)

func TestDigitsLookLikeThis(t *testing.T) {
	for rows, want := range map[int][]string{
		5: {
			"████████        ████    ████████  ████████",
			"██    ██  ██      ██          ██        ██",
			"██    ██          ██    ████████      ██  ",
			"██    ██  ██      ██    ██            ██  ",
			"████████        ██████  ████████      ██  ",
		},
		8: {
			"████████████            ██████      ████████████   ████████████",
			"███▀▀▀▀▀▀███   ▄▄▄      ▀▀▀███      ▀▀▀▀▀▀▀▀▀███   ▀▀▀▀▀▀▀▀▀███",
			"███      ███   ███         ███               ███            ███",
			"███      ███               ███      ████████████         ███   ",
			"███      ███   ▄▄▄         ███      ███▀▀▀▀▀▀▀▀▀         ███   ",
			"███      ███   ███         ███      ███                  ███   ",
			"████████████            █████████   ████████████         ███   ",
			"▀▀▀▀▀▀▀▀▀▀▀▀            ▀▀▀▀▀▀▀▀▀   ▀▀▀▀▀▀▀▀▀▀▀▀         ▀▀▀   ",
		},
	} {
		if got := Digits(plain, "0:127", rows); got != strings.Join(want, "\n") {
			t.Errorf("in %d rows they are\n%s\nwant\n%s", rows, got, strings.Join(want, "\n"))
		}
	}
}

func TestDigitsAreTheSizeTheySay(t *testing.T) {
	for rows := -1; rows < 30; rows++ {
		for _, text := range []string{"", "7", "27", "300", "1:05", "-3", "x9 y"} {
			w, h := DigitsSize(text, rows)
			if h > max(rows, 0) {
				t.Errorf("%q takes %d of %d rows", text, h, rows)
			}
			if wrong := wrongSize(Digits(dark, text, rows), w, h); wrong != "" {
				t.Errorf("%q in %d rows %s, want %dx%d", text, rows, wrong, w, h)
			}
		}
	}
}

func TestNoTwoDigitsLookAlike(t *testing.T) {
	seen := map[[5]string]rune{}
	for r, glyph := range pixels {
		if other, twice := seen[glyph]; twice {
			t.Errorf("%q and %q are one picture", r, other)
		}
		seen[glyph] = r
	}
}

// litShare is how much of a ring's area is lit.
func litShare(fraction float64, w, h int) float64 {
	var lit, all float64
	for y := range h {
		for x := range w {
			for _, q := range ringCell(w, h, x, y, fraction) {
				all += q.cover
				if q.lit {
					lit += q.cover
				}
			}
		}
	}
	return lit / all
}

func TestARingIsLitByItsFraction(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fraction := rapid.Float64Range(0, 1).Draw(t, "fraction")
		h := rapid.IntRange(8, 40).Draw(t, "h")
		w := rapid.IntRange(16, 80).Draw(t, "w")
		if got := litShare(fraction, w, h); math.Abs(got-fraction) > 0.03 {
			t.Errorf("%.3f of a ring of %dx%d is lit, want %.3f", got, w, h, fraction)
		}
	})
}

func TestARingFillsClockwiseFromTheTop(t *testing.T) {
	const w, h = 40, 20
	middle := map[string][2]int{"top right": {w/2 + 2, 0}, "right": {w - 2, h / 2}, "bottom": {w/2 - 2, h - 1}, "left": {1, h / 2}, "top left": {w/2 - 3, 0}}
	order := []string{"top right", "right", "bottom", "left", "top left"}
	for n, fraction := range []float64{0.15, 0.4, 0.6, 0.85, 1} {
		for i, place := range order {
			at := middle[place]
			lit, _ := masks(ringCell(w, h, at[0], at[1], fraction))
			if got, want := lit != 0, i <= n; got != want {
				t.Errorf("at %.2f the %s is lit: %v, want %v", fraction, place, got, want)
			}
		}
	}
}

func TestAnEmptyAndAFullRingDifferWithoutColour(t *testing.T) {
	for _, th := range []theme.Theme{plain, asciiOnly, poor} {
		if ansi.Strip(Ring(th, 0, 30, 15)) == ansi.Strip(Ring(th, 1, 30, 15)) {
			t.Errorf("in %s an empty ring looks full", th.Name)
		}
	}
}

func TestAGaugeIsLitByItsFraction(t *testing.T) {
	for _, th := range []theme.Theme{dark, plain, asciiOnly} {
		for _, w := range []int{1, 10, 40} {
			for _, fraction := range []float64{0, 0.25, 0.5, 1} {
				got := strings.Count(ansi.Strip(Gauge(th, fraction, w)), th.Glyphs.Solid)
				if want := fraction * float64(w); math.Abs(float64(got)-want) > 1 {
					t.Errorf("a gauge of %d at %.2f has %d full cells", w, fraction, got)
				}
			}
		}
	}
}

func TestAGaugeCountsEighths(t *testing.T) {
	for i, want := range []string{" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"} {
		if got := ansi.Strip(Gauge(dark, float64(i)/8, 1)); got != want {
			t.Errorf("%d eighths look like %q, want %q", i, got, want)
		}
	}
}

func TestAGaugeWithoutColourCountsHalves(t *testing.T) {
	for fraction, want := range map[float64]string{0: "░░", 0.2: "░░", 0.25: "▌░", 0.5: "█░", 0.75: "█▌", 1: "██"} {
		if got := Gauge(plain, fraction, 2); got != want {
			t.Errorf("%.2f looks like %q, want %q", fraction, got, want)
		}
	}
}

func TestWhatIsNoFractionIsHeldWithinOne(t *testing.T) {
	for fraction, same := range map[float64]float64{math.NaN(): 0, -3: 0, 7: 1, math.Inf(1): 1} {
		if Ring(dark, fraction, 20, 10) != Ring(dark, same, 20, 10) || Gauge(dark, fraction, 9) != Gauge(dark, same, 9) {
			t.Errorf("%v does not look like %v", fraction, same)
		}
	}
}

func TestACountdownUsesTheRoomItHas(t *testing.T) {
	five, one := ansi.Strip(Digits(plain, "27", 5)), "27 s"
	for _, room := range []struct {
		w, h  int
		shows string
		ring  bool
	}{
		{30, 15, five, true}, {80, 24, "", true}, {30, 8, five, false}, {18, 5, five, false},
		{30, 4, one, false}, {17, 20, one, false}, {4, 1, one, false}, {2, 1, "27", false},
	} {
		block := ansi.Strip(Countdown(plain, 27, 0.5, room.w, room.h))
		for _, line := range strings.Split(room.shows, "\n") {
			if !strings.Contains(block, strings.TrimRight(line, " ")) {
				t.Errorf("%dx%d does not show\n%s\nbut\n%s", room.w, room.h, room.shows, block)
				break
			}
		}
		lines := strings.Split(block, "\n")
		if got := strings.ContainsAny(lines[0], "█▄▐▗▟"+plain.Glyphs.Shade) && room.h > 9; got != room.ring {
			t.Errorf("%dx%d has a ring: %v\n%s", room.w, room.h, got, block)
		}
	}
}

func TestACountdownKeepsItsSizeBelowTen(t *testing.T) {
	for h := 5; h < 50; h++ {
		if ten, nine := scaleInRing("10", 2*h, h), scaleInRing("9", 2*h, h); ten != nine {
			t.Errorf("in %d rows ten is drawn at %d and nine at %d", h, ten, nine)
		}
	}
}

func TestACountdownInARingNeverTouchesIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.IntRange(1, 200).Draw(t, "w"), rapid.IntRange(1, 80).Draw(t, "h")
		scale := scaleInRing("88", w, h)
		dw, dh := digitsSize("88", scale)
		if scale < smallestDigits {
			return
		}
		for y := (h - dh) / 2; y < (h-dh)/2+dh; y++ {
			for x := (w - dw) / 2; x < (w-dw)/2+dw; x++ {
				if lit, unlit := masks(ringCell(w, h, x, y, 0.5)); lit|unlit != 0 {
					t.Fatalf("in %dx%d the digits cover the ring at %d,%d", w, h, x, y)
				}
			}
		}
	})
}
