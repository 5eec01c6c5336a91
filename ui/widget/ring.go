package widget

import (
	"image/color"
	"math"
	"math/bits"

	"github.com/charmbracelet/colorprofile"

	"lull/ui/canvas"
	"lull/ui/theme"
)

// ringThickness is the ring's share of its radius.
const ringThickness = 0.18

// Ring draws the fraction, from 0 to 1, as the lit part of a ring, clockwise
// from the top, in the middle of w by h cells. With few colours or none the
// rest is a light shade.
func Ring(th theme.Theme, fraction float64, w, h int) string {
	c := canvas.New(w, h)
	drawRing(c, th, share(fraction))
	return c.String()
}

// ringRadius is the outer radius, in rows, of the largest ring in w by h.
func ringRadius(w, h int) float64 { return min(float64(w)/2, float64(h)) / 2 }

// quarter is a quarter of a cell: how much of it the ring covers, from 0 to 1,
// and whether that part of the ring is lit.
type quarter struct {
	cover float64
	lit   bool
}

func drawRing(c *canvas.Canvas, th theme.Theme, fraction float64) {
	paint := hardRing
	switch {
	case shaded(th):
		paint = shadedRing
	case th.Profile == colorprofile.TrueColor:
		paint = softRing
	}
	for y := range c.H {
		for x := range c.W {
			q := ringCell(c.W, c.H, x, y, fraction)
			if th.Drawing == theme.Halves {
				q = halved(q)
			}
			r, p := paint(th, q)
			c.Set(x, y, r, p)
		}
	}
}

// ringCell is the ring within one cell, in the order of the quadrants.
func ringCell(w, h, x, y int, fraction float64) (q [4]quarter) {
	const pixel = 0.35 // between the width and the height of a quarter, in rows
	outer := ringRadius(w, h)
	inner := outer - max(ringThickness*outer, 0.5)
	for i := range q {
		dx := (float64(x) + 0.25 + 0.5*float64(i%2) - float64(w)/2) / 2
		dy := float64(y) + 0.25 + 0.5*float64(i/2) - float64(h)/2
		d := math.Hypot(dx, dy)
		if q[i].cover = share(0.5+(outer-d)/pixel) * share(0.5+(d-inner)/pixel); q[i].cover > 0 {
			turn := math.Atan2(dx, -dy) / (2 * math.Pi)
			q[i].lit = turn-math.Floor(turn) < fraction
		}
	}
	return q
}

// halved makes a cell of an upper and a lower half.
func halved(q [4]quarter) [4]quarter {
	for i := 0; i < 4; i += 2 {
		both := quarter{(q[i].cover + q[i+1].cover) / 2, q[i].lit || q[i+1].lit}
		q[i], q[i+1] = both, both
	}
	return q
}

// masks are the quarters the ring covers for the better part, by quadrant.
func masks(q [4]quarter) (lit, unlit int) {
	for i, part := range q {
		switch {
		case part.cover < 0.5:
		case part.lit:
			lit |= 1 << i
		default:
			unlit |= 1 << i
		}
	}
	return lit, unlit
}

// shadedRing tells lit from unlit by shape alone.
func shadedRing(th theme.Theme, q [4]quarter) (rune, canvas.Pen) {
	lit, unlit := masks(q)
	half := func(mask int) bool { return bits.OnesCount(uint(mask)) >= 2 }
	switch {
	case th.Drawing == theme.Letters && half(lit):
		return firstRune(th.Glyphs.Solid), canvas.PenOf(th.Ring)
	case th.Drawing != theme.Letters && lit != 0:
		return canvas.Quadrants[lit], canvas.PenOf(th.Ring)
	case half(unlit):
		return firstRune(th.Glyphs.Shade), canvas.PenOf(th.Track)
	default:
		return ' ', canvas.Pen{}
	}
}

// hardRing uses the two colours as they are.
func hardRing(th theme.Theme, q [4]quarter) (rune, canvas.Pen) {
	lit, unlit := masks(q)
	on, off := canvas.PenOf(th.Ring), canvas.PenOf(th.Track)
	switch {
	case lit == 0:
		return canvas.Quadrants[unlit], off
	case unlit != 0 && lit|unlit == 15:
		return canvas.Quadrants[lit], canvas.Pen{FG: on.FG, BG: off.FG}
	default:
		return canvas.Quadrants[lit], on
	}
}

// softRing mixes the edges with the ground: a cell has the brighter quarters
// in one mean colour and the darker ones in another.
func softRing(th theme.Theme, q [4]quarter) (rune, canvas.Pen) {
	const steps, dim, even = 4, 0.4, 0.1
	var light [4]float64
	least, most := 1.0, 0.0
	for i := range q {
		q[i].cover = math.Round(q[i].cover*steps) / steps
		light[i] = q[i].cover
		if !q[i].lit {
			light[i] *= dim
		}
		least, most = min(least, light[i]), max(most, light[i])
	}
	if most == 0 {
		return ' ', canvas.Pen{}
	}
	mask := 15
	for i := range q {
		if most-least > even && light[i] <= (most+least)/2 {
			mask &^= 1 << i
		}
	}
	p := canvas.Pen{FG: meanColour(th, q, mask)}
	if least > 0 && mask != 15 {
		p.BG = meanColour(th, q, 15&^mask)
	}
	return canvas.Quadrants[mask], p
}

// meanColour is what the quarters of the mask look like together from afar.
func meanColour(th theme.Theme, q [4]quarter, mask int) color.Color {
	var sum [3]float64
	for i, part := range q {
		if mask&(1<<i) == 0 {
			continue
		}
		ring := th.Track.GetForeground()
		if part.lit {
			ring = th.Ring.GetForeground()
		}
		for k, v := range channels(ring) {
			sum[k] += part.cover*v + (1-part.cover)*channels(th.Ground)[k]
		}
	}
	n := float64(bits.OnesCount(uint(mask)))
	return canvas.Mixed(sum[0]/n, sum[1]/n, sum[2]/n)
}

func channels(c color.Color) [3]float64 {
	r, g, b, _ := c.RGBA()
	return [3]float64{float64(r >> 8), float64(g >> 8), float64(b >> 8)}
}
