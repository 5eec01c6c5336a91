package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	bolt "go.etcd.io/bbolt"

	"lull/routine/journal"
	"lull/routine/say"
)

// Report is what Check found. The zero Report is that of a folder with nothing
// in it.
type Report struct {
	Path   string // of lull.db; empty if there is nothing at all
	Bytes  int64
	Format int
	Device string // this machine's name in journal/
	// TwoNames says that journal/ bears the name of another machine: before this
	// one writes the next time it takes a new one.
	TwoNames bool

	// Damage is what keeps lull.db from being opened, in words; the records
	// below were then not looked at, and the way out is in Remedy.
	Damage string
	Remedy string
	// CutOff says that the last change was cut off: the next command takes it
	// from the journal again.
	CutOff bool

	Facts      int // records of every kind, edits included
	Unreadable int // records, of facts or derived, that do not match their checksum
	Unknown    int // facts whose line this lull cannot decode
	Nights     int
	// WrongNights are the nights whose sum is not that of their facts,
	// Mislabelled the facts that are not found under their night or day.
	WrongNights []journal.Date
	Mislabelled []journal.ID

	// Readable counts the facts that can be read, in the journal or in lull.db,
	// damaged or not.
	Readable int

	Segments []SegmentReport
	// Unfolded counts the facts of the journal that lull.db does not have yet:
	// the next command takes them in. Unjournalled counts the facts of lull.db
	// that no segment has: of these there is one copy instead of two.
	Unfolded     int
	Unjournalled int

	Waiting int // files of the inbox: the next command takes them in

	Backups []BackupReport // copies of the database, oldest first, then plain lines
	// Newest is the newest backup that is sound, and Adds the facts in it that
	// cannot be read anywhere else: Repair takes them in.
	Newest string
	Adds   int
}

// SegmentReport is what Check found in one file of the journal.
type SegmentReport struct {
	Name       string // below journal/
	Lines      int    // whole and finished
	Bad        int    // damaged: they do not match their checksum
	Torn       int    // cut short by a crash before they were acknowledged
	Unfinished int    // whole lines of an Append that a crash cut short
}

// BackupReport is what Check found in one backup.
type BackupReport struct {
	Name   string
	Date   string // in its name, as yyyy-mm-dd; empty if there is none
	Facts  int    // edits included; 0 if it is damaged
	Bytes  int64
	Damage string // empty if it is sound
}

// Sound says whether nothing is lost or wrong: what the next command will
// settle by itself is sound.
func (r Report) Sound() bool {
	for _, s := range r.Segments {
		if s.Bad > 0 {
			return false
		}
	}
	for _, b := range r.Backups {
		if b.Damage != "" {
			return false
		}
	}
	return r.Damage == "" && r.Unreadable == 0 && r.Unjournalled == 0 &&
		len(r.WrongNights) == 0 && len(r.Mislabelled) == 0
}

// Check verifies everything in the folder and writes nothing. The error says
// that it could not be looked at; what is wrong with it stands in the report.
func (s *Store) Check(ctx context.Context) (Report, error) {
	var r Report
	if err := ctx.Err(); err != nil {
		return r, err
	}
	if err := s.checkFolder(); err != nil {
		return r, err
	}
	if there, err := s.exists(); err != nil || !there {
		return r, err
	}
	held, err := acquire(ctx, s.path(lockName), s.opts.Wait, false)
	if err != nil {
		return r, err
	}
	defer held.release()
	c := s.newChecker()
	err = c.all(ctx)
	return *c.r, explain(err, "check", s.dir)
}

type checker struct {
	s          *Store
	r          *Report
	id         identity
	journalled map[journal.ID]bool
	alone      map[journal.ID]bool // facts of lull.db that no segment has
	repairing  bool                // also from a disk that fails
	notes      map[string][]byte   // for Repair
}

func (s *Store) newChecker() *checker {
	return &checker{s: s, r: &Report{Path: s.path(dbName)}, journalled: map[journal.ID]bool{}, alone: map[journal.ID]bool{}}
}

// all looks at everything. Somebody else must keep others out.
func (c *checker) all(ctx context.Context) error {
	for _, step := range []func() error{c.segments, c.database, c.inbox, c.backups, c.newest} {
		if err := errors.Join(ctx.Err(), step()); err != nil {
			return err
		}
	}
	return nil
}

