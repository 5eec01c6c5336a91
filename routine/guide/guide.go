// Package guide is lull's guide: short cards about night cramps, each claim
// with how well it is known and where that was read. The cards are files that
// people can read; this package reads, finds and searches them.
package guide

import (
	"cmp"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"lull/routine/say"
	"lull/routine/strict"
)

// Grade says how well a claim is known.
type Grade string

// The grades.
const (
	OneTrial     Grade = "one trial"     // one trial points that way
	Conflicting  Grade = "conflicting"   // trials or reviews disagree
	ExpertAdvice Grade = "expert advice" // advised, not tested
	NotShown     Grade = "not shown"     // looked for and not found, or never tested
	Unsafe       Grade = "unsafe"        // do not
	General      Grade = "general"       // background, or a rule of lull
)

// Grades lists all of them.
var Grades = []Grade{OneTrial, Conflicting, ExpertAdvice, NotShown, Unsafe, General}

// The grades, as people are shown them.
const (
	_ = say.Key(OneTrial)
	_ = say.Key(Conflicting)
	_ = say.Key(ExpertAdvice)
	_ = say.Key(NotShown)
	_ = say.Key(Unsafe)
	_ = say.Key(General)
)

// Guide is all the cards. What it holds is shared: do not change the slices.
type Guide struct{ cards []Card }

// Card is one page of the guide.
type Card struct {
	ID         string
	Title      string
	Place      int      // in the list of cards
	Aliases    []string // what people type for it, besides id and title: in English, and in their own language
	Summary    string   // one line
	Claims     []Claim
	Lookalikes []Lookalike // on the card that tells cramps from other things
	Signs      []string    // ids of the safety signs to show with it
	Sources    []Source    // on the card that lists them
}

// Claim is one statement with its grounds.
type Claim struct {
	Text    []string // at most three lines
	Grade   Grade
	Sources []string // ids of sources, or whose rule it is in words
	Rows    []string // where the evidence notes support it, for who reviews it
	Amounts bool     // says how much to drink: not for people told to limit it
}

// Lookalike is something that is taken for a cramp, or the cramp itself.
type Lookalike struct {
	Name    string
	Feels   string
	When    string
	Hard    string // whether the muscle is hard to the touch
	Eased   string // by what
	Act     string
	Signs   []string
	Sources []string
	Rows    []string
}

// Source is one of the works that the claims name.
type Source struct {
	ID   string
	Text []string // at most two lines
}

// Open reads every card, guide/*.toml. The error says all that is wrong.
func Open(files fs.FS) (Guide, error) {
	names, err := fs.Glob(files, folder+"*"+extension)
	if err != nil || len(names) == 0 {
		return Guide{}, say.Error("open the guide: no card in %s", folder)
	}
	var g Guide
	var wrong []error
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			wrong = append(wrong, say.Error("open the guide: %w", err))
			continue
		}
		c, err := Parse(name, data)
		wrong = append(wrong, err)
		g.cards = append(g.cards, c)
	}
	slices.SortStableFunc(g.cards, func(a, b Card) int { return cmp.Compare(a.Place, b.Place) })
	return g, errors.Join(wrong...)
}

// idOf is the id of the card in a file: its name without folder and extension.
func idOf(file string) string { return strings.TrimSuffix(path.Base(file), extension) }

// Cards lists all cards in their order.
func (g Guide) Cards() []Card { return g.cards }

// Card finds a card by its id.
func (g Guide) Card(id string) (Card, bool) {
	for _, c := range g.cards {
		if c.ID == id {
			return c, true
		}
	}
	return Card{}, false
}

// Source finds a source by its id.
func (g Guide) Source(id string) (Source, bool) {
	for _, c := range g.cards {
		for _, s := range c.Sources {
			if s.ID == id {
				return s, true
			}
		}
	}
	return Source{}, false
}

// WithoutAmounts is the guide without the claims that say how much to drink,
// for people who were told to limit what they drink.
func (g Guide) WithoutAmounts() Guide {
	cards := slices.Clone(g.cards)
	for i, c := range cards {
		cards[i].Claims = slices.DeleteFunc(slices.Clone(c.Claims), func(c Claim) bool { return c.Amounts })
	}
	return Guide{cards}
}

// Find looks for the card that a word names: by id, title or alias, and failing
// that by the nearest of them.
func (g Guide) Find(word string) (Card, bool) {
	owner := map[string]Card{}
	var names []string
	for _, c := range g.cards {
		for _, name := range append([]string{c.ID, c.Title}, c.Aliases...) {
			name = plain(name)
			owner[name] = c
			names = append(names, name)
		}
	}
	word = plain(word)
	if c, ok := owner[word]; ok {
		return c, true
	}
	c, ok := owner[strict.Nearest(word, names)]
	return c, ok
}

// plain is how names are compared: as bare letters, hyphens as spaces, and one
// space between two words.
func plain(s string) string {
	return strings.Join(strings.Fields(bare(strings.ReplaceAll(s, "-", " "))), " ")
}

// bare is a text in small letters without accents, which people leave out when
// they search.
func bare(s string) string { return say.Bare(strings.ToLower(s)) }

// Hit is a card in which every word of a search was found.
type Hit struct {
	Card   Card
	Claims []int // indices of the claims that hold every word by themselves
}

// Search finds the cards that hold every word of text, as a part of a word, in
// small letters or capitals, with accents or without: first those with all of them in the title or an
// alias, then those with a claim that has them all, then the others, each in
// the order of the cards. No words find nothing.
func (g Guide) Search(text string) []Hit {
	words := strings.Fields(bare(text))
	if len(words) == 0 {
		return nil
	}
	var named, claimed, spread []Hit
	for _, c := range g.cards {
		hit := Hit{Card: c}
		for i, claim := range c.Claims {
			if holds(strings.Join(claim.Text, " "), words) {
				hit.Claims = append(hit.Claims, i)
			}
		}
		switch {
		case holds(c.names(), words):
			named = append(named, hit)
		case len(hit.Claims) > 0:
			claimed = append(claimed, hit)
		case holds(c.all(), words):
			spread = append(spread, hit)
		}
	}
	return slices.Concat(named, claimed, spread)
}

func holds(text string, words []string) bool {
	text = bare(text)
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
}

// names are the words by which people know the card.
func (c Card) names() string { return strings.Join(append([]string{c.Title}, c.Aliases...), "\n") }

// all is everything the card says.
func (c Card) all() string {
	texts := []string{c.names(), c.Summary}
	for _, claim := range c.Claims {
		texts = append(texts, strings.Join(claim.Text, " "))
	}
	for _, l := range c.Lookalikes {
		texts = append(texts, l.Name, l.Feels, l.When, l.Hard, l.Eased, l.Act)
	}
	for _, s := range c.Sources {
		texts = append(texts, s.ID, strings.Join(s.Text, " "))
	}
	return strings.Join(texts, "\n")
}
