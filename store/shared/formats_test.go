package shared

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
)

// A machine whose file is of the first format exchanges like any other, whether
// it is brought to a later one before or while it does.
func TestAMachineOfTheFirstFormatExchanges(t *testing.T) {
	f, a, b := t.TempDir(), newHome(t, 1), newHome(t, 2)
	if err := errors.Join(os.CopyFS(b.dir, os.DirFS(filepath.Join("..", "testdata", "format-1"))), os.Chmod(b.dir, 0o700)); err != nil {
		t.Fatal(err)
	}
	a.some(4)
	a.wants(f, 0, 4, 0, 0)
	b.wants(f, 4, 9, 0, 0)
	a.wants(f, 9, 0, 0, 0)
	same(t, a, b)
	if s, err := b.Status(ctx, f); err != nil || len(s.Machines) != 2 {
		t.Errorf("the status is %+v, %v", s, err)
	}
}

// Somebody put the database of one machine into the folder of the other. Each
// goes on under a name of its own, and both come to hold everything.
func TestFilesOfTwoMachinesMixedUpLoseNothing(t *testing.T) {
	f, a, b := t.TempDir(), newHome(t, 1), newHome(t, 2)
	a.some(3)
	b.some(4) // of which the folder has nothing yet
	a.meet(f)
	write(t, filepath.Join(b.dir, "lull.db"), read(t, filepath.Join(a.dir, "lull.db")))
	b.opened()
	b.add(b.At(40, journal.Quiet{}))
	a.add(a.At(41, journaltest.Cramp(3)))
	if b.meet(f); b.file(f) == a.file(f) {
		t.Error("both write the same file")
	}
	a.meet(f)
	b.meet(f)
	if out := a.meet(f); out.Came+out.Went > 0 || out.Renamed != "" {
		t.Errorf("it does not end: %+v", out)
	}
	journaltest.Same(t, a, b)
	if n := len(a.lines()); n != 9 {
		t.Errorf("there are %d facts", n)
	}
}
