package store

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	bolt "go.etcd.io/bbolt"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
)

var writeFixture = flag.Bool("write-fixture", false, "write testdata of the present format anew")

// fixtureFacts are what the folders in testdata hold, whatever their format.
func fixtureFacts(t *testing.T) []journal.Entry {
	m := journaltest.NewMaker(t, 2026)
	a, b, c := m.At(0, journaltest.Session("trial", journal.Complete, 120)), m.At(5, journaltest.Cramp(7)), m.At(6, journaltest.Cramp(3))
	return []journal.Entry{
		a, b, c, m.At(9, journaltest.Drink(1)), m.At(30, journal.Quiet{}),
		m.At(31, journaltest.Pause(journaltest.Date(3), 4)), m.Line("dreamt", 33),
		m.Revise(b, map[string]any{"pain": 5}), m.Withdraw(c),
	}
}

// TestEveryFormatEverReleasedOpens opens each folder in testdata, which was
// written by a lull of that format, and reads all of it. A folder is written
// once, with -write-fixture, and never again.
func TestEveryFormatEverReleasedOpens(t *testing.T) {
	for format := 1; format <= formatVersion; format++ {
		t.Run(fmt.Sprint("format ", format), func(t *testing.T) {
			if *writeFixture && format == formatVersion {
				writeFixtureTo(t, fixtureFolder(format))
			}
			k := fixture(t, format)
			k.mustBeTheFixture()
			k.add(k.At(50, journal.Quiet{}))
			k.mustBeSound()
			if r, err := k.Check(ctx); err != nil || r.Format != formatVersion {
				t.Errorf("the format is %d, %v", r.Format, err)
			}
		})
	}
}

func fixtureFolder(format int) string {
	return filepath.Join("testdata", fmt.Sprint("format-", format))
}

// fixture is a store on a copy of a folder in testdata.
func fixture(t *testing.T, format int) *kit {
	t.Helper()
	k := openKit(t, filepath.Join(t.TempDir(), "lull"))
	if err := errors.Join(os.CopyFS(k.dir, os.DirFS(fixtureFolder(format))), os.Chmod(k.dir, 0o700)); err != nil {
		t.Fatal(err)
	}
	return k
}

// mustBeTheFixture wants every answer to be what it was when the folder was
// written, and the note to be there.
func (k *kit) mustBeTheFixture() {
	k.t.Helper()
	var want journaltest.Mem
	if _, err := want.Append(ctx, fixtureFacts(k.t)...); err != nil {
		k.t.Fatal(err)
	}
	journaltest.Same(k.t, k, &want)
	note, err := k.Kept(ctx, "session")
	if err != nil || string(note) != "unfinished" {
		k.t.Errorf("kept %q, %v", note, err)
	}
}

func writeFixtureTo(t *testing.T, dir string) {
	t.Helper()
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	k := openKit(t, dir)
	k.opts.Rand = readerOf(0x42)
	k.add(fixtureFacts(t)...)
	if err := errors.Join(k.Keep(ctx, "session", []byte("unfinished")),
		os.RemoveAll(k.path(backupsName)), os.Remove(k.path(lockName))); err != nil {
		t.Fatal(err)
	}
}

// readerOf gives the same byte for ever.
type readerOf byte

func (r readerOf) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = byte(r)
	}
	return len(b), nil
}

// What a lull of the future brings files to.
const (
	nextFormat = formatVersion + 1
	lastFormat = formatVersion + 2
)

// newer is a store of a later lull, with two migrations more.
func (k *kit) newer(least uint64) *kit {
	next := k.again()
	next.opts.Version = "2.0.0"
	bucket := []byte("dreams")
	next.migrations = append(slices.Clone(migrations),
		migration{to: nextFormat, minReader: 1, run: func(tx *bolt.Tx) error { _, err := tx.CreateBucketIfNotExists(bucket); return err }},
		migration{to: lastFormat, minReader: least, run: func(tx *bolt.Tx) error { return put(tx.Bucket(bucket), []byte("a"), []byte("b")) }},
	)
	return next
}

