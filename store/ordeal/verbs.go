//go:build linux

package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"lull/routine/journal"
)

// stage is where the real verbs are recorded, one after the other. What each of
// them recorded is read from a copy of the folder afterwards.
type stage struct {
	t       *trial
	root    string
	d       *disk
	damaged bool
}

// verbScenes are what the real program does.
var verbScenes = []scene{
	{name: "the verbs", perform: func(ctx context.Context, s *stage) error {
		out, shared := filepath.Join(s.root, "out", "x.db"), filepath.Join(s.root, "shared")
		longOver := now().AddDate(0, 0, -4).Format(time.DateOnly) // else it depends on the hour whether the cramp was in that night
		return s.verbs(ctx, "drink", "cramp --side left --pain 6", "tick covers", "mark alcohol", "log undo", "backup "+out, "drink",
			"sync "+shared, "cramp --ago 20m", "restore --lose-newer "+out, "quiet --night "+longOver, "sync "+shared, "drink", "backup --force "+out,
			"restore --keep-newer "+out, "check --repair", "drink")
	}},
	{name: "the verbs and a damaged file", damaged: true, prepare: spoiledDatabase, perform: func(ctx context.Context, s *stage) error {
		s.damaged = true
		return s.verbs(ctx, "cramp", "cramp --side right", "check --repair", "drink", "cramp")
	}},
}

func (s *stage) verbs(ctx context.Context, lines ...string) error {
	for _, line := range lines {
		if err := s.verb(ctx, strings.Fields(line)...); err != nil {
			return fmt.Errorf("lull %s: %w", line, err)
		}
	}
	return nil
}

// verb records one verb, and puts what was owed before and after it around it.
func (s *stage) verb(ctx context.Context, args ...string) error {
	before, err := s.facts()
	if err != nil {
		return err
	}
	c := exec.CommandContext(ctx, s.t.lull, args...)
	c.Env = append(os.Environ(), "LULL_HOME="+filepath.Join(s.root, mainHome))
	var said strings.Builder
	c.Stderr = &said
	start := len(s.d.ops)
	if err := straced(ctx, c, filepath.Join(s.t.dir, "trace"), s.d.recorder(s.root, func(string) error { return nil }).take); err != nil {
		return fmt.Errorf("%w: %s", err, &said)
	}
	after, err := s.facts()
	if err != nil {
		return err
	}
	ahead := []op{{kind: opSay, line: mainHome + " note open"}}
	for id, line := range after {
		if _, old := before[id]; !old {
			ahead = append(ahead, op{kind: opSay, line: mainHome + " try " + line})
			s.d.say(mainHome + " kept " + id.String())
		}
	}
	for id := range before {
		if _, still := after[id]; !still {
			ahead = append(ahead, op{kind: opSay, line: mainHome + " losing " + id.String()})
			s.d.say(mainHome + " gone " + id.String())
		}
	}
	s.d.ops = slices.Insert(s.d.ops, start, ahead...)
	return nil
}

func (s *stage) facts() (map[journal.ID]string, error) {
	there := filepath.Join(s.t.dir, "now")
	defer os.RemoveAll(there)
	home := filepath.Join(s.root, mainHome)
	if _, err := os.Stat(home); err != nil {
		return nil, nil
	}
	if err := copyFolder(there, home); err != nil {
		return nil, err
	}
	return factsOf(there, s.damaged)
}
