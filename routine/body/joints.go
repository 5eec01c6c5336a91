package body

import (
	"math"

	"lull/routine/say"
)

// How far the joints of a healthy adult go, in degrees (evidence, 4a; 39 of
// dorsiflexion are measured with a bent knee and the weight on the foot).
const (
	hyperextension = 20.0
	mostHip        = 125.0
	mostKnee       = 130.0
	mostOut        = 60.0
	mostDorsal     = 39.0
	mostPlantar    = 50.0
	mostInversion  = 35.0
	mostMTP        = 80.0
	mostElbow      = 150.0
	nearEnough     = 0.5 // units that a limb may miss its target by
)

// Joints are the angles of a leg, in degrees, as Leg has them.
type Joints struct{ Hip, Knee, Ankle, MTP float64 }

// Joints measures the angles of a leg. The hip's is that in the side view.
func (s *Skeleton) Joints(w Which) Joints {
	b := s.Legs[w]
	thigh, shin := b.Knee.Minus(b.Hip), b.Ankle.Minus(b.Knee)
	return Joints{
		Hip:   wrapped(s.Tilt() - lean(thigh.Times(-1))),
		Knee:  angle(thigh, shin),
		Ankle: 90 - angle(b.Along, shin.Times(-1)),
		MTP:   math.Copysign(angle(b.Toe.Minus(b.Ball), b.Along), -b.Toe.Minus(b.Ball).Dot(b.Sole)),
	}
}

// wrapped is the angle within half a turn of 0, the way a hip counts: lying
// legs have a flexion near 90 and not near -270.
func wrapped(deg float64) float64 {
	for deg > 180 {
		deg -= 360
	}
	for deg < -180 {
		deg += 360
	}
	return deg
}

// strain is a joint that is asked for more than it can do.
type strain struct {
	limb, joint      string
	by               float64 // how much too far
	problem, allowed string
}

var limbs = [2]string{"worked", "other"}

func (s *Skeleton) strains() []strain {
	var all []strain
	for w, limb := range limbs {
		j, b := s.Joints(Which(w)), s.Legs[w]
		flat := math.Abs(b.Knee.Minus(b.Hip).Z) < 0.4*Thigh // or the side view says nothing of the hip
		for _, c := range []struct {
			joint         string
			at, low, high float64
			known         bool
		}{
			{"hip", j.Hip, -hyperextension, mostHip, flat},
			{"knee", j.Knee, 0, mostKnee, true},
			{"ankle", j.Ankle, -mostPlantar, mostDorsal, true},
			{"mtp", j.MTP, -35, mostMTP, true},
		} {
			if c.known && (c.at < c.low-0.5 || c.at > c.high+0.5) {
				all = append(all, strain{limb, c.joint, max(c.low-c.at, c.at-c.high), say.Text("bent to %.0f degrees", c.at), say.Text("this joint goes from %.0f to %.0f", c.low, c.high)})
			}
		}
		if s.Legs[w].miss > nearEnough {
			all = append(all, strain{limb, "ankle", b.miss, say.Text("%.1f units from its target", b.miss), say.Text("move the target, or the hips, nearer to each other")})
		}
		if m := s.Arms[w].miss; m > nearEnough {
			all = append(all, strain{limb + "_arm", "palm", m, say.Text("%.1f units from its target", m), say.Text("move the target, or the trunk, nearer to each other")})
		}
	}
	return all
}
