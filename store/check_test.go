package store

import (
	"bytes"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	bolt "go.etcd.io/bbolt"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
)

func (k *kit) report() Report {
	k.t.Helper()
	r, err := k.Check(ctx)
	if err != nil {
		k.t.Fatal(err)
	}
	return r
}

func TestCheckCountsWhatThereIs(t *testing.T) {
	k := newKit(t)
	facts := k.some(6)
	k.add(k.Withdraw(facts[0]), k.Revise(facts[1], map[string]any{"pain": 1}))
	r := k.report()
	h, err := k.History(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if !r.Sound() || r.Facts != 8 || r.Nights != len(h.Nights) || r.Format != formatVersion || r.Path != k.path(dbName) ||
		len(r.Segments) != 1 || r.Segments[0].Lines != 8 || r.Readable != 8 || len(r.Backups) != 2 || r.Newest != "lull-2026-11-22.db" ||
		r.Backups[0].Date != "2026-11-22" || r.Backups[0].Facts != 1 || r.Backups[1].Facts != 1 || r.Adds != 0 || len(r.Device) != deviceDigits {
		t.Errorf("the report is %+v", r)
	}
}

func TestCheckWritesNothing(t *testing.T) {
	k := newKit(t)
	k.some(3)
	k.stopAt("fold")
	if _, err := k.Append(ctx, k.At(0, journal.Quiet{})); !errors.Is(err, errStop) {
		t.Fatal(err)
	}
	if err := os.Remove(k.path(lockName)); err != nil {
		t.Fatal(err)
	}
	before := tree(t, k.dir)
	if r := k.report(); r.Unfolded != 1 || !r.Sound() {
		t.Errorf("the report is %+v", r)
	}
	if !maps.Equal(before, tree(t, k.dir)) {
		t.Error("files were changed")
	}
	k.testOnlyStep = nil
	k.all()
}

func TestCheckFindsWhatIsWrong(t *testing.T) {
	for _, c := range []struct {
		name  string
		wrong func(k *kit, g *ledger, id journal.ID) error
		found func(Report) bool
	}{
		{"a night that is not the sum of its facts", func(k *kit, g *ledger, _ journal.ID) error {
			return put(g.nights, dateKey(journaltest.Date(0)), encodeNight(journal.Night{Cramps: 99}))
		}, func(r Report) bool { return slices.Equal(r.WrongNights, []journal.Date{journaltest.Date(0)}) }},
		{"a night nothing was recorded for", func(k *kit, g *ledger, _ journal.ID) error {
			return put(g.nights, dateKey(5), encodeNight(journal.Night{Cramps: 1}))
		}, func(r Report) bool { return slices.Equal(r.WrongNights, []journal.Date{5}) }},
		{"a fact without its label", func(k *kit, g *ledger, id journal.ID) error {
			return g.labels.Delete(labelKey(journaltest.Date(0), id))
		}, func(r Report) bool { return len(r.Mislabelled) == 1 }},
		{"a label too many", func(k *kit, g *ledger, id journal.ID) error {
			return put(g.labels, labelKey(1, id), nil)
		}, func(r Report) bool { return len(r.Mislabelled) == 1 }},
		{"a record that does not match", func(k *kit, g *ledger, id journal.ID) error {
			return g.facts.Put(id[:], append([]byte("????"), g.facts.Get(id[:])[sealSize:]...))
		}, func(r Report) bool { return r.Unreadable == 1 }},
		{"a fact the journal does not have", func(k *kit, g *ledger, _ journal.ID) error {
			e := k.At(0, journal.Quiet{})
			b, err := journal.Encode(e)
			return errors.Join(err, put(g.facts, e.ID[:], b))
		}, func(r Report) bool { return r.Unjournalled == 1 }},
		{"a spoiled backup", func(k *kit, g *ledger, _ journal.ID) error {
			return os.WriteFile(k.path(filepath.Join(backupsName, "lull-2020-01-01.db")), []byte("x"), 0o600)
		}, func(r Report) bool { return len(r.Backups) == 3 && r.Backups[0].Damage != "" }},
		{"a backup that is not of lull", func(k *kit, _ *ledger, _ journal.ID) error {
			return withBolt(opening{path: k.path(filepath.Join(backupsName, "lull-of mine.db")), create: true}, func(*bolt.DB) error { return nil })
		}, func(r Report) bool {
			b := r.Backups[len(r.Backups)-2]
			return b.Name == "lull-of mine.db" && b.Date == "" && b.Damage == "the bucket facts is missing"
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			k := newKit(t)
			k.broken = true
			id := k.some(5)[0].ID
			if err := k.write(ctx, func(_ *lease, g *ledger) error { return c.wrong(k, g, id) }); err != nil {
				t.Fatal(err)
			}
			if r := k.report(); r.Sound() || !c.found(r) {
				t.Errorf("the report is %+v", r)
			}
		})
	}
}

func TestCheckLooksAtADamagedFileToo(t *testing.T) {
	k := newKit(t)
	k.broken = true
	k.some(5)
	db := read(t, k.path(dbName))
	write(t, k.path(dbName), bytes.Repeat([]byte{7}, len(db)))
	r := k.report()
	if r.Sound() || r.Damage == "" || r.Remedy == "" || r.Segments[0].Lines != 5 || r.Readable != 5 || len(r.Backups) != 2 {
		t.Errorf("the report is %+v", r)
	}
}
