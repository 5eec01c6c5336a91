package safe

import (
	"bytes"
	"encoding/json"
	"errors"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestOnlyStylesGetThroughAStyledGate(t *testing.T) {
	for in, want := range map[string]string{
		"plain\ntext\r\n\tends":                  "plain\ntext\r\n\tends",
		"\x1b[1;31mred\x1b[0m":                   "\x1b[1;31mred\x1b[0m",
		"\x1b[38;2;8;5;6mred\x1b[m":              "\x1b[38;2;8;5;6mred\x1b[m",
		"\x1b[48;5;8;1mred":                      "\x1b[48;5;8;1mred",
		"\x1b[4:3;58:2::8:8:8mwave":              "\x1b[4:3;58:2::8:8:8mwave",
		"\x1b[8mhidden":                          "␛[8mhidden",
		"\x1b[1;08mhidden":                       "␛[1;08mhidden",
		"\x1b[5mblinks":                          "␛[5mblinks",
		"\x1b[2J\x1b[H\x1b[6n":                   "␛[2J␛[H␛[6n",
		"\x1b]52;c;aGk=\x07":                     "␛]52;c;aGk=␇",
		"\x1b]8;;http://x\x1b\\link":             "␛]8;;http://x␛\\link",
		"\x1bPq\x1b\\\x1b_a\x1b^b\x1bXc":         "␛Pq␛\\␛_a␛^b␛Xc",
		"\u009b31m":                              "\ufffd31m",
		"\x9b31m":                                "\ufffd31m",
		"over\rwritten":                          "over␍written",
		"\x1b[" + strings.Repeat("1;", 40) + "m": "␛[" + strings.Repeat("1;", 40) + "m",
		"\x1b":                                   "␛",
		"\x1b[":                                  "␛[",
		"\x1b[31":                                "␛[31",
		"\u202e\u2066\u200b\U000e0041abc":        "abc",
		"é\xc3":                                  "é\ufffd",
	} {
		if got := Styled(in); got != want {
			t.Errorf("Styled(%q) is %q, want %q", in, got, want)
		}
	}
	if got := Lines("\x1b[31mred\r\nnext\n"); got != "␛[31mred\r\nnext\n" {
		t.Errorf("Lines keeps %q", got)
	}
}

func TestAGateTellsOfAnOutputThatFails(t *testing.T) {
	if _, err := NewGate(failing{}, true).Write([]byte("x")); !errors.Is(err, errFails) {
		t.Errorf("it says %v", err)
	}
}

type failing struct{}

var errFails = errors.New("fails")

func (failing) Write([]byte) (int, error) { return 0, errFails }

// style of our own: numbers, and neither blinking nor hiding.
var ours = regexp.MustCompile(`\x1b\[[0-9;:]*m`)

// unfit is the first rune of s that no output may get, or nothing.
func unfit(s string) string {
	marks := marksPerBase
	for _, r := range s {
		if r == '\n' || r == '\t' {
			marks = marksPerBase
			continue
		}
		if marks++; !attaches(r) {
			marks = 0
		}
		if marks > marksPerBase || r != joiner && (unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp)) {
			return string(r)
		}
	}
	return ""
}

func FuzzGate(f *testing.F) {
	for _, s := range []string{
		"a\n", "\x1b[1mx\x1b[m", "\x1b[8mx", "\x1b]52;c;aGk=\x07", "\r\n\r", "\xff\xc3", "é\u0301\u0301\u0301\u0301\u0301\u0301", "\u202e\u009b\U000e0001",
		"\x1b[38;5;8;8m", "👩\u200d⚕\ufe0f",
	} {
		f.Add(s, 1, true)
		f.Add(s, 3, false)
	}
	f.Fuzz(func(t *testing.T, s string, cut int, styled bool) {
		got := whole(s, styled)
		if again := whole(got, styled); again != got {
			t.Fatalf("cleaning %q twice gives %q", got, again)
		}
		bare := strings.ReplaceAll(got, "\r\n", "\n")
		if styled {
			bare = ours.ReplaceAllString(bare, "")
		}
		if !utf8.ValidString(got) || unfit(bare) != "" {
			t.Fatalf("%q becomes %q, with %q in it", s, got, unfit(bare))
		}
		if len(got) > 3*len(s) {
			t.Fatalf("%d bytes become %d", len(s), len(got))
		}
		var b bytes.Buffer
		g := NewGate(&b, styled)
		for rest := []byte(s); len(rest) > 0; {
			n := min(len(rest), max(1, cut%7))
			if _, err := g.Write(rest[:n]); err != nil {
				t.Fatal(err)
			}
			rest = rest[n:]
		}
		if err := g.Close(); err != nil || b.String() != got {
			t.Fatalf("in pieces %q becomes %q, at once %q", s, b.String(), got)
		}
	})
}

func FuzzJSON(f *testing.F) {
	for _, s := range []string{"note", "\x1b[2J\x7f", "\u202e\u009b\u2028", "e" + strings.Repeat("\u0301", 9), "\xff", "\U000e0041👩\u200d⚕\ufe0f"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		line, err := json.Marshal(map[string]string{s: s})
		if err != nil {
			t.Skip()
		}
		shown := JSON(line)
		if unfit(string(shown)) != "" || !utf8.Valid(shown) || bytes.ContainsAny(shown, "\n\t") {
			t.Fatalf("%q shows as %q", s, shown)
		}
		if again := JSON(shown); !bytes.Equal(again, shown) {
			t.Fatalf("twice is not once: %q, %q", shown, again)
		}
		var want, got any
		if err := errors.Join(json.Unmarshal(line, &want), json.Unmarshal(shown, &got)); err != nil || !cmp.Equal(want, got) {
			t.Fatalf("%q became %q: %v", line, shown, err)
		}
	})
}
