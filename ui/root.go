// Package ui is the terminal program: one root that routes messages, owns what
// was recorded and not yet on disk, and lays out the window. The screens are in
// packages of their own and know only package screen.
package ui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"

	"lull/routine"
	"lull/routine/body"
	"lull/routine/cues"
	"lull/routine/guide"
	"lull/routine/journal"
	"lull/routine/relief"
	"lull/routine/review"
	"lull/routine/safe"
	"lull/routine/say"
	"lull/routine/settings"
	"lull/routine/watch"
	"lull/ui/keymap"
	"lull/ui/screen"
	"lull/ui/theme"
)

// Deps is what the program is given: everything that touches the world.
type Deps struct {
	Log      journal.Log
	Drop     func(...journal.Entry) (file string, err error) // takes what the journal cannot, for later; nil: nothing does
	Now      func() time.Time                                // the wall clock
	Steady   func() time.Duration                            // a clock that goes on during sleep
	Library  *routine.Library
	Figures  *body.Library
	Settings settings.Settings
	Config   string                                             // where config.toml is, for messages
	Save     func([]settings.Change) (settings.Settings, error) // writes the config and reads it again
	Trace    io.Writer                                          // every message, one a line; nil for none
	Terminal Traits                                             // what the terminal can do beyond its colours
	Start    Start                                              // what to open at once
	Aid      func() (relief.Aid, error)
	Guide    func() (guide.Guide, error)
	Notices  <-chan string // what the journal has to say while the program is up
	Tabs     func() []Tab  // the screens; DefaultTabs unless a test says otherwise
	Voice    cues.Speaker  // nil for silence
}

// Traits are what the window's terminal can do. The zero value shows no colour
// and only ASCII's cells in colour none.
type Traits struct {
	Profile    colorprofile.Profile
	ASCII      bool             // it shows nothing beyond ASCII
	Ground     bool             // its own background may be set, for the margins around the cells
	Background theme.Background // its own, as far as the environment says
	Suspend    func() bool      // whether ctrl+z can be obeyed; nil for never
}

// Start is what the program opens at once: the evening's screen, a routine by
// its id, or first aid for the cramp that was asked about.
type Start struct {
	Routine string
	Now     bool
	Cramp   relief.Request
}

// Tab is one of the screens that digits and Tab move between.
type Tab struct {
	Name   say.Key
	Screen screen.Screen
}

// layer is a screen that is up, with the number its commands answer to.
type layer struct {
	screen.Screen
	epoch int
}

// Root is the model of the whole program.
type Root struct {
	deps       Deps
	world      screen.World
	width      int
	height     int
	background theme.Background // the terminal's own
	profile    colorprofile.Profile

	titles []say.Key
	tabs   []layer
	tab    int
	stack  []layer // screens pushed over the present tab
	epoch  int     // the number the next layer gets
	told   shown   // what the screen in sight was last told of

	mint    journal.Mint
	stamp   journal.Stamp
	readOn  journal.Date // the day around which the journal was read
	outbox  []job
	jobs    int // numbered so far
	sending bool
	unsaved atomic.Pointer[[]journal.Entry] // what is in memory only, for abandon
	waits   bool                            // the last job is in the inbox and no more in the outbox
	failing bool                            // the last try to write failed
	stowing map[int]bool                    // the jobs that are being copied to the inbox
	writes  int                             // jobs done so far: a reading that began before the last one is old
	undo    [][]screen.Record               // how to take back what this sitting recorded, newest last
	notice  notice
	trips   []watch.Trip // what the diary brought up and is still to be shown
	brought []string     // the keys of those that were shown in this sitting
	trouble error
	helping bool
	scroll  int // of the page of keys
	leaving bool
	settled bool      // nothing is left to write: the program may end
	first   tea.Cmd   // of the screen that was opened before the program ran
	drawn   *tea.View // the last frame, while nothing that it shows has changed
	pace    pace
	asked   bool      // the terminal was asked for its own background
	pick    pick      // for a person with two keys
	dimmed  time.Time // when a screen for the dark was last up
}

// New makes the root. Nothing is read until Load or Init.
func New(deps Deps) *Root {
	r := &Root{deps: deps, background: deps.Terminal.Background, profile: deps.Terminal.Profile, stowing: map[int]bool{}}
	r.world = screen.World{
		Book: review.New(journal.History{}), Library: deps.Library, Figures: deps.Figures,
		Settings: deps.Settings, Config: deps.Config, Aid: deps.Aid, Guide: deps.Guide,
	}
	if r.deps.Voice == nil {
		r.deps.Voice = cues.Mute{}
	}
	r.world.Heard = r.deps.Voice.Found
	r.world.NewID = func() journal.ID { return r.mint.New(r.world.Now) }
	r.tell()
	r.restyle()
	r.rekey()
	for _, t := range deps.Tabs() {
		r.titles = append(r.titles, t.Name)
		r.tabs = append(r.tabs, r.layer(t.Screen))
	}
	return r
}

// names are what the tabs are called, in the language in use.
func (r *Root) names() []string {
	names := make([]string, len(r.titles))
	for i, t := range r.titles {
		names[i] = t.String()
	}
	return names
}

