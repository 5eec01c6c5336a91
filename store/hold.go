package store

import (
	"context"

	"lull/routine/journal"
)

// hold is one holding of lull.lock over several accesses, and the facts that they
// have decoded, which cannot have changed meanwhile. A nil hold is that of a Store
// whose accesses stand alone.
type hold struct {
	lock    *lock
	id      identity // of lull.db as the last access left it
	decoded map[journal.ID]journal.Entry
}

// Hold takes lull.lock with the first access that finds a folder, and keeps it
// until do is done. Each access examines the file, opens and closes it as any
// other does.
func (s *Store) Hold(_ context.Context, do func(held journal.Log) error) error {
	if s.hold != nil {
		return do(s)
	}
	held := *s
	held.hold = &hold{}
	defer func() { held.hold.lock.release() }()
	return do(&held)
}

// take gives the lock for one access, and what to call after it.
func (s *Store) take(ctx context.Context, create bool) (l *lock, giveBack func(), err error) {
	h := s.hold
	if h == nil {
		l, err = acquire(ctx, s.path(lockName), s.opts.Wait, create)
		return l, l.release, err
	}
	if h.lock == nil || !h.lock.stillAt(s.path(lockName)) {
		h.lock.release()
		h.lock, err = acquire(ctx, s.path(lockName), s.opts.Wait, create)
	}
	return h.lock, func() {}, err
}

// forgets is for a database that is made anew: none of the facts is in it yet.
func (h *hold) forgets() {
	if h != nil {
		h.decoded = nil
	}
}

// meets forgets the facts at hand unless lull.db is sound and in the state in
// which it was left.
func (h *hold) meets(st state) {
	if h != nil && (st.id != h.id || st.spoiled || st.unsealed > 0) {
		h.decoded = nil
	}
}

func (h *hold) leaves(st state) {
	if h != nil {
		h.id = st.id
	}
}

// lend gives a transaction the facts at hand, to which it adds. Those of one that
// writes come back when it is committed: facts that were not written are none.
func (h *hold) lend(g *ledger) {
	if h == nil {
		return
	}
	g.decoded = h.decoded
	g.keepAtHand()
	if !g.tx.Writable() {
		h.decoded = g.decoded
		return
	}
	h.decoded = nil
	g.tx.OnCommit(func() { h.decoded = g.decoded })
}
