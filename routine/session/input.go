package session

import (
	"slices"
	"time"
)

// Input is something that reaches a session from outside: one of Tick, Start,
// Pause, Resume, Skip, Back, More, Easier and Leave. Inputs are comparable.
type Input interface{ act(*run) }

type (
	// Tick only lets time pass.
	Tick struct{}

	// Start begins a session that is ready.
	Start struct{}

	// Pause stops the time. Pausing twice is pausing once.
	Pause struct{}

	// Resume begins the count after which a paused session goes on.
	Resume struct{}

	// Skip goes from a hold on to what follows it, which leaves time to move,
	// and from a lead-in straight into its hold. Skipping the last hold
	// finishes the session.
	Skip struct{}

	// Back begins the hold in hand again, or, within three seconds of its
	// start and during a lead-in, goes to the hold before it, by way of that
	// hold's lead-in so that there is time to move. Before the first hold there
	// is only its own lead-in. What was held stays held.
	Back struct{}

	// More makes the segment in hand MoreBy longer. It never changes what is
	// planned.
	More struct{}

	// Easier goes on with another stretch for the rest of the step: the hold
	// in hand, or the next one, and those that follow. It begins with a
	// get-ready of Ready, at least ten seconds, and a hold that was under way
	// starts over; what was held stays with the old stretch and still counts
	// towards the hold. Gap and Next are the least time between the holds that
	// follow in the step, and before the next step. Without a stretch, or with
	// the one in hand, it does nothing.
	Easier struct {
		Stretch          string
		Ready, Gap, Next time.Duration
	}

	// Leave ends the session with what was held so far.
	Leave struct{}
)

// MoreBy is what More adds.
const MoreBy = 10 * time.Second

const (
	easierSetUp = 10 * time.Second
	backWithin  = 3 * time.Second // so far into a hold, Back means the one before
	longest     = 24 * time.Hour  // no segment grows beyond it
)

func (Tick) act(*run) {}

func (Start) act(r *run) {
	if r.phase != Ready {
		return
	}
	r.begun = true
	r.become(Running)
	r.emit(Event{Kind: EventStarted})
	r.enter(0)
}

func (Pause) act(r *run) {
	if r.phase.moving() {
		r.pause(Asked, 0)
	}
}

func (Resume) act(r *run) {
	if r.phase != Paused {
		return
	}
	r.become(Resuming)
	r.count = r.countFrom()
	r.emit(Event{Kind: EventResuming, Count: ceilSeconds(r.count)})
}

func (Skip) act(r *run) {
	if r.phase.Underway() {
		r.emit(Event{Kind: EventSkipped})
		r.enter(r.skipTo())
	}
}

func (Back) act(r *run) {
	if r.phase.Underway() {
		r.enter(r.backTo())
	}
}

func (More) act(r *run) {
	if !r.phase.Underway() || r.segment().Length+MoreBy > longest {
		return
	}
	r.parts = slices.Clone(r.parts)
	r.parts[r.here].Length += MoreBy
}

func (e Easier) act(r *run) {
	hold := r.nextHold(r.here)
	if !r.phase.Underway() || !r.eases(hold, e.Stretch) {
		return
	}
	parts := slices.Clone(r.settled())
	parts[hold].Length = parts[hold].Planned
	lead := r.leadTo(hold)
	r.parts = append(parts[:lead:lead], e.rest(parts[hold:])...)
	r.here, r.elapsed = lead, 0
	r.emit(Event{Kind: EventEntered})
}

// rest is what follows in a session, from the hold that is made easier on.
func (e Easier) rest(parts []Part) []Part {
	ready := getReady(parts[0].with(e.Stretch), max(e.Ready, easierSetUp))
	ready.Planned = 0
	out := []Part{ready}
	step := parts[0].Step
	for i, p := range parts {
		before, least := out[len(out)-1], time.Duration(0)
		switch {
		case p.Step == step && i > 0:
			least = e.Gap
		case p.Step != step && before.Step == step:
			least = e.Next
		}
		if p.Step == step {
			p = p.with(e.Stretch)
		}
		switch {
		case p.Kind != Hold:
			p.Length = max(p.Length, min(least, longest))
		case before.Kind == Hold && least > 0:
			out = append(out, getReady(p, least))
		}
		out = append(out, p)
	}
	return out
}

// getReady is a set-up that leads to a hold.
func getReady(hold Part, length time.Duration) Part {
	p := Part{Segment: hold.Segment}
	length = min(length, longest)
	p.Kind, p.Length, p.Planned = SetUp, length, length
	return p
}

func (Leave) act(r *run) {
	if r.phase != Ready && !r.phase.Underway() {
		return
	}
	r.become(Left)
	r.emit(Event{Kind: EventLeft, Summary: r.Summary()})
}

// eases reports whether hold i would change by doing stretch instead.
func (s State) eases(i int, stretch string) bool {
	return stretch != "" && i < len(s.parts) && s.parts[i].Stretch != stretch
}

// with is the part done with another stretch from now on.
func (p Part) with(stretch string) Part {
	if p.Held > 0 {
		p.Earlier = append(slices.Clip(p.Earlier), Earlier{p.Stretch, p.Held})
	}
	p.Stretch, p.Held = stretch, 0
	return p
}

// skipTo is where Skip goes; len(s.parts) means that it finishes.
func (s State) skipTo() int {
	if s.segment().Kind == Hold {
		return s.here + 1
	}
	return s.nextHold(s.here)
}

// backTo is where Back goes.
func (s State) backTo() int {
	if s.segment().Kind == Hold && s.elapsed > backWithin {
		return s.here
	}
	for i := s.here - 1; i >= 0; i-- {
		if s.parts[i].Kind == Hold {
			return s.leadTo(i)
		}
	}
	return min(s.here, s.leadTo(s.nextHold(s.here)))
}

// nextHold is the first hold at or after part i, or len(s.parts).
func (s State) nextHold(i int) int {
	for i < len(s.parts) && s.parts[i].Kind != Hold {
		i++
	}
	return i
}

// leadTo is the part that leads to hold i: i itself when nothing does.
func (s State) leadTo(i int) int {
	if i > 0 && s.parts[i-1].Kind != Hold {
		return i - 1
	}
	return i
}
