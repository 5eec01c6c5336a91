package store

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
)

func (k *kit) backups() []string {
	k.t.Helper()
	copies, err := k.listSnapshots()
	if err != nil {
		k.t.Fatal(err)
	}
	var names []string
	for _, c := range copies {
		names = append(names, c.name)
	}
	return names
}

func TestTheFirstWriteOfADayMakesABackup(t *testing.T) {
	k := newKit(t)
	now := journaltest.Evening
	k.opts.Clock = func() time.Time { return now }
	facts := k.some(2)
	if got := k.backups(); !slices.Equal(got, []string{"lull-2026-11-22.db"}) {
		t.Fatalf("backups are %q", got)
	}
	first := read(t, k.path(backupsName+"/lull-2026-11-22.db"))
	now = now.Add(24 * time.Hour)
	k.all()
	if got := k.backups(); len(got) != 1 {
		t.Errorf("reading made a backup: %q", got)
	}
	facts = append(facts, k.some(2)...)
	if got := k.backups(); !slices.Equal(got, []string{"lull-2026-11-22.db", "lull-2026-11-23.db"}) {
		t.Errorf("backups are %q", got)
	}
	if !bytes.Equal(first, read(t, k.path(backupsName+"/lull-2026-11-22.db"))) {
		t.Error("yesterday's backup was written again")
	}
	restored := openKit(t, filepath.Join(t.TempDir(), "lull"))
	if err := os.Mkdir(restored.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, restored.path(dbName), read(t, k.path(backupsName+"/lull-2026-11-23.db")))
	restored.mustHave(facts[:2]) // it is from before the day's first write
	if got, want := string(read(t, k.path(backupsName+"/lull-2026-11-23.jsonl"))), strings.Join(journaltest.Lines(t, facts[:2]), "\n")+"\n"; got != want {
		t.Errorf("as lines it is\n%s\nnot\n%s", got, want)
	}
}

func TestABackupThatCannotBeMadeDoesNotFailTheWrite(t *testing.T) {
	k := newKit(t)
	write(t, k.parent(backupsName), []byte("in the way"))
	k.some(3)
	k.mustWarn("today's backup was not made")
	if err := os.Remove(k.path(backupsName)); err != nil {
		t.Fatal(err)
	}
	k.some(1)
	if len(k.backups()) != 1 {
		t.Error("there is no backup although nothing is in the way any more")
	}
}

// parent makes the folder and returns the path of a name in it.
func (k *kit) parent(name string) string {
	k.t.Helper()
	if err := os.MkdirAll(k.dir, 0o700); err != nil {
		k.t.Fatal(err)
	}
	return k.path(name)
}

func TestAHalfMadeBackupIsMadeAnew(t *testing.T) {
	k := newKit(t)
	if err := os.MkdirAll(k.path(backupsName), 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, k.path(backupsName+"/lull-2026-11-22.db"+unfinished), []byte("half"))
	k.some(1)
	if _, err := os.Stat(k.path(backupsName + "/lull-2026-11-22.db" + unfinished)); err == nil || len(k.backups()) != 1 {
		t.Errorf("backups are %q, the half made one: %v", k.backups(), err)
	}
}

// TestABackupFindsASpoiledRecordBeforeAnythingIsWritten spoils a record where the
// note does not tell: the copy finds it, and it is taken from the journal before
// the fact is written and the backup made.
func TestABackupFindsASpoiledRecordBeforeAnythingIsWritten(t *testing.T) {
	k := newKit(t)
	facts := k.some(60)
	day := journaltest.Evening.Add(24 * time.Hour)
	db := read(t, k.path(dbName))
	old := journaltest.Lines(t, facts[:1])[0]
	write(t, k.path(dbName), bytes.Replace(db, []byte(old), bytes.ToUpper([]byte(old)), 1))
	id, _, _, err := observeDB(k)
	if err != nil {
		t.Fatal(err)
	}
	vouch(t, k, id)
	next := k.again()
	next.opts.Clock = func() time.Time { return day }
	facts = append(facts, next.add(next.At(4000, journal.Quiet{}))...)
	next.mustWarn("could not be read")
	if len(next.backups()) != 2 {
		t.Errorf("backups are %q", next.backups())
	}
	next.mustHave(facts)
	restored := openKit(t, filepath.Join(t.TempDir(), "lull"))
	if err := os.Mkdir(restored.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, restored.path(dbName), read(t, next.path(backupsName+"/lull-2026-11-23.db")))
	restored.mustHave(facts[:60])
}

// A day that begins with a file whose pages are spoiled where the note does not
// tell is refused before anything is written to it.
func TestTheDaysFirstWriteIsRefusedWhereThePagesAreSpoiled(t *testing.T) {
	k := newKit(t)
	k.broken = true
	facts := k.some(60)
	db := read(t, k.path(dbName))
	for _, p := range pagesInUse(db)[2:] {
		if b := db[p*boltPage:][:boltPage]; b[8] == flagLeaf {
			b[0] ^= 1 // it says that it is another page
		}
	}
	write(t, k.path(dbName), db)
	id, _, _, err := observeDB(k)
	if err != nil {
		t.Fatal(err)
	}
	vouch(t, k, id)
	next := k.again()
	next.opts.Clock = func() time.Time { return journaltest.Evening.Add(24 * time.Hour) }
	_, err = next.Append(ctx, next.At(4000, journal.Quiet{}))
	mustFail(t, err, journal.ErrDamaged, "lull check --repair")
	if !bytes.Equal(db, read(t, k.path(dbName))) {
		t.Error("it was written to")
	}
	if _, err := next.Repair(ctx); err != nil {
		t.Fatal(err)
	}
	next.mustHave(facts)
}

