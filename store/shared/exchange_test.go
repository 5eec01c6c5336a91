package shared

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
	"lull/routine/peers"
	"lull/store"
)

func TestTwoMachinesComeToHoldTheSame(t *testing.T) {
	f, a, b := t.TempDir(), newHome(t, 1), newHome(t, 2)
	first := a.some(5)
	b.some(3)
	a.wants(f, 0, 5, 0, 0)
	b.wants(f, 5, 3, 0, 0)
	a.wants(f, 3, 0, 0, 0)
	same(t, a, b)
	b.add(b.Revise(first[0], map[string]any{"pain": 9}), b.Withdraw(first[1]))
	a.add(a.Revise(first[0], map[string]any{"note": "mine"}), a.Revise(first[1], map[string]any{"pain": 1}))
	b.wants(f, 0, 2, 0, 0)
	a.wants(f, 2, 2, 0, 0)
	b.wants(f, 2, 0, 0, 0)
	same(t, a, b)
	a.wants(f, 0, 0, 0, 0)
	b.wants(f, 0, 0, 0, 0)
	if names, _ := os.ReadDir(f); len(names) != 2 {
		t.Errorf("the folder holds %v", names)
	}
}

func TestAFreshMachineOnlyListens(t *testing.T) {
	f, a, b := t.TempDir(), newHome(t, 1), newHome(t, 2)
	b.wants(f, 0, 0, 0, 0)
	a.some(700) // more than one batch
	a.wants(f, 0, 700, 0, 0)
	b.wants(f, 700, 0, 0, 0)
	same(t, a, b)
}

func TestFilesInEveryStateHarmNothing(t *testing.T) {
	f, a, b := t.TempDir(), newHome(t, 1), newHome(t, 2)
	a.some(9)
	a.meet(f)
	mine := a.file(f)
	text := read(t, mine)
	// What arrived so far is half a line; the rest comes later.
	write(t, mine, text[:len(text)/2])
	out := b.meet(f)
	if out.Came < 3 || out.Came > 4 || len(out.Refused) > 0 {
		t.Errorf("of half a file came %+v", out)
	}
	if s, err := b.Status(ctx, f); err != nil || s.Partial != 1 {
		t.Errorf("the status is %+v, %v", s, err)
	}
	// The engine sets a version aside, somebody copies and renames.
	write(t, conflict(mine), text)
	write(t, filepath.Join(f, "Copy of nights.jsonl"), text)
	write(t, filepath.Join(f, "doubled.jsonl"), text, text)
	b.wants(f, 9-out.Came, 0, 0, 0)
	same(t, a, b)
	// A machine finds its own file cut short and goes on where it ends.
	a.wants(f, 0, 5, 0, 0)
	if !bytes.Equal(read(t, mine), text) {
		t.Error("the file is not what it was")
	}
	b.wants(f, 0, 0, 0, 0)
	same(t, a, b)
}

func TestASpoiledFileIsPutInPlaceAgainByItsMachineAlone(t *testing.T) {
	f, a, b := t.TempDir(), newHome(t, 1), newHome(t, 2)
	a.some(9)
	a.meet(f)
	mine := a.file(f)
	text := read(t, mine)
	spoiled := bytes.Replace(bytes.Replace(text, []byte("calf"), []byte("cald"), 1), []byte(`"pain":4`), []byte(`"pain":5`), 1)
	write(t, mine, spoiled)
	out := b.wants(f, 7, 0, 2, 0)
	if len(out.Refused) != 1 || !strings.Contains(out.Refused[0].Why, "checksum") {
		t.Errorf("refused: %+v", out.Refused)
	}
	if !bytes.Equal(read(t, mine), spoiled) {
		t.Error("another machine's file was written to")
	}
	b.wants(f, 0, 0, 2, 0) // it is still told
	a.wants(f, 0, 2, 0, 0)
	b.wants(f, 2, 0, 0, 0)
	same(t, a, b)
	if err := os.Remove(mine); err != nil {
		t.Fatal(err)
	}
	a.wants(f, 0, 9, 0, 0)
	if out := b.meet(f); out.Came != 0 {
		t.Errorf("came again: %+v", out)
	}
	same(t, a, b)
}

