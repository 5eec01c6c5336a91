package ui_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
	"lull/ui/uitest"
)

// standing is every fact that stands, as its line says it but for its id, which
// changes when a fact is put back.
func (e *evening) standing() []string {
	e.t.Helper()
	live, err := e.log.Live(e.t.Context(), -1<<30, 1<<30)
	if err != nil {
		e.t.Fatal(err)
	}
	var lines []string
	for _, f := range live {
		if f.Fact.Kind() == journal.KindSeen {
			continue
		}
		line, err := journal.Encode(f)
		if err != nil {
			e.t.Fatal(err)
		}
		var keys map[string]any
		if err := json.Unmarshal(line, &keys); err != nil {
			e.t.Fatal(err)
		}
		delete(keys, "id")
		delete(keys, "again")
		said, _ := json.Marshal(keys)
		lines = append(lines, f.Origin().String()+" "+string(said))
	}
	slices.Sort(lines)
	return lines
}

// Whatever was added, changed, removed, marked and set aside in a sitting, as
// many undos take all of it back, and what was there before is as it was.
func TestEverythingOfASittingCanBeUndone(t *testing.T) {
	deeds := [][]string{
		{"a", "enter"}, {"a", "l", "down", "c", "enter"}, {"a", "down", "down", "7", "enter"},
		{"enter", "e", "r", "enter", "esc"}, {"enter", "down", "e", "down", "down", "9", "enter", "esc"}, {"enter", "x", "esc"}, {"enter", "down", "x", "esc"},
		{"m", "1", "3", "esc"}, {"m", "3", "esc"}, {"o"}, {"p", "enter"}, {"down"}, {"up"}, {"down"},
	}
	for seed := range uint64(12) {
		synctest.Test(t, func(t *testing.T) {
			log := &journaltest.Mem{}
			e := &evening{t: t, log: log}
			e.record(uitest.Session(9, journal.Complete), uitest.Fact(2, journal.Quiet{}), uitest.Fact(1, journal.Marked{Mark: "alcohol"}))
			rain, err := journal.Decode(fmt.Appendf(nil, `{"lull":1,"id":"019ab000-0000-7000-8000-0000000000%02d","at":"2026-11-21T03:12:40+01:00","night":"2026-11-20","day":"2026-11-20","kind":"cramped","side":"left","weather":"rain"}`, seed), journal.DefaultCalendar)
			if err != nil {
				t.Fatal(err)
			}
			e.record(rain)
			before := e.standing()
			e = begin(t, log, nil)
			e.press("4")
			r := rand.New(rand.NewPCG(seed, 1))
			var done []string
			for range 25 {
				keys := deeds[r.IntN(len(deeds))]
				e.press(keys...)
				e.press("esc")
				done = append(done, strings.Join(keys, " "))
			}
			for range 120 {
				e.press("u")
			}
			if diff := cmp.Diff(before, e.standing()); diff != "" {
				t.Errorf("seed %d, after %v:\n%s", seed, done, diff)
			}
			e.leave()
		})
	}
}

func TestUndoingARemovalBringsBackWhatWasKnownOfIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		e.press("c", "m", "space", "x", "u")
		got := e.cramps()
		if len(got) != 1 || got[0].Muscle != "foot" || got[0].LastedS == nil {
			t.Errorf("%+v", got)
		}
		e.press("u", "u")
		if got := e.cramps(); len(got) != 0 {
			t.Errorf("after two more: %+v", got)
		}
		e.leave()
	})
}
