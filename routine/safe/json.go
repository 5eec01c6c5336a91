package safe

import (
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// JSON writes a line of JSON so that a terminal draws it and never obeys it: what
// is not to be seen, moves the cursor or heaps up on one letter is written as
// \u009b. The value stays the same, exactly: only the way it is written changes.
func JSON(line []byte) []byte {
	out := make([]byte, 0, len(line))
	marks := 0
	for len(line) > 0 {
		r, n := utf8.DecodeRune(line)
		if marks++; !attaches(r) {
			marks = 0
		}
		switch {
		case r == utf8.RuneError && n == 1:
			out = append(out, `\ufffd`...)
		case marks <= marksPerBase && seen(r):
			out = append(out, line[:n]...)
		default:
			out = escape(out, r)
		}
		line = line[n:]
	}
	return out
}

// seen says whether r is drawn as it is.
func seen(r rune) bool {
	if r >= ' ' && r < 0x7f {
		return true
	}
	as, keep := shown(r)
	return keep && as == r && (unicode.IsPrint(r) || r == utf8.RuneError)
}

func escape(out []byte, r rune) []byte {
	units := []rune{r}
	if high, low := utf16.EncodeRune(r); high != unicode.ReplacementChar {
		units = []rune{high, low}
	}
	const hex = "0123456789abcdef"
	for _, u := range units {
		out = append(out, '\\', 'u', hex[u>>12&15], hex[u>>8&15], hex[u>>4&15], hex[u&15])
	}
	return out
}
