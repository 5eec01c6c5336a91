// Package cramp is first aid at ten past three: the first instruction at once,
// dim and silent, a clock since the onset, and timed steps. The cramp is in the
// journal from its first second; one key says that it let go.
package cramp

import (
	"fmt"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"lull/routine/journal"
	"lull/routine/relief"
	"lull/routine/say"
	"lull/ui/keymap"
	"lull/ui/screen"
	"lull/ui/widget"
)

// Screen is one cramp, from its onset to what helps afterwards.
type Screen struct {
	asked      relief.Request
	care       relief.Care // the first aid for the answers that were known last
	walk       relief.Walk
	fact       journal.Entry // its start, as it was recorded
	place      relief.Place  // of the plan in hand
	named      bool          // the person said where: else the morning asks
	card       relief.Card   // the latest that the clock brought up
	generation int           // of the chain of ticks
	over       bool
	scroll     int  // of what may help afterwards
	alone      bool // the program was started for this cramp and ends with it
}

// Begin opens the screen for a cramp that starts now. Whatever was asked for,
// there is a plan: the calf's, if nothing else. Alone says that the program was
// started for this and ends with it.
func Begin(w screen.World, asked relief.Request, alone bool) screen.Do {
	aid, err := w.Aid()
	if err != nil {
		return screen.Do{Say: err.Error()}
	}
	care, place := aid.For(w.Screening), asked.Opens()
	plan, ok := care.Plan(place)
	if !ok {
		place = relief.Request{}.Opens()
		plan, _ = care.Plan(place)
	}
	fact := asked.Cramp()
	s := &Screen{
		asked: asked, care: care, walk: relief.Start(plan, w.Steady, w.Steady),
		fact:  journal.Entry{ID: w.NewID(), At: w.Now, Night: w.Night(), Day: w.Day(), Fact: fact},
		place: place, named: ok && asked.Muscle == place.Muscle, alone: alone,
	}
	do := s.next(w)
	do.Push, do.Records = s, []screen.Record{{Fact: fact, At: s.fact.At, ID: s.fact.ID}}
	return do
}

// treat applies safety answers that became known or changed.
func (s *Screen) treat(w screen.World) {
	aid, err := w.Aid()
	if err != nil {
		return
	}
	care := aid.For(w.Screening)
	if care.Same(s.care) {
		return
	}
	s.care = care
	if plan, ok := care.Plan(s.place); ok {
		s.walk = s.walk.Turn(plan, w.Steady)
	}
	if care.Locked() {
		s.card = relief.Card{}
	}
}

// Dim asks for the dim red look.
func (s *Screen) Dim() bool { return true }

// tick is a moment at which one of the clocks changes.
type tick struct{ generation int }

// next waits for the next change: of a clock, or of a figure that moves.
func (s *Screen) next(w screen.World) screen.Do {
	due, generation := s.walk.Due(w.Steady), s.generation
	moving := s.moves(w) && w.Frame < due
	if moving {
		due = w.Frame
	}
	if due <= 0 {
		return screen.Do{}
	}
	return screen.Do{Moving: moving, Cmd: func() tea.Msg {
		time.Sleep(due)
		return tick{generation}
	}}
}

// Update follows the clock and the keys.
func (s *Screen) Update(w screen.World, msg tea.Msg) screen.Do {
	s.treat(w)
	switch msg := msg.(type) {
	case tick:
		if msg.generation != s.generation || s.over {
			return screen.Do{}
		}
		return s.tell(w)
	case tea.KeyPressMsg:
		return s.press(w, msg)
	case tea.MouseClickMsg:
		return s.letGo(w)
	}
	return screen.Do{}
}

// tell brings up the cards that have come due.
func (s *Screen) tell(w screen.World) screen.Do {
	var due []relief.Card
	s.walk, due = s.walk.Tell(w.Steady)
	for _, c := range due {
		s.card = c
	}
	s.generation++
	return s.next(w)
}

// steps are what the keys do to the plan.
var steps = map[keymap.Action]func(relief.Walk, time.Duration) relief.Walk{
	keymap.NextStep: relief.Walk.Next, keymap.LastStep: relief.Walk.Back,
}

// scrolls are how far each key moves over what may help afterwards.
var scrolls = map[keymap.Action]int{keymap.Up: -1, keymap.Down: 1}

