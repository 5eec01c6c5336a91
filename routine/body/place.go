package body

import "strings"

// places are the names of points on a leg or an arm.
var places = map[string]func(LegBones, ArmBones) Point{
	"hip":      func(l LegBones, _ ArmBones) Point { return l.Hip },
	"thigh":    func(l LegBones, _ ArmBones) Point { return l.Hip.Toward(l.Knee, 0.6) },
	"knee":     func(l LegBones, _ ArmBones) Point { return l.Knee },
	"shin":     func(l LegBones, _ ArmBones) Point { return l.Knee.Toward(l.Ankle, 0.5) },
	"ankle":    func(l LegBones, _ ArmBones) Point { return l.Ankle },
	"heel":     func(l LegBones, _ ArmBones) Point { return l.Heel },
	"ball":     func(l LegBones, _ ArmBones) Point { return l.Ball },
	"toe":      func(l LegBones, _ ArmBones) Point { return l.Toe },
	"shoulder": func(_ LegBones, a ArmBones) Point { return a.Shoulder },
	"palm":     func(_ LegBones, a ArmBones) Point { return a.Palm },
}

// Place finds a point of the body by its name: "worked.ball", "other.knee" or
// "belly".
func (s *Skeleton) Place(name string) (Point, bool) {
	if name == "belly" {
		up := s.Waist.Minus(s.Hips).unit(above)
		front := tilted(s.Tilt() + 90)
		return s.Hips.Plus(up.Times(Loin * 0.7)).Plus(front.Times(6)), true
	}
	side, part, _ := strings.Cut(name, ".")
	w, known := map[string]Which{"worked": Worked, "other": Other}[side]
	find, found := places[part]
	if !known || !found {
		return Point{}, false
	}
	return find(s.Legs[w], s.Arms[w]), true
}
