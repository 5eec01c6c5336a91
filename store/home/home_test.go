package home_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/adrg/xdg"
	"github.com/google/go-cmp/cmp"

	"lull/routine/settings"
	"lull/store/home"
)

func locate(t *testing.T, folder string) home.Home {
	t.Helper()
	h, err := home.Locate(folder)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// fresh is a home whose folder does not exist yet.
func fresh(t *testing.T) home.Home {
	t.Helper()
	return locate(t, filepath.Join(t.TempDir(), "deep", "lull"))
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func mode(t *testing.T, path string) fs.FileMode {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Mode().Perm()
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return all
}

func TestAFolderThatIsGivenHoldsEverything(t *testing.T) {
	dir := t.TempDir()
	h := locate(t, dir)
	want := map[string]string{
		h.Data: dir, h.Config: dir, h.ConfigFile(): filepath.Join(dir, "config.toml"), h.RoutinesDir(): filepath.Join(dir, "routines"),
	}
	for got, want := range want {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestWithoutAFolderThePlatformsOwnPlacesAreUsed(t *testing.T) {
	h := locate(t, "")
	for _, dir := range []string{h.Data, h.Config} {
		if !filepath.IsAbs(dir) || filepath.Base(dir) != "lull" {
			t.Errorf("it lies in %q", dir)
		}
	}
}

// What cannot be left in the one folder of LULL_HOME may be left nowhere else;
// otherwise there is a second place, on which the first does not depend.
func TestTheSparePlaceIsApartFromTheData(t *testing.T) {
	if h := locate(t, t.TempDir()); h.Spare != "" {
		t.Errorf("beside a folder that holds everything there is %s", h.Spare)
	}
	state := t.TempDir()
	t.Cleanup(xdg.Reload) // once the environment is as it was
	t.Setenv("XDG_STATE_HOME", state)
	xdg.Reload()
	h := locate(t, "")
	for _, other := range []string{h.Data, h.Config} {
		inside, err := filepath.Rel(other, h.Spare)
		if err != nil || h.Spare == other || !strings.HasPrefix(inside, "..") {
			t.Errorf("%s lies in %s", h.Spare, other)
		}
	}
	if want := filepath.Join(state, "lull"); runtime.GOOS != "windows" && h.Spare != want {
		t.Errorf("it is %s, want %s", h.Spare, want)
	}
	if names := names(t, state); len(names) > 0 {
		t.Errorf("looking for it made %v", names)
	}
}

func TestAHomeThatIsNotThereYetIsEmpty(t *testing.T) {
	h := fresh(t)
	text, err := h.ReadConfig()
	if text != nil || err != nil {
		t.Errorf("a config: %q, %v", text, err)
	}
	files, err := h.Routines()
	if files != nil || err != nil {
		t.Errorf("routines: %v, %v", files, err)
	}
	got, err := h.Settings()
	if diff := cmp.Diff(settings.Default(), got); diff != "" || err != nil {
		t.Errorf("settings: %v, %s", err, diff)
	}
}

func TestTheConfigIsTheOwnersAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such modes")
	}
	h := fresh(t)
	if err := h.WriteConfig([]byte("bell = true\n")); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(h.ConfigFile(), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := h.WriteConfig([]byte("bell = false\n")); err != nil {
		t.Fatal(err)
	}
	if file, dir := mode(t, h.ConfigFile()), mode(t, h.Config); file != 0o600 || dir != 0o700 {
		t.Errorf("the file is %o, its folder %o", file, dir)
	}
}

func TestWritingTheConfigLeavesNothingElseBehind(t *testing.T) {
	h := fresh(t)
	for _, text := range []string{"bell = true\n", "bell = false\n"} {
		if err := h.WriteConfig([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if got, err := h.ReadConfig(); err != nil || string(got) != text {
			t.Errorf("it reads %q, %v", got, err)
		}
	}
	if got := names(t, h.Config); !slices.Equal(got, []string{"config.toml"}) {
		t.Errorf("the folder holds %v", got)
	}
}

func TestAReaderSeesTheOldConfigOrTheNewOneWhole(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a file that is read cannot be replaced there")
	}
	h := fresh(t)
	texts := [][]byte{bytes.Repeat([]byte("# one\n"), 5000), bytes.Repeat([]byte("# two\n"), 4000)}
	if err := h.WriteConfig(texts[0]); err != nil {
		t.Fatal(err)
	}
	var writing sync.WaitGroup
	writing.Go(func() {
		for i := range 40 {
			if err := h.WriteConfig(texts[i%2]); err != nil {
				t.Error(err)
			}
		}
	})
	for range 200 {
		got, err := h.ReadConfig()
		if err != nil || !bytes.Equal(got, texts[0]) && !bytes.Equal(got, texts[1]) {
			t.Errorf("%d bytes, %v", len(got), err)
			break
		}
	}
	writing.Wait()
}

func TestAConfigThatIsALinkStaysOne(t *testing.T) {
	h := fresh(t)
	real := filepath.Join(t.TempDir(), "dotfiles", "lull.toml")
	write(t, real, "# mine\n")
	if err := os.MkdirAll(h.Config, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(real, h.ConfigFile()); err != nil {
		t.Skip("no links here:", err)
	}
	if err := h.WriteConfig([]byte("bell = true\n")); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(real); err != nil || string(got) != "bell = true\n" {
		t.Errorf("behind the link stands %q, %v", got, err)
	}
	if info, err := os.Lstat(h.ConfigFile()); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link was replaced: %v, %v", info.Mode(), err)
	}
}

func TestAFolderThatCannotBeMadeIsNamed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	write(t, file, "")
	h := locate(t, filepath.Join(file, "lull"))
	if err := h.WriteConfig([]byte("bell = true\n")); err == nil || !strings.Contains(err.Error(), h.Config) {
		t.Errorf("it says %v", err)
	}
}

func TestAFileThatIsTooLargeIsRefusedByName(t *testing.T) {
	h := fresh(t)
	for size, ok := range map[int]bool{64 << 10: true, 64<<10 + 1: false} {
		write(t, h.ConfigFile(), strings.Repeat("#", size))
		_, err := h.ReadConfig()
		if ok != (err == nil) {
			t.Errorf("%d bytes: %v", size, err)
		}
		if err != nil && (!strings.Contains(err.Error(), h.ConfigFile()) || !strings.Contains(err.Error(), "64 KiB")) {
			t.Errorf("it says %v", err)
		}
	}
}

func TestAWrongConfigGivesWhatCanBeReadWithTheError(t *testing.T) {
	h := fresh(t)
	write(t, h.ConfigFile(), "bell = true\ntheme = \"pink\"\n")
	got, err := h.Settings()
	if err == nil || !strings.Contains(err.Error(), "config.toml:2") {
		t.Errorf("it says %v", err)
	}
	want := settings.Default()
	want.Sound, want.QuietHours = settings.Bell, false
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAChangeKeepsTheRestOfTheConfig(t *testing.T) {
	h := fresh(t)
	write(t, h.ConfigFile(), "# mine\nbell = true # loud\n")
	got, err := h.Change([]settings.Change{{Key: "theme", Value: "night"}})
	if err != nil || got.Theme != "night" || got.Sound != settings.Bell {
		t.Errorf("%+v, %v", got, err)
	}
	text, _ := h.ReadConfig()
	if !strings.Contains(string(text), "# mine\nbell = true # loud\n") {
		t.Errorf("the config is now %q", text)
	}
}

func TestAChangeThatIsRefusedLeavesTheConfigAsItWas(t *testing.T) {
	h := fresh(t)
	for _, before := range []string{"bell = true\n", "theme = \"pink\"\n"} {
		write(t, h.ConfigFile(), before)
		if _, err := h.Change([]settings.Change{{Key: "theme", Value: "green"}}); err == nil {
			t.Errorf("over %q it was taken", before)
		}
		if after, _ := h.ReadConfig(); string(after) != before {
			t.Errorf("%q became %q", before, after)
		}
	}
}

func TestRoutinesComeByNameAndWithoutWhatIsNone(t *testing.T) {
	h := fresh(t)
	for _, name := range []string{"b.toml", "a.toml", "c.toml.bak", ".hidden.toml", "notes.txt"} {
		write(t, filepath.Join(h.RoutinesDir(), name), "name = \""+name+"\"\n")
	}
	write(t, filepath.Join(h.RoutinesDir(), "folder.toml", "x"), "")
	files, err := h.Routines()
	if err != nil {
		t.Fatal(err)
	}
	want := []home.RoutineFile{
		{Path: filepath.Join(h.RoutinesDir(), "a.toml"), Text: []byte("name = \"a.toml\"\n")},
		{Path: filepath.Join(h.RoutinesDir(), "b.toml"), Text: []byte("name = \"b.toml\"\n")},
	}
	if diff := cmp.Diff(want, files); diff != "" {
		t.Error(diff)
	}
}

func TestARoutineThatCannotBeReadIsReportedAndTheOthersAreThere(t *testing.T) {
	h := fresh(t)
	write(t, filepath.Join(h.RoutinesDir(), "good.toml"), "name = \"good\"\n")
	write(t, filepath.Join(h.RoutinesDir(), "huge.toml"), strings.Repeat("#", 1<<20))
	if err := os.Symlink(filepath.Join(h.RoutinesDir(), "nowhere"), filepath.Join(h.RoutinesDir(), "lost.toml")); err != nil {
		t.Skip("no links here:", err)
	}
	files, err := h.Routines()
	if len(files) != 1 || filepath.Base(files[0].Path) != "good.toml" {
		t.Errorf("it read %v", files)
	}
	for _, name := range []string{"huge.toml", "lost.toml"} {
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s is not reported: %v", name, err)
		}
	}
}

func TestANewRoutineIsWrittenUnderItsName(t *testing.T) {
	h := fresh(t)
	path, err := h.WriteRoutine("mine", []byte("name = \"mine\"\n"))
	if err != nil || path != filepath.Join(h.RoutinesDir(), "mine.toml") {
		t.Fatalf("%s, %v", path, err)
	}
	if got, err := h.ReadFile(path); err != nil || string(got) != "name = \"mine\"\n" {
		t.Errorf("it reads %q, %v", got, err)
	}
	if runtime.GOOS != "windows" && mode(t, path) != 0o600 {
		t.Errorf("its mode is %o", mode(t, path))
	}
}

func TestARoutineThatIsThereIsNeverReplaced(t *testing.T) {
	h := fresh(t)
	if _, err := h.WriteRoutine("mine", []byte("first")); err != nil {
		t.Fatal(err)
	}
	path, err := h.WriteRoutine("mine", []byte("second"))
	if err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "choose another name") {
		t.Errorf("it says %v", err)
	}
	if got, _ := os.ReadFile(path); string(got) != "first" {
		t.Errorf("the file is now %q", got)
	}
}

func TestAnyFileThatMustExistIsReadOrNamed(t *testing.T) {
	h := fresh(t)
	missing := filepath.Join(t.TempDir(), "missing.toml")
	if _, err := h.ReadFile(missing); err == nil || !strings.Contains(err.Error(), missing) {
		t.Errorf("it says %v", err)
	}
	empty := filepath.Join(t.TempDir(), "empty.toml")
	write(t, empty, "")
	if got, err := h.ReadFile(empty); err != nil || len(got) != 0 {
		t.Errorf("an empty file is %q, %v", got, err)
	}
}
