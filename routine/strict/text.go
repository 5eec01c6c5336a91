package strict

import (
	"strconv"
	"strings"
	"unicode"
)

const (
	zeroWidthNonJoiner = '\u200c'
	zeroWidthJoiner    = '\u200d'
	shownRunes         = 40
)

// Visible says whether s can be shown as it is on one line: valid UTF-8 with no
// control character, no character that turns or hides text, and no line break.
// The two joiners that Persian and Indic scripts need count as visible.
func Visible(s string) bool {
	_, bad := unseen(s)
	return !bad && !strings.ContainsRune(s, '\t')
}

// unseen finds the first rune that a reader would not see as what it is. Tabs
// pass, since people indent with them; line breaks do not.
func unseen(s string) (rune, bool) {
	for _, r := range s {
		switch {
		case r < 0x20 && r != '\t', r >= 0x7f && r < 0xa0:
			return r, true
		case r < 0x7f, r == zeroWidthJoiner, r == zeroWidthNonJoiner:
			continue
		case unicode.In(r, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp, unicode.Noncharacter_Code_Point):
			return r, true
		case r == unicode.ReplacementChar:
			return r, true
		}
	}
	return 0, false
}

// shown gives s for an error message: on one line and visible, whatever is in it.
func shown(s string) string {
	if Visible(s) {
		return s
	}
	return strconv.QuoteToASCII(s)
}

// shorten gives the text of a value for an error message.
func shorten(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	runes := []rune(s)
	if len(runes) <= shownRunes {
		return s
	}
	return string(runes[:shownRunes]) + "…"
}
