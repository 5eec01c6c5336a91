package ui_test

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/google/go-cmp/cmp"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
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
		time.Sleep(17 * time.Second)
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
		e.see("1 of 6")
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
		e.see("Still saving. Try again in a moment.")
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
		e.see("1 of 6")
		e.leave()
	})
}

func TestKeysThatClashInMoreWaysThanFitSayWhereThatIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, func(d *ui.Deps) {
			d.Settings.Keys = map[string][]string{"drink": {"q"}, "pause": {"x"}}
		})
		e.see("[keys] cannot be used: lull config edit")
		e.leave()
	})
}

func TestAChangedKeyWorksAndIsShown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, func(d *ui.Deps) { d.Settings.Keys = map[string][]string{"drink": {"d"}} })
		e.see("d add a drink")
		e.press("w")
		e.see("0 of 6")
		e.press("d")
		e.see("1 of 6")
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
		e.see("GET READY RIGHT LEG")
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
			for range 30 {
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
