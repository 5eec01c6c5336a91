package voice

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"sync"

	"lull/routine/cues"
	"lull/routine/say"
)

// note is a sine of so many hertz that begins after so many seconds and dies
// away with the time constant fade.
type note struct{ hertz, after, fade float64 }

// melodies are the four tones. They can be told apart by how many notes they
// have and which way they go: up, one, down, and up in three.
var melodies = map[cues.Tone][]note{
	cues.Start:   {{392, 0, 0.07}, {587.3, 0.13, 0.12}},
	cues.Halfway: {{493.9, 0, 0.10}},
	cues.Switch:  {{587.3, 0, 0.07}, {392, 0.13, 0.12}},
	cues.Done:    {{392, 0, 0.09}, {493.9, 0.17, 0.09}, {587.3, 0.34, 0.22}},
}

const (
	samples  = 22050 // a second
	attack   = 0.012 // seconds in which a note swells: one that begins at once clicks
	loudest  = 0.30  // of what a sample can hold
	overtone = 0.12  // of the octave, so that small loudspeakers carry it
	fades    = 5     // time constants until a note is over
)

// wave is a tone as a WAV file: one channel of sixteen bits.
func wave(tone cues.Tone, volume int) []byte {
	melody := melodies[tone]
	var length float64
	for _, n := range melody {
		length = max(length, n.after+fades*n.fade)
	}
	data := make([]int16, int(length*samples))
	for i := range data {
		at := float64(i) / samples
		var sum float64
		for _, n := range melody {
			sum += n.at(at - n.after)
		}
		rest := min(1, (length-at)/attack) // it ends in silence
		data[i] = int16(sum * rest * loudest * share(volume) * math.MaxInt16)
	}
	return wav(data)
}

func (n note) at(t float64) float64 {
	if t < 0 {
		return 0
	}
	swell := 1.0
	if t < attack {
		swell = (1 - math.Cos(math.Pi*t/attack)) / 2
	}
	angle := 2 * math.Pi * n.hertz * t
	return swell * math.Exp(-t/n.fade) * (math.Sin(angle) + overtone*math.Sin(2*angle))
}

func wav(data []int16) []byte {
	var b bytes.Buffer
	size := uint32(2 * len(data))
	b.WriteString("RIFF")
	write := func(v any) { _ = binary.Write(&b, binary.LittleEndian, v) } // a buffer takes everything
	write(36 + size)
	b.WriteString("WAVEfmt ")
	write(uint32(16)) // how long the next six are
	write(uint16(1))
	write(uint16(1))
	write(uint32(samples))
	write(uint32(2 * samples))
	write(uint16(2))
	write(uint16(16))
	b.WriteString("data")
	write(size)
	write(data)
	return b.Bytes()
}

// files are the tones on disk, for players that read nothing else. They are
// written when they are first needed, in a folder that nobody else may enter.
type files struct {
	mu  sync.Mutex
	dir string
	ok  map[string]bool
}

// of is the path of a tone.
func (f *files) of(tone cues.Tone, volume int) (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.dir == "" {
		dir, err := os.MkdirTemp("", "lull-tones-") // 0700
		if err != nil {
			return "", say.Error("make a folder for the tones: %w", err)
		}
		f.dir, f.ok = dir, map[string]bool{}
	}
	path := filepath.Join(f.dir, fmt.Sprintf("%s-%d.wav", tone, volume))
	if f.ok[path] {
		return path, nil
	}
	if err := os.WriteFile(path, wave(tone, volume), 0o600); err != nil {
		return "", say.Error("write a tone: %w", err)
	}
	f.ok[path] = true
	return path, nil
}

func (f *files) remove() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.dir != "" {
		_ = os.RemoveAll(f.dir) // the system's own folder is emptied by the system
		f.dir = ""
	}
}
