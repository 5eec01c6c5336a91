package cli

import (
	"context"

	"github.com/spf13/cobra"

	"lull/routine/journal"
	"lull/routine/say"
)

func quietVerb(a *App) *cobra.Command {
	var night string
	c := &cobra.Command{
		Use:   "quiet",
		Short: say.Text("Write down that last night had no cramps"),
		Long: say.Text("Writes down that a night had no cramps: last night, or the one that --night names. " +
			"Until the day starts at 04:00, last night is the night before the one under way. A night " +
			"that nobody answers for stays unknown; it is never counted as quiet."),
		Example: "lull quiet\nlull quiet --night 2026-11-20",
		Args:    words(0, 0, ""),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.quiet(cmd.Context(), night) },
	}
	c.Flags().StringVar(&night, "night", "", say.Text("another night: 2026-11-20"))
	return c
}

func (a *App) quiet(ctx context.Context, said string) error {
	return a.atDesk(ctx, fewNights, func(d *desk) error { return d.quiet(ctx, said) })
}

func (d *desk) quiet(ctx context.Context, said string) error {
	night, err := d.overNight(said)
	if err != nil {
		return err
	}
	cramps, err := d.of(ctx, night, journal.KindCramped)
	if err != nil {
		return err
	}
	if n := len(cramps); n > 0 {
		return say.Error("nothing was written down: the night of %s has %s, so it was not quiet; if that is wrong: %s",
			d.nightWords(night), say.Count(n, "%d cramp", "%d cramps"), removals(cramps))
	}
	quiet, err := d.of(ctx, night, journal.KindQuiet)
	if err != nil {
		return err
	}
	if len(quiet) > 0 {
		d.app.say("the night of %s is quiet already; nothing was recorded", d.nightWords(night))
		return nil
	}
	e := d.factOf(night, journal.Quiet{})
	if err := d.record(ctx, e); err != nil {
		return err
	}
	d.app.say("written down: no cramps, the night of %s%s; to take it back: lull log remove %s",
		d.nightWords(night), d.longAgo(night), short(e.ID))
	d.doubtClock(e)
	return nil
}
