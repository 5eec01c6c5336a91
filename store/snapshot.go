package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	bolt "go.etcd.io/bbolt"

	"lull/routine/journal"
)

// How many backups stay: the newest seven, and the newest of each of the last
// four weeks and of the last twelve months that have one.
const (
	keepDays   = 7
	keepWeeks  = 4
	keepMonths = 12
)

// snapshot is a backup by its file name. Those made before a migration have no
// day, and stay.
type snapshot struct {
	name  string
	day   journal.Date
	daily bool
}

func (s *Store) today() journal.Date { return s.opts.Calendar.Day(s.opts.Clock()) }

func dailyName(day journal.Date) string { return fmt.Sprintf("lull-%s.db", day) }

// backedUp says whether the day has its backup.
func (s *Store) backedUp() bool {
	_, err := os.Lstat(s.path(filepath.Join(backupsName, dailyName(s.today()))))
	return err == nil
}

// listSnapshots finds the backups, oldest first.
func (s *Store) listSnapshots() ([]snapshot, error) {
	files, err := os.ReadDir(s.path(backupsName))
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return nil, nil
	}
	if err != nil {
		return nil, explain(err, "list", s.path(backupsName))
	}
	var found []snapshot
	for _, f := range files {
		stem, isCopy := strings.CutPrefix(f.Name(), "lull-")
		stem, isDB := strings.CutSuffix(stem, ".db")
		if !isCopy || !isDB || !f.Type().IsRegular() {
			continue
		}
		day, err := journal.ParseDate(stem)
		found = append(found, snapshot{name: f.Name(), day: day, daily: err == nil})
	}
	return found, nil
}

// backUp makes the day's backup unless there is one, and prunes old ones. It
// comes after the commit, under the same lock: the facts are safe by then, and a
// backup that fails is a warning. A copy that does not verify means that the
// file itself is no longer sound: the next access looks at all of it.
func (l *lease) backUp() {
	s := l.s
	if s.backedUp() {
		return
	}
	name := dailyName(s.today())
	err := l.bolt(true, func(db *bolt.DB) error {
		return db.View(func(tx *bolt.Tx) error { return s.copyTo(tx, name) })
	})
	if errors.Is(err, errUnsound) {
		l.lock.write(note{})
	}
	if err == nil {
		err = s.prune()
	}
	if err != nil {
		s.warn("today's backup was not made: %v", explain(err, "write", s.path(backupsName)))
	}
}

// errUnsound says that a fresh copy of the file does not verify, so the file
// itself does not either.
var errUnsound = errors.New("it does not verify")

// copyTo writes the database as the transaction sees it, verifies the copy and
// only then gives it its name. It never takes the place of another backup.
func (s *Store) copyTo(tx *bolt.Tx, name string) error {
	if err := s.makeFolder(s.path(backupsName)); err != nil {
		return err
	}
	place := s.path(filepath.Join(backupsName, name))
	made := place + unfinished
	if err := removeStale(made); err != nil {
		return explain(err, "write", made)
	}
	f, err := os.OpenFile(made, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return explain(err, "write", made)
	}
	err = errors.Join(private(f), fillCopy(f, tx), f.Close())
	if err == nil {
		err = placeNew(made, place)
	}
	if err != nil {
		_ = os.Remove(made)
	}
	return explain(err, "write", place)
}

func fillCopy(f *os.File, tx *bolt.Tx) error {
	size, err := tx.WriteTo(f)
	if err == nil {
		err = f.Sync()
	}
	if err != nil {
		return err
	}
	if err := verifyCopy(f, size); err != nil {
		return fmt.Errorf("%w: %w", errUnsound, err)
	}
	return nil
}

// verifyCopy wants the structure and every record right.
func verifyCopy(f *os.File, size int64) error {
	m, spoiled, err := readMetas(f)
	if err != nil {
		return err
	}
	unsealed, err := verify(f, size, m)
	switch {
	case err != nil:
		return err
	case spoiled:
		return errors.New("one of its two first pages cannot be read")
	case unsealed > 0:
		return fmt.Errorf("%d of its records cannot be read", unsealed)
	}
	return nil
}

func (s *Store) prune() error {
	copies, err := s.listSnapshots()
	if err != nil {
		return err
	}
	var days []journal.Date
	for _, c := range copies {
		if c.daily {
			days = append(days, c.day)
		}
	}
	keep := keepers(days)
	for _, c := range copies {
		if c.daily && !keep[c.day] {
			if err := os.Remove(s.path(filepath.Join(backupsName, c.name))); err != nil {
				return err
			}
		}
	}
	return nil
}

// keepers picks the backups that stay out of days, which rise.
func keepers(days []journal.Date) map[journal.Date]bool {
	keep := map[journal.Date]bool{}
	for _, rule := range []struct {
		most int
		span func(journal.Date) int
	}{
		{keepDays, func(d journal.Date) int { return int(d) }},
		{keepWeeks, week},
		{keepMonths, month},
	} {
		spans := map[int]bool{}
		for i := len(days) - 1; i >= 0 && len(spans) <= rule.most; i-- {
			span := rule.span(days[i])
			if !spans[span] && len(spans) < rule.most {
				keep[days[i]] = true
			}
			spans[span] = true
		}
	}
	return keep
}

// week names a week, from Monday to Sunday, by its Monday.
func week(d journal.Date) int { return int(d) - int(d.Weekday()+6)%7 }

func month(d journal.Date) int {
	first := d.Midnight()
	return first.Year()*12 + int(first.Month())
}
