package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"

	bolt "go.etcd.io/bbolt"

	"lull/routine/journal"
)

// rebuilding makes lull.db anew from the journal, with what it is told to add to
// that and to take out of it. Nothing is written over and nothing is deleted:
// what goes out of the way lies in a folder of its own afterwards.
type rebuilding struct {
	why     string            // the end of the name of that folder
	lines   [][]byte          // become a new segment of this device
	after   uint64            // the last number that this device gave to a line
	retired []string          // segments that go
	backups []string          // backups that go
	inbox   bool              // goes too
	notes   map[string][]byte // to be kept in the new file
}

// rebuild does it and says where the old files are. It is safe to be cut short
// anywhere: until the old file is moved everything is as it was, but for a new
// segment of facts; from then on the next access builds the same file from the
// same journal.
func (l *lease) rebuild(ctx context.Context, r rebuilding) (aside string, err error) {
	s := l.s
	if l.lock == nil {
		return "", explain(fs.ErrPermission, "write", s.dir)
	}
	device, err := s.device()
	if err != nil {
		return "", err
	}
	if err := s.addSegment(device, r.lines, r.after); err != nil {
		return "", err
	}
	names, err := s.segmentNames()
	if err != nil {
		return "", err
	}
	l.names = slices.DeleteFunc(names, func(n string) bool { return slices.Contains(r.retired, n) })
	made := s.path(dbName + unfinished)
	if err := l.build(made, device, r.notes); err != nil {
		_ = removeStale(made)
		return "", explain(err, "make", s.path(dbName))
	}
	if err := errors.Join(ctx.Err(), s.step("swap")); err != nil {
		return "", err
	}
	aside, err = s.setAside(r)
	if err == nil {
		err = placeNew(made, s.path(dbName))
	}
	l.lock.write(note{}) // the next access looks at all of it
	return aside, explain(err, "put in place", s.path(dbName))
}

// build makes a database from the segments of the lease and verifies it.
func (l *lease) build(made, device string, notes map[string][]byte) error {
	if err := removeStale(made); err != nil {
		return err
	}
	err := withBolt(opening{path: made, create: true}, func(db *bolt.DB) error {
		if err := db.Update(func(tx *bolt.Tx) error { return l.s.initialise(tx, device) }); err != nil {
			return err
		}
		if err := l.foldAll(db); err != nil {
			return err
		}
		return db.Update(func(tx *bolt.Tx) error {
			g, err := l.ledger(tx)
			for _, name := range slices.Sorted(maps.Keys(notes)) {
				if err == nil {
					err = put(g.kept, []byte(name), notes[name])
				}
			}
			return err
		})
	})
	if err != nil {
		return err
	}
	f, err := openFile(made, os.O_RDONLY)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	return verifyCopy(f, info.Size())
}

// addSegment writes lines as a segment that is there whole or not at all.
func (s *Store) addSegment(device string, lines [][]byte, after uint64) error {
	if len(lines) == 0 {
		return nil
	}
	var text []byte
	for i, json := range lines {
		text = line{seq: after + uint64(i) + 1, json: json}.appendTo(text)
	}
	dir := s.path(filepath.Join(journalName, device))
	if err := s.makeFolder(dir); err != nil {
		return err
	}
	for {
		random, err := s.randomHex(2)
		if err != nil {
			return err
		}
		file := filepath.Join(dir, s.opts.Clock().Format("200601")+"-"+recoveredMark+random+segmentSuffix)
		if _, err := os.Lstat(file); errors.Is(err, fs.ErrNotExist) {
			return s.replaceFile(file, text)
		}
	}
}

// setAside moves what goes into a folder that is named by the moment. The
// database goes first, for good: then the next access builds it from what is left.
// If a power cut brought it back after its journal went, it would be the only copy.
func (s *Store) setAside(r rebuilding) (string, error) {
	dir, err := s.asideFolder(r.why)
	if err != nil {
		return "", err
	}
	moves := []string{dbName}
	for _, name := range r.retired {
		moves = append(moves, path.Join(journalName, name))
	}
	for _, name := range r.backups {
		moves = append(moves, path.Join(backupsName, name))
	}
	if r.inbox {
		moves = append(moves, inboxName)
	}
	loose := map[string]bool{} // folders whose names are not durable
	for _, name := range moves {
		from, to := s.path(filepath.FromSlash(name)), filepath.Join(dir, filepath.FromSlash(name))
		if _, err := os.Lstat(from); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err := s.makeFolder(filepath.Dir(to)); err != nil {
			return dir, err
		}
		if err := os.Rename(from, to); err != nil {
			return dir, explain(err, "set aside", from)
		}
		loose[filepath.Dir(from)], loose[filepath.Dir(to)] = true, true
		if name == dbName {
			if err := syncDirs(loose); err != nil {
				return dir, err
			}
		}
	}
	return dir, syncDirs(loose)
}

// syncDirs makes the names in folders durable.
func syncDirs(dirs map[string]bool) error {
	for _, d := range slices.Sorted(maps.Keys(dirs)) {
		if err := syncDir(d); err != nil {
			return explain(err, "set aside", d)
		}
		delete(dirs, d)
	}
	return nil
}

