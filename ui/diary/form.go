package diary

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"lull/routine/safe"
	"lull/routine/say"
	"lull/ui/keymap"
	"lull/ui/screen"
	"lull/ui/widget"
)

// Form is one page of fields about a fact. Nothing of it is compulsory: enter
// keeps what was said, esc leaves everything as it was.
type Form struct {
	title  string
	fields []*field
	cursor int
	wrong  string
	keep   func(w screen.World, changed map[string]any) (screen.Do, error)
}

// field is one line of a form: the key of the fact that it is about, and how it
// is filled in.
type field struct {
	key, name string
	input
	was any
}

// fill shows what stands in each field, by key.
func (f *Form) fill(stands map[string]json.RawMessage) {
	for _, fl := range f.fields {
		fl.set(stands[fl.key])
		fl.was, _ = fl.said()
	}
}

// changed is what every field says that it did not say at first; nil for what
// was taken away. The error names the field that cannot be.
func (f *Form) changed() (map[string]any, error) {
	changed := map[string]any{}
	for _, fl := range f.fields {
		said, err := fl.said()
		if err != nil {
			return nil, &fieldError{fl.name, err}
		}
		if !reflect.DeepEqual(said, fl.was) {
			changed[fl.key] = said
		}
	}
	return changed, nil
}

// fieldError says which field cannot be kept.
type fieldError struct {
	field string
	err   error
}

func (e *fieldError) Error() string { return e.field + ": " + e.err.Error() }
func (e *fieldError) Unwrap() error { return e.err }

// Takes says that letters go to the fields.
func (f *Form) Takes() bool { return true }

// Passes lets help and the signs through where no text is typed.
func (f *Form) Passes(w screen.World, msg tea.KeyPressMsg) bool {
	_, passes := w.Keys.First(msg, keymap.Help, keymap.Signs)
	return passes && !owns(f.fields[f.cursor].input, msg.String())
}

// owns says whether a key has a meaning in a form with the cursor on such a
// field, which it keeps wherever the settings put it.
func owns(in input, name string) bool {
	switch in.(type) {
	case *line:
		return true
	case *choice, *several: // a letter is a word that begins with it
		if letter, _ := utf8.DecodeRuneInString(name); len(name) == utf8.RuneLen(letter) && unicode.IsLower(letter) {
			return true
		}
	case *number:
		if len(name) == 1 && strings.Contains("0123456789:", name) {
			return true
		}
	}
	return steps[name] != 0 || slices.Contains([]string{"esc", "enter", "space", "left", "right", "backspace", "delete"}, name)
}

// Update fills in the fields.
func (f *Form) Update(w screen.World, msg tea.Msg) screen.Do {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return f.press(w, msg)
	case tea.PasteMsg:
		if l, ok := f.fields[f.cursor].input.(*line); ok {
			l.paste(msg.Content)
		}
	case tea.MouseWheelMsg:
		f.move(screen.Notches(msg))
	case tea.MouseClickMsg:
		f.click(w, msg)
	}
	return screen.Do{}
}

// steps are how far each key moves over the fields.
var steps = map[string]int{"up": -1, "down": 1, "shift+tab": -1, "tab": 1}

func (f *Form) press(w screen.World, msg tea.KeyPressMsg) screen.Do {
	f.wrong = ""
	switch name := msg.String(); name {
	case "esc":
		return screen.Do{Pop: true}
	case "enter":
		return f.done(w)
	default:
		if by := steps[name]; by != 0 {
			f.move(by)
		} else {
			f.fields[f.cursor].press(msg)
			if c, ok := f.fields[f.cursor].input.(*choice); ok && c.wrong != nil {
				f.wrong = c.wrong.Error()
			}
		}
	}
	return screen.Do{}
}

// done keeps what was said, or says what cannot be.
func (f *Form) done(w screen.World) screen.Do {
	changed, err := f.changed()
	if err == nil {
		var do screen.Do
		if do, err = f.keep(w, changed); err == nil {
			do.Pop = true
			return do
		}
	}
	f.wrong = err.Error()
	return screen.Do{}
}

func (f *Form) move(by int) {
	f.cursor = (f.cursor + by + len(f.fields)) % len(f.fields)
	if n, ok := f.fields[f.cursor].input.(*number); ok {
		n.typed = false
	}
}

// click goes to a field, and on the field in hand chooses the word under the
// mouse.
func (f *Form) click(w screen.World, msg tea.MouseClickMsg) {
	l := f.listing(w)
	switch at := l.At(msg.Y - 1); {
	case at < 0:
	case at != f.cursor:
		f.move(at - f.cursor)
	default:
		f.fields[at].pick(wordAt(ansi.Strip(l.Lines[msg.Y-1]), msg.X))
	}
}

