package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"
	"pgregory.net/rapid"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
)

func observeDB(k *kit) (identity, meta, bool, error) {
	f, err := os.Open(k.path(dbName))
	if err != nil {
		return identity{}, meta{}, false, err
	}
	defer f.Close()
	return k.observe(f)
}

// verifyFile runs the verifier on a file.
func verifyFile(name string) (unsealed int, err error) {
	f, err := os.Open(name)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	m, _, err := readMetas(f)
	if err != nil {
		return 0, err
	}
	return verify(f, info.Size(), m)
}

func TestTheVerifierPassesWhateverBboltWrites(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		name := filepath.Join(t.TempDir(), "any.db")
		db, err := bolt.Open(name, 0o600, &bolt.Options{Timeout: time.Second, PageSize: 1 << rapid.IntRange(10, 13).Draw(rt, "page"), NoSync: true})
		if err != nil {
			rt.Fatal(err)
		}
		defer db.Close()
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 0))
		for range rapid.IntRange(1, 12).Draw(rt, "transactions") {
			if err := db.Update(func(tx *bolt.Tx) error { return scribble(tx, r) }); err != nil {
				rt.Fatal(err)
			}
			if unsealed, err := verifyFile(name); err != nil || unsealed > 0 {
				rt.Fatalf("%d records unsealed, %v", unsealed, err)
			}
		}
	})
}

// scribble puts and deletes records, alone and in runs, in a few buckets.
func scribble(tx *bolt.Tx, r *rand.Rand) error {
	for range 1 + r.IntN(4) {
		name := fmt.Appendf(nil, "bucket %d", r.IntN(5))
		b, err := tx.CreateBucketIfNotExists(name)
		if err != nil {
			return err
		}
		b.FillPercent = []float64{0.5, 0.9}[r.IntN(2)]
		first, n, remove := r.IntN(3000), r.IntN(600), r.IntN(3) == 0
		for i := range n {
			key := fmt.Appendf(nil, "%06d", first+i)
			if remove {
				err = b.Delete(key)
			} else {
				err = put(b, key, bytes.Repeat([]byte("v"), r.IntN(1+[]int{8, 300, 20_000}[r.IntN(3)]/(1+i))))
			}
			if err != nil {
				return err
			}
		}
		if r.IntN(12) == 0 {
			if err := tx.DeleteBucket(name); err != nil {
				return err
			}
		}
	}
	return nil
}

// specimen is a folder with a database that has pages of every kind: branches,
// overflow, a list of free pages, buckets inside their parent's page.
func specimen(t *testing.T) (*kit, []byte, *journaltest.Mem) {
	t.Helper()
	k := openKit(t, filepath.Join(t.TempDir(), "lull"))
	mem := new(journaltest.Mem)
	all := journaltest.Web(k.Maker, 140, rand.New(rand.NewPCG(3, 4)).IntN)
	for i := range 6 {
		long, err := journal.Decode(fmt.Appendf(nil, `{"lull":1,"id":"%s","at":"2026-11-22T22:30:00Z","kind":"dreamt","words":"%s"}`,
			k.At(0, journal.Quiet{}).ID, strings.Repeat("sheep ", 1500*(i%3))), journal.DefaultCalendar)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, long)
	}
	for len(all) > 0 {
		n := min(20, len(all))
		for _, log := range []journal.Log{k, mem} {
			if _, err := log.Append(ctx, all[:n]...); err != nil {
				t.Fatal(err)
			}
		}
		all = all[n:]
	}
	return k, read(t, k.path(dbName)), mem
}

