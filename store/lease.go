package store

import (
	"context"
	"errors"
	"io/fs"
	"os"

	bolt "go.etcd.io/bbolt"

	"lull/routine/journal"
	"lull/routine/say"
)

// lease is one access to the folder: lull.lock is held, and lull.db is either
// the very state last found sound or has just been verified.
type lease struct {
	s         *Store
	lock      *lock
	noted     note // as read from the lock
	state     state
	names     []string // of the segments that may have grown
	altered   []string // those of them that are not what was folded
	dropped   []string // files of the inbox
	glance    uint64   // of the journal at which all of them will be folded
	thorough  bool     // look at every segment, even if none seems to have come or gone
	remake    bool     // what is derived gave a wrong answer
	beginning bool     // there were no facts yet
	backed    bool     // this access made the day's backup
	lenient   bool     // nothing can be mended here: leave out what cannot be read
}

// errNothing rolls a transaction back that has nothing to write.
var errNothing error = say.Fault("nothing to write")

// exists says whether there is anything to read. A database that is missing
// where something is left of it is made again, not begun anew.
func (s *Store) exists() (bool, error) {
	if _, err := os.Lstat(s.path(dbName)); err == nil {
		return true, nil
	} else if !errors.Is(err, fs.ErrNotExist) {
		return false, explain(err, "open", s.path(dbName))
	}
	names, err := s.segmentNames()
	if err != nil || len(names) > 0 {
		return len(names) > 0, err
	}
	if files, err := s.dropped(); err != nil || len(files) > 0 {
		return len(files) > 0, err
	}
	copies, err := s.listSnapshots()
	return len(copies) > 0, err
}

// read runs fn in a read-only transaction, or not at all if there is nothing to
// read.
func (s *Store) read(ctx context.Context, fn func(*lease, *ledger) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := s.checkFolder(); err != nil {
		return err
	}
	if there, err := s.exists(); err != nil || !there {
		return err
	}
	return s.leased(ctx, true, func(l *lease) error { return l.read(fn) })
}

// write runs fn in a transaction; nil means that it is committed. The day's
// backup comes before its first write; it cannot make the write fail, and gives
// way where there is no room for both.
func (s *Store) write(ctx context.Context, fn func(*lease, *ledger) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := s.checkFolder(); err != nil {
		return err
	}
	if err := s.makeFolder(s.dir); err != nil {
		return err
	}
	return s.leased(ctx, true, func(l *lease) error {
		if l.lock == nil {
			return explain(fs.ErrPermission, "write", s.dir)
		}
		l.thorough = !s.backedUp()
		return l.write(fn)
	})
}

// leased runs fn with the lock held and lull.db sound. A record that turns out
// unreadable means that the file changed under its note: then it is verified
// and mended, what is derived is made again, and fn runs once more. It does so
// too if another program put another file in place meanwhile.
func (s *Store) leased(ctx context.Context, create bool, fn func(*lease) error) error {
	held, giveBack, err := s.take(ctx, create)
	if err != nil {
		return err
	}
	defer giveBack()
	l := &lease{s: s, lock: held, noted: held.note()}
	for range 2 {
		if err = l.examine(); err == nil {
			s.hold.meets(l.state)
			err = fn(l)
			s.hold.leaves(l.state)
		}
		unsealed := errors.Is(err, errUnsealed)
		if !unsealed && !errors.Is(err, errChanged) {
			break
		}
		l.noted, l.remake = note{}, l.remake || unsealed // whatever it says, look at all of it
	}
	if errors.Is(err, errUnsealed) || errors.Is(err, errFault) {
		held.write(note{})
		return s.damaged(err)
	}
	return explain(err, "open", s.path(dbName))
}

func (l *lease) bolt(readOnly bool, fn func(*bolt.DB) error) error {
	return withBolt(opening{path: l.s.path(dbName), readOnly: readOnly, expect: &l.state.id}, fn)
}

// read runs fn, after the chores if there are any.
func (l *lease) read(fn func(*lease, *ledger) error) error {
	var due chores
	err := l.view(func(g *ledger) (err error) {
		if due, err = l.chores(g); err != nil || due != (chores{}) {
			return err
		}
		return fn(l, g)
	})
	if err == nil && due != (chores{}) {
		if err = l.settle(due); err == nil {
			err = l.view(func(g *ledger) error { return fn(l, g) })
		}
	}
	if err == nil {
		l.trust()
	}
	return err
}

func (l *lease) view(fn func(*ledger) error) error {
	return l.bolt(true, func(db *bolt.DB) error {
		return db.View(func(tx *bolt.Tx) error {
			g, err := l.ledger(tx)
			if err != nil {
				return err
			}
			err = fn(g)
			if g.skipped > 0 {
				l.s.warn("%d records of %s could not be read and were left out; lull check tells more", g.skipped, l.s.path(dbName))
			}
			return err
		})
	})
}

// settle does the chores, or finds out that a read must do without.
func (l *lease) settle(due chores) error {
	err := fs.ErrPermission
	if l.lock != nil {
		err = l.bolt(false, func(db *bolt.DB) error { return l.do(db, due) })
	}
	if err == nil {
		return l.moveOn()
	}
	err = explain(err, "bring up to date", l.s.path(dbName))
	unable := errors.Is(err, journal.ErrReadOnly) || errors.Is(err, journal.ErrFull)
	if !unable || due.wrong || due.derive {
		return err
	}
	if due == (chores{migrate: true}) {
		return nil // nothing is missing from what it holds
	}
	l.lenient = true
	l.s.warn("%s cannot be brought up to date, so the newest facts may be missing from what you see (%v)", l.s.path(dbName), err)
	return nil
}

// write does the chores and then runs fn.
func (l *lease) write(fn func(*lease, *ledger) error) error {
	err := l.bolt(false, func(db *bolt.DB) error {
		if err := l.doChores(db); err != nil {
			return err
		}
		if err := l.backUpFirst(db); err != nil {
			return err
		}
		err := l.update(db, fn)
		if err == nil || !means(err, diskFull) || !l.giveRoom() {
			return err
		}
		if err := l.doChores(db); err != nil { // what stands in the segment already is folded
			return err
		}
		return l.update(db, fn)
	})
	idle := errors.Is(err, errNothing)
	if err != nil && !idle {
		return err
	}
	if err := l.moveOn(); err != nil || idle {
		return err
	}
	l.backUpBeginning()
	return nil
}

func (l *lease) update(db *bolt.DB, fn func(*lease, *ledger) error) error {
	return db.Update(func(tx *bolt.Tx) error {
		g, err := l.ledger(tx)
		if err != nil {
			return err
		}
		if err := fn(l, g); err != nil {
			return err
		}
		return l.s.step("commit")
	})
}

func (l *lease) doChores(db *bolt.DB) error {
	var due chores
	err := db.View(func(tx *bolt.Tx) error {
		g, err := l.ledger(tx)
		if err == nil {
			due, err = l.chores(g)
		}
		return err
	})
	if err != nil || due == (chores{}) {
		return err
	}
	return l.do(db, due)
}

func (l *lease) ledger(tx *bolt.Tx) (*ledger, error) {
	g, err := openLedger(tx, l.s.opts.Calendar)
	if err != nil {
		return nil, l.s.damaged(err)
	}
	g.lenient = l.lenient
	l.s.hold.lend(g)
	return g, nil
}
