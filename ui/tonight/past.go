package tonight

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"lull/routine/journal"
	"lull/routine/say"
	"lull/ui/keymap"
	"lull/ui/screen"
	"lull/ui/widget"
)

// pastNights is how many nights back can be answered for in one sitting: what
// is longer ago is hardly remembered, and is told in the diary.
const pastNights = 7

// untold are the past nights nobody answered for, the newest first.
func untold(w screen.World) []journal.Date {
	var nights []journal.Date
	for _, d := range past(w) {
		if !w.Book.Night(d).Known() {
			nights = append(nights, d)
		}
	}
	return nights
}

// past are the last nights that are over, since the first that was recorded.
func past(w screen.World) []journal.Date {
	var nights []journal.Date
	last := w.LastNight()
	for d := last; d > last-pastNights && begun(w, d); d-- {
		nights = append(nights, d)
	}
	return nights
}

// Past is the screen on which the last nights are answered for, each with one
// word. What is left stays unknown.
type Past struct {
	night  journal.Date // under the cursor; zero for the newest that is not told
	choice int          // one more than the place in counts; 0 for none, so that no answer is given by habit
	about  journal.Date // the night that choice answers: it means nothing for another
}

// NewPast makes the screen.
func NewPast() *Past { return &Past{} }

// Claims says that the digits answer for the night under the cursor.
func (p *Past) Claims(w screen.World, press tea.KeyPressMsg) bool { return digitOf(w, press) >= 0 }

// at is the place of the night under the cursor.
func (p *Past) at(w screen.World) int {
	nights := past(w)
	want := p.night
	if want == 0 {
		if open := untold(w); len(open) > 0 {
			want = open[0]
		}
	}
	for i, d := range nights {
		if d == want {
			return i
		}
	}
	return 0
}

// chosen is choice for the night under the cursor, or 0.
func (p *Past) chosen(w screen.World) int {
	if nights := past(w); len(nights) == 0 || nights[p.at(w)] != p.about {
		return 0
	}
	return p.choice
}

// Update chooses a word and writes it down.
func (p *Past) Update(w screen.World, msg tea.Msg) screen.Do {
	nights := past(w)
	if len(nights) == 0 {
		return screen.Do{Pop: true}
	}
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return p.press(w, msg, nights)
	case tea.MouseWheelMsg:
		p.move(w, nights, screen.Notches(msg))
	case tea.MouseClickMsg:
		if at := p.listing(w).At(msg.Y - pastTop); at >= 0 {
			p.move(w, nights, at-p.at(w))
		}
	}
	return screen.Do{}
}

func (p *Past) press(w screen.World, msg tea.KeyPressMsg, nights []journal.Date) screen.Do {
	if n := digitOf(w, msg); n >= 0 {
		return p.answer(w, nights[p.at(w)], n)
	}
	a, _ := w.Keys.First(msg, keymap.Go, keymap.Back, keymap.Up, keymap.Down, keymap.AnswerBefore, keymap.AnswerAfter)
	night, chosen := nights[p.at(w)], p.chosen(w)
	switch a {
	case keymap.Back:
		return screen.Do{Pop: true}
	case keymap.Go:
		return p.answer(w, night, chosen-1)
	case keymap.Up:
		p.move(w, nights, -1)
	case keymap.Down:
		p.move(w, nights, +1)
	case keymap.AnswerBefore:
		p.choice, p.about = (max(chosen, 1)-2+len(counts))%len(counts)+1, night
	case keymap.AnswerAfter:
		p.choice, p.about = chosen%len(counts)+1, night
	}
	return screen.Do{}
}

func (p *Past) move(w screen.World, nights []journal.Date, by int) {
	p.night, p.choice = nights[max(0, min(p.at(w)+by, len(nights)-1))], 0
}

// answer writes the word down and goes on to the next night that is not told.
func (p *Past) answer(w screen.World, night journal.Date, n int) screen.Do {
	switch {
	case w.Book.Night(night).Known():
		return screen.Do{Say: say.Text("that night is told already; the diary can change it")}
	case n < 0:
		return screen.Do{Say: say.Text("Press 0, 1, 2 or 3, or choose an answer with the arrow keys.")}
	}
	do := counts[n].record(w, night)
	p.choice = 0
	p.night = 0
	for _, d := range untold(w) {
		if d < night {
			p.night = d
			break
		}
	}
	return do
}

// Help lists what the keys do here.
func (p *Past) Help(w screen.World) []key.Binding {
	bs := []key.Binding{w.Keys.Saying(keymap.Go, say.Text("save"))}
	if p.chosen(w) == 0 {
		bs = append([]key.Binding{w.Keys.Saying(keymap.Back, say.Text("done"))}, digitKeys()...)
	}
	bs = append(bs, w.Keys.Bindings(keymap.AnswerAfter, keymap.AnswerBefore, keymap.Down, keymap.Up)...)
	if p.chosen(w) > 0 {
		bs = append(bs, w.Keys.Saying(keymap.Back, say.Text("done")))
	}
	return bs
}

const pastTop = 2 // rows above the list

func (p *Past) listing(w screen.World) widget.Listing {
	th := w.Theme
	nights := past(w)
	rows := make([]string, len(nights))
	for i, d := range nights {
		n := w.Book.Night(d)
		rows[i] = th.Text.Render(d.NightWords() + "  ")
		switch {
		case n.Known():
			rows[i] += th.Done.Render(th.Glyphs.Done+" ") + th.Text.Render(crampWords(n))
		case i == p.at(w):
			rows[i] += p.choices(w)
		default:
			rows[i] += th.Quiet.Render(say.Text("not told"))
		}
	}
	return widget.Rows(th, rows, p.at(w), w.Width, max(1, w.Height-pastTop-1))
}

// choices are the words, the chosen one in brackets.
func (p *Past) choices(w screen.World) string {
	line := ""
	for i, c := range counts {
		if i == p.chosen(w)-1 {
			line += w.Theme.Selected.Render("["+c.shown()+"]") + " "
		} else {
			line += w.Theme.Text.Render(c.shown()) + " "
		}
	}
	return line
}

// Draw shows the nights with what is known of each.
func (p *Past) Draw(w screen.World) string {
	th := w.Theme
	return widget.Header(th, say.Text("Cramps in the last nights"), "", w.Width) + "\n\n" + p.listing(w).String() + "\n" +
		widget.Line(th, th.Quiet.Render(say.Text("A night you do not tell stays unknown. The diary takes more.")), w.Width)
}
