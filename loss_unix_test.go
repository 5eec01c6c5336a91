//go:build unix

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// holdFile has another program hold the file of a home, as a lull that is busy
// does, until free is called.
func holdFile(t *testing.T, home string) (free func()) {
	t.Helper()
	program, err := exec.LookPath("grasp")
	if err != nil {
		t.Fatal(err)
	}
	lock := filepath.Join(home, "lull.lock")
	holder := exec.Command(program, lock)
	if err := holder.Start(); err != nil {
		t.Fatal(err)
	}
	over := false
	free = func() {
		if !over {
			over = true
			_ = holder.Process.Signal(os.Interrupt)
			_ = holder.Wait()
		}
	}
	t.Cleanup(free)
	for range 500 {
		if _, err := os.Stat(lock + ".held"); err == nil {
			return free
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("the file is not held")
	return nil
}

// facts runs `lull log --json` and counts the facts of a kind.
func facts(t *testing.T, home, kind string) int {
	t.Helper()
	program, err := exec.LookPath(clocked)
	if err != nil {
		t.Fatal(err)
	}
	look := exec.Command(program, "log", "--json")
	look.Env = append(os.Environ(), "LULL_HOME="+home)
	out, err := look.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return strings.Count(string(out), `"kind":"`+kind+`"`)
}

// status is how the program ended, as a shell says it.
func (w *tube) status() int {
	w.t.Helper()
	text, err := os.ReadFile(filepath.Join(w.notes, "over"))
	if err != nil {
		w.t.Fatal(err)
	}
	n, err := strconv.Atoi(string(text))
	if err != nil {
		w.t.Fatal(err)
	}
	if s := unix.WaitStatus(n); s.Signaled() {
		return -int(s.Signal())
	} else {
		return s.ExitStatus()
	}
}

// lullHome makes a folder that lull has used before.
func lullHome(t *testing.T) string {
	t.Helper()
	x := &terminal{t: t, home: t.TempDir()}
	var err error
	if x.binary, err = exec.LookPath(clocked); err != nil {
		t.Fatal(err)
	}
	x.routine("long", "60s")
	if err := os.WriteFile(filepath.Join(x.home, "config.toml"), []byte("theme = \"night\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	x.lull("check")
	x.lull("drink")
	return x.home
}

// endsIn sends signals and demands that the program is over within the limit.
func (w *tube) endsIn(limit time.Duration, signals ...syscall.Signal) {
	w.t.Helper()
	begun := time.Now()
	for i, s := range signals {
		if i > 0 {
			time.Sleep(200 * time.Millisecond)
		}
		_ = syscall.Kill(w.pid(), s)
	}
	w.over()
	if took := time.Since(begun); took > limit {
		w.t.Errorf("it took %v to end", took)
	}
}

// A signal costs nothing that was recorded, also while another program holds the
// file: it is in the inbox, the terminal is as it was, and lull ends soon.
func TestASignalKeepsWhatTheFileCannotTake(t *testing.T) {
	const limit = 5 * time.Second
	window := stopped{keys: "w", kind: "ticked", want: 2} // with the one that lullHome recorded
	session := stopped{args: []string{"start", "long"}, keys: " ", runs: 7 * time.Second, kind: "stretched", want: 1}
	cramp := stopped{args: []string{"now"}, kind: "cramped", want: 1}
	for _, c := range []struct {
		stopped
		signals []syscall.Signal
		status  int
	}{
		{window, []syscall.Signal{syscall.SIGTERM}, 143},
		{window, []syscall.Signal{syscall.SIGINT}, 130},
		{window, []syscall.Signal{syscall.SIGQUIT}, 131},
		{window, []syscall.Signal{syscall.SIGHUP}, 3}, // as leaving while the file is busy
		{window, []syscall.Signal{syscall.SIGTERM, syscall.SIGTERM}, 143},
		{window, []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGINT}, 130},
		{session, []syscall.Signal{syscall.SIGTERM}, 143},
		{session, []syscall.Signal{syscall.SIGINT, syscall.SIGINT}, 130},
		{cramp, []syscall.Signal{syscall.SIGTERM, syscall.SIGINT}, 143},
	} {
		t.Run(fmt.Sprint(c.args, c.signals), func(t *testing.T) {
			t.Parallel()
			home := lullHome(t)
			free := func() {}
			if c.kind == "cramped" { // first aid opens whatever is wrong
				free = holdFile(t, home)
			}
			w := openTube(t, clocked, []string{"LULL_HOME=" + home}, c.args...)
			w.up()
			if c.kind != "cramped" {
				free = holdFile(t, home)
			}
			w.write(c.keys)
			time.Sleep(300*time.Millisecond + c.runs) // a session is kept once a hold has begun
			w.endsIn(limit, c.signals...)
			w.restored()
			if got := w.status(); got != c.status {
				t.Errorf("exit status %d, want %d", got, c.status)
			}
			free()
			if got := facts(t, home, c.kind); got != c.want {
				t.Errorf("%d facts are %s, want %d", got, c.kind, c.want)
			}
		})
	}
}

// The first seconds of a cramp outlive a kill, whatever is wrong with the folder.
func TestACrampOutlivesAKillWhateverTheFolder(t *testing.T) {
	const beforeTheKill = 6 * time.Second
	for name, c := range map[string]struct {
		keys  string
		spoil func(t *testing.T, home string) (mend func())
	}{
		"busy":            {"", holdFile},
		"busy at the end": {" ", holdFile},
		"no journal": {"", func(t *testing.T, home string) func() {
			old, spoiled := filepath.Join(home, "journal"), filepath.Join(home, "aside-journal")
			if err := errors.Join(os.Rename(old, spoiled), os.WriteFile(old, nil, 0o600)); err != nil {
				t.Fatal(err)
			}
			return func() {
				if err := errors.Join(os.Remove(old), os.Rename(spoiled, old)); err != nil {
					t.Fatal(err)
				}
			}
		}},
		"no inbox either but busy for a while": {"", func(t *testing.T, home string) func() {
			free := holdFile(t, home)
			if err := os.WriteFile(filepath.Join(home, "inbox"), nil, 0o600); err != nil {
				t.Fatal(err)
			}
			time.AfterFunc(3*time.Second, func() { _ = os.Remove(filepath.Join(home, "inbox")) })
			return free
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			home := lullHome(t)
			mend := c.spoil(t, home)
			w := openTube(t, clocked, []string{"LULL_HOME=" + home}, "now", "calf")
			w.up()
			time.Sleep(beforeTheKill)
			w.write(c.keys)
			if c.keys != "" {
				time.Sleep(time.Second)
			}
			w.signal(syscall.SIGKILL)
			w.over()
			mend()
			if got := facts(t, home, "cramped"); got != 1 {
				t.Errorf("%d cramps are there", got)
			}
			if got := facts(t, home, "cramped"); got != 1 { // the inbox is empty by now
				t.Errorf("%d cramps are there afterwards", got)
			}
		})
	}
}

// In plain text mode a session that a signal ends is kept too.
func TestASignalInPlainModeKeepsWhatTheFileCannotTake(t *testing.T) {
	for _, c := range []struct {
		signals []syscall.Signal
		status  int
	}{
		{[]syscall.Signal{syscall.SIGTERM}, 143},
		{[]syscall.Signal{syscall.SIGINT, syscall.SIGINT}, 130},
		{[]syscall.Signal{syscall.SIGHUP}, 0},
	} {
		t.Run(fmt.Sprint(c.signals), func(t *testing.T) {
			t.Parallel()
			home := lullHome(t)
			w := openTube(t, clocked, []string{"LULL_HOME=" + home}, "start", "long", "--plain")
			w.until("a routine to begin", func() bool { return strings.Contains(w.bytes(), "Enter: ") })
			w.write("\n")
			w.until("a session", func() bool { return strings.Contains(w.bytes(), "Enter pauses and goes on") })
			time.Sleep(7 * time.Second)
			free := holdFile(t, home)
			w.endsIn(5*time.Second, c.signals...)
			if got := w.status(); got != c.status {
				t.Errorf("exit status %d, want %d", got, c.status)
			}
			free()
			if got := facts(t, home, "stretched"); got != 1 {
				t.Errorf("%d sessions are there: %s", got, w.bytes())
			}
		})
	}
}

// A program whose terminal takes no more output ends too.
func TestASignalEndsALullWhoseTerminalIsStopped(t *testing.T) {
	home := lullHome(t)
	program, err := exec.LookPath(clocked)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program)
	cmd.Env = append(os.Environ(), "LULL_HOME="+home, "TERM=xterm-256color")
	master, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 50, Cols: 200}) // nothing reads it
	if err != nil {
		t.Skip("no pseudo terminal: ", err)
	}
	defer master.Close()
	time.Sleep(time.Second)
	free := holdFile(t, home)
	for range 20 { // screens that fill what the terminal takes
		_, _ = master.WriteString("23456711w")
		time.Sleep(50 * time.Millisecond)
	}
	time.Sleep(time.Second)
	ended := make(chan struct{})
	go func() { _ = cmd.Wait(); close(ended) }()
	_ = cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-ended:
	case <-time.After(time.Minute): // much longer than it takes, since the machine may be busy
		t.Error("it is still there")
		_ = cmd.Process.Kill()
		<-ended
	}
	free()
	t.Log(cmd.ProcessState, facts(t, home, "ticked"))
}

