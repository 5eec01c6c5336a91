//go:build linux

package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"lull/routine/journal"
	"lull/ui/bench/years"
)

// seed of the made-up histories.
const seed = 1

// probe measures one figure once, in the unit of its row.
type probe func(*bench) (float64, error)

// bench is one run: the programs and the homes that it has built so far.
type bench struct {
	ctx    context.Context
	folder string
	notes  io.Writer    // what is being done, for whoever waits
	last   journal.Date // the last night of every history
	window time.Duration
	built  map[string]string  // programs by name
	homes  map[homeKey]string // LULL_HOME folders by years

	sessions map[string]pastSession // the last one of each routine
}

func newBench(ctx context.Context, folder string, notes io.Writer, last journal.Date) *bench {
	return &bench{
		ctx: ctx, folder: folder, notes: notes, last: last,
		built: map[string]string{}, homes: map[homeKey]string{}, sessions: map[string]pastSession{},
	}
}

func (b *bench) note(format string, args ...any) { fmt.Fprintf(b.notes, format+"\n", args...) }

// program returns the path of lull itself or of a floor, built as lull is
// released.
func (b *bench) program(name string) (string, error) {
	if path, done := b.built[name]; done {
		return path, nil
	}
	source := "lull/ui/bench/floors/" + name
	if name == "lull" {
		source = "lull"
	}
	b.note("building %s", name)
	path := filepath.Join(b.folder, name)
	cmd := exec.CommandContext(b.ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", path, source)
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build %s: %w: %s", source, err, firstLine(out))
	}
	b.built[name] = path
	return path, nil
}

// command is a program about to start in an environment that does not depend
// on whose machine it is.
func (b *bench) command(name string, args ...string) (*exec.Cmd, error) {
	path, err := b.program(name)
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(b.ctx, path, args...)
	cmd.Env = append(plainEnviron(os.Environ()), "TERM=xterm-256color", "LANG=C.UTF-8")
	return cmd, nil
}

// lull is the app about to start in a home.
func (b *bench) lull(home string, args ...string) (*exec.Cmd, error) {
	cmd, err := b.command("lull", args...)
	if err != nil {
		return nil, err
	}
	cmd.Env = append(cmd.Env, "LULL_HOME="+home)
	return cmd, nil
}

// colourful is the app in a terminal that shows 24-bit colours.
func (b *bench) colourful(home string, args ...string) (*exec.Cmd, error) {
	cmd, err := b.lull(home, args...)
	if err == nil {
		cmd.Env = append(cmd.Env, "COLORTERM=truecolor")
	}
	return cmd, err
}

// personal are the variables that would make one person's figures differ from
// another's.
var personal = []string{
	"LULL_", "LANG", "LC_", "NO_COLOR", "COLOR", "CLICOLOR", "TERM", "TMUX", "STY", "SSH_",
	"GODEBUG", "GOGC", "GOMAXPROCS", "GOMEMLIMIT",
}

func plainEnviron(environ []string) []string {
	return slices.DeleteFunc(slices.Clone(environ), func(v string) bool {
		return slices.ContainsFunc(personal, func(name string) bool { return strings.HasPrefix(v, name) })
	})
}

// homeKey tells homes apart that are made once: what they are for, and how many
// years of facts they hold.
type homeKey struct {
	use   string
	years int
}

// home returns a LULL_HOME with so many years of facts in it, the same one
// each time.
func (b *bench) home(n int) (string, error) { return b.homeFor("", n) }

// homeFor is home for a probe that leaves traces which others must not see.
func (b *bench) homeFor(use string, n int) (string, error) {
	key := homeKey{use, n}
	if home, done := b.homes[key]; done {
		return home, nil
	}
	home, err := b.newHome(n)
	if err == nil {
		b.homes[key] = home
	}
	return home, err
}

// newHome makes a LULL_HOME of its own, for a probe that leaves traces.
func (b *bench) newHome(n int) (string, error) {
	home, err := os.MkdirTemp(b.folder, fmt.Sprintf("home-%dy-", n))
	if err != nil {
		return "", err
	}
	lines := home + ".jsonl"
	facts, err := b.writeHistory(lines, n)
	if err != nil {
		return "", err
	}
	defer os.Remove(lines)
	cmd, err := b.lull(home, "import", lines)
	if err != nil {
		return "", err
	}
	start := now()
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("import %d years: %w: %s", n, err, firstLine(out))
	}
	unix.Sync() // what is still on its way to the disk must not slow down what comes next
	if n > 0 {
		b.note("imported %d facts of %s in %.1f s", facts, yearsWords(n), now().Sub(start).Seconds())
	}
	return home, nil
}

func (b *bench) writeHistory(path string, n int) (facts int, err error) {
	f, err := os.Create(path)
	if err != nil {
		return 0, err
	}
	w := bufio.NewWriter(f)
	facts, err = years.Write(w, years.History(seed, b.last, n*years.DaysAYear))
	return facts, errors.Join(err, w.Flush(), f.Close())
}

// sleep waits, unless the run is called off.
func (b *bench) sleep(d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-b.ctx.Done():
		return b.ctx.Err()
	}
}

// firstLine is the first line of a complaint that says something; the go
// command begins with the names of packages.
func firstLine(text []byte) string {
	for line := range bytes.Lines(text) {
		if line = bytes.TrimSpace(line); len(line) > 0 && line[0] != '#' {
			return string(line)
		}
	}
	return ""
}
