package charset_test

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/encoding/charmap"
	"pgregory.net/rapid"

	"lull/ui/charset"
)

func of(locale, term string) charset.Set {
	env := map[string]string{"LANG": locale, "TERM": term}
	return charset.Of(func(name string) string { return env[name] })
}

func write(t testing.TB, set charset.Set, parts ...string) string {
	t.Helper()
	var out bytes.Buffer
	w := charset.NewWriter(&out, set)
	for _, p := range parts {
		if n, err := w.Write([]byte(p)); n != len(p) || err != nil {
			t.Fatalf("wrote %d of %d bytes: %v", n, len(p), err)
		}
	}
	return out.String()
}

func TestTextIsWrittenInTheCharactersOfTheLocale(t *testing.T) {
	const text = "¿Mañana? «5 °C» — ← x → ✓ … 🙂 日 cafe\u0301"
	for name, c := range map[string]struct{ locale, term, want string }{
		"UTF-8":            {"es_ES.UTF-8", "xterm", text},
		"UTF-8, unset":     {"", "xterm", text},
		"C.utf8":           {"C.utf8", "xterm", text},
		"macOS":            {"UTF-8", "xterm", text},
		"C":                {"C", "xterm", `?Manana? "5 0C" - < x > x ~ ?? ?? cafe`},
		"POSIX":            {"POSIX", "linux", `?Manana? "5 0C" - < x > x ~ ?? ?? cafe`},
		"no encoding":      {"es_ES", "xterm", `?Manana? "5 0C" - < x > x ~ ?? ?? cafe`},
		"unknown encoding": {"ja_JP.eucJP", "xterm", `?Manana? "5 0C" - < x > x ~ ?? ?? cafe`},
		"Latin-1":          {"es_ES.ISO-8859-1", "xterm", "\xbfMa\xf1ana? \xab5 \xb0C\xbb - < x > x ~ ?? ?? cafe"},
		"Latin-9":          {"es_ES.ISO-8859-15@euro", "xterm", "\xbfMa\xf1ana? \xab5 \xb0C\xbb - < x > x ~ ?? ?? cafe"},
		"console":          {"es_ES.UTF-8", "linux", "¿Mañana? «5 °C» - < x > x ~ ?? ?? cafe"},
		"console, 16":      {"", "linux-16color", "¿Mañana? «5 °C» - < x > x ~ ?? ?? cafe"},
	} {
		set := of(c.locale, c.term)
		if got := write(t, set, text); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		if got, want := set.Limited(), c.want != text; got != want {
			t.Errorf("%s: limited %v, want %v", name, got, want)
		}
	}
}

func TestLC_ALLWinsOverLANG(t *testing.T) {
	env := map[string]string{"LANG": "C", "LC_CTYPE": "es_ES.ISO-8859-1", "LC_ALL": "es_ES.UTF-8"}
	if charset.Of(func(name string) string { return env[name] }).Limited() {
		t.Error("LC_ALL is not looked at first")
	}
}

// A layout is measured in cells before the characters are replaced.
func TestReplacedTextTakesAsManyCellsAndKeepsEscapes(t *testing.T) {
	sets := map[string]charset.Set{"C": of("C", ""), "Latin-1": of("C.ISO-8859-1", ""), "Latin-2": of("pl_PL.ISO-8859-2", ""), "console": of("", "linux")}
	piece := rapid.OneOf(
		rapid.StringMatching(`[ -~]{0,5}`),
		rapid.SampledFrom([]string{"\x1b[1;38;2;1;2;3m", "\x1b[0m", "\x1b[3;4H", "á", "ñ", "e\u0301", "←", "█", "…", "日", "🙂", "👨‍👩‍👧", "❤️", "ł", "ż", "§", "\u0085", "\u202e"}),
		rapid.Map(rapid.Rune(), func(r rune) string { return string(r) }).Filter(func(s string) bool { return s[0] >= utf8.RuneSelf }),
	)
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(piece, 0, 20).Draw(t, "parts")
		name := rapid.SampledFrom([]string{"C", "Latin-1", "Latin-2", "console"}).Draw(t, "set")
		text := strings.Join(parts, "")
		var out bytes.Buffer
		w := charset.NewWriter(&out, sets[name])
		for p := []byte(text); len(p) > 0; { // in pieces that end anywhere
			n := rapid.IntRange(1, len(p)).Draw(t, "piece")
			if _, err := w.Write(p[:n]); err != nil {
				t.Fatal(err)
			}
			p = p[n:]
		}
		got := decoded(name, out.Bytes())
		if !utf8.ValidString(got) {
			t.Fatalf("%q is not what the terminal reads", out.Bytes())
		}
		for _, r := range got {
			if name == "C" && r >= utf8.RuneSelf || r > 0x17f && name != "Latin-2" || r >= 0x80 && r < 0xa0 {
				t.Fatalf("%q holds %U, which the terminal lacks", got, r)
			}
		}
		if want, n := strings.Count(text, "\x1b["), strings.Count(got, "\x1b["); n != want {
			t.Fatalf("%q has %d escape sequences, %q %d", text, want, got, n)
		}
	})
}

func decoded(name string, out []byte) string {
	table := map[string]*charmap.Charmap{"Latin-1": charmap.ISO8859_1, "Latin-2": charmap.ISO8859_2}[name]
	if table == nil {
		return string(out)
	}
	text, err := table.NewDecoder().Bytes(out)
	if err != nil {
		return "\xff"
	}
	return string(text)
}

func TestReplacedCharactersTakeAsManyCells(t *testing.T) {
	for _, set := range []charset.Set{of("C", ""), of("", "linux"), of("C.ISO-8859-1", "")} {
		for _, text := range []string{"á", "ñ", "←→↑↓", "█░─", "日本", "🙂", "👨‍👩‍👧", "❤️", "ａ", "…", "a\u0301b", "½", "№", "ﬁ", "가", "각"} {
			got := decodedWidth(write(t, set, text))
			if want := ansi.StringWidth(text); got != want {
				t.Errorf("%q takes %d cells, %d before", text, got, want)
			}
		}
	}
}

// decodedWidth counts the cells of text in one byte a character, or in UTF-8.
func decodedWidth(text string) int {
	if utf8.ValidString(text) {
		return ansi.StringWidth(text)
	}
	return len(text)
}

func TestACharacterMayBeSplitOverTwoWrites(t *testing.T) {
	if got := write(t, of("", "linux"), "ma\xc3", "\xb1ana \xe2\x86", "\x92"); got != "mañana >" {
		t.Errorf("%q", got)
	}
}

func TestWhatIsTypedInLatin1IsReadAsUTF8(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, err := w.WriteString("ma\xf1ana\r"); err != nil {
		t.Fatal(err)
	}
	w.Close()
	f := charset.NewFile(r, of("es_ES.ISO-8859-1", ""))
	buf := make([]byte, 64)
	n, err := f.Read(buf)
	if got := string(buf[:n]); got != "mañana\r" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
}
