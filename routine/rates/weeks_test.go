package rates

import (
	"fmt"
	"math"
	"testing"

	"lull/routine/journal"
)

const monday = journal.Date(20780)

// diary makes nights from a row, one a letter, beginning at a date: a digit is
// that many cramps, ? a night nobody answered for.
func diary(from journal.Date, row string) []Night {
	var nights []Night
	for i, r := range row {
		n := Night{Date: from + journal.Date(i), Known: r != '?'}
		if n.Known {
			n.Cramps = int(r - '0')
		}
		nights = append(nights, n)
	}
	return nights
}

// By hand: 12 cramps over 42 nights against 12 over 14, 1.96 standard errors.
func TestTwiceTheScatterChangesTheConclusion(t *testing.T) {
	for _, c := range []struct {
		phi  float64
		want string
		band Band
	}{
		{1, "0.150 to 0.742", Fewer},
		{2, "0.108 to 1.034", Chance},
	} {
		i := Quasi(Count{12, 42}, Count{12, 14}, c.phi, 1.96)
		if got := fmt.Sprintf("%.3f to %.3f", i.Low, i.High); got != c.want || i.Band() != c.band {
			t.Errorf("phi %v: %s, %s; want %s, %s", c.phi, got, i.Band(), c.want, c.band)
		}
	}
}

// ln((0.5/14)/(6.5/14)) = -2.5649; the standard error is sqrt(1/0.5 + 1/6.5) = 1.4676.
func TestHalfACrampIsAddedToBothSidesWhenOneHasNone(t *testing.T) {
	i := Quasi(Count{0, 14}, Count{6, 14}, 1, 1)
	if want := (Interval{math.Exp(-2.56495 - 1.46760), math.Exp(-2.56495 + 1.46760)}); math.Abs(i.Low-want.Low) > 1e-4 || math.Abs(i.High-want.High) > 1e-4 {
		t.Errorf("%v, want %v", i, want)
	}
}

func TestWeeksAreSevenNightsByDateAndCountKnownNightsOnly(t *testing.T) {
	got := weeks(known(diary(monday, "?1020?00"+"3??????"+"???????"+"1")))
	want := []week{{0, 6, 3}, {1, 1, 3}, {3, 1, 1}}
	// The first known night is the second: its week has 102 0?00 in it, the
	// next begins with the 3, and one week has no known night.
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// Each row is worked out by hand: chi-square over the weeks, less one a side.
func TestPhiIsPearsonsChiSquareOverTheWeeks(t *testing.T) {
	quiet := "0000000"
	for _, c := range []struct {
		name          string
		after, before string
		phi, factor   float64
		freedom       int
	}{
		// 7 and 7 against 7 and 7 expected: no scatter at all, so 1.
		{"the same every week", "1111111" + "1111111", "1111111" + "1111111", 1, 1, 2},
		// 14, 0: 7 expected, (49+49)/7 = 14; the other side 0. 14/2.
		{"one side in clusters", "2222222" + quiet, "1111111" + "1111111", 7, 7, 2},
		// 14, 14, 0, 0: 7 expected, residuals +r +r -r -r with r² = 7: chi 28,
		// neighbours r²-r²+r² = 7; freedom 3+1: 7 and (28+14)/4.
		{"bad weeks in a row", "2222222" + "2222222" + quiet + quiet, "1111111" + "1111111", 7, 10.5, 4},
		// 14, 0, 14, 0: chi 28, neighbours -21: they never make it narrower.
		{"bad weeks in turn", "2222222" + quiet + "2222222" + quiet, "1111111" + "1111111", 7, 7, 4},
		// A week nobody answered for lies between: they are not neighbours.
		{"a gap between", "2222222" + "???????" + "2222222" + "???????" + quiet + "???????" + quiet, "1111111" + "1111111", 7, 7, 4},
		// A side without cramps tells nothing: 7, 0 with 3.5 expected is 7 over 1.
		{"a side without cramps", quiet + quiet, "1111111" + quiet, 7, 7, 1},
		// 7 cramps in 7 known nights, 1 in 1: as expected.
		{"a week with one known night", "1111111" + "1??????", "1111111" + "1111111", 1, 1, 2},
	} {
		s := scattered(known(diary(monday, c.after)), known(diary(monday-100, c.before)))
		if math.Abs(s.phi()-c.phi) > 1e-12 || math.Abs(s.factor()-c.factor) > 1e-12 || s.freedom != c.freedom {
			t.Errorf("%s: phi %v, factor %v, freedom %d; want %v, %v, %d", c.name, s.phi(), s.factor(), s.freedom, c.phi, c.factor, c.freedom)
		}
	}
}
