package ui

import (
	"fmt"
	"strings"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"lull/routine/journal"
	"lull/ui/keymap"
	"lull/ui/uitest"
)

func synctestWait() { synctest.Wait() }

// event is one thing that happens to the app.
type event struct {
	what string
	do   func()
}

// sorts of events, with how often each comes.
var sorts = []struct {
	weight int
	make   func(*storm) event
}{
	{46, (*storm).offered}, {10, (*storm).anyKey}, {6, (*storm).oddKey}, {8, (*storm).typing},
	{3, (*storm).paste}, {2, (*storm).resize}, {8, (*storm).click}, {3, (*storm).wheel}, {1, (*storm).drag},
	{1, (*storm).focus}, {9, (*storm).time}, {1, (*storm).asleep}, {1, (*storm).clockSet}, {2, (*storm).elsewhere},
	{1, (*storm).disk}, {1, (*storm).terminal},
}

func (s *storm) choose() event {
	sum := 0
	for _, k := range sorts {
		sum += k.weight
	}
	n := s.dice.IntN(sum)
	for _, k := range sorts {
		if n -= k.weight; n < 0 {
			return k.make(s)
		}
	}
	panic("unreachable")
}

func oneOf[T any](s *storm, of []T) T { return of[s.dice.IntN(len(of))] }

func (s *storm) press(msg tea.KeyPressMsg) event {
	return event{fmt.Sprintf("key %q", msg.String()), func() { s.give(msg) }}
}

// named is a key by its name; those that leave are rare.
func (s *storm) named(key string) event {
	if (key == "q" || key == "ctrl+c") && s.dice.IntN(20) > 0 {
		key = "down"
	}
	return s.press(keymap.Press(key))
}

// offered is a key that does something here and now.
func (s *storm) offered() event {
	bs := s.root.bindings()
	if s.dice.IntN(5) == 0 {
		bs = s.root.world.Keys.Bindings(keymap.Up, keymap.Down, keymap.Top, keymap.Bottom, keymap.Back)
	}
	if len(bs) == 0 {
		return s.anyKey()
	}
	keys := oneOf(s, bs).Keys()
	if len(keys) == 0 {
		return s.anyKey()
	}
	return s.named(oneOf(s, keys))
}

func (s *storm) anyKey() event {
	for {
		keys := s.root.world.Keys.Bindings(keymap.Action(oneOf(s, keymap.Actions())))[0].Keys()
		if len(keys) > 0 {
			return s.named(oneOf(s, keys))
		}
	}
}

var odd = []tea.Key{
	{Code: tea.KeyF1}, {Code: tea.KeyInsert}, {Code: tea.KeyPgUp}, {Code: tea.KeyPgDown}, {Code: 'a', Mod: tea.ModCtrl}, {Code: 'e', Mod: tea.ModCtrl},
	{Code: 'k', Mod: tea.ModCtrl}, {Code: 'u', Mod: tea.ModCtrl}, {Code: 'w', Mod: tea.ModCtrl}, {Code: 'v', Mod: tea.ModCtrl}, {Code: 'z', Mod: tea.ModCtrl},
	{Code: 'b', Mod: tea.ModAlt}, {Code: tea.KeyBackspace, Mod: tea.ModAlt}, {Code: tea.KeyLeft, Mod: tea.ModCtrl}, {Code: tea.KeyRight, Mod: tea.ModAlt},
	{Code: 'ä', Text: "ä"}, {Code: '漢', Text: "漢"}, {Code: tea.KeyExtended, Text: "👩‍👩‍👧"}, {Code: 0x202e, Text: "\u202e"}, {Code: 0x1b, Text: "\x1b"},
	{Code: 0x9b, Text: "\u009b"}, {Code: '\n', Text: "\n"}, {Code: 0x301, Text: "\u0301"}, {Code: 0}, {Code: -1}, {Text: "\xff"}, {Code: 0x7f, Text: "\x7f"},
	{Code: tea.KeyDelete}, {Code: tea.KeyBackspace}, {Code: tea.KeyEnter, Mod: tea.ModShift}, {Code: 'q', Mod: tea.ModAlt},
}

func (s *storm) oddKey() event { return s.press(tea.KeyPressMsg(oneOf(s, odd))) }