// dims says whether a screen for the dark is up, also below another: what is
// read over it must not be brighter.
func (r *Root) dims() bool {
	return slices.ContainsFunc(r.stack, func(l layer) bool {
		d, ok := l.Screen.(screen.Dim)
		return ok && d.Dim()
	})
}

func (r *Root) layer(s screen.Screen) layer {
	r.epoch++
	return layer{s, r.epoch}
}

// tell reads the clocks: once for each message, so that all of an Update sees
// one instant.
func (r *Root) tell() {
	r.world.Now, r.world.Steady = r.deps.Now(), r.deps.Steady()
	r.world.Frame = r.pace.frame(r.world.Steady)
	if u := r.world.Resume; u != nil && u.Night != r.world.Night() {
		r.world.Resume = nil // the night is over
	}
}

// keepsLook are the themes that a dim screen does not replace: somebody needs
// them to see.
var keepsLook = map[theme.Name]bool{theme.Contrast: true, theme.None: true}

func (r *Root) restyle() {
	name := theme.Name(r.world.Settings.Theme)
	if r.dims() {
		r.dimmed = r.world.Now
	}
	if (r.dims() || r.crampTonight()) && !keepsLook[name] {
		name = theme.Night
	}
	r.world.Theme = theme.New(theme.Env{
		Name: name, Terminal: r.background, Abed: r.world.Settings.Abed(journal.Hour(r.world.Now)), Profile: r.profile, ASCII: r.deps.Terminal.ASCII,
		Drawing: theme.Drawing(r.world.Settings.Drawing),
	})
}

// usualWidth is the columns of a window that nobody made larger or smaller.
const usualWidth = 80

func (r *Root) rekey() {
	usual := keymap.For(r.world.Settings.Hands)
	keys, err := usual.With(r.world.Settings.Keys)
	if err != nil {
		keys = usual
		why := "config.toml: " + err.Error()
		if ansi.StringWidth(why) > usualWidth {
			why = say.Text("[keys] cannot be used: lull config edit")
		}
		r.say(why)
	}
	r.world.Keys = keys
}

// askGround asks the terminal once for its own background, unless it was set to
// that of the theme.
func (r *Root) askGround() tea.Cmd {
	if r.asked || r.setsBackground() {
		return nil
	}
	r.asked = true
	return tea.RequestBackgroundColor
}

// Load reads the journal before the first frame, within the time that ctx
// leaves. What it cannot read in time arrives later, through Init. The error is
// one that waiting does not mend: a damaged file, or one of a newer lull.
func (r *Root) Load(ctx context.Context) error {
	msg := r.glance(ctx)
	switch {
	case msg.err == nil:
		r.take(msg.state)
	case !lasting(msg.err):
	case r.deps.Start.Now: // first aid comes first
		r.trouble = msg.err
	default:
		return msg.err
	}
	r.first = r.open(r.deps.Start)
	return nil
}

// lasting says whether an error is one that waiting does not mend.
func lasting(err error) bool {
	return errors.Is(err, journal.ErrDamaged) || errors.Is(err, journal.ErrTooNew)
}

// Init starts the pulse and asks the terminal what it looks like.
func (r *Root) Init() tea.Cmd {
	cmds := []tea.Cmd{r.beat(), r.askGround(), r.send(), r.watch(), r.openToday()}
	if !r.world.Loaded || r.world.Book.Cut() {
		cmds = append(cmds, r.reload())
	}
	if r.first != nil {
		cmds = append(cmds, r.first)
	}
	return tea.Batch(cmds...)
}

// Update routes one message.
func (r *Root) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	defer tellClean()
	r.trace(msg)
	before := r.world.Now
	r.tell()
	if _, pulse := msg.(pulseMsg); !pulse || r.shows(before) {
		r.drawn = nil
	}
	if before.Minute() != r.world.Now.Minute() {
		r.restyle() // a theme may go by the hour
	}
	cmd := tea.Batch(r.route(msg), r.show())
	r.count()
	return r, cmd
}

// tellClean lets a fault go on with words that are fit for a terminal: what is
// printed of it may quote a note.
func tellClean() {
	if fault := recover(); fault != nil {
		panic(safe.Lines(fmt.Sprint(fault)))
	}
}

// shown is a screen that has the window, and the journal that it was drawn from.
type shown struct {
	epoch int
	book  *review.Book
}

// show tells the screen that came into sight, or that has another journal to
// draw from, so that it can fetch what the World does not carry.
func (r *Root) show() tea.Cmd {
	now := shown{r.top().epoch, r.world.Book}
	if now == r.told {
		return nil
	}
	before := r.told
	r.told = now
	cmds := []tea.Cmd{r.deliver(r.top(), screen.Shown{})}
	if l, up := r.up(before.epoch); up && before.epoch != now.epoch {
		cmds = append(cmds, r.deliver(l, screen.Hidden{}))
	}
	return tea.Batch(cmds...)
}

