package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"
)

// openedName is the note of the day in which lull was last opened.
const openedName = "opened"

// firstTodayMsg says that lull was not opened before in this day.
type firstTodayMsg struct{}

// openToday looks whether this is the first window of the day: what is asked
// once a day is asked there. Nobody waits for it, nothing of it is shown when it
// fails, and a journal that holds nothing yet is left alone.
func (r *Root) openToday() tea.Cmd {
	tonight := r.world.Night()
	if r.world.Book.Earliest(tonight) == tonight || r.deps.Start != (Start{}) {
		return nil
	}
	log, today := r.deps.Log, r.world.Day().String()
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), writeWait)
		defer cancel()
		last, err := log.Kept(ctx, openedName)
		if err != nil || string(last) == today {
			return nil
		}
		_ = log.Keep(ctx, openedName, []byte(today)) // else it is asked once more
		return firstTodayMsg{}
	}
}
