package rates

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lull/routine/journal"
)

// evenly spreads so many cramps over so many nights, as evenly as they go.
func evenly(from journal.Date, cramps, nights int) []Night {
	all := make([]Night, nights)
	for i := range all {
		all[i] = Night{Date: from + journal.Date(i), Known: true, Cramps: (i+1)*cramps/nights - i*cramps/nights}
	}
	return all
}

func TestAComparisonSaysWhatTheNightsBear(t *testing.T) {
	for _, c := range []struct {
		name          string
		after, before Count
		band          Band
		rule          Rule
	}{
		{"a great difference", Count{20, 84}, Count{48, 28}, Fewer, ByWeeks},
		{"the other way round", Count{48, 28}, Count{20, 84}, More, ByWeeks},
		{"no difference", Count{30, 42}, Count{10, 14}, Chance, ByWeeks},
		{"half, of few", Count{9, 28}, Count{18, 28}, Chance, ByWeeks},
		{"none after, of few", Count{0, 14}, Count{6, 14}, Chance, ByWeeks},
		{"none before", Count{5, 14}, Count{0, 14}, Chance, Counted},
	} {
		got := Compare(Side{Nights: evenly(monday, c.after.Cramps, c.after.Nights)}, Side{Nights: evenly(monday-400, c.before.Cramps, c.before.Nights)})
		if got.Refusal != nil {
			t.Errorf("%s: refused: %+v", c.name, got.Refusal)
			continue
		}
		if r := got.Cramps; r.Standing != c.band || r.Rule != c.rule {
			t.Errorf("%s: %s, %s; want %s, %s: %+v", c.name, r.Standing, r.Rule, c.band, c.rule, r)
		}
	}
}

func TestTheNumbersOfASideAreOverItsKnownNights(t *testing.T) {
	c := Compare(Side{Nights: diary(monday, "20?1000"+"1?00000"+"00000")}, Side{Closed: true})
	if want := (Counts{Nights: 19, Known: 17, Cramps: 4, CrampNights: 3}); c.After != want {
		t.Errorf("%+v, want %+v", c.After, want)
	}
	if w, s := c.After.PerWeek(), c.After.Share(); math.Abs(w-28.0/17) > 1e-12 || math.Abs(s-3.0/17) > 1e-12 {
		t.Errorf("%v a week, %v of the nights", w, s)
	}
	if c.Before.PerWeek() != 0 || c.Before.Share() != 0 || !c.Before.Closed {
		t.Errorf("a side without nights: %+v", c.Before)
	}
}

// drawSide is a side as it may come: out of order, with gaps and unknown nights.
func drawSide(t *rapid.T, name string, from journal.Date) []Night {
	most := rapid.IntRange(-2, 8).Draw(t, name+" level")
	nights := make([]Night, rapid.IntRange(0, 120).Draw(t, name+" nights"))
	for i := range nights {
		nights[i].Known = rapid.IntRange(0, 9).Draw(t, "known") > 0
		nights[i].Cramps = max(0, rapid.IntRange(-4, most).Draw(t, "cramps"))
	}
	gap := rapid.IntRange(1, 3).Draw(t, name+" gap")
	for i := range nights {
		nights[i].Date = from + journal.Date(gap*i)
		if !nights[i].Known {
			nights[i].Cramps = 0
		}
	}
	return nights
}

func plain(c Comparison) string {
	b, err := json.Marshal(c)
	if err != nil {
		panic(err)
	}
	return string(b)
}

func TestNeitherTheOrderNorTheCalendarChangesAnAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		after, before := drawSide(t, "after", monday), drawSide(t, "before", monday-1000)
		want := plain(Compare(Side{Nights: after}, Side{Nights: before}))
		later := rapid.Int32Range(-5000, 5000).Draw(t, "later")
		change := func(nights []Night) Side {
			var changed []Night
			for _, n := range nights {
				n.Date += journal.Date(later)
				changed = append(changed, n)
			}
			dice := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "order"), 0))
			dice.Shuffle(len(changed), func(i, j int) { changed[i], changed[j] = changed[j], changed[i] })
			return Side{Nights: changed}
		}
		if got := plain(Compare(change(after), change(before))); got != want {
			t.Fatalf("%s\nis not\n%s", got, want)
		}
	})
}

