package safe

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestWhatATerminalWouldObeyBecomesVisible(t *testing.T) {
	for in, want := range map[string]string{
		"plain text":              "plain text",
		"":                        "",
		"naïve 日本語":               "naïve 日本語",
		"\x1b[31mred\x1b[m":       "␛[31mred␛[m",
		"\x1b]52;c;aGk=\x07":      "␛]52;c;aGk=␇",
		"a\tb\r\nc":               "a␉b␍␊c",
		"\x00\x7f":                "␀␡",
		"\u009b2J\u009d0;x\u009c": "\ufffd2J\ufffd0;x\ufffd",
		"a\xff\xfeb\xc0":          "a\ufffd\ufffdb\ufffd",
		"one\u2028two\u2029":      "one two ",
		"\u202eabc\u2066\u200e":   "abc",
		"x\U000e0041\ue000\ufeff": "x",
		"soft\u00adhyphen":        "softhyphen",
		"\u3164\u115f\u2800":      "\u2800",
		"👩\u200d⚕\ufe0f":          "👩\u200d⚕\ufe0f",
		"\u0301leading mark":      "leading mark",
		"e\u0301":                 "e\u0301",
	} {
		if got := Text(in, 500); got != want {
			t.Errorf("Text(%q) is %q, want %q", in, got, want)
		}
	}
}

func TestALetterKeepsFourMarks(t *testing.T) {
	in := "e" + strings.Repeat("\u0301", 2000) + "f"
	if got, want := Text(in, 500), "e"+strings.Repeat("\u0301", 4)+"f"; got != want {
		t.Errorf("got %d bytes, want %d", len(got), len(want))
	}
}

func TestLongTextIsCutAndSaysSo(t *testing.T) {
	for in, want := range map[string]string{"abcd": "abcd", "abcde": "abc…", "äöüßx": "äöü…"} {
		if got := Text(in, 4); got != want {
			t.Errorf("Text(%q, 4) is %q, want %q", in, got, want)
		}
	}
	if Text("abc", 0) != "" || Text("abc", -1) != "" {
		t.Error("no room still shows text")
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"note", "\x1b[2J", "\u202e\u009b", "e\u0301\u0301\u0301\u0301\u0301", "\xff\xfe\xc0", "👩\u200d⚕\ufe0f", "\U000e0001\U0010ffff"} {
		f.Add(s, 500)
		f.Add(s, 2)
	}
	f.Fuzz(func(t *testing.T, s string, limit int) {
		limit %= 1000
		got := Text(s, limit)
		if !utf8.ValidString(got) || utf8.RuneCountInString(got) > max(limit, 0) {
			t.Fatalf("Text(%q, %d) is %q: not valid or too long", s, limit, got)
		}
		if again := Text(got, limit); again != got {
			t.Fatalf("cleaning %q twice gives %q", got, again)
		}
		marks := marksPerBase
		for _, r := range got {
			if r != joiner && (unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp)) {
				t.Fatalf("Text(%q, %d) lets %U through", s, limit, r)
			}
			if marks++; !attaches(r) {
				marks = 0
			}
			if marks > marksPerBase {
				t.Fatalf("Text(%q, %d) stacks marks: %q", s, limit, got)
			}
		}
	})
}
