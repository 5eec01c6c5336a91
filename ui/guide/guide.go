// Package guide shows the cards: what is known about night cramps, how well, and
// where that was read.
package guide

import (
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"lull/routine/guide"
	"lull/routine/safe"
	"lull/routine/say"
	"lull/ui/keymap"
	"lull/ui/safety"
	"lull/ui/screen"
	"lull/ui/widget"
)

// Screen lists the cards.
type Screen struct {
	cursor int
	typing bool
	search textinput.Model
}

// longestSearch is how many letters are looked for at most.
const longestSearch = 60

// New makes the screen.
func New() *Screen {
	in := textinput.New()
	in.Prompt = ""
	in.CharLimit = longestSearch
	in.SetVirtualCursor(true)
	return &Screen{search: in}
}

// cards reads the guide, without amounts for people who limit what they drink.
func cards(w screen.World) (guide.Guide, error) {
	g, err := w.Guide()
	if err == nil && w.HideAmounts() {
		g = g.WithoutAmounts()
	}
	return g, err
}

// hits are the cards in the list, each with the claims that were looked for.
func (s *Screen) hits(w screen.World) ([]guide.Hit, error) {
	g, err := cards(w)
	if err != nil {
		return nil, err
	}
	if words := s.words(); words != "" {
		return g.Search(words), nil
	}
	all := g.Cards()
	hits := make([]guide.Hit, len(all))
	for i, c := range all {
		hits[i].Card = c
	}
	return hits, nil
}

func (s *Screen) words() string { return strings.TrimSpace(s.search.Value()) }

// Takes says whether letters go to the search.
func (s *Screen) Takes() bool { return s.typing }

// Update moves over the cards, looks for words, and opens a card.
func (s *Screen) Update(w screen.World, msg tea.Msg) screen.Do {
	hits, _ := s.hits(w)
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if s.typing {
			return s.typed(w, msg, hits)
		}
		return s.press(w, msg, hits)
	case tea.PasteMsg:
		if s.typing {
			s.look(tea.PasteMsg{Content: safe.Text(msg.Content, longestSearch)})
		}
	case tea.MouseWheelMsg:
		s.move(screen.Notches(msg), hits)
	case tea.MouseClickMsg:
		switch at := s.listing(w, hits).At(msg.Y - top(w)); {
		case at < 0:
		case at == s.cursor:
			return s.open(w, hits)
		default:
			s.cursor = at
		}
	}
	return screen.Do{}
}

// moves are how far each key moves the cursor.
var moves = map[keymap.Action]int{keymap.Up: -1, keymap.Down: 1, keymap.Top: -1 << 30, keymap.Bottom: 1 << 30}

func (s *Screen) press(w screen.World, msg tea.KeyPressMsg, hits []guide.Hit) screen.Do {
	a, _ := w.Keys.First(msg, keymap.Up, keymap.Down, keymap.Top, keymap.Bottom, keymap.OpenCard, keymap.FindCard, keymap.Back)
	switch a {
	case keymap.OpenCard:
		return s.open(w, hits)
	case keymap.FindCard:
		s.typing = true
		s.search.Focus()
	case keymap.Back:
		s.search.SetValue("")
		s.cursor = 0
	}
	s.move(moves[a], hits)
	return screen.Do{}
}

// typed gives a key to the search. Enter opens the first of what was found.
func (s *Screen) typed(w screen.World, msg tea.KeyPressMsg, hits []guide.Hit) screen.Do {
	switch msg.String() {
	case "esc":
		s.typing, s.cursor = false, 0
		s.search.SetValue("")
	case "enter":
		s.typing = false
		return s.open(w, hits)
	case "up", "down":
		s.move(map[string]int{"up": -1, "down": 1}[msg.String()], hits)
	default:
		s.look(msg)
	}
	return screen.Do{}
}

// look gives the search a message. A letter that has no shape is left out.
func (s *Screen) look(msg tea.Msg) {
	before := s.search
	s.search, _ = s.search.Update(msg)
	switch text := s.search.Value(); {
	case safe.Text(text, longestSearch) != text:
		s.search = before
	case text != before.Value():
		s.cursor = 0
	}
}

func (s *Screen) move(by int, hits []guide.Hit) {
	s.cursor = max(0, min(s.cursor+by, len(hits)-1))
}