// faults are ways to spoil a file of whole pages.
var faults = []struct {
	name  string
	spoil func(r *rand.Rand, b []byte, pages []int) []byte
}{
	{"a bit", func(r *rand.Rand, b []byte, pages []int) []byte {
		b[pages[0]*boltPage+r.IntN(boltPage)] ^= 1 << r.IntN(8)
		return b
	}},
	{"a bit of the header", func(r *rand.Rand, b []byte, pages []int) []byte {
		b[pages[0]*boltPage+r.IntN(pageHeader+6*elementSize)] ^= 1 << r.IntN(8)
		return b
	}},
	{"a page of zeros", func(r *rand.Rand, b []byte, pages []int) []byte {
		clear(b[pages[0]*boltPage:][:boltPage])
		return b
	}},
	{"a page of noise", func(r *rand.Rand, b []byte, pages []int) []byte {
		for i := range boltPage {
			b[pages[0]*boltPage+i] = byte(r.Uint32())
		}
		return b
	}},
	{"two pages swapped", func(r *rand.Rand, b []byte, pages []int) []byte {
		x, y := b[pages[0]*boltPage:][:boltPage], b[pages[1]*boltPage:][:boltPage]
		tmp := bytes.Clone(x)
		copy(x, y)
		copy(y, tmp)
		return b
	}},
	{"a torn page", func(r *rand.Rand, b []byte, pages []int) []byte {
		at := pages[0]*boltPage + 512*(1+r.IntN(7))
		copy(b[at:(pages[0]+1)*boltPage], b[pages[1]*boltPage+at%boltPage:][:boltPage])
		return b
	}},
	{"the end missing", func(r *rand.Rand, b []byte, pages []int) []byte {
		return b[:r.IntN(len(b))]
	}},
}

// pagesInUse lists the pages of a file that hold something, by their number.
func pagesInUse(b []byte) []int {
	var pages []int
	for i := range len(b) / boltPage {
		if i < 2 || !zero(b[i*boltPage:][:boltPage]) {
			pages = append(pages, i)
		}
	}
	return pages
}

// TestNoDamageGivesAWrongAnswer spoils the file in many ways. Every call must
// then give the right answer, or say that the file is damaged and how to get
// everything back, and that must work.
func TestNoDamageGivesAWrongAnswer(t *testing.T) {
	trials := 112
	if testing.Short() {
		trials = 40
	}
	k, whole, mem := specimen(t)
	pages := pagesInUse(whole)
	verdicts := map[string]int{}
	for i := range trials {
		r := rand.New(rand.NewPCG(uint64(i), 9))
		f := faults[i%len(faults)]
		picked := []int{pages[r.IntN(len(pages))], pages[r.IntN(len(pages))]}
		if i%4 == 0 {
			picked[0] = i / 4 % 5 // the first pages matter most
		}
		write(t, k.path(dbName), f.spoil(r, bytes.Clone(whole), picked))
		name := fmt.Sprintf("trial %d: %s on %v", i, f.name, picked)
		verdicts[f.name+": "+judge(t, k.again(), mem, name)]++
		if t.Failed() {
			return
		}
	}
	for v, n := range verdicts {
		t.Logf("%4d %s", n, v)
	}
}

// judge says how a spoiled folder answered, and fails the test if it lied.
func judge(t *testing.T, k *kit, mem *journaltest.Mem, name string) string {
	t.Helper()
	h, err := k.History(ctx)
	if errors.Is(err, journal.ErrDamaged) {
		if _, err := k.Append(ctx, k.At(1, journal.Quiet{})); !errors.Is(err, journal.ErrDamaged) {
			t.Fatalf("%s: a damaged file was written to: %v", name, err)
		}
		if !strings.Contains(err.Error(), "lull check --repair") {
			t.Fatalf("%s: no way out in %q", name, err)
		}
		if err := os.Remove(k.path(dbName)); err != nil {
			t.Fatal(err)
		}
		journaltest.Same(t, k, mem)
		return "refused"
	}
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	want, _ := mem.History(ctx)
	if !slices.Equal(h.Nights, want.Nights) {
		t.Fatalf("%s: nights are %+v\nnot %+v", name, h.Nights, want.Nights)
	}
	journaltest.Same(t, k, mem)
	k.mustBeSound()
	if t.Failed() {
		t.Fatal(name)
	}
	if len(*k.told) > 0 {
		return "mended"
	}
	return "right"
}

