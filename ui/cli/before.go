package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"lull/routine/journal"
	"lull/routine/review"
	"lull/routine/say"
)

// forgotten stands for a night that is not remembered.
const forgotten = 'x'

func beforeVerb(a *App) *cobra.Command {
	return &cobra.Command{
		Use:   "before [NIGHTS]",
		Short: say.Text("Add the two weeks before the first session from memory"),
		Long: say.Text("Adds how many cramps each of the 14 nights before the first session had, from memory. NIGHTS is one " +
			"character for each night, the oldest first: a digit from 0 to 9, or x for a night that you do not remember. " +
			"It is a best estimate: nothing counts it unless you ask for it with `lull review --with-estimate`. A new " +
			"estimate replaces the old one. Without NIGHTS it says which nights they are."),
		Example: "lull before\nlull before 00102000100x0x",
		Args:    words(0, 1, "NIGHTS"),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.fillBefore(cmd.Context(), args) },
	}
}

func (a *App) fillBefore(ctx context.Context, args []string) error {
	if len(args) == 0 {
		d, err := a.desk(ctx, patient, allNights)
		if err == nil {
			d.showBefore()
		}
		return err
	}
	return a.atDesk(ctx, allNights, func(d *desk) error { return d.fillBefore(ctx, args[0]) })
}

// showBefore says which nights can be filled in, and what is recorded of them.
func (d *desk) showBefore() {
	nights := d.book.BeforeNights()
	if nights == nil {
		d.app.say("%s", noBefore)
		return
	}
	d.app.say("The 14 nights before your first session run from %s to %s.", nights[0].WithYear(nights[0].NightWords(), d.now), nights[13].WithYear(nights[13].NightWords(), d.now))
	if f, _, found := d.book.Estimate(); found {
		d.app.say("Recorded: %s.", journal.Words(f))
	}
	d.app.say("To add them from memory, give one character a night, the oldest first: lull before 00102000100x0x (x: not remembered).")
}

const noBefore say.Key = "There are no nights to add: no session was held yet, or all 14 nights before the first one are logged."

func (d *desk) fillBefore(ctx context.Context, typed string) error {
	nights := d.book.BeforeNights()
	if nights == nil {
		return say.Error("nothing was added. %s", noBefore)
	}
	f, err := estimateOf(typed, nights[0])
	if err != nil {
		return err
	}
	e := d.fact(d.now, f)
	if err := d.record(ctx, e); err != nil {
		return err
	}
	d.app.say("Saved: %s. Undo: lull log remove %s", journal.Words(f), short(e.ID))
	d.app.say("`lull review --with-estimate` counts it.")
	d.doubtClock(e)
	return nil
}

// estimateOf reads one character a night.
func estimateOf(typed string, from journal.Date) (journal.Estimated, error) {
	f := journal.Estimated{From: from, Estimate: true}
	for _, c := range strings.ToLower(typed) {
		switch {
		case c == forgotten:
			f.Cramps = append(f.Cramps, nil)
		case c >= '0' && c <= '9':
			n := int(c - '0')
			f.Cramps = append(f.Cramps, &n)
		default:
			return f, misused("before: %.60q: write a digit for each night, or x for one that you do not remember", typed)
		}
	}
	if len(f.Cramps) != review.EstimatedNights {
		return f, misused("before: %.60q has %d nights; write %d characters, the oldest night first", typed, len(f.Cramps), review.EstimatedNights)
	}
	return f, nil
}
