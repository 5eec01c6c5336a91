// Package tonight is the home screen: whether tonight's stretch is done, how
// the water stands, what last night was, how long the run is, and the one key
// that does the obvious next thing.
package tonight

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"lull/routine/journal"
	"lull/routine/review"
	"lull/routine/safe"
	"lull/routine/say"
	"lull/routine/settings"
	"lull/routine/sitting"
	"lull/ui/heat"
	"lull/ui/keymap"
	"lull/ui/player"
	"lull/ui/safety"
	"lull/ui/screen"
	"lull/ui/widget"
)

// Screen is the home screen. Everything it shows is in the World.
type Screen struct {
	scroll  int
	morning morning
}

// New makes the screen.
func New() *Screen { return &Screen{} }

// Update does what the one key for the next thing, and the few others, ask.
func (s *Screen) Update(w screen.World, msg tea.Msg) screen.Do {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return screen.Do{}
	}
	if n := s.morning.digit(w, press); n >= 0 {
		s.morning.moved = 0
		return counts[n].record(w, w.LastNight())
	}
	a, _ := w.Keys.First(press, keymap.Go, keymap.Drink, keymap.Ask, keymap.Up, keymap.Down,
		keymap.AnswerBefore, keymap.AnswerAfter, keymap.PastNights, keymap.EndPause, keymap.Back)
	switch a {
	case keymap.AnswerBefore:
		s.turn(w, -1)
	case keymap.AnswerAfter:
		s.turn(w, +1)
	case keymap.Back:
		return s.morning.putOff(w)
	case keymap.PastNights:
		if len(past(w)) == 0 {
			return screen.Do{Say: say.Text("there is no past night yet")}
		}
		return screen.Do{Push: NewPast()}
	case keymap.EndPause:
		return endPause(w)
	case keymap.Up:
		s.scroll--
	case keymap.Down:
		s.scroll++
	case keymap.Go:
		return s.next(w).do(w)
	case keymap.Drink:
		return drink(w)
	case keymap.Ask:
		return screen.Do{Push: safety.Questions(w)}
	}
	return screen.Do{}
}

// Claims says that the digits answer the morning's question while it is asked.
func (s *Screen) Claims(w screen.World, press tea.KeyPressMsg) bool {
	return s.morning.digit(w, press) >= 0
}

// turn goes through the answers of the question, if one is asked.
func (s *Screen) turn(w screen.World, by int) {
	if q, asked := s.morning.asks(w); asked {
		s.morning.move(q, by)
	}
}

// step is the obvious next thing: what the key does and the word for it.
type step struct {
	word say.Key
	do   func(screen.World) screen.Do
}

func (s *Screen) next(w screen.World) step {
	t := w.Tonight()
	locked, _ := w.Screening.Locked()
	answer, chosen := s.morning.answers(w)
	switch {
	case chosen:
		return step{"answer", answer}
	case s.morning.waits(w):
		return step{"choose an answer", func(w screen.World) screen.Do { return screen.Do{Say: s.morning.hint(w)} }}
	case !w.Loaded:
		return step{"wait", func(screen.World) screen.Do { return screen.Do{} }}
	case w.Resumable():
		return step{"go on where you left", resume}
	case !w.Welcomed():
		return step{"understood", begin}
	case locked && !t.Streak.KeptTonight:
		return step{"when to get help", func(screen.World) screen.Do { return screen.Do{Push: safety.Signs()} }}
	case !t.Streak.KeptTonight:
		return step{"begin", begin}
	case !w.HideAmounts() && t.Checklist.Water.Done < t.Checklist.Water.Of || t.Checklist.Bedtime.Done < t.Checklist.Bedtime.Of:
		return step{"the checklist", func(screen.World) screen.Do { return screen.Do{Go: screen.TabChecklist} }}
	}
	return step{"how the nights are going", func(screen.World) screen.Do { return screen.Do{Go: screen.TabReview} }}
}

func begin(w screen.World) screen.Do {
	do := screen.Do{Push: player.Ready(w, w.Chosen())}
	if !w.Welcomed() {
		do.Records = []screen.Record{{Fact: journal.Seen{Card: review.FirstCard}}}
	}
	return do
}

