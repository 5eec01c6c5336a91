package ui_test

import (
	"context"
	"errors"
	"io"
	"lull/assets"
	"lull/routine/body"
	"os"
	"os/signal"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/google/go-cmp/cmp"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
	"lull/routine/settings"
	"lull/ui"
	"lull/ui/uitest"
)

func TestLostFactsComeBackAsLinesThatCanBeImported(t *testing.T) {
	mint := &journal.Mint{}
	tick := uitest.Fact(0, journal.Ticked{Item: "glass-1", List: "water", ML: 250})
	revision, err := journal.NewRevision(mint, uitest.Evening, tick, map[string]any{"ml": 300})
	if err != nil {
		t.Fatal(err)
	}
	lost := []journal.Entry{tick, uitest.Session(0, journal.Partial), revision, journal.NewWithdrawal(mint, uitest.Evening, tick)}
	e := &ui.LostError{Entries: lost, Err: journal.ErrFull}
	if !errors.Is(e, journal.ErrFull) {
		t.Error("its reason is lost")
	}
	lines := strings.Split(e.Error(), "\n")
	if !strings.Contains(lines[0], "not written") || !strings.Contains(lines[1], "lull import -") {
		t.Errorf("it says %q", lines[:2])
	}
	if len(lines) != 2+len(lost) {
		t.Fatalf("%d lines for %d facts", len(lines)-2, len(lost))
	}
	for i, want := range lost {
		got, err := journal.Decode([]byte(lines[2+i]), journal.DefaultCalendar)
		if err != nil {
			t.Errorf("%s: %v", lines[2+i], err)
			continue
		}
		if diff := cmp.Diff(want.Fact, got.Fact); diff != "" || got.ID != want.ID || got.Night != want.Night || got.Day != want.Day {
			t.Errorf("%v came back as %v: %s", want, got, diff)
		}
	}
}

func TestASignalIsARequestUntilNothingIsLeftToWrite(t *testing.T) {
	for _, signal := range []tea.Msg{tea.QuitMsg{}, tea.InterruptMsg{}} {
		r := ui.New(ui.Deps{
			Log: &journaltest.Mem{}, Now: func() time.Time { return uitest.Evening }, Steady: func() time.Duration { return 0 },
			Library: uitest.Library(t), Figures: body.Open(assets.Files), Settings: settings.Default(), Tabs: ui.DefaultTabs,
		})
		request := ui.Filter(r, signal)
		if request == nil || request == signal {
			t.Fatalf("%T ends the program as %T", signal, request)
		}
		_, cmd := r.Update(request)
		if cmd == nil || cmd() != tea.Msg(tea.QuitMsg{}) {
			t.Errorf("with nothing left to write %T does not end it", signal)
		}
		if after := ui.Filter(r, signal); after != signal {
			t.Errorf("once all is written %T becomes %T", signal, after)
		}
	}
}

// run starts the program as main does, with keys typed on a pipe.
func run(t *testing.T, log *journaltest.Mem, hangup chan os.Signal, change ...func(*ui.Deps)) (typed io.Writer, over chan error) {
	t.Helper()
	return runIn(t, log, ui.Terminal{Stop: hangup}, change...)
}

// runIn is run in a terminal that goes in a way of its own.
func runIn(t *testing.T, log *journaltest.Mem, terminal ui.Terminal, change ...func(*ui.Deps)) (typed io.Writer, over chan error) {
	t.Helper()
	in, typed := io.Pipe()
	t.Cleanup(func() {
		in.Close()
		time.Sleep(2 * time.Minute) // the last ticks run out
	})
	start := time.Now()
	deps := ui.Deps{
		Log: log, Now: func() time.Time { return uitest.Evening.Add(time.Since(start)) },
		Steady:  func() time.Duration { return time.Since(start) },
		Library: uitest.Library(t), Figures: body.Open(assets.Files), Settings: settings.Default(), Config: "config.toml", Tabs: ui.DefaultTabs,
	}
	for _, c := range change {
		c(&deps)
	}
	over = make(chan error, 1)
	go func() {
		over <- ui.Run(t.Context(), deps, ui.Terminal{
			Traits: ui.Traits{Profile: colorprofile.TrueColor},
			In:     in, Out: io.Discard, Env: []string{"TERM=xterm-256color"}, Width: 80, Height: 24, Stop: terminal.Stop, There: terminal.There,
		})
	}()
	return typed, over
}

