package store

import (
	"bytes"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
)

// repair wants a repair to be needed and everything sound afterwards.
func (k *kit) repair() Repaired {
	k.t.Helper()
	done, err := k.Repair(ctx)
	if err != nil || !done.Needed {
		k.t.Fatalf("repair: %+v, %v", done, err)
	}
	k.mustBeSound()
	return done
}

func (k *kit) remove(names ...string) {
	k.t.Helper()
	for _, name := range names {
		if err := os.RemoveAll(k.path(name)); err != nil {
			k.t.Fatal(err)
		}
	}
}

func TestNothingIsRepairedWhereNothingIsWrong(t *testing.T) {
	k := newKit(t)
	if done, err := k.Repair(ctx); err != nil || done.Needed {
		t.Errorf("nothing at all: %+v, %v", done, err)
	}
	facts := k.some(5)
	before := tree(t, k.dir)
	if done, err := k.Repair(ctx); err != nil || done.Needed || done.Facts != 5 {
		t.Errorf("%+v, %v", done, err)
	}
	if !maps.Equal(before, tree(t, k.dir)) {
		t.Error("files were changed")
	}
	k.mustHave(facts)
}

// Each case takes away or spoils something; after a repair every fact is there.
func TestARepairFindsEveryFactWhereverItIs(t *testing.T) {
	garbage := slices.Repeat([]byte("garbage "), 4096)
	for _, c := range []struct {
		name  string
		spoil func(k *kit)
		from  string // the place that most facts come from
	}{
		{"garbage", func(k *kit) { write(k.t, k.path(dbName), garbage) }, journalName},
		{"emptied", func(k *kit) { write(k.t, k.path(dbName), nil) }, journalName},
		{"a folder", func(k *kit) {
			k.remove(dbName)
			if err := os.MkdirAll(k.path(dbName+"/x"), 0o700); err != nil {
				k.t.Fatal(err)
			}
		}, journalName},
		{"half a file and no journal", func(k *kit) {
			b := read(k.t, k.path(dbName))
			write(k.t, k.path(dbName), append(make([]byte, 3*boltPage), b[3*boltPage:]...))
			k.remove(journalName)
		}, dbName},
		{"no journal and no database", func(k *kit) { k.remove(journalName, dbName) }, backupsName + "/lull-2026-11-23.db"},
		{"plain lines alone", func(k *kit) {
			k.remove(journalName, dbName, backupsName+"/lull-2026-11-22.db", backupsName+"/lull-2026-11-23.db")
			write(k.t, k.path(dbName), garbage)
		}, backupsName + "/lull-2026-11-23.jsonl"},
		{"no journal", func(k *kit) { k.remove(journalName) }, dbName},
		{"a spoiled line", func(k *kit) {
			file := k.segmentFile()
			write(k.t, file, bytes.Replace(read(k.t, file), []byte(`"pain":3`), []byte(`"pain":9`), 1))
		}, journalName},
		{"a journal cut short", func(k *kit) {
			file := k.segmentFile()
			write(k.t, file, read(k.t, file)[:999])
		}, dbName},
		{"a spoiled backup", func(k *kit) { write(k.t, k.path(backupsName+"/lull-2026-11-22.db"), garbage) }, journalName},
	} {
		t.Run(c.name, func(t *testing.T) {
			k := newKit(t)
			now := journaltest.Evening
			k.opts.Clock = func() time.Time { return now }
			facts := k.some(40)
			now = now.AddDate(0, 0, 1)
			last := k.add(k.At(400, journal.Quiet{})) // makes a backup of the others
			if c.from == dbName || c.from == journalName {
				facts = append(facts, last...)
			}
			c.spoil(k)
			old := tree(t, k.dir)
			done := k.repair()
			k.mustHave(facts)
			if len(done.Lost)+len(done.Lines) > 0 || done.Facts != len(facts) {
				t.Errorf("%+v", done)
			}
			most := slices.MaxFunc(done.Sources, func(a, b Source) int { return a.Facts - b.Facts })
			if most.Name != c.from {
				t.Errorf("they came from %+v", done.Sources)
			}
			mustKeepAllBytes(t, k.dir, old)
			facts = append(facts, k.add(k.At(500, journal.Quiet{}))...)
			k.again().mustHave(facts)
			if done, err := k.Repair(ctx); err != nil || done.Needed {
				t.Errorf("repaired again: %+v, %v", done, err)
			}
		})
	}
}

