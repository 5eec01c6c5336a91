package main

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"lull/routine/rates/trials"
)

const page = "../../../docs/STATISTICS.md"

// cells are the columns of a row of the page that begins like this.
func cells(t *testing.T, begins string) []string {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, begins) {
			return strings.Split(strings.Trim(strings.TrimPrefix(line, begins), "|\n"), "|")
		}
	}
	t.Fatalf("%s has no row %q", page, begins)
	return nil
}

// same says whether two cells have the same figures, but for what processors
// that round differently make of the same dice.
func same(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		var p, q float64
		_, errP := fmt.Sscanf(x[i], "%g", &p)
		_, errQ := fmt.Sscanf(y[i], "%g", &q)
		if (errP == nil) != (errQ == nil) || errP == nil && math.Abs(p-q) > 0.2 {
			return false
		}
	}
	return true
}

// Whoever changes the rule has to measure anew.
func TestThePageHasTheFiguresThatAreMeasured(t *testing.T) {
	o := options{histories: 2000, seed: 1}
	const weeks, last = 26, 2
	claimed := three(o.run(trials.Clustered(0.6, 1), misses[1].Habits, weeks))
	if got := cells(t, "| 0.6 | in streaks |")[last]; !same(got, claimed) {
		t.Errorf("nothing works: the page has %s, measured are %s", got, claimed)
	}
	mild := trials.Scenarios[1]
	if got, want := cells(t, "| "+mild.Name+" | 0.6 |")[last], three(o.scenario(mild, 0.6, weeks).Run()); !same(got, want) {
		t.Errorf("%s: the page has %s, measured are %s", mild.Name, got, want)
	}
	d := designs[0]
	seen := fmt.Sprintf("%.1f · %.1f", 100*d.of(o.run(trials.Clustered(0.6, 0.5), d.Habits, weeks)).Found(),
		100*d.of(o.run(trials.Clustered(0.6, 0.35), d.Habits, weeks)).Found())
	if got := cells(t, "| 0.6 | "+d.name+" |")[last]; !same(got, seen) {
		t.Errorf("the stretches work: the page has %s, measured are %s", got, seen)
	}
}

func TestEveryTableIsPrinted(t *testing.T) {
	for _, table := range tables {
		var out strings.Builder
		table.print(&out, options{histories: 2, seed: 1})
		columns := 0
		for line := range strings.Lines(out.String()) {
			if !strings.HasPrefix(line, "|") {
				continue
			}
			if n := strings.Count(line, "|"); columns == 0 {
				columns = n
			} else if n != columns {
				t.Errorf("%s: %q has %d bars, not %d", table.name, line, n, columns)
			}
		}
		if columns < 3 {
			t.Errorf("%s printed no table:\n%s", table.name, out.String())
		}
	}
}