func (s *Store) asideFolder(why string) (string, error) {
	if err := s.makeFolder(s.path(asideName)); err != nil {
		return "", err
	}
	stem := s.path(filepath.Join(asideName, s.opts.Clock().Format("2006-01-02-150405")+"-"+why))
	for n := 1; ; n++ {
		dir := stem
		if n > 1 {
			dir = fmt.Sprintf("%s-%d", stem, n)
		}
		if _, err := os.Lstat(dir); errors.Is(err, fs.ErrNotExist) {
			return dir, s.makeFolder(dir)
		} else if err != nil {
			return "", explain(err, "make the folder", dir)
		}
	}
}

// held runs fn with the lock, whatever state the files are in.
func (s *Store) held(ctx context.Context, fn func(*lease) error) error {
	if err := errors.Join(ctx.Err(), s.checkFolder()); err != nil {
		return err
	}
	held, err := acquire(ctx, s.path(lockName), s.opts.Wait, true)
	if err != nil {
		return err
	}
	defer held.release()
	return fn(&lease{s: s, lock: held, noted: held.note()})
}

// Lost is a fact that is known to have been there and cannot be read anywhere.
type Lost struct {
	ID   journal.ID
	Date journal.Date // a night or day of it, or the one it was written on; 0: not known
}

// Repaired is what Repair did.
type Repaired struct {
	File    string   // lull.db; empty if there is nothing at all
	Needed  bool     // something was wrong; otherwise nothing was done
	Facts   int      // in the new file, of every kind, edits included
	Sources []Source // where they were found, in that order
	Aside   string   // the folder with what was damaged

	Lost []Lost // what could not be saved
	// Lines could not be read, and do not tell of which fact they are: it may be
	// among those that were saved from elsewhere.
	Lines []BadLine
	// Missed counts the bytes of lull.db that the disk would not give.
	Missed int64
	// Notes says that lull.db could not be opened, so what the program keeps for
	// itself, such as an unfinished session, is not in the new file.
	Notes bool
}

// Repair makes lull.db anew from every fact that can be read in it, in the
// journal, in the inbox and in the backups, unless nothing is wrong. Segments
// with a spoiled line are written again from what is whole; damaged files are
// set aside, never changed.
func (s *Store) Repair(ctx context.Context) (Repaired, error) {
	var done Repaired
	if there, err := s.exists(); err != nil || !there {
		return done, err
	}
	done.File = s.path(dbName)
	err := s.held(ctx, func(l *lease) error {
		c := s.newChecker()
		c.repairing = true
		if err := c.all(ctx); err != nil {
			return err
		}
		h := s.newHoard()
		if err := errors.Join(h.present(), ctx.Err(), h.before()); err != nil {
			return err
		}
		done.Needed = !c.r.Sound() || c.r.CutOff || len(h.missing()) > 0
		if done.Needed {
			_ = h.gatherLoose()
		}
		done.Facts, done.Sources = len(h.lines), h.sources
		if !done.Needed {
			return nil
		}
		done.Lines, done.Missed = h.bad, h.missed
		done.Notes = c.r.Damage != "" && c.r.Bytes > 0
		s.count(&done, h, c)
		if !done.Notes {
			c.notes = s.notes(s.path(dbName))
		}
		var err error
		done.Aside, err = l.rebuild(ctx, c.plan(h))
		return err
	})
	return done, explain(err, "repair", s.dir)
}

// count says what cannot be saved.
func (s *Store) count(done *Repaired, h *hoard, c *checker) {
	var spoken mentioned
	if c.r.Damage != "" || c.r.Unreadable > 0 {
		if f, err := openFile(s.path(dbName), os.O_RDONLY); err == nil {
			spoken = mentions(f, c.r.Bytes)
			_ = f.Close()
		}
	}
	done.Lines = slices.DeleteFunc(done.Lines, func(b BadLine) bool {
		if !b.ID.IsZero() {
			spoken = append(spoken, mention{Lost{b.ID, dateOf(b.ID)}, b.ID})
		}
		return !b.ID.IsZero()
	})
	lost := map[journal.ID]journal.Date{}
	for _, m := range spoken {
		_, saved := h.lines[m.ID]
		_, other := h.lines[m.inner]
		if known, there := lost[m.ID]; !saved && !other && (!there || m.Date < known) {
			lost[m.ID] = m.Date
		}
	}
	for id, date := range lost {
		done.Lost = append(done.Lost, Lost{id, date})
	}
	slices.SortFunc(done.Lost, func(a, b Lost) int { return a.ID.Compare(b.ID) })
}

// plan is what repairs what the checker found.
func (c *checker) plan(h *hoard) rebuilding {
	r := rebuilding{why: "repair", after: h.seq, retired: h.spoiled, notes: c.notes}
	for _, id := range h.missing() {
		r.lines = append(r.lines, h.lines[id])
	}
	r.lines = append(r.lines, h.strange...)
	for _, b := range c.r.Backups {
		if b.Damage != "" {
			r.backups = append(r.backups, b.Name)
		}
	}
	return r
}

// notes reads what the program keeps for itself out of a database that can be
// opened; a note that cannot be read is left out.
func (s *Store) notes(file string) map[string][]byte {
	notes := map[string][]byte{}
	_ = withBolt(opening{path: file, readOnly: true}, func(db *bolt.DB) error {
		return db.View(func(tx *bolt.Tx) error {
			g, err := openLedger(tx, s.opts.Calendar)
			if err != nil {
				return err
			}
			return g.kept.ForEach(func(k, v []byte) error {
				if body, whole := unseal(k, v); whole {
					notes[string(k)] = slices.Clone(body)
				}
				return nil
			})
		})
	})
	return notes
}
