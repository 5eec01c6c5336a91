//go:build unix

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// sound is a file that espeak-ng wrote.
type sound struct {
	words string
	there time.Time     // when all of it was written
	long  time.Duration // how long it sounds
}

var errNoEspeak = errors.New("espeak-ng is not here: install it (the Debian package is espeak-ng)")

// writer makes a speech program that writes each cue to a file with espeak-ng
// and then lives on for as long as the cue would sound.
func writer(dir string, rate int) (path string, err error) {
	espeak, err := exec.LookPath("espeak-ng")
	if err != nil {
		return "", errNoEspeak
	}
	return script(dir, "speak", fmt.Sprintf(`f='%s'/$$
printf '%%s' "$1" > $f.txt
'%s' -s %d -w $f.wav -- "$1" || exit
exec sleep $(awk -v n=$(wc -c < $f.wav) 'BEGIN { printf "%%.3f", (n - %d) / %d }')`, dir, espeak, rate, wavHead, wavSecond))
}

// Of the files that espeak-ng writes: 22050 samples a second, two bytes each.
const (
	wavHead   = 44
	wavSecond = 44100
)

func script(dir, name, body string) (string, error) {
	path := filepath.Join(dir, name)
	return path, os.WriteFile(path, []byte("#!/bin/sh\n"+body+"\n"), 0o700)
}

// sounds reads what was written, in the order of time.
func sounds(dir string) ([]sound, error) {
	texts, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil {
		return nil, err
	}
	var all []sound
	for _, path := range texts {
		words, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		info, err := os.Stat(strings.TrimSuffix(path, ".txt") + ".wav")
		if errors.Is(err, os.ErrNotExist) {
			continue // it was cut off before there was anything to hear
		}
		if err != nil {
			return nil, err
		}
		long := time.Duration(info.Size()-wavHead) * time.Second / wavSecond
		all = append(all, sound{string(words), info.ModTime(), long})
	}
	slices.SortFunc(all, func(a, b sound) int { return a.there.Compare(b.there) })
	return all, nil
}

// badPrograms are speech programs that nobody should have to wait for, after
// the one that is silent.
var badPrograms = []bad{
	{"silence", "exit 0"},
	{"hangs", "trap '' TERM INT HUP; sleep 1000 & wait; wait; wait"},
	{"dies", "kill -SEGV $$"},
	{"floods", `while :; do echo "$1 and again and again"; echo "$1" >&2; done`},
	{"forks", "for i in 1 2 3 4 5 6 7 8; do sleep 1000 & done; wait"},
	{"missing", ""},
}

// bad is a speech program: its name, and the body of its shell script, empty for
// one that is not there.
type bad struct{ name, body string }

func (b bad) write(dir string) (string, error) {
	if b.body == "" {
		return filepath.Join(dir, "nowhere"), nil
	}
	return script(dir, b.name, b.body)
}
