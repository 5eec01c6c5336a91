package player

import (
	"strconv"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"lull/routine"
	"lull/routine/cues"
	"lull/routine/journal"
	"lull/routine/say"
	"lull/routine/session"
	"lull/routine/settings"
	"lull/routine/sitting"
	"lull/ui/keymap"
	"lull/ui/screen"
)

// Player is one session under way. It has the window to itself.
type Player struct {
	sitting.Sitting
	generation int // of the chain of ticks; late ticks of older chains are dropped
	big        bool
	scene      scene  // what the stage was last drawn from,
	staged     string // and how it looked
	pulse      beat
	muted      *bool // as the key left it; nil for what is set
}

func play(w screen.World, r routine.Routine) *Player {
	return &Player{Sitting: sitting.New(r, w.NewID(), w.Now, w.Night()), big: w.Settings.BigCount}
}

// Resume makes the player of a session that was left. It waits, paused.
func Resume(w screen.World, u sitting.Unfinished) (*Player, error) {
	s, err := sitting.Resume(u, w.Library, w.Settings.GetReady())
	if err != nil {
		return nil, err
	}
	return &Player{Sitting: s, big: w.Settings.BigCount}, nil
}

func (p *Player) start(w screen.World) screen.Do { return p.apply(w, session.Start{}) }

// tick is a moment at which something visible changes.
type tick struct{ generation int }

// moves are what the keys do to a session that is under way.
var moves = map[keymap.Action]session.Input{
	keymap.Skip: session.Skip{}, keymap.Again: session.Back{}, keymap.More: session.More{},
}

// Update lets time pass and does what the keys ask.
func (p *Player) Update(w screen.World, msg tea.Msg) screen.Do {
	if _, locked := p.lock(w); locked {
		return p.stop(w, msg)
	}
	switch msg := msg.(type) {
	case tick:
		if msg.generation != p.generation {
			return screen.Do{}
		}
		return p.apply(w, session.Tick{})
	case screen.Unheard:
		if msg.Age < time.Second {
			p.pulse = p.beat()
		}
	case tea.KeyPressMsg:
		return p.press(w, msg)
	case tea.MouseClickMsg:
		return p.pause(w)
	case screen.Hidden:
		if in, running := p.State.View().Toggle.(session.Pause); running {
			return p.apply(w, in)
		}
	}
	return screen.Do{}
}

// lock is what to do first about a sign that was answered with yes since the
// session began. A session that is over has none.
func (p *Player) lock(w screen.World) (routine.Tier, bool) {
	if p.State.View().Toggle == nil {
		return routine.Tier{}, false
	}
	return w.Screening.Lock(w.Library)
}

// stop pauses a session that the safety answers lock. All it takes then is to be
// left, which records what was held.
func (p *Player) stop(w screen.World, msg tea.Msg) screen.Do {
	if in, running := p.State.View().Toggle.(session.Pause); running {
		do := p.apply(w, in)
		do.Cue = cues.Cue{Hush: true}
		return do
	}
	if press, is := msg.(tea.KeyPressMsg); is {
		if a, _ := w.Keys.First(press, keymap.Leave, keymap.Back); a == keymap.Leave || a == keymap.Back {
			return p.press(w, press)
		}
	}
	return screen.Do{}
}

func (p *Player) press(w screen.World, msg tea.KeyPressMsg) screen.Do {
	a, _ := w.Keys.First(msg, keymap.Pause, keymap.Skip, keymap.Again, keymap.More,
		keymap.Easier, keymap.Big, keymap.Mute, keymap.Leave, keymap.Back)
	if in, ok := moves[a]; ok {
		return p.apply(w, in)
	}
	switch a {
	case keymap.Pause:
		return p.pause(w)
	case keymap.Easier:
		return p.easier(w)
	case keymap.Big:
		p.big = !p.big
	case keymap.Mute:
		return p.mute(w)
	case keymap.Leave, keymap.Back:
		do := p.Leaving(w)
		do.Pop = true
		return do
	}
	return screen.Do{}
}

// pause is the one big key: it pauses, goes on, and closes the last page.
func (p *Player) pause(w screen.World) screen.Do {
	toggle := p.State.View().Toggle
	if toggle == nil {
		return screen.Do{Pop: true}
	}
	return p.apply(w, toggle)
}

// easier goes on with the gentler stretch of the library, if the one in hand
// has one that suits, and otherwise says how to make it easier.
func (p *Player) easier(w screen.World) screen.Do {
	change, words := sitting.Easier(w.Library, w.Screening, p.State, w.Settings.GetReady())
	do := screen.Do{}
	if change.Stretch != "" {
		do = p.apply(w, change)
	}
	do.Say = words
	return do
}

// mute turns the sound off or on, and remembers it. It holds in this session
// even if it cannot be saved. Where there is no sound it never mutes.
func (p *Player) mute(w screen.World) screen.Do {
	muted := p.hearing(w).Audible()
	p.muted = &muted
	do := screen.Do{
		Set: []settings.Change{{Key: "muted", Value: strconv.FormatBool(muted)}},
		Cue: cues.Cue{Hush: muted},
	}
	if !muted && !p.hearing(w).Audible() {
		do.Say = settings.StillSilent.String()
	}
	return do
}

