package guide

import (
	"strings"

	"lull/routine/say"
	"lull/routine/strict"
)

const (
	folder    = "guide/"
	extension = ".toml"

	// LongestLine is how many characters a line of a card has at most.
	LongestLine = 76

	claimLines   = 3
	sourceLines  = 2
	longestTitle = 44
	longestWord  = 30 // an alias, a source's id, a row
	longestCell  = 60 // of a lookalike
	mostAliases  = 40
	mostClaims   = 24
	mostSigns    = 40
	mostGrounds  = 8 // sources or rows of one claim
	mostSources  = 120
)

// Parse reads the file of one card, which is named by it: guide/causes.toml
// holds causes. Errors are of type strict.Errors.
func Parse(file string, data []byte) (Card, error) {
	doc, err := strict.Parse(file, data)
	if err != nil {
		return Card{}, err
	}
	c := Card{ID: idOf(file)}
	err = doc.Read(strict.Fields{
		strict.Required("title", strict.Words(&c.Title, 1, longestTitle)),
		strict.Required("place", strict.Int(&c.Place, 1, 99)),
		strict.Required("aliases", aliases(&c.Aliases)),
		strict.Required("summary", strict.Words(&c.Summary, 1, LongestLine)),
		strict.Optional("signs", signs(&c.Signs)),
		strict.Required("claim", strict.Tables(&c.Claims, mostClaims, (*Claim).fields)),
		strict.Optional("lookalike", strict.Tables(&c.Lookalikes, mostClaims, (*Lookalike).fields)),
		strict.Optional("source", strict.Tables(&c.Sources, mostSources, (*Source).fields)),
	})
	return c, err
}

func (c *Claim) fields() strict.Fields {
	return strict.Fields{
		strict.Required("text", strict.Passage(&c.Text, claimLines, 1, LongestLine)),
		strict.Required("grade", strict.OneOf(&c.Grade, Grades...)),
		strict.Required("sources", sources(&c.Sources)),
		strict.Required("rows", grounds(&c.Rows)),
		strict.Optional("amounts", strict.Bool(&c.Amounts)),
	}
}

func (l *Lookalike) fields() strict.Fields {
	cell := func(dst *string) strict.Rule { return strict.Words(dst, 1, longestCell) }
	return strict.Fields{
		strict.Required("name", strict.Words(&l.Name, 1, longestWord)),
		strict.Required("feels", cell(&l.Feels)),
		strict.Required("when", cell(&l.When)),
		strict.Required("hard", cell(&l.Hard)),
		strict.Required("eased", cell(&l.Eased)),
		strict.Required("act", cell(&l.Act)),
		strict.Optional("signs", signs(&l.Signs)),
		strict.Required("sources", sources(&l.Sources)),
		strict.Required("rows", grounds(&l.Rows)),
	}
}

func (s *Source) fields() strict.Fields {
	return strict.Fields{
		strict.Required("id", strict.Text(&s.ID, 2, 4)),
		strict.Required("text", strict.Texts(&s.Text, sourceLines, 1, LongestLine)),
	}
}

// aliases takes what people type for a card, and adds what they type in their own
// language. A catalogue holds the list as one entry.
func aliases(dst *[]string) strict.Rule {
	return strict.Texts(dst, mostAliases, 1, longestWord).And(func() (problem, allowed string) {
		const comma = ", "
		all := strings.Join(*dst, comma)
		if said := say.Name(all); said != all {
			*dst = append(*dst, strings.Split(said, comma)...)
		}
		return "", ""
	})
}

func signs(dst *[]string) strict.Rule   { return strict.Texts(dst, mostSigns, 2, 3) }
func grounds(dst *[]string) strict.Rule { return strict.Texts(dst, mostGrounds, 1, longestWord) }

// sources takes the ids of sources, and the words that stand where there is none.
func sources(dst *[]string) strict.Rule {
	return grounds(dst).And(func() (problem, allowed string) {
		for i, s := range *dst {
			if strings.Contains(s, " ") { // an id has no words
				(*dst)[i] = say.Name(s)
			}
		}
		return "", ""
	})
}
