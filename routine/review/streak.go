package review

import (
	"math"

	"lull/routine/journal"
	"lull/routine/say"
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
const StreakRule say.Key = "Nights kept in a row. Paused nights are stepped over: they neither break it nor lengthen it."

// Window is how many nights "N of the last 28" looks back.
const Window = 28

// evening is what the book comes to on one evening.
type evening struct {
	tonight  journal.Date
	streak   Streak
	strength float64
	over     int // nights from the first with a session to the last that counts
	curve    []Point
}

// curveNights is how many nights of the strength are kept to be drawn.
const curveNights = 120

// on reads the whole book for an evening, once: screens ask for the same
// evening many times.
func (b *Book) on(tonight journal.Date) *evening {
	if e := b.read.Load(); e != nil && e.tonight == tonight {
		return e
	}
	e := &evening{tonight: tonight}
	e.streak.KeptTonight = b.Night(tonight).Outcome.Kept()
	end := b.lastNight(tonight)
	b.walk(end, func(n *journal.Night, state State) {
		e.streak.step(state)
		e.strength = strengthen(e.strength, state)
		e.over++
		if n.Date > end-curveNights {
			e.curve = append(e.curve, Point{n.Date, e.strength})
		}
		if n.Outcome.Kept() && n.Date > end-Window {
			e.streak.Last28++
		}
	})
	b.read.Store(e)
	return e
}

func (s *Streak) step(state State) {
	switch state {
	case Kept, Partly:
		s.Nights++
	case Missed:
		s.Nights = 0
	}
	s.Best = max(s.Best, s.Nights)
}

// Streak as it stands on the evening of tonight.
func (b *Book) Streak(tonight journal.Date) Streak { return b.on(tonight).streak }

// Strength as it stands on the evening of tonight: 0 without a session.
func (b *Book) Strength(tonight journal.Date) float64 { return b.on(tonight).strength }

// Over is how many nights the strength is over: from the first session to the
// last night that counts.
func (b *Book) Over(tonight journal.Date) int { return b.on(tonight).over }

// Curve is the strength after each of the last nights, up to so many.
func (b *Book) Curve(tonight journal.Date, most int) []Point {
	curve := b.on(tonight).curve
	return curve[max(0, len(curve)-most):]
}

// lastNight is the last night that counts: tonight once it is kept.
func (b *Book) lastNight(tonight journal.Date) journal.Date {
	if b.Night(tonight).Outcome.Kept() {
		return tonight
	}
	return tonight - 1
}

// walk visits every night from the first with a session to end, in order. What
// it hands out is not to be kept.
func (b *Book) walk(end journal.Date, visit func(*journal.Night, State)) {
	first, ok := b.First()
	if !ok {
		return
	}
	i := b.first
	nothing := journal.Night{Outcome: journal.None} // of every date that nothing was recorded under
	for d := first; d <= end; d++ {
		n := &nothing
		n.Date = d
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
	Night    journal.Date `json:"night"`
	Strength float64      `json:"strength"` // 0 to 1
}

// CurveNights is how many nights the curve of a review goes back at most.
const CurveNights = 40

// halfLife is how many missed nights halve the strength.
const halfLife = 13

// worth is what a night adds: a partial night half of a complete one. Nights in
// other states do not count.
var worth = [...]float64{Kept: 1, Partly: 0.5, Missed: 0}

// keep is what a night leaves of the strength before it.
var keep = math.Pow(0.5, 1.0/halfLife)

// strengthen is the strength after a night; nights that do not count leave it
// as it is.
func strengthen(s float64, state State) float64 {
	if state > Partly {
		return s
	}
	return s*keep + worth[state]*(1-keep)
}
