package ui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"lull/routine/safe"
	"lull/routine/say"
	"lull/ui/cramp"
	"lull/ui/keymap"
	"lull/ui/screen"
	"lull/ui/widget"
)

// The smallest window that lull draws in.
const (
	MinWidth  = 40
	MinHeight = 12
)

func (r *Root) resize(w, h int) {
	r.width, r.height = w, h
	if r.tooSmall() {
		r.uncover()
	}
	r.measure()
}

// uncover takes away what lies over first aid: nothing else works in a small
// window.
func (r *Root) uncover() {
	for i, l := range r.stack {
		if _, enduring := l.Screen.(screen.Enduring); enduring {
			r.stack, r.helping = r.stack[:i+1], false
		}
	}
}

// measure gives the screen what the header, the footer and the line of what ends
// it leave.
func (r *Root) measure() {
	r.world.Small = r.tooSmall()
	r.world.Width = max(0, r.width-2*r.margin())
	r.world.Height = max(0, r.height-r.headerHeight()-r.footHeight()-r.endHeight())
}

const footerHeight = 1

// footHeight is the rows of the footer. A window that is too small has none.
func (r *Root) footHeight() int {
	if r.tooSmall() {
		return 0
	}
	return footerHeight
}

// endHeight is the rows of the line that says how to end what is shown.
func (r *Root) endHeight() int {
	if _, enduring := r.top().Screen.(screen.Enduring); enduring || r.crampBelow() {
		return 1
	}
	return 0
}

// crampBelow says whether a cramp goes on under another screen, such as the
// signs.
func (r *Root) crampBelow() bool {
	return slices.ContainsFunc(r.stack, func(l layer) bool {
		s, ok := l.Screen.(*cramp.Screen)
		return ok && !s.Over()
	})
}

// ending is that line. Whoever has two keys is told how to get to it when the
// mark stands elsewhere.
func (r *Root) ending(e screen.Enduring) string {
	if !r.twoKeys() || r.tooSmall() {
		return e.Ending(r.world)
	}
	choices := r.choices()
	if at := r.marked(choices); at > 0 {
		th := r.world.Theme
		words := say.Text("%s until the mark is on %q, then %s", keymap.Show("tab"), choices[0].Help().Desc, keymap.Show("space"))
		if ansi.StringWidth(words) > r.world.Width {
			words = say.Text("%s to %q, then %s", keymap.Show("tab"), choices[0].Help().Desc, keymap.Show("space"))
		}
		return th.Text.Render(widget.Line(th, words, r.world.Width))
	}
	return e.Ending(r.world)
}

// margin is the empty cells at either side of a screen, where there is room.
func (r *Root) margin() int {
	if r.width < 60 {
		return 0
	}
	return 2
}

func (r *Root) headerHeight() int {
	switch {
	case modal(r.top()):
		return 0
	case r.height < 20:
		return 1
	}
	return 2
}

func (r *Root) tooSmall() bool {
	return r.height > 0 && (r.width < MinWidth || r.height < MinHeight)
}

// View draws the window.
func (r *Root) View() tea.View {
	defer tellClean()
	if r.drawn != nil {
		return *r.drawn
	}
	v := tea.NewView(r.frame())
	v.AltScreen = true
	v.ReportFocus = true
	v.MouseMode = tea.MouseModeCellMotion
	v.WindowTitle = "lull"
	if r.setsBackground() {
		v.BackgroundColor = r.world.Theme.Background
	}
	r.drawn = &v
	return v
}

// setsBackground reports whether the terminal's own background is set to that of
// the theme, so that the margins around the cells have it too.
func (r *Root) setsBackground() bool {
	th := r.world.Theme
	return r.deps.Terminal.Ground && th.Background != nil && !th.Provisional
}

func (r *Root) frame() string {
	r.world.Unsaved = len(r.outbox) > 0
	if r.width <= 0 || r.height <= 0 {
		return ""
	}
	e, enduring := r.top().Screen.(screen.Enduring)
	if r.tooSmall() && !enduring {
		return r.small()
	}
	var rows []string
	if h := r.headerHeight(); h > 0 {
		rows = append(rows, widget.Clip(widget.Tabs(r.world.Theme, r.names(), r.tab, r.width), r.width, h))
	}
	body := widget.Columns(r.world.Height, widget.Column{W: r.margin()}, widget.Column{Body: r.body(), W: r.world.Width})
	if r.world.Height > 0 {
		rows = append(rows, body)
	}
	switch {
	case enduring:
		rows = append(rows, strings.Repeat(" ", r.margin())+r.ending(e))
	case r.crampBelow():
		th := r.world.Theme
		back := th.Accent.Render(r.world.Keys.Label(keymap.Cramp)) + th.Text.Render(" "+say.Text("back to the cramp"))
		rows = append(rows, strings.Repeat(" ", r.margin())+widget.Line(th, back, r.world.Width))
	}
	if !r.tooSmall() {
		rows = append(rows, r.foot())
	}
	return widget.Paint(r.world.Theme, strings.Join(rows, "\n"), r.width, r.height)
}

func (r *Root) small() string {
	text := say.Text("lull needs %dx%d; this is %dx%d", MinWidth, MinHeight, r.width, r.height) + "\n" +
		r.world.Keys.Label(keymap.Cramp) + " " + say.Text("cramp now")
	return widget.Clip(widget.Wrap(text, r.width), r.width, r.height)
}

