package body

import "math"

// Skeleton is where every joint is. All lengths between joints are those of the
// bones, whatever the pose.
type Skeleton struct {
	Hips, Waist, Nape, Throat, Head Point
	Ahead                           Point // where the face looks
	Legs                            [2]LegBones
	Arms                            [2]ArmBones
	Breath                          float64 // how far the belly stands out
}

// LegBones are the joints of a leg, from the hip to the tip of the toes.
type LegBones struct {
	Hip, Knee, Ankle, Heel, Ball, Toe Point

	Along Point // from heel to ball
	Sole  Point // from the ankle down through the sole
	Side  Point // to the little toe

	miss float64 // how far the ankle is from where it should be
}

// ArmBones are the joints of an arm.
type ArmBones struct {
	Shoulder, Elbow, Wrist, Palm Point

	miss float64 // how far the palm is from where it should be
}

// Solve finds the joints at the share k of the way from one pose to another:
// 0 is the first pose, 1 the second. Targets and angles are moved and the
// bones laid along them afterwards, so that a planted foot stays planted.
func Solve(from, to Pose, k float64) Skeleton {
	s := trunk(from, to, k)
	for _, w := range []Which{Other, Worked} { // a worked leg may lie on the other one
		s.leg(w, from.Legs[w], to.Legs[w], k)
	}
	for _, w := range []Which{Worked, Other} {
		s.arm(w, from, to, k)
	}
	return s
}

func trunk(from, to Pose, k float64) Skeleton {
	tilt := mix(from.Trunk, to.Trunk, k)
	upper := tilt + mix(from.Bow, to.Bow, k)
	head := upper + mix(from.Head, to.Head, k)
	s := Skeleton{Hips: from.HipsAt.Toward(to.HipsAt, k), Breath: mix(from.Breath, to.Breath, k)}
	s.Waist = s.Hips.Plus(tilted(tilt).Times(Loin))
	s.Nape = s.Waist.Plus(tilted(upper).Times(Thorax))
	s.Throat = s.Nape.Plus(tilted((upper + head) / 2).Times(Neck))
	s.Head = s.Throat.Plus(tilted(head).Times(Skull))
	s.Ahead = tilted(head + 90)
	for _, w := range []Which{Worked, Other} {
		s.Legs[w].Hip = s.Hips.Plus(sideways.Times(hipsApart * w.out()))
		s.Arms[w].Shoulder = s.Nape.Minus(tilted(upper).Times(2)).Plus(sideways.Times(shouldersApart * w.out()))
	}
	return s
}

// Tilt is how far the lower trunk leans ahead, in degrees.
func (s *Skeleton) Tilt() float64 { return lean(s.Waist.Minus(s.Hips)) }

// lean is the angle of a direction from upright within the side view.
func lean(up Point) float64 { return degrees(math.Atan2(up.X, up.Y)) }

func (s *Skeleton) leg(w Which, from, to Leg, k float64) {
	b := &s.Legs[w]
	if from.free() && to.free() {
		l := from.toward(to, k)
		b.Knee, b.Ankle = s.freeLeg(w, l)
	} else {
		a, c := s.legAim(w, from), s.legAim(w, to)
		b.Knee, b.Ankle, b.miss = reach(b.Hip, a.toward(c, k), Thigh, Shank)
	}
	s.foot(w, from, to, k)
}

func (l Leg) free() bool { return l.AnkleAt == nil && l.AnkleOn == "" }

func (l Leg) toward(to Leg, k float64) Leg {
	l.Hip, l.Knee, l.Out = mix(l.Hip, to.Hip, k), mix(l.Knee, to.Knee, k), mix(l.Out, to.Out, k)
	return l
}

// freeLeg lays a leg along its angles: the shin leans by the knee's flexion
// more than the thigh, and the thigh by the hip's less than the trunk.
func (s *Skeleton) freeLeg(w Which, l Leg) (knee, ankle Point) {
	thigh := s.Tilt() - l.Hip
	down := func(tilt float64) Point {
		flat := tilted(tilt).Times(-math.Cos(radians(l.Out)))
		return flat.Plus(sideways.Times(w.out() * math.Sin(radians(l.Out))))
	}
	knee = s.Legs[w].Hip.Plus(down(thigh).Times(Thigh))
	return knee, knee.Plus(down(thigh + l.Knee).Times(Shank))
}

// aim is what a limb of two bones is to reach and where its middle joint goes.
type aim struct{ target, pole Point }

func (a aim) toward(b aim, k float64) aim {
	return aim{a.target.Toward(b.target, k), a.pole.Toward(b.pole, k)}
}

func (s *Skeleton) legAim(w Which, l Leg) aim {
	pole := ahead
	if l.KneeTo != nil {
		pole = w.own(*l.KneeTo)
	}
	switch {
	case l.AnkleOn != "":
		p, _ := s.Place(l.AnkleOn)
		return aim{p.Plus(w.own(l.Off)), pole}
	case l.AnkleAt != nil:
		return aim{w.own(l.AnkleAt.Plus(sideways.Times(hipsApart))), pole}
	}
	knee, ankle := s.freeLeg(w, l)
	return aim{ankle, bend(s.Legs[w].Hip, knee, ankle, pole)}
}

// bend is where the middle joint of a limb stands out to, or the fallback for a
// straight limb.
func bend(root, joint, end, fallback Point) Point {
	along := end.Minus(root).unit(above)
	if out := joint.Minus(root).across(along); out.Length() > 0.5 {
		return out
	}
	return fallback
}

