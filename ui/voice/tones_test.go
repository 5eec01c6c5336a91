package voice

import (
	"bytes"
	"encoding/binary"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"lull/routine/cues"
)

func TestSpeechProgramsAreCalledAsTheyWantIt(t *testing.T) {
	loud := cues.Manner{Rate: 180, Name: "", Volume: 100}
	soft := cues.Manner{Rate: 150, Name: "en-gb", Volume: 40}
	want := map[string][2]string{
		"say":       {"-r 180 Hold.", "-r 150 -v en-gb [[volm 0.40]] Hold."},
		"espeak-ng": {"-s 180 -a 100 -- Hold.", "-s 150 -a 40 -v en-gb -- Hold."},
		"espeak":    {"-s 180 -a 100 -- Hold.", "-s 150 -a 40 -v en-gb -- Hold."},
		"flite":     {"--setf duration_stretch=0.83 -t Hold.", "--setf duration_stretch=1.00 -voice en-gb -t Hold."},
		"spd-say":   {"-r 20 -i 0 -- Hold.", "-r 0 -i -60 -y en-gb -- Hold."},
	}
	for _, p := range speakers {
		if p.args == nil {
			continue
		}
		for i, how := range []cues.Manner{loud, soft} {
			if got := strings.Join(p.args("Hold.", how), " "); got != want[p.name][i] {
				t.Errorf("%s: %q, want %q", p.name, got, want[p.name][i])
			}
		}
		if strings.Contains(strings.Join(p.args("x", loud), " "), "-w") {
			t.Errorf("%s is told to wait or to write", p.name)
		}
	}
}

// A voice that somebody named says everything; without one the program is told
// the language, where there is a way.
func TestSpeechProgramsSpeakTheLanguageOfTheWords(t *testing.T) {
	for name, want := range map[string]string{
		"espeak-ng": "-s 150 -a 100 -v es -- Mantén.",
		"espeak":    "-s 150 -a 100 -v es -- Mantén.",
		"spd-say":   "-r 0 -i 0 -l es -- Mantén.",
		"say":       "-r 150 -v Mónica Mantén.",
	} {
		p := speakers[slices.IndexFunc(speakers, func(p program) bool { return p.name == name })]
		p.path, p.found = name, map[string]string{}
		if p.voice != nil {
			p.voice = func(_, language string) string { return voiceIn(sayVoices, language) }
		}
		how := cues.Plain
		how.Language = "es"
		if got := strings.Join(p.command("Mantén.", how).Args[1:], " "); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
		how.Name = "mine"
		if got := strings.Join(p.command("Mantén.", how).Args, " "); !strings.Contains(got, " mine ") || strings.Contains(got, "es ") {
			t.Errorf("%s with a voice that was named: %q", name, got)
		}
		if got, bare := strings.Join(p.args("x", cues.Manner{Language: "en"}), " "), strings.Join(p.args("x", cues.Manner{}), " "); got != bare {
			t.Errorf("%s for English: %q, want %q", name, got, bare)
		}
	}
	for _, c := range []struct{ language, want string }{{"es", "Mónica"}, {"de", "Eddy (German (Germany))"}, {"fr", ""}} {
		if got := voiceIn(sayVoices, c.language); got != c.want {
			t.Errorf("%s: %q, want %q", c.language, got, c.want)
		}
	}
}

// sayVoices is a list in the form in which macOS's say gives it.
const sayVoices = `Albert              en_US    # Hello! My name is Albert.
Eddy (German (Germany)) de_DE    # Hallo!
Mónica              es_ES    # Hola.
Paulina             es_MX    # Hola.
`

// A program that speaks English only gives way to one that speaks more, once lull
// speaks another language.
func TestAnEnglishProgramIsPassedOverForAnotherLanguage(t *testing.T) {
	there := func(names ...string) machine {
		return look(Options{OS: "linux", Env: func(string) string { return "" }, Look: func(name string) (string, error) {
			if slices.Contains(names, name) {
				return name, nil
			}
			return "", exec.ErrNotFound
		}})
	}
	for _, c := range []struct {
		m           machine
		english, es string
	}{
		{there("flite", "spd-say"), "flite", "spd-say"}, {there("flite"), "flite", ""}, {there("espeak-ng", "flite"), "espeak-ng", "espeak-ng"}, {there(), "", ""},
	} {
		for language, want := range map[string]string{"": c.english, "en": c.english, "es": c.es} {
			got := ""
			if p := c.m.speaker(language); p != nil {
				got = p.name
			}
			if got != want {
				t.Errorf("%q: %q speaks, want %q", language, got, want)
			}
		}
	}
}

func TestTonesAreSoundFilesOfLessThanASecondAndAHalf(t *testing.T) {
	seen := map[string]cues.Tone{}
	for _, tone := range cues.Tones {
		file := wave(tone, cues.FullVolume)
		if other, twice := seen[string(file)]; twice {
			t.Errorf("%s and %s are one", tone, other)
		}
		seen[string(file)] = tone
		if !bytes.HasPrefix(file, []byte("RIFF")) || string(file[8:16]) != "WAVEfmt " || string(file[36:40]) != "data" {
			t.Fatalf("%s: %q", tone, file[:44])
		}
		le := binary.LittleEndian
		if int(le.Uint32(file[4:])) != len(file)-8 || int(le.Uint32(file[40:])) != len(file)-44 || le.Uint32(file[24:]) != samples {
			t.Errorf("%s: the sizes in its head are wrong", tone)
		}
		data := make([]int16, (len(file)-44)/2)
		if err := binary.Read(bytes.NewReader(file[44:]), le, data); err != nil {
			t.Fatal(err)
		}
		if long := time.Duration(len(data)) * time.Second / samples; long < 200*time.Millisecond || long > 1500*time.Millisecond {
			t.Errorf("%s lasts %v", tone, long)
		}
		soft(t, tone, data)
	}
}

// soft wants a tone that neither clicks nor shouts: no jump between two samples,
// at both ends silence, and well below what a sample can hold.
func soft(t *testing.T, tone cues.Tone, data []int16) {
	t.Helper()
	peak, jump := 0, 0
	for i, s := range data {
		peak = max(peak, int(s), -int(s))
		if i > 0 {
			jump = max(jump, int(s)-int(data[i-1]), int(data[i-1])-int(s))
		}
	}
	if peak > 16000 || peak < 4000 {
		t.Errorf("%s is as loud as %d", tone, peak)
	}
	if jump > 3000 {
		t.Errorf("%s jumps by %d", tone, jump)
	}
	if first, last := data[0], data[len(data)-1]; first != 0 || last > 40 || last < -40 {
		t.Errorf("%s begins at %d and ends at %d", tone, first, last)
	}
}

func TestVolumeMakesTonesSofterAndNothingElse(t *testing.T) {
	full, half, none := wave(cues.Done, 100), wave(cues.Done, 50), wave(cues.Done, 0)
	if len(full) != len(half) {
		t.Error("they differ in length")
	}
	if !bytes.Equal(none[44:], make([]byte, len(none)-44)) {
		t.Error("at 0 there is something to hear")
	}
	peak := func(file []byte) (most int) {
		for i := 44; i < len(file); i += 2 {
			s := int(int16(binary.LittleEndian.Uint16(file[i:])))
			most = max(most, s, -s)
		}
		return most
	}
	if f, h := peak(full), peak(half); h >= f || h < f/5 {
		t.Errorf("full %d, half %d", f, h)
	}
}
