//go:build linux

// Ordeal puts lull's folder through what disks, power cuts and kills do to it,
// and says whether anything that was acknowledged was lost.
//
//	go run ./store/ordeal                    # everything, in its long form: hours, most of them the sweep
//	go run ./store/ordeal -only 'kill|power' # some ordeals
//	go run ./store/ordeal -short             # the short form of each, as in `go test ./store/...`
//	go run ./store/ordeal -list              # their names
//
// It prints a table, and ends with 1 if any promise of docs/RELIABILITY.md was
// broken. It builds lull and works in a temporary folder, never in yours. What
// needs strace, or a file system of its own, says so where that is missing.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

func main() {
	play()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, unix.SIGTERM)
	defer stop()
	err := run(ctx, os.Args[1:], os.Stdout)
	if errors.Is(err, flag.ErrHelp) {
		return
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "ordeal:", err)
		os.Exit(1)
	}
}

// trial is one run of the program: where it works and how long it goes on.
type trial struct {
	dir    string         // on a disk
	fast   string         // in memory, where there is such a place
	lull   string         // the real program
	rounds int            // of kills
	states int            // random power cuts at each point of a recording
	each   int            // only every so many-th state, fault or damage
	scene  *regexp.Regexp // of those that are recorded; nil: all
	seed   uint64
	log    io.Writer
	// patience is how long a verb may take on a damaged file before it is counted.
	patience time.Duration
}

func (t *trial) rand() *rand.Rand { return rand.New(rand.NewPCG(t.seed, 42)) }

func (t *trial) say(format string, args ...any) { fmt.Fprintf(t.log, format+"\n", args...) }

// row is a line of the table.
type row struct {
	name   string
	counts []count
	// broken are the promises that were not kept, in sentences.
	broken []string
	// skipped says what is missing on this machine for it to run.
	skipped string
}

type count struct {
	n    int
	what string
}

func (r *row) add(n int, what string) {
	for i := range r.counts {
		if r.counts[i].what == what {
			r.counts[i].n += n
			return
		}
	}
	r.counts = append(r.counts, count{n, what})
}

func (r *row) get(what string) int {
	for _, c := range r.counts {
		if c.what == what {
			return c.n
		}
	}
	return 0
}

// longest is how much is told of one broken promise.
const longest = 600 // bytes

func (r *row) broke(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if len(text) > longest {
		text = text[:longest] + " ..."
	}
	r.broken = append(r.broken, strings.ReplaceAll(text, "\n", " "))
}

func (r *row) words() string {
	if r.skipped != "" {
		return "not run: " + r.skipped
	}
	var parts []string
	for _, c := range r.counts {
		parts = append(parts, fmt.Sprintf("%d %s", c.n, c.what))
	}
	return strings.Join(parts, ", ")
}

// ordeals are what there is to go through.
var ordeals = []struct {
	name, about string
	run         func(context.Context, *trial) []row
}{
	{"kill", "SIGKILL at random moments, four writers and the verbs beside them", kills},
	{"power", "every crash state of everything that was written, by record and replay", power},
	{"fault", "system calls that fail: no room, a disk that fails, an end", faults},
	{"full", "a file system that is full, at every size", fulls},
	{"damage", "damaged files and the real commands", damages},
	{"sweep", "every truncation and a bit of every byte, through the store", sweeps},
}

// shortly is the short form of a trial.
func shortly(t *trial) {
	t.rounds, t.states, t.each = min(t.rounds, 6), min(t.states, 1), max(t.each, 60)
}

