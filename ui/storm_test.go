package ui

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"reflect"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"lull/assets"
	"lull/routine/body"
	"lull/routine/journal"
	"lull/routine/journal/journaltest"
	"lull/routine/relief"
	"lull/routine/settings"
	"lull/ui/screen"
	"lull/ui/uitest"
)

var (
	stormEvents = flag.Int("events", 1_000, "how `many` random events the whole app is given")
	stormSeed   = flag.Uint64("storm", 0, "give it only the events of this `seed`, and say each")
)

// eventsASeed is how many events one seed makes: a few sittings of somebody at
// one journal.
const eventsASeed = 1000

// foundBy are seeds that found something once.
var foundBy = []uint64{
	17,  // a session that was up at noon was recorded as one that was killed, and what it came to was lost
	876, // the clock was set, and the window kept to the days of before
	206, // letters that turn the line were typed and pasted into a field; 216 found it too
}

// Whatever is pressed, pasted, clicked and dragged, however the window changes,
// the time passes, the disk fails and others write: the app does not fall over,
// keeps to its window, obeys no text, and records what a key asked for and nothing
// else, all of it, once.
func TestAMillionRandomEvents(t *testing.T) {
	seeds := slices.Clone(foundBy)
	for i := range *stormEvents / eventsASeed {
		if seed := uint64(i) + 1; !slices.Contains(seeds, seed) {
			seeds = append(seeds, seed)
		}
	}
	if *stormSeed != 0 {
		seeds = []uint64{*stormSeed}
	}
	var all tally
	t.Run("seeds", func(t *testing.T) {
		for _, seed := range seeds {
			t.Run(fmt.Sprint(seed), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					defer time.Sleep(5 * time.Minute) // what is under way runs out
					s := newStorm(t, seed)
					defer all.add(s)
					s.rage(eventsASeed)
				})
			})
		}
	})
	t.Log(all.String())
}

// tally is what all seeds together did.
type tally struct {
	mu             sync.Mutex
	events, frames int
	born           map[birth]int
}

func (a *tally) add(s *storm) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.born == nil {
		a.born = map[birth]int{}
	}
	a.events += s.events
	a.frames += s.frames
	for b, n := range s.births {
		a.born[b] += n
	}
}

func (a *tally) String() string {
	rows := []string{fmt.Sprintf("%d events, %d frames; what was recorded, and where:", a.events, a.frames)}
	var all []string
	for b, n := range a.born {
		all = append(all, fmt.Sprintf("%-28s %-8s %-10s %d", b.screen, b.by, b.kind, n))
	}
	slices.Sort(all)
	return strings.Join(append(rows, all...), "\n")
}

// storm is one person's app, driven by hand: its commands are run one after the
// other, so that a seed always makes the same.
type storm struct {
	t    *testing.T
	seed uint64
	dice *rand.Rand

	log   *rough
	root  *Root
	saved []settings.Change
	set   settings.Settings

	start  time.Time
	ahead  time.Duration // of the wall clock, before the time that passed
	slept  time.Duration // of the steady clock
	size   tea.WindowSizeMsg
	left   []journal.Entry // in the inbox
	queue  []tea.Cmd
	flying []*flight
	ended  bool

	mu sync.Mutex // for what commands touch too: left, saved, set, ahead, slept, born, unsaid

	events, frames int
	past           []string // the last events
	births         map[birth]int
	born           map[journal.ID]journal.Entry
	foreign        map[journal.ID]bool
	unsaid         map[journal.ID]bool // killed before they were acknowledged
	mint           journal.Mint
	frame          string
}

// flight is a command under way: msg is its answer once done is set.
type flight struct {
	msg  tea.Msg
	done atomic.Bool
}

func newStorm(t *testing.T, seed uint64) *storm {
	s := &storm{
		t: t, seed: seed, dice: rand.New(&fairDice{from: rand.NewPCG(seed, 0)}), start: time.Now(), set: settings.Default(),
		births: map[birth]int{}, born: map[journal.ID]journal.Entry{}, foreign: map[journal.ID]bool{}, unsaid: map[journal.ID]bool{},
		size: tea.WindowSizeMsg{Width: 80, Height: 24},
	}
	s.log = &rough{Mem: &journaltest.Mem{}, storm: s}
	if s.dice.IntN(2) == 0 {
		for ago := range 40 {
			s.others(s.history(ago)...)
		}
	}
	return s
}

