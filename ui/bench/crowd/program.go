//go:build linux

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

func now() time.Time { return time.Now() }

// build makes lull as it is released.
func build(ctx context.Context, folder string) (string, error) {
	path := filepath.Join(folder, "lull")
	out, err := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", path, "lull").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build lull: %w: %s", err, bytes.TrimSpace(out))
	}
	return path, nil
}

// lull is the program, the one home that all of the crowd shares, and the zone it
// lives in.
type lull struct{ path, home, zone string }

func (l lull) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, l.path, args...)
	cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool {
		return strings.HasPrefix(v, "LULL_") || strings.HasPrefix(v, "LC_") || strings.HasPrefix(v, "NO_COLOR")
	})
	cmd.Env = append(cmd.Env, "LULL_HOME="+l.home, "TERM=xterm-256color", "LANG=C.UTF-8", "TZ="+l.zone)
	return cmd
}

// evening is a zone in which it is between eight and nine in the evening: the
// crowd does the same at any hour, and no morning asks its windows for the cramps
// of a night that is over.
func evening(at time.Time) string {
	east := 20 - at.UTC().Hour()
	if east > 12 {
		east -= 24
	}
	return fmt.Sprintf("Etc/GMT%+d", -east)
}

// begin makes the home: one where the first card was read.
func (l lull) begin(ctx context.Context) error {
	cmd := l.command(ctx, "import", "-")
	cmd.Stdin = strings.NewReader(`{"lull":1,"id":"01a00000-0000-7000-8000-000000000001","at":"2026-08-01T12:00:00Z","night":"2026-07-31","day":"2026-08-01","kind":"seen","card":"first-run"}` + "\n")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("make a home: %w: %s", err, out)
	}
	return nil
}

// fact is what the crowd looks at in a line of `lull export`.
type fact struct {
	ID   string `json:"id"`
	Kind string `json:"kind"`
	Item string `json:"item"`
	Day  string `json:"day"`
	Note string `json:"note"`
	Of   string `json:"of"`
}

// facts are all lines of the journal, as `lull export` gives them.
func (l lull) facts(ctx context.Context) ([]fact, error) {
	out, err := l.command(ctx, "export").Output()
	if err != nil {
		return nil, fmt.Errorf("export: %w", err)
	}
	var all []fact
	for line := range bytes.Lines(out) {
		var f fact
		if err := json.Unmarshal(line, &f); err != nil {
			return nil, fmt.Errorf("export: %w: %s", err, line)
		}
		all = append(all, f)
	}
	return all, nil
}

// water is how many glasses `lull tonight` counts.
func (l lull) water(ctx context.Context) (done int, err error) {
	var t struct {
		Checklist struct{ Water struct{ Done int } }
	}
	out, err := l.command(ctx, "tonight", "--json").Output()
	if err == nil {
		err = json.Unmarshal(out, &t)
	}
	return t.Checklist.Water.Done, err
}