func TestMigrationsRunOnceInOrderAfterABackup(t *testing.T) {
	k := newKit(t)
	facts := k.some(3)
	next := k.newer(1)
	var runs []uint64
	for i, m := range next.migrations {
		next.migrations[i].run = func(tx *bolt.Tx) error { runs = append(runs, m.to); return m.run(tx) }
	}
	between := k.again()
	between.migrations = next.migrations[:len(migrations)+1]
	between.mustHave(facts)
	next.mustHave(facts)
	next.some(1)
	if !slices.Equal(runs, []uint64{nextFormat, lastFormat}) {
		t.Errorf("the migrations ran to %v", runs)
	}
	for _, format := range []int{nextFormat, lastFormat} {
		name := fmt.Sprintf("lull-2026-11-22-pre-format-%d.db", format)
		if got := k.backups(); !slices.Contains(got, name) {
			t.Errorf("backups are %q", got)
		}
	}
	if r, err := next.Check(ctx); err != nil || r.Format != lastFormat || !r.Sound() {
		t.Errorf("check says %+v, %v", r, err)
	}
	k.some(1) // it may still be used by those who know no more than before
	if r, err := k.Check(ctx); err != nil || r.Format != lastFormat {
		t.Errorf("an older lull took it back to format %d, %v", r.Format, err)
	}
}

func TestAMigrationThatFailsLeavesTheFileAsItWas(t *testing.T) {
	k := newKit(t)
	facts := k.some(3)
	next := k.newer(1)
	last := &next.migrations[len(next.migrations)-1]
	good := last.run
	last.run = func(*bolt.Tx) error { return errStop }
	for range 2 {
		_, err := next.History(ctx)
		mustFail(t, err, errStop, fmt.Sprint("bring to format ", lastFormat))
	}
	k.mustHave(facts)
	if r, err := k.Check(ctx); err != nil || r.Format != formatVersion {
		t.Errorf("the format is %d, %v", r.Format, err)
	}
	last.run = good
	next.mustHave(facts)
}

func TestAFileOfANewerLullIsLeftAlone(t *testing.T) {
	k := newKit(t)
	k.broken = true
	k.some(2)
	k.newer(lastFormat).all()
	before := tree(t, k.dir)
	for _, call := range everyCall(k) {
		mustFail(t, call(), journal.ErrTooNew, k.path(dbName), "lull 2.0.0", fmt.Sprint("format ", lastFormat),
			fmt.Sprint("lull 1.0.0 knows formats up to ", formatVersion))
	}
	_, err := k.Check(ctx)
	mustFail(t, err, journal.ErrTooNew)
	after := tree(t, k.dir)
	if before[k.path(dbName)] != after[k.path(dbName)] || len(before) != len(after) {
		t.Error("files were changed")
	}
}

func TestMigrationsLeadToTheFormat(t *testing.T) {
	last := uint64(firstFormat)
	for _, m := range migrations {
		if m.to != last+1 {
			t.Errorf("format %d follows %d", m.to, last)
		}
		last = m.to
	}
	if last != formatVersion {
		t.Errorf("the last migration leads to %d, not %d", last, formatVersion)
	}
}

func TestNightsOfAnOlderSummaryAreSummedAgain(t *testing.T) {
	k := newKit(t)
	k.some(20)
	before, err := k.History(ctx)
	if err != nil {
		t.Fatal(err)
	}
	err = k.write(ctx, func(_ *lease, g *ledger) error {
		return errors.Join(g.setText(metaSummary, "0"), g.nights.Put(dateKey(1), seal(dateKey(1), []byte("another layout"))))
	})
	if err != nil {
		t.Fatal(err)
	}
	after, err := k.History(ctx)
	if err != nil || !slices.Equal(before.Nights, after.Nights) {
		t.Errorf("nights are %v, %v", after.Nights, err)
	}
}
