// Package screen is what every screen agrees on: what it may read, what it may
// ask for, and how it is drawn. A screen decides in Update, shows in Draw, and
// never waits, writes or looks at a clock.
package screen

import (
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"lull/routine"
	"lull/routine/body"
	"lull/routine/cues"
	"lull/routine/guide"
	"lull/routine/journal"
	"lull/routine/relief"
	"lull/routine/review"
	"lull/routine/say"
	"lull/routine/settings"
	"lull/routine/sitting"
	"lull/ui/keymap"
	"lull/ui/theme"
)

// World is everything a screen may read. It is made anew for each message, so
// nothing in it goes stale.
type World struct {
	Now        time.Time     // the wall clock
	Steady     time.Duration // a clock that goes on during sleep and is never set
	Frame      time.Duration // between two pictures of something that moves, as the terminal keeps up with
	Width      int           // of the screen's body, in cells
	Height     int
	Small      bool // the window is smaller than lull needs: only an Enduring screen is drawn
	Loaded     bool // the journal has been read
	Unsaved    bool // something that was recorded is not on disk yet
	Book       *review.Book
	Recent     []journal.Entry // facts that stand, of the last RecentDays
	Library    *routine.Library
	Figures    *body.Library
	Settings   settings.Settings
	Config     string // where config.toml is, for messages
	Screening  routine.Screening
	Screened   bool // the safety questions were answered, or passed over, once
	Asked      time.Time
	Again      string                      // why the safety questions should be asked once more, or empty
	FirstToday bool                        // lull was opened for the first time in this day
	Resume     *sitting.Unfinished         // a session of tonight that was left
	Aid        func() (relief.Aid, error)  // the first aid, read when it is first asked for
	Guide      func() (guide.Guide, error) // its cards, read when they are first asked for
	Heard      func() cues.Found           // what the machine can speak and sound with
	NewID      func() journal.ID           // makes the id of a fact that is recorded later
	Theme      theme.Theme
	Keys       keymap.Map
}

// RecentDays is how many days of facts the World carries: as many as the
// checklist can edit.
const RecentDays = 7

// Night is tonight.
func (w World) Night() journal.Date { return w.Settings.Calendar.Night(w.Now) }

// LastNight is the newest night that is over for a sleeper: in the morning the
// one that is just ending.
func (w World) LastNight() journal.Date { return w.Day() - 1 }

// Day is today, for the checklist.
func (w World) Day() journal.Date { return w.Settings.Calendar.Day(w.Now) }

// Ticks returns the standing ticks of a list on a day, by item. The newest
// tick of an item wins.
func (w World) Ticks(list string, day journal.Date) map[string]journal.Entry {
	ticks := map[string]journal.Entry{}
	for _, e := range w.Recent {
		if t, ok := e.Fact.(journal.Ticked); ok && t.List == list && e.Day == day {
			ticks[t.Item] = e
		}
	}
	return ticks
}

// HideAmounts says whether drink amounts are left out, because the person limits
// fluids or asked for it, or as long as that is not known. No setting shows them
// against the safety answers.
func (w World) HideAmounts() bool {
	return !w.Loaded || w.Settings.LimitFluids == "yes" || w.Screening.LimitFluids()
}

// Tonight is where the evening stands.
func (w World) Tonight() review.Tonight {
	r := w.Plan().Routine
	return w.Book.Tonight(w.Night(), w.Day(), review.Plan{
		Routine: r.ID, PlannedS: int(r.Held().Seconds()),
		Water: len(w.Settings.Water), Bedtime: len(w.Settings.Bedtime),
	})
}

// Chosen is tonight's routine as it is in the library: the one that is set, or
// lull's own if that file is gone.
func (w World) Chosen() routine.Routine {
	r, ok := w.Library.Routine(w.Settings.Routine)
	if !ok {
		r, _ = w.Library.Routine(settings.Default().Routine)
	}
	return r
}

// Plan is tonight's routine, adapted to the safety answers.
func (w World) Plan() routine.Plan { return w.PlanOf(w.Chosen()) }

// PlanOf is r as a session runs it: adapted to the safety answers, with the time
// that is set to get into position.
func (w World) PlanOf(r routine.Routine) routine.Plan {
	return w.Screening.Plan(w.Library, r).WithLeadIn(w.Library, w.Settings.GetReady())
}

// Audible reports whether anything of a session is heard now.
func (w World) Audible() bool {
	return w.Settings.Audible(journal.Hour(w.Now), w.Heard())
}

// Resumable says whether there is a session of tonight that was left and that
// the safety answers of now still allow.
func (w World) Resumable() bool {
	return w.Resume != nil && w.Resume.Suits(w.Library, w.Screening)
}

// Welcomed says whether the first card was read.
func (w World) Welcomed() bool { return w.Book.Seen(review.FirstCard) }

