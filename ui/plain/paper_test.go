package plain

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestLinesAreBrokenAtWordsOnATerminalOnly(t *testing.T) {
	for _, c := range []struct {
		text    string
		columns int
		want    string
	}{
		{"one two three\n", 0, "one two three\n"},
		{"one two three\n", 80, "one two three\n"},
		{"one two three\n", 7, "one two\nthree\n"},
		{"one two three", 8, "one two\nthree"},
		{"unbreakable\n", 4, "unbreakable\n"},
		{"   indented words here\n", 12, "   indented\nwords here\n"},
		{"", 10, ""},
	} {
		if got := folded(c.text, c.columns); got != c.want {
			t.Errorf("%q in %d: %q, want %q", c.text, c.columns, got, c.want)
		}
	}
}

func TestNoWordIsLostWhenLinesAreBroken(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`( {0,3}[a-zé]{1,9} [a-z ]{0,60}\n){0,4}`).Draw(t, "text")
		columns := rapid.IntRange(1, 40).Draw(t, "columns")
		got := folded(text, columns)
		if strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(text), " ") {
			t.Fatalf("%q became %q", text, got)
		}
		for line := range strings.SplitSeq(got, "\n") {
			if utf8.RuneCountInString(line) > columns && len(strings.Fields(line)) > 1 && strings.TrimRight(line, " ") == line {
				t.Fatalf("%q is longer than %d", line, columns)
			}
		}
	})
}