var typed = []string{
	"0", "7", "9", "42", "3:10", "03:10", "2026-11-22", "2026-08-03", "yesterday", "today", "20m", "magnesium", "left", "blue cup", "250", "250 ml",
	"a note of some length that goes on and on", "-1", "99999999999999999999", "漢字", "é̂̃̄̅", " ", "10", "calf",
}

// typing is a text, letter by letter, and perhaps the key that accepts it.
func (s *storm) typing() event {
	text := oneOf(s, typed)
	enter := s.dice.IntN(2) == 0
	return event{fmt.Sprintf("typing %q, enter %v", text, enter), func() {
		for _, r := range text {
			s.give(tea.KeyPressMsg{Code: r, Text: string(r)})
		}
		if enter {
			s.give(keymap.Press("enter"))
		}
	}}
}

// hostile are texts that want to be more than text.
var hostile = []string{
	"", "a note", "\x1b[2J\x1b[H", "\x1b]0;title\a", "\x1b]52;c;bHVsbA==\a", "\u202eevil\u202c", "\u2066x\u2069", "a\nb\r\nc\td", "\x00\x01\x7f\u0085\u009b31m",
	"\xff\xfe\xc3", "漢字漢字漢字漢字漢字漢字", "👩‍👩‍👧‍👦🏳️‍🌈", "e" + strings.Repeat("\u0301", 60), strings.Repeat("w", 3000), "\ufeff\u200b\u200f", "\u2028\u2029",
	"\x1bP+q544e\x1b\\", "=cmd()", strings.Repeat("ﷺ", 40), "\ufffd\U0010ffff\U000e0041",
}

func (s *storm) paste() event {
	text := oneOf(s, append(hostile[1:], typed...))
	if s.dice.IntN(6) == 0 {
		text = strings.Repeat(text+"x", 100<<10/(len(text)+1))
	}
	return event{fmt.Sprintf("paste of %d bytes %.40q", len(text), text), func() { s.give(tea.PasteMsg{Content: text}) }}
}

var windows = [][2]int{
	{80, 24}, {80, 24}, {80, 24}, {40, 12}, {41, 13}, {100, 30}, {120, 40}, {60, 20}, {59, 19}, {132, 50}, {200, 60}, {80, 12}, {40, 60},
	{1, 1}, {0, 0}, {39, 12}, {40, 11}, {500, 200}, {500, 3}, {1, 200}, {1000, 900}, {72, 18}, {-1, -5},
}

