package theme

import (
	"image/color"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// ink is one named colour at each colour depth. The indices are picked by
// hand: the nearest index by arithmetic turns dark reds brown and greys teal.
type ink struct {
	rgb  string
	x256 int // 16 to 255; the first sixteen belong to the terminal's owner
	x16  int // 0 to 15, or unset
}

// unset leaves the colour to the terminal at that depth.
const unset = -1

func (k ink) at(p colorprofile.Profile) color.Color {
	switch {
	case p >= colorprofile.TrueColor:
		return lipgloss.Color(k.rgb)
	case p == colorprofile.ANSI256:
		return lipgloss.ANSIColor(k.x256)
	case k.x16 == unset:
		return lipgloss.NoColor{}
	default:
		return ansi.BasicColor(k.x16)
	}
}

// palette is the named colours of one theme. Heat pairs are ground and text;
// figure pairs are near and far.
type palette struct {
	ground, raised, track, edge ink
	text, title, picked         ink
	quiet, accent               ink
	done, warn, danger          ink
	hold, ready, rest, change   ink
	glow                        ink

	heat                  [5][2]ink
	skin, shirt, trousers [2]ink
	prop, strap, muscle   [2]ink
}

var palettes = map[Name]palette{
	Dark:     darkPalette,
	Light:    lightPalette,
	Night:    nightPalette,
	Contrast: contrastPalette,
}

var darkPalette = palette{
	ground: ink{"#0e1116", 233, 0},
	raised: ink{"#26303d", 237, 4},
	track:  ink{"#2b323d", 237, 8},
	edge:   ink{"#4a5463", 240, 8},

	text:   ink{"#d7dce3", 252, 15},
	title:  ink{"#f2f4f7", 255, 15},
	picked: ink{"#f2f4f7", 255, 15},
	quiet:  ink{"#8f98a6", 246, 7},
	accent: ink{"#7fb4e0", 110, 14},
	done:   ink{"#84c98f", 114, 10},
	warn:   ink{"#f0b43c", 214, 11},
	danger: ink{"#ff7070", 203, 9},
	hold:   ink{"#ff8a4c", 208, 11},
	ready:  ink{"#e8c07a", 180, 15},
	rest:   ink{"#6fc3bd", 73, 14},
	change: ink{"#c9a0e8", 176, 13},
	glow:   ink{"#ff6a2a", 202, 11},

	heat: [5][2]ink{
		{{"#171c24", 235, unset}, {"#8f98a6", 247, 7}},
		{{"#16261e", 236, unset}, {"#8fbf9a", 151, 10}},
		{{"#193626", 237, unset}, {"#a3d3ad", 151, 10}},
		{{"#1d4630", 22, unset}, {"#b4dfbc", 151, 10}},
		{{"#225539", 22, unset}, {"#c4e8ca", 194, 10}},
	},
	skin:     [2]ink{{"#e6b894", 180, 15}, {"#756152", 95, 7}},
	shirt:    [2]ink{{"#5b8fb9", 67, 6}, {"#334d64", 238, 8}},
	trousers: [2]ink{{"#7d88a8", 103, 7}, {"#434a5c", 59, 8}},
	prop:     [2]ink{{"#56606e", 241, 8}, {"#2c3440", 237, 8}},
	strap:    [2]ink{{"#d9c36a", 179, 3}, {"#6e6541", 58, 3}},
	muscle:   [2]ink{{"#ff6a2a", 202, 9}, {"#b8603c", 130, 1}},
}

var lightPalette = palette{
	ground: ink{"#faf8f4", 231, 15},
	raised: ink{"#e4ddcf", 253, 4},
	track:  ink{"#ddd8cd", 252, 8},
	edge:   ink{"#b9b2a4", 248, 8},

	text:   ink{"#23272e", 235, 0},
	title:  ink{"#11141a", 233, 4},
	picked: ink{"#11141a", 233, 15},
	quiet:  ink{"#646b76", 241, 8},
	accent: ink{"#1f5f99", 25, 4},
	done:   ink{"#2a6e38", 22, 4},
	warn:   ink{"#8a5a00", 94, 1},
	danger: ink{"#b3202a", 124, 1},
	hold:   ink{"#b8420f", 130, 1},
	ready:  ink{"#7d5a00", 94, 0},
	rest:   ink{"#1c6b6b", 23, 4},
	change: ink{"#7a3d9c", 90, 5},
	glow:   ink{"#c4480f", 130, 1},

	heat: [5][2]ink{
		{{"#f0ece3", 254, unset}, {"#646b76", 241, 8}},
		{{"#dfeadf", 253, unset}, {"#2f5c3a", 22, 4}},
		{{"#b9dcbf", 151, unset}, {"#1d4527", 22, 4}},
		{{"#5d9c6a", 71, unset}, {"#06140a", 16, 4}},
		{{"#2a6e38", 22, unset}, {"#faf8f4", 231, 4}},
	},
	skin:     [2]ink{{"#b9794f", 137, 0}, {"#d9b89f", 180, 8}},
	shirt:    [2]ink{{"#3d7aa8", 67, 4}, {"#a3bfd1", 152, 8}},
	trousers: [2]ink{{"#5f6b90", 60, 0}, {"#b1b7c6", 146, 8}},
	prop:     [2]ink{{"#8f897c", 245, 8}, {"#d3cdbf", 252, 7}},
	strap:    [2]ink{{"#8a6d00", 94, 5}, {"#c9bb82", 180, 5}},
	muscle:   [2]ink{{"#d9480f", 166, 9}, {"#da7040", 173, 1}},
}

// nightPalette keeps green under 0x5b and blue under 0x27: red cannot be dim
// and readable without a little green, and needs no more than that.
var nightPalette = palette{
	ground: ink{"#0a0000", 16, 0},
	raised: ink{"#2a0603", 52, 0},
	track:  ink{"#2a0603", 52, 1},
	edge:   ink{"#3c0c06", 52, 1},

	text:   ink{"#e04a22", 196, 9},
	title:  ink{"#ff5a26", 202, 9},
	picked: ink{"#ff5a26", 202, 9},
	quiet:  ink{"#a83418", 160, 1},
	accent: ink{"#f45226", 202, 9},
	done:   ink{"#e04a22", 196, 9},
	warn:   ink{"#ff5a26", 202, 9},
	danger: ink{"#ff5a26", 202, 9},
	hold:   ink{"#ff5a26", 202, 9},
	ready:  ink{"#e04a22", 196, 9},
	rest:   ink{"#e04a22", 196, 9},
	change: ink{"#ff5a26", 202, 9},
	glow:   ink{"#ff5a26", 202, 9},

	heat: [5][2]ink{
		{{"#0a0000", 16, unset}, {"#a83418", 160, 1}},
		{{"#0a0000", 16, unset}, {"#e04a22", 196, 9}},
		{{"#2a0603", 52, unset}, {"#f45226", 202, 9}},
		{{"#3c0c06", 52, unset}, {"#ff5a26", 202, 9}},
		{{"#4e140a", 52, unset}, {"#ff5a26", 202, 9}},
	},
	skin:     [2]ink{{"#b83c1c", 124, 1}, {"#4e140a", 52, 1}},
	shirt:    [2]ink{{"#8a2410", 88, 1}, {"#4e140a", 52, 1}},
	trousers: [2]ink{{"#9c2c14", 88, 1}, {"#4e140a", 52, 1}},
	prop:     [2]ink{{"#641c0d", 88, 1}, {"#3c0c06", 52, 1}},
	strap:    [2]ink{{"#a83418", 160, 1}, {"#4e140a", 52, 1}},
	muscle:   [2]ink{{"#ff5a26", 202, 9}, {"#c8401c", 160, 9}},
}

var contrastPalette = palette{
	ground: ink{"#000000", 16, 0},
	raised: ink{"#ffff00", 226, 11},
	track:  ink{"#4d4d4d", 239, 8},
	edge:   ink{"#ffffff", 231, 15},

	text:   ink{"#ffffff", 231, 15},
	title:  ink{"#ffffff", 231, 15},
	picked: ink{"#000000", 16, 0},
	quiet:  ink{"#c8c8c8", 251, 7},
	accent: ink{"#ffff00", 226, 11},
	done:   ink{"#5cff8f", 84, 10},
	warn:   ink{"#ffd000", 220, 11},
	danger: ink{"#ff8f8f", 210, 11},
	hold:   ink{"#ffa050", 215, 11},
	ready:  ink{"#ffe28a", 229, 15},
	rest:   ink{"#7fdfff", 117, 14},
	change: ink{"#ffb0ff", 219, 14},
	glow:   ink{"#ffff00", 226, 11},

	heat: [5][2]ink{
		{{"#000000", 16, unset}, {"#c8c8c8", 251, 7}},
		{{"#1c1c1c", 234, unset}, {"#ffffff", 231, 15}},
		{{"#0a2e17", 236, unset}, {"#ffffff", 231, 10}},
		{{"#0b4220", 237, unset}, {"#ffffff", 231, 10}},
		{{"#0c5a2b", 22, unset}, {"#ffffff", 231, 10}},
	},
	skin:     [2]ink{{"#ffffff", 231, 15}, {"#8a8a8a", 245, 7}},
	shirt:    [2]ink{{"#8fc7ff", 117, 14}, {"#4f6f8f", 60, 6}},
	trousers: [2]ink{{"#c8c8c8", 251, 7}, {"#6e6e6e", 242, 8}},
	prop:     [2]ink{{"#8a8a8a", 245, 7}, {"#5c5c5c", 240, 8}},
	strap:    [2]ink{{"#5cff8f", 84, 10}, {"#2f8047", 29, 2}},
	muscle:   [2]ink{{"#ffff00", 226, 11}, {"#b3b300", 142, 3}},
}
