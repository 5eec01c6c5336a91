package journaltest

import (
	"math/rand/v2"
	"testing"

	"lull/routine/journal"
)

// Web makes facts over several nights, with revisions, moves and withdrawals
// of facts and of edits, chosen by draw, which returns a number below n.
func Web(m *Maker, size int, draw func(n int) int) []journal.Entry {
	kinds := []func() journal.Fact{
		func() journal.Fact { return Cramp(draw(11)) },
		func() journal.Fact { return Drink(draw(4)) },
		func() journal.Fact { return Session("trial", journal.Partial, draw(121)) },
		func() journal.Fact { return journal.Quiet{} },
		func() journal.Fact { return journal.Marked{Mark: "alcohol"} },
		func() journal.Fact { return journal.Ticked{Item: "covers", List: journal.BedtimeList} },
		func() journal.Fact { return Pause(Date(draw(5)), 1+draw(3)) },
		func() journal.Fact { return Session("other", journal.Complete, draw(121)) },
		func() journal.Fact { return journal.Ticked{Item: "covers", List: "else"} },
	}
	patches := []func(journal.Entry) map[string]any{
		func(journal.Entry) map[string]any { return map[string]any{"extra": draw(10)} },
		func(journal.Entry) map[string]any { return map[string]any{"new_night": Date(draw(5))} },
		func(journal.Entry) map[string]any { return map[string]any{"new_day": Date(draw(5)), "extra": nil} },
		func(journal.Entry) map[string]any { return map[string]any{"new_clock_suspect": draw(2) == 0} },
		func(of journal.Entry) map[string]any {
			return map[string]any{"new_at": of.At.AddDate(0, 0, draw(4)).Format("2006-01-02T15:04:05+03:00"), "new_night": nil, "new_day": nil}
		},
	}
	all := []journal.Entry{}
	for range size {
		of := journal.Entry{}
		if len(all) > 0 {
			of = all[draw(len(all))]
		}
		choice := draw(10)
		_, isEdit := of.Of()
		switch {
		case of.Fact == nil || choice < 5:
			all = append(all, m.At(float64(draw(24*5)), kinds[draw(len(kinds))]()))
		case choice < 8 && !isEdit:
			all = append(all, m.Revise(of, patches[draw(len(patches))](of)))
		default:
			all = append(all, m.Withdraw(of))
		}
	}
	return all
}

// Same compares what two logs say of everything.
func Same(t testing.TB, got, want journal.Log) {
	t.Helper()
	h1, err1 := got.History(ctx)
	h2, err2 := want.History(ctx)
	l1, err3 := got.Live(ctx, -1e6, 1e6)
	l2, err4 := want.Live(ctx, -1e6, 1e6)
	p1, err5 := got.Page(ctx, journal.ID{}, 1<<20)
	p2, err6 := want.Page(ctx, journal.ID{}, 1<<20)
	for _, err := range []error{err1, err2, err3, err4, err5, err6} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if h1.Last != h2.Last {
		t.Fatalf("the last id is %s and %s", h1.Last, h2.Last)
	}
	if len(h1.Nights) != len(h2.Nights) {
		t.Fatalf("%d nights and %d:\n%+v\n%+v", len(h1.Nights), len(h2.Nights), h1.Nights, h2.Nights)
	}
	for i := range h1.Nights {
		if h1.Nights[i] != h2.Nights[i] {
			t.Fatalf("night %d is %+v and %+v", i, h1.Nights[i], h2.Nights[i])
		}
	}
	for _, pair := range [][2][]journal.Entry{{h1.Standing, h2.Standing}, {l1, l2}, {p1, p2}} {
		a, b := Lines(t, pair[0]), Lines(t, pair[1])
		if len(a) != len(b) {
			t.Fatalf("%d entries and %d:\n%q\n%q", len(a), len(b), a, b)
		}
		for i := range a {
			if a[i] != b[i] {
				t.Fatalf("entry %d is\n%s\nand\n%s", i, a[i], b[i])
			}
		}
	}
}

// anyOrder sends a web in a random order, with repeats, in batches of random
// size, and compares with a Mem that got it in the order it was made.
func anyOrder(t *testing.T, s *subject, m *Maker) {
	r := rand.New(rand.NewPCG(1, 2))
	all := Web(m, 120, r.IntN)
	var straight Mem
	if _, err := straight.Append(ctx, all...); err != nil {
		t.Fatal(err)
	}
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	for len(all) > 0 {
		n := 1 + r.IntN(min(9, len(all)))
		s.add(all[:n]...)
		s.add(all[r.IntN(n)])
		all = all[n:]
	}
	Same(t, s, &straight)
}
