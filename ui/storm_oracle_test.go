package ui

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"time"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
	"lull/ui/keymap"
	"lull/ui/screen"
)

// birth is where a fact came from: the screen that was up, the sort of message,
// and the kind of fact.
type birth struct {
	screen, by string
	kind       journal.Kind
}

// sight is what the oracle must know of the moment before a message.
type sight struct {
	msg                          tea.Msg
	takes, modal, helping, small bool
	enduring                     bool // first aid is up, which works in every window
	keys                         keymap.Map
}

var (
	rawType      = reflect.TypeOf(tea.RawMsg{})
	deviceAnswer = uv.PrimaryDeviceAttributesEvent{}
)

// name is what the oracle calls a screen.
func name(l layer) string { return strings.TrimPrefix(fmt.Sprintf("%T", l.Screen), "*") }

// by is the sort of a message.
func by(msg tea.Msg) string {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return "key"
	case tea.MouseClickMsg:
		return "click"
	case tea.PasteMsg:
		return "paste"
	case addressed:
		return by(msg.msg)
	case stateMsg:
		return "journal"
	case sentMsg:
		return "written"
	case screen.Fetched:
		return "fetched"
	case quitRequested:
		return "quit"
	}
	if t := reflect.TypeOf(msg); strings.HasSuffix(t.String(), ".tick") {
		return "clock"
	}
	return "other"
}

// may says which kinds of fact each screen may record at a key or a click. A
// click may be one on the foot, which is a key.
var may = map[string][]journal.Kind{
	"tonight.Screen":         {journal.KindTicked, journal.KindQuiet, journal.KindCramped, journal.KindSeen, journal.KindRevised, journal.KindWithdrawn}, // the end of a pause
	"tonight.Past":           {journal.KindQuiet, journal.KindCramped},
	"player.ReadyScreen":     {journal.KindSeen, journal.KindStretched},
	"player.Player":          {journal.KindStretched, journal.KindRevised, journal.KindWithdrawn},
	"checklist.Screen":       {journal.KindTicked, journal.KindWithdrawn},
	"diary.Screen":           {journal.KindQuiet},
	"diary.page":             {journal.KindQuiet, journal.KindWithdrawn},
	"diary.Form":             {journal.KindCramped, journal.KindRevised, journal.KindPaused, journal.KindMedicine, journal.KindWithdrawn}, // a pause that was emptied
	"diary.picker":           {journal.KindMarked, journal.KindWithdrawn},
	"diary.medicines":        {journal.KindWithdrawn},
	"nights.plan":            {journal.KindExperiment, journal.KindWithdrawn},
	"nights.before":          {journal.KindEstimated},
	"safety.QuestionsScreen": {journal.KindScreened},
	"safety.TrippedScreen":   {journal.KindSeen},
	"ui.olderScreen":         undone,
	"cramp.Screen":           {journal.KindCramped, journal.KindRevised, journal.KindWithdrawn},
}

// undone are the kinds that an undo records.
var undone = []journal.Kind{
	journal.KindWithdrawn, journal.KindRevised, journal.KindStretched, journal.KindCramped, journal.KindQuiet, journal.KindTicked, journal.KindMarked,
	journal.KindPaused, journal.KindScreened, journal.KindMedicine, journal.KindExperiment,
}

// alone says what may be recorded without a key or a click: what a session's own
// clock brings to its end, and what was asked for by a key before.
var alone = map[birth]bool{
	{"player.Player", "clock", journal.KindStretched}: true,
	{"player.Player", "clock", journal.KindRevised}:   true,
	{"player.Player", "clock", journal.KindWithdrawn}: true,
	// Marks whose key was pressed before the night was read.
	{"diary.picker", "fetched", journal.KindMarked}:    true,
	{"diary.picker", "fetched", journal.KindWithdrawn}: true,
}

// moving are the keys that only move, wherever nothing is being typed.
var moving = []keymap.Action{
	keymap.Up, keymap.Down, keymap.Top, keymap.Bottom, keymap.Help, keymap.Signs,
}

// watchBirths finds the facts that a message recorded and asks whether it may.
func (s *storm) watchBirths(screen, by string, before *sight) {
	for _, e := range s.root.Pending() {
		if !s.bear(e) {
			continue
		}
		b := birth{screen, by, e.Fact.Kind()}
		s.births[b]++
		if err := e.Fact.Validate(); err != nil {
			s.fail("it recorded %+v: %v", e.Fact, err)
		}
		if why := s.unasked(b, before); why != "" {
			s.fail("nobody asked for %s %+v, recorded by %s on %s: %s", b.kind, e.Fact, by, screen, why)
		}
	}
}

// bear takes in a fact that the app made, and says whether it is new.
func (s *storm) bear(e journal.Entry) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, known := s.born[e.ID]; known {
		return false
	}
	s.born[e.ID] = e
	return true
}

