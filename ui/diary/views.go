package diary

import (
	"slices"
	"strings"

	"lull/routine/journal"
	"lull/routine/review"
	"lull/routine/say"
)

// view is one of the ways to narrow the diary: by what a night adds up to, or
// by its cramps.
type view struct {
	name  say.Key
	night func(journal.Night) bool
	cramp func(journal.Cramped) bool
}

// views are what the filter key goes through.
var views = []view{
	{name: "all nights"},
	{name: "with cramps", night: func(n journal.Night) bool { return n.Cramps > 0 }},
	{name: "unknown", night: func(n journal.Night) bool { return !n.Known() }},
	{name: "left", cramp: on("left")},
	{name: "right", cramp: on("right")},
	{name: "calf", cramp: in("calf")},
	{name: "foot", cramp: in("foot")},
	{name: "thigh", cramp: in("hamstring", "quadriceps", "inner")},
}

// on accepts cramps of a side; one of both sides is on either.
func on(side string) func(journal.Cramped) bool {
	return func(c journal.Cramped) bool { return c.Side == side || c.Side == "both" }
}

func in(muscles ...string) func(journal.Cramped) bool {
	return func(c journal.Cramped) bool { return slices.Contains(muscles, c.Muscle) }
}

// search is what the list is narrowed to.
type search struct {
	view int
	text string // words that a note must have
}

// deep says whether the facts themselves must be looked at, and not only what
// each night adds up to.
func (s search) deep() bool { return s.text != "" || views[s.view].cramp != nil }

// lets says whether a night may stay by what it adds up to.
func (s search) lets(n journal.Night) bool {
	may := views[s.view].night
	return may == nil || may(n)
}

// among says whether one of the facts is looked for.
func (s search) among(facts []journal.Entry) bool {
	words := strings.Fields(strings.ToLower(s.text))
	return slices.ContainsFunc(facts, func(e journal.Entry) bool {
		c, ok := e.Fact.(journal.Cramped)
		if may := views[s.view].cramp; !ok || may != nil && !may(c) {
			return false
		}
		note := strings.ToLower(c.Note)
		return !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(note, word) })
	})
}

// find lists the nights from the newest down to the oldest that the search lets
// through. Nights whose facts must be looked at and are not known are left out.
func (s search) find(b *review.Book, f *facts, newest, oldest journal.Date) []journal.Date {
	var found []journal.Date
	for d := newest; d >= oldest; d-- {
		if !s.lets(b.Night(d)) {
			continue
		}
		if facts, _ := f.at(d); s.deep() && !s.among(facts) {
			continue
		}
		found = append(found, d)
	}
	return found
}