func TestForeignFilesAreLeftAloneAndTold(t *testing.T) {
	f, a, b := t.TempDir(), newHome(t, 1), newHome(t, 2)
	a.some(2)
	a.meet(f)
	forged := a.some(1)
	write(t, filepath.Join(f, "shopping.jsonl"), []byte("{\"milk\":1}\n\xff\x00\n"))
	write(t, filepath.Join(f, "nulls.jsonl"), bytes.Repeat([]byte{0}, 100_000), []byte("\n"))
	write(t, filepath.Join(f, "README.md"), []byte("hello\n"))
	write(t, filepath.Join(f, ".lull-0123456789abcdef-202611-01234567.jsonl"), lineOf(t, forged[0]))
	if err := os.Mkdir(filepath.Join(f, peers.FileName("0123456789abcdef", "202611-01234567.jsonl")), 0o700); err != nil {
		t.Fatal(err)
	}
	huge, err := os.Create(filepath.Join(f, "huge.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(huge.Truncate(peers.MaxFile+1), huge.Close()); err != nil {
		t.Fatal(err)
	}
	out := b.wants(f, 2, 0, 0, 4)
	for i, want := range []string{"huge.jsonl larger", "lull-0123456789abcdef-202611-01234567.jsonl a folder", "nulls.jsonl no line", "shopping.jsonl no line"} {
		if got := out.Refused[i].File + " " + out.Refused[i].Why; !strings.HasPrefix(got, want) {
			t.Errorf("refused %q, wanted %q", got, want)
		}
	}
	s, err := b.Status(ctx, f)
	if err != nil || s.Waiting != 0 || len(s.Refused) != 4 || len(s.Machines) != 1 {
		t.Errorf("the status is %+v, %v", s, err)
	}
}

func TestAFactIsNeverChangedByAnotherMachinesFile(t *testing.T) {
	f, a, b := t.TempDir(), newHome(t, 1), newHome(t, 2)
	facts := a.some(2)
	a.meet(f)
	b.meet(f)
	text := string(read(t, a.file(f)))
	before := a.lines()
	forged, err := journal.Decode([]byte(strings.Replace(journaltest.Lines(t, facts)[0], `"pain":0`, `"pain":9`, 1)), journal.DefaultCalendar)
	if err != nil {
		t.Fatal(err)
	}
	unknown := a.Line("dreamt", 3)
	write(t, filepath.Join(f, peers.FileName("0123456789abcdef", "202611-01234567.jsonl")), lineOf(t, forged), lineOf(t, unknown))
	a.wants(f, 1, 0, 1, 0)
	b.wants(f, 1, 0, 1, 0)
	same(t, a, b)
	if got := a.lines(); got[0] != before[0] || len(got) != 3 {
		t.Errorf("the facts are %q, were %q", got, before)
	}
	if string(read(t, a.file(f))) != text {
		t.Error("a machine writes out what it was told")
	}
}

func TestACopiedHomeTakesANameOfItsOwn(t *testing.T) {
	f, a := t.TempDir(), newHome(t, 1)
	a.some(4)
	a.meet(f)
	b := newHome(t, 2)
	if err := os.CopyFS(b.dir, os.DirFS(a.dir)); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(b.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	b.opened()
	a.some(2)
	b.add(b.At(1, journal.Quiet{}), b.At(30, journal.Quiet{}))
	a.wants(f, 0, 2, 0, 0)
	out := b.meet(f)
	if out.Renamed == "" || out.Came != 2 || out.Went != 6 {
		t.Errorf("the copy's exchange is %+v", out)
	}
	a.wants(f, 2, 0, 0, 0)
	same(t, a, b)
	a.some(1)
	b.add(b.At(60, journal.Quiet{}))
	for _, h := range []*home{a, b, a} {
		if out := h.meet(f); out.Renamed != "" {
			t.Error("renamed again")
		}
	}
	same(t, a, b)
	if s, err := a.Status(ctx, f); err != nil || len(s.Machines) != 2 {
		t.Errorf("the status is %+v, %v", s, err)
	}
}

func TestAHomePutBackFromABackupGetsItsFactsAgain(t *testing.T) {
	f, a := t.TempDir(), newHome(t, 1)
	a.some(3)
	old := filepath.Join(t.TempDir(), "lull")
	if err := os.CopyFS(old, os.DirFS(a.dir)); err != nil {
		t.Fatal(err)
	}
	a.some(2)
	a.meet(f)
	want := a.lines()
	if err := errors.Join(os.RemoveAll(a.dir), os.Rename(old, a.dir), os.Chmod(a.dir, 0o700)); err != nil {
		t.Fatal(err)
	}
	a.opened()
	a.meet(f)
	if got := a.lines(); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("there are %d facts of %d", len(got), len(want))
	}
	b := newHome(t, 2)
	b.meet(f)
	same(t, a, b)
}

func TestAGlanceCostsNothingWhileNothingChanges(t *testing.T) {
	f, a, b := t.TempDir(), newHome(t, 1), newHome(t, 2)
	a.some(3)
	for _, h := range []*home{a, b, a, b} {
		h.meet(f)
	}
	before, _ := a.Stamp()
	state := read(t, a.memoryFile(resolved(t, f)))
	if err := os.Chmod(filepath.Join(a.dir, "lull.lock"), 0); err != nil { // nobody may even lock the journal
		t.Fatal(err)
	}
	if out, err := a.Glance(ctx, f); err != nil || out.Came+out.Went > 0 {
		t.Errorf("a glance: %+v, %v", out, err)
	}
	if err := os.Chmod(filepath.Join(a.dir, "lull.lock"), 0o600); err != nil {
		t.Fatal(err)
	}
	if after, _ := a.Stamp(); after != before || !bytes.Equal(state, read(t, a.memoryFile(resolved(t, f)))) {
		t.Error("a glance at nothing wrote")
	}
	b.some(1)
	if out, err := b.Glance(ctx, f); err != nil || out.Went != 1 {
		t.Errorf("a glance after a fact: %+v, %v", out, err)
	}
	if out, err := a.Glance(ctx, f); err != nil || out.Came != 1 {
		t.Errorf("a glance at a fact: %+v, %v", out, err)
	}
	same(t, a, b)
}

// stopping is a context that is over after it was asked so often.
type stopping struct {
	context.Context
	left int
}

func (s *stopping) Err() error {
	if s.left--; s.left < 0 {
		return context.DeadlineExceeded
	}
	return nil
}

func TestAnExchangeThatIsCutShortGoesOnWhereItStopped(t *testing.T) {
	f, a, b := t.TempDir(), newHome(t, 1), newHome(t, 2)
	a.some(6 * batch)
	a.meet(f)
	came := []int{}
	for range 200 {
		out, err := b.Glance(&stopping{ctx, 7}, f)
		came = append(came, out.Came)
		if err == nil {
			break
		}
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Fatal(err)
		}
	}
	if len(came) < 2 || len(came) > 100 {
		t.Errorf("it took %v", came)
	}
	same(t, a, b)
}

