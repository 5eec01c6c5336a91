package figure

import "lull/routine/body"

// part is one round piece of the picture: where it lies, what it is painted
// with, and how it stands to the parts that lie deeper.
type part struct {
	body.Capsule
	ink  ink
	lift float64 // drawn as if it lay so much nearer to the viewer
	rim  bool    // a darker edge where it crosses the body
}

// flesh is the body around the skeleton. Radii are in the skeleton's units,
// drawn to be read from afar and not from life: hands and feet are large. Seen
// from the side the limbs of the far side are shaded.
func flesh(s *body.Skeleton, fromSide bool) []part {
	parts := trunk(s)
	for _, w := range []body.Which{body.Worked, body.Other} {
		limbs := append(leg(s, w), arm(s, w)...)
		if w == body.Other && fromSide {
			limbs = shaded(limbs)
		}
		parts = append(parts, limbs...)
	}
	return parts
}

func line(a, b body.Point, ra, rb float64) body.Capsule {
	return body.Capsule{A: a, B: b, RA: ra, RB: rb}
}

func trunk(s *body.Skeleton) []part {
	up := s.Head.Minus(s.Throat).Times(1 / body.Skull)
	nose := s.Head.Plus(s.Ahead.Times(6.6)).Minus(up.Times(0.8))
	crown := s.Head.Minus(s.Ahead.Times(2)).Plus(up.Times(2))
	parting := func(z float64) body.Point { return s.Head.Plus(up.Times(4.4)).Plus(body.Point{Z: z}) }
	parts := []part{
		{Capsule: line(s.Hips, s.Waist, 5.4, 5.0), ink: shirt},
		{Capsule: line(s.Waist, s.Nape, 5.0, 5.2), ink: shirt},
		{Capsule: line(s.Hips, s.Hips, 5.6, 5.6), ink: trousers, lift: 0.1},
		{Capsule: line(s.Nape.Toward(s.Throat, 0.4), s.Head, 2.6, 2.6), ink: skin, lift: -2},
		{Capsule: line(s.Head, s.Head, 6.6, 6.6), ink: skin, lift: 0.5},
		{Capsule: line(nose, nose, 1.4, 1.4), ink: skin, lift: 0.4},
		{Capsule: line(crown, crown, 5.2, 5.2), ink: hair, lift: 0.6},
		{Capsule: line(parting(-2.4), parting(2.4), 2.6, 2.6), ink: hair, lift: 0.7},
	}
	if s.Breath > 0 {
		belly, _ := s.Place("belly")
		inner := s.Hips.Toward(s.Waist, 0.7)
		parts = append(parts, part{Capsule: line(inner, inner.Toward(belly, s.Breath/5), 5, 5), ink: shirt, lift: 0.05})
	}
	for _, z := range []float64{-2.5, 2.5} {
		eye := s.Head.Plus(s.Ahead.Times(4.6)).Plus(up.Times(0.8)).Plus(body.Point{Z: z})
		parts = append(parts, part{Capsule: line(eye, eye, 0.9, 0.9), ink: hair, lift: -1.5})
	}
	for w := range s.Legs {
		parts = append(parts, part{Capsule: line(s.Legs[w].Hip, inset(s.Arms[w].Shoulder, s.Nape), 4.2, 3.6), ink: shirt})
		parts = append(parts, part{Capsule: line(s.Hips, s.Legs[w].Hip, 5.4, 4.8), ink: trousers, lift: 0.1})
	}
	return parts
}

// inset is a shoulder as the shirt's edge sees it: within the arm.
func inset(shoulder, nape body.Point) body.Point { return shoulder.Toward(nape, 0.25) }

func leg(s *body.Skeleton, w body.Which) []part {
	b := s.Legs[w]
	back := s.FrontOfShin(w).Times(-1.3)
	cuff := b.Knee.Toward(b.Ankle, 0.86)
	edge := func(p body.Point, by float64) body.Point { return p.Plus(b.Side.Times(by)) }
	parts := []part{
		{Capsule: line(b.Hip, b.Knee, 4.8, 3.4), ink: trousers, rim: true},
		{Capsule: line(b.Knee, cuff, 3.3, 2.2), ink: trousers, lift: 0.1},
		{Capsule: line(b.Knee.Toward(b.Ankle, 0.12).Plus(back), b.Knee.Toward(b.Ankle, 0.5).Plus(back), 2.9, 2.2), ink: trousers, lift: 0.1},
		{Capsule: line(cuff, b.Ankle, 1.9, 1.9), ink: skin},
		{Capsule: line(b.Ankle, b.Heel, 2.0, 1.8), ink: skin, lift: 0.05},
		{Capsule: line(b.Ankle, b.Ball, 2.1, 1.5), ink: skin, lift: 0.05},
	}
	for _, by := range []float64{-1.4, 1.4} {
		under := b.Sole.Times(0.9) // the sole is darker, so that one sees where it faces
		parts = append(parts,
			part{Capsule: line(edge(b.Heel, by/3).Plus(under), edge(b.Ball, by/1.5).Plus(under), 1.1, 1.0), ink: farSkin, lift: 0.05},
			part{Capsule: line(b.Heel, edge(b.Ball, by), 1.8, 1.5), ink: skin, lift: 0.05},
			part{Capsule: line(edge(b.Ball, by), edge(b.Toe, by), 1.5, 1.1), ink: skin, lift: 0.05})
	}
	return parts
}

func arm(s *body.Skeleton, w body.Which) []part {
	a := s.Arms[w]
	sleeve := a.Elbow.Toward(a.Wrist, 0.25)
	return []part{
		{Capsule: line(a.Shoulder, a.Elbow, 3.0, 2.5), ink: shirt, rim: true},
		{Capsule: line(a.Elbow, sleeve, 2.4, 2.2), ink: shirt, lift: 0.1},
		{Capsule: line(sleeve, a.Wrist, 2.1, 1.6), ink: skin, rim: true, lift: 2.3},
		{Capsule: line(a.Wrist, a.Palm, 1.7, 2.0), ink: skin, lift: 2.4},
	}
}

// shaded paints the limbs of the far side in their far colour.
func shaded(parts []part) []part {
	for i := range parts {
		if !parts[i].ink.far() {
			parts[i].ink += far
		}
	}
	return parts
}

// lit are the muscles that light up, on the legs that work.
func lit(f *body.Figure, s *body.Skeleton) []part {
	var parts []part
	for w := range s.Legs {
		if body.Which(w) == body.Other && !f.Both {
			continue
		}
		for _, muscle := range f.Muscles {
			for _, c := range s.Lit(muscle, body.Which(w)) {
				parts = append(parts, part{Capsule: c, ink: glow, lift: 2})
			}
		}
	}
	return parts
}
