package body

import (
	"maps"
	"slices"
)

// Capsule is a round limb or a patch on one: a line with a radius at each end.
type Capsule struct {
	A, B   Point
	RA, RB float64
}

// patch is where a muscle lies on a leg: along a bone, from and to a share of
// it, and how far out to which side.
type patch struct {
	bone     func(*Skeleton, Which) (a, b Point)
	from, to float64
	side     func(*Skeleton, Which) Point
	off      float64
	ra, rb   float64
}

// muscles are the patches that light up. Names are those of the stretches.
var muscles = map[string][]patch{
	"gastrocnemius":          {{shank, 0.08, 0.55, behindShin, 2.2, 3.2, 2.2}},
	"soleus":                 {{shank, 0.38, 0.86, behindShin, 1.5, 2.7, 1.6}},
	"tibialis anterior":      {{shank, 0.12, 0.75, beforeShin, 1.6, 2.1, 1.4}},
	"tibialis posterior":     {{shank, 0.3, 0.8, inward, 1.4, 1.8, 1.2}},
	"fibularis longus":       {{shank, 0.08, 0.6, outward, 1.8, 2.3, 1.6}},
	"fibularis brevis":       {{shank, 0.5, 0.92, outward, 1.6, 1.8, 1.2}},
	"toe extensors":          {{instep, 0.1, 1, overFoot, 0.6, 1.5, 1.0}},
	"hamstrings":             {{thigh, 0.1, 0.95, behindThigh, 2.4, 3.3, 2.2}},
	"quadriceps":             {{thigh, 0.1, 0.95, beforeThigh, 2.4, 3.5, 2.6}},
	"rectus femoris":         {{thigh, 0.06, 0.9, beforeThigh, 2.6, 2.6, 1.8}},
	"iliopsoas":              {{groin, 0, 1, noSide, 0, 2.8, 2.6}},
	"adductors":              {{thigh, 0.08, 0.85, inward, 2.6, 3.2, 2.0}},
	"plantar fascia":         {{arch, 0.05, 0.95, underFoot, 0.9, 1.5, 1.4}},
	"intrinsic foot muscles": {{arch, 0.3, 0.95, underFoot, 0.7, 1.4, 1.5}},
	"toe flexors":            {{toeBones, 0, 1, underFoot, 0.5, 1.4, 1.2}},
}

// Muscles are the names of all muscles that can light up, by the alphabet.
func Muscles() []string { return slices.Sorted(maps.Keys(muscles)) }

// Lit is where the muscle lies on a leg.
func (s *Skeleton) Lit(muscle string, w Which) []Capsule {
	var lit []Capsule
	for _, p := range muscles[muscle] {
		a, b := p.bone(s, w)
		out := p.side(s, w).Times(p.off)
		lit = append(lit, Capsule{a.Toward(b, p.from).Plus(out), a.Toward(b, p.to).Plus(out), p.ra, p.rb})
	}
	return lit
}

func thigh(s *Skeleton, w Which) (Point, Point)    { return s.Legs[w].Hip, s.Legs[w].Knee }
func shank(s *Skeleton, w Which) (Point, Point)    { return s.Legs[w].Knee, s.Legs[w].Ankle }
func arch(s *Skeleton, w Which) (Point, Point)     { return s.Legs[w].Heel, s.Legs[w].Ball }
func toeBones(s *Skeleton, w Which) (Point, Point) { return s.Legs[w].Ball, s.Legs[w].Toe }
func instep(s *Skeleton, w Which) (Point, Point)   { return s.Legs[w].Ankle, s.Legs[w].Ball }

// groin is the way of the iliopsoas: from before the loin over the hip to the
// inside of the thigh.
func groin(s *Skeleton, w Which) (Point, Point) {
	b := s.Legs[w]
	front := tilted(s.Tilt() + 90)
	above := s.Hips.Toward(s.Waist, 0.5).Plus(front.Times(3)).Plus(sideways.Times(hipsApart * w.out()))
	return above, b.Hip.Toward(b.Knee, 0.3).Plus(s.FrontOfThigh(w).Times(2))
}

// FrontOfThigh is the direction from the thigh's bone to its front.
func (s *Skeleton) FrontOfThigh(w Which) Point {
	b := s.Legs[w]
	along := b.Knee.Minus(b.Hip).unit(above.Times(-1))
	shin := b.Ankle.Minus(b.Knee)
	return b.Along.Times(10).Minus(shin).across(along).unit(ahead)
}

// FrontOfShin is the direction from the shin to its front.
func (s *Skeleton) FrontOfShin(w Which) Point {
	b := s.Legs[w]
	along := b.Ankle.Minus(b.Knee).unit(above.Times(-1))
	return b.Along.across(along).unit(ahead)
}

func beforeThigh(s *Skeleton, w Which) Point { return s.FrontOfThigh(w) }
func behindThigh(s *Skeleton, w Which) Point { return s.FrontOfThigh(w).Times(-1) }
func beforeShin(s *Skeleton, w Which) Point  { return s.FrontOfShin(w) }
func behindShin(s *Skeleton, w Which) Point  { return s.FrontOfShin(w).Times(-1) }
func underFoot(s *Skeleton, w Which) Point   { return s.Legs[w].Sole }
func overFoot(s *Skeleton, w Which) Point    { return s.Legs[w].Sole.Times(-1) }
func outward(s *Skeleton, w Which) Point     { return s.Legs[w].Side }
func inward(s *Skeleton, w Which) Point      { return s.Legs[w].Side.Times(-1) }
func noSide(*Skeleton, Which) Point          { return Point{} }
