package checklist

import (
	"errors"
	"slices"
	"strconv"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"lull/routine/journal"
	"lull/routine/safe"
	"lull/routine/say"
	"lull/routine/settings"
	"lull/ui/keymap"
	"lull/ui/screen"
	"lull/ui/widget"
)

// field is the one line where an item is typed: its name and, for drinks, its
// amount after it.
type field struct {
	input textinput.Model
	list  string
	at    int // which item of the list is being changed, or its length for a new one
	wrong string
}

func newField(list string, at int, text string) *field {
	in := textinput.New()
	in.Prompt = ""
	in.CharLimit = 80
	in.SetVirtualCursor(true)
	in.SetValue(text)
	in.CursorEnd()
	in.Focus()
	return &field{input: in, list: list, at: at}
}

func (f *field) help() []key.Binding {
	return []key.Binding{
		key.NewBinding(key.WithKeys("enter"), key.WithHelp(keymap.Show("enter"), say.Text("keep it"))),
		key.NewBinding(key.WithKeys("esc"), key.WithHelp(keymap.Show("esc"), say.Text("leave it as it was"))),
	}
}

func (f *field) draw(w screen.World) string {
	th := w.Theme
	ask := say.Text("Name")
	if amounts(w, f.list) {
		ask = say.Text("Name and millilitres")
	}
	f.input.SetWidth(max(1, w.Width-ansi.StringWidth(ask)-4))
	f.input.SetCursor(f.input.Position()) // scrolls to it at this width
	row := th.Accent.Render(ask+": ") + f.input.View()
	if f.wrong != "" {
		return row + "\n" + th.Warn.Render(widget.Wrap(safe.Text(f.wrong, 200), w.Width))
	}
	return row
}

func (s *Screen) typed(w screen.World, msg tea.KeyPressMsg) screen.Do {
	switch msg.String() {
	case "esc":
		s.field = nil
		return screen.Do{}
	case "enter":
		return s.keep(w)
	}
	return s.enter(msg)
}

// enter gives the open field a letter or a paste.
func (s *Screen) enter(msg tea.Msg) screen.Do {
	if s.field == nil {
		return screen.Do{}
	}
	var cmd tea.Cmd
	s.field.input, cmd = s.field.input.Update(msg)
	return screen.Do{Cmd: cmd}
}

// keep puts what was typed on the list.
func (s *Screen) keep(w screen.World) screen.Do {
	f := s.field
	items, _ := w.Settings.List(f.list)
	items = slices.Clone(items)
	item, err := settings.ParseItem(f.input.Value(), amounts(w, f.list))
	if err != nil {
		f.wrong = err.Error()
		if errors.Is(err, settings.ErrNoName) {
			f.wrong = say.Text("type a name, or press %s", keymap.Show("esc"))
		}
		return screen.Do{}
	}
	if f.at < len(items) {
		if item.Name == say.Name(items[f.at].Name) {
			item.Name = items[f.at].Name // one of lull's own stays one
		}
		item.ID = items[f.at].ID
		if !amounts(w, f.list) {
			item.ML = items[f.at].ML
		}
		items[f.at] = item
	} else {
		item.ID = w.Settings.FreeID(item.Name)
		items = append(items, item)
	}
	s.field = nil
	return put(f.list, items)
}

func put(list string, items []settings.Item) screen.Do {
	return screen.Do{Set: []settings.Change{{Key: list, Items: items}}}
}

// amounts reports whether the items of a list are shown and typed with an amount.
func amounts(w screen.World, list string) bool {
	return list == journal.WaterList && !w.HideAmounts()
}

// here is the list under the cursor and the place on it.
func (s *Screen) here(ls []line) (list string, at int) {
	if len(ls) == 0 {
		return lists[0], 0
	}
	l := ls[s.cursor]
	for _, other := range ls[:s.cursor] {
		if other.list == l.list {
			at++
		}
	}
	return l.list, at
}

func (s *Screen) add(w screen.World, ls []line) screen.Do {
	list, _ := s.here(ls)
	items, _ := w.Settings.List(list)
	s.field = newField(list, len(items), "")
	return screen.Do{}
}

func (s *Screen) edit(w screen.World, ls []line) screen.Do {
	if len(ls) == 0 || ls[s.cursor].extra {
		return screen.Do{}
	}
	list, at := s.here(ls)
	text := say.Name(ls[s.cursor].item.Name)
	if ml := ls[s.cursor].item.ML; ml > 0 && amounts(w, list) {
		text += " " + strconv.Itoa(ml)
	}
	s.field = newField(list, at, text)
	return screen.Do{}
}

// remove takes an item off the list. Ticks of earlier days stay in the journal.
func (s *Screen) remove(w screen.World, ls []line) screen.Do {
	if len(ls) == 0 || ls[s.cursor].extra {
		return screen.Do{}
	}
	list, at := s.here(ls)
	items, _ := w.Settings.List(list)
	do := put(list, slices.Delete(slices.Clone(items), at, at+1))
	do.Say = say.Text("taken off the list: %s", safe.Text(say.Name(items[at].Name), 40))
	return do
}

func (s *Screen) shift(w screen.World, ls []line, by int) screen.Do {
	list, at := s.here(ls)
	items, _ := w.Settings.List(list)
	to := at + by
	if len(ls) == 0 || ls[s.cursor].extra || to < 0 || to >= len(items) {
		return screen.Do{}
	}
	items = slices.Clone(items)
	items[at], items[to] = items[to], items[at]
	s.cursor += by
	return put(list, items)
}
