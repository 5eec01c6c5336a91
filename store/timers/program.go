package timers

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"lull/routine/say"
)

// program is where lull lies, by the name that outlives an update: that of the
// search path, if it leads to this very program.
func (h *Host) program() (string, error) {
	if h.Command.Program != "" {
		return h.Command.Program, nil
	}
	own, err := os.Executable()
	if err != nil {
		return "", say.Error("find lull's own program: %w", err)
	}
	if strings.Contains(filepath.ToSlash(own), "/go-build") {
		return "", say.Error("this lull is a temporary one, as `go run` makes, and will be gone when the time comes; " +
			"`go install .` puts one where it stays, then: lull remind install")
	}
	if found, err := exec.LookPath("lull"); err == nil && same(found, own) {
		if whole, err := filepath.Abs(found); err == nil {
			return whole, nil
		}
	}
	return own, nil
}

func same(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}

// failure is a program that failed, with what it had to say.
type failure struct {
	name, said string
	err        error
}

func (f failure) Error() string {
	if f.said == "" {
		return fmt.Sprintf("%s: %v", f.name, f.err)
	}
	return f.name + ": " + f.said
}

func (f failure) Unwrap() error { return f.err }

// run runs a program of the search path, for a moment at most, and gives what it
// printed.
func run(ctx context.Context, c Call) (string, error) {
	ctx, done := context.WithTimeout(ctx, quick)
	defer done()
	cmd := exec.CommandContext(ctx, c.Name, c.Args...)
	cmd.WaitDelay = time.Second // what it started itself may hold the output open
	cmd.Stdin = strings.NewReader(c.Input)
	cmd.Env = append(cmd.Environ(), c.Env...)
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	err := cmd.Run()
	switch {
	case ctx.Err() != nil:
		return "", failure{c.Name, "", ctx.Err()}
	case errors.Is(err, exec.ErrNotFound):
		return "", failure{c.Name, say.Text("there is no such program"), err}
	case err != nil:
		return out.String(), failure{c.Name, strings.Join(strings.Fields(said.String()), " "), err}
	}
	return out.String(), nil
}
