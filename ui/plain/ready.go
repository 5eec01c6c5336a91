package plain

import (
	"context"
	"errors"
	"strings"

	"lull/routine"
	"lull/routine/journal"
	"lull/routine/review"
	"lull/routine/say"
	"lull/routine/settings"
	"lull/routine/sitting"
)

// stretch is the list of what can be done.
func (h *house) stretch(ctx context.Context, _ string) error {
	return h.visit(ctx, func(ctx context.Context) (menu, error) {
		e, err := h.look(ctx)
		if err != nil {
			return menu{}, err
		}
		if act, locked := e.answers.Lock(h.Library); locked {
			return h.locked(act, h.questions), nil
		}
		all := h.Library.Routines()
		m := menu{ask: say.Text("Which routine? Type its number."), enter: &choice{does: say.Text("tonight's, %s", name(e.chosen().Name)), do: func(ctx context.Context, _ string) error {
			return h.ready(ctx, e.chosen())
		}}}
		for _, r := range all {
			m.numbered = append(m.numbered, choice{does: h.routineLine(e, r), do: func(ctx context.Context, _ string) error {
				return h.ready(ctx, r)
			}})
		}
		m.words = []choice{{"tonight", say.Text("with a number: make that routine tonight's, as in: tonight 3"), func(_ context.Context, arg string) error {
			i, err := numberOf(arg, len(all))
			if err == nil {
				_, err = h.Save([]settings.Change{{Key: "routine", Value: all[i].ID}})
			}
			if err != nil {
				h.say("Nothing was changed: %s.", err)
				return nil
			}
			h.say("%s is tonight's routine from now on.", name(all[i].Name))
			return nil
		}}}
		h.say("\nStretch")
		h.items(m)
		return m, nil
	})
}

func (h *house) routineLine(e evening, r routine.Routine) string {
	line, p := name(r.Name), e.plan(r)
	if p.Has() {
		line += ", " + length(p.Routine.Length()) + h.needs(p.Routine)
	}
	switch {
	case p.Replaced():
		line += ", " + say.Text("replaced by %s for you", name(p.Routine.Name))
	case p.Adapted():
		line += ", " + say.Text("adapted for you")
	}
	if r.ID == e.set.Routine {
		line = say.Text("%s (tonight's)", line)
	}
	return line
}

func (h *house) needs(r routine.Routine) string {
	var things []string
	for _, e := range h.Library.Needs(r) {
		things = append(things, say.Name(string(e)))
	}
	if len(things) == 0 {
		return ", " + say.Text("nothing needed")
	}
	return ", " + say.Text("needs %s", strings.Join(things, ", "))
}

// ready says what is about to happen: the first card, the steps, what was
// changed for this person, and what is known about the routine.
func (h *house) ready(ctx context.Context, asked routine.Routine) error {
	for {
		e, err := h.look(ctx)
		if err != nil {
			h.say("A session cannot begin now: %s.", line(err.Error()))
			return nil
		}
		if err := h.choose(ctx, h.readyPage(e, asked)); err != errAnew {
			return err
		}
	}
}

// errAnew says that a page is to be made anew.
var errAnew = errors.New("anew")

func (h *house) readyPage(e evening, asked routine.Routine) menu {
	plan := e.plan(asked)
	r := plan.Routine
	safety, _ := h.Library.Safety()
	askAgain := func(ctx context.Context, _ string) error {
		if err := h.questions(ctx, ""); err != nil && err != errBack {
			return err
		}
		return errAnew
	}
	if plan.Locked {
		return h.locked(plan.Act, askAgain)
	}
	h.print("\n" + name(r.Name) + ", " + length(r.Length()) + h.needs(r))
	if !e.book.Seen(review.FirstCard) {
		h.print(strings.Join(safety.Card, " "))
	}
	m := menu{words: []choice{{"questions", say.Text("the safety questions"), askAgain}}}
	for _, step := range r.Steps {
		st := e.answers.Stretch(h.Library, step.Stretch)
		m.numbered = append(m.numbered, choice{does: name(st.Name) + ": " + sitting.Dose(st.Action, step), do: func(context.Context, string) error {
			h.how(st, e.answers)
			return errAgain
		}})
	}
	h.items(m)
	if plan.Adapted() {
		h.print(sitting.Adapted.String() + ":")
	}
	for _, l := range sitting.Adaptations(h.Library, plan) {
		h.print("- " + line(l))
	}
	h.print(line(r.Evidence))
	if st, _ := h.Library.Stretch(r.Steps[0].Stretch); len(st.SetUp) > 0 {
		h.say("Get in place: %s", sentences(st.SetUp))
	}
	h.print(safety.Reminder)
	h.print(h.sound())
	m.ask = say.Text("A number says how a step is done.")
	if !e.answered {
		m.ask += " " + say.Text("The word questions asks twelve short safety questions; they change which stretches are shown.")
	}
	m.enter = &choice{does: startWords(r), do: func(ctx context.Context, _ string) error { return h.begin(ctx, e, r) }}
	return m
}