// TestDamageUnderATrustedNoteTakesNothingDown spoils the file in a way that
// does not show from outside. Answers may then be short, but no call panics,
// hangs, or fails without saying that the file is damaged.
func TestDamageUnderATrustedNoteTakesNothingDown(t *testing.T) {
	trials := 49
	if testing.Short() {
		trials = 20
	}
	k, whole, _ := specimen(t)
	pages := pagesInUse(whole)
	for i := range trials {
		r := rand.New(rand.NewPCG(uint64(i), 10))
		f := faults[i%len(faults)]
		write(t, k.path(dbName), f.spoil(r, bytes.Clone(whole), []int{pages[r.IntN(len(pages))], pages[r.IntN(len(pages))]}))
		next := k.again()
		if id, _, _, err := observeDB(k); err == nil {
			vouch(t, next, id)
		}
		for _, call := range everyCall(next) {
			if err := call(); err != nil && !errors.Is(err, journal.ErrDamaged) && !errors.Is(err, journal.ErrNoFact) {
				t.Errorf("trial %d, %s: %v", i, f.name, err)
			}
		}
	}
}

// vouch notes that a state is sound, whether it is or not.
func vouch(t *testing.T, k *kit, id identity) {
	t.Helper()
	held, err := acquire(ctx, k.path(lockName), time.Second, true)
	if err != nil {
		t.Fatal(err)
	}
	defer held.release()
	_, sum := k.glance()
	held.write(note{identity: id, glance: sum})
}

func TestRecordsThatDoNotMatchAreTakenFromTheJournalAgain(t *testing.T) {
	k := newKit(t)
	facts := k.some(60)
	db := read(t, k.path(dbName))
	spoiled := bytes.ReplaceAll(db, []byte(`"muscle":"calf"`), []byte(`"muscle":"calv"`))
	write(t, k.path(dbName), spoiled)
	next := k.again()
	next.mustHave(facts)
	next.mustWarn("could not be read")
	next.mustBeSound()

	write(t, k.path(dbName), spoiled)
	id, _, _, err := observeDB(k)
	if err != nil {
		t.Fatal(err)
	}
	vouch(t, k, id) // now the calls find out for themselves
	k.mustHave(facts)
	k.mustWarn("could not be read")
}

func TestDerivedRecordsThatDoNotMatchAreDerivedAgain(t *testing.T) {
	k := newKit(t)
	k.some(60)
	before, err := k.History(ctx)
	if err != nil {
		t.Fatal(err)
	}
	n := before.Nights[5]
	db := read(t, k.path(dbName))
	whole := append(dateKey(n.Date), seal(dateKey(n.Date), encodeNight(n))...)
	n.Cramps += 7
	wrong := append(dateKey(n.Date), seal(dateKey(n.Date), encodeNight(n))...)
	copy(wrong[4:], whole[4:][:sealSize])
	if !bytes.Contains(db, whole) {
		t.Fatal("the night is not in the file as it should be")
	}
	write(t, k.path(dbName), bytes.ReplaceAll(db, whole, wrong))
	after, err := k.again().History(ctx)
	if err != nil || !slices.Equal(before.Nights, after.Nights) {
		t.Errorf("nights are %+v, %v", after.Nights, err)
	}
}

func TestLabelsThatDoNotMatchAreMadeAgain(t *testing.T) {
	k := newKit(t)
	facts := k.some(60)
	last := facts[len(facts)-1]
	key := labelKey(max(last.Night, last.Day), last.ID)
	db := read(t, k.path(dbName))
	whole := append(bytes.Clone(key), seal(key, nil)...)
	wrong := bytes.Clone(whole)
	wrong[0] = 0xff // the label of a far date, still behind all others
	write(t, k.path(dbName), bytes.ReplaceAll(db, whole, wrong))
	got, err := k.again().Live(ctx, max(last.Night, last.Day), 1e6)
	if err != nil || len(got) == 0 || got[len(got)-1].ID != last.ID {
		t.Errorf("live that night are %q, %v", journaltest.Lines(t, got), err)
	}
}