func resume(w screen.World) screen.Do {
	p, err := player.Resume(w, *w.Resume)
	if err != nil {
		return screen.Do{Say: say.Text("that session cannot be gone on with: %s", err), Note: &screen.Note{Name: sitting.Note}}
	}
	return screen.Do{Push: p}
}

// drink ticks the next open item of the water list; past the last it records an
// extra.
func drink(w screen.World) screen.Do {
	ticks := w.Ticks(journal.WaterList, w.Day())
	tick := w.Settings.NextWater(func(item string) bool { _, done := ticks[item]; return done })
	return screen.Do{Records: []screen.Record{{Fact: tick, Next: true}}, Say: say.Text("ticked %s · %s takes it back", safe.Text(screen.ItemName(w, tick), 40), w.Keys.Label(keymap.Undo))}
}

// endPause ends a pause that has no end although sessions were held in it. Its
// last night is the night before tonight, as with `lull pause --off`.
func endPause(w screen.World) screen.Do {
	open, found := w.Book.OpenPause(w.Night())
	if !found {
		return screen.Do{}
	}
	e := open.Entry()
	record := screen.Record{Revises: &e, Patch: map[string]any{"from": open.From, "to": w.Night() - 1}}
	if open.From == w.Night() {
		record = screen.Record{Takeback: &e}
	}
	return screen.Do{Records: []screen.Record{record}, Say: say.Text("The pause has ended. Press %s to undo.", w.Keys.Label(keymap.Undo))}
}

// Help lists what the keys do here.
func (s *Screen) Help(w screen.World) []key.Binding {
	bs := []key.Binding{w.Keys.Saying(keymap.Go, s.next(w).word.String())}
	if s.morning.waits(w) {
		bs = append([]key.Binding{w.Keys.Saying(keymap.Back, say.Text("not now"))}, digitKeys()...)
		bs = append(bs, w.Keys.Bindings(keymap.AnswerAfter, keymap.AnswerBefore)...)
	} else if _, asked := s.morning.asks(w); asked {
		bs = append(bs, w.Keys.Bindings(keymap.AnswerBefore, keymap.AnswerAfter)...)
		bs = append(bs, w.Keys.Saying(keymap.Back, say.Text("not now")))
	}
	bs = append(bs, w.Keys.Bindings(keymap.Drink, keymap.Ask)...)
	if len(past(w)) > 0 {
		bs = append(bs, w.Keys.Bindings(keymap.PastNights)...)
	}
	if _, found := w.Book.OpenPause(w.Night()); found {
		bs = append(bs, w.Keys.Bindings(keymap.EndPause)...)
	}
	return bs
}

const (
	twoColumns = 72 // columns from which the run stands beside the evening
	between    = 2  // cells between the two
)

// Draw shows the evening in one look.
func (s *Screen) Draw(w screen.World) string {
	th := w.Theme
	head := widget.Header(th, say.Text("Tonight, %s", w.Night().NightWords()), w.Now.Format("15:04"), w.Width)
	if !w.Loaded {
		return head + "\n\n" + th.Quiet.Render(say.Text("reading your nights…"))
	}
	t := w.Tonight()
	rows := []string{head, ""}
	if q, asked := s.morning.asks(w); asked {
		rows = append(rows, s.morning.draw(w, q), "")
	}
	if open, found := w.Book.OpenPause(w.Night()); found {
		rows = append(rows, th.Warn.Render(widget.Wrap(th.Glyphs.Alert+" "+open.Words()+" "+say.Text("Press %s to end it.", w.Keys.Label(keymap.EndPause)), w.Width)), "")
	}
	if w.Again != "" {
		rows = append(rows, th.Warn.Render(widget.Wrap(th.Glyphs.Alert+" "+w.Again+" "+say.Text("%s asks the safety questions.", w.Keys.Label(keymap.Ask)), w.Width)), "")
	}
	if w.Settings.BecomesMuch(t.Checklist.Water.Done) && !w.HideAmounts() {
		rows = append(rows, th.Warn.Render(widget.Wrap(th.Glyphs.Alert+" "+settings.MuchToDrink.String(), w.Width)), "")
	}
	word := s.next(w).word.String()
	_, answering := s.morning.answers(w)
	if answering = answering || s.morning.waits(w); answering {
		word = "" // said with the question
	}
	if w.Width >= twoColumns {
		left := w.Width*3/5 - between
		evening, run := evening(w, t, word, left), run(w, t, w.Width-left-between)
		rows = append(rows, widget.Columns(max(lipgloss.Height(evening), lipgloss.Height(run)),
			widget.Column{Body: evening, W: left}, widget.Column{W: between}, widget.Column{Body: run, W: w.Width - left - between}))
	} else {
		rows = append(rows, evening(w, t, word, w.Width), "", run(w, t, w.Width))
	}
	foot := ""
	if !w.Welcomed() && !answering {
		rows, foot = s.withCard(w, strings.Join(rows, "\n"))
	}
	room := w.Height
	if foot != "" {
		room--
		foot = "\n" + foot
	}
	var block string
	block, s.scroll = widget.Window(th, rows, s.scroll, w.Width, room)
	return block + foot
}

