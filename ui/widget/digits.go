package widget

import (
	"strings"

	"lull/ui/canvas"
	"lull/ui/theme"
)

// pixels is the 4x5 font of the countdown. The zero is plain: a slash or a dot
// in it fills up when seen from two metres.
var pixels = map[rune][5]string{
	'0': {"####", "#..#", "#..#", "#..#", "####"},
	'1': {".##.", "..#.", "..#.", "..#.", ".###"},
	'2': {"####", "...#", "####", "#...", "####"},
	'3': {"####", "...#", ".###", "...#", "####"},
	'4': {"#..#", "#..#", "####", "...#", "...#"},
	'5': {"####", "#...", "####", "...#", "####"},
	'6': {"####", "#...", "####", "#..#", "####"},
	'7': {"####", "...#", "..#.", "..#.", "..#."},
	'8': {"####", "#..#", "####", "#..#", "####"},
	'9': {"####", "#..#", "####", "...#", "####"},
	':': {".", "#", ".", "#", "."},
	'-': {"...", "...", "###", "...", "..."},
	' ': {"..", "..", "..", "..", ".."},
}

const fontRows = 5

// smallestDigits is the least scale that still reads from two metres: a pixel
// is as many columns wide as the scale, and half as many rows high.
const smallestDigits = 2

// Digits draws the text, made of digits, colon, minus and space, as large as
// so many rows allow: 5 rows, then 8, 10, 13 and on. The block is as large as
// DigitsSize says. Below 5 rows it is the text itself on one line; other
// characters are left out.
func Digits(th theme.Theme, text string, rows int) string {
	w, h := DigitsSize(text, rows)
	if h == 0 {
		return ""
	}
	c := canvas.New(w, h)
	drawDigits(c, th, 0, 0, text, scaleFor(rows))
	return c.String()
}

// DigitsSize is how many cells Digits takes for the text within so many rows.
func DigitsSize(text string, rows int) (w, h int) {
	if rows <= 0 || pixelWidth(text) == 0 {
		return 0, 0
	}
	return digitsSize(text, scaleFor(rows))
}

// scaleFor is the largest scale that rows have room for, or 0 for plain text.
func scaleFor(rows int) int {
	if scale := 2 * rows / fontRows; scale >= smallestDigits {
		return scale
	}
	return 0
}

func digitsSize(text string, scale int) (w, h int) {
	if scale == 0 {
		return len(known(text)), 1
	}
	return pixelWidth(text) * scale, (fontRows*scale + 1) / 2
}

func known(text string) string {
	return strings.Map(func(r rune) rune {
		if _, ok := pixels[r]; ok {
			return r
		}
		return -1
	}, text)
}

// pixelWidth is the text's width in font pixels, one of them between letters.
func pixelWidth(text string) int {
	width := 0
	for _, r := range known(text) {
		width += len(pixels[r][0]) + 1
	}
	return max(width-1, 0)
}

// drawDigits puts the text on the canvas with its top left corner at x, y.
func drawDigits(c *canvas.Canvas, th theme.Theme, x, y int, text string, scale int) {
	ink := canvas.PenOf(th.Digits)
	if scale == 0 {
		c.Write(x, y, known(text), ink)
		return
	}
	for _, r := range known(text) {
		glyph := pixels[r]
		for row := range (fontRows*scale + 1) / 2 {
			for col := range len(glyph[0]) * scale {
				upper := lit(glyph, col/scale, 2*row/scale)
				lower := lit(glyph, col/scale, (2*row+1)/scale)
				if mark := half(th, upper, lower); mark != ' ' {
					c.Set(x+col, y+row, mark, ink)
				}
			}
		}
		x += (len(glyph[0]) + 1) * scale
	}
}

func lit(glyph [5]string, col, row int) bool { return row < fontRows && glyph[row][col] == '#' }

// half is the character for a cell whose upper and lower half are lit or not.
// In ASCII the lower half decides: it keeps the holes of the digits open.
func half(th theme.Theme, upper, lower bool) rune {
	solid := firstRune(th.Glyphs.Solid)
	switch {
	case solid < 0x80 && lower, upper && lower:
		return solid
	case solid < 0x80 || !upper && !lower:
		return ' '
	case upper:
		return '▀'
	default:
		return '▄'
	}
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return ' '
}
