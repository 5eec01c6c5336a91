package cli

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lull/routine"
	"lull/routine/relief"
	"lull/routine/safe"
	"lull/routine/say"
	"lull/routine/settings"
)

type nowFlags struct{ plain, noRecord bool }

// nowName is the name of the command. Help comes before any error there.
const nowName = "now"

func nowVerb(a *App) *cobra.Command {
	var f nowFlags
	c := &cobra.Command{
		Use:   "now [PLACE]",
		Short: say.Text("A cramp, now: what to do, at once"),
		Long: say.Text("Opens first aid for a cramp and logs the cramp from its first second. PLACE is " +
			"calf, foot, hamstring, quadriceps or inner, or any body word such as toes, thigh or left calf. " +
			"Without one, and for a word that means nothing, it is the calf. With --plain, or without a screen, " +
			"the steps come as plain lines at their times: press Enter when the cramp stops, h and Enter to " +
			"repeat the step."),
		Example:   "lull now\nlull now foot --plain\nlull now left calf\nlull now calf --no-record",
		Args:      cobra.ArbitraryArgs,
		ValidArgs: relief.Muscles,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.now(cmd.Context(), relief.Asked(strings.Join(args, " ")), f)
		},
	}
	c.Flags().BoolVar(&f.plain, "plain", false, say.Text(linesHelp))
	c.Flags().BoolVar(&f.noRecord, "no-record", false, say.Text("only list the steps with their seconds, and log nothing"))
	return c
}

// lenient leaves out the flags that `lull now` would refuse, and returns them
// apart.
func lenient(root *cobra.Command, args []string) (kept, ignored []string) {
	now, _, err := root.Find([]string{nowName})
	if err != nil {
		return args, nil
	}
	now.InitDefaultHelpFlag()
	at := slices.Index(args, nowName) + 1
	for i, arg := range args[at:] {
		if arg == "--" {
			return slices.Concat(args[:at], kept, args[at+i:]), ignored
		}
		if takesFlag(now, arg) {
			kept = append(kept, arg)
		} else {
			ignored = append(ignored, arg)
		}
	}
	return slices.Concat(args[:at], kept), ignored
}

// takesFlag says whether an argument is a word, or a flag of the command with a
// value that it can have. All its flags are switches.
func takesFlag(c *cobra.Command, arg string) bool {
	name, value, valued := strings.Cut(arg, "=")
	_, err := strconv.ParseBool(value)
	switch {
	case !strings.HasPrefix(arg, "-"):
		return true
	case valued && err != nil:
		return false
	case strings.HasPrefix(name, "--"):
		return c.Flags().Lookup(name[2:]) != nil
	}
	return len(name) == 2 && c.Flags().ShorthandLookup(name[1:]) != nil
}

func (a *App) now(ctx context.Context, asked relief.Request, f nowFlags) error {
	defer func() {
		if a.ZoneError != nil {
			a.warnLine(a.ZoneError.Error())
		}
		if len(a.ignored) > 0 {
			a.warn("ignored, since `lull now` has no such flag: %s", safe.Text(strings.Join(a.ignored, " "), longLine))
		}
	}()
	switch {
	case f.noRecord:
		return a.listSteps(ctx, asked)
	case a.inLines(f.plain) || a.noScreen() != "":
		return a.speak(ctx, asked)
	}
	return a.Open(ctx, Start{Now: true, Cramp: asked})
}

// care is the first aid for the person whose answers the journal has, as far as
// it can be read at once. If it cannot, it first prints when not to stretch.
func (a *App) care(ctx context.Context) (relief.Aid, relief.Care, error) {
	aid, err := a.Aid()
	if err != nil {
		return aid, relief.Care{}, err
	}
	who, known := a.answersSoon(ctx)
	if !known {
		a.line("%s", relief.Unanswered.String())
	}
	return aid, aid.For(who), nil
}

// answersWait is how long first aid waits for the safety answers before it starts
// without them.
const answersWait = 150 * time.Millisecond

// answersSoon reads the safety answers, and reports whether it could. Help does not
// wait for a journal that cannot be read at once.
func (a *App) answersSoon(ctx context.Context) (who routine.Screening, known bool) {
	ctx, cancel := context.WithTimeout(ctx, answersWait)
	read := make(chan routine.Screening, 1)
	go func() {
		defer cancel()
		set, err := a.settings()
		if err != nil {
			set = settings.Default()
		}
		if d, err := a.deskWith(ctx, set, answersWait/2, fewNights); err == nil {
			read <- d.screening()
			return
		}
		close(read)
	}()
	select {
	case s, ok := <-read:
		return s, ok
	case <-a.Wait(answersWait):
		return routine.Screening{}, false
	}
}

// planFor is the plan that opens for a request.
func planFor(aid relief.Aid, care relief.Care, asked relief.Request) (relief.Plan, error) {
	plan, ok := care.Plan(asked.Opens())
	if !ok {
		return plan, say.Error("there is no first aid for the %s: %w", say.Name(asked.Opens().Muscle), aid.Check())
	}
	return plan, nil
}

// takenAs says which place was made of the words that were typed.
func takenAs(asked relief.Request, plan relief.Plan) string {
	return say.Text("%q: showing %s.", safe.Text(asked.Typed, longWord), plan.Name)
}

const longWord = 40

// listSteps prints a plan to be read beforehand.
func (a *App) listSteps(ctx context.Context, asked relief.Request) error {
	aid, care, err := a.care(ctx)
	if err != nil {
		return err
	}
	plan, err := planFor(aid, care, asked)
	if err != nil {
		return err
	}
	if asked.Taken {
		a.line("%s", takenAs(asked, plan))
	}
	a.line("%s: %s", plan.Name, sentences(plan.First, care.Act()))
	if care.Locked() {
		return nil
	}
	begin := time.Duration(0)
	for i, s := range plan.Steps {
		a.line("%s  %s", stopwatch(begin), stepWords(s))
		for _, n := range plan.Notes(i) {
			if !s.Ease {
				a.line("      %s", say.Text("Note: %s", n.Text))
			}
		}
		begin += s.Length
	}
	a.line("%s  %s", stopwatch(begin), say.Text("the end"))
	a.line("%s", care.Before())
	a.line("%s", care.About())
	return nil
}
