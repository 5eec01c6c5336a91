package store

import (
	"context"

	"lull/routine/journal"
)

// Decide reads and appends in one transaction, under one lock. A second try of
// that transaction, after what was spoiled is mended or room was made, takes what
// was decided in the first: the lock was held, so nobody can have come between.
func (s *Store) Decide(ctx context.Context, from, to journal.Date, kinds []journal.Kind, decide func(live []journal.Entry) ([]journal.Entry, error)) error {
	var lines []encoded
	var refused error
	decided := false
	err := s.write(ctx, func(l *lease, g *ledger) error {
		if !decided {
			g.keepAtHand()
			live, err := g.labelled(from, to, kinds...)
			if err != nil {
				return err
			}
			decided = true
			entries, err := decide(live)
			if err == nil {
				lines, err = encodeAll(entries, s.opts.Calendar)
			}
			refused = err
		}
		if refused != nil {
			return errNothing
		}
		_, err := l.append(g, lines)
		return err
	})
	if refused != nil {
		return refused
	}
	return err
}
