package ui

import (
	"context"

	"lull/routine/journal"
	"lull/routine/safe"
	"lull/routine/say"
	"lull/routine/settings"
	"lull/ui/keymap"
	"lull/ui/screen"
)

// glass is a tick of whichever glass is the next one. Another window or a verb
// may have ticked that one since this window last looked: two glasses that were
// drunk must not count as one.
type glass struct {
	entry journal.Entry
	set   settings.Settings
	spare journal.ID // of the revision that write may need: a retry has the same one
}

// write ticks the glass, or the next one that is open, and returns the tick. One
// that an earlier try wrote stays as it is, unless it came by way of the inbox,
// where it was put without a look at the others: it becomes the next open glass
// if another program ticked the same one.
func (g *glass) write(ctx context.Context, log journal.Log, stowed bool) (journal.Entry, error) {
	e, day := g.entry, g.entry.Day
	err := log.Decide(ctx, day, day, []journal.Kind{journal.KindTicked}, func(live []journal.Entry) ([]journal.Entry, error) {
		taken, there := map[string]bool{}, false
		for _, other := range live {
			if other.ID == e.ID {
				e, there = other, true
				continue
			}
			if t, ok := other.Fact.(journal.Ticked); ok && t.List == journal.WaterList && other.Day == day {
				taken[t.Item] = true
			}
		}
		t, ok := e.Fact.(journal.Ticked)
		clash := ok && taken[t.Item]
		switch {
		case there && !(clash && stowed):
			return nil, nil
		case clash:
			next := g.set.NextWater(func(item string) bool { return taken[item] })
			if there {
				return g.revise(&e, next)
			}
			e.Fact = next
		}
		return []journal.Entry{e}, nil
	})
	return e, err
}

// revise makes a tick that is in the journal that of another glass.
func (g *glass) revise(e *journal.Entry, next journal.Ticked) ([]journal.Entry, error) {
	revision, err := journal.NewRevision(&journal.Mint{}, g.entry.At, *e, map[string]any{"item": next.Item, "ml": next.ML})
	if err != nil {
		return nil, err
	}
	// The person did not make it: with an undo mark, of itself, the next undo
	// removes the tick.
	revision.ID, revision.Undo, e.Fact = g.spare, g.spare, next
	return []journal.Entry{revision}, nil
}

// correct makes what is shown and what can be undone speak of a glass as it was
// written.
func (r *Root) correct(asked, done job) {
	if asked.glass == nil || len(done.entries) != 1 {
		return
	}
	was, _ := asked.glass.entry.Fact.(journal.Ticked)
	e := done.entries[0]
	is, _ := e.Fact.(journal.Ticked)
	if was.Item == is.Item {
		return
	}
	for _, group := range r.undo {
		for i, rec := range group {
			if rec.Takeback != nil && rec.Takeback.ID == e.ID {
				group[i].Takeback = &e
			}
		}
	}
	r.say(say.Text("ticked %s, as the one before was ticked elsewhere · %s takes it back",
		safe.Text(screen.ItemName(r.world, is), 40), r.world.Keys.Label(keymap.Undo)))
}
