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

// asOwnerOf lets a child run as somebody without a superuser's rights, on a
// copy of this binary that they may run.
func (k *kit) visit() string {
	k.t.Helper()
	visitor := child(k.t, "visitor", k.dir)
	if os.Geteuid() == 0 {
		self := filepath.Join(filepath.Dir(k.dir), "visitor")
		write(k.t, self, read(k.t, visitor.Path))
		if err := os.Chmod(self, 0o755); err != nil {
			k.t.Fatal(err)
		}
		visitor.Path, visitor.Dir = self, filepath.Dir(k.dir)
		visitor.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	out, err := visitor.Output()
	if err != nil {
		k.t.Fatalf("%v: %s", err, out)
	}
	return string(out)
}

const nobody = 65534

// giveAway makes a folder that a child without rights can reach, and afterwards
// makes it the child's, with these modes.
func (k *kit) giveAway(folder, file os.FileMode) {
	k.t.Helper()
	err := filepath.WalkDir(k.dir, func(path string, d os.DirEntry, err error) error {
		mode := file
		if d.IsDir() {
			mode = folder
		}
		if os.Geteuid() == 0 {
			err = errors.Join(err, os.Chown(path, nobody, nobody))
		}
		return errors.Join(err, os.Chmod(path, mode))
	})
	if err != nil {
		k.t.Fatal(err)
	}
}

// reachable is a kit in a folder whose parents everybody may enter.
func reachable(t *testing.T) *kit {
	t.Helper()
	dir, err := os.MkdirTemp("", "lull-visited")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
			if err == nil && d.IsDir() {
				_ = os.Chmod(path, 0o700)
			}
			return err
		})
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return openKit(t, filepath.Join(dir, "lull"))
}

func TestAReadOnlyFolderCanBeRead(t *testing.T) {
	for _, withLock := range []bool{true, false} {
		t.Run(fmt.Sprintf("lock file %v", withLock), func(t *testing.T) {
			k := reachable(t)
			k.some(3)
			if !withLock {
				if err := os.Remove(k.path(lockName)); err != nil {
					t.Fatal(err)
				}
			}
			k.giveAway(0o500, 0o400)
			before := tree(t, k.dir)
			out := k.visit()
			if !strings.Contains(out, "read 3 <nil>") || !strings.Contains(out, "read only true") {
				t.Errorf("the visitor said %s", out)
			}
			if after := tree(t, k.dir); len(after) != len(before) {
				t.Errorf("files were %d and are %d", len(before), len(after))
			}
		})
	}
}

func TestAReadOnlyFolderThatIsBehindSaysSo(t *testing.T) {
	k := reachable(t)
	k.some(3)
	k.stopAt("fold")
	if _, err := k.Append(ctx, k.At(0, journal.Quiet{})); !errors.Is(err, errStop) {
		t.Fatal(err)
	}
	k.giveAway(0o500, 0o400)
	if out := k.visit(); !strings.Contains(out, "read 3 <nil>") || !strings.Contains(out, "the newest facts may be missing") {
		t.Errorf("the visitor said %s", out)
	}
}

func TestAnothersFolderIsRefused(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can give a folder away")
	}
	k := openKit(t, filepath.Join(t.TempDir(), "lull"))
	k.some(1)
	if err := os.Chown(k.dir, nobody, nobody); err != nil {
		t.Fatal(err)
	}
	for _, call := range everyCall(k) {
		mustFail(t, call(), nil, k.dir, "belongs to another user")
	}
}

func TestRightsDoNotDependOnTheUmask(t *testing.T) {
	old := syscall.Umask(0)
	defer syscall.Umask(old)
	TestFilesAreTheOwnersAlone(t)
}
