package routine

import "slices"

// Plan is a routine as one person may do it. Whatever lists, shows, draws,
// speaks, exports or starts a routine uses the plan of it.
type Plan struct {
	Routine Routine  // adapted to the answers; it has no steps while Locked
	Changes []Change // what the answers did, in the order of the steps
	Asked   Routine  // as it is in the library
	Locked  bool     // no stretch may be shown
	Act     Tier     // while Locked: what to do instead
}

// Plan adapts a routine of the library to the answers. Where nothing of it is
// left, or only some of the small movements, the plan is that of the routine
// Gentle.
func (s Screening) Plan(lib *Library, r Routine) Plan {
	p := s.planned(lib, r)
	left := slices.DeleteFunc(slices.Clone(p.Routine.Steps), func(step Step) bool { return slices.Contains(small, step.Stretch) })
	if p.Locked || len(left) > 0 || len(p.Routine.Steps) == len(r.Steps) {
		return p
	}
	if gentle, ok := lib.Routine(Gentle); ok {
		p.Changes = slices.DeleteFunc(p.Changes, func(c Change) bool { return c.Now == c.Was })
		instead, changes := s.fit(lib, gentle)
		p.Routine, p.Changes = instead, append(p.Changes, changes...)
	}
	return p
}

// PlanOf adapts a single stretch, as a routine of one step without a dose. It
// has no steps where the answers rule the stretch out and know no other.
func (s Screening) PlanOf(lib *Library, st Stretch) Plan {
	return s.planned(lib, Routine{
		ID: st.ID, Name: st.Name, Own: []Stretch{st},
		Steps: []Step{{Stretch: st.ID, Reps: 1, Order: st.usualOrder()}},
	})
}

// planned is what the answers leave of r, which may be nothing.
func (s Screening) planned(lib *Library, r Routine) Plan {
	p := Plan{Asked: r}
	if p.Act, p.Locked = s.Lock(lib); p.Locked {
		p.Routine = Routine{ID: r.ID, Name: r.Name, Place: r.Place, Source: r.Source}
		return p
	}
	p.Routine, p.Changes = s.fit(lib, r)
	return p
}

// Replaced says that nothing of the routine is left, and that the plan is
// another one, if there is any.
func (p Plan) Replaced() bool { return !p.Locked && p.Routine.ID != p.Asked.ID }

// Adapted says whether the answers changed anything.
func (p Plan) Adapted() bool { return len(p.Changes) > 0 }

// Has says whether there is anything to do.
func (p Plan) Has() bool { return len(p.Routine.Steps) > 0 }

// Stretch finds a stretch, with the answers' words of caution before its own.
// Its easier way is left out where it is a stretch that does not suit. Where
// only the easier way suits, it takes the place of the movement.
func (s Screening) Stretch(lib *Library, id string) Stretch {
	st, _ := lib.Stretch(id)
	st.Caution = append(s.Cautions(st), st.Caution...)
	if s.eased(st) {
		st.Movement, st.Easier = st.Easier, nil
	}
	if easier, ok := lib.Stretch(st.EasierID); ok {
		if suits, _ := s.Suits(easier); !suits {
			st.Easier, st.EasierID = nil, ""
		}
	}
	return st
}
