package ui

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"lull/routine/journal"
	"lull/routine/say"
	"lull/routine/watch"
	"lull/ui/guide"
	"lull/ui/safety"
)

// tripsMsg is what the diary brings up that was not seen yet.
type tripsMsg struct {
	trips []watch.Trip
	again string // why the safety questions should be asked once more, or empty
}

// concerns are the kinds of fact that can bring something up.
var concerns = map[journal.Kind]bool{
	journal.KindCramped: true, journal.KindMarked: true, journal.KindRevised: true,
	journal.KindScreened: true,
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
	log, now, tonight, answers := r.deps.Log, r.world.Now, r.world.Night(), r.world.Screening
	asked := r.world.Asked
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), writeWait)
		defer cancel()
		facts, err := log.Live(ctx, tonight-7*watch.Weeks, tonight+1)
		if err != nil {
			return nil
		}
		trips := watch.Trips(facts, tonight, answers)
		again, _ := watch.AskAgain(asked, now, answers, watch.Events(facts, trips)...)
		return tripsMsg{watch.Unseen(trips, facts), again}
	}
}

// noticeOf is a trip as it is shown: with its signs, or with the way to the card
// of the guide that it is about.
func noticeOf(t watch.Trip) safety.Notice {
	n := safety.Notice{Why: t.Why, Signs: append([]string{t.Card}, t.Also...), Seen: t.Seen().Card}
	if t.Card == watch.WasItACramp {
		n.Next, n.Word = guide.Open(watch.WasItACramp), say.Text("was it a cramp?")
	}
	return n
}

// tripped takes what the diary brings up now. What was brought up before in this
// sitting is not brought up again, also when nobody said that it was read: the
// next sitting does.
func (r *Root) tripped(msg tripsMsg) {
	r.world.Again = msg.again
	r.trips = slices.DeleteFunc(msg.trips, func(t watch.Trip) bool { return slices.Contains(r.brought, t.Key) })
	r.bringUp()
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
	r.brought = append(r.brought, t.Key)
	r.stack = append(r.stack, r.layer(safety.Tripped(noticeOf(t))))
	r.measure()
}
