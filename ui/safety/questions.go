package safety

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"lull/routine"
	"lull/routine/review"
	"lull/routine/safe"
	"lull/routine/say"
	"lull/routine/settings"
	"lull/ui/keymap"
	"lull/ui/screen"
	"lull/ui/widget"
)

// QuestionsScreen asks the safety questions, one to a page, and then says what
// the answers change. Leaving it before the end changes nothing.
type QuestionsScreen struct {
	answers routine.Screening
	at      int     // question on the page; their number on the last page
	more    *follow // a second question about the one on the page
	scroll  int
}

// Questions makes the screen. It starts from the answers that hold.
func Questions(w screen.World) *QuestionsScreen {
	return &QuestionsScreen{answers: w.Screening}
}

// Takes says whether digits go to the second question.
func (s *QuestionsScreen) Takes() bool { return s.more != nil }

// Update takes the answers.
func (s *QuestionsScreen) Update(w screen.World, msg tea.Msg) screen.Do {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return screen.Do{}
	}
	questions := questionsOf(w)
	switch {
	case s.more != nil:
		return s.answerMore(w, press)
	case s.at >= len(questions):
		return s.last(w, press)
	}
	switch a, _ := w.Keys.First(press, keymap.Yes, keymap.No, keymap.Back, keymap.Up); a {
	case keymap.Yes:
		return s.answer(w, questions[s.at], true)
	case keymap.No:
		return s.answer(w, questions[s.at], false)
	case keymap.Up:
		s.at = max(0, s.at-1)
	case keymap.Back:
		return screen.Do{Pop: true, Say: say.Text("nothing was changed; Settings asks again whenever you like")}
	}
	return screen.Do{}
}

func questionsOf(w screen.World) []routine.Question {
	safety, _ := w.Library.Safety()
	return safety.Questions
}

// answer takes a yes or no. Signs of an emergency are shown at once and the
// answers so far are kept: nobody should have to finish a form first.
func (s *QuestionsScreen) answer(w screen.World, q routine.Question, yes bool) screen.Do {
	s.answers.Answer(q.Key, yes)
	if yes && s.answers.Emergency && q.Key == "emergency" {
		return screen.Do{Replace: SignsOf(q.Signs...), Records: s.records()}
	}
	if d, ok := routine.DetailOf(q.Key); ok && yes {
		s.more = &follow{Detail: d}
		return screen.Do{}
	}
	s.at++
	return screen.Do{}
}

func (s *QuestionsScreen) records() []screen.Record {
	return []screen.Record{{Fact: review.Screened(s.answers)}}
}

// signWords are signs with what each asks for.
func signWords(w screen.World, ids []string) []string {
	safety, _ := w.Library.Safety()
	var words []string
	for _, tier := range []routine.Tier{safety.Emergency, safety.SameDay, safety.Doctor} {
		for _, sign := range tier.Signs {
			if slices.Contains(ids, sign.ID) {
				words = append(words, tier.Title+": "+strings.Join(sign.Text, " "))
			}
		}
	}
	return words
}

// last keeps the answers, or goes back through them.
func (s *QuestionsScreen) last(w screen.World, press tea.KeyPressMsg) screen.Do {
	switch a, _ := w.Keys.First(press, keymap.Choose, keymap.SetNight, keymap.Up, keymap.Down, keymap.Back); a {
	case keymap.Choose:
		return screen.Do{Pop: true, Records: s.records(), Say: say.Text("kept; Settings asks again whenever you like")}
	case keymap.SetNight:
		if r, offered := s.offered(w); offered {
			return screen.Do{
				Pop: true, Records: s.records(), Set: []settings.Change{{Key: "routine", Value: r.ID}},
				Say: say.Text("kept; tonight's routine is %s", safe.Text(r.Name, 40)),
			}
		}
	case keymap.Up:
		s.at--
	case keymap.Down:
		s.scroll++
	case keymap.Back:
		return screen.Do{Pop: true, Say: say.Text("nothing was changed")}
	}
	return screen.Do{}
}

// offered is the routine that was made for somebody with these answers, if it is
// not tonight's already.
func (s *QuestionsScreen) offered(w screen.World) (routine.Routine, bool) {
	r, ok := w.Library.Routine(s.answers.Offer())
	return r, ok && r.ID != w.Settings.Routine
}

