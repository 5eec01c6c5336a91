//go:build unix

package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
)

func init() {
	children["filler"] = childFiller
	children["copier"] = childCopier
}

// childCopier backs up, repairs and restores where no file may be larger than a
// few pages.
func childCopier(dir string) {
	limit := syscall.Rlimit{Cur: 8 << 10, Max: 8 << 10}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		panic(err)
	}
	s := New(dir, Options{Clock: fixedClock})
	for _, plain := range []bool{false, true} {
		_, err := s.BackUp(ctx, filepath.Join(filepath.Dir(dir), "out", "x.db"), CopyOptions{Plain: plain})
		fmt.Println("full", errors.Is(err, journal.ErrFull), err)
	}
	_, err := s.Restore(ctx, filepath.Join(filepath.Dir(dir), "other.db"), RestoreOptions{Lose: true})
	fmt.Println("full", errors.Is(err, journal.ErrFull), err)
}

// A disk that is too full for a copy is told, and nothing is left of the try.
func TestAFullDiskLeavesNoHalfACopy(t *testing.T) {
	k := newKit(t)
	facts := k.some(90)
	out := filepath.Join(filepath.Dir(k.dir), "out")
	if err := os.Mkdir(out, 0o700); err != nil {
		t.Fatal(err)
	}
	other := newKit(t)
	other.some(60)
	if _, err := other.BackUp(ctx, filepath.Join(filepath.Dir(k.dir), "other.db"), CopyOptions{}); err != nil {
		t.Fatal(err)
	}
	before := tree(t, k.dir)
	said, err := child(t, "copier", k.dir).Output()
	if err != nil || strings.Count(string(said), "full true") != 3 || !strings.Contains(string(said), "make room and try again") {
		t.Errorf("%v: %s", err, said)
	}
	if left := tree(t, out); len(left) > 0 {
		t.Errorf("left are %v", left)
	}
	after := tree(t, k.dir)
	for name := range after {
		if strings.HasSuffix(name, unfinished) || len(after) != len(before) {
			t.Errorf("%s is left; %d files were %d", name, len(after), len(before))
		}
	}
	k.mustHave(facts)
}

func TestAHolderThatIsStoppedIsSaidToBe(t *testing.T) {
	if _, err := os.Stat("/proc/locks"); err != nil {
		t.Skip("this system does not tell who holds a lock")
	}
	k := newKit(t)
	k.some(1)
	pid, release := k.hold()
	defer release()
	if err := syscall.Kill(pid, syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = syscall.Kill(pid, syscall.SIGCONT) }()
	k.opts.Wait = 50 * time.Millisecond
	for range 100 { // until the kernel has stopped it
		if stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid)); err != nil || strings.Contains(string(stat), ") T ") {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	_, err := k.History(ctx)
	mustFail(t, err, journal.ErrBusy, fmt.Sprintf("kill -CONT %d", pid))
}

const fileLimit = 300 << 10

// childFiller appends until no file may grow any more.
func childFiller(dir string) {
	limit := syscall.Rlimit{Cur: fileLimit, Max: fileLimit}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		panic(err)
	}
	s := New(dir, Options{Clock: fixedClock})
	var mint journal.Mint
	for i := range 10_000 {
		at := journaltest.Evening.Add(time.Duration(i) * time.Hour)
		e := journal.New(&mint, journal.DefaultCalendar, at, at, journal.Cramped{Note: strings.Repeat("n", 400)})
		if _, err := s.Append(ctx, e); err != nil {
			fmt.Println("full", errors.Is(err, journal.ErrFull), err)
			return
		}
		fmt.Println("kept", e.ID)
	}
}

func TestAFullDiskLosesNothingAndWorksAgainWithRoom(t *testing.T) {
	k := newKit(t)
	out, err := child(t, "filler", k.dir).Output()
	if err != nil || !strings.Contains(string(out), "full true") {
		t.Fatalf("%v: %.2000s", err, out[max(0, len(out)-2000):])
	}
	ids := acknowledged(t, string(out))
	if len(ids) == 0 {
		t.Fatal("nothing was written before the disk was full")
	}
	k.mustHaveAll(ids)
	k.some(5)
}
