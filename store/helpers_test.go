package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
)

var ctx = context.Background()

// TestMain lets the test binary play the other process, see children.
func TestMain(m *testing.M) {
	if play := children[os.Getenv("LULL_STORE_CHILD")]; play != nil {
		play(os.Getenv("LULL_STORE_DIR"))
		os.Exit(0)
	}
	// Else every program of a -race build ends with a second of sleep.
	os.Setenv("GORACE", "atexit_sleep_ms=0")
	code := m.Run()
	for _, dir := range benchDirs {
		_ = os.RemoveAll(dir)
	}
	os.Exit(code)
}

func fixedClock() time.Time { return journaltest.Evening }

// kit is a store with what a test needs around it.
type kit struct {
	*Store
	*journaltest.Maker
	t      *testing.T
	told   *[]string // warnings
	broken bool      // the test leaves damage behind
}

// newKit makes a store in a folder of its own. When the test is over, whatever
// it did, everything in the folder must verify.
func newKit(t *testing.T) *kit {
	t.Helper()
	k := openKit(t, filepath.Join(t.TempDir(), "lull"))
	t.Cleanup(func() {
		if !k.broken {
			k.mustBeSound()
		}
	})
	return k
}

func openKit(t *testing.T, dir string) *kit {
	told, mu := new([]string), new(sync.Mutex)
	warn := func(s string) {
		mu.Lock()
		defer mu.Unlock()
		*told = append(*told, s)
	}
	return &kit{Store: New(dir, Options{Clock: fixedClock, Version: "1.0.0", Warn: warn}),
		Maker: journaltest.NewMaker(t, 7), t: t, told: told}
}

// again is the same folder seen by a new store.
func (k *kit) again() *kit {
	next := openKit(k.t, k.dir)
	next.Maker = k.Maker
	return next
}

func (k *kit) add(entries ...journal.Entry) []journal.Entry {
	k.t.Helper()
	if n, err := k.Append(ctx, entries...); err != nil || n != len(entries) {
		k.t.Fatalf("append %d: %d were new, %v", len(entries), n, err)
	}
	return entries
}

// some adds so many facts, one a call, over several nights.
func (k *kit) some(n int) []journal.Entry {
	k.t.Helper()
	var all []journal.Entry
	for i := range n {
		all = append(all, k.add(k.At(float64(7*i), journaltest.Cramp(i%11)))...)
	}
	return all
}

func (k *kit) all() []journal.Entry {
	k.t.Helper()
	page, err := k.Page(ctx, journal.ID{}, 1<<20)
	if err != nil {
		k.t.Fatal(err)
	}
	return page
}

// mustHave wants exactly these entries, in any order.
func (k *kit) mustHave(want []journal.Entry) {
	k.t.Helper()
	got := journaltest.Lines(k.t, k.all())
	lines := journaltest.Lines(k.t, want)
	slices.Sort(got)
	slices.Sort(lines)
	if !slices.Equal(got, lines) {
		k.t.Fatalf("there are %d facts\n%q\nwanted %d\n%q", len(got), got, len(lines), lines)
	}
}

func (k *kit) mustBeSound() {
	k.t.Helper()
	r, err := k.Check(ctx)
	if err != nil || !r.Sound() || r.Unfolded > 0 || r.CutOff {
		k.t.Errorf("the folder is not sound: %+v, %v", r, err)
	}
}

func (k *kit) mustWarn(part string) {
	k.t.Helper()
	if !slices.ContainsFunc(*k.told, func(s string) bool { return strings.Contains(s, part) }) {
		k.t.Errorf("no warning says %q: %q", part, *k.told)
	}
}

// mustFail wants an error of the kind that says all of the words.
func mustFail(t *testing.T, err, kind error, words ...string) {
	t.Helper()
	if err == nil || kind != nil && !errors.Is(err, kind) {
		t.Errorf("the error is %v, not %v", err, kind)
		return
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("%q does not say %q", err, w)
		}
	}
}

// segmentFile is the only segment there is.
func (k *kit) segmentFile() string {
	k.t.Helper()
	names, err := k.segmentNames()
	if err != nil || len(names) != 1 {
		k.t.Fatalf("segments are %q, %v", names, err)
	}
	return k.segmentPath(names[0])
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func write(t *testing.T, file string, b []byte) {
	t.Helper()
	if err := os.WriteFile(file, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// tree is every file below a folder with its contents.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files[path] = string(read(t, path))
		}
		return err
	})
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return files
}
