package ui_test

import (
	"testing"
	"testing/synctest"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
	"lull/ui/uitest"
)

// What was recorded before lull was opened is named, and no key that is pressed
// by habit undoes it.
func TestWhatIsOlderThanTheWindowIsNamedAndConfirmed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := &journaltest.Mem{}
		last := uitest.Fact(0, journal.Cramped{Side: "left", Muscle: "calf"})
		if _, err := log.Append(t.Context(), uitest.Fact(1, journal.Quiet{})); err != nil {
			t.Fatal(err)
		}
		if _, err := log.Append(t.Context(), last); err != nil {
			t.Fatal(err)
		}
		e := begin(t, log, nil)
		e.press("w", "u") // what this window recorded goes at once
		e.see("undone: ticked glass-1")
		if len(e.facts()) != 2 {
			t.Fatalf("what stands is %+v", e.facts())
		}
		e.press("u")
		e.see("Undo this?", "cramp left calf, the night of ", "y undo it", "n cancel")
		e.press("u", "space", "enter", "u", "space")
		e.see("Undo this?")
		if len(e.facts()) != 2 {
			t.Fatalf("by habit something was undone: %+v", e.facts())
		}
		e.press("n")
		e.see("No changes made.")
		e.press("u", "y")
		e.see("undone: cramp left calf")
		if got := e.facts(); len(got) != 1 || got[0].Fact.Kind() != journal.KindQuiet {
			t.Errorf("what stands is %+v", got)
		}
		e.press("u") // and further back, not to and fro
		e.see("Undo this?", "a quiet night")
		e.press("esc")
		e.leave()
	})
}

// A removal is an action like any other, here and in the next window.
func TestARemovalIsUndoneInTheNextWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := &journaltest.Mem{}
		a, b := uitest.Fact(0, journal.Cramped{Side: "left"}), uitest.Fact(0, journal.Marked{Mark: "alcohol"})
		var mint journal.Mint
		for _, entry := range []journal.Entry{a, b, journal.NewWithdrawal(&mint, uitest.Evening, a)} {
			if _, err := log.Append(t.Context(), entry); err != nil {
				t.Fatal(err)
			}
		}
		e := begin(t, log, nil)
		e.press("u")
		e.see("Undo this?", "the removal of cramp left")
		e.press("y")
		if got := e.facts(); len(got) != 2 {
			t.Errorf("what stands is %+v", got)
		}
		e.leave()
	})
}

// What a window undid is not undone again from elsewhere.
func TestAnUndoOfTheWindowIsNoAction(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := &journaltest.Mem{}
		e := begin(t, log, nil)
		e.press("w", "w", "u")
		e.leave()
		a, any, err := journal.NewestAction(t.Context(), log)
		if err != nil || !any || len(a.Steps) != 1 || a.Steps[0].About.Fact != (journal.Ticked{Item: "glass-1", List: journal.WaterList, ML: a.Steps[0].About.Fact.(journal.Ticked).ML}) {
			t.Errorf("the newest action is %+v, %v, %v", a, any, err)
		}
	})
}

// Another program may undo the same removal while the person is asked.
func TestWhatAnotherProgramUndidMeanwhileIsNotUndoneTwice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := &journaltest.Mem{}
		a := uitest.Fact(0, journal.Cramped{Side: "left"})
		var mint journal.Mint
		for _, entry := range []journal.Entry{a, journal.NewWithdrawal(&mint, uitest.Evening, a)} {
			if _, err := log.Append(t.Context(), entry); err != nil {
				t.Fatal(err)
			}
		}
		e := begin(t, log, nil)
		e.press("u")
		e.see("Undo this?", "the removal of cramp left")
		action, _, err := journal.NewestAction(t.Context(), log)
		if err != nil {
			t.Fatal(err)
		}
		back, err := action.Reverse(&mint, uitest.Evening)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := log.Append(t.Context(), back...); err != nil {
			t.Fatal(err)
		}
		e.press("y")
		e.see("Something else was recorded in the meantime. No changes made.")
		if got := e.facts(); len(got) != 1 {
			t.Errorf("what stands is %+v", got)
		}
		e.leave()
	})
}
