package nights

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"lull/routine/experiment"
	"lull/routine/journal"
	"lull/routine/say"
	"lull/ui/keymap"
	"lull/ui/screen"
	"lull/ui/widget"
)

// plan is the screen of the experiment: what it asks of a person, before it
// begins, and the plan with what it came to, once it has. It draws the lot when
// it begins and never again.
type plan struct {
	pairs  int
	scroll int
}

func newExperiment() *plan { return &plan{pairs: experiment.Telling} }

// Update begins or ends the experiment, or scrolls.
func (p *plan) Update(w screen.World, msg tea.Msg) screen.Do {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return p.press(w, msg)
	case tea.MouseWheelMsg:
		p.scroll += screen.Notches(msg)
	}
	return screen.Do{}
}

func (p *plan) press(w screen.World, msg tea.KeyPressMsg) screen.Do {
	a, _ := w.Keys.First(msg, keymap.Back, keymap.Earlier, keymap.Later, keymap.WeekEarlier, keymap.WeekLater, keymap.Yes, keymap.Experiment)
	_, fact, begun := w.Book.Experiment(w.Night())
	switch {
	case a == keymap.Back:
		return screen.Do{Pop: true}
	case a == keymap.Earlier:
		p.scroll--
	case a == keymap.Later:
		p.scroll++
	case a == keymap.Experiment && begun:
		return screen.Do{Records: []screen.Record{{Takeback: &fact}}, Say: say.Text("the experiment is over; the nights stay as they are · %s takes that back", w.Keys.Label(keymap.Undo))}
	case begun:
	case a == keymap.WeekEarlier:
		p.pairs = max(experiment.LeastPairs, p.pairs-1)
	case a == keymap.WeekLater:
		p.pairs = min(experiment.MostPairs, p.pairs+1)
	case a == keymap.Yes:
		return p.begin(w)
	}
	return screen.Do{}
}

// begin draws the lot from an id, whose end is chance, and writes the plan down:
// it starts tomorrow, so that nobody knows of a night that is under way.
func (p *plan) begin(w screen.World) screen.Do {
	id := w.NewID()
	e := journal.Experiment{Seed: experiment.Seed(id), From: w.Day() + 1, Pairs: p.pairs}
	return screen.Do{
		Records: []screen.Record{{Fact: e, ID: id}},
		Say:     say.Text("begun: the first fortnight starts on %s · %s takes it back", e.From.Words(), w.Keys.Label(keymap.Undo)),
	}
}

// Help lists what the keys do here.
func (p *plan) Help(w screen.World) []key.Binding {
	bs := []key.Binding{w.Keys.Saying(keymap.Back, say.Text("back"))}
	if _, _, begun := w.Book.Experiment(w.Night()); begun {
		bs = append(bs, w.Keys.Saying(keymap.Experiment, say.Text("end it")))
	} else {
		bs = append(bs, w.Keys.Saying(keymap.Yes, say.Text("begin")), w.Keys.Saying(keymap.WeekEarlier, say.Text("fewer pairs")), w.Keys.Saying(keymap.WeekLater, say.Text("more pairs")))
	}
	return append(bs, w.Keys.Saying(keymap.Later, say.Text("scroll down")), w.Keys.Saying(keymap.Earlier, say.Text("scroll up")))
}

// Draw shows the rules, or the plan and what it came to.
func (p *plan) Draw(w screen.World) string {
	var block string
	block, p.scroll = widget.Window(w.Theme, p.rows(w), p.scroll, w.Width, max(1, w.Height-2))
	return widget.Header(w.Theme, say.Text("An experiment"), "", w.Width) + "\n\n" + block
}

func (p *plan) rows(w screen.World) []string {
	th := w.Theme
	wrap := func(text string) string { return th.Text.Render(widget.Wrap(text, w.Width)) }
	var rules []string
	for _, r := range experiment.Rules {
		rules = append(rules, th.Text.Render(widget.Hang(th.Glyphs.Bullet+" ", r.String(), w.Width)))
	}
	e, _, begun := w.Book.Experiment(w.Night())
	if !begun {
		weeks := 4 * p.pairs
		return slices.Concat([]string{wrap(say.Text("Fortnights with stretching and fortnights without, in an order drawn by lot. Whoever is content with the habit needs none of this.")), ""},
			rules, []string{"", th.Title.Render(say.Text("%d pairs, %d weeks, from %s on", p.pairs, weeks, (w.Day() + 1).Words())),
				th.Accent.Render(w.Keys.Label(keymap.Yes)) + th.Text.Render(" "+say.Text("draws the lot and begins"))})
	}
	rows := []string{wrap(e.Words)}
	if e.Tonight != "" {
		rows = append(rows, th.Title.Render(say.Text("Tonight is %s.", e.Tonight)))
	}
	if e.Reading.Ready {
		rows = append(rows, th.Quiet.Render(widget.Wrap(experiment.Caution.String(), w.Width)))
	}
	rows = append(rows, "")
	for _, fortnight := range e.Plan {
		rows = append(rows, wrap(fortnight))
	}
	return slices.Concat(rows, []string{""}, rules)
}
