//go:build linux

// Crowd lets many processes of lull write one journal at once, beside open
// windows, and says what became of every fact that was acknowledged.
//
//	go run ./ui/bench/crowd                 # sixteen processes, two windows, a minute
//	go run ./ui/bench/crowd -for 3s -n 4    # a short one
//
// It ends with status 1 if an acknowledged fact is lost or there twice, if two
// processes were told that they ticked the same glass, if something else is in
// the file than was asked for, or if a window does not end with what the file
// has. A verb that ends because the file is busy has acknowledged nothing, and is
// counted. How long anybody waited is told and judges nothing: it depends on the
// machine. Nothing of yours is read or changed.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"
)

type options struct {
	writers, windows int
	lasts            time.Duration
	folder, lull     string
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, unix.SIGTERM)
	defer stop()
	var o options
	flag.IntVar(&o.writers, "n", 16, "how `many` processes write at once")
	flag.IntVar(&o.windows, "windows", 2, "how `many` windows are open beside them")
	flag.DurationVar(&o.lasts, "for", time.Minute, "how `long` they go on")
	flag.StringVar(&o.folder, "folder", "", "the `folder` to work in, on a disk and not in memory (the system's temporary one)")
	flag.StringVar(&o.lull, "lull", "", "use this `program` instead of building lull from this checkout")
	flag.Parse()
	if flag.NArg() > 0 || o.writers < 1 || o.windows < 0 {
		fmt.Fprintln(os.Stderr, "crowd: it takes flags only, and at least one process; -help lists them")
		os.Exit(2)
	}
	problems, err := run(ctx, os.Stdout, o)
	if err != nil {
		fmt.Fprintln(os.Stderr, "crowd:", err)
		os.Exit(1)
	}
	for _, p := range problems {
		fmt.Println("WRONG:", p)
	}
	if len(problems) > 0 {
		os.Exit(1)
	}
}

// run has the crowd at work and gives what is wrong with what it left.
func run(ctx context.Context, out io.Writer, o options) (problems []string, err error) {
	folder, err := os.MkdirTemp(o.folder, "lull-crowd-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	l := lull{path: o.lull, home: filepath.Join(folder, "home"), zone: evening(now())}
	if l.path == "" {
		if l.path, err = build(ctx, folder); err != nil {
			return nil, err
		}
	}
	if err := l.begin(ctx); err != nil {
		return nil, err
	}
	c, err := l.crowd(ctx, o)
	if err != nil {
		return nil, err
	}
	facts, err := l.facts(ctx)
	if err != nil {
		return nil, err
	}
	c.report(out, len(facts))
	return append(c.problems, judge(c, facts)...), nil
}
