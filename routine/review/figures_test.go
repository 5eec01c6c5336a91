package review_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lull/routine/journal"
	"lull/routine/review"
)

// kit makes facts of nights before tonight and the book of them.
type kit struct {
	mint  journal.Mint
	facts []journal.Entry
}

// at adds a fact of a night so many before tonight, at an hour of the clock.
func (k *kit) at(ago, hour int, f journal.Fact) {
	night := tonight - journal.Date(ago)
	y, m, d := night.Midnight().Date()
	at := time.Date(y, m, d, hour, 10, 0, 0, time.UTC)
	if hour < 12 {
		at = at.AddDate(0, 0, 1)
	}
	k.facts = append(k.facts, journal.New(&k.mint, journal.DefaultCalendar, at, at, f))
}

func (k *kit) book() *review.Book {
	var h journal.History
	for d := tonight - 800; d <= tonight; d++ {
		if n := journal.Sum(d, k.facts); !n.Empty() {
			h.Nights = append(h.Nights, n)
		}
	}
	return review.New(h)
}

func (k *kit) figures(from, to journal.Date) review.Figures {
	return k.book().Figures(from, to, tonight, k.facts, func(stretch string) []string {
		return map[string][]string{"wall-calf": {"calf"}, "long-sit-both": {"calf", "hamstring"}}[stretch]
	})
}

func number(n int) *int { return &n }