func (s *storm) now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return uitest.Evening.Add(time.Since(s.start) + s.ahead)
}

func (s *storm) steady() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return time.Since(s.start) + s.slept
}

// later sets the clocks: the wall's, and the steady one's, which goes on in sleep.
func (s *storm) later(wall, steady time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ahead += wall
	s.slept += steady
}

// fairDice are dice that commands may throw too.
type fairDice struct {
	mu   sync.Mutex
	from rand.Source
}

func (d *fairDice) Uint64() uint64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.from.Uint64()
}

// history is a night of the weeks before.
func (s *storm) history(ago int) []journal.Entry {
	at := uitest.Evening.AddDate(0, 0, -ago-1)
	make := func(f journal.Fact) journal.Entry {
		return journal.New(&s.mint, journal.DefaultCalendar, at, at, f)
	}
	switch s.dice.IntN(4) {
	case 0:
		return []journal.Entry{make(journal.Stretched{Routine: "trial", Outcome: journal.Complete, PlannedS: 120, HeldS: 120, Moves: []journal.Move{}})}
	case 1:
		return []journal.Entry{make(journal.Cramped{Muscle: "calf", Side: "left", Note: hostile[s.dice.IntN(len(hostile))]})}
	case 2:
		return []journal.Entry{make(journal.Quiet{}), make(journal.Marked{Mark: "alcohol"})}
	}
	return nil
}

// others writes what another program would.
func (s *storm) others(entries ...journal.Entry) {
	for _, e := range entries {
		if _, err := s.log.Mem.Append(context.Background(), e); err == nil {
			s.foreign[e.ID] = true
		}
	}
}

// open begins a sitting.
func (s *storm) open() {
	start := Start{}
	switch s.dice.IntN(12) {
	case 0:
		start = Start{Now: true, Cramp: relief.Asked("foot")}
	case 1:
		start = Start{Routine: "full"}
	case 2:
		start = Start{Routine: "no such"}
	}
	s.root = New(Deps{
		Log: s.log, Now: s.now, Steady: s.steady, Library: uitest.Library(s.t), Figures: body.Open(assets.Files),
		Settings: s.set, Config: "config.toml", Save: s.save, Drop: s.drop,
		Terminal: Traits{Profile: colorprofile.TrueColor, Ground: s.dice.IntN(2) == 0, Suspend: func() bool { return true }},
		Tabs:     DefaultTabs, Aid: uitest.Aid(s.t), Guide: uitest.Guide(s.t), Start: start,
	})
	s.queue, s.flying, s.ended = nil, nil, false
	if err := s.root.Load(context.Background()); err != nil {
		s.log.Fail(nil)
		s.root.trouble = err
	}
	s.watchBirths("load", "Load", nil)
	s.queue = append(s.queue, s.root.Init())
	s.give(tea.WindowSizeMsg{Width: s.size.Width, Height: s.size.Height})
	s.settle()
}

