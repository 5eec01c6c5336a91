package widget

import (
	"math"

	"lull/ui/canvas"
	"lull/ui/theme"
)

// Gauge is a bar of one row and w cells with the fraction, from 0 to 1, lit
// from the left, to an eighth of a cell.
func Gauge(th theme.Theme, fraction float64, w int) string {
	if w <= 0 {
		return ""
	}
	c := canvas.New(w, 1)
	bar, track := canvas.PenOf(th.Ring), canvas.PenOf(th.Track)
	filled := int(math.Round(share(fraction) * float64(w) * 8))
	for x := range w {
		part := min(max(filled-8*x, 0), 8)
		switch {
		case part == 8:
			c.Set(x, 0, firstRune(th.Glyphs.Solid), bar)
		case !shaded(th) && th.Drawing == theme.Quarters:
			c.Set(x, 0, eighths[part], canvas.Pen{FG: bar.FG, BG: track.FG})
		case part >= 4:
			c.Set(x, 0, coarse(th), bar)
		default:
			c.Set(x, 0, firstRune(th.Glyphs.Shade), track)
		}
	}
	return c.String()
}

var eighths = []rune(" ▏▎▍▌▋▊▉")

// shaded says that the unlit part of a bar or ring is drawn with the shade,
// because its colour alone could not be trusted to show.
func shaded(th theme.Theme) bool { return th.Flat() || th.Drawing == theme.Letters }

// coarse is half a cell where eighths would leave a hole in the shade.
func coarse(th theme.Theme) rune {
	if th.Drawing == theme.Letters {
		return firstRune(th.Glyphs.Solid)
	}
	return '▌'
}

// share is the fraction held between 0 and 1; what is not a number is 0.
func share(fraction float64) float64 {
	if math.IsNaN(fraction) {
		return 0
	}
	return min(max(fraction, 0), 1)
}
