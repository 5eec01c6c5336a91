//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/creack/pty"
	"golang.org/x/sys/unix"

	"lull/assets"
	"lull/routine"
	"lull/routine/body"
	"lull/routine/journal/journaltest"
	"lull/routine/settings"
	"lull/ui"
	"lull/ui/keymap"
	"lull/ui/screen"
)

// faulty is the window with a screen that fails, as a program of its own: its
// argument says where.
const faulty = "lull-with-a-fault"

// leader is what a shell is to the programs that it starts: it leads the session,
// gives the terminal to a program in a group of its own, and takes it back when
// that is over. It writes down the program's number and how it ended.
const leader = "leader-of-a-session"

func lead() {
	notes := os.Args[1]
	signal.Ignore(syscall.SIGTTOU, syscall.SIGTTIN, syscall.SIGHUP)
	cmd := exec.Command(os.Args[2], os.Args[3:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Foreground: true, Ctty: 0}
	if err := cmd.Start(); err != nil {
		panic(err)
	}
	note(notes+"/pid", strconv.Itoa(cmd.Process.Pid))
	var status unix.WaitStatus
	for {
		if _, err := unix.Wait4(cmd.Process.Pid, &status, unix.WUNTRACED, nil); err != nil {
			panic(err)
		}
		_ = unix.IoctlSetPointerInt(0, unix.TIOCSPGRP, unix.Getpgrp())
		if !status.Stopped() {
			break
		}
		note(notes+"/stopped", "")
	}
	note(notes+"/over", strconv.Itoa(int(status)))
	time.Sleep(time.Hour) // until it is killed
}

// note writes a file in one step.
func note(path, text string) {
	if err := errors.Join(os.WriteFile(path+".new", []byte(text), 0o600), os.Rename(path+".new", path)); err != nil {
		panic(err)
	}
}

func init() {
	more[faulty] = fault
	more[leader] = lead
}

// fails is a screen that works until the key p is pressed.
type fails struct {
	where string
	now   bool
}

func (f *fails) Update(_ screen.World, msg tea.Msg) screen.Do {
	if press, ok := msg.(tea.KeyPressMsg); !ok || press.String() != "p" {
		return screen.Do{}
	}
	f.now = true
	switch f.where {
	case "update":
		panic("in Update")
	case "command":
		return screen.Do{Cmd: func() tea.Msg { panic("in a command") }}
	case "goroutine":
		go panic("in a goroutine of its own")
		select {}
	}
	return screen.Do{}
}

func (f *fails) Draw(screen.World) string {
	if f.now && f.where == "view" || f.where == "first view" {
		panic("in View")
	}
	return "all is well"
}

func (f *fails) Help(w screen.World) []key.Binding { return w.Keys.Bindings(keymap.Go) }

// fault opens the window on a screen that fails.
func fault() {
	library, err := routine.Open(assets.Files)
	if err != nil {
		panic(err)
	}
	terminal, err := ui.Attach(os.Stdin, os.Stdout, os.Environ())
	if err != nil {
		panic(err)
	}
	set := settings.Default()
	set.Theme = "night"
	start := time.Now()
	err = ui.Run(context.Background(), ui.Deps{
		Log: &journaltest.Mem{}, Now: time.Now, Steady: func() time.Duration { return time.Since(start) },
		Library: library, Figures: body.Open(assets.Files), Settings: set,
		Tabs: func() []ui.Tab { return []ui.Tab{{Name: "Fault", Screen: &fails{where: os.Args[1]}}} },
	}, terminal)
	fmt.Println("it ended with", err)
	os.Exit(1)
}

// tube is a program on a terminal of its own, whose settings and bytes can be
// read when it is over: the terminal outlives it, as under a shell.
type tube struct {
	t      *testing.T
	cmd    *exec.Cmd // the leader
	notes  string    // what it wrote down
	shell  *os.File  // the terminal's own end, held as a shell holds it
	master *os.File
	before unix.Termios

	mu   sync.Mutex
	seen bytes.Buffer
}

func openTube(t *testing.T, program string, env []string, args ...string) *tube {
	t.Helper()
	// What this process was told to ignore its children would ignore too.
	caught := make(chan os.Signal, 1)
	signal.Notify(caught, syscall.SIGHUP, syscall.SIGQUIT)
	t.Cleanup(func() { signal.Stop(caught) })
	shell, err := exec.LookPath(leader)
	if err != nil {
		t.Fatal(err)
	}
	binary, err := exec.LookPath(program)
	if err != nil {
		t.Fatal(err)
	}
	w := &tube{t: t, notes: t.TempDir()}
	if w.master, w.shell, err = pty.Open(); err != nil {
		t.Skip("no pseudo terminal: ", err)
	}
	t.Cleanup(func() { w.master.Close(); w.shell.Close() })
	if err := pty.Setsize(w.master, &pty.Winsize{Rows: 24, Cols: 80}); err != nil {
		t.Fatal(err)
	}
	w.before = *w.settings()
	w.before.Cc[unix.VKILL] = 'K' // not what `stty sane` would set
	w.before.Lflag &^= unix.ECHOK
	if err := unix.IoctlSetTermios(int(w.shell.Fd()), ioctlSetTermios, &w.before); err != nil {
		t.Fatal(err)
	}
	w.cmd = exec.Command(shell, append([]string{w.notes, binary}, args...)...)
	w.cmd.Stdin, w.cmd.Stdout, w.cmd.Stderr = w.shell, w.shell, w.shell
	w.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	w.cmd.Env = append(append(os.Environ(), "LULL_HOME="+t.TempDir(), "TERM=xterm-256color", "COLORTERM=truecolor", "NO_COLOR=", "TERM_PROGRAM=", "LC_ALL=C.UTF-8"), env...)
	if err := w.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if lull := w.pid(); !w.noted("over") {
			_ = syscall.Kill(lull, syscall.SIGKILL)
		}
		_ = w.cmd.Process.Kill()
		_ = w.cmd.Wait()
	})
	go func() {
		for b := make([]byte, 4096); ; {
			n, err := w.master.Read(b)
			w.mu.Lock()
			w.seen.Write(b[:n])
			w.mu.Unlock()
			if err != nil {
				return
			}
		}
	}()
	return w
}

