package exchange

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
)

// seeds are files of each format, and what goes wrong with them.
func seeds(t testing.TB) []string {
	m := journaltest.NewMaker(t, 1)
	cramp := m.At(0, journal.Cramped{Note: "=1\n\x1b[2J \"so\"", Helped: []string{"stretch", "walk"}})
	all := []journal.Entry{cramp, m.At(1, journaltest.Session("trial", journal.Complete, 9)), m.Line("dreamt", 2), m.Revise(cramp, map[string]any{"pain": 3}), m.Withdraw(cramp)}
	return []string{
		strings.Join(journaltest.Lines(t, all), "\n"), sheetOf(t, all[:3]),
		"Date,Meditate,Stretch,\n2026-11-02,-1,2,\n2026-11-01,3,1,\n", "Date,Value,Notes\n2026-11-02,YES_MANUAL,\"a\nb\"\n", "2026-11-02,2\n",
		"date;count\n2026-11-02;3\n2026-11-02;0\n", "", "\n\r\n\"", "\x00\xff", strings.Repeat("[", 20_000), strings.Repeat("\"\n", 300),
	}
}

// promises checks what every reader promises of any file.
func promises(t *testing.T, f Format, file []byte) {
	lines, a := linesOf(string(file)), ask
	a.Habit = "Stretch"
	read, err := From(f, lines, a)
	again, _ := From(f, linesOf(string(file)), a)
	if !slices.Equal(journaltest.Lines(t, read.Entries), journaltest.Lines(t, again.Entries)) {
		t.Fatal("the same lines came to other entries")
	}
	if err != nil && (len(read.Entries) > 0 || err.Error() == "") {
		t.Fatalf("refused as a whole (%v), and yet %d entries", err, len(read.Entries))
	}
	last := 0
	for _, r := range read.Refused {
		if r.Line < last || r.Line < 1 || r.Line > len(lines) || r.Why.Error() == "" {
			t.Fatalf("line %d of %d after %d: %v", r.Line, len(lines), last, r.Why)
		}
		last = r.Line
	}
	var mem journaltest.Mem
	if _, err := mem.Append(t.Context(), read.Entries...); err != nil {
		t.Fatalf("what was read cannot be recorded: %v", err)
	}
}

func fuzz(f *testing.F, format Format) {
	for _, s := range seeds(f) {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		promises(t, format, file)
		Recognise(linesOf(string(file)), "Checkmarks.csv")
	})
}

func FuzzJSONL(f *testing.F)  { fuzz(f, JSONL) }
func FuzzCSV(f *testing.F)    { fuzz(f, CSV) }
func FuzzLoop(f *testing.F)   { fuzz(f, Loop) }
func FuzzCounts(f *testing.F) { fuzz(f, Counts) }

func FuzzDefuse(f *testing.F) {
	for _, s := range []string{"=1", "'=1", " \"@", "a\n\t-", "＝"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		if back := Arm(Defuse(cell)); back != cell || plain(plain(cell)) != plain(cell) || bytes.ContainsAny([]byte(plain(cell)), "\t\r\x00\x1b") {
			t.Fatalf("%q: %q, %q", cell, back, plain(cell))
		}
	})
}
