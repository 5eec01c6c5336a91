// Package nights is the review: how the run stands, what is known of the cramps,
// and what the nights can and cannot say. In a small window these are pages, in
// a large one they stand beside each other.
package nights

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"lull/routine/journal"
	"lull/routine/say"
	"lull/ui/diary"
	"lull/ui/keymap"
	"lull/ui/screen"
	"lull/ui/widget"
)

// Screen is the review. Its cursor is a number of nights before tonight.
type Screen struct {
	back   int
	shown  bool // the cursor was moved, and is drawn
	page   int
	scroll int  // of a page that has no cursor, or of what stands below the map
	below  bool // in the window drawn last, not everything below the map had room
	told   told
}

// New makes the screen.
func New() *Screen { return &Screen{} }

// weeks is how far back the heat map reaches.
const weeks = 53

const farthest = weeks*7 - 1

// page is a part of the review: its name, and its rows in a width.
type page struct {
	name say.Key
	rows func(*Screen, screen.World, int) []string
}

// pages are the parts, in their order. The first one has the map and a cursor,
// and is drawn by itself.
var pages = []page{
	{"the run", nil},
	{"the cramps", (*Screen).cramps},
	{"what it says", (*Screen).answers},
}

// steps are how many nights each key moves the cursor back.
var steps = map[keymap.Action]int{
	keymap.Earlier: 1, keymap.Later: -1, keymap.WeekEarlier: 7, keymap.WeekLater: -7,
}

// turns are how many pages each key turns.
var turns = map[keymap.Action]int{keymap.PageOn: 1, keymap.PageBack: -1}

// Update moves over the nights and the pages, opens a night, and asks for what
// was told.
func (s *Screen) Update(w screen.World, msg tea.Msg) screen.Do {
	do := s.decide(w, msg)
	if do.Push == nil {
		do.Fetch = s.told.want(w)
	}
	return do
}

func (s *Screen) decide(w screen.World, msg tea.Msg) screen.Do {
	switch msg := msg.(type) {
	case screen.Fetched:
		s.told.take(w, msg)
	case tea.KeyPressMsg:
		s.told.again()
		return s.press(w, msg)
	case tea.MouseWheelMsg:
		s.move(w, -screen.Notches(msg))
	case tea.MouseClickMsg:
		return s.click(w, msg)
	}
	return screen.Do{}
}

func (s *Screen) press(w screen.World, msg tea.KeyPressMsg) screen.Do {
	a, _ := w.Keys.First(msg, keymap.Earlier, keymap.Later, keymap.WeekEarlier, keymap.WeekLater,
		keymap.PageOn, keymap.PageBack, keymap.ShowNight, keymap.Experiment, keymap.FillBefore, keymap.Estimate)
	switch {
	case a == keymap.FillBefore:
		return openBefore(w)
	case a == keymap.Estimate:
		s.told.withEstimate, s.told.said = !s.told.withEstimate, nil
	case a == keymap.Experiment:
		return screen.Do{Push: newExperiment()}
	case a == keymap.ShowNight && s.mapped(w):
		return diary.Open(w, w.Night()-journal.Date(s.back))
	case turns[a] != 0 && spread(w):
		s.scroll = max(0, s.scroll+turns[a]*stride)
	case turns[a] != 0:
		s.page, s.scroll = (s.page+turns[a]+len(pages))%len(pages), 0
	default:
		s.move(w, steps[a])
	}
	return screen.Do{}
}

// mapped says whether the map with its cursor is in sight.
func (s *Screen) mapped(w screen.World) bool { return s.page == 0 || spread(w) }

// move goes over the nights or, on a page without them, over its lines.
func (s *Screen) move(w screen.World, nights int) {
	switch {
	case nights == 0:
	case s.mapped(w):
		s.back, s.shown = max(0, min(s.back+nights, farthest)), true
	default:
		s.scroll = max(0, s.scroll-nights)
	}
}

