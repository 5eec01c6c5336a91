package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"lull/routine/journal"
	"lull/routine/watch"
	"lull/ui/safety"
)

// tripsMsg is what the diary brings up that was not seen yet.
type tripsMsg struct{ trips []watch.Trip }

// concerns are the kinds of fact that can bring something up.
var concerns = map[journal.Kind]bool{
	journal.KindCramped: true, journal.KindMarked: true, journal.KindRevised: true,
}

func (j job) concerns() bool {
	for _, e := range j.entries {
		if concerns[e.Fact.Kind()] {
			return true
		}
	}
	return false
}

// watch reads the last weeks and asks what they bring up. It is slow for a key
// press, so it has a command of its own.
func (r *Root) watch() tea.Cmd {
	log, tonight, answers := r.deps.Log, r.world.Night(), r.world.Screening
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), writeWait)
		defer cancel()
		facts, err := log.Live(ctx, tonight-7*watch.Weeks, tonight+1)
		if err != nil {
			return nil
		}
		return tripsMsg{watch.Unseen(watch.Trips(facts, tonight, answers), facts)}
	}
}

// bringUp shows what the diary brought up, one at a time, and never over first
// aid, a session or something that is being typed.
func (r *Root) bringUp() {
	top := r.top()
	if len(r.trips) == 0 || r.leaving || modal(top) || takes(top) {
		return
	}
	if _, up := top.Screen.(*safety.TrippedScreen); up {
		return
	}
	t := r.trips[0]
	r.trips = r.trips[1:]
	r.stack = append(r.stack, r.layer(safety.Tripped(safety.Notice{Why: t.Why, Sign: t.Card, Seen: t.Seen().Card})))
	r.measure()
}
