//go:build linux

package main

import (
	"fmt"
	"math"
	"slices"
)

// median of an even number of figures is the mean of the two in the middle; of
// none it is NaN. The figures are left as they are.
func median(figures []float64) float64 {
	n := len(figures)
	if n == 0 {
		return math.NaN()
	}
	sorted := slices.Sorted(slices.Values(figures))
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

// pairs is the figures of one row: the two of an index were measured one after
// the other.
type pairs struct {
	Subject []float64 `json:"subject"`
	Floor   []float64 `json:"floor"`
}

// ratios is subject over floor, pair by pair.
func (p pairs) ratios() []float64 {
	return p.each(func(subject, floor float64) float64 { return subject / floor })
}

// differences is subject less floor, pair by pair.
func (p pairs) differences() []float64 {
	return p.each(func(subject, floor float64) float64 { return subject - floor })
}

func (p pairs) each(f func(subject, floor float64) float64) []float64 {
	out := make([]float64, len(p.Subject))
	for i := range out {
		out[i] = f(p.Subject[i], p.Floor[i])
	}
	return out
}

// goal is what is wanted of a row.
type goal struct {
	kind goalKind
	most float64
}

type goalKind int

const (
	anything   goalKind = iota
	atMost              // of the subject itself, in the row's unit
	timesFloor          // of the ratio
	aboveFloor          // of the difference, in the row's unit
)

var noGoal goal

func within(most float64) goal { return goal{atMost, most} }
func times(most float64) goal  { return goal{timesFloor, most} }
func above(most float64) goal  { return goal{aboveFloor, most} }

// figure is what the goal looks at.
func (g goal) figure(p pairs) float64 {
	switch g.kind {
	case timesFloor:
		return median(p.ratios())
	case aboveFloor:
		return median(p.differences())
	}
	return median(p.Subject)
}

// met says whether the figures reach the goal. A figure that is not a number
// reaches none.
func (g goal) met(p pairs) bool {
	return g.kind == anything || g.figure(p) <= g.most
}

func (g goal) words(u unit) string {
	switch g.kind {
	case atMost:
		return "≤ " + u.words(g.most)
	case timesFloor:
		return fmt.Sprintf("≤ %.4gx", g.most)
	case aboveFloor:
		return "≤ " + u.words(g.most) + " more"
	}
	return ""
}

// unit is what a figure counts.
type unit string

const (
	inSeconds unit = "s"
	inBytes   unit = "B"
)

// scale is the steps of a unit, the largest first.
var scale = map[unit][]struct {
	from, per float64
	name      string
}{
	inSeconds: {{1, 1, "s"}, {0, 1e-3, "ms"}},
	inBytes:   {{1e6, 1e6, "MB"}, {10e3, 1e3, "kB"}, {0, 1, "B"}},
}

// words is a figure for people: 0.0071 s is 7.1 ms.
func (u unit) words(v float64) string {
	for _, s := range scale[u] {
		if math.Abs(v) >= s.from {
			return digits(v/s.per) + " " + s.name
		}
	}
	return digits(v)
}

// digits keeps three figures, and never fewer than the whole number has.
func digits(v float64) string {
	switch a := math.Abs(v); {
	case math.IsNaN(v) || math.IsInf(v, 0):
		return "–"
	case a < 10:
		return fmt.Sprintf("%.2f", v)
	case a < 100:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.0f", v)
}
