package journal_test

import (
	"encoding/json"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
)

// undoing is a journal that two devices write to, with what every undo should
// bring back.
type undoing struct {
	t      *rapid.T
	log    *journaltest.Mem
	mint   journal.Mint
	now    time.Time
	states []map[journal.ID]string // before each action that was not undone
}

// state is what stands, by the id that each fact had first, as its line says it
// but for what changes when a fact is put back.
func (u *undoing) state() map[journal.ID]string {
	live, err := u.log.Live(u.t.Context(), math.MinInt32, math.MaxInt32)
	if err != nil {
		u.t.Fatal(err)
	}
	state := map[journal.ID]string{}
	for _, e := range live {
		if e.Fact.Kind() == journal.KindImported {
			continue
		}
		line, err := journal.Encode(e)
		if err != nil {
			u.t.Fatal(err)
		}
		var keys map[string]any
		if err := json.Unmarshal(line, &keys); err != nil {
			u.t.Fatal(err)
		}
		for _, key := range []string{"id", "again", "undo"} {
			delete(keys, key)
		}
		said, _ := json.Marshal(keys)
		if state[e.Origin()] != "" {
			u.t.Fatalf("%s stands twice", e.Origin())
		}
		state[e.Origin()] = string(said)
	}
	return state
}

func (u *undoing) live() []journal.Entry {
	live, err := u.log.Live(u.t.Context(), math.MinInt32, math.MaxInt32, journal.KindCramped, journal.KindQuiet, journal.KindTicked)
	if err != nil {
		u.t.Fatal(err)
	}
	return live
}

func (u *undoing) act(entries ...journal.Entry) {
	u.states = append(u.states, u.state())
	if n, err := u.log.Append(u.t.Context(), entries...); err != nil || n == 0 {
		u.t.Fatal(n, err)
	}
}

func (u *undoing) fact() journal.Entry {
	pain := rapid.IntRange(0, 10).Draw(u.t, "pain")
	f := rapid.SampledFrom([]journal.Fact{journal.Cramped{Pain: &pain}, journal.Quiet{}, journal.Ticked{Item: "glass-1", List: "water"}}).Draw(u.t, "fact")
	return journal.New(&u.mint, journal.DefaultCalendar, u.now, u.now, f)
}

// edit changes a cramp.
func (u *undoing) edit(of journal.Entry) journal.Entry {
	patch := map[string]any{"pain": rapid.IntRange(0, 10).Draw(u.t, "pain")}
	if rapid.Bool().Draw(u.t, "more") {
		patch["side"] = rapid.SampledFrom([]string{"left", "right"}).Draw(u.t, "side")
	}
	e, err := journal.NewRevision(&u.mint, u.now, of, patch)
	if err != nil {
		u.t.Fatal(err)
	}
	return e
}

// step does one thing of the person's, or of another device.
func (u *undoing) step() {
	u.now = u.now.Add(2 * time.Second)
	live := u.live()
	cramps := slices.DeleteFunc(slices.Clone(live), func(e journal.Entry) bool { return e.Fact.Kind() != journal.KindCramped })
	pick := func(from []journal.Entry) journal.Entry { return rapid.SampledFrom(from).Draw(u.t, "of") }
	all, err := u.log.Page(u.t.Context(), journal.ID{}, 10_000)
	if err != nil {
		u.t.Fatal(err)
	}
	switch does := rapid.IntRange(0, 9).Draw(u.t, "does"); {
	case does <= 1:
		var entries []journal.Entry
		for range rapid.IntRange(1, 3).Draw(u.t, "together") {
			entries = append(entries, u.fact())
		}
		u.act(entries...)
	case does == 2 && len(cramps) > 0:
		u.act(u.edit(pick(cramps)))
	case does == 3 && len(live) > 0:
		u.act(journal.NewWithdrawal(&u.mint, u.now, pick(live)))
	case does == 4:
		u.removeEdit(all)
	case does == 5:
		u.putBack(all)
	case does == 6:
		entries := []journal.Entry{u.fact(), u.fact()}
		batch, err := journal.NewImport(&u.mint, journal.DefaultCalendar, u.now, journal.Imported{File: "a.csv"}, entries)
		if err != nil {
			u.t.Fatal(err)
		}
		u.act(append(entries, batch...)...)
	case does == 7:
		other := u.fact()
		if err := u.log.Receive(other); err != nil {
			u.t.Fatal(err)
		}
		said := u.state()[other.ID]
		for _, state := range u.states {
			state[other.ID] = said
		}
	default:
		u.undo()
	}
}

