package tonight

import (
	"slices"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"lull/routine/journal"
	"lull/routine/safe"
	"lull/routine/say"
	"lull/ui/diary"
	"lull/ui/keymap"
	"lull/ui/screen"
	"lull/ui/widget"
)

// morning is what is asked about last night: were there cramps and, of those
// that have no details yet, what is missing. No number of cramps is chosen
// before a key chose it: a key that is pressed by habit records nothing. Later in
// the day it is asked once, and stays out of the way until an answer is chosen.
type morning struct {
	moved  int                 // one more than the place of the answer that a key chose; 0 for none
	about  subject             // the question that moved answers: it means nothing for another
	later  journal.Date        // the night that was put off
	passed map[journal.ID]bool // cramps of which enough was told
}

// subject tells one question from another.
type subject struct {
	night  journal.Date
	cramp  journal.ID // the one whose details are asked for
	counts bool       // it asks for a number of cramps
}

// question is what is asked now, with its answers.
type question struct {
	subject
	title   string
	lines   []string // what is known already
	answers []answer
	offered int // the answer that is chosen before a key was pressed; -1 for none
}

// answer is a word that can be chosen, and what it does.
type answer struct {
	word string
	give func(screen.World) screen.Do
}

// inTheMorning says whether the night is over for a sleeper and the next has not
// begun.
func inTheMorning(w screen.World) bool { return w.LastNight() == w.Night() }

// asks gives the question that stands, if there is one: in the morning, or when
// lull is opened for the first time in a day. Somebody who only just came is
// asked nothing.
func (m *morning) asks(w screen.World) (question, bool) {
	night := w.LastNight()
	if !w.Loaded || !inTheMorning(w) && !w.FirstToday || m.later == night || !begun(w, night) {
		return question{}, false
	}
	q := m.details(w, night)
	switch {
	case q.answers != nil:
	case w.Book.Night(night).Known():
		return question{}, false
	default:
		q = m.count(night)
	}
	if !inTheMorning(w) {
		q.offered = -1
	}
	return q, true
}

// begun says whether anything was recorded for the night or before it.
func begun(w screen.World, night journal.Date) bool {
	return w.Book.Begun(night, w.Night())
}

// count asks how many cramps there were.
func (m *morning) count(night journal.Date) question {
	q := question{title: say.Text("Cramps last night, %s?", night.NightWords()), offered: -1, subject: subject{night: night, counts: true}}
	for _, c := range counts {
		q.answers = append(q.answers, answer{c.shown(), func(w screen.World) screen.Do { return c.record(w, night) }})
	}
	q.answers = append(q.answers, m.notNow(night))
	return q
}

func (m *morning) notNow(night journal.Date) answer {
	return answer{say.Text("not now"), func(screen.World) screen.Do {
		m.later = night
		return screen.Do{Say: say.Text("not now; the diary can be told later")}
	}}
}

// details asks about the first cramp of the night of which nothing was told but
// that it was.
func (m *morning) details(w screen.World, night journal.Date) question {
	cramps := crampsOf(w, night)
	at := slices.IndexFunc(cramps, func(e journal.Entry) bool { return !m.passed[e.ID] && !e.Fact.(journal.Cramped).Told() })
	if at < 0 {
		return question{}
	}
	of := cramps[at]
	q := question{title: say.Count(len(cramps), "Last night: %d cramp. What else of this one?", "Last night: %d cramps. What else of this one?")}
	q.subject = subject{night: night, cramp: of.ID}
	for _, e := range cramps[at:] {
		q.lines = append(q.lines, diary.Line(e))
	}
	q.answers = []answer{{say.Text("tell it"), func(w screen.World) screen.Do {
		if m.passed == nil {
			m.passed = map[journal.ID]bool{}
		}
		m.passed[of.ID] = true
		return screen.Do{Push: diary.Ask(w, of, missing(of)...)}
	}}, m.notNow(night)}
	return q
}

// crampsOf are the cramps of a night, by id.
func crampsOf(w screen.World, night journal.Date) []journal.Entry {
	var cramps []journal.Entry
	for _, e := range w.Recent {
		if _, ok := e.Fact.(journal.Cramped); ok && e.Night == night {
			cramps = append(cramps, e)
		}
	}
	return cramps
}

// missing are the fields of the form that are still to be filled in.
func missing(e journal.Entry) []string {
	c := e.Fact.(journal.Cramped)
	var keys []string
	for _, f := range []struct {
		key   string
		lacks bool
	}{
		{"side", c.Side == ""}, {"muscle", c.Muscle == ""}, {"pain", c.Pain == nil}, {"lasted_s", c.LastedS == nil},
		{"awake_min", c.AwakeMin == nil}, {"helped", len(c.Helped) == 0}, {"soreness", c.Soreness == nil}, {"at", c.Untimed},
		{"knot", c.Knot == nil}, {"signs", len(c.Signs) == 0},
	} {
		if f.lacks {
			keys = append(keys, f.key)
		}
	}
	return keys
}

// chosen is the place of the answer in hand, or -1.
func (m *morning) chosen(q question) int {
	if m.moved == 0 || m.about != q.subject {
		return q.offered
	}
	return min(m.moved, len(q.answers)) - 1
}

