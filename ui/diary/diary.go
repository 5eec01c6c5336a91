// Package diary is the log of nights: all of them, newest first, one night with
// what was recorded for it, and the form in which a cramp is told.
package diary

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"lull/routine/journal"
	"lull/routine/review"
	"lull/routine/say"
	"lull/ui/keymap"
	"lull/ui/screen"
)

// Screen lists the nights.
type Screen struct {
	night journal.Date // under the cursor; zero is the newest
	search
	field *line // the search while it is typed
	reach int   // how many nights back a deep search looks
	facts facts
	found []journal.Date
	of    finding // what found was found for
}

// finding is all that the list of nights depends on.
type finding struct {
	search
	book           *review.Book
	newest, oldest journal.Date
	round          int
}

// firstReach is how many nights a deep search looks through at first.
const firstReach = 60

// New makes the screen.
func New() *Screen { return &Screen{reach: firstReach} }

// nights are those that the list shows, the newest first.
func (s *Screen) nights(w screen.World) []journal.Date {
	of := finding{s.search, w.Book, w.Night(), s.oldest(w), s.facts.round}
	if of != s.of {
		s.of, s.found = of, s.find(w.Book, &s.facts, of.newest, of.oldest)
	}
	return s.found
}

// oldest is the last night that is looked at.
func (s *Screen) oldest(w screen.World) journal.Date {
	earliest := w.Book.Earliest(w.Night())
	if s.deep() {
		return max(earliest, w.Night()-journal.Date(s.reach)+1)
	}
	return earliest
}

// farther says whether a deep search left out nights that it could look at.
func (s *Screen) farther(w screen.World) bool {
	return s.deep() && s.oldest(w) > w.Book.Earliest(w.Night())
}

// cursor is the place of the night under it on the list: that night, or the next
// older one.
func (s *Screen) cursor(ns []journal.Date) int {
	if s.night == 0 {
		return 0
	}
	i, _ := slices.BinarySearchFunc(ns, s.night, func(d, at journal.Date) int { return int(at - d) })
	return max(0, min(i, len(ns)-1))
}

// here is the night under the cursor, if there is one.
func (s *Screen) here(w screen.World) (journal.Date, bool) {
	ns := s.nights(w)
	if len(ns) == 0 {
		return 0, false
	}
	return ns[s.cursor(ns)], true
}

// beyond is how many nights more than are in sight are fetched on either side.
const beyond = 20

// want asks for the facts that the list needs to be complete.
func (s *Screen) want(w screen.World) *screen.Fetch {
	if s.deep() {
		all := screen.Fetch{From: s.oldest(w), To: w.Night()}
		return s.facts.want(w, all, all)
	}
	ns := s.nights(w)
	if len(ns) == 0 {
		return nil
	}
	at := s.cursor(ns)
	around := func(n int) screen.Fetch {
		return screen.Fetch{From: ns[min(len(ns)-1, at+n)], To: ns[max(0, at-n)]}
	}
	return s.facts.want(w, around(w.Height), around(w.Height+beyond))
}

// Takes says whether letters go to the search.
func (s *Screen) Takes() bool { return s.field != nil }

// Update moves over the nights, opens one, writes down what is told of it, and
// asks for the facts that are missing.
func (s *Screen) Update(w screen.World, msg tea.Msg) screen.Do {
	do := s.decide(w, msg)
	if do.Push == nil {
		do.Fetch = s.want(w)
	}
	return do
}

func (s *Screen) decide(w screen.World, msg tea.Msg) screen.Do {
	switch msg := msg.(type) {
	case screen.Fetched:
		s.facts.take(msg)
	case tea.KeyPressMsg:
		s.facts.again()
		if s.field != nil {
			return s.typed(w, msg)
		}
		return s.press(w, msg)
	case tea.PasteMsg:
		if s.field != nil {
			s.field.paste(msg.Content)
			s.look(s.field.text())
		}
	case tea.MouseWheelMsg:
		s.move(w, screen.Notches(msg))
	case tea.MouseClickMsg:
		return s.click(w, msg)
	}
	return screen.Do{}
}

// moves are how far each key moves the cursor.
var moves = map[keymap.Action]int{keymap.Up: -1, keymap.Down: 1, keymap.Top: -1 << 30, keymap.Bottom: 1 << 30}

// onNight are what the keys do to the night under the cursor.
var onNight = map[keymap.Action]func(screen.World, journal.Date) screen.Do{
	keymap.OpenNight:  func(w screen.World, d journal.Date) screen.Do { return push(w, newPage(d)) },
	keymap.AddCramp:   func(w screen.World, d journal.Date) screen.Do { return screen.Do{Push: Add(w, d)} },
	keymap.MarkNight:  func(w screen.World, d journal.Date) screen.Do { return push(w, newPicker(d)) },
	keymap.QuietNight: quiet,
	keymap.PauseNight: pause,
}

