package main

import (
	"context"
	"io"
	"math"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"

	"lull/routine/say"
	"lull/routine/settings"
	"lull/store/home"
	"lull/ui/cli"
	"lull/ui/plain"
)

// inLines runs lull in lines until the person leaves it, the input ends or a
// signal comes. Its verbs are those of app.
func inLines(ctx context.Context, app cli.App, place home.Home, start cli.Start) error {
	debug.SetGCPercent(lean)
	debug.SetMemoryLimit(math.MaxInt64)
	ctx, stop := stoppable(ctx)
	defer stop()
	signal.Ignore(syscall.SIGPIPE) // a reader that went away must not cost what was held
	lib, problems := app.Library()
	if lib == nil {
		return problems
	}
	set, wrong := place.Settings()
	warnFiles(wrong, problems)
	heard := speaker(app.Now, set)
	defer heard.Close()
	err := plain.Run(ctx, plain.Deps{
		Drop: app.Keeper.Drop, Voice: heard, Columns: func() int { return columns(app) },
		In: app.In, Out: app.Out, Log: app.Log(patience), Now: app.Now, Steady: app.Steady, Wait: app.Wait,
		Library: lib, Figures: app.Figures(), Guide: app.Guide, Settings: spokenSettings(place), Save: place.Change,
		Verb: func(ctx context.Context, out io.Writer, lines <-chan string, args ...string) {
			within(app, out, lines).Main(ctx, args)
		},
		Start: start.Routine,
	})
	if err == nil {
		err = stopCause(ctx)
	}
	return err
}

// spokenSettings reads the settings and speaks as they say: a line that was typed
// may have changed the language.
func spokenSettings(place home.Home) func() (settings.Settings, error) {
	return func() (settings.Settings, error) {
		set, err := place.Settings()
		if err != nil {
			return set, err
		}
		return set, speak(set)
	}
}

// columns are those of the terminal that lines are printed on, 0 for another
// output.
func columns(app cli.App) int {
	if !app.Terminal {
		return 0
	}
	wide, _, err := term.GetSize(os.Stdout.Fd())
	if err != nil {
		return 0
	}
	return wide
}

// within is the front door as lull in lines opens it: it prints lines on out,
// reads none of the input itself, and opens no editor and no window.
func within(app cli.App, out io.Writer, lines <-chan string) *cli.App {
	app.In, app.Out, app.Err = strings.NewReader(""), out, out
	app.Terminal, app.InTerminal = false, false
	app.Lines, app.Stoppable = lines, nil
	app.Colours = func() colorprofile.Profile { return colorprofile.ASCII }
	env := app.Env
	app.Env = func(name string) string {
		if name == "VISUAL" || name == "EDITOR" {
			return ""
		}
		return env(name)
	}
	open := func(context.Context, cli.Start) error { return say.Error("lull is open already") }
	app.Open, app.Plain = open, open
	return &app
}