// shows says whether a second that passed can be seen: a minute on the clock, or
// a notice that goes.
func (r *Root) shows(before time.Time) bool {
	return before.Minute() != r.world.Now.Minute() || r.notice.text != "" || len(r.deps.Notices) > 0
}

func (r *Root) route(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		r.resize(msg.Width, msg.Height)
	case tea.ColorProfileMsg:
		r.profile = min(msg.Profile, r.deps.Terminal.Profile)
		r.restyle()
	case tea.BackgroundColorMsg:
		r.background = theme.LightBackground
		if msg.IsDark() {
			r.background = theme.DarkBackground
		}
		r.restyle()
	case tea.FocusMsg:
		return r.look()
	case tea.KeyPressMsg:
		return r.key(msg)
	case tea.MouseClickMsg:
		return r.click(msg)
	case tea.MouseWheelMsg, tea.PasteMsg:
		return r.deliver(r.top(), msg)
	default:
		return r.inner(msg)
	}
	return nil
}

// inner routes the root's own messages.
func (r *Root) inner(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case addressed:
		return r.answer(msg)
	case pulseMsg:
		return r.beaten()
	case stateMsg:
		return r.arrived(msg)
	case sentMsg:
		return r.sent(msg)
	case retryMsg:
		return r.send()
	case stowMsg:
		return r.late(msg)
	case stowedMsg:
		return r.stowed(msg)
	case settingsMsg:
		return r.set(msg)
	case lostMsg:
		return r.lost(msg)
	case uv.PrimaryDeviceAttributesEvent:
		r.pace.answered(r.world.Steady)
	case tripsMsg:
		r.tripped(msg)
	case olderMsg:
		return r.askOlder(msg)
	case firstTodayMsg:
		r.world.FirstToday = true
	case quitRequested:
		return r.leave()
	}
	return nil
}

// addressed is a message for the screen that asked for it. If that screen is
// gone, so is the message.
type addressed struct {
	epoch int
	msg   tea.Msg
}

func (r *Root) answer(a addressed) tea.Cmd {
	if l, up := r.up(a.epoch); up {
		return r.deliver(l, a.msg)
	}
	return nil
}

// up finds a screen by its number, unless it is gone.
func (r *Root) up(epoch int) (layer, bool) {
	for _, l := range append(r.stack[:len(r.stack):len(r.stack)], r.tabs...) {
		if l.epoch == epoch {
			return l, true
		}
	}
	return layer{}, false
}

// top is the screen that has the keys.
func (r *Root) top() layer {
	if n := len(r.stack); n > 0 {
		return r.stack[n-1]
	}
	return r.tabs[r.tab]
}

// deliver hands a message to a screen and does what it asks for.
func (r *Root) deliver(l layer, msg tea.Msg) tea.Cmd {
	return r.do(l, l.Update(r.world, msg))
}

func (r *Root) do(l layer, do screen.Do) tea.Cmd {
	if do.Say != "" {
		r.say(do.Say)
	}
	r.record(do.Records, do.Note)
	if do.Undo != nil {
		r.undoOlder(*do.Undo)
	}
	r.navigate(do)
	if do.Push != nil || do.Replace != nil {
		l = r.top()
	}
	cmds := []tea.Cmd{r.from(l, do.Cmd), r.from(l, r.fetch(do.Fetch)), r.save(do.Set), r.send(), r.hear(l, do.Cue), r.keepUp(do.Moving)}
	if do.Quit {
		cmds = append(cmds, r.leave())
	}
	return tea.Batch(cmds...)
}

// keepUp asks the terminal how far it has come, while something moves.
func (r *Root) keepUp(moving bool) tea.Cmd {
	if !moving || !r.pace.ask(r.world.Steady) {
		return nil
	}
	return tea.Raw(ansi.RequestPrimaryDeviceAttributes)
}

// fetch reads facts for a screen.
func (r *Root) fetch(f *screen.Fetch) tea.Cmd {
	if f == nil {
		return nil
	}
	log, span := r.deps.Log, *f
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), writeWait)
		defer cancel()
		entries, err := log.Live(ctx, span.From, span.To, screen.Told...)
		return screen.Fetched{Fetch: span, Entries: entries, Err: err}
	}
}

// from makes a screen's command answer to that screen only.
func (r *Root) from(l layer, cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() tea.Msg {
		defer tellClean()
		return addressed{l.epoch, cmd()}
	}
}

func (r *Root) navigate(do screen.Do) {
	switch {
	case do.Push != nil:
		r.stack = append(r.stack, r.layer(do.Push))
	case do.Replace != nil:
		r.pop()
		r.stack = append(r.stack, r.layer(do.Replace))
	case do.Pop:
		r.pop()
		r.bringUp()
	case do.Go > 0:
		r.goTo(int(do.Go) - 1)
	}
	r.restyle()
	r.measure()
}

func (r *Root) pop() {
	if n := len(r.stack); n > 0 {
		r.stack = r.stack[:n-1]
	}
}

func (r *Root) goTo(tab int) {
	if tab >= 0 && tab < len(r.tabs) {
		r.tab, r.stack = tab, nil
	}
}
