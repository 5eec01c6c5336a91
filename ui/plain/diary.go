package plain

import (
	"context"
	"errors"
	"slices"
	"strings"

	"lull/routine/journal"
	"lull/routine/say"
)

// diaryKinds are the facts that the diary shows.
var diaryKinds = []journal.Kind{
	journal.KindStretched, journal.KindCramped, journal.KindQuiet, journal.KindMarked, journal.KindPaused,
}

const nightsAPage = 10

// diary is the nights, newest first, ten at a time.
func (h *house) diary(ctx context.Context, _ string) error {
	var newest journal.Date // of the page; zero for tonight
	return h.visit(ctx, func(ctx context.Context) (menu, error) {
		e, err := h.look(ctx)
		if err != nil {
			return menu{}, err
		}
		if newest == 0 || newest > e.night() {
			newest = e.night()
		}
		m := menu{ask: say.Text("Which night? Type its number.")}
		h.say("\nDiary")
		for d := newest; d > newest-nightsAPage; d-- {
			m.numbered = append(m.numbered, choice{does: nightLine(e, d), do: func(ctx context.Context, _ string) error { return h.night(ctx, d) }})
		}
		h.items(m)
		turn := func(by journal.Date) func(context.Context, string) error {
			return func(context.Context, string) error { newest += by; return nil }
		}
		m.enter = &choice{does: say.Text("older nights"), do: turn(-nightsAPage)}
		if e.book.Earliest(e.night()) > newest-nightsAPage {
			m.enter = &choice{does: say.Text("back"), do: func(context.Context, string) error { return errBack }}
		}
		m.words = []choice{
			{"older", say.Text("the ten nights before"), turn(-nightsAPage)},
			{"newer", say.Text("the ten nights after"), turn(nightsAPage)},
			{"find", say.Text("with words: the nights with a fact or a note that has all of them, as in: find left calf"), h.find},
			{"pauses", say.Text("nights that are set aside from tonight on"), func(ctx context.Context, _ string) error { h.verb(ctx, "pause"); return nil }},
		}
		return m, nil
	})
}

// find lists the nights that have something with all the words that are looked
// for, the newest first, ten at a time.
func (h *house) find(ctx context.Context, words string) error {
	if words == "" {
		h.say("That needs words after it, as in: find left calf.")
		return nil
	}
	shown := 0
	return h.visit(ctx, func(ctx context.Context) (menu, error) {
		e, err := h.look(ctx)
		if err != nil {
			return menu{}, err
		}
		nights, err := h.nightsWith(ctx, e, strings.Fields(words))
		if err != nil {
			return menu{}, err
		}
		h.print("")
		h.say("%d found with %q", len(nights), name(words))
		m := menu{enter: &choice{does: say.Text("all nights"), do: func(context.Context, string) error { return errBack }}}
		if len(nights) > 0 {
			m.ask = say.Text("Which night? Type its number.")
		}
		rest := nights[min(shown, len(nights)):]
		if len(rest) > nightsAPage {
			rest = rest[:nightsAPage]
			m.enter = &choice{does: say.Text("older nights"), do: func(context.Context, string) error { shown += nightsAPage; return nil }}
		}
		for _, d := range rest {
			m.numbered = append(m.numbered, choice{does: nightLine(e, d), do: func(ctx context.Context, _ string) error { return h.night(ctx, d) }})
		}
		h.items(m)
		return m, nil
	})
}

// nightsWith are the nights up to tonight, the newest first, with a fact in whose
// line or note all words are.
func (h *house) nightsWith(ctx context.Context, e evening, words []string) ([]journal.Date, error) {
	facts, err := h.Log.Live(ctx, e.book.Earliest(e.night()), e.night(), diaryKinds...)
	if err != nil {
		return nil, err
	}
	var nights []journal.Date
	for _, f := range facts {
		text := say.Bare(strings.ToLower(sought(f)))
		lacks := func(word string) bool { return !strings.Contains(text, say.Bare(strings.ToLower(word))) }
		if !slices.ContainsFunc(words, lacks) {
			nights = append(nights, f.Night)
		}
	}
	slices.SortFunc(nights, func(a, b journal.Date) int { return int(b - a) })
	return slices.Compact(nights), nil
}

// sought is all of a fact that words are looked for in. A cramp of both legs is
// one of either.
func sought(f journal.Entry) string {
	text := factLine(f)
	c, _ := f.Fact.(journal.Cramped)
	if c.Side == "both" {
		text += " " + say.Name("left") + " " + say.Name("right")
	}
	return text + " " + c.Note
}

// outcomes are the words for a night's session.
var outcomes = map[journal.Outcome]say.Key{
	journal.Abandoned: "begun", journal.Partial: "stretched in part", journal.Complete: "stretched",
}

// nightLine is what a night adds up to, in one line.
func nightLine(e evening, d journal.Date) string {
	n := e.book.Night(d)
	said := []string{e.nightWords(d)}
	if word := outcomes[n.Outcome]; word != "" {
		said = append(said, word.String())
	} else if e.book.Paused(d) {
		said = append(said, say.Text("set aside"))
	}
	switch {
	case n.Cramps > 0:
		said = append(said, say.Count(n.Cramps, "%d cramp", "%d cramps"))
	case n.Quiet:
		said = append(said, say.Text("no cramps"))
	default:
		said = append(said, say.Text("not told"))
	}
	if n.Marks > 0 {
		said = append(said, say.Count(n.Marks, "%d mark", "%d marks"))
	}
	return strings.Join(said, ", ")
}

