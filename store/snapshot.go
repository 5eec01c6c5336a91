package store

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	bolt "go.etcd.io/bbolt"

	"lull/routine/journal"
	"lull/routine/safe"
	"lull/routine/say"
)

// How many backups stay: the newest seven, and the newest of each of the last
// four weeks and of the last twelve months that have one. The oldest go sooner
// if all of them together have more than so many bytes, but the newest two days
// stay. Each is a copy of the database and the same facts as plain lines, which
// need no lull to be read; copies that were made before an import stay as long as
// the lines do, seven at most. Facts are never taken away, so the newest lines hold
// what the older ones do, and only those of the newest seven days stay.
const (
	keepDays   = 7
	keepWeeks  = 4
	keepMonths = 12
	keepAlways = 2
	maxBackups = 512 << 20
)

// snapshot is a backup by its file name. Those made before a migration have no
// day, and stay.
type snapshot struct {
	name  string
	size  int64
	day   journal.Date
	daily bool
	ahead bool // made before an import
}

func (s *Store) today() journal.Date { return s.opts.Calendar.Day(s.opts.Clock()) }

const (
	copySuffix  = ".db"
	plainSuffix = ".jsonl"
)

func dailyName(day journal.Date) string { return fmt.Sprintf("lull-%s", day) + copySuffix }
func plainName(day journal.Date) string { return fmt.Sprintf("lull-%s", day) + plainSuffix }

// backedUp says whether the day has its backup, in both forms.
func (s *Store) backedUp() bool {
	for _, name := range []string{dailyName(s.today()), plainName(s.today())} {
		if _, err := os.Lstat(s.path(filepath.Join(backupsName, name))); err != nil {
			return false
		}
	}
	return true
}

// listSnapshots finds the copies of the database, oldest first; listPlain the
// same facts as plain lines.
func (s *Store) listSnapshots() ([]snapshot, error) { return s.listBackups(copySuffix) }
func (s *Store) listPlain() ([]snapshot, error)     { return s.listBackups(plainSuffix) }

func (s *Store) listBackups(suffix string) ([]snapshot, error) {
	files, err := os.ReadDir(s.path(backupsName))
	if absent(err) {
		return nil, nil
	}
	if err != nil {
		return nil, explain(err, "list", s.path(backupsName))
	}
	var found []snapshot
	for _, f := range files {
		stem, isCopy := strings.CutPrefix(f.Name(), "lull-")
		stem, isForm := strings.CutSuffix(stem, suffix)
		if !isCopy || !isForm || !f.Type().IsRegular() {
			continue
		}
		made := snapshot{name: f.Name()}
		if info, err := f.Info(); err == nil {
			made.size = info.Size()
		}
		made.day, err = journal.ParseDate(stem)
		made.daily = err == nil
		if !made.daily {
			made.day, made.ahead = importDay(stem)
		}
		found = append(found, made)
	}
	return found, nil
}

// backUpFirst makes the day's backup before the day's first write, unless there
// is one already or there is nothing yet to back up. A backup that cannot be made
// is a warning. One that does not verify says that the file itself is no longer
// sound: then nothing is written before all of it has been looked at.
func (l *lease) backUpFirst(db *bolt.DB) error {
	if l.s.backedUp() {
		return nil
	}
	return db.View(func(tx *bolt.Tx) error {
		g, err := l.ledger(tx)
		if err != nil {
			return err
		}
		if first, _ := g.facts.Cursor().First(); first == nil {
			l.beginning = true
			return nil
		}
		return l.backUp(tx)
	})
}

// backUpBeginning makes the backup of the day on which the very first fact was
// written, after it.
func (l *lease) backUpBeginning() {
	if !l.beginning || l.s.backedUp() {
		return
	}
	err := l.bolt(true, func(db *bolt.DB) error { return db.View(l.backUp) })
	if err != nil { // the fact is on disk; the next access looks at all of the file
		l.lock.write(note{})
		l.s.warn("today's backup was not made: %v", explain(err, "read", l.s.path(dbName)))
	}
}

// backUp makes the day's backup of what the transaction sees and prunes old ones.
func (l *lease) backUp(tx *bolt.Tx) error {
	s := l.s
	err := s.copyTo(tx, dailyName(s.today()))
	if errors.Is(err, errUnsound) && !l.remake {
		return errUnsealed // which has the file looked at, see leased
	}
	if err == nil || errors.Is(err, fs.ErrExist) {
		err = s.linesTo(tx, plainName(s.today()))
	}
	if err == nil || errors.Is(err, fs.ErrExist) {
		l.backed = true
		err = s.prune()
	}
	if err != nil {
		s.warn("today's backup was not made: %v", explain(err, "write", s.path(backupsName)))
	}
	return nil
}

