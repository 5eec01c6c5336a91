//go:build linux

package main

import (
	"strings"
	"testing"
)

func TestAWordIsSeenThroughEscapesAndJumpedBlanks(t *testing.T) {
	var w window
	if !w.shows([]byte("\x1b[?1049h\x1b[1;3H\x1b[1mTonight\x1b[m\x1b[3CSun 22"), []string{"Tonight Sun"}) {
		t.Errorf("only saw %q", w.tail())
	}
}

func TestAWordMayComeInTwoPieces(t *testing.T) {
	var w window
	if w.shows([]byte("\x1b[31mTon"), []string{"Tonight"}) {
		t.Error("saw it too early")
	}
	if !w.shows([]byte("ight\x1b[m"), []string{"Tonight"}) {
		t.Errorf("only saw %q", w.tail())
	}
}

func TestAnyOfTheWordsWillDo(t *testing.T) {
	var w window
	if w.shows([]byte("neither"), []string{"✓", "○"}) || !w.shows([]byte("\x1b[5;5H○"), []string{"✓", "○"}) {
		t.Error("the second word was not found when it came")
	}
}

func TestOldTextLeavesTheWindow(t *testing.T) {
	var w window
	w.shows([]byte("first"), nil)
	w.shows([]byte(strings.Repeat("x", windowSize)), nil)
	if w.shows([]byte("last"), []string{"first"}) || len(w.raw) > 2*windowSize {
		t.Errorf("%d bytes are kept", len(w.raw))
	}
}

func TestATerminalAnswersWhatItIsAsked(t *testing.T) {
	got := answerTo([]byte("hello\x1b[c\x1b]11;?\x07 and \x1b[?2026$p"))
	for _, want := range []string{"\x1b[?62;22c", "\x1b]11;rgb:", "\x1b[?2026;2$y"} {
		if strings.Count(got, want) != 1 {
			t.Errorf("%q is not in %q", want, got)
		}
	}
	if got := answerTo([]byte("\x1b[1mnothing asked\x1b[m")); got != "" {
		t.Errorf("answered %q", got)
	}
}
