package ui_test

import (
	"errors"
	"io"
	"lull/assets"
	"lull/routine/body"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
	"lull/routine/settings"
	"lull/ui"
	"lull/ui/uitest"
)

// evening is a whole program under way in fake time.
type evening struct {
	t    *testing.T
	log  *journaltest.Mem
	root *ui.Root
	p    *tea.Program
	done chan struct{}

	mu    sync.Mutex
	saved []settings.Change
	last  tea.View // the last frame
}

// watched is the program's model with an eye on what it draws: tests read what
// the program drew itself, and have no hand in it while it runs.
type watched struct{ e *evening }

func (w watched) Init() tea.Cmd { return w.e.root.Init() }

func (w watched) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	_, cmd := w.e.root.Update(msg)
	return w, cmd
}

func (w watched) View() tea.View {
	v := w.e.root.View()
	w.e.mu.Lock()
	defer w.e.mu.Unlock()
	w.e.last = v
	return v
}

// frame is the window as it stands.
func (e *evening) frame() string { return e.view().Content }

func (e *evening) view() tea.View {
	synctest.Wait()
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.last
}

// seldom is how often a second the renderer looks for something to draw: what
// it writes goes nowhere, so that it only costs the tests time.
const seldom = 2

// begin starts the program on a log. It must run in a synctest bubble.
func begin(t *testing.T, log *journaltest.Mem, change func(*ui.Deps)) *evening {
	t.Helper()
	return beginOn(t, io.Discard, log, change)
}

// beginOn is begin with an output that somebody reads.
func beginOn(t *testing.T, output io.Writer, log *journaltest.Mem, change func(*ui.Deps)) *evening {
	t.Helper()
	start := time.Now()
	e := &evening{t: t, log: log, done: make(chan struct{})}
	deps := ui.Deps{
		Log: log, Now: func() time.Time { return uitest.Evening.Add(time.Since(start)) },
		Steady:  func() time.Duration { return time.Since(start) },
		Library: uitest.Library(t), Figures: body.Open(assets.Files), Settings: settings.Default(), Config: "config.toml",
		Save: e.save, Terminal: ui.Traits{Profile: colorprofile.TrueColor}, Tabs: ui.DefaultTabs,
		Aid: uitest.Aid(t), Guide: uitest.Guide(t),
	}
	if change != nil {
		change(&deps)
	}
	e.root = ui.New(deps)
	if err := e.root.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	e.p = tea.NewProgram(watched{e}, tea.WithInput(nil), tea.WithOutput(output), tea.WithoutSignalHandler(),
		tea.WithWindowSize(80, 24), tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg { return ui.Filter(e.root, msg) }), tea.WithFPS(seldom))
	go func() {
		defer close(e.done)
		if _, err := e.p.Run(); err != nil && !errors.Is(err, tea.ErrProgramKilled) {
			t.Errorf("the program ended with %v", err)
		}
	}()
	synctest.Wait()
	t.Cleanup(e.end)
	return e
}

// end lets nothing of the program outlive its test.
func (e *evening) end() {
	e.p.Kill()
	<-e.done
	time.Sleep(2 * time.Minute) // the last ticks run out
}

func (e *evening) save(changes []settings.Change) (settings.Settings, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.saved = append(e.saved, changes...)
	text, err := settings.Apply("config.toml", nil, e.saved)
	if err != nil {
		return settings.Settings{}, err
	}
	return settings.Parse("config.toml", text)
}

func (e *evening) press(keys ...string) {
	for _, k := range keys {
		e.p.Send(uitest.Press(k))
		synctest.Wait()
	}
}

// leave presses q and waits until everything is over.
func (e *evening) leave() {
	e.p.Send(uitest.Press("q"))
	<-e.done
}

// pass lets time go by in a window too small to draw in: every second of it
// would be drawn, which takes long and is not what is tried.
func (e *evening) pass(d time.Duration) {
	e.p.Send(tea.WindowSizeMsg{Width: 20, Height: 5})
	time.Sleep(d)
	synctest.Wait()
	e.p.Send(tea.WindowSizeMsg{Width: 80, Height: 24})
	synctest.Wait()
}

func (e *evening) facts() []journal.Entry {
	e.t.Helper()
	night := journal.DefaultCalendar.Night(uitest.Evening)
	live, err := e.log.Live(e.t.Context(), night-1, night+1)
	if err != nil {
		e.t.Fatal(err)
	}
	return live
}

