//go:build linux

package main

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// column is one column of the table. Width is the least it gets, so that a
// table that is printed row by row lines up.
type column struct {
	title string
	cell  func(result) string
	width int
}

// columns is the table from left to right. The first two are as wide as the
// rows need.
func columns(rows []row) []column {
	wide := func(text func(row) string) int {
		most := 0
		for _, r := range rows {
			most = max(most, utf8.RuneCountInString(text(r)))
		}
		return most
	}
	return []column{
		{"figure", func(r result) string { return r.What }, wide(func(r row) string { return r.What })},
		{"median", func(r result) string { return r.Unit.words(median(r.Pairs.Subject)) }, 7},
		{"set against", func(r result) string { return r.Floor }, wide(func(r row) string { return r.Floor })},
		{"median", func(r result) string { return r.Unit.words(median(r.Pairs.Floor)) }, 7},
		{"ratio", func(r result) string { return ratioWords(median(r.Pairs.ratios())) }, 5},
		{"least to greatest", spread, 17},
		{"goal", func(r result) string { return r.Goal.words(r.Unit) }, 14},
		{"reached", verdictWords, 18},
	}
}

func tableHead(rows []row) string {
	var titles, rules []string
	for _, c := range columns(rows) {
		titles = append(titles, pad(c.title, c.width))
		rules = append(rules, strings.Repeat("-", max(3, c.width)))
	}
	return tableLine(titles) + tableLine(rules)
}

// line is the result as a row of the table of rows.
func (r result) line(rows []row) string {
	var cells []string
	for i, c := range columns(rows) {
		switch {
		case r.Err == nil:
			cells = append(cells, pad(c.cell(r), c.width))
		case i == 0, c.title == "set against":
			cells = append(cells, pad(c.cell(r), c.width))
		case c.title == "reached":
			cells = append(cells, "not measured: "+oneLine(r.Err.Error()))
		default:
			cells = append(cells, pad("", c.width))
		}
	}
	return tableLine(cells)
}

func tableLine(cells []string) string { return "| " + strings.Join(cells, " | ") + " |\n" }

func pad(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-utf8.RuneCountInString(s)))
}

// oneLine keeps a message within its cell.
func oneLine(s string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(s), " "), "|", "/")
}

func spread(r result) string {
	ratios := r.Pairs.ratios()
	if len(ratios) < 2 {
		return ""
	}
	return ratioWords(slices.Min(ratios)) + " to " + ratioWords(slices.Max(ratios))
}

func ratioWords(v float64) string {
	if !finite(v) {
		return "–"
	}
	return fmt.Sprintf("%.2fx", v)
}

// verdictWords says whether the goal was reached and, where the goal is about
// a difference, what the difference was.
func verdictWords(r result) string {
	words := "yes"
	switch {
	case r.Goal.kind == anything:
		return ""
	case !r.Goal.met(r.Pairs):
		words = "**no**"
	}
	if r.Goal.kind == aboveFloor {
		words += fmt.Sprintf(", %s more", r.Unit.words(r.Goal.figure(r.Pairs)))
	}
	return words
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
