package voice

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"lull/routine/cues"
	"lull/routine/say"
)

// program is one that can be heard: how it is called with words, or with the
// path of a sound.
type program struct {
	name string
	on   string // the one platform it is known on; empty for any
	args func(what string, how cues.Manner) []string
	path string

	english bool                               // it speaks nothing else
	voice   func(path, language string) string // finds a voice for a language, where only its name will do
	found   map[string]string                  // what voice found, by language
	keeps   *program                           // itself, if it stays and is told line by line

	// failed is set once the program has failed, and then another is used; nil
	// for one that is used all the same: it is started again, or a person chose it.
	failed *atomic.Bool
}

func (p *program) works() bool { return p.failed == nil || !p.failed.Load() }

func (p *program) command(what string, how cues.Manner) *exec.Cmd {
	if p.voice != nil && how.Name == "" && foreign(how.Language) {
		name, known := p.found[how.Language]
		if !known {
			name = p.voice(p.path, how.Language)
			p.found[how.Language] = name
		}
		how.Name = name
	}
	return exec.Command(p.path, p.args(what, how)...)
}

// foreign says whether a language is one that a program has to be told of: what
// it speaks by itself is left to it where lull speaks English.
func foreign(language string) bool { return language != "" && language != say.English }

// speakers are the programs that speak, the best first. spd-say comes last: it
// takes a second and leaves a daemon behind. It is never told to wait, since
// without a sound device it then waits for ever.
var speakers = []program{
	{name: "say", on: "darwin", voice: sayVoice, args: func(words string, how cues.Manner) []string {
		if how.Volume < cues.FullVolume {
			words = strings.Join([]string{"[[volm", fmt.Sprintf("%.2f]]", float64(how.Volume)/cues.FullVolume), words}, " ")
		}
		return append(voiced("-v", "", how, "-r", strconv.Itoa(how.Rate)), words)
	}},
	{name: "powershell", on: "windows"},
	{name: "espeak-ng", args: espeak},
	{name: "espeak", args: espeak},
	{name: "flite", english: true, args: func(words string, how cues.Manner) []string {
		slower := float64(cues.UsualRate) / float64(max(1, how.Rate))
		return append(voiced("-voice", "", how, "--setf", fmt.Sprintf("duration_stretch=%.2f", slower)), "-t", words)
	}},
	{name: "spd-say", args: func(words string, how cues.Manner) []string {
		rate := (how.Rate - cues.UsualRate) * 2 / 3
		return append(voiced("-y", "-l", how, "-r", strconv.Itoa(max(-100, min(rate, 100))), "-i", strconv.Itoa(how.Volume-cues.FullVolume)), "--", words)
	}},
}

func espeak(words string, how cues.Manner) []string {
	return append(voiced("-v", "-v", how, "-s", strconv.Itoa(how.Rate), "-a", strconv.Itoa(how.Volume)), "--", words)
}

// voiced adds the voice's name to arguments, if there is one, or else the
// language, if there is a flag for it.
func voiced(flag, language string, how cues.Manner, args ...string) []string {
	switch {
	case how.Name != "":
		args = append(args, flag, how.Name)
	case language != "" && foreign(how.Language):
		args = append(args, language, how.Language)
	}
	return args
}

// sayVoice asks say for its voices and gives the first for a language, or
// nothing: then it speaks with the voice that the person chose for the machine.
func sayVoice(path, language string) string {
	ctx, cancel := context.WithTimeout(context.Background(), asking)
	defer cancel()
	list, err := exec.CommandContext(ctx, path, "-v", "?").Output()
	if err != nil {
		return ""
	}
	return voiceIn(string(list), language)
}

const asking = 2 * time.Second

// voiceLine is a voice as say lists it: its name, which may hold blanks, and its
// language.
var voiceLine = regexp.MustCompile(`(?m)^(\S.*?)\s+([a-z]{2,3})[_-]\w+\s+#`)

func voiceIn(list, language string) string {
	for _, v := range voiceLine.FindAllStringSubmatch(list, -1) {
		if v[2] == language {
			return v[1]
		}
	}
	return ""
}

