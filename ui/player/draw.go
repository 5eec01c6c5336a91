package player

import (
	"math"
	"strconv"
	"strings"
	"time"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"

	"lull/routine"
	"lull/routine/journal"
	"lull/routine/safe"
	"lull/routine/say"
	"lull/routine/session"
	"lull/routine/sitting"
	"lull/ui/figure"
	"lull/ui/keymap"
	"lull/ui/safety"
	"lull/ui/screen"
	"lull/ui/theme"
	"lull/ui/widget"
)

// The sizes from which the layouts change: beside each other, with a figure
// above, or the count alone.
const (
	besideWidth  = 70
	besideHeight = 18
	aboveHeight  = 26
)

// Draw shows the phase, the count, the stretch and what comes next.
func (p *Player) Draw(w screen.World) string {
	v := p.State.View()
	switch {
	case v.Phase == session.Finished || v.Phase == session.Left:
		return p.done(w)
	}
	if act, locked := p.lock(w); locked {
		rows := append(safety.Act(w.Theme, act, w.Theme.Danger, w.Width), "",
			w.Theme.Quiet.Render(widget.Wrap(say.Text("Paused. %s leaves, and what you held is saved.", w.Keys.Label(keymap.Back)), w.Width)))
		return widget.Clip(strings.Join(rows, "\n"), w.Width, w.Height)
	}
	if p.pulsing() {
		w.Theme.Digits = w.Theme.Quiet
	}
	if p.big {
		return p.bigCount(w, v)
	}
	f := face(w, v)
	text := p.text(w, v, f)
	top := p.progress(w, v)
	room := w.Height - 1 - lipgloss.Height(text)
	if w.Height >= besideHeight {
		room-- // a row of air above the footer
	}
	room = max(1, room)
	switch {
	case w.Width >= besideWidth && w.Height >= besideHeight:
		left := w.Width * 11 / 20
		right := w.Width - left
		stage := widget.Columns(room,
			widget.Column{Body: picture(w, v, left, room), W: left},
			widget.Column{Body: p.stage(f, w, v, right, room), W: right})
		return top + "\n" + stage + "\n" + text
	case w.Height >= aboveHeight:
		half := room / 2
		return top + "\n" + picture(w, v, w.Width, half) + "\n" + p.stage(f, w, v, w.Width, room-half) + "\n" + text
	}
	return top + "\n" + p.stage(f, w, v, w.Width, room) + "\n" + text
}

// scene is all that a stage is drawn from. It changes once a second, and the
// figure beside it ten times.
type scene struct {
	phase         session.Phase
	segment       session.Segment
	seconds       int
	width, height int
	theme         theme.Name
	profile       colorprofile.Profile
	drawing       theme.Drawing
	language      string
	pulse         bool
}

func (p *Player) stage(f phase, w screen.World, v session.View, width, height int) string {
	now := scene{v.Phase, v.Segment, v.Seconds, width, height, w.Theme.Name, w.Theme.Profile, w.Theme.Drawing, say.Tag(), p.pulsing()}
	if now != p.scene || v.Phase == session.Paused {
		p.scene, p.staged = now, f.stage(f, w, v, width, height)
	}
	return p.staged
}

// picture is the figure at this moment or, where nothing may move, in both its
// poses.
func picture(w screen.World, v session.View, width, height int) string {
	f := w.Figure(v.Segment.Stretch)
	if w.Settings.ReducedMotion {
		return figure.Poses(w.Theme, f, v.Segment.Side == routine.Left, width, height)
	}
	return figure.Draw(w.Theme, f, f.During(v), width, height)
}

// drawn says whether the figure has a place in the window.
func (p *Player) drawn(w screen.World) bool {
	return !p.big && (w.Width >= besideWidth && w.Height >= besideHeight || w.Height >= aboveHeight)
}

// soundWords says whether a session is heard.
func soundWords(audible bool) string {
	if audible {
		return say.Text("Sound on")
	}
	return say.Text("Sound off")
}

// progress is the top row: the routine, how far along, the time left, and
// whether there is sound.
func (p *Player) progress(w screen.World, v session.View) string {
	th := w.Theme
	left := say.Text("step %d of %d, %s left", min(v.Step+1, v.Steps), v.Steps, clock(v.TimeLeft))
	sound := "  " + soundWords(p.hearing(w).Audible())
	if lipgloss.Width(left+sound) > w.Width {
		sound = ""
	}
	place := th.Quiet.Render(left + sound + " ")
	name := th.Quiet.Render(safe.Text(p.Name, 40) + ", ")
	bar := w.Width - lipgloss.Width(name) - lipgloss.Width(place)
	if bar < 6 {
		name, bar = "", w.Width-lipgloss.Width(place)
	}
	if bar < 6 {
		return widget.Clip(place, w.Width, 1)
	}
	whole := math.Round(v.Fraction*float64(bar)) / float64(bar) // cells: a change every second is for the count
	return widget.Clip(name+place+widget.Gauge(th, whole, bar), w.Width, 1)
}

