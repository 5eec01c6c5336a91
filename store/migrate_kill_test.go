package store

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
)

func init() {
	children["migrator"] = func(dir string) {
		s := New(dir, Options{Clock: fixedClock})
		_, err := s.History(ctx)
		fmt.Println("over", err)
	}
}

// older is the same folder seen by a store that knows only the first format.
func (k *kit) older() *kit {
	next := k.again()
	next.migrations = nil
	return next
}

func (k *kit) format() int {
	k.t.Helper()
	return k.report().Format
}

// everyImprint wants each segment to have an imprint of all that was folded.
func (k *kit) everyImprint() {
	k.t.Helper()
	names, err := k.segmentNames()
	if err != nil {
		k.t.Fatal(err)
	}
	err = k.read(ctx, func(_ *lease, g *ledger) error {
		for _, name := range names {
			p, _ := g.progress(name)
			f, err := os.Open(k.segmentPath(name))
			if err != nil {
				return err
			}
			want, err := pressed(f, imprint{}, p.offset)
			if got, known := g.imprint(name); err != nil || !known || got != want || got.offset == 0 {
				k.t.Errorf("%s: the imprint is %+v, %v, want %+v, %v", name, got, known, want, err)
			}
			_ = f.Close()
		}
		return nil
	})
	if err != nil {
		k.t.Fatal(err)
	}
}

func TestAFileOfTheFirstFormatIsBackedUpAndThenMigrated(t *testing.T) {
	k := fixture(t, 1)
	before := read(t, k.path(dbName))
	if k.format() != 1 {
		t.Fatal("the fixture is not of the first format")
	}
	k.mustBeTheFixture()
	if k.format() != formatVersion {
		t.Errorf("the format is %d", k.format())
	}
	k.everyImprint()
	k.mustBeSound()
	backup := k.path(filepath.Join(backupsName, "lull-2026-11-22-pre-format-2.db"))
	old := openKit(t, filepath.Join(t.TempDir(), "old"))
	if err := os.Mkdir(old.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, old.path(dbName), read(t, backup))
	if old.format() != 1 {
		t.Error("the backup is not of the first format")
	}
	old.mustBeTheFixture()
	if len(before) == 0 || len(*k.told) > 0 {
		t.Errorf("told %q", *k.told)
	}
}

// Half done is: the room is there, and the file does not say so.
func TestAMigrationThatIsHalfDoneIsEnded(t *testing.T) {
	k := fixture(t, 1)
	err := withBolt(opening{path: k.path(dbName)}, func(db *bolt.DB) error {
		return db.Update(func(tx *bolt.Tx) error { return addImprints(tx) })
	})
	if err != nil {
		t.Fatal(err)
	}
	k.mustBeTheFixture()
	k.everyImprint()
	if k.format() != formatVersion {
		t.Errorf("the format is %d", k.format())
	}
}

func TestASpoiledFileOfTheFirstFormatIsMendedAndMigrated(t *testing.T) {
	k := fixture(t, 1)
	b := read(t, k.path(dbName))
	spoiled := strings.ReplaceAll(string(b), `"pain":7`, `"pain":9`)
	if spoiled == string(b) {
		t.Fatal("nothing was spoiled")
	}
	write(t, k.path(dbName), []byte(spoiled))
	k.mustBeTheFixture()
	k.mustWarn("could not be read")
	k.everyImprint()
	k.mustBeSound()
}

func TestADamagedFileOfTheFirstFormatIsRepaired(t *testing.T) {
	k := fixture(t, 1)
	b := read(t, k.path(dbName))
	write(t, k.path(dbName), b[:len(b)/2])
	_, err := k.History(ctx)
	mustFail(t, err, journal.ErrDamaged, "lull check --repair")
	if done := k.repair(); len(done.Lost) > 0 || k.format() != formatVersion {
		t.Errorf("%+v", done)
	}
	k.mustHave(fixtureFacts(t))
	k.everyImprint()
}

func TestABackupOfTheFirstFormatIsRestored(t *testing.T) {
	file := filepath.Join(fixtureFolder(1), dbName)
	k := newKit(t)
	k.restore(file, RestoreOptions{})
	k.mustHave(fixtureFacts(t))
	if k.format() != formatVersion {
		t.Errorf("the format is %d", k.format())
	}
	k.everyImprint()

	k = newKit(t)
	k.Maker = journaltest.NewMaker(t, 5)
	mine := k.some(3)
	k.restore(file, RestoreOptions{Keep: true})
	k.mustHave(append(mine, fixtureFacts(t)...))
	k.restore(file, RestoreOptions{Lose: true})
	k.mustBeTheFixture()
}

