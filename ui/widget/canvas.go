package widget

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// pen is what one cell of a canvas is drawn with. The zero pen leaves the cell
// to the terminal.
type pen struct {
	fg, bg        color.Color
	bold, reverse bool
}

// penOf takes over a role's colours, weight and reverse.
func penOf(s lipgloss.Style) pen {
	return pen{
		fg: colour(s.GetForeground()), bg: colour(s.GetBackground()),
		bold: s.GetBold(), reverse: s.GetReverse(),
	}
}

// colour is c, or nil for Lip Gloss's way of saying that there is none.
func colour(c color.Color) color.Color {
	if _, none := c.(lipgloss.NoColor); none {
		return nil
	}
	return c
}

func (p pen) render(s string) string {
	if p == (pen{}) {
		return s
	}
	var style ansi.Style
	if p.bold {
		style = style.Bold()
	}
	if p.reverse {
		style = style.Reverse(true)
	}
	if p.fg != nil {
		style = style.ForegroundColor(p.fg)
	}
	if p.bg != nil {
		style = style.BackgroundColor(p.bg)
	}
	return style.Styled(s)
}

// canvas is a grid of cells to draw on. Drawing outside it does nothing.
type canvas struct {
	w, h  int
	runes []rune
	pens  []pen
}

// newCanvas is w by h blank cells.
func newCanvas(w, h int) *canvas {
	w, h = max(w, 0), max(h, 0)
	c := &canvas{w: w, h: h, runes: make([]rune, w*h), pens: make([]pen, w*h)}
	for i := range c.runes {
		c.runes[i] = ' '
	}
	return c
}

func (c *canvas) set(x, y int, r rune, p pen) {
	if x >= 0 && y >= 0 && x < c.w && y < c.h {
		c.runes[y*c.w+x], c.pens[y*c.w+x] = r, p
	}
}

// write sets the cells from x on; every rune of s must be one cell wide.
func (c *canvas) write(x, y int, s string, p pen) {
	for _, r := range s {
		c.set(x, y, r, p)
		x++
	}
}

// String is the canvas as a block of w by h cells.
func (c *canvas) String() string {
	if c.w == 0 || c.h == 0 {
		return ""
	}
	lines := make([]string, c.h)
	for y := range lines {
		var line strings.Builder
		row := y * c.w
		for from := row; from < row+c.w; {
			to := from + 1
			for to < row+c.w && c.pens[to] == c.pens[from] {
				to++
			}
			line.WriteString(c.pens[from].render(string(c.runes[from:to])))
			from = to
		}
		lines[y] = line.String()
	}
	return strings.Join(lines, "\n")
}
