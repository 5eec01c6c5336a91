package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
)

// sweep makes the tests below try every fault, or every so many-th, instead of a
// sample. With 1 it takes hours, with 20 some minutes:
//
//	go test ./store -run Sweep -sweep 20 -timeout 3h -v
var sweep = flag.Int("sweep", 0, "try every so many-th fault instead of a sample")

// stepsOf picks the steps that are tried: those of a sweep, else so many.
func stepsOf(all []int, sample int) []int {
	if *sweep > 0 {
		var picked []int
		for i := 0; i < len(all); i += *sweep {
			picked = append(picked, all[i])
		}
		return picked
	}
	if len(all) <= sample {
		return all
	}
	r := rand.New(rand.NewPCG(uint64(len(all)), 1))
	picked := slices.Clone(all)
	r.Shuffle(len(picked), func(i, j int) { picked[i], picked[j] = picked[j], picked[i] })
	return picked[:sample]
}

// small is a folder with a few years' worth of kinds of page in as few bytes as
// can be, and everything that was recorded in it.
type small struct {
	*kit
	db    []byte
	mem   *journaltest.Mem
	facts map[journal.ID][]byte // record by record, as it lies in the file
	saved string                // the folder, to be put back before each trial
}

func smallFolder(t *testing.T) *small {
	t.Helper()
	s := &small{kit: openKit(t, filepath.Join(t.TempDir(), "lull")), mem: new(journaltest.Mem), facts: map[journal.ID][]byte{}}
	all := journaltest.Web(s.Maker, 90, rand.New(rand.NewPCG(3, 4)).IntN)
	for part := range slices.Chunk(all, 30) {
		for _, log := range []journal.Log{s.kit, s.mem} {
			if _, err := log.Append(ctx, part...); err != nil {
				t.Fatal(err)
			}
		}
	}
	for i, line := range journaltest.Lines(t, all) {
		s.facts[all[i].ID] = append(all[i].ID[:], seal(all[i].ID[:], []byte(line))...)
	}
	s.db = read(t, s.path(dbName))
	for id, record := range s.facts {
		if !bytes.Contains(s.db, record) {
			t.Fatalf("%s is not in the file as it should be", id)
		}
	}
	s.saved = filepath.Join(t.TempDir(), "saved")
	if err := os.CopyFS(s.saved, os.DirFS(s.dir)); err != nil {
		t.Fatal(err)
	}
	return s
}

// spoiled is the folder as it was, but with another lull.db, and without what is
// taken away.
func (s *small) spoiled(db []byte, without ...string) *kit {
	s.t.Helper()
	s.remove("")
	if err := errors.Join(os.CopyFS(s.dir, os.DirFS(s.saved)), os.Chmod(s.dir, 0o700)); err != nil {
		s.t.Fatal(err)
	}
	s.remove(without...)
	write(s.t, s.path(dbName), db)
	return s.again()
}

// tryWhole spoils the file beside a whole journal: what is answered must be
// right, or the file refused with the way out, and the way out must bring
// everything back.
func (s *small) tryWhole(db []byte, name string) (verdict string) {
	s.t.Helper()
	k := s.spoiled(db)
	h, err := k.History(ctx)
	switch {
	case errors.Is(err, journal.ErrDamaged):
		refusal := err
		if !strings.Contains(err.Error(), "lull check --repair") {
			s.t.Fatalf("%s: no way out in %q", name, err)
		}
		done, err := k.Repair(ctx)
		if err != nil || !done.Needed || len(done.Lost)+len(done.Lines) > 0 {
			s.t.Fatalf("%s: %+v, %v", name, done, err)
		}
		if aside := read(s.t, filepath.Join(done.Aside, dbName)); !bytes.Equal(aside, db) {
			s.t.Fatalf("%s: what was there is not kept as it was; %v; it said %q", name, refusal, *k.told)
		}
		verdict = "refused and repaired"
	case err != nil:
		s.t.Fatalf("%s: %v", name, err)
	default:
		want, _ := s.mem.History(ctx)
		if !slices.Equal(h.Nights, want.Nights) {
			s.t.Fatalf("%s: nights are %+v\nnot %+v", name, h.Nights, want.Nights)
		}
		verdict = "right"
		if len(*k.told) > 0 {
			verdict = "mended"
		}
	}
	journaltest.Same(s.t, k, s.mem)
	k.mustBeSound()
	if s.t.Failed() {
		s.t.Fatal(name)
	}
	return verdict
}

// tryAlone spoils the file where there is nothing beside it: a repair must find
// every fact whose bytes are still there.
func (s *small) tryAlone(db []byte, name string) string {
	s.t.Helper()
	k := s.spoiled(db, journalName, backupsName)
	want := map[journal.ID]bool{}
	for id, record := range s.facts {
		if bytes.Contains(db, record) {
			want[id] = true
		}
	}
	done, err := k.Repair(ctx)
	if err != nil {
		s.t.Fatalf("%s: %v", name, err)
	}
	got := map[journal.ID]bool{}
	for _, e := range k.all() {
		got[e.ID] = true
	}
	if !maps.Equal(got, want) {
		s.t.Fatalf("%s: %d facts came back of the %d that can be read; %+v", name, len(got), len(want), done)
	}
	k.mustBeSound()
	if s.t.Failed() {
		s.t.Fatal(name)
	}
	if len(got) == len(s.facts) {
		return "all"
	}
	return "all that is readable"
}

