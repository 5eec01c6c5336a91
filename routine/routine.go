// Package routine knows the stretches, the routines made of them, and which
// of them suit whom. It is pure: files come in as bytes, nothing is read,
// written or timed here.
package routine

import (
	"time"

	"lull/routine/say"
)

// Side says which leg a hold works.
type Side string

// The sides a hold can have. Either is for a stretch only: one leg or both, as
// the step says.
const (
	Left   Side = "left"
	Right  Side = "right"
	Both   Side = "both"
	Either Side = "either"
)

// Order says how a step visits the legs.
type Order string

// The orders a step can have. Alternate goes right, left, right, left, so that
// each leg rests while the other works; LeftThenRight does all repetitions of
// the left leg first; OnlyLeft and OnlyRight work one leg; Together works both
// at once.
const (
	Alternate     Order = "alternate"
	LeftThenRight Order = "left-then-right"
	Together      Order = "both"
	OnlyLeft      Order = "left"
	OnlyRight     Order = "right"
)

// Sides returns the side of every hold of reps repetitions in this order.
func (o Order) Sides(reps int) []Side {
	visit := map[Order][]Side{
		Alternate:     {Right, Left},
		LeftThenRight: {Left, Right},
		Together:      {Both},
		OnlyLeft:      {Left},
		OnlyRight:     {Right},
	}[o]
	sides := make([]Side, 0, reps*len(visit))
	if o == LeftThenRight {
		for _, s := range visit {
			for range reps {
				sides = append(sides, s)
			}
		}
		return sides
	}
	for range reps {
		sides = append(sides, visit...)
	}
	return sides
}

// Area is the part of the leg a stretch is for.
type Area string

// The areas of the library. Foot pumps and circles work two of them.
const (
	Calf  Area = "calf"
	Thigh Area = "thigh"
	Foot  Area = "foot"
	Calm  Area = "calm"
)

// The areas as they are said, with those that are places of a cramp too.
const (
	_ say.Key = "thigh"
	_ say.Key = "calm"
)

// Areas lists the areas in the order people see them.
var Areas = []Area{Calf, Thigh, Foot, Calm}

// Position is how the body is held during a stretch.
type Position string

// The positions of the library.
const (
	Standing    Position = "standing"
	Seated      Position = "seated"
	LongSitting Position = "long-sitting"
	Supine      Position = "supine"
	SideLying   Position = "side-lying"
	Prone       Position = "prone"
	AnyPosition Position = "any"
)

// The positions as they are said.
const (
	_ say.Key = "standing"
	_ say.Key = "seated"
	_ say.Key = "long-sitting"
	_ say.Key = "supine"
	_ say.Key = "side-lying"
	_ say.Key = "prone"
	_ say.Key = "any"
)

// Positions lists the positions, upright ones first.
var Positions = []Position{Standing, Seated, LongSitting, Supine, SideLying, Prone, AnyPosition}

// Action is what a person does while a stretch counts: hold still, keep
// moving, or breathe.
type Action string

// The actions of the library.
const (
	ToHold    Action = "hold"
	ToMove    Action = "move"
	ToBreathe Action = "breathe"
)

// Actions lists the actions, the most common first.
var Actions = []Action{ToHold, ToMove, ToBreathe}

// Equipment is something a stretch needs within reach.
type Equipment string

// The equipment of the library.
const (
	Wall  Equipment = "wall"
	Towel Equipment = "towel"
	Chair Equipment = "chair"
	Stool Equipment = "stool"
	Ball  Equipment = "ball"
)

// The equipment as it is said.
const (
	_ say.Key = "wall"
	_ say.Key = "towel"
	_ say.Key = "chair"
	_ say.Key = "stool"
	_ say.Key = "ball"
)

// Equipments lists all equipment, the commonest first.
var Equipments = []Equipment{Wall, Towel, Chair, Stool, Ball}

// Stretch is one entry of the library: what to do, what it works, what it
// needs, and for whom it is wrong. Texts are at most two short lines each.
type Stretch struct {
	ID       string // wall-calf: the file's name and what routines refer to
	Name     string
	Areas    []Area
	Muscles  []string // anatomical names: gastrocnemius, soleus, ...
	Position Position
	Action   Action      // what to do for the length of Hold
	Needs    []Equipment // all of these
	OneOf    []Equipment // any one of these will do; empty when nothing is interchangeable
	Optional []Equipment // helps, but is not needed
	Sides    Side        // "" when one leg at a time, Both when both legs at once, Either when both ways work
	Hold     time.Duration
	Reps     int           // per side
	Gap      time.Duration // what changing legs takes, 0 when it takes nothing special
	Ready    time.Duration // what getting into position takes, 0 when it takes nothing special
	SetUp    []string
	Movement []string
	Caution  []string
	Easier   []string
	EasierID string // a gentler stretch of the library, or empty
	Sources  []string
	Trial    bool   // a trial of night cramps used this stretch
	Place    int    // where it stands in lists, from 1; 0 for a person's own
	Source   string // the file of a person's own stretch; empty for one of the library
}

// Step is one line of a routine: a stretch with its dose.
type Step struct {
	Stretch string
	Hold    time.Duration
	Reps    int // per side
	Order   Order
	Gap     time.Duration // between two holds of the step
	SetUp   time.Duration // before its first hold
}

// Holds returns the side of each hold, in order.
func (s Step) Holds() []Side { return s.Order.Sides(s.Reps) }

// Length is set-up + n holds + (n-1) gaps: no gap follows the last hold, since
// the next step's set-up is that gap.
func (s Step) Length() time.Duration {
	n := time.Duration(len(s.Holds()))
	if n == 0 {
		return s.SetUp
	}
	return s.SetUp + n*s.Hold + (n-1)*s.Gap
}

// Held is the time the step asks a person to hold, all sides added up.
func (s Step) Held() time.Duration { return time.Duration(len(s.Holds())) * s.Hold }

// Routine is a list of steps with a name.
type Routine struct {
	ID       string // trial: the file's name and what people type
	Name     string
	About    string
	Evidence string // one line: what was tested, or that it was not
	Trial    bool   // the dose of a published trial; true for that one routine only
	Place    int    // where it stands in lists, from 1; 0 for a person's own
	Source   string // the file it came from, for errors and for the list
	Steps    []Step
	Own      []Stretch // the stretches that the file brings along; always empty for lull's own routines
}

// Shipped says whether the routine is one of lull's own.
func (r Routine) Shipped() bool { return r.Place > 0 }

// Length is how long the routine takes from the first second to the last.
func (r Routine) Length() time.Duration {
	var total time.Duration
	for _, s := range r.Steps {
		total += s.Length()
	}
	return total
}

// Held is the planned hold time of the whole routine.
func (r Routine) Held() time.Duration {
	var total time.Duration
	for _, s := range r.Steps {
		total += s.Held()
	}
	return total
}
