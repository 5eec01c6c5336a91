//go:build unix

package store

import (
	"errors"
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
)

func init() { children["filler"] = childFiller }

const fileLimit = 300 << 10

// childFiller appends until no file may grow any more.
func childFiller(dir string) {
	limit := syscall.Rlimit{Cur: fileLimit, Max: fileLimit}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		panic(err)
	}
	s := New(dir, Options{Clock: fixedClock})
	var mint journal.Mint
	for i := range 10_000 {
		at := journaltest.Evening.Add(time.Duration(i) * time.Hour)
		e := journal.New(&mint, journal.DefaultCalendar, at, at, journal.Cramped{Note: strings.Repeat("n", 400)})
		if _, err := s.Append(ctx, e); err != nil {
			fmt.Println("full", errors.Is(err, journal.ErrFull), err)
			return
		}
		fmt.Println("kept", e.ID)
	}
}

func TestAFullDiskLosesNothingAndWorksAgainWithRoom(t *testing.T) {
	k := newKit(t)
	out, err := child(t, "filler", k.dir).Output()
	if err != nil || !strings.Contains(string(out), "full true") {
		t.Fatalf("%v: %.2000s", err, out[max(0, len(out)-2000):])
	}
	ids := acknowledged(t, string(out))
	if len(ids) == 0 {
		t.Fatal("nothing was written before the disk was full")
	}
	k.mustHaveAll(ids)
	k.some(5)
}