// move goes through the answers.
func (m *morning) move(q question, by int) {
	at, n := m.chosen(q), len(q.answers)
	if at < 0 && by < 0 {
		at = 0
	}
	m.moved, m.about = (at+by+n)%n+1, q.subject
}

// answers says whether the next key answers, and what that does.
func (m *morning) answers(w screen.World) (func(screen.World) screen.Do, bool) {
	q, asked := m.asks(w)
	if !asked || m.chosen(q) < 0 {
		return nil, false
	}
	give := q.answers[m.chosen(q)].give
	return func(w screen.World) screen.Do {
		m.moved = 0
		return give(w)
	}, true
}

// waits says whether a number of cramps is asked for and none is chosen: the
// digits answer then and, in the morning, nothing else is the next thing to do.
func (m *morning) waits(w screen.World) bool {
	q, asked := m.asks(w)
	return asked && q.counts && inTheMorning(w) && m.chosen(q) < 0
}

// digit is the number of cramps that a key stands for while digits answer, or -1.
func (m *morning) digit(w screen.World, press tea.KeyPressMsg) int {
	if q, asked := m.asks(w); !asked || !q.counts || !inTheMorning(w) {
		return -1
	}
	return digitOf(w, press)
}

// digitOf is the number of cramps that a key stands for, or -1. A digit that the
// settings gave another task than a tab keeps that.
func digitOf(w screen.World, press tea.KeyPressMsg) int {
	name := press.String()
	_, taken := w.Keys.First(press, keymap.Help, keymap.Quit, keymap.Undo, keymap.Signs, keymap.Next, keymap.Previous, keymap.Cramp, keymap.Back,
		keymap.Go, keymap.Drink, keymap.Ask, keymap.AnswerBefore, keymap.AnswerAfter, keymap.PastNights, keymap.Up, keymap.Down)
	if taken || len(name) != 1 || name[0] < '0' || int(name[0]-'0') >= len(counts) {
		return -1
	}
	return int(name[0] - '0')
}

// digitKeys are the digits with what each answers.
func digitKeys() []key.Binding {
	var bs []key.Binding
	for _, c := range counts {
		digit := strconv.Itoa(c.cramps)
		bs = append(bs, key.NewBinding(key.WithKeys(digit), key.WithHelp(digit, c.said.String())))
	}
	return bs
}

// putOff takes the question away.
func (m *morning) putOff(w screen.World) screen.Do {
	if _, asked := m.asks(w); !asked {
		return screen.Do{}
	}
	m.moved = 0
	return m.notNow(w.LastNight()).give(w)
}

// draw shows the question, what is known, and the answers.
func (m *morning) draw(w screen.World, q question) string {
	th := w.Theme
	words := make([]string, len(q.answers))
	for i, a := range q.answers {
		words[i] = th.Text.Render(" " + a.word + " ")
		if i == m.chosen(q) {
			words[i] = th.Selected.Render("[" + a.word + "]")
		}
	}
	rows := []string{th.Title.Render(widget.Wrap(q.title, w.Width))}
	for _, l := range q.lines {
		rows = append(rows, th.Text.Render(widget.Wrap("  "+safe.Text(l, w.Width), w.Width)))
	}
	rows = append(rows, strings.Join(words, " "))
	switch {
	case m.chosen(q) >= 0:
		rows = append(rows, th.Accent.Render(w.Keys.Label(keymap.Go))+th.Text.Render(" "+say.Text("answers")))
	case m.waits(w):
		rows = append(rows, th.Text.Render(widget.Wrap(m.hint(w), w.Width)))
	}
	return strings.Join(rows, "\n")
}

// hint says how the question is answered and put off.
func (m *morning) hint(w screen.World) string {
	return say.Text("Press 0, 1, 2 or 3, or %s to skip.", w.Keys.Label(keymap.Back))
}

// count is one of the numbers of cramps that a night can be told to have had.
type count struct {
	word   say.Key // empty for the number itself
	cramps int
	said   say.Key
}

// shown is the word that is chosen.
func (c count) shown() string {
	switch {
	case c.word != "":
		return c.word.String()
	case c.cramps == 3:
		return "3+"
	}
	return strconv.Itoa(c.cramps)
}

// counts are those that can be told of a whole night.
var counts = []count{
	{"none", 0, "no cramps"}, {"", 1, "one cramp"}, {"", 2, "two cramps"}, {"", 3, "three cramps or more"},
}

// record writes down how many cramps a night had. Cramps that are only counted
// are untimed; the last of three stands for more.
func (c count) record(w screen.World, night journal.Date) screen.Do {
	do := screen.Do{Say: say.Text("written down: %s, %s · %s takes it back", c.said, night.NightWords(), w.Keys.Label(keymap.Undo))}
	if c.cramps == 0 {
		do.Records = []screen.Record{{Fact: journal.Quiet{}, Night: night}}
	}
	for n := range c.cramps {
		do.Records = append(do.Records, screen.Record{Fact: journal.Cramped{Untimed: true, AtLeast: n == 2}, Night: night})
	}
	return do
}
