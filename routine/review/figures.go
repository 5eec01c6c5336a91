package review

import (
	"cmp"
	"maps"
	"slices"

	"lull/routine/journal"
	"lull/routine/rates"
)

// Details is how many nights back Figures usually look: a quarter of a year.
const Details = 13 * 7

// Told are the kinds of fact that Figures read.
var Told = []journal.Kind{journal.KindStretched, journal.KindCramped, journal.KindMarked}

// Figures are what the nights of a span say of the cramps in them. Every number
// comes with what it is over: nights that are known, or cramps of which it was
// told.
type Figures struct {
	From       journal.Date `json:"from"`
	To         journal.Date `json:"to"`
	Known      int          `json:"known"` // nights
	Quiet      int          `json:"quiet"` // nights
	WithCramps int          `json:"with_cramps"`
	Cramps     int          `json:"cramps"`
	PerWeek    *float64     `json:"per_week"` // cramps to seven known nights; null without any
	Nights     int          `json:"nights"`   // of the span: tonight only once it is logged
	Rate       Rate         `json:"rate"`
	Hours      Hours        `json:"hours"`
	Places     Places       `json:"places"`
	Held       []Held       `json:"held"`
	Pain       Spread       `json:"pain"`
	LastedS    Spread       `json:"lasted_s"`
	AwakeMin   Spread       `json:"awake_min"`
	Helped     Tallies      `json:"helped"`
	Marks      []Mark       `json:"marks"`
	Together   []Pair       `json:"together"`
}

// Rate is how many cramps a week there were, as far as the logged nights say.
type Rate struct {
	Enough  bool     `json:"enough"`   // there are enough logged nights for a rate
	Sparse  bool     `json:"sparse"`   // cramp-free nights may be missing: only AtLeast is certain
	AtLeast *float64 `json:"at_least"` // cramps a week over all nights; null until Enough
	UpTo    *float64 `json:"up_to"`    // cramps a week of logged nights; null until Enough
	Words   string   `json:"words"`
}

// Counts are the nights and the cramps of the span.
func (f Figures) Counts() rates.Counts {
	return rates.Counts{Nights: f.Nights, Known: f.Known, Cramps: f.Cramps, CrampNights: f.WithCramps}
}

func rateOf(c rates.Counts) Rate {
	r := Rate{Enough: c.Enough(), Sparse: c.Enough() && c.Sparse(), Words: c.Words()}
	if r.Enough {
		least, most := Round(c.AtLeast(), 2), Round(c.PerWeek(), 2)
		r.AtLeast, r.UpTo = &least, &most
	}
	return r
}

// Week is seven nights, from that of a Monday on; the first and the last may lie
// in the span only in part.
type Week struct {
	Monday journal.Date `json:"monday"`
	Known  int          `json:"known"` // nights
	Cramps int          `json:"cramps"`
	Kept   int          `json:"kept"` // nights
}

// Hours counts cramps by the hour of the clock in which they began.
type Hours struct {
	Of    int     `json:"of"` // cramps of which the time is known
	Count [24]int `json:"count"`
}

// Places counts cramps by leg and muscle.
type Places struct {
	Of    int     `json:"of"` // cramps of which the leg or the muscle is known
	Count []Place `json:"count"`
}

// Place is where cramps were. What was not told is empty.
type Place struct {
	Side   string `json:"side"`
	Muscle string `json:"muscle"`
	Cramps int    `json:"cramps"`
}

// Held is how long a muscle of a leg was stretched, in seconds. What both legs
// did together counts for each.
type Held struct {
	Side   string `json:"side"`
	Muscle string `json:"muscle"` // in the words of a cramp
	HeldS  int    `json:"held_s"`
}

// Spread is a number that was told of some of the cramps: its median and range.
// Without any they mean nothing.
type Spread struct {
	N      int     `json:"n"`
	Median float64 `json:"median"`
	Min    int     `json:"min"`
	Max    int     `json:"max"`
}

