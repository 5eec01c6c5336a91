//go:build !windows

package shared

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"lull/routine/journal"
	"lull/routine/peers"
)

func TestLinksAndPipesAreNeitherFollowedNorWaitedFor(t *testing.T) {
	f, a, b := t.TempDir(), newHome(t, 1), newHome(t, 2)
	a.some(2)
	a.meet(f)
	secret := filepath.Join(t.TempDir(), "secret.jsonl")
	write(t, secret, lineOf(t, a.At(9, a.some(1)[0].Fact)))
	for name, make := range map[string]func(string) error{
		"away.jsonl":   func(p string) error { return os.Symlink(secret, p) },
		"beside.jsonl": func(p string) error { return os.Symlink(filepath.Base(a.file(f)), p) },
		"loop.jsonl":   func(p string) error { return os.Symlink("loop.jsonl", p) },
		"pipe.jsonl":   func(p string) error { return syscall.Mkfifo(p, 0o600) },
	} {
		if err := make(filepath.Join(f, name)); err != nil {
			t.Fatal(err)
		}
	}
	b.wants(f, 2, 0, 0, 4)
}

func TestAMachineNeverWritesThroughALink(t *testing.T) {
	f, a := t.TempDir(), newHome(t, 1)
	a.some(2)
	a.meet(f)
	mine, target := a.file(f), filepath.Join(t.TempDir(), "target")
	text := read(t, mine)
	write(t, target, text)
	for name, put := range map[string]func() error{
		"link": func() error { return os.Symlink(target, mine) },
		"pipe": func() error { return syscall.Mkfifo(mine, 0o600) },
		"dir":  func() error { return os.Mkdir(mine, 0o700) },
	} {
		if err := os.Remove(mine); err != nil {
			t.Fatal(err)
		}
		if err := put(); err != nil {
			t.Fatal(err)
		}
		a.some(1)
		out := a.wants(f, 0, 0, 0, 1)
		if !strings.Contains(out.Refused[0].Why, "move it away") {
			t.Errorf("%s: %+v", name, out.Refused)
		}
		if string(read(t, target)) != string(text) {
			t.Fatalf("%s: it wrote outside the folder", name)
		}
	}
	// Its temporary file is not a way out either.
	if err := os.Remove(mine); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(target, filepath.Join(f, "."+filepath.Base(mine)+".tmp")); err != nil {
		t.Fatal(err)
	}
	a.meet(f)
	if string(read(t, target)) != string(text) {
		t.Fatal("it wrote outside the folder")
	}
	if info, err := os.Lstat(mine); err != nil || info.Mode().Perm() != 0o600 || !info.Mode().IsRegular() {
		t.Errorf("the file is %v, %v", info, err)
	}
	if _, may := peers.Recognise(filepath.Base(mine)); !may {
		t.Error("nobody would read it")
	}
}

func TestAFolderThatCannotBeWrittenIsStillRead(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write anywhere")
	}
	f, a, b := t.TempDir(), newHome(t, 1), newHome(t, 2)
	a.some(2)
	a.meet(f)
	b.some(1)
	if err := os.Chmod(f, 0o500); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(f, 0o700)
	b.wants(f, 2, 0, 0, 1)
}

func TestWhatIsRememberedIsNotWrittenThroughALink(t *testing.T) {
	f, a := t.TempDir(), newHome(t, 1)
	a.some(1)
	a.meet(f)
	target := filepath.Join(t.TempDir(), "letter")
	write(t, target, []byte("mine"))
	made, err := filepath.Glob(filepath.Join(a.dir, "sync", "*.state"))
	if err != nil || len(made) != 1 {
		t.Fatalf("remembered in %q, %v", made, err)
	}
	if err := os.Symlink(target, made[0]+".tmp"); err != nil {
		t.Fatal(err)
	}
	a.some(1)
	a.meet(f)
	if got := string(read(t, target)); got != "mine" {
		t.Errorf("behind the link stands %.80q", got)
	}
}

// What stands where an exchange keeps its own files is neither followed nor
// waited for.
func TestWhatIsRememberedIsNotReadThroughALinkOrAPipe(t *testing.T) {
	f, a := t.TempDir(), newHome(t, 1)
	a.some(1)
	a.meet(f)
	dir := filepath.Join(a.dir, "sync")
	made, err := filepath.Glob(filepath.Join(dir, "*.state"))
	if err != nil || len(made) != 1 {
		t.Fatalf("remembered in %q, %v", made, err)
	}
	if err := os.Remove(made[0]); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(made[0], 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Glance(ctx, f); err != nil {
		t.Error(err)
	}
	away := filepath.Join(t.TempDir(), "away")
	if err := os.Rename(dir, away); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(away, dir); err != nil {
		t.Fatal(err)
	}
	before, _ := os.ReadDir(away)
	a.now = a.now.Add(time.Hour)
	if _, err := a.All(ctx, f); err == nil || !strings.Contains(err.Error(), dir+" is a link") {
		t.Errorf("the folder is a link, and the error is %v", err)
	}
	if after, _ := os.ReadDir(away); len(after) != len(before) {
		t.Errorf("behind the link stand %v", after)
	}
	if err := errors.Join(os.Remove(dir), os.Mkdir(dir, 0o700), os.Chmod(dir, 0o777)); err != nil {
		t.Fatal(err)
	}
	if _, err := a.All(ctx, f); err == nil || !strings.Contains(err.Error(), "chmod go-w "+dir) {
		t.Errorf("others may write there, and the error is %v", err)
	}
	if err := os.Chmod(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	a.meet(f)
}

// Another exchange that is stopped half way holds nobody up for ever, and is named.
func TestAnotherExchangeIsNotWaitedForForEver(t *testing.T) {
	f, a := t.TempDir(), newHome(t, 1)
	a.some(1)
	release, err := a.ExchangeAlone(ctx, time.Second)
	if err != nil {
		t.Fatal(err)
	}
	a.Exchange.o.Wait = time.Millisecond
	_, err = a.All(ctx, f)
	if !errors.Is(err, journal.ErrBusy) || !strings.Contains(err.Error(), filepath.Join(a.dir, "sync", "lock")+" is held by") {
		t.Errorf("the error is %v", err)
	}
	release()
	a.meet(f)
}
