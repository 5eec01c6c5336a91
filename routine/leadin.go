package routine

import "time"

// DefaultLeadIn and MaxLeadIn are the get-ready time that WithLeadIn is given
// by default, and the longest that can be set.
const (
	DefaultLeadIn = 10 * time.Second
	MaxLeadIn     = time.Minute
)

// WithLeadIn returns r with at least leadIn of set-up before its first hold
// and before each step that needs another position than the one before it, and
// with gaps at least as long in a step in which the person rolls over between
// the legs. Longer times stay, and so does what is held. r is not changed.
func (l *Library) WithLeadIn(r Routine, leadIn time.Duration) Routine {
	steps := make([]Step, len(r.Steps))
	at := start
	for i, step := range r.Steps {
		st, _ := r.stretch(step.Stretch, l)
		next := at.after(st.Position)
		if next != at {
			step.SetUp = max(step.SetUp, leadIn)
		}
		if rolls(st, step.Order) {
			step.Gap = max(step.Gap, leadIn)
		}
		steps[i], at = step, next
	}
	r.Steps = steps
	return r
}

// WithLeadIn returns the plan with the time to get into position that
// Library.WithLeadIn gives its routine. Whatever shows, speaks or starts a routine
// uses it, so that the length it states is the length of the session.
func (p Plan) WithLeadIn(lib *Library, leadIn time.Duration) Plan {
	p.Routine = lib.WithLeadIn(p.Routine, leadIn)
	return p
}

// Moves reports whether a person has to change position to go from one stretch
// to the next.
func Moves(from, to Stretch) bool {
	at := start.after(from.Position)
	return at.after(to.Position) != at
}

// start is the position before a routine: it differs from every other.
const start Position = ""

// after is the position of a person who was in p and does a stretch in to. A
// stretch that can be done sitting or lying keeps a sitting or lying person
// where they are; a standing person has to sit or lie down for it.
func (p Position) after(to Position) Position {
	if to == AnyPosition && p != start && p != Standing {
		return p
	}
	return to
}

// slowMove is the least time to get ready after a change between standing,
// sitting on a chair, sitting in bed and lying, for people who fall easily and
// late in pregnancy.
const slowMove = 30 * time.Second

// GetReady is the time that a person with these answers has to go from one
// stretch to the next: at least leadIn, or nothing when they stay as they are.
func (s Screening) GetReady(from, to Stretch, leadIn time.Duration) time.Duration {
	return s.getReady(start.after(s.position(from)), s.position(to), leadIn)
}

func (s Screening) getReady(at, to Position, leadIn time.Duration) time.Duration {
	next := at.after(to)
	switch {
	case next == at:
		return 0
	case at != start && at.level() != next.level() && s.slow():
		return max(leadIn, slowMove)
	}
	return leadIn
}

// slow reports whether the person needs more time to change position.
func (s Screening) slow() bool { return s.Falls || s.weeks() >= latePregnancy }

// position is that of st. People who are slow do the butterfly on the bed only,
// and breathe on their side when pregnant.
func (s Screening) position(st Stretch) Position {
	switch {
	case s.slow() && st.ID == "butterfly":
		return LongSitting
	case s.Pregnant && s.slow() && st.ID == "calm-breathing":
		return SideLying
	}
	return st.Position
}

// slowly gives the steps of r the set-up that getReady asks for without a lead-in.
func (s Screening) slowly(lib *Library, r Routine, steps []Step) []Step {
	at := start
	for i, step := range steps {
		st, _ := r.stretch(step.Stretch, lib)
		to := s.position(st)
		steps[i].SetUp = max(step.SetUp, s.getReady(at, to, 0))
		at = at.after(to)
	}
	return steps
}

// level is p, with one value for all ways to lie.
func (p Position) level() Position {
	if p == Prone || p == SideLying {
		return Supine
	}
	return p
}

// rolls reports whether changing legs means turning to the other side.
func rolls(st Stretch, o Order) bool {
	return st.Position == SideLying && (o == Alternate || o == LeftThenRight)
}
