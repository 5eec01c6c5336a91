//go:build linux

package main

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

var figures = rapid.SliceOfN(rapid.Float64Range(1e-6, 1e6), 1, 50)

func TestHalfTheFiguresLieOnEachSideOfTheMedian(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fs := figures.Draw(t, "figures")
		m := median(fs)
		below, over := 0, 0
		for _, f := range fs {
			if f < m {
				below++
			}
			if f > m {
				over++
			}
		}
		if below > len(fs)/2 || over > len(fs)/2 {
			t.Errorf("median %v of %v has %d below and %d above", m, fs, below, over)
		}
	})
}

func TestTheMedianLeavesItsFiguresInOrder(t *testing.T) {
	fs := []float64{3, 1, 2}
	if m := median(fs); m != 2 || !slices.Equal(fs, []float64{3, 1, 2}) {
		t.Errorf("median %v left %v", m, fs)
	}
}

func TestTheMedianOfAnEvenNumberIsTheMiddle(t *testing.T) {
	if m := median([]float64{4, 1, 2, 30}); m != 3 {
		t.Errorf("got %v, want 3", m)
	}
}

func TestTheMedianOfNothingIsNoNumber(t *testing.T) {
	if m := median(nil); !math.IsNaN(m) {
		t.Errorf("got %v", m)
	}
}

func TestEqualFiguresHaveRatioOneAndDifferenceNone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fs := figures.Draw(t, "figures")
		p := pairs{fs, fs}
		if r, d := median(p.ratios()), median(p.differences()); r != 1 || d != 0 {
			t.Errorf("ratio %v and difference %v", r, d)
		}
	})
}

func TestAMachineTwiceAsSlowHasTheSameRatios(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := pairs{figures.Draw(t, "subject"), nil}
		p.Floor = rapid.SliceOfN(rapid.Float64Range(1e-3, 1e3), len(p.Subject), len(p.Subject)).Draw(t, "floor")
		twice := pairs{scaled(p.Subject, 2), scaled(p.Floor, 2)}
		if a, b := median(p.ratios()), median(twice.ratios()); a != b {
			t.Errorf("%v became %v", a, b)
		}
	})
}

func scaled(fs []float64, by float64) []float64 {
	out := make([]float64, len(fs))
	for i, f := range fs {
		out[i] = f * by
	}
	return out
}

func TestGoalsLookAtTheirOwnFigure(t *testing.T) {
	p := pairs{[]float64{30, 32, 31}, []float64{10, 16, 10}} // 31; ratios 3, 2, 3.1; differences 20, 16, 21
	for _, c := range []struct {
		goal goal
		met  bool
	}{
		{noGoal, true},
		{within(31), true}, {within(30.9), false},
		{times(3), true}, {times(2.9), false},
		{above(20), true}, {above(19), false},
	} {
		if got := c.goal.met(p); got != c.met {
			t.Errorf("%+v: met is %v", c.goal, got)
		}
	}
}

func TestAFigureThatIsNoNumberMeetsNoGoal(t *testing.T) {
	none := pairs{}
	for _, g := range []goal{within(1), times(1), above(1)} {
		if g.met(none) {
			t.Errorf("%+v was met by nothing", g)
		}
	}
}

func TestFiguresAreToldInTheUnitThatFits(t *testing.T) {
	for _, c := range []struct {
		unit  unit
		value float64
		words string
	}{
		{inSeconds, 0.00712, "7.12 ms"}, {inSeconds, 0.0712, "71.2 ms"}, {inSeconds, 0.712, "712 ms"},
		{inSeconds, 1, "1.00 s"}, {inSeconds, 175.02, "175 s"}, {inSeconds, -0.003, "-3.00 ms"},
		{inBytes, 18.4, "18.4 B"}, {inBytes, 5417, "5417 B"}, {inBytes, 12e6, "12.0 MB"}, {inBytes, 54e3, "54.0 kB"},
		{inSeconds, math.NaN(), "–"},
	} {
		if got := c.unit.words(c.value); got != c.words {
			t.Errorf("%v %s is told as %q, want %q", c.value, c.unit, got, c.words)
		}
	}
}
