package routine

import (
	"slices"

	"lull/routine/say"
)

const changedEvidence say.Key = "Changed for your safety answers. This combination has not been tested for cramps."

// Change is one thing that safety answers did to a routine.
type Change struct {
	Step int    // which step of the routine as it was, from 0
	Was  string // id of its stretch
	Now  string // id of the stretch to do instead: empty when there is none, Was when it stays, with care
	Why  string // for the person: a short sentence, or two
}

// Suits says whether a person with these answers may do st; why is empty or
// says in one line what speaks against it.
func (s Screening) Suits(st Stretch) (ok bool, why string) {
	if b := s.banOf(st); b != nil {
		return false, b.why.String()
	}
	return true, ""
}

func (s Screening) banOf(st Stretch) *ban {
	for i := range bans {
		if bans[i].when(s) && bans[i].of(st) {
			return &bans[i]
		}
	}
	return nil
}

// fit gives r without the steps that the answers rule out, each swapped for a
// gentler stretch where there is one, with the changes in the order of steps.
// A substitute has the dose of what it replaces, as With says. A routine of
// which nothing is left comes back with no steps.
func (s Screening) fit(lib *Library, r Routine) (Routine, []Change) {
	var (
		steps   []Step
		changes []Change
		swapped bool
		stands  = s.standing(lib, r)
		only    = every
	)
	if lib.inBed(r) {
		only = bedside
	}
	for i, step := range r.Steps {
		st, change := s.place(lib, r, step.Stretch, only)
		if st.ID != step.Stretch {
			if s.repeats(lib, r, step.Stretch, st) {
				st = Stretch{}
			}
			if holder, there := stands[st.ID]; there && holder != step.Stretch {
				change = say.Text("%s The gentler one is in the routine already.", change)
				st = Stretch{}
			}
			swapped = true
			changes = append(changes, Change{i, step.Stretch, st.ID, change})
		}
		if st.ID == "" {
			continue
		}
		stands[st.ID] = step.Stretch
		steps = append(steps, step.With(st))
		for _, why := range s.Cautions(st) {
			changes = append(changes, Change{i, st.ID, st.ID, why})
		}
	}
	r.Steps = s.slowly(lib, r, steps)
	if swapped {
		r.Trial, r.Evidence = false, changedEvidence.String()
	}
	if swapped && r.Shipped() {
		r.About = "" // it says how long the routine is and how it is done, which no longer holds
	}
	return r, changes
}

// standing are the stretches of r that may stay, each standing for itself.
func (s Screening) standing(lib *Library, r Routine) map[string]string {
	stay := map[string]string{}
	for _, st := range lib.stretchesOf(r) {
		if s.banOf(st) == nil {
			stay[st.ID] = st.ID
		}
	}
	return stay
}

// inBed reports whether r is done in bed from its first step to its last. A
// routine with a single position in bed is not: a chair may replace it.
func (l *Library) inBed(r Routine) bool {
	steps := 0
	for _, st := range l.stretchesOf(r) {
		if !bedside(st) {
			return false
		}
		if st.Position != AnyPosition {
			steps++
		}
	}
	return steps > 1
}

// bedside picks what can be done in bed.
func bedside(st Stretch) bool { return st.Position != Standing && st.Position != Seated }

// repeats reports whether the substitute shares no muscle with the stretch that
// it replaces, and another step that stays holds a stretch of all of its muscles.
func (s Screening) repeats(lib *Library, r Routine, was string, substitute Stretch) bool {
	asked, _ := r.stretch(was, lib)
	works := func(st Stretch) func(string) bool {
		return func(muscle string) bool { return slices.Contains(st.Muscles, muscle) }
	}
	if len(substitute.Muscles) == 0 || slices.ContainsFunc(substitute.Muscles, works(asked)) {
		return false
	}
	return slices.ContainsFunc(lib.stretchesOf(r), func(st Stretch) bool {
		missing := func(muscle string) bool { return !works(st)(muscle) }
		return held(st) && st.ID != substitute.ID && s.banOf(st) == nil && !slices.ContainsFunc(substitute.Muscles, missing)
	})
}

// place finds what to do in place of a stretch, itself if it suits: something
// that only picks. The stretch is empty when there is nothing; why is that of
// the first ban.
func (s Screening) place(lib *Library, r Routine, id string, only match) (st Stretch, why string) {
	if _, ok := r.stretch(id, lib); !ok {
		return Stretch{}, say.Text("No such stretch is known here.")
	}
	return s.substitute(lib, r, id, only, map[string]bool{})
}

// substitute goes through the stretches that the bans name instead, the best
// first, until one suits that only picks. seen are those it has looked at, so that two bans that
// name each other's stretches end.
func (s Screening) substitute(lib *Library, r Routine, id string, only match, seen map[string]bool) (found Stretch, why string) {
	st, ok := r.stretch(id, lib)
	if !ok || seen[id] || !only(st) {
		return Stretch{}, ""
	}
	seen[id] = true
	first := s.banOf(st)
	if first == nil {
		return st, ""
	}
	for _, b := range bans {
		if !b.when(s) || !b.of(st) {
			continue
		}
		for _, other := range b.instead[id] {
			if found, _ = s.substitute(lib, r, other, only, seen); found.ID != "" {
				return found, first.why.String()
			}
		}
	}
	return Stretch{}, first.why.String()
}

// With gives s with st in place of its stretch, for a substitute or an easier
// way. Hold and reps stay; the legs are visited one by one or together as st
// can; gap and set-up grow to what st takes to change over and to get into.
func (s Step) With(st Stretch) Step {
	if s.Stretch == st.ID {
		return s
	}
	s.Stretch = st.ID
	s.Gap, s.SetUp = max(s.Gap, st.Gap), max(s.SetUp, st.Ready)
	switch {
	case st.Sides == Both:
		s.Order = Together
	case st.Sides == "" && s.Order == Together:
		s.Order, s.Gap = Alternate, max(s.Gap, usualGap)
	}
	return s
}

// Cautions are what the answers ask a person to mind in st.
func (s Screening) Cautions(st Stretch) []string {
	var whys []string
	eased := s.eased(st)
	for _, c := range cares {
		if c.when(s) && c.of(st) && !(eased && c.bends) {
			whys = append(whys, c.why.String())
		}
	}
	return whys
}

// eased reports whether st may be done in its easier way only.
func (s Screening) eased(st Stretch) bool {
	return slices.ContainsFunc(cares, func(c care) bool { return c.easier && c.when(s) && c.of(st) })
}