// giveRoom takes back the backup that this very access made: a fact is worth
// more than a copy of what there was before it.
func (l *lease) giveRoom() bool {
	if !l.backed {
		return false
	}
	l.backed = false
	for _, name := range []string{plainName(l.s.today()), dailyName(l.s.today())} {
		_ = os.Remove(l.s.path(filepath.Join(backupsName, name)))
	}
	l.s.warn("the disk is full: there was no room for a fact beside today's backup, so the backup was given up; make room")
	return true
}

// errUnsound says that a fresh copy of the file does not verify, so the file
// itself does not either.
var errUnsound error = say.Fault("it does not verify")

// copyTo writes the database as the transaction sees it, verifies the copy and
// only then gives it its name among the backups. It never takes the place of
// another.
func (s *Store) copyTo(tx *bolt.Tx, name string) error {
	return s.backupTo(name, func(f *os.File) error { return fillCopy(f, tx) })
}

// linesTo writes every fact as the plain line that it is, one a line, as `lull
// export` does.
func (s *Store) linesTo(tx *bolt.Tx, name string) error {
	return s.backupTo(name, func(f *os.File) error {
		_, err := fillLines(f, tx)
		return err
	})
}

func (s *Store) backupTo(name string, fill func(*os.File) error) error {
	if err := s.makeFolder(s.path(backupsName)); err != nil {
		return err
	}
	place := s.path(filepath.Join(backupsName, name))
	if _, err := os.Lstat(place); err == nil {
		return fmt.Errorf("%s: %w", place, fs.ErrExist)
	}
	made := place + unfinished
	if err := removeStale(made); err != nil {
		return explain(err, "write", made)
	}
	f, err := os.OpenFile(made, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return explain(err, "write", made)
	}
	err = errors.Join(private(f), fill(f), f.Close())
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

// shownLine is a line that a terminal may show, unless it would then be longer
// than a line may be: to come back whole is worth more.
func shownLine(line []byte) []byte {
	if shown := safe.JSON(line); len(shown) <= journal.MaxLine {
		return shown
	}
	return slices.Clone(line)
}

// fillLines writes the lines, so that a terminal which shows them obeys nothing in
// them, and reads them back: what is on the disk must be
// what was meant.
func fillLines(f *os.File, tx *bolt.Tx) (facts int, err error) {
	w := bufio.NewWriterSize(f, 1<<16)
	sum := crc32.New(castagnoli)
	out := io.MultiWriter(w, sum)
	c := tx.Bucket(bucketFacts).Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		body, whole := unseal(k, v)
		if !whole {
			return facts, errUnsound
		}
		facts++
		if _, err := out.Write(append(shownLine(body), '\n')); err != nil {
			return facts, err
		}
	}
	if err := errors.Join(w.Flush(), f.Sync()); err != nil {
		return facts, err
	}
	back := crc32.New(castagnoli)
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return facts, err
	}
	if _, err := io.Copy(back, f); err != nil {
		return facts, err
	}
	if back.Sum32() != sum.Sum32() {
		return facts, say.Error("what was written reads back as something else; look after the disk")
	}
	return facts, nil
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
		return say.Error("one of its two first pages cannot be read")
	case unsealed > 0:
		return say.Error("%d of its records cannot be read", unsealed)
	}
	return nil
}

// prune removes the daily backups that no rule keeps, oldest first.
func (s *Store) prune() error {
	copies, err := s.listSnapshots()
	if err != nil {
		return err
	}
	plain, err := s.listPlain()
	if err != nil {
		return err
	}
	imports := slices.Clone(copies)
	copies, plain = daily(copies), daily(plain)
	imports = slices.DeleteFunc(imports, func(b snapshot) bool { return !b.ahead })
	days := daysOf(copies)
	keep := keepers(days)
	lines := daysOf(plain)
	first := journal.Date(math.MinInt32)
	if n := len(lines); n > keepDays {
		first = lines[n-keepDays]
	}
	early := ahead(imports, first)
	var stay []snapshot
	total := int64(0)
	remove := func(b snapshot) error { return os.Remove(s.path(filepath.Join(backupsName, b.name))) }
	for _, b := range slices.Concat(plain, imports, copies) {
		isCopy := strings.HasSuffix(b.name, copySuffix)
		if early[b.name] || isCopy && !b.ahead && keep[b.day] || !isCopy && b.day >= first {
			stay = append(stay, b)
			total += b.size
		} else if err := remove(b); err != nil {
			return err
		}
	}
	slices.SortStableFunc(stay, func(a, b snapshot) int { return cmp.Compare(a.day, b.day) })
	always := journal.Date(math.MaxInt32)
	if n := len(days); n > 0 {
		always = days[max(0, n-keepAlways)]
	}
	for _, b := range stay {
		if total <= s.opts.MaxBackups || b.day >= always {
			break
		}
		if err := remove(b); err != nil {
			return err
		}
		total -= b.size
	}
	return nil
}

func daily(all []snapshot) []snapshot {
	return slices.DeleteFunc(all, func(b snapshot) bool { return !b.daily })
}

func daysOf(all []snapshot) []journal.Date {
	var days []journal.Date
	for _, b := range all {
		days = append(days, b.day)
	}
	return days
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