// open shows the card under the cursor, from the first claim that was looked
// for on.
func (s *Screen) open(w screen.World, hits []guide.Hit) screen.Do {
	s.move(0, hits)
	if len(hits) == 0 {
		return screen.Do{}
	}
	p := &page{id: hits[s.cursor].Card.ID}
	if claims := hits[s.cursor].Claims; len(claims) > 0 {
		p.scroll = p.lineOf(w, claims[0])
	}
	return screen.Do{Push: p}
}

func searchKeys() []key.Binding {
	return []key.Binding{
		key.NewBinding(key.WithKeys("enter"), key.WithHelp(keymap.Show("enter"), say.Text("open"))),
		key.NewBinding(key.WithKeys("esc"), key.WithHelp(keymap.Show("esc"), say.Text("all cards again"))),
	}
}

// Help lists what the keys do now.
func (s *Screen) Help(w screen.World) []key.Binding {
	if s.typing {
		return searchKeys()
	}
	bs := w.Keys.Bindings(keymap.OpenCard, keymap.FindCard)
	if s.words() != "" {
		bs = append(bs, w.Keys.Saying(keymap.Back, say.Text("all cards")))
	}
	return append(bs, w.Keys.Bindings(keymap.Up, keymap.Down, keymap.Top, keymap.Bottom)...)
}

// lock is what to do before any stretch, on lines of its own above the guide,
// or empty where the safety answers name no sign that comes first.
func lock(w screen.World) string {
	tier, locked := w.Screening.Lock(w.Library)
	if !locked {
		return ""
	}
	return strings.Join(safety.Act(w.Theme, tier, w.Theme.Danger, w.Width), "\n") + "\n"
}

// top is how many rows are above the list.
func top(w screen.World) int { return 2 + strings.Count(lock(w), "\n") }

// listing is the cards in sight: each with its title and, below it, its summary
// or the claim that was looked for.
func (s *Screen) listing(w screen.World, hits []guide.Hit) widget.Listing {
	const marks = 4 // cells at the edges of a list
	th := w.Theme
	rows := make([]string, len(hits))
	for i, h := range hits {
		text := h.Card.Summary
		if len(h.Claims) > 0 {
			text = strings.Join(h.Card.Claims[h.Claims[0]].Text, " ")
		}
		rows[i] = th.Title.Render(h.Card.Title) + "\n" +
			th.Quiet.Render(indent(widget.Wrap(text, max(1, w.Width-marks-len(inset)))))
	}
	return widget.Rows(th, rows, s.cursor, w.Width, max(1, w.Height-top(w)))
}

const inset = "  "

// indent sets every line in.
func indent(text string) string { return inset + strings.ReplaceAll(text, "\n", "\n"+inset) }

// Draw shows the cards, or those that were looked for.
func (s *Screen) Draw(w screen.World) string {
	th := w.Theme
	hits, err := s.hits(w)
	head := lock(w) + widget.Header(th, say.Text("Guide"), say.Text("general information, reviewed by no clinician"), w.Width) + "\n" + s.state(w, hits) + "\n"
	room := max(1, w.Height-top(w))
	switch {
	case err != nil:
		return head + widget.Clip(th.Warn.Render(widget.Wrap(say.Text("The guide could not be read: %s", safe.Text(err.Error(), 400)), w.Width)), w.Width, room)
	case len(hits) == 0:
		return head + widget.Clip(th.Text.Render(widget.Wrap(say.Text("No card holds all of these words."), w.Width)), w.Width, room)
	}
	s.move(0, hits)
	return head + s.listing(w, hits).String()
}

// state is the search, while it is typed and afterwards.
func (s *Screen) state(w screen.World, hits []guide.Hit) string {
	th := w.Theme
	ask := say.Text("Search") + ": "
	switch {
	case s.typing:
		s.search.SetWidth(max(1, w.Width-lipgloss.Width(ask)-1))
		s.search.SetCursor(s.search.Position()) // scrolls to it at this width
		return widget.Line(th, th.Accent.Render(ask)+s.search.View(), w.Width)
	case s.words() != "":
		return widget.Line(th, th.Quiet.Render(say.Text("%d found with “%s”", len(hits), s.words())), w.Width)
	}
	return ""
}
