package diary

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"lull/routine/journal"
	"lull/routine/safe"
	"lull/routine/say"
	"lull/ui/keymap"
	"lull/ui/screen"
	"lull/ui/widget"
)

// page is one night with everything that was recorded for it.
type page struct {
	night  journal.Date
	cursor int
	facts  facts
}

func newPage(night journal.Date) *page { return &page{night: night} }

// Open asks for the page of a night, from anywhere.
func Open(w screen.World, night journal.Date) screen.Do { return push(w, newPage(night)) }

// list are the night's facts in their order, and whether they are known.
func (p *page) list(w screen.World) ([]journal.Entry, bool) {
	facts, known := p.facts.at(p.night)
	return withPauses(w, p.night, facts), known
}

// withPauses adds the pauses that a night lies in: they may have been recorded
// on any other night.
func withPauses(w screen.World, night journal.Date, facts []journal.Entry) []journal.Entry {
	var all []journal.Entry
	for _, e := range facts {
		if e.Fact.Kind() != journal.KindPaused {
			all = append(all, e)
		}
	}
	for _, e := range w.Book.Pauses() {
		if p := e.Fact.(journal.Paused); p.From <= night && (p.To == nil || night <= *p.To) {
			all = append(all, e)
		}
	}
	return all
}

func (p *page) want(w screen.World) *screen.Fetch {
	night := screen.Fetch{From: p.night, To: p.night}
	return p.facts.want(w, night, night)
}

// Update moves over the facts and changes them.
func (p *page) Update(w screen.World, msg tea.Msg) screen.Do {
	do := p.decide(w, msg)
	if do.Push == nil && !do.Pop {
		do.Fetch = p.want(w)
	}
	return do
}

func (p *page) decide(w screen.World, msg tea.Msg) screen.Do {
	switch msg := msg.(type) {
	case screen.Fetched:
		p.facts.take(msg)
	case tea.KeyPressMsg:
		p.facts.again()
		return p.press(w, msg)
	case tea.MouseWheelMsg:
		p.move(w, screen.Notches(msg))
	case tea.MouseClickMsg:
		l, facts := p.listing(w)
		switch at := l.At(msg.Y - top); {
		case at < 0:
		case at == p.cursor:
			return edit(w, facts[at])
		default:
			p.cursor = at
		}
	}
	return screen.Do{}
}

// onFact are what the keys do to the fact under the cursor.
var onFact = map[keymap.Action]func(screen.World, journal.Entry) screen.Do{
	keymap.OpenNight: edit, keymap.EditFact: edit, keymap.RemoveFact: remove,
}

func (p *page) press(w screen.World, msg tea.KeyPressMsg) screen.Do {
	a, _ := w.Keys.First(msg, keymap.Up, keymap.Down, keymap.Top, keymap.Bottom, keymap.Back,
		keymap.OpenNight, keymap.AddCramp, keymap.QuietNight, keymap.MarkNight, keymap.PauseNight, keymap.EditFact, keymap.RemoveFact)
	if a == keymap.Back {
		return screen.Do{Pop: true}
	}
	p.move(w, moves[a])
	facts, _ := p.list(w)
	if act := onFact[a]; act != nil {
		if p.cursor < len(facts) {
			return act(w, facts[p.cursor])
		}
		return screen.Do{}
	}
	if act := onNight[a]; act != nil {
		return act(w, p.night)
	}
	return screen.Do{}
}

func (p *page) move(w screen.World, by int) {
	facts, _ := p.list(w)
	p.cursor = max(0, min(p.cursor+by, len(facts)-1))
}

// edit opens the form of a cramp or a pause. Everything else is as it was.
func edit(w screen.World, e journal.Entry) screen.Do {
	switch e.Fact.Kind() {
	case journal.KindCramped:
		return screen.Do{Push: Ask(w, e)}
	case journal.KindPaused:
		return repause(w, e)
	}
	return screen.Do{Say: say.Text("only a cramp or a pause can be changed here; %s removes this", w.Keys.Label(keymap.RemoveFact))}
}

// remove takes a fact out.
func remove(w screen.World, e journal.Entry) screen.Do {
	return screen.Do{
		Records: []screen.Record{{Takeback: &e}},
		Say:     undoable(w, say.Text("removed: %s", safe.Text(journal.Words(e.Fact), mostNote))),
	}
}

// Help lists what the keys do here.
func (p *page) Help(w screen.World) []key.Binding {
	bs := []key.Binding{w.Keys.Saying(keymap.Back, say.Text("all nights"))}
	if facts, _ := p.list(w); len(facts) > 0 {
		bs = append(bs, w.Keys.Bindings(keymap.EditFact, keymap.RemoveFact)...)
	}
	return append(bs, w.Keys.Bindings(keymap.AddCramp, keymap.QuietNight, keymap.MarkNight, keymap.PauseNight, keymap.Up, keymap.Down)...)
}

// arrows is the room that the list keeps for its marks.
const arrows = 4

func (p *page) listing(w screen.World) (widget.Listing, []journal.Entry) {
	facts, _ := p.list(w)
	p.cursor = max(0, min(p.cursor, len(facts)-1))
	rows := make([]string, len(facts))
	for i, e := range facts {
		rows[i] = w.Theme.Text.Render(factLines(w, e, w.Width-arrows))
	}
	return widget.Rows(w.Theme, rows, p.cursor, w.Width, max(1, w.Height-top)), facts
}

// Draw shows the night's facts, or what can be told of it.
func (p *page) Draw(w screen.World) string {
	th := w.Theme
	facts, known := p.list(w)
	head := widget.Header(th, nightWords(w, p.night), how(w.Settings.Calendar, facts).String(), w.Width) + "\n\n"
	room := max(1, w.Height-top)
	switch {
	case p.facts.err != nil:
		return head + widget.Clip(th.Warn.Render(widget.Wrap(say.Text("This night could not be read: %s. Any key tries again.", safe.Text(p.facts.err.Error(), mostNote)), w.Width)), w.Width, room)
	case !known:
		return head + widget.Clip(th.Quiet.Render(say.Text("reading this night…")), w.Width, room)
	case len(facts) == 0:
		return head + widget.Clip(th.Text.Render(widget.Wrap(nothing(w), w.Width)), w.Width, room)
	}
	l, _ := p.listing(w)
	return head + l.String()
}

// nothing says how an empty night is told.
func nothing(w screen.World) string {
	return say.Text("Nobody told of this night yet, so it is unknown. %s adds a cramp, %s says that there were none, %s marks it.",
		w.Keys.Label(keymap.AddCramp), w.Keys.Label(keymap.QuietNight), w.Keys.Label(keymap.MarkNight))
}