func TestBackupsStayWithinTheirBytes(t *testing.T) {
	k := newKit(t)
	k.some(1)
	b := make([]byte, 10_000)
	for day := range 6 {
		date := journal.MakeDate(2026, time.November, 16+day)
		for _, name := range []string{dailyName(date), plainName(date)} {
			write(t, k.path(filepath.Join(backupsName, name)), b)
		}
	}
	k.opts.MaxBackups = 90_000
	if err := k.prune(); err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, s := range tree(t, k.path(backupsName)) {
		total += len(s)
	}
	got := k.backups()
	if total > 90_000 || len(got) < keepAlways || got[len(got)-1] != "lull-2026-11-22.db" {
		t.Errorf("%d bytes are left in %q", total, got)
	}
	k.opts.MaxBackups = 1
	if err := k.prune(); err != nil || len(k.backups()) != keepAlways {
		t.Errorf("with no room at all there are %q, %v", k.backups(), err)
	}
	k.broken = true
}

// A disk that has room for the fact or the backup, not for both, keeps the fact.
func TestAFactIsWorthMoreThanTheDaysBackup(t *testing.T) {
	k := newKit(t)
	facts := k.some(3)
	next := k.again()
	next.opts.Clock = func() time.Time { return journaltest.Evening.Add(24 * time.Hour) }
	next.testOnlyStep = func(at string) error {
		if at == "commit" && next.backedUp() {
			return fmt.Errorf("write: %w", diskFull[0])
		}
		return nil
	}
	facts = append(facts, next.add(next.At(99, journal.Quiet{}))...)
	next.mustWarn("the backup was given up")
	next.testOnlyStep = nil
	next.mustHave(facts)
}

func TestBackupsThinOutWithAge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kept := map[journal.Date]bool{}
		var days []journal.Date
		day := journal.Date(rapid.IntRange(18_000, 25_000).Draw(t, "first day"))
		for range rapid.IntRange(1, 500).Draw(t, "days") {
			day += journal.Date(rapid.SampledFrom([]int{1, 1, 1, 1, 2, 9, 40}).Draw(t, "gap"))
			days = slices.Sorted(maps.Keys(kept))
			days = append(days, day)
			kept = keepers(days)
			if !kept[day] {
				t.Fatalf("today's backup is not kept among %v", days)
			}
		}
		left := slices.Sorted(maps.Keys(kept))
		if len(left) > keepDays+keepWeeks+keepMonths {
			t.Fatalf("%d are kept: %v", len(left), left)
		}
		for _, d := range days[max(0, len(days)-keepDays):] {
			if !kept[d] {
				t.Fatalf("%v is one of the newest %d and goes", d, keepDays)
			}
		}
	})
}

func TestDailyBackupsReachBackTenMonths(t *testing.T) {
	kept := map[journal.Date]bool{}
	first := journal.MakeDate(2026, time.January, 1)
	for day := first; day < first+400; day++ {
		kept = keepers(append(slices.Sorted(maps.Keys(kept)), day))
	}
	left := slices.Sorted(maps.Keys(kept))
	last := first + 399
	if oldest := left[0]; last-oldest < 300 {
		t.Errorf("%d are kept, the oldest from %v, %d days back", len(left), oldest, last-oldest)
	}
	weeks := map[int]bool{}
	for _, d := range left {
		if last-d < 28 {
			weeks[week(d)] = true
		}
	}
	if len(weeks) < keepWeeks {
		t.Errorf("of the last four weeks %d have a backup", len(weeks))
	}
}

func TestOnlyDailyBackupsArePruned(t *testing.T) {
	k := newKit(t)
	k.some(1)
	b := read(t, k.path(backupsName+"/lull-2026-11-22.db"))
	for day := range 40 {
		date := journal.MakeDate(2026, time.September, 1+day)
		write(t, k.path(filepath.Join(backupsName, dailyName(date))), b)
	}
	for _, name := range []string{"lull-2020-01-01-pre-format-2.db", "mine.db", "lull-2020-01-01.txt"} {
		write(t, k.path(filepath.Join(backupsName, name)), b)
	}
	if err := k.prune(); err != nil {
		t.Fatal(err)
	}
	got := k.backups()
	if len(got) > 1+keepDays+keepWeeks+keepMonths || !slices.Contains(got, "lull-2020-01-01-pre-format-2.db") {
		t.Errorf("left are %q", got)
	}
	for _, name := range []string{"mine.db", "lull-2020-01-01.txt"} {
		if _, err := os.Stat(k.path(filepath.Join(backupsName, name))); err != nil {
			t.Error(err)
		}
	}
}
