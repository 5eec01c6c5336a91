package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"lull/routine"
	"lull/routine/guide"
	"lull/routine/journal"
	"lull/routine/journal/journaltest"
)

func TestTheReportAndTheMedicinesEndLikeEveryVerb(t *testing.T) {
	for cause, status := range map[error]int{
		journal.ErrBusy: Busy, journal.ErrDamaged: Damaged, journal.ErrTooNew: TooNew,
		journal.ErrFull: Failed, journal.ErrReadOnly: Failed, context.Canceled: Failed,
	} {
		for _, verb := range [][]string{
			{"report"}, {"report", "--format", "html"}, {"medicine"}, {"medicine", "iron", "--from", "today"}, {"medicine", "iron", "--stop"},
		} {
			d := newDesktop()
			d.mem.Fail(fmt.Errorf("open lull.db: %w; here is the way out", cause))
			if got := d.run(verb...); got != status {
				t.Errorf("%v: %v ended with status %d, want %d", cause, verb, got, status)
			}
			if d.out.Len() > 0 || strings.Count(d.err.String(), "\n") != 1 || !strings.HasSuffix(d.err.String(), "here is the way out\n") {
				t.Errorf("%v: %v printed %q and %q", cause, verb, &d.out, &d.err)
			}
		}
	}
}

func TestAReportThatCannotBeMadeLeavesTheOldFileAlone(t *testing.T) {
	file := filepath.Join(t.TempDir(), "page.html")
	d := newDesktop()
	if status := d.run("report", "-o", file); status != Done {
		t.Fatal(&d.err)
	}
	before, _ := os.ReadFile(file)
	d.mem.Fail(journal.ErrDamaged)
	if status := d.run("report", "-o", file); status != Damaged {
		t.Errorf("status %d", status)
	}
	if after, err := os.ReadFile(file); err != nil || string(after) != string(before) || len(before) == 0 {
		t.Errorf("%d bytes became %d: %v", len(before), len(after), err)
	}
}

func TestAReportOpensTheLibraryOnlyForSessionsAndSigns(t *testing.T) {
	d := newDesktop()
	if status := d.run("medicine", "iron", "--from", "today"); status != Done {
		t.Fatal(&d.err)
	}
	opened, library := 0, d.Library
	d.Library = func() (*routine.Library, error) { opened++; return library() }
	if status := d.run("report"); status != Done || opened != 0 {
		t.Errorf("status %d, the library was opened %d times", status, opened)
	}
	m := journaltest.NewMaker(t, 1)
	if _, err := d.mem.Append(context.Background(), m.At(-24, journaltest.Session("trial", journal.Complete, 120))); err != nil {
		t.Fatal(err)
	}
	if status := d.run("report"); status != Done || opened == 0 || !strings.Contains(d.out.String(), "held: 120 seconds") {
		t.Errorf("status %d, the library was opened %d times:\n%s", status, opened, &d.out)
	}
}

func TestNothingIsSaidOfMedicinesThatTheGuideDoesNotSay(t *testing.T) {
	d := newDesktop()
	if d.run("medicine", "iron", "--from", "today"); !strings.Contains(d.out.String(), "Do not stop one on your own.") {
		t.Errorf("the guide's own words are missing: %s", &d.out)
	}
	d = newDesktop()
	d.Guide = func() (guide.Guide, error) { return guide.Open(fstest.MapFS{}) }
	if status := d.run("medicine", "iron", "--from", "today"); status != Done || strings.Count(d.out.String(), "\n") != 1 {
		t.Errorf("status %d: %s", status, &d.out)
	}
}