// mustKeepAllBytes wants every file that was there to be somewhere still.
func mustKeepAllBytes(t *testing.T, dir string, old map[string]string) {
	t.Helper()
	now := map[string]bool{}
	for _, text := range tree(t, dir) {
		now[text] = true
	}
	for name, text := range old {
		if !now[text] && filepath.Base(name) != lockName {
			t.Errorf("what was in %s is gone", name)
		}
	}
}

func TestARepairSaysWhatItCouldNotSave(t *testing.T) {
	k := newKit(t)
	facts := k.some(40)
	k.remove(backupsName)
	lost := facts[7]
	db, file := k.path(dbName), k.segmentFile()
	// the record of one fact and its line are both spoiled
	line := []byte(journaltest.Lines(t, facts[7:8])[0])
	spoiled := bytes.Replace(line, []byte(`"muscle":"calf"`), []byte(`"muscle":"cal_"`), 1)
	write(t, db, bytes.ReplaceAll(read(t, db), line, spoiled))
	write(t, file, bytes.Replace(read(t, file), line, spoiled, 1))
	done := k.repair()
	if len(done.Lost) != 1 || done.Lost[0].ID != lost.ID || done.Lost[0].Date != lost.Night {
		t.Errorf("lost are %+v, not %s of %v", done.Lost, lost.ID, lost.Night)
	}
	k.mustHave(slices.Delete(facts, 7, 8))
}

// A line whose id is spoiled too is named by its place.
func TestALineThatTellsNothingIsNamedByItsPlace(t *testing.T) {
	k := newKit(t)
	facts := k.some(5)
	file := k.segmentFile()
	write(t, file, bytes.Replace(read(t, file), []byte(facts[2].ID.String()), []byte(strings.Repeat("?", 36)), 1))
	done := k.repair()
	if len(done.Lost) != 0 || len(done.Lines) != 1 || done.Lines[0].N != 3 {
		t.Errorf("%+v", done)
	}
	k.mustHave(facts)
}

func TestWhatTheProgramKeptIsInTheNewFileWhereTheOldOneOpens(t *testing.T) {
	k := newKit(t)
	k.some(5)
	if err := k.Keep(ctx, "session", []byte("unfinished")); err != nil {
		t.Fatal(err)
	}
	k.remove(journalName)
	if done := k.repair(); done.Notes {
		t.Errorf("%+v", done)
	}
	if note, err := k.Kept(ctx, "session"); string(note) != "unfinished" || err != nil {
		t.Errorf("kept %q, %v", note, err)
	}
	write(t, k.path(dbName), []byte("garbage"))
	if done := k.repair(); !done.Notes {
		t.Errorf("%+v", done)
	}
}

func TestARepairThatIsCutShortLeavesEverything(t *testing.T) {
	k := newKit(t)
	facts := k.some(20)
	k.remove(journalName)
	db := read(t, k.path(dbName))
	k.stopAt("swap")
	if _, err := k.Repair(ctx); !errors.Is(err, errStop) {
		t.Fatal(err)
	}
	if !bytes.Equal(db, read(t, k.path(dbName))) {
		t.Error("the file was changed")
	}
	k.testOnlyStep = nil
	k.mustHave(facts)
	k.remove(dbName) // as if it had been cut short one step later
	k.mustHave(facts)
}

