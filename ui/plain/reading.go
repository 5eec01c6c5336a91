package plain

import (
	"bytes"
	"context"
	"errors"
	"strings"

	"lull/routine/say"
	"lull/routine/settings"
)

// printed is what a verb prints, to be read page by page.
func (h *house) printed(ctx context.Context, args ...string) error {
	var text bytes.Buffer
	h.Verb(ctx, &text, h.lines, args...)
	h.print("")
	if err := h.pages(ctx, text.String()); !errors.Is(err, errBack) {
		return err
	}
	return nil
}

// review is how the nights are going: the text of `lull review`.
func (h *house) review(ctx context.Context, _ string) error {
	if err := h.printed(ctx, "review"); err != nil {
		return err
	}
	fill := func(ctx context.Context, _ string) error {
		h.verb(ctx, "before")
		typed, err := h.text(ctx, "One digit a night, the oldest first, x where you do not remember. Enter: leave it.")
		if err != nil || typed == "" {
			return err
		}
		h.verb(ctx, "before", typed)
		return nil
	}
	show := func(args ...string) func(context.Context, string) error {
		return func(ctx context.Context, _ string) error { return h.printed(ctx, args...) }
	}
	return h.visit(ctx, func(context.Context) (menu, error) {
		return menu{enter: &choice{does: say.Text("back"), do: func(context.Context, string) error { return errBack }}, words: []choice{
			{"experiment", say.Text("fortnights with and without stretching, drawn by lot"), show("experiment")},
			{"report", say.Text("the page for your doctor, as text"), show("report", "--format", "text")},
			{"before", say.Text("add the two weeks before the first session from memory"), fill},
			{"estimate", say.Text("the review with your best estimate counted"), show("review", "--with-estimate")},
		}}, nil
	})
}

// guide is the cards, and a search in them.
func (h *house) guide(ctx context.Context, _ string) error {
	looked := ""
	return h.visit(ctx, func(ctx context.Context) (menu, error) {
		e, err := h.look(ctx)
		if err != nil {
			return menu{}, err
		}
		g, err := h.Guide()
		if err != nil {
			return menu{}, err
		}
		if e.hidesAmounts() {
			g = g.WithoutAmounts()
		}
		m := menu{ask: say.Text("Which card? Type its number, or find and the words to look for."), enter: &choice{does: say.Text("back"), do: func(context.Context, string) error { return errBack }}}
		add := func(id, title string) {
			m.numbered = append(m.numbered, choice{does: title, do: func(ctx context.Context, _ string) error { return h.printed(ctx, "guide", id) }})
		}
		if act, locked := e.answers.Lock(h.Library); locked {
			h.print("\n" + act.Acts())
		}
		h.say("\nGuide: general information, reviewed by no clinician")
		if looked == "" {
			for _, c := range g.Cards() {
				add(c.ID, c.Title)
			}
		} else {
			hits := g.Search(looked)
			h.say("%d found with %q", len(hits), looked)
			for _, hit := range hits {
				add(hit.Card.ID, hit.Card.Title)
			}
			m.enter = &choice{does: say.Text("all cards"), do: func(context.Context, string) error { looked = ""; return nil }}
		}
		h.items(m)
		m.words = []choice{{"find", say.Text("with words: the cards that hold all of them"), func(_ context.Context, arg string) error {
			looked = arg
			return nil
		}}}
		return m, nil
	})
}

// settings are what has one value, the safety questions and the medicines.
func (h *house) settings(ctx context.Context, _ string) error {
	return h.visit(ctx, func(ctx context.Context) (menu, error) {
		e, err := h.look(ctx)
		if err != nil {
			return menu{}, err
		}
		m := menu{ask: say.Text("Which one is to be changed? Type its number."), enter: &choice{does: say.Text("back"), do: func(context.Context, string) error { return errBack }}}
		for _, k := range settings.List(e.set) {
			m.numbered = append(m.numbered, choice{does: settingName(k) + ": " + settingValue(k) + "; " + k.Help, do: func(ctx context.Context, _ string) error {
				return h.here(h.change(ctx, k))
			}})
		}
		m.words = []choice{
			{"questions", answeredWords(e), h.questions},
			{"medicines", say.Text("those that are written down; as in: lull medicine amlodipine --from 2026-08-03"), func(ctx context.Context, _ string) error {
				h.verb(ctx, "medicine")
				return nil
			}},
			{"hear", say.Text("try with what a session can be heard"), func(ctx context.Context, _ string) error {
				h.verb(ctx, "voice", "test")
				return nil
			}},
		}
		h.say("\nSettings")
		h.items(m)
		h.print(m.words[0].line())
		with := h.Voice.Found()
		h.say("Speaks with: %s. Sounds with: %s.", found(with.Speech, with.NoSpeech), found(with.Player, with.NoPlayer))
		return m, nil
	})
}

// found is the program that can be heard, or why there is none.
func found(program, missing string) string {
	if program == "" {
		return line(missing)
	}
	return name(program)
}

// change asks for another value of a setting.
func (h *house) change(ctx context.Context, k settings.Key) error {
	question := say.Text("%s is %s. The new value? Enter: as it is.", settingName(k), settingValue(k))
	var value string
	var err error
	if allowed := settings.Allowed(k.Name); allowed != "" {
		err = h.answer(ctx, question, say.Text("%s: %s.", settingName(k), allowed), other(&value))
	} else {
		value, err = h.text(ctx, "%s", question)
	}
	if err != nil || value == "" {
		return err
	}
	h.verb(ctx, "config", "set", k.Name, value)
	return nil
}

// settingValue is a setting's value, or that it has none.
func settingValue(k settings.Key) string {
	if k.Value == "" {
		return say.Text("not set")
	}
	return name(k.Value)
}

// settingName is a setting's name as words.
func settingName(k settings.Key) string { return say.Name(strings.ReplaceAll(k.Name, "_", " ")) }

func answeredWords(e evening) string {
	if !e.answered {
		return say.Text("the safety questions, not answered")
	}
	return say.Text("the safety questions, answered %s", say.Date(e.asked, "2 Jan 2006"))
}