// TestAFaultInsideBboltIsAnError sends bbolt to a page far behind the end of
// its memory map, where a read is a fault of the processor.
func TestAFaultInsideBboltIsAnError(t *testing.T) {
	k, whole, mem := specimen(t)
	b := bytes.Clone(whole)
	for i := range len(b) / boltPage {
		if p := b[i*boltPage:][:boltPage]; binary.NativeEndian.Uint16(p[8:]) == flagBranch {
			for at := pageHeader; at < pageHeader+int(binary.NativeEndian.Uint16(p[10:]))*elementSize; at += elementSize {
				binary.NativeEndian.PutUint64(p[at+8:], 1<<30)
			}
		}
	}
	write(t, k.path(dbName), b)
	id, _, _, err := observeDB(k)
	if err != nil {
		t.Fatal(err)
	}
	for _, call := range []func() error{
		func() error { _, err := k.Page(ctx, journal.ID{}, 9); return err },
		func() error { _, err := k.Append(ctx, k.At(0, journal.Quiet{})); return err },
	} {
		vouch(t, k, id)
		mustFail(t, call(), journal.ErrDamaged, errFault.Error())
	}
	write(t, k.path(dbName), whole)
	journaltest.Same(t, k, mem) // and no lock was left behind
}

func TestASpoiledMetaPageCostsNothing(t *testing.T) {
	for slot := range 2 {
		t.Run(fmt.Sprint("page ", slot), func(t *testing.T) {
			k := newKit(t)
			facts := k.some(21)
			db := read(t, k.path(dbName))
			db[slot*boltPage+pageHeader+50] ^= 1
			write(t, k.path(dbName), db)
			if r, err := k.Check(ctx); err != nil || !r.CutOff || !r.Sound() || r.Unfolded > 1 {
				t.Errorf("check says %+v, %v", r, err)
			}
			next := k.again()
			next.mustHave(facts)
			next.mustWarn("was cut off")
			if len(*next.told) != 1 {
				t.Errorf("it said %q", *next.told)
			}
			k.mustBeSound()
		})
	}
}

