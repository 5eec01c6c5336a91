package session

import (
	"slices"
	"time"
)

// MaxGap is the longest silence between two Applies that still counts as the
// session going on. A longer one pauses it: the lid was closed, the machine
// slept or the program was stopped, and nobody knows what the person did.
const MaxGap = 5 * time.Second

// ResumeCount is the time a person gets between Resume and the segment going
// on, unless the session was restored from a Snapshot and is given longer. It is
// not part of the plan and credits nothing.
const ResumeCount = 3 * time.Second

// Phase is where a session stands between its start and its end.
type Phase string

// The phases of a session.
const (
	Ready    Phase = "ready"
	Running  Phase = "running"
	Paused   Phase = "paused"
	Resuming Phase = "resuming"
	Finished Phase = "finished"
	Left     Phase = "left"
)

// Underway reports whether the session has begun and is not over.
func (p Phase) Underway() bool { return p.moving() || p == Paused }

// moving reports whether time changes anything in this phase.
func (p Phase) moving() bool { return p == Running || p == Resuming }

// Reason says why a session is paused.
type Reason string

// The reasons for a pause.
const (
	Asked       Reason = "asked"
	Interrupted Reason = "interrupted" // by a silence over MaxGap, or a clock that fell back as far
	Restored    Reason = "restored"    // from a Snapshot
)

// Part is a segment of a run and what was held in it.
type Part struct {
	Segment
	Held    time.Duration `json:"held_ns,omitempty"` // all visits that are over, under this stretch
	Done    bool          `json:"done,omitempty"`    // one visit reached the planned length
	Earlier []Earlier     `json:"earlier,omitempty"` // oldest first
}

// Earlier is what was held in a hold before Easier gave it another stretch.
type Earlier struct {
	Stretch string        `json:"stretch"`
	Held    time.Duration `json:"held_ns"`
}

// State is a session at one moment: a plain value, to be copied freely. No two
// copies ever share a change. Make one with New or Restore.
type State struct {
	routine string
	parts   []Part // shared between copies, so never written in place
	begun   bool
	phase   Phase
	here    int           // index of the part in hand; len(parts) once finished
	elapsed time.Duration // in the part in hand, this visit
	ran     time.Duration // time spent in segments so far
	last    time.Duration // the latest clock reading
	count   time.Duration // what is left of the resume count
	ready   time.Duration // what the resume count starts from after Restore; 0 for ResumeCount
	reason  Reason
	gap     time.Duration
}

// New returns a session that waits to be started.
func New(p Plan) State {
	parts := make([]Part, len(p.Segments))
	for i, seg := range p.Segments {
		parts[i].Segment = seg
	}
	return State{routine: p.Routine, parts: parts, phase: Ready}
}

// Apply lets the session run up to the clock reading at, then does what in
// asks, and returns the new state with what happened on the way, in order. A
// nil input is a Tick.
//
// A reading up to MaxGap before the latest one lets no time run. One further
// away than MaxGap, either way, pauses a session that was going on and credits
// no time; the input is then taken as if it came during that pause.
func (s State) Apply(in Input, at time.Duration) (State, []Event) {
	r := run{State: s}
	r.advance(at)
	if in != nil {
		in.act(&r)
	}
	return r.State, r.events
}

// countFrom is what the next resume count starts from.
func (s State) countFrom() time.Duration { return max(s.ready, ResumeCount) }

// segment is the one in hand, or the zero Segment once finished.
func (s State) segment() Segment {
	if s.here < len(s.parts) {
		return s.parts[s.here].Segment
	}
	return Segment{}
}

// settled is the parts with the visit in hand counted in. The result may be
// the state's own slice: it is for reading, or for replacing s.parts whole.
func (s State) settled() []Part {
	if s.segment().Kind != Hold || s.elapsed == 0 {
		return s.parts
	}
	parts := slices.Clone(s.parts)
	p := &parts[s.here]
	p.Held += s.elapsed
	p.Done = p.Done || s.elapsed >= p.Planned
	return parts
}

// run is one Apply under way: the state it has reached and its events so far.
type run struct {
	State
	events []Event
}

// emit adds e, which happens now and concerns the segment in hand.
func (r *run) emit(e Event) {
	e.Due, e.At, e.Segment = r.ran, r.last, r.segment()
	r.events = append(r.events, e)
}

// advance brings the session to the clock reading at.
func (r *run) advance(at time.Duration) {
	if !r.phase.moving() {
		r.last = at
		return
	}
	silence := at - r.last
	switch {
	case silence > MaxGap || silence < -MaxGap:
		r.last = at
		r.pause(Interrupted, max(silence, 0))
	case silence > 0:
		r.flow(at)
		r.last = at
	}
}

// become changes the phase; nothing of the old one stays behind.
func (r *run) become(p Phase) {
	r.phase, r.reason, r.gap, r.count = p, "", 0, 0
}

func (r *run) pause(why Reason, gap time.Duration) {
	r.become(Paused)
	r.reason, r.gap = why, gap
	kind := EventPaused
	if why == Interrupted {
		kind = EventInterrupted
	}
	r.emit(Event{Kind: kind, Gap: gap})
}

// flow spends the time up to the reading until, mark by mark.
func (r *run) flow(until time.Duration) {
	for r.phase.moving() && r.last < until {
		if r.phase == Resuming {
			r.countIn(until)
		} else {
			r.pass(until)
		}
	}
}

func (r *run) countIn(until time.Duration) {
	span := min(r.count, until-r.last)
	r.count -= span
	r.last += span
	if r.count == 0 {
		r.become(Running)
		r.ready = 0
		r.emit(Event{Kind: EventResumed})
	}
}

// pass runs on to the next mark of the segment in hand, or to until.
func (r *run) pass(until time.Duration) {
	seg := r.segment()
	m := nextMark(seg, r.elapsed)
	span := min(m.after-r.elapsed, until-r.last)
	r.elapsed += span
	r.ran += span
	r.last += span
	if r.elapsed < m.after {
		return
	}
	if seg.Kind == Hold {
		r.emit(Event{Kind: m.kind, Count: m.count})
	}
	if m.kind == EventEnded {
		r.enter(r.here + 1)
	}
}

// enter ends the visit in hand and begins part i, or finishes past the last.
func (r *run) enter(i int) {
	r.parts = r.settled()
	r.here, r.elapsed = i, 0
	if i < len(r.parts) {
		r.emit(Event{Kind: EventEntered})
		return
	}
	r.become(Finished)
	r.emit(Event{Kind: EventFinished, Summary: r.Summary()})
}
