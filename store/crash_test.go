package store

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lull/routine/journal"
)

// children are what the test binary does when it plays another process, by the
// name in LULL_STORE_CHILD.
var children = map[string]func(dir string){
	"holder":  childHolder,
	"visitor": childVisitor,
}

// childHolder takes the lock, says so, and keeps it until its input ends.
func childHolder(dir string) {
	held, err := acquire(ctx, filepath.Join(dir, lockName), time.Minute, true)
	if err != nil {
		panic(err)
	}
	fmt.Println("held")
	_, _ = io.Copy(io.Discard, os.Stdin)
	held.release()
}

// childVisitor reads, then tries to write.
func childVisitor(dir string) {
	s := New(dir, Options{Clock: fixedClock, Warn: func(w string) { fmt.Println("warning", w) }})
	page, err := s.Page(ctx, journal.ID{}, 100)
	fmt.Println("read", len(page), err)
	_, err = s.Append(ctx, journal.New(new(journal.Mint), journal.DefaultCalendar, time.Now(), time.Now(), journal.Quiet{}))
	fmt.Println("read only", errors.Is(err, journal.ErrReadOnly), err)
}

// child starts the test binary as another process.
func child(t *testing.T, play, dir string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(self)
	c.Env = append(os.Environ(), "LULL_STORE_CHILD="+play, "LULL_STORE_DIR="+dir)
	c.Stderr = os.Stderr
	return c
}

// acknowledged reads the ids a writer said it had kept.
func acknowledged(t *testing.T, out string) []journal.ID {
	t.Helper()
	var ids []journal.ID
	for said := range strings.Lines(out) {
		text, ok := strings.CutPrefix(strings.TrimSpace(said), "kept ")
		if !ok {
			continue
		}
		if id, err := journal.ParseID(text); err == nil {
			ids = append(ids, id)
		}
	}
	return ids
}

func (k *kit) mustHaveAll(ids []journal.ID) {
	k.t.Helper()
	there := map[journal.ID]bool{}
	for _, e := range k.all() {
		there[e.ID] = true
	}
	for _, id := range ids {
		if !there[id] {
			k.t.Fatalf("%s was acknowledged and is lost; %d of %d facts are there", id, len(there), len(ids))
		}
	}
}

func TestALockHeldByAnotherProcessIsReportedInTime(t *testing.T) {
	k := newKit(t)
	k.some(1)
	holder := child(t, "holder", k.dir)
	in, err := holder.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := holder.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := holder.Start(); err != nil {
		t.Fatal(err)
	}
	if said, err := bufio.NewReader(out).ReadString('\n'); said != "held\n" {
		t.Fatal(said, err)
	}
	prompt := New(k.dir, Options{Clock: fixedClock, Wait: 50 * time.Millisecond})
	_, err = prompt.History(ctx)
	mustFail(t, err, journal.ErrBusy, "for more than 50ms", "try again")
	if lockNamesHolders() {
		mustFail(t, err, journal.ErrBusy, fmt.Sprintf("process %d", holder.Process.Pid))
	}
	if _, err := prompt.Stamp(); err != nil {
		t.Errorf("the stamp waits for the lock: %v", err)
	}
	if err := errors.Join(in.Close(), holder.Wait()); err != nil {
		t.Fatal(err)
	}
	k.some(1)
}

func lockNamesHolders() bool {
	_, err := os.Stat("/proc/locks")
	return err == nil
}
