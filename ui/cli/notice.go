package cli

import (
	"context"
	"slices"
	"strings"

	"lull/routine/journal"
	"lull/routine/safe"
	"lull/routine/watch"
)

// notice says what the entry tripped in the diary, each thing once, records that
// it was read, and says whether the safety questions need another look. The
// entry itself is on disk by then, so trouble here is told and is not the verb's
// failure.
func (d *desk) notice(ctx context.Context, entries ...journal.Entry) {
	if d.shut != nil {
		return // which was told
	}
	const weeks = journal.Date(7 * watch.Weeks)
	facts, err := d.log.Live(ctx, d.night()-weeks, d.night(), watch.Reads...)
	trips := watch.Trips(facts, d.night(), d.screening())
	var seen []journal.Entry
	for _, t := range restingOn(entries, watch.Unseen(trips, facts)) {
		d.app.line("")
		d.app.sayTrip(t)
		seen = append(seen, d.fact(d.now, t.Seen()))
	}
	if err == nil && len(seen) > 0 {
		err = d.record(ctx, seen...)
	}
	if err != nil {
		d.app.warn("the diary could not be looked through: %s", cleanLines(err.Error()))
	}
	if why := d.askAgain(watch.Events(facts, trips)...); why != "" {
		d.app.line("\n%s", why)
	}
}

// sayTrip says what was brought up, calmly; but for a sign of an emergency what
// to do comes first.
func (a *App) sayTrip(t watch.Trip) {
	cards := append([]string{t.Card}, t.Also...)
	if signs, err := a.signsOf(cards); err == nil && slices.ContainsFunc(signs, func(s toldSign) bool { return s.emergency }) {
		a.sayCards(cards)
		a.line("%s", safe.Text(t.Why, longLine))
		return
	}
	a.say("Worth a moment. %s", safe.Text(t.Why, longLine))
	a.sayCards(cards)
}

// restingOn leaves the trips that rest on one of the entries.
func restingOn(entries []journal.Entry, trips []watch.Trip) []watch.Trip {
	return slices.DeleteFunc(trips, func(t watch.Trip) bool {
		return !slices.ContainsFunc(entries, func(e journal.Entry) bool { return slices.Contains(t.Facts, e.ID) })
	})
}

// sayCards says what each card is about: a sign with what to do about it, or
// the page of the guide to read. What is to be done is said once for signs that
// ask for the same.
func (a *App) sayCards(ids []string) {
	signs, err := a.signsOf(ids)
	if err != nil {
		a.warn("the signs could not be read: %s", cleanLines(err.Error()))
	}
	act := ""
	for _, s := range signs {
		if s.act != act {
			a.line("%s", s.act)
		}
		a.line("- %s", s.text)
		act = s.act
	}
	if slices.Contains(ids, watch.WasItACramp) {
		a.say("`lull guide %s` tells a cramp from what feels like one.", watch.WasItACramp)
	}
}

// toldSign is a sign of the safety file in two lines.
type toldSign struct {
	id, act, text string
	emergency     bool
}

func (a *App) signsOf(ids []string) ([]toldSign, error) {
	lib, err := a.library()
	if err != nil {
		return nil, err
	}
	safety, err := lib.Safety()
	if err != nil {
		return nil, err
	}
	var found []toldSign
	for _, id := range ids {
		if tier, sign, ok := safety.Tier(id); ok {
			found = append(found, toldSign{id, tier.Acts(), strings.Join(sign.Text, " "), tier.Title == safety.Emergency.Title})
		}
	}
	return found, nil
}