// Tallies counts words that were said of cramps, most often first.
type Tallies struct {
	Of    int     `json:"of"` // cramps of which any was said
	Count []Tally `json:"count"`
}

// Tally is a word and how many cramps it was said of.
type Tally struct {
	Word string `json:"word"`
	N    int    `json:"n"`
}

// Mark is a mark and how many nights have it.
type Mark struct {
	Mark   string `json:"mark"`
	Nights int    `json:"nights"`
}

// Pair is two marks that lie on the same nights: on Both of the Of nights that
// have the rarer one.
type Pair struct {
	Marks [2]string `json:"marks"`
	Both  int       `json:"both"`
	Of    int       `json:"of"`
}

// Muscles says which muscles a stretch is for, in the words of a cramp.
type Muscles func(stretch string) []string

// Figures reads the nights from one to another, on the evening of tonight. The
// facts are those that stand and whose night lies in the span; others are left
// out.
func (b *Book) Figures(from, to, tonight journal.Date, facts []journal.Entry, muscles Muscles) Figures {
	f := Figures{From: from, To: to}
	for d := from; d <= to; d++ {
		f.addNight(b.Night(d))
	}
	f.Nights = int(to-from) + 1
	if to >= tonight && !b.Night(to).Known() {
		f.Nights-- // it is not over
	}
	f.Rate = rateOf(f.Counts())
	if f.Known > 0 {
		rate := Round(7*float64(f.Cramps)/float64(f.Known), 2)
		f.PerWeek = &rate
	}
	c := counter{places: map[Place]int{}, held: map[Held]int{}, helped: map[string]int{}, marked: map[string]map[journal.Date]bool{}}
	for _, e := range facts {
		if e.Night >= from && e.Night <= to {
			c.add(e, muscles)
		}
	}
	c.into(&f)
	return f
}

func (f *Figures) addNight(n journal.Night) {
	f.Cramps += n.Cramps
	switch {
	case n.Cramps > 0:
		f.WithCramps++
		f.Known++
	case n.Quiet:
		f.Quiet++
		f.Known++
	}
}

// MondayOf is the Monday of the week that a night belongs to.
func MondayOf(d journal.Date) journal.Date { return d - journal.Date((int(d.Weekday())+6)%7) }

// Weeks sums the nights by weeks, also those of which nothing is known.
func (b *Book) Weeks(from, to journal.Date) []Week {
	weeks := []Week{}
	for d := from; d <= to; d++ {
		if len(weeks) == 0 || MondayOf(d) != weeks[len(weeks)-1].Monday {
			weeks = append(weeks, Week{Monday: MondayOf(d)})
		}
		w, n := &weeks[len(weeks)-1], b.Night(d)
		w.Cramps += n.Cramps
		if n.Known() {
			w.Known++
		}
		if n.Outcome.Kept() {
			w.Kept++
		}
	}
	return weeks
}

// counter gathers what is told of single facts.
type counter struct {
	hours               Hours
	places              map[Place]int
	held                map[Held]int // the seconds of each, whose own are 0
	pain, lasted, awake []int
	helped              map[string]int
	helpedOf            int
	marked              map[string]map[journal.Date]bool
}

func (c *counter) add(e journal.Entry, muscles Muscles) {
	switch f := e.Fact.(type) {
	case journal.Cramped:
		c.cramp(e, f)
	case journal.Stretched:
		c.session(f, muscles)
	case journal.Marked:
		if c.marked[f.Mark] == nil {
			c.marked[f.Mark] = map[journal.Date]bool{}
		}
		c.marked[f.Mark][e.Night] = true
	}
}

