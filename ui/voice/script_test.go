//go:build unix

package voice_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"lull/routine/cues"
	"lull/ui/voice"
)

// patience is how long a test waits for what must come; nothing is decided by
// how soon it does.
const patience = 30 * time.Second

// program writes a shell script that plays a speech program's part. In it $DIR
// is a folder of the test's own.
func program(t *testing.T, body string) (path, dir string) {
	t.Helper()
	dir = t.TempDir()
	path = filepath.Join(dir, "speak")
	text := "#!/bin/sh\nDIR='" + dir + "'\n" + body + "\n"
	if err := os.WriteFile(path, []byte(text), 0o700); err != nil {
		t.Fatal(err)
	}
	return path, dir
}

// still is a clock that stands: on a busy machine no cue is late for it.
func still() time.Time { return time.Unix(1_800_000_000, 0) }

// listener keeps what became of the cues.
type listener struct {
	mu  sync.Mutex
	all []voice.Outcome
}

func (l *listener) told(o voice.Outcome) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all = append(l.all, o)
}

func (l *listener) outcomes() []voice.Outcome {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]voice.Outcome{}, l.all...)
}

// machine is a Voice that LULL_SPEAK gives to a script, with no other program.
func machine(t *testing.T, speak string) (*voice.Voice, *listener) {
	t.Helper()
	l := &listener{}
	v := voice.New(voice.Options{
		Now: still, Told: l.told, OS: "linux",
		Env:  func(name string) string { return map[string]string{"LULL_SPEAK": speak}[name] },
		Look: onlyPaths,
	})
	t.Cleanup(v.Close)
	return v, l
}

// onlyPaths finds no program by its bare name.
func onlyPaths(name string) (string, error) {
	if !strings.Contains(name, "/") {
		return "", exec.ErrNotFound
	}
	return exec.LookPath(name)
}

func wait(t *testing.T, v *voice.Voice) voice.Outcome {
	t.Helper()
	o, over := v.Wait(patience)
	if !over {
		t.Fatal("the cue is not over")
	}
	return o
}

// await waits for a file to be there, and not empty, and gives its text.
func await(t *testing.T, path string) string {
	t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if text, err := os.ReadFile(path); err == nil && strings.HasSuffix(string(text), "\n") {
			return strings.TrimSpace(string(text))
		}
	}
	t.Fatalf("%s did not come", path)
	return ""
}

func gone(t *testing.T, pid string) {
	t.Helper()
	n, err := strconv.Atoi(pid)
	if err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if syscall.Kill(n, 0) != nil || zombieOfAnother(n) {
			return
		}
	}
	t.Errorf("process %d is still there", n)
}

// zombieOfAnother says that a process is dead and waits only for a parent that
// is not lull: a machine without an init that reaps leaves orphans so.
func zombieOfAnother(pid int) bool {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return false
	}
	fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
	return fields[0] == "Z" && fields[1] != strconv.Itoa(os.Getpid())
}

func TestTheWordsAreTheLastArgumentAndNothingElse(t *testing.T) {
	path, dir := program(t, `for a; do printf '<%s>' "$a"; done > $DIR/got; echo >> $DIR/got`)
	v, _ := machine(t, path+" --loud -x")
	v.Speak("-- Left leg; $(touch x) `y` \"z\" it's", cues.Plain, 0)
	if o := wait(t, v); o.Ending != voice.Ended || o.Err != nil {
		t.Fatalf("it ended with %+v", o)
	}
	if got, want := await(t, filepath.Join(dir, "got")), "<--loud><-x><Left leg; $(touch x) `y` \"z\" it's>"; got != want {
		t.Errorf("it got %s, want %s", got, want)
	}
}

func TestTheNewestCueCutsOffTheOneThatIsHeard(t *testing.T) {
	path, dir := program(t, `echo $$ > "$DIR/$1"; case $1 in long) sleep 1000 & echo $! > $DIR/child; wait;; esac`)
	v, l := machine(t, path)
	v.Speak("long", cues.Plain, 0)
	self, child := await(t, filepath.Join(dir, "long")), await(t, filepath.Join(dir, "child"))
	v.Speak("short", cues.Plain, 0)
	if o := wait(t, v); o.Ending != voice.Ended || o.What != "short" {
		t.Fatalf("the newest: %+v", o)
	}
	if all := l.outcomes(); all[0].What != "long" || all[0].Ending != voice.CutOff {
		t.Errorf("the older: %+v", all)
	}
	gone(t, self)
	gone(t, child)
}

