// Package player leads a person through a routine: first the page that says
// what is about to happen, then the session itself.
package player

import (
	"fmt"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"lull/routine"
	"lull/routine/journal"
	"lull/routine/review"
	"lull/routine/safe"
	"lull/routine/say"
	"lull/routine/sitting"
	"lull/ui/figure"
	"lull/ui/keymap"
	"lull/ui/safety"
	"lull/ui/screen"
	"lull/ui/theme"
	"lull/ui/widget"
)

// ReadyScreen is the page before a session: the steps, what was changed for
// this person, and what is known about the routine. One key begins.
type ReadyScreen struct {
	asked  routine.Routine // as it is in the library
	scroll int
}

// Ready makes the page for a routine of the library.
func Ready(w screen.World, r routine.Routine) *ReadyScreen { return &ReadyScreen{asked: r} }

// plan is the routine as the safety answers of now allow it.
func (s *ReadyScreen) plan(w screen.World) routine.Plan { return w.PlanOf(s.asked) }

// Update begins, goes back, or scrolls the steps.
func (s *ReadyScreen) Update(w screen.World, msg tea.Msg) screen.Do {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		switch a, _ := w.Keys.First(msg, keymap.Go, keymap.Back, keymap.Up, keymap.Down, keymap.Ask); a {
		case keymap.Go:
			return s.begin(w)
		case keymap.Back:
			return screen.Do{Pop: true}
		case keymap.Up:
			s.scroll--
		case keymap.Down:
			s.scroll++
		case keymap.Ask:
			return screen.Do{Push: safety.Questions(w)}
		}
	case tea.MouseWheelMsg:
		s.scroll += screen.Notches(msg)
	}
	return screen.Do{}
}

// begin starts the session, unless the safety answers forbid it. A session of
// tonight that a killed program could not record is recorded first.
func (s *ReadyScreen) begin(w screen.World) screen.Do {
	if !w.Loaded { // nor are the safety answers
		return screen.Do{}
	}
	if locked, _ := w.Screening.Locked(); locked {
		return screen.Do{Push: safety.Signs()}
	}
	p := play(w, s.plan(w).Routine)
	do := p.start(w)
	if w.Resume != nil && !w.Resume.Recorded {
		do.Records = append(RecordsOf(*w.Resume), do.Records...)
	}
	if !w.Welcomed() {
		do.Records = append(do.Records, screen.Record{Fact: journal.Seen{Card: review.FirstCard}})
	}
	do.Replace = p
	return do
}

// Help lists what the keys do here.
func (s *ReadyScreen) Help(w screen.World) []key.Binding {
	return []key.Binding{
		w.Keys.Saying(keymap.Go, s.word(w)), w.Keys.Saying(keymap.Back, say.Text("back")),
		w.Keys.Saying(keymap.Up, say.Text("scroll up")), w.Keys.Saying(keymap.Down, say.Text("scroll down")),
		w.Keys.Saying(keymap.Ask, say.Text("safety questions")),
	}
}

// word says what the one key does: where nothing may start it leads to help.
func (s *ReadyScreen) word(w screen.World) string {
	if locked, _ := w.Screening.Locked(); locked {
		return say.Text("when to get help")
	}
	return say.Text("start")
}

const (
	stillAtLeast = 90 // columns from which the first pose is drawn beside the steps
	roomyHeight  = 14 // rows from which the evidence stays in sight below the steps
)

// Draw shows what is about to happen.
func (s *ReadyScreen) Draw(w screen.World) string {
	th := w.Theme
	if !w.Loaded {
		return th.Quiet.Render(say.Text("reading your nights…"))
	}
	plan := s.plan(w)
	if plan.Locked {
		rows := append(safety.Act(th, plan.Act, th.Danger, w.Width), "", s.foot(w, plan.Routine))
		return widget.Clip(strings.Join(rows, "\n"), w.Width, w.Height)
	}
	r := plan.Routine
	head := th.Title.Render(safe.Text(r.Name, 60)) + adapted(th, plan) + th.Quiet.Render(needs(w, r)) + "\n" + widget.Line(th, th.Quiet.Render(s.sound(w)), w.Width)
	foot := s.foot(w, r)
	rows := 2
	if w.Height >= roomyHeight {
		head, rows = head+"\n", rows+1
	}
	room := max(1, w.Height-rows-lipgloss.Height(foot))
	width := w.Width
	var still string
	if w.Width >= stillAtLeast && len(r.Steps) > 0 {
		width = w.Width * 3 / 5
		still = firstStill(w, r, w.Width-width, room)
	}
	var body string
	body, s.scroll = widget.Window(th, append(welcome(w, width), stepRows(w, plan, width)...), s.scroll, width, room)
	if still != "" {
		body = widget.Columns(room, widget.Column{Body: body, W: width}, widget.Column{Body: still, W: w.Width - width})
	}
	return widget.Clip(head, w.Width, rows) + "\n" + body + "\n" + foot
}

