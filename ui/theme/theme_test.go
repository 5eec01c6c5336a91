package theme

import (
	"image/color"
	"math"
	"reflect"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

var coloured = []Name{Dark, Light, Night, Contrast}

var depths = []colorprofile.Profile{colorprofile.ANSI, colorprofile.ANSI256, colorprofile.TrueColor}

// xterm16 is xterm's own palette, standing in for the owner's sixteen.
var xterm16 = [16][3]uint8{
	{0, 0, 0}, {205, 0, 0}, {0, 205, 0}, {205, 205, 0}, {0, 0, 238}, {205, 0, 205}, {0, 205, 205}, {229, 229, 229},
	{127, 127, 127}, {255, 0, 0}, {0, 255, 0}, {255, 255, 0}, {92, 92, 255}, {255, 0, 255}, {0, 255, 255}, {255, 255, 255},
}

func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	if basic, ok := c.(ansi.BasicColor); ok {
		x := xterm16[basic]
		r, g, b = uint32(x[0])*257, uint32(x[1])*257, uint32(x[2])*257
	}
	linear := func(v uint32) float64 {
		s := float64(v) / 0xffff
		if s <= 0.03928 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

// contrast is the WCAG 2 contrast ratio of two colours, 1 to 21.
func contrast(a, b color.Color) float64 {
	hi, lo := luminance(a), luminance(b)
	if hi < lo {
		hi, lo = lo, hi
	}
	return (hi + 0.05) / (lo + 0.05)
}

func textRoles(t Theme) map[string]lipgloss.Style {
	return map[string]lipgloss.Style{
		"text": t.Text, "title": t.Title, "accent": t.Accent, "done": t.Done,
		"hold": t.Hold, "get ready": t.GetReady, "rest": t.Rest, "switch": t.Switch,
		"warn": t.Warn, "danger": t.Danger, "digits": t.Digits,
	}
}

func least(n Name) float64 {
	if n == Contrast {
		return 7
	}
	return 4.5
}

// brightened is what many terminals make of one of the first eight colours in
// bold.
func brightened(c color.Color) color.Color {
	if basic, ok := c.(ansi.BasicColor); ok && basic < 8 {
		return basic + 8
	}
	return c
}

func eachTheme(t *testing.T, test func(*testing.T, Theme)) {
	for _, name := range coloured {
		for _, p := range depths {
			t.Run(string(name)+"/"+p.String(), func(t *testing.T) {
				test(t, New(Env{Name: name, Profile: p}))
			})
		}
	}
}

func atLeast(t *testing.T, want float64, role string, fg, bg color.Color) {
	t.Helper()
	if got := contrast(fg, bg); got < want {
		t.Errorf("%s has a contrast of %.2f on its ground, want %.1f", role, got, want)
	}
}

func TestTextReachesItsContrastOnTheGround(t *testing.T) {
	eachTheme(t, func(t *testing.T, th Theme) {
		for role, style := range textRoles(th) {
			atLeast(t, least(th.Name), role, style.GetForeground(), th.Ground)
			if style.GetBold() {
				atLeast(t, least(th.Name), "bold and brightened "+role, brightened(style.GetForeground()), th.Ground)
			}
		}
	})
}

func TestHintsAndRingsReachThreeToOne(t *testing.T) {
	eachTheme(t, func(t *testing.T, th Theme) {
		atLeast(t, 3, "quiet", th.Quiet.GetForeground(), th.Ground)
		atLeast(t, 3, "ring", th.Ring.GetForeground(), th.Ground)
		atLeast(t, 3, "muscle", th.Figure.Muscle.Near, th.Ground)
		if !th.Flat() {
			atLeast(t, 3, "ring on its track", th.Ring.GetForeground(), th.Track.GetForeground())
		}
		if th.Name == Contrast {
			atLeast(t, 7, "quiet", th.Quiet.GetForeground(), th.Ground)
		}
	})
}

func TestTheSelectedRowReads(t *testing.T) {
	eachTheme(t, func(t *testing.T, th Theme) {
		text := th.Selected.GetForeground()
		if th.Selected.GetBold() {
			text = brightened(text)
		}
		atLeast(t, least(th.Name), "selected", text, th.Selected.GetBackground())
	})
}

func TestHeatReadsOnItsOwnGround(t *testing.T) {
	eachTheme(t, func(t *testing.T, th Theme) {
		for level, style := range th.Heat {
			bg, want := style.GetBackground(), least(th.Name)
			if th.Flat() {
				bg = th.Ground
			}
			if level == 0 {
				want = 3
			}
			atLeast(t, want, "heat", style.GetForeground(), bg)
		}
	})
}

func TestAutoReadsOnCommonTerminalGrounds(t *testing.T) {
	grounds := map[Background][]string{
		DarkBackground:  {"#000000", "#1e1e1e", "#282a36", "#002b36", "#1d2021", "#2e3440"},
		LightBackground: {"#ffffff", "#fdf6e3", "#f6f8fa", "#eff1f5"},
	}
	for own, list := range grounds {
		th := New(Env{Name: Auto, Terminal: own, Profile: colorprofile.TrueColor})
		for _, ground := range list {
			for role, style := range textRoles(th) {
				atLeast(t, 4, role+" on "+ground, style.GetForeground(), lipgloss.Color(ground))
			}
		}
	}
}

func TestNightHasNoBlueAndLittleGreen(t *testing.T) {
	th := New(Env{Name: Night, Profile: colorprofile.TrueColor})
	all := []color.Color{th.Ground, th.Figure.Skin.Near, th.Figure.Muscle.Near, th.Quiet.GetForeground(), th.Track.GetForeground(), th.Panel.GetForeground()}
	for _, style := range textRoles(th) {
		all = append(all, style.GetForeground())
	}
	for _, c := range all {
		if _, g, b, _ := c.RGBA(); g>>8 > 0x5a || b>>8 > 0x26 {
			t.Errorf("%v has more green or blue than the night allows", c)
		}
	}
}

func TestPoorerTerminalsGetIndicesAndNeverMixedColours(t *testing.T) {
	for _, name := range coloured {
		for p, good := range map[colorprofile.Profile]func(color.Color) bool{
			colorprofile.ANSI256: func(c color.Color) bool { x, ok := c.(ansi.IndexedColor); return ok && x >= 16 },
			colorprofile.ANSI: func(c color.Color) bool {
				_, basic := c.(ansi.BasicColor)
				_, none := c.(lipgloss.NoColor)
				return basic || none
			},
		} {
			th := New(Env{Name: name, Profile: p})
			for _, c := range colours(reflect.ValueOf(th)) {
				if !good(c) {
					t.Errorf("%s at %s uses %T %v", name, p, c, c)
				}
			}
		}
	}
}

// colours collects the foregrounds, grounds and bare colours of a theme.
func colours(v reflect.Value) []color.Color {
	if style, ok := v.Interface().(lipgloss.Style); ok {
		return bare(style.GetForeground(), style.GetBackground())
	}
	if c, ok := v.Interface().(color.Color); ok {
		return bare(c)
	}
	var all []color.Color
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Field(i); f.CanInterface() {
				all = append(all, colours(f)...)
			}
		}
	case reflect.Array:
		for i := range v.Len() {
			all = append(all, colours(v.Index(i))...)
		}
	}
	return all
}

