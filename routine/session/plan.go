package session

import (
	"time"

	"lull/routine"
)

// Kind says what a person does during a segment.
type Kind string

// The kinds of segment. SetUp, Rest and Switch are lead-ins: each gives time
// to get into the hold that follows.
const (
	SetUp  Kind = "set-up" // get ready: before the first hold of a step
	Hold   Kind = "hold"
	Rest   Kind = "rest"   // before another hold of the same side
	Switch Kind = "switch" // before a hold of the other side
)

// Segment is a span of time in which a person does one thing. A lead-in
// carries the stretch, side and rep of the hold it leads to.
type Segment struct {
	Kind    Kind          `json:"kind"`
	Step    int           `json:"step"` // index in the routine's steps, from 0
	Stretch string        `json:"stretch"`
	Side    routine.Side  `json:"side"`
	Rep     int           `json:"rep"` // of this side, from 1
	Reps    int           `json:"reps"`
	Length  time.Duration `json:"length_ns"`  // how long it lasts; More adds to it
	Planned time.Duration `json:"planned_ns"` // what the routine asks; 0 for the get-ready of Easier
}

// Plan is a routine laid out in time. Every segment has a length above zero.
type Plan struct {
	Routine  string // the routine's ID
	Segments []Segment
}

// Compile lays r out: its segments add up to r.Length() exactly, and its holds
// to r.Held(). A set-up or gap of zero makes no segment.
func Compile(r routine.Routine) Plan {
	p := Plan{Routine: r.ID}
	for i, step := range r.Steps {
		p.Segments = append(p.Segments, segments(i, step)...)
	}
	return p
}

func segments(index int, s routine.Step) []Segment {
	var out []Segment
	add := func(seg Segment, k Kind, length time.Duration) {
		if length > 0 {
			seg.Kind, seg.Length, seg.Planned = k, length, length
			out = append(out, seg)
		}
	}
	sides := s.Holds()
	seg := Segment{Step: index, Stretch: s.Stretch, Reps: s.Reps}
	if len(sides) == 0 {
		add(seg, SetUp, s.SetUp)
	}
	reps := map[routine.Side]int{}
	for i, side := range sides {
		reps[side]++
		seg.Side, seg.Rep = side, reps[side]
		kind, length := leadIn(s, sides, i)
		add(seg, kind, length)
		add(seg, Hold, s.Hold)
	}
	return out
}

// leadIn says what comes before hold i of a step whose holds have these sides.
func leadIn(s routine.Step, sides []routine.Side, i int) (Kind, time.Duration) {
	switch {
	case i == 0:
		return SetUp, s.SetUp
	case sides[i] == sides[i-1]:
		return Rest, s.Gap
	default:
		return Switch, s.Gap
	}
}
