// Package routines is the list of what can be done: each routine with its
// length, what it needs and what is known about it, and its steps before it is
// opened.
package routines

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"lull/routine"
	"lull/routine/safe"
	"lull/routine/say"
	"lull/routine/settings"
	"lull/routine/sitting"
	"lull/ui/keymap"
	"lull/ui/player"
	"lull/ui/safety"
	"lull/ui/screen"
	"lull/ui/widget"
)

// Screen is the list.
type Screen struct {
	cursor int
	view   int // which of views is shown
	show   show
}

// New makes the screen.
func New() *Screen { return &Screen{} }

// views are what the filter key goes through.
var views = []struct {
	name   say.Key
	filter routine.Filter
}{
	{"all routines", routine.Filter{}},
	{"no standing", routine.Filter{Positions: []routine.Position{routine.Seated, routine.LongSitting, routine.Supine, routine.SideLying, routine.AnyPosition}}},
	{"on a chair", routine.Filter{Positions: []routine.Position{routine.Seated, routine.AnyPosition}}},
	{"in bed", routine.Filter{Positions: []routine.Position{routine.LongSitting, routine.Supine, routine.SideLying, routine.AnyPosition}}},
	{"without a towel", routine.Filter{Without: []routine.Equipment{routine.Towel}}},
	{"for the calf", routine.Filter{Areas: []routine.Area{routine.Calf}}},
	{"for the thigh", routine.Filter{Areas: []routine.Area{routine.Thigh}}},
	{"for the foot", routine.Filter{Areas: []routine.Area{routine.Foot}}},
}

func (s *Screen) list(w screen.World) []routine.Plan {
	plans := w.Screening.Plans(w.Library, views[s.view].filter)
	for i := range plans {
		plans[i] = plans[i].WithLeadIn(w.Library, w.Settings.GetReady())
	}
	return plans
}

// Update moves over the list, opens a routine, or makes it tonight's.
func (s *Screen) Update(w screen.World, msg tea.Msg) screen.Do {
	if !w.Loaded { // nor are the safety answers
		return screen.Do{}
	}
	if locked, _ := w.Screening.Locked(); locked {
		return s.locked(w, msg)
	}
	all := s.list(w)
	s.move(0, all)
	switch msg := msg.(type) {
	case screen.Shown:
		return s.begin(w)
	case screen.Hidden:
		s.show.generation++
	case tick:
		return s.tick(w, msg, all)
	case tea.KeyPressMsg, tea.MouseWheelMsg, tea.MouseClickMsg:
		was, view := s.cursor, s.view
		do := s.input(w, msg, all)
		if s.cursor != was || s.view != view {
			do = s.begin(w) // moving over the list asks for nothing else
		}
		return do
	}
	return screen.Do{}
}

// tick brings the next picture, until every stretch was shown.
// locked does what is left to do while no stretch may be shown.
func (s *Screen) locked(w screen.World, msg tea.Msg) screen.Do {
	s.show.generation++
	if press, ok := msg.(tea.KeyPressMsg); ok {
		if a, _ := w.Keys.First(press, keymap.Choose); a == keymap.Choose {
			return screen.Do{Push: safety.Signs()}
		}
	}
	return screen.Do{}
}

func (s *Screen) tick(w screen.World, msg tick, all []routine.Plan) screen.Do {
	if msg.generation != s.show.generation || len(all) == 0 {
		return screen.Do{}
	}
	if now, any := s.scene(w, all[s.cursor]); !any || now.over {
		s.show.over = true
	}
	return s.nextPicture(w)
}

func (s *Screen) input(w screen.World, msg tea.Msg, all []routine.Plan) screen.Do {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return s.press(w, msg, all)
	case tea.MouseWheelMsg:
		s.move(screen.Notches(msg), all)
	case tea.MouseClickMsg:
		return s.click(w, msg, all)
	}
	return screen.Do{}
}

func (s *Screen) press(w screen.World, msg tea.KeyPressMsg, all []routine.Plan) screen.Do {
	a, _ := w.Keys.First(msg, keymap.Up, keymap.Down, keymap.Top, keymap.Bottom, keymap.Choose, keymap.Filter, keymap.SetNight)
	switch {
	case a == keymap.Filter:
		s.view, s.cursor = (s.view+1)%len(views), 0
	case len(all) == 0:
	case a == keymap.Choose:
		return screen.Do{Push: player.Ready(w, all[s.cursor].Asked)}
	case a == keymap.SetNight:
		return screen.Do{
			Set: []settings.Change{{Key: "routine", Value: all[s.cursor].Asked.ID}},
			Say: say.Text("%s is what %s starts from now on", safe.Text(all[s.cursor].Asked.Name, 40), keymap.Show("space")),
		}
	}
	s.move(map[keymap.Action]int{keymap.Up: -1, keymap.Down: 1, keymap.Top: -len(all), keymap.Bottom: len(all)}[a], all)
	return screen.Do{}
}

func (s *Screen) click(w screen.World, msg tea.MouseClickMsg, all []routine.Plan) screen.Do {
	at := s.listing(w, all).At(msg.Y - top)
	if at < 0 || msg.X >= s.listWidth(w) {
		return screen.Do{}
	}
	if at == s.cursor {
		return screen.Do{Push: player.Ready(w, all[at].Asked)}
	}
	s.cursor = at
	return screen.Do{}
}

func (s *Screen) move(by int, all []routine.Plan) {
	s.cursor = max(0, min(s.cursor+by, len(all)-1))
}