// outside starts what package os/signal needs where fake time does not reach.
func outside() {
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGHUP)
	signal.Stop(c)
}

func TestAHangupEndsTheProgramOnceAllIsOnDisk(t *testing.T) {
	outside()
	synctest.Test(t, func(t *testing.T) {
		log := &journaltest.Mem{}
		hangup := make(chan os.Signal, 1)
		typed, over := run(t, log, hangup)
		if _, err := typed.Write([]byte("www")); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		hangup <- syscall.SIGHUP
		if err := <-over; err != nil {
			t.Error(err)
		}
		if got := ticked(t, log); len(got) != 3 {
			t.Errorf("on disk are %v", got)
		}
	})
}

// A terminal that is not the session's own goes without a signal.
func TestATerminalThatIsGoneEndsTheProgramOnceAllIsOnDisk(t *testing.T) {
	outside()
	synctest.Test(t, func(t *testing.T) {
		log := &journaltest.Mem{}
		var gone atomic.Bool
		typed, over := runIn(t, log, ui.Terminal{There: func() bool { return !gone.Load() }})
		if _, err := typed.Write([]byte("ww")); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		select {
		case err := <-over:
			t.Fatalf("it ended (%v) though the terminal is there", err)
		default:
		}
		gone.Store(true)
		select {
		case err := <-over:
			if err != nil {
				t.Error(err)
			}
		case <-time.After(time.Minute):
			t.Error("it goes on without a terminal")
		}
		if got := ticked(t, log); len(got) != 2 {
			t.Errorf("on disk are %v", got)
		}
	})
}

func TestAHangupEndsTheProgramAlsoWhenNothingCanBeWritten(t *testing.T) {
	outside()
	synctest.Test(t, func(t *testing.T) {
		log := &journaltest.Mem{}
		hangup := make(chan os.Signal, 1)
		typed, over := run(t, log, hangup)
		time.Sleep(time.Second)
		log.Fail(journal.ErrBusy)
		if _, err := typed.Write([]byte("w")); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		hangup <- syscall.SIGHUP
		select {
		case err := <-over:
			var lost *ui.LostError
			if !errors.As(err, &lost) || len(lost.Entries) != 1 {
				t.Errorf("it ended with %v", err)
			}
		case <-time.After(time.Minute):
			t.Error("it goes on without a terminal")
		}
	})
}

func TestWhatIsUnwrittenAtTheEndIsLeftForLater(t *testing.T) {
	outside()
	synctest.Test(t, func(t *testing.T) {
		log, inbox := &journaltest.Mem{}, &journaltest.Mem{}
		hangup := make(chan os.Signal, 1)
		typed, over := run(t, log, hangup, func(d *ui.Deps) {
			d.Drop = func(entries ...journal.Entry) (string, error) {
				_, err := inbox.Append(context.Background(), entries...)
				return "inbox/it.jsonl", err
			}
		})
		time.Sleep(time.Second)
		log.Fail(journal.ErrBusy)
		if _, err := typed.Write([]byte("w")); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if left := ticked(t, inbox); len(left) != 1 {
			t.Errorf("in memory only while the file is busy: %v", left)
		}
		hangup <- syscall.SIGHUP
		err := <-over
		if !errors.Is(err, journal.ErrBusy) || !strings.Contains(err.Error(), "waits in inbox/it.jsonl") || len(ticked(t, inbox)) != 1 {
			t.Errorf("it ended with %v; left are %v", err, ticked(t, inbox))
		}
	})
}

func ticked(t *testing.T, log *journaltest.Mem) []journal.Entry {
	t.Helper()
	day := journal.DefaultCalendar.Day(uitest.Evening)
	facts, err := log.Live(t.Context(), day, day)
	if err != nil {
		t.Fatal(err)
	}
	return facts
}

// hanging is a log whose first write takes a long time, as on a disk that hangs.
type hanging struct {
	*journaltest.Mem
	takes time.Duration
}

func (l *hanging) hang() {
	time.Sleep(l.takes)
	l.takes = 0
}

func (l *hanging) Append(ctx context.Context, entries ...journal.Entry) (int, error) {
	l.hang()
	return l.Mem.Append(ctx, entries...)
}