func TestADifferenceIsClaimedOnlyWhenBothIntervalsSeeIt(t *testing.T) {
	claims := 0
	rapid.Check(t, func(t *rapid.T) {
		c := Compare(Side{Nights: drawSide(t, "after", monday)}, Side{Nights: drawSide(t, "before", monday-1000)})
		for _, r := range []*Reading{c.Cramps, c.Nights} {
			if r == nil {
				continue
			}
			if r.Standing != Chance {
				claims++
			}
			if both := r.Exact.Band() == r.ByWeeks.Band(); r.Standing != Chance && !both || both && r.Standing != r.Exact.Band() {
				t.Fatalf("%+v", r)
			}
			if shown := map[Rule]Interval{Counted: r.Exact, ByWeeks: r.ByWeeks}[r.Rule]; shown != r.Shown {
				t.Fatalf("shown is not the one that is named: %+v", r)
			}
			if r.Exact.Band() == r.ByWeeks.Band() && r.Shown.width() < max(r.Exact.width(), r.ByWeeks.width()) {
				t.Fatalf("shown is the narrower: %+v", r)
			}
			if r.Phi < 1 || r.Factor < r.Phi {
				t.Fatalf("%+v", r)
			}
		}
	})
	if claims == 0 {
		t.Error("no case claimed anything: the test proves nothing")
	}
}

func TestClustersWidenTheIntervalAndCanTakeTheClaimBack(t *testing.T) {
	before := Side{Nights: evenly(monday-100, 30, 28)}
	even := Compare(Side{Nights: evenly(monday, 24, 56)}, before)
	burst := Compare(Side{Nights: diary(monday, strings.Repeat("0", 42)+"2222222"+"2222200")}, before)
	if even.After.Cramps != burst.After.Cramps || even.After.Known != burst.After.Known {
		t.Fatalf("%+v is not %+v", even.After, burst.After)
	}
	if even.Cramps.Standing != Fewer || burst.Cramps.Standing != Chance {
		t.Errorf("evenly: %s; in a burst: %s", even.Cramps.Standing, burst.Cramps.Standing)
	}
}

func TestNightsWithACrampAreTheCrossCheck(t *testing.T) {
	// Before, all cramps came in four nights: there are far fewer cramps after,
	// yet hardly fewer nights with one.
	c := Compare(Side{Nights: evenly(monday, 8, 28)}, Side{Nights: diary(monday-100, strings.Repeat("0900000", 4))})
	if c.Nights == nil || math.Abs(c.Cramps.Ratio-8.0/36) > 1e-12 || math.Abs(c.Nights.Ratio-2) > 1e-12 {
		t.Fatalf("%+v, cross-check %+v", c.Cramps, c.Nights)
	}
	if c.Cramps.Standing != Fewer || c.Nights.Standing != Chance || c.Agrees() {
		t.Errorf("cramps: %s, nights: %s, agrees: %t", c.Cramps.Standing, c.Nights.Standing, c.Agrees())
	}
	few := Compare(Side{Nights: evenly(monday, 0, 28)}, Side{Nights: diary(monday-100, strings.Repeat("0900000", 4))})
	if few.Nights != nil || few.Cramps == nil || !few.Agrees() {
		t.Errorf("four nights with a cramp are cross-checked: %+v", few.Nights)
	}
}

func TestNumbersAreWrittenAsJSONAlsoWhenTheyHaveNoEnd(t *testing.T) {
	c := Compare(Side{Nights: evenly(monday, 5, 14)}, Side{Nights: evenly(monday-100, 0, 14)})
	if got := plain(c); !strings.Contains(got, `"ratio":null,`) || !strings.Contains(got, `"high":null}`) {
		t.Error(got)
	}
}

