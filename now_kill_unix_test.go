//go:build unix

package main

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"

	"lull/routine/journal"
	"lull/store"
)

// A cramp in a window, killed at any moment from its first second on: the start
// is on disk, and the morning asks. When the kill comes decides nothing.
func TestACrampKilledAtAnyMomentKeepsItsStartAndTheMorningAsks(t *testing.T) {
	rounds, longest := 100, 1500*time.Millisecond
	if testing.Short() {
		rounds = 10
	}
	binary := unraced(t, clocked)
	type killed struct {
		home string
		wait time.Duration
		err  error
	}
	kills := make([]killed, rounds)
	var all sync.WaitGroup
	limit := make(chan struct{}, 20) // windows at a time: most of the time they wait
	for i := range kills {
		k := &kills[i]
		k.home, k.wait = t.TempDir(), time.Duration(rand.Int64N(int64(longest)))
		all.Go(func() {
			limit <- struct{}{}
			defer func() { <-limit }()
			k.err = killCramp(binary, k.home, k.wait, i%4 == 3)
		})
	}
	all.Wait()
	ended := 0
	for _, k := range kills {
		if k.err != nil {
			t.Fatalf("before the kill after %v: %v", k.wait, k.err)
		}
		if theMorningAsks(t, k.home, k.wait) {
			ended++
		}
	}
	t.Logf("%d of %d cramps had got their length before the kill", ended, rounds)
}

// killCramp starts a cramp and, once it is told, kills it after a while, in the
// middle of its end if letGo says so.
func killCramp(binary, home string, wait time.Duration, letGo bool) error {
	cmd := exec.Command(binary, "now")
	cmd.Env = append(os.Environ(), "LULL_HOME="+home, "TERM=xterm-256color")
	window, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 24, Cols: 80})
	if err != nil {
		return err
	}
	defer window.Close()
	defer cmd.Process.Kill()
	shown, once := make(chan struct{}), sync.Once{}
	go func() {
		var seen bytes.Buffer
		for b := make([]byte, 4096); ; {
			n, err := window.Read(b)
			seen.Write(b[:n])
			if strings.Contains(seen.String(), "Breathe out") {
				once.Do(func() { close(shown) })
			}
			if err != nil {
				return
			}
		}
	}()
	select {
	case <-shown:
	case <-time.After(time.Minute):
		return errors.New("the first instruction did not come")
	}
	if err := begun(home); err != nil {
		return err
	}
	time.Sleep(wait / 2)
	if _, err := window.WriteString("m"); err != nil { // another muscle, half way
		return err
	}
	time.Sleep(wait / 2)
	if letGo {
		if _, err := window.WriteString(" "); err != nil {
			return err
		}
		time.Sleep(wait % (10 * time.Millisecond))
	}
	if err := cmd.Process.Kill(); err != nil {
		return err
	}
	_ = cmd.Wait()
	return nil
}

// begun waits for the cramp's line in the journal's own file. Nothing but the
// first second of the cramp has to go by for it; a slow machine gets longer.
func begun(home string) error {
	for range 600 {
		segments, _ := filepath.Glob(filepath.Join(home, "journal", "*", "*"))
		for _, s := range segments {
			if text, err := os.ReadFile(s); err == nil && bytes.Contains(text, []byte(`"kind":"cramped"`)) {
				return nil
			}
		}
		time.Sleep(10 * time.Millisecond)
	}
	return errors.New("the start was never written down")
}

// theMorningAsks opens the next morning and demands that the cramp is there and
// asked about. It says whether the cramp had got its length.
func theMorningAsks(t *testing.T, home string, wait time.Duration) (ended bool) {
	t.Helper()
	log := store.New(home, store.Options{Clock: time.Now})
	night := journal.DefaultCalendar.Night(time.Now())
	facts, err := log.Live(t.Context(), night-1, night+1)
	if err != nil || len(facts) != 1 {
		t.Fatalf("killed after %v: %d facts stand: %v", wait, len(facts), err)
	}
	c, ok := facts[0].Fact.(journal.Cramped)
	if !ok {
		t.Fatalf("killed after %v there is %v", wait, facts[0])
	}
	y, m, d := (facts[0].Night + 1).Midnight().Date()
	morning := time.Date(y, m, d, 8, 0, 0, 0, facts[0].At.Location())
	frame := openPane(t, home, morning, 80, 24).text()
	if !strings.Contains(frame, "Last night: 1 cramp. What else of this one?") || !strings.Contains(frame, facts[0].At.Format("15:04")) {
		t.Fatalf("killed after %v the morning does not ask:\n%s", wait, frame)
	}
	return c.LastedS != nil
}
