package rates

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"math/rand/v2"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The first row is the example of R's package rateratio.test.
func TestTheSevenPublishedVectorsHoldToFourDigits(t *testing.T) {
	for _, c := range []struct {
		after, before       Count
		ratio, low, high, p string
	}{
		{Count{2, 17877}, Count{9, 16660}, "0.2071", "0.0218", "1.0005", "0.0501"},
		{Count{12, 42}, Count{12, 14}, "0.3333", "0.1370", "0.8112", "0.0144"},
		{Count{6, 42}, Count{8, 14}, "0.2500", "0.0715", "0.8216", "0.0206"},
		{Count{5, 14}, Count{10, 14}, "0.5000", "0.1341", "1.6055", "0.3018"},
		{Count{0, 14}, Count{6, 14}, "0.0000", "0.0000", "0.8493", "0.0313"},
		{Count{9, 28}, Count{18, 28}, "0.5000", "0.1979", "1.1721", "0.1221"},
		{Count{20, 42}, Count{24, 14}, "0.2778", "0.1455", "0.5247", "0.0001"},
	} {
		i := Exact(c.after, c.before)
		for _, f := range []struct {
			name string
			got  float64
			want string
		}{
			{"ratio", Ratio(c.after, c.before), c.ratio},
			{"low", i.Low, c.low}, {"high", i.High, c.high},
			{"p", P(c.after, c.before), c.p},
		} {
			if got := fmt.Sprintf("%.4f", f.got); got != f.want {
				t.Errorf("%v to %v: %s is %s, want %s", c.after, c.before, f.name, got, f.want)
			}
		}
	}
}

func TestTheEdgesOfTheExactIntervalAreExplicit(t *testing.T) {
	endless := math.Inf(1)
	for _, c := range []struct {
		name          string
		after, before Count
		ratio         float64
		open          Interval // 2 stands for an end that is finite and above 0
		p             float64  // 2 stands for any
	}{
		{"none after", Count{0, 14}, Count{6, 14}, 0, Interval{0, 2}, 2},
		{"none before", Count{6, 14}, Count{0, 14}, endless, Interval{2, endless}, 2},
		{"none at all", Count{0, 14}, Count{0, 14}, math.NaN(), Interval{0, endless}, 1},
		{"no nights after", Count{0, 0}, Count{6, 14}, math.NaN(), Interval{0, endless}, 1},
		{"no nights before", Count{6, 14}, Count{0, 0}, math.NaN(), Interval{0, endless}, 1},
	} {
		same := func(got, want float64) bool {
			return got == want || want == 2 && got > 0 && !math.IsInf(got, 1) || math.IsNaN(got) && math.IsNaN(want)
		}
		i := Exact(c.after, c.before)
		if !same(i.Low, c.open.Low) || !same(i.High, c.open.High) {
			t.Errorf("%s: %v, want %v", c.name, i, c.open)
		}
		if r := Ratio(c.after, c.before); !same(r, c.ratio) {
			t.Errorf("%s: ratio %v, want %v", c.name, r, c.ratio)
		}
		if p := P(c.after, c.before); !same(p, c.p) {
			t.Errorf("%s: p %v, want %v", c.name, p, c.p)
		}
	}
}

// tail is the chance of k or fewer of n, term by term: it shares nothing with
// the code it checks.
func tail(k, n int, p float64) float64 {
	if p <= 0 {
		return 1
	}
	if p >= 1 {
		return float64(1 - min(1, n-k))
	}
	all, _ := math.Lgamma(float64(n + 1))
	sum := 0.0
	for i := range k + 1 {
		a, _ := math.Lgamma(float64(i + 1))
		b, _ := math.Lgamma(float64(n - i + 1))
		sum += math.Exp(all - a - b + float64(i)*math.Log(p) + float64(n-i)*math.Log1p(-p))
	}
	return sum
}

// limit searches the ratio at which so many after or fewer have the chance q:
// the chance falls as the ratio grows.
func limit(k, n int, t1, t0 int, q float64) float64 {
	low, high := -40.0, 40.0 // logarithms
	for range 200 {
		mid := (low + high) / 2
		r := math.Exp(mid) * float64(t1) / float64(t0)
		if tail(k, n, r/(1+r)) > q {
			low = mid
		} else {
			high = mid
		}
	}
	return math.Exp((low + high) / 2)
}

func drawCounts(t *rapid.T) (after, before Count) {
	nights := rapid.IntRange(1, 400)
	cramps := rapid.OneOf(rapid.IntRange(0, 8), rapid.IntRange(0, 120))
	return Count{cramps.Draw(t, "c1"), nights.Draw(t, "t1")}, Count{cramps.Draw(t, "c0"), nights.Draw(t, "t0")}
}

func near(got, want float64) bool {
	return got == want || math.Abs(got-want) <= 1e-6*math.Abs(want)
}

func TestTheExactIntervalIsWhereTheBinomialTailsAre(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		after, before := drawCounts(t)
		n := after.Cramps + before.Cramps
		want := Interval{0, math.Inf(1)}
		if after.Cramps > 0 {
			want.Low = limit(after.Cramps-1, n, after.Nights, before.Nights, 0.975)
		}
		if before.Cramps > 0 {
			want.High = limit(after.Cramps, n, after.Nights, before.Nights, 0.025)
		}
		if got := Exact(after, before); !near(got.Low, want.Low) || !near(got.High, want.High) {
			t.Fatalf("%v to %v: %v, the tails say %v", after, before, [2]float64{got.Low, got.High}, [2]float64{want.Low, want.High})
		}
	})
}

