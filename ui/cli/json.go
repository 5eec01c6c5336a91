package cli

import (
	"encoding/json"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// sayJSON prints a value as one line of JSON.
func (a *App) sayJSON(v any) error {
	line, err := json.Marshal(v)
	if err != nil {
		return err
	}
	a.say("%s", visible(line))
	return nil
}

// visible writes JSON so that a terminal draws it and never obeys it: what is
// not to be seen or moves the cursor is written as \u009b. The value stays the
// same.
func visible(line []byte) []byte {
	out := make([]byte, 0, len(line))
	for len(line) > 0 {
		r, n := utf8.DecodeRune(line)
		switch {
		case r == utf8.RuneError && n == 1:
			out = append(out, `\ufffd`...)
		case r >= ' ' && r < utf8.RuneSelf && r != 0x7f || unicode.IsPrint(r) || r == ' ':
			out = append(out, line[:n]...)
		default:
			out = escape(out, r)
		}
		line = line[n:]
	}
	return out
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