// adapted says at once that a plan is not the one of the library.
func adapted(th theme.Theme, plan routine.Plan) string {
	if !plan.Adapted() {
		return ""
	}
	return ", " + th.Warn.Render(say.Text("adapted for you"))
}

func firstStill(w screen.World, r routine.Routine, width, height int) string {
	f := w.Figure(r.Steps[0].Stretch)
	return figure.Draw(w.Theme, f, f.Posed(false, r.Steps[0].Holds()[0] == routine.Left), width, height)
}

// needs is how long the routine takes and what to have at hand.
func needs(w screen.World, r routine.Routine) string {
	if len(r.Steps) == 0 {
		return ""
	}
	things := names(w.Library.Needs(r))
	if len(things) == 0 {
		return ", " + say.Text("%s, nothing needed", clock(r.Length()))
	}
	return ", " + say.Text("%s, needs %s", clock(r.Length()), strings.Join(things, ", "))
}

// sound says whether the session will be heard, and the key that changes it.
func (s *ReadyScreen) sound(w screen.World) string {
	return say.Text("%s; %s in the session changes that", soundWords(w.Audible()), w.Keys.Label(keymap.Mute))
}

// welcome is the first card, for somebody who came straight here.
func welcome(w screen.World, width int) []string {
	safety, err := w.Library.Safety()
	if w.Welcomed() || err != nil {
		return nil
	}
	return []string{w.Theme.Text.Render(widget.Wrap(strings.Join(safety.Card, " "), width)), ""}
}

// stepRows lists the steps with their doses, then what was adapted and why.
func stepRows(w screen.World, plan routine.Plan, width int) []string {
	th, r := w.Theme, plan.Routine
	var rows []string
	why := sitting.Adaptations(w.Library, plan)
	if plan.Replaced() {
		rows, why = append(rows, th.Warn.Render(widget.Wrap(safe.Text(why[0], 300), width)), ""), why[1:]
	}
	for i, step := range r.Steps {
		st, _ := w.Library.Stretch(step.Stretch)
		rows = append(rows,
			th.Accent.Render(fmt.Sprintf("%2d ", i+1))+th.Text.Render(safe.Text(st.Name, 60)),
			th.Quiet.Render("   "+sitting.Dose(st.Action, step)))
	}
	if len(r.Steps) > 0 {
		rows = append(rows, inPlace(w, r.Steps[0], width)...)
	}
	if plan.Adapted() {
		rows = append(rows, "", th.Title.Render(widget.Wrap(sitting.Adapted.String(), width)))
	}
	for _, line := range why {
		rows = append(rows, th.Text.Render(widget.Wrap(safe.Text(line, 600), width)))
	}
	if w.Height < roomyHeight {
		rows = append(rows, "", evidence(w, r, width))
	}
	return rows
}

// inPlace says how to stand or lie before the first hold.
func inPlace(w screen.World, first routine.Step, width int) []string {
	st, _ := w.Library.Stretch(first.Stretch)
	if len(st.SetUp) == 0 {
		return nil
	}
	return []string{"", w.Theme.Title.Render(say.Text("Get in place:")),
		w.Theme.Text.Render(widget.Wrap(safe.Text(strings.Join(st.SetUp, " "), 200), width))}
}

func evidence(w screen.World, r routine.Routine, width int) string {
	return w.Theme.Quiet.Render(widget.Wrap(safe.Text(r.Evidence, 300), width))
}

// foot is what is known about the routine, the one line under every start, and
// the key that starts; or what there is to do instead.
func (s *ReadyScreen) foot(w screen.World, r routine.Routine) string {
	th := w.Theme
	key := th.Accent.Render(w.Keys.Label(keymap.Go))
	if locked, _ := w.Screening.Locked(); locked {
		return key + th.Text.Render(" "+s.word(w))
	}
	safety, _ := w.Library.Safety()
	foot := th.Text.Render(widget.Wrap(safety.Reminder, w.Width)) + "\n" + key + th.Text.Render(" "+startWords(r))
	if w.Height < roomyHeight {
		return foot
	}
	return evidence(w, r, w.Width) + "\n" + foot
}

// startWords say what the key that starts does, and how long there is to get
// into position.
func startWords(r routine.Routine) string {
	if ready := r.Steps[0].SetUp; ready > 0 {
		return say.Text("start: %d s to get into position", int(ready.Seconds()))
	}
	return say.Text("start, when you are in place")
}

func clock(d time.Duration) string {
	return widget.Minutes(d.Round(time.Second))
}
