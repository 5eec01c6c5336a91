package report

import (
	"strings"

	"lull/routine/journal"
	"lull/routine/say"
	"lull/routine/watch"
)

const (
	mostFlags = 5   // on the page
	longWhy   = 300 // letters
)

// flag is a sign that the diary brought up, and what brought it up last.
type flag struct {
	sign string // in its own words, without what to do about it
	why  string // of the newest
	last journal.Date
	on   []string // when, in the order of the rules
}

// flags are the signs that the entries of the nights brought up, the gravest
// first. Which of them the person has read changes nothing, and the safety
// answers stay at home.
func flags(s Source) []flag {
	var found []flag
	at := map[string]int{}
	for _, t := range watch.Within(s.Facts, s.From, s.To) {
		i, there := at[t.Card]
		if !there {
			i, at[t.Card] = len(found), len(found)
			found = append(found, flag{sign: observed(s.Sign(t.Card))})
		}
		f := &found[i]
		if f.on = append(f.on, dates(t)); len(f.on) == 1 || t.Last >= f.last {
			f.why, f.last = t.Why, t.Last
		}
	}
	return found
}

// dates are the nights that a sign rests on.
func dates(t watch.Trip) string {
	if t.First == t.Last {
		return day(t.First)
	}
	return say.Text("%s to %s", day(t.First), day(t.Last))
}

// observed is what a sign is, without what it may mean and what to do about it:
// that is for the reader of the page to say.
func observed(sign string) string {
	sign, _, _ = strings.Cut(sign, ". ")
	sign, _, _ = strings.Cut(sign, say.Text("; do not"))
	return strings.TrimSuffix(sign, ".")
}
