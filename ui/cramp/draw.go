package cramp

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"charm.land/lipgloss/v2"

	"lull/routine/body"
	"lull/routine/relief"
	"lull/routine/say"
	"lull/ui/figure"
	"lull/ui/keymap"
	"lull/ui/screen"
	"lull/ui/widget"
)

// Draw shows what to do, then how long it has lasted.
func (s *Screen) Draw(w screen.World) string {
	if s.over {
		return s.after(w)
	}
	v := s.walk.At(w.Steady)
	text := strings.Join(s.text(w, v), "\n")
	room := w.Height - lipgloss.Height(text)
	if room < 1 {
		return widget.Clip(text, w.Width, w.Height)
	}
	if f, ok := s.shown(w, v); ok && figure.Fits(beside(w), room) {
		left := beside(w)
		return text + "\n" + widget.Columns(room,
			widget.Column{Body: figure.Draw(w.Theme, f, moment(w, f, v), left, room), W: left},
			widget.Column{Body: onset(w, v.Since, room, w.Width-left), W: w.Width - left})
	}
	return text + "\n" + onset(w, v.Since, room, w.Width)
}

// beside is the columns that are left for a figure beside a clock of the
// smallest digits.
func beside(w screen.World) int {
	clock, _ := widget.DigitsSize("00:00", smallest)
	return min(w.Width/2, w.Width-clock-2)
}

// shown is the figure of the step in hand. Where there is a word of caution for
// this person there is none: the words count, and the picture shows the usual
// way.
func (s *Screen) shown(w screen.World, v relief.View) (*body.Figure, bool) {
	if v.Done || v.Doing.Figure == "" || len(s.walk.Plan().Notes(v.Step, w.Screening)) > 0 {
		return nil, false
	}
	f, err := w.Figures.Fitting(v.Doing.Figure, w.Screening)
	return f, err == nil
}

// moment is how the figure of the step in hand stands. Where nothing may move it
// has arrived.
func moment(w screen.World, f *body.Figure, v relief.View) body.Moment {
	if w.Settings.ReducedMotion {
		m := f.Posed(!v.Doing.Before, false)
		m.Glow = 1
		return m
	}
	return f.Doing(v.Gone, v.Doing.Before)
}

// moves says whether the figure in sight moves now.
func (s *Screen) moves(w screen.World) bool {
	if w.Settings.ReducedMotion || beside(w) < figure.LeastWidth {
		return false
	}
	v := s.walk.At(w.Steady)
	f, ok := s.shown(w, v)
	return ok && !v.Doing.Before && !f.Done(v.Gone)
}

// The rows that the digits of the clock take: at least as many as can be read
// without glasses, and at most so many that more would only be brighter.
const (
	smallest = 5
	largest  = 13
)

// onset is the clock since the cramp began, as large as there is room for and
// in the dimmest words' colour: it is most of the light on the screen.
func onset(w screen.World, since time.Duration, rows, width int) string {
	w.Theme.Digits = w.Theme.Quiet
	if w.Theme.Flat() {
		w.Theme.Digits = w.Theme.Digits.Faint(true)
	}
	text, high := widget.Minutes(since), min(rows, largest)
	for wide, _ := widget.DigitsSize(text, high); wide > width && high > 1; wide, _ = widget.DigitsSize(text, high) {
		high--
	}
	return widget.Centre(widget.Digits(w.Theme, text, high), width, rows)
}

// text is what has to be read, in the order it is needed. Where there is no room
// for all of it the step and its cautions stay, and the clock gets smaller.
func (s *Screen) text(w screen.World, v relief.View) []string {
	th := w.Theme
	plan := s.walk.Plan()
	wrap := func(style lipgloss.Style, text string) string { return style.Render(widget.Wrap(text, w.Width)) }
	var must, may []string
	if v.Since < opening {
		may = append(may, wrap(th.Digits, plan.First))
	}
	must = append(must, s.told(w)...)
	if v.Done {
		must = append(must, wrap(th.Title, say.Text("Those were all the steps. Breathe out.")))
	} else {
		must = append(must, wrap(th.Title, v.Doing.Text))
	}
	for _, n := range plan.Notes(v.Step, w.Screening) {
		must = append(must, wrap(th.Warn, n.Text))
	}
	foot := s.foot(w, v)
	rows := slices.Concat(may, must)
	if height(rows)+height(foot) > w.Height {
		rows = must // a caution before a greeting
	}
	for _, words := range []string{v.Doing.More, prompt(plan.Ask(s.place.Variant), w.Keys.Label(keymap.Muscle)), before(w)} {
		aside := wrap(th.Text, words)
		if words != "" && height(rows)+lipgloss.Height(aside)+height(foot)+smallest <= w.Height {
			rows = append(rows, aside)
		}
	}
	return append(rows, foot...)
}

