// Package where reads the words that people use for the place of a cramp: body
// words and sides in every language of lull, with or without accents.
package where

import (
	"slices"
	"strings"
	"unicode"

	"lull/routine/journal"
	"lull/routine/say"
	"lull/routine/strict"
)

// Found is what a text says about the place of a cramp.
type Found struct {
	Side    string   // one of journal.CrampSides, or empty
	Muscles []string // of journal.Muscles, the most usual first; several if the word can mean each of them
	Top     bool     // the top of the foot or the front of the shin
	Near    bool     // no word was known: the nearest spelling was taken
}

// Muscle is the muscle that a text names, empty if it names none or several.
func (f Found) Muscle() string {
	if len(f.Muscles) != 1 {
		return ""
	}
	return f.Muscles[0]
}

// Read finds the place in a text of one or more words, such as "left calf". The
// nearest spelling counts where no word of the text is known.
func Read(text string) Found {
	var f Found
	tokens := split(text)
	var unknown []string
	for len(tokens) > 0 {
		n, p := longest(tokens)
		switch {
		case n == 0:
			unknown, n = append(unknown, tokens[0]), 1
		case p.side != "" && f.Side == "":
			f.Side = p.side
		case p.side == "" && f.Muscles == nil:
			f.Muscles, f.Top = p.muscles, p.top
		}
		tokens = tokens[n:]
	}
	for _, word := range unknown {
		if p, near := nearest(word); near && f.Muscles == nil {
			f.Muscles, f.Top, f.Near = p.muscles, p.top, true
		}
	}
	return f
}

// Muscle reads a text that is to be recorded as a muscle: no spelling is
// guessed. It returns the text itself if it names none, and an error if it can
// mean several.
func Muscle(text string) (string, error) {
	p, known := byWord[strings.Join(split(text), " ")]
	switch {
	case !known || len(p.muscles) == 0:
		return text, nil
	case len(p.muscles) > 1:
		return "", say.Error("%q can be more than one place; choose one of: %s", text, strings.Join(named(p.muscles), ", "))
	}
	return p.muscles[0], nil
}

// Side reads a text that is to be recorded as a side, and returns the text
// itself if it is none.
func Side(text string) string {
	if p := byWord[strings.Join(split(text), " ")]; p.side != "" {
		return p.side
	}
	return text
}

// Begins says whether a known word begins with a text.
func Begins(text string) bool {
	start := strings.Join(split(text), " ")
	for word := range byWord {
		if strings.HasPrefix(word, start) {
			return true
		}
	}
	return false
}

// split takes a text apart into bare words.
func split(text string) []string {
	dropMarks := func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1 // an accent typed apart from its letter
		}
		return unicode.ToLower(r)
	}
	return strings.FieldsFunc(say.Bare(strings.Map(dropMarks, text)), func(r rune) bool {
		return strings.ContainsRune(" \t-_,;.'\u00a0", r)
	})
}

// longest finds the longest known phrase at the start of the words, in words.
func longest(words []string) (int, place) {
	for n := min(len(words), longestPhrase); n > 0; n-- {
		if p, known := byWord[strings.Join(words[:n], " ")]; known {
			return n, p
		}
	}
	return 0, place{}
}

// nearest finds the muscle whose word begins with this one, or is spelt almost
// like it.
func nearest(word string) (place, bool) {
	var among []string
	for known, p := range byWord {
		if len(p.muscles) > 0 {
			among = append(among, known)
		}
	}
	slices.Sort(among)
	const shortest = 3 // letters of a beginning
	if at := slices.IndexFunc(among, func(known string) bool { return len(word) >= shortest && strings.HasPrefix(known, word) }); at >= 0 {
		return byWord[among[at]], true
	}
	near := strict.Nearest(word, among)
	if near == "" {
		return place{}, false
	}
	return byWord[near], true
}

func named(muscles []string) []string {
	said := make([]string, len(muscles))
	for i, m := range muscles {
		said[i] = say.Name(m)
	}
	return said
}

// place is what one word means.
type place struct {
	side    string
	muscles []string
	top     bool
}

// byWord are the places by the bare form of each word.
var byWord, longestPhrase = index()

func index() (all map[string]place, most int) {
	all = map[string]place{}
	for _, m := range journal.Muscles {
		all[m] = place{muscles: []string{m}}
	}
	for _, s := range journal.CrampSides {
		all[s] = place{side: s}
	}
	for _, tongue := range words {
		for _, e := range tongue {
			for _, word := range strings.Split(e.words, ",") {
				parts := split(word)
				all[strings.Join(parts, " ")] = place{side: e.side, muscles: e.muscles, top: e.top}
				most = max(most, len(parts))
			}
		}
	}
	return all, most
}
