package safety

import (
	"slices"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"lull/routine"
	"lull/routine/journal"
	"lull/routine/say"
	"lull/ui/keymap"
	"lull/ui/screen"
	"lull/ui/widget"
)

// Notice is something that the diary brought up.
type Notice struct {
	Why   string        // what brought it up, one sentence
	Signs []string      // ids of the signs it is about, the gravest first
	Next  screen.Screen // what to read next, or nil
	Word  string        // for what to read next
	Seen  string        // the name under which it was seen
}

// TrippedScreen shows a notice once, calmly. It is gone when it was read: not
// before its end was in sight, and not by a key that was meant for what it came
// up over.
type TrippedScreen struct {
	notice Notice
	scroll int
	since  time.Time // it has been in sight
}

// settles is how long a notice takes no key that closes it.
const settles = time.Second

// Tripped makes the screen.
func Tripped(n Notice) *TrippedScreen { return &TrippedScreen{notice: n} }

// Update scrolls, or closes the notice and writes down that it was seen.
func (s *TrippedScreen) Update(w screen.World, msg tea.Msg) screen.Do {
	switch msg := msg.(type) {
	case screen.Shown:
		s.since = w.Now
	case tea.KeyPressMsg:
		return s.press(w, msg)
	case tea.MouseWheelMsg:
		s.scroll += screen.Notches(msg)
	}
	return screen.Do{}
}

func (s *TrippedScreen) press(w screen.World, msg tea.KeyPressMsg) screen.Do {
	a, _ := w.Keys.First(msg, keymap.Go, keymap.Back, keymap.Up, keymap.Down, keymap.Top, keymap.Bottom)
	closes := a == keymap.Go || a == keymap.Back
	switch {
	case closes && w.Now.Sub(s.since) < settles:
	case closes && s.more(w):
		s.scroll += max(1, s.room(w)-2)
	case a == keymap.Go && s.notice.Next != nil:
		return screen.Do{Replace: s.notice.Next, Records: s.seen()}
	case closes:
		return screen.Do{Pop: true, Records: s.seen()}
	default:
		s.scroll += scrolls[a]
	}
	return screen.Do{}
}

func (s *TrippedScreen) room(w screen.World) int { return max(1, w.Height-1) }

// more says whether some of it is still to be read.
func (s *TrippedScreen) more(w screen.World) bool {
	return widget.Below(s.rows(w), s.scroll, s.room(w))
}

func (s *TrippedScreen) seen() []screen.Record {
	return []screen.Record{{Fact: journal.Seen{Card: s.notice.Seen}}}
}

// word is what the one key does.
func (s *TrippedScreen) word(w screen.World) string {
	switch {
	case s.more(w):
		return say.Text("read on")
	case s.notice.Next != nil:
		return s.notice.Word
	}
	return say.Text("I have read this")
}

// Help lists what the keys do here.
func (s *TrippedScreen) Help(w screen.World) []key.Binding {
	return []key.Binding{
		w.Keys.Saying(keymap.Go, s.word(w)), w.Keys.Saying(keymap.Back, say.Text("close")), w.Keys.Saying(keymap.Signs, say.Text("all signs")),
		w.Keys.Saying(keymap.Down, say.Text("scroll down")), w.Keys.Saying(keymap.Up, say.Text("scroll up")),
	}
}

// Draw shows the notice. The key that closes it is always in sight.
func (s *TrippedScreen) Draw(w screen.World) string {
	th := w.Theme
	foot := th.Accent.Render(w.Keys.Label(keymap.Go)) + th.Text.Render(" "+s.word(w))
	var block string
	block, s.scroll = widget.Window(th, s.rows(w), s.scroll, w.Width, s.room(w))
	return block + "\n" + widget.Clip(foot, w.Width, 1)
}

// rows say what brought it up, what the signs are, and what to do about them. Of
// an emergency what to do comes first.
func (s *TrippedScreen) rows(w screen.World) []string {
	th := w.Theme
	why := th.Text.Render(widget.Wrap(s.notice.Why, w.Width))
	safety, err := w.Library.Safety()
	if err != nil {
		return []string{th.Title.Render(say.Text("Worth a moment")), "", why}
	}
	signs := s.signs(w, safety)
	if s.emergency(safety) {
		return append(signs, "", why)
	}
	return append([]string{th.Title.Render(say.Text("Worth a moment")), "", why, ""}, signs...)
}

// emergency says whether one of the signs is of an emergency.
func (s *TrippedScreen) emergency(safety routine.Safety) bool {
	return slices.ContainsFunc(s.notice.Signs, func(id string) bool {
		tier, _, ok := safety.Tier(id)
		return ok && tier.Title == safety.Emergency.Title
	})
}

// signs are those of the notice, each below what to do about it; that is said
// once for signs that ask for the same.
func (s *TrippedScreen) signs(w screen.World, safety routine.Safety) []string {
	th := w.Theme
	var rows []string
	act := ""
	for _, id := range s.notice.Signs {
		tier, sign, ok := safety.Tier(id)
		if !ok {
			continue
		}
		if tier.Title != act {
			act = tier.Title
			rows = append(rows, th.Warn.Render(widget.Wrap(th.Glyphs.Alert+" "+tier.Title, w.Width)),
				th.Title.Render(widget.Wrap(strings.Join(tier.Act, " "), w.Width)))
		}
		rows = append(rows, th.Text.Render(widget.Hang(th.Glyphs.Bullet+" ", strings.Join(sign.Text, " "), w.Width)))
	}
	return rows
}