func TestMemoryThatIsLostOrSpoiledCostsOnlyTime(t *testing.T) {
	f, a, b := t.TempDir(), newHome(t, 1), newHome(t, 2)
	a.some(3)
	a.meet(f)
	b.meet(f)
	state := b.memoryFile(resolved(t, f))
	text := read(t, state)
	for i := range text {
		spoiled := bytes.Clone(text)
		spoiled[i] ^= 4
		write(t, state, spoiled[:len(spoiled)-i%2])
		if out, err := b.Glance(ctx, f); err != nil || out.Came+out.Went+len(out.Refused) > 0 {
			t.Fatalf("byte %d: %+v, %v", i, out, err)
		}
	}
	same(t, a, b)
}

func TestAFolderThatWillNotDoIsRefusedInASentence(t *testing.T) {
	a := newHome(t, 1)
	a.some(1)
	file := filepath.Join(t.TempDir(), "file")
	write(t, file)
	for dir, want := range map[string]string{
		"relative":                      "whole path",
		filepath.Join(a.dir, "none"):    "there is no folder",
		file:                            "not a folder",
		a.dir:                           "one in the other",
		filepath.Dir(a.dir):             "one in the other",
		filepath.Join(a.dir, "journal"): "one in the other",
	} {
		for _, act := range []func() error{
			func() error { _, err := a.All(ctx, dir); return err },
			func() error { _, err := a.Glance(ctx, dir); return err },
			func() error { _, err := a.Status(ctx, dir); return err },
		} {
			if err := act(); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v, wanted %q", dir, err, want)
			}
		}
	}
	crowded := t.TempDir()
	for i := range peers.MaxFiles + 1 {
		write(t, filepath.Join(crowded, strings.Repeat("x", 1+i%40)+string(rune('a'+i%26))+journal.Date(i).String()))
	}
	if _, err := a.All(ctx, crowded); err == nil || !strings.Contains(err.Error(), "more than") {
		t.Errorf("a crowded folder: %v", err)
	}
}