// unasked says why a birth was not to be, or nothing.
func (s *storm) unasked(b birth, before *sight) string {
	switch {
	case b.by == "Load" || b.by == "journal":
		return unless(b.kind == journal.KindStretched || b.by == "Load" && b.kind == journal.KindCramped, "the journal only tells of a session that was left")
	case b.by == "clock" || b.by == "fetched":
		return unless(alone[b], "no clock may")
	case b.by == "written":
		return unless(b.kind == journal.KindRevised, "only more of a session that stands already")
	case b.by == "quit":
		return unless(before.modal || len(s.root.stack) > 0, "leaving records only what is going on")
	case b.by != "key" && b.by != "click":
		return "only keys and clicks may"
	case before.small && !left(before) && !firstAid(before):
		return "the window is too small to see what a key does"
	case before.helping && !left(before) && !ends(before):
		return "help was up"
	}
	if press, ok := before.msg.(tea.KeyPressMsg); ok {
		switch {
		case before.keys.Is(press, keymap.Quit) || press.String() == "ctrl+c":
			return unless(b.kind == journal.KindStretched || b.kind == journal.KindCramped || b.kind == journal.KindRevised, "leaving")
		case before.keys.Is(press, keymap.Undo) && !before.takes && !before.modal:
			return unless(b.kind != journal.KindSeen, "undo")
		case before.keys.Is(press, keymap.Cramp) && !before.takes:
			return unless(b.kind == journal.KindStretched || b.kind == journal.KindCramped || b.kind == journal.KindRevised, "first aid, and the end of what was up")
		}
		if a, ok := before.keys.First(press, moving...); ok && !before.takes {
			return "the key only does " + string(a)
		}
		return unless(slices.Contains(may[b.screen], b.kind), "this screen has no such key")
	}
	// A click on the foot may be any key that is offered there: undo, cramp, leave.
	return unless(slices.Contains(may[b.screen], b.kind) || len(s.root.undo) >= 0 && s.onFoot(before), "this screen has nothing such to click")
}

// left says whether a key asked to leave.
func left(before *sight) bool {
	press, ok := before.msg.(tea.KeyPressMsg)
	return ok && (before.keys.Is(press, keymap.Quit) || press.String() == "ctrl+c")
}

// ends says whether a key is the one that the line of first aid names.
func ends(before *sight) bool {
	press, ok := before.msg.(tea.KeyPressMsg)
	return ok && before.enduring && before.keys.Is(press, keymap.LetGo)
}

// firstAid says whether a message is one that a window too small for anything
// else takes.
func firstAid(before *sight) bool {
	press, ok := before.msg.(tea.KeyPressMsg)
	return ends(before) || ok && before.keys.Is(press, keymap.Cramp) || !ok && before.enduring
}

func (s *storm) onFoot(before *sight) bool {
	click, ok := before.msg.(tea.MouseClickMsg)
	return ok && click.Y >= s.size.Height-footerHeight
}

func unless(fine bool, why string) string {
	if fine {
		return ""
	}
	return why
}

// look draws the window and holds it against its size and its manners.
func (s *storm) look() {
	was := s.frame
	s.guard(func() { s.frame = s.root.View().Content })
	if s.frame == was {
		return
	}
	s.frames++
	w, h := s.size.Width, s.size.Height
	if w <= 0 || h <= 0 {
		if s.frame != "" {
			s.fail("something is drawn in no window")
		}
		return
	}
	lines := strings.Split(s.frame, "\n")
	if len(lines) > h || len(lines) != h && !s.root.tooSmall() {
		s.fail("%d lines", len(lines))
	}
	for _, l := range lines {
		if n := ansi.StringWidth(l); n > w {
			s.fail("%d cells: %q", n, l)
		}
		if bad := obeyed(l); bad != "" {
			s.fail("a terminal would obey %s in %q", bad, l)
		}
	}
}

// obeyed is what a terminal would do something else with than draw it, besides
// colours.
func obeyed(line string) string {
	for line != "" {
		if rest, ok := strings.CutPrefix(line, "\x1b["); ok {
			i := strings.IndexFunc(rest, func(r rune) bool { return r >= '@' && r <= '~' })
			if i < 0 || rest[i] != 'm' {
				return fmt.Sprintf("%q", line[:min(len(line), 12)])
			}
			line = rest[i+1:]
			continue
		}
		r, n := utf8.DecodeRuneInString(line)
		if unicode.IsControl(r) || r == utf8.RuneError && n == 1 || unicode.In(r, unicode.Bidi_Control, unicode.Zl, unicode.Zp) {
			return fmt.Sprintf("%q", r)
		}
		line = line[n:]
	}
	return ""
}