func (s *storm) save(changes []settings.Change) (settings.Settings, error) {
	if s.dice.IntN(30) == 0 {
		return settings.Settings{}, errors.New("the disk \x1b[2J is full")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	all := append(slices.Clone(s.saved), changes...)
	text, err := settings.Apply("config.toml", nil, all)
	if err != nil {
		return settings.Settings{}, err
	}
	set, err := settings.Parse("config.toml", text)
	if err == nil {
		s.saved, s.set = all, set
	}
	return set, err
}

func (s *storm) drop(entries ...journal.Entry) (string, error) {
	if s.dice.IntN(3) == 0 {
		return "", errors.New("nor does the inbox")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.left = append(s.left, entries...)
	return "inbox/1.jsonl", nil
}

// give hands a message to the app as the program would, and looks at what came
// of it.
func (s *storm) give(msg tea.Msg) {
	msg = Filter(s.root, msg)
	if msg == nil || s.ended {
		return
	}
	switch msg := msg.(type) {
	case tea.QuitMsg:
		s.ended = true
		return
	case tea.BatchMsg:
		s.queue = append(s.queue, msg...)
		return
	case tea.WindowSizeMsg:
		s.size = msg
	}
	screen, before := name(s.root.top()), s.sight(msg)
	s.guard(func() {
		_, cmd := s.root.Update(msg)
		s.queue = append(s.queue, cmd)
	})
	s.watchBirths(screen, by(msg), before)
	if input(msg) {
		s.events++
		s.look()
	}
}

// input says whether a message comes from a person or a terminal.
func input(msg tea.Msg) bool {
	switch msg.(type) {
	case tea.KeyPressMsg, tea.PasteMsg, tea.WindowSizeMsg, tea.MouseMsg, tea.FocusMsg, tea.BlurMsg:
		return true
	}
	return false
}

// sight is what the oracle must know of the moment before a message.
func (s *storm) sight(msg tea.Msg) *sight {
	top := s.root.top()
	typing := takes(top)
	if press, ok := msg.(tea.KeyPressMsg); ok && s.root.passes(top, press) {
		typing = false
	}
	_, enduring := top.Screen.(screen.Enduring)
	return &sight{enduring: enduring, msg: msg, takes: typing, modal: modal(top), helping: s.root.helping, small: s.root.tooSmall(), keys: s.root.world.Keys}
}

func (s *storm) guard(do func()) {
	defer func() {
		if p := recover(); p != nil {
			s.fail("it fell over: %v\n%s", p, debug.Stack())
		}
	}()
	do()
}

// settle runs what the app asked for until it waits for the time to pass.
func (s *storm) settle() {
	for range 200 {
		for len(s.queue) > 0 {
			cmd := s.queue[0]
			s.queue = s.queue[1:]
			if cmd == nil {
				continue
			}
			f := &flight{}
			s.flying = append(s.flying, f)
			go func() { f.msg = cmd(); f.done.Store(true) }()
			synctest.Wait()
		}
		var back []*flight
		s.flying = slices.DeleteFunc(s.flying, func(f *flight) bool {
			if f.done.Load() {
				back = append(back, f)
				return true
			}
			return false
		})
		if len(back) == 0 {
			s.look()
			return
		}
		for _, f := range back {
			s.arrive(f.msg)
		}
	}
	s.fail("it does not come to rest")
}

// arrive hands on the answer of a command.
func (s *storm) arrive(msg tea.Msg) {
	if a, ok := msg.(addressed); ok {
		if b, ok := a.msg.(tea.BatchMsg); ok { // a screen that asks for two things at once
			s.fail("a batch came to a screen as a message: %v", b)
		}
	}
	switch msg := msg.(type) {
	case nil:
	case tea.SuspendMsg:
		s.pass(time.Duration(s.dice.IntN(8)) * time.Second)
		s.give(tea.ResumeMsg{})
	default:
		if reflect.TypeOf(msg) == rawType && s.dice.IntN(3) > 0 {
			s.give(deviceAnswer)
			return
		}
		s.give(msg)
	}
}

// pass lets time go by, in steps so small that nothing of it is missed.
func (s *storm) pass(d time.Duration) {
	for d > 0 && !s.ended {
		step := min(d, 200*time.Millisecond)
		time.Sleep(step)
		synctest.Wait()
		d -= step
		s.settle()
	}
}

// rage gives the app so many events, in as many sittings as it takes.
func (s *storm) rage(events int) {
	s.open()
	for s.events < events && !s.t.Failed() {
		e := s.choose()
		s.past = append(s.past, fmt.Sprintf("%d %s on %s", s.events, e.what, name(s.root.top())))
		if len(s.past) > 40 {
			s.past = s.past[1:]
		}
		if *stormSeed != 0 {
			s.t.Log(s.past[len(s.past)-1])
		}
		e.do()
		s.settle()
		if s.ended || s.dice.IntN(400) == 0 { // it was left, or its terminal was closed
			s.closed()
			s.open()
		}
	}
	if !s.t.Failed() {
		s.leave()
		s.closed()
	}
}

func (s *storm) fail(format string, v ...any) {
	s.t.Helper()
	s.t.Fatalf("seed %d: %s\n\nthe last events:\n%s\n\nthe window, %dx%d:\n%s", s.seed, fmt.Sprintf(format, v...),
		strings.Join(s.past, "\n"), s.size.Width, s.size.Height, uitest.Text(s.frame))
}