func TestPIsTwiceTheSmallerTail(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		after, before := drawCounts(t)
		n, p0 := after.Cramps+before.Cramps, float64(after.Nights)/float64(after.Nights+before.Nights)
		fewer, more := tail(after.Cramps, n, p0), tail(before.Cramps, n, 1-p0)
		want := min(1, 2*min(fewer, more))
		if got := P(after, before); math.Abs(got-want) > 1e-9 {
			t.Fatalf("%v to %v: %v, the tails say %v", after, before, got, want)
		}
	})
}

func TestTheIntervalLeavesOutOneExactlyWhenPIsBelowFiveInAHundred(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		after, before := drawCounts(t)
		i, p := Exact(after, before), P(after, before)
		if math.Abs(p-0.05) > 1e-9 && (i.Band() != Chance) != (p < 0.05) {
			t.Fatalf("%v to %v: %v with p %v", after, before, i, p)
		}
	})
}

func TestSwappingTheSidesTurnsTheIntervalOver(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		after, before := drawCounts(t)
		i, j := Exact(after, before), Exact(before, after)
		if !near(i.Low, 1/j.High) || !near(i.High, 1/j.Low) {
			t.Fatalf("%v and %v", i, j)
		}
	})
}

// r runs lines of R and returns the numbers it prints, one row a line.
func r(t *testing.T, script string) [][]float64 {
	t.Helper()
	program, err := exec.LookPath("Rscript")
	if err != nil {
		t.Skip("R is not installed here, so its exact test was not asked; .ci/run installs it")
	}
	out, err := exec.Command(program, "--vanilla", "-e", script).Output()
	if err != nil {
		t.Fatalf("Rscript: %v", err)
	}
	lines, err := csv.NewReader(bytes.NewReader(out)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows := make([][]float64, len(lines))
	for i, line := range lines {
		for _, cell := range line {
			x, err := strconv.ParseFloat(strings.TrimSpace(cell), 64)
			if err != nil {
				t.Fatalf("R printed %q", cell)
			}
			rows[i] = append(rows[i], x)
		}
	}
	return rows
}

// R's own p is not twice the smaller tail, so p is made from its tails.
const exactInR = `for (v in list(%s)) {
  i <- poisson.test(v[c(1, 3)], v[c(2, 4)])$conf.int
  n <- v[1] + v[3]; p0 <- v[2] / (v[2] + v[4])
  p <- min(1, 2 * min(pbinom(v[1], n, p0), pbinom(v[3], n, 1 - p0)))
  cat(sprintf("%%.12g,%%.12g,%%.12g\n", i[1], i[2], p))
}`

func TestTheExactIntervalIsThatOfR(t *testing.T) {
	dice := rand.New(rand.NewPCG(7, 3))
	pairs := [][2]Count{
		{{2, 17877}, {9, 16660}}, {{0, 14}, {6, 14}}, {{6, 14}, {0, 14}}, {{1, 14}, {4, 300}}, {{500, 3650}, {9, 14}},
		{{20000, 36000}, {9000, 14000}}, {{1, 36500}, {30000, 36500}}, {{30000, 36500}, {1, 14}}, {{0, 36500}, {5, 14}},
	}
	for range 195 {
		pairs = append(pairs, [2]Count{{dice.IntN(60), 1 + dice.IntN(400)}, {1 + dice.IntN(60), 1 + dice.IntN(60)}})
	}
	vectors := make([]string, len(pairs))
	for i, p := range pairs {
		vectors[i] = fmt.Sprintf("c(%d,%d,%d,%d)", p[0].Cramps, p[0].Nights, p[1].Cramps, p[1].Nights)
	}
	rows := r(t, fmt.Sprintf(exactInR, strings.Join(vectors, ",")))
	if len(rows) != len(pairs) {
		t.Fatalf("R answered %d of %d", len(rows), len(pairs))
	}
	for i, row := range rows {
		got, p := Exact(pairs[i][0], pairs[i][1]), P(pairs[i][0], pairs[i][1])
		if !near(got.Low, row[0]) || !near(got.High, row[1]) || !near(p, row[2]) {
			t.Errorf("%v: %v and p %v, R says %v", pairs[i], [2]float64{got.Low, got.High}, p, row)
		}
	}
}

func TestStudentsQuantilesAreThoseOfR(t *testing.T) {
	rows := r(t, `for (f in 1:200) cat(sprintf("%.12g,%.12g\n", qt(0.975, f), qt(0.9875, f)))`)
	if len(rows) != 200 {
		t.Fatalf("R answered %d of 200", len(rows))
	}
	for i, row := range rows {
		if a, b := Student(i+1, 0.05), Student(i+1, 0.025); !near(a, row[0]) || !near(b, row[1]) {
			t.Errorf("%d degrees of freedom: %v and %v, R says %v", i+1, a, b, row)
		}
	}
}