// foot is how far the step is, and what the keys do.
func (s *Screen) foot(w screen.World, v relief.View) []string {
	keys := keyFor(w, keymap.LetGo, say.Text("when it lets go"))
	if w.Width < hintsWidth {
		keys = keyFor(w, keymap.Muscle, say.Text("muscle")) + "  " + keyFor(w, keymap.Signs, say.Text("not my usual cramp"))
	}
	if v.Done {
		return []string{keys}
	}
	return []string{s.progress(w, v), keys}
}

// prompt is a question with the key that says yes to it.
func prompt(ask, key string) string {
	if ask == "" {
		return ""
	}
	return ask + " " + key
}

// before is what comes before standing up.
func before(w screen.World) string {
	aid, _ := w.Aid() // it was read to get here
	return aid.Before
}

func keyFor(w screen.World, a keymap.Action, words string) string {
	return w.Theme.Accent.Render(w.Keys.Label(a)) + w.Theme.Text.Render(" "+words)
}

func height(rows []string) int { return lipgloss.Height(strings.Join(rows, "\n")) }

// told is what the clock brought up last, and for what has to be seen, what to
// do about it.
func (s *Screen) told(w screen.World) []string {
	if s.card.Text == "" {
		return nil
	}
	th := w.Theme
	words := th.Warn.Render(widget.Wrap(th.Glyphs.Alert+" "+strings.TrimSpace(s.card.Text+" "+s.card.More), w.Width))
	safety, err := w.Library.Safety()
	if tier, _, ok := safety.Tier(s.card.Sign); ok && err == nil {
		act := strings.Join(tier.Act, " ") + " " + say.Text("%s shows the signs.", w.Keys.Label(keymap.Signs))
		return []string{th.Warn.Render(widget.Wrap(th.Glyphs.Alert+" "+s.card.Text, w.Width)), th.Text.Render(widget.Wrap(act, w.Width))}
	}
	return []string{words}
}

// hintsWidth is the columns from which the hints at the foot of the window say
// what else the keys do.
const hintsWidth = 60

// opening is how long the first line stays: long enough to be read twice.
const opening = 20 * time.Second

// progress says which step this is and how long it still takes.
func (s *Screen) progress(w screen.World, v relief.View) string {
	th := w.Theme
	place := say.Text("%s, step %d of %d", s.walk.Plan().Name, v.Step+1, len(s.walk.Plan().Steps))
	if v.Doing.Rounds > 1 {
		place = say.Text("%s, round %d of %d", s.walk.Plan().Name, v.Doing.Round, v.Doing.Rounds)
	}
	left := float64(v.Left) / float64(max(1, v.Gone+v.Left))
	count := fmt.Sprintf("%2d s ", v.Seconds)
	bar := max(1, min(10, w.Width-len(count)-1-lipgloss.Width(place)))
	return widget.Line(th, th.Text.Render(count)+widget.Gauge(th, left, bar)+" "+th.Quiet.Render(place), w.Width)
}

// kept says what became of the cramp in the journal, and what can wait.
func (s *Screen) kept(w screen.World) string {
	switch {
	case w.Unsaved:
		return say.Text("It is being written down.")
	case s.card.Sign != "":
		return say.Text("It is written down.")
	}
	return say.Text("It is written down. The rest can wait for the morning.")
}

// after is what may help once it let go, and the way back to the dark.
func (s *Screen) after(w screen.World) string {
	th := w.Theme
	since := s.walk.At(w.Steady).Since
	rows := []string{
		th.Title.Render(say.Text("It let go after %s.", widget.Minutes(since))), th.Text.Render(widget.Wrap(s.kept(w), w.Width)),
	}
	if s.card.Sign != "" {
		rows = append(rows, s.told(w)...)
	}
	rows = append(rows, "")
	if aid, err := w.Aid(); err == nil {
		for _, l := range aid.Aftercare(w.Screening) {
			rows = append(rows, th.Text.Render(widget.Hang(th.Glyphs.Bullet+" ", strings.TrimSpace(l.Text+" "+l.More), w.Width)))
		}
		rows = append(rows, "", th.Quiet.Render(widget.Wrap(aid.About, w.Width)))
	}
	var block string
	block, s.scroll = widget.Window(th, rows, s.scroll, w.Width, max(1, w.Height-2))
	return block + "\n\n" + keyFor(w, keymap.LetGo, say.Text("back to the dark"))
}
