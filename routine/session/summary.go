package session

import (
	"slices"
	"time"

	"lull/routine"
)

// Outcome says how much of a session was done.
type Outcome string

// The outcomes. Complete: at least 80 % of the planned hold time was held,
// where no hold counts for more than it was planned for. Partial: at least one
// hold was held for its full planned length. Abandoned: begun, and less than
// that. None: never begun.
const (
	Complete  Outcome = "complete"
	Partial   Outcome = "partial"
	Abandoned Outcome = "abandoned"
	None      Outcome = "none"
)

// Summary is what a session comes to. Seconds are whole and never rounded up,
// each by itself, so the moves can add up to a little less than the session.
type Summary struct {
	Outcome  Outcome `json:"outcome"`
	PlannedS int     `json:"planned_s"`
	HeldS    int     `json:"held_s"` // time really held, redone holds included
	Moves    []Move  `json:"moves"`  // each stretch and side once, in the order of the plan
}

// Move is one stretch on one side, all its holds added up. PlannedS is 0 when
// Easier moved every one of its holds to another stretch.
type Move struct {
	Stretch  string       `json:"stretch"`
	Side     routine.Side `json:"side"`
	PlannedS int          `json:"planned_s"`
	HeldS    int          `json:"held_s"`
}

// Summary is what the session would come to if it ended now.
func (s State) Summary() Summary {
	planned, held := s.work()
	sum := Summary{
		Outcome:  s.outcome(),
		PlannedS: int(planned / time.Second),
		HeldS:    int(held / time.Second),
		Moves:    []Move{},
	}
	for _, e := range s.efforts() {
		sum.Moves = append(sum.Moves, Move{
			Stretch: e.stretch, Side: e.side,
			PlannedS: int(e.planned / time.Second),
			HeldS:    int(e.held / time.Second),
		})
	}
	return sum
}

func (s State) outcome() Outcome {
	var planned, credit time.Duration
	finished := false
	for _, p := range s.settled() {
		if p.Kind == Hold {
			planned += p.Planned
			credit += min(p.allHeld(), p.Planned)
			finished = finished || p.Done
		}
	}
	switch {
	case !s.begun:
		return None
	case planned > 0 && credit >= planned-planned/5:
		return Complete
	case finished:
		return Partial
	}
	return Abandoned
}

// effort is one stretch on one side, before rounding.
type effort struct {
	stretch       string
	side          routine.Side
	planned, held time.Duration
}

// efforts adds up the holds of each stretch and side, in order of appearance.
func (s State) efforts() []effort {
	var all []effort
	add := func(e effort) {
		i := slices.IndexFunc(all, func(o effort) bool { return o.stretch == e.stretch && o.side == e.side })
		if i < 0 {
			all = append(all, e)
			return
		}
		all[i].planned += e.planned
		all[i].held += e.held
	}
	for _, p := range s.settled() {
		if p.Kind != Hold {
			continue
		}
		for _, was := range p.Earlier {
			add(effort{was.Stretch, p.Side, 0, was.Held})
		}
		add(effort{p.Stretch, p.Side, p.Planned, p.Held})
	}
	return all
}

// allHeld is the time held in the part under whatever stretch.
func (p Part) allHeld() time.Duration {
	held := p.Held
	for _, was := range p.Earlier {
		held += was.Held
	}
	return held
}