// segments reads every line of the journal.
func (c *checker) segments() error {
	names, err := c.s.segmentNames()
	if err != nil {
		return err
	}
	for _, name := range names {
		seg, err := c.s.measure(name)
		if err != nil {
			return err
		}
		in, err := c.s.openSegment(seg, 0)
		if err != nil {
			return err
		}
		_, t, err := readSegment(in, 0, func(lines []line, _ int64) error {
			for _, l := range lines {
				if e, err := journal.Decode(l.json, c.s.opts.Calendar); err == nil {
					c.journalled[e.ID] = true
				}
			}
			return nil
		})
		if err = errors.Join(err, in.Close()); err != nil {
			return err
		}
		c.r.Segments = append(c.r.Segments, SegmentReport{
			Name: seg.name, Lines: t.lines, Bad: t.bad, Torn: t.torn, Unfinished: t.unfinished,
		})
	}
	c.r.Unfolded = len(c.journalled) // until lull.db is seen to have them
	return nil
}

// database verifies lull.db and then reads all of it.
func (c *checker) database() error {
	damage, err := c.inspect()
	if err != nil {
		return err
	}
	if damage == nil {
		db := opening{path: c.s.path(dbName), readOnly: true, expect: &c.id}
		err := withBolt(db, func(db *bolt.DB) error { return db.View(c.records) })
		if !errors.Is(err, journal.ErrDamaged) && !errors.Is(err, errFault) && !errors.Is(err, errUnsealed) {
			return err
		}
		damage = err
	}
	if means(damage, diskFails) && !c.repairing {
		return damage
	}
	c.r.Damage, c.r.Remedy = damage.Error(), c.s.wayOut()
	return c.rescue()
}

// rescue sees which facts a file that cannot be opened still has.
func (c *checker) rescue() error {
	h := c.s.newHoard()
	if err := h.database(c.s.path(dbName), dbName); err != nil {
		return err
	}
	for id := range h.lines {
		if !c.journalled[id] {
			c.alone[id] = true
		}
	}
	return nil
}

// inbox counts what waits.
func (c *checker) inbox() error {
	files, err := c.s.dropped()
	c.r.Waiting = len(files)
	c.r.Readable = len(c.journalled) + len(c.alone)
	return err
}

// inspect verifies the pages; damage is what is wrong with them.
func (c *checker) inspect() (damage, err error) {
	info, err := os.Lstat(c.s.path(dbName))
	if errors.Is(err, fs.ErrNotExist) {
		return say.Error("it is missing"), nil
	}
	if err != nil {
		return nil, err
	}
	c.r.Bytes = info.Size()
	if damage := plausible(info); damage != nil {
		return damage, nil
	}
	f, err := openFile(c.s.path(dbName), os.O_RDONLY)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	m, spoiled, damage := readMetas(f)
	if damage == nil {
		c.r.Unreadable, damage = verify(f, info.Size(), m)
	}
	c.r.CutOff = spoiled
	c.id, err = identify(f)
	return damage, err
}

// records compares every fact with its labels, its night and its line.
func (c *checker) records(tx *bolt.Tx) error {
	g, err := openLedger(tx, c.s.opts.Calendar)
	if err != nil {
		return c.s.damaged(err)
	}
	if err := c.s.readable(g); err != nil {
		return err
	}
	g.lenient = true
	format, err := g.number(metaFormat)
	if err != nil {
		return err
	}
	c.r.Format = int(format)
	if c.r.Device, err = g.text(metaDevice); err != nil {
		return err
	}
	marked, there := c.s.deviceThere()
	c.r.TwoNames = there && marked != c.r.Device
	dates, err := c.facts(g)
	if err != nil {
		return err
	}
	return c.nights(g, dates)
}

// facts returns every date that a fact is labelled with.
func (c *checker) facts(g *ledger) (map[journal.Date]bool, error) {
	dates := map[journal.Date]bool{}
	labels := 0
	cursor := g.facts.Cursor()
	for k, v := cursor.First(); k != nil; k, v = cursor.Next() {
		c.r.Facts++
		if _, ok := unseal(k, v); !ok || len(k) != len(journal.ID{}) {
			continue // counted by the verifier
		}
		id := journal.ID(k)
		if c.journalled[id] {
			c.r.Unfolded--
		} else {
			c.r.Unjournalled++
			c.alone[id] = true
		}
		s, err := g.stand(id)
		if err != nil {
			return nil, err
		}
		if !s.found {
			c.r.Unknown++
		}
		wrong := journal.Stands(kindOf(s)) && len(s.labels()) > 0 && g.standing.Get(k) == nil
		for _, d := range s.labels() {
			dates[d] = true
			labels++
			wrong = wrong || g.labels.Get(labelKey(d, id)) == nil
		}
		if wrong {
			c.r.Mislabelled = append(c.r.Mislabelled, id)
		}
	}
	return dates, c.strayLabels(g, labels)
}

func kindOf(s standing) journal.Kind {
	if !s.found {
		return ""
	}
	return s.entry.Fact.Kind()
}

