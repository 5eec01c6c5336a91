package review

import (
	"math"

	"lull/routine/journal"
)

// Streak is the run of kept nights. Nights counts back from tonight if tonight
// is kept, else from last night; Best is the longest run of all; Last28 counts
// the kept nights of the 28 that end where the run ends.
type Streak struct {
	Nights      int
	Best        int
	KeptTonight bool
	Last28      int
}

// StreakRule is the rule as the screen prints it.
const StreakRule = "Nights kept in a row. Paused nights are stepped over: they neither break it nor lengthen it."

// Window is how many nights "N of the last 28" looks back.
const Window = 28

// Streak as it stands on the evening of tonight.
func (b *Book) Streak(tonight journal.Date) Streak {
	s := Streak{KeptTonight: b.Night(tonight).Outcome.Kept()}
	end := b.lastNight(tonight)
	run := 0
	b.walk(end, func(n *journal.Night, state State) {
		switch state {
		case Kept, Partly:
			run++
		case Missed:
			run = 0
		}
		s.Best = max(s.Best, run)
		if n.Outcome.Kept() && n.Date > end-Window {
			s.Last28++
		}
	})
	s.Nights = run
	return s
}

// lastNight is the last night that counts: tonight once it is kept.
func (b *Book) lastNight(tonight journal.Date) journal.Date {
	if b.Night(tonight).Outcome.Kept() {
		return tonight
	}
	return tonight - 1
}

// walk visits every night from the first with a session to end, in order.
func (b *Book) walk(end journal.Date, visit func(*journal.Night, State)) {
	first, ok := b.First()
	if !ok {
		return
	}
	i := b.first
	for d := first; d <= end; d++ {
		n := &journal.Night{Date: d, Outcome: journal.None}
		if i < len(b.nights) && b.nights[i].Date == d {
			n = &b.nights[i]
			i++
		}
		visit(n, b.pastState(n))
	}
}

// pastState is State for a night that is over, or kept.
func (b *Book) pastState(n *journal.Night) State {
	switch {
	case b.Paused(n.Date):
		return Paused
	case n.Outcome == journal.Complete:
		return Kept
	case n.Outcome == journal.Partial:
		return Partly
	case b.unlived(n.Date):
		return Unlived
	}
	return Missed
}

// Point is the strength after a night.
type Point struct {
	Night    journal.Date
	Strength float64 // 0 to 1
}

// halfLife is how many missed nights halve the strength.
const halfLife = 13

// worth is what a night adds: a partial night half of a complete one.
var worth = map[State]float64{Kept: 1, Partly: 0.5, Missed: 0}

// Strengths returns the strength after each night from the first session to
// the last night that counts on the evening of tonight.
func (b *Book) Strengths(tonight journal.Date) []Point {
	var points []Point
	b.strengthen(tonight, func(p Point) { points = append(points, p) })
	return points
}

// Strength as it stands on the evening of tonight: 0 without a session.
func (b *Book) Strength(tonight journal.Date) float64 {
	var last Point
	b.strengthen(tonight, func(p Point) { last = p })
	return last.Strength
}

func (b *Book) strengthen(tonight journal.Date, visit func(Point)) {
	m := math.Pow(0.5, 1.0/halfLife)
	s := 0.0
	b.walk(b.lastNight(tonight), func(n *journal.Night, state State) {
		if v, counts := worth[state]; counts {
			s = s*m + v*(1-m)
		}
		visit(Point{n.Date, s})
	})
}
