//go:build linux

package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"lull/routine/journal"
)

// TestMain lets the test binary play the other processes.
func TestMain(m *testing.M) {
	play()
	// Else every program of a -race build ends with a second of sleep.
	os.Setenv("GORACE", "atexit_sleep_ms=0")
	code := m.Run()
	_ = os.RemoveAll(built)
	os.Exit(code)
}

var built string // the folder of the real program

// lull builds the real program, once.
var lull = sync.OnceValues(func() (string, error) {
	var err error
	if built, err = os.MkdirTemp("", "lull-ordeal-"); err != nil {
		return "", err
	}
	name := filepath.Join(built, "lull")
	text, err := exec.Command("go", "build", "-o", name, "lull").CombinedOutput()
	if err != nil {
		err = fmt.Errorf("build lull: %w: %s", err, text)
	}
	return name, err
})

// shortTrial is the short form of every ordeal.
func shortTrial(t *testing.T) *trial {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	tr := &trial{dir: dir, fast: dir, seed: 1, rounds: 2000, log: io.Discard, patience: 10 * time.Second}
	shortly(tr)
	if tr.lull, err = lull(); err != nil {
		t.Fatal(err)
	}
	return tr
}

// mustKeep wants every promise kept, and something to have been tried.
func mustKeep(t *testing.T, rows []row, least map[string]int) {
	t.Helper()
	for _, r := range rows {
		if r.skipped != "" {
			t.Skip(r.skipped)
		}
		t.Logf("%s: %s", r.name, r.words())
		for _, b := range r.broken[:min(5, len(r.broken))] {
			t.Errorf("%s: %s", r.name, b)
		}
		for what, n := range least {
			if r.get(what) < n {
				t.Errorf("%s: %d %s, not %d", r.name, r.get(what), what, n)
			}
		}
	}
}

func TestKillsLoseNothing(t *testing.T) {
	mustKeep(t, kills(t.Context(), shortTrial(t)), map[string]int{"rounds": 6})
}

func TestPowerCutsLoseNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a while")
	}
	rows := power(t.Context(), shortTrial(t))
	mustKeep(t, rows, map[string]int{"states": 1})
	if len(rows) > 1 && len(rows) != len(scenes)+len(verbScenes)+2 {
		t.Errorf("there are %d rows", len(rows))
	}
}

func TestFaultsOfTheSystemLoseNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a while")
	}
	mustKeep(t, faults(t.Context(), shortTrial(t)), map[string]int{"trials": 4})
}

func TestAFullDiskLosesNothing(t *testing.T) {
	mustKeep(t, fulls(t.Context(), shortTrial(t)), map[string]int{"trials": 4})
}

func TestTheVerbsOnDamagedFiles(t *testing.T) {
	mustKeep(t, damages(t.Context(), shortTrial(t)), map[string]int{"trials": 20})
}

// The program itself: its table, its list, and what ends with 1.
func TestTheTable(t *testing.T) {
	old := ordeals
	defer func() { ordeals = old }()
	ordeals = ordeals[:1:1]
	ordeals[0].name, ordeals[0].run = "one", func(context.Context, *trial) []row {
		good, missing := row{name: "a good one"}, row{name: "a missing one", skipped: "it needs a moon"}
		good.add(2, "apples")
		good.add(3, "apples")
		return []row{good, missing}
	}
	var out bytes.Buffer
	tr := &trial{log: io.Discard}
	if err := tr.all(t.Context(), regexp.MustCompile(""), &out); err != nil {
		t.Error(err)
	}
	for _, want := range []string{`(?m)^a good one +kept +5 apples$`, `(?m)^a missing one +- +not run: it needs a moon$`} {
		if !regexp.MustCompile(want).Match(out.Bytes()) {
			t.Errorf("%q is not in %s", want, &out)
		}
	}
	ordeals[0].run = func(context.Context, *trial) []row {
		r := row{name: "a bad one"}
		r.broke("an apple\nfell")
		return []row{r}
	}
	out.Reset()
	if err := tr.all(t.Context(), regexp.MustCompile(""), &out); err == nil || !strings.Contains(out.String(), "an apple fell") {
		t.Errorf("%v: %s", err, &out)
	}
	if err := run(t.Context(), []string{"-each", "0"}, io.Discard); err == nil {
		t.Error("-each 0 is taken")
	}
}

