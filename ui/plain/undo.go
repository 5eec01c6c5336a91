package plain

import (
	"context"
	"errors"

	"lull/routine/journal"
	"lull/routine/say"
)

// undo undoes the newest action of this computer. What was recorded before lull
// was opened is named first, and undone only after a yes.
func (h *house) undo(ctx context.Context) error {
	last, any, err := journal.NewestAction(ctx, h.Log)
	if err != nil || !any || last.ID().Compare(h.before) > 0 {
		h.verb(ctx, "log", "undo") // which says what is wrong
		return nil
	}
	h.say("This was recorded before you opened lull this time:")
	for i, words := range last.Words(h.Now()) {
		if i == maxUndone {
			h.say("and %d more", len(last.Steps)-i)
			break
		}
		h.print("- " + line(words))
	}
	err = h.choose(ctx, menu{
		ask:   say.Text("Undo it? Type yes or no."),
		enter: &choice{does: say.Text("cancel"), do: h.keepIt},
		words: []choice{
			{"yes", say.Text("undo it"), func(ctx context.Context, _ string) error { return h.undoIf(ctx, last.ID()) }},
			{"no", say.Text("cancel"), h.keepIt},
		},
	})
	if errors.Is(err, errBack) {
		return h.keepIt(ctx, "")
	}
	return err
}

// maxUndone is how many entries of an action are listed.
const maxUndone = 5

func (h *house) keepIt(context.Context, string) error {
	h.say("No changes made.")
	return nil
}

// undoIf undoes the action that was asked about, unless there is a newer one.
func (h *house) undoIf(ctx context.Context, asked journal.ID) error {
	last, any, err := journal.NewestAction(ctx, h.Log)
	if err == nil && any && last.ID() != asked {
		h.say("Something else was recorded in the meantime. No changes made.")
		return nil
	}
	h.verb(ctx, "log", "undo")
	return nil
}
