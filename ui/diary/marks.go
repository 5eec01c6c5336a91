package diary

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"lull/routine/journal"
	"lull/routine/safe"
	"lull/routine/say"
	"lull/routine/settings"
	"lull/ui/keymap"
	"lull/ui/screen"
	"lull/ui/widget"
)

// picker puts marks on a night and takes them off, one key each. It reads the
// night once and from then on knows what it did itself.
type picker struct {
	night  journal.Date
	cursor int
	facts  facts
	on     map[string][]journal.Entry // the marks that stand; nil until they are read
	early  []int                      // marks that were pressed before that
}

func newPicker(night journal.Date) *picker { return &picker{night: night} }

func (p *picker) want(w screen.World) *screen.Fetch {
	if p.on != nil {
		return nil
	}
	night := screen.Fetch{From: p.night, To: p.night}
	return p.facts.want(w, night, night)
}

// Takes says that digits and letters are marks here.
func (p *picker) Takes() bool { return true }

// Passes lets through what is no mark and moves over none: u would take back a
// mark that is still shown.
func (p *picker) Passes(w screen.World, msg tea.KeyPressMsg) bool {
	_, passes := w.Keys.First(msg, keymap.Cramp, keymap.Signs, keymap.Help, keymap.Quit)
	return passes && !ownKey(msg)
}

// ownKey says whether a key is one of the picker's, wherever the settings put it.
func ownKey(msg tea.KeyPressMsg) bool {
	name := msg.String()
	return len(name) == 1 && strings.Contains(keysOfMarks, name) || slices.Contains([]string{"esc", "enter", "space", "n"}, name)
}

// keysOfMarks is the key of each mark, by its place.
const keysOfMarks = "1234567890ab"

// words are the marks there are: those of the settings, then what else stands
// on this night.
func (p *picker) words(w screen.World) []string {
	words := slices.Clone(w.Settings.Marks)
	var others []string
	for mark := range p.on {
		if !slices.Contains(words, mark) {
			others = append(others, mark)
		}
	}
	slices.Sort(others)
	return append(words, others...)
}

// Update turns marks on and off.
func (p *picker) Update(w screen.World, msg tea.Msg) screen.Do {
	switch msg := msg.(type) {
	case screen.Fetched:
		p.read(msg)
		return p.catchUp(w)
	case tea.KeyPressMsg:
		p.facts.again()
		if do := p.press(w, msg); do.Pop || do.Records != nil {
			return do
		}
	case tea.MouseWheelMsg:
		p.move(w, screen.Notches(msg))
	case tea.MouseClickMsg:
		if at := p.listing(w).At(msg.Y - top); at >= 0 && p.on != nil {
			p.cursor = at
			return p.toggle(w, at)
		}
	}
	return screen.Do{Fetch: p.want(w)}
}

// catchUp does what was pressed before the night was read.
func (p *picker) catchUp(w screen.World) screen.Do {
	do := screen.Do{Fetch: p.want(w)}
	if p.on == nil {
		return do
	}
	for _, at := range p.early {
		do.Records = append(do.Records, p.toggle(w, at).Records...)
	}
	p.early = nil
	return do
}

func (p *picker) read(msg screen.Fetched) {
	p.facts.take(msg)
	facts, known := p.facts.at(p.night)
	if !known || p.on != nil {
		return
	}
	p.on = map[string][]journal.Entry{}
	for _, e := range facts {
		if m, ok := e.Fact.(journal.Marked); ok {
			p.on[m.Mark] = append(p.on[m.Mark], e)
		}
	}
}

func (p *picker) press(w screen.World, msg tea.KeyPressMsg) screen.Do {
	switch name := msg.String(); name {
	case "esc", "enter":
		return screen.Do{Pop: true}
	case "space":
		return p.toggle(w, p.cursor)
	case "n":
		return screen.Do{Replace: ownMark(p.night)}
	default:
		if at := strings.Index(keysOfMarks, name); len(name) == 1 && at >= 0 {
			return p.toggle(w, at)
		}
	}
	a, _ := w.Keys.First(msg, keymap.Up, keymap.Down, keymap.Top, keymap.Bottom)
	p.move(w, moves[a])
	return screen.Do{}
}

