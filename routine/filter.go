package routine

import "slices"

// Filter asks for what fits a person's room and wishes. What is left empty asks
// for nothing.
type Filter struct {
	Positions []Position  // only these, and what goes in any position
	Without   []Equipment // what is not at hand
	Areas     []Area      // only these
}

// Fits says whether st is what the filter asks for.
func (f Filter) Fits(st Stretch) bool {
	missing := func(e Equipment) bool { return slices.Contains(f.Without, e) }
	present := func(e Equipment) bool { return !missing(e) }
	wanted := func(a Area) bool { return slices.Contains(f.Areas, a) }
	switch {
	case len(f.Positions) > 0 && st.Position != AnyPosition && !slices.Contains(f.Positions, st.Position):
		return false
	case slices.ContainsFunc(st.Needs, missing):
		return false
	case len(st.OneOf) > 0 && !slices.ContainsFunc(st.OneOf, present):
		return false
	}
	return len(f.Areas) == 0 || slices.ContainsFunc(st.Areas, wanted)
}

// StretchesFor lists the stretches that fit, in the order of Stretches.
func (l *Library) StretchesFor(f Filter) []Stretch {
	return slices.DeleteFunc(l.Stretches(), func(st Stretch) bool { return !f.Fits(st) })
}

// Plans lists the plans of all routines of which every step fits, in the order
// of Routines.
func (s Screening) Plans(lib *Library, f Filter) []Plan {
	var all []Plan
	for _, r := range lib.Routines() {
		p := s.Plan(lib, r)
		fitting := slices.DeleteFunc(lib.stretchesOf(p.Routine), func(st Stretch) bool { return !f.Fits(st) })
		if len(fitting) == len(p.Routine.Steps) {
			all = append(all, p)
		}
	}
	return all
}

// Needs is the equipment to have at hand before r starts. Of things that can
// stand in for each other it names one.
func (l *Library) Needs(r Routine) []Equipment {
	needed := map[Equipment]bool{}
	for _, st := range l.stretchesOf(r) {
		for _, e := range st.Needs {
			needed[e] = true
		}
	}
	for _, st := range l.stretchesOf(r) {
		if len(st.OneOf) > 0 && !slices.ContainsFunc(st.OneOf, func(e Equipment) bool { return needed[e] }) {
			needed[st.OneOf[0]] = true
		}
	}
	return chosen(Equipments, needed)
}

// Areas is what r works, in the order of Areas.
func (l *Library) Areas(r Routine) []Area {
	worked := map[Area]bool{}
	for _, st := range l.stretchesOf(r) {
		for _, a := range st.Areas {
			worked[a] = true
		}
	}
	return chosen(Areas, worked)
}

// Positions is how the body is held in the course of r, in the order of
// Positions.
func (l *Library) Positions(r Routine) []Position {
	held := map[Position]bool{}
	for _, st := range l.stretchesOf(r) {
		held[st.Position] = true
	}
	return chosen(Positions, held)
}

// stretchesOf gives the stretch of each step; one that is not known is left out.
func (l *Library) stretchesOf(r Routine) []Stretch {
	var all []Stretch
	for _, s := range r.Steps {
		if st, ok := r.stretch(s.Stretch, l); ok {
			all = append(all, st)
		}
	}
	return all
}

func chosen[T comparable](order []T, in map[T]bool) []T {
	var out []T
	for _, v := range order {
		if in[v] {
			out = append(out, v)
		}
	}
	return out
}
