package experiment

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lull/routine/journal"
	"lull/routine/rates"
)

var from = journal.MakeDate(2026, 11, 23)

func plan(t interface{ Fatal(...any) }, seed uint64, pairs int) Plan {
	p, err := New(seed, from, pairs)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// A plan that changed with a new version of lull would not have been settled
// in advance.
func TestASeedDrawsTheSamePlanForEver(t *testing.T) {
	const want = `pair 1   Mon 23 Nov 2026 to Sun  6 Dec 2026  with stretching
pair 1   Mon  7 Dec 2026 to Sun 20 Dec 2026  without
pair 2   Mon 21 Dec 2026 to Sun  3 Jan 2027  without
pair 2   Mon  4 Jan 2027 to Sun 17 Jan 2027  with stretching
pair 3   Mon 18 Jan 2027 to Sun 31 Jan 2027  with stretching
pair 3   Mon  1 Feb 2027 to Sun 14 Feb 2027  without`
	if got := strings.Join(plan(t, 1, 3).Lines(), "\n"); got != want {
		t.Errorf("got\n%s", got)
	}
}

func TestAPlanHasThreeToThirteenPairs(t *testing.T) {
	for _, pairs := range []int{-1, 0, 2, 14} {
		if _, err := New(1, from, pairs); err == nil {
			t.Errorf("%d pairs are a plan", pairs)
		}
	}
	for pairs := LeastPairs; pairs <= MostPairs; pairs++ {
		if p := plan(t, 1, pairs); p.Pairs() != pairs || len(p.Lines()) != 2*pairs {
			t.Errorf("%d pairs: %v", pairs, p.Lines())
		}
	}
}

func TestTheLotFallsEitherWayAboutAsOften(t *testing.T) {
	with := 0
	for seed := range uint64(500) {
		for _, first := range plan(t, seed, 4).withFirst {
			if first {
				with++
			}
		}
	}
	if with < 910 || with > 1090 { // four standard deviations
		t.Errorf("with stretching first in %d of 2000 pairs", with)
	}
}

func TestEveryNightOfThePlanHasOnePlaceAndEveryPairFourteenOfEachKind(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := plan(t, rapid.Uint64().Draw(t, "seed"), rapid.IntRange(LeastPairs, MostPairs).Draw(t, "pairs"))
		counts := map[[2]any]int{}
		for d := from - 40; d <= p.Last()+40; d++ {
			place, in := p.Place(d)
			if in != (d >= from && d <= p.Last()) {
				t.Fatalf("%v: %t", d, in)
			}
			if in {
				counts[[2]any{place.Pair, place.With}]++
			}
		}
		if len(counts) != 2*p.Pairs() {
			t.Fatalf("%d fortnights of %d pairs", len(counts), p.Pairs())
		}
		for which, n := range counts {
			if n != nightsAnArm {
				t.Fatalf("%v has %d nights", which, n)
			}
		}
	})
}

// live makes the nights of a plan: so many cramps spread over the fortnights
// with and without stretching.
func live(p Plan, pairs int, with, without int) []Night {
	var nights []Night
	for d := p.From; d <= p.lastOf(pairs); d++ {
		place, _ := p.Place(d)
		cramps := without
		if place.With {
			cramps = with
		}
		n := place.Night
		nights = append(nights, Night{Night: rates.Night{Date: d, Known: true, Cramps: n*cramps/nightsAnArm - (n-1)*cramps/nightsAnArm}})
	}
	return nights
}

func TestAnExperimentSaysWhatItsPairsBear(t *testing.T) {
	for _, c := range []struct {
		name          string
		pairs         int // of the plan
		lived         int
		with, without int
		words         string
	}{
		{"nothing yet", 3, 0, 0, 0, "Not yet: 0 pairs are complete, it takes 3. The night of Sun 14 to Mon 15 Feb is the earliest that can complete them."},
		{"one pair", 4, 1, 3, 6, "Not yet: 1 pair is complete, it takes 3. The night of Sun 14 to Mon 15 Feb is the earliest that can complete them."},
		{"three pairs all one way", 3, 3, 3, 6, "In the middle of 3 pairs, cramps with stretching were 50 % of those without. All of them lean the same way, but with fewer than 6 pairs that could easily be chance."},
		{"six pairs all one way", 6, 6, 3, 6, "In the middle of 6 pairs, cramps with stretching were 50 % of those without. Fewer with stretching: chance alone would seldom do that."},
		{"six pairs all the other way", 6, 6, 6, 3, "In the middle of 6 pairs, cramps with stretching were 200 % of those without. More with stretching: chance alone would seldom do that. Consider a check-up."},
		{"no difference", 6, 6, 4, 4, "In the middle of 6 pairs, cramps with stretching were 100 % of those without. That could easily be chance."},
		{"no cramps at all", 6, 6, 0, 0, "In the middle of 6 pairs, cramps with stretching were 100 % of those without. That could easily be chance."},
		{"none with, half a cramp added", 6, 6, 0, 2, "In the middle of 6 pairs, cramps with stretching were 20 % of those without. Fewer with stretching: chance alone would seldom do that."},
	} {
		p := plan(t, 1, c.pairs)
		tonight := p.From
		if c.lived > 0 {
			tonight = p.lastOf(c.lived) + 1
		}
		if got := p.Read(live(p, c.lived, c.with, c.without), tonight).Words(); got != c.words {
			t.Errorf("%s: %q, want %q", c.name, got, c.words)
		}
	}
}

