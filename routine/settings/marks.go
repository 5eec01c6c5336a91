package settings

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"lull/routine/say"
	"lull/routine/strict"
)

const (
	maxMarks    = 12 // as many as have a key each
	longestMark = 30
)

// MarkForm says what keeps a word from being a mark, or nil. A mark is typed in
// a shell and drawn in a list, so it is an id: small letters, digits and single
// hyphens between them.
func MarkForm(word string) error {
	odd := func(r rune) bool {
		return !(unicode.IsLetter(r) && !unicode.IsUpper(r)) && !unicode.IsDigit(r) && r != '-'
	}
	switch {
	case word == "":
		return say.Error("it is empty")
	case !utf8.ValidString(word) || strings.ContainsFunc(word, odd):
		return say.Error("it has more in it than small letters, digits and hyphens")
	case strings.HasPrefix(word, "-") || strings.HasSuffix(word, "-") || strings.Contains(word, "--"):
		return say.Error("a hyphen stands between two letters or digits")
	case utf8.RuneCountInString(word) > longestMark:
		return say.Error("it is longer than %d letters", longestMark)
	}
	return nil
}

// marks takes the list of marks.
func marks(dst *[]string) strict.Rule {
	return strict.Texts(dst, maxMarks, 1, longestMark).And(func() (problem, allowed string) {
		for _, word := range *dst {
			if err := MarkForm(word); err != nil {
				return fmt.Sprintf("%q: %v", word, err), say.Text(`write words such as "hard-exercise"`)
			}
		}
		return "", ""
	})
}
