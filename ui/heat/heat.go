// Package heat turns the nights of a book into the cells of the heat map.
package heat

import (
	"lull/routine/journal"
	"lull/routine/review"
	"lull/ui/widget"
)

// states is what the map shows of each state of a night.
var states = map[review.State]widget.State{
	review.Kept: widget.Kept, review.Partly: widget.Partial, review.Missed: widget.Missed,
	review.Paused: widget.Paused, review.Ahead: widget.Future,
}

// Map is the map of so many nights up to tonight.
func Map(b *review.Book, tonight journal.Date, nights int) widget.HeatMap {
	m := widget.HeatMap{}
	for d := tonight - journal.Date(nights) + 1; d <= tonight; d++ {
		n := b.Night(d)
		m.Cells = append(m.Cells, widget.Cell{
			Date: d, State: states[b.State(d, tonight)], Cramps: n.Cramps, Quiet: n.Quiet && n.Cramps == 0,
		})
	}
	return m
}
