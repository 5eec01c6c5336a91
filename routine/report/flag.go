package report

import (
	"strings"

	"lull/routine"
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
	why  string
	more int // earlier entries that brought it up
}

// flags are the signs that the entries before the last night brought up, the
// gravest first. Which of them the person has read changes nothing, and the
// safety answers stay at home.
func flags(s Source) []flag {
	entries := []journal.Entry{}
	for _, e := range s.Facts {
		if e.Fact.Kind() != journal.KindSeen && e.Night <= s.To {
			entries = append(entries, e)
		}
	}
	var found []flag
	at := map[string]int{}
	for _, t := range watch.Trips(entries, s.To, routine.Screening{}) {
		i, there := at[t.Card]
		if !there {
			i, at[t.Card] = len(found), len(found)
			found = append(found, flag{sign: observed(s.Sign(t.Card)), more: -1})
		}
		found[i].why = t.Why
		found[i].more++
	}
	return found
}

// observed is what a sign is, without what it may mean and what to do about it:
// that is for the reader of the page to say.
func observed(sign string) string {
	sign, _, _ = strings.Cut(sign, ". ")
	sign, _, _ = strings.Cut(sign, say.Text("; do not"))
	return strings.TrimSuffix(sign, ".")
}
