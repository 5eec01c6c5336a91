//go:build linux

package main

import (
	"fmt"
	"time"

	"lull/assets"
	"lull/routine"
)

// routineFor is the routine whose time is taken.
func routineFor(long bool) string {
	if long {
		return longRoutine
	}
	return shortRoutine
}

// length is how long a routine lasts by its own file, in seconds.
func length(name string) probe {
	return func(*bench) (float64, error) {
		d, err := lengthOf(name)
		return d.Seconds(), err
	}
}

// wholeSession times a session, from the key press that starts it to the page
// that ends it, in seconds. If stopped is not 0, the program does not run for
// so long a time in the middle.
func wholeSession(name string, stopped time.Duration) probe {
	return func(b *bench) (float64, error) {
		past, err := b.session(name, stopped)
		if err != nil {
			return 0, err
		}
		b.sessions[name] = past
		return past.took.Seconds(), nil
	}
}

// sessionTraffic is what a whole session writes to the terminal, in bytes a
// second. It tells of a session that was timed before, if there was one.
func sessionTraffic(name string) probe {
	return func(b *bench) (float64, error) {
		past, known := b.sessions[name]
		if !known {
			var err error
			if past, err = b.session(name, 0); err != nil {
				return 0, err
			}
		}
		return float64(past.written) / past.took.Seconds(), nil
	}
}

// pastSession is what was seen of a session: how long it took, and how many
// bytes it wrote to the terminal.
type pastSession struct {
	took    time.Duration
	written int
}

func lengthOf(name string) (time.Duration, error) {
	library, err := routine.Open(assets.Files)
	if err != nil {
		return 0, err
	}
	r, known := library.Routine(name)
	if !known {
		return 0, fmt.Errorf("lull has no routine %q", name)
	}
	return library.WithLeadIn(r, routine.DefaultLeadIn).Length(), nil
}

func (b *bench) session(name string, stopped time.Duration) (pastSession, error) {
	var none pastSession
	whole, err := lengthOf(name)
	if err != nil {
		return none, err
	}
	b.note("a session of %v", whole)
	t, err := readyToStart(name).visit(b, settled)
	if err != nil {
		return none, err
	}
	defer t.leave(patience)
	from, before := t.mark(), t.bytes()
	pressed, err := t.press(keyGo)
	if err != nil {
		return none, fmt.Errorf("start the session: %w", err)
	}
	if stopped > 0 {
		if err := b.stopInTheMiddle(t, whole, stopped); err != nil {
			return none, err
		}
	}
	done, err := t.await(from, whole+patience, wordDone)
	return pastSession{done.Sub(pressed), t.bytes() - before}, err
}

func (b *bench) stopInTheMiddle(t *terminal, whole, stopped time.Duration) error {
	if err := b.sleep(whole / 2); err != nil {
		return err
	}
	return t.stop(b, stopped)
}
