package ui_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"lull/routine"
	"lull/routine/journal"
	"lull/routine/journal/journaltest"
	"lull/routine/relief"
	"lull/ui"
	"lull/ui/uitest"
	"lull/ui/widget"
)

func (e *evening) cramps() []journal.Cramped {
	var all []journal.Cramped
	for _, f := range e.facts() {
		if c, ok := f.Fact.(journal.Cramped); ok {
			all = append(all, c)
		}
	}
	return all
}

// clock reads the large digits, whatever size there was room for.
func (e *evening) clock(want string) {
	e.t.Helper()
	shown := uitest.Text(e.frame())
	for rows := 5; rows <= 13; rows++ {
		if contains(shown, strings.Split(uitest.Text(widget.Digits(uitest.Theme("night"), want, rows)), "\n")) {
			return
		}
	}
	e.t.Errorf("the clock does not say %s:\n%s", want, shown)
}

func contains(text string, rows []string) bool {
	for _, row := range rows {
		if !strings.Contains(text, strings.TrimSpace(row)) {
			return false
		}
	}
	return true
}

func TestACrampIsWrittenDownFromItsFirstSecondAndGetsItsLengthWhenItLetsGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		e.press("c")
		e.see("Toes up, not pointed. Breathe out.")
		e.clock("0:00")
		if got := e.cramps(); len(got) != 1 || got[0].LastedS != nil {
			t.Fatalf("at once: %+v", got)
		}
		time.Sleep(83 * time.Second)
		synctest.Wait()
		e.clock("1:23")
		e.press("space")
		e.see("It let go after 1:23.")
		if got := e.cramps(); len(got) != 1 || got[0].LastedS == nil || *got[0].LastedS != 83 || got[0].Muscle != "" {
			t.Fatalf("when it let go: %+v", got)
		}
		e.press("space")
		e.see("Tonight")
		e.leave()
	})
}

func TestLeavingDuringACrampKeepsItsStart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, func(d *ui.Deps) { d.Start = ui.Start{Now: true, Cramp: relief.Asked("foot")} })
		e.see("Breathe out")
		time.Sleep(20 * time.Second)
		e.leave()
		if got := e.cramps(); len(got) != 1 || got[0].LastedS != nil || got[0].Muscle != "foot" {
			t.Fatalf("%+v", got)
		}
	})
}

func TestLullNowEndsWhenItIsOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, func(d *ui.Deps) { d.Start = ui.Start{Now: true} })
		time.Sleep(30 * time.Second)
		e.press("space", "space")
		<-e.done
		if got := e.cramps(); len(got) != 1 || *got[0].LastedS != 30 {
			t.Fatalf("%+v", got)
		}
	})
}

func TestAtFiveAndTenMinutesItSaysWhatThereIsToSay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		aid, _ := uitest.Aid(t)()
		e.press("c")
		for i, card := range aid.Cards() {
			e.pass(5*time.Minute - time.Duration(i)*time.Second + 2*time.Second)
			synctest.Wait()
			e.see(card.Text[:20])
		}
		e.leave()
	})
}

func TestOneKeyChangesTheMuscleAndTheOnsetStays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		aid, _ := uitest.Aid(t)()
		e.press("c")
		time.Sleep(10 * time.Second)
		for _, muscle := range append(relief.Muscles[1:], relief.Muscles[0]) {
			e.press("m")
			plan, _ := aid.For(routine.Screening{}).Plan(relief.Place{Muscle: muscle})
			e.see(plan.Name, plan.First)
			e.clock("0:10")
			for _, v := range plan.Variants {
				e.see(v.Ask + " m")
				e.press("m")
				e.see(plan.Name, v.First)
				e.clock("0:10")
			}
		}
		e.press("m", "space")
		if got := e.cramps(); got[0].Muscle != relief.Muscles[1] {
			t.Errorf("%+v", got)
		}
		e.leave()
	})
}

func TestAMistakeIsTakenBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		e.press("c", "x")
		if got := e.cramps(); len(got) != 0 {
			t.Errorf("%+v", got)
		}
		e.see("Tonight")
		e.leave()
	})
}