// Help lists what the keys do now.
func (s *QuestionsScreen) Help(w screen.World) []key.Binding {
	switch {
	case s.more != nil:
		return s.more.help()
	case s.at >= len(questionsOf(w)):
		bs := []key.Binding{w.Keys.Saying(keymap.Choose, say.Text("keep these"))}
		if r, offered := s.offered(w); offered {
			bs = append(bs, w.Keys.Saying(keymap.SetNight, say.Text("keep these, and take %s", safe.Text(r.Name, 40))))
		}
		return append(bs, w.Keys.Saying(keymap.Up, say.Text("question before")), w.Keys.Saying(keymap.Down, say.Text("scroll down")), w.Keys.Saying(keymap.Back, say.Text("change nothing")))
	}
	return append(w.Keys.Bindings(keymap.Yes, keymap.No), w.Keys.Saying(keymap.Up, say.Text("question before")), w.Keys.Saying(keymap.Back, say.Text("leave it")))
}

// Choices are what two keys can do: of a second question, each of its answers.
func (s *QuestionsScreen) Choices(w screen.World) []key.Binding {
	if s.more != nil {
		return s.more.choices()
	}
	return s.Help(w)
}

// Draw shows one question, or what the answers change.
func (s *QuestionsScreen) Draw(w screen.World) string {
	th := w.Theme
	questions := questionsOf(w)
	if s.at >= len(questions) {
		return s.summary(w, questions)
	}
	q := questions[s.at]
	head := widget.Header(th, say.Text("Safety questions"), say.Text("%d of %d", s.at+1, len(questions)), w.Width)
	rows := []string{head, "", th.Title.Render(widget.Wrap(strings.Join(q.Ask, " "), w.Width)), ""}
	if s.more != nil {
		whole := tight(strings.Join(append(rows, s.more.draw(w)), "\n"), w.Height)
		if lipgloss.Height(whole) > w.Height {
			whole = tight(head+"\n"+s.more.draw(w), w.Height)
		}
		return widget.Clip(whole, w.Width, w.Height)
	}
	rows = append(rows, yesNo(w)+s.soFar(w, q), "", th.Quiet.Render(widget.Wrap(say.Text("With a yes: %s", strings.Join(q.Effect, " ")), w.Width)))
	if len(q.Signs) > 1 {
		rows = append(rows, "", th.Quiet.Render(widget.Wrap(say.Text("%s shows the list.", w.Keys.Label(keymap.Signs)), w.Width)))
	}
	return widget.Clip(tight(strings.Join(rows, "\n"), w.Height), w.Width, w.Height)
}

// tight is the text without its empty lines where there is no room for them.
func tight(text string, height int) string {
	lines := strings.Split(text, "\n")
	if len(lines) <= height {
		return text
	}
	return strings.Join(slices.DeleteFunc(lines, func(l string) bool { return l == "" }), "\n")
}

// soFar is the answer that holds until another is given, if there is one.
func (s *QuestionsScreen) soFar(w screen.World, q routine.Question) string {
	switch {
	case slices.Contains(s.answers.Yes(), q.Key):
		return w.Theme.Quiet.Render("     " + say.Text("so far: yes"))
	case w.Screened:
		return w.Theme.Quiet.Render("     " + say.Text("so far: no"))
	}
	return ""
}

func yesNo(w screen.World) string {
	th := w.Theme
	return th.Accent.Render(w.Keys.Label(keymap.Yes)) + th.Text.Render(" "+say.Text("yes")+"     ") +
		th.Accent.Render(w.Keys.Label(keymap.No)) + th.Text.Render(" "+say.Text("no"))
}

// summary says what the answers change.
func (s *QuestionsScreen) summary(w screen.World, questions []routine.Question) string {
	th := w.Theme
	yes := s.answers.Yes()
	rows := []string{th.Title.Render(say.Text("What your answers change")), ""}
	for _, q := range questions {
		if !slices.Contains(yes, q.Key) {
			continue
		}
		rows = append(rows, th.Text.Render(widget.Hang(th.Glyphs.Bullet+" ", strings.Join(q.Effect, " "), w.Width)))
		for _, sign := range signWords(w, s.answers.Signs(q)) {
			rows = append(rows, th.Text.Render(widget.Hang("  ", sign, w.Width)))
		}
	}
	if len(yes) == 0 {
		rows = append(rows, th.Text.Render(say.Text("Nothing: every stretch is shown.")))
	}
	rows = append(rows, "", th.Accent.Render(w.Keys.Label(keymap.Choose))+th.Text.Render(" "+say.Text("keep these")))
	if r, offered := s.offered(w); offered {
		rows = append(rows, widget.Clip(th.Accent.Render(w.Keys.Label(keymap.SetNight))+th.Text.Render(" "+say.Text("keep these, and take the routine %s", safe.Text(r.Name, 40))), w.Width, 1))
	}
	rows = append(rows, "", th.Quiet.Render(widget.Wrap(say.Text("Your answers stay in lull's own file and are left out of exports unless you ask for them."), w.Width)))
	var block string
	block, s.scroll = widget.Window(th, rows, s.scroll, w.Width, w.Height)
	return block
}