// hearing is the world with the sound as this session has it.
func (p *Player) hearing(w screen.World) screen.World {
	if p.muted != nil {
		w.Settings.Muted = *p.muted
	}
	return w
}

// apply moves the session and turns what happened into what is asked of the
// program: a sound, a note of where it stands, and in the end a fact.
func (p *Player) apply(w screen.World, in session.Input) screen.Do {
	w = p.hearing(w)
	state, events := p.State.Apply(in, w.Steady)
	p.State = state
	p.generation++
	due, moving := p.due(w)
	teller := cues.Teller{Library: w.Library, Amount: w.Settings.Speaking(), Rate: w.Settings.VoiceRate}
	do := screen.Do{Cmd: p.next(due), Moving: moving, Cue: teller.Of(events, p.State.View().Phase, w.Steady)}
	if unheard(w, do.Cue) {
		p.pulse = p.beat()
	}
	if w.Settings.Muted {
		do.Cue.Tone = "" // also if that could not be saved
	}
	for _, e := range events {
		switch e.Kind {
		case session.EventEntered:
			do.Note = p.note()
		case session.EventFinished:
			do.Records, do.Note = p.record(w, e.Summary), &screen.Note{Name: sitting.Note}
		}
	}
	return do
}

// beat is one second of the count, as it is shown.
type beat struct {
	segment session.Segment
	seconds int
}

func (p *Player) beat() beat {
	v := p.State.View()
	return beat{v.Segment, v.Seconds}
}

// unheard says whether a cue has a tone and may go unheard: there is no sound, or
// no program for it and the terminal's bell, which many terminals swallow, has to
// do. Then the count pulses, for as long as it shows the second it came in.
func unheard(w screen.World, c cues.Cue) bool {
	found := w.Heard()
	if c.Tone == "" || c.Words != "" && found.Speech != "" {
		return false
	}
	switch w.Settings.Sounding(journal.Hour(w.Now)) {
	case settings.Tones:
		return found.Player == ""
	case settings.Bell:
		return false
	}
	return true
}

// due is how long nothing visible changes: the count, and the figure if it is in
// sight and may move.
func (p *Player) due(w screen.World) (due time.Duration, moving bool) {
	due = p.State.Due()
	if due <= 0 || w.Settings.ReducedMotion || !p.drawn(w) {
		return due, false
	}
	v := p.State.View()
	stays, still := w.Figure(v.Segment.Stretch).Still(v, w.Frame, due)
	if still {
		return due, false
	}
	return stays, stays <= w.Frame
}

// next waits for the next visible change. The wait begins when the command
// runs, so it is never measured from an older moment.
func (p *Player) next(due time.Duration) tea.Cmd {
	generation := p.generation
	if due <= 0 {
		return nil
	}
	return func() tea.Msg {
		time.Sleep(due)
		return tick{generation}
	}
}

func (p *Player) note() *screen.Note {
	text, err := p.Note()
	if err != nil {
		return nil
	}
	return &screen.Note{Name: sitting.Note, Text: text}
}

// record makes the session's fact. A session that was recorded when it was left
// and then gone on with revises that fact.
func (p *Player) record(w screen.World, sum session.Summary) []screen.Record {
	fact := sitting.FactOf(p.State.Snapshot().Routine, sum)
	if p.Recorded {
		for i := range w.Recent {
			if w.Recent[i].ID == p.ID {
				return []screen.Record{{Revises: &w.Recent[i], Patch: sitting.Patch(fact)}}
			}
		}
		p.ID = w.NewID()
	}
	p.Recorded = true
	return []screen.Record{{Fact: fact, At: p.Started, ID: p.ID}}
}

// Leaving keeps what was held, and where, so that the session can be gone on
// with until the night is over.
func (p *Player) Leaving(w screen.World) screen.Do {
	if !p.State.View().Phase.Underway() {
		return screen.Do{}
	}
	state, _ := p.State.Apply(session.Leave{}, w.Steady)
	p.State = state
	p.generation++
	sum := state.Summary()
	return screen.Do{
		Records: p.record(w, sum), Note: p.note(), Cue: cues.Cue{Hush: true},
		Say: sitting.Kept(sum),
	}
}

// RecordsOf makes the fact of a session that a killed program could not record.
func RecordsOf(u sitting.Unfinished) []screen.Record {
	fact, begun := u.Fact()
	if !begun {
		return nil
	}
	return []screen.Record{{Fact: fact, At: u.Started, ID: u.ID}}
}

// Help lists what the keys do in this phase.
func (p *Player) Help(w screen.World) []key.Binding {
	switch v := p.State.View(); v.Phase {
	case session.Finished, session.Left:
		return []key.Binding{w.Keys.Saying(keymap.Pause, say.Text("back to tonight"))}
	case session.Paused:
		return append([]key.Binding{w.Keys.Saying(keymap.Pause, say.Text("go on"))}, p.others(w)...)
	default:
		return append([]key.Binding{w.Keys.Saying(keymap.Pause, say.Text("pause"))}, p.others(w)...)
	}
}

func (p *Player) others(w screen.World) []key.Binding {
	all := w.Keys.Bindings(keymap.Skip, keymap.Again, keymap.More, keymap.Easier)
	return append(append(all, w.Keys.Saying(keymap.Mute, say.Text("sound"))), w.Keys.Bindings(keymap.Big, keymap.Leave)...)
}
