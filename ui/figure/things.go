package figure

import (
	"math"

	"lull/routine/body"
)

// behind is how far things stand behind the body in the order of painting.
const behind = -60

// things are the props around the body, at the share k of the way from the
// start pose to the end pose.
func things(f *body.Figure, s *body.Skeleton, k float64) []part {
	var parts []part
	for _, p := range f.Props {
		parts = append(parts, thing[p.Kind](p, s, k)...)
	}
	return parts
}

var thing = map[body.Kind]func(body.Prop, *body.Skeleton, float64) []part{
	body.Wall: func(p body.Prop, _ *body.Skeleton, _ float64) []part {
		foot, top := at(p.At.X+1.6, 0), at(p.At.X+1.6, 96)
		return props(line(foot, top, 1.6, 1.6))
	},
	body.Chair: func(p body.Prop, _ *body.Skeleton, _ float64) []part {
		x, y, back := p.At.X-2, p.At.Y-1.4, p.At.X-p.Back
		const half = 9
		return append(wide(half,
			line(at(x, y), at(back+1, y), 1.4, 1.4),
			line(at(back, y+38), at(back, 0), 1.2, 1.2),
			line(at(x, y), at(x, 0), 1.1, 1.1),
		), props(
			line(at(x, y), at(back+1, y), 1.4, 1.4),
			line(beside(at(x, y), -half), beside(at(x, y), half), 1.4, 1.4),
			line(beside(at(back, y+38), -half), beside(at(back, y+38), half), 1.2, 1.2),
		)...)
	},
	body.Rail: func(p body.Prop, _ *body.Skeleton, _ float64) []part {
		x, y := p.At.X, p.At.Y
		return props(
			line(at(x, y-1), at(x, 0), 1.2, 1.2),
			line(at(x, y/2), at(x+18, y/2), 1.4, 1.4),
			line(at(x+18, y/2), at(x+18, 0), 1.1, 1.1),
		)
	},
	body.Bed: bed,
	body.Stool: func(p body.Prop, _ *body.Skeleton, _ float64) []part {
		x, y := p.At.X, p.At.Y
		return props(
			line(at(x-7, y-1.4), at(x+7, y-1.4), 1.4, 1.4),
			line(at(x-5, y-2), at(x-7, 0), 1.1, 1.1),
			line(at(x+5, y-2), at(x+7, 0), 1.1, 1.1),
		)
	},
	body.Pillow: func(p body.Prop, _ *body.Skeleton, _ float64) []part {
		const seam, softest = 0.8, 2.5 // a beam is thinner than a pillow and has no seam
		inner := part{Capsule: line(p.At, p.To, p.Size, p.Size), ink: farProp, lift: behind + 1}
		if p.Size < softest {
			return []part{inner}
		}
		outer := inner
		outer.ink = prop
		inner.RA, inner.RB = p.Size-seam, p.Size-seam
		return []part{outer, inner}
	},
	body.Roll: func(p body.Prop, _ *body.Skeleton, _ float64) []part {
		return []part{{Capsule: line(p.At, p.At, p.Size, p.Size), ink: strap, lift: behind + 2}}
	},
	body.Ball: func(p body.Prop, _ *body.Skeleton, k float64) []part {
		now := p.At.Toward(p.To, k)
		return []part{{Capsule: line(now, now, p.Size, p.Size), ink: strap, lift: 1}}
	},
	body.Strap: func(p body.Prop, s *body.Skeleton, _ float64) []part {
		from, _ := s.Place(p.From)
		tie, _ := s.Place(p.Tie)
		return []part{{Capsule: line(from, tie, 1.2, 1.2), ink: strap, lift: 3}}
	},
	body.Ring:  ring,
	body.Arrow: arrowed,
}