func (c *counter) cramp(e journal.Entry, f journal.Cramped) {
	if !f.Untimed {
		c.hours.Of++
		c.hours.Count[e.At.Hour()]++
	}
	if f.Side != "" || f.Muscle != "" {
		c.places[Place{Side: f.Side, Muscle: f.Muscle}]++
	}
	for _, n := range []struct {
		said *int
		to   *[]int
	}{{f.Pain, &c.pain}, {f.LastedS, &c.lasted}, {f.AwakeMin, &c.awake}} {
		if n.said != nil {
			*n.to = append(*n.to, *n.said)
		}
	}
	if len(f.Helped) > 0 {
		c.helpedOf++
	}
	for _, word := range f.Helped {
		c.helped[word]++
	}
}

// legs are the legs that a side of a stretch means.
var legs = map[string][]string{"left": {"left"}, "right": {"right"}, "both": {"left", "right"}}

func (c *counter) session(f journal.Stretched, muscles Muscles) {
	for _, m := range f.Moves {
		for _, side := range legs[m.Side] {
			for _, muscle := range muscles(m.Stretch) {
				c.held[Held{Side: side, Muscle: muscle}] += m.HeldS
			}
		}
	}
}

func (c *counter) into(f *Figures) {
	f.Hours = c.hours
	f.Places.Count = []Place{}
	for p, n := range c.places {
		p.Cramps = n
		f.Places.Of += n
		f.Places.Count = append(f.Places.Count, p)
	}
	slices.SortFunc(f.Places.Count, func(a, b Place) int {
		return cmp.Or(cmp.Compare(b.Cramps, a.Cramps), cmp.Compare(a.Side, b.Side), cmp.Compare(a.Muscle, b.Muscle))
	})
	f.Held = []Held{}
	for h, s := range c.held {
		h.HeldS = s
		f.Held = append(f.Held, h)
	}
	slices.SortFunc(f.Held, func(a, b Held) int {
		return cmp.Or(cmp.Compare(b.HeldS, a.HeldS), cmp.Compare(a.Side, b.Side), cmp.Compare(a.Muscle, b.Muscle))
	})
	f.Pain, f.LastedS, f.AwakeMin = SpreadOf(c.pain), SpreadOf(c.lasted), SpreadOf(c.awake)
	f.Helped = Tallies{Of: c.helpedOf, Count: tallies(c.helped)}
	f.Marks, f.Together = c.marks()
}

// SpreadOf is the median and the range of some numbers, in any order.
func SpreadOf(all []int) Spread {
	if len(all) == 0 {
		return Spread{}
	}
	sorted := slices.Sorted(slices.Values(all))
	n := len(sorted)
	return Spread{
		N: n, Median: float64(sorted[(n-1)/2]+sorted[n/2]) / 2,
		Min: sorted[0], Max: sorted[n-1],
	}
}

func tallies(counts map[string]int) []Tally {
	all := []Tally{}
	for word, n := range counts {
		all = append(all, Tally{word, n})
	}
	slices.SortFunc(all, func(a, b Tally) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Word, b.Word)) })
	return all
}

// leastTogether is on how many nights two marks must lie together to be told.
const leastTogether = 3

// marks counts the nights of each mark, most often first, and of each two that
// share some, those that travel together most first.
func (c *counter) marks() ([]Mark, []Pair) {
	marks, pairs := []Mark{}, []Pair{}
	words := slices.Sorted(maps.Keys(c.marked))
	for i, a := range words {
		marks = append(marks, Mark{a, len(c.marked[a])})
		for _, b := range words[i+1:] {
			if p := c.pair(a, b); p.Both >= leastTogether {
				pairs = append(pairs, p)
			}
		}
	}
	slices.SortStableFunc(marks, func(a, b Mark) int { return cmp.Compare(b.Nights, a.Nights) })
	slices.SortStableFunc(pairs, func(a, b Pair) int { return cmp.Compare(b.Both*a.Of, a.Both*b.Of) })
	return marks, pairs
}

func (c *counter) pair(a, b string) Pair {
	p := Pair{Marks: [2]string{a, b}, Of: min(len(c.marked[a]), len(c.marked[b]))}
	for night := range c.marked[a] {
		if c.marked[b][night] {
			p.Both++
		}
	}
	return p
}
