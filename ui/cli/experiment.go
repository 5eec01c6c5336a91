package cli

import (
	"context"

	"github.com/spf13/cobra"

	"lull/routine/experiment"
	"lull/routine/journal"
	"lull/routine/safe"
	"lull/routine/say"
)

type experimentFlags struct {
	pairs      int
	from       string
	start, end bool
}

// farOff is how many nights ahead a plan begins at most.
const farOff = 366

func experimentVerb(a *App) *cobra.Command {
	var f experimentFlags
	c := &cobra.Command{
		Use:   "experiment",
		Short: say.Text("Fortnights with and without stretching, drawn by lot"),
		Long: say.Text("Shows the experiment that is under way and how it stands. --start draws the order of the " +
			"fortnights by lot, prints the plan and fixes it; --end ends it, and the nights stay as they " +
			"are. To pause it, set nights aside with `lull pause`. Nobody needs an experiment: it is for " +
			"people who want to know better than a habit can tell."),
		Example: "lull experiment --start --pairs 6 --from 2026-12-01\nlull experiment",
		Args:    words(0, 0, ""),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.experiment(cmd.Context(), f) },
	}
	c.Flags().BoolVar(&f.start, "start", false, say.Text("draw the lot and begin"))
	c.Flags().BoolVar(&f.end, "end", false, say.Text("end the experiment"))
	c.Flags().IntVar(&f.pairs, "pairs", experiment.Telling, say.Text("pairs of fortnights, %d to %d", experiment.LeastPairs, experiment.MostPairs))
	c.Flags().StringVar(&f.from, "from", "", say.Text("the first night: 2026-12-01 (default: tomorrow)"))
	return c
}

func (a *App) experiment(ctx context.Context, f experimentFlags) error {
	if f.start && f.end {
		return misused("experiment takes one of --start and --end")
	}
	if !f.start && (f.pairs != experiment.Telling || f.from != "") {
		return misused("--pairs and --from are for --start")
	}
	return a.atDesk(ctx, allNights, func(d *desk) error { return d.experiment(ctx, f) })
}

func (d *desk) experiment(ctx context.Context, f experimentFlags) error {
	e, fact, begun := d.book.Experiment(d.night())
	switch {
	case f.start && begun:
		return say.Error("nothing was begun: there is %s; end it first: lull experiment --end", journal.Words(fact.Fact))
	case f.start:
		return d.startExperiment(ctx, f)
	case f.end && !begun:
		return say.Error("there is no experiment to end")
	case f.end:
		if err := d.record(ctx, journal.NewWithdrawal(&d.mint, d.now, fact)); err != nil {
			return err
		}
		d.app.say("ended: %s; the nights stay as they are; to go on after all: lull log remove %s --undo", journal.Words(fact.Fact), short(fact.ID))
		return nil
	case !begun:
		d.app.say("No experiment is under way. `lull experiment --start` begins one:")
		d.app.sayRules()
		return nil
	}
	if e.Tonight != "" {
		d.app.say("Tonight is %s.", say.Name(e.Tonight))
	}
	d.app.line("%s", safe.Text(e.Words, longLine))
	if e.Reading.Ready {
		d.app.line("%s", experiment.Caution)
	}
	d.app.sayPlan(e.Plan)
	return nil
}

func (a *App) sayRules() {
	for _, r := range experiment.Rules {
		a.line("- %s", r)
	}
}

func (a *App) sayPlan(lines []string) {
	a.line("")
	for _, l := range lines {
		a.line("%s", l)
	}
}

// startExperiment draws the lot from a new id, whose end is chance, and writes
// the plan down.
func (d *desk) startExperiment(ctx context.Context, f experimentFlags) error {
	from := d.evening() + 1
	if f.from != "" {
		var err error
		if from, err = journal.ParseDay(f.from, d.evening()); err != nil {
			return misused("--from: %v", err)
		}
		if from < d.night() {
			return misused("--from: the night of %s is over; a plan is fixed before its first night", from.NightWords())
		}
		if from > d.night()+farOff {
			return misused("--from: %s is more than a year away", from)
		}
	}
	id := d.mint.New(d.now)
	seed := experiment.Seed(id)
	plan, err := experiment.New(seed, from, f.pairs)
	if err != nil {
		return misused("--pairs: %v", err)
	}
	e := d.fact(d.now, journal.Experiment{Seed: seed, From: from, Pairs: f.pairs})
	if err := d.record(ctx, e); err != nil {
		return err
	}
	d.app.say("begun: %s; to take it back: lull log remove %s", journal.Words(e.Fact), short(e.ID))
	d.app.sayRules()
	d.app.sayPlan(plan.Lines())
	return nil
}
