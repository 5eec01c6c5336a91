package ui

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"lull/ui/keymap"
	"lull/ui/screen"
	"lull/ui/widget"
)

// Everything in lull but typing can be done with two keys. One, tab or enter,
// moves a mark through what can be done here; the other, space, does it. Both of
// the first are taken because switches send either. All other keys go on working.

// pick is the mark of somebody who has two keys: what it stands on, by the first
// key of that, and the screen it was put there on. Without one the first choice
// is marked or, where letters are typed, none.
type pick struct {
	epoch int
	key   string
}

// twoKeys says whether lull is to be used with two keys.
func (r *Root) twoKeys() bool { return r.world.Settings.Hands == "one" }

// stays are the actions after which the mark stays, although the screen is
// another: to go through the screens.
var stays = []keymap.Action{keymap.Next, keymap.Previous}

// choices is what can be done here, the most useful first.
func (r *Root) choices() []key.Binding {
	top := r.top()
	list := slices.Clone(top.Help(r.world))
	if c, ok := top.Screen.(screen.Choosing); ok {
		list = c.Choices(r.world)
	}
	if takes(top) {
		return list
	}
	more := []keymap.Action{keymap.Back, keymap.Cramp, keymap.Next, keymap.Up, keymap.Down, keymap.Undo, keymap.Signs, keymap.Help, keymap.Quit}
	for _, a := range more {
		b := r.world.Keys.Bindings(a)[0]
		idle := a == keymap.Back && len(r.stack) == 0 || modal(top) && (a == keymap.Back || a == keymap.Up || a == keymap.Down)
		if !idle && r.live(top, a) && !slices.ContainsFunc(list, func(has key.Binding) bool { return has.Keys()[0] == b.Keys()[0] }) {
			list = append(list, b)
		}
	}
	return list
}

// marked is the place of the mark among the choices, or -1.
func (r *Root) marked(choices []key.Binding) int {
	at := slices.IndexFunc(choices, func(b key.Binding) bool { return b.Keys()[0] == r.pick.key })
	switch {
	case at >= 0 && r.pick.epoch == r.top().epoch:
		return at
	case r.typing():
		return -1
	}
	return 0
}

// typing says whether letters and spaces are text now: where they are, not even
// help can be asked for.
func (r *Root) typing() bool {
	asks := func(name string) bool { return r.passes(r.top(), keymap.Press(name)) }
	return takes(r.top()) && !slices.ContainsFunc(r.world.Keys.Bindings(keymap.Help)[0].Keys(), asks)
}

// keyOfTwo does what the two keys do, and says whether it was one of them.
func (r *Root) keyOfTwo(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	if !r.twoKeys() || r.tooSmall() {
		return nil, false
	}
	name := msg.String()
	choices := r.choices()
	at := r.marked(choices)
	switch {
	case len(choices) == 0:
	case r.helping && (name == "tab" || name == "enter"):
		r.scroll++
		return nil, true
	case r.helping:
	case name == "tab" || name == "enter":
		r.notice.text = "" // the mark has its place
		r.put((at + 1) % len(choices))
		return nil, true
	case name == "space" && at >= 0:
		return r.choose(choices[at]), true
	}
	return nil, false
}

// put marks a choice.
func (r *Root) put(at int) {
	if choices := r.choices(); at >= 0 && at < len(choices) {
		r.pick = pick{r.top().epoch, choices[at].Keys()[0]}
	}
}

// choose presses the key of a choice. Over a session or a cramp the mark goes
// back to the one thing that is needed at once.
func (r *Root) choose(b key.Binding) tea.Cmd {
	msg := press(b)
	cmd := r.typed(msg)
	_, stay := r.world.Keys.First(msg, stays...)
	switch {
	case modal(r.top()):
		r.pick = pick{}
	case stay:
		r.pick = pick{r.top().epoch, b.Keys()[0]}
	}
	return cmd
}

// offer is the foot's line: the news if there are any, else what can be done. The
// mark of somebody with two keys stays in sight beside the news: what the next
// key does must be seen.
func (r *Root) offer(news string) string {
	th, w := r.world.Theme, r.width
	if !r.twoKeys() {
		if news == "" {
			return widget.Footer(th, r.hints(), r.world.Keys.Label(keymap.Help), w)
		}
		return news
	}
	choices := r.choices()
	at := r.marked(choices)
	switch {
	case news == "":
		return widget.Choices(th, choices, at, w)
	case at < 0:
		return news
	}
	mark := widget.Mark(th, choices[at])
	return widget.Line(th, news, w-ansi.StringWidth(mark)-1) + " " + mark
}