// Figure is the body of a stretch, by the stretch's id, as it suits the safety
// answers.
func (w World) Figure(stretch string) *body.Figure {
	st, _ := w.Library.Stretch(stretch)
	return w.Figures.For(st, w.Screening)
}

// Screen is one page of the program.
type Screen interface {
	// Update decides what a message asks for. Keys that are live everywhere
	// never arrive here unless the screen is Typing.
	Update(World, tea.Msg) Do
	// Draw returns the body, at most World.Width by World.Height cells.
	Draw(World) string
	// Help lists the bindings that work now, the most useful first.
	Help(World) []key.Binding
}

// Typing is a Screen that takes letters while Takes is true: keys that are live
// everywhere, but for ctrl+c, go to it instead.
type Typing interface{ Takes() bool }

// Passing is a Typing screen that lets some keys through to what they do
// everywhere.
type Passing interface {
	Passes(World, tea.KeyPressMsg) bool
}

// Claiming is a Screen that takes some keys for itself for a time, although they
// do something everywhere.
type Claiming interface {
	Claims(World, tea.KeyPressMsg) bool
}

// Choosing is a Screen that can do more than its Help has room for. Choices is all
// of it, the most useful first, a binding for each thing: somebody with two keys
// goes through them.
type Choosing interface{ Choices(World) []key.Binding }

// Modal is a Screen with the window to itself: no tabs, and leaving it is its
// own affair.
type Modal interface {
	// Leaving is asked when the program ends while the screen is up: what it
	// returns is recorded before the program goes.
	Leaving(World) Do
}

// Enduring is a Modal screen that works in a window of any size. Ending is the
// line that says how to end it: it is drawn under whatever else is shown, and
// nothing covers it.
type Enduring interface{ Ending(World) string }

// Dim is a Screen for the dark: it is drawn in the dim red look, unless the
// person chose high contrast or no colour.
type Dim interface{ Dim() bool }

// Tab is one of the screens that digits move between, by its digit.
type Tab int

// The tabs.
const (
	TabTonight Tab = iota + 1
	TabStretch
	TabChecklist
	TabDiary
	TabReview
	TabGuide
	TabSettings
)

// Do is what an Update asks for. The zero Do asks for nothing.
type Do struct {
	Push    Screen  // show this screen over the present one
	Replace Screen  // or in its place
	Pop     bool    // or go back to the one below
	Go      Tab     // or go to this tab
	Cmd     tea.Cmd // its message comes back to this very screen, or to the new one, or to nobody
	Fetch   *Fetch  // facts that the World does not carry; they come to the screen that Cmd would answer to
	Records []Record
	Undo    *journal.Action // of an earlier time, unless it is not the newest any more
	Note    *Note
	Set     []settings.Change
	Say     string   // one line at the foot, for a few seconds
	Quit    bool     // leave the program, once everything is written
	Cue     cues.Cue // what is to be heard now
	Moving  bool     // the screen shows something that moves, and Cmd brings its next picture
}

// Fetch asks for what was told of nights, and stands: sessions, cramps, quiet
// nights, marks and pauses whose night or day lies between From and To, both
// included. The answer is always a Fetched.
type Fetch struct{ From, To journal.Date }

// Told are the kinds of fact that a Fetch brings.
var Told = []journal.Kind{
	journal.KindStretched, journal.KindCramped, journal.KindQuiet, journal.KindMarked, journal.KindPaused,
}

// Fetched answers a Fetch: the facts by id, or why they could not be read.
type Fetched struct {
	Fetch
	Entries []journal.Entry
	Err     error
}

// Shown tells a screen that it has the window now, or that the journal is
// another than it was: the moment to Fetch.
type Shown struct{}

// Unheard tells a screen that a cue of so long ago was not heard.
type Unheard struct{ Age time.Duration }

// Hidden tells a screen that another one has the window while it is still up.
type Hidden struct{}

// Record is a fact to be made durable. The zero values of At, Night, Day and ID
// mean now, by the calendar, and a new one.
type Record struct {
	Fact     journal.Fact
	At       time.Time
	Night    journal.Date // for what is told of another night than that of At
	Day      journal.Date
	ID       journal.ID
	Next     bool           // of a glass: if somebody ticked it meanwhile, the next that is open is meant
	Revises  *journal.Entry // then Patch says what changes, and Fact is not used
	Patch    map[string]any
	Takeback *journal.Entry // then this fact is withdrawn
	Anew     *journal.Entry // then this fact, which was withdrawn, is put back
	Before   *journal.Entry // of a Takeback that undoes a revision: the fact as it was
	Undo     journal.ID     // of an undo: the entry that it reverses
}

// Note is something the program keeps for itself, such as an unfinished
// session. A nil Text takes it away.
type Note struct {
	Name string
	Text []byte
}

// ItemName is what the person calls a ticked item.
func ItemName(w World, t journal.Ticked) string {
	items, _ := w.Settings.List(t.List)
	for _, it := range items {
		if it.ID == t.Item {
			return say.Name(it.Name)
		}
	}
	return t.Item
}
