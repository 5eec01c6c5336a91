package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
)

func TestStoreKeepsThePromisesOfALog(t *testing.T) {
	journaltest.Run(t, func(t *testing.T) journal.Log { return newKit(t) })
}

func TestReadingAFolderThatIsNotThereCreatesNothing(t *testing.T) {
	k := openKit(t, filepath.Join(t.TempDir(), "a", "b"))
	if _, err := k.History(ctx); err != nil {
		t.Error(err)
	}
	if r, err := k.Check(ctx); err != nil || !r.Sound() || r.Path != "" {
		t.Errorf("check: %+v, %v", r, err)
	}
	if _, err := os.Stat(filepath.Dir(k.dir)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder was made: %v", err)
	}
	if err := os.MkdirAll(k.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := k.Latest(ctx, journal.ID{}, 1); err != nil || len(tree(t, k.dir)) > 0 {
		t.Errorf("reading an empty folder: %v, %v", tree(t, k.dir), err)
	}
}

func TestAnotherStoreSeesWhatWasAppended(t *testing.T) {
	k := newKit(t)
	facts := k.some(3)
	next := k.again()
	next.mustHave(facts)
	if next.add(next.At(1, journal.Quiet{})); len(k.all()) != 4 {
		t.Error("the first store does not see what the second wrote")
	}
}

func TestNightsAreAlwaysThoseOfARebuild(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		k := newKit(t)
		draw := func(n int) int { return rapid.IntRange(0, n-1).Draw(rt, "choice") }
		all := journaltest.Web(k.Maker, rapid.IntRange(1, 25).Draw(rt, "size"), draw)
		all = rapid.Permutation(all).Draw(rt, "order")
		var mem journaltest.Mem
		for len(all) > 0 {
			n := rapid.IntRange(1, len(all)).Draw(rt, "batch")
			for _, log := range []journal.Log{k, &mem} {
				if _, err := log.Append(ctx, all[:n]...); err != nil {
					rt.Fatal(err)
				}
			}
			if again := rapid.Bool().Draw(rt, "again"); again {
				k.Append(ctx, all[0])
			}
			all = all[n:]
		}
		journaltest.Same(t, k, &mem)
		if err := os.Remove(k.path(dbName)); err != nil {
			rt.Fatal(err)
		}
		journaltest.Same(t, k.again(), &mem)
		k.mustBeSound()
	})
}

