package main

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
	"lull/routine/peers"
	"lull/store"
	"lull/store/home"
	"lull/ui/cli"
)

// Every key that `lull sync status --json` can write is in its documentation.
func TestEveryKeyOfTheSyncStatusIsDocumented(t *testing.T) {
	page, err := os.ReadFile("docs/SYNC.md")
	if err != nil {
		t.Fatal(err)
	}
	keys := jsonKeys(reflect.TypeFor[peers.Status](), map[reflect.Type]bool{})
	if len(keys) < 14 {
		t.Fatalf("only %d keys were found: %v", len(keys), keys)
	}
	for _, key := range keys {
		if !strings.Contains(string(page), "`"+key+"`") {
			t.Errorf("docs/SYNC.md does not say what %q is", key)
		}
	}
}

// desk is a machine with an open window.
func desk(t *testing.T) (*store.Store, *company, chan string) {
	place := home.Home{Data: filepath.Join(t.TempDir(), "lull"), Config: t.TempDir()}
	log := store.New(place.Data, store.Options{Clock: time.Now, Version: version})
	notices := make(chan string, 8)
	return log, &company{exchange: exchange(log, place, time.Now), notices: notices}, notices
}

// broken is an exchange with a fault in it.
type broken struct{ cli.Sync }

func (broken) Glance(context.Context, string) (peers.Outcome, error) {
	panic("a line\x1b[2J nobody thought of")
}

func TestAFaultInAnExchangeIsToldAndEndsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		notices := make(chan string, 8)
		others := &company{exchange: broken{}, notices: notices}
		others.use(t.TempDir())
		stop := others.keep(t.Context())
		time.Sleep(3 * lookRound)
		stop()
		if len(notices) != 1 {
			t.Fatalf("it was told %d times", len(notices))
		}
		if told := <-notices; !strings.Contains(told, "not synced: this is a fault of lull's own: a line") || strings.Contains(told, "\x1b") {
			t.Errorf("it was told %q", told)
		}
	})
}

func TestWhatComesInWhileTheWindowIsOpenIsNoticed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		folder, m := t.TempDir(), journaltest.NewMaker(t, 1)
		log, others, notices := desk(t)
		far, away, _ := desk(t)
		others.use(folder)
		away.use(folder)
		stop := others.keep(t.Context())
		time.Sleep(time.Second)
		before, err := log.Stamp()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := far.Append(t.Context(), m.At(0, journaltest.Cramp(3))); err != nil {
			t.Fatal(err)
		}
		away.part(func() {})
		time.Sleep(lookRound)
		synctest.Wait()
		if after, err := log.Stamp(); err != nil || after == before {
			t.Errorf("the window sees nothing new: %v", err)
		}
		if h, err := log.History(t.Context()); err != nil || len(h.Nights) != 1 {
			t.Errorf("the nights are %+v, %v", h.Nights, err)
		}
		// What this window recorded is there for others once it is left.
		if _, err := log.Append(t.Context(), m.At(30, journal.Quiet{})); err != nil {
			t.Fatal(err)
		}
		others.part(stop)
		away.meet(t.Context())
		if page, err := far.Page(t.Context(), journal.ID{}, 9); err != nil || len(page) != 2 {
			t.Errorf("the other machine holds %d facts, %v", len(page), err)
		}
		select {
		case trouble := <-notices:
			t.Errorf("it was told: %s", trouble)
		default:
		}
	})
}

func TestTroubleWithTheFolderIsToldOnceUntilItEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, others, notices := desk(t)
		others.use(filepath.Join(t.TempDir(), "none"))
		stop := others.keep(t.Context())
		time.Sleep(4 * lookRound)
		if n := len(notices); n != 1 {
			t.Errorf("it was told %d times", n)
		}
		if told := <-notices; !strings.HasPrefix(told, "not synced: there is no folder") {
			t.Errorf("it was told %q", told)
		}
		others.use(t.TempDir())
		time.Sleep(2 * lookRound)
		others.use("")
		time.Sleep(2 * lookRound)
		if n := len(notices); n != 0 {
			t.Errorf("it was told %d times more", n)
		}
		others.part(stop)
	})
}

// silent is a folder on a network that is gone.
type silent struct {
	cli.Sync
	over chan bool
}

func (s silent) Glance(context.Context, string) (peers.Outcome, error) {
	<-s.over
	return peers.Outcome{}, nil
}

// Whoever leaves the window waits little for such a folder, and is told in the
// words that a verb has for it.
func TestLeavingDoesNotWaitForASilentFolder(t *testing.T) {
	said, err := os.Create(filepath.Join(t.TempDir(), "said"))
	if err != nil {
		t.Fatal(err)
	}
	real := os.Stderr
	os.Stderr = said
	defer func() { os.Stderr = real }()
	synctest.Test(t, func(t *testing.T) {
		folder := silent{over: make(chan bool)}
		others := &company{exchange: folder}
		others.use("/shared")
		began := time.Now()
		others.part(func() {})
		if waited := time.Since(began); waited > 2*farewell {
			t.Errorf("it waited %v", waited)
		}
		close(folder.over)
	})
	const want = "lull: not synced: /shared does not answer; `lull sync` waits for it, and `lull config set sync ''` does without\n"
	if got, err := os.ReadFile(said.Name()); err != nil || string(got) != want {
		t.Errorf("it says %q, %v", got, err)
	}
}
