package rates

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// week is seven nights by date, counted from the first known night of a side.
type week struct {
	at     int // the first is 0; weeks without a known night are left out
	known  int
	cramps int
}

// weeks cuts a side into its weeks.
func weeks(answered []Night) []week {
	var all []week
	for _, n := range answered {
		at := int(n.Date-answered[0].Date) / nightsAWeek
		if len(all) == 0 || all[len(all)-1].at != at {
			all = append(all, week{at: at})
		}
		w := &all[len(all)-1]
		w.known++
		w.cramps += n.Cramps
	}
	return all
}

// scatter is how far the weeks lie from what their side's rate expects.
type scatter struct {
	chi     float64 // Pearson's chi-square
	echo    float64 // the products of neighbouring weeks' residuals: bad weeks that come in a row
	freedom int     // weeks, less one for each side
}

// add takes in the weeks of a side. A side without a cramp fits its own rate
// whatever the weeks are like and tells nothing.
func (s *scatter) add(all []week, rate float64) {
	if rate == 0 {
		return
	}
	var last float64
	for i, w := range all {
		expected := rate * float64(w.known)
		residual := (float64(w.cramps) - expected) / math.Sqrt(expected)
		s.chi += residual * residual
		if i > 0 && all[i-1].at == w.at-1 {
			s.echo += last * residual
		}
		last = residual
	}
	s.freedom += len(all) - 1
}

// scattered looks at both sides, each against its own rate.
func scattered(after, before []Night) scatter {
	var s scatter
	for _, side := range [][]Night{after, before} {
		c := count(side)
		s.add(weeks(side), share(c.Cramps, c.Known))
	}
	return s
}

// phi is the overdispersion: 1 when the weeks scatter as chance alone would
// have it, more when cramps come in clusters, never less than 1.
func (s scatter) phi() float64 { return s.over(s.chi) }

// factor is what the variance is multiplied with: phi, or more where clusters
// run from one week into the next.
func (s scatter) factor() float64 { return s.over(s.chi + 2*max(0, s.echo)) }

func (s scatter) over(chi float64) float64 {
	if s.freedom < 1 {
		return 1
	}
	return max(1, chi/float64(s.freedom))
}

// questions is how many comparisons a person is shown. They share the 5 %:
// who asks twice is misled twice as often.
const questions = 2

// reach is how many standard errors the interval by weeks goes to each side:
// Student's t for the weeks there are, because phi comes from few of them. No
// freedom at all reaches everywhere.
func (s scatter) reach() float64 {
	if s.freedom < 1 {
		return math.Inf(1)
	}
	return Student(s.freedom, wrong/questions)
}

// Student is how far t is from 0 at least, in the given share of all cases.
func Student(freedom int, share float64) float64 {
	f := float64(freedom)
	x := mathext.InvRegIncBeta(f/2, 0.5, share)
	return math.Sqrt(f * (1 - x) / x)
}

// Quasi is the interval of a count whose variance is phi times what chance
// alone gives: on the log scale, so many standard errors to each side. Half a
// cramp is added to both counts when one of them is 0.
func Quasi(after, before Count, phi, reach float64) Interval {
	c1, c0 := float64(after.Cramps), float64(before.Cramps)
	if after.Cramps == 0 || before.Cramps == 0 {
		c1, c0 = c1+0.5, c0+0.5
	}
	centre := math.Log(c1 / float64(after.Nights) / (c0 / float64(before.Nights)))
	half := reach * math.Sqrt(phi*(1/c1+1/c0))
	return Interval{math.Exp(centre - half), math.Exp(centre + half)}
}
