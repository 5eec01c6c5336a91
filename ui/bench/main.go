//go:build linux

// Bench measures how fast lull is, against floors that it builds itself.
//
//	go run ./ui/bench                      # every row, about a quarter of an hour
//	go run ./ui/bench -quick               # fewer runs, no row that takes minutes
//	go run ./ui/bench -only 'tonight|key'  # some rows
//	go run ./ui/bench -list                # their names
//
// It prints a table in Markdown. Every row sets two figures of the same run
// side by side: lull's, and that of a floor, which is the least program that
// could do the job (see floors/). The two are measured in turn, A B A B, after
// one pair that does not count. The columns are the medians of both, the
// median of the pairs' ratios with the least and the greatest, and the goal.
// Only ratios mean anything on another machine, and only on an idle one.
//
// The histories of 1, 10 and 100 years come from package years, through
// `lull import`. Everything is written to a temporary folder that is removed
// at the end; no file of yours is read or changed.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"lull/routine/journal"
)

type options struct {
	quick, long, list bool
	only              string
	years             string
	runs              int
	json              string
	date              string
	folder            string
	lull              string
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, unix.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// now is the one place where the clock is read.
func now() time.Time { return time.Now() }

func parse(args []string, stderr io.Writer) (options, error) {
	var o options
	f := flag.NewFlagSet("bench", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.BoolVar(&o.quick, "quick", false, "fewer runs, and no row that takes minutes")
	f.BoolVar(&o.long, "long", false, "time the routine of a quarter of an hour instead of the short one")
	f.BoolVar(&o.list, "list", false, "print the names of the rows and stop")
	f.StringVar(&o.only, "only", "", "measure only the rows whose name matches this `regexp`")
	f.StringVar(&o.years, "years", "0,1,10,100", "the lengths of history to measure, in `years`")
	f.IntVar(&o.runs, "runs", 0, "how `many` pairs of process starts a row takes (41, or 11 with -quick)")
	f.StringVar(&o.json, "json", "", "write the results and every single figure to this `file`")
	f.StringVar(&o.date, "date", "", "the `date` to print (today)")
	f.StringVar(&o.folder, "folder", "", "the `folder` to work in, on a disk and not in memory (the system's temporary one)")
	f.StringVar(&o.lull, "lull", "", "measure this `program` instead of building lull from this checkout")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	if o.date == "" {
		o.date = now().Format(time.DateOnly)
	}
	return o, nil
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	o, err := parse(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err != nil {
		return err
	}
	chosen, err := choose(o)
	if err != nil {
		return err
	}
	if o.list {
		return list(stdout, chosen)
	}
	folder, err := os.MkdirTemp(o.folder, "lull-floors-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	b := newBench(ctx, folder, stderr, journal.DefaultCalendar.Night(now())-1)
	if o.lull != "" {
		b.built["lull"] = o.lull
	}
	rep := report{Machine: describe(folder, o.date)}
	if err := rep.measure(b, chosen, paceOf(o), stdout); err != nil {
		return err
	}
	if o.json != "" {
		if err := rep.writeJSON(o.json); err != nil {
			return err
		}
	}
	return rep.verdict()
}

// choose is the rows that the options ask for.
func choose(o options) ([]row, error) {
	pattern, err := regexp.Compile(o.only)
	if err != nil {
		return nil, fmt.Errorf("-only %s: %w", o.only, err)
	}
	spans, err := parseYears(o.years)
	if err != nil {
		return nil, err
	}
	var out []row
	for _, r := range rows(spans, o.long) {
		if pattern.MatchString(r.ID) {
			out = append(out, r)
		}
	}
	return out, nil
}

func parseYears(text string) ([]int, error) {
	var out []int
	for word := range strings.SplitSeq(text, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(word))
		if err != nil || n < 0 || n > 100 {
			return nil, fmt.Errorf("-years %s: %q is not a number from 0 to 100", text, word)
		}
		out = append(out, n)
	}
	return out, nil
}

func list(w io.Writer, rows []row) error {
	for _, r := range rows {
		if _, err := fmt.Fprintf(w, "%-16s %s\n", r.ID, r.What); err != nil {
			return err
		}
	}
	return nil
}
