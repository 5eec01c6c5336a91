package store

import (
	"errors"
	"os"
	"path"
	"path/filepath"
	"slices"
	"testing"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
)

func (k *kit) own() (device string, names []string) {
	k.t.Helper()
	device, own, err := k.Own(ctx)
	if err != nil {
		k.t.Fatal(err)
	}
	for _, seg := range own {
		names = append(names, path.Dir(seg.Name))
	}
	return device, names
}

// TestTwoMachinesNeverWriteUnderOneName puts files of another machine into a
// folder. What is written then bears a name that neither had, and what was
// written before is told to others all the same.
func TestTwoMachinesNeverWriteUnderOneName(t *testing.T) {
	for name, c := range map[string]struct {
		mix  func(k, other *kit) error
		told bool
	}{
		"the database of another": {func(k, other *kit) error {
			return os.WriteFile(k.path(dbName), read(k.t, other.path(dbName)), 0o600)
		}, true},
		"the name of another": {func(k, other *kit) error {
			return os.WriteFile(k.path("journal/device"), read(k.t, other.path("journal/device")), 0o600)
		}, true},
		"the journal of another": {func(k, other *kit) error {
			k.remove(journalName)
			return os.CopyFS(k.path(journalName), os.DirFS(other.path(journalName)))
		}, true},
		"the database of another alone": {func(k, other *kit) error {
			k.remove(journalName, backupsName)
			return os.WriteFile(k.path(dbName), read(k.t, other.path(dbName)), 0o600)
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			k, other := newKit(t), newKit(t)
			k.broken = true // of some facts there is one copy
			other.Maker = journaltest.NewMaker(t, 99)
			k.some(4)
			other.some(3)
			first, _ := k.own()
			theirs, _ := other.own()
			if err := c.mix(k, other); err != nil {
				t.Fatal(err)
			}
			next := k.again()
			before := next.all()
			if r := next.report(); r.TwoNames != c.told {
				t.Errorf("check says %+v", r)
			}
			was, err := next.segmentNames()
			if err != nil {
				t.Fatal(err)
			}
			added := next.add(next.At(700, journal.Quiet{}))
			device, own := next.own()
			if device == first || device == theirs {
				t.Errorf("it writes as %s, and the two were %s and %s", device, first, theirs)
			}
			for _, seg := range was { // whatever was written here is still told
				if !slices.Contains(own, path.Dir(seg)) {
					t.Errorf("%s is not told: %q", seg, own)
				}
			}
			if r := next.report(); r.Device != device || r.TwoNames {
				t.Errorf("check says %+v", r)
			}
			if c.told {
				next.mustWarn("two machines")
			}
			for _, e := range other.some(2) { // and the other goes on under its own
				if _, _, err := next.Find(ctx, e.ID); !errors.Is(err, journal.ErrNoFact) {
					t.Error(err)
				}
			}
			if again, _ := other.own(); again != theirs {
				t.Error("the other machine has a new name too")
			}
			// A repair keeps the name and what it was before.
			next.remove(dbName)
			next.some(1)
			if after, still := next.own(); after != device || !slices.Contains(still, device) || len(still) < len(own) {
				t.Errorf("it is %s with %q, and was %s with %q", after, still, device, own)
			}
			if len(before) == 0 || len(added) == 0 {
				t.Error("nothing was there")
			}
		})
	}
}

// What came from another machine under a name that was this one's stays apart.
func TestANameOnceOwnIsNotWrittenToAgain(t *testing.T) {
	k, other := newKit(t), newKit(t)
	other.Maker = journaltest.NewMaker(t, 99)
	k.some(2)
	first, _ := k.own()
	write(t, k.path("journal/device"), read(t, other.dirOf("device", 'e')))
	e := other.At(3, journaltest.Cramp(4))
	line := Line{Seq: 1, JSON: []byte(journaltest.Lines(t, []journal.Entry{e})[0])}
	if r, err := k.Receive(ctx, first, []Line{line}); err != nil || r.New != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	if names, err := filepath.Glob(k.path("journal/elsewhere/*.jsonl")); err != nil || len(names) != 1 {
		t.Errorf("%q, %v", names, err)
	}
	if device, _ := k.own(); device == first {
		t.Error("it still is the first")
	}
}

// dirOf writes a name of a machine to a file beside the folder.
func (k *kit) dirOf(name string, digit byte) string {
	k.t.Helper()
	file := filepath.Join(filepath.Dir(k.dir), name)
	b := make([]byte, deviceDigits+1)
	for i := range b {
		b[i] = digit
	}
	b[deviceDigits] = '\n'
	write(k.t, file, b)
	return file
}
