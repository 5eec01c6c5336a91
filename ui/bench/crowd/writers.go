//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"regexp"
	"strings"
	"time"
)

// said is one call of a verb and what it answered.
type said struct {
	what   string // the note of a cramp, the item of a tick, the id of what was taken back
	act    act
	took   time.Duration
	busy   bool   // it was not acknowledged: the file was busy for longer than a verb waits
	failed string // what else it complained of, if it was not acknowledged
}

type act string

const (
	ticked   act = "ticked"
	unticked act = "unticked"
	cramped  act = "cramped"
	removed  act = "removed"
)

// exitBusy is the exit status of a verb that waited two seconds for the file.
const exitBusy = 3

var (
	tickedItem = regexp.MustCompile(`^ticked .*to take it back: lull drink (\S+) --undo`)
	crampID    = regexp.MustCompile(`^written down: .*to take it back: lull log remove (\S+)`)
)

// writer is one process after the other, each a verb that records something.
type writer struct {
	lull lull
	name int
	n    int
	said []said
}

// write goes round until the time is over: three glasses, two of which are taken
// back, and two cramps, one of which is. What is under way is brought to its end.
func (w *writer) write(ctx context.Context, until time.Time) {
	for ctx.Err() == nil && now().Before(until) {
		for _, step := range []func(context.Context){
			w.drinkAndTakeBack, w.crampThatStays, w.drink, w.crampAndRemove, w.drinkAndTakeBack,
		} {
			if step(ctx); !now().Before(until) {
				break
			}
		}
	}
}

func (w *writer) drink(ctx context.Context) {
	w.call(ctx, ticked, "", tickedItem, "drink")
}

func (w *writer) drinkAndTakeBack(ctx context.Context) {
	if item, ok := w.call(ctx, ticked, "", tickedItem, "drink"); ok {
		w.call(ctx, unticked, item, nil, "drink", item, "--undo")
	}
}

func (w *writer) crampThatStays(ctx context.Context) { w.cramp(ctx) }

func (w *writer) crampAndRemove(ctx context.Context) {
	if id, ok := w.cramp(ctx); ok {
		w.call(ctx, removed, id, nil, "log", "remove", id)
	}
}

func (w *writer) cramp(ctx context.Context) (id string, ok bool) {
	w.n++
	note := fmt.Sprintf("writer %d cramp %d", w.name, w.n)
	return w.call(ctx, cramped, note, crampID, "cramp", "--note", note)
}

// call runs a verb. What it acknowledged is found in its first line.
func (w *writer) call(ctx context.Context, a act, what string, ack *regexp.Regexp, args ...string) (found string, ok bool) {
	var complaint strings.Builder
	cmd := w.lull.command(ctx, args...)
	cmd.Stderr = &complaint
	start := now()
	out, err := cmd.Output()
	s := said{act: a, what: what, took: now().Sub(start)}
	if err == nil && ack != nil {
		if m := ack.FindSubmatch(out); m != nil {
			found = string(m[1])
		} else {
			err = fmt.Errorf("it said %q", out)
		}
	}
	var ended *exec.ExitError
	switch {
	case errors.As(err, &ended) && ended.ExitCode() == exitBusy:
		s.busy = true
	case err != nil:
		s.failed = fmt.Sprintf("%s: %v: %s", strings.Join(args, " "), err, strings.TrimSpace(complaint.String()))
	}
	if a == ticked {
		s.what = found
	}
	w.said = append(w.said, s)
	return found, err == nil
}