func TestAPairCountsOnceItIsOverWithSevenKnownNightsInEachFortnight(t *testing.T) {
	p := plan(t, 1, 3)
	nights := live(p, 3, 2, 4)
	if r := p.Read(nights, p.Last()); r.Complete != 2 || r.Ready {
		t.Errorf("on its last evening: %+v", r)
	}
	if r := p.Read(nights, p.Last()+1); r.Complete != 3 || !r.Ready {
		t.Errorf("a night later: %+v", r)
	}
	forget := func(night func(*Night), most int) Reading {
		some := append([]Night{}, nights...)
		for i := range some {
			if place, _ := p.Place(some[i].Date); place.Pair == 2 && place.With && place.Night <= most {
				night(&some[i])
			}
		}
		return p.Read(some, p.Last()+1)
	}
	for name, how := range map[string]func(*Night){
		"not known": func(n *Night) { n.Known, n.Cramps = false, 0 },
		"set aside": func(n *Night) { n.Paused = true },
	} {
		if r := forget(how, 7); !r.Ready || r.Pairs[1].With.Known != 7 {
			t.Errorf("7 of 14 nights %s: %+v", name, r)
		}
		if r := forget(how, 8); r.Ready || r.Complete != 2 || !r.Never || r.Pairs[1].Ratio != 0 {
			t.Errorf("8 of 14 nights %s: %+v", name, r)
		}
	}
	if got, want := forget(func(n *Night) { n.Paused = true }, 8).Words(), "This plan can give no answer: 2 pairs are complete, and too few are left for 3."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestTwoWeekBlocksThatWereLoggedUnevenlyAreNotCompared(t *testing.T) {
	p := plan(t, 1, 6)
	nights := live(p, 6, 3, 6)
	for i := range nights {
		place, _ := p.Place(nights[i].Date)
		if !place.With && nights[i].Cramps == 0 && place.Night%4 != 0 {
			nights[i].Known = false
		}
	}
	r := p.Read(nights, p.Last()+1)
	if !r.Ready || r.Complete != 6 || r.Uneven == nil || r.Standing != "" || r.Ratio != 0 {
		t.Fatalf("%+v", r)
	}
	const want = "You logged 100 % of the nights with stretching and 57 % of those without. Cramp-free nights may be missing, so this cannot be compared."
	if got := r.Words(); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestTheShareOfFlipsIsCountedOverEveryWayTheLotCouldFall(t *testing.T) {
	for _, c := range []struct {
		name string
		logs []float64
		want float64
	}{
		{"three one way", []float64{-1, -2, -3}, 2.0 / 8},
		{"six one way", []float64{1, 1, 1, 1, 1, 1}, 2.0 / 64},
		{"all alike", []float64{0, 0, 0}, 1},
		// Sums of ±1±2±4: 7, 5, 3, 1 and their negatives; 3 or more are six of eight.
		{"one against", []float64{1, -2, 4}, 6.0 / 8},
		// Three of one sign and one of the other are eight ways, all of one sign
		// two; tenths added in another order do not quite come to the same.
		{"the same sum in another way", []float64{0.1, 0.1, 0.1, -0.1}, 10.0 / 16},
	} {
		if got := flips(c.logs); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// Six pairs with far fewer cramps and seven with hardly more: a few great pairs
// do not speak for the rest.
func TestNothingIsClaimedAgainstTheMiddleOfThePairs(t *testing.T) {
	logs := []float64{-2, -2, -2, -2, -2, -2, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001}
	if p := flips(logs); p > rare {
		t.Fatalf("the case is no case: %v", p)
	}
	if got := band(logs, median(logs)); got != rates.Chance {
		t.Errorf("%s", got)
	}
	for i := range logs {
		logs[i] = -logs[i]
	}
	if got := band(logs, median(logs)); got != rates.Chance {
		t.Errorf("turned over: %s", got)
	}
}

// If the lot had fallen the other way in every pair, the same nights would read
// as the opposite.
func TestTurningEveryPairOverTurnsTheAnswerOver(t *testing.T) {
	opposite := map[rates.Band]rates.Band{rates.Fewer: rates.More, rates.More: rates.Fewer, rates.Chance: rates.Chance}
	claims := 0
	rapid.Check(t, func(t *rapid.T) {
		p := plan(t, rapid.Uint64().Draw(t, "seed"), rapid.IntRange(6, 8).Draw(t, "pairs"))
		turned := Plan{From: p.From}
		for _, first := range p.withFirst {
			turned.withFirst = append(turned.withFirst, !first)
		}
		nights := live(p, p.Pairs(), rapid.IntRange(0, 6).Draw(t, "with"), rapid.IntRange(0, 6).Draw(t, "without"))
		for i := range nights {
			nights[i].Cramps += rapid.IntRange(0, 1).Draw(t, "more")
		}
		a, b := p.Read(nights, p.Last()+1), turned.Read(nights, p.Last()+1)
		if b.Standing != opposite[a.Standing] || math.Abs(a.Ratio*b.Ratio-1) > 1e-9 {
			t.Fatalf("%+v and %+v", a, b)
		}
		if a.Standing != rates.Chance {
			claims++
		}
	})
	if claims == 0 {
		t.Error("no case claimed anything: the test proves nothing")
	}
}