func (s *Screen) press(w screen.World, msg tea.KeyPressMsg) screen.Do {
	a, _ := w.Keys.First(msg, keymap.LetGo, keymap.Muscle, keymap.NextStep, keymap.LastStep, keymap.Mistake,
		keymap.Cramp, keymap.Back, keymap.Up, keymap.Down)
	s.scroll += scrolls[a]
	if move, ok := steps[a]; ok && !s.over {
		s.walk = move(s.walk, w.Steady)
		return s.tell(w)
	}
	switch a {
	case keymap.LetGo:
		return s.letGo(w)
	case keymap.Muscle:
		return s.another(w)
	case keymap.Mistake:
		if w.Small {
			return screen.Do{} // what cannot be seen must not act
		}
		return s.away(screen.Do{Records: []screen.Record{{Takeback: &s.fact}}, Say: say.Text("taken back: it was no cramp")})
	case keymap.Cramp:
		return s.again(w)
	case keymap.Back:
		if s.over {
			return s.away(screen.Do{})
		}
	}
	return screen.Do{}
}

// Over says whether it let go: the screen is then about what comes afterwards.
func (s *Screen) Over() bool { return s.over }

// again begins another cramp of the same muscle, once this one let go.
func (s *Screen) again(w screen.World) screen.Do {
	if !s.over {
		return screen.Do{}
	}
	asked := relief.Request{Place: s.place, Side: s.asked.Side}
	if s.named {
		asked.Muscle = s.place.Muscle
	}
	do := Begin(w, asked, s.alone)
	do.Push, do.Replace = nil, do.Push
	return do
}

// away closes the screen, and the program if it was started for this.
func (s *Screen) away(do screen.Do) screen.Do {
	s.over = true
	do.Pop, do.Quit = !s.alone, s.alone // a screen below would only flash
	return do
}

// letGo gives the cramp its length; after that the same key goes back to dark.
func (s *Screen) letGo(w screen.World) screen.Do {
	if s.over {
		return s.away(screen.Do{})
	}
	s.walk = s.walk.LetGo(w.Steady)
	s.over = true
	told := map[string]any{"lasted_s": int(s.walk.At(w.Steady).Since.Seconds())}
	if c, _ := s.fact.Fact.(journal.Cramped); s.named && c.Muscle != s.place.Muscle {
		told["muscle"] = s.place.Muscle
	}
	return screen.Do{Records: []screen.Record{{Revises: &s.fact, Patch: told}}}
}

// another goes on with the plan of the next place. The onset stays.
func (s *Screen) another(w screen.World) screen.Do {
	if s.over {
		return screen.Do{}
	}
	var plan relief.Plan
	s.place, plan = s.care.After(s.place)
	s.named, s.asked.Taken = true, false
	s.walk = s.walk.Turn(plan, w.Steady)
	return s.tell(w)
}

// Leaving keeps the start as it is: the morning asks for the rest.
func (s *Screen) Leaving(screen.World) screen.Do { return screen.Do{} }

// Ending says which key ends it, and in a small window which part of what has to
// be read is shown.
func (s *Screen) Ending(w screen.World) string {
	words := say.Text("when it stops")
	switch {
	case s.over && w.Small:
		words = say.Text("close")
	case s.over:
		words = say.Text("back to the dark")
	}
	line := keyFor(w, keymap.LetGo, words)
	if parts := s.parts(w); parts > 1 {
		mark := w.Theme.Quiet.Render(fmt.Sprintf("%d/%d", s.part(w, parts)+1, parts))
		if room := w.Width - lipgloss.Width(line) - lipgloss.Width(mark); room > 0 {
			line += strings.Repeat(" ", room) + mark
		}
	}
	return widget.Line(w.Theme, line, w.Width)
}

// Help lists what the keys do now.
func (s *Screen) Help(w screen.World) []key.Binding {
	if s.over {
		return []key.Binding{w.Keys.Saying(keymap.LetGo, say.Text("back to the dark")), w.Keys.Saying(keymap.Cramp, say.Text("another cramp")), w.Keys.Saying(keymap.Mistake, say.Text("it was no cramp"))}
	}
	bs := append(w.Keys.Bindings(keymap.LetGo, keymap.Muscle), w.Keys.Saying(keymap.Signs, say.Text("not my usual cramp")))
	if !s.care.Locked() { // a locked plan has one step
		bs = append(bs, w.Keys.Bindings(keymap.NextStep, keymap.LastStep)...)
	}
	return append(bs, w.Keys.Bindings(keymap.Mistake)...)
}
