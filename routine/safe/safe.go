// Package safe makes other people's text fit to be shown: in a terminal, in a
// file and in a line of output. Text comes from notes, imports, routines and
// errors, and may carry what moves cursors, hides letters or turns them round.
package safe

import (
	"unicode"
	"unicode/utf8"
)

const (
	joiner   = '\u200d'
	ellipsis = '…'
	// marksPerBase is how many marks may sit on one letter; more are a way
	// to smear ink over the lines above and below.
	marksPerBase = 4
)

// Text returns s as one line of at most limit runes that a terminal draws and
// never obeys. Control characters become visible symbols, bad UTF-8 becomes
// U+FFFD, line and paragraph separators become spaces; characters that turn
// the direction, have no shape or mean something only in private are dropped,
// but for the zero-width joiner and the variation selectors that emoji need.
// A letter keeps its first four marks. Text cut short ends with an ellipsis.
// Text of Text is Text: cleaning twice changes nothing.
func Text(s string, limit int) string {
	if limit <= 0 {
		return ""
	}
	if len(s) <= limit && printable(s) {
		return s
	}
	out := make([]rune, 0, min(len(s), limit))
	marks := marksPerBase // none can sit on nothing
	for _, r := range s {
		r, keep := shown(r)
		if !keep {
			continue
		}
		if attaches(r) {
			if marks++; marks > marksPerBase {
				continue
			}
		} else {
			marks = 0
		}
		if len(out) == limit {
			return string(append(out[:limit-1], ellipsis))
		}
		out = append(out, r)
	}
	return string(out)
}

// printable says whether s is nothing but plain ASCII letters and signs.
func printable(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// shown returns what stands for r, and false when nothing does.
func shown(r rune) (rune, bool) {
	switch {
	case r == utf8.RuneError:
		return r, true
	case r < ' ':
		return '\u2400' + r, true
	case r == 0x7f:
		return '\u2421', true
	case r < 0xa0 && r > 0x7f, noncharacter(r):
		return utf8.RuneError, true
	case unicode.In(r, unicode.Zl, unicode.Zp):
		return ' ', true
	case r == joiner, unicode.Is(unicode.Variation_Selector, r):
		return r, true
	default:
		return r, !unicode.In(r, unicode.Cf, unicode.Co, unicode.Other_Default_Ignorable_Code_Point)
	}
}

func noncharacter(r rune) bool { return r&0xfffe == 0xfffe || r >= 0xfdd0 && r <= 0xfdef }

// attaches says whether r is drawn on the letter before it.
func attaches(r rune) bool { return r == joiner || unicode.Is(unicode.M, r) }