func (u *undoing) removeEdit(all []journal.Entry) {
	for _, e := range slices.Backward(all) {
		of, _ := e.Of()
		_, live, _ := u.log.Find(u.t.Context(), e.ID)
		_, fact, _ := u.log.Find(u.t.Context(), of)
		if e.Fact.Kind() == journal.KindRevised && e.Undo.IsZero() && live && fact && rapid.Bool().Draw(u.t, "this") {
			u.act(journal.NewWithdrawal(&u.mint, u.now, e))
			return
		}
	}
}

func (u *undoing) putBack(all []journal.Entry) {
	state := u.state()
	for _, e := range all {
		now, live, _ := u.log.Find(u.t.Context(), e.ID)
		if _, edit := e.Of(); edit || live || state[e.Origin()] != "" || e.Fact.Kind() == journal.KindImported || !rapid.Bool().Draw(u.t, "this") {
			continue
		}
		again, err := journal.Anew(&u.mint, u.now, now)
		if err != nil {
			u.t.Fatal(err)
		}
		u.act(again)
		return
	}
}

// undo takes one step back, and says whether there was one.
func (u *undoing) undo() bool {
	a, any, err := journal.NewestAction(u.t.Context(), u.log)
	if err != nil {
		u.t.Fatal(err)
	}
	if want := len(u.states) > 0; any != want {
		u.t.Fatalf("there is an action: %v, but %d were not undone", any, len(u.states))
	}
	if !any {
		return false
	}
	u.now = u.now.Add(2 * time.Second)
	reversed, err := a.Reverse(&u.mint, u.now)
	if err != nil {
		u.t.Fatal(err)
	}
	if _, err := u.log.Append(u.t.Context(), reversed...); err != nil {
		u.t.Fatal(err)
	}
	last := len(u.states) - 1
	if diff := cmp.Diff(u.states[last], u.state()); diff != "" {
		u.t.Fatalf("after the undo of %v:\n%s", a.Entries, diff)
	}
	u.states = u.states[:last]
	return true
}

// Each undo brings back what was there before the newest action of this device,
// whatever was done and undone before and whatever other devices recorded; undoing
// on ends with nothing of this device's.
func TestEachUndoBringsBackWhatWasThereBefore(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		u := &undoing{t: rt, log: &journaltest.Mem{}, now: journaltest.Evening}
		for range rapid.IntRange(1, 30).Draw(rt, "steps") {
			u.step()
		}
		for u.undo() {
		}
	})
}

