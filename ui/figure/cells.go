package figure

import (
	"image/color"

	"lull/ui/canvas"
	"lull/ui/theme"
)

// halfMasks are the masks of two pixels a cell, one above the other, as those
// of quadrants.
var halfMasks = [4]int{0, 3, 12, 15}

// softCell is a cell of two colours that come nearest to its pixels.
func (r *raster) softCell(px []rgb) (rune, canvas.Pen) {
	a, b := farthest(px)
	if apart(px[a], px[b]) < 6*6 {
		c := mean(px, 1<<len(px)-1)
		return ' ', canvas.Pen{BG: r.notBare(c)}
	}
	lo, hi := px[a], px[b]
	var lit uint
	for range 3 {
		lit = 0
		for i, p := range px {
			if apart(p, hi) < apart(p, lo) {
				lit |= 1 << i
			}
		}
		hi, lo = mean(px, lit), mean(px, ^lit)
	}
	mask := int(lit)
	if len(px) == 2 {
		mask = halfMasks[lit]
	}
	fg, bg := r.notBare(hi), r.notBare(lo)
	if fg == nil { // the ground is no ink: draw the other part
		return canvas.Quadrants[15&^mask], canvas.Pen{FG: bg}
	}
	return canvas.Quadrants[mask], canvas.Pen{FG: fg, BG: bg}
}

func farthest(px []rgb) (a, b int) {
	most := float32(-1)
	for i := range px {
		for j := i + 1; j < len(px); j++ {
			if d := apart(px[i], px[j]); d > most {
				a, b, most = i, j, d
			}
		}
	}
	return a, b
}

func apart(p, q rgb) float32 {
	r, g, b := p.r-q.r, p.g-q.g, p.b-q.b
	return r*r + g*g + b*b
}

// mean is the colour of the pixels of the mask together, of which there is one
// at least.
func mean(px []rgb, mask uint) rgb {
	var sum rgb
	n := float32(0)
	for i, p := range px {
		if mask&(1<<i) != 0 {
			sum, n = rgb{sum.r + p.r, sum.g + p.g, sum.b + p.b}, n+1
		}
	}
	return rgb{sum.r / n, sum.g / n, sum.b / n}
}

// notBare is the colour as a cell has it, or nil where it is that of the ground.
func (r *raster) notBare(c rgb) color.Color {
	if apart(c, r.mixed[ground]) < 5*5 {
		return nil
	}
	exact := canvas.Mixed(float64(c.r), float64(c.g), float64(c.b))
	known, ok := r.boxed[exact]
	if !ok {
		if len(r.boxed) > mostBoxed {
			clear(r.boxed)
		}
		known = exact
		r.boxed[exact] = known
	}
	return known
}

// mostBoxed is how many colours are kept: more than a theme's figures have.
const mostBoxed = 4096

// tally counts the inks of a cell. What is to be felt counts for more, so that it
// is not lost in a corner.
func tally(px []ink) (count [inks]int) {
	for _, p := range px {
		count[p]++
	}
	count[glow] *= 3
	return count
}

// most is the ink that counts most beside the ground and another one, or the
// ground.
func most(count [inks]int, other ink) ink {
	best := ground
	for i, n := range count {
		if k := ink(i); k != ground && k != other && n > 0 && (best == ground || n > count[best]) {
			best = k
		}
	}
	return best
}

// hardCell is a cell of the two inks that count most in it, the ground being one
// of them where it is in it at all.
func hardCell(px []ink, colours *[inks]color.Color) (rune, canvas.Pen) {
	count := tally(px)
	first := most(count, ground)
	if first == ground {
		return ' ', canvas.Pen{}
	}
	second := ground
	if count[ground] == 0 {
		second = most(count, first)
	}
	lit := 0
	for i, p := range px {
		if p == first || p != second && p != ground {
			lit |= 1 << i
		}
	}
	if len(px) == 2 {
		lit = halfMasks[lit]
	}
	pen := canvas.Pen{FG: colours[first]}
	if second != ground {
		pen.BG = colours[second]
	}
	return canvas.Quadrants[lit], pen
}

// strokes are ASCII's likenesses of the quadrants.
var strokes = []rune(" `'\",|/F.\\|7_bd#")

// letters fill a cell in ASCII by what is in it.
var letters = map[ink]rune{
	floor: '_', skin: 'o', shirt: '#', trousers: '#', hair: '#', prop: '|', strap: '~', glow: '@', sheet: '=',
	farSkin: '.', farShirt: ':', farTrousers: ':', farHair: '.', farProp: '-', farStrap: '~',
}

// letterCell is a cell in letters: full ones by what is in them, edges by their
// shape.
func letterCell(px []ink, th theme.Theme) (rune, canvas.Pen) {
	best := most(tally(px), ground)
	mask := 0
	for i, p := range px {
		if p != ground {
			mask |= 1 << i
		}
	}
	pen := canvas.PenOf(th.Text)
	switch {
	case best == ground:
		return ' ', canvas.Pen{}
	case best == glow:
		pen.Bold = true
		return letters[glow], pen
	case mask == 15 || best == strap || best.far():
		return letters[best], pen
	}
	return strokes[mask], pen
}

// far says whether it is the ink of something on the far side.
func (k ink) far() bool { return k >= skin && k < glow && (k-skin)%2 == 1 }