// text is what to do, in the order it is needed: the phase and the leg, the
// stretch and its muscle, a sentence or two of how, and what comes next.
func (p *Player) text(w screen.World, v session.View, f phase) string {
	th := w.Theme
	st := w.Screening.Stretch(w.Library, v.Segment.Stretch)
	rows := []string{
		widget.Line(th, p.shown(f, th).Render(f.words(w, v))+th.Title.Render("  "+safe.Text(st.Name, 60)), w.Width),
	}
	if w.Height >= besideHeight {
		rows = append(rows, th.Quiet.Render(safe.Text(strings.Join(names(st.Muscles), ", "), 120)))
	}
	how := st.Movement
	if f.lead {
		how = st.SetUp
	}
	most := 1
	if w.Height >= besideHeight {
		most = 2
	}
	for _, line := range how[:min(most, len(how))] {
		rows = append(rows, th.Text.Render(widget.Wrap(safe.Text(line, 120), w.Width)))
	}
	if minded := w.Screening.Cautions(st); f.lead && len(minded) > 0 {
		caution := th.Warn.Render(widget.Wrap(strings.Join(minded, " "), w.Width))
		rows = append(rows, widget.Clip(caution, w.Width, min(lipgloss.Height(caution), max(1, w.Height/4))))
	}
	rows = append(rows, widget.Line(th, th.Quiet.Render(nextWords(w, v)), w.Width))
	text := strings.Join(rows, "\n")
	return widget.Clip(text, w.Width, lipgloss.Height(text))
}

// names are names of lull's own in the language of the person.
func names[T ~string](all []T) []string {
	said := make([]string, len(all))
	for i, name := range all {
		said[i] = say.Name(string(name))
	}
	return said
}

func nextWords(w screen.World, v session.View) string {
	n := v.Next
	if n.Kind == "" {
		return say.Text("Next: the end of the session")
	}
	if n.Stretch == v.Segment.Stretch {
		return say.Text("Next: %s, %d s", sitting.Legs[n.Side], int(n.Length.Seconds()))
	}
	st, _ := w.Library.Stretch(n.Stretch)
	if leg := sitting.Leg(st, n.Side); leg != "" {
		return say.Text("Next: %s, %s", safe.Text(st.Name, 60), leg)
	}
	return say.Text("Next: %s", safe.Text(st.Name, 60))
}

// phase is how a part of a session looks and what it is called.
type phase struct {
	word  say.Key
	style func(theme.Theme) lipgloss.Style
	lead  bool // a lead-in: shows how to get into place, not how to hold
	stage func(phase, screen.World, session.View, int, int) string
}

var (
	gettingReady = phase{"GET READY", func(t theme.Theme) lipgloss.Style { return t.GetReady }, true, wordAndCount}
	holding      = phase{"HOLD", held, false, ring}
	moving       = phase{"MOVE", held, false, ring}
	breathing    = phase{"BREATHE", held, false, ring}
	resting      = phase{"REST", func(t theme.Theme) lipgloss.Style { return t.Rest }, true, wordAndCount}
	switching    = phase{"SWITCH SIDES", func(t theme.Theme) lipgloss.Style { return t.Switch }, true, wordAndCount}
	paused       = phase{"PAUSED", func(t theme.Theme) lipgloss.Style { return t.Warn }, false, pausedStage}
	resuming     = phase{"GOING ON", func(t theme.Theme) lipgloss.Style { return t.GetReady }, false, wordAndCount}
)

func held(t theme.Theme) lipgloss.Style { return t.Hold }

var kinds = map[session.Kind]phase{
	session.SetUp: gettingReady, session.Hold: holding, session.Rest: resting, session.Switch: switching,
}

// actions are the phases of a hold that is not held still.
var actions = map[routine.Action]phase{routine.ToMove: moving, routine.ToBreathe: breathing}

func face(w screen.World, v session.View) phase {
	switch v.Phase {
	case session.Paused:
		return paused
	case session.Resuming:
		return resuming
	}
	if st, _ := w.Library.Stretch(v.Segment.Stretch); v.Segment.Kind == session.Hold {
		if f, ok := actions[st.Action]; ok {
			return f
		}
	}
	return kinds[v.Segment.Kind]
}

// counts reports whether the time of the segment in hand is credited now.
func counts(v session.View) bool {
	return v.Phase == session.Running && v.Segment.Kind == session.Hold
}

// pulsing says whether the count is to be seen in another light: something
// happened this second that was not heard.
func (p *Player) pulsing() bool {
	return p.State.View().Phase == session.Running && p.pulse == p.beat()
}

// shown is the style of the words of a phase: without colours they pulse, in place
// of the count.
func (p *Player) shown(f phase, th theme.Theme) lipgloss.Style {
	return f.style(th).Reverse(p.pulsing() && th.Name == theme.None)
}

// words are the phase's word with the leg: the leg that is about to work, when
// legs change.
func (f phase) words(w screen.World, v session.View) string {
	st, _ := w.Library.Stretch(v.Segment.Stretch)
	return strings.TrimSpace(f.word.String() + " " + strings.ToUpper(sitting.Leg(st, v.Segment.Side)))
}

