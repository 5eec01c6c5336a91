package plain_test

import (
	"context"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/charmbracelet/colorprofile"

	"lull/assets"
	"lull/routine"
	"lull/routine/body"
	"lull/routine/cues"
	"lull/routine/guide"
	"lull/routine/journal"
	"lull/routine/journal/journaltest"
	"lull/routine/relief"
	"lull/routine/settings"
	"lull/ui/cli"
	"lull/ui/plain"
)

// config is a folder whose config.toml is in memory.
type config struct {
	mu   sync.Mutex
	text []byte
}

func (c *config) ConfigFile() string  { return "config.toml" }
func (c *config) RoutinesDir() string { return "routines" }
func (c *config) ReadConfig() ([]byte, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.text, nil
}
func (c *config) WriteConfig(text []byte) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.text = text
	return nil
}
func (c *config) ReadFile(string) ([]byte, error)             { return nil, os.ErrNotExist }
func (c *config) WriteRoutine(string, []byte) (string, error) { return "", os.ErrPermission }
func (c *config) Settings() (settings.Settings, error) {
	text, _ := c.ReadConfig()
	return settings.Parse("config.toml", text)
}
func (c *config) Save(changes []settings.Change) (settings.Settings, error) {
	text, _ := c.ReadConfig()
	text, err := settings.Apply("config.toml", text, changes)
	if err != nil {
		return settings.Settings{}, err
	}
	_ = c.WriteConfig(text)
	return c.Settings()
}

// paper is an output that is read while it is written.
type paper struct {
	mu   sync.Mutex
	text strings.Builder
	torn bool // nothing can be printed any more
}

func (p *paper) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.torn {
		return 0, io.ErrClosedPipe
	}
	return p.text.Write(b)
}

// since is what was printed after the first n bytes.
func (p *paper) since(n int) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.String()[n:]
}

// ear is a speaker that writes down what it is given.
type ear struct {
	mu   sync.Mutex
	said []string
}

func (*ear) Found() cues.Found { return cues.Found{Speech: "an ear", Player: "an ear"} }
func (e *ear) Speak(words string, _ cues.Manner, _ time.Duration) cues.Heard {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.said = append(e.said, words)
	return func() bool { return true }
}
func (e *ear) Sound(t cues.Tone, m cues.Manner, age time.Duration) cues.Heard {
	return e.Speak("tone "+string(t), m, age)
}
func (*ear) Hush() {}

func (e *ear) heard() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.said)
}

// visitor is lull in lines with somebody at it, in fake time.
type visitor struct {
	t      *testing.T
	mem    *journaltest.Mem
	config *config
	begin  time.Time // of the visit, by the fake clock
	at     time.Time // by the clock that lull sees
	press  *io.PipeWriter
	paper  *paper
	ear    *ear
	leave  context.CancelFunc
	done   chan error
	asleep atomic.Int64 // how long the machine slept meanwhile
	read   int          // bytes of the paper
}

// own is a routine of a minute and ten seconds.
const own = "name = \"Mine\"\n[[step]]\nstretch = \"ankle-pumps\"\nhold = \"20s\"\nreps = 1\nsides = \"alternate\"\ngap = \"5s\"\nsetup = \"10s\"\n" +
	"[[step]]\nstretch = \"wall-calf\"\nhold = \"10s\"\nreps = 1\nsides = \"right\"\ngap = \"0s\"\nsetup = \"5s\"\n"

// come opens lull in lines. It must run in a bubble.
func come(t *testing.T, mem *journaltest.Mem, c *config, at time.Time, start string) *visitor {
	t.Helper()
	v := &visitor{t: t, mem: mem, config: c, begin: time.Now(), at: at, paper: &paper{}, done: make(chan error, 1)}
	in, press := io.Pipe()
	v.press = press
	lib, err := routine.Open(assets.Files)
	if err == nil {
		err = lib.Add("mine.toml", []byte(own))
	}
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	v.leave = cancel
	t.Cleanup(func() { press.Close(); cancel() })
	v.ear = &ear{}
	deps := plain.Deps{
		Voice: v.ear,
		In:    in, Out: v.paper, Log: mem, Now: v.now, Steady: v.steady, Wait: time.After,
		Library: lib, Figures: body.Open(assets.Files), Guide: func() (guide.Guide, error) { return guide.Open(assets.Files) },
		Settings: c.Settings, Save: c.Save, Start: start,
		Verb: func(ctx context.Context, out io.Writer, lines <-chan string, args ...string) {
			v.door(lib, out, lines).Main(ctx, args)
		},
	}
	go func() { v.done <- plain.Run(ctx, deps) }()
	synctest.Wait()
	return v
}

func (v *visitor) steady() time.Duration { return time.Since(v.begin) + time.Duration(v.asleep.Load()) }

func (v *visitor) now() time.Time { return v.at.Add(time.Since(v.begin)) }

// door is the front door with the real verbs.
func (v *visitor) door(lib *routine.Library, out io.Writer, lines <-chan string) *cli.App {
	return &cli.App{
		In: strings.NewReader(""), Out: out, Err: out, Lines: lines,
		Env: func(string) string { return "" }, Now: v.now, Steady: v.steady, Wait: time.After,
		Folder: v.config, Log: func(time.Duration) journal.Log { return v.mem },
		Library: func() (*routine.Library, error) { return lib, nil },
		Aid:     func() (relief.Aid, error) { return relief.Open(assets.Files) },
		Figures: func() *body.Library { return body.Open(assets.Files) },
		Colours: func() colorprofile.Profile { return colorprofile.ASCII },
		Guide:   func() (guide.Guide, error) { return guide.Open(assets.Files) },
	}
}

// types enters lines, one after the other, and returns what was said since the
// last time.
func (v *visitor) types(lines ...string) string {
	v.t.Helper()
	for _, line := range lines {
		select {
		case err := <-v.done:
			v.t.Fatalf("it was over (%v) before %q was typed:\n%s", err, line, v.paper.since(0))
		default:
		}
		fmt.Fprintln(v.press, line)
		synctest.Wait()
	}
	said := v.paper.since(v.read)
	v.read += len(said)
	return said
}

// after lets time go by.
func (v *visitor) after(d time.Duration) string {
	time.Sleep(d)
	synctest.Wait()
	return v.types()
}

// over waits for the end.
func (v *visitor) over() error {
	v.press.Close()
	return <-v.done
}

// facts are those that stand, of a kind.
func facts[F journal.Fact](t *testing.T, mem *journaltest.Mem) []F {
	t.Helper()
	all, err := mem.Live(context.Background(), math.MinInt32, math.MaxInt32)
	if err != nil {
		t.Fatal(err)
	}
	var found []F
	for _, e := range all {
		if f, ok := e.Fact.(F); ok {
			found = append(found, f)
		}
	}
	return found
}

// has wants texts in what was said, in this order.
func has(t *testing.T, said string, texts ...string) {
	t.Helper()
	rest := said
	for _, text := range texts {
		_, after, found := strings.Cut(rest, text)
		if !found {
			t.Fatalf("%q was not said (or not after what comes before it):\n%s", text, said)
		}
		rest = after
	}
}