func TestRatiosAndIntervalsReadAsTheyAre(t *testing.T) {
	endless := math.Inf(1)
	for _, c := range []struct {
		i    Interval
		want string
	}{
		{Interval{0.1370, 0.8112}, "0.14 to 0.81"},
		{Interval{0.0218, 1.0005}, "0.02 to 1.0005"},
		{Interval{0.0218, 0.9997}, "0.02 to 0.9997"},
		{Interval{0, 0.8493}, "0 to 0.85"},
		{Interval{0.0004, 2}, "0.0004 to 2"},
		{Interval{1.177, endless}, "1.18 and up"},
		{Interval{0, endless}, "anything at all"},
		{Interval{1 - 1e-12, 1 + 1e-12}, "1 to 1"},
	} {
		if got := c.i.String(); got != c.want {
			t.Errorf("%v: %q, want %q", [2]float64{c.i.Low, c.i.High}, got, c.want)
		}
	}
	for _, none := range []float64{math.NaN(), endless} {
		if got := Times(none); got != "no ratio" {
			t.Errorf("%v: %q", none, got)
		}
	}
}

// logOnly keeps of every so many nights the given number logged, and all that
// had cramps.
func logOnly(nights []Night, some, of int) []Night {
	for i := range nights {
		nights[i].Known = nights[i].Cramps > 0 || i%of < some
	}
	return nights
}

func TestSidesThatWereLoggedUnevenlyAreNotCompared(t *testing.T) {
	const after, before = "with a session", "without one"
	for _, c := range []struct {
		name       string
		some, of   int // of the nights before
		refused    bool
		wordsBegin string
	}{
		{"as often", 1, 1, false, ""},
		{"nine of ten", 9, 10, false, ""},
		{"a third", 1, 3, true, "You logged 100 % of the nights with a session and 52 % of those without one. Cramp-free nights may be missing, so this cannot be compared."},
	} {
		got := Compare(Side{Nights: evenly(monday, 10, 84)}, Side{Nights: logOnly(evenly(monday-400, 20, 84), c.some, c.of)})
		if refused := got.Refusal != nil && got.Refusal.Uneven != nil; refused != c.refused || refused == (got.Cramps != nil) {
			t.Errorf("%s: %+v, %+v", c.name, got.Refusal, got.Cramps)
		} else if refused && got.Refusal.Words(after, before) != c.wordsBegin {
			t.Errorf("%s: %q", c.name, got.Refusal.Words(after, before))
		}
	}
}

func TestNightsThatAreNotLoggedChangeOnlyWhetherSidesAreCompared(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		after, before := drawSide(t, "after", monday), drawSide(t, "before", monday-1000)
		want := Compare(Side{Nights: after}, Side{Nights: before})
		got := Compare(Side{Nights: append(after, Night{Date: monday + 3000})}, Side{Nights: append(before, Night{Date: monday - 3000})})
		if want.Cramps != nil && got.Cramps != nil && *want.Cramps != *got.Cramps {
			t.Fatalf("%+v\nis not\n%+v", got.Cramps, want.Cramps)
		}
		if got.Refusal != nil && got.Refusal.Uneven == nil && (want.Refusal == nil || *got.Refusal != *want.Refusal) {
			t.Fatalf("%+v, without the nights %+v", got.Refusal, want.Refusal)
		}
	})
}

func TestAnIntervalWithoutUseIsVague(t *testing.T) {
	none := Compare(Side{Nights: evenly(monday, 5, 14)}, Side{Nights: evenly(monday-100, 0, 14)})
	if !none.Cramps.Vague {
		t.Errorf("no cramps on one side: %+v", none.Cramps)
	}
	clear := Compare(Side{Nights: evenly(monday, 0, 84)}, Side{Nights: evenly(monday-400, 48, 84)})
	if clear.Cramps.Vague || clear.Cramps.Standing != Fewer {
		t.Errorf("none of 84 nights against 48 cramps: %+v", clear.Cramps)
	}
	if usual := Compare(Side{Nights: evenly(monday, 30, 42)}, Side{Nights: evenly(monday-100, 10, 14)}); usual.Cramps.Vague {
		t.Errorf("30 against 10 cramps: %+v", usual.Cramps)
	}
	more := Compare(Side{Nights: evenly(monday, 120, 84)}, Side{Nights: evenly(monday-400, 0, 84)})
	if w := more.Cramps.Words(); strings.Contains(w, "no ratio") || !strings.Contains(w, "one side has no cramps") {
		t.Errorf("%q", w)
	}
}