// Help lists what the keys do here.
func (s *Screen) Help(w screen.World) []key.Binding {
	if locked, _ := w.Screening.Locked(); locked {
		return []key.Binding{w.Keys.Saying(keymap.Choose, say.Text("when to get help"))}
	}
	return w.Keys.Bindings(keymap.Choose, keymap.SetNight, keymap.Filter, keymap.Up, keymap.Down)
}

const (
	top         = 2  // rows above the list
	besideWidth = 76 // columns from which the preview stands beside the list
	narrowList  = 30
)

func (s *Screen) listWidth(w screen.World) int {
	if w.Width >= besideWidth {
		return max(narrowList, w.Width*2/5)
	}
	return w.Width
}

func (s *Screen) listHeight(w screen.World, all []routine.Plan) int {
	if w.Width >= besideWidth {
		if s.figureHeight(w, all) > 0 {
			return len(all)
		}
		return max(1, w.Height-top)
	}
	return max(1, min(len(all), (w.Height-top)/2))
}

func (s *Screen) listing(w screen.World, all []routine.Plan) widget.Listing {
	lines := make([]string, len(all))
	for i, p := range all {
		mark := " "
		if p.Asked.ID == w.Settings.Routine {
			mark = w.Theme.Glyphs.Moon
		}
		lines[i] = fmt.Sprintf("%s %5s  %s", mark, widget.Minutes(p.Routine.Length()), safe.Text(p.Asked.Name, 40))
	}
	return widget.Rows(w.Theme, lines, s.cursor, s.listWidth(w), s.listHeight(w, all))
}

// Draw shows the list and the routine under the cursor.
func (s *Screen) Draw(w screen.World) string {
	th := w.Theme
	if !w.Loaded {
		return widget.Header(th, say.Text("Stretch"), "", w.Width) + "\n\n" + th.Quiet.Render(say.Text("reading your nights…"))
	}
	if act, locked := w.Screening.Lock(w.Library); locked {
		rows := append([]string{widget.Header(th, say.Text("Stretch"), "", w.Width), ""}, safety.Act(th, act, th.Danger, w.Width)...)
		return widget.Clip(strings.Join(rows, "\n"), w.Width, w.Height)
	}
	all := s.list(w)
	s.move(0, all)
	head := widget.Header(th, say.Text("Stretch"), views[s.view].name.String(), w.Width)
	if len(all) == 0 {
		return head + "\n\n" + th.Text.Render(say.Text("No routine fits that.")) + "\n" + th.Quiet.Render(say.Text("%s shows others", w.Keys.Label(keymap.Filter)))
	}
	list := s.listing(w, all)
	if w.Width >= besideWidth {
		room := max(1, w.Height-top)
		left := s.listWidth(w)
		side := list.String()
		if rows := s.figureHeight(w, all); rows > 0 {
			side += "\n" + s.picture(w, all[s.cursor], left, rows)
		}
		return head + "\n\n" + widget.Columns(room, widget.Column{Body: side, W: left}, widget.Column{W: 2},
			widget.Column{Body: preview(w, all[s.cursor], w.Width-left-2), W: w.Width - left - 2})
	}
	room := max(0, w.Height-top-len(list.Lines)-1)
	below, _ := widget.Window(th, []string{preview(w, all[s.cursor], w.Width)}, 0, w.Width, room)
	return widget.Clip(head+"\n\n"+list.String()+"\n\n"+below, w.Width, w.Height)
}

// preview says what the routine is, what it needs, what is known about it, and
// its steps.
func preview(w screen.World, p routine.Plan, width int) string {
	th, r := w.Theme, p.Routine
	head := th.Title.Render(safe.Text(r.Name, 40)) + th.Quiet.Render("  "+widget.Minutes(r.Length()))
	why := sitting.Adaptations(w.Library, p)
	if p.Adapted() {
		head += "  " + th.Warn.Render(say.Text("adapted for you"))
	}
	rows := []string{head}
	if p.Replaced() {
		rows, why = append(rows, th.Warn.Render(widget.Wrap(safe.Text(why[0], 300), width))), why[1:]
	}
	if r.About != "" {
		rows = append(rows, th.Text.Render(widget.Wrap(safe.Text(r.About, 200), width)))
	}
	rows = append(rows,
		th.Quiet.Render(widget.Wrap(needs(w, r), width)),
		th.Quiet.Render(widget.Wrap(safe.Text(r.Evidence, 300), width)),
		"",
	)
	for i, step := range r.Steps {
		st, _ := w.Library.Stretch(step.Stretch)
		rows = append(rows, th.Accent.Render(fmt.Sprintf("%2d ", i+1))+th.Text.Render(safe.Text(st.Name, 50)),
			th.Quiet.Render("   "+sitting.Dose(st.Action, step)))
	}
	if p.Adapted() {
		rows = append(rows, "", th.Title.Render(widget.Wrap(sitting.Adapted.String(), width)))
	}
	for _, line := range why {
		rows = append(rows, th.Warn.Render(widget.Wrap(safe.Text(line, 600), width)))
	}
	return strings.Join(rows, "\n")
}

func needs(w screen.World, r routine.Routine) string {
	var things, positions []string
	for _, e := range w.Library.Needs(r) {
		things = append(things, say.Name(string(e)))
	}
	for _, p := range w.Library.Positions(r) {
		if p != routine.AnyPosition {
			positions = append(positions, say.Name(string(p)))
		}
	}
	needs := say.Text("Needs nothing")
	if len(things) > 0 {
		needs = say.Text("Needs %s", strings.Join(things, ", "))
	}
	if len(positions) == 0 {
		return needs
	}
	return needs + ". " + say.Text("Done %s.", strings.Join(positions, ", "))
}
