package voice_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"lull/routine/cues"
	"lull/ui/voice"
)

func found(os, program string, env map[string]string, there ...string) cues.Found {
	return voice.New(voice.Options{
		Now: time.Now, OS: os, Program: program, Env: func(name string) string { return env[name] },
		Look: func(name string) (string, error) {
			if slices.Contains(there, name) {
				return "/bin/" + name, nil
			}
			return "", exec.ErrNotFound
		},
	}).Found()
}

// oneLine is the room for a help text in Settings at eighty columns.
const oneLine = 76

func TestTheFirstProgramThatIsThereSpeaks(t *testing.T) {
	all := []string{"say", "powershell", "espeak-ng", "espeak", "flite", "spd-say", "pw-play", "paplay", "aplay", "afplay", "mine"}
	ssh := map[string]string{"SSH_CONNECTION": "192.0.2.1 1 192.0.2.2 22"}
	far := map[string]string{"SSH_CONNECTION": "x", "LULL_SPEAK": "mine --here"}
	for name, c := range map[string]struct {
		os, program    string
		env            map[string]string
		there          []string
		speech, player string
		why            string
	}{
		"linux":                {"linux", "", nil, all, "espeak-ng", "pw-play", ""},
		"linux, old":           {"linux", "", nil, []string{"espeak", "aplay", "spd-say"}, "espeak", "aplay", ""},
		"linux, flite":         {"linux", "", nil, []string{"flite", "spd-say", "paplay"}, "flite", "paplay", ""},
		"linux, last":          {"linux", "", nil, []string{"spd-say"}, "spd-say", "", ""},
		"macos":                {"darwin", "", nil, all, "say", "pw-play", ""},
		"macos, bare":          {"darwin", "", nil, []string{"say", "afplay"}, "say", "afplay", ""},
		"windows":              {"windows", "", nil, all, "powershell", "powershell", ""},
		"nothing":              {"linux", "", nil, nil, "", "", "install espeak-ng"},
		"the setting":          {"linux", "mine -x", nil, all, "mine", "pw-play", ""},
		"the environment wins": {"linux", "espeak", map[string]string{"LULL_SPEAK": "mine"}, all, "mine", "pw-play", ""},
		"it is not there":      {"linux", "", map[string]string{"LULL_SPEAK": "yours -x"}, all, "", "pw-play", "LULL_SPEAK names yours, which was not found"},
		"nor is the setting's": {"linux", "yours", nil, all, "", "pw-play", "voice_program names yours"},
		"over ssh":             {"linux", "mine", ssh, all, "", "", "over ssh"},
		"over ssh, asked for":  {"linux", "", far, all, "mine", "", ""},
	} {
		got := found(c.os, c.program, c.env, c.there...)
		if got.Speech != c.speech || got.Player != c.player {
			t.Errorf("%s: %+v", name, got)
		}
		if !strings.Contains(got.NoSpeech, c.why) || c.why == "" && got.NoSpeech != "" || (got.Player == "") != (got.NoPlayer != "") {
			t.Errorf("%s: it says %q and %q", name, got.NoSpeech, got.NoPlayer)
		}
		if len(got.NoSpeech) > oneLine || len(got.NoPlayer) > oneLine {
			t.Errorf("%s: too long for a line of Settings: %q, %q", name, got.NoSpeech, got.NoPlayer)
		}
	}
}
