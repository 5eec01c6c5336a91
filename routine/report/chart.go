package report

import (
	"time"

	"lull/routine/journal"
	"lull/routine/review"
	"lull/routine/say"
)

// mostBars is how many bars are drawn side by side: more could not be told
// apart on paper.
const mostBars = 52

// unit is how many nights a bar is for. begin is the first night of the week,
// month or year that a night lies in, and label names it under the bar.
type unit struct {
	name    say.Key
	title   say.Key
	caption say.Key // how a chart of it is read
	begin   func(journal.Date) journal.Date
	label   say.Layout
	wide    float64    // the label in a chart, and the space after it
	long    say.Layout // another layout, for the lines of a table
	named   say.Key    // what that stands in, if it is in anything
}

// units are from the shortest to the longest.
var units = []unit{
	{
		"week", "Cramps per week",
		"Each bar is the cramps of one week, the number under it the nights of it that are known; ? where none is.",
		review.MondayOf, "2 Jan", 44, "2 Jan 2006", "week of %s",
	},
	{
		"month", "Cramps per month",
		"Each bar is the cramps of one month, the number under it the nights of it that are known; ? where none is.",
		func(d journal.Date) journal.Date {
			y, m, _ := d.Midnight().Date()
			return journal.MakeDate(y, m, 1)
		}, "Jan 2006", 52, "Jan 2006", "",
	},
	{
		"year", "Cramps per year",
		"Each bar is the cramps of one year, the number under it the nights of it that are known; ? where none is.",
		func(d journal.Date) journal.Date {
			return journal.MakeDate(d.Midnight().Year(), time.January, 1)
		}, "2006", 34, "2006", "",
	},
}

// bar is the cramps of a few nights, and how many of them are known.
type bar struct {
	first, last           journal.Date // those that lie in the span
	nights, known, cramps int
	paused                int // nights
}

// pausedWords says how many nights of the bar are paused, after some text;
// nothing if none are.
func (b bar) pausedWords(before string) string {
	if b.paused == 0 {
		return ""
	}
	return before + say.Text("(%d paused)", b.paused)
}

// chart is the cramps by weeks or, where those are too many, by months or by
// years.
type chart struct {
	unit unit
	bars []bar
	left int // earlier bars that are too many even so
	// pauses are the paused nights under the bars, both ends included.
	pauses [][2]journal.Date
}

// pausesOf are the runs of paused nights of a span.
func pausesOf(b *review.Book, from, to journal.Date) [][2]journal.Date {
	var all [][2]journal.Date
	for d := from; d <= to; d++ {
		switch {
		case !b.Paused(d):
		case len(all) > 0 && all[len(all)-1][1] == d-1:
			all[len(all)-1][1] = d
		default:
			all = append(all, [2]journal.Date{d, d})
		}
	}
	return all
}

func newChart(b *review.Book, from, to journal.Date) chart {
	c, pauses := chart{}, pausesOf(b, from, to)
	for _, u := range units {
		c = chart{unit: u, bars: barsOf(b, from, to, u), pauses: pauses}
		if len(c.bars) <= mostBars {
			return c
		}
	}
	c.left = len(c.bars) - mostBars
	c.bars = c.bars[c.left:]
	return c
}

func barsOf(b *review.Book, from, to journal.Date, u unit) []bar {
	var bars []bar
	var begun journal.Date
	for d := from; d <= to; d++ {
		if first := u.begin(d); len(bars) == 0 || first != begun {
			begun = first
			bars = append(bars, bar{first: d})
		}
		at, n := &bars[len(bars)-1], b.Night(d)
		at.last = d
		at.nights++
		at.cramps += n.Cramps
		if b.Paused(d) {
			at.paused++
		}
		if n.Known() {
			at.known++
		}
	}
	return bars
}

// highest is the most cramps of any bar.
func (c chart) highest() int {
	most := 0
	for _, b := range c.bars {
		most = max(most, b.cramps)
	}
	return most
}

// place is how far from the first bar's left edge the start of a day is, in
// bars; before the first bar it is 0, and after the last their number.
func (c chart) place(d journal.Date) float64 {
	for i, b := range c.bars {
		if d <= b.last {
			return float64(i) + float64(max(d-b.first, 0))/float64(b.nights)
		}
	}
	return float64(len(c.bars))
}

// label names the bar at i below the chart, long in a table.
func (c chart) label(i int, long bool) string {
	begins := c.unit.begin(c.bars[i].first).Midnight()
	switch {
	case long && c.unit.named != "":
		return say.Text(c.unit.named, say.Date(begins, c.unit.long))
	case long:
		return say.Date(begins, c.unit.long)
	}
	return say.Date(begins, c.unit.label)
}