// noted says whether the leader wrote something down.
func (w *tube) noted(what string) bool {
	_, err := os.Stat(filepath.Join(w.notes, what))
	return err == nil
}

// pid is the number of the program, which is that of its group.
func (w *tube) pid() int {
	w.t.Helper()
	w.until("a program that was started", func() bool { return w.noted("pid") })
	text, err := os.ReadFile(filepath.Join(w.notes, "pid"))
	if err != nil {
		w.t.Fatal(err)
	}
	pid, err := strconv.Atoi(string(text))
	if err != nil {
		w.t.Fatal(err)
	}
	return pid
}

// over waits for the program's end.
func (w *tube) over() {
	w.t.Helper()
	w.until("the end of lull", func() bool { return w.noted("over") })
}

func (w *tube) settings() *unix.Termios {
	w.t.Helper()
	got, err := unix.IoctlGetTermios(int(w.shell.Fd()), ioctlGetTermios)
	if err != nil {
		w.t.Fatal(err)
	}
	return got
}

func (w *tube) bytes() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.seen.String()
}

// until waits for something to be so.
func (w *tube) until(what string, so func() bool) {
	w.t.Helper()
	for range 1000 {
		if so() {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	w.t.Fatalf("%s: never; it is %v,\n%+v, before\n%+v, and the terminal has been told last %q", what, changed(w.bytes()), *w.settings(), w.before, w.bytes()[max(0, len(w.bytes())-600):])
}

// up waits until everything that a running window sets has been set.
func (w *tube) up() {
	w.t.Helper()
	w.until("a window that is up", func() bool {
		set := changed(w.bytes())
		return set["mode 1049"] && set["mode 25"] && set["mode 1004"] && set["mode 2004"] && set["keyboard"] && w.settings().Oflag&unix.OPOST == 0
	})
}

// restored waits until the terminal is as it was before.
func (w *tube) restored() {
	w.t.Helper()
	w.until("a terminal as it was", func() bool {
		return len(changed(w.bytes())) == 0 && *w.settings() == w.before
	})
}

var sequences = regexp.MustCompile("\x1b\\[\\?([0-9;]+)([hl])|\x1b\\](11|111)([;\x07])|\x1b\\[(>|<)([0-9;]*)(u|m)|\x1b\\[(22|23);2t")

// changed reads what a terminal was told, and says what is not as it was in the
// beginning: modes, the background, the stack of keyboards, the title.
func changed(bytes string) map[string]bool {
	set := map[string]bool{}
	usual := map[string]bool{"7": true, "25": true} // modes that a terminal starts with
	keyboards, titles := 0, 0
	for _, m := range sequences.FindAllStringSubmatch(bytes, -1) {
		switch {
		case m[2] != "":
			for mode := range strings.SplitSeq(m[1], ";") {
				set["mode "+mode] = (m[2] == "h") != usual[mode]
			}
		case m[3] == "11":
			set["background"] = true
		case m[3] == "111":
			set["background"] = false
		case m[7] == "u" && m[5] == ">":
			keyboards++
		case m[7] == "u":
			keyboards = max(0, keyboards-1)
		case m[7] == "m":
			set["other keys"] = strings.Contains(m[6], ";")
		case m[8] == "22":
			titles++
		case m[8] == "23":
			titles = max(0, titles-1)
		}
	}
	set["keyboard"], set["title"] = keyboards > 0, titles > 0
	for name, on := range set {
		if !on {
			delete(set, name)
		}
	}
	return set
}

// Whatever ends lull, the terminal is as it was: its modes, its background, its
// title and its settings.
func TestTheTerminalIsAsItWasWhateverEndsLull(t *testing.T) {
	for name, end := range map[string]func(*tube){
		"q":       func(w *tube) { w.write("q") },
		"ctrl+c":  func(w *tube) { w.write("\x03") },
		"SIGTERM": func(w *tube) { w.signal(syscall.SIGTERM) },
		"SIGINT":  func(w *tube) { w.signal(syscall.SIGINT) },
		"SIGHUP":  func(w *tube) { w.signal(syscall.SIGHUP) },
		"SIGQUIT": func(w *tube) { w.signal(syscall.SIGQUIT) },
		"SIGKILL": func(w *tube) { w.signal(syscall.SIGKILL) },
		"SIGABRT": func(w *tube) { w.signal(syscall.SIGABRT) },
		"SIGKILL to the group": func(w *tube) {
			if err := syscall.Kill(-w.pid(), syscall.SIGKILL); err != nil {
				w.t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := openTube(t, clocked, themed(t, "night"))
			w.up()
			if !changed(w.bytes())["background"] {
				t.Error("the background was not set at all")
			}
			end(w)
			w.over()
			w.restored()
		})
	}
}

func (w *tube) write(keys string) {
	w.t.Helper()
	if _, err := w.master.WriteString(keys); err != nil {
		w.t.Fatal(err)
	}
}

func (w *tube) signal(s syscall.Signal) {
	w.t.Helper()
	if err := syscall.Kill(w.pid(), s); err != nil {
		w.t.Fatal(err)
	}
}

// themed makes a folder whose config asks for a theme.
func themed(t *testing.T, theme string) []string {
	t.Helper()
	home := t.TempDir()
	if err := os.WriteFile(filepath.Join(home, "config.toml"), []byte("theme = \""+theme+"\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return []string{"LULL_HOME=" + home}
}

func TestTheTerminalIsAsItWasAfterAPanic(t *testing.T) {
	for _, where := range []string{"update", "view", "command", "goroutine"} {
		t.Run(where, func(t *testing.T) {
			t.Parallel()
			w := openTube(t, faulty, nil, where)
			w.up()
			w.write("p")
			w.over()
			if text, _ := os.ReadFile(filepath.Join(w.notes, "over")); string(text) == "0" {
				t.Error("it ended as if nothing had been")
			}
			w.restored()
		})
	}
}

// A panic before the renderer drew anything leaves it nothing to undo.
func TestTheTerminalIsAsItWasAfterAPanicInTheFirstPicture(t *testing.T) {
	w := openTube(t, faulty, nil, "first view")
	w.over()
	w.restored()
}

// While lull is stopped the terminal is the shell's: a kill then changes nothing.
func TestAKillWhileStoppedTouchesNothing(t *testing.T) {
	w := openTube(t, clocked, themed(t, "night"))
	w.up()
	w.write("\x1a")
	w.until("a lull that is stopped", func() bool { return w.noted("stopped") })
	w.until("a terminal that is the shell's", func() bool { // whose title will be wanted again
		set := changed(w.bytes())
		delete(set, "title")
		return len(set) == 0 && *w.settings() == w.before
	})
	n := len(w.bytes())
	w.signal(syscall.SIGKILL)
	w.over()
	w.unkept()
	if after := w.bytes()[n:]; after != "" {
		t.Errorf("the terminal was told %q", after)
	}
}

func TestALullThatWentOnIsLookedAfterAgain(t *testing.T) {
	w := openTube(t, clocked, themed(t, "night"))
	w.up()
	w.write("\x1a")
	w.until("a lull that is stopped", func() bool { return w.noted("stopped") })
	n := len(w.bytes())
	if err := unix.IoctlSetPointerInt(int(w.shell.Fd()), unix.TIOCSPGRP, w.pid()); err != nil {
		t.Skip("the terminal cannot be handed on here: ", err)
	}
	w.signal(syscall.SIGCONT)
	w.until("a lull that is back", func() bool { return changed(w.bytes()[n:])["mode 1049"] && w.settings().Oflag&unix.OPOST == 0 })
	w.write("?") // the word that it is back came before
	w.until("the page of keys", func() bool { return strings.Contains(w.bytes()[n:], "Keys that work here") })
	w.signal(syscall.SIGKILL)
	w.over()
	w.restored()
}

// unkept waits until nobody stands by any more. The keeper is the one process
// beside the leader in this session.
func (w *tube) unkept() {
	w.t.Helper()
	w.until("a keeper that is gone", func() bool {
		out, err := exec.Command("ps", "-o", "pid=", "-s", strconv.Itoa(w.cmd.Process.Pid)).Output()
		return err != nil || len(strings.Fields(string(out))) <= 1
	})
}

// However lull ends, nobody stands by for it any longer.
func TestNobodyStandsByOnceLullIsGone(t *testing.T) {
	if _, err := exec.LookPath("ps"); err != nil {
		t.Skip("ps is not installed (procps)")
	}
	for _, end := range []syscall.Signal{syscall.SIGTERM, syscall.SIGKILL} {
		t.Run(end.String(), func(t *testing.T) {
			t.Parallel()
			w := openTube(t, clocked, nil)
			w.up()
			w.signal(end)
			w.over()
			w.unkept()
		})
	}
}

func TestAKilledLullSaysWhatBecameOfIt(t *testing.T) {
	w := openTube(t, clocked, themed(t, "dark"))
	w.up()
	w.signal(syscall.SIGKILL)
	w.over()
	w.restored()
	w.until("a word about what became of lull", func() bool { return strings.Contains(w.bytes(), "lull was cut off. What it had written down is kept") })
}

// The background is dark before the alternate screen is cleared to it, stays so
// while the window changes its size, and is given back only once the alternate
// screen is left: nothing in between shows the terminal's own.
func TestNothingFlashesFromTheStartToTheEnd(t *testing.T) {
	for name, c := range map[string]struct {
		env  []string
		args []string
	}{
		"dark":      {themed(t, "dark"), nil},
		"night":     {themed(t, "night"), nil},
		"cramp now": {themed(t, "auto"), []string{"now"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := openTube(t, clocked, c.env, c.args...)
			w.up()
			for _, size := range []pty.Winsize{{Rows: 40, Cols: 120}, {Rows: 12, Cols: 40}, {Rows: 24, Cols: 80}} {
				n := len(w.bytes())
				if err := pty.Setsize(w.master, &size); err != nil {
					t.Fatal(err)
				}
				w.until("a picture of another size", func() bool { return len(w.bytes()) > n+200 })
			}
			w.signal(syscall.SIGTERM)
			w.over()
			w.restored()
			order(t, w.bytes())
		})
	}
}

// order wants the background set before the first change of screen and given
// back after the last, and never in between.
func order(t *testing.T, bytes string) {
	t.Helper()
	set, given := strings.Index(bytes, "\x1b]11;#"), strings.Index(bytes, "\x1b]111")
	in, out := strings.Index(bytes, "\x1b[?1049h"), strings.LastIndex(bytes, "\x1b[?1049l")
	if set < 0 || in < 0 || set > in {
		t.Errorf("the background is set at %d, the screen is entered at %d", set, in)
	}
	if out < 0 || given < out {
		t.Errorf("the background is given back at %d, the screen is left at %d", given, out)
	}
	for _, erased := range regexp.MustCompile("\x1b\\[[0-3]?J").FindAllStringIndex(bytes, -1) {
		if erased[0] < set {
			t.Errorf("something is erased at %d, before the background is set at %d", erased[0], set)
		}
	}
}

// A terminal whose background is lull's would answer with that: it is asked for
// its own only once that shows.
func TestTheTerminalIsAskedForItsOwnBackgroundOnlyWhileItShows(t *testing.T) {
	const question = "\x1b]11;?"
	w := openTube(t, clocked, themed(t, "dark"))
	w.up()
	w.write("7")
	w.until("the settings", func() bool { return strings.Contains(w.bytes(), "reduced motion") })
	if strings.Contains(w.bytes(), question) {
		t.Error("it was asked while the background was lull's")
	}
	w.write("jjj\x1b[D") // from dark back to auto
	w.until("the question", func() bool { return strings.Contains(w.bytes(), question) })
	if given := strings.Index(w.bytes(), "\x1b]111"); given < 0 || given > strings.Index(w.bytes(), question) {
		t.Error("it was asked before its background was given back")
	}
}
