package ui

import (
	"context"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"lull/routine/journal"
	"lull/routine/safe"
	"lull/routine/say"
	"lull/ui/keymap"
	"lull/ui/screen"
	"lull/ui/widget"
)

// olderMsg is the newest action that was recorded before lull was opened.
type olderMsg struct {
	action journal.Action
	any    bool
	err    error
}

// findOlder looks for the newest action that can still be undone.
func (r *Root) findOlder() tea.Cmd {
	if len(r.outbox) > 0 {
		r.say(say.Text("Still saving. Try again in a moment."))
		return nil
	}
	log := r.deps.Log
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), writeWait)
		defer cancel()
		var found olderMsg
		err := log.Hold(ctx, func(held journal.Log) (err error) {
			found.action, found.any, err = journal.NewestAction(ctx, held)
			return err
		})
		found.err = err
		return found
	}
}

// askOlder names an older action and asks whether to undo it.
func (r *Root) askOlder(found olderMsg) tea.Cmd {
	_, asking := r.top().Screen.(*olderScreen)
	switch {
	case found.err != nil:
		r.say(safe.Text(errorWords(found.err), usualWidth))
	case !found.any:
		r.say(say.Text("Nothing to undo."))
	case asking || modal(r.top()) || takes(r.top()) || len(r.undo) > 0:
		// something else came up meanwhile
	default:
		return r.push(&olderScreen{action: found.action})
	}
	return nil
}

// olderScreen asks whether an action of an earlier time is to be undone. No key
// that is pressed by habit says yes.
type olderScreen struct {
	action journal.Action
	scroll int
}

// Update undoes the action after a yes.
func (s *olderScreen) Update(w screen.World, msg tea.Msg) screen.Do {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return screen.Do{}
	}
	switch a, _ := w.Keys.First(press, keymap.Yes, keymap.No, keymap.Back, keymap.Up, keymap.Down); a {
	case keymap.Yes:
		return s.undo()
	case keymap.No, keymap.Back:
		return screen.Do{Pop: true, Say: say.Text("No changes made.")}
	case keymap.Up:
		s.scroll--
	case keymap.Down:
		s.scroll++
	}
	return screen.Do{}
}

func (s *olderScreen) undo() screen.Do {
	return screen.Do{Pop: true, Undo: &s.action}
}

// olderUndo undoes an action that the person confirmed.
type olderUndo struct {
	action journal.Action
	now    time.Time
	result string // what became of it, for the foot of the window
}

// undoOlder puts the undo of an action in the outbox.
func (r *Root) undoOlder(action journal.Action) {
	r.jobs++
	r.outbox = append(r.outbox, job{number: r.jobs, older: &olderUndo{action: action, now: r.world.Now}})
}

// write undoes the action and returns what it appended. Another program may have
// undone it, or recorded something, since the person was asked: then nothing
// changes. An error is not tried again, as the person can ask once more.
func (u *olderUndo) write(ctx context.Context, log journal.Log) (entries []journal.Entry) {
	u.result = say.Text("Something else was recorded in the meantime. No changes made.")
	err := log.Hold(ctx, func(held journal.Log) error {
		newest, any, err := journal.NewestAction(ctx, held)
		if err != nil || !any || newest.ID() != u.action.ID() {
			return err
		}
		var mint journal.Mint
		mint.Saw(newest.ID())
		reversed, err := newest.Reverse(&mint, u.now)
		if err != nil {
			return err
		}
		if _, err := held.Append(ctx, reversed...); err != nil {
			return err
		}
		entries = reversed
		u.result = say.Text("undone: %s", safe.Text(newest.Words(u.now)[0], usualWidth))
		return nil
	})
	if err != nil {
		u.result = safe.Text(errorWords(err), usualWidth)
	}
	return entries
}

// maxOlder is how many entries of an action are listed.
const maxOlder = 5

func (s *olderScreen) lines(now time.Time) []string {
	lines := s.action.Words(now)
	if more := len(lines) - maxOlder; more > 0 {
		lines = append(lines[:maxOlder:maxOlder], say.Text("and %d more", more))
	}
	return lines
}

// Help lists the keys.
func (s *olderScreen) Help(w screen.World) []key.Binding {
	return []key.Binding{w.Keys.Saying(keymap.No, say.Text("cancel")), w.Keys.Saying(keymap.Yes, say.Text("undo it")), w.Keys.Saying(keymap.Back, say.Text("back"))}
}

// Draw names what would be undone.
func (s *olderScreen) Draw(w screen.World) string {
	th := w.Theme
	rows := []string{th.Title.Render(say.Text("Undo this?")), ""}
	for _, line := range s.lines(w.Now) {
		rows = append(rows, th.Text.Render(widget.Hang(th.Glyphs.Bullet+" ", safe.Text(line, 200), w.Width)))
	}
	rows = append(rows, "", th.Quiet.Render(widget.Wrap(say.Text("You recorded this before you opened lull this time."), w.Width)), "")
	keys := th.Accent.Render(w.Keys.Label(keymap.Yes)) + th.Text.Render(" "+say.Text("undo it")+"     ") +
		th.Accent.Render(w.Keys.Label(keymap.No)) + th.Text.Render(" "+say.Text("cancel"))
	var block string
	block, s.scroll = widget.Window(th, rows, s.scroll, w.Width, max(1, w.Height-1))
	return strings.TrimRight(block, "\n") + "\n" + widget.Clip(keys, w.Width, 1)
}
