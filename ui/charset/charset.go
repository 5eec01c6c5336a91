// Package charset fits text to the characters that a terminal can show. lull
// writes UTF-8; a terminal of another locale, or one whose font lacks most
// signs, gets each character that it lacks replaced by one that it has and that
// takes as many cells.
package charset

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// Set is what a terminal can show. The zero value shows all of Unicode, in
// UTF-8.
type Set struct {
	limited bool
	max     rune             // the last character it has; 0 where table says
	table   *charmap.Charmap // what it reads instead of UTF-8, or nil
}

var (
	ascii = Set{limited: true, max: unicode.MaxASCII}
	// console is UTF-8 with a font of 256 or 512 signs. Such fonts have the
	// letters of Western Europe, but neither check marks nor quadrants.
	console = Set{limited: true, max: unicode.MaxLatin1}
)

// tables are the sets of one byte a character that locales name, in capital
// letters and without hyphens and underscores.
var tables = map[string]*charmap.Charmap{
	"ISO88591": charmap.ISO8859_1, "LATIN1": charmap.ISO8859_1,
	"ISO88592": charmap.ISO8859_2, "LATIN2": charmap.ISO8859_2,
	"ISO88599":  charmap.ISO8859_9,
	"ISO885915": charmap.ISO8859_15, "LATIN9": charmap.ISO8859_15,
	"CP1250": charmap.Windows1250, "CP1252": charmap.Windows1252,
}

// poorFonts are the beginnings of the names, in TERM, of terminals whose fonts
// have few signs: the consoles of Linux and the BSDs, and those made of hardware.
var poorFonts = []string{"linux", "cons25", "wsvt25", "vt52", "vt100", "vt102", "vt220"}

// Of returns the set of the terminal that the environment describes by LC_ALL,
// LC_CTYPE, LANG and TERM. A locale that is not set is taken for one of UTF-8,
// and one whose encoding is not known for ASCII, which every terminal shows.
func Of(env func(name string) string) Set {
	locale := cmp.Or(env("LC_ALL"), env("LC_CTYPE"), env("LANG"))
	_, encoding, _ := strings.Cut(locale, ".")
	encoding, _, _ = strings.Cut(cmp.Or(encoding, locale), "@")
	encoding = strings.NewReplacer("-", "", "_", "").Replace(strings.ToUpper(encoding))
	switch table := tables[encoding]; {
	case table != nil:
		return Set{limited: true, table: table}
	case locale != "" && encoding != "UTF8":
		return ascii
	}
	for _, name := range poorFonts {
		if strings.HasPrefix(env("TERM"), name) {
			return console
		}
	}
	return Set{}
}

// Limited reports whether the terminal lacks characters, so that marks and
// pictures should be made of ASCII.
func (s Set) Limited() bool { return s.limited }

// has reports whether the terminal can show r.
func (s Set) has(r rune) bool {
	switch {
	case !s.limited || r < unicode.MaxASCII:
		return true
	case s.table != nil:
		b, ok := s.table.EncodeRune(r)
		return ok && b >= firstSign
	}
	return r <= s.max && r >= firstSign
}

// firstSign is the first character after ASCII that is none of the controls of
// ISO 6429, which some terminals obey.
const firstSign = 0xa0

// append adds r, which the terminal can show, as the terminal reads it.
func (s Set) append(to []byte, r rune) []byte {
	if s.table == nil {
		return append(to, string(r)...)
	}
	b, _ := s.table.EncodeRune(r)
	return append(to, b)
}

// lookalikes are what to show for signs that a terminal lacks.
var lookalikes = map[rune]rune{
	'←': '<', '→': '>', '↑': '^', '↓': 'v', '‹': '<', '›': '>', '«': '"', '»': '"',
	'‘': '\'', '’': '\'', '“': '"', '”': '"', '‐': '-', '‑': '-', '–': '-', '—': '-', '−': '-',
	'…': '~', '•': '*', '·': '.', '✓': 'x', '○': 'o', '‖': '=', '°': '0', '×': 'x', '÷': '/', '☾': '(',
	'¡': '!', '¿': '?', 'ß': 's', 'ø': 'o', 'Ø': 'O', 'ł': 'l', 'Ł': 'L', 'đ': 'd', 'Đ': 'D', 'ı': 'i', 'æ': 'a', 'Æ': 'A', 'œ': 'o', 'Œ': 'O',
	'─': '-', '━': '-', '│': '|', '┃': '|', '█': '#', '▓': '#', '▒': ':', '░': '.', '≤': '<', '≥': '>', '½': '5', '\u00a0': ' ', '\u202f': ' ',
}

// replace returns what to show for a character of so many cells that the
// terminal lacks, as the sequence of code points that make it up: its letter
// without accents, a sign that looks like it, or question marks.
func (s Set) replace(to []byte, cluster string, cells int) []byte {
	if cells != 1 {
		return append(to, strings.Repeat("?", cells)...)
	}
	whole, _ := utf8.DecodeRuneInString(norm.NFC.String(cluster))
	letter, _ := utf8.DecodeRuneInString(norm.NFD.String(cluster))
	like, known := lookalikes[whole]
	switch {
	case s.has(whole):
		return s.append(to, whole)
	case known:
		return append(to, byte(like))
	case s.has(letter):
		return s.append(to, letter)
	}
	return append(to, '?')
}