// factLine is a fact in one line, with its time if it has one.
func factLine(e journal.Entry) string {
	words := line(journal.Words(e.Fact))
	switch f := e.Fact.(type) {
	case journal.Cramped:
		if f.AtLeast {
			words = say.Text("%s, or more than one", words)
		}
		if f.Untimed {
			return say.Text("%s, time not known", words)
		}
		return e.At.Format("15:04") + " " + words
	case journal.Stretched:
		return e.At.Format("15:04") + " " + words
	}
	return words
}

// night is one night's facts, to be added to, changed and removed.
func (h *house) night(ctx context.Context, night journal.Date) error {
	return h.visit(ctx, func(ctx context.Context) (menu, error) {
		e, err := h.look(ctx)
		if err != nil {
			return menu{}, err
		}
		facts, err := h.Log.Live(ctx, night, night, diaryKinds...)
		if err != nil {
			return menu{}, err
		}
		m := menu{enter: &choice{does: say.Text("all nights"), do: func(context.Context, string) error { return errBack }}, words: h.nightWords(e, night)}
		h.say("\nThe night of %s", e.nightWords(night))
		for _, f := range facts {
			if f.Night == night {
				m.numbered = append(m.numbered, choice{does: factLine(f), do: func(ctx context.Context, _ string) error { return h.changeFact(ctx, e, f) }})
			}
		}
		h.items(m)
		if len(m.numbered) == 0 {
			h.say("Nobody told of this night yet, so it is unknown.")
		} else {
			m.ask = say.Text("A number changes or removes.")
		}
		m.ask = strings.TrimSpace(m.ask + " " + say.Text("add writes down a cramp, none says that there were none, mark marks the night."))
		return m, nil
	})
}

// nightWords are what can be done to a night.
func (h *house) nightWords(e evening, night journal.Date) []choice {
	return []choice{
		{"add", say.Text("write down a cramp"), func(ctx context.Context, _ string) error { return h.here(h.addCramp(ctx, e, night)) }},
		{"none", say.Text("there were no cramps that night"), func(ctx context.Context, _ string) error {
			h.verb(ctx, "quiet", "--night", night.String())
			return nil
		}},
		{"mark", say.Text("mark it, as in: mark alcohol; marks are %s", strings.Join(e.set.Marks, ", ")), func(ctx context.Context, arg string) error {
			if arg == "" {
				question := say.Text("Which mark: %s? Enter: none.", strings.Join(e.set.Marks, ", "))
				if err := h.answer(ctx, question, "", other(&arg)); err != nil || arg == "" {
					return h.here(err)
				}
			}
			h.verb(ctx, append(append([]string{"mark"}, strings.Fields(arg)...), "--night", night.String())...)
			return nil
		}},
		{"pause", say.Text("set nights aside from this one on"), func(ctx context.Context, _ string) error {
			var last string
			question := say.Text("The last night to set aside, as in 2026-12-07? Enter: until further notice.")
			if err := h.answer(ctx, question, "", other(&last)); err != nil {
				return h.here(err)
			}
			h.verb(ctx, append([]string{"pause", night.String()}, strings.Fields(last)...)...)
			return nil
		}},
	}
}

// changeFact changes a fact or takes it out.
func (h *house) changeFact(ctx context.Context, e evening, f journal.Entry) error {
	m := menu{ask: factLine(f) + ".", enter: &choice{does: say.Text("leave it as it is"), do: nothing}}
	change := map[journal.Kind]func(context.Context, string) error{
		journal.KindCramped: func(ctx context.Context, _ string) error { return h.changeCramp(ctx, e, f.ID) },
		journal.KindPaused:  func(ctx context.Context, _ string) error { return h.changePause(ctx, f) },
	}[f.Fact.Kind()]
	if change != nil {
		m.words = append(m.words, choice{"edit", say.Text("change it"), change})
		m.ask += " " + say.Text("edit changes it, remove takes it out.")
	} else {
		m.ask += " " + say.Text("remove takes it out.")
	}
	m.words = append(m.words, choice{"remove", say.Text("take it out"), func(ctx context.Context, _ string) error {
		h.verb(ctx, "log", "remove", f.ID.String())
		return nil
	}})
	err := h.choose(ctx, m)
	if errors.Is(err, errBack) {
		return nil
	}
	return err
}

// changePause gives a pause other ends.
func (h *house) changePause(ctx context.Context, f journal.Entry) error {
	args := []string{"log", "edit", f.ID.String()}
	for _, end := range []struct {
		key         string
		ask, unsaid say.Key
	}{
		{"from", "The first night", "as it was"}, {"to", "The last night", "as it was; none: until further notice"},
	} {
		var line string
		if err := h.answer(ctx, say.Text("%s, as in 2026-12-07? Enter: %s.", end.ask, end.unsaid), "", other(&line)); err != nil {
			return h.here(err)
		}
		if is("none", line) {
			line = ""
		} else if line == "" {
			continue
		}
		args = append(args, end.key+"="+line)
	}
	if len(args) > 3 {
		h.verb(ctx, args...)
	}
	return nil
}
