package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// clocked is lull by the real clock, as a program of its own.
const clocked = "lull-by-the-clock"

// terminal is a tmux server of its own with windows that run lull.
type terminal struct {
	t      *testing.T
	socket string
	binary string
	home   string
}

func newTerminal(t *testing.T) *terminal {
	t.Helper()
	if _, err := exec.LookPath("tmux"); err != nil {
		t.Skip("tmux is not installed")
	}
	binary, err := exec.LookPath(clocked)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	x := &terminal{t: t, socket: filepath.Join(dir, "tmux"), binary: binary, home: filepath.Join(dir, "home")}
	t.Cleanup(func() { exec.Command("tmux", "-S", x.socket, "kill-server").Run() })
	x.tmux("new-session", "-d", "-s", "keeper", "sleep 600") // a server without sessions goes away
	return x
}

func (x *terminal) tmux(args ...string) string {
	x.t.Helper()
	ctx, cancel := context.WithTimeout(x.t.Context(), 20*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, "tmux", append([]string{"-S", x.socket, "-f", os.DevNull}, args...)...).CombinedOutput()
	if err != nil {
		x.t.Fatalf("tmux %v: %v\n%s", args, err, out)
	}
	return string(out)
}

// open runs lull in a session of its own.
func (x *terminal) open(name string, args ...string) {
	x.t.Helper()
	command := "LULL_HOME=" + x.home + " exec " + x.binary + " " + strings.Join(args, " ")
	x.tmux("new-session", "-d", "-s", name, "-x", "80", "-y", "24", command)
}

func (x *terminal) press(name string, keys ...string) {
	x.t.Helper()
	x.tmux(append([]string{"send-keys", "-t", name}, keys...)...)
}

func (x *terminal) screen(name string) string {
	return x.tmux("capture-pane", "-p", "-t", name)
}

// sees waits for a text on the screen.
func (x *terminal) sees(name, text string) {
	x.t.Helper()
	var screen string
	for range 200 {
		if screen = x.screen(name); strings.Contains(screen, text) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	x.t.Fatalf("%q never showed in %s:\n%s", text, name, screen)
}

// lull runs a verb beside the windows and returns what it printed.
func (x *terminal) lull(args ...string) string {
	x.t.Helper()
	cmd := exec.Command(x.binary, args...)
	cmd.Env = append(os.Environ(), "LULL_HOME="+x.home)
	out, err := cmd.CombinedOutput()
	if err != nil {
		x.t.Fatalf("lull %v: %v\n%s", args, err, out)
	}
	return string(out)
}

// routine writes a routine of two holds to the person's own.
func (x *terminal) routine(name, hold string) {
	x.t.Helper()
	dir := filepath.Join(x.home, "routines")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		x.t.Fatal(err)
	}
	text := "name = \"" + name + "\"\n[[step]]\nstretch = \"ankle-pumps\"\nhold = \"" + hold + "\"\nreps = 2\nsides = \"both\"\ngap = \"0s\"\nsetup = \"0s\"\n"
	for path, text := range map[string]string{
		filepath.Join(dir, name+".toml"):     text,
		filepath.Join(x.home, "config.toml"): "lead_in = 0\n", // it runs in real time
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			x.t.Fatal(err)
		}
	}
}

// gone waits until a window's program is over.
func (x *terminal) gone(name string) {
	x.t.Helper()
	for range 200 {
		if exec.Command("tmux", "-S", x.socket, "has-session", "-t", name).Run() != nil {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	x.t.Fatalf("%s is still there:\n%s", name, x.screen(name))
}

func TestTwoWindowsAndAVerbLoseNothingAndShowEachOthersTicks(t *testing.T) {
	t.Parallel()
	x := newTerminal(t)
	x.open("one")
	x.open("two")
	x.sees("one", "0 of 6")
	x.sees("two", "0 of 6")
	x.press("one", "w")
	x.sees("two", "1 of 6")
	x.press("two", "w")
	x.sees("one", "2 of 6")
	x.lull("drink")
	x.sees("one", "3 of 6")
	x.sees("two", "3 of 6")
	x.press("one", "q")
	x.press("two", "q")
	x.gone("one")
	x.gone("two")
	if got := x.lull("tonight", "--json"); !strings.Contains(got, `"water":{"done":3,"of":6}`) {
		t.Error(got)
	}
}

func TestASessionRunsInARealTerminalAndIsThereTomorrow(t *testing.T) {
	t.Parallel()
	x := newTerminal(t)
	x.routine("short", "1s")
	x.open("one", "start", "short")
	x.sees("one", "start, when you are in place")
	x.press("one", "Space")
	x.sees("one", "Done. Tonight is kept.")
	x.press("one", "Space")
	x.press("one", "q")
	x.gone("one")
	x.open("again")
	x.sees("again", "Stretched tonight")
	x.sees("again", "1 night in a row")
}

// A signal, a closed terminal and the keys that leave: what was held and every
// tick already pressed is kept.
func TestEveryWayOutKeepsWhatWasHeld(t *testing.T) {
	for name, leave := range map[string]func(*terminal){
		"SIGTERM":           func(x *terminal) { x.signal("TERM") },
		"SIGHUP":            func(x *terminal) { x.signal("HUP") },
		"SIGINT":            func(x *terminal) { x.signal("INT") },
		"SIGQUIT":           func(x *terminal) { x.signal("QUIT") },
		"ctrl+c":            func(x *terminal) { x.press("one", "C-c") },
		"a closed terminal": func(x *terminal) { x.tmux("kill-session", "-t", "one") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := newTerminal(t)
			x.routine("long", "5s")
			x.open("one")
			x.sees("one", "0 of 6")
			x.press("one", "w")
			x.sees("one", "1 of 6")
			x.press("one", "q")
			x.gone("one")
			x.open("one", "start", "long")
			x.sees("one", "start, when you are in place")
			x.press("one", "Space")
			x.sees("one", "the end of the session") // the first of two is over
			pid := x.pid("one")
			leave(x)
			var got string
			for range 100 {
				if got = x.lull("tonight", "--json"); strings.Contains(got, `"outcome":"partial"`) {
					break
				}
				time.Sleep(50 * time.Millisecond)
			}
			if !strings.Contains(got, `"outcome":"partial"`) || !strings.Contains(got, `"water":{"done":1`) {
				t.Error(got)
			}
			x.dead(pid) // it writes until its end
		})
	}
}

// pid is the number of the program in a window.
func (x *terminal) pid(name string) string {
	x.t.Helper()
	return strings.TrimSpace(x.tmux("display-message", "-p", "-t", name, "#{pane_pid}"))
}

// dead waits for the end of a program, whose window may be gone already. One
// that has ended and that tmux has not asked about yet has ended too.
func (x *terminal) dead(pid string) {
	x.t.Helper()
	for range 400 {
		stat, err := exec.Command("ps", "-o", "stat=", "-p", pid).Output()
		if err != nil && exec.Command("kill", "-0", pid).Run() != nil || strings.HasPrefix(string(stat), "Z") {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	x.t.Fatalf("process %s lives on", pid)
}

func (x *terminal) signal(name string) {
	x.t.Helper()
	if out, err := exec.Command("kill", "-"+name, x.pid("one")).CombinedOutput(); err != nil {
		x.t.Fatalf("kill: %v\n%s", err, out)
	}
}
