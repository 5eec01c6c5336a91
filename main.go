// Command lull coaches people whose legs cramp at night. See docs/ for how it
// is built.
package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // labels need zones, also where the system has none

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"

	"lull/assets"
	"lull/routine"
	"lull/routine/body"
	"lull/routine/guide"
	"lull/routine/journal"
	"lull/routine/relief"
	"lull/routine/safe"
	"lull/routine/say"
	"lull/routine/settings"
	"lull/routine/strict"
	"lull/store"
	"lull/store/home"
	"lull/store/timers"
	"lull/ui"
	"lull/ui/charset"
	"lull/ui/cli"
	"lull/ui/clock"
	"lull/ui/keymap"
	"lull/ui/steady"
	"lull/ui/voice"
)

var version = "0.1.0"

func main() {
	defer fall()
	os.Exit(run(time.Now, os.Args[1:]))
}

// fallen is the exit status of a program of Go that had a fault.
const fallen = 2

// fall tells of a fault in lull itself, in words that are fit for a terminal:
// they may quote a note.
func fall() {
	if fault := recover(); fault != nil {
		fmt.Fprintln(os.Stderr, "lull:", say.Text("this is a fault of lull's own: %s", safe.Lines(fmt.Sprint(fault))))
		fmt.Fprintf(os.Stderr, "\n%s", debug.Stack())
		os.Exit(fallen)
	}
}

// run wires everything together, runs one verb and returns the exit status.
func run(now func() time.Time, args []string) int {
	_ = speak(settings.Default()) // for an error of the next line
	place, err := home.Locate(os.Getenv("LULL_HOME"))
	if err != nil {
		warn(err.Error())
		return cli.Failed
	}
	set, _ := place.Settings() // a file that cannot be read is told of by what needs it
	if err := speak(set); err != nil {
		warn(err.Error())
		return cli.Failed
	}
	zoneError := useZone()
	open := func(wait time.Duration, warn func(string)) *store.Store {
		return store.New(place.Data, store.Options{Clock: now, Wait: wait, Version: version, Warn: warn, Spare: place.Spare, Own: place.Own()})
	}
	warn := onceEach(warn)
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(verbMemory)
	app := cli.App{
		In: fit(os.Stdin), Out: fit(os.Stdout), Err: fit(os.Stderr),
		Terminal:   term.IsTerminal(os.Stdout.Fd()),
		InTerminal: term.IsTerminal(os.Stdin.Fd()),
		Env:        environment,
		Now:        now,
		Steady:     steady.Clock(now),
		Wait:       time.After,
		Folder:     place,
		Log:        func(wait time.Duration) journal.Log { return open(wait, warn) },
		Library:    func() (*routine.Library, error) { return library(place) },
		Figures:    sync.OnceValue(func() *body.Library { return body.Open(assets.Files) }),
		Colours:    func() colorprofile.Profile { return ui.Colours(os.Stdout, os.Environ()) },
		Aid:        func() (relief.Aid, error) { return relief.Open(assets.Files) },
		Guide:      func() (guide.Guide, error) { return guide.Open(assets.Files) },
		Reminders:  func() cli.Reminders { return timers.Here(place) },
		Keeper:     keeper{func() *store.Store { return open(0, warn) }},
		Last:       open(0, warn),
		Open: func(ctx context.Context, start cli.Start) error {
			notices := make(chan string, 8) // the window is no place to print on
			return window(ctx, now, place, open(0, func(sentence string) {
				select {
				case notices <- sentence:
				default:
				}
			}), notices, start)
		},
		Sync:      exchange(open(0, warn), place, now),
		Keys:      func(set settings.Settings) error { return keymap.Check(set.Hands, set.Keys) },
		Voice:     func(set settings.Settings) cli.Voice { return speaker(now, set) },
		Version:   version,
		ZoneError: zoneError,
	}
	app.Stoppable = func(ctx context.Context) (context.Context, func() error) {
		ctx, stop := stoppable(ctx)
		return ctx, func() error { stop(); return stopCause(ctx) }
	}
	app.Plain = func(ctx context.Context, start cli.Start) error { return inLines(ctx, app, place, start) }
	return app.Main(context.Background(), args)
}

// useZone makes time.Local the zone that TZ names. The error says that TZ names
// none; time.Local is then the computer's own zone. Windows ignores TZ.
func useZone() error {
	tz, set := os.LookupEnv("TZ")
	if !set || runtime.GOOS == "windows" {
		return nil
	}
	loc, err := clock.Zone(tz)
	time.Local = loc
	return err
}

// library is lull's own routines with those of the person's folder. The error
// names files that were left out.
func library(place home.Home) (*routine.Library, error) {
	lib, err := routine.Open(assets.Files)
	if err != nil {
		return nil, err
	}
	files, problems := place.Routines()
	for _, f := range files {
		if err := lib.Add(f.Path, f.Text); err != nil {
			problems = errors.Join(problems, &routine.LeftOut{File: f.Path, Err: err})
		}
	}
	return lib, problems
}

