package ui_test

import (
	"testing"
	"testing/synctest"
	"time"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
	"lull/ui/uitest"
)

func (e *evening) record(facts ...journal.Entry) {
	e.t.Helper()
	if _, err := e.log.Append(e.t.Context(), facts...); err != nil {
		e.t.Fatal(err)
	}
}

func TestWhatAnEntryBringsUpIsShownOnceAndSeen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := &journaltest.Mem{}
		lasted := 11 * 60
		e := &evening{t: t, log: log}
		e.record(uitest.Fact(1, journal.Cramped{LastedS: &lasted, Side: "left"}))
		e = begin(t, log, nil)
		e.see("Worth a moment", "I have read this")
		time.Sleep(2 * time.Second) // until it takes keys
		e.press("space")
		e.see("Tonight")
		e.leave()
		again := begin(t, log, nil)
		again.see("Tonight's stretch")
		again.leave()
	})
}

func TestNothingIsBroughtUpDuringFirstAid(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := &journaltest.Mem{}
		lasted := 11 * 60
		e := begin(t, log, nil)
		e.press("c")
		e.record(uitest.Fact(1, journal.Cramped{LastedS: &lasted}))
		time.Sleep(2 * time.Second) // until it takes keys
		e.press("space")
		e.see("It let go")
		time.Sleep(2 * time.Second) // until it takes keys
		e.press("space")
		e.see("Worth a moment")
		e.leave()
	})
}

func TestWhoGoesPastANoticeIsNotShownTheNextAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lasted := 11 * 60
		e := &evening{t: t, log: &journaltest.Mem{}}
		e.record(uitest.Fact(1, journal.Cramped{LastedS: &lasted, Signs: []string{"swollen"}}))
		e = begin(t, e.log, nil)
		e.see("Worth a moment")
		e.press("3")
		e.see("Checklist,")
		e.press("down", "space")
		e.see("Checklist,")
		e.leave()
		e = begin(t, e.log, nil)
		e.see("Worth a moment")
		time.Sleep(2 * time.Second) // until it takes keys
		e.press("space")
		e.see("Worth a moment")     // the other one
		time.Sleep(2 * time.Second) // until it takes keys
		e.press("space")
		e.see("Tonight's stretch")
		e.leave()
	})
}
