package nights

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"lull/routine/journal"
	"lull/routine/safe"
	"lull/routine/say"
	"lull/ui/keymap"
	"lull/ui/screen"
	"lull/ui/widget"
)

// before is the form of the nights before the first session, filled in from
// memory.
type before struct {
	nights []journal.Date
	cramps []*int // nil is not remembered
	at     int
	scroll int
}

// maxBefore is how many cramps a night can be given.
const maxBefore = 9

// openBefore opens the form with what was filled in last, if anything.
func openBefore(w screen.World) screen.Do {
	b := &before{nights: w.Book.BeforeNights()}
	if b.nights == nil {
		return screen.Do{Say: say.Text("There are no nights to add before the first session.")}
	}
	b.cramps = make([]*int, len(b.nights))
	if f, _, found := w.Book.Estimate(); found {
		for i, n := range f.Cramps {
			if at := int(f.From-b.nights[0]) + i; at >= 0 && at < len(b.cramps) {
				b.cramps[at] = n
			}
		}
	}
	return screen.Do{Push: b}
}

// Update moves over the nights, changes the cramps of one, or saves.
func (b *before) Update(w screen.World, msg tea.Msg) screen.Do {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return screen.Do{}
	}
	a, _ := w.Keys.First(press, keymap.Back, keymap.Earlier, keymap.Later, keymap.WeekEarlier, keymap.WeekLater, keymap.Yes)
	switch a {
	case keymap.Back:
		return screen.Do{Pop: true}
	case keymap.Earlier:
		b.at = max(0, b.at-1)
	case keymap.Later:
		b.at = min(len(b.nights)-1, b.at+1)
	case keymap.WeekEarlier:
		b.change(w, -1)
	case keymap.WeekLater:
		b.change(w, +1)
	case keymap.Yes:
		return b.save(w)
	}
	return screen.Do{}
}

// change goes from not remembered over 0 to more cramps, and back. A night that
// is logged stays as it is.
func (b *before) change(w screen.World, by int) {
	if w.Book.Night(b.nights[b.at]).Known() {
		return
	}
	n := -1
	if c := b.cramps[b.at]; c != nil {
		n = *c
	}
	b.cramps[b.at] = nil
	if n = min(n+by, maxBefore); n >= 0 {
		b.cramps[b.at] = &n
	}
}

func (b *before) save(w screen.World) screen.Do {
	f := journal.Estimated{From: b.nights[0], Cramps: b.cramps, Estimate: true}
	if n, _ := f.Sum(); n == 0 {
		if _, old, found := w.Book.Estimate(); found {
			return screen.Do{
				Records: []screen.Record{{Takeback: &old}}, Pop: true,
				Say: say.Text("Your best estimate is removed. Press %s to undo.", w.Keys.Label(keymap.Undo)),
			}
		}
		return screen.Do{Pop: true}
	}
	return screen.Do{
		Records: []screen.Record{{Fact: f}}, Pop: true,
		Say: say.Text("Saved: %s. Press %s to undo.", safe.Text(journal.Words(f), 120), w.Keys.Label(keymap.Undo)),
	}
}

// Help lists what the keys do here.
func (b *before) Help(w screen.World) []key.Binding {
	return []key.Binding{
		w.Keys.Saying(keymap.Back, say.Text("back")), w.Keys.Saying(keymap.Yes, say.Text("save")),
		w.Keys.Saying(keymap.WeekLater, say.Text("more cramps")), w.Keys.Saying(keymap.WeekEarlier, say.Text("fewer cramps")),
		w.Keys.Bindings(keymap.Later)[0], w.Keys.Bindings(keymap.Earlier)[0],
	}
}

// Draw shows the nights with their cramps.
func (b *before) Draw(w screen.World) string {
	th := w.Theme
	how := th.Text.Render(widget.Wrap(say.Text("Best estimate: it is not counted unless you ask for it. Choose a night with %s and %s, its cramps with %s and %s.",
		w.Keys.Label(keymap.Earlier), w.Keys.Label(keymap.Later), w.Keys.Label(keymap.WeekEarlier), w.Keys.Label(keymap.WeekLater)), w.Width))
	foot := th.Accent.Render(widget.Wrap(say.Text("Press %s to save.", w.Keys.Label(keymap.Yes)), w.Width))
	var rows []string
	for i, d := range b.nights {
		style, mark := th.Text, "  "
		if i == b.at {
			style, mark = th.Accent, "> "
		}
		rows = append(rows, style.Render(widget.Clip(mark+d.WordsFrom(w.Day())+": "+b.words(w, i), w.Width, 1)))
	}
	head := widget.Header(th, say.Text("The two weeks before, from memory"), "", w.Width) + "\n" + how
	room := max(1, w.Height-lipgloss.Height(head)-lipgloss.Height(foot))
	b.scroll = max(min(b.scroll, b.at), b.at-room+2, 0)
	var block string
	block, b.scroll = widget.Window(th, rows, b.scroll, w.Width, room)
	return head + "\n" + block + "\n" + foot
}

// words say what a night has.
func (b *before) words(w screen.World, i int) string {
	switch n := b.cramps[i]; {
	case w.Book.Night(b.nights[i]).Known():
		return say.Text("logged already")
	case n == nil:
		return say.Text("not remembered")
	default:
		return say.Count(*n, "%d cramp", "%d cramps")
	}
}