func bare(list ...color.Color) []color.Color {
	var set []color.Color
	for _, c := range list {
		if _, none := c.(lipgloss.NoColor); !none && c != nil {
			set = append(set, c)
		}
	}
	return set
}

func TestNoneUsesNoColourAtAll(t *testing.T) {
	for _, e := range []Env{{}, {Name: None, Profile: colorprofile.TrueColor}, {Name: Night, Profile: colorprofile.ASCII}} {
		th := New(e)
		if th.Colour() || !th.Flat() || th.Background != nil {
			t.Errorf("%+v still has colour", e)
		}
		if got := colours(reflect.ValueOf(th)); len(got) > 0 {
			t.Errorf("%+v has the colours %v", e, got)
		}
	}
}

var backgrounds = []Background{UnknownBackground, DarkBackground, LightBackground}

func TestThemesPaintTheirBackground(t *testing.T) {
	for _, name := range Names() {
		for _, own := range backgrounds {
			th := New(Env{Name: name, Terminal: own, Profile: colorprofile.TrueColor})
			want := name != None && (name != Auto || own == UnknownBackground)
			if got := th.Background != nil; got != want {
				t.Errorf("%s on background %d paints its own: %v, want %v", name, own, got, want)
			}
			if got, want := th.Provisional, name == Auto && want; got != want {
				t.Errorf("%s on background %d is provisional: %v, want %v", name, own, got, want)
			}
		}
	}
}