func (r *Root) body() string {
	if r.helping {
		return r.help()
	}
	return r.top().Draw(r.world)
}

// foot is the last row: what went wrong, else what was just done, else the keys.
func (r *Root) foot() string {
	th := r.world.Theme
	var news string
	switch {
	case r.trouble != nil:
		news = th.Warn.Render(th.Glyphs.Alert + " " + safe.Text(r.troubleWords(), r.width))
	case r.leaving && len(r.outbox) > 0:
		news = th.Quiet.Render(say.Text("writing down what you did…"))
	case r.notice.text != "":
		news = th.Text.Render(safe.Text(r.notice.text, 2*r.width))
	}
	return widget.Clip(r.offer(news), r.width, footerHeight)
}

// help lists every key that works here and now.
func (r *Root) help() string {
	th := r.world.Theme
	rows := []string{th.Title.Render(say.Text("Keys that work here")), ""}
	lists := r.top().Help(r.world)
	if modal(r.top()) && r.live(r.top(), keymap.Cramp) {
		lists = append(lists, r.world.Keys.Bindings(keymap.Cramp)...)
	}
	if !modal(r.top()) {
		lists = append(lists, r.world.Keys.Bindings(keymap.Next, keymap.Previous,
			keymap.Screen1, keymap.Screen2, keymap.Screen3, keymap.Screen4, keymap.Screen5, keymap.Screen6, keymap.Screen7,
			keymap.Cramp, keymap.Undo)...)
	}
	lists = append(lists, r.world.Keys.Bindings(keymap.Signs, keymap.Help, keymap.Quit)...)
	column := widest(keyColumn, lists, keysOf)
	for _, b := range lists {
		keys := keysOf(b)
		rows = append(rows, th.Accent.Render(keys+strings.Repeat(" ", max(0, column-ansi.StringWidth(keys))+1))+th.Text.Render(b.Help().Desc))
	}
	rows = append(rows, "", th.Quiet.Render(say.Text("any other key closes this")))
	var block string
	block, r.scroll = widget.Window(th, spread(rows, r.world.Width, r.world.Height), r.scroll, r.world.Width, r.world.Height)
	return block
}

// widest is the columns for the longest of the words, and at least those that
// English has, where nothing is moved for a longer one.
func widest[T any](usual int, all []T, words func(T) string) int {
	if say.Tag() == say.English {
		return usual
	}
	for _, one := range all {
		usual = max(usual, ansi.StringWidth(words(one)))
	}
	return usual
}

// The columns that keys need, and keys with what they do.
const (
	keyColumn = 12
	helpWidth = 38
)

// spread sets rows in as many columns as they need to fit the height and as
// there is room for.
func spread(rows []string, w, h int) []string {
	column := widest(helpWidth, rows, func(r string) string { return r + " " })
	n := max(1, min((len(rows)+h-1)/max(h, 1), w/column))
	most := (len(rows) + n - 1) / n
	columns := make([]widget.Column, n)
	for i := range columns {
		part := rows[min(len(rows), i*most):min(len(rows), (i+1)*most)]
		columns[i] = widget.Column{Body: strings.Join(part, "\n"), W: w / n}
	}
	return strings.Split(widget.Columns(most, columns...), "\n")
}

func keysOf(b key.Binding) string {
	keys := make([]string, len(b.Keys()))
	for i, k := range b.Keys() {
		keys[i] = keymap.Show(k)
	}
	return strings.Join(keys, " ")
}

// click finds what lies under the mouse: a tab, a hint in the footer, or
// something of the screen's own.
func (r *Root) click(msg tea.MouseClickMsg) tea.Cmd {
	if msg.Button != tea.MouseLeft {
		return nil
	}
	if r.tooSmall() {
		if _, enduring := r.top().Screen.(screen.Enduring); enduring {
			return r.deliver(r.top(), msg)
		}
		return nil
	}
	if r.helping {
		r.helping = false
		return nil
	}
	top := r.headerHeight()
	switch {
	case msg.Y < top:
		if tab := widget.TabAt(r.names(), r.tab, r.width, msg.X); tab >= 0 && msg.Y == 0 {
			return r.visit(tab)
		}
	case msg.Y >= r.height-footerHeight:
		return r.clickFoot(msg.X)
	default:
		msg.Y -= top
		msg.X -= r.margin()
		return r.deliver(r.top(), msg)
	}
	return nil
}

// clickFoot does what the hint under the mouse says. While the foot says
// something else there are no hints, and a click takes a notice away.
func (r *Root) clickFoot(x int) tea.Cmd {
	if r.trouble != nil || r.leaving || r.notice.text != "" {
		r.notice.text = ""
		return nil
	}
	if r.twoKeys() {
		choices := r.choices()
		if at := widget.ChoiceAt(choices, r.marked(choices), r.width, x); at >= 0 {
			return r.choose(choices[at])
		}
		return nil
	}
	if b, ok := widget.HintAt(r.hints(), r.world.Keys.Label(keymap.Help), r.width, x); ok {
		return r.key(press(b))
	}
	return nil
}

// press is the key press that a click on a hint stands for.
func press(b key.Binding) tea.KeyPressMsg { return keymap.Press(b.Keys()[0]) }