// stopped is a lull that a signal ends while the file is held.
type stopped struct {
	args []string
	keys string
	runs time.Duration
	kind string // of fact that it records
	want int    // how many there are in the end
}

// Mistakes in files that people edit keep no window from opening: the rest is used,
// and the mistake is told.
func TestTheWindowOpensWithFaultyFiles(t *testing.T) {
	home := lullHome(t)
	for name, text := range map[string]string{
		"config.toml":         "theme = \"night\"\nlanguage = \"es\"\nbed = ten\nvolume = \"loud\"\n",
		"routines/wrong.toml": "name = \"Wrong\"\n[[step]]\nstretch = \"wall-calf\"\nhold = \"30x\"\n",
	} {
		if err := os.WriteFile(filepath.Join(home, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, args := range map[string][]string{"lull": nil, "lull start": {"start", "long"}, "lull now": {"now"}} {
		t.Run(name, func(t *testing.T) {
			w := openTube(t, clocked, []string{"LULL_HOME=" + home}, args...)
			w.up()
			if !changed(w.bytes())["background"] {
				t.Error("the theme that is set is not used")
			}
			time.Sleep(1500 * time.Millisecond) // the notice comes with the first second
			shown := w.bytes()
			w.endsIn(5*time.Second, syscall.SIGHUP)
			for _, want := range []string{"config.toml:3, wrong.toml:4; los detalles, al salir"} {
				if args == nil && !strings.Contains(shown, want) {
					t.Errorf("%q is not in the window", want)
				}
			}
			after := w.bytes()[len(shown):]
			for _, want := range []string{"config.toml:3: bed ", "config.toml:4: volume", "wrong.toml:4: hold", "valor por defecto"} {
				if !strings.Contains(after, want) {
					t.Errorf("%q is not said afterwards: %q", want, after)
				}
			}
		})
	}
}

func TestATraceIsNotWrittenIntoTheDatabase(t *testing.T) {
	home := lullHome(t)
	w := openTube(t, clocked, []string{"LULL_HOME=" + home, "LULL_TRACE=" + filepath.Join(home, "lull.db")})
	w.over()
	if got := w.status(); got != 1 || !strings.Contains(w.bytes(), "LULL_TRACE") {
		t.Errorf("exit status %d: %q", got, w.bytes())
	}
	if got := facts(t, home, "ticked"); got != 1 {
		t.Errorf("%d facts are there", got)
	}
}
