package diary

import (
	"encoding/json"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"lull/routine/safe"
	"lull/ui/theme"
)

// line is a text that is typed. What a terminal would obey never gets in.
type line struct {
	input textinput.Model
	most  int // letters
	read  func(string) (any, error)
	how   string // what else there is to know
}

func newLine(most int) *line {
	in := textinput.New()
	in.Prompt = ""
	in.CharLimit = most
	in.SetVirtualCursor(true)
	in.Focus()
	return &line{input: in, most: most}
}

func (l *line) text() string { return l.input.Value() }

// enter puts another text in the place of what was there.
func (l *line) enter(text string) {
	l.input.SetValue(safe.Text(text, l.most))
	l.input.CursorEnd()
}

func (l *line) set(said json.RawMessage) {
	var text string
	if json.Unmarshal(said, &text) == nil {
		l.enter(text)
	}
}

func (l *line) said() (any, error) {
	switch text := l.text(); {
	case text == "":
		return nil, nil
	case l.read != nil:
		return l.read(text)
	default:
		return text, nil
	}
}

func (l *line) press(msg tea.KeyPressMsg) { l.give(msg) }

func (l *line) paste(text string) { l.give(tea.PasteMsg{Content: safe.Text(text, l.most)}) }

// give lets the text take a message. A letter that has no shape is left out.
func (l *line) give(msg tea.Msg) {
	before := l.input
	l.input, _ = l.input.Update(msg)
	if clean := safe.Text(l.text(), l.most); clean != l.text() {
		l.input = before
	}
}

func (l *line) pick(string) {}

func (l *line) words(theme.Theme, bool) []string {
	if l.text() == "" {
		return nil
	}
	return []string{l.text()}
}

func (l *line) hint() string { return l.how }

// view is the line with its cursor, within so many cells.
func (l *line) view(width int) string {
	l.input.SetWidth(width)
	l.input.SetCursor(l.input.Position()) // scrolls to it at this width
	return l.input.View()
}
