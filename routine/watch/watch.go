// Package watch reads the diary for what should not be left at a cramp: each
// rule names a card of signs and the facts that brought it up. It judges
// nothing and stores nothing; a card that was seen is a fact like any other.
package watch

import (
	"slices"
	"time"

	"lull/routine"
	"lull/routine/journal"
)

// Weeks is how far back Trips looks: eight weeks for what it compares, and two
// more in which a pattern that ended still stands in the diary.
const Weeks = 10

// Reads are the kinds of facts that trip anything, or say that it was seen.
var Reads = []journal.Kind{journal.KindCramped, journal.KindQuiet, journal.KindMarked, journal.KindSeen}

// WasItACramp is the card of the guide that tells cramps from other things. All
// other cards are signs of the safety file.
const WasItACramp = "was-it-a-cramp"

// Trip is one rule that the diary tripped.
type Trip struct {
	Rule  string
	Card  string       // id of a sign, or WasItACramp
	Also  []string     // ids of further signs to show with it
	Why   string       // what tripped it, one sentence with its numbers
	Facts []journal.ID // the ones it rests on, by night
	Key   string       // tells this trip from every other one
	Told  time.Time    // when the latest of the facts was written
	First journal.Date // night of the facts
	Last  journal.Date
}

const seenPrefix = "watch:"

// Seen is the fact that the person was shown this trip and read it.
func (t Trip) Seen() journal.Seen { return journal.Seen{Card: seenPrefix + t.Key} }

// Trips lists what the live facts of the last ten weeks trip on the evening of
// now, for somebody with these answers, the gravest first. Facts of other kinds
// and of any order are welcome; a rule on single cramps looks at the last four
// weeks, and one on many cramps keeps still for eight weeks after a trip of its
// own was seen, which is why all should hold the Seen facts too.
func Trips(all []journal.Entry, now journal.Date, s routine.Screening) []Trip {
	d := read(all, now)
	var trips []Trip
	for _, r := range rules {
		for _, f := range r.find(d) {
			trips = append(trips, r.trip(f, s))
		}
	}
	return trips
}

// Within lists what the live facts of some nights trip, both included, the
// gravest first, without regard to the safety answers and to what was seen. Of a
// rule on many cramps it is the latest finding.
func Within(all []journal.Entry, from, to journal.Date) []Trip {
	var facts []journal.Entry
	for _, e := range all {
		if e.Night >= from && e.Night <= to && e.Fact.Kind() != journal.KindSeen {
			facts = append(facts, e)
		}
	}
	d := read(facts, to+1)
	d.since = from
	var trips []Trip
	for _, r := range rules {
		found := r.find(d)
		for now := to; r.pattern && len(found) == 0 && now > from; now-- {
			earlier := d
			earlier.now = now
			found = r.find(earlier)
		}
		for _, f := range found {
			trips = append(trips, r.trip(f, routine.Screening{}))
		}
	}
	return trips
}

// Unseen leaves out the trips of which facts say that they were seen.
func Unseen(trips []Trip, facts []journal.Entry) []Trip {
	seen := map[journal.Fact]bool{}
	for _, e := range facts {
		if f, ok := e.Fact.(journal.Seen); ok {
			seen[f] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(trips), func(t Trip) bool { return seen[t.Seen()] })
}

func (r rule) trip(f finding, s routine.Screening) Trip {
	t := Trip{Rule: r.name, Card: r.card, Why: f.why, Key: r.name + ":" + f.key}
	t.First, t.Last = f.facts[0].Night, f.facts[0].Night
	for _, e := range f.facts {
		t.First, t.Last = min(t.First, e.Night), max(t.Last, e.Night)
		t.Facts = append(t.Facts, e.ID)
		if told := written(e); told.After(t.Told) {
			t.Told = told
		}
	}
	for _, a := range r.also {
		if a.when == nil || a.when(s) {
			t.Also = append(t.Also, a.sign)
		}
	}
	return t
}

// written is when a fact was written down, which may be long after it happened.
func written(e journal.Entry) time.Time {
	if at, ok := e.Origin().Time(); ok {
		return at
	}
	return e.At
}
