package store

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
)

// told are entries as another machine's lines.
func told(t *testing.T, entries ...journal.Entry) []Line {
	t.Helper()
	var lines []Line
	for i, text := range journaltest.Lines(t, entries) {
		lines = append(lines, Line{Seq: uint64(i + 1), JSON: []byte(text)})
	}
	return lines
}

const stranger = "00112233445566aa"

func TestFactsOfAnotherMachineLieInItsOwnFolder(t *testing.T) {
	k := newKit(t)
	mine := k.some(2)
	theirs := []journal.Entry{k.At(1, journaltest.Cramp(8)), k.At(2, journal.Quiet{})}
	got, err := k.Receive(ctx, stranger, told(t, theirs[0], theirs[0], theirs[1], mine[0]))
	if err != nil || got.New != 2 || len(got.Clashes) != 0 {
		t.Fatalf("received %+v, %v", got, err)
	}
	k.mustHave(append(mine, theirs...))
	before, _ := k.Stamp()
	if got, err := k.Receive(ctx, stranger, told(t, theirs...)); err != nil || got.New != 0 {
		t.Errorf("a second time: %+v, %v", got, err)
	}
	if after, _ := k.Stamp(); after != before {
		t.Error("receiving what is there wrote")
	}
	device, own, err := k.Own(ctx)
	if err != nil || len(own) != 1 || filepath.Dir(own[0].Name) != device {
		t.Fatalf("own segments are %+v of %s, %v", own, device, err)
	}
	if files, _ := filepath.Glob(k.path("journal/" + stranger + "/*.jsonl")); len(files) != 1 {
		t.Errorf("the other's folder holds %q", files)
	}
	if err := os.Remove(k.path(dbName)); err != nil {
		t.Fatal(err)
	}
	k.again().mustHave(append(mine, theirs...))
}

func TestNoFactIsChangedByAnotherMachine(t *testing.T) {
	k := newKit(t)
	mine := k.add(k.At(0, journaltest.Cramp(3)))
	forged := told(t, mine...)
	forged[0].JSON = []byte(strings.Replace(string(forged[0].JSON), `"pain":3`, `"pain":9`, 1))
	got, err := k.Receive(ctx, stranger, forged)
	if err != nil || got.New != 0 || len(got.Clashes) != 1 || got.Clashes[0] != mine[0].ID {
		t.Fatalf("received %+v, %v", got, err)
	}
	k.mustHave(mine)
}

func TestNobodyWritesInThisMachinesSegments(t *testing.T) {
	k := newKit(t)
	k.some(1)
	device, _, _ := k.Own(ctx)
	mine := k.segmentFile()
	before := string(read(t, mine))
	for i, name := range []string{device, "", "..", "../../x", "0123", strings.ToUpper(stranger), "device"} {
		if _, err := k.Receive(ctx, name, told(t, k.At(float64(i), journal.Quiet{}))); err != nil {
			t.Fatal(err)
		}
	}
	names, err := k.segmentNames()
	others := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return strings.HasPrefix(name, device+"/") })
	if err != nil || len(names) != 2 || len(others) != 1 || !strings.HasPrefix(others[0], elsewhere+"/") {
		t.Errorf("the segments are %q, %v", names, err)
	}
	if got := string(read(t, mine)); got != before {
		t.Error("this machine's segment was changed")
	}
}

func TestALineThatIsNoFactIsNotReceived(t *testing.T) {
	k := newKit(t)
	k.some(1)
	if _, err := k.Receive(ctx, stranger, append(told(t, k.At(1, journal.Quiet{})), Line{Seq: 2, JSON: []byte("{}")})); err == nil {
		t.Error("it was taken")
	}
	if n := len(k.all()); n != 1 {
		t.Errorf("there are %d facts", n)
	}
}

func TestReceivedLinesSurviveACrashBeforeTheyAreFolded(t *testing.T) {
	for _, step := range []string{"fold", "commit"} {
		k := newKit(t)
		mine := k.some(1)
		k.stopAt(step)
		theirs := []journal.Entry{k.At(1, journaltest.Cramp(8)), k.At(2, journal.Quiet{})}
		if _, err := k.Receive(ctx, stranger, told(t, theirs...)); err == nil {
			t.Fatal("it did not stop")
		}
		k.again().mustHave(append(mine, theirs...))
	}
}
