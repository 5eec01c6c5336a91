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
	show := func(args ...string) func(context.Context, string) error {
		return func(ctx context.Context, _ string) error { return h.printed(ctx, args...) }
	}
	return h.visit(ctx, func(context.Context) (menu, error) {
		return menu{enter: &choice{does: say.Text("back"), do: func(context.Context, string) error { return errBack }}, words: []choice{
			{"experiment", say.Text("fortnights with and without stretching, drawn by lot"), show("experiment")},
			{"report", say.Text("the page for your doctor, as text"), show("report", "--format", "text")},
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
			m.numbered = append(m.numbered, choice{does: settingName(k) + ": " + name(k.Value) + "; " + k.Help, do: func(ctx context.Context, _ string) error {
				value, err := h.text(ctx, "%s is %s. The new value? Enter: as it is.", settingName(k), name(k.Value))
				if err != nil || value == "" {
					return err
				}
				h.verb(ctx, "config", "set", k.Name, value)
				return nil
			}})
		}
		m.words = []choice{
			{"questions", answeredWords(e), h.questions},
			{"medicines", say.Text("those that are written down; as in: lull medicine amlodipine --from 2026-08-03"), func(ctx context.Context, _ string) error {
				h.verb(ctx, "medicine")
				return nil
			}},
		}
		h.say("\nSettings")
		h.items(m)
		h.print(m.words[0].line())
		return m, nil
	})
}

// settingName is a setting's name as words.
func settingName(k settings.Key) string { return say.Name(strings.ReplaceAll(k.Name, "_", " ")) }

func answeredWords(e evening) string {
	if !e.answered {
		return say.Text("the safety questions, not answered")
	}
	return say.Text("the safety questions, answered %s", say.Date(e.asked, "2 Jan 2006"))
}
