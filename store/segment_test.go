package store

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
)

var errStop = errors.New("stopped by the test")

// stopAt makes the next access end at a step, as a crash would.
func (k *kit) stopAt(step string) {
	k.testOnlyStep = func(at string) error {
		if at == step {
			return errStop
		}
		return nil
	}
}

func TestALineComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := line{
			seq:  rapid.Uint64().Draw(t, "seq"),
			more: rapid.Bool().Draw(t, "more"),
			json: []byte(rapid.StringOf(rapid.Rune().Filter(func(r rune) bool { return r != '\n' })).Draw(t, "json")),
		}
		b := l.appendTo(nil)
		got, ok := parseLine(b[:len(b)-1])
		if !ok || got.seq != l.seq || got.more != l.more || !bytes.Equal(got.json, l.json) {
			t.Fatalf("%+v came back as %+v, %v", l, got, ok)
		}
		i := rapid.IntRange(0, len(b)-2).Draw(t, "byte")
		b[i] ^= 1 << rapid.IntRange(0, 4).Draw(t, "bit") // never the case of a hex digit
		if _, ok := parseLine(b[:len(b)-1]); ok {
			t.Fatalf("%q passes with byte %d changed", b, i)
		}
	})
}

func FuzzSegmentLine(f *testing.F) {
	f.Add([]byte("00000000 1 {}"))
	f.Add(line{seq: 7, more: true, json: []byte(`{"a":1}`)}.appendTo(nil))
	f.Fuzz(func(t *testing.T, b []byte) {
		if l, ok := parseLine(bytes.TrimSuffix(b, []byte("\n"))); ok && l.json == nil {
			t.Errorf("%q is a line without an object", b)
		}
		done, _, err := readSegment(bytes.NewReader(b), 0, func([]line, int64) error { return nil })
		if err != nil || done > int64(len(b)) || done > 0 && b[done-1] != '\n' {
			t.Errorf("%q is decided up to %d, %v", b, done, err)
		}
	})
}

func TestLinesWrittenBeforeACrashAreTakenInByWhoeverComesNext(t *testing.T) {
	for _, step := range []string{"fold", "commit"} {
		for name, next := range map[string]func(*kit){
			"a reader": func(k *kit) { k.all() },
			"a writer": func(k *kit) { k.Keep(ctx, "a", []byte(step)) },
		} {
			t.Run(step+" "+name, func(t *testing.T) {
				k := newKit(t)
				facts := k.some(3)
				k.stopAt(step)
				lost := []journal.Entry{k.At(1, journaltest.Cramp(4)), k.At(2, journaltest.Cramp(5))}
				if _, err := k.Append(ctx, lost...); !errors.Is(err, errStop) {
					t.Fatal(err)
				}
				after := k.again()
				next(after)
				after.mustHave(append(facts, lost...))
				if n, err := after.Append(ctx, lost...); n != 0 || err != nil {
					t.Errorf("a second try: %d were new, %v", n, err)
				}
			})
		}
	}
}

func TestATornAppendIsAllOrNone(t *testing.T) {
	k := newKit(t)
	k.broken = true // torn lines stay where they are
	facts := k.some(2)
	whole := read(t, k.segmentFile())
	batch := []journal.Entry{k.At(1, journaltest.Cramp(1)), k.At(2, journaltest.Cramp(2)), k.At(3, journaltest.Cramp(3))}
	k.add(batch...)
	full := read(t, k.segmentFile())
	for end := len(whole); end <= len(full); end += 1 + (len(full)-end)/5 {
		torn := openKit(t, filepath.Join(t.TempDir(), "lull"))
		if err := os.CopyFS(filepath.Join(torn.dir, journalName), os.DirFS(k.path(journalName))); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(torn.dir, 0o700); err != nil {
			t.Fatal(err)
		}
		write(t, torn.segmentFile(), full[:end])
		want := facts
		if end == len(full) {
			want = append(slices.Clone(facts), batch...)
		}
		torn.mustHave(want)
		torn.Maker = k.Maker
		want = append(slices.Clone(want), torn.add(torn.At(4, journal.Quiet{}))...)
		torn.mustHave(want)
		if err := os.Remove(torn.path(dbName)); err != nil {
			t.Fatal(err)
		}
		torn.again().mustHave(want)
		if got := read(t, torn.segmentFile()); !bytes.HasPrefix(got, full[:end]) {
			t.Error("bytes that were there are gone")
		}
		if r, err := torn.Check(ctx); err != nil || !r.Sound() || r.Unfolded != 0 {
			t.Errorf("cut at %d of %d, check says %+v, %v", end, len(full), r, err)
		}
	}
}

func TestAnUnfinishedEndIsLookedAtOnce(t *testing.T) {
	k := newKit(t)
	facts := k.some(2)
	b := read(t, k.segmentFile())
	write(t, k.segmentFile(), append(b, "torn"...))
	k.mustHave(facts)
	before, err := k.Stamp()
	if err != nil {
		t.Fatal(err)
	}
	k.mustHave(facts)
	if after, err := k.Stamp(); after != before || err != nil {
		t.Errorf("reading again wrote again: %d, %d, %v", before, after, err)
	}
}

func TestALineThatCannotBeReadCostsOnlyItself(t *testing.T) {
	k := newKit(t)
	k.broken = true
	facts := k.some(5)
	lines := strings.SplitAfter(string(read(t, k.segmentFile())), "\n")
	lines[2] = strings.Replace(lines[2], "calf", "cald", 1)
	write(t, k.segmentFile(), []byte(strings.Join(lines, "")))
	if err := os.Remove(k.path(dbName)); err != nil {
		t.Fatal(err)
	}
	k.again().mustHave(slices.Delete(slices.Clone(facts), 2, 3))
	if r, err := k.Check(ctx); err != nil || r.Sound() || r.Segments[0].Bad != 1 || r.Segments[0].Lines != 4 {
		t.Errorf("check says %+v, %v", r, err)
	}
}

