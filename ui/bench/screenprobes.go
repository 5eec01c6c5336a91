//go:build linux

package main

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// firstFrame times a scene from the start of its process to its first word, in
// seconds.
func firstFrame(s scene, m manner) probe {
	return func(b *bench) (float64, error) {
		t, painted, err := s.open(b, m)
		if err != nil {
			return 0, err
		}
		t.close()
		return painted.Sub(t.started).Seconds(), nil
	}
}

// cpuSpan is the length of time that CPU is told for, however long was watched.
const cpuSpan = 20 * time.Second

// cpu is what a scene at rest uses, in CPU seconds for every 20 s.
func cpu(s scene) probe {
	return watch(s, func(t *terminal) (float64, error) {
		used, err := cpuTime(t.cmd.Process.Pid)
		return used.Seconds() * cpuSpan.Seconds(), err
	})
}

// traffic is what a scene at rest writes to the terminal, in bytes a second.
func traffic(s scene) probe {
	return watch(s, func(t *terminal) (float64, error) { return float64(t.bytes()), nil })
}

// watch is how fast a count grows in a scene at rest, for each second.
func watch(s scene, count func(*terminal) (float64, error)) probe {
	return func(b *bench) (float64, error) {
		t, err := s.visit(b, calm)
		if err != nil {
			return 0, err
		}
		defer t.close()
		before, err := count(t)
		if err != nil {
			return 0, err
		}
		start := now()
		if err := b.sleep(b.window); err != nil {
			return 0, err
		}
		after, err := count(t)
		return (after - before) / now().Sub(start).Seconds(), err
	}
}

// memory is the most that a scene ever had resident, in bytes.
func memory(s scene) probe {
	return func(b *bench) (float64, error) {
		t, err := s.visit(b, calm)
		if err != nil {
			return 0, err
		}
		defer t.close()
		return peakMemory(t.cmd.Process.Pid)
	}
}

// keyPress times the tick key on the checklist, from the press to the tick on
// the screen, in seconds. The app paints a tick once it is on the disk. A tick
// that does not count goes first.
func keyPress(n int) probe {
	return func(b *bench) (float64, error) {
		t, err := checklist(n).visit(b, 0)
		if err != nil {
			return 0, err
		}
		defer t.leave(patience)
		var took time.Duration
		for range 2 {
			if err := b.sleep(settled + anyMoment()); err != nil {
				return 0, err
			}
			if took, err = t.tick(); err != nil {
				return 0, err
			}
		}
		return took.Seconds(), nil
	}
}

// showing times keys on Tonight, from the press to a word on the screen, in
// seconds.
func showing(n int, keys, word string) probe {
	return func(b *bench) (float64, error) {
		t, err := tonight(n).visit(b, 0)
		if err != nil {
			return 0, err
		}
		defer t.leave(patience)
		if err := b.sleep(settled + anyMoment()); err != nil {
			return 0, err
		}
		from := t.mark()
		pressed, err := t.press(keys)
		if err != nil {
			return 0, fmt.Errorf("press %q: %w", keys, err)
		}
		painted, err := t.await(from, patience, word)
		return painted.Sub(pressed).Seconds(), err
	}
}

// anyMoment is a wait that a renderer's beat has no part in: a key pressed a
// fixed time after a frame would always meet the next one at the same distance.
func anyMoment() time.Duration { return rand.N(100 * time.Millisecond) }

func (t *terminal) tick() (time.Duration, error) {
	from := t.mark()
	pressed, err := t.press(keyTick)
	if err != nil {
		return 0, fmt.Errorf("press the tick key: %w", err)
	}
	painted, err := t.await(from, patience, glyphTicked, glyphOpen)
	return painted.Sub(pressed), err
}
