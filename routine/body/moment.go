package body

import (
	"math"
	"time"

	"lull/routine"
	"lull/routine/session"
)

// Moment is how a figure stands at one instant.
type Moment struct {
	Share  float64 // of the way from the start pose to the end pose
	Left   bool    // the left leg works: the picture faces the other way
	Turned float64 // degrees that the body has turned toward the viewer
	Quick  bool    // the body is on its way between two poses
	Lit    bool    // the worked muscle is shown
	Glow   float64 // how brightly, from 0 to 1
}

// The times of a movement. A demonstration waits, goes to the end pose, stays
// there and comes back; a hold goes there and stays.
const (
	goes    = 1300 * time.Millisecond
	comes   = 1000 * time.Millisecond
	turns   = 900 * time.Millisecond
	waits   = 500 * time.Millisecond
	stays   = 1000 * time.Millisecond
	shows   = waits + goes + stays + comes
	breath  = 6 * time.Second // of the glow in a hold
	glows   = breath / 6      // a step of it
	dimmest = 0.4
)

// During is the moment of a session. It follows from the session's own time:
// get ready demonstrates, a hold holds, a rest comes back, and a switch comes
// back and turns to the other leg.
func (f *Figure) During(v session.View) Moment {
	m := Moment{Left: v.Segment.Side == routine.Left, Lit: len(f.Muscles) > 0}
	switch v.Segment.Kind {
	case session.SetUp:
		m.Share = f.demonstrated(v.Elapsed - v.Segment.Length%shows)
	case session.Hold:
		m.Share, m.Glow = f.held(v.Elapsed), glow(v.Elapsed)
	case session.Rest:
		m.Share = f.released(v, v.Elapsed, comes)
	case session.Switch:
		f.change(&m, v)
	}
	m.Quick = m.Quick || f.Cycle == 0 && m.Share > 0 && m.Share < 1
	return m
}

// Demonstrated is the moment after so long of a demonstration that goes on and
// on.
func (f *Figure) Demonstrated(t time.Duration, side routine.Side) Moment {
	k := f.demonstrated(t)
	return Moment{Left: side == routine.Left, Lit: len(f.Muscles) > 0, Share: k, Glow: 1, Quick: f.Cycle == 0 && k > 0 && k < 1}
}

// Posed is the figure standing still: in its start pose, or in the pose that is
// held, where a figure that goes round is halfway.
func (f *Figure) Posed(held, left bool) Moment {
	m := Moment{Left: left, Lit: len(f.Muscles) > 0}
	if held {
		m.Share, m.Glow = 1, 1
		if f.Round > 0 {
			m.Share = 0.5
		}
	}
	return m
}

// Doing is the moment so long after the movement began, for first aid: it goes
// to its end pose and stays there, or stays in its start pose.
func (f *Figure) Doing(t time.Duration, before bool) Moment {
	m := Moment{Lit: len(f.Muscles) > 0, Glow: 1}
	if !before {
		m.Share = f.held(t)
	}
	m.Quick = f.Cycle == 0 && m.Share > 0 && m.Share < 1
	return m
}

// Done says whether a movement that began so long ago stands still from now on.
func (f *Figure) Done(t time.Duration) bool { return f.Cycle == 0 && t >= goes }

// Shows is how long one demonstration of the figure takes.
func (f *Figure) Shows() time.Duration {
	if f.Cycle > 0 {
		return f.Cycle
	}
	return shows
}

func (f *Figure) demonstrated(t time.Duration) float64 {
	switch {
	case f.Cycle > 0:
		return f.cycled(max(0, t))
	case t < 0:
		return 0
	}
	t %= shows
	switch there := waits + goes; {
	case t < waits:
		return 0
	case t < there+stays:
		return eased(t-waits, goes)
	default:
		return 1 - eased(t-there-stays, comes)
	}
}

func (f *Figure) held(t time.Duration) float64 {
	if f.Cycle > 0 {
		return f.cycled(t)
	}
	return eased(t, goes)
}

// cycled is the share of a movement that goes on, t after it began.
func (f *Figure) cycled(t time.Duration) float64 {
	at := float64(t%f.Cycle) / float64(f.Cycle)
	switch {
	case f.Round > 0:
		return at
	case at < f.Rise:
		return smooth(at / f.Rise)
	}
	return 1 - smooth((at-f.Rise)/(1-f.Rise))
}

// released comes back from where the hold before it ended. That hold was as long
// as the next one, unless somebody added to it.
func (f *Figure) released(v session.View, t, within time.Duration) float64 {
	if f.Round > 0 {
		return 0
	}
	return f.held(v.Next.Length) * (1 - eased(t, within))
}

// change comes back from the leg that worked, turns round and stands ready on
// the other one. A change too short for that goes faster.
func (f *Figure) change(m *Moment, v session.View) {
	pace := min(1, float64(v.Segment.Length)/float64(comes+turns))
	back, around := scaled(comes, pace), scaled(turns, pace)
	t := v.Elapsed
	m.Quick = t < back+around
	switch {
	case t < back:
		m.Left, m.Share = !m.Left, f.released(v, t, back)
	case t < back+around/2:
		m.Left, m.Turned = !m.Left, 180*eased(t-back, around)
	default:
		m.Turned = 180 * (1 - eased(min(t-back, around), around))
	}
	if m.Turned < 1 {
		m.Turned = 0
	}
}

func scaled(d time.Duration, k float64) time.Duration { return time.Duration(float64(d) * k) }

// Still says whether nothing moves from this moment of a session to one that is
// so much later, and otherwise how long it stays like this, in whole frames.
func (f *Figure) Still(v session.View, frame, most time.Duration) (time.Duration, bool) {
	if v.Phase != session.Running || frame <= 0 {
		return 0, true
	}
	now, later := f.During(v), v
	for d := frame; d <= min(most, v.Remaining); d += frame {
		later.Elapsed, later.Remaining = v.Elapsed+d, v.Remaining-d
		if f.During(later) != now {
			return d, false
		}
	}
	return 0, true
}

// glow is how brightly the muscle is lit in a hold: in steps, so that a hold
// asks little of a slow line, at the pace of a calm breath.
func glow(t time.Duration) float64 {
	step := float64(t / glows % (breath / glows))
	level := (1 + math.Cos(2*math.Pi*step*float64(glows)/float64(breath))) / 2
	return dimmest + (1-dimmest)*level
}

// eased is how far a movement of a length has come, slow at both ends.
func eased(t, length time.Duration) float64 {
	return smooth(max(0, min(1, float64(t)/float64(length))))
}

func smooth(k float64) float64 { return k * k * (3 - 2*k) }