// click chooses the night under the mouse, or opens the one that is chosen.
func (s *Screen) click(w screen.World, msg tea.MouseClickMsg) screen.Do {
	x, y, width, height := s.mapAt(w)
	d, ok := widget.HeatAt(s.heat(w), width, height, msg.X-x, msg.Y-y)
	if !ok || !s.mapped(w) {
		return screen.Do{}
	}
	if s.shown && d == w.Night()-journal.Date(s.back) {
		return diary.Open(w, d)
	}
	s.back, s.shown = max(0, min(int(w.Night()-d), farthest)), true
	return screen.Do{}
}

// Help lists what the keys do here.
func (s *Screen) Help(w screen.World) []key.Binding {
	var bs []key.Binding
	if !spread(w) {
		next := pages[(s.page+1)%len(pages)].name.String()
		bs = append(bs, w.Keys.Saying(keymap.PageOn, next))
	}
	if s.mapped(w) {
		bs = append(bs, w.Keys.Bindings(keymap.ShowNight, keymap.Earlier, keymap.Later, keymap.WeekEarlier, keymap.WeekLater)...)
	} else {
		bs = append(bs, w.Keys.Saying(keymap.Later, say.Text("scroll down")), w.Keys.Saying(keymap.Earlier, say.Text("scroll up")))
	}
	switch {
	case !spread(w):
		bs = append(bs, w.Keys.Bindings(keymap.PageBack)...)
	case s.below:
		bs = append(bs, w.Keys.Saying(keymap.PageOn, say.Text("scroll down")), w.Keys.Saying(keymap.PageBack, say.Text("scroll up")))
	}
	bs = append(bs, w.Keys.Bindings(keymap.Experiment)...)
	if len(w.Book.BeforeNights()) > 0 {
		bs = append(bs, w.Keys.Bindings(keymap.FillBefore)...)
	}
	if _, _, found := w.Book.Estimate(); found {
		bs = append(bs, w.Keys.Bindings(keymap.Estimate)...)
	}
	return bs
}

// The window from which everything stands beside each other.
const (
	spreadWidth  = 130
	spreadHeight = 38
)

func spread(w screen.World) bool { return w.Width >= spreadWidth && w.Height >= spreadHeight }

// Draw shows the page in hand, or all of them.
func (s *Screen) Draw(w screen.World) string {
	switch {
	case spread(w):
		return s.all(w)
	case s.page == 0:
		return s.run(w)
	}
	p := pages[s.page]
	var block string
	block, s.scroll = widget.Window(w.Theme, p.rows(s, w, w.Width), s.scroll, w.Width, w.Height)
	return block
}

const (
	between = 3   // cells between two parts
	widest  = 110 // cells of a part: longer lines are hard to read
	stride  = 8   // lines that a key scrolls what stands below the map
)

// all shows the run above, and below it the cramps and the question about the
// habit beside the six weeks and the question about the time before.
func (s *Screen) all(w screen.World) string {
	left := min(w.Width*3/5, widest)
	right := min(w.Width-left-between, widest)
	answers := s.told.answersOf(w)
	l := strings.Join(slices.Concat(s.cramps(w, left), []string{""}, answer(w, answers[1], left)), "\n")
	r := strings.Join(slices.Concat(s.check(w, right), answer(w, answers[0], right), s.closing(w, right)), "\n")
	l, r = strings.TrimRight(l, "\n"), strings.TrimRight(r, "\n")
	body := widget.Columns(max(lipgloss.Height(l), lipgloss.Height(r)),
		widget.Column{Body: l, W: left}, widget.Column{W: between}, widget.Column{Body: r, W: right})
	top := s.run(w)
	room := max(1, w.Height-lipgloss.Height(top)-1)
	s.below = lipgloss.Height(body) > room
	body, s.scroll = widget.Window(w.Theme, []string{body}, s.scroll, w.Width, room)
	return top + "\n\n" + body
}
