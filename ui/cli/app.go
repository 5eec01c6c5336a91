// Package cli is lull's front door: the verbs, their flags and what they
// print. It is given everything it touches, opens only what the verb at hand
// needs, and turns every ending into an exit status.
//
// A verb that prints data prints nothing but that data on its output; messages
// for people then go to the error output. All that is printed goes through one
// gate, say, draw or note, which lets nothing through that a terminal obeys;
// where a text that came from outside is put into a sentence, it is cut to a
// length that suits it.
package cli

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/charmbracelet/colorprofile"

	"lull/routine"
	"lull/routine/body"
	"lull/routine/cues"
	"lull/routine/guide"
	"lull/routine/journal"
	"lull/routine/relief"
	"lull/routine/safe"
	"lull/routine/say"
	"lull/routine/settings"
)

// App is the front door with all it may touch.
type App struct {
	In       io.Reader
	Out, Err io.Writer
	Terminal bool // Out is a terminal
	// InTerminal says that In is one too, so that somebody sits there.
	InTerminal bool
	Env        func(string) string // the environment: NO_COLOR, TERM, TERM_PROGRAM, TMUX, STY, ACCESSIBLE, LC_ALL, LC_CTYPE, LANG, COLORFGBG, VISUAL, EDITOR
	Now        func() time.Time
	Steady     func() time.Duration                 // a clock that goes on during sleep and is never set
	Wait       func(time.Duration) <-chan time.Time // tells when so much time has gone by
	Folder     Folder
	// Log gives the journal. Its calls wait so long for a file that is in use.
	Log     func(wait time.Duration) journal.Log
	Library func() (*routine.Library, error)
	Figures func() *body.Library
	Colours func() colorprofile.Profile // what Out shows
	Aid     func() (relief.Aid, error)
	Guide   func() (guide.Guide, error)
	// Reminders are given by the machine. A verb that asks for none makes none.
	Reminders func() Reminders
	Keeper    Keeper
	Last      Last // nil: nothing is remembered between two prompts
	Open      func(ctx context.Context, start Start) error
	// Plain is Open in lines. It says itself what went wrong.
	Plain func(ctx context.Context, start Start) error
	// Stoppable gives a context that is over when a signal asks the command to end.
	// stop ends that, and returns an error if a signal came. nil: signals are
	// handled elsewhere.
	Stoppable func(context.Context) (_ context.Context, stop func() error)
	Sync      Sync // nil: there are no other machines
	// Keys says what is wrong with the keys that somebody chose; nil: nobody looks.
	Keys func(settings.Settings) error
	// Voice gives what speaks and sounds, as it is set.
	Voice   func(settings.Settings) Voice
	Version string
	// ZoneError says that TZ names no time zone, so that nothing can be given
	// the right night. Only commands that read no clock, and first aid, run.
	ZoneError error

	// Lines are what comes in where somebody else reads In: lull in lines, from
	// which a verb was called. Its hints then name what is typed there.
	Lines <-chan string

	out      *outlet  // before Out
	ignored  []string // flags of `lull now` that mean nothing
	recorded bool     // the verb wrote something that other machines do not have
	troubled bool     // it was told that the exchange with them failed
	warned   bool     // it told of settings that are wrong
}

// Last keeps the line of a prompt for the next one that finds the file in use.
type Last interface {
	// Remember keeps a line that holds now, if it can.
	Remember(line string)
	// Remembered is that line and when it last held, or nothing.
	Remembered() (line string, at time.Time)
}

// Voice is a speaker that can be waited for.
type Voice interface {
	cues.Speaker
	// Settle waits until what was asked for last is over, but not longer than
	// limit, and says what went wrong.
	Settle(limit time.Duration) error
	// Close ends it with all it started.
	Close()
}

// Folder is where the files lie that people may edit.
type Folder interface {
	ConfigFile() string
	RoutinesDir() string
	// ReadConfig gives the text of config.toml, nothing if there is none.
	ReadConfig() ([]byte, error)
	WriteConfig(text []byte) error
	// ReadFile gives the text of any small file that must exist.
	ReadFile(path string) ([]byte, error)
	// WriteRoutine writes a new routine file, refuses to replace one, and
	// gives its path.
	WriteRoutine(name string, text []byte) (string, error)
}

// Start says how the program opens: on the evening's screen; with a routine's
// id, straight in its session; or, with Now, in first aid for the cramp that was
// asked about.
type Start struct {
	Routine string
	Now     bool
	Cramp   relief.Request
}

