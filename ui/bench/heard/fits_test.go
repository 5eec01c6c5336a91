//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"lull/assets"
	"lull/routine/cues"
	"lull/routine/say"
)

// spoken is how long espeak-ng speaks the words, by the file it writes.
func spoken(t *testing.T, words string) time.Duration {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.wav")
	if err := exec.Command("espeak-ng", "-v", say.Tag(), "-s", "150", "-w", path, "--", words).Run(); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return time.Duration(info.Size()-wavHead) * time.Second / wavSecond
}

// No cue of any of lull's routines sounds into the next, in any language: by the
// files, not by a guess of how long words take.
func TestNoCueOfAnyRoutineSoundsIntoTheNext(t *testing.T) {
	if _, err := exec.LookPath("espeak-ng"); err != nil {
		t.Skip(errNoEspeak)
	}
	for _, language := range say.Languages() {
		t.Run(language, func(t *testing.T) {
			l, err := say.Open(assets.Files, language)
			if err != nil {
				t.Fatal(err)
			}
			say.Use(l)
			t.Cleanup(func() { say.Use(nil) })
			fits(t)
		})
	}
}

func fits(t *testing.T) {
	lib, err := library()
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]time.Duration{}
	for _, r := range lib.Routines() {
		all := sitting{routine: r.ID, amount: cues.Full, rate: cues.UsualRate}.script(lib)
		for i, c := range all[:len(all)-1] {
			if known[c.words] == 0 {
				known[c.words] = spoken(t, c.words)
			}
			if room := all[i+1].due.Sub(c.due); known[c.words] > room {
				t.Errorf("%s: %q takes %v and has %v", r.ID, c.words, known[c.words], room)
			}
		}
	}
	t.Logf("%d cues", len(known))
}