// Where nothing can be written, the answers of the first format are still right.
func TestAFileOfTheFirstFormatIsReadWhereNothingCanBeWritten(t *testing.T) {
	k := fixture(t, 1)
	k.testOnlyStep = func(at string) error {
		if at == "migrate" {
			return journal.ErrFull
		}
		return nil
	}
	k.mustBeTheFixture()
	if len(*k.told) > 0 || k.format() != 1 {
		t.Errorf("told %q", *k.told)
	}
}

// TestALullOfTheFirstFormatGoesOnWithTheFile lets both write by turns. The older
// one knows nothing of imprints, so those are put back after it.
func TestALullOfTheFirstFormatGoesOnWithTheFile(t *testing.T) {
	k := fixture(t, 1)
	var want journaltest.Mem
	facts := fixtureFacts(t)
	for i := range 4 {
		facts = append(facts, k.add(k.At(float64(100+i), journaltest.Drink(i)))...)
		var stale []imprint
		names, err := k.segmentNames()
		if err != nil {
			t.Fatal(err)
		}
		inspect := func(fn func(g *ledger, name string) error) {
			t.Helper()
			err := k.older().write(ctx, func(_ *lease, g *ledger) error {
				for _, name := range names {
					if err := fn(g, name); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		inspect(func(g *ledger, name string) error {
			im, _ := g.imprint(name)
			stale = append(stale, im)
			return nil
		})
		old := k.older()
		facts = append(facts, old.add(k.At(float64(200+i), journaltest.Cramp(i)))...)
		if i == 3 {
			facts = append(facts, old.add(old.Withdraw(facts[0]))...)
		}
		inspect(func(g *ledger, name string) error {
			im := stale[0]
			stale = stale[1:]
			return g.setImprint(name, im)
		})
	}
	if _, err := want.Append(ctx, facts...); err != nil {
		t.Fatal(err)
	}
	journaltest.Same(t, k, &want)
	journaltest.Same(t, k.older(), &want)
	facts = append(facts, k.add(k.At(300, journal.Quiet{}))...)
	k.mustHave(facts)
	k.everyImprint()
	k.mustBeSound()
	if len(*k.told) > 0 || k.format() != formatVersion {
		t.Errorf("told %q", *k.told)
	}
}

// TestAMigrationKilledAtAnyMomentLosesNothing stops it at its steps and kills it
// at random moments. What comes next ends it.
func TestAMigrationKilledAtAnyMomentLosesNothing(t *testing.T) {
	for _, step := range []string{"migrate", "migrated"} {
		k := fixture(t, 1)
		k.stopAt(step)
		if _, err := k.History(ctx); !errors.Is(err, errStop) {
			t.Fatal(err)
		}
		next := k.again()
		next.mustBeTheFixture()
		next.everyImprint()
	}
	trials := 20
	if testing.Short() {
		trials = 8
	}
	k := openKit(t, filepath.Join(t.TempDir(), "lull"))
	k.migrations = nil
	var facts []journal.Entry
	for i := range 900 {
		facts = append(facts, k.At(float64(i), journaltest.Cramp(i%11)))
	}
	k.add(facts...)
	saved := filepath.Join(t.TempDir(), "saved")
	if err := os.CopyFS(saved, os.DirFS(k.dir)); err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(4, 4))
	begun, over := 0, 0
	for i := range trials {
		k.remove("")
		if err := errors.Join(os.CopyFS(k.dir, os.DirFS(saved)), os.Chmod(k.dir, 0o700)); err != nil {
			t.Fatal(err)
		}
		after := time.Duration(4+r.IntN(24)) * time.Millisecond
		if k.killed("migrator", after) {
			over++
		}
		if slices.ContainsFunc(k.backups(), func(name string) bool { return strings.Contains(name, "pre-format") }) {
			begun++
		}
		next := k.again()
		next.mustHave(facts)
		next.everyImprint()
		next.mustBeSound()
		if r := next.report(); r.Format != formatVersion || t.Failed() {
			t.Fatalf("trial %d, killed after %v: %+v", i, after, r)
		}
	}
	t.Logf("%d of %d had their backup before they were killed, %d were over", begun, trials, over)
}