func TestClocksAnHourApartHarmNothing(t *testing.T) {
	f, a, b := t.TempDir(), newHome(t, 1), newHome(t, 2)
	var ma, mb journal.Mint
	b.now = a.now.Add(3600e9)
	e := journal.New(&ma, journal.DefaultCalendar, a.now, a.now, journaltest.Cramp(3))
	a.add(e)
	a.meet(f)
	b.meet(f)
	later, err := journal.NewRevision(&mb, b.now, e, map[string]any{"pain": 5})
	if err != nil {
		t.Fatal(err)
	}
	b.add(later)
	b.meet(f)
	a.meet(f)
	// The slow clock's edit comes after what it has seen, by its id.
	h, err := a.History(ctx)
	if err != nil {
		t.Fatal(err)
	}
	ma.Saw(h.Last)
	last, err := journal.NewRevision(&ma, a.now, e, map[string]any{"pain": 7})
	if err != nil {
		t.Fatal(err)
	}
	a.add(last)
	a.meet(f)
	b.meet(f)
	same(t, a, b)
	if got, _, err := b.Find(ctx, e.ID); err != nil || *got.Fact.(journal.Cramped).Pain != 7 {
		t.Errorf("the fact is %+v, %v", got, err)
	}
}

// A line without labels gets them where it is taken in. One that does not come
// back as the same then keeps nothing else from being taken and told.
func TestALineThatCannotBeGivenItsLabelsCostsOnlyItself(t *testing.T) {
	const head = `{"lull":1,"at":"2026-11-22T22:31:07+01:00",`
	const one, other = `"01a202f0-1c20-7000-8000-000000000001"`, `"01a202f0-1c20-7000-8000-000000000002"`
	for name, object := range map[string]string{
		"its kind twice":       head + `"id":` + one + `,"Kind":"quiet","kind":"cramped"}`,
		"its id twice":         head + `"ID":` + other + `,"id":` + one + `,"kind":"cramped"}`,
		"a label taken away":   head + `"id":` + one + `,"kind":"cramped","night":"2026-11-20","Night":null}`,
		"too long with labels": head + `"id":` + one + `,"kind":"cramped","x":"` + strings.Repeat("x", journal.MaxLine-140) + `"}`,
	} {
		f, a, b := t.TempDir(), newHome(t, 1), newHome(t, 2)
		a.some(2)
		a.meet(f)
		write(t, filepath.Join(f, "lull-00112233445566aa-202611-01234567.jsonl"),
			store.AppendLine(nil, store.Line{Seq: 1, JSON: []byte(object)}), lineOf(t, a.At(9, journaltest.Cramp(1))))
		b.some(1)
		t.Log(name)
		b.wants(f, 3, 1, 1, 0)
		a.wants(f, 2, 0, 1, 0)
		same(t, a, b)
	}
}
