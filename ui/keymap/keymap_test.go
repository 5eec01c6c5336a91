package keymap_test

import (
	"os"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"lull/ui/keymap"
)

func TestNoTwoLiveBindingsShareAKey(t *testing.T) {
	if _, err := keymap.Default().With(nil); err != nil {
		t.Error(err)
	}
}

func TestChangesThatCannotBeAreRefusedByName(t *testing.T) {
	for _, c := range []struct {
		changes map[string][]string
		want    string
	}{
		{map[string][]string{"dance": {"d"}}, "no such action"},
		{map[string][]string{"pause": {}}, "at least one key"},
		{map[string][]string{"drink": {"?"}}, `help and drink are both on "?"`},
		{map[string][]string{"quit": {"ctrl+c", "w"}}, `quit and drink are both on "w"`},
		{map[string][]string{"quit": {"w", "ctrl+c"}, "undo": {"space"}}, `quit and drink are both on "w"`},
		{map[string][]string{"quit": {"w", "ctrl+c"}, "undo": {"space"}}, `undo and pause are both on "space", undo and tick`},
		{map[string][]string{"up": {"m"}}, `up and muscle are both on "m"; give one of them another key`},
		{map[string][]string{"yes": {"r"}}, `set-routine and yes are both on "r"; give one of them another key`},
		{map[string][]string{"drink": {"ctrl+c"}}, "drink: ctrl+c always leaves lull; choose another key"},
		{map[string][]string{"quit": {"ctrl+z"}}, "ctrl+z gives the terminal back to the shell"},
		{map[string][]string{"drink": {"W", "foo"}}, `drink: no key is called "foo"; allowed: one letter or sign, backspace, delete, down,`},
		{map[string][]string{"pause": {"Space"}}, `pause: no key is called "Space"`},
		{map[string][]string{"pause": {"shift+p"}}, `pause: no key is called "shift+p"`},
	} {
		got, err := keymap.Default().With(c.changes)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: %v, want %q", c.changes, err, c.want)
		}
		if err == nil {
			continue
		}
		_ = got
	}
}

func TestEveryKeyOfAKeyboardCanBeNamed(t *testing.T) {
	for _, k := range []string{"ñ", "+", "ctrl++", "alt+w", "ctrl+alt+W", "f12", "pgdown", "shift+up", "ctrl+space", "alt+enter", "é"} {
		if _, err := keymap.Default().With(map[string][]string{"drink": {k}}); err != nil {
			t.Errorf("%q: %v", k, err)
		}
	}
}

func TestAChangedKeyDoesItsActionAndTheOldOneNoMore(t *testing.T) {
	m, err := keymap.Default().With(map[string][]string{"drink": {"d", "ctrl+w"}})
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]bool{"d": true, "ctrl+w": true, "w": false} {
		if got := m.Is(keymap.Press(key), keymap.Drink); got != want {
			t.Errorf("%s drinks: %v", key, got)
		}
	}
	if m.Label(keymap.Drink) != "d" {
		t.Errorf("it is shown as %q", m.Label(keymap.Drink))
	}
}

// A click on a hint presses the key by its name: every name in the table must
// come out as the key that bears it.
func TestEveryKeyOfTheTableIsPressedByItsName(t *testing.T) {
	m := keymap.Default()
	for _, name := range keymap.Actions() {
		for _, b := range m.Bindings(keymap.Action(name)) {
			for _, k := range b.Keys() {
				press := keymap.Press(k)
				if press.String() != k {
					t.Errorf("%s: %q is pressed as %q", name, k, tea.Key(press).String())
				}
			}
		}
	}
}

func TestTheREADMEHasTheTableAsItIs(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(readme), keymap.Default().Table()) {
		t.Errorf("README.md has another table of keys; put this one there:\n%s", keymap.Default().Table())
	}
}