// bed is a bed from the side, or a mattress seen from above when its corners are
// on different sides of the body.
func bed(p body.Prop, _ *body.Skeleton, _ float64) []part {
	if p.At.Y != p.To.Y || p.At.Z != p.To.Z {
		return mattress(p)
	}
	const thick, half = 4.5, 16
	top, frame := p.At.Y-thick, p.At.Y-2.6*thick
	parts := append(wide(half, line(at(p.At.X, top), at(p.To.X, top), thick, thick)), props(
		line(at(p.At.X, top), at(p.To.X, top), thick, thick),
		line(beside(at(p.To.X, top), -half), beside(at(p.To.X, top), half), thick, thick),
	)...)
	for i := range parts {
		parts[i].ink = sheet
	}
	for _, c := range []body.Capsule{
		line(at(p.At.X, frame), at(p.To.X, frame), 2, 2),
		line(at(p.At.X+2, frame), at(p.At.X+2, 0), 1.6, 1.6),
		line(at(p.To.X-2, frame), at(p.To.X-2, 0), 1.6, 1.6),
	} {
		parts = append(parts, part{Capsule: c, ink: farProp, lift: behind - 20})
	}
	return parts
}

// mattress fills the rectangle between two corners, seen from above, with lines
// from head to foot.
func mattress(p body.Prop) []part {
	const lines, low = 7, behind - 20
	width := p.To.Minus(p.At)
	length := body.Point{X: width.X} // of a body on its back
	if width.Y != 0 {
		length = body.Point{Y: width.Y} // of one on its side
	}
	width = width.Minus(length)
	r := width.Length() / lines / 1.6
	var parts []part
	for i := range lines {
		a := p.At.Plus(width.Times((float64(i) + 0.5) / lines))
		parts = append(parts, part{Capsule: line(a, a.Plus(length), r, r), ink: sheet, lift: low})
	}
	return parts
}

// ring is the circle that the toes draw, as dots in the plane that faces To.
func ring(p body.Prop, _ *body.Skeleton, _ float64) []part {
	const dots = 12
	axis := p.To.Minus(p.At)
	flat := axis.Cross(body.Point{Z: 1})
	flat = flat.Times(p.Size / flat.Length())
	var parts []part
	for i := range dots {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / dots)
		c := p.At.Plus(flat.Times(cos)).Plus(body.Point{Z: p.Size * sin})
		parts = append(parts, part{Capsule: line(c, c, 0.9, 0.9), ink: strap, lift: behind + 3})
	}
	return parts
}

// arrowed is a curved arrow in front of the body, its head in the plane of the
// curve.
func arrowed(p body.Prop, _ *body.Skeleton, _ float64) []part {
	const pieces, thick, head, lift = 6, 0.8, 3.2, 30
	curve := func(k float64) body.Point { return p.At.Toward(p.Via, k).Toward(p.Via.Toward(p.To, k), k) }
	var parts []part
	add := func(a, b body.Point) {
		parts = append(parts, part{Capsule: line(a, b, thick, thick), ink: strap, lift: lift})
	}
	for i := range pieces {
		add(curve(float64(i)/pieces), curve(float64(i+1)/pieces))
	}
	back := p.Via.Minus(p.To)
	back = back.Times(head / back.Length())
	across := back.Cross(p.At.Minus(p.To)).Cross(back)
	across = across.Times(head / across.Length())
	for _, side := range []float64{-0.7, 0.7} {
		add(p.To, p.To.Plus(back).Plus(across.Times(side)))
	}
	return parts
}

func at(x, y float64) body.Point { return body.Point{X: x, Y: y} }

// beside is a place so far to the viewer's side.
func beside(p body.Point, z float64) body.Point {
	p.Z = z
	return p
}

// wide are things on both sides of the body.
func wide(half float64, all ...body.Capsule) []part {
	var parts []part
	for _, z := range []float64{-half, half} {
		for _, c := range all {
			parts = append(parts, props(line(beside(c.A, z), beside(c.B, z), c.RA, c.RB))...)
		}
	}
	return parts
}

func props(all ...body.Capsule) []part {
	parts := make([]part, len(all))
	for i, c := range all {
		parts[i] = part{Capsule: c, ink: prop, lift: behind}
	}
	return parts
}
