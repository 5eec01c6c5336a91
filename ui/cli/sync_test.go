package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"lull/routine/journal"
	"lull/routine/peers"
)

// folderOf is a Sync that does as it is told.
type folderOf struct {
	glances atomic.Int32
	glance  func(ctx context.Context) error
}

func (f *folderOf) All(context.Context, string) (peers.Outcome, error)   { return peers.Outcome{}, nil }
func (f *folderOf) Status(context.Context, string) (peers.Status, error) { return peers.Status{}, nil }
func (f *folderOf) Glance(ctx context.Context, _ string) (peers.Outcome, error) {
	f.glances.Add(1)
	if f.glance == nil {
		return peers.Outcome{}, nil
	}
	return peers.Outcome{}, f.glance(ctx)
}

func synced(glance func(ctx context.Context) error) (*desktop, *folderOf) {
	d, f := newDesktop(), &folderOf{glance: glance}
	d.Sync = f
	d.Folder = &folder{config: []byte("sync = \"/shared\"\n"), routines: map[string][]byte{}}
	return d, f
}

func TestVerbsThatRecordExchangeBeforeAndAfter(t *testing.T) {
	for verb, want := range map[string]int{
		"drink": 2, "tick covers": 2, "cramp": 2, "quiet": 2, "mark alcohol": 2, "pause today": 2, "now --plain": 1,
		"log": 1, "tonight": 0, "tonight --short": 0, "review": 0, "export": 0, "guide": 0, "version": 0, "now --no-record": 0,
		"drink --help": 0, "drink --nonsense": 0, "sync": 0, "config list": 0,
	} {
		d, f := synced(nil)
		d.run(strings.Fields(verb)...)
		if int(f.glances.Load()) != want {
			t.Errorf("%s exchanges %d times, want %d (%s)", verb, f.glances.Load(), want, &d.err)
		}
	}
	d, f := synced(nil)
	d.Folder = &folder{routines: map[string][]byte{}}
	if d.run("drink"); f.glances.Load() != 0 {
		t.Error("it exchanges though no folder is set")
	}
}

func TestTroubleWithTheFolderNeverFailsAVerb(t *testing.T) {
	for name, c := range map[string]struct {
		glance func(context.Context) error
		told   string
	}{
		"gone":   {func(context.Context) error { return errors.New("there is no folder \x1b[2J/shared") }, "lull: not synced: there is no folder ␛[2J/shared\n"},
		"slow":   {func(ctx context.Context) error { <-ctx.Done(); return fmt.Errorf("read: %w", ctx.Err()) }, "lull: not synced: there was not time for all of it; `lull sync` takes its time\n"},
		"silent": {func(context.Context) error { select {} }, "lull: not synced: /shared does not answer; `lull sync` waits for it, and `lull config set sync ''` does without\n"},
		"busy":   {func(context.Context) error { return fmt.Errorf("lull.lock: %w", journal.ErrBusy) }, ""},
	} {
		d, f := synced(c.glance)
		if status := d.run("drink"); status != Done || !strings.HasPrefix(d.out.String(), "ticked first glass") || d.err.String() != c.told {
			t.Errorf("%s: status %d, %q and %q", name, status, &d.out, &d.err)
		}
		if f.glances.Load() != 1 {
			t.Errorf("%s: it tried %d times", name, f.glances.Load())
		}
	}
}

func TestAVerbDoesNotWaitLongForAFolderThatIsSilent(t *testing.T) {
	d, _ := synced(func(context.Context) error { select {} })
	waited := time.Duration(0)
	d.Wait = func(t time.Duration) <-chan time.Time {
		waited += t
		return time.After(0)
	}
	d.run("drink")
	if waited > 600*time.Millisecond {
		t.Errorf("it would wait %v", waited)
	}
}

func TestSyncWithoutAFolderSaysHowToNameOne(t *testing.T) {
	d := newDesktop()
	d.Sync = &folderOf{}
	for _, verb := range []string{"sync", "sync status"} {
		if status := d.run(strings.Fields(verb)...); status != Misused || !strings.Contains(d.err.String(), "lull sync DIR --remember") {
			t.Errorf("%s: status %d, %s", verb, status, &d.err)
		}
	}
}