func TestTheFiguresAreThoseCountedByHand(t *testing.T) {
	var k kit
	k.at(9, 3, journal.Cramped{Side: "left", Muscle: "calf", Pain: number(7), LastedS: number(190), AwakeMin: number(15), Helped: []string{"stretch", "walk"}})
	k.at(9, 4, journal.Cramped{Side: "left", Muscle: "calf", Pain: number(4), Helped: []string{"stretch"}})
	k.at(7, 23, journal.Cramped{Side: "right", Pain: number(5), LastedS: number(60)})
	k.at(6, 8, journal.Cramped{Untimed: true})
	k.at(5, 8, journal.Quiet{})
	k.at(4, 22, journal.Stretched{Routine: "trial", Outcome: journal.Complete, PlannedS: 60, HeldS: 50, Moves: []journal.Move{
		{Stretch: "wall-calf", Side: "right", PlannedS: 30, HeldS: 30}, {Stretch: "long-sit-both", Side: "both", PlannedS: 30, HeldS: 20},
	}})
	k.at(90, 3, journal.Cramped{Pain: number(10)}) // before the span
	for ago := range 4 {
		k.at(ago+1, 21, journal.Marked{Mark: "alcohol"})
	}
	for ago := range 3 {
		k.at(ago+1, 21, journal.Marked{Mark: "short-sleep"})
	}
	k.at(1, 22, journal.Marked{Mark: "short-sleep"})
	k.at(8, 22, journal.Marked{Mark: "hot-day"})
	got := k.figures(tonight-13, tonight)
	rate := 7.0
	var hours [24]int
	hours[3], hours[4], hours[23] = 1, 1, 1
	want := review.Figures{
		From: tonight - 13, To: tonight, Known: 4, Quiet: 1, WithCramps: 3, Cramps: 4, PerWeek: &rate, Nights: 13,
		Rate:   review.Rate{Words: "4 cramps in 4 logged nights"},
		Hours:  review.Hours{Of: 3, Count: hours},
		Places: review.Places{Of: 3, Count: []review.Place{{"left", "calf", 2}, {"right", "", 1}}},
		Held: []review.Held{
			{"right", "calf", 50}, {"left", "calf", 20}, {"left", "hamstring", 20}, {"right", "hamstring", 20},
		},
		Pain:     review.Spread{N: 3, Median: 5, Min: 4, Max: 7},
		LastedS:  review.Spread{N: 2, Median: 125, Min: 60, Max: 190},
		AwakeMin: review.Spread{N: 1, Median: 15, Min: 15, Max: 15},
		Helped:   review.Tallies{Of: 2, Count: []review.Tally{{"stretch", 2}, {"walk", 1}}},
		Marks:    []review.Mark{{"alcohol", 4}, {"short-sleep", 3}, {"hot-day", 1}},
		Together: []review.Pair{{[2]string{"alcohol", "short-sleep"}, 3, 3}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWithoutAKnownNightThereIsNoRate(t *testing.T) {
	var k kit
	k.at(3, 22, journal.Stretched{Outcome: journal.Complete})
	if f := k.figures(tonight-13, tonight); f.PerWeek != nil || f.Known != 0 {
		t.Errorf("%+v", f)
	}
}

func TestFewCrampFreeNightsGiveABoundInsteadOfARate(t *testing.T) {
	var k kit
	for ago := 1; ago <= 91; ago++ {
		if ago%3 == 1 && ago < 91 {
			k.at(ago, 3, journal.Cramped{})
		}
	}
	f := k.figures(tonight-91, tonight)
	if f.Nights != 91 || f.Known != 30 || !f.Rate.Enough || !f.Rate.Sparse || *f.Rate.AtLeast != 2.31 || *f.Rate.UpTo != 7 || *f.PerWeek != 7 {
		t.Errorf("%+v, rate %+v", f, f.Rate)
	}
	k.at(0, 3, journal.Cramped{}) // tonight counts once it is logged
	if f := k.figures(tonight-91, tonight); f.Nights != 92 {
		t.Errorf("%d nights with tonight logged", f.Nights)
	}
}

func TestWeeksBeginOnMondaysAndCoverEveryNightOnce(t *testing.T) {
	var k kit
	k.at(0, 22, journal.Stretched{Outcome: journal.Partial}) // Sunday
	k.at(6, 3, journal.Cramped{})                            // the Monday before
	k.at(7, 3, journal.Cramped{})                            // the Sunday before that
	k.at(8, 8, journal.Quiet{})
	got := k.book().Weeks(tonight-8, tonight)
	want := []review.Week{{Monday: tonight - 13, Known: 2, Cramps: 1}, {Monday: tonight - 6, Known: 1, Cramps: 1, Kept: 1}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// The order in which the facts come does not matter, and what is counted in
// parts adds up to the whole.
func TestFiguresDoNotDependOnTheOrderAndAddUp(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var k kit
		for range rapid.IntRange(0, 40).Draw(r, "facts") {
			ago := rapid.IntRange(0, 20).Draw(r, "ago")
			switch rapid.IntRange(0, 2).Draw(r, "kind") {
			case 0:
				k.at(ago, rapid.SampledFrom([]int{1, 3, 22}).Draw(r, "hour"), journal.Cramped{
					Side:   rapid.SampledFrom([]string{"", "left", "right", "both"}).Draw(r, "side"),
					Muscle: rapid.SampledFrom([]string{"", "calf", "foot"}).Draw(r, "muscle"),
					Pain:   rapid.Ptr(rapid.IntRange(0, 10), true).Draw(r, "pain"), Untimed: rapid.Bool().Draw(r, "untimed"),
				})
			case 1:
				k.at(ago, 8, journal.Quiet{})
			case 2:
				k.at(ago, 21, journal.Marked{Mark: rapid.SampledFrom([]string{"a", "b", "c"}).Draw(r, "mark")})
			}
		}
		whole := k.figures(tonight-20, tonight)
		early, late := k.figures(tonight-20, tonight-9), k.figures(tonight-8, tonight)
		if whole.Cramps != early.Cramps+late.Cramps || whole.Known != early.Known+late.Known || whole.Pain.N != early.Pain.N+late.Pain.N ||
			whole.Hours.Of != early.Hours.Of+late.Hours.Of || whole.Places.Of != early.Places.Of+late.Places.Of {
			r.Fatalf("%+v is not %+v and %+v", whole, early, late)
		}
		if whole.Known != whole.Quiet+whole.WithCramps {
			r.Fatalf("known %d, quiet %d, with cramps %d", whole.Known, whole.Quiet, whole.WithCramps)
		}
		shuffled := kit{facts: slices.Clone(k.facts)}
		rand.Shuffle(len(shuffled.facts), func(i, j int) {
			shuffled.facts[i], shuffled.facts[j] = shuffled.facts[j], shuffled.facts[i]
		})
		if diff := cmp.Diff(whole, shuffled.figures(tonight-20, tonight)); diff != "" {
			r.Fatal(diff)
		}
	})
}

func TestAMedianIsTheMiddleOrHalfwayBetweenTheTwoMiddleOnes(t *testing.T) {
	for _, c := range []struct {
		all  []int
		want review.Spread
	}{
		{nil, review.Spread{}}, {[]int{4}, review.Spread{1, 4, 4, 4}}, {[]int{9, 1, 4}, review.Spread{3, 4, 1, 9}},
		{[]int{5, 2, 1, 9}, review.Spread{4, 3.5, 1, 9}},
	} {
		if got := review.SpreadOf(c.all); got != c.want {
			t.Errorf("%v: %+v, want %+v", c.all, got, c.want)
		}
	}
}
