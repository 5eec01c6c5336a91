package cramp

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"charm.land/lipgloss/v2"

	"lull/routine/body"
	"lull/routine/relief"
	"lull/routine/safe"
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
	if v.Done || v.Doing.Figure == "" || len(s.walk.Plan().Notes(v.Step)) > 0 {
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
// for all of it the step and its cautions stay, and the clock gets smaller. Where
// there is no room even for those they take turns.
func (s *Screen) text(w screen.World, v relief.View) []string {
	must := s.must(w, v)
	if pages := paged(must, w.Height); len(pages) > 1 {
		return pages[s.part(w, len(pages))]
	}
	var foot []string
	for _, row := range []string{s.progress(w, v), moreKeys(w)} {
		if row != "" && height(must)+height(foot) < w.Height {
			foot = append(foot, row)
		}
	}
	var before, after []string
	room := w.Height - height(must) - height(foot)
	add := func(to *[]string, words string, style lipgloss.Style, spare int) {
		if words == "" {
			return
		}
		aside := style.Render(widget.Wrap(words, w.Width))
		if lipgloss.Height(aside)+spare <= room {
			*to = append(*to, aside)
			room -= lipgloss.Height(aside)
		}
	}
	plan := s.walk.Plan()
	if s.asked.Taken && v.Since < opening {
		add(&after, s.taken(w), w.Theme.Text, 0)
	}
	if v.Since < opening {
		add(&before, plan.First, w.Theme.Digits, 0)
	}
	for _, words := range []string{v.Doing.More, prompt(plan.Ask(s.place.Variant), w.Keys.Label(keymap.Muscle)), s.care.Before()} {
		add(&after, words, w.Theme.Text, smallest)
	}
	return slices.Concat(before, must, after, foot)
}

// moreKeys says what other keys do, in windows whose footer has no room for it.
func moreKeys(w screen.World) string {
	if w.Small || w.Width >= hintsWidth {
		return ""
	}
	return widget.Line(w.Theme, keyFor(w, keymap.Muscle, say.Text("muscle"))+"  "+keyFor(w, keymap.Signs, say.Text("not my usual cramp")), w.Width)
}

// hintsWidth is the columns from which the footer says what else the keys do.
const hintsWidth = 60

// must is what has to be read now whatever the size of the window.
func (s *Screen) must(w screen.World, v relief.View) []string {
	th := w.Theme
	wrap := func(style lipgloss.Style, text string) string { return style.Render(widget.Wrap(text, w.Width)) }
	step := wrap(th.Title, say.Text("Those were all the steps. Breathe out."))
	if !v.Done {
		step = wrap(th.Title, v.Doing.Text)
	}
	var notes []string
	if !w.Loaded { // nor are the safety answers
		notes = append(notes, wrap(th.Warn, relief.Unanswered.String()))
	}
	for _, n := range s.walk.Plan().Notes(v.Step) {
		notes = append(notes, wrap(th.Warn, n.Text))
	}
	if w.Small {
		return slices.Concat([]string{step}, notes, s.told(w))
	}
	return slices.Concat(s.told(w), []string{step}, notes)
}

// paged lays texts on pages of so many rows. A text starts a page rather than
// being broken, unless it is longer than a page.
func paged(texts []string, rows int) [][]string {
	rows = max(1, rows)
	var pages [][]string
	for _, text := range texts {
		lines := strings.Split(text, "\n")
		if last := len(pages) - 1; last >= 0 && len(pages[last])+len(lines) <= rows {
			pages[last] = append(pages[last], lines...)
			continue
		}
		for part := range slices.Chunk(lines, rows) {
			pages = append(pages, slices.Clone(part))
		}
	}
	return pages
}

// turn is how long each part of what has to be read is shown, where there is no
// room for all of it.
const turn = 4 * time.Second

// parts is in how many parts what has to be read is shown.
func (s *Screen) parts(w screen.World) int {
	if s.over {
		return 1
	}
	return len(paged(s.must(w, s.walk.At(w.Steady)), w.Height))
}

// part is the one that is shown now: a step starts with the first.
func (s *Screen) part(w screen.World, parts int) int {
	v := s.walk.At(w.Steady)
	if v.Done {
		v.Gone = v.Since
	}
	return int(v.Gone/turn) % parts
}

// taken says which place was made of the words that were typed.
func (s *Screen) taken(w screen.World) string {
	return say.Text("%q: showing %s.", safe.Text(s.asked.Typed, longestWord), s.walk.Plan().Name) + " " +
		say.Text("%s is for another place.", w.Keys.Label(keymap.Muscle))
}

// longestWord is how many characters of what was typed are repeated.
const longestWord = 40

// prompt is a question with the key that says yes to it.
func prompt(ask, key string) string {
	if ask == "" {
		return ""
	}
	return ask + " " + key
}

func keyFor(w screen.World, a keymap.Action, words string) string {
	return w.Theme.Accent.Render(w.Keys.Label(a)) + w.Theme.Text.Render(" "+words)
}

func height(rows []string) int {
	if len(rows) == 0 {
		return 0
	}
	return lipgloss.Height(strings.Join(rows, "\n"))
}

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

// opening is how long the first line stays: long enough to be read twice.
const opening = 20 * time.Second

// progress says which step this is and how long it still takes. A step without
// an end has only its place.
func (s *Screen) progress(w screen.World, v relief.View) string {
	th := w.Theme
	switch {
	case v.Done:
		return ""
	case v.Doing.Open:
		return th.Quiet.Render(widget.Line(th, s.walk.Plan().Name+"  "+widget.Minutes(v.Since), w.Width))
	case w.Small:
		return widget.Line(th, th.Text.Render(fmt.Sprintf("%d s", v.Seconds))+th.Quiet.Render("  "+s.walk.Plan().Name), w.Width)
	}
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
	case s.card.Sign != "", s.care.Locked():
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
	if s.care.Locked() {
		rows = append(rows, th.Title.Render(widget.Wrap(s.care.Act(), w.Width)))
	} else {
		rows = append(rows, "")
		for _, l := range s.care.Aftercare() {
			rows = append(rows, th.Text.Render(widget.Hang(th.Glyphs.Bullet+" ", strings.TrimSpace(l.Text+" "+l.More), w.Width)))
		}
		rows = append(rows, "", th.Quiet.Render(widget.Wrap(s.care.About(), w.Width)))
	}
	var block string
	block, s.scroll = widget.Window(th, rows, s.scroll, w.Width, max(1, w.Height))
	return block
}
