// Package safety shows the signs that mean somebody should be seen, and asks
// the questions that change which stretches lull offers.
package safety

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"lull/routine"
	"lull/routine/say"
	"lull/ui/keymap"
	"lull/ui/screen"
	"lull/ui/theme"
	"lull/ui/widget"
)

// SignsScreen lists when to get help, the most urgent first.
type SignsScreen struct {
	only   []string // ids of signs to show; all when empty
	scroll int
}

// Signs makes the screen with every sign.
func Signs() *SignsScreen { return &SignsScreen{} }

// SignsOf makes the screen with some of the signs, by id.
func SignsOf(ids ...string) *SignsScreen { return &SignsScreen{only: ids} }

// scrolls are how far each key moves.
var scrolls = map[keymap.Action]int{keymap.Up: -1, keymap.Down: 1, keymap.Top: -1000, keymap.Bottom: 1000}

// Update scrolls, or goes back.
func (s *SignsScreen) Update(w screen.World, msg tea.Msg) screen.Do {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		a, _ := w.Keys.First(msg, keymap.Up, keymap.Down, keymap.Top, keymap.Bottom, keymap.Back, keymap.Go)
		if a == keymap.Back || a == keymap.Go {
			return screen.Do{Pop: true}
		}
		s.scroll += scrolls[a]
	case tea.MouseWheelMsg:
		s.scroll += screen.Notches(msg)
	}
	return screen.Do{}
}

// Leaving leaves nothing to keep.
func (s *SignsScreen) Leaving(screen.World) screen.Do { return screen.Do{} }

// Help lists what the keys do here.
func (s *SignsScreen) Help(w screen.World) []key.Binding {
	return []key.Binding{
		w.Keys.Saying(keymap.Back, say.Text("back")), w.Keys.Saying(keymap.Down, say.Text("scroll down")), w.Keys.Saying(keymap.Up, say.Text("scroll up")),
	}
}

// Draw shows the tiers, each with what to do before its signs.
func (s *SignsScreen) Draw(w screen.World) string {
	safety, err := w.Library.Safety()
	if err != nil {
		return w.Theme.Danger.Render(widget.Wrap(err.Error(), w.Width))
	}
	var rows []string
	for _, t := range []struct {
		tier  routine.Tier
		style lipgloss.Style
	}{{safety.Emergency, w.Theme.Danger}, {safety.SameDay, w.Theme.Warn}, {safety.Doctor, w.Theme.Title}} {
		rows = append(rows, s.tier(w.Theme, t.tier, t.style, w.Width)...)
	}
	var block string
	block, s.scroll = widget.Window(w.Theme, rows, s.scroll, w.Width, w.Height)
	return block
}

func (s *SignsScreen) tier(th theme.Theme, tier routine.Tier, style lipgloss.Style, width int) []string {
	var signs []string
	for _, sign := range tier.Signs {
		if s.shows(sign.ID) {
			signs = append(signs, th.Text.Render(widget.Hang(th.Glyphs.Bullet+" ", strings.Join(sign.Text, " "), width)))
		}
	}
	if len(signs) == 0 {
		return nil
	}
	return append(append(Act(th, tier, style, width), signs...), "")
}

// Act is what to do about any sign of the tier, below its title.
func Act(th theme.Theme, tier routine.Tier, style lipgloss.Style, width int) []string {
	return []string{
		style.Render(widget.Wrap(th.Glyphs.Alert+" "+tier.Title, width)),
		th.Title.Render(widget.Wrap(strings.Join(tier.Act, " "), width)),
	}
}

func (s *SignsScreen) shows(id string) bool {
	if len(s.only) == 0 {
		return true
	}
	for _, o := range s.only {
		if o == id {
			return true
		}
	}
	return false
}
