package tonight

import (
	"fmt"
	"strings"
	"time"

	"lull/routine/journal"
	"lull/ui/keymap"
	"lull/ui/screen"
	"lull/ui/widget"
)

// morning is the one question of the morning: cramps last night?
type morning struct {
	choice int
	later  journal.Date // the night that was put off
}

// answers are what can be said, in the order they are shown.
var answers = []struct {
	word   string
	cramps int // -1 for not now
	said   string
}{
	{"none", 0, "written down: no cramps"},
	{"1", 1, "written down: one cramp"},
	{"2", 2, "written down: two cramps"},
	{"3+", 3, "written down: three cramps or more"},
	{"not now", -1, "not now; the diary can be told later"},
}

const morningStarts = 4 * time.Hour

// asks says whether the question stands: in the morning, while nobody has
// answered for the night that is ending. Somebody who only just came is asked
// nothing.
func (m *morning) asks(w screen.World) bool {
	hour := journal.Hour(w.Now)
	return w.Loaded && hour >= morningStarts && hour < w.Settings.Calendar.NightStarts &&
		w.Book.Earliest(w.Night()) < w.Night() &&
		m.later != w.Night() && !w.Book.Night(w.Night()).Known()
}

// move goes through the answers.
func (m *morning) move(by int) { m.choice = (m.choice + by + len(answers)) % len(answers) }

// answer records what was chosen. A cramp that is only counted is untimed: the
// instant is that of the telling.
func (m *morning) answer(w screen.World) screen.Do {
	a := answers[m.choice]
	do := screen.Do{Say: a.said + " · " + w.Keys.Label(keymap.Undo) + " takes it back"}
	switch {
	case a.cramps < 0:
		m.later, do.Say = w.Night(), a.said
	case a.cramps == 0:
		do.Records = []screen.Record{{Fact: journal.Quiet{}}}
	}
	for n := range a.cramps {
		do.Records = append(do.Records, screen.Record{Fact: journal.Cramped{Untimed: true, AtLeast: n == 2}})
	}
	m.choice = 0
	return do
}

// draw shows the question and its answers on two lines.
func (m *morning) draw(w screen.World) string {
	th := w.Theme
	words := make([]string, len(answers))
	for i, a := range answers {
		words[i] = th.Text.Render(" " + a.word + " ")
		if i == m.choice {
			words[i] = th.Selected.Render("[" + a.word + "]")
		}
	}
	return th.Title.Render(widget.Wrap(fmt.Sprintf("Cramps last night, %s?", w.Night().NightWords()), w.Width)) + "\n" +
		strings.Join(words, " ")
}
