package cli

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"lull/routine/relief"
	"lull/routine/say"
)

type nowFlags struct{ plain, noRecord bool }

func nowVerb(a *App) *cobra.Command {
	var f nowFlags
	c := &cobra.Command{
		Use:   "now [MUSCLE]",
		Short: say.Text("A cramp, now: what to do, at once"),
		Long: say.Text("Opens first aid for a cramp and writes the cramp down from its first second. MUSCLE is " +
			"calf, foot, hamstring, quadriceps or inner; without one it is the calf. With --plain, or " +
			"without a screen, the steps come as plain lines at their times, and Enter says that it " +
			"let go."),
		Example:   "lull now\nlull now foot --plain\nlull now calf --no-record",
		Args:      words(0, 1, "one MUSCLE"),
		ValidArgs: relief.Muscles,
		RunE: func(cmd *cobra.Command, args []string) error {
			muscle := ""
			if len(args) > 0 {
				muscle = args[0]
			}
			return a.now(cmd.Context(), muscle, f)
		},
	}
	c.Flags().BoolVar(&f.plain, "plain", false, say.Text(linesHelp))
	c.Flags().BoolVar(&f.noRecord, "no-record", false, say.Text("only list the steps with their seconds, and write nothing down"))
	return c
}

func (a *App) now(ctx context.Context, muscle string, f nowFlags) error {
	if muscle != "" {
		if err := oneOf(say.Text("the muscle"), muscle, relief.Muscles); err != nil {
			return err
		}
	}
	if a.ZoneError != nil {
		defer func() { a.warnLine(a.ZoneError.Error()) }()
	}
	switch {
	case f.noRecord:
		return a.listSteps(muscle)
	case a.inLines(f.plain) || a.noScreen() != "":
		return a.speak(ctx, muscle)
	}
	return a.Open(ctx, Start{Now: true, Muscle: muscle})
}

// firstAid is the plan for a muscle, for the calf if none is named.
func (a *App) firstAid(muscle string) (relief.Aid, relief.Plan, error) {
	if muscle == "" {
		muscle = relief.Muscles[0]
	}
	aid, err := a.Aid()
	if err != nil {
		return aid, relief.Plan{}, err
	}
	plan, ok := aid.Plan(muscle)
	if !ok {
		err = say.Error("there is no first aid for the %s: %w", say.Name(muscle), aid.Check())
	}
	return aid, plan, err
}

// listSteps prints a plan to be read beforehand.
func (a *App) listSteps(muscle string) error {
	aid, plan, err := a.firstAid(muscle)
	if err != nil {
		return err
	}
	a.line("%s: %s", plan.Name, plan.First)
	begin := time.Duration(0)
	for _, s := range plan.Steps {
		a.line("%s  %s", stopwatch(begin), stepWords(s))
		begin += s.Length
	}
	a.line("%s  %s", stopwatch(begin), say.Text("the end"))
	a.line("%s", aid.Before)
	a.line("%s", aid.About)
	return nil
}
