package figure

import (
	"cmp"
	"math"
	"slices"
	"sync"

	"lull/routine/body"
)

// camera looks at the body from one side and fits it into a picture.
type camera struct {
	view     body.View
	sin, cos float64
	up, flat float64 // sine and cosine of how far the camera is raised
	middle   float64 // the upright axis that the body turns about
	flip     bool    // the other leg works: the picture faces the other way
	box      box     // the part of the view that is shown
}

// box is a part of the view, in units.
type box struct{ left, bottom, right, top float64 }

func (b box) width() float64  { return b.right - b.left }
func (b box) height() float64 { return b.top - b.bottom }

func (b box) with(x, y, r float64) box {
	return box{min(b.left, x-r), min(b.bottom, y-r), max(b.right, x+r), max(b.top, y+r)}
}

// look is the camera for a figure at a moment. What it shows is the same at
// every moment of the figure.
func look(f *body.Figure, m body.Moment) camera {
	c := facing(f, 0)
	c.box = framed(f, c)
	if m.Turned != 0 {
		b := c.box
		c = facing(f, m.Turned)
		c.box, c.middle = b, (b.left+b.right)/2
	}
	if m.Left {
		c.flip = true
		c.box.left, c.box.right = -c.box.right, -c.box.left
	}
	return c
}

// facing is a camera that sees the figure in its own view, turned by so many
// degrees.
func facing(f *body.Figure, turned float64) camera {
	yaw := f.Yaw + turned
	if f.View == body.Front || f.View == body.Overhead {
		yaw += 90
	}
	sin, cos := math.Sincos(yaw * math.Pi / 180)
	up, flat := math.Sincos(f.Raise * math.Pi / 180)
	return camera{view: f.View, sin: sin, cos: cos, up: up, flat: flat}
}

// fromSide says whether one leg is nearer than the other.
func (c camera) fromSide() bool { return c.cos > 0.5 }

// see is where a point is in the view, and how near it is.
func (c camera) see(p body.Point) (x, y, near float64) {
	p.X -= c.middle
	switch c.view {
	case body.Above:
		x, y, near = -p.Y, p.X, p.Z
	case body.Overhead:
		x, y, near = -p.Z, -p.X, p.Y
	default:
		x, y, near = p.X*c.cos-p.Z*c.sin+c.middle, p.Y, p.X*c.sin+p.Z*c.cos
		y, near = y*c.flat-near*c.up, near*c.flat+y*c.up
	}
	if c.flip {
		x = -x
	}
	return x, y, near
}

// underFloor is how much of the floor is always seen, in units.
const underFloor = 1.5

// frames are the boxes of the figures that were drawn: there are few figures,
// and to draw one takes the same box every time.
var frames sync.Map // *body.Figure to box

func framed(f *body.Figure, c camera) box {
	if known, ok := frames.Load(f); ok {
		return known.(box)
	}
	b := frame(f, c)
	frames.Store(f, b)
	return b
}

// frame is the part of the view that holds the whole movement.
func frame(f *body.Figure, c camera) box {
	if v := f.CloseUp; v != nil {
		return box{v[0], v[1], v[2], v[3]}
	}
	const margin = 1.5
	b := box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, k := range []float64{0, 0.5, 1} {
		s := f.At(k)
		for _, p := range append(flesh(&s, false), things(f, &s, k)...) {
			ax, ay, _ := c.see(p.A)
			bx, by, _ := c.see(p.B)
			b = b.with(ax, ay, p.RA).with(bx, by, p.RB)
		}
	}
	if !f.View.Down() {
		b.bottom = min(b.bottom, -underFloor)
	}
	return box{b.left - margin, b.bottom - margin/2, b.right + margin, b.top + margin}
}

// seen is a part as the camera sees it.
type seen struct {
	ax, ay, ra float64
	bx, by, rb float64
	near       float64
	ink        ink
	rim        bool
}

func (s seen) wider(by float64) seen {
	s.ra, s.rb = s.ra+by, s.rb+by
	return s
}

// order gives the parts as they are seen, from the farthest to the nearest.
func (c camera) order(parts []part) []seen {
	all := make([]seen, len(parts))
	for i, p := range parts {
		ax, ay, an := c.see(p.A)
		bx, by, bn := c.see(p.B)
		all[i] = seen{ax, ay, p.RA, bx, by, p.RB, (an+bn)/2 + p.lift, p.ink, p.rim}
	}
	slices.SortStableFunc(all, func(a, b seen) int { return cmp.Compare(a.near, b.near) })
	return all
}