func (l *hanging) Decide(ctx context.Context, from, to journal.Date, kinds []journal.Kind, do func([]journal.Entry) ([]journal.Entry, error)) error {
	l.hang()
	return l.Mem.Decide(ctx, from, to, kinds, do)
}

// into gives the program an inbox.
func into(inbox *journaltest.Mem) func(*ui.Deps) {
	return func(d *ui.Deps) {
		d.Drop = func(entries ...journal.Entry) (string, error) {
			_, err := inbox.Append(context.Background(), entries...)
			return "inbox/it.jsonl", err
		}
	}
}

// A program that is killed loses what is in memory only.
func TestWhatTheJournalDoesNotTakeIsInTheInboxAtOnceAndInTheJournalLater(t *testing.T) {
	for _, trouble := range []error{journal.ErrBusy, journal.ErrFull} {
		synctest.Test(t, func(t *testing.T) {
			log, inbox := &journaltest.Mem{}, &journaltest.Mem{}
			e := begin(t, log, into(inbox))
			log.Fail(trouble)
			e.press("w", "w")
			if got := ticked(t, inbox); len(got) != 2 {
				t.Fatalf("%v: in the inbox are %v", trouble, got)
			}
			e.see("2 of 6", "what you did is kept")
			log.Fail(nil)
			time.Sleep(5 * time.Second)
			if got := ticked(t, log); len(got) != 2 {
				t.Errorf("%v: in the journal are %v", trouble, got)
			}
			if got := e.root.Pending(); len(got) != 0 {
				t.Errorf("%v: still to be written: %v", trouble, got)
			}
			e.see("2 of 6")
			e.leave()
		})
	}
}

func TestAWriteThatHangsIsInTheInboxAfterASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log, inbox := &hanging{&journaltest.Mem{}, time.Minute}, &journaltest.Mem{}
		e := begin(t, log.Mem, func(d *ui.Deps) { into(inbox)(d); d.Log = log })
		e.press("w")
		time.Sleep(1100 * time.Millisecond)
		synctest.Wait()
		if got := ticked(t, inbox); len(got) != 1 {
			t.Errorf("in the inbox are %v", got)
		}
		e.press("w") // while the first still hangs
		if got := ticked(t, inbox); len(got) != 2 {
			t.Errorf("in the inbox are %v", got)
		}
		time.Sleep(3 * time.Minute)
		if got := ticked(t, log.Mem); len(got) != 2 {
			t.Errorf("in the journal are %v", got)
		}
		e.leave()
	})
}

// The inbox does not know which glasses other programs ticked.
func TestAGlassFromTheInboxIsNotTheOneThatAnotherProgramTicked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log, inbox := &journaltest.Mem{}, &journaltest.Mem{}
		e := begin(t, log, into(inbox))
		log.Fail(journal.ErrBusy)
		e.press("w")
		log.Fail(nil)
		other := uitest.Fact(0, journal.Ticked{Item: "glass-1", List: "water", ML: 250})
		if _, err := log.Append(t.Context(), append(ticked(t, inbox), other)...); err != nil {
			t.Fatal(err)
		}
		time.Sleep(5 * time.Second)
		synctest.Wait()
		e.see("2 of 6")
		items := map[string]bool{}
		for _, f := range ticked(t, log) {
			items[f.Fact.(journal.Ticked).Item] = true
		}
		if len(items) != 2 {
			t.Errorf("ticked are %v", items)
		}
		newest, any, err := journal.NewestAction(t.Context(), log)
		edit := func(s journal.Step) bool { return s.Change != journal.Recorded }
		if err != nil || !any || slices.ContainsFunc(newest.Steps, edit) {
			t.Errorf("`lull log undo` would reverse %+v (%v, %v), not the tick", newest, any, err)
		}
		e.press("u")
		e.see("1 of 6")
		e.leave()
	})
}

func TestLeavingEndsAtOnceWhenAllIsInTheInbox(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log, inbox := &journaltest.Mem{}, &journaltest.Mem{}
		e := begin(t, log, into(inbox))
		log.Fail(journal.ErrBusy)
		e.press("w", "q")
		select {
		case <-e.done:
		case <-time.After(time.Second):
			t.Error("it waits for the file")
		}
	})
}
