package plain

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"lull/routine"
	"lull/routine/review"
	"lull/routine/say"
	"lull/routine/settings"
)

// questions asks the safety questions, one after the other, and then says what
// the answers change. Going back before the end changes nothing.
func (h *house) questions(ctx context.Context, _ string) error {
	e, err := h.look(ctx)
	safety, bad := h.Library.Safety()
	if err = errors.Join(err, bad); err != nil {
		h.say("The questions cannot be asked now: %s.", line(err.Error()))
		return nil
	}
	answers := e.answers
	h.say("\nThe safety questions. They change which stretches are shown; b leaves them and changes nothing.")
	for i, q := range safety.Questions {
		ask := say.Text("%d of %d. %s Yes or no?", i+1, len(safety.Questions), strings.Join(q.Ask, " "))
		yes, err := h.question(ctx, e, q, ask)
		switch {
		case err != nil:
			return err
		case yes == nil: // as it was
			continue
		}
		answers.Answer(q.Key, *yes)
		if *yes && q.Key == "emergency" { // nobody should have to finish first
			h.signs(q.Signs...)
			return h.keepAnswers(ctx, answers)
		}
		if d, more := routine.DetailOf(q.Key); more && *yes {
			if err := h.detail(ctx, d, &answers); err != nil {
				return err
			}
		}
	}
	return h.changes(ctx, e, safety, answers)
}

// question asks one of them. Nil means that the answer before stays.
func (h *house) question(ctx context.Context, e evening, q routine.Question, ask string) (yes *bool, err error) {
	answer := func(word bool) func(context.Context, string) error {
		return func(context.Context, string) error { yes = &word; return nil }
	}
	m := menu{ask: ask, words: []choice{
		{"yes", strings.Join(q.Effect, " "), answer(true)},
		{"no", say.Text("nothing changes"), answer(false)},
	}}
	if e.answered {
		soFar := map[bool]say.Key{true: "yes", false: "no"}[slices.Contains(e.answers.Yes(), q.Key)]
		m.enter = &choice{does: say.Text("%s, as it was", soFar), do: nothing}
	}
	err = h.choose(ctx, m)
	return yes, err
}

// detail asks the second question after a yes, until it is answered.
func (h *house) detail(ctx context.Context, d routine.Detail, answers *routine.Screening) error {
	question := d.Ask.String()
	for i, o := range d.Options {
		question += fmt.Sprintf("\n%d %s", i+1, o)
	}
	ask := say.Key("Type its number.")
	switch {
	case d.Many:
		ask = "Type their numbers, with spaces between them."
	case len(d.Options) == 0:
		ask = "Type a number."
	}
	return h.answer(ctx, question+"\n"+ask.String(), "", func(line string) error {
		chosen, number, err := read(d, line)
		if err == nil {
			d.Keep(answers, chosen, number)
		}
		return err
	})
}

// read is what a line answers to a second question.
func read(d routine.Detail, line string) (chosen []int, number int, err error) {
	fields := strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == ',' })
	for _, field := range fields {
		n, err := strconv.Atoi(field)
		switch {
		case len(d.Options) == 0 && (err != nil || !routine.Week(n) || len(fields) > 1):
			return nil, 0, say.Error("Weeks run from 1 to 45.")
		case len(d.Options) == 0:
			return nil, n, nil
		case err != nil || n < 1 || n > len(d.Options):
			return nil, 0, say.Error("%.40q is none of them; the numbers go from 1 to %d.", field, len(d.Options))
		case !slices.Contains(chosen, n-1):
			chosen = append(chosen, n-1)
		}
	}
	if len(d.Options) > 0 && !d.Many && len(chosen) != 1 {
		return nil, 0, say.Error("Only one number can be chosen, and one must be.")
	}
	slices.Sort(chosen)
	return chosen, 0, nil
}

// changes says what the answers change, and keeps them.
func (h *house) changes(ctx context.Context, e evening, safety routine.Safety, answers routine.Screening) error {
	h.say("What your answers change:")
	yes := answers.Yes()
	for _, q := range safety.Questions {
		if slices.Contains(yes, q.Key) {
			h.print("- " + strings.Join(q.Effect, " "))
			if signs := answers.Signs(q); len(signs) > 0 {
				h.signs(signs...)
			}
		}
	}
	if len(yes) == 0 {
		h.say("- Nothing: every stretch is shown.")
	}
	h.say("Your answers stay in lull's own file and are left out of exports unless you ask for them.")
	m := menu{enter: &choice{does: say.Text("keep these"), do: func(ctx context.Context, _ string) error { return h.keepAnswers(ctx, answers) }}}
	if r, ok := h.Library.Routine(answers.Offer()); ok && r.ID != e.set.Routine {
		m.words = []choice{{"routine", say.Text("keep these, and take %s as tonight's routine", name(r.Name)), func(ctx context.Context, _ string) error {
			if err := h.keepAnswers(ctx, answers); err != nil {
				return err
			}
			if _, err := h.Save([]settings.Change{{Key: "routine", Value: r.ID}}); err != nil {
				h.say("The routine was not changed: %s.", line(err.Error()))
				return nil
			}
			h.say("Tonight's routine is %s.", name(r.Name))
			return nil
		}}}
		m.ask = say.Text("%s: keep these, and take %s.", say.Key("routine"), name(r.Name))
	}
	return h.choose(ctx, m)
}

// keepAnswers records the answers, or says that they are not recorded.
func (h *house) keepAnswers(ctx context.Context, answers routine.Screening) error {
	if err := h.record(ctx, h.fact(review.Screened(answers))); err != nil {
		h.say("Your answers were not kept: %s.", line(err.Error()))
		return nil
	}
	h.say("Your answers are kept; they can be given anew at any time: type questions.")
	return nil
}