func TestOfManyCuesAtOnceTheLastIsHeardWhole(t *testing.T) {
	path, _ := program(t, `sleep 0.05`)
	v, l := machine(t, path)
	for i := range 50 {
		v.Speak(fmt.Sprint("cue ", i), cues.Plain, 0)
	}
	if o := wait(t, v); o.What != "cue 49" || o.Ending != voice.Ended {
		t.Errorf("the last: %+v", o)
	}
	all := l.outcomes()
	if len(all) != 50 {
		t.Fatalf("%d of 50 are accounted for: %+v", len(all), all)
	}
	for _, o := range all[:49] {
		if o.Ending != voice.Overtaken && o.Ending != voice.CutOff {
			t.Errorf("%+v", o)
		}
	}
}

func TestACueThatWouldBeginLateIsLeftOut(t *testing.T) {
	path, dir := program(t, `touch $DIR/spoken`)
	v, _ := machine(t, path)
	v.Speak("three", cues.Plain, cues.Late+time.Millisecond)
	if o := wait(t, v); o.Ending != voice.TooLate || !o.Begun.IsZero() {
		t.Errorf("%+v", o)
	}
	if _, err := os.Stat(filepath.Join(dir, "spoken")); err == nil {
		t.Error("it was spoken")
	}
}

func TestHushAndCloseEndWhatIsHeardWithAllItStarted(t *testing.T) {
	for name, quieten := range map[string]func(*voice.Voice){"hush": (*voice.Voice).Hush, "close": (*voice.Voice).Close} {
		t.Run(name, func(t *testing.T) {
			path, dir := program(t, `trap '' TERM INT HUP; sleep 1000 & echo $! > $DIR/child; wait; wait`)
			v, _ := machine(t, path)
			v.Speak("long", cues.Plain, 0)
			child := await(t, filepath.Join(dir, "child"))
			quieten(v)
			if o := wait(t, v); o.Ending != voice.CutOff {
				t.Errorf("%+v", o)
			}
			gone(t, child)
			v.Close()
			v.Speak("after the end", cues.Plain, 0) // nobody hears it, nothing breaks
			v.Hush()
			v.Close()
		})
	}
}

func TestWhatAProgramLeavesBehindGoesWithIt(t *testing.T) {
	path, dir := program(t, `sleep 1000 & echo $! > $DIR/child`)
	v, _ := machine(t, path)
	v.Speak("x", cues.Plain, 0)
	wait(t, v)
	gone(t, await(t, filepath.Join(dir, "child")))
}

func TestNoChildIsLeftAZombie(t *testing.T) {
	if _, err := os.Stat("/proc/self/stat"); err != nil {
		t.Skip("this machine has no /proc")
	}
	path, _ := program(t, `case $1 in dies) exit 3;; hangs) sleep 1000;; esac`)
	v, _ := machine(t, path)
	for i := range 12 {
		v.Speak([]string{"dies", "hangs", "ends"}[i%3], cues.Plain, 0)
		time.Sleep(5 * time.Millisecond)
	}
	wait(t, v)
	v.Close()
	for _, pid := range children(t) {
		if text, err := os.ReadFile("/proc/" + pid + "/comm"); err == nil && strings.Contains(string(text), "speak") {
			t.Errorf("process %s is left: %s", pid, text)
		}
	}
}

// children are the processes whose parent is this one.
func children(t *testing.T) []string {
	t.Helper()
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		t.Fatal(err)
	}
	var own []string
	for _, path := range stats {
		text, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		after := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
		if after[1] == strconv.Itoa(os.Getpid()) {
			own = append(own, strings.Split(path, "/")[2])
		}
	}
	return own
}

