// Package theme turns a theme's name, the terminal's ground and its colour
// depth into roles: what a hint, a key, a hold or the worked muscle looks
// like. Themes are values; nothing here reads the terminal or the environment.
package theme

import (
	"image/color"
	"strconv"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
)

// Name is a theme as people write it in the settings.
type Name string

// The themes. Auto is Dark or Light after the terminal's own background, and
// Dark on a background of its own while that is not known; Hour is
// Dark, and Night while the person means to be in bed; None has no colour at
// all, only weight, underline and reverse.
const (
	Auto     Name = "auto"
	Dark     Name = "dark"
	Light    Name = "light"
	Night    Name = "night"
	Hour     Name = "hour"
	Contrast Name = "contrast"
	None     Name = "none"
)

// Names returns every theme in the order the settings show them.
func Names() []Name { return []Name{Auto, Dark, Light, Night, Hour, Contrast, None} }

// Env is all a theme depends on. The zero Env gives the theme None.
type Env struct {
	Name     Name                 // a name that is not known means Auto
	Terminal Background           // the terminal's own background
	Abed     bool                 // it is between the person's bedtime and their getting up, for Hour
	Profile  colorprofile.Profile // what the terminal can show; ASCII and less mean no colour
	ASCII    bool                 // the terminal shows nothing beyond ASCII
	Drawing  Drawing              // what the person wants pictures made of
}

// Background is what is known of the terminal's own background.
type Background uint8

// The backgrounds.
const (
	UnknownBackground Background = iota
	DarkBackground
	LightBackground
)

// ParseColorFGBG reads the variable COLORFGBG, such as "15;0" or
// "15;default;0", whose last field is the background: one of sixteen colours,
// of which 7 and 9 to 15 are light.
func ParseColorFGBG(value string) Background {
	last := value[strings.LastIndexByte(value, ';')+1:]
	n, err := strconv.Atoi(last)
	switch {
	case err != nil || len(last) == len(value) || n < 0 || n > 15:
		return UnknownBackground
	case n == 7 || n > 8:
		return LightBackground
	}
	return DarkBackground
}

// Drawing is what pictures are made of.
type Drawing string

// The drawings, as people write them in the settings. An empty one or one that
// is not known is Quarters.
const (
	Quarters Drawing = "auto"        // four pixels a cell
	Halves   Drawing = "half-blocks" // two pixels a cell, one above the other
	Letters  Drawing = "ascii"       // no blocks at all
)

// Theme is the look of every role. Text roles keep a contrast of 4.5:1 on
// their ground (7:1 in Contrast), Quiet and Ring 3:1; Track and Panel are
// decoration and promise nothing, so nothing may be told by them alone.
type Theme struct {
	Name    Name                 // the theme in force, never Auto nor Hour
	Profile colorprofile.Profile // TrueColor, ANSI256, ANSI or ASCII

	// Background is what every cell is to be painted with, or nil to leave
	// the terminal's own. A theme asked for by name brings its own; Auto does
	// while the terminal's is not known; None never does.
	Background color.Color
	// Provisional reports that Background stands in for the terminal's own,
	// which may become known: do not set the terminal's own to it.
	Provisional bool
	// Ground is the colour the others were chosen against, for mixing edges
	// with it. It is lipgloss.NoColor when there is no colour.
	Ground color.Color

	Text     lipgloss.Style
	Quiet    lipgloss.Style // hints and labels
	Title    lipgloss.Style
	Accent   lipgloss.Style // keys and links
	Done     lipgloss.Style
	Hold     lipgloss.Style
	GetReady lipgloss.Style
	Rest     lipgloss.Style
	Switch   lipgloss.Style
	Warn     lipgloss.Style
	Danger   lipgloss.Style
	Digits   lipgloss.Style
	Ring     lipgloss.Style // the lit part of rings and gauges
	Track    lipgloss.Style // their unlit part
	Panel    lipgloss.Style // borders and rules
	Selected lipgloss.Style // the row under the cursor, ground included

	Heat    [5]lipgloss.Style // from nothing to all of it, each with its own ground
	Figure  Figure
	Border  lipgloss.Border
	Glyphs  Glyphs
	Drawing Drawing // Letters where the terminal shows only ASCII
}

// Figure is the paint of a body and the things around it. Near and Far are
// never lipgloss.NoColor while the theme has colour.
type Figure struct {
	Skin, Shirt, Trousers Shade
	Prop                  Shade // Near: wall, chair and bed; Far: floor and shadow
	Strap                 Shade
	Muscle                Shade // Near: at its brightest; Far: at the low point of its pulse
}

// Shade is one part's colour on the limb near the viewer and on the far one.
type Shade struct{ Near, Far color.Color }