func TestAVeryLongLineIsSkipped(t *testing.T) {
	k := newKit(t)
	k.broken = true
	facts := k.some(2)
	b := read(t, k.segmentFile())
	long := append(bytes.Repeat([]byte("x"), 3*maxLine+7), '\n')
	write(t, k.segmentFile(), slices.Concat(long, b, long))
	if err := os.Remove(k.path(dbName)); err != nil {
		t.Fatal(err)
	}
	k.again().mustHave(facts)
}

func TestSegmentsOfOtherDevicesAndCopiesAreRead(t *testing.T) {
	k, other := newKit(t), newKit(t)
	other.Maker = journaltest.NewMaker(t, 99)
	mine, theirs := k.some(2), other.some(3)
	name := filepath.Base(filepath.Dir(other.segmentFile()))
	copyOf := strings.TrimSuffix(other.segmentFile(), segmentSuffix) + ".sync-conflict-20261123-1-ABC" + segmentSuffix
	write(t, copyOf, read(t, other.segmentFile()))
	if err := os.CopyFS(filepath.Join(k.path(journalName), name), os.DirFS(filepath.Dir(copyOf))); err != nil {
		t.Fatal(err)
	}
	k.mustHave(append(mine, theirs...))
	if err := os.Remove(copyOf); err != nil {
		t.Fatal(err)
	}
	k.some(1)
	if own, err := filepath.Glob(filepath.Join(k.path(journalName), name, "*")); err != nil || len(own) != 2 {
		t.Errorf("the other device's folder holds %q, %v", own, err)
	}
}

func TestTheDaysFirstWriteLooksAtEverySegment(t *testing.T) {
	k := newKit(t)
	now := journaltest.Evening
	k.opts.Clock = func() time.Time { return now }
	facts := k.some(2)
	old := k.segmentFile()
	now = now.AddDate(0, 1, 0)
	facts = append(facts, k.some(1)...)
	k.all()
	e := k.At(1, journaltest.Cramp(8))
	write(t, old, lineOf(t, e).appendTo(read(t, old))) // in place: the folder's time stays
	k.mustHave(facts)
	now = now.AddDate(0, 0, 1)
	k.mustHave(append(facts, append([]journal.Entry{e}, k.some(1)...)...))
}

func lineOf(t *testing.T, e journal.Entry) line {
	t.Helper()
	return line{seq: 9, json: []byte(journaltest.Lines(t, []journal.Entry{e})[0])}
}

func TestAForeignSegmentThatBecomesShorterIsReadFromItsStart(t *testing.T) {
	k := newKit(t)
	k.broken = true // facts whose segment is gone have one copy only
	facts := k.some(1)
	theirs := []journal.Entry{k.At(1, journaltest.Cramp(8)), k.At(2, journaltest.Cramp(9)), k.At(3, journal.Quiet{})}
	file := filepath.Join(k.path(journalName), "0123456789abcdef", "202611-00000000.jsonl")
	if err := os.Mkdir(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, file, lineOf(t, theirs[1]).appendTo(lineOf(t, theirs[0]).appendTo(nil)))
	k.mustHave(append(facts, theirs[:2]...))
	write(t, file, lineOf(t, theirs[2]).appendTo(nil))
	k.mustHave(append(facts, theirs...))
}

func TestASegmentThatIsReplacedIsReadAgain(t *testing.T) {
	k := newKit(t)
	k.broken = true // facts whose segment is gone have one copy only
	facts := k.some(3)
	first := strings.SplitAfter(string(read(t, k.segmentFile())), "\n")[0]
	write(t, k.segmentFile(), []byte(first))
	k.mustHave(facts)
	facts = append(facts, k.add(k.At(5, journal.Quiet{}))...)
	k.mustHave(facts)
	if err := os.Remove(k.segmentFile()); err != nil {
		t.Fatal(err)
	}
	facts = append(facts, k.add(k.At(6, journal.Quiet{}), k.At(7, journal.Quiet{}), k.At(8, journal.Quiet{}))...)
	k.mustHave(facts)
	if r, err := k.Check(ctx); err != nil || r.Unjournalled != 4 || r.Sound() {
		t.Errorf("check says %+v, %v", r, err)
	}
}

func TestEachMonthHasASegmentAndNoneIsReopened(t *testing.T) {
	k := newKit(t)
	now := journaltest.Evening
	k.opts.Clock = func() time.Time { return now }
	for _, months := range []int{0, 0, 1, -2, 0, 3} {
		now = now.AddDate(0, months, 0)
		k.some(1)
	}
	names, err := k.segmentNames()
	if err != nil || len(names) != 3 {
		t.Fatalf("segments are %q, %v", names, err)
	}
	for i, month := range []string{"202611", "202612", "202701"} {
		if !strings.HasPrefix(filepath.Base(names[i]), month) {
			t.Errorf("segment %d is %s", i, names[i])
		}
	}
}

func TestAFoldTakesItsShareAndGoesOn(t *testing.T) {
	k := newKit(t)
	facts := slices.Concat(k.some(25), k.add(k.At(1, journal.Quiet{}), k.At(2, journal.Quiet{}), k.At(3, journal.Quiet{})), k.some(9))
	if err := os.Remove(k.path(dbName)); err != nil {
		t.Fatal(err)
	}
	next := k.again()
	next.chunk = 4
	next.mustHave(facts)
	if id, _, _, err := observeDB(next); err != nil || id.txid < uint64(len(facts)/next.chunk) {
		t.Errorf("it took %d transactions, %v", id.txid, err)
	}
}
