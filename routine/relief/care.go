package relief

import (
	"slices"
	"strings"

	"lull/routine"
	"lull/routine/say"
)

// Unanswered says when not to stretch, as long as the safety answers are not known.
const Unanswered say.Key = "If a leg is swollen, hot or has changed colour, do not stretch or rub it: call your doctor today."

// Care is the first aid for one person: what their safety answers rule out is
// not in it. While a sign that must be seen first stands, every plan of it only
// says what to do about that sign.
type Care struct {
	aid    Aid
	said   []string // keys of the answers that hold
	locked bool
	act    string // what to do first, if locked
	why    string
}

// For returns the first aid for a person with these answers.
func (a Aid) For(s routine.Screening) Care {
	c := Care{aid: a, said: answers(s)}
	if c.locked, c.why = s.Locked(); !c.locked {
		return c
	}
	safety, err := routine.ReadSafety(a.files)
	if err != nil {
		c.act = c.why
		return c
	}
	c.act = strings.Join(safety.Urgent(s).Act, " ")
	return c
}

// answers are the keys of what was answered with yes and still holds. A hip of
// the last three months is a recent operation too.
func answers(s routine.Screening) []string {
	if s.ClotCleared {
		s.ClotSigns = false
	}
	s.RecentInjury = s.RecentInjury || s.HipReplacement == routine.HipRecent
	return s.Yes()
}

// Locked says whether the person must be seen before anything else.
func (c Care) Locked() bool { return c.locked }

// Act is what a locked person is to do, empty for everyone else.
func (c Care) Act() string { return c.act }

// Same reports whether both are for the same answers.
func (c Care) Same(other Care) bool {
	return c.locked == other.locked && c.act == other.act && slices.Equal(c.said, other.said)
}

// About says in one line how well the steps are known. It is empty when there
// are none.
func (c Care) About() string { return c.unlocked(c.aid.about) }

// Cards are what is said by the clock, the earliest first.
func (a Aid) Cards() []Card { return a.cards }

// Before is what comes before standing up, in one line.
func (c Care) Before() string { return c.unlocked(c.aid.before) }

func (c Care) unlocked(text string) string {
	if c.locked {
		return ""
	}
	return text
}

// Plan returns the plan for a place. The bool is false for a muscle without a
// plan and for a file that cannot be read; Check says why.
func (c Care) Plan(at Place) (Plan, bool) {
	p, err := c.aid.read(at.Muscle)
	if err != nil {
		return Plan{}, false
	}
	return c.fit(p).With(at.Variant), true
}

// fit applies the answers to a plan.
func (c Care) fit(p Plan) Plan {
	p.said, p.cards = c.said, c.cards()
	if c.locked {
		return Plan{
			Muscle: p.Muscle, Name: p.Name, Locked: true, said: c.said,
			Steps: []Step{{Key: lockedKey, Text: c.act, More: c.why, Round: 1, Rounds: 1, Open: true}},
		}
	}
	var steps []Step
	for _, s := range p.Steps {
		if r := p.rules[s.Key]; !shareAny(r.unless, c.said) {
			steps = append(steps, r.fit(s, c.said))
		}
	}
	if len(steps) == 0 {
		p.First, p.Variants = c.aid.still.first, nil
		steps = []Step{c.aid.still.step}
	}
	p.Steps = steps
	return p
}

// cards are those that suit the answers, the earliest first.
func (c Care) cards() []Card {
	return slices.DeleteFunc(slices.Clone(c.aid.cards), func(d Card) bool { return shareAny(d.unless, c.said) })
}

// lockedKey is the key of the only step of a locked plan.
const lockedKey = "help"

// fit words a step for people with these answers. The figure shows the usual
// way, so a step that is worded differently has none.
func (r rule) fit(s Step, said []string) Step {
	w, found := r.swap(said)
	if !found {
		return s
	}
	if !s.Ease {
		s.Text, s.More = w.text, w.more
	}
	s.Figure = ""
	return s
}

// swap is the first of the rule's other wordings for people with these answers.
func (r rule) swap(said []string) (swap, bool) {
	i := slices.IndexFunc(r.swaps, func(w swap) bool { return shareAny(w.when, said) })
	if i < 0 {
		return swap{}, false
	}
	return r.swaps[i], true
}

// Places are all there is help for, the most usual first, each muscle followed
// by its variants: the order in which one key goes through them.
func (c Care) Places() []Place {
	var all []Place
	for _, m := range Muscles {
		plan, ok := c.Plan(Place{Muscle: m})
		if !ok {
			continue
		}
		all = append(all, Place{m, ""})
		for _, v := range plan.Variants {
			all = append(all, Place{m, v.Key})
		}
	}
	return all
}

// After returns the place that comes after another, and its plan.
func (c Care) After(p Place) (Place, Plan) {
	all := c.Places()
	if len(all) == 0 {
		return p, Plan{}
	}
	next := all[(slices.Index(all, p)+1)%len(all)]
	plan, _ := c.Plan(next)
	return next, plan
}

// Aftercare is what may help once the cramp is over.
func (c Care) Aftercare() []Line {
	if c.locked {
		return nil
	}
	var lines []Line
	for _, l := range c.aid.after {
		if shareAny(l.rule.unless, c.said) {
			continue
		}
		if w, found := l.rule.swap(c.said); found {
			l.Text, l.More = w.text, w.more
		}
		lines = append(lines, l)
	}
	return lines
}