func (s *small) told(verdicts map[string]int) {
	for _, v := range slices.Sorted(maps.Keys(verdicts)) {
		s.t.Logf("%6d %s", verdicts[v], v)
	}
}

// TestSweepOfTruncations cuts the file at every 512 bytes.
func TestSweepOfTruncations(t *testing.T) {
	s := smallFolder(t)
	var cuts []int
	for at := 0; at < len(s.db); at += 512 {
		cuts = append(cuts, at)
	}
	verdicts := map[string]int{}
	if *sweep == 0 {
		cuts = stepsOf(cuts, 32) // in a sweep all: they are few
	}
	for _, at := range cuts {
		name := fmt.Sprintf("cut at %d of %d", at, len(s.db))
		verdicts["beside a journal: "+s.tryWhole(s.db[:at], name)]++
		verdicts["alone: "+s.tryAlone(s.db[:at], name)]++
	}
	s.told(verdicts)
}

// kindOfPage names a page by what it holds.
func kindOfPage(b []byte, i int, freelist uint64) string {
	switch flags := binary.NativeEndian.Uint16(b[i*boltPage+8:]); {
	case i < 2:
		return "meta"
	case uint64(i) == freelist:
		return "list of free pages"
	case flags == flagBranch:
		return "branch"
	case flags == flagLeaf:
		return "leaf"
	}
	return "overflow or free"
}

// TestSweepOfBitFlips flips bits in every kind of page: a sample of them, or one
// bit of each byte in a sweep.
func TestSweepOfBitFlips(t *testing.T) {
	s := smallFolder(t)
	m, _, err := readMetas(bytes.NewReader(s.db))
	if err != nil {
		t.Fatal(err)
	}
	byKind := map[string][]int{}
	for i := range len(s.db) / boltPage {
		kind := kindOfPage(s.db, i, m.freelist)
		used := boltPage // what nobody wrote to is not worth a trial a byte
		for used > 64 && s.db[i*boltPage+used-1] == 0 {
			used--
		}
		for at := range used {
			byKind[kind] = append(byKind[kind], i*boltPage+at)
		}
	}
	for _, kind := range []string{"meta", "branch", "leaf", "list of free pages"} {
		if len(byKind[kind]) == 0 {
			t.Fatalf("there is no %s page", kind)
		}
	}
	r := rand.New(rand.NewPCG(5, 6))
	verdicts := map[string]int{}
	for kind, places := range byKind {
		for _, at := range stepsOf(places, 16) {
			b := bytes.Clone(s.db)
			b[at] ^= 1 << r.IntN(8)
			name := fmt.Sprintf("a bit of byte %d of a %s page", at, kind)
			verdicts[kind+", beside a journal: "+s.tryWhole(b, name)]++
			verdicts[kind+", alone: "+s.tryAlone(b, name)]++
		}
	}
	s.told(verdicts)
}

// TestSweepOfTheJournal spoils the segment itself, beside a whole database and
// without one: no other line may be lost.
func TestSweepOfTheJournal(t *testing.T) {
	s := smallFolder(t)
	text := read(t, s.segmentFile())
	name, _ := filepath.Rel(s.dir, s.segmentFile())
	places := make([]int, len(text))
	for i := range places {
		places[i] = i
	}
	r := rand.New(rand.NewPCG(7, 8))
	for i, at := range stepsOf(places, 40) {
		b := bytes.Clone(text)
		trial := fmt.Sprintf("a bit of byte %d of the journal", at)
		if i%2 == 0 {
			b[at] ^= 1 << r.IntN(8)
		} else {
			b, trial = b[:at], fmt.Sprintf("the journal cut at %d", at)
		}
		k := s.spoiled(s.db)
		write(t, k.path(name), b)
		journaltest.Same(t, k, s.mem)
		if _, err := k.Repair(ctx); err != nil {
			t.Fatalf("%s: %v", trial, err)
		}
		journaltest.Same(t, k, s.mem)
		k.mustBeSound()

		k = s.spoiled(nil, dbName, backupsName)
		k.remove(dbName)
		write(t, k.path(name), b)
		done, err := k.Repair(ctx)
		if err != nil {
			t.Fatalf("%s: %v", trial, err)
		}
		least := bytes.Count(b, []byte("\n")) - 1 // a spoiled line, or two that became one
		if i%2 == 1 {
			least++
		}
		if got := len(k.all()); got < least {
			t.Fatalf("%s: %d facts of at least %d; %+v", trial, got, least, done)
		}
		k.mustBeSound()
		if t.Failed() {
			t.Fatal(trial)
		}
	}
}
