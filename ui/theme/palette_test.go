package theme

import (
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
)

// What somebody needs to tell a colour from its ground, by the WCAG formula.
const (
	toRead = 4.5 // words
	toSee  = 3.0 // large digits, rings, and shapes that say something
	toShow = 1.0 // decoration: words or another shape say the same
)

// pairs are the inks of a palette that stand on another, all of them, with what
// the pair has to reach in 24 bit colour. The night keeps a table of its own.
var pairs = []struct {
	ink, ground string
	least       float64
	why         string
}{
	{"text", "ground", toRead, "words"},
	{"title", "ground", toRead, "words"},
	{"quiet", "ground", toRead, "hints and labels"},
	{"accent", "ground", toRead, "keys"},
	{"done", "ground", toRead, "words"},
	{"warn", "ground", toRead, "words"},
	{"danger", "ground", toRead, "words"},
	{"hold", "ground", toRead, "the phase's word"},
	{"ready", "ground", toRead, "the phase's word"},
	{"rest", "ground", toRead, "the phase's word"},
	{"change", "ground", toRead, "the phase's word"},
	{"glow", "ground", toSee, "large digits and rings"},
	{"glow", "track", toSee, "the lit part of a ring beside the rest"},
	{"picked", "raised", toRead, "the row under the cursor"},
	{"muscle near", "ground", toSee, "the muscle that works"},
	{"muscle far", "ground", toSee, "at the low point of its pulse"},
	{"skin near", "ground", toSee, "a body"},
	{"track", "ground", toShow, "the unlit part of a ring: the count says how much"},
	{"edge", "ground", toShow, "rules and borders"},
	{"raised", "ground", toShow, "the ground of a row that has a mark too"},
	{"shirt near", "ground", toShow, "clothes: the skin gives the pose"},
	{"trousers near", "ground", toShow, "clothes"},
	{"prop near", "ground", toShow, "wall, chair and bed: the words name them"},
	{"strap near", "ground", toShow, "the words name it"},
	{"skin far", "ground", toShow, "the far limb"},
	{"shirt far", "ground", toShow, "the far limb"},
	{"trousers far", "ground", toShow, "the far limb"},
	{"prop far", "ground", toShow, "floor and shadow"},
	{"strap far", "ground", toShow, "the far end"},
}

// nightTable is what is to be reached on the ground of the night, where every
// colour is as dim as it can be and still do its work.
var nightTable = map[string]float64{
	"text": 5, "title": 6.5, "accent": 5, "done": 5, "warn": 6.5, "danger": 6.5,
	"hold": 6.5, "ready": 5, "rest": 5, "change": 6.5, "glow": 6.5, "picked": 5,
	"quiet": 3, "skin near": 3.5, "trousers near": 2.5, "shirt near": 2, "muscle near": 6.5, "muscle far": 3,
	"skin far": 1.3, "prop near": 1.2, "track": 1.05, "edge": 1.1, "raised": 1.05,
}

// inks are the colours of a palette by name, as the fields are called; figures
// have a near and a far one.
func inks(p palette) map[string]ink {
	all := map[string]ink{}
	v := reflect.ValueOf(p)
	for i := range v.NumField() {
		name, f := v.Type().Field(i).Name, v.Field(i)
		switch f.Type() {
		case reflect.TypeFor[ink]():
			all[name] = inkOf(f)
		case reflect.TypeFor[[2]ink]():
			all[name+" near"], all[name+" far"] = inkOf(f.Index(0)), inkOf(f.Index(1))
		}
	}
	return all
}

func inkOf(v reflect.Value) ink {
	return ink{v.Field(0).String(), int(v.Field(1).Int()), int(v.Field(2).Int())}
}

func ratio(a, b ink) float64 {
	return contrast(a.at(colorprofile.TrueColor), b.at(colorprofile.TrueColor))
}

// Every pair of every palette, also of inks that nobody thought of when this was
// written: an ink that stands on nothing fails.
func TestEveryPairOfEveryPaletteReachesItsContrast(t *testing.T) {
	for name, p := range palettes {
		all := inks(p)
		left := maps.Clone(all)
		delete(left, "ground")
		for _, pair := range pairs {
			delete(left, pair.ink)
			least := pair.least
			if name == Night && pair.ground == "ground" {
				least = max(nightTable[pair.ink], toShow)
			}
			if name == Contrast && least == toRead {
				least = 7
			}
			if got := ratio(all[pair.ink], all[pair.ground]); got < least {
				t.Errorf("%s: %s (%s) on %s (%s) has %.2f, wants %.2f: %s",
					name, pair.ink, all[pair.ink].rgb, pair.ground, all[pair.ground].rgb, got, least, pair.why)
			}
		}
		if len(left) > 0 {
			t.Errorf("%s: nothing says what these have to reach: %v", name, slices.Sorted(maps.Keys(left)))
		}
		for level, pair := range p.heat {
			least := toRead
			switch {
			case name == Contrast:
				least = 7
			case name == Night && level == 0:
				least = nightTable["quiet"]
			}
			if got := ratio(pair[1], pair[0]); got < least {
				t.Errorf("%s: level %d of the heat map has %.2f, wants %.2f", name, level, got, least)
			}
		}
	}
}

