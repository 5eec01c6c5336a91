package figure

import (
	"image/color"
	"math"
	"sync"

	"github.com/charmbracelet/colorprofile"

	"lull/routine/body"
	"lull/ui/canvas"
	"lull/ui/theme"
)

// raster is the picture in pixels, several to a cell. Of each pixel it knows
// what covers it for the better part and, for pictures with soft edges, the
// mixed colour.
type raster struct {
	w, h    int
	across  int     // pixels of a cell beside each other; two stand above each other
	dx, dy  float64 // units of a pixel
	box     box
	inks    []ink
	softly  bool // the edges are mixed, in soft
	soft    []rgb
	boxed   map[color.RGBA]color.Color // each colour once, as cells hold it
	colours [inks]color.Color
	mixed   [inks]rgb
}

type rgb struct{ r, g, b float32 }

func rgbOf(c color.Color) rgb {
	r, g, b, _ := c.RGBA()
	return rgb{float32(r >> 8), float32(g >> 8), float32(b >> 8)}
}

func (c rgb) toward(d rgb, k float32) rgb {
	return rgb{c.r + (d.r-c.r)*k, c.g + (d.g-c.g)*k, c.b + (d.b-c.b)*k}
}

// paint draws the figure for w by h cells.
func paint(th theme.Theme, f *body.Figure, m body.Moment, w, h int) *raster {
	cam := look(f, m)
	r := newRaster(th, m, cam.box, w, h)
	s := f.At(m.Share)
	if !f.View.Down() && f.Raise == 0 {
		r.ledge()
	}
	parts := append(things(f, &s, m.Share), flesh(&s, cam.fromSide())...)
	if m.Lit {
		parts = append(parts, lit(f, &s)...)
	}
	for _, p := range cam.order(parts) {
		r.draw(p)
	}
	return r
}

// newRaster is an empty picture that shows the box, and as much around it as the
// shape of the cells asks for, with the box at the foot.
func newRaster(th theme.Theme, m body.Moment, b box, w, h int) *raster {
	const tall = 2 // a cell is twice as high as it is wide
	row := max(b.width()/float64(w)*tall, b.height()/float64(h))
	wide := row / tall * float64(w)
	b.left -= (wide - b.width()) / 2
	b.right = b.left + wide
	b.top = b.bottom + row*float64(h)
	across := 2
	if th.Drawing == theme.Halves {
		across = 1
	}
	r := rasters.Get().(*raster)
	*r = raster{
		w: w * across, h: 2 * h, across: across, dx: row / tall / float64(across), dy: row / 2, box: b,
		inks: r.inks, soft: r.soft, boxed: r.boxed,
	}
	r.inks = cleared(r.inks, r.w*r.h)
	r.colours = paints(th, m.Glow)
	if softly(th) {
		r.mix(th, m)
	}
	return r
}

// rasters are kept for the next picture: a moving one takes ten a second.
var rasters = sync.Pool{New: func() any { return &raster{boxed: map[color.RGBA]color.Color{}} }}

// cleared is a slice of n zero values, in the old one's place if it has room.
func cleared[T any](old []T, n int) []T {
	if cap(old) < n {
		return make([]T, n)
	}
	old = old[:n]
	clear(old)
	return old
}

// softly says whether colours can be mixed.
func softly(th theme.Theme) bool {
	return th.Profile == colorprofile.TrueColor && th.Colour() && th.Drawing != theme.Letters
}

// mix mixes the muscle's glow and, unless the body is on its way from one pose to
// the other, gives the picture soft edges. On the way they would not be seen,
// and cost four times as many bytes.
func (r *raster) mix(th theme.Theme, m body.Moment) {
	for i, c := range r.colours {
		r.mixed[i] = rgbOf(c)
	}
	bright := rgbOf(th.Figure.Muscle.Far).toward(rgbOf(th.Figure.Muscle.Near), float32(m.Glow))
	r.mixed[glow], r.colours[glow] = bright, canvas.Mixed(float64(bright.r), float64(bright.g), float64(bright.b))
	if r.softly = !m.Quick; !r.softly {
		return
	}
	r.soft = cleared(r.soft, len(r.inks))
	for i := range r.soft {
		r.soft[i] = r.mixed[ground]
	}
}