func TestACrampDuringASessionLeavesTheSessionAsItStood(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		e.press("space", "space")
		time.Sleep(20 * time.Second)
		e.press("c")
		if got := e.sessions(); len(got) != 1 || got[0].Outcome != journal.Partial {
			t.Errorf("sessions %+v", got)
		}
		e.press("c")
		if got := e.cramps(); len(got) != 1 {
			t.Errorf("cramps %+v", got)
		}
		e.leave()
	})
}

func TestTheSignsOverACrampStayDimAndLeadBackToIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		e.press("c")
		night := e.view().BackgroundColor
		time.Sleep(5 * time.Second)
		for _, back := range []string{"esc", "c"} {
			e.press("!")
			e.see("Get help now", "c back to the cramp")
			e.miss("1 Tonight")
			if got := e.view().BackgroundColor; got != night {
				t.Errorf("the signs are shown on %v, the cramp on %v", got, night)
			}
			e.press("!") // no second page of signs
			e.press(back)
			e.clock("0:05")
		}
		if got := e.cramps(); len(got) != 1 {
			t.Errorf("cramps %+v", got)
		}
		e.leave()
	})
}

func TestWhenItCrampsAgainTheNextOneIsACrampOfItsOwn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, func(d *ui.Deps) { d.Start = ui.Start{Now: true, Cramp: relief.Asked("foot")} })
		time.Sleep(20 * time.Second)
		e.press("space", "c")
		e.see("Foot and toes")
		e.clock("0:00")
		time.Sleep(10 * time.Second)
		e.press("space", "space")
		<-e.done
		got := e.cramps()
		if len(got) != 2 || got[0].Muscle != "foot" || got[1].Muscle != "foot" || *got[0].LastedS+*got[1].LastedS != 30 {
			t.Errorf("cramps %+v", got)
		}
	})
}

func TestAtTenMinutesItSaysWhatToDoAndKeepsSayingIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		e.press("c")
		e.pass(10*time.Minute + 2*time.Second)
		safety, _ := uitest.Library(t).Safety()
		uitest.Reads(t, e.frame(), "A cramp of ten minutes or more.", strings.Join(safety.SameDay.Act, " "), "! shows the signs.")
		e.send(tea.WindowSizeMsg{Width: 40, Height: 12})
		uitest.Reads(t, e.frame(), "A cramp of ten minutes or more.", strings.Join(safety.SameDay.Act, " "), "space when it stops")
		e.leave()
	})
}

func TestASessionPausesWhileTheSignsAreRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		e.press("space", "space")
		time.Sleep(4 * time.Second)
		e.press("!")
		time.Sleep(time.Minute)
		e.press("esc")
		e.see("PAUSED")
		e.leave()
	})
}

func TestAfterwardsEverythingCanBeReadAndTheWayBackIsInSightInTheSmallestWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		aid, _ := uitest.Aid(t)()
		e.press("c", "space")
		e.send(tea.WindowSizeMsg{Width: 40, Height: 12})
		read := ""
		for range 30 {
			e.see("space back to the dark")
			read += uitest.Text(e.frame())
			e.press("down")
		}
		for _, l := range aid.For(routine.Screening{}).Aftercare() {
			for _, word := range strings.Fields(l.Text + " " + l.More) {
				if !strings.Contains(read, word) {
					t.Errorf("%q cannot be read", word)
				}
			}
		}
		e.leave()
	})
}

func TestACautionIsReadInTheSmallestWindowFromTheFirstSecondToTheLast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := &journaltest.Mem{}
		e := &evening{t: t, log: log}
		e.record(uitest.Fact(1, journal.Screened{Answers: map[string]any{"recent_injury": true, "falls": true}}))
		e = begin(t, log, nil)
		e.press("c")
		e.send(tea.WindowSizeMsg{Width: 40, Height: 12})
		for range 11 {
			uitest.Reads(t, e.frame(), "Only what your surgeon or physiotherapist has allowed.")
			e.press("n")
		}
		e.see("Those were all the steps")
		uitest.Reads(t, e.frame(), "Only what your surgeon or physiotherapist has allowed.")
		e.leave()
	})
}

func TestInTheSmallestWindowTheClockIsReadWithoutGlasses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		e.press("c")
		e.send(tea.WindowSizeMsg{Width: 40, Height: 12})
		for range 7 {
			e.clock("0:00")
			e.see("! not my usual cramp")
			e.press("m")
		}
		e.leave()
	})
}