func (p *picker) move(w screen.World, by int) {
	p.cursor = max(0, min(p.cursor+by, len(p.words(w))-1))
}

// toggle marks the night, or takes that mark off.
func (p *picker) toggle(w screen.World, at int) screen.Do {
	words := p.words(w)
	switch {
	case at >= len(words):
		return screen.Do{}
	case p.on == nil:
		p.early = append(p.early, at)
		return screen.Do{}
	}
	p.cursor = at
	mark := words[at]
	if standing := p.on[mark]; len(standing) > 0 {
		p.on[mark] = nil
		var records []screen.Record
		for _, e := range standing {
			records = append(records, screen.Record{Takeback: &e})
		}
		return screen.Do{Records: records}
	}
	e := journal.Entry{ID: w.NewID(), At: w.Now, Night: p.night, Day: w.Day(), Fact: journal.Marked{Mark: mark}}
	p.on[mark] = []journal.Entry{e}
	return screen.Do{Records: []screen.Record{{Fact: e.Fact, ID: e.ID, At: e.At, Night: e.Night, Day: e.Day}}}
}

func pickerKeys() []key.Binding {
	return []key.Binding{
		key.NewBinding(key.WithKeys("esc", "enter"), key.WithHelp(keymap.Show("esc"), say.Text("done"))),
		key.NewBinding(key.WithKeys("space"), key.WithHelp(keymap.Show("space"), say.Text("mark it, or not"))),
		key.NewBinding(key.WithKeys("n"), key.WithHelp("n", say.Text("a mark of your own"))),
	}
}

// Help lists what the keys do here.
func (p *picker) Help(screen.World) []key.Binding { return pickerKeys() }

// Choices are what two keys can do here.
func (p *picker) Choices(w screen.World) []key.Binding {
	keys := pickerKeys()
	return []key.Binding{keys[1], w.Keys.Saying(keymap.Down, say.Text("next")), w.Keys.Saying(keymap.Up, say.Text("before")), keys[0], keys[2]}
}

func (p *picker) listing(w screen.World) widget.Listing {
	words := p.words(w)
	rows := make([]string, len(words))
	for i, word := range words {
		key, box := " ", w.Theme.Glyphs.Open
		if i < len(keysOfMarks) {
			key = keysOfMarks[i : i+1]
		}
		if len(p.on[word]) > 0 {
			box = w.Theme.Glyphs.Done
		}
		rows[i] = w.Theme.Text.Render(key + " " + box + " " + safe.Text(say.Name(word), mostName))
	}
	return widget.Rows(w.Theme, rows, p.cursor, w.Width, max(1, w.Height-top))
}

// Draw shows every mark with its key and whether it is on.
func (p *picker) Draw(w screen.World) string {
	th := w.Theme
	head := widget.Header(th, say.Text("Marks, %s", nightWords(w, p.night)), "", w.Width) + "\n\n"
	switch {
	case p.facts.err != nil:
		return head + widget.Clip(th.Warn.Render(widget.Wrap(say.Text("This night could not be read: %s. Any key tries again.", safe.Text(p.facts.err.Error(), mostNote)), w.Width)), w.Width, max(1, w.Height-top))
	case p.on == nil:
		return head + widget.Clip(th.Quiet.Render(say.Text("reading this night…")), w.Width, 1)
	}
	return head + p.listing(w).String()
}

// ownMark makes the form of a mark that is not in the settings.
func ownMark(night journal.Date) *Form {
	const key = "mark"
	f := &Form{title: say.Text("A mark of your own"), fields: []*field{{key: key, name: say.As("field", "mark"), input: newLine(mostName)}}}
	f.keep = func(w screen.World, said map[string]any) (screen.Do, error) {
		word, _ := said[key].(string)
		if err := settings.MarkForm(word); err != nil {
			return screen.Do{}, say.Error("mark: %w", err)
		}
		return screen.Do{
			Records: []screen.Record{{Fact: journal.Marked{Mark: word}, Night: night}},
			Say:     undoable(w, say.Text("marked %s", word)),
		}, nil
	}
	return f
}
