package ui

import (
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"lull/routine/relief"
	"lull/routine/say"
	"lull/ui/cramp"
	"lull/ui/keymap"
	"lull/ui/player"
	"lull/ui/safety"
	"lull/ui/screen"
)

// everywhere is what the keys that are live on every screen do.
var everywhere = []struct {
	action keymap.Action
	do     func(*Root) tea.Cmd
}{
	{keymap.Help, func(r *Root) tea.Cmd { r.helping, r.scroll = true, 0; return nil }},
	{keymap.Quit, (*Root).leave},
	{keymap.Undo, (*Root).takeBack},
	{keymap.Signs, func(r *Root) tea.Cmd { return r.push(safety.Signs()) }},
	{keymap.Next, func(r *Root) tea.Cmd { return r.turn(+1) }},
	{keymap.Previous, func(r *Root) tea.Cmd { return r.turn(-1) }},
	{keymap.Screen1, func(r *Root) tea.Cmd { return r.visit(0) }},
	{keymap.Screen2, func(r *Root) tea.Cmd { return r.visit(1) }},
	{keymap.Screen3, func(r *Root) tea.Cmd { return r.visit(2) }},
	{keymap.Screen4, func(r *Root) tea.Cmd { return r.visit(3) }},
	{keymap.Screen5, func(r *Root) tea.Cmd { return r.visit(4) }},
	{keymap.Screen6, func(r *Root) tea.Cmd { return r.visit(5) }},
	{keymap.Screen7, func(r *Root) tea.Cmd { return r.visit(6) }},
	{keymap.Cramp, (*Root).crampNow},
}

// whileModal are the keys that stay live over a screen with the window to
// itself.
var whileModal = []keymap.Action{keymap.Help, keymap.Quit, keymap.Signs, keymap.Cramp}

func (r *Root) key(msg tea.KeyPressMsg) tea.Cmd {
	if cmd, done := r.keyOfTwo(msg); done {
		return cmd
	}
	return r.typed(msg)
}

// typed does what a key does by its name.
func (r *Root) typed(msg tea.KeyPressMsg) tea.Cmd {
	top := r.top()
	switch {
	case msg.String() == "ctrl+c":
		return r.leave()
	case msg.String() == "ctrl+z" && r.deps.Terminal.Suspend != nil && r.deps.Terminal.Suspend():
		return tea.Suspend
	case r.tooSmall():
		return r.keyWhileSmall(msg)
	case r.helping:
		return r.keyWhileHelping(msg)
	case takes(top) && !r.passes(top, msg), r.claims(top, msg):
		return r.deliver(top, msg)
	}
	for _, e := range everywhere {
		if r.world.Keys.Is(msg, e.action) && r.live(top, e.action) {
			return e.do(r)
		}
	}
	return r.deliver(top, msg)
}

// keyWhileSmall leaves the way out and the way to first aid: keys that cannot be
// seen must not act. First aid itself works in every window.
func (r *Root) keyWhileSmall(msg tea.KeyPressMsg) tea.Cmd {
	top := r.top()
	switch _, enduring := top.Screen.(screen.Enduring); {
	case r.world.Keys.Is(msg, keymap.Quit):
		return r.leave()
	case enduring:
		return r.deliver(top, msg)
	case r.world.Keys.Is(msg, keymap.Cramp):
		return r.crampNow()
	}
	return nil
}

// keyWhileHelping scrolls the page of keys, or closes it.
func (r *Root) keyWhileHelping(msg tea.KeyPressMsg) tea.Cmd {
	switch a, _ := r.world.Keys.First(msg, keymap.Up, keymap.Down); a {
	case keymap.Up:
		r.scroll--
	case keymap.Down:
		r.scroll++
	default:
		r.helping = false
		if _, enduring := r.top().Screen.(screen.Enduring); enduring && r.world.Keys.Is(msg, keymap.LetGo) {
			return r.deliver(r.top(), msg) // its line is in sight, so its key works
		}
	}
	return nil
}

func takes(l layer) bool {
	t, ok := l.Screen.(screen.Typing)
	return ok && t.Takes()
}

func (r *Root) passes(l layer, msg tea.KeyPressMsg) bool {
	p, ok := l.Screen.(screen.Passing)
	return ok && p.Passes(r.world, msg)
}

func (r *Root) claims(l layer, msg tea.KeyPressMsg) bool {
	c, ok := l.Screen.(screen.Claiming)
	return ok && c.Claims(r.world, msg)
}

func modal(l layer) bool {
	_, ok := l.Screen.(screen.Modal)
	return ok
}

// crampNow puts first aid over whatever is up, or goes back to the one that is
// going on. A session under way is left as any other way out leaves it.
func (r *Root) crampNow() tea.Cmd {
	for i, l := range r.stack {
		if s, ok := l.Screen.(*cramp.Screen); ok && !s.Over() {
			r.stack = r.stack[:i+1]
			return r.do(r.top(), screen.Do{})
		}
	}
	for i := range r.stack {
		if modal(r.stack[i]) {
			r.leaveAll(r.stack[i:])
			r.stack = r.stack[:i]
			break
		}
	}
	return r.do(r.top(), cramp.Begin(r.world, relief.Request{}, false))
}

// live says whether a key of everywhere works over this screen.
func (r *Root) live(top layer, a keymap.Action) bool {
	switch top.Screen.(type) {
	case *cramp.Screen:
		if a == keymap.Cramp {
			return false // its own key
		}
	case *safety.SignsScreen:
		if a == keymap.Signs {
			return false
		}
	}
	if !modal(top) {
		return true
	}
	for _, allowed := range whileModal {
		if a == allowed {
			return true
		}
	}
	return false
}

func (r *Root) push(s screen.Screen) tea.Cmd {
	return r.do(r.top(), screen.Do{Push: s})
}

func (r *Root) visit(tab int) tea.Cmd {
	r.goTo(tab)
	r.measure()
	return nil
}

func (r *Root) turn(by int) tea.Cmd {
	return r.visit((r.tab + by + len(r.tabs)) % len(r.tabs))
}

// open goes straight where `lull start` and `lull now` ask.
func (r *Root) open(start Start) tea.Cmd {
	switch rt, ok := r.deps.Library.Routine(start.Routine); {
	case start.Now:
		return r.do(r.top(), cramp.Begin(r.world, start.Cramp, true))
	case ok:
		return r.push(player.Ready(r.world, rt))
	case start.Routine != "":
		r.say(say.Text("there is no routine %s", start.Routine))
	}
	return nil
}

// bindings lists what works now: the screen's own keys first.
func (r *Root) bindings() []key.Binding {
	top := r.top()
	bs := top.Help(r.world)
	if takes(top) {
		return bs
	}
	for _, a := range []keymap.Action{keymap.Cramp, keymap.Undo, keymap.Help, keymap.Signs, keymap.Quit} {
		if r.live(top, a) {
			bs = append(bs, r.world.Keys.Bindings(a)...)
		}
	}
	return bs
}

// hints are the bindings at the foot: those that work, but for the one that has a
// line of its own.
func (r *Root) hints() []key.Binding {
	bs := r.bindings()
	if _, enduring := r.top().Screen.(screen.Enduring); enduring && len(bs) > 0 {
		return bs[1:]
	}
	return bs
}

// notice is the line at the foot that goes away by itself.
type notice struct {
	text  string
	until time.Time
}

const noticeFor = 6 * time.Second

func (r *Root) say(text string) {
	r.notice = notice{text, r.world.Now.Add(noticeFor)}
}

func (n *notice) fade(now time.Time) {
	if now.After(n.until) {
		n.text = ""
	}
}
