package main

import (
	"os/exec"
	"strings"
	"testing"
	"time"
)

// openDumb runs lull in a session of its own on a terminal that calls itself
// dumb. With a time its wall clock stands still at it.
func (x *terminal) openDumb(name, now string, args ...string) {
	x.t.Helper()
	binary, clock := x.binary, ""
	if now != "" {
		clock = "TZ=UTC LULL_TEST_NOW=" + now + " "
		var err error
		if binary, err = exec.LookPath("lull"); err != nil {
			x.t.Fatal(err)
		}
	}
	command := clock + "TERM=dumb LULL_HOME=" + x.home + " exec " + binary + " " + strings.Join(args, " ")
	x.tmux("new-session", "-d", "-s", name, "-x", "80", "-y", "24", command)
}

// enters types a line.
func (x *terminal) enters(name, line string) {
	x.t.Helper()
	if line != "" {
		x.press(name, "-l", line)
	}
	x.press(name, "Enter")
}

// roll is what was said, with what has scrolled away.
func (x *terminal) roll(name string) string {
	return x.tmux("capture-pane", "-p", "-J", "-S", "-", "-t", name)
}

// unbroken is a text without the ends of its lines: they stand where the window
// has no more room.
func unbroken(text string) string { return strings.Join(strings.Fields(text), " ") }

func (x *terminal) said(name, text string) {
	x.t.Helper()
	for range 400 {
		if strings.Contains(unbroken(x.roll(name)), unbroken(text)) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	x.t.Fatalf("%q was never said in %s:\n%s", text, name, x.roll(name))
}

// The main job, a cramp, the morning's question and the review, by a script that
// reads lines on a dumb terminal: through the real program, with no flag.
func TestAnEveningANightAndTwoMorningsOnADumbTerminal(t *testing.T) {
	t.Parallel()
	x := newTerminal(t)
	x.routine("short", "1s")
	x.openDumb("evening", "2026-11-22T22:31:00Z", "start", "short")
	x.said("evening", "Enter: start, when you are in place.")
	x.enters("evening", "")
	x.said("evening", "Move, both legs, 1 of 2, 1 second.")
	x.said("evening", "Done. Tonight is kept. 2 of 2 seconds held.")
	x.said("evening", "Enter: the list of drinks and bedtime.")
	x.enters("evening", "c")
	x.said("evening", "Written down: ")
	x.enters("evening", "")
	x.said("evening", "It let go after ")
	x.enters("evening", "q")
	x.gone("evening")

	x.openDumb("morning", "2026-11-23T07:00:00Z")
	x.said("morning", "Last night: 22:31 cramp")
	x.enters("morning", "")
	x.said("morning", "Which side")
	x.enters("morning", "left")
	x.said("morning", "Which muscle")
	x.enters("morning", "done")
	x.said("morning", "changed: cramp left")
	x.enters("morning", "q")
	x.gone("morning")

	x.openDumb("next", "2026-11-24T07:00:00Z")
	x.said("next", "Cramps in the night of Mon 23 to Tue 24 Nov?")
	x.enters("next", "none")
	x.said("next", "written down: no cramps, the night of Mon 23 to Tue 24 Nov")
	x.said("next", "Tonight, ")
	x.enters("next", "review")
	x.said("next", "Review, nights of ")
	x.said("next", "more lines")
	x.enters("next", "q")
	x.gone("next")

	log := x.lull("log", "-n", "0", "--json")
	for kind, want := range map[string]int{`"kind":"stretched"`: 1, `"kind":"cramped"`: 1, `"kind":"quiet"`: 1, `"lasted_s":`: 1, `"side":"left"`: 1} {
		if strings.Count(log, kind) != want {
			t.Errorf("%s is not there %d times:\n%s", kind, want, log)
		}
	}
}

// A signal and a closed terminal keep what was held in lines too.
func TestEveryWayOutOfLinesKeepsWhatWasHeld(t *testing.T) {
	for name, leave := range map[string]func(*terminal){
		"SIGTERM":                func(x *terminal) { x.signal("TERM") },
		"SIGHUP":                 func(x *terminal) { x.signal("HUP") },
		"ctrl+c":                 func(x *terminal) { x.press("one", "C-c") },
		"the end of the input":   func(x *terminal) { x.press("one", "C-d") },
		"a terminal that closes": func(x *terminal) { x.tmux("kill-session", "-t", "one") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := newTerminal(t)
			x.routine("long", "2s")
			x.openDumb("one", "", "start", "long")
			x.said("one", "Enter: start, when you are in place.")
			x.enters("one", "")
			x.said("one", "Move, both legs, 2 of 2") // the first is over
			pid := x.pid("one")
			leave(x)
			x.dead(pid)
			if got := x.lull("tonight", "--json"); !strings.Contains(got, `"outcome":"partial"`) {
				t.Error(got)
			}
		})
	}
}