// strayLabels finds the labels of facts that are not labelled so, if there are
// more labels than there should be.
func (c *checker) strayLabels(g *ledger, want int) error {
	if count(g.labels) == want {
		return nil
	}
	cursor := g.labels.Cursor()
	for k, _ := cursor.First(); k != nil; k, _ = cursor.Next() {
		if len(k) != len(dateKey(0))+len(journal.ID{}) {
			continue
		}
		id := journal.ID(k[len(dateKey(0)):])
		s, err := g.stand(id)
		if err != nil {
			return err
		}
		if !slices.Contains(s.labels(), keyDate(k)) {
			c.r.Mislabelled = append(c.r.Mislabelled, id)
		}
	}
	return nil
}

// nights sums every night again.
func (c *checker) nights(g *ledger, dates map[journal.Date]bool) error {
	cursor := g.nights.Cursor()
	for k, _ := cursor.First(); k != nil; k, _ = cursor.Next() {
		c.r.Nights++
		if len(k) == len(dateKey(0)) {
			dates[keyDate(k)] = true
		}
	}
	for d := range dates {
		entries, err := g.labelled(d, d)
		if err != nil {
			return err
		}
		want := []byte(nil)
		if n := journal.Sum(d, entries); !n.Empty() {
			want = encodeNight(n)
		}
		got, err := g.get(g.nights, dateKey(d))
		if err != nil {
			return err
		}
		if !bytes.Equal(got, want) {
			c.r.WrongNights = append(c.r.WrongNights, d)
		}
	}
	slices.Sort(c.r.WrongNights)
	return nil
}

// backups verifies every backup.
func (c *checker) backups() error {
	copies, err := c.s.listSnapshots()
	if err != nil {
		return err
	}
	plain, err := c.s.listPlain()
	if err != nil {
		return err
	}
	for _, b := range slices.Concat(copies, plain) {
		look := checkBackup
		if strings.HasSuffix(b.name, plainSuffix) {
			look = checkPlain
		}
		report, err := look(c.s.path(filepath.Join(backupsName, b.name)))
		if err != nil {
			return err
		}
		report.Name, report.Date = b.name, dateIn(b.name)
		c.r.Backups = append(c.r.Backups, report)
	}
	return nil
}

// newest counts what the newest sound copy of the database adds.
func (c *checker) newest() error {
	for _, b := range slices.Backward(c.r.Backups) {
		if b.Damage != "" || !strings.HasSuffix(b.Name, copySuffix) {
			continue
		}
		h := c.s.newHoard()
		if err := h.database(c.s.path(filepath.Join(backupsName, b.Name)), b.Name); err != nil {
			return err
		}
		c.r.Newest = b.Name
		for id := range h.lines {
			if !c.journalled[id] && !c.alone[id] {
				c.r.Adds++
			}
		}
		return nil
	}
	return nil
}

// dateIn is the date that the name of a backup begins with.
func dateIn(name string) string {
	stem := strings.TrimPrefix(name, "lull-")
	d, err := journal.ParseDate(stem[:min(len(stem), len(time.DateOnly))])
	if err != nil {
		return ""
	}
	return d.String()
}

func checkBackup(name string) (BackupReport, error) {
	r, err := checkFile(name, func(f *os.File, size int64) (int, error) { return 0, verifyCopy(f, size) })
	if err != nil || r.Damage != "" {
		return r, err
	}
	damage := withBolt(opening{path: name, readOnly: true}, func(db *bolt.DB) error {
		return db.View(func(tx *bolt.Tx) error {
			facts := tx.Bucket(bucketFacts)
			if facts == nil {
				return say.Error("the bucket %s is missing", bucketFacts)
			}
			r.Facts = count(facts)
			return nil
		})
	})
	if damage != nil {
		r.Damage = damage.Error()
	}
	return r, nil
}

// checkPlain wants every line of a plain backup to be whole. Whether it is a fact
// that this lull knows is looked at by whoever reads it.
func checkPlain(name string) (BackupReport, error) {
	return checkFile(name, func(f *os.File, _ int64) (facts int, err error) {
		err = eachPlain(f, func(n int, text []byte) error {
			if len(text) == 0 || text[0] != '{' || !json.Valid(text) {
				return say.Error("line %d cannot be read", n)
			}
			facts++
			return nil
		})
		return facts, err
	})
}

func checkFile(name string, look func(f *os.File, size int64) (facts int, damage error)) (BackupReport, error) {
	f, err := openFile(name, os.O_RDONLY)
	if err != nil {
		return BackupReport{}, say.Error("read %s: %w", name, err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return BackupReport{}, say.Error("read %s: %w", name, err)
	}
	r := BackupReport{Bytes: info.Size()}
	facts, damage := look(f, info.Size())
	if damage != nil {
		r.Damage = damage.Error()
	} else {
		r.Facts = facts
	}
	return r, nil
}
