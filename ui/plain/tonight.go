package plain

import (
	"context"
	"errors"

	"lull/routine/journal"
	"lull/routine/say"
)

// tonight is where everything begins: where the evening stands, and the ways to
// all tasks.
func (h *house) tonight(ctx context.Context) error {
	first := true
	for {
		if err := h.askMorning(ctx); err != nil && !errors.Is(err, errBack) {
			return err
		}
		h.print("")
		h.verb(ctx, "tonight")
		e, err := h.look(ctx)
		if err != nil {
			h.print(name(err.Error()))
			m := menu{enter: &choice{does: say.Text("try again"), do: nothing}, words: h.tasks()}
			if err = h.choose(ctx, m); err != nil && !errors.Is(err, errBack) {
				return err
			}
			continue
		}
		next := h.obvious(e)
		m := menu{enter: &next, numbered: h.tasks(), words: h.asides(e)}
		if first {
			h.items(m)
		}
		first = false
		if err := h.choose(ctx, m); err != nil && !errors.Is(err, errBack) {
			return err
		}
	}
}

// tasks are the screens of lull, by their digits.
func (h *house) tasks() []choice {
	return []choice{
		{"tonight", say.Text("where the evening stands"), nothing},
		{"stretch", say.Text("choose a routine"), h.stretch},
		{"list", say.Text("drinks and bedtime"), h.checklist},
		{"diary", say.Text("the nights, to read, add and change"), h.diary},
		{"review", say.Text("how the nights are going"), h.review},
		{"guide", say.Text("what is known about night cramps"), h.guide},
		{"settings", say.Text("what can be set, the safety questions, medicines"), h.settings},
	}
}

// asides are what can be done from here besides.
func (h *house) asides(e evening) []choice {
	return []choice{
		{"water", say.Text("tick the next drink"), func(ctx context.Context, _ string) error { h.verb(ctx, "drink"); return nil }},
		{"morning", say.Text("tell the last nights that nobody told"), h.lastNights},
		{"questions", say.Text("the safety questions"), h.questions},
	}
}

// obvious is what Enter does: the next thing of an evening.
func (h *house) obvious(e evening) choice {
	t := e.tonight()
	plan := e.plan(e.chosen())
	switch {
	case plan.Locked:
		return choice{does: say.Text("when to get help"), do: func(context.Context, string) error { h.signs(); return nil }}
	case e.resumable():
		return choice{does: say.Text("go on with the session that was left"), do: h.goOn}
	case !t.Streak.KeptTonight:
		return choice{does: say.Text("begin %s, %s", name(plan.Routine.Name), length(plan.Routine.Length())), do: func(ctx context.Context, _ string) error {
			return h.ready(ctx, plan.Asked)
		}}
	case !e.hidesAmounts() && t.Checklist.Water.Done < t.Checklist.Water.Of || t.Checklist.Bedtime.Done < t.Checklist.Bedtime.Of:
		return choice{does: say.Text("the list of drinks and bedtime"), do: h.checklist}
	}
	return choice{does: say.Text("how the nights are going"), do: h.review}
}

// askMorning asks the morning's question, if it stands. Put off, it is not asked
// again in this sitting.
func (h *house) askMorning(ctx context.Context) error {
	e, err := h.look(ctx)
	night := e.lastNight()
	if err != nil || !e.morning() || h.later == night || !e.book.Begun(night, e.night()) {
		return nil
	}
	if e.book.Night(night).Known() {
		return h.missing(ctx, e, night)
	}
	h.later = night
	if err := h.count(ctx, e, night, say.Text("not now")); err != nil {
		return err
	}
	return h.missing(ctx, e, night)
}

// counts are the numbers of cramps that a night can be told to have had.
var counts = []struct {
	name, does say.Key
	cramps     int
}{
	{"none", "no cramps", 0}, {"1", "one cramp", 1}, {"2", "two cramps", 2}, {"3", "three cramps or more", 3},
}

// count asks how many cramps a night had, and writes it down. An empty line
// leaves it untold: silence is no answer.
func (h *house) count(ctx context.Context, e evening, night journal.Date, unsaid string) error {
	m := menu{
		ask:   say.Text("Cramps in the night of %s? Type none, 1, 2, or 3 for three or more.", e.nightWords(night)),
		enter: &choice{does: unsaid, do: nothing},
	}
	for _, c := range counts {
		m.words = append(m.words, choice{c.name, c.does.String(), func(ctx context.Context, _ string) error {
			if c.cramps == 0 {
				h.verb(ctx, "quiet", "--night", night.String())
			}
			for n := range c.cramps {
				args := []string{"cramp", "--night", night.String()}
				if n == 2 {
					args = append(args, "--or-more")
				}
				h.verb(ctx, args...)
			}
			return nil
		}})
	}
	m.words = append(m.words, choice{"0", say.Text("no cramps"), m.words[0].do})
	return h.choose(ctx, m)
}

// missing asks what else can be told of the cramps of a night of which nothing
// was told but that they were.
func (h *house) missing(ctx context.Context, e evening, night journal.Date) error {
	h.later = night
	facts, err := h.Log.Live(ctx, night, night, journal.KindCramped)
	if err != nil {
		return nil // the diary can be told of it
	}
	for _, f := range facts {
		c, _ := f.Fact.(journal.Cramped)
		if f.Night != night || c.Told() {
			continue
		}
		m := menu{ask: say.Text("Last night: %s. Tell more of it?", factLine(f)), enter: &choice{does: say.Text("tell it"), do: func(ctx context.Context, _ string) error {
			return h.tell(ctx, e, f)
		}}, words: []choice{{"no", say.Text("leave it as it is"), nothing}}}
		if err := h.choose(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

// lately is how many nights back can be told in one sitting.
const lately = 7

// lastNights asks for each of the last nights that nobody told.
func (h *house) lastNights(ctx context.Context, _ string) error {
	e, err := h.look(ctx)
	if err != nil {
		h.print(name(err.Error()))
		return nil
	}
	asked := 0
	for d := e.lastNight(); d > e.lastNight()-lately && e.book.Begun(d, e.night()); d-- {
		if e.book.Night(d).Known() {
			continue
		}
		asked++
		if err := h.count(ctx, e, d, say.Text("leave it untold")); err != nil {
			return err
		}
	}
	if asked == 0 {
		h.say("None of the last nights is untold; the diary takes more.")
	}
	return nil
}