func TestWritersAtTheSameTimeLoseNothing(t *testing.T) {
	k := newKit(t)
	var wg sync.WaitGroup
	var mu sync.Mutex
	var all []journal.Entry
	for w := range 4 {
		wg.Go(func() {
			s := k.again()
			m := journaltest.NewMaker(t, uint64(100+w))
			for i := range 10 {
				e := m.At(float64(i), journaltest.Drink(i))
				if n, err := s.Append(ctx, e); n != 1 || err != nil {
					t.Errorf("writer %d: %d, %v", w, n, err)
				}
				if _, err := s.History(ctx); err != nil {
					t.Errorf("reader %d: %v", w, err)
				}
				mu.Lock()
				all = append(all, e)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	k.mustHave(all)
}

func TestWhatCannotBeADatabaseIsRefusedAndLeftAlone(t *testing.T) {
	for _, c := range []struct {
		name  string
		spoil func(k *kit, db string, old []byte) error
		words string
	}{
		{"garbage", func(k *kit, db string, old []byte) error {
			return os.WriteFile(db, slices.Repeat([]byte("garbage "), 4096), 0o600)
		}, "neither of its two first pages can be read"},
		{"a few bytes", func(k *kit, db string, old []byte) error { return os.WriteFile(db, []byte("x"), 0o600) }, "neither"},
		{"nothing", func(k *kit, db string, old []byte) error { return os.Truncate(db, 0) }, "0 bytes long"},
		{"half a file", func(k *kit, db string, old []byte) error { return os.Truncate(db, 4*4096) }, "its end is cut off"},
		{"a folder", func(k *kit, db string, old []byte) error { return errors.Join(os.Remove(db), os.Mkdir(db, 0o700)) }, "a folder"},
		{"a link", func(k *kit, db string, old []byte) error {
			return errors.Join(os.Rename(db, db+".real"), os.Symlink(db+".real", db))
		}, "a link to another place"},
	} {
		t.Run(c.name, func(t *testing.T) {
			k := newKit(t)
			k.broken = true
			k.some(40)
			if err := c.spoil(k, k.path(dbName), read(t, k.path(dbName))); err != nil {
				t.Fatal(err)
			}
			before := tree(t, filepath.Join(k.dir, journalName))
			for _, call := range everyCall(k) {
				mustFail(t, call(), journal.ErrDamaged, c.words, k.path(dbName), "lull check --repair")
			}
			if !maps.Equal(before, tree(t, filepath.Join(k.dir, journalName))) {
				t.Error("the journal was changed")
			}
			if r, err := k.Check(ctx); err != nil || r.Sound() || r.Damage == "" || r.Unfolded != 40 {
				t.Errorf("check says %+v, %v", r, err)
			}
			if err := os.Rename(k.path(dbName), k.path(dbName+".away")); err != nil {
				t.Fatal(err)
			}
			if n := len(k.again().all()); n != 40 {
				t.Errorf("after following the advice there are %d facts", n)
			}
		})
	}
}

// everyCall is one call of each kind that opens the database.
func everyCall(k *kit) []func() error {
	return []func() error{
		func() error { _, err := k.Append(ctx, k.At(0, journal.Quiet{})); return err },
		func() error { _, err := k.History(ctx); return err },
		func() error { _, err := k.Live(ctx, 0, 1); return err },
		func() error { _, _, err := k.Find(ctx, journal.ID{}); return err },
		func() error { _, err := k.Page(ctx, journal.ID{}, 1); return err },
		func() error { _, err := k.Latest(ctx, journal.ID{}, 1); return err },
		func() error { return k.Keep(ctx, "a", []byte("b")) },
		func() error { _, err := k.Kept(ctx, "a"); return err },
	}
}

func TestAFileInTheFoldersPlaceIsNamed(t *testing.T) {
	k := openKit(t, filepath.Join(t.TempDir(), "file"))
	write(t, k.dir, []byte("x"))
	_, err := k.Append(ctx, k.At(0, journal.Quiet{}))
	mustFail(t, err, nil, k.dir, "where lull needs a folder")
}

func TestAMissingDatabaseIsMadeAgainFromTheJournal(t *testing.T) {
	k := newKit(t)
	facts := k.some(30)
	before, err := k.History(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(k.path(dbName)); err != nil {
		t.Fatal(err)
	}
	next := k.again()
	next.mustHave(facts)
	after, err := next.History(ctx)
	if err != nil || !slices.Equal(before.Nights, after.Nights) {
		t.Errorf("nights were %v and are %v, %v", before.Nights, after.Nights, err)
	}
	next.mustWarn("has been rebuilt from")
	if len(*next.told) != 1 {
		t.Errorf("it was said %d times", len(*next.told))
	}
	next.add(next.At(1, journal.Quiet{}))
	next.segmentFile() // and still the same device, with the same segment
}

func TestAnOldBackupPutInPlaceCatchesUp(t *testing.T) {
	k := newKit(t)
	now := journaltest.Evening
	k.opts.Clock = func() time.Time { return now }
	facts := k.some(3)
	old := read(t, k.path(dbName))
	for range 4 {
		now = now.AddDate(0, 1, 0)
		facts = append(facts, k.some(3)...)
	}
	write(t, k.path(dbName), old)
	k.mustHave(facts)
}

func TestNightsThatWereMiscountedAreSummedAgain(t *testing.T) {
	k := newKit(t)
	k.some(9)
	before, err := k.History(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := k.write(ctx, func(_ *lease, g *ledger) error { return g.setNumber(metaNights, 99) }); err != nil {
		t.Fatal(err)
	}
	after, err := k.History(ctx)
	if err != nil || !slices.Equal(before.Nights, after.Nights) {
		t.Errorf("nights are %v, %v", after.Nights, err)
	}
}

func TestBackupsWithoutAJournalAreNotAFirstRun(t *testing.T) {
	k := newKit(t)
	k.broken = true
	k.some(1)
	if err := errors.Join(os.Remove(k.path(dbName)), os.RemoveAll(k.path(journalName))); err != nil {
		t.Fatal(err)
	}
	for _, call := range everyCall(k) {
		mustFail(t, call(), journal.ErrDamaged, "it is missing", filepath.Join(backupsName, "lull-2026-11-22.db"))
	}
}

func TestAReplacedFileIsNoticed(t *testing.T) {
	k := newKit(t)
	facts := k.some(3)
	before, err := k.Stamp()
	if err != nil {
		t.Fatal(err)
	}
	db := read(t, k.path(dbName))
	write(t, k.path("new"), db)
	if err := os.Rename(k.path("new"), k.path(dbName)); err != nil {
		t.Fatal(err)
	}
	if after, err := k.Stamp(); err != nil || after == before {
		t.Errorf("the stamp is %d still, %v", after, err)
	}
	k.mustHave(facts)
}

func TestACallGivesUpWithItsContext(t *testing.T) {
	k := newKit(t)
	k.some(1)
	held, err := acquire(ctx, k.path(lockName), time.Second, true)
	if err != nil {
		t.Fatal(err)
	}
	over, cancel := context.WithCancel(ctx)
	done := make(chan error)
	go func() { _, err := k.History(over); done <- err }()
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("it ended with %v", err)
	}
	held.release()
}

func TestALateLockIsGivenBack(t *testing.T) {
	k := newKit(t)
	k.some(1)
	held, err := acquire(ctx, k.path(lockName), time.Second, true)
	if err != nil {
		t.Fatal(err)
	}
	impatient := New(k.dir, Options{Clock: fixedClock, Wait: 1})
	for range 3 {
		_, err := impatient.History(ctx)
		mustFail(t, err, journal.ErrBusy, k.path(lockName), fmt.Sprintf("process %d", os.Getpid()))
	}
	held.release()
	for range 20 {
		k.some(1) // the waits that were given up are in the queue before these
	}
}

func TestALockOnAFileThatIsGoneIsNoLock(t *testing.T) {
	path := filepath.Join(t.TempDir(), lockName)
	l, err := openLock(path, true)
	if err != nil {
		t.Fatal(err)
	}
	defer l.release()
	if !l.stillAt(path) {
		t.Error("it is there")
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if l.stillAt(path) {
		t.Error("it is gone")
	}
	write(t, path, nil)
	if l.stillAt(path) {
		t.Error("another file is there")
	}
}

func TestALockFileThatIsTakenAwayIsMadeAgain(t *testing.T) {
	k := newKit(t)
	k.some(1)
	held, err := acquire(ctx, k.path(lockName), time.Second, true)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(k.path(lockName)); err != nil {
		t.Fatal(err)
	}
	k.some(1)
	held.release()
	k.some(1)
}

// steps counts the steps of a kind that the store takes from now on.
func (k *kit) steps(kind string) *int {
	n := new(int)
	k.testOnlyStep = func(at string) error {
		if at == kind {
			*n++
		}
		return nil
	}
	return n
}

func TestAFileIsVerifiedOnceAndThenTrusted(t *testing.T) {
	k := newKit(t)
	k.some(2)
	next := k.again()
	verified := next.steps("verify")
	next.some(5)
	next.all()
	if *verified != 0 {
		t.Errorf("a file nobody touched was verified %d times", *verified)
	}
	later := journaltest.Evening.AddDate(9, 0, 0)
	if err := os.Chtimes(k.path(dbName), later, later); err != nil {
		t.Fatal(err)
	}
	next.all()
	next.some(1)
	if *verified != 1 {
		t.Errorf("a file somebody touched was verified %d times", *verified)
	}
	write(t, k.path(lockName), []byte("sound nonsense"))
	next.all()
	next.all()
	if *verified != 2 {
		t.Errorf("without a note it was verified %d times in all", *verified)
	}
}

func TestOrdinaryCallsDoNotListTheJournal(t *testing.T) {
	k := newKit(t)
	k.some(2)
	hidden := filepath.Join(filepath.Dir(k.segmentFile()), "202501-00000000.jsonl")
	_, before := k.glance()
	k.all()
	if _, sum := k.glance(); sum != before || k.lockNote().glance != sum {
		t.Error("a read did not note that everything is folded")
	}
	write(t, hidden, nil)
	if _, sum := k.glance(); sum == before {
		t.Error("a new segment does not show")
	}
	k.all()
	if _, sum := k.glance(); k.lockNote().glance != sum {
		t.Error("a read did not note the new folder")
	}
}

func (k *kit) lockNote() note {
	k.t.Helper()
	held, err := acquire(ctx, k.path(lockName), time.Second, false)
	if err != nil {
		k.t.Fatal(err)
	}
	defer held.release()
	return held.note()
}
