package store

import (
	"bytes"
	"errors"
	"io/fs"
	"strconv"

	bolt "go.etcd.io/bbolt"

	"lull/routine/journal"
	"lull/routine/say"
)

// chores is what must be done to a database before its answers are right.
type chores struct {
	migrate bool // it has an older format
	wrong   bool // whose answers would be wrong
	mend    bool // records do not match their checksum
	derive  bool // its summaries were made by other rules
	fold    bool // the journal has lines it has not seen
	renew   bool // one of its meta pages is spoiled
	take    bool // the inbox holds something
}

// chores looks, in the transaction, for what is due. In everyday use that is
// nothing, found out by the size of each segment. What the file says of itself
// comes back from nowhere: where that is spoiled it is left as it is, for a repair.
func (l *lease) chores(g *ledger) (due chores, err error) {
	if l.state.unsealed > 0 && !allSealed(g.meta) {
		return due, l.s.damaged(say.Error("what it says of itself cannot be read"))
	}
	if err := l.s.readable(g); err != nil {
		return due, err
	}
	format, err := g.number(metaFormat)
	if err != nil {
		return due, err
	}
	summary, err := g.text(metaSummary)
	if err != nil {
		return due, err
	}
	behind, err := l.behind(g)
	if err != nil {
		return due, err
	}
	if l.state.spoiled {
		err = l.recoverable(g, "the end of its last change was cut off")
	} else if l.state.unsealed > 0 && !allSealed(g.facts) {
		err = l.recoverable(g, "some of its facts cannot be read")
	}
	if err != nil {
		return due, err
	}
	l.dropped, err = l.s.dropped()
	pending, wrong := l.s.outdated(format)
	return chores{
		migrate: pending,
		wrong:   wrong,
		mend:    l.state.unsealed > 0,
		derive:  l.remake || summary != strconv.Itoa(summaryVersion),
		fold:    behind,
		renew:   l.state.spoiled,
		take:    len(l.dropped) > 0,
	}, err
}

// recoverable wants every segment that was folded to be there with all it held.
// Where a change was cut off or a fact's record is spoiled, the journal alone tells
// what it was: with that gone too, other pages of the file may still hold it, and
// the next write would go over them.
func (l *lease) recoverable(g *ledger, fault say.Key) error {
	c := g.segments.Cursor()
	for k, _ := c.First(); k != nil; k, _ = c.Next() {
		p, known := g.progress(string(k))
		if !known {
			continue
		}
		seg, err := l.s.measure(string(k))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if err != nil || seg.size < p.offset {
			return l.s.damaged(say.Error("%s, and %s, which tells what that was, is gone or shorter than it was",
				fault, l.s.segmentPath(string(k))))
		}
	}
	return nil
}

// do does what is due. Each step leaves the rest still due if it is cut short.
func (l *lease) do(db *bolt.DB, due chores) error {
	if due.renew {
		l.s.warn("the end of the last change to %s was cut off; whatever it held has been taken again from %s",
			l.s.path(dbName), l.s.path(journalName))
	}
	for _, step := range []struct {
		due bool
		run func(*bolt.DB) error
	}{
		{due.mend, l.mend}, // first: a backup of a file with spoiled records would not verify
		{due.migrate, l.migrate},
		{due.fold || due.mend || due.migrate, l.foldAll},
		{due.derive || due.mend, l.derive},
		{due.take, l.takeIn},
		{due.renew, func(db *bolt.DB) error { return db.Update(func(*bolt.Tx) error { return nil }) }},
	} {
		if !step.due {
			continue
		}
		if err := step.run(db); err != nil {
			return err
		}
	}
	return nil
}

// mend takes out every record that does not match its checksum. Facts come
// back from the journal, everything derived from the facts.
func (l *lease) mend(db *bolt.DB) error {
	bad, badFacts := 0, 0
	err := db.Update(func(tx *bolt.Tx) error {
		g, err := l.ledger(tx)
		if err != nil {
			return err
		}
		for _, b := range []*bolt.Bucket{g.facts, g.refs, g.labels, g.nights, g.standing, g.segments, g.imprints, g.kept} {
			if b == nil {
				continue
			}
			n, err := removeUnsealed(b)
			if err != nil {
				return err
			}
			bad += n
			if b == g.facts {
				badFacts = n
			}
		}
		if badFacts > 0 {
			if err := forgetProgress(tx); err != nil {
				return err
			}
		}
		return g.setText(metaSummary, "") // derive stays due until it is done
	})
	if err == nil {
		err = l.relist()
	}
	if err == nil {
		l.s.warn("%d records of %s could not be read, %d of them facts; they were taken again from %s",
			bad, l.s.path(dbName), badFacts, l.s.path(journalName))
	}
	return err
}

func allSealed(b *bolt.Bucket) bool {
	c := b.Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		if _, ok := unseal(k, v); !ok {
			return false
		}
	}
	return true
}

func removeUnsealed(b *bolt.Bucket) (int, error) {
	var bad [][]byte
	c := b.Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		if _, ok := unseal(k, v); !ok {
			bad = append(bad, bytes.Clone(k))
		}
	}
	for _, k := range bad {
		if err := b.Delete(k); err != nil {
			return 0, err
		}
	}
	return len(bad), nil
}

// forgetProgress has every segment folded again from its start.
func forgetProgress(tx *bolt.Tx) error {
	if err := tx.DeleteBucket(bucketSegments); err != nil {
		return err
	}
	return createBuckets(tx)
}

// relist has every segment looked at again.
func (l *lease) relist() (err error) {
	l.names, err = l.s.segmentNames()
	return err
}

// derive makes everything that follows from the facts again, in one
// transaction.
func (l *lease) derive(db *bolt.DB) error {
	return db.Update(func(tx *bolt.Tx) error {
		if err := emptyDerived(tx); err != nil {
			return err
		}
		g, err := l.ledger(tx)
		if err != nil {
			return err
		}
		if err := g.setNumber(metaNights, 0); err != nil {
			return err
		}
		f, err := newFold(g)
		if err != nil {
			return err
		}
		if err := f.connectAll(); err != nil {
			return err
		}
		if err := f.finish(); err != nil {
			return err
		}
		return g.setNumber(metaSummary, summaryVersion)
	})
}

// connectAll connects the facts that are there, none of which has labels yet.
func (f *fold) connectAll() error {
	var e journal.Entry
	c := f.facts.Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		body, err := f.unseal(k, v)
		if err != nil {
			return err
		}
		var found bool
		if e, found, err = f.decode(body); err != nil {
			return err
		}
		if !found {
			continue
		}
		f.touched[e.ID] = nil
		if of, isEdit := e.Of(); isEdit {
			if err := f.refer(of, e); err != nil {
				return err
			}
		}
	}
	return nil
}
