package store

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
)

func init() {
	children["repairer"] = func(dir string) {
		_, err := New(dir, Options{Clock: fixedClock}).Repair(ctx)
		fmt.Println("over", err)
	}
	children["restorer"] = func(dir string) {
		_, err := New(dir, Options{Clock: fixedClock}).Restore(ctx, filepath.Join(filepath.Dir(dir), "then.db"), RestoreOptions{Lose: true})
		fmt.Println("over", err)
	}
}

// killed runs a child and kills it after a while, if it is not over by then.
func (k *kit) killed(play string, after time.Duration) (over bool) {
	k.t.Helper()
	c := child(k.t, play, k.dir)
	if err := c.Start(); err != nil {
		k.t.Fatal(err)
	}
	timer := time.AfterFunc(after, func() { _ = c.Process.Kill() })
	defer timer.Stop()
	return c.Wait() == nil
}

// TestARepairKilledAtAnyMomentLosesNothing kills repairs and restores at random
// moments. After a repair every fact is there, or the file is still refused and
// the next repair brings them; after a restore every fact of the file is, and the
// same restore again does the rest.
func TestARepairKilledAtAnyMomentLosesNothing(t *testing.T) {
	trials := 24
	if testing.Short() {
		trials = 6
	}
	k := openKit(t, filepath.Join(t.TempDir(), "lull"))
	facts := k.some(60)
	file := filepath.Join(filepath.Dir(k.dir), "then.db")
	if _, err := k.BackUp(ctx, file, CopyOptions{}); err != nil {
		t.Fatal(err)
	}
	newer := k.add(k.At(900, journal.Quiet{}), k.At(901, journaltest.Drink(1)))
	saved := filepath.Join(t.TempDir(), "saved")
	if err := os.CopyFS(saved, os.DirFS(k.dir)); err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	over, want := 0, -1
	for i := range trials {
		k.remove("")
		if err := errors.Join(os.CopyFS(k.dir, os.DirFS(saved)), os.Chmod(k.dir, 0o700)); err != nil {
			t.Fatal(err)
		}
		next := k.again()
		after := time.Duration(2+r.IntN(40)) * time.Millisecond
		if i%2 == 0 {
			db := read(t, k.path(dbName))
			write(t, k.path(dbName), db[:len(db)/2])
			k.remove(journalName)
			if want < 0 { // what a repair that nobody disturbs brings back
				after = time.Minute
			}
			if k.killed("repairer", after) {
				over++
			}
			if _, err := next.History(ctx); errors.Is(err, journal.ErrDamaged) {
				next.repair()
			}
			got := len(next.all())
			if want < 0 {
				want = got
			}
			if got != want || got < 10 {
				t.Fatalf("trial %d: %d facts, want %d", i, got, want)
			}
		} else {
			if k.killed("restorer", after) {
				over++
			}
			if got := len(next.all()); got < len(facts) || got > len(facts)+len(newer) {
				t.Fatalf("trial %d: %d facts", i, got)
			}
			if _, err := next.Restore(ctx, file, RestoreOptions{Lose: true}); err != nil {
				t.Fatalf("trial %d: %v", i, err)
			}
			next.mustHave(facts)
		}
		next.mustBeSound()
		if t.Failed() {
			t.Fatalf("trial %d, killed after %v", i, after)
		}
	}
	t.Logf("%d of %d were over before they were killed", over, trials)
}
