package cli

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
)

// waitedFor counts how often a journal is waited for: once for what is asked of it
// while it is held, once for anything else.
type waitedFor struct {
	*journaltest.Mem
	times *int
	held  *bool
}

func (a waitedFor) Hold(ctx context.Context, do func(journal.Log) error) error {
	*a.times++
	*a.held = true
	defer func() { *a.held = false }()
	return a.Mem.Hold(ctx, do)
}

func (a waitedFor) Append(ctx context.Context, entries ...journal.Entry) (int, error) {
	*a.times++
	return a.Mem.Append(ctx, entries...)
}

func (a waitedFor) Decide(ctx context.Context, from, to journal.Date, kinds []journal.Kind, decide func([]journal.Entry) ([]journal.Entry, error)) error {
	*a.times++
	return a.Mem.Decide(ctx, from, to, kinds, decide)
}

func (a waitedFor) History(ctx context.Context) (journal.History, error) {
	*a.times++
	return a.Mem.History(ctx)
}

func (a waitedFor) Since(ctx context.Context, from journal.Date) (journal.History, error) {
	*a.times++
	return a.Mem.Since(ctx, from)
}

func (a waitedFor) Live(ctx context.Context, from, to journal.Date, kinds ...journal.Kind) ([]journal.Entry, error) {
	*a.times++
	return a.Mem.Live(ctx, from, to, kinds...)
}

func (a waitedFor) Find(ctx context.Context, id journal.ID) (journal.Entry, bool, error) {
	*a.times++
	return a.Mem.Find(ctx, id)
}

func (a waitedFor) Like(ctx context.Context, part string, n int) ([]journal.Entry, error) {
	*a.times++
	return a.Mem.Like(ctx, part, n)
}

func (a waitedFor) Latest(ctx context.Context, before journal.ID, n int) ([]journal.Entry, error) {
	*a.times++
	return a.Mem.Latest(ctx, before, n)
}

// crampID is the end of the id of the newest cramp.
func (d *desktop) crampID(t *testing.T) string {
	t.Helper()
	all, err := d.mem.Latest(t.Context(), journal.ID{}, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		if e.Fact.Kind() == journal.KindCramped {
			return short(e.ID)
		}
	}
	return "none"
}

// Many may be at the file at once, and each verb that asks for it anew waits
// anew.
func TestAVerbThatRecordsWaitsForTheFileOnce(t *testing.T) {
	d := newDesktop()
	times := 0
	d.Log = func(time.Duration) journal.Log { return waitedFor{d.mem, &times, new(bool)} }
	for _, verb := range []struct {
		line   string
		status int
		facts  int // that it records
	}{
		{"drink", Done, 1}, {"drink --undo", Done, 1}, {"drink glass-2", Done, 1}, {"drink glass-2", Done, 0},
		{"drink glass-99", Misused, 0}, {"tick covers", Done, 1}, {"tick covers --undo", Done, 1},
		{"cramp --pain 5", Done, 1}, {"log edit CRAMP pain=3", Done, 1}, {"log undo", Done, 1},
		{"log remove CRAMP", Done, 1}, {"log remove CRAMP", Done, 0}, {"log remove CRAMP --undo", Done, 1},
		{"cramp --signs swollen", Done, 2}, // and that the card was seen
		{"log remove ffffffff", Failed, 0},
		{"quiet --night 2026-11-20", Done, 1}, {"quiet --night 2026-11-20", Done, 0}, {"quiet --night 2030-01-01", Misused, 0},
		{"mark alcohol short-sleep", Done, 2}, {"mark alcohol --undo", Done, 1},
		{"pause 2026-12-01 2026-12-03", Done, 1}, {"pause 2026-12-03 2026-12-05", Done, 1}, {"pause today", Done, 1}, {"pause --off", Done, 1},
		{"medicine amlodipine --from 2026-08-03", Done, 1}, {"medicine amlodipine --stop", Done, 1},
		{"experiment --start", Done, 1}, {"experiment --end", Done, 1},
	} {
		d.now = d.now.Add(time.Second)
		line := strings.ReplaceAll(verb.line, "CRAMP", d.crampID(t))
		before := d.count(t)
		times = 0
		status := d.run(strings.Fields(line)...)
		if facts := d.count(t) - before; times != 1 || status != verb.status || facts != verb.facts {
			t.Errorf("lull %s waited %d times, ended with %d and recorded %d facts, want once, %d and %d: %s%s",
				line, times, status, facts, verb.status, verb.facts, &d.out, &d.err)
		}
	}
}

func (d *desktop) count(t *testing.T) int {
	t.Helper()
	all, err := d.mem.Page(t.Context(), journal.ID{}, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	return len(all)
}

// unheld is an output that nobody writes to while the file is held.
type unheld struct {
	bytes.Buffer
	t    *testing.T
	held *bool
}

func (u *unheld) Write(b []byte) (int, error) {
	if *u.held {
		u.t.Errorf("while the file is held %q is printed", b)
	}
	return u.Buffer.Write(b)
}

// An output may have stopped, as a terminal does after Ctrl-S.
func TestNothingIsPrintedWhileTheFileIsHeld(t *testing.T) {
	d := newDesktop()
	held := false
	out, trouble := &unheld{t: t, held: &held}, &unheld{t: t, held: &held}
	d.Out, d.Err = out, trouble
	d.Log = func(time.Duration) journal.Log { return waitedFor{d.mem, new(int), &held} }
	ahead := journal.New(new(journal.Mint), journal.DefaultCalendar, d.now.AddDate(0, 0, 9), d.now, journal.Quiet{})
	if _, err := d.mem.Append(t.Context(), ahead); err != nil {
		t.Fatal(err)
	}
	if status := d.run("cramp", "--signs", "swollen"); status != Done {
		t.Error(status)
	}
	if !strings.Contains(out.String(), "Worth a moment.") || !strings.Contains(trouble.String(), "the clock says") {
		t.Errorf("%q\n%q", out, trouble)
	}
}

// What is recorded keeps its night for good, so it must not get it from a default
// that the person replaced.
func TestNothingIsRecordedWithBoundariesThatCannotBeRead(t *testing.T) {
	const wrong = "theme = \"pink\"\nnight_starts = \"25:00\"\n"
	d := newDesktop()
	table := d.file(t, "counts.csv", countsTable)
	d.Folder = &folder{config: []byte(wrong)}
	for _, verb := range []string{"quiet", "drink", "mark alcohol", "medicine Aspirin --from 2026-08-03", "import " + table} {
		d.err.Reset()
		if status := d.run(strings.Fields(verb)...); status == 0 || d.count(t) != 0 {
			t.Errorf("%s: status %d, %d entries", verb, status, d.count(t))
		}
		for _, want := range []string{"nothing was recorded", ":2: night_starts", "lull config edit"} {
			if !strings.Contains(d.err.String(), want) {
				t.Errorf("%s: %q is not in %q", verb, want, &d.err)
			}
		}
	}
	if status := d.run("cramp", "--side", "left"); status != 0 || d.count(t) != 1 {
		t.Errorf("a cramp: status %d, %d entries: %s", status, d.count(t), &d.err)
	}
	d.Folder = &folder{config: []byte("theme = \"pink\"\n")}
	if d.did(t, "drink"); d.count(t) != 2 {
		t.Errorf("a wrong theme keeps a drink from being recorded: %s", &d.err)
	}
}
