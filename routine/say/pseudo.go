package say

import (
	"strings"

	"golang.org/x/text/language"
)

// letters are the plain ones and one that looks like each and is as wide.
const (
	plainLetters  = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	strangeLooks  = "áƀçđéƒĝħíĵķłɱñóƥɋŕšťúṽŵẋýžÁɃÇĐÉƑĜĦÍĴĶŁṀÑÓƤɊŔŠŤÚṼŴẊÝŽ"
	fillVerbChars = "+-#0123456789.[]"
)

// Pseudo is English in strange letters: what a screen still shows in plain ones
// comes from no catalogue. It is for tests.
func Pseudo() *Language {
	l := newLanguage(language.English, nil)
	l.change = strange
	return l
}

// Listen is English that tells which sentences and names are asked for. It is for
// tests.
func Listen(heard func(key string)) *Language {
	l := newLanguage(language.English, nil)
	l.change = func(key string) string {
		heard(key)
		return key
	}
	return l
}

var strangeRunes = []rune(strangeLooks)

// strange writes a sentence in strange letters and leaves its verbs alone.
func strange(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		if s[i] == '%' {
			end := i + 1
			for end < len(s) && strings.IndexByte(fillVerbChars, s[end]) >= 0 {
				end++
			}
			if end < len(s) {
				end++
			}
			b.WriteString(s[i:end])
			i = end
			continue
		}
		if at := strings.IndexByte(plainLetters, s[i]); at >= 0 {
			b.WriteRune(strangeRunes[at])
		} else {
			b.WriteByte(s[i])
		}
		i++
	}
	return b.String()
}