// New returns the theme for the environment. Equal environments give themes
// that draw alike.
func New(e Env) Theme {
	name, painted := resolve(e)
	t := Theme{
		Name:    name,
		Profile: depth(e.Profile),
		Border:  lipgloss.RoundedBorder(),
		Glyphs:  unicodeGlyphs,
		Drawing: Quarters,
	}
	switch {
	case e.ASCII || e.Drawing == Letters:
		t.Drawing, t.Glyphs, t.Border = Letters, asciiGlyphs, lipgloss.ASCIIBorder()
	case e.Drawing == Halves:
		t.Drawing = Halves
	}
	if name == None {
		return plain(t)
	}
	t = dress(t, palettes[name])
	if painted {
		t.Background = t.Ground
		t.Provisional = !byName(e.Name)
	}
	return t
}

// Colour reports whether the theme uses any colour.
func (t Theme) Colour() bool { return t.Name != None }

// Flat reports that colours cannot be mixed or told apart reliably: sixteen
// of them, chosen by somebody else, or none. Draw with shapes and shades then.
func (t Theme) Flat() bool { return t.Profile < colorprofile.ANSI256 }

// Base is the style of a cell nothing else claims: text on the background.
func (t Theme) Base() lipgloss.Style {
	if t.Background == nil {
		return t.Text
	}
	return t.Text.Background(t.Background)
}

// resolve returns the theme in force and whether it paints its own ground.
func resolve(e Env) (Name, bool) {
	if depth(e.Profile) == colorprofile.ASCII {
		return None, false
	}
	if _, known := palettes[e.Name]; known {
		return e.Name, true
	}
	switch {
	case e.Name == None:
		return None, false
	case e.Name == Hour && e.Abed:
		return Night, true
	case e.Name == Hour:
		return Dark, true
	case e.Terminal == LightBackground:
		return Light, false
	}
	return Dark, e.Terminal == UnknownBackground
}

// byName reports whether a person chose the theme, so that it is not Auto.
func byName(n Name) bool {
	_, known := palettes[n]
	return known || n == Hour || n == None
}

func depth(p colorprofile.Profile) colorprofile.Profile {
	return min(max(p, colorprofile.ASCII), colorprofile.TrueColor)
}

// dress turns the named colours of a palette into roles.
func dress(t Theme, p palette) Theme {
	// Many terminals show bold text in the brighter half of the sixteen
	// colours, which fades on a light ground.
	heavy := !t.Flat() || p.ground.x16 == 0
	at := func(k ink) color.Color { return k.at(t.Profile) }
	pen := func(k ink) lipgloss.Style { return lipgloss.NewStyle().Foreground(at(k)) }
	bold := func(k ink) lipgloss.Style { return pen(k).Bold(heavy) }
	shade := func(s [2]ink) Shade { return Shade{Near: at(s[0]), Far: at(s[1])} }

	t.Ground = at(p.ground)
	t.Text, t.Quiet = pen(p.text), pen(p.quiet)
	t.Title, t.Accent = bold(p.title), pen(p.accent)
	t.Done, t.Warn, t.Danger = pen(p.done), pen(p.warn), bold(p.danger)
	t.Hold, t.GetReady = bold(p.hold), pen(p.ready)
	t.Rest, t.Switch = pen(p.rest), bold(p.change)
	t.Digits, t.Ring = pen(p.glow), pen(p.glow)
	t.Track, t.Panel = pen(p.track), pen(p.edge)
	t.Selected = pen(p.picked).Background(at(p.raised)).Bold(t.Flat() && p.picked.x16 >= 8)
	for i, pair := range p.heat {
		t.Heat[i] = pen(pair[1]).Background(at(pair[0]))
	}
	t.Figure = Figure{
		Skin: shade(p.skin), Shirt: shade(p.shirt), Trousers: shade(p.trousers),
		Prop: shade(p.prop), Strap: shade(p.strap), Muscle: shade(p.muscle),
	}
	return t
}

// plain fills the roles without any colour.
func plain(t Theme) Theme {
	t.Profile = colorprofile.ASCII
	text := lipgloss.NewStyle()
	bold, reverse := text.Bold(true), text.Reverse(true)
	no := Shade{Near: lipgloss.NoColor{}, Far: lipgloss.NoColor{}}

	t.Ground = lipgloss.NoColor{}
	t.Text, t.Quiet, t.Track, t.Panel = text, text, text, text
	t.Title, t.Accent, t.Done, t.Warn = bold, bold, bold, bold
	t.Hold, t.GetReady, t.Rest = bold, text, text
	t.Switch, t.Danger = bold.Underline(true), bold.Reverse(true)
	t.Digits, t.Ring, t.Selected = text, text, reverse
	t.Heat = [5]lipgloss.Style{text, text, text, bold, bold}
	t.Figure = Figure{Skin: no, Shirt: no, Trousers: no, Prop: no, Strap: no, Muscle: no}
	return t
}
