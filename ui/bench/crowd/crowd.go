//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"time"
)

// crowd is what was seen of one run.
type crowd struct {
	bare     []time.Duration // what the disk takes for an append and a sync, with nobody else of the crowd
	writers  []*writer
	windows  []*window
	problems []string
}

// crowd opens the windows, lets everybody at the journal at once, and looks at
// what the windows show in the end.
func (l lull) crowd(ctx context.Context, o options) (*crowd, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // ends whatever is still up
	bare, err := appends(l.home)
	if err != nil {
		return nil, err
	}
	c := &crowd{bare: bare}
	for range o.windows {
		w, err := l.open(ctx)
		if err != nil {
			return nil, err
		}
		c.windows = append(c.windows, w)
	}
	until := now().Add(o.lasts)
	var all sync.WaitGroup
	failures := make([]error, len(c.windows))
	for i, w := range c.windows {
		all.Go(func() { failures[i] = w.use(ctx, until) })
	}
	for i := range o.writers {
		w := &writer{lull: l, name: i + 1}
		c.writers = append(c.writers, w)
		all.Go(func() { w.write(ctx, until) })
	}
	all.Wait()
	if err := errors.Join(failures...); err != nil {
		return nil, err
	}
	return c, l.end(ctx, c)
}

// end goes back to Tonight in every window, compares what it shows with what the
// file has, and leaves.
func (l lull) end(ctx context.Context, c *crowd) error {
	for _, w := range c.windows {
		if _, err := w.pty.WriteString("?x31"); err != nil { // whatever is up
			return err
		}
	}
	time.Sleep(settle)
	for i, w := range c.windows {
		got, done, err := w.shows(ctx, l)
		if err != nil {
			return err
		}
		if got != done {
			c.problems = append(c.problems, fmt.Sprintf("window %d shows %d glasses in the end, the file has %d", i+1, got, done))
		}
		if err := w.leave(); err != nil {
			return err
		}
	}
	return nil
}

// settle is longer than the second between two looks at the file, and longer
// than a window writes what it was told.
const settle = 3 * time.Second

// waits are the times of all calls, and of all keys.
func (c *crowd) waits() (verbs, keys []time.Duration) {
	for _, w := range c.writers {
		for _, s := range w.said {
			verbs = append(verbs, s.took)
		}
	}
	for _, w := range c.windows {
		keys = append(keys, w.waits...)
	}
	return verbs, keys
}

// times are those of the calls of one kind.
func (c *crowd) times(of act) (took []time.Duration) {
	for _, w := range c.writers {
		for _, s := range w.said {
			if s.act == of {
				took = append(took, s.took)
			}
		}
	}
	return took
}

func (c *crowd) report(out io.Writer, facts int) {
	verbs, keys := c.waits()
	refused := 0
	for _, w := range c.writers {
		for _, s := range w.said {
			if s.busy {
				refused++
			}
		}
	}
	fmt.Fprintf(out, "%d processes, %d windows: %d calls, %d of them refused as the file was busy for two seconds, %d keys; %d lines in the journal\n",
		len(c.writers), len(c.windows), len(verbs), refused, len(keys), facts)
	tell(out, "a bare append and its sync, before", c.bare)
	tell(out, "a verb, from start to end", verbs)
	for _, a := range []act{ticked, unticked, cramped, removed} {
		tell(out, "  of those that "+string(a), c.times(a))
	}
	tell(out, "a key to its screen", keys)
}

func tell(out io.Writer, what string, waits []time.Duration) {
	if len(waits) == 0 {
		return
	}
	slices.Sort(waits)
	at := func(per1000 int) time.Duration { return waits[(len(waits)-1)*per1000/1000].Round(time.Millisecond) }
	fmt.Fprintf(out, "%s: median %v, p99 %v, worst %v\n", what, at(500), at(990), at(1000))
}

// appends times what everybody's wait is made of: the write of one line, and its
// way to the disk. A verb does three such, one after the other, while the others
// wait for it.
func appends(folder string) (took []time.Duration, err error) {
	f, err := os.CreateTemp(folder, "bare")
	if err != nil {
		return nil, err
	}
	defer os.Remove(f.Name())
	defer f.Close()
	for until := now().Add(time.Second); now().Before(until); {
		start := now()
		if _, err := f.WriteString(strings.Repeat("x", 150) + "\n"); err != nil {
			return nil, err
		}
		if err := f.Sync(); err != nil {
			return nil, err
		}
		took = append(took, now().Sub(start))
	}
	return took, nil
}