// Waits for a file that another lull is using: a person is patient, a prompt
// that is being drawn is not.
const (
	patient = 2 * time.Second
	prompt  = 150 * time.Millisecond
)

// The exit statuses. They are part of what scripts rely on.
const (
	Done = iota
	Failed
	Misused
	Busy
	Damaged
	TooNew
)

type status struct {
	cause  error
	status int
}

// statuses gives an error its exit status; the first that fits counts, and an
// error that is none of these is a failure.
var statuses = []status{
	{errUsage, Misused},
	{journal.ErrBusy, Busy},
	{journal.ErrDamaged, Damaged},
	{journal.ErrTooNew, TooNew},
}

// Main runs the verb that args name and returns the exit status. Nothing but
// the verb's own errors ends it, and each of them is told in one line.
func (a *App) Main(ctx context.Context, args []string) int {
	a.out = newOutlet(a.Out)
	err := a.run(ctx, args)
	if lost := a.out.Flush(); lost != nil && err == nil {
		err = say.Error("print: %w", lost)
	}
	if a.recorded {
		a.glance(ctx, glanceAfter)
	}
	if err == nil {
		return Done
	}
	if text := strings.TrimRight(err.Error(), "\n"); text != "" && !errors.Is(err, errTold) {
		a.warnLine(text)
	}
	var own interface{ ExitStatus() int } // the program was ended by a signal
	if errors.As(err, &own) {
		return own.ExitStatus()
	}
	for _, s := range statuses {
		if errors.Is(err, s.cause) {
			return s.status
		}
	}
	return Failed
}

// errTold ends a verb that has already said what went wrong.
var errTold = errors.New("told")

// errUsage marks errors that come from how lull was called.
var errUsage = errors.New("usage")

// misuse is a sentence about how lull was called, with the way out.
type misuse string

func (m misuse) Error() string          { return string(m) }
func (misuse) Is(target error) bool     { return target == errUsage }
func misused(k say.Key, v ...any) error { return misuse(say.Text(k, v...)) }

// Longest texts that are shown, in runes.
const (
	longName = 80
	longLine = 600
)

func clean(s string) string { return safe.Text(s, longName) }

// cleanLines cleans a text of several lines, such as the errors of a file.
func cleanLines(s string) string {
	lines := strings.Split(strings.TrimRight(s, "\n"), "\n")
	for i, line := range lines {
		lines[i] = safe.Text(line, longLine)
	}
	return strings.Join(lines, "\n")
}

// outlet is the one way to the output. What is written to it is cleaned of all
// that a terminal would obey but colours, by whomever it was made.
type outlet struct {
	*safe.Gate
	raw *bufio.Writer // so that a full disk is noticed at the end; for lull's own signals to the terminal
}

func newOutlet(to io.Writer) *outlet {
	raw := bufio.NewWriterSize(to, roomy)
	return &outlet{safe.NewGate(raw, true), raw}
}

// roomy is more than any verb says while it holds the file: nothing of it reaches
// the output before Flush.
const roomy = 16 << 10

// printLater keeps what is noted, until print is called.
func (a *App) printLater() (print func()) {
	err := a.Err
	var later bytes.Buffer
	a.Err = &later
	return func() {
		if a.Err = err; later.Len() > 0 {
			_, _ = later.WriteTo(err)
		}
	}
}

// Flush has all of it reach the output.
func (o *outlet) Flush() error { return o.raw.Flush() }

// say prints a sentence: the data or, where there is none, news.
func (a *App) say(k say.Key, v ...any) { a.line("%s", say.Text(k, v...)) }

// line prints a line of what is data, or was said before. Whoever wrote a part of
// it: nothing of it but letters gets to the terminal.
func (a *App) line(form string, v ...any) {
	fmt.Fprintln(a.out, safe.Lines(fmt.Sprintf(form, v...)))
}

// draw prints what may have colours: a picture of lull's own, or a template filled in.
func (a *App) draw(picture string) { fmt.Fprintln(a.out, picture) }

// note prints a sentence for people beside the data, as clean as say's.
func (a *App) note(k say.Key, v ...any) { fmt.Fprintln(a.Err, safe.Lines(say.Text(k, v...))) }

// warn is note of what somebody has to know of lull itself.
func (a *App) warn(k say.Key, v ...any) { a.warnLine(say.Text(k, v...)) }

// warnLine is warn of what was said before.
func (a *App) warnLine(text string) { fmt.Fprintln(a.Err, "lull: "+safe.Lines(text)) }