func (e *evening) sessions() []journal.Stretched {
	var all []journal.Stretched
	for _, f := range e.facts() {
		if s, ok := f.Fact.(journal.Stretched); ok {
			all = append(all, s)
		}
	}
	return all
}

func (e *evening) see(texts ...string) {
	e.t.Helper()
	uitest.Sees(e.t, e.frame(), texts...)
}

func TestSpaceTwiceRunsTheTrialForItsSecondsAndRecordsIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		e.press("space", "space")
		e.pass(185*time.Second - 10*time.Millisecond)
		if got := e.sessions(); len(got) != 0 {
			t.Fatalf("recorded before its end: %+v", got)
		}
		time.Sleep(20 * time.Millisecond)
		synctest.Wait()
		got := e.sessions()
		if len(got) != 1 || got[0].Outcome != journal.Complete || got[0].PlannedS != 120 || got[0].HeldS != 120 {
			t.Fatalf("recorded %+v", got)
		}
		e.see("Done. Tonight is kept.", "120 of 120 seconds held", "Nights in a row: 1")
		e.leave()
		again := begin(t, e.log, nil)
		again.see("Stretched tonight", "1 night in a row")
		again.leave()
	})
}

func TestTheQuarterOfAnHourRoutineRunsToItsEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, func(d *ui.Deps) { d.Start = ui.Start{Routine: "full"} })
		e.press("space")
		e.pass(905*time.Second + 10*time.Millisecond)
		synctest.Wait()
		if got := e.sessions(); len(got) != 1 || got[0].Outcome != journal.Complete || got[0].HeldS != got[0].PlannedS {
			t.Fatalf("recorded %+v", got)
		}
		e.leave()
	})
}

func TestPausingAndGoingOnInHasteDoesNotMakeTimeRunFaster(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		e.press("space", "space")
		for range 7 {
			time.Sleep(500 * time.Millisecond)
			e.press("space")
		}
		e.press("space") // after seven presses it stands; now it goes on
		e.pass(185 * time.Second)
		if got := e.sessions(); len(got) != 0 {
			t.Fatalf("seven pauses ended the session early: %+v", got)
		}
		e.pass(30 * time.Second)
		synctest.Wait()
		if got := e.sessions(); len(got) != 1 || got[0].HeldS != 120 {
			t.Fatalf("recorded %+v", got)
		}
		e.leave()
	})
}

func TestLeavingKeepsWhatWasHeldAndComingBackFinishesTheSameSession(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		e.press("space", "space")
		e.pass(72 * time.Second)
		e.leave()
		if got := e.sessions(); len(got) != 1 || got[0].Outcome != journal.Partial || got[0].HeldS < 40 {
			t.Fatalf("after leaving: %+v", got)
		}
		e = begin(t, e.log, nil)
		e.see("go on where you left")
		e.press("space", "space")
		e.pass(137 * time.Second)
		synctest.Wait()
		if got := e.sessions(); len(got) != 1 || got[0].Outcome != journal.Complete || got[0].HeldS != 120 {
			t.Fatalf("after coming back: %+v", got)
		}
		e.leave()
	})
}

func TestASessionOfAnEarlierNightThatWasKilledIsRecordedAsFarAsItWasHeld(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		e.press("space", "space")
		e.pass(72 * time.Second)
		e.p.Kill()
		<-e.done
		time.Sleep(26 * time.Hour)
		if got := e.sessions(); len(got) != 0 {
			t.Fatalf("a killed program recorded %+v", got)
		}
		start := time.Now()
		next := begin(t, e.log, func(d *ui.Deps) {
			d.Now = func() time.Time { return uitest.Evening.Add(26*time.Hour + time.Since(start)) }
		})
		next.leave()
		if got := e.sessions(); len(got) != 1 || got[0].Outcome != journal.Partial {
			t.Fatalf("the next evening made of it %+v", got)
		}
	})
}

func TestEveryTickPressedBeforeASignalIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		for range 20 {
			e.p.Send(uitest.Press("w"))
		}
		e.p.Quit()
		<-e.done
		ticks := 0
		for _, f := range e.facts() {
			if _, ok := f.Fact.(journal.Ticked); ok {
				ticks++
			}
		}
		if ticks != 20 {
			t.Fatalf("%d of 20 ticks are on disk", ticks)
		}
	})
}

