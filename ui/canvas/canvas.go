// Package canvas is a grid of cells to draw on: what the rings, digits, heat maps
// and figures have in common.
package canvas

import (
	"image/color"
	"strconv"
	"unicode/utf8"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// Pen is what one cell of a canvas is drawn with. The zero Pen leaves the cell
// to the terminal.
type Pen struct {
	FG, BG        color.Color
	Bold, Reverse bool
}

// PenOf takes over a role's colours, weight and reverse.
func PenOf(s lipgloss.Style) Pen {
	return Pen{
		FG: Colour(s.GetForeground()), BG: Colour(s.GetBackground()),
		Bold: s.GetBold(), Reverse: s.GetReverse(),
	}
}

// Colour is c, or nil for Lip Gloss's way of saying that there is none.
func Colour(c color.Color) color.Color {
	if _, none := c.(lipgloss.NoColor); none {
		return nil
	}
	return c
}

// Quadrants are the blocks by which of their quarters are lit: 1 upper left,
// 2 upper right, 4 lower left, 8 lower right.
var Quadrants = []rune(" ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█")

// Mixed is the colour that comes nearest to the channels, from 0 to 255, in steps
// that the eye does not tell apart: cells that look alike are then alike, and
// what moves asks less of a slow line.
func Mixed(r, g, b float64) color.RGBA {
	const step = 8
	round := func(v float64) uint8 { return uint8(min(255, int(v/step+0.5)*step)) }
	return color.RGBA{R: round(r), G: round(g), B: round(b), A: 255}
}

// open appends the sequence that starts the pen. Colours of 24 bits are written
// here and not by way of a style: a moving figure has hundreds of them.
func (p Pen) open(b []byte) []byte {
	fg, fgMixed := p.FG.(color.RGBA)
	bg, bgMixed := p.BG.(color.RGBA)
	if p.Bold || p.Reverse || p.FG != nil && !fgMixed || p.BG != nil && !bgMixed {
		return append(b, p.style().String()...)
	}
	b = append(b, "\x1b["...)
	if fgMixed {
		b = appendColour(b, "38;2", fg)
	}
	if bgMixed {
		if fgMixed {
			b = append(b, ';')
		}
		b = appendColour(b, "48;2", bg)
	}
	return append(b, 'm')
}

func appendColour(b []byte, ground string, c color.RGBA) []byte {
	b = append(b, ground...)
	for _, v := range [3]uint8{c.R, c.G, c.B} {
		b = strconv.AppendUint(append(b, ';'), uint64(v), 10)
	}
	return b
}

func (p Pen) style() ansi.Style {
	var style ansi.Style
	if p.Bold {
		style = style.Bold()
	}
	if p.Reverse {
		style = style.Reverse(true)
	}
	if p.FG != nil {
		style = style.ForegroundColor(p.FG)
	}
	if p.BG != nil {
		style = style.BackgroundColor(p.BG)
	}
	return style
}

// Canvas is a grid of cells to draw on. Drawing outside it does nothing.
type Canvas struct {
	W, H  int
	runes []rune
	pens  []Pen
}

// New is w by h blank cells.
func New(w, h int) *Canvas {
	w, h = max(w, 0), max(h, 0)
	c := &Canvas{W: w, H: h, runes: make([]rune, w*h), pens: make([]Pen, w*h)}
	for i := range c.runes {
		c.runes[i] = ' '
	}
	return c
}

// Set draws one cell; the rune must be one cell wide.
func (c *Canvas) Set(x, y int, r rune, p Pen) {
	if x >= 0 && y >= 0 && x < c.W && y < c.H {
		c.runes[y*c.W+x], c.pens[y*c.W+x] = r, p
	}
}

// Write sets the cells from x on; every rune of s must be one cell wide.
func (c *Canvas) Write(x, y int, s string, p Pen) {
	for _, r := range s {
		c.Set(x, y, r, p)
		x++
	}
}

// String is the canvas as a block of w by h cells.
func (c *Canvas) String() string {
	if c.W == 0 || c.H == 0 {
		return ""
	}
	b := make([]byte, 0, 8*c.W*c.H)
	for y := range c.H {
		if y > 0 {
			b = append(b, '\n')
		}
		row := y * c.W
		for from := row; from < row+c.W; {
			to := from + 1
			for to < row+c.W && c.pens[to] == c.pens[from] {
				to++
			}
			b = c.pens[from].write(b, c.runes[from:to])
			from = to
		}
	}
	return string(b)
}

// write appends runes in the pen.
func (p Pen) write(b []byte, runes []rune) []byte {
	plain := p == (Pen{})
	if !plain {
		b = p.open(b)
	}
	for _, r := range runes {
		b = utf8.AppendRune(b, r)
	}
	if !plain {
		b = append(b, ansi.ResetStyle...)
	}
	return b
}
