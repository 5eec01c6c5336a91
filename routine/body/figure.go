// Package body knows how a body is held in each stretch: key poses in files,
// the joints that follow from them, and which pose belongs to which moment of a
// session. It is pure: files come in as bytes, time as an argument, and nothing
// is drawn here.
package body

import (
	"math"
	"time"
)

// View is from where a figure is looked at.
type View string

// The views. Side looks at the worked leg's side, the body facing right; Front
// looks the body in the face; Above looks down on a body that lies on its side,
// its head to the left, with a pose as if it stood; Overhead looks down on a body
// that lies on its back, its head at the top.
const (
	Side     View = "side"
	Front    View = "front"
	Above    View = "above"
	Overhead View = "overhead"
)

// Down reports whether the camera looks straight down.
func (v View) Down() bool { return v == Above || v == Overhead }

// Figure is one stretch as it is drawn: two poses, what lights up, and the
// things around the body.
type Figure struct {
	ID      string // that of its stretch
	Alt     string // the picture in words
	View    View
	Yaw     float64     // degrees that the body is turned further to the viewer
	Raise   float64     // degrees that the camera is raised, to look down at the body
	CloseUp *[4]float64 // the part of the view that is shown: left, bottom, right, top
	Muscles []string
	Both    bool // both legs work alike
	Start   Pose
	End     Pose
	Props   []Prop

	// Cycle is how long a movement takes that goes on during the hold, there
	// and back; 0 for a stretch that is held still. Rise is the share of it that
	// goes to the end pose. A figure that goes Round does not come back the way
	// it went: its feet draw circles of so many degrees.
	Cycle time.Duration
	Rise  float64
	Round float64

	Pregnant string // the figure shown in its place in pregnancy, or empty

	Plain    string   // what is still true of the start pose for another stretch, or empty
	StandsIn []string // the positions that it stands in for, with Plain
}

// At is the skeleton at the share k of the way from the start pose to the end
// pose. A figure that goes round is back at its start pose with 1.
func (f *Figure) At(k float64) Skeleton {
	k = max(0, min(1, k))
	if f.Round == 0 {
		return Solve(f.Start, f.End, k)
	}
	sin, cos := math.Sincos(2 * math.Pi * k)
	at := f.Start
	for w := range at.Legs {
		if f.Both || Which(w) == Worked {
			at.Legs[w].Ankle += f.Round * cos
			at.Legs[w].Turn += f.Round * sin
		}
	}
	return Solve(at, at, 0)
}

// Kind is what a thing beside the body is.
type Kind string

// The things. All but a strap and a ball stay where they are.
const (
	Wall   Kind = "wall"   // its face at At
	Chair  Kind = "chair"  // the front edge of its seat at At, its back Back away
	Rail   Kind = "rail"   // the back of a chair to hold on to, its top at At
	Bed    Kind = "bed"    // its top from At to To
	Stool  Kind = "stool"  // the middle of its top at At
	Pillow Kind = "pillow" // from At to To
	Roll   Kind = "roll"   // a rolled towel at At
	Ball   Kind = "ball"   // from At in the start pose to To in the end pose
	Strap  Kind = "strap"  // from a place on the body to another
	Ring   Kind = "ring"   // the circle that the toes draw, seen from where they are
	Arrow  Kind = "arrow"  // from At to To, curved toward Via
)

// Prop is a thing beside the body.
type Prop struct {
	Kind Kind
	At   Point
	To   Point
	Via  Point
	Back float64 // how far behind its front edge a chair's back stands
	Size float64 // a radius
	From string  // the places a strap goes from and to
	Tie  string
}
