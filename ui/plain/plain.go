// Package plain is lull in lines: prompts, numbered choices and a session that
// says one line a cue. It draws nothing, moves no cursor and needs no colour, so
// that it can be read aloud, printed on paper, or driven by another program.
//
// A task that has a verb is that verb, with its words; what is here are the
// questions around it and what no verb can do: the session, the safety
// questions, and the way from one task to the next.
//
// Every answer is one line. An empty one does the obvious next thing, which the
// prompt names. The end of the input and a signal end lull as leaving does: what
// was held is kept.
package plain

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"lull/routine"
	"lull/routine/body"
	"lull/routine/cues"
	"lull/routine/guide"
	"lull/routine/journal"
	"lull/routine/safe"
	"lull/routine/say"
	"lull/routine/settings"
)

// Deps is everything lull in lines may touch.
type Deps struct {
	In      io.Reader
	Out     io.Writer
	Log     journal.Log
	Drop    func(...journal.Entry) (file string, err error) // puts what the journal cannot take in the inbox; nil: there is none
	Now     func() time.Time
	Steady  func() time.Duration                 // a clock that goes on during sleep and is never set
	Wait    func(time.Duration) <-chan time.Time // tells when so much time has gone by
	Library *routine.Library
	Figures *body.Library
	Guide   func() (guide.Guide, error)
	// Settings reads the settings; with an error they are those that can be read.
	Settings func() (settings.Settings, error)
	Save     func([]settings.Change) (settings.Settings, error)
	// Verb runs a verb of lull. What it says goes to out, and what is typed
	// meanwhile comes by lines; it says itself what went wrong.
	Verb func(ctx context.Context, out io.Writer, lines <-chan string, args ...string)
	// Columns are those of the terminal, 0 where there is none; nil for none.
	Columns func() int
	// Voice has cues heard; nil hears nothing.
	Voice cues.Speaker
	// Start is the routine to begin with, by its id; empty for the evening.
	Start string
}

// house is lull in lines while it is open.
type house struct {
	Deps
	out    *paper
	lines  <-chan string
	mint   journal.Mint
	set    settings.Settings // as they were last read
	later  journal.Date      // the night whose question was put off
	before journal.ID        // the newest entry when lull was opened
}

// The ways out of a task that are no failure.
var (
	errBack = errors.New("back")
	errQuit = errors.New("quit")
	errOver = errors.New("over") // its end, or a signal
)

// Run opens lull in lines and returns when it is left and everything recorded is
// on disk. An end of the input or of the context is a way of leaving it.
func Run(ctx context.Context, d Deps) error {
	if d.Columns == nil {
		d.Columns = func() int { return 0 }
	}
	if d.Voice == nil {
		d.Voice = cues.Mute{}
	}
	h := &house{Deps: d, out: newPaper(d.Out, d.Columns)}
	h.lines = typed(d.In)
	h.set, _ = d.Settings() // those that can be read
	e, err := h.look(ctx)
	if err != nil {
		return err
	}
	h.before = e.last
	h.recover(ctx)
	err = h.open(ctx)
	if errors.Is(err, errBack) || errors.Is(err, errQuit) || errors.Is(err, errOver) {
		return nil
	}
	return err
}

// open begins with the routine that was asked for, and then goes to tonight.
func (h *house) open(ctx context.Context) error {
	h.say("lull. ? says what can be typed, ! when to get help, q leaves.")
	if h.Start != "" {
		r, found := h.Library.Routine(h.Start)
		if !found {
			return say.Error("there is no routine %.60q; `lull routines` lists them", h.Start)
		}
		if err := h.ready(ctx, r); err != nil && !errors.Is(err, errBack) {
			return err
		}
	}
	return h.tonight(ctx)
}

const (
	mostName = 60  // runes of a name that somebody else may have written
	mostLine = 600 // runes of a line
)

func name(s string) string { return safe.Text(s, mostName) }

// say prints a line.
func (h *house) say(sentence say.Key, v ...any) { h.print(say.Text(sentence, v...)) }

// print prints a line that is said already.
func (h *house) print(line string) { fmt.Fprintln(h.out, line) }

// verb runs a verb of lull, which says what it did.
func (h *house) verb(ctx context.Context, args ...string) { h.Verb(ctx, h.out, h.lines, args...) }

func inSeconds(n int) string { return say.Count(n, "%d second", "%d seconds") }

// length is a time as people say it: 2 min 20 s.
func length(d time.Duration) string {
	minutes, seconds := int(d/time.Minute), int(d%time.Minute/time.Second)
	switch {
	case minutes == 0:
		return inSeconds(seconds)
	case seconds == 0:
		return say.Text("%d min", minutes)
	}
	return say.Text("%d min %d s", minutes, seconds)
}