func (s *storm) resize() event {
	size := oneOf(s, windows)
	if s.dice.IntN(4) == 0 {
		size = [2]int{s.dice.IntN(160), s.dice.IntN(60)}
	}
	return event{fmt.Sprintf("window of %dx%d", size[0], size[1]), func() {
		s.give(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		if size[0] < 40 || size[1] < 12 || size[0] > 200 { // not for long
			s.pass(time.Duration(s.dice.IntN(1500)) * time.Millisecond)
			s.give(keymap.Press("space"))
			s.give(tea.WindowSizeMsg{Width: 80, Height: 24})
		}
	}}
}

func (s *storm) spot() (x, y int) {
	w, h := max(1, s.size.Width), max(1, s.size.Height)
	switch s.dice.IntN(5) {
	case 0:
		return s.dice.IntN(w), h - 1
	case 1:
		return s.dice.IntN(w), 0
	}
	return s.dice.IntN(w+2) - 1, s.dice.IntN(h+2) - 1
}

func (s *storm) click() event {
	x, y := s.spot()
	button := tea.MouseLeft
	if s.dice.IntN(8) == 0 {
		button = tea.MouseButton(s.dice.IntN(12))
	}
	m := tea.MouseClickMsg{X: x, Y: y, Button: button}
	return event{fmt.Sprintf("click at %d,%d of button %v", x, y, button), func() {
		s.give(m)
		s.give(tea.MouseReleaseMsg(m))
	}}
}

func (s *storm) wheel() event {
	x, y := s.spot()
	button := oneOf(s, []tea.MouseButton{tea.MouseWheelUp, tea.MouseWheelDown, tea.MouseWheelLeft, tea.MouseWheelRight})
	return event{fmt.Sprintf("wheel %v", button), func() { s.give(tea.MouseWheelMsg{X: x, Y: y, Button: button}) }}
}

func (s *storm) drag() event {
	x, y := s.spot()
	return event{"drag", func() {
		s.give(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
		for range 3 {
			x, y := s.spot()
			s.give(tea.MouseMotionMsg{X: x, Y: y, Button: tea.MouseLeft})
		}
		s.give(tea.MouseReleaseMsg{X: x, Y: y, Button: tea.MouseLeft})
	}}
}

func (s *storm) focus() event {
	return event{"blur and focus", func() { s.give(tea.BlurMsg{}); s.give(tea.FocusMsg{}) }}
}

func (s *storm) time() event {
	d := time.Duration(s.dice.IntN(1500)) * time.Millisecond
	switch s.dice.IntN(8) {
	case 0:
		d *= 10
	case 1:
		d = 0
	}
	if s.dice.IntN(60) == 0 {
		d = 4 * time.Minute
	}
	return event{fmt.Sprint(d, " pass"), func() { s.pass(d) }}
}

// asleep is a lid that is closed: no tick comes, and then all at once.
func (s *storm) asleep() event {
	d := time.Duration(s.dice.IntN(40)) * time.Hour / 4
	return event{fmt.Sprint("asleep for ", d), func() {
		s.later(d, d)
		s.pass(time.Second)
	}}
}

// clockSet is a wall clock that somebody sets, also back.
func (s *storm) clockSet() event {
	d := time.Duration(s.dice.IntN(9)-4) * 37 * time.Minute
	if s.dice.IntN(10) == 0 {
		d *= 100
	}
	return event{fmt.Sprint("the clock is set by ", d), func() { s.later(d, 0) }}
}

// elsewhere is somebody who writes from another window or a shell.
func (s *storm) elsewhere() event {
	at := s.now()
	pain := s.dice.IntN(11)
	facts := []journal.Fact{
		journal.Ticked{Item: fmt.Sprintf("glass-%d", 1+s.dice.IntN(9)), List: "water", ML: 250}, journal.Ticked{Item: oneOf(s, hostile), List: "water"},
		journal.Cramped{Muscle: "calf", Side: "left", Pain: &pain, Note: oneOf(s, hostile), Signs: []string{"swelling"}}, journal.Quiet{},
		journal.Marked{Mark: oneOf(s, hostile)}, journal.Seen{Card: oneOf(s, hostile)}, journal.Unknown{Name: "dreamt"},
		journal.Paused{From: journal.DefaultCalendar.Night(at) - 2}, journal.Medicine{Name: oneOf(s, hostile), From: journal.DefaultCalendar.Day(at) - 3},
		journal.Stretched{Routine: oneOf(s, hostile), Outcome: journal.Partial, PlannedS: 120, HeldS: 30, Moves: []journal.Move{}},
	}
	f := oneOf(s, facts)
	e := journal.New(&s.mint, journal.DefaultCalendar, at, at.Add(-time.Duration(s.dice.IntN(72))*time.Hour), f)
	if all, err := s.log.Mem.Page(s.t.Context(), journal.ID{}, 1<<20); err == nil && len(all) > 0 && s.dice.IntN(3) == 0 {
		old := oneOf(s, all)
		e = journal.NewWithdrawal(&s.mint, at, old)
		if s.dice.IntN(2) == 0 {
			if revised, err := journal.NewRevision(&s.mint, at, old, map[string]any{"note": oneOf(s, hostile)}); err == nil {
				e = revised
			}
		}
	}
	return event{fmt.Sprintf("elsewhere: %s", e.Fact.Kind()), func() { s.others(e) }}
}

// disk makes the journal's disk fail, or be well again.
func (s *storm) disk() event {
	switch s.dice.IntN(5) {
	case 0:
		err := oneOf(s, faults)
		return event{fmt.Sprintf("the disk fails: %v", err), func() { s.log.Fail(fmt.Errorf("open lull.db: %w; \x1b[31mthe way out", err)) }}
	case 1:
		return event{"the disk does not say what it did", func() { s.log.unsure.Store(true) }}
	case 2:
		return event{"the disk is slow", func() { s.log.slow.Store(int64(700 * time.Millisecond)) }}
	}
	return event{"the disk is well", s.well}
}

// terminal is what a terminal tells of itself.
func (s *storm) terminal() event {
	switch s.dice.IntN(3) {
	case 0:
		return event{"a bright background", func() { s.give(tea.BackgroundColorMsg{Color: uitest.Theme("light").Background}) }}
	case 1:
		return event{"an answer nobody asked for", func() { s.give(deviceAnswer) }}
	}
	return event{"an unknown message", func() { s.give(struct{ x int }{1}) }}
}
