package shared

import (
	"bytes"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"lull/assets"
	"lull/routine"
	"lull/routine/journal"
	"lull/routine/journal/journaltest"
	"lull/store"
	place "lull/store/home"
	"lull/ui/cli"
)

// review is what `lull review --json` says on a machine.
func (h *home) review() string {
	h.t.Helper()
	var out, trouble bytes.Buffer
	app := cli.App{
		Out: &out, Err: &trouble,
		Env:     func(string) string { return "" },
		Now:     func() time.Time { return journaltest.Evening.AddDate(0, 0, 7) },
		Folder:  place.Home{Data: h.dir, Config: filepath.Join(h.dir, "none")},
		Log:     func(time.Duration) journal.Log { return h },
		Library: func() (*routine.Library, error) { return routine.Open(assets.Files) },
	}
	if status := app.Main(ctx, []string{"review", "--json"}); status != cli.Done || out.Len() < 100 {
		h.t.Fatalf("review ended with status %d: %s%s", status, &out, &trouble)
	}
	return out.String()
}

// histories is how many histories are tried: a few, or as many as the
// environment says.
func histories() int {
	if n, err := strconv.Atoi(os.Getenv("LULL_HISTORIES")); err == nil {
		return n
	}
	return 6
}

// lives lets three machines record and edit what they know, and meet now and
// then, and returns the files they leave behind, and all facts.
func lives(t *testing.T, r *rand.Rand) (files map[string][]byte, all []journal.Entry) {
	folder, homes := t.TempDir(), []*home{newHome(t, r.Uint64()), newHome(t, r.Uint64()), newHome(t, r.Uint64())}
	for range 12 {
		h := homes[r.IntN(len(homes))]
		known, err := h.Page(ctx, journal.ID{}, 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		switch r.IntN(4) {
		case 0:
			h.meet(folder)
		case 1:
			h.add(journaltest.Web(h.Maker, 1+r.IntN(8), r.IntN)...)
		default:
			for range min(3, len(known)) {
				of := known[r.IntN(len(known))]
				if _, edit := of.Of(); edit || r.IntN(3) == 0 {
					h.add(h.Withdraw(of))
				} else {
					h.add(h.Revise(of, map[string]any{"new_night": journaltest.Date(r.IntN(5)), "extra": r.IntN(9)}))
				}
			}
		}
	}
	for range 2 {
		for _, h := range homes {
			h.add(h.At(float64(r.IntN(100)), journaltest.Drink(r.IntN(4))))
			h.meet(folder)
		}
	}
	for _, h := range homes {
		h.meet(folder)
	}
	same(t, homes...)
	files = map[string][]byte{}
	for _, h := range homes {
		name := h.file(folder)
		files[filepath.Base(name)] = read(t, name)
	}
	all, err := homes[0].Page(ctx, journal.ID{}, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	return files, all
}

// arrive brings the files to a new machine in pieces, in an order, with copies,
// and exchanges in between.
func arrive(t *testing.T, r *rand.Rand, files map[string][]byte, order []string) *home {
	folder, h := t.TempDir(), newHome(t, r.Uint64())
	for _, name := range order {
		at, text := filepath.Join(folder, name), files[name]
		for from := 0; from < len(text); {
			from += 1 + r.IntN(len(text)-from)
			write(t, at, text[:from])
			if r.IntN(4) == 0 {
				write(t, conflict(at), text[r.IntN(from):from])
			}
			if r.IntN(2) == 0 {
				h.meet(folder)
			}
		}
	}
	h.meet(folder)
	return h
}

// permutations are all orders of three.
func permutations(names []string) [][]string {
	a, b, c := names[0], names[1], names[2]
	return [][]string{{a, b, c}, {a, c, b}, {b, a, c}, {b, c, a}, {c, a, b}, {c, b, a}}
}

func TestTheOrderOfArrivalNeverChangesWhatIsShown(t *testing.T) {
	for seed := range histories() {
		r := rand.New(rand.NewPCG(uint64(seed), 7))
		files, all := lives(t, r)
		names := slices.Sorted(maps.Keys(files))
		var straight journaltest.Mem
		if _, err := straight.Append(ctx, all...); err != nil {
			t.Fatal(err)
		}
		want := ""
		for _, order := range permutations(names) {
			h := arrive(t, r, files, order)
			journaltest.Same(t, h, &straight)
			got := h.review()
			if want == "" {
				want = got
			}
			if got != want {
				t.Fatalf("history %d in the order %q shows\n%s\nand in another\n%s", seed, order, got, want)
			}
			if rep, err := h.Check(ctx); err != nil || !rep.Sound() {
				t.Errorf("the journal is not sound: %+v, %v", rep, err)
			}
		}
	}
}

// FuzzSegmentFile puts any bytes in the folder as another machine's file, in two
// pieces: nothing fails, what is here stays, and nothing of it is written out.
func FuzzSegmentFile(f *testing.F) {
	m := journaltest.NewMaker(f, 5)
	one, two := lineOf(f, m.At(0, journaltest.Cramp(3))), lineOf(f, m.At(1, journal.Quiet{}))
	f.Add([]byte{}, 0)
	f.Add(bytes.Join([][]byte{one, two}, nil), len(one)+7)
	f.Add(bytes.Join([][]byte{one, []byte(" \n\n"), two[:30], []byte(" \n\n"), two}, nil), 3)
	f.Add(bytes.Repeat([]byte("[{\"\x1b\u202e"), 500), 100)
	f.Add(bytes.Join([][]byte{one, one, two, {0, 0, 0}}, nil), 1)
	f.Fuzz(func(t *testing.T, text []byte, at int) {
		folder, h := t.TempDir(), newHome(t, 1)
		mine := h.some(2)
		h.meet(folder)
		left := read(t, h.file(folder))
		name := filepath.Join(folder, "lull-00112233445566aa-202611-01234567.jsonl")
		came := 0
		for _, part := range [][]byte{text[:min(max(at, 0), len(text))], text} {
			write(t, name, part)
			out := h.meet(folder)
			came += out.Came
		}
		if !bytes.Equal(read(t, h.file(folder)), left) {
			t.Error("this machine's file was changed")
		}
		lines := h.lines()
		if len(lines) != len(mine)+came {
			t.Errorf("%d facts, %d of them came", len(lines), came)
		}
		for i, e := range mine {
			if got, live, err := h.Find(ctx, e.ID); err != nil || live && got.Fact.Kind() != e.Fact.Kind() {
				t.Errorf("fact %d is %+v, %v", i, got, err)
			}
		}
		if out := h.meet(folder); out.Came+out.Went > 0 {
			t.Errorf("again: %+v", out)
		}
		if r, err := h.Check(ctx); err != nil || !r.Sound() {
			t.Errorf("not sound: %+v, %v", r, err)
		}
	})
}

// FuzzToldObject puts any object in a line with the right checksum, as somebody
// may who knows how.
func FuzzToldObject(f *testing.F) {
	m := journaltest.NewMaker(f, 5)
	cramp := m.At(0, journaltest.Cramp(3))
	for _, line := range journaltest.Lines(f, []journal.Entry{cramp, m.Line("dreamt", 2), m.Revise(cramp, map[string]any{"pain": 4}), m.Withdraw(cramp)}) {
		f.Add([]byte(line))
	}
	f.Add([]byte(`{"lull":1,"id":"ffffffff-ffff-7fff-bfff-ffffffffffff","at":"9998-12-31T23:59:59Z","kind":"paused","from":"0001-01-01","to":"9999-12-31"}`))
	f.Add([]byte("{\"lull\":1,\r\"id\":\"019a0000-0000-7000-8000-000000000001\",\"at\":\"2026-11-22T22:00:00Z\",\"kind\":\"\u202e\"}"))
	f.Fuzz(func(t *testing.T, object []byte) {
		folder, h := t.TempDir(), newHome(t, 1)
		mine := h.some(2)
		h.meet(folder)
		text := store.AppendLine(nil, store.Line{Seq: 1, JSON: object})
		write(t, filepath.Join(folder, "lull-00112233445566aa-202611-01234567.jsonl"), text)
		first := h.meet(folder)
		if again := h.meet(folder); again.Came+again.Went > 0 {
			t.Errorf("again: %+v", again)
		}
		if n := len(h.lines()); n != len(mine)+first.Came {
			t.Errorf("%d facts, %d came", n, first.Came)
		}
		h.review()
		other := newHome(t, 2)
		other.meet(folder)
		same(t, h, other)
	})
}
