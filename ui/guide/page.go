package guide

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"lull/routine/guide"
	"lull/routine/safe"
	"lull/routine/say"
	"lull/ui/keymap"
	"lull/ui/screen"
	"lull/ui/widget"
)

// page is one card. It names the card and reads it anew for each frame, so that
// it always says what suits the safety answers.
type page struct {
	id     string
	scroll int // lines above the window
}

// Open makes the page of a card, by the card's id.
func Open(id string) screen.Screen { return &page{id: id} }

// Update scrolls, or goes back to the list.
func (p *page) Update(w screen.World, msg tea.Msg) screen.Do {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		a, _ := w.Keys.First(msg, keymap.Up, keymap.Down, keymap.Top, keymap.Bottom, keymap.OpenCard, keymap.Back)
		switch a {
		case keymap.Back:
			return screen.Do{Pop: true}
		case keymap.OpenCard:
			p.move(w, max(1, p.room(w)-2))
		default:
			p.move(w, moves[a])
		}
	case tea.MouseWheelMsg:
		p.move(w, screen.Notches(msg))
	}
	return screen.Do{}
}

// move scrolls by lines, and no farther than there are any.
func (p *page) move(w screen.World, by int) {
	_, p.scroll = widget.Window(w.Theme, p.rows(w), p.scroll+by, w.Width, p.room(w))
}

// Help lists what the keys do here.
func (p *page) Help(w screen.World) []key.Binding {
	return []key.Binding{
		w.Keys.Saying(keymap.Back, say.Text("all cards")), w.Keys.Saying(keymap.Down, say.Text("scroll down")),
		w.Keys.Saying(keymap.Up, say.Text("scroll up")), w.Keys.Saying(keymap.OpenCard, say.Text("next page")),
	}
}

func (p *page) room(w screen.World) int { return max(1, w.Height-1-strings.Count(lock(w), "\n")) }

// Draw shows the card's title and what there is room for of the rest.
func (p *page) Draw(w screen.World) string {
	title := ""
	if g, err := cards(w); err == nil {
		c, _ := g.Card(p.id)
		title = c.Title
	}
	block, used := widget.Window(w.Theme, p.rows(w), p.scroll, w.Width, p.room(w))
	p.scroll = used
	return lock(w) + widget.Header(w.Theme, title, "", w.Width) + "\n" + block
}

// readable is how wide a line of text is at most: longer ones are hard to read.
const readable = 80

// rows are all of the card, below its title.
func (p *page) rows(w screen.World) []string {
	g, err := cards(w)
	if err != nil {
		return []string{w.Theme.Warn.Render(widget.Wrap(say.Text("The guide could not be read: %s", safe.Text(err.Error(), 400)), w.Width))}
	}
	c, _ := g.Card(p.id)
	l := leaf{w, g, min(w.Width, readable)}
	return slices.Concat(l.summary(c), l.claims(c.Claims), l.lookalikes(c.Lookalikes), l.signs(c.Signs), l.sources(c))
}

// lineOf is the line below the title on which a claim begins.
func (p *page) lineOf(w screen.World, claim int) int {
	g, _ := cards(w)
	c, _ := g.Card(p.id)
	l := leaf{w, g, min(w.Width, readable)}
	return lipgloss.Height(strings.Join(slices.Concat(l.summary(c), l.claims(c.Claims[:claim])), "\n"))
}

// leaf is what a card is written on.
type leaf struct {
	w     screen.World
	guide guide.Guide
	width int
}

func (l leaf) summary(c guide.Card) []string {
	return []string{l.w.Theme.Quiet.Render(widget.Wrap(c.Summary, l.width)), ""}
}

// claims are the statements, each with the word for how well it is known and
// its sources.
func (l leaf) claims(claims []guide.Claim) []string {
	var rows []string
	for _, c := range claims {
		rows = append(rows, l.hang(l.w.Theme.Text, l.w.Theme.Glyphs.Bullet+" ", strings.Join(c.Text, " ")), l.grounds(c.Grade, c.Sources), "")
	}
	return rows
}

// grounds are a grade in its own word, and where the claim was read.
func (l leaf) grounds(g guide.Grade, sources []string) string {
	th := l.w.Theme
	style := th.Quiet
	if g == guide.Unsafe {
		style = th.Warn
	}
	return l.hang(style, "  ", "["+say.Name(string(g))+"] "+origins(sources))
}

// origins are where something was read: the ids of works, or words such as lull's
// own rule.
func origins(sources []string) string {
	said := make([]string, len(sources))
	for i, s := range sources {
		said[i] = say.Name(s)
	}
	return strings.Join(said, ", ")
}

// lookalikes are what is taken for a cramp, each with what tells it apart.
func (l leaf) lookalikes(all []guide.Lookalike) []string {
	th := l.w.Theme
	var rows []string
	for _, a := range all {
		rows = append(rows, th.Title.Render(widget.Wrap(a.Name, l.width)))
		cells := [][2]string{
			{say.Text("feels"), a.Feels}, {say.Text("when"), a.When}, {say.Text("hard?"), a.Hard},
			{say.Text("eased by"), a.Eased}, {say.Text("do"), a.Act}, {say.Text("sources"), origins(a.Sources)},
		}
		column := 0
		for _, cell := range cells {
			column = max(column, lipgloss.Width(cell[0]))
		}
		for _, cell := range cells {
			rows = append(rows, l.hang(th.Text, widget.Line(th, "  "+cell[0], column+3), cell[1]))
		}
		rows = append(rows, "")
	}
	return rows
}

// signs are those of the safety lists that go with the card, each with what it
// asks for.
func (l leaf) signs(ids []string) []string {
	safety, err := l.w.Library.Safety()
	if err != nil || len(ids) == 0 {
		return nil
	}
	th := l.w.Theme
	rows := []string{th.Title.Render(say.Text("Get help for"))}
	for _, id := range ids {
		if tier, sign, ok := safety.Tier(id); ok {
			rows = append(rows, l.hang(th.Text, th.Glyphs.Alert+" ", tier.Title+": "+strings.Join(sign.Text, " ")))
		}
	}
	return append(rows, l.hang(th.Quiet, "  ", say.Text("%s shows all of them, and what to do.", l.w.Keys.Label(keymap.Signs))), "")
}

// sources are the card's own list, or the works that its claims name.
func (l leaf) sources(c guide.Card) []string {
	all := c.Sources
	if len(all) == 0 {
		all = l.named(c)
	}
	if len(all) == 0 {
		return nil
	}
	rows := []string{l.w.Theme.Title.Render(say.Text("Sources"))}
	for _, s := range all {
		rows = append(rows, l.hang(l.w.Theme.Quiet, widget.Line(l.w.Theme, s.ID, len("S99 ")), strings.Join(s.Text, " ")))
	}
	return rows
}

// named are the works that a card's claims and comparisons name, in the order
// in which they do.
func (l leaf) named(c guide.Card) []guide.Source {
	var ids []string
	for _, claim := range c.Claims {
		ids = append(ids, claim.Sources...)
	}
	for _, a := range c.Lookalikes {
		ids = append(ids, a.Sources...)
	}
	var all []guide.Source
	for i, id := range ids {
		if s, ok := l.guide.Source(id); ok && slices.Index(ids, id) == i {
			all = append(all, s)
		}
	}
	return all
}

// hang sets a text behind a mark.
func (l leaf) hang(style lipgloss.Style, mark, text string) string {
	return style.Render(widget.Hang(mark, text, l.width))
}
