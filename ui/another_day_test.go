package ui_test

import (
	"testing"
	"testing/synctest"
	"time"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
	"lull/ui/uitest"
)

// The clock was ahead by days and is put right: the window shows what the journal
// has of the days around it, though nobody wrote anything.
func TestAClockThatIsSetBackShowsTheDaysOfItsTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		forward, set := clocks()
		log := &journaltest.Mem{}
		if _, err := log.Append(t.Context(), uitest.Fact(10, journal.Ticked{List: journal.WaterList, Item: "glass-1", ML: 250})); err != nil {
			t.Fatal(err)
		}
		e := begin(t, log, set)
		e.press("3")
		e.pass(5 * time.Second) // nothing is read any more
		e.see("0 of 6")
		forward.Store(-int64(10 * 24 * time.Hour))
		e.pass(3 * time.Second)
		e.see("1 of 6")
		e.leave()
	})
}