func run(ctx context.Context, args []string, out io.Writer) error {
	t := &trial{log: os.Stderr}
	flags := flag.NewFlagSet("ordeal", flag.ContinueOnError)
	scene := flags.String("scene", "", "of the power cuts, only recordings whose name matches this expression")
	only := flags.String("only", "", "ordeals whose name matches this expression")
	list := flags.Bool("list", false, "list the ordeals")
	short := flags.Bool("short", false, "the short form of each")
	flags.StringVar(&t.lull, "lull", "", "the lull to try, instead of building one")
	flags.StringVar(&t.dir, "dir", "", "a folder on the disk to work in, instead of a temporary one")
	flags.IntVar(&t.rounds, "rounds", 2000, "rounds of kills")
	flags.IntVar(&t.states, "states", 6, "random power cuts at each point of a recording, beside the exhaustive ones")
	flags.IntVar(&t.each, "each", 1, "take only every so many-th state, fault and damage")
	flags.DurationVar(&t.patience, "patience", 2*time.Second, "how long a verb may take on a damaged file before it counts as slow; fifteen times that is a hang")
	flags.Uint64Var(&t.seed, "seed", 1, "where chance begins; it does not decide when a kill comes")
	if err := flags.Parse(args); err != nil {
		return err
	}
	pattern, err := regexp.Compile(*only)
	if err != nil {
		return fmt.Errorf("-only: %w", err)
	}
	if t.scene, err = regexp.Compile(*scene); err != nil {
		return fmt.Errorf("-scene: %w", err)
	}
	if *list {
		for _, o := range ordeals {
			fmt.Fprintf(out, "%-8s %s\n", o.name, o.about)
		}
		return nil
	}
	if t.each < 1 || t.rounds < 1 || t.states < 0 {
		return errors.New("-each and -rounds are at least 1, -states is not negative")
	}
	if *short {
		shortly(t)
	}
	clear, err := t.prepare(ctx)
	if err != nil {
		return err
	}
	defer clear()
	return t.all(ctx, pattern, out)
}

// all goes through the ordeals and prints the table.
func (t *trial) all(ctx context.Context, pattern *regexp.Regexp, out io.Writer) error {
	broken := 0
	for _, o := range ordeals {
		if !pattern.MatchString(o.name) || ctx.Err() != nil {
			continue
		}
		t.say("%s: %s", o.name, o.about)
		for _, r := range o.run(ctx, t) {
			verdict := "kept"
			if n := len(r.broken); n > 0 {
				verdict = fmt.Sprintf("BROKEN %d times", n)
			} else if r.skipped != "" {
				verdict = "-"
			}
			fmt.Fprintf(out, "%-34s %-8s %s\n", r.name, verdict, r.words())
			for _, b := range r.broken[:min(len(r.broken), 10)] {
				fmt.Fprintf(out, "    %s\n", b)
			}
			broken += len(r.broken)
		}
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("not all of it was run: %w", err)
	}
	if broken > 0 {
		return fmt.Errorf("%d promises were broken", broken)
	}
	return nil
}

// prepare makes the folders to work in and builds lull.
func (t *trial) prepare(ctx context.Context) (clear func(), err error) {
	if t.dir, err = os.MkdirTemp(t.dir, "lull-ordeal-"); err != nil {
		return nil, err
	}
	made := []string{t.dir}
	clear = func() {
		for _, dir := range made {
			_ = os.RemoveAll(dir)
		}
	}
	if t.dir, err = filepath.EvalSymlinks(t.dir); err != nil {
		clear()
		return nil, err
	}
	if t.fast, err = os.MkdirTemp("/dev/shm", "lull-ordeal-"); err != nil {
		t.fast = t.dir
	} else {
		made = append(made, t.fast)
	}
	if t.lull == "" {
		t.lull = filepath.Join(t.dir, "lull-itself")
		if text, err := exec.CommandContext(ctx, "go", "build", "-o", t.lull, "lull").CombinedOutput(); err != nil {
			clear()
			return nil, fmt.Errorf("build lull: %w: %s", err, text)
		}
	}
	t.lull, err = filepath.Abs(t.lull)
	return clear, err
}

// pick leaves every each-th of what there is.
func pick[T any](all []T, each int) []T {
	if each <= 1 {
		return all
	}
	var some []T
	for i := each / 2; i < len(all); i += each {
		some = append(some, all[i])
	}
	if len(some) == 0 {
		return slices.Clone(all[:min(1, len(all))])
	}
	return some
}