// withCard puts the first-run card below the evening, or in its place where
// there is no room for both: it is to be read before the first session. The
// keys that answer it stay in sight below.
func (s *Screen) withCard(w screen.World, evening string) (rows []string, keys string) {
	th := w.Theme
	safety, _ := w.Library.Safety()
	card := strings.Join(safety.Card, "\n")
	if lipgloss.Width(card) > w.Width {
		card = widget.Wrap(strings.Join(safety.Card, " "), w.Width)
	}
	keys = th.Accent.Render(w.Keys.Label(keymap.Go)) + th.Text.Render(" "+say.Text("understood")+"  ") +
		th.Accent.Render(w.Keys.Label(keymap.Ask)) + th.Text.Render(" "+say.As("short", "safety questions"))
	if lipgloss.Height(evening)+lipgloss.Height(card)+2 <= w.Height {
		return []string{evening, "", th.Text.Render(card)}, widget.Clip(keys, w.Width, 1)
	}
	return []string{th.Text.Render(card)}, widget.Clip(keys, w.Width, 1)
}

// evening is the stretch, the two lists and last night.
func evening(w screen.World, t review.Tonight, next string, width int) string {
	return strings.Join([]string{stretch(w, t, next, width), lists(w, t, width), nights(w)}, "\n\n")
}

func stretch(w screen.World, t review.Tonight, next string, width int) string {
	th := w.Theme
	glyph, style, words := stretchState(w, t)
	rows := []string{
		style.Render(glyph + " " + words),
		th.Text.Render("  " + routineWords(w, t.Stretch.Routine)),
	}
	if tier, locked := w.Screening.Lock(w.Library); locked {
		rows = safety.Act(th, tier, th.Danger, width)
	}
	if t.Stretch.Outcome != journal.None {
		rows = append(rows, th.Quiet.Render("  "+say.Text("%d of %d seconds held", t.Stretch.HeldS, t.Stretch.PlannedS)))
	}
	if e, _, begun := w.Book.Experiment(w.Night()); begun && e.Tonight != "" {
		rows = append(rows, th.Quiet.Render("  "+say.Text("your experiment: tonight is %s", say.Name(string(e.Tonight)))))
	}
	if next != "" {
		rows = append(rows, "  "+th.Accent.Render(w.Keys.Label(keymap.Go))+th.Text.Render(" "+next))
	}
	return strings.Join(rows, "\n")
}

// routineWords are a routine's name and how long it takes this person; of one
// that is gone only the id is known.
func routineWords(w screen.World, id string) string {
	r, ok := w.Library.Routine(id)
	if !ok {
		return safe.Text(id, 40)
	}
	plan := w.PlanOf(r)
	if plan.Replaced() {
		return safe.Text(r.Name, 40) // done before the answers changed
	}
	if plan.Adapted() {
		return say.Text("%s, %s, adapted for you", safe.Text(plan.Routine.Name, 40), widget.Minutes(plan.Routine.Length()))
	}
	return safe.Text(r.Name, 40) + ", " + widget.Minutes(plan.Routine.Length())
}