// A terminal that does not say what its background is can have any.
func TestAutoReadsWhereTheBackgroundIsUnknown(t *testing.T) {
	for _, p := range depths {
		th := New(Env{Name: Auto, Profile: p})
		bg := th.Background
		if bg == nil {
			t.Fatalf("%v: nothing is painted, so the text may have the colour of the background", p)
		}
		for role, style := range textRoles(th) {
			atLeast(t, 4.5, role, style.GetForeground(), bg)
		}
	}
}

func TestParseColorFGBG(t *testing.T) {
	for value, want := range map[string]Background{
		"15;0": DarkBackground, "0;15": LightBackground, "0;7": LightBackground, "7;8": DarkBackground,
		"15;default;0": DarkBackground, "0;default;15": LightBackground,
		"": UnknownBackground, "0": UnknownBackground, "0;default": UnknownBackground, "0;16": UnknownBackground, "0;-1": UnknownBackground, "a;b": UnknownBackground,
	} {
		if got := ParseColorFGBG(value); got != want {
			t.Errorf("%q: %d, want %d", value, got, want)
		}
	}
}

func TestAutoFollowsTheTerminal(t *testing.T) {
	for _, name := range []Name{Auto, "", "no such theme"} {
		for own, want := range map[Background]Name{DarkBackground: Dark, LightBackground: Light} {
			if got := New(Env{Name: name, Terminal: own, Profile: colorprofile.ANSI256}).Name; got != want {
				t.Errorf("%q on background %d is %s, want %s", name, own, got, want)
			}
		}
	}
}

func TestGlyphsAreOneCellHoweverTheTerminalCounts(t *testing.T) {
	for _, ascii := range []bool{false, true} {
		th := New(Env{ASCII: ascii})
		v := reflect.ValueOf(th.Glyphs)
		for i := range v.NumField() {
			name, g := v.Type().Field(i).Name, v.Field(i).String()
			if ansi.StringWidth(g) != 1 || ansi.StringWidthWc(g) != 1 {
				t.Errorf("%s %q is not one cell in both methods", name, g)
			}
			if strings.ContainsAny(g, "\ufe0e\ufe0f\u200d") {
				t.Errorf("%s %q has a selector or a joiner", name, g)
			}
			if ascii && g[0] >= 0x80 {
				t.Errorf("%s %q is not ASCII", name, g)
			}
		}
	}
}

func TestNightsNeverLookAlike(t *testing.T) {
	for _, g := range []Glyphs{unicodeGlyphs, asciiGlyphs} {
		states := []string{g.Done, g.Partial, g.Missed, g.Paused, g.Unknown}
		seen := map[string]bool{}
		for _, s := range states {
			if seen[s] {
				t.Errorf("%q stands for two states", s)
			}
			seen[s] = true
		}
	}
}

func TestCrampMarksStopAtThree(t *testing.T) {
	g := unicodeGlyphs
	for n, want := range map[int]string{-1: "", 0: "", 1: g.Cramp1, 2: g.Cramp2, 3: g.Cramp3, 40: g.Cramp3} {
		if got := g.Cramps(n); got != want {
			t.Errorf("%d cramps show %q, want %q", n, got, want)
		}
	}
}
