package store

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
)

// another is what a segment of another program would hold, of the facts given,
// and no shorter than size.
func another(t *testing.T, facts []journal.Entry, size int) []byte {
	t.Helper()
	var b []byte
	for i, e := range facts {
		l := lineOf(t, e)
		l.seq = uint64(i + 1)
		b = l.appendTo(b)
	}
	if gap := size - len(b); gap > 0 {
		b = append(b, bytes.Repeat([]byte("\n"), gap)...)
	}
	return b
}

// TestASegmentThatAnotherProgramChangesIsNoticed replaces the segment by other
// facts of no lesser length, at once and in place. The next access says so, and
// has what both held.
func TestASegmentThatAnotherProgramChangesIsNoticed(t *testing.T) {
	for _, longer := range []int{0, 1, 4096} {
		for name, put := range map[string]func(t *testing.T, file string, b []byte){
			"in place": write,
			"by another file": func(t *testing.T, file string, b []byte) {
				write(t, file+"~", b)
				if err := os.Rename(file+"~", file); err != nil {
					t.Fatal(err)
				}
			},
		} {
			t.Run(name, func(t *testing.T) {
				k := newKit(t)
				facts := k.some(9)
				k.all() // nothing is due, and the note says so
				file := k.segmentFile()
				was := read(t, file)
				theirs := []journal.Entry{k.At(70, journaltest.Drink(1)), k.At(71, journaltest.Cramp(2))}
				put(t, file, another(t, theirs, len(was)+longer))
				k.mustHave(append(slices.Clone(facts), theirs...))
				k.mustWarn("was changed by another program")
				next := k.again()
				next.all()
				if len(*next.told) > 0 {
					t.Errorf("it is told again: %q", *next.told)
				}
				if r := k.report(); r.Unjournalled != len(facts) {
					t.Errorf("check says %+v", r)
				}
				k.repair()
				k.mustHave(append(slices.Clone(facts), theirs...))
			})
		}
	}
}

// The bytes before the last ones are looked at with the first change of a day.
func TestALineThatRotsIsNoticedWithTheNextDay(t *testing.T) {
	k := newKit(t)
	now := journaltest.Evening
	k.opts.Clock = func() time.Time { return now }
	facts := k.some(30)
	file := k.segmentFile()
	b := read(t, file)
	b[len(b)/2] ^= 1
	write(t, file, b)
	facts = append(facts, k.add(k.At(500, journal.Quiet{}))...)
	if len(*k.told) > 0 {
		t.Fatalf("told %q", *k.told)
	}
	now = now.AddDate(0, 0, 1)
	facts = append(facts, k.add(k.At(501, journal.Quiet{}))...)
	k.mustWarn("was changed by another program")
	k.mustHave(facts)
	k.repair()
	k.mustHave(facts)
}

func TestASegmentThatOnlyGrowsIsNotCalledChanged(t *testing.T) {
	k := newKit(t)
	k.broken = true // the torn line stays where it is
	facts := k.some(4)
	for i, end := range []string{"", "torn", " \n\n", ""} {
		e := k.At(float64(90+i), journaltest.Cramp(i))
		write(t, k.segmentFile(), append(append(read(t, k.segmentFile()), end...), lineOf(t, e).appendTo(nil)...))
		if end != "torn" { // its line is lost with what it was put behind
			facts = append(facts, e)
		}
		k.all()
		facts = append(facts, k.some(1)...)
	}
	k.mustHave(facts)
	if len(*k.told) > 0 {
		t.Errorf("told %q", *k.told)
	}
}

// What cannot be read keeps nobody from reading what is in the database.
func TestASegmentThatCannotBeReadIsNotCalledChanged(t *testing.T) {
	k := openKit(t, filepath.Join(t.TempDir(), "lull"))
	facts := k.some(3)
	file := k.segmentFile()
	size := len(read(t, file))
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(file, 0o700); err != nil {
		t.Fatal(err)
	}
	l := &lease{s: k.Store, names: []string{filepath.Base(filepath.Dir(file)) + "/" + filepath.Base(file)}}
	err := k.leased(ctx, true, func(held *lease) error {
		if err := held.examine(); err != nil {
			return err
		}
		return held.view(func(g *ledger) error {
			if im, known := g.imprint(l.names[0]); !known || im.offset != int64(size) {
				t.Errorf("the imprint is %+v", im)
			}
			l.findAltered(g)
			return nil
		})
	})
	if err != nil || len(l.altered) > 0 {
		t.Errorf("%q, %v", l.altered, err)
	}
	k.mustHave(facts)
}

func TestAnImprintIsTheSameInOneStepOrMany(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.SliceOfN(rapid.Byte(), 0, 3*tailSize).Draw(t, "bytes")
		f := bytes.NewReader(b)
		var im imprint
		for at := 0; at < len(b); {
			at = rapid.IntRange(at, len(b)).Draw(t, "to")
			next, err := pressed(f, im, int64(at))
			if err != nil {
				t.Fatal(err)
			}
			im = next
		}
		once, err := pressed(f, imprint{}, int64(len(b)))
		if err != nil || im != once {
			t.Fatalf("%+v is not %+v, %v", im, once, err)
		}
		if len(b) == 0 {
			return
		}
		b[rapid.IntRange(0, len(b)-1).Draw(t, "at")] ^= byte(rapid.IntRange(1, 255).Draw(t, "by"))
		if fits, err := im.fits(f, true); fits || err != nil {
			t.Fatalf("a changed byte is not noticed, %v", err)
		}
	})
}