// rough is a journal on a disk that fails at times, or does what it says it did
// not.
type rough struct {
	*journaltest.Mem
	storm  *storm
	unsure atomic.Bool  // what is written is written, and it says that it was not
	slow   atomic.Int64 // nanoseconds
}

func (l *rough) Append(ctx context.Context, entries ...journal.Entry) (int, error) {
	l.storm.known(entries)
	time.Sleep(time.Duration(l.slow.Load()))
	n, err := l.Mem.Append(ctx, entries...)
	return n, l.doubt(err)
}

func (l *rough) Decide(ctx context.Context, from, to journal.Date, kinds []journal.Kind, decide func([]journal.Entry) ([]journal.Entry, error)) error {
	time.Sleep(time.Duration(l.slow.Load()))
	return l.doubt(l.Mem.Decide(ctx, from, to, kinds, func(live []journal.Entry) ([]journal.Entry, error) {
		entries, err := decide(live)
		l.storm.known(entries)
		return entries, err
	}))
}

func (l *rough) doubt(err error) error {
	if err == nil && l.unsure.Load() {
		return fmt.Errorf("%w: who knows", journal.ErrBusy)
	}
	return err
}

// known demands that what is written was asked for.
func (s *storm) known(entries []journal.Entry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, e := range entries {
		asked, ok := s.born[e.ID]
		if s.unsaid[e.ID] { // of a session that was killed while it was being left; what its note says is written instead
			s.born[e.ID], asked = e, e
		}
		if _, session := e.Fact.(journal.Stretched); session && ok && asked.Fact.Kind() == e.Fact.Kind() {
			continue // gone on with before it was on disk: fuller finds what it came to
		}
		_, glass := e.Fact.(journal.Ticked)
		if !ok || !glass && !cmp.Equal(asked.Fact, e.Fact) || e.Fact.Kind() != asked.Fact.Kind() {
			s.t.Errorf("seed %d: what is written is not what was asked for: %s", s.seed, cmp.Diff(asked.Fact, e.Fact))
		}
	}
}

// leave ends the sitting as a person does, with a disk that is well again.
func (s *storm) leave() {
	s.well()
	s.pass(8 * time.Second)
	s.memory()
	for range 3 {
		if !s.ended {
			s.give(tea.QuitMsg{})
			s.settle()
			s.pass(6 * time.Second)
		}
	}
	if !s.ended {
		s.fail("it cannot be left")
	}
}

// well ends what ails the disk. The next access takes in what waits in the inbox.
func (s *storm) well() {
	s.log.Fail(nil)
	s.log.unsure.Store(false)
	s.log.slow.Store(0)
	s.mu.Lock()
	left := s.left
	s.left = nil
	s.mu.Unlock()
	if _, err := s.log.Append(context.Background(), left...); err != nil {
		s.fail("%v", err)
	}
}

// memory holds what the window knows of the last days against the journal.
func (s *storm) memory() {
	if s.ended || len(s.root.outbox) > 0 {
		return
	}
	s.give(tea.FocusMsg{})
	s.settle()
	w := s.root.world
	live, err := s.log.Live(context.Background(), w.Day()-screen.RecentDays, w.Day()+1)
	if err != nil {
		s.fail("%v", err)
	}
	ids := func(all []journal.Entry) (ids []string) {
		for _, e := range all {
			ids = append(ids, e.ID.String()+" "+journal.Words(e.Fact))
		}
		slices.Sort(ids)
		return ids
	}
	if diff := cmp.Diff(ids(live), ids(w.Recent)); diff != "" && len(s.root.outbox) == 0 {
		s.fail("the window knows other facts than the journal has: %s", diff)
	}
}

// closed takes up what a sitting left, as main does, and holds the journal
// against everything that was asked for.
func (s *storm) closed() {
	s.well()
	pending := s.root.Pending()
	if !s.ended && s.dice.IntN(2) == 0 {
		for _, e := range pending { // killed: these were never acknowledged
			s.mu.Lock()
			s.unsaid[e.ID] = true
			s.mu.Unlock()
		}
		pending = nil
	}
	if _, err := s.log.Append(context.Background(), pending...); err != nil {
		s.fail("%v", err)
	}
	time.Sleep(time.Minute) // what was under way when it ended
	synctestWait()
	all, err := s.log.Page(context.Background(), journal.ID{}, 1<<30)
	if err != nil {
		s.fail("%v", err)
	}
	there := map[journal.ID]bool{}
	for _, e := range all {
		there[e.ID] = true
	}
	for id, e := range s.born {
		if !there[id] && !s.unsaid[id] {
			s.fail("%+v was recorded and is lost", e)
		}
	}
}

// faults are what a disk says.
var faults = []error{
	journal.ErrBusy, journal.ErrFull, journal.ErrReadOnly, journal.ErrDamaged, journal.ErrFailing, journal.ErrTooNew,
	errors.New("\x1b]0;title\a some other\x1b[2J thing\nand more"),
}
