package store

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
)

// children are what the test binary does when it plays another process, by the
// name in LULL_STORE_CHILD.
var children = map[string]func(dir string){
	"writer":  childWriter,
	"holder":  childHolder,
	"visitor": childVisitor,
	"trier":   childTrier,
}

// tries are more than a small program has threads: a fault that strace injects
// comes once in each thread, and a goroutine may meet it in one after the other.
const tries = 12

// childTrier appends twelve facts and tries each of them a number of times.
func childTrier(dir string) {
	s := New(dir, Options{Clock: fixedClock})
	var mint journal.Mint
	for i := range 12 {
		at := journaltest.Evening.Add(time.Duration(i) * 9 * time.Hour)
		e := journal.New(&mint, journal.DefaultCalendar, at, at, journaltest.Drink(i))
		for range tries {
			if _, err := s.Append(ctx, e); err != nil {
				fmt.Println("error", errors.Is(err, journal.ErrFull), err)
				continue
			}
			fmt.Println("kept", e.ID)
			break
		}
	}
}

// childWriter appends facts for ever, one or three at a time, and says each id
// once it is acknowledged.
func childWriter(dir string) {
	s := New(dir, Options{Clock: fixedClock})
	var mint journal.Mint
	for i := 0; ; i++ {
		var es []journal.Entry
		for range 1 + 2*(i%2) {
			es = append(es, journal.New(&mint, journal.DefaultCalendar, time.Now(), journaltest.Evening.Add(time.Duration(i)*time.Hour), journaltest.Drink(i)))
		}
		if _, err := s.Append(ctx, es...); err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		for _, e := range es {
			fmt.Println("kept", e.ID)
		}
	}
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

func TestKilledWritersLoseNothingTheyAcknowledged(t *testing.T) {
	rounds := 15
	if testing.Short() {
		rounds = 3
	}
	k := newKit(t)
	var kept []journal.ID
	for range rounds {
		var outs [2]strings.Builder
		var writers [2]*exec.Cmd
		for i := range writers {
			writers[i] = child(t, "writer", k.dir)
			writers[i].Stdout = &outs[i]
			if err := writers[i].Start(); err != nil {
				t.Fatal(err)
			}
		}
		time.Sleep(time.Duration(40+rand.IntN(140)) * time.Millisecond) // when the kill comes decides nothing
		for i, w := range writers {
			_ = w.Process.Kill()
			_ = w.Wait()
			if strings.Contains(outs[i].String(), "error") {
				t.Fatal(outs[i].String())
			}
			kept = append(kept, acknowledged(t, outs[i].String())...)
		}
		k.mustHaveAll(kept)
	}
	if len(kept) == 0 {
		t.Error("no writer got as far as one fact")
	}
	t.Logf("%d facts acknowledged in %d kills", len(kept), 2*rounds)
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
