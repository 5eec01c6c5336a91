//go:build unix

package home_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"lull/routine/settings"
)

func says(t *testing.T, err error, words ...string) {
	t.Helper()
	for _, w := range words {
		if err == nil || !strings.Contains(err.Error(), w) {
			t.Errorf("it says %v, not %q", err, w)
		}
	}
}

// Settings name programs that are run: what others can write is not read.
func TestSettingsThatOthersCanChangeAreRefused(t *testing.T) {
	h := fresh(t)
	write(t, h.ConfigFile(), "bell = true\n")
	if _, err := h.Settings(); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{h.ConfigFile(), h.Config} {
		before := mode(t, path)
		if err := os.Chmod(path, before|0o002); err != nil {
			t.Fatal(err)
		}
		_, err := h.Settings()
		says(t, err, path+" can be changed by others", "chmod go-w "+path)
		_, err = h.Change([]settings.Change{{Key: "theme", Value: "night"}})
		says(t, err, "chmod go-w "+path)
		if err := os.Chmod(path, before); err != nil {
			t.Fatal(err)
		}
	}
	if text, err := h.ReadConfig(); err != nil || string(text) != "bell = true\n" {
		t.Errorf("it is %q now, %v", text, err)
	}
}

func TestSettingsBehindALinkAreGuardedWhereTheyLie(t *testing.T) {
	h := fresh(t)
	real := filepath.Join(t.TempDir(), "lull.toml")
	write(t, real, "bell = true\n")
	write(t, filepath.Join(h.Config, "x"), "")
	if err := os.Symlink(real, h.ConfigFile()); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Settings(); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(real, 0o666); err != nil {
		t.Fatal(err)
	}
	_, err := h.Settings()
	says(t, err, "can be changed by others")
}

func TestAnothersSettingsAreRefused(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can give a file away")
	}
	h := fresh(t)
	write(t, h.ConfigFile(), "bell = true\n")
	if err := os.Chown(h.ConfigFile(), 65534, 65534); err != nil {
		t.Fatal(err)
	}
	_, err := h.Settings()
	says(t, err, "belongs to another user (number 65534)", "a copy of your own")
}

func TestRoutinesThatOthersCanChangeAreLeftOut(t *testing.T) {
	h := fresh(t)
	write(t, filepath.Join(h.RoutinesDir(), "good.toml"), "x")
	write(t, filepath.Join(h.RoutinesDir(), "open.toml"), "x")
	if err := os.Chmod(filepath.Join(h.RoutinesDir(), "open.toml"), 0o666); err != nil {
		t.Fatal(err)
	}
	files, err := h.Routines()
	says(t, err, "open.toml can be changed by others", "chmod go-w")
	if len(files) != 1 || filepath.Base(files[0].Path) != "good.toml" {
		t.Errorf("it read %v", files)
	}
	if err := os.Chmod(h.RoutinesDir(), 0o777); err != nil {
		t.Fatal(err)
	}
	files, err = h.Routines()
	says(t, err, h.RoutinesDir()+" can be changed by others")
	if len(files) > 0 {
		t.Errorf("it read %v", files)
	}
	_, err = h.WriteRoutine("mine", []byte("x"))
	says(t, err, h.RoutinesDir()+" can be changed by others")
}

// A pipe in the place of a file would have lull wait for somebody to write to it.
func TestAPipeIsRefusedAndNotWaitedFor(t *testing.T) {
	h := fresh(t)
	write(t, filepath.Join(h.RoutinesDir(), "good.toml"), "x")
	for _, path := range []string{h.ConfigFile(), filepath.Join(h.RoutinesDir(), "pipe.toml")} {
		if err := syscall.Mkfifo(path, 0o600); err != nil {
			t.Skip("no pipes here: ", err)
		}
	}
	done := make(chan bool)
	go func() {
		defer close(done)
		_, err := h.Settings()
		says(t, err, h.ConfigFile(), "no ordinary file")
		files, err := h.Routines()
		says(t, err, "pipe.toml", "no ordinary file")
		if len(files) != 1 {
			t.Errorf("it read %v", files)
		}
	}()
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		t.Fatal("it waits for the pipe")
	}
}

func TestWhatIsWrittenIsTheOwnersAloneWhateverTheUmask(t *testing.T) {
	old := syscall.Umask(0)
	defer syscall.Umask(old)
	h := fresh(t)
	if err := h.WriteConfig([]byte("bell = true\n")); err != nil {
		t.Fatal(err)
	}
	path, err := h.WriteRoutine("mine", []byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]os.FileMode{h.ConfigFile(): 0o600, path: 0o600, h.Config: 0o700, h.RoutinesDir(): 0o700, filepath.Dir(h.Config): 0o700} {
		if got := mode(t, path); got != want {
			t.Errorf("%s is %o", path, got)
		}
	}
}