// wordAt is the word under a cell of a line, without what marks it.
func wordAt(line string, x int) string {
	before, after := ansi.Truncate(line, x, ""), ansi.TruncateLeft(line, x, "")
	from := strings.LastIndex(before, " ") + 1
	to, _, _ := strings.Cut(after, " ")
	return strings.Trim(before[from:]+to, "[]›>")
}

func formKeys() []key.Binding {
	return []key.Binding{
		key.NewBinding(key.WithKeys("enter"), key.WithHelp(keymap.Show("enter"), say.Text("keep it"))),
		key.NewBinding(key.WithKeys("esc"), key.WithHelp(keymap.Show("esc"), say.Text("leave it as it was"))),
		key.NewBinding(key.WithKeys("down", "tab"), key.WithHelp("↓", say.Text("next"))),
		key.NewBinding(key.WithKeys("up", "shift+tab"), key.WithHelp("↑", say.Text("before"))),
	}
}

// Help lists the keys of a form.
func (f *Form) Help(screen.World) []key.Binding { return formKeys() }

// Choices are what two keys can do in a form: everything but typing.
func (f *Form) Choices(screen.World) []key.Binding {
	one := func(name string, does say.Key) key.Binding {
		return key.NewBinding(key.WithKeys(name), key.WithHelp(name, does.String()))
	}
	bs := []key.Binding{one("down", "next line"), one("enter", "keep it"), one("up", "line before"), one("esc", "leave it as it was")}
	switch f.fields[f.cursor].input.(type) {
	case *line:
	case *several:
		bs = append([]key.Binding{one("right", "next word"), one("space", "tick it"), one("left", "word before")}, append(bs, one("backspace", "clear"))...)
	default:
		bs = append([]key.Binding{one("right", "next answer"), one("left", "answer before")}, append(bs, one("backspace", "clear"))...)
	}
	return bs
}

// nameWidth is the room for the names of fields.
func (f *Form) nameWidth() int {
	wide := 11
	for _, fl := range f.fields {
		wide = max(wide, lipgloss.Width(fl.name))
	}
	return wide
}

func (f *Form) listing(w screen.World) widget.Listing {
	rows := make([]string, len(f.fields))
	for i, fl := range f.fields {
		rows[i] = f.row(w, fl, i == f.cursor)
	}
	return widget.Rows(w.Theme, rows, f.cursor, w.Width, max(1, w.Height-1-lipgloss.Height(f.foot(w))))
}

// row is a field's name and what it says, on as many lines as that takes while
// the field is in hand.
func (f *Form) row(w screen.World, fl *field, active bool) string {
	th, nameWidth := w.Theme, f.nameWidth()
	name := th.Quiet.Render(widget.Line(th, fl.name, nameWidth)) + " "
	words := fl.words(th, active)
	for i := range words {
		words[i] = safe.Text(words[i], mostNote)
	}
	if len(words) == 0 {
		return name + th.Quiet.Render(say.Text("not said"))
	}
	if _, text := fl.input.(*line); text || !active {
		return name + th.Text.Render(strings.Join(words, " "))
	}
	lines := lay(words, w.Width-arrows-nameWidth-1)
	for i := range lines {
		lines[i] = th.Text.Render(lines[i])
	}
	return name + strings.Join(lines, "\n"+strings.Repeat(" ", nameWidth+1))
}

// lay sets words on lines of so many cells; a word is never broken.
func lay(words []string, width int) []string {
	var lines []string
	for _, word := range words {
		last := len(lines) - 1
		if last < 0 || lipgloss.Width(lines[last]+" "+word) > width {
			lines = append(lines, word)
			continue
		}
		lines[last] += " " + word
	}
	return lines
}

// foot is what was wrong, or the text in hand, or how the field is changed.
func (f *Form) foot(w screen.World) string {
	th := w.Theme
	fl := f.fields[f.cursor]
	last := widget.Line(th, th.Quiet.Render(fl.hint()), w.Width)
	if l, ok := fl.input.(*line); ok {
		last = widget.Line(th, th.Accent.Render(fl.name+": ")+l.view(max(1, w.Width-lipgloss.Width(fl.name)-3)), w.Width)
		if l.how != "" {
			last = widget.Line(th, th.Quiet.Render(l.how), w.Width) + "\n" + last
		}
	}
	if f.wrong != "" {
		return widget.Clip(th.Warn.Render(widget.Wrap(safe.Text(f.wrong, mostNote), w.Width)), w.Width, 2) + "\n" + last
	}
	return last
}

// Draw shows the fields and, below them, how the one in hand is changed.
func (f *Form) Draw(w screen.World) string {
	return widget.Header(w.Theme, f.title, "", w.Width) + "\n" + f.listing(w).String() + "\n" + f.foot(w)
}
