package store

import (
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"time"

	bolt "go.etcd.io/bbolt"

	"lull/routine/journal"
	"lull/routine/say"
)

// migration brings a file of the format before it up to its own.
type migration struct {
	to        uint64
	minReader uint64 // the least format a program must know to use the file from now on
	needed    bool   // before it answers are wrong; otherwise a folder that cannot be written to is read without it
	run       func(*bolt.Tx) error
}

// migrations lead from format 1, the first, to formatVersion.
//
// The rules: they are in order, each one format further; a released one is
// never changed; each works on a file that has only part of it done; each comes
// with testdata/format-N, a folder written by the last lull before it, opened
// by a test for ever. All that are pending run in one transaction, after a
// backup that is never pruned. A new file goes the same way from the first
// format, so that there is one way to each.
var migrations = []migration{
	{to: 2, minReader: 1, run: addImprints},
}

// addImprints makes room for what is noted of each segment, see imprint. The
// access that migrates fills it; until then nothing is said of the segments. A
// lull of format 1 passes the bucket over and goes on with the file: what stands
// in it stays true, since segments only get longer.
func addImprints(tx *bolt.Tx) error {
	_, err := tx.CreateBucketIfNotExists(bucketImprints)
	return err
}

// format is the one this store brings files to.
func (s *Store) format() uint64 {
	if n := len(s.migrations); n > 0 {
		return s.migrations[n-1].to
	}
	return firstFormat
}

// outdated says whether a file of a format lacks anything, and whether its
// answers would be wrong for it.
func (s *Store) outdated(format uint64) (pending, wrong bool) {
	for _, m := range s.migrations {
		pending = pending || m.to > format
		wrong = wrong || m.to > format && m.needed
	}
	return pending, wrong
}

// initialise fills a new file with empty buckets.
func (s *Store) initialise(tx *bolt.Tx, device string) error {
	if err := createBuckets(tx); err != nil {
		return err
	}
	g, err := openLedger(tx, s.opts.Calendar)
	if err != nil {
		return err
	}
	if err := g.setText(metaDevice, device); err != nil {
		return err
	}
	if err := g.setNumber(metaSummary, summaryVersion); err != nil {
		return err
	}
	return s.bring(tx, g, firstFormat, minReader)
}

// bring runs the migrations that lead on from a format, and signs the file.
func (s *Store) bring(tx *bolt.Tx, g *ledger, format, least uint64) error {
	for _, m := range s.migrations {
		if m.to <= format {
			continue
		}
		if err := m.run(tx); err != nil {
			return say.Error("bring to format %d: %w", m.to, err)
		}
		least = max(least, m.minReader)
	}
	return s.sign(g, s.format(), least)
}

// sign writes which format the file has, and whose it is.
func (s *Store) sign(g *ledger, format, least uint64) error {
	for _, m := range []struct{ name, text string }{
		{metaFormat, strconv.FormatUint(format, 10)},
		{metaMinReader, strconv.FormatUint(least, 10)},
		{metaCreatedBy, s.opts.Version},
		{metaMigratedAt, s.opts.Clock().Format(time.RFC3339)},
	} {
		if err := g.setText(m.name, m.text); err != nil {
			return err
		}
	}
	return nil
}

// readable refuses a file that only a newer lull may touch.
func (s *Store) readable(g *ledger) error { return s.readableAt(g, s.path(dbName)) }

// readableAt does so for a copy of the file.
func (s *Store) readableAt(g *ledger, file string) error {
	least, err := g.number(metaMinReader)
	if err != nil || least <= s.format() {
		return err
	}
	by, err := g.text(metaCreatedBy)
	if err != nil {
		return err
	}
	return say.Error("%s: %w (lull %s, format %d; this lull %s knows formats up to %d); install that version or a later one",
		file, journal.ErrTooNew, by, least, s.opts.Version, s.format())
}

// migrate backs the file up and runs every pending migration, all or none. A
// copy that does not verify says that the file does not either: then all of it
// is looked at first.
func (l *lease) migrate(db *bolt.DB) error {
	s := l.s
	err := db.View(func(tx *bolt.Tx) error {
		return s.copyTo(tx, fmt.Sprintf("lull-%s-pre-format-%d.db", s.today(), s.format()))
	})
	if errors.Is(err, errUnsound) && !l.remake {
		return errUnsealed
	}
	if err != nil && !errors.Is(err, fs.ErrExist) { // an earlier try left the same copy
		return say.Error("back up before bringing it to format %d: %w", s.format(), err)
	}
	if err := s.step("migrate"); err != nil {
		return err
	}
	err = db.Update(func(tx *bolt.Tx) error {
		g, err := openLedger(tx, s.opts.Calendar)
		if err != nil {
			return err
		}
		format, err := g.number(metaFormat)
		if err != nil {
			return err
		}
		least, err := g.number(metaMinReader)
		if err != nil {
			return err
		}
		return s.bring(tx, g, format, least)
	})
	if err == nil {
		err = errors.Join(l.relist(), s.step("migrated"))
	}
	return err
}
