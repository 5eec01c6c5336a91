package ui_test

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
	"lull/ui/uitest"
)

// items are the glasses that are ticked.
func (e *evening) items() []string {
	e.t.Helper()
	var items []string
	for _, f := range e.facts() {
		if t, ok := f.Fact.(journal.Ticked); ok {
			items = append(items, t.Item)
		}
	}
	return items
}

// Somebody ticks a glass in a shell, and another in the window before the window
// has looked again.
func TestAGlassThatWasTickedElsewhereMeanwhileIsNotTheSameGlass(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		time.Sleep(100 * time.Millisecond)
		elsewhere := uitest.Fact(0, journal.Ticked{Item: "glass-1", List: "water", ML: 250})
		if _, err := e.log.Append(t.Context(), elsewhere); err != nil {
			t.Fatal(err)
		}
		e.press("w")
		if got := e.items(); !slices.Equal(got, []string{"glass-1", "glass-2"}) {
			t.Errorf("ticked are %v", got)
		}
		e.see("ticked second glass", "2 of 6")
		e.press("u")
		e.see("undone: ticked glass-2")
		if got := e.items(); !slices.Equal(got, []string{"glass-1"}) {
			t.Errorf("after the undo ticked are %v", got)
		}
		e.leave()
	})
}

func TestGlassesTickedInHasteAreSoManyGlasses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := &journaltest.Mem{}
		e := begin(t, log, nil)
		for range 5 {
			e.p.Send(uitest.Press("w"))
		}
		synctest.Wait()
		e.see("5 of 6")
		e.leave()
		items := e.items()
		slices.Sort(items)
		if n := len(slices.Compact(items)); n != 5 {
			t.Errorf("five glasses were ticked, and there are %d: %v", n, items)
		}
	})
}