// What is damaged, or of another lull, must not stand between a person and the
// first instruction.
func TestFirstAidOpensWhateverIsWrongWithTheJournal(t *testing.T) {
	for _, trouble := range []error{journal.ErrDamaged, journal.ErrTooNew} {
		synctest.Test(t, func(t *testing.T) {
			log := &journaltest.Mem{}
			log.Fail(trouble)
			e := begin(t, log, func(d *ui.Deps) { d.Start = ui.Start{Now: true} })
			e.see("Toes up, not pointed. Breathe out.", "!")
			time.Sleep(10 * time.Second)
			e.clock("0:10")
			e.press("space")
			e.see("It let go after 0:10.", "It is being written down.")
			e.press("space")
			<-e.done
			if len(e.root.Pending()) == 0 {
				t.Error("what was not written is forgotten")
			}
		})
	}
}

// What the journal cannot take is left for later at once, not when the window is
// closed: it may be killed before.
func TestACrampThatTheJournalCannotTakeIsLeftForLaterAtOnce(t *testing.T) {
	for _, trouble := range []error{journal.ErrDamaged, journal.ErrTooNew, journal.ErrReadOnly} {
		synctest.Test(t, func(t *testing.T) {
			log, inbox := &journaltest.Mem{}, &journaltest.Mem{}
			log.Fail(trouble)
			e := begin(t, log, func(d *ui.Deps) {
				d.Start = ui.Start{Now: true}
				d.Drop = func(entries ...journal.Entry) (string, error) {
					_, err := inbox.Append(t.Context(), entries...)
					return "inbox/it.jsonl", err
				}
			})
			e.see("Toes up, not pointed. Breathe out.")
			if left := ticked(t, inbox); len(left) != 1 || left[0].Fact.Kind() != journal.KindCramped {
				t.Fatalf("left at once: %v", left)
			}
			time.Sleep(10 * time.Second)
			e.press("space")
			e.see("It let go after 0:10.")
			left := ticked(t, inbox)
			if long := left[0].Fact.(journal.Cramped).LastedS; len(left) != 1 || long == nil || *long != 10 {
				t.Errorf("left is %+v", left)
			}
			e.press("space")
			<-e.done
			if n := len(e.root.Pending()); n > 0 {
				t.Errorf("%d are still to be written", n)
			}
		})
	}
}

func TestLullNowEndsWithoutAFlashOfAnotherScreen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, last := range [][]string{{"space", "space"}, {"x"}} {
			e := begin(t, &journaltest.Mem{}, func(d *ui.Deps) { d.Start = ui.Start{Now: true} })
			time.Sleep(5 * time.Second)
			night := e.view().BackgroundColor
			e.press(last...)
			<-e.done
			if got := e.view(); got.BackgroundColor != night || strings.Contains(got.Content, "1 Tonight") {
				t.Errorf("%v ends on another screen:\n%s", last, uitest.Text(got.Content))
			}
		}
	})
}

func TestAfterTenMinutesTheEndStillSaysToBeSeen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		safety, _ := uitest.Library(t).Safety()
		e.press("c")
		e.pass(10*time.Minute + 2*time.Second)
		e.press("space")
		uitest.Reads(t, e.frame(), "It let go after 10:02.", strings.Join(safety.SameDay.Act, " "))
		e.miss("can wait for the morning")
		e.leave()
	})
}

func TestFirstAidFromTheSignsLeavesTheSessionToo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		e.press("space", "space")
		time.Sleep(20 * time.Second)
		e.press("!", "c")
		if got := e.sessions(); len(got) != 1 || got[0].Outcome != journal.Partial {
			t.Errorf("sessions %+v", got)
		}
		e.press("space", "space")
		e.see("Tonight")
		e.leave()
	})
}

func TestTheStepsOfFirstAidAreShownAndEndInStillness(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		e.press("c")
		time.Sleep(2 * time.Second) // the foot has come up
		synctest.Wait()
		pictures := map[string]bool{}
		for range 5 {
			time.Sleep(100 * time.Millisecond)
			pictures[e.frame()] = true
		}
		if len(pictures) > 2 { // the clock may have gone on
			t.Errorf("%d pictures within a second", len(pictures))
		}
		first := e.frame()
		e.press("n")
		if e.frame() == first {
			t.Error("the next step looks the same")
		}
	})
}