// reach lays two bones from the root to the target, their joint toward the
// pole. What is too far or too near is reached for, and missed by so much.
func reach(root Point, a aim, upper, lower float64) (joint, end Point, miss float64) {
	way := a.target.Minus(root)
	along := way.unit(above.Times(-1))
	far := min(max(way.Length(), math.Abs(upper-lower)+0.01), upper+lower)
	cos := (upper*upper + far*far - lower*lower) / (2 * upper * far)
	sin := math.Sqrt(max(0, 1-cos*cos))
	out := a.pole.across(along).unit(above.across(along).unit(ahead))
	joint = root.Plus(along.Times(upper * cos)).Plus(out.Times(upper * sin))
	return joint, root.Plus(along.Times(far)), math.Abs(way.Length() - far)
}

// foot sets the foot on its ankle: by its pitch from the floor where that is
// given, or by the ankle's angle.
func (s *Skeleton) foot(w Which, from, to Leg, k float64) {
	b := &s.Legs[w]
	shin := b.Knee.Minus(b.Ankle).unit(above)
	a, c := s.footFrame(w, from, shin), s.footFrame(w, to, shin)
	b.Along = a.Toward(c, k).unit(ahead)
	b.Sole = shin.Times(-1).across(b.Along).unit(above.Times(-1))
	b.Side = b.Sole.Cross(b.Along).Times(w.out())
	roll := radians(mix(from.Roll, to.Roll, k))
	sole, side := b.Sole, b.Side
	b.Sole = sole.Times(math.Cos(roll)).Minus(side.Times(math.Sin(roll)))
	b.Side = side.Times(math.Cos(roll)).Plus(sole.Times(math.Sin(roll)))
	b.Heel = b.Ankle.Plus(b.Sole.Times(heelDown)).Minus(b.Along.Times(heelBack))
	b.Ball = b.Ankle.Plus(b.Sole.Times(ballDown)).Plus(b.Along.Times(ballAhead))
	mtp := radians(mix(from.MTP, to.MTP, k))
	b.Toe = b.Ball.Plus(b.Along.Times(math.Cos(mtp)).Minus(b.Sole.Times(math.Sin(mtp))).Times(toes))
}

// footFrame is the direction from heel to ball of a leg held like this.
func (s *Skeleton) footFrame(w Which, l Leg, shin Point) Point {
	if l.Pitch != nil {
		sin, cos := math.Sincos(radians(*l.Pitch))
		st, ct := math.Sincos(radians(l.Turn))
		return Point{X: cos * ct, Y: sin, Z: w.out() * cos * st}
	}
	// Square to the shin, to the front of the knee, then up by the angle.
	b := s.Legs[w]
	thigh := b.Knee.Minus(b.Hip)
	front := thigh.across(shin)
	if front.Length() < 1 { // a straight leg
		front = sideways.Cross(thigh).across(shin)
	}
	front = front.unit(ahead)
	side := sideways.Times(w.out()).across(shin).across(front).unit(sideways)
	st, ct := math.Sincos(radians(l.Turn))
	front = front.Times(ct).Plus(side.Times(st))
	sin, cos := math.Sincos(radians(l.Ankle))
	return front.Times(cos).Plus(shin.Times(sin))
}

func (s *Skeleton) arm(w Which, from, to Pose, k float64) {
	b := &s.Arms[w]
	const lower = Forearm + Hand
	a, c := from.Arms[w], to.Arms[w]
	switch {
	case a.free() && c.free():
		b.Elbow, b.Palm = s.freeArm(w, a.toward(c, k))
	case a.PalmOn == c.PalmOn:
		b.Elbow, b.Palm, b.miss = reach(b.Shoulder, s.armAim(w, a).toward(s.armAim(w, c), k), UpperArm, lower)
	default: // a hand that takes hold of something goes to where it will be
		first, last := from.alone(), to.alone()
		b.Elbow, b.Palm, b.miss = reach(b.Shoulder, first.armAim(w, a).toward(last.armAim(w, c), k), UpperArm, lower)
	}
	b.Wrist = b.Elbow.Toward(b.Palm, Forearm/lower)
}

// alone is the skeleton of the pose by itself.
func (p Pose) alone() Skeleton { return Solve(p, p, 0) }

func (a Arm) toward(to Arm, k float64) Arm {
	a.Shoulder, a.Elbow, a.Out = mix(a.Shoulder, to.Shoulder, k), mix(a.Elbow, to.Elbow, k), mix(a.Out, to.Out, k)
	return a
}

func (a Arm) free() bool { return a.PalmAt == nil && a.PalmOn == "" }

// freeArm lays an arm along its angles, counted from the upper trunk.
func (s *Skeleton) freeArm(w Which, a Arm) (elbow, palm Point) {
	hanging := lean(s.Nape.Minus(s.Waist))
	down := func(flexion float64) Point {
		flat := tilted(hanging - flexion).Times(-math.Cos(radians(a.Out)))
		return flat.Plus(sideways.Times(w.out() * math.Sin(radians(a.Out))))
	}
	elbow = s.Arms[w].Shoulder.Plus(down(a.Shoulder).Times(UpperArm))
	return elbow, elbow.Plus(down(a.Shoulder + a.Elbow).Times(Forearm + Hand))
}

func (s *Skeleton) armAim(w Which, a Arm) aim {
	pole := w.own(Point{X: -0.6, Y: -1, Z: 0.3})
	if a.ElbowTo != nil {
		pole = w.own(*a.ElbowTo)
	}
	switch {
	case a.PalmOn != "":
		p, _ := s.Place(a.PalmOn)
		return aim{p.Plus(w.own(a.Off)), pole}
	case a.PalmAt != nil:
		return aim{w.own(a.PalmAt.Plus(sideways.Times(shouldersApart))), pole}
	}
	elbow, palm := s.freeArm(w, a)
	return aim{palm, bend(s.Arms[w].Shoulder, elbow, palm, pole)}
}