// The muscle is the first thing to see. It differs from what it lies on by more
// than its hue alone, or by so much of that that no common colour blindness
// makes the two alike.
func TestTheMuscleStandsOutFromTheBody(t *testing.T) {
	for name, p := range palettes {
		all := inks(p)
		for _, part := range []string{"skin near", "shirt near", "trousers near", "skin far", "trousers far"} {
			for kind, see := range sights {
				a, b := see(rgb(all["muscle near"])), see(rgb(all[part]))
				if got := distance(a, b); got < 12 {
					t.Errorf("%s: muscle (%s) and %s (%s) are %.1f apart for %s, want 12", name, all["muscle near"].rgb, part, all[part].rgb, got, kind)
				}
			}
		}
	}
}

// More of something is further from the ground, never nearer; which night it was
// is told by a mark.
func TestHeatGrowsWithItsLevel(t *testing.T) {
	for name, p := range palettes {
		for level := 1; level < len(p.heat); level++ {
			before, now := ratio(p.heat[level-1][0], p.ground), ratio(p.heat[level][0], p.ground)
			if now < before {
				t.Errorf("%s: level %d is nearer to the ground than the one below: %.2f after %.2f", name, level, now, before)
			}
		}
	}
}

func rgb(k ink) [3]float64 {
	var v [3]int
	if _, err := fmt.Sscanf(strings.ToLower(k.rgb), "#%02x%02x%02x", &v[0], &v[1], &v[2]); err != nil {
		panic(k.rgb)
	}
	return [3]float64{linear(v[0]), linear(v[1]), linear(v[2])}
}

func linear(v int) float64 {
	s := float64(v) / 255
	if s <= 0.04045 {
		return s / 12.92
	}
	return math.Pow((s+0.055)/1.055, 2.4)
}

// sights are how eyes see: the matrices of Viénot, Brettel and Mollon (1999) for
// those without red or green cones, applied to linear light.
var sights = map[string]func([3]float64) [3]float64{
	"most people": func(c [3]float64) [3]float64 { return c },
	"somebody red blind": func(c [3]float64) [3]float64 {
		y := 0.11238*c[0] + 0.88762*c[1]
		return [3]float64{y, y, 0.00401*c[0] - 0.00401*c[1] + c[2]}
	},
	"somebody green blind": func(c [3]float64) [3]float64 {
		y := 0.29275*c[0] + 0.70725*c[1]
		return [3]float64{y, y, -0.02234*c[0] + 0.02234*c[1] + c[2]}
	},
}

// distance is how far two colours lie apart in CIELAB, where 2 can just be told
// apart side by side.
func distance(a, b [3]float64) float64 {
	p, q := lab(a), lab(b)
	return math.Sqrt((p[0]-q[0])*(p[0]-q[0]) + (p[1]-q[1])*(p[1]-q[1]) + (p[2]-q[2])*(p[2]-q[2]))
}

func lab(c [3]float64) [3]float64 {
	x := (0.4124*c[0] + 0.3576*c[1] + 0.1805*c[2]) / 0.9505
	y := 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2]
	z := (0.0193*c[0] + 0.1192*c[1] + 0.9505*c[2]) / 1.089
	f := func(t float64) float64 {
		if t > 0.008856 {
			return math.Cbrt(t)
		}
		return 7.787*t + 16.0/116
	}
	return [3]float64{116*f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z))}
}

// The hour decides, and nothing else.
func TestHourIsDarkBeforeBedAndTheNightUntilWaking(t *testing.T) {
	for abed, want := range map[bool]Name{false: Dark, true: Night} {
		for _, own := range backgrounds {
			th := New(Env{Name: Hour, Abed: abed, Terminal: own, Profile: colorprofile.TrueColor})
			if th.Name != want || th.Background == nil {
				t.Errorf("abed %v on background %d it is %s, painted %v", abed, own, th.Name, th.Background)
			}
		}
	}
}
