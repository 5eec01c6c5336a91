package safety

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"lull/routine"
	"lull/routine/journal"
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

// TrippedScreen shows a notice once, calmly. It is gone when it was read.
type TrippedScreen struct {
	notice Notice
	scroll int
}

// Tripped makes the screen.
func Tripped(n Notice) *TrippedScreen { return &TrippedScreen{notice: n} }

// Update scrolls, or closes the notice and writes down that it was seen.
func (s *TrippedScreen) Update(w screen.World, msg tea.Msg) screen.Do {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		a, _ := w.Keys.First(msg, keymap.Go, keymap.Back, keymap.Up, keymap.Down, keymap.Top, keymap.Bottom)
		switch {
		case a == keymap.Go && s.notice.Next != nil:
			return screen.Do{Replace: s.notice.Next, Records: s.seen()}
		case a == keymap.Go || a == keymap.Back:
			return screen.Do{Pop: true, Records: s.seen()}
		}
		s.scroll += scrolls[a]
	case tea.MouseWheelMsg:
		s.scroll += map[tea.MouseButton]int{tea.MouseWheelUp: -1, tea.MouseWheelDown: 1}[msg.Button]
	}
	return screen.Do{}
}

func (s *TrippedScreen) seen() []screen.Record {
	return []screen.Record{{Fact: journal.Seen{Card: s.notice.Seen}}}
}

// word is what the one key does.
func (s *TrippedScreen) word() string {
	if s.notice.Next != nil {
		return s.notice.Word
	}
	return "I have read this"
}

// Help lists what the keys do here.
func (s *TrippedScreen) Help(w screen.World) []key.Binding {
	return []key.Binding{
		w.Keys.Saying(keymap.Go, s.word()), w.Keys.Saying(keymap.Back, "close"), w.Keys.Saying(keymap.Signs, "all signs"),
		w.Keys.Saying(keymap.Down, "scroll down"), w.Keys.Saying(keymap.Up, "scroll up"),
	}
}

// Draw says what brought it up, what the signs are, and what to do about them.
// The key that closes it is always in sight.
func (s *TrippedScreen) Draw(w screen.World) string {
	th := w.Theme
	rows := []string{s.title(w), "", th.Text.Render(widget.Wrap(s.notice.Why, w.Width)), ""}
	if safety, err := w.Library.Safety(); err == nil {
		rows = append(rows, s.signs(w, safety)...)
	}
	foot := th.Accent.Render(w.Keys.Label(keymap.Go)) + th.Text.Render(" "+s.word())
	var block string
	block, s.scroll = widget.Window(th, rows, s.scroll, w.Width, max(1, w.Height-1))
	return block + "\n" + widget.Clip(foot, w.Width, 1)
}

// title is calm, but for a sign of an emergency: that is named at once.
func (s *TrippedScreen) title(w screen.World) string {
	safety, err := w.Library.Safety()
	for _, id := range s.notice.Signs {
		if tier, _, ok := safety.Tier(id); ok && err == nil && tier.Title == safety.Emergency.Title {
			return w.Theme.Danger.Render(w.Theme.Glyphs.Alert + " " + tier.Title)
		}
	}
	return w.Theme.Title.Render("Worth a moment")
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