func TestATraceIsRead(t *testing.T) {
	const trace = `7  openat(AT_FDCWD, "\x2f\x61", O_RDWR|O_CREAT|O_CLOEXEC, 0600) = 5
7  openat(AT_FDCWD, "\x2f\x62", O_RDONLY) = -1 ENOENT (No such file or directory)
7  write(5, "\x61\x2c\x20\x29"..., 4 <unfinished ...>
8  fsync(5)                          = 0
7  <... write resumed>)              = 2
8  pwrite64(5, "\x62", 1, 4096 <unfinished ...>
8  +++ killed by SIGKILL +++
9  ???( <detached ...>
9  +++ exited with 0 +++
10 write(5, "\x62", 1 <detached ...>
`
	var got []call
	err := parseTrace(strings.NewReader(strings.ReplaceAll(trace, `"...`, `"`)), func(c call) error {
		got = append(got, c)
		return nil
	})
	if err != nil || len(got) != 3 {
		t.Fatalf("%+v, %v", got, err)
	}
	if c := got[0]; c.name != "openat" || c.text(1) != "/a" || c.ret != 5 {
		t.Errorf("%+v", c)
	}
	if c := got[2]; c.name != "write" || c.text(1) != "a, )" || c.ret != 2 || c.number(0) != 5 {
		t.Errorf("%+v", c)
	}
	if err := parseTrace(strings.NewReader(trace), func(call) error { return nil }); err == nil {
		t.Error("a string that was cut short is taken for a whole one")
	}
}

// states are what a disk can hold after so many changes, as "name=content" words.
func states(d *disk, after int, unsynced bool) []string {
	c := d.crash()
	c.unsynced = unsynced
	for range after {
		c.step()
	}
	found := map[string]bool{}
	for _, ch := range c.choices(rand.New(rand.NewPCG(1, 1)), 40) {
		m := c.image(ch)
		var words []string
		_ = view(m.at, rootNode, "", func(path string, n *node) error {
			if !n.folder {
				words = append(words, path+"="+string(n.data))
			}
			return nil
		})
		found[strings.Join(words, " ")] = true
	}
	var all []string
	for s := range found {
		all = append(all, s)
	}
	slices.Sort(all)
	return all
}

