//go:build linux

package main

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

var someRows = []row{
	{ID: "a", What: "`lull tonight --short`", Floor: "hello", Unit: inSeconds, Goal: times(2.3)},
	{ID: "b", What: "key press", Floor: "bare commit", Unit: inSeconds, Goal: above(0.02)},
	{ID: "c", What: "the program", Floor: "libraries", Unit: inBytes, Goal: within(9e6)},
}

func TestATableLinesUp(t *testing.T) {
	p := pairs{[]float64{0.014, 0.015, 0.016}, []float64{0.007, 0.007, 0.007}}
	lines := strings.Split(strings.TrimSpace(tableHead(someRows)), "\n")
	for _, r := range someRows {
		lines = append(lines, strings.TrimSpace(result{row: r, Pairs: p}.line(someRows)))
	}
	for _, line := range lines {
		if got, want := utf8.RuneCountInString(line), utf8.RuneCountInString(lines[0]); got != want {
			t.Errorf("%d columns, the head has %d:\n%s", got, want, line)
		}
		if got, want := strings.Count(line, "|"), strings.Count(lines[0], "|"); got != want {
			t.Errorf("%d bars, the head has %d:\n%s", got, want, line)
		}
	}
}

func cells(line string) []string {
	var out []string
	for cell := range strings.SplitSeq(strings.Trim(strings.TrimSpace(line), "|"), "|") {
		out = append(out, strings.TrimSpace(cell))
	}
	return out
}

func TestARowTellsBothMediansTheRatioAndItsSpread(t *testing.T) {
	p := pairs{[]float64{0.014, 0.015, 0.016}, []float64{0.007, 0.006, 0.008}}
	got := strings.Join(cells(result{row: someRows[0], Pairs: p}.line(someRows)), ";")
	want := "`lull tonight --short`;15.0 ms;hello;7.00 ms;2.00x;2.00x to 2.50x;≤ 2.3x;yes"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestAMissedGoalStandsOut(t *testing.T) {
	p := pairs{[]float64{0.050}, []float64{0.002}}
	got := cells(result{row: someRows[1], Pairs: p}.line(someRows))
	if last := got[len(got)-1]; last != "**no**, 48.0 ms more" {
		t.Errorf("the last cell is %q", last)
	}
}

func TestARowThatCouldNotBeMeasuredSaysWhyInItsCell(t *testing.T) {
	line := result{row: someRows[2], Err: errors.New("build lull:\nexit | status 1")}.line(someRows)
	if strings.Count(line, "\n") != 1 || len(cells(line)) != len(columns(someRows)) {
		t.Errorf("the message breaks the table: %q", line)
	}
	if !strings.Contains(line, "not measured: build lull: exit / status 1") || !strings.Contains(line, "the program") {
		t.Errorf("got %q", line)
	}
}

func TestResultsAreJSONEvenWithoutARatio(t *testing.T) {
	for _, r := range []result{
		{row: someRows[0], Pairs: pairs{[]float64{1, 2}, []float64{0, 0}}},
		{row: someRows[0], Err: errors.New("no terminal")},
	} {
		text, err := json.Marshal(report{Results: []result{r}})
		if err != nil || !json.Valid(text) {
			t.Errorf("%s: %v", text, err)
		}
	}
}
