package voice

import (
	"errors"
	"fmt"
	"math"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"lull/routine/cues"
)

// program is one that can be heard: how it is called with words, or with the
// path of a sound.
type program struct {
	name string
	on   string // the one platform it is known on; empty for any
	args func(what string, how cues.Manner) []string
	path string

	keeps *program // itself, if it stays and is told line by line
}

func (p *program) command(what string, how cues.Manner) *exec.Cmd {
	return exec.Command(p.path, p.args(what, how)...)
}

// speakers are the programs that speak, the best first. spd-say comes last: it
// takes a second and leaves a daemon behind. It is never told to wait, since
// without a sound device it then waits for ever.
var speakers = []program{
	{name: "say", on: "darwin", args: func(words string, how cues.Manner) []string {
		if how.Volume < cues.FullVolume {
			words = fmt.Sprintf("[[volm %.2f]] %s", float64(how.Volume)/cues.FullVolume, words)
		}
		return append(voiced("-v", how, "-r", strconv.Itoa(how.Rate)), words)
	}},
	{name: "powershell", on: "windows"},
	{name: "espeak-ng", args: espeak},
	{name: "espeak", args: espeak},
	{name: "flite", args: func(words string, how cues.Manner) []string {
		slower := float64(cues.UsualRate) / float64(max(1, how.Rate))
		return append(voiced("-voice", how, "--setf", fmt.Sprintf("duration_stretch=%.2f", slower)), "-t", words)
	}},
	{name: "spd-say", args: func(words string, how cues.Manner) []string {
		rate := (how.Rate - cues.UsualRate) * 2 / 3
		return append(voiced("-y", how, "-r", strconv.Itoa(max(-100, min(rate, 100))), "-i", strconv.Itoa(how.Volume-cues.FullVolume)), "--", words)
	}},
}

func espeak(words string, how cues.Manner) []string {
	return append(voiced("-v", how, "-s", strconv.Itoa(how.Rate), "-a", strconv.Itoa(how.Volume)), "--", words)
}

// voiced adds the voice's name to arguments, if there is one.
func voiced(flag string, how cues.Manner, args ...string) []string {
	if how.Name != "" {
		args = append(args, flag, how.Name)
	}
	return args
}

// players are the programs that play a sound, the best first.
var players = []program{
	{name: "powershell", on: "windows"},
	{name: "pw-play", args: justPath}, {name: "paplay", args: justPath},
	{name: "aplay", args: func(path string, _ cues.Manner) []string { return []string{"-q", path} }},
	{name: "afplay", args: justPath},
}

func justPath(path string, _ cues.Manner) []string { return []string{path} }

// machine is what was found on it.
type machine struct {
	speech, player     *program
	noSpeech, noPlayer string
}

func (m machine) found() cues.Found {
	f := cues.Found{NoSpeech: m.noSpeech, NoPlayer: m.noPlayer}
	if m.speech != nil {
		f.Speech = m.speech.name
	}
	if m.player != nil {
		f.Player = m.player.name
	}
	return f
}

// speakName is where a person says which program speaks, with its arguments.
const speakName = "LULL_SPEAK"

// look finds what can be heard. Over ssh that would be heard at the other end,
// so nothing is, but for a program that LULL_SPEAK names for it.
func look(o Options) machine {
	asked, by := o.Env(speakName), speakName
	far := o.Env("SSH_CONNECTION") != ""
	if asked == "" && !far {
		asked, by = o.Program, "voice_program"
	}
	var m machine
	switch {
	case strings.TrimSpace(asked) != "":
		m.speech, m.noSpeech = chosen(o, asked, by)
	case far:
		m.noSpeech = "over ssh nothing speaks: it would be the far machine; see LULL_SPEAK"
	default:
		if m.speech = first(o, speakers); m.speech == nil {
			m.noSpeech = "no speech program: install espeak-ng, or name one in voice_program"
		}
	}
	if far {
		m.noPlayer = "over ssh the terminal's bell rings: tones would sound at the far end"
	} else if m.player = first(o, players); m.player == nil {
		m.noPlayer = "no sound player: install alsa-utils; until then the terminal's bell rings"
	}
	return m
}

func first(o Options, all []program) *program {
	for _, p := range all {
		if p.on != "" && p.on != o.OS {
			continue
		}
		if path, err := o.Look(p.name); err == nil {
			p.path = path
			if p.args == nil {
				p.keeps = &p
			}
			return &p
		}
	}
	return nil
}

// chosen is the program that a person named. One that lull knows, named without
// arguments, is called as lull calls it; any other gets the words as its last
// argument. There is no shell between.
func chosen(o Options, line, by string) (*program, string) {
	words := strings.Fields(line)
	path, err := o.Look(words[0])
	if err != nil && !errors.Is(err, exec.ErrDot) {
		return nil, fmt.Sprintf("%s names %s, which was not found", by, words[0])
	}
	p := program{name: filepath.Base(words[0]), path: path, args: func(what string, _ cues.Manner) []string {
		return append(slices.Clone(words[1:]), what)
	}}
	if i := slices.IndexFunc(speakers, func(known program) bool { return known.name == p.name && known.args != nil }); i >= 0 && len(words) == 1 {
		p.args = speakers[i].args
	}
	return &p, ""
}

// share is a volume in per cent as a factor, even to the ear.
func share(volume int) float64 {
	v := float64(max(0, min(volume, cues.FullVolume))) / cues.FullVolume
	return math.Pow(v, 1.5)
}