// loud is a leg in capitals.
func loud(side routine.Side) string { return strings.ToUpper(sitting.Legs[side].String()) }

// ring is the stage of a hold: the count inside a ring that empties.
func ring(_ phase, w screen.World, v session.View, width, height int) string {
	return widget.Countdown(w.Theme, v.Seconds, left(v), width, height)
}

// left is the share of the segment that is left, by the second that is shown.
func left(v session.View) float64 {
	return float64(v.Seconds) * float64(time.Second) / float64(max(1, v.Segment.Length))
}

// wordAndCount is the stage of everything that is not a hold: a word that
// cannot be mistaken for one, and the count without a ring.
func wordAndCount(f phase, w screen.World, v session.View, width, height int) string {
	th := w.Theme
	lead := []string{f.style(th).Render(f.word.String())}
	if v.Segment.Kind == session.Switch && v.Phase == session.Running {
		arrow := map[routine.Side]string{routine.Left: th.Glyphs.Left + " " + loud(routine.Left), routine.Right: loud(routine.Right) + " " + th.Glyphs.Right}
		lead = append(lead, f.style(th).Render(arrow[v.Segment.Side]))
	}
	if height > 8 {
		lead = append(lead, "")
	}
	for len(lead) > 0 && height-len(lead) < leastCount {
		lead = lead[1:] // the words stand below the stage too, the count does not
	}
	count := widget.Digits(th, strconv.Itoa(v.Seconds), countRows(width, height-len(lead)))
	return widget.Centre(lipgloss.JoinVertical(lipgloss.Center, append(lead, count)...), width, height)
}

// leastCount is the rows of the smallest count that is drawn large.
const leastCount = 5

// countRows is how many rows a count of two digits can have and be no wider
// than width.
func countRows(width, rows int) int {
	for ; rows > 1; rows-- {
		if wide, _ := widget.DigitsSize("00", rows); wide <= width {
			break
		}
	}
	return rows
}

// pausedStage says why the time stands still and what goes on from here.
func pausedStage(f phase, w screen.World, v session.View, width, height int) string {
	th := w.Theme
	rows := []string{th.Warn.Render(th.Glyphs.Paused + " " + f.word.String())}
	switch v.Reason {
	case session.Interrupted:
		rows = append(rows, th.Text.Render(widget.Wrap(sitting.Silence(v.Gap), width)))
	case session.Restored:
		rows = append(rows, th.Text.Render(say.Text("This is where you left.")))
	}
	rows = append(rows, th.Text.Render(say.Text("%d s to go here", v.Seconds)),
		th.Accent.Render(w.Keys.Label(keymap.Pause))+th.Text.Render(" "+goesOn(v)))
	return widget.Centre(lipgloss.JoinVertical(lipgloss.Center, rows...), width, height)
}

// goesOn says how long it takes from the key until the time runs again.
func goesOn(v session.View) string {
	if v.CountFrom == session.ResumeCount {
		return say.Text("goes on after three seconds")
	}
	return say.Text("goes on after %d seconds", int(math.Ceil(v.CountFrom.Seconds())))
}

// bigCount fills the window with the count, for eyes across the room: in the
// colour of its phase, because the word is small from there.
func (p *Player) bigCount(w screen.World, v session.View) string {
	f := face(w, v)
	head := p.shown(f, w.Theme).Render(f.words(w, v)) + w.Theme.Quiet.Render("  "+soundWords(p.hearing(w).Audible()))
	if !counts(v) && !p.pulsing() {
		w.Theme.Digits = f.style(w.Theme)
	}
	count := widget.BigCountdown(w.Theme, v.Seconds, left(v), w.Width, max(1, w.Height-1))
	return widget.Clip(head, w.Width, 1) + "\n" + count
}

// done is the last page: what was held, and what it makes of the night.
func (p *Player) done(w screen.World) string {
	th, sum := w.Theme, p.State.Summary()
	head := th.Done.Render(th.Glyphs.Done + " " + sitting.Ends[sum.Outcome].String())
	if !journal.Outcome(sum.Outcome).Kept() {
		head = th.Text.Render(sitting.Ends[sum.Outcome].String())
	}
	rows := []string{
		head, "",
		th.Text.Render(say.Text("%d of %d seconds held", sum.HeldS, sum.PlannedS)),
	}
	if n := w.Book.Streak(w.Night()); n.KeptTonight {
		rows = append(rows, th.Text.Render(say.Text("Nights in a row: %d. Best: %d.", n.Nights, n.Best)))
	}
	rows = append(rows, "", th.Quiet.Render(widget.Wrap(sitting.ToBed(w.Screening), w.Width)),
		"", th.Accent.Render(w.Keys.Label(keymap.Pause))+th.Text.Render(" "+say.Text("back to tonight")))
	return widget.Centre(strings.Join(rows, "\n"), w.Width, w.Height)
}