// fetcher is a screen that shows facts which the World does not carry.
type fetcher interface {
	screen.Screen
	want(screen.World) *screen.Fetch
}

// push opens a screen and asks for its facts.
func push(w screen.World, s fetcher) screen.Do { return screen.Do{Push: s, Fetch: s.want(w)} }

func (s *Screen) press(w screen.World, msg tea.KeyPressMsg) screen.Do {
	a, _ := w.Keys.First(msg, keymap.Up, keymap.Down, keymap.Top, keymap.Bottom, keymap.Narrow, keymap.Search,
		keymap.OpenNight, keymap.AddCramp, keymap.QuietNight, keymap.MarkNight, keymap.PauseNight, keymap.Back)
	switch a {
	case keymap.Narrow:
		s.view, s.night = (s.view+1)%len(views), 0
	case keymap.Search:
		s.field = newLine(mostName)
		s.field.enter(s.text)
	case keymap.Back:
		s.search, s.reach, s.night = search{}, firstReach, 0
	}
	s.move(w, moves[a])
	night, any := s.here(w)
	if act := onNight[a]; act != nil && any {
		return act(w, night)
	}
	return screen.Do{}
}

// typed gives a key to the search that is open.
func (s *Screen) typed(w screen.World, msg tea.KeyPressMsg) screen.Do {
	switch msg.String() {
	case "esc":
		s.field = nil
		s.look("")
	case "enter":
		s.field = nil
	case "up", "down":
		s.move(w, map[string]int{"up": -1, "down": 1}[msg.String()])
	default:
		s.field.press(msg)
		s.look(s.field.text())
	}
	return screen.Do{}
}

// look searches the notes for other words.
func (s *Screen) look(text string) {
	if text != s.text {
		s.text, s.night = text, 0
	}
}

// move goes over the nights. Past the last of a deep search it looks farther
// back, twice as far each time.
func (s *Screen) move(w screen.World, by int) {
	ns := s.nights(w)
	at := s.cursor(ns)
	if by > 0 && at >= len(ns)-1 && s.farther(w) && s.facts.asked == nil {
		s.reach *= 2
		return
	}
	if by == 0 || len(ns) == 0 {
		return
	}
	at = max(0, min(at+by, len(ns)-1))
	s.night = ns[at]
	if at == 0 {
		s.night = 0
	}
}

// click chooses the night under the mouse, or opens the one that is chosen.
func (s *Screen) click(w screen.World, msg tea.MouseClickMsg) screen.Do {
	ns := s.nights(w)
	at := s.nightAt(w, msg.X, msg.Y)
	if at < 0 {
		return screen.Do{}
	}
	if at == s.cursor(ns) {
		return push(w, newPage(ns[at]))
	}
	s.move(w, at-s.cursor(ns))
	return screen.Do{}
}

// quiet writes down that a night had no cramps.
func quiet(w screen.World, night journal.Date) screen.Do {
	switch n := w.Book.Night(night); {
	case n.Cramps > 0:
		return screen.Do{Say: say.Text("that night has cramps: remove them first, if there were none")}
	case n.Quiet:
		return screen.Do{Say: say.Text("that is written down already: no cramps")}
	case night >= w.Day():
		return screen.Do{Say: say.Text("that night is not over: it can be answered for in the morning")}
	}
	return screen.Do{
		Records: []screen.Record{{Fact: journal.Quiet{}, Night: night}},
		Say:     undoable(w, say.Text("written down: no cramps, %s", night.NightWords())),
	}
}

// undoable says what was just done, and how it is taken back.
func undoable(w screen.World, done string) string {
	return say.Text("%s · %s takes it back", done, w.Keys.Label(keymap.Undo))
}

// searchKeys are the keys while the search is typed.
func searchKeys() []key.Binding {
	return []key.Binding{
		key.NewBinding(key.WithKeys("enter"), key.WithHelp(keymap.Show("enter"), say.Text("keep the search"))),
		key.NewBinding(key.WithKeys("esc"), key.WithHelp(keymap.Show("esc"), say.Text("all notes again"))),
	}
}

// Help lists what the keys do now.
func (s *Screen) Help(w screen.World) []key.Binding {
	if s.field != nil {
		return searchKeys()
	}
	bs := w.Keys.Bindings(keymap.OpenNight, keymap.AddCramp, keymap.QuietNight, keymap.MarkNight, keymap.PauseNight, keymap.Narrow, keymap.Search)
	if s.search != (search{}) {
		bs = append(bs, w.Keys.Saying(keymap.Back, say.Text("all nights")))
	}
	return append(bs, w.Keys.Bindings(keymap.Up, keymap.Down, keymap.Top, keymap.Bottom)...)
}