func TestWhatAPowerCutLeaves(t *testing.T) {
	d, err := newDisk(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	f := d.create(false)
	d.rename(change1{rootNode, "a", f}) // 1: a new name
	d.write(f, 0, []byte("one"))        // 2
	d.sync(f)                           // 3
	d.sync(rootNode)                    // 4
	d.write(f, 0, []byte("two"))        // 5
	d.write(f, 3, []byte("more"))       // 6
	d.rename(change1{rootNode, "a", 0}, change1{rootNode, "b", f})
	d.sync(f)        // 8
	d.sync(rootNode) // 9
	for after, want := range map[int][]string{
		0: {""},
		1: {"", "a="},
		2: {"", "a=", "a=one"},
		3: {"", "a=one"},
		4: {"a=one"},
		5: {"a=one", "a=two"},
		6: {"a=one", "a=onemore", "a=two", "a=twomore"},
		7: {"a=one", "a=onemore", "a=two", "a=twomore", "b=one", "b=onemore", "b=two", "b=twomore"},
		8: {"a=twomore", "b=twomore"},
		9: {"b=twomore"},
	} {
		if got := states(d, after, false); !slices.Equal(got, want) {
			t.Errorf("after %d: %q, not %q", after, got, want)
		}
	}
	if got := states(d, 9, true); len(got) < 5 {
		t.Errorf("without syncs: %q", got)
	}
}

// A move between two folders is durable when both of them are.
func TestAMoveBetweenFoldersNeedsBoth(t *testing.T) {
	d, err := newDisk(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	dir, f := d.create(true), d.create(false)
	d.rename(change1{rootNode, "dir", dir})
	d.rename(change1{rootNode, "a", f})
	d.sync(rootNode)
	d.rename(change1{rootNode, "a", 0}, change1{dir, "b", f})
	d.sync(rootNode)
	if got, want := states(d, 5, false), []string{"a=", "dir/b="}; !slices.Equal(got, want) {
		t.Errorf("%q, not %q", got, want)
	}
	d.sync(dir)
	if got, want := states(d, 6, false), []string{"dir/b="}; !slices.Equal(got, want) {
		t.Errorf("%q, not %q", got, want)
	}
}

func TestAWriteIsTornAtEvery512Bytes(t *testing.T) {
	d, err := newDisk(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	f := d.create(false)
	d.rename(change1{rootNode, "a", f})
	d.sync(rootNode)
	d.write(f, 0, bytes.Repeat([]byte("x"), 1300))
	got := states(d, 3, false)
	for _, n := range []int{0, 512, 1024, 1300} {
		if want := "a=" + strings.Repeat("x", n); !slices.Contains(got, want) {
			t.Errorf("the first %d bytes alone are not among %d states", n, len(got))
		}
	}
	if want := "a=" + strings.Repeat("\x00", 512) + strings.Repeat("x", 788); !slices.Contains(got, want) {
		t.Error("a write without its first 512 bytes is not among the states")
	}
}

// The oracle sees what it is there to see.
func TestTheOracle(t *testing.T) {
	root := t.TempDir()
	if err := filled(root, 3); err != nil {
		t.Fatal(err)
	}
	home := filepath.Join(root, mainHome)
	clock := func() time.Time { return evening.AddDate(0, 0, 1) }
	whole := newClaims()
	if err := whole.claimAll(home); err != nil || len(whole.facts) != 3 {
		t.Fatal(err, whole.facts)
	}
	ids := slices.Collect(func(yield func(string) bool) {
		for id := range whole.facts {
			if !yield(id.String()) {
				return
			}
		}
	})
	var first journal.ID
	for id := range whole.facts {
		first = id
	}
	at := evening.Add(time.Hour)
	lostLine := encode(journal.New(new(journal.Mint), journal.DefaultCalendar, at, at, journal.Quiet{}))
	for _, c := range []struct {
		name, said, fault string
		forget            bool
	}{
		{"as it is", "", "", false},
		{"a lost fact", "kept 01a95cdb-d6a0-7935-83a4-eff465fb5d57", "was acknowledged and is lost", false},
		{"a fact that nobody recorded", "", "was never recorded", true},
		{"a fact that came back", "gone " + ids[0], "came back", false},
		{"a part of an append", "together\ntry " + whole.facts[first].line + "\ntry " + lostLine, "of 2 facts that were appended together 1", false},
		{"a lost note", "note kept x", "the note is", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			there := filepath.Join(t.TempDir(), "there")
			if err := copyFolder(there, home); err != nil {
				t.Fatal(err)
			}
			owed := whole.clone()
			if c.forget || strings.HasPrefix(c.said, "together") {
				owed = newClaims()
			}
			if err := owed.hearAll(c.said + "\n"); c.said != "" && err != nil {
				t.Fatal(err)
			}
			got := strings.Join(owed.judge(there, clock).faults, "; ")
			if c.fault == "" && got != "" || !strings.Contains(got, c.fault) {
				t.Errorf("it says %q", got)
			}
		})
	}
}

// A restore moves the old database out of the way first, and what that would be
// rebuilt from only once no power cut can bring it back: else the old database
// would lie beside a journal that lacks its facts.
func TestTheOldDatabaseIsGoneBeforeItsJournalGoes(t *testing.T) {
	if _, err := exec.LookPath("strace"); err != nil {
		t.Skip("it needs strace")
	}
	tr := shortTrial(t)
	i := slices.IndexFunc(scenes, func(s scene) bool { return s.name == "restores" })
	rec, err := scenes[i].record(t.Context(), tr, filepath.Join(tr.dir, "scene"))
	if err != nil {
		t.Fatal(err)
	}
	moves := 0
	c := rec.d.crash()
	for range rec.d.ops {
		c.step()
		o := rec.d.ops[c.after-1]
		if o.kind != opNames || len(o.names) != 2 || o.names[0].folder == o.names[1].folder {
			continue
		}
		moves++ // from a folder to another, which is aside
		for _, j := range c.names[:len(c.names)-1] {
			if old := rec.d.ops[j]; c.loose[j] && len(old.names) == 2 && old.names[0].name == "lull.db" {
				t.Errorf("%s goes while lull.db may come back", o.names[0].name)
			}
		}
	}
	if moves < 4 {
		t.Errorf("%d files were moved", moves)
	}
}

// What was tried and was not there may not come later; what was there stays.
func TestWhatWasSeenStays(t *testing.T) {
	c := newClaims()
	var ids []journal.ID
	for i := range 2 {
		at := evening.Add(time.Duration(i) * time.Hour)
		e := journal.New(new(journal.Mint), journal.DefaultCalendar, at, at, journal.Quiet{})
		ids = append(ids, e.ID)
		if err := c.hear("try " + encode(e)); err != nil {
			t.Fatal(err)
		}
	}
	c.seen(map[journal.ID]bool{ids[0]: true})
	if c.facts[ids[0]].standing != kept || c.facts[ids[1]].standing != gone {
		t.Errorf("%+v", c.facts)
	}
}
