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

// medicines lists what the person takes, in the person's own words and with the
// days, for the page that goes to a doctor. lull knows nothing of it.
type medicines struct{ cursor int }

// Medicines makes the screen.
func Medicines() screen.Screen { return &medicines{} }

func (m *medicines) list(w screen.World) []journal.Entry {
	return w.Book.All(func(f journal.Fact) bool { return f.Kind() == journal.KindMedicine })
}

// Update adds a medicine, changes one, or takes one out.
func (m *medicines) Update(w screen.World, msg tea.Msg) screen.Do {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return m.press(w, msg)
	case tea.MouseWheelMsg:
		m.move(w, screen.Notches(msg))
	case tea.MouseClickMsg:
		if at := m.listing(w).At(msg.Y - top); at >= 0 {
			m.cursor = at
		}
	}
	return screen.Do{}
}

func (m *medicines) press(w screen.World, msg tea.KeyPressMsg) screen.Do {
	a, _ := w.Keys.First(msg, keymap.Up, keymap.Down, keymap.Top, keymap.Bottom, keymap.Back,
		keymap.OpenNight, keymap.AddCramp, keymap.EditFact, keymap.RemoveFact)
	all := m.list(w)
	m.move(w, moves[a])
	switch {
	case a == keymap.Back:
		return screen.Do{Pop: true}
	case a == keymap.AddCramp:
		return screen.Do{Push: newMedicine(w)}
	case m.cursor >= len(all):
	case a == keymap.OpenNight || a == keymap.EditFact:
		return screen.Do{Push: changeMedicine(w, all[m.cursor])}
	case a == keymap.RemoveFact:
		return remove(w, all[m.cursor])
	}
	return screen.Do{}
}

func (m *medicines) move(w screen.World, by int) {
	m.cursor = max(0, min(m.cursor+by, len(m.list(w))-1))
}

// nameKey is the field of a medicine's name.
const nameKey = "name"

func medicineForm(w screen.World, title string) *Form {
	day := func(how string) input {
		l := newLine(len("2026-11-22"))
		l.read = func(text string) (any, error) { return journal.ParseDay(text, w.Day()) }
		l.how = how
		return l
	}
	return &Form{title: title, fields: []*field{
		{key: nameKey, name: say.Text("name"), input: newLine(mostName)},
		{key: fromKey, name: say.Text("since"), input: day(say.Text("the day you began it: 2026-11-22"))},
		{key: toKey, name: say.Text("until"), input: day(say.Text("no day: you still take it"))},
	}}
}

// newMedicine makes the form of a medicine that is not in the journal yet.
func newMedicine(w screen.World) *Form {
	f := medicineForm(w, say.Text("A medicine, in your own words"))
	f.fields[1].set(said(w.Day()))
	f.keep = func(w screen.World, said map[string]any) (screen.Do, error) {
		med, err := medicine(said)
		return screen.Do{
			Records: []screen.Record{{Fact: med}},
			Say:     undoable(w, say.Text("written down: %s", safe.Text(journal.Words(med), mostNote))),
		}, err
	}
	return f
}

// changeMedicine makes the form of one that is there.
func changeMedicine(w screen.World, e journal.Entry) *Form {
	f := medicineForm(w, say.Text("A medicine, in your own words"))
	was := e.Fact.(journal.Medicine)
	f.fields[0].input.(*line).enter(was.Name)
	f.fields[1].set(said(was.From))
	if was.To != nil {
		f.fields[2].set(said(*was.To))
	}
	f.keep = func(w screen.World, now map[string]any) (screen.Do, error) {
		med, err := medicine(now)
		switch {
		case err != nil:
			return screen.Do{}, err
		case med.Name == was.Name && med.From == was.From && sameEnd(med.To, was.To):
			return screen.Do{Say: say.Text("nothing was changed")}, nil
		}
		return screen.Do{
			Records: []screen.Record{{Revises: &e, Patch: map[string]any{nameKey: med.Name, fromKey: med.From, toKey: med.To}}},
			Say:     undoable(w, say.Text("changed: %s", safe.Text(journal.Words(med), mostNote))),
		}, nil
	}
	return f
}

// medicine makes a medicine of what the form says.
func medicine(said map[string]any) (journal.Medicine, error) {
	m := journal.Medicine{}
	m.Name, _ = said[nameKey].(string)
	from, ok := said[fromKey].(journal.Date)
	if !ok {
		return m, say.Error("since: write it as 2026-11-22, today or yesterday")
	}
	m.From = from
	if to, ok := said[toKey].(journal.Date); ok {
		m.To = &to
	}
	return m, m.Validate()
}

// Help lists what the keys do here.
func (m *medicines) Help(w screen.World) []key.Binding {
	bs := []key.Binding{w.Keys.Saying(keymap.AddCramp, say.Text("add one"))}
	if len(m.list(w)) > 0 {
		bs = append(bs, w.Keys.Bindings(keymap.EditFact, keymap.RemoveFact)...)
	}
	return append(bs, w.Keys.Saying(keymap.Back, say.Text("back")))
}

func (m *medicines) listing(w screen.World) widget.Listing {
	var rows []string
	for _, e := range m.list(w) {
		rows = append(rows, w.Theme.Text.Render(safe.Text(journal.Words(e.Fact), mostNote)))
	}
	return widget.Rows(w.Theme, rows, m.cursor, w.Width, max(1, w.Height-top-foot))
}

const foot = 2 // rows below the list

// Draw shows the medicines, and what they are for.
func (m *medicines) Draw(w screen.World) string {
	th := w.Theme
	head := widget.Header(th, say.Text("Medicines"), "", w.Width) + "\n\n"
	note := widget.Clip(th.Quiet.Render(widget.Wrap(say.Text("They go on the page for your doctor, with their days. Do not stop one on your own."), w.Width)), w.Width, foot)
	if len(m.list(w)) == 0 {
		body := th.Text.Render(widget.Wrap(say.Text("None yet. %s adds one.", w.Keys.Label(keymap.AddCramp)), w.Width))
		return head + widget.Clip(body, w.Width, max(1, w.Height-top-foot)) + "\n" + note
	}
	return head + m.listing(w).String() + "\n" + note
}