// leftOut is one sentence for the window about files with mistakes, short enough
// for its last line, or nothing.
func leftOut(wrongSettings, wrongRoutines error) string {
	line, name, at := 1, "", 1
	var boundary *strict.Error
	var faults strict.Errors
	if errors.As(wrongSettings, &faults) {
		line = max(1, faults[0].Line)
	}
	var file *routine.LeftOut
	if errors.As(wrongRoutines, &file) {
		name, at = filepath.Base(file.File), file.Line()
	}
	switch {
	case errors.As(settings.Boundary(wrongSettings), &boundary) && boundary.Key != "":
		return say.Text("%s: wrong in config.toml line %d; nights use the default", safe.Text(boundary.Key, 20), boundary.Line)
	case settings.Boundary(wrongSettings) != nil:
		return say.Text("config.toml: not readable; nights use the default")
	case wrongSettings != nil && wrongRoutines != nil:
		return say.Text("mistakes: config.toml:%d, %s:%d; details when you leave", line, cmp.Or(safe.Text(name, 20), "routines"), at)
	case wrongSettings != nil:
		return say.Text("config.toml line %d keeps its default: lull config list", line)
	case name != "":
		return say.Text("%s line %d was left out: lull routines check %s", name, at, name)
	case wrongRoutines != nil:
		return say.Text("routines were left out: lull routines")
	}
	return ""
}

// A verb is over before collecting garbage pays, unless it reads very much. The
// window is up all evening and in no hurry: it is kept lean.
const (
	verbMemory = 64 << 20 // bytes
	lean       = 40       // per cent
)

// patience is how long lull in lines waits for a file that is in use.
const patience = 2 * time.Second

// window runs the terminal program until the person leaves it.
func window(ctx context.Context, now func() time.Time, place home.Home, log *store.Store, notices chan string, start cli.Start) error {
	debug.SetGCPercent(lean)
	debug.SetMemoryLimit(math.MaxInt64)
	set, wrong := place.Settings()
	lib, problems := library(place)
	if lib == nil {
		return problems
	}
	if short := leftOut(wrong, problems); short != "" {
		select {
		case notices <- short:
		default:
		}
		defer warnFiles(wrong, problems) // in full, once the window is gone
	}
	_ = os.Unsetenv("TEA_DEBUG") // nothing but LULL_HOME and LULL_TRACE says where lull writes
	terminal, err := ui.Attach(os.Stdin, os.Stdout, os.Environ())
	if err != nil {
		return err
	}
	if path := os.Getenv("LULL_TRACE"); path != "" {
		if err := log.MayWrite(path, true); err != nil {
			return say.Error("LULL_TRACE: %w", err)
		}
	}
	trace, err := ui.OpenTrace(os.Getenv("LULL_TRACE"))
	if err != nil {
		return err
	}
	others := &company{exchange: exchange(log, place, now), notices: notices}
	others.use(set.Sync)
	defer others.part(others.keep(ctx))
	heard := speaker(now, set)
	defer heard.Close()
	return ui.Run(ctx, ui.Deps{
		Log: log, Drop: log.Drop, Voice: heard, Now: now, Steady: steady.Clock(now), Library: lib, Figures: body.Open(assets.Files),
		Settings: set, Config: place.ConfigFile(),
		Save: func(changes []settings.Change) (settings.Settings, error) {
			set, err := place.Change(changes)
			if err != nil {
				return set, err
			}
			others.use(set.Sync)
			return set, speak(set)
		},
		Notices: notices, Trace: trace, Tabs: ui.DefaultTabs,
		Aid:   say.Once(func() (relief.Aid, error) { return relief.Open(assets.Files) }),
		Guide: say.Once(func() (guide.Guide, error) { return guide.Open(assets.Files) }),
		Start: ui.Start(start),
	}, terminal)
}

// speaker is what the machine can be heard with.
func speaker(now func() time.Time, set settings.Settings) *voice.Voice {
	return voice.New(voice.Options{Now: now, Env: os.Getenv, Program: set.VoiceProgram})
}

// onceEach tells a sentence the first time only: several stores may look at one
// folder.
func onceEach(tell func(string)) func(string) {
	var told sync.Map
	return func(sentence string) {
		if _, again := told.LoadOrStore(sentence, true); !again {
			tell(sentence)
		}
	}
}

// environment is the variable's value. A terminal without a name is a dumb one,
// but on Windows, where none has any: nothing that is drawn can be counted on.
func environment(name string) string {
	value := os.Getenv(name)
	if name == "TERM" && value == "" && runtime.GOOS != "windows" {
		return "dumb"
	}
	return value
}

// fit returns a file whose text suits the terminal, if it is one.
func fit(f *os.File) io.ReadWriter { return charset.Fit(f, charset.Of(environment)) }

// warnFiles prints what is wrong with config.toml and with routine files, a line for
// each fault.
func warnFiles(wrongSettings, wrongRoutines error) {
	if wrongSettings != nil {
		wrongSettings = errors.Join(wrongSettings, say.Error("what is wrong there keeps its default; to see it again: lull config list"))
	}
	err := errors.Join(wrongSettings, wrongRoutines)
	if err == nil {
		return
	}
	for line := range strings.SplitSeq(err.Error(), "\n") {
		warn(line)
	}
}

func warn(sentence string) { fmt.Fprintln(fit(os.Stderr), "lull:", safe.Text(sentence, 600)) }