func TestALongListOfFreePagesIsRead(t *testing.T) {
	name := filepath.Join(t.TempDir(), "any.db")
	db, err := bolt.Open(name, 0o600, &bolt.Options{Timeout: time.Second, PageSize: 1024, NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, change := range []func(tx *bolt.Tx) error{
		func(tx *bolt.Tx) error {
			b, err := tx.CreateBucket([]byte("b"))
			if err != nil {
				return err
			}
			return put(b, []byte("k"), make([]byte, 1024*0x10010))
		},
		func(tx *bolt.Tx) error { return tx.DeleteBucket([]byte("b")) },
	} {
		if err := db.Update(change); err != nil {
			t.Fatal(err)
		}
	}
	b := read(t, name)
	m, _, err := readMetas(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if n := binary.NativeEndian.Uint16(b[m.freelist*1024+10:]); n != 0xFFFF {
		t.Fatalf("the list is short: %d", n)
	}
	if _, err := verifyFile(name); err != nil {
		t.Error(err)
	}
}

func FuzzVerify(f *testing.F) {
	name := filepath.Join(f.TempDir(), "any.db")
	db, err := bolt.Open(name, 0o600, &bolt.Options{Timeout: time.Second, PageSize: 1024, NoSync: true})
	if err != nil {
		f.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 1))
	for range 3 {
		if err := errors.Join(db.Update(func(tx *bolt.Tx) error { return scribble(tx, r) })); err != nil {
			f.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		f.Fatal(err)
	}
	whole, err := os.ReadFile(name)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(uint32(0), []byte{1})
	f.Add(uint32(3*1024+8), []byte{2, 0, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, at uint32, patch []byte) {
		b := bytes.Clone(whole)
		copy(b[int(at)%len(b):], patch)
		if m, _, err := readMetas(bytes.NewReader(b)); err == nil {
			_, _ = verify(bytes.NewReader(b), int64(len(b)), m) // must come back
		}
	})
}

// What the file says of itself stands nowhere else: it is refused as it is.
func TestAFileWhoseOwnDescriptionIsSpoiledIsLeftForARepair(t *testing.T) {
	k := newKit(t)
	facts := k.some(20)
	for _, name := range []string{metaSeq, metaNights, metaDevice, metaFormat} {
		err := k.write(ctx, func(_ *lease, g *ledger) error {
			return g.meta.Put([]byte(name), append([]byte("????"), g.meta.Get([]byte(name))[sealSize:]...))
		})
		if err != nil {
			t.Fatal(err)
		}
		k.remove(lockName) // and with it the word that it is sound
		before := read(t, k.path(dbName))
		_, err = k.again().History(ctx)
		mustFail(t, err, journal.ErrDamaged, "lull check --repair")
		if !bytes.Equal(before, read(t, k.path(dbName))) {
			t.Errorf("%s: it was written to", name)
		}
		if done := k.repair(); len(done.Lost) > 0 {
			t.Errorf("%s: %+v", name, done)
		}
		k.mustHave(facts)
	}
}

// Where a power cut spoiled the newest first page and the journal that could tell
// what the last change was is gone too, there is nothing to take it from: that is
// damage, and a repair reads the change out of the file itself.
func TestAChangeThatWasCutOffIsNotGivenUpWhereItsJournalIsGone(t *testing.T) {
	for name, spoil := range map[string]func(k *kit){
		"gone":    func(k *kit) { k.remove(journalName, backupsName) },
		"shorter": func(k *kit) { write(k.t, k.segmentFile(), read(k.t, k.segmentFile())[:200]) },
	} {
		t.Run(name, func(t *testing.T) {
			k := newKit(t)
			facts := k.some(12)
			b := read(t, k.path(dbName))
			m, _, err := readMetas(bytes.NewReader(b))
			if err != nil {
				t.Fatal(err)
			}
			b[int(m.txid%2)*boltPage+pageHeader+20] ^= 1
			write(t, k.path(dbName), b)
			spoil(k)
			next := k.again()
			_, err = next.History(ctx)
			mustFail(t, err, journal.ErrDamaged, "cut off", "lull check --repair")
			_, err = next.Append(ctx, k.At(900, journal.Quiet{}))
			mustFail(t, err, journal.ErrDamaged)
			if !bytes.Equal(b, read(t, k.path(dbName))) {
				t.Error("the file was changed")
			}
			next.repair()
			next.mustHave(facts)
		})
	}
}

// The same holds for a fact whose record is spoiled: taken out, it would be gone
// from the answers, and its id with it.
func TestASpoiledFactIsNotTakenOutWhereItsJournalIsGone(t *testing.T) {
	k := newKit(t)
	facts := k.some(12)
	k.remove(journalName, backupsName)
	line := []byte(journaltest.Lines(t, facts[3:4])[0])
	b := bytes.ReplaceAll(read(t, k.path(dbName)), line, bytes.Replace(line, []byte(`"left"`), []byte(`"lefd"`), 1))
	write(t, k.path(dbName), b)
	next := k.again()
	_, err := next.History(ctx)
	mustFail(t, err, journal.ErrDamaged, "some of its facts cannot be read", "lull check --repair")
	_, err = next.Append(ctx, k.At(900, journal.Quiet{}))
	mustFail(t, err, journal.ErrDamaged)
	if !bytes.Equal(b, read(t, k.path(dbName))) {
		t.Error("the file was changed")
	}
	if done := next.repair(); len(done.Lost) != 1 || done.Lost[0].ID != facts[3].ID {
		t.Errorf("%+v", done)
	}
	next.mustHave(slices.Delete(facts, 3, 4))
}
