package ui

import (
	"context"

	"lull/routine/journal"
	"lull/routine/sitting"
	"lull/ui/player"
	"lull/ui/screen"
)

// leads says whether the session with the id is up in this window: its note is
// then no leftover, however late it has become.
func (r *Root) leads(id journal.ID) bool {
	for _, l := range r.stack {
		if p, ok := l.Screen.(*player.Player); ok && p.ID == id {
			return true
		}
	}
	return false
}

// fuller finds, among entries that were there already, sessions that have come to
// more than stands in the journal: another window took one that was up here for
// one that was killed, and recorded what its note said. More has the last word,
// in whichever order the two write.
func fuller(ctx context.Context, log journal.Log, entries []journal.Entry) (records []screen.Record) {
	for _, e := range entries {
		ended, ok := e.Fact.(journal.Stretched)
		if !ok {
			continue
		}
		there, live, err := log.Find(ctx, e.ID)
		if err != nil || !live {
			continue
		}
		if stands, ok := there.Fact.(journal.Stretched); ok && ended.HeldS > stands.HeldS {
			records = append(records, screen.Record{Revises: &there, Patch: sitting.Patch(ended)})
		}
	}
	return records
}