// Whatever another device edits and removes, undo never touches what that device
// recorded, never fails, and comes to an end.
func TestUndoTouchesNothingThatAnotherDeviceRecorded(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		u := &undoing{t: rt, log: &journaltest.Mem{}, now: journaltest.Evening}
		others := map[journal.ID]bool{}
		own := 0
		for range rapid.IntRange(1, 30).Draw(rt, "steps") {
			u.now = u.now.Add(2 * time.Second)
			live := u.live()
			var e journal.Entry
			switch does := rapid.IntRange(0, 3).Draw(rt, "does"); {
			case does == 0 || len(live) == 0:
				e = u.fact()
			case does == 1:
				e = journal.NewWithdrawal(&u.mint, u.now, rapid.SampledFrom(live).Draw(rt, "of"))
			case does == 2:
				of := rapid.SampledFrom(live).Draw(rt, "of")
				if of.Fact.Kind() != journal.KindCramped {
					continue
				}
				e = u.edit(of)
			default:
				a, any, err := journal.NewestAction(rt.Context(), u.log)
				if err != nil {
					rt.Fatal(err)
				}
				reversed, err := a.Reverse(&u.mint, u.now)
				if err != nil {
					rt.Fatal(err)
				}
				if _, err := u.log.Append(rt.Context(), reversed...); any && err != nil {
					rt.Fatal(err)
				}
				continue
			}
			if rapid.Bool().Draw(rt, "other") {
				others[e.ID] = true
				if err := u.log.Receive(e); err != nil {
					rt.Fatal(err)
				}
			} else if _, err := u.log.Append(rt.Context(), e); err != nil {
				rt.Fatal(err)
			}
			own++
		}
		for range own + 1 {
			a, any, err := journal.NewestAction(rt.Context(), u.log)
			if err != nil {
				rt.Fatal(err)
			}
			if !any {
				return
			}
			for _, e := range a.Entries {
				if others[e.ID] {
					rt.Fatalf("%v is another device's", e)
				}
			}
			reversed, err := a.Reverse(&u.mint, u.now)
			if err != nil {
				rt.Fatal(err)
			}
			for _, e := range reversed {
				if w, ok := e.Fact.(journal.Withdrawn); ok && others[w.Of] {
					rt.Fatalf("%v withdraws another device's entry", e)
				}
			}
			if _, err := u.log.Append(rt.Context(), reversed...); err != nil {
				rt.Fatal(err)
			}
		}
		rt.Fatal("undo does not come to an end")
	})
}

// A large import is named by several lines, each of which fits, and is undone as
// one.
func TestAnImportOfManyEntriesIsNamedByLinesThatFit(t *testing.T) {
	log, mint := &journaltest.Mem{}, journal.Mint{}
	var entries []journal.Entry
	for range 35_000 {
		entries = append(entries, journal.New(&mint, journal.DefaultCalendar, evening, evening, journal.Quiet{}))
	}
	parts, err := journal.NewImport(&mint, journal.DefaultCalendar, evening, journal.Imported{File: "a long name of a file.csv", Format: "jsonl"}, entries)
	if err != nil {
		t.Fatal(err)
	}
	named := map[journal.ID]bool{}
	for i, e := range parts {
		line, err := journal.Encode(e)
		if err != nil || len(line) > journal.MaxLine {
			t.Fatalf("part %d has %d bytes: %v", i, len(line), err)
		}
		if _, err := journal.Decode(line, journal.DefaultCalendar); err != nil {
			t.Fatal(err)
		}
		for _, id := range e.Fact.(journal.Imported).IDs {
			named[id] = true
		}
	}
	if len(named) != len(entries) {
		t.Errorf("%d entries are named", len(named))
	}
	if _, err := log.Append(t.Context(), journal.New(&mint, journal.DefaultCalendar, evening, evening, journal.Marked{Mark: "before"})); err != nil {
		t.Fatal(err)
	}
	small := entries[:300]
	if parts, err = journal.NewImport(&mint, journal.DefaultCalendar, evening, journal.Imported{File: "a.csv"}, small); err != nil {
		t.Fatal(err)
	}
	if _, err := log.Append(t.Context(), slices.Concat(small, parts)...); err != nil {
		t.Fatal(err)
	}
	a, any, err := journal.NewestAction(t.Context(), log)
	batch, is := a.Import()
	if err != nil || !any || !is || batch.ID != parts[0].ID || len(a.Steps) != len(small) {
		t.Fatalf("%v %v %v: %d steps", any, is, err, len(a.Steps))
	}
	of, err := journal.ImportOf(t.Context(), log, batch)
	if err != nil || len(of.Steps) != len(small) || of.ID() != a.ID() {
		t.Errorf("by its name it has %d steps, %v", len(of.Steps), err)
	}
}
