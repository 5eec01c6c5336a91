package cli

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"lull/routine/journal"
)

// did runs a command that must end well, a second later than the one before.
func (d *desktop) did(t *testing.T, line string) string {
	t.Helper()
	d.now = d.now.Add(time.Second)
	if status := d.run(strings.Fields(line)...); status != Done {
		t.Fatalf("lull %s ended with %d: %s%s", line, status, &d.out, &d.err)
	}
	return d.out.String()
}

// stands is every fact that stands, in words.
func (d *desktop) stands(t *testing.T) []string {
	t.Helper()
	live, err := d.mem.Live(t.Context(), math.MinInt32, math.MaxInt32)
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, e := range live {
		if e.Fact.Kind() != journal.KindImported {
			words = append(words, journal.Words(e.Fact))
		}
	}
	return words
}

func (d *desktop) mustStand(t *testing.T, want ...string) {
	t.Helper()
	if got := d.stands(t); strings.Join(got, "; ") != strings.Join(want, "; ") {
		t.Errorf("what stands is %q, not %q", got, want)
	}
}

func TestUndoAfterARemovalRestoresWhatWasRemovedAndLeavesTheOther(t *testing.T) {
	d := newDesktop()
	d.did(t, "cramp --side left")
	id := d.crampID(t)
	d.did(t, "quiet --night 2026-11-20")
	d.did(t, "log remove "+id)
	d.mustStand(t, "a quiet night")
	if said := d.did(t, "log undo"); !strings.Contains(said, "Restored: cramp left, the night of ") {
		t.Errorf("it said %q", said)
	}
	d.mustStand(t, "a quiet night", "cramp left")
}

func TestUndoGoesFurtherBackEachTime(t *testing.T) {
	d := newDesktop()
	d.did(t, "drink")
	d.did(t, "cramp --pain 5")
	d.did(t, "log edit "+d.crampID(t)+" pain=7")
	d.did(t, "mark alcohol short-sleep")
	d.did(t, "drink --undo")
	d.did(t, "log undo") // the tick is back
	d.mustStand(t, "cramp, pain 7 of 10", "marked alcohol", "marked short-sleep", "ticked glass-1 (water)")
	d.did(t, "log undo") // both marks, which were recorded together
	d.mustStand(t, "cramp, pain 7 of 10", "ticked glass-1 (water)")
	d.did(t, "log undo")
	d.mustStand(t, "cramp, pain 5 of 10", "ticked glass-1 (water)")
	d.did(t, "log undo")
	d.mustStand(t, "ticked glass-1 (water)")
	d.did(t, "log undo")
	d.mustStand(t)
	if status := d.run("log", "undo"); status != Failed || !strings.Contains(d.err.String(), "there is nothing to undo on this computer") {
		t.Errorf("status %d: %s", status, &d.err)
	}
}

func TestUndoIsOfThisComputersOwnActions(t *testing.T) {
	d, other := newDesktop(), newDesktop()
	d.did(t, "drink")
	other.now = d.now.Add(time.Hour)
	other.did(t, "cramp --side left")
	theirs, err := other.mem.Live(t.Context(), math.MinInt32, math.MaxInt32)
	if err == nil {
		err = d.mem.Receive(theirs...)
	}
	if err != nil {
		t.Fatal(err)
	}
	d.did(t, "log undo")
	d.mustStand(t, "cramp left")
	if status := d.run("log", "undo"); status != Failed {
		t.Errorf("status %d: %s", status, &d.out)
	}
}

func TestWhatAnUndoPrintsRestoresIt(t *testing.T) {
	d := newDesktop()
	d.did(t, "cramp --side left")
	said := d.did(t, "log undo")
	_, command, found := strings.Cut(strings.TrimSpace(said), "To restore it: lull ")
	if !found {
		t.Fatalf("it said %q", said)
	}
	d.did(t, command)
	d.mustStand(t, "cramp left")
}

// countsTable is a file of counts with 2, 0 and 1 cramps.
const countsTable = "night,cramps\n2026-11-02,2\n2026-11-03,0\n2026-11-04,1\n"