func TestATickThatCannotBeWrittenIsSaidAndTriedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		e.log.Fail(journal.ErrFull)
		e.press("w")
		e.see("the disk is full", "0 of 6")
		e.log.Fail(nil)
		time.Sleep(3 * time.Second)
		synctest.Wait()
		e.see("1 of 6")
		e.leave()
	})
}

func TestLeavingTwiceEndsAlsoWhenNothingCanBeWritten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		e.log.Fail(journal.ErrBusy)
		e.press("w", "q")
		select {
		case <-e.done:
			t.Fatal("it ended with a tick unwritten")
		default:
		}
		e.leave()
		if got := e.root.Pending(); len(got) != 1 {
			t.Fatalf("pending: %+v", got)
		}
	})
}

func TestWhatAnotherProgramRecordsShowsWithinTwoSeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		e.see("0 of 6")
		if _, err := e.log.Append(t.Context(), uitest.Fact(0, journal.Ticked{Item: "glass-1", List: "water", ML: 250})); err != nil {
			t.Fatal(err)
		}
		time.Sleep(1100 * time.Millisecond)
		synctest.Wait()
		e.see("1 of 6")
		e.leave()
	})
}

func TestUndoTakesBackOneThingAfterAnother(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		e.press("w", "w")
		e.see("2 of 6")
		e.press("u")
		e.see("1 of 6", "undone: ticked glass-2")
		e.press("u")
		e.see("0 of 6")
		e.press("u")
		e.see("Nothing to undo.")
		e.leave()
	})
}

func TestUntickingIsUndoneByTickingAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		e.press("3", "space", "space")
		e.see("0 of 6")
		e.press("u")
		e.see("1 of 6")
		e.leave()
	})
}

func TestAMessageForAScreenThatIsGoneIsDropped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		e.press("space", "space", "x") // a session, left at once
		e.press("3")
		time.Sleep(5 * time.Second)
		e.see("Checklist")
		e.leave()
	})
}

func TestAWindowThatIsTooSmallSaysWhatIsNeeded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		e.p.Send(tea.WindowSizeMsg{Width: 39, Height: 24})
		synctest.Wait()
		e.see("lull needs 40x12; this is 39x24")
		e.press("w")
		if got := e.facts(); len(got) != 0 {
			t.Errorf("a key that could not be seen recorded %+v", got)
		}
		e.leave()
	})
}

func TestSettingsAreWrittenAndHoldAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		e.press("7", "down", "down", "down", "space")
		e.see("dark")
		if len(e.saved) != 1 || e.saved[0].Key != "theme" || e.saved[0].Value != "dark" {
			t.Errorf("saved %+v", e.saved)
		}
		e.leave()
	})
}

func TestASettingThatCannotBeSavedIsSaid(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, func(d *ui.Deps) {
			d.Save = func([]settings.Change) (settings.Settings, error) {
				return settings.Settings{}, errors.New("the folder is read-only")
			}
		})
		e.press("7", "down", "down", "down", "space")
		e.see("not saved: the folder is read-only")
		e.leave()
	})
}

func TestHelpListsTheKeysThatWorkHere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		e.press("3", "?")
		e.see("Keys that work here", "tick", "day before", "when to get help")
		e.press("?")
		if strings.Contains(uitest.Text(e.frame()), "Keys that work here") {
			t.Error("help stays open")
		}
		e.leave()
	})
}

func TestEveryFrameIsExactlyTheWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		for _, keys := range [][]string{{"1"}, {"2"}, {"3"}, {"4"}, {"5"}, {"6"}, {"7"}, {"?"}, {"q", "1"}, {"!"}, {"esc", "1", "s"}, {"esc", "1", "space"}, {"space"}, {"z"}} {
			if keys[0] == "q" {
				continue
			}
			e.press(keys...)
			for _, size := range [][2]int{{40, 12}, {80, 24}, {100, 20}, {160, 50}, {300, 100}, {41, 90}} {
				e.p.Send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
				synctest.Wait()
				frame := e.frame()
				uitest.Fits(t, frame, size[0], size[1])
				if got := strings.Count(frame, "\n") + 1; got != size[1] {
					t.Errorf("after %v: %d lines in %v", keys, got, size)
				}
			}
		}
		e.leave()
	})
}