// lists shows the two checklists as pips with a count and a word.
func lists(w screen.World, t review.Tonight, width int) string {
	pace := ""
	if now := w.Settings.Pace(t.Checklist.Water.Done, t.Checklist.Water.Of, journal.Hour(w.Now)); !w.HideAmounts() && t.Checklist.Water.Of > 0 && now != settings.Resting {
		pace = say.Name(string(now))
	}
	names := listNames()
	water := listRow(w, names[0], t.Checklist.Water, pace, width)
	if w.HideAmounts() {
		water = w.Theme.Text.Render(names[0] + " " + say.Count(t.Checklist.Water.Done, "%d ticked", "%d ticked"))
	}
	if w.Height >= tall && !w.HideAmounts() {
		water += "\n" + w.Theme.Quiet.Render("  "+say.Text("Tea, coffee, milk and soup count."))
	}
	return water + "\n" + listRow(w, names[1], t.Checklist.Bedtime, "", width)
}

// tall is the height from which there is room to say what counts as a drink.
const tall = 20

// listNames are the two lists in a column that is as wide as the longer one.
func listNames() [2]string {
	names := [2]string{say.Text("Drinks"), say.As("list", "Bedtime")}
	const usual = 8
	width := max(usual, lipgloss.Width(names[0]), lipgloss.Width(names[1]))
	for i, n := range names {
		names[i] = n + strings.Repeat(" ", width-lipgloss.Width(n))
	}
	return names
}

const mostPips = 12

// listRow is a list's name, its pips, its count and the word for it. The pips
// give way where there is no room for all of that.
func listRow(w screen.World, name string, c review.Count, word string, width int) string {
	th := w.Theme
	head := th.Text.Render(name + " ")
	count := th.Text.Render(say.Text("%d of %d", c.Done, c.Of))
	if word != "" {
		count += th.Quiet.Render("  " + word)
	}
	done := min(c.Done, c.Of)
	pips := th.Done.Render(strings.Repeat(th.Glyphs.Done, done)) + th.Quiet.Render(strings.Repeat(th.Glyphs.Open, c.Of-done)) + " "
	if c.Of > mostPips || lipgloss.Width(head+pips+count) > width {
		pips = ""
	}
	return head + pips + count
}

// nights is last night, the last two weeks in one line, and how many of the
// last nights are not told.
func nights(w screen.World) string {
	th := w.Theme
	last := w.Book.Night(w.LastNight())
	rows := []string{th.Quiet.Render(last.Date.NightWords()+": ") + th.Text.Render(crampWords(last))}
	if _, any := w.Book.First(); any && w.Height >= 16 {
		rows = append(rows, widget.Heat(th, heat.Map(w.Book, w.Night(), 14), min(w.Width, 2*14), 1))
	}
	if n, of := len(untold(w)), len(past(w)); n > 0 && of > 1 {
		rows = append(rows, th.Accent.Render(w.Keys.Label(keymap.PastNights))+th.Quiet.Render(" "+say.Text("%d of the last %d nights not told", n, of)))
	}
	return strings.Join(rows, "\n")
}

// crampWords say how many cramps a night had, if anybody told.
func crampWords(n journal.Night) string {
	switch {
	case n.Cramps > 0:
		return say.Count(n.Cramps, "%d cramp", "%d cramps")
	case n.Quiet:
		return say.Text("no cramps")
	}
	return say.Text("not told")
}

// run is the streak and what is kinder than a streak, each over how many nights.
func run(w screen.World, t review.Tonight, width int) string {
	th := w.Theme
	nights := w.Book.Over(w.Night())
	if nights == 0 {
		return th.Text.Render(say.Text("No nights yet")) + "\n" + th.Quiet.Render(widget.Wrap(say.Text("Your first kept night starts the run."), width))
	}
	best := "  " + say.Text("best %d", t.Streak.Best)
	over := say.Count(nights, "over %d night; one miss costs a little", "over %d nights; one miss costs a little")
	if w.Book.Cut() {
		best, over = "", say.Text("one miss costs a little")
	}
	return strings.Join([]string{
		th.Title.Render(say.Count(t.Streak.Nights, "%d night", "%d nights")) + th.Text.Render(" "+say.Text("in a row")) + th.Quiet.Render(best),
		th.Text.Render(say.Text("kept %d of the last %d", t.Streak.Last28, review.Window)),
		"",
		th.Text.Render(say.Text("Strength")+" ") + widget.Gauge(th, t.Strength, 10) + th.Text.Render(" "+say.Number("%.0f %%", 100*t.Strength)),
		th.Quiet.Render(widget.Wrap(over, width)),
	}, "\n")
}