// locked says what to do before any stretch; nothing else can be done but to see
// the signs and to answer the safety questions.
func (h *house) locked(act routine.Tier, ask func(context.Context, string) error) menu {
	h.print("\n" + act.Acts())
	return menu{
		enter: &choice{does: say.Text("when to get help"), do: func(context.Context, string) error { h.signs(); return errAgain }},
		words: []choice{{"questions", say.Text("the safety questions"), ask}},
	}
}

// startWords say what Enter does, and how long there is to get into position.
func startWords(r routine.Routine) string {
	if ready := r.Steps[0].SetUp; ready > 0 {
		return say.Text("start, with %s to get into position", seconds(ready))
	}
	return say.Text("start, when you are in place")
}

// begin starts the session. One of tonight that a killed program could not
// record is recorded first.
func (h *house) begin(ctx context.Context, e evening, r routine.Routine) error {
	if now, err := h.look(ctx); err == nil { // the page may be old
		if locked, _ := now.answers.Locked(); locked {
			return errAnew
		}
	}
	if e.resume != nil {
		if err := h.settle(ctx, *e.resume); err != nil {
			h.say("The session before could not be recorded: %s.", line(err.Error()))
		}
	}
	if !e.book.Seen(review.FirstCard) {
		if err := h.record(ctx, h.fact(journal.Seen{Card: review.FirstCard})); err != nil {
			h.say("That the card was read is not written down: %s.", line(err.Error()))
		}
	}
	now := h.Now()
	return h.lead(ctx, &seat{house: h, answers: e.answers, Sitting: sitting.New(r, h.mint.New(now), now, e.night())})
}

// goOn resumes the session that was left tonight.
func (h *house) goOn(ctx context.Context, _ string) error {
	e, err := h.look(ctx)
	if err != nil || !e.resumable() {
		h.say("There is nothing to go on with now.")
		return nil
	}
	s, err := sitting.Resume(*e.resume, h.Library, e.set.GetReady())
	if err != nil {
		h.say("That session cannot be gone on with: %s.", line(err.Error()))
		return h.keep(ctx, nil)
	}
	return h.lead(ctx, &seat{house: h, answers: e.answers, Sitting: s})
}

// how says how a stretch is done, and what its picture shows for a person with
// these safety answers.
func (h *house) how(st routine.Stretch, answers routine.Screening) {
	h.print(name(st.Name))
	for _, part := range []struct {
		word  say.Key
		lines []string
	}{
		{"Get in place", st.SetUp}, {"Then", st.Movement}, {"Take care", st.Caution}, {"Easier", st.Easier}, {"Works", []string{muscles(st)}},
	} {
		if said := sentences(part.lines); said != "" {
			h.print(part.word.String() + ": " + said)
		}
	}
	h.print(h.figure(st, answers))
}

// muscles are those that a stretch works, in words.
func muscles(st routine.Stretch) string {
	named := make([]string, len(st.Muscles))
	for i, m := range st.Muscles {
		named[i] = say.Name(m)
	}
	return strings.Join(named, ", ")
}

// figure is the picture of a stretch in words.
func (h *house) figure(st routine.Stretch, answers routine.Screening) string {
	alt := h.Figures.For(st, answers).Alt
	if alt == "" {
		return say.Text("There is no picture of %s.", name(st.Name))
	}
	return say.Text("The picture: %s", line(alt))
}
