package cli

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"lull/routine/journal"
	"lull/routine/say"
)

func pauseVerb(a *App) *cobra.Command {
	var off bool
	c := &cobra.Command{
		Use:   "pause [FROM [TO]]",
		Short: say.Text("Set nights aside, for an illness or a journey"),
		Long: say.Text("Sets the nights from FROM to TO aside, both included; without TO until --off ends it. " +
			"Nights that are set aside neither break a run nor lengthen it. Nights that touch a " +
			"pause already there make it longer. Without FROM it says what is set aside."),
		Example: "lull pause 2026-12-01 2026-12-07\nlull pause today\nlull pause --off",
		Args:    words(0, 2, "FROM and TO"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.pause(cmd.Context(), args, off)
		},
	}
	c.Flags().BoolVar(&off, "off", false, say.Text("end the pause that tonight lies in"))
	return c
}

func (a *App) pause(ctx context.Context, said []string, off bool) error {
	if off && len(said) > 0 {
		return misused("pause --off takes no nights, but was given %.60q; it ends the pause that tonight lies in", said[0])
	}
	if !off && len(said) == 0 {
		d, err := a.desk(ctx, patient, fewNights)
		if err == nil {
			d.listPauses()
		}
		return err
	}
	return a.atDesk(ctx, fewNights, func(d *desk) error {
		if off {
			return d.resume(ctx)
		}
		p, err := d.pauseOf(said)
		if err != nil {
			return err
		}
		return d.setAside(ctx, p)
	})
}

func (d *desk) pauseOf(said []string) (journal.Paused, error) {
	var ends [2]journal.Date
	for i, word := range said {
		date, err := journal.ParseDay(word, d.evening())
		if err != nil {
			return journal.Paused{}, misused("pause: %v", err)
		}
		ends[i] = date
	}
	p := journal.Paused{From: ends[0]}
	if len(said) == 2 {
		p.To = &ends[1]
	}
	if err := p.Validate(); err != nil {
		return p, misused("%v; write the earlier night first", err)
	}
	return p, nil
}

func pauseIn(e journal.Entry) journal.Paused {
	p, _ := e.Fact.(journal.Paused)
	return p
}

// holds says whether all of q is in p.
func holds(p, q journal.Paused) bool {
	return p.From <= q.From && (p.To == nil || q.To != nil && *q.To <= *p.To)
}

// overlap says whether a night lies in both.
func overlap(p, q journal.Paused) bool {
	return (p.To == nil || q.From <= *p.To) && (q.To == nil || p.From <= *q.To)
}

// union is the span of two that overlap.
func union(p, q journal.Paused) journal.Paused {
	all := journal.Paused{From: min(p.From, q.From)}
	if p.To != nil && q.To != nil {
		last := max(*p.To, *q.To)
		all.To = &last
	}
	return all
}

// pauses are those in force that want accepts, by their first night.
func (d *desk) pauses(want func(journal.Paused) bool) []journal.Entry {
	found := slices.DeleteFunc(d.book.Pauses(), func(e journal.Entry) bool { return !want(pauseIn(e)) })
	slices.SortFunc(found, func(a, b journal.Entry) int { return int(pauseIn(a).From - pauseIn(b).From) })
	return found
}

// setAside records a pause. One that overlaps another makes that one longer: a
// night is in one pause at most, so that --off means what it says.
func (d *desk) setAside(ctx context.Context, p journal.Paused) error {
	others := d.pauses(func(q journal.Paused) bool { return overlap(p, q) })
	switch {
	case len(others) > 1:
		return say.Error("nothing was set aside: those nights overlap %d pauses; take one out first: %s", len(others), removals(others))
	case len(others) == 0:
		e := d.fact(d.now, p)
		if err := d.record(ctx, e); err != nil {
			return err
		}
		d.app.say("set aside: %s; to take it back: lull log remove %s", d.pauseWords(p), short(e.ID))
		d.doubtClock(e)
		return nil
	case holds(pauseIn(others[0]), p):
		d.app.say("those nights are set aside already: %s; nothing was recorded", d.pauseWords(pauseIn(others[0])))
		return nil
	}
	all := union(p, pauseIn(others[0]))
	return d.stretch(ctx, others[0], all, say.Text("set aside, with the pause that was there: %s", d.pauseWords(all)))
}

// stretch gives a pause other ends.
func (d *desk) stretch(ctx context.Context, e journal.Entry, p journal.Paused, done string) error {
	revision, err := journal.NewRevision(&d.mint, d.now, e, map[string]any{"from": p.From, "to": p.To})
	if err != nil {
		return err
	}
	if err := d.record(ctx, revision); err != nil {
		return err
	}
	d.app.say("%s; to take it back: lull log remove %s", done, short(revision.ID))
	d.doubtClock()
	return nil
}

// resume ends the pause that tonight lies in: its last night is last night. If
// tonight was to be its first, it is taken out.
func (d *desk) resume(ctx context.Context) error {
	tonight := d.evening()
	under := d.pauses(func(p journal.Paused) bool { return overlap(p, journal.Paused{From: tonight, To: &tonight}) })
	if len(under) == 0 {
		return say.Error("nothing was ended: tonight is not set aside; `lull pause` says what is")
	}
	for _, e := range under {
		if err := d.end(ctx, e, tonight-1); err != nil {
			return err
		}
	}
	return nil
}

func (d *desk) end(ctx context.Context, e journal.Entry, last journal.Date) error {
	p := pauseIn(e)
	if p.From > last {
		return d.withdraw(ctx, e, "the pause is off")
	}
	p.To = &last
	return d.stretch(ctx, e, p, say.Text("the pause is over: %s", d.pauseWords(p)))
}

// listPauses says what is set aside from tonight on.
func (d *desk) listPauses() {
	tonight := d.evening()
	ahead := d.pauses(func(p journal.Paused) bool { return p.To == nil || *p.To >= tonight })
	for _, e := range ahead {
		d.app.line("%s  %s", short(e.ID), d.pauseWords(pauseIn(e)))
	}
	if len(ahead) == 0 {
		d.app.say("no night is set aside from tonight on")
	}
}

// pauseWords names the nights of a pause and counts them.
func (d *desk) pauseWords(p journal.Paused) string {
	from := d.nightWords(p.From)
	switch {
	case p.To == nil:
		return say.Text("from the night of %s on, until `lull pause --off`", from)
	case *p.To == p.From:
		return say.Text("the night of %s", from)
	}
	return say.Text("from the night of %s to that of %s, %d nights", from, d.nightWords(*p.To), *p.To-p.From+1)
}
