package relief

import "time"

// Walk leads a person through a plan while a cramp lasts: a plain value, to be
// copied freely. It has two clocks. One counts since the onset and goes on
// whatever is shown; the other places the person in the plan and moves with
// Next and Back.
//
// Every time.Duration called at is a reading of a single steady clock of the
// caller's choice that goes on while the machine sleeps; only differences
// between readings matter, and one before the latest is taken for the latest.
// Once the cramp let go nothing changes any more.
type Walk struct {
	plan  Plan
	onset time.Duration // reading at which the cramp began
	begun time.Duration // reading at which the plan would have begun, had nobody moved in it
	last  time.Duration // latest reading
	told  time.Duration // After of the latest card that was given out
	letGo bool
}

// backWithin is how far into a step Back still means the step before.
const backWithin = 3 * time.Second

// View is what a screen shows of a walk.
type View struct {
	Moment
	Doing Step          // the step in hand; zero once Done
	Since time.Duration // since the onset; the cramp's length once it let go
	LetGo bool
}

// Start begins the plan at a reading. The onset is the same reading, or an
// earlier one for a cramp that was under way before.
func Start(p Plan, onset, at time.Duration) Walk {
	return Walk{plan: p, onset: min(onset, at), begun: at, last: at}
}

// Plan is the plan in hand.
func (w Walk) Plan() Plan { return w.plan }

// At describes the walk at a reading.
func (w Walk) At(at time.Duration) View {
	w = w.until(at)
	v := View{Moment: w.plan.At(w.last - w.begun), Since: w.last - w.onset, LetGo: w.letGo}
	if !v.Done {
		v.Doing = w.plan.Steps[v.Step]
	}
	return v
}

// until lets time run to a reading.
func (w Walk) until(at time.Duration) Walk {
	if !w.letGo {
		w.last = max(w.last, at)
	}
	return w
}

// Next begins the next step now; after the last one the plan is done.
func (w Walk) Next(at time.Duration) Walk {
	w = w.until(at)
	return w.enter(w.At(at).Step + 1)
}

// Back begins the step in hand again or, within three seconds of its start, the
// one before. After the plan is done it begins the last step again.
func (w Walk) Back(at time.Duration) Walk {
	w = w.until(at)
	m := w.At(at).Moment
	if m.Done || m.Gone <= backWithin {
		return w.enter(m.Step - 1)
	}
	return w.enter(m.Step)
}

// enter begins step i at the latest reading.
func (w Walk) enter(i int) Walk {
	if !w.letGo {
		w.begun = w.last - w.plan.begin(min(max(0, i), len(w.plan.Steps)))
	}
	return w
}

// Turn changes to another plan: from its beginning, or, when it is for the same
// muscle and only worded differently, from the same place. A plan that is locked
// and one that is not always start at their beginning. The onset stays.
func (w Walk) Turn(p Plan, at time.Duration) Walk {
	w = w.until(at)
	if w.letGo {
		return w
	}
	same := p.Muscle == w.plan.Muscle && p.Locked == w.plan.Locked
	if w.plan = p; !same {
		w.begun = w.last
	}
	return w
}

// LetGo ends the cramp at a reading; At then gives its length as Since.
func (w Walk) LetGo(at time.Duration) Walk {
	w = w.until(at)
	w.letGo = true
	return w
}

// Tell gives out the cards that have come due by a reading, each of them once
// in a cramp, and the walk that remembers it.
func (w Walk) Tell(at time.Duration) (Walk, []Card) {
	w = w.until(at)
	if w.letGo {
		return w, nil
	}
	var due []Card
	for _, c := range w.plan.cards {
		if w.told < c.After && c.After <= w.last-w.onset {
			due = append(due, c)
		}
	}
	if len(due) > 0 {
		w.told = due[len(due)-1].After
	}
	return w, due
}

// Due says how long after a reading something visible changes by itself: one of
// the two clocks, in whole seconds, or a card. It is never more than a second,
// and 0 once the cramp let go.
func (w Walk) Due(at time.Duration) time.Duration {
	v := w.At(at)
	if v.LetGo {
		return 0
	}
	due := time.Second - v.Since%time.Second
	if v.Done {
		return due
	}
	if part := v.Left % time.Second; part > 0 {
		return min(due, part)
	}
	return due
}
