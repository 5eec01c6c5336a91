//go:build linux

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// scene is a program in a terminal, and the place in it where something is
// measured.
type scene struct {
	start func(*bench) (*exec.Cmd, error)
	word  string                // the first word that it paints
	enter func(*terminal) error // the way from there; nil for staying
}

// open starts the scene and waits until its word is painted.
func (s scene) open(b *bench, m manner) (t *terminal, painted time.Time, err error) {
	cmd, err := s.start(b)
	if err != nil {
		return nil, painted, err
	}
	if t, err = open(cmd, m); err != nil {
		return nil, painted, err
	}
	if painted, err = t.await(0, patience, s.word); err != nil {
		t.close()
		return nil, painted, err
	}
	return t, painted, nil
}

// visit opens the scene, goes to its place and comes to rest there.
func (s scene) visit(b *bench, rest time.Duration) (*terminal, error) {
	t, _, err := s.open(b, answering)
	if err != nil {
		return nil, err
	}
	if err = b.sleep(settled); err == nil && s.enter != nil {
		err = s.enter(t)
	}
	if err == nil {
		err = b.sleep(rest)
	}
	if err != nil {
		t.close()
		return nil, err
	}
	return t, nil
}

// emptyProgram is the least Bubble Tea program.
var emptyProgram = scene{start: floorCommand("empty"), word: wordFloor}

// changingLine is the same with one line that changes so often.
func changingLine(every string) scene {
	return scene{start: floorCommand("line", every), word: wordFloor}
}

func floorCommand(name string, args ...string) func(*bench) (*exec.Cmd, error) {
	return func(b *bench) (*exec.Cmd, error) { return b.command(name, args...) }
}

// tonight is the app as it opens, with a history of so many years.
func tonight(n int) scene {
	return scene{word: wordTonight, start: func(b *bench) (*exec.Cmd, error) {
		home, err := b.home(n)
		if err != nil {
			return nil, err
		}
		return b.lull(home)
	}}
}

// crampNow is first aid as `lull now` opens it, with a history of so many years.
// Each time leaves a cramp.
func crampNow(n int) scene {
	return scene{word: wordCramp, start: func(b *bench) (*exec.Cmd, error) {
		home, err := b.homeFor("cramps", n)
		if err != nil {
			return nil, err
		}
		return b.lull(home, "now")
	}}
}

// checklist is the app on its checklist, the cursor on the first item.
func checklist(n int) scene {
	s := tonight(n)
	s.enter = typing(keyChecklist, wordChecklist)
	return s
}

// longHold is a session within one long hold of a stretch, in a home of its own
// with these settings, the app started by open.
func longHold(stretch, config string, open appStart, enter func(*terminal) error) scene {
	return scene{word: wordReady, enter: enter, start: func(b *bench) (*exec.Cmd, error) {
		home, err := b.newHome(0)
		if err != nil {
			return nil, err
		}
		err = writeFiles(home, map[string]string{
			filepath.Join("routines", holdRoutine+".toml"): fmt.Sprintf(holdRoutineFile, stretch),
			"config.toml": config,
		})
		if err != nil {
			return nil, err
		}
		return open(b, home, "start", holdRoutine)
	}}
}

type appStart func(b *bench, home string, args ...string) (*exec.Cmd, error)

// The holds that are measured: nothing moves, the muscle's glow does, and all of
// the leg does. What moves is drawn in 24-bit colours: nothing costs more.
var (
	stillHold   = longHold("wall-calf", stillConfig, (*bench).lull, beginHold)
	glowingHold = longHold("wall-calf", "", (*bench).colourful, beginHold)
	movingHold  = longHold("ankle-pumps", "", (*bench).colourful, beginLarge)
)

// beginLarge makes room for a figure of 40x20 first.
func beginLarge(t *terminal) error {
	if err := t.resize(figureRoom); err != nil {
		return err
	}
	time.Sleep(settled)
	return beginCount(t, wordMove)
}

// beginHold starts the session and sees that its count goes down.
func beginHold(t *terminal) error { return beginCount(t, wordHold) }

func beginCount(t *terminal, word string) error {
	if err := typing(keyGo, word)(t); err != nil {
		return err
	}
	time.Sleep(settled)
	if _, err := t.await(t.mark(), patience, wordAny); err != nil {
		return fmt.Errorf("the count stands still: %w", err)
	}
	return nil
}

// readyToStart is the page before a session, in a home of its own.
func readyToStart(routine string) scene {
	return scene{word: wordReady, start: func(b *bench) (*exec.Cmd, error) {
		home, err := b.newHome(0)
		if err != nil {
			return nil, err
		}
		return b.colourful(home, "start", routine)
	}}
}

// typing presses keys and waits for a word.
func typing(keys, word string) func(*terminal) error {
	return func(t *terminal) error {
		from := t.mark()
		if _, err := t.press(keys); err != nil {
			return fmt.Errorf("press %q: %w", keys, err)
		}
		_, err := t.await(from, patience, word)
		return err
	}
}

func writeFiles(folder string, files map[string]string) error {
	for name, text := range files {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			return err
		}
	}
	return nil
}
