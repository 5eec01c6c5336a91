// Package figure draws the body of a stretch in cells: quadrant blocks with two
// colours each, half blocks, or letters where there is no colour or no block.
// It is pure: the same figure, moment and size always give the same block.
package figure

import (
	"strings"

	"lull/routine/body"
	"lull/ui/canvas"
	"lull/ui/theme"
	"lull/ui/widget"
)

// The sizes of a figure in cells: below the least it is told in words, beyond
// the most it does not grow.
const (
	LeastWidth, LeastHeight = 16, 8
	MostWidth, MostHeight   = 80, 40
)

// Fits says whether w by h cells are enough for a picture.
func Fits(w, h int) bool { return w >= LeastWidth && h >= LeastHeight }

// Draw draws the figure at a moment in w by h cells. Without room for a picture
// the block is its sentence, and without any room it is empty.
func Draw(th theme.Theme, f *body.Figure, m body.Moment, w, h int) string {
	if !Fits(w, h) {
		return Words(th, f, w, h)
	}
	c := canvas.New(w, h)
	wide, high := min(w, MostWidth), min(h, MostHeight)
	r := paint(th, f, m, wide, high)
	r.emit(th, c, (w-wide)/2, (h-high)/2)
	rasters.Put(r)
	return c.String()
}

// Words is the picture in words, for w by h cells.
func Words(th theme.Theme, f *body.Figure, w, h int) string {
	if w <= 0 || h <= 0 {
		return ""
	}
	return widget.Centre(th.Quiet.Render(widget.Wrap(f.Alt, w)), w, h)
}

// Poses draws the start pose and the end pose beside each other, or one above
// the other where that shows more: what a figure is when nothing may move. A
// figure with one pose is drawn once.
func Poses(th theme.Theme, f *body.Figure, left bool, w, h int) string {
	start, end := f.Posed(false, left), f.Posed(true, left)
	start.Glow = dull
	const between = 2
	half, rows := (w-between)/2, (h-1)/2
	beside, stacked := min(half, 2*h), min(w, 2*rows)
	switch {
	case f.Start == f.End && f.Round == 0:
		return Draw(th, f, end, w, h)
	case Fits(half, h) && (beside >= stacked || !Fits(w, rows)):
		return widget.Columns(h, widget.Column{Body: Draw(th, f, start, half, h), W: half},
			widget.Column{Body: arrow(th, h), W: between},
			widget.Column{Body: Draw(th, f, end, w-half-between, h), W: w - half - between})
	case Fits(w, rows):
		return Draw(th, f, start, w, rows) + "\n" + widget.Centre(th.Quiet.Render(th.Glyphs.Down), w, 1) + "\n" + Draw(th, f, end, w, h-1-rows)
	}
	return Draw(th, f, end, w, h)
}

const dull = 0.2 // of the glow, in the pose that comes before the stretch

// arrow leads from one pose to the next, halfway up.
func arrow(th theme.Theme, h int) string {
	return strings.Repeat("\n", h/2) + th.Quiet.Render(th.Glyphs.Right)
}
