//go:build unix

package main

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// A terminal gets no character that it lacks, on any screen.
func TestAWindowUsesTheCharactersOfItsTerminal(t *testing.T) {
	for name, c := range map[string]struct {
		env  []string
		fits func(text string) bool
		has  string // a word with letters that the terminal has
	}{
		"C":       {[]string{"LC_ALL=C", "LANG="}, func(s string) bool { return hasOnly(s, utf8.RuneSelf) }, ""},
		"console": {[]string{"LC_ALL=es_ES.UTF-8", "TERM=linux"}, func(s string) bool { return hasOnly(s, 0x100) }, "Guía"},
		"Latin-1": {[]string{"LC_ALL=es_ES.ISO-8859-1"}, func(s string) bool { return !utf8.ValidString(s) }, "Gu\xeda"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := openTube(t, clocked, c.env)
			w.until("a window", func() bool { return strings.Contains(w.bytes(), "1 ") })
			for i, key := range []string{"2", "3", "4", "5", "6", "7", "?"} {
				before := len(w.bytes())
				if _, err := w.master.WriteString(key); err != nil {
					t.Fatal(err)
				}
				w.until("screen "+key, func() bool { return len(w.bytes()) > before+40*min(i, 1) })
			}
			text := ansi.Strip(w.bytes())
			if !c.fits(text) {
				t.Errorf("it shows what the terminal lacks: %q", lacking(text))
			}
			if !strings.Contains(text, c.has) {
				t.Errorf("the letters of %q that the terminal has are not used", c.has)
			}
		})
	}
}

// hasOnly reports whether every character of text comes before limit.
func hasOnly(text string, limit rune) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool { return r >= limit })
}

// lacking are the characters of text after ASCII.
func lacking(text string) string {
	return strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf {
			return -1
		}
		return r
	}, text)
}