func TestAFileOfANewerLullIsNotRepaired(t *testing.T) {
	k := newKit(t)
	k.broken = true
	k.some(2)
	k.newer(3).all()
	_, err := k.Repair(ctx)
	mustFail(t, err, journal.ErrTooNew)
}

func TestSalvageFindsFactsAcrossItsWindows(t *testing.T) {
	m := journaltest.NewMaker(t, 5)
	var file []byte
	want := map[journal.ID]bool{}
	for i := range 9000 {
		e := m.At(float64(i), journal.Cramped{Note: strings.Repeat("n", i%900) + `{"id":"x\"{`})
		line, err := journal.Encode(e)
		if err != nil {
			t.Fatal(err)
		}
		if i%3 == 0 {
			file = append(file, "{\"{ noise"...)
		}
		file = append(append(file, e.ID[:]...), seal(e.ID[:], line)...)
		want[e.ID] = true
	}
	if len(file) < 4<<20 {
		t.Fatalf("only %d bytes", len(file))
	}
	got := 0
	lost := salvage(bytes.NewReader(file), int64(len(file)), func(id journal.ID, json []byte) {
		if want[id] && bytes.Contains(json, []byte(id.String())) {
			got++
		}
	})
	if got != len(want) || lost > 0 {
		t.Errorf("%d of %d were found, %d bytes missed", got, len(want), lost)
	}
}

// holes is a disk that gives an error for some blocks.
type holes struct {
	*bytes.Reader
	from, to int64
}

func (h holes) ReadAt(b []byte, at int64) (int, error) {
	if at < h.to && at+int64(len(b)) > h.from {
		return 0, diskFails[0]
	}
	return h.Reader.ReadAt(b, at)
}

func TestABlockThatTheDiskDoesNotGiveCostsOnlyItself(t *testing.T) {
	k := newKit(t)
	facts := k.some(200)
	b := read(t, k.path(dbName))
	found := map[journal.ID]bool{}
	from := int64(len(b) / 2 / 4096 * 4096)
	lost := salvage(holes{bytes.NewReader(b), from, from + 4096}, int64(len(b)), func(id journal.ID, _ []byte) { found[id] = true })
	if lost != 4096 || len(found) < len(facts)-30 {
		t.Errorf("%d bytes missed, %d of %d found", lost, len(found), len(facts))
	}
}

func FuzzSalvage(f *testing.F) {
	id := journal.ID{1, 2, 3, 4, 5, 6, 0x77, 8, 0x89}
	f.Add(append(id[:], seal(id[:], []byte(`{"lull":1,"id":"`+id.String()+`","at":"2026-11-22T22:30:00Z","kind":"quiet"}`))...))
	f.Add([]byte(`{"{"{"{"\"`))
	f.Fuzz(func(t *testing.T, b []byte) {
		salvage(bytes.NewReader(b), int64(len(b)), func(id journal.ID, json []byte) {
			if !bytes.Contains(b, append(id[:], seal(id[:], json)...)) {
				t.Errorf("%s is not in there as %q", id, json)
			}
		})
		mentions(bytes.NewReader(b), int64(len(b)))
		new(mentioned).page(b, true)
	})
}

// What goes missing from the journal is noticed, not only when somebody checks.
func TestAJournalThatLosesSomethingIsNoticed(t *testing.T) {
	for _, c := range []struct {
		words string
		spoil func(k *kit, file string)
	}{
		{"is gone", func(k *kit, file string) { k.remove(journalName) }},
		{"is shorter than it was", func(k *kit, file string) { write(k.t, file, read(k.t, file)[:800]) }},
		{"is shorter than it was", func(k *kit, file string) { write(k.t, file, nil) }},
	} {
		k := newKit(t)
		facts := k.some(9)
		c.spoil(k, k.segmentFile())
		next := k.again()
		next.mustHave(facts)
		next.mustWarn(c.words)
		next.repair()
		last := next.again()
		last.mustHave(facts)
		if len(*last.told) > 0 {
			t.Errorf("after the repair it says %q", *last.told)
		}
	}
}
