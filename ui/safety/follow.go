package safety

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"lull/routine"
	"lull/routine/say"
	"lull/ui/keymap"
	"lull/ui/screen"
	"lull/ui/widget"
)

// follow is a second question after a yes, and what was chosen or typed so far.
type follow struct {
	routine.Detail
	chosen []int
	typed  string // digits, when there are no options
}

// asks is the question, with how it is answered where keys do not tell.
func (f *follow) asks() string {
	if f.Many {
		return say.Text("%s Press each number, then enter.", f.Ask)
	}
	return f.Ask.String()
}

func (f *follow) chose(i int) bool { return slices.Contains(f.chosen, i) }

const longestNumber = 2 // digits

// press takes a key and says whether the question is answered.
func (f *follow) press(k string) (done bool) {
	n, err := strconv.Atoi(k)
	digit := err == nil && len(k) == 1
	switch {
	case k == "enter":
		return f.Many || len(f.Options) == 0 && f.typedValid()
	case k == "backspace" && f.typed != "":
		f.typed = f.typed[:len(f.typed)-1]
	case digit && len(f.Options) == 0 && len(f.typed) < longestNumber:
		f.typed += k
	case digit && n >= 1 && n <= len(f.Options):
		f.toggle(n - 1)
		return !f.Many
	}
	return false
}

func (f *follow) toggle(i int) {
	if at := slices.Index(f.chosen, i); at >= 0 {
		f.chosen = slices.Delete(f.chosen, at, at+1)
		return
	}
	f.chosen = append(f.chosen, i)
	slices.Sort(f.chosen)
}

// typedValid wants a week that exists, or nothing.
func (f *follow) typedValid() bool {
	weeks, err := strconv.Atoi(f.typed)
	return f.typed == "" || err == nil && routine.Week(weeks)
}

func (s *QuestionsScreen) answerMore(_ screen.World, press tea.KeyPressMsg) screen.Do {
	k := press.String()
	if k == "esc" {
		s.more = nil
		return screen.Do{}
	}
	if !s.more.press(k) {
		if k == "enter" && !s.more.typedValid() {
			return screen.Do{Say: say.Text("weeks run from 1 to 45")}
		}
		return screen.Do{}
	}
	number, _ := strconv.Atoi(s.more.typed) // empty is no number
	s.more.Keep(&s.answers, s.more.chosen, number)
	s.more = nil
	s.at++
	return screen.Do{}
}

func (f *follow) help() []key.Binding {
	bs := []key.Binding{}
	if len(f.Options) > 0 {
		bs = append(bs, key.NewBinding(key.WithKeys("1"), key.WithHelp(fmt.Sprintf("1-%d", len(f.Options)), say.Text("choose"))))
	}
	if f.Many || len(f.Options) == 0 {
		bs = append(bs, key.NewBinding(key.WithKeys("enter"), key.WithHelp(keymap.Show("enter"), say.Text("go on"))))
	}
	return append(bs, key.NewBinding(key.WithKeys("esc"), key.WithHelp(keymap.Show("esc"), say.Text("back"))))
}

// choices are the answers one by one: the options, or digits, and the way on.
func (f *follow) choices() []key.Binding {
	one := func(name, does string) key.Binding {
		return key.NewBinding(key.WithKeys(name), key.WithHelp(keymap.Show(name), does))
	}
	var bs []key.Binding
	for i, o := range f.Options {
		bs = append(bs, one(strconv.Itoa(i+1), o.String()))
	}
	if len(f.Options) == 0 {
		for digit := range 10 {
			bs = append(bs, one(strconv.Itoa(digit), strconv.Itoa(digit)))
		}
		bs = append(bs, one("backspace", say.Text("clear")))
	}
	if f.Many || len(f.Options) == 0 {
		bs = append(bs, one("enter", say.Text("go on")))
	}
	return append(bs, one("esc", say.Text("back")))
}

func (f *follow) draw(w screen.World) string {
	th := w.Theme
	rows := []string{th.Text.Render(widget.Wrap(f.asks(), w.Width)), ""}
	for i, o := range f.Options {
		mark := th.Glyphs.Open
		if f.chose(i) {
			mark = th.Glyphs.Done
		}
		if !f.Many {
			mark = ""
		}
		rows = append(rows, th.Accent.Render(fmt.Sprintf("%d ", i+1))+th.Text.Render(strings.TrimSpace(mark+" "+o.String())))
	}
	if len(f.Options) == 0 {
		rows = append(rows, th.Accent.Render("> ")+th.Digits.Render(f.typed+"_"))
	}
	return strings.Join(rows, "\n")
}