// players are the programs that play a sound, the best first.
var players = []program{
	{name: "powershell", on: "windows"},
	{name: "pw-play", args: justPath}, {name: "paplay", args: justPath},
	{name: "aplay", args: func(path string, _ cues.Manner) []string { return []string{"-q", path} }},
	{name: "afplay", args: justPath},
}

func justPath(path string, _ cues.Manner) []string { return []string{path} }

// machine is what was found on it, the best first.
type machine struct {
	speech, players    []*program
	noSpeech, noPlayer func() string
}

// speaker is the program that speaks a language; nil for none.
func (m machine) speaker(language string) *program {
	for _, p := range m.speech {
		if p.works() && !(p.english && foreign(language)) {
			return p
		}
	}
	return nil
}

// player is the program that plays tones; nil for none.
func (m machine) player() *program {
	if i := slices.IndexFunc(m.players, (*program).works); i >= 0 {
		return m.players[i]
	}
	return nil
}

func (m machine) found() cues.Found {
	var f cues.Found
	if p := m.speaker(say.Tag()); p != nil {
		f.Speech = p.name
	} else {
		f.NoSpeech = m.whyNoSpeech()
	}
	switch p := m.player(); {
	case p != nil:
		f.Player = p.name
	case len(m.players) > 0:
		f.NoPlayer = say.Text("%s does not work here: the terminal's bell rings", m.players[len(m.players)-1].name)
	default:
		f.NoPlayer = m.noPlayer()
	}
	return f
}

func (m machine) whyNoSpeech() string {
	if len(m.speech) == 0 {
		return m.noSpeech()
	}
	p := m.speech[len(m.speech)-1]
	if p.works() {
		return say.Text("%s speaks only English: install espeak-ng", p.name)
	}
	return say.Text("%s does not work here", p.name)
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
		m.noSpeech = say.Key("over ssh nothing speaks: it would be the far machine; see LULL_SPEAK").String
	default:
		m.speech = there(o, speakers)
		m.noSpeech = say.Key("no speech program: install espeak-ng, or name one in voice_program").String
	}
	if far {
		m.noPlayer = say.Key("over ssh the terminal's bell rings: tones would sound at the far end").String
	} else {
		m.players = there(o, players)
		m.noPlayer = say.Key("no sound player: install alsa-utils; until then the terminal's bell rings").String
	}
	return m
}

// there are those of the programs that this machine has.
func there(o Options, all []program) []*program {
	var found []*program
	for _, p := range all {
		if p.on != "" && p.on != o.OS {
			continue
		}
		if path, err := o.Look(p.name); err == nil {
			p.path, p.found = path, map[string]string{}
			if p.args == nil {
				p.keeps = &p
			} else {
				p.failed = new(atomic.Bool)
			}
			found = append(found, &p)
		}
	}
	return found
}

// chosen is the program that a person named. One that lull knows, named without
// arguments, is called as lull calls it; any other gets the words as its last
// argument. There is no shell between.
func chosen(o Options, line, by string) ([]*program, func() string) {
	words := strings.Fields(line)
	path, err := o.Look(words[0])
	if err != nil && !errors.Is(err, exec.ErrDot) {
		return nil, func() string { return say.Text("%s names %s, which was not found", by, words[0]) }
	}
	p := program{name: filepath.Base(words[0]), path: path, args: func(what string, _ cues.Manner) []string {
		return append(slices.Clone(words[1:]), what)
	}}
	if i := slices.IndexFunc(speakers, func(known program) bool { return known.name == p.name && known.args != nil }); i >= 0 && len(words) == 1 {
		p.args, p.voice, p.found = speakers[i].args, speakers[i].voice, map[string]string{}
	}
	return []*program{&p}, nil
}

// share is a volume in per cent as a factor, even to the ear.
func share(volume int) float64 {
	v := float64(max(0, min(volume, cues.FullVolume))) / cues.FullVolume
	return math.Pow(v, 1.5)
}
