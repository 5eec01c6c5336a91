package uitest

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"lull/routine/cues"
	"lull/routine/journal"
	"lull/ui/screen"
)

// Keys presses keys on a screen, by their names, and returns what the last one
// asked for.
func Keys(w screen.World, s screen.Screen, names ...string) screen.Do {
	var do screen.Do
	for _, name := range names {
		do = s.Update(w, Press(name))
	}
	return do
}

// Type presses a key for every letter.
func Type(w screen.World, s screen.Screen, text string) {
	for _, r := range text {
		s.Update(w, tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

// Click presses the mouse on the first cell of the text, where the screen
// draws it now.
func Click(t testing.TB, w screen.World, s screen.Screen, text string) screen.Do {
	t.Helper()
	x, y := Spot(t, s.Draw(w), text)
	return s.Update(w, tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
}

// Wheel turns the mouse's wheel down by so many notches, up when negative.
func Wheel(w screen.World, s screen.Screen, notches int) {
	button := tea.MouseWheelDown
	if notches < 0 {
		button, notches = tea.MouseWheelUp, -notches
	}
	for range notches {
		s.Update(w, tea.MouseWheelMsg{Button: button})
	}
}

// Spot is the column and row of the first place where the text stands.
func Spot(t testing.TB, frame, text string) (x, y int) {
	t.Helper()
	for y, line := range strings.Split(ansi.Strip(frame), "\n") {
		if before, _, there := strings.Cut(line, text); there {
			return ansi.StringWidth(before), y
		}
	}
	t.Fatalf("%q is not on the screen:\n%s", text, Text(frame))
	return 0, 0
}

// Reads fails unless every one of the sentences is on the frame, wherever its
// lines are broken.
func Reads(t testing.TB, frame string, sentences ...string) {
	t.Helper()
	for _, want := range sentences {
		if seen := strings.Join(strings.Fields(ansi.Strip(frame)), " "); !strings.Contains(seen, want) {
			t.Errorf("%q is not on the screen:\n%s", want, Text(frame))
		}
	}
}

// Misses fails if one of the texts is on the frame.
func Misses(t testing.TB, frame string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if seen := Text(frame); strings.Contains(seen, text) {
			t.Errorf("%q is on the screen:\n%s", text, seen)
		}
	}
}

// Recorded are the facts that a Do asks to record; what it takes back or
// revises is not among them.
func Recorded(do screen.Do) []journal.Fact {
	var facts []journal.Fact
	for _, r := range do.Records {
		if r.Fact != nil {
			facts = append(facts, r.Fact)
		}
	}
	return facts
}

// Nothing fails if the Do asks for anything at all.
func Nothing(t testing.TB, do screen.Do) {
	t.Helper()
	if do.Push != nil || do.Replace != nil || do.Pop || do.Go != 0 || do.Cmd != nil ||
		do.Records != nil || do.Note != nil || do.Set != nil || do.Say != "" || do.Cue != (cues.Cue{}) {
		t.Errorf("it asked for %+v", do)
	}
}