// ledge draws the floor all along the picture.
func (r *raster) ledge() {
	const thick = 2.4
	y0, y1 := r.rows(-thick, 0)
	for y := y0; y < y1; y++ {
		if r.box.top-(float64(y)+0.5)*r.dy > 0 {
			continue
		}
		for i := y * r.w; i < (y+1)*r.w; i++ {
			r.set(i, floor, 1)
		}
	}
}

// set paints a share of a pixel.
func (r *raster) set(i int, k ink, share float32) {
	if r.softly {
		r.soft[i] = r.soft[i].toward(r.mixed[k], share)
	}
	if share >= 0.5 {
		r.inks[i] = k
	}
}

// How far the dark edge of a limb and the faint halo of a muscle reach, in
// units, and how strong they are.
const (
	rimWidth, rimStrength   = 1.1, 0.45
	haloWidth, haloStrength = 2.0, 0.3
)

// draw paints one part over what is there.
func (r *raster) draw(s seen) {
	if s.rim {
		r.cover(s.wider(rimWidth), r.rim)
	}
	if s.ink == glow && r.softly {
		r.cover(s.wider(haloWidth), func(i int, k float32) {
			r.soft[i] = r.soft[i].toward(r.mixed[glow], haloStrength*k)
		})
	}
	r.cover(s, func(i int, k float32) { r.set(i, s.ink, k) })
}

// rim darkens what lies under the edge of a limb that crosses the body.
func (r *raster) rim(i int, k float32) {
	at := r.inks[i]
	switch {
	case at < skin || at >= prop:
	case r.softly:
		r.soft[i] = r.soft[i].toward(r.mixed[ground], rimStrength*k)
	case k >= 0.5 && !at.far() && r.colours[at] == r.colours[at+far]:
		r.inks[i] = ground // too few colours for a darker one: a gap
	case k >= 0.5 && !at.far():
		r.inks[i] = at + far
	case k >= 0.5 && r.colours[at] == r.colours[at-far]:
		r.inks[i] = ground
	}
}

// cover calls set for every pixel that the part covers, with the share of it.
func (r *raster) cover(s seen, set func(i int, k float32)) {
	pixel := (r.dx + r.dy) / 2
	reach := max(s.ra, s.rb) + pixel
	x0, x1 := r.columns(min(s.ax, s.bx)-reach, max(s.ax, s.bx)+reach)
	y0, y1 := r.rows(min(s.ay, s.by)-reach, max(s.ay, s.by)+reach)
	wx, wy := s.bx-s.ax, s.by-s.ay
	long := wx*wx + wy*wy
	for y := y0; y < y1; y++ {
		py := r.box.top - (float64(y)+0.5)*r.dy - s.ay
		for x := x0; x < x1; x++ {
			px := r.box.left + (float64(x)+0.5)*r.dx - s.ax
			t := 0.0
			if long > 0 {
				t = max(0, min(1, (px*wx+py*wy)/long))
			}
			dx, dy := px-wx*t, py-wy*t
			d := math.Sqrt(dx*dx+dy*dy) - (s.ra + (s.rb-s.ra)*t)
			if k := 0.5 - d/pixel; k > 0 {
				set(y*r.w+x, float32(min(1, k)))
			}
		}
	}
}

// columns are the pixels from one place of the view to another.
func (r *raster) columns(from, to float64) (int, int) {
	return max(0, int((from-r.box.left)/r.dx)), min(r.w, int((to-r.box.left)/r.dx)+1)
}

func (r *raster) rows(bottom, top float64) (int, int) {
	return max(0, int((r.box.top-top)/r.dy)), min(r.h, int((r.box.top-bottom)/r.dy)+1)
}

// emit turns the pixels into cells of the canvas.
func (r *raster) emit(th theme.Theme, c *canvas.Canvas, left, top int) {
	var soft [4]rgb
	var hard [4]ink
	n := 2 * r.across
	for y := range r.h / 2 {
		for x := range r.w / r.across {
			for i := range n {
				at := (2*y+i/r.across)*r.w + x*r.across + i%r.across
				hard[i] = r.inks[at]
				if r.softly {
					soft[i] = r.soft[at]
				}
			}
			var sign rune
			var pen canvas.Pen
			switch {
			case !th.Colour() || th.Drawing == theme.Letters:
				sign, pen = letterCell(hard[:n], th)
			case r.softly:
				sign, pen = r.softCell(soft[:n])
			default:
				sign, pen = hardCell(hard[:n], &r.colours)
			}
			c.Set(left+x, top+y, sign, pen)
		}
	}
}
