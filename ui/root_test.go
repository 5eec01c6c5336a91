package ui_test

import (
	"context"
	"errors"
	"io"
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

func (e *evening) miss(texts ...string) {
	e.t.Helper()
	uitest.Misses(e.t, e.frame(), texts...)
}

func (e *evening) send(msg tea.Msg) {
	e.p.Send(msg)
	synctest.Wait()
}

// click presses the mouse where a text stands in the window.
func (e *evening) click(text string) {
	e.t.Helper()
	x, y := uitest.Spot(e.t, e.frame(), text)
	e.send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
}

// hint presses the mouse on a hint of the footer.
func (e *evening) hint(text string) {
	e.t.Helper()
	frame := e.frame()
	last := strings.LastIndex(frame, "\n") + 1
	x, _ := uitest.Spot(e.t, frame[last:], text)
	e.send(tea.MouseClickMsg{X: x, Y: strings.Count(frame, "\n"), Button: tea.MouseLeft})
}

func (e *evening) kinds() []journal.Kind {
	e.t.Helper()
	var kinds []journal.Kind
	for _, f := range e.facts() {
		kinds = append(kinds, f.Fact.Kind())
	}
	return kinds
}

// slow is a log whose disk takes its time.
type slow struct {
	*journaltest.Mem
	takes time.Duration
}

func (s slow) Append(ctx context.Context, entries ...journal.Entry) (int, error) {
	time.Sleep(s.takes)
	return s.Mem.Append(ctx, entries...)
}

const short = `
name = "short"
[[step]]
stretch = "wall-calf"
hold = "2s"
reps = 2
gap = "1s"
setup = "1s"
`

func TestUndoTakesBackAnEditAndThenWhatWasEdited(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, func(d *ui.Deps) {
			if err := d.Library.Add("short.toml", []byte(short)); err != nil {
				t.Fatal(err)
			}
			d.Settings.Routine = "short"
		})
		e.press("space", "space")
		time.Sleep(8 * time.Second)
		e.press("x")
		left := e.sessions()
		if len(left) != 1 || left[0].Outcome != journal.Partial {
			t.Fatalf("left: %+v", left)
		}
		e.press("space", "space")
		time.Sleep(20 * time.Second)
		e.press("space")
		if got := e.sessions(); len(got) != 1 || got[0].Outcome != journal.Complete {
			t.Fatalf("gone on with: %+v", got)
		}
		e.press("u")
		if diff := cmp.Diff(left, e.sessions()); diff != "" {
			t.Errorf("after one undo: %s", diff)
		}
		e.see("undone: the last change")
		e.press("u")
		if got := e.sessions(); len(got) != 0 {
			t.Errorf("after two: %+v", got)
		}
		e.leave()
	})
}

func TestUndoTakesBackSafetyAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		e.press("s")
		for range 12 {
			e.press("n")
		}
		e.press("space")
		if got := e.kinds(); !slices.Contains(got, journal.KindScreened) {
			t.Fatalf("recorded %v", got)
		}
		e.press("u")
		if got := e.kinds(); slices.Contains(got, journal.KindScreened) {
			t.Errorf("after the undo there is %v", got)
		}
		e.see("undone: answered the safety questions")
		e.leave()
	})
}

func TestUndoTakesBackTheLastKeyAlsoBeforeItIsOnDisk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := &journaltest.Mem{}
		e := begin(t, log, func(d *ui.Deps) { d.Log = slow{log, 3 * time.Second} })
		e.press("w")
		time.Sleep(4 * time.Second)
		e.press("w", "u")
		e.see("undone: ticked glass-2")
		time.Sleep(20 * time.Second)
		e.see("1 of 8")
		if got := e.facts(); len(got) != 1 || got[0].Fact.(journal.Ticked).Item != "glass-1" {
			t.Errorf("what stands is %+v", got)
		}
		e.leave()
	})
}

func TestSeveralUndosInARowTakeBackSeveralKeysAlsoBeforeTheyAreOnDisk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := &journaltest.Mem{}
		e := begin(t, log, func(d *ui.Deps) { d.Log = slow{log, 3 * time.Second} })
		e.press("w", "3", "G", "space", "u", "u", "u")
		e.see("nothing recorded in this sitting")
		e.leave()
		if got := e.facts(); len(got) != 0 {
			t.Errorf("what stands is %+v", got)
		}
	})
}

func TestANoticeGoesAwayByItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		e.press("w")
		e.see("u takes it back")
		e.miss("? help")
		time.Sleep(5 * time.Second)
		e.see("u takes it back")
		time.Sleep(3 * time.Second)
		e.see("? help")
		e.miss("u takes it back")
		e.leave()
	})
}

func TestWhatTheJournalHasToSayIsShown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		notices := make(chan string, 1)
		e := begin(t, &journaltest.Mem{}, func(d *ui.Deps) { d.Notices = notices })
		notices <- "one line of the journal\x1b[2J could not be read"
		time.Sleep(1500 * time.Millisecond)
		e.see("one line of the journal␛[2J could not be read")
		e.leave()
	})
}

func TestKeysThatClashFallBackToTheDefaultsAndSaySo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, func(d *ui.Deps) { d.Settings.Keys = map[string][]string{"drink": {"q"}} })
		e.see(`config.toml: [keys] quit and drink are both on "q"`)
		e.press("w")
		e.see("1 of 8")
		e.leave()
	})
}

func TestAChangedKeyWorksAndIsShown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, func(d *ui.Deps) { d.Settings.Keys = map[string][]string{"drink": {"d"}} })
		e.see("d drank one")
		e.press("w")
		e.see("0 of 8")
		e.press("d")
		e.see("1 of 8")
		e.leave()
	})
}

func TestAPasteBeyondReasonIsDropped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		e.press("3", "a")
		e.send(tea.PasteMsg{Content: "blue cup" + strings.Repeat(" ", 64<<10)})
		e.miss("blue cup")
		e.send(tea.PasteMsg{Content: "red cup"})
		e.see("red cup")
		e.press("esc")
		e.leave()
	})
}

func TestAWindowBeyondReasonIsClamped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		e.send(tea.WindowSizeMsg{Width: 1000, Height: 900})
		uitest.Fits(t, e.frame(), 500, 200)
		if lines := strings.Count(e.frame(), "\n") + 1; lines != 200 {
			t.Errorf("%d lines", lines)
		}
		e.leave()
	})
}

func TestLettersInAFieldAreNoKeys(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		e.press("3", "a")
		for _, letter := range strings.Split("q?u!1s2", "") {
			e.press(letter)
		}
		e.see("q?u!1s2", "Checklist, today")
		e.press("esc")
		e.press("1")
		e.see("Tonight, Sun 22")
		e.leave()
	})
}

func TestCtrlCLeavesAlsoFromAField(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		e.press("3", "a", "ctrl+c")
		<-e.done
	})
}

func TestAClickOnATabOpensIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		e.click("Checklist")
		e.see("Checklist, today")
		e.click("1 Tonight")
		e.see("Tonight, Sun 22")
		e.leave()
	})
}

func TestAClickOnAHintDoesWhatItsKeyDoes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		e.hint("w drank one")
		e.see("1 of 8")
		time.Sleep(8 * time.Second)
		e.hint("? help")
		e.see("Keys that work here")
		e.click("Keys that work here")
		e.miss("Keys that work here")
		e.hint("space begin")
		time.Sleep(8 * time.Second) // until the notice has gone
		e.hint("space start")
		e.see("HOLD")
		e.leave()
	})
}

func TestAClickOnAHintWorksForEveryKeyThatCanBeSet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, key := range []string{"f5", "pgdown", "ctrl+w", "alt+w", "shift+f3", "insert", "ä", ";"} {
			e := begin(t, &journaltest.Mem{}, func(d *ui.Deps) { d.Settings.Keys = map[string][]string{"drink": {key}} })
			e.hint(key + " drank one")
			if !strings.Contains(uitest.Text(e.frame()), "1 of 8") {
				t.Errorf("a click on the hint of %s does nothing", key)
			}
			e.leave()
		}
	})
}

func TestAClickOnANoticeDoesNotPressWhatItHides(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		x, y := uitest.Spot(t, e.frame(), "w drank one")
		e.press("w")
		e.see("u takes it back")
		e.send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
		if got := len(e.facts()); got != 1 {
			t.Errorf("%d glasses are ticked", got)
		}
		e.see("? help") // the notice has gone
		e.leave()
	})
}

func TestOtherMouseButtonsDoNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		x, y := uitest.Spot(t, e.frame(), "w drank one")
		for _, button := range []tea.MouseButton{tea.MouseRight, tea.MouseMiddle, tea.MouseBackward} {
			e.send(tea.MouseClickMsg{X: x, Y: y, Button: button})
		}
		e.see("0 of 8")
		e.leave()
	})
}

func TestTabGoesRoundTheScreens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		for range ui.DefaultTabs() {
			e.press("tab")
		}
		e.see("Tonight, Sun 22")
		e.press("shift+tab")
		e.see("kept in config.toml")
		e.leave()
	})
}

func TestTheSignsAreOneKeyAwayAlsoInASession(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		e.press("space", "space", "space", "!")
		e.see("Get help now")
		e.press("esc")
		e.see("PAUSED")
		e.leave()
	})
}

func TestInASessionOtherScreensAreOutOfReach(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		e.press("space", "space", "3", "tab", "u")
		e.see("HOLD")
		e.leave()
	})
}

// In a window of any size the page of keys can be read to its end.
func TestEveryKeyOfHelpCanBeReadInEveryWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		for _, size := range [][2]int{{40, 12}, {60, 14}, {120, 16}, {200, 50}} {
			e.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			e.press("3", "?")
			read := e.frame()
			for range 25 {
				e.press("down")
				read += e.frame()
			}
			uitest.Sees(t, read, "Keys that work here", "tick", "day before", "add an item", "take off the list", "move down",
				"when to get help", "undo", "leave lull", "settings")
			e.press("x")
			e.miss("Keys that work here")
			e.see("first glass")
		}
		e.leave()
	})
}

func TestWhatAKilledProgramLeftIsRecordedWithoutAKey(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		e.press("space", "space")
		e.pass(62 * time.Second)
		e.p.Kill()
		<-e.done
		start := time.Now()
		next := begin(t, e.log, func(d *ui.Deps) {
			d.Now = func() time.Time { return uitest.Evening.Add(26*time.Hour + time.Since(start)) }
		})
		time.Sleep(3 * time.Second)
		synctest.Wait()
		if got := e.sessions(); len(got) != 1 || got[0].Outcome != journal.Partial {
			t.Errorf("recorded %+v", got)
		}
		next.see("1 night in a row")
		next.leave()
	})
}

func TestTheNextEveningASessionThatWasLeftIsNotOfferedAnyMore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		var later atomic.Int64
		e := begin(t, &journaltest.Mem{}, func(d *ui.Deps) {
			d.Now = func() time.Time { return uitest.Evening.Add(time.Since(start) + time.Duration(later.Load())) }
		})
		e.press("space", "space")
		e.pass(32 * time.Second)
		e.press("x")
		e.see("go on where you left")
		later.Store(int64(23 * time.Hour))
		time.Sleep(2 * time.Second)
		e.see("Tonight, Mon 23", "space begin")
		e.miss("go on where you left", "Left in the middle")
		e.leave()
	})
}

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
			Library: uitest.Library(t), Settings: settings.Default(), Tabs: ui.DefaultTabs,
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
func run(t *testing.T, log *journaltest.Mem, hangup chan os.Signal) (typed io.Writer, over chan error) {
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
		Library: uitest.Library(t), Settings: settings.Default(), Config: "config.toml", Tabs: ui.DefaultTabs,
	}
	over = make(chan error, 1)
	go func() {
		over <- ui.Run(t.Context(), deps, ui.Terminal{
			Traits: ui.Traits{Profile: colorprofile.TrueColor},
			In:     in, Out: io.Discard, Env: []string{"TERM=xterm-256color"}, Width: 80, Height: 24, Hangup: hangup,
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

func ticked(t *testing.T, log *journaltest.Mem) []journal.Entry {
	t.Helper()
	day := journal.DefaultCalendar.Day(uitest.Evening)
	facts, err := log.Live(t.Context(), day, day)
	if err != nil {
		t.Fatal(err)
	}
	return facts
}
