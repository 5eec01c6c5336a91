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

	"lull/routine/journal"
)

func TestFilesAreTheOwnersAlone(t *testing.T) {
	k := newKit(t)
	k.some(1)
	err := filepath.WalkDir(k.dir, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		want := os.FileMode(0o600)
		if d.IsDir() {
			want = 0o700
		}
		if info.Mode().Perm() != want {
			t.Errorf("%s is %v", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestAFolderOthersCanChangeIsRefused(t *testing.T) {
	k := newKit(t)
	k.some(1)
	if err := os.Chmod(k.dir, 0o702); err != nil {
		t.Fatal(err)
	}
	_, err := k.History(ctx)
	mustFail(t, err, nil, "can be changed by others", "chmod go-w "+k.dir)
	_, err = k.Append(ctx, k.At(0, journal.Quiet{}))
	mustFail(t, err, nil, "can be changed by others")
	if err := os.Chmod(k.dir, 0o755); err != nil {
		t.Fatal(err)
	}
	k.some(1)
}

func TestADatabaseOthersCouldReadIsTakenBack(t *testing.T) {
	k := newKit(t)
	k.some(1)
	if err := os.Chmod(k.path(dbName), 0o644); err != nil {
		t.Fatal(err)
	}
	k.some(1)
	if info, err := os.Stat(k.path(dbName)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("it is %v, %v", info.Mode(), err)
	}
}

// visit sends a child into the folder as somebody without a superuser's rights,
// on a copy of this binary that they may run, and returns what it said.
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

// giveAway makes the folder the visitor's, with these modes.
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

// Of what may not be read nobody is told that it cannot be written to.
func TestWhatMayNotBeReadIsSaidToBeThat(t *testing.T) {
	k := reachable(t)
	k.some(3)
	k.giveAway(0o700, 0o600)
	if err := os.Chmod(k.path(dbName), 0); err != nil {
		t.Fatal(err)
	}
	out := k.visit()
	if !strings.Contains(out, "open "+k.path(dbName)+": it is not yours to read") || strings.Contains(out, "cannot be written") ||
		!strings.Contains(out, "read only true") {
		t.Errorf("the visitor said %s", out)
	}
}

// A file of the inbox that cannot be opened or taken away keeps nobody from
// recording.
func TestAnInboxThatCannotBeEmptiedHoldsNothingUp(t *testing.T) {
	for name, c := range map[string]struct {
		folder, file os.FileMode
		said, read   string
	}{
		"not to be opened":     {0o700, 0, "it is not yours to read", "read 3 <nil>"},
		"not to be taken away": {0o500, 0o600, "the folder cannot be written to", "read 4 <nil>"},
	} {
		k := reachable(t)
		k.some(3)
		file := k.drop(k.At(9, journal.Quiet{}))
		k.giveAway(0o700, 0o600)
		if err := errors.Join(os.Chmod(file, c.file), os.Chmod(k.path(inboxName), c.folder)); err != nil {
			t.Fatal(err)
		}
		out := k.visit()
		if !strings.Contains(out, c.read) || !strings.Contains(out, "read only false") || !strings.Contains(out, c.said) {
			t.Errorf("%s: the visitor said %s", name, out)
		}
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