// A player is found in the PATH and given the path of a sound.
func TestATonePlaysAFileOfItsOwnThatNobodyElseMayRead(t *testing.T) {
	path, dir := program(t, `stat -c %a "$2" > $DIR/mode; stat -c %a "$(dirname "$2")" >> $DIR/mode; echo "$2" > $DIR/path; head -c 4 "$2" >> $DIR/path; echo >> $DIR/path`)
	if _, err := exec.LookPath("stat"); err != nil || exec.Command("stat", "-c", "%a", path).Run() != nil {
		t.Skip("stat -c is not here")
	}
	v := voice.New(voice.Options{Now: still, OS: "linux", Env: func(string) string { return "" }, Look: func(name string) (string, error) {
		if name == "aplay" {
			return path, nil
		}
		return "", exec.ErrNotFound
	}})
	t.Cleanup(v.Close)
	v.Sound(cues.Start, cues.Plain, 0)
	if o := wait(t, v); o.Ending != voice.Ended || o.What != "start" {
		t.Fatalf("%+v", o)
	}
	if got := await(t, filepath.Join(dir, "mode")); got != "600\n700" {
		t.Errorf("the modes are %q", got)
	}
	lines := strings.Split(await(t, filepath.Join(dir, "path")), "\n")
	if lines[1] != "RIFF" {
		t.Errorf("it begins with %q", lines[1])
	}
	v.Close()
	if _, err := os.Stat(lines[0]); err == nil {
		t.Errorf("%s is left", lines[0])
	}
}

// helper is a Voice on a machine whose PowerShell is a script.
func helper(t *testing.T, body string) (*voice.Voice, *listener, string) {
	t.Helper()
	path, dir := program(t, body)
	l := &listener{}
	v := voice.New(voice.Options{Now: still, Told: l.told, OS: "windows", Env: func(string) string { return "" }, Look: func(name string) (string, error) {
		if name == "powershell" {
			return path, nil
		}
		return "", exec.ErrNotFound
	}})
	t.Cleanup(v.Close)
	return v, l, dir
}

func TestAProgramThatStaysIsToldLineByLineAndEndsWithItsInput(t *testing.T) {
	v, _, dir := helper(t, `while read w l; do printf '%s ' $w >> $DIR/log; printf %s "$l" | base64 -d >> $DIR/log; echo >> $DIR/log; done; echo over > $DIR/over`)
	if _, err := exec.LookPath("base64"); err != nil {
		t.Skip("base64 is not here")
	}
	v.Speak("Left leg.", cues.Plain, 0)
	wait(t, v)
	v.Sound(cues.Done, cues.Plain, 0)
	wait(t, v)
	v.Hush()
	for end := time.Now().Add(patience); ; time.Sleep(2 * time.Millisecond) {
		lines := strings.Split(await(t, filepath.Join(dir, "log")), "\n")
		if len(lines) == 3 {
			if lines[0] != "say Left leg." || !strings.HasSuffix(lines[1], "done-100.wav") || strings.TrimSpace(lines[2]) != "hush" {
				t.Errorf("it was told %q", lines)
			}
			return
		}
		if time.Now().After(end) {
			t.Fatalf("it was told %q", lines)
		}
	}
}

func TestAProgramThatStaysAndDiesIsStartedAgain(t *testing.T) {
	v, _, dir := helper(t, `echo x >> $DIR/starts; read l; exit 1`)
	for end := time.Now().Add(patience); ; {
		v.Speak("x", cues.Plain, 0)
		wait(t, v)
		if text, _ := os.ReadFile(filepath.Join(dir, "starts")); strings.Count(string(text), "x") > 2 {
			return
		}
		if time.Now().After(end) {
			t.Fatal("it is not started again")
		}
	}
}

func TestAProgramThatStaysAndDoesNotReadIsEnded(t *testing.T) {
	v, l, dir := helper(t, `echo $$ > $DIR/pid; exec sleep 1000`)
	v.Speak("x", cues.Plain, 0)
	pid := await(t, filepath.Join(dir, "pid"))
	words := strings.Repeat("word ", 58)
	for range 1000 {
		v.Speak(words, cues.Plain, 0)
		if o := wait(t, v); o.Ending == voice.Failed {
			gone(t, pid)
			return
		}
	}
	t.Errorf("it was told %d cues", len(l.outcomes()))
}
