package safety

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"lull/routine/journal"
	"lull/ui/keymap"
	"lull/ui/screen"
	"lull/ui/widget"
)

// Notice is something that the diary brought up: why, which sign it is about,
// and the name under which it was seen.
type Notice struct {
	Why  string
	Sign string // id of the sign; empty when there is none to show
	Seen string
}

// TrippedScreen shows a notice once, calmly. It is gone when it was read.
type TrippedScreen struct{ notice Notice }

// Tripped makes the screen.
func Tripped(n Notice) *TrippedScreen { return &TrippedScreen{n} }

// Update closes the notice and writes down that it was seen.
func (s *TrippedScreen) Update(w screen.World, msg tea.Msg) screen.Do {
	press, ok := msg.(tea.KeyPressMsg)
	if a, _ := w.Keys.First(press, keymap.Go, keymap.Back); !ok || a == "" {
		return screen.Do{}
	}
	return screen.Do{Pop: true, Records: []screen.Record{{Fact: journal.Seen{Card: s.notice.Seen}}}}
}

// Help lists what the keys do here.
func (s *TrippedScreen) Help(w screen.World) []key.Binding {
	return []key.Binding{w.Keys.Saying(keymap.Go, "read"), w.Keys.Saying(keymap.Signs, "all signs")}
}

// Draw says what brought it up, what the sign is, and what to do about it.
func (s *TrippedScreen) Draw(w screen.World) string {
	th := w.Theme
	rows := []string{th.Title.Render("Worth a moment"), "", th.Text.Render(widget.Wrap(s.notice.Why, w.Width)), ""}
	if safety, err := w.Library.Safety(); err == nil {
		if tier, sign, ok := safety.Tier(s.notice.Sign); ok {
			rows = append(rows, th.Warn.Render(widget.Wrap(th.Glyphs.Alert+" "+tier.Title, w.Width)),
				th.Title.Render(widget.Wrap(strings.Join(tier.Act, " "), w.Width)),
				th.Text.Render(widget.Wrap(strings.Join(sign.Text, " "), w.Width)), "")
		}
	}
	rows = append(rows, th.Accent.Render(w.Keys.Label(keymap.Go))+th.Text.Render(" I have read this"))
	return widget.Clip(strings.Join(rows, "\n"), w.Width, w.Height)
}