func (d *desktop) file(t *testing.T, name, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

var undoLine = regexp.MustCompile(`\nUndo: lull (import --undo [0-9a-f]{8})\n$`)

func TestAnImportNamesItsNightsAndIsUndoneAsOne(t *testing.T) {
	d := newDesktop()
	d.did(t, "drink")
	file := d.file(t, "counts.csv", countsTable)
	said := d.did(t, "import "+file)
	if !strings.HasPrefix(said, "4 imported, 0 already there, 0 removed by you earlier, 0 rejected\nNights: Mon 2 Nov, Tue 3 Nov, Wed 4 Nov\n") || !undoLine.MatchString(said) {
		t.Fatalf("it said %q", said)
	}
	if said := d.did(t, "log undo"); !strings.Contains(said, "Undone: the import of 4 entries, nights 2026-11-02 to 2026-11-04.") || !strings.Contains(said, "in the folder of that file: lull import counts.csv --format counts --restore-deleted\n") {
		t.Errorf("it said %q", said)
	}
	d.mustStand(t, "ticked glass-1 (water)")
	d.did(t, "log undo")
	d.mustStand(t)
}

func TestTheLineThatUndoesAnImportHoldsLater(t *testing.T) {
	d := newDesktop()
	command := undoLine.FindStringSubmatch(d.did(t, "import "+d.file(t, "counts.csv", countsTable)))[1]
	d.did(t, "drink")
	d.did(t, command)
	d.mustStand(t, "ticked glass-1 (water)")
	if said := d.did(t, command); !strings.Contains(said, "undone already") {
		t.Errorf("it said %q", said)
	}
	d.did(t, "log undo") // of the glass, not of the import once more
	d.mustStand(t)
}

func TestWhatWasRemovedIsCountedApartAndComesBackOnRequest(t *testing.T) {
	d := newDesktop()
	file := d.file(t, "counts.csv", countsTable)
	d.did(t, "import "+file)
	d.did(t, "log remove "+d.crampID(t))
	said := d.did(t, "import "+file)
	if !strings.HasPrefix(said, "0 imported, 3 already there, 1 removed by you earlier, 0 rejected\n") || !strings.Contains(said, "To bring back what you removed: lull import "+file+" --format counts --restore-deleted") || strings.Contains(said, "Undo:") {
		t.Errorf("it said %q", said)
	}
	if len(d.stands(t)) != 3 {
		t.Fatalf("what stands is %q", d.stands(t))
	}
	said = d.did(t, "import --restore-deleted "+file)
	if !strings.HasPrefix(said, "0 imported, 1 restored, 3 already there, 0 rejected\nNights: ") || !undoLine.MatchString(said) || len(d.stands(t)) != 4 {
		t.Errorf("it said %q, and what stands is %q", said, d.stands(t))
	}
	for _, flag := range []string{"", "--restore-deleted "} { // once is enough
		if said := d.did(t, "import "+flag+file); !strings.Contains(said, "4 already there") || len(d.stands(t)) != 4 {
			t.Errorf("%sit said %q, and what stands is %q", flag, said, d.stands(t))
		}
	}
	d.did(t, "log undo")
	if len(d.stands(t)) != 3 {
		t.Errorf("what stands is %q", d.stands(t))
	}
}

func TestAnImportOfEditsIsUndoneToo(t *testing.T) {
	d, other := newDesktop(), newDesktop()
	d.did(t, "cramp --pain 5")
	d.did(t, "drink")
	d.did(t, "export -o "+filepath.Join(t.TempDir(), "x.jsonl"))
	lines := exported(t, d)
	other.In = strings.NewReader(lines)
	other.now = d.now
	other.did(t, "import -")
	other.did(t, "log edit "+other.crampID(t)+" pain=9")
	other.did(t, "drink --undo")
	d.In, d.now = strings.NewReader(exported(t, other)), other.now
	d.did(t, "import -")
	d.mustStand(t, "cramp, pain 9 of 10")
	d.did(t, "log undo")
	d.mustStand(t, "cramp, pain 5 of 10", "ticked glass-1 (water)")
}

func exported(t *testing.T, d *desktop) string {
	t.Helper()
	return d.did(t, "export")
}

// The name of a batch goes where its entries go: an import that is exported, and
// imported on another computer, can be undone there by the same name.
func TestABatchSurvivesAnExport(t *testing.T) {
	d, other := newDesktop(), newDesktop()
	command := undoLine.FindStringSubmatch(d.did(t, "import "+d.file(t, "counts.csv", countsTable)))[1]
	d.did(t, "drink")
	other.In, other.now = strings.NewReader(exported(t, d)), d.now
	other.did(t, "import -")
	other.did(t, command)
	other.mustStand(t, "ticked glass-1 (water)")
}

func TestATableThatCouldBeTwoFormatsIsRefusedWithBothNamed(t *testing.T) {
	d := newDesktop()
	file := d.file(t, "values.csv", "2026-11-02,2\n2026-11-03,2\n2026-11-04,1\n")
	status := d.run("import", file)
	if said := d.err.String(); status != Failed || !strings.Contains(said, "--format loop") || !strings.Contains(said, "--format counts") {
		t.Errorf("status %d: %s", status, said)
	}
	d.mustStand(t)
	copied := d.file(t, "Checkmarks (1).csv", "2026-11-02,2\n2026-11-03,2\n2026-11-04,1\n")
	if status := d.run("import", copied); status != Done || len(d.stands(t)) != 2 || !strings.HasPrefix(d.stands(t)[0], "stretched imported") {
		t.Errorf("status %d, %q", status, d.stands(t))
	}
}

func TestAFileNameWithControlSignsIsCleanedInMessages(t *testing.T) {
	d := newDesktop()
	file := d.file(t, "a\x1b[2Jb.csv", "2026-11-02,2\n")
	d.run("import", file)
	d.run("import", file, "--format", "counts")
	said := d.out.String() + d.err.String()
	d.run("log", "-n", "0")
	if said += d.out.String(); strings.Contains(said, "\x1b") {
		t.Errorf("it said %q", said)
	}
}

// A large import stays fast, and its undo too.
func TestALargeImportIsUndoneAsOne(t *testing.T) {
	d := newDesktop()
	var lines strings.Builder
	first := journal.MakeDate(1931, time.January, 1)
	for i := range 5_000 {
		fmt.Fprintf(&lines, "%s,%d\n", first+journal.Date(i), i%5)
	}
	d.In = strings.NewReader(lines.String())
	d.did(t, "import - --format counts")
	if n := len(d.stands(t)); n != 11_000 {
		t.Fatalf("%d stand", n)
	}
	d.did(t, "log undo")
	d.mustStand(t)
}

// A file that lull exported holds the names of earlier imports.
func TestUndoNamesTheImportThatIsUndone(t *testing.T) {
	d, other := newDesktop(), newDesktop()
	d.did(t, "import "+d.file(t, "old.csv", countsTable))
	d.did(t, "drink")
	other.now = d.now
	other.did(t, "import "+other.file(t, "all.jsonl", exported(t, d)))
	said := other.did(t, "log undo")
	if !strings.Contains(said, "all.jsonl") || strings.Contains(said, "old.csv") {
		t.Errorf("it said %q", said)
	}
	other.mustStand(t)
}

// What is left of an action, of which an entry was undone by itself, is still the
// newest action.
func TestTheRestOfAnActionIsUndoneAfterOneOfItsEntries(t *testing.T) {
	d, other := newDesktop(), newDesktop()
	old := undoLine.FindStringSubmatch(d.did(t, "import "+d.file(t, "old.csv", countsTable)))[1]
	d.did(t, "drink")
	other.now = d.now
	other.did(t, "mark alcohol")
	other.did(t, "import "+other.file(t, "all.jsonl", exported(t, d)))
	other.did(t, old)
	other.mustStand(t, "ticked glass-1 (water)", "marked alcohol")
	other.did(t, "log undo")
	other.mustStand(t, "marked alcohol")
}

// An entry that was removed and restored has another id.
func TestTheUndoOfAnImportFindsRestoredEntries(t *testing.T) {
	d := newDesktop()
	command := undoLine.FindStringSubmatch(d.did(t, "import "+d.file(t, "counts.csv", "night,cramps\n2026-11-04,1\n")))[1]
	id := d.crampID(t)
	d.did(t, "log remove "+id)
	d.did(t, "log remove "+id+" --undo")
	d.did(t, command)
	d.mustStand(t)
}

// The command that is printed reads the file as the import did: with the same
// format and the same habit.
func TestTheCommandThatRestoresAnImportReadsTheFileTheSame(t *testing.T) {
	for _, c := range []struct{ name, text, flags, want string }{
		{"Checkmarks.csv", "Date,Reading,Calf stretch\n2026-11-03,2,2\n2026-11-02,0,2\n", "--habit 'Calf stretch'", "--format loop --habit 'Calf stretch' --restore-deleted"},
		{"Date.csv", "Date,Cramps\n2026-11-02,2\n", "--format counts", "--format counts --restore-deleted"},
	} {
		d := newDesktop()
		file := d.file(t, c.name, c.text)
		args := []string{"import", file}
		switch flag, value, _ := strings.Cut(c.flags, " "); flag {
		case "--habit", "--format":
			args = append(args, flag, strings.Trim(value, "'"))
		}
		if status := d.run(args...); status != 0 {
			t.Fatalf("status %d: %s", status, &d.err)
		}
		want := "in the folder of that file: lull import " + c.name + " " + c.want + "\n"
		if said := d.did(t, "log undo"); !strings.HasSuffix(said, want) {
			t.Errorf("it said %q, want %q", said, want)
		}
		d.out.Reset()
		if status := d.run(args...); status != 0 || !strings.Contains(d.out.String(), "removed: lull import "+file+" "+c.want+"\n") {
			t.Errorf("status %d: it said %q", status, &d.out)
		}
	}
}
