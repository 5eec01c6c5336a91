package journal

import "slices"

// Night is what the live facts labelled with one date add up to: the session,
// cramps and marks of that night, and the ticks of that day. It is derived and
// can always be made again from the facts.
type Night struct {
	Date     Date
	Outcome  Outcome // of the best session
	Routine  string  // of the best session
	HeldS    int     // of the best session, in seconds
	PlannedS int
	Sessions int
	Cramps   int
	Quiet    bool
	Marks    int
	Water    int // different water items ticked
	WaterML  int
	Bedtime  int // different bedtime items ticked
	// East and West are the greatest and the least offset from UTC, in minutes,
	// of the night's kept sessions: they tell where the sleeper was.
	East, West int
}

// Lists a tick can belong to.
const (
	WaterList   = "water"
	BedtimeList = "bedtime"
)

// Known says whether anybody answered for the night: a cramp or a quiet night
// is an answer, silence is not.
func (n Night) Known() bool { return n.Cramps > 0 || n.Quiet }

// Empty says whether nothing at all was recorded under the date.
func (n Night) Empty() bool {
	return n == Night{Date: n.Date} || n == Night{Date: n.Date, Outcome: None}
}

// Sum adds up the live facts labelled with the date, in any order. Facts whose
// night or day is another date are left out of that half.
func Sum(date Date, facts []Entry) Night {
	n := Night{Date: date, Outcome: None}
	ticked := map[Ticked]bool{}
	facts = slices.SortedFunc(slices.Values(facts), func(a, b Entry) int { return a.ID.Compare(b.ID) })
	for _, e := range facts {
		if e.Night == date {
			n.addNight(e)
		}
		if t, ok := e.Fact.(Ticked); ok && e.Day == date && !ticked[Ticked{Item: t.Item, List: t.List}] {
			ticked[Ticked{Item: t.Item, List: t.List}] = true
			n.addTick(t)
		}
	}
	return n
}

// shares say what of a night comes from the facts of each kind, and from those
// alone. Facts of a kind that is not here add nothing to any night.
var shares = map[Kind]func(to *Night, from Night){
	KindStretched: func(to *Night, from Night) {
		to.Outcome, to.Routine, to.Sessions = from.Outcome, from.Routine, from.Sessions
		to.HeldS, to.PlannedS = from.HeldS, from.PlannedS
		to.East, to.West = from.East, from.West
	},
	KindCramped: func(to *Night, from Night) { to.Cramps = from.Cramps },
	KindQuiet:   func(to *Night, from Night) { to.Quiet = from.Quiet },
	KindMarked:  func(to *Night, from Night) { to.Marks = from.Marks },
	KindTicked: func(to *Night, from Night) {
		to.Water, to.WaterML, to.Bedtime = from.Water, from.WaterML, from.Bedtime
	},
}

// Resum is what Sum makes of a night after something happened to its facts of
// some kinds: n is what it made before, facts are those of these kinds that are
// labelled with the date now. What the others add is as it was, so they need not
// be read.
func (n Night) Resum(kinds []Kind, facts []Entry) Night {
	sum := Sum(n.Date, facts)
	for _, k := range kinds {
		if share, has := shares[k]; has {
			share(&n, sum)
		}
	}
	return n
}

func (n *Night) addNight(e Entry) {
	switch f := e.Fact.(type) {
	case Stretched:
		if !e.Suspect {
			n.addSession(e, f)
		}
	case Cramped:
		n.Cramps++
	case Quiet:
		n.Quiet = true
	case Marked:
		n.Marks++
	}
}

func (n *Night) addSession(e Entry, s Stretched) {
	n.Sessions++
	if s.Outcome.Kept() {
		_, offset := e.At.Zone()
		if !n.Outcome.Kept() {
			n.West, n.East = offset/60, offset/60
		}
		n.West, n.East = min(n.West, offset/60), max(n.East, offset/60)
	}
	if s.Outcome.Better(n.Outcome) || s.Outcome == n.Outcome && s.HeldS > n.HeldS {
		n.Outcome, n.Routine, n.HeldS, n.PlannedS = s.Outcome, s.Routine, s.HeldS, s.PlannedS
	}
}

func (n *Night) addTick(t Ticked) {
	switch t.List {
	case WaterList:
		n.Water++
		n.WaterML += t.ML
	case BedtimeList:
		n.Bedtime++
	}
}
