//go:build unix

package voice_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lull/routine/cues"
	"lull/ui/voice"
)

// players is a Voice on a machine with these programs, each a shell script. The
// program that hangs has had its time at once.
func players(t *testing.T, scripts map[string]string) (*voice.Voice, func() []string) {
	t.Helper()
	dir := t.TempDir()
	for name, body := range scripts {
		text := "#!/bin/sh\necho " + name + " >> '" + dir + "/calls'\n" + body + "\n"
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	calls := func() []string {
		text, _ := os.ReadFile(filepath.Join(dir, "calls"))
		return strings.Fields(string(text))
	}
	elapsed := make(chan time.Time)
	close(elapsed)
	started := 0 // programs; read and written by the goroutine of the Voice alone
	v := voice.New(voice.Options{
		Now: still, OS: "linux", Env: func(string) string { return "" },
		Look: func(name string) (string, error) {
			if _, there := scripts[name]; there {
				return filepath.Join(dir, name), nil
			}
			return "", exec.ErrNotFound
		},
		After: func(time.Duration) <-chan time.Time {
			started++
			for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(time.Millisecond) {
				if all := calls(); len(all) >= started {
					if strings.Contains(scripts[all[started-1]], "sleep") {
						return elapsed
					}
					return nil
				}
			}
			return nil
		},
	})
	t.Cleanup(v.Close)
	return v, calls
}

func TestAPlayerThatFailsGivesWayToTheNext(t *testing.T) {
	const fails, missing, hangs, plays = "exit 1", "echo no such device >&2; exit 2", "exec sleep 1000", "exit 0"
	for name, c := range map[string]struct {
		scripts map[string]string
		heard   []bool // the first tone, and the second
		player  string // in the end
		calls   string
	}{
		"all is well":          {map[string]string{"pw-play": plays, "aplay": plays}, []bool{true, true}, "pw-play", "pw-play pw-play"},
		"the first fails":      {map[string]string{"pw-play": fails, "aplay": plays}, []bool{true, true}, "aplay", "pw-play aplay aplay"},
		"two have no device":   {map[string]string{"pw-play": missing, "paplay": missing, "aplay": plays}, []bool{true, true}, "aplay", "pw-play paplay aplay aplay"},
		"all fail":             {map[string]string{"pw-play": fails, "aplay": missing}, []bool{false, false}, "", "pw-play aplay"},
		"the only one fails":   {map[string]string{"aplay": fails}, []bool{false, false}, "", "aplay"},
		"there is none":        {nil, []bool{false, false}, "", ""},
		"the first hangs":      {map[string]string{"pw-play": hangs, "aplay": plays}, []bool{false, true}, "aplay", "pw-play aplay"},
		"the only one hangs":   {map[string]string{"pw-play": hangs}, []bool{false, false}, "", "pw-play"},
		"one fails, one hangs": {map[string]string{"pw-play": fails, "aplay": hangs}, []bool{false, false}, "", "pw-play aplay"},
	} {
		t.Run(name, func(t *testing.T) {
			v, calls := players(t, c.scripts)
			var heard []bool
			for _, tone := range []cues.Tone{cues.Start, cues.Done} {
				heard = append(heard, v.Sound(tone, cues.Plain, 0)())
			}
			if !slices.Equal(heard, c.heard) {
				t.Errorf("heard %v, want %v", heard, c.heard)
			}
			if got := strings.Join(calls(), " "); got != c.calls {
				t.Errorf("it started %q, want %q", got, c.calls)
			}
			f := v.Found()
			if f.Player != c.player || (f.Player == "") != (f.NoPlayer != "") || len(f.NoPlayer) > oneLine {
				t.Errorf("afterwards it finds %+v, want %q", f, c.player)
			}
		})
	}
}

func TestAProgramThatCannotBeStartedGivesWayToTheNext(t *testing.T) {
	v, calls := players(t, map[string]string{"aplay": "exit 0"})
	dir := t.TempDir()
	v.Look = func(name string) (string, error) {
		switch name {
		case "pw-play":
			return filepath.Join(dir, "is-gone"), nil
		case "paplay":
			return "/dev/null", nil // is there, and no program
		}
		return "", exec.ErrNotFound
	}
	gone := voice.New(v.Options)
	t.Cleanup(gone.Close)
	if gone.Sound(cues.Start, cues.Plain, 0)() || gone.Found().Player != "" {
		t.Errorf("nothing there plays, and it finds %+v", gone.Found())
	}
	if len(calls()) != 0 {
		t.Errorf("it started %v", calls())
	}
}

func TestASpeechProgramThatFailsGivesWayToTheNext(t *testing.T) {
	v, calls := players(t, map[string]string{"espeak-ng": "exit 1", "flite": "exit 0"})
	for range 2 {
		if !v.Speak("Hold.", cues.Plain, 0)() {
			t.Error("it was not heard")
		}
	}
	if got := strings.Join(calls(), " "); got != "espeak-ng flite flite" {
		t.Errorf("it started %q", got)
	}
	if got := v.Found().Speech; got != "flite" {
		t.Errorf("%q speaks", got)
	}
}

// A program that a person named may end with an error although it spoke.
func TestAProgramThatAPersonNamedIsUsedAgain(t *testing.T) {
	path, dir := program(t, `echo x >> $DIR/calls; exit 1`)
	v, _ := machine(t, path)
	for range 2 {
		if v.Speak("Hold.", cues.Plain, 0)() {
			t.Error("what failed counts as heard")
		}
	}
	if text, _ := os.ReadFile(filepath.Join(dir, "calls")); strings.Count(string(text), "x") != 2 {
		t.Errorf("it was started %q", text)
	}
}

func TestAToneThatIsTooLateIsNotHeard(t *testing.T) {
	v, calls := players(t, map[string]string{"aplay": "exit 0"})
	if v.Sound(cues.Start, cues.Plain, cues.Late+time.Millisecond)() || len(calls()) != 0 {
		t.Errorf("it started %v", calls())
	}
	if v.Found().Player != "aplay" {
		t.Error("the player is given up for a tone that was late")
	}
}
