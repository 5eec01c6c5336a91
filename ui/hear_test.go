package ui_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"lull/routine/cues"
	"lull/routine/journal/journaltest"
	"lull/routine/settings"
	"lull/ui"
	"lull/ui/uitest"
)

// ears is a speaker that writes down what it is asked for.
type ears struct {
	found cues.Found
	mute  bool // its speech program fails
	deaf  bool // its player fails
	mu    sync.Mutex
	heard []string
}

func (e *ears) note(s string, v ...any) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.heard = append(e.heard, fmt.Sprintf(s, v...))
}

func (e *ears) Found() cues.Found { return e.found }
func (e *ears) Speak(words string, how cues.Manner, age time.Duration) cues.Heard {
	e.note("say %s %d", words, how.Rate)
	return func() bool { return !e.mute }
}
func (e *ears) Sound(tone cues.Tone, how cues.Manner, age time.Duration) cues.Heard {
	e.note("sound %s", tone)
	return func() bool { return !e.deaf }
}
func (e *ears) Hush() { e.note("hush") }

func (e *ears) all() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return append([]string{}, e.heard...)
}

// loud is what is heard without the hushes.
func (e *ears) loud() []string {
	var out []string
	for _, h := range e.all() {
		if h != "hush" {
			out = append(out, h)
		}
	}
	return out
}

var both = cues.Found{Speech: "espeak-ng", Player: "pw-play"}

// listen runs the lead-in and the first seconds of the trial and gives what is heard.
func listen(t *testing.T, found cues.Found, set func(*settings.Settings), later time.Duration) []string {
	t.Helper()
	e := &ears{found: found}
	synctest.Test(t, func(t *testing.T) {
		b := begin(t, &journaltest.Mem{}, func(d *ui.Deps) {
			d.Voice = e
			set(&d.Settings)
			now := d.Now
			d.Now = func() time.Time { return now().Add(later) }
		})
		b.press("space", "space")
		b.pass(25*time.Second + 10*time.Millisecond)
		b.leave()
	})
	return e.loud()
}

func TestWhatIsHeardByTheSettingsTheHourAndTheMachine(t *testing.T) {
	rung := []string{} // the bell goes to the terminal
	toned := []string{"sound switch", "sound start", "sound switch", "sound start"}
	spoken := []string{
		"say Wall calf stretch, straight knee. Right leg. Face a wall, palms on it at chest height, one foot a step behind. 170",
		"say Hold. 170", "say Three. 170", "say Two. 170", "say One. 170",
		"say Switch to your left leg. 170", "say Hold. 170",
	}
	speak := func(s *settings.Settings) { s.Voice, s.VoiceRate = cues.Full, 170 }
	for name, c := range map[string]struct {
		found cues.Found
		set   func(*settings.Settings)
		later time.Duration
		want  []string
	}{
		"nothing set":                 {both, func(*settings.Settings) {}, 0, toned},
		"in the quiet hours":          {both, func(*settings.Settings) {}, time.Hour, toned},
		"in quiet sessions":           {both, func(s *settings.Settings) { s.QuietSessions = true }, time.Hour, rung},
		"in quiet sessions, by day":   {both, func(s *settings.Settings) { s.QuietSessions = true }, 0, toned},
		"in hours that are not quiet": {both, func(s *settings.Settings) { s.QuietHours, s.QuietSessions = false, true }, time.Hour, toned},
		"muted":                       {both, func(s *settings.Settings) { s.Muted = true; speak(s) }, 0, rung},
		"sound off":                   {both, func(s *settings.Settings) { s.Sound = "off" }, 0, rung},
		"no player":                   {cues.Found{Speech: "say"}, func(*settings.Settings) {}, 0, rung},
		"spoken":                      {both, speak, 0, spoken},
		"spoken in the quiet hours":   {both, speak, time.Hour, spoken},
		"to be spoken, but by what":   {cues.Found{Player: "aplay"}, speak, 0, toned},
		"only counted":                {both, func(s *settings.Settings) { s.Voice = cues.Counts }, 0, []string{"sound switch", "sound start", "say Three. 150", "say Two. 150", "say One. 150", "sound switch", "sound start"}},
	} {
		if diff := cmp.Diff(c.want, append([]string{}, listen(t, c.found, c.set, c.later)...)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestLeavingAndCrampNowEndWhatIsHeard(t *testing.T) {
	for _, key := range []string{"x", "q", "c"} {
		e := &ears{found: both}
		synctest.Test(t, func(t *testing.T) {
			b := begin(t, &journaltest.Mem{}, func(d *ui.Deps) { d.Voice, d.Settings.Voice = e, cues.Full })
			b.press("space", "space")
			time.Sleep(time.Second)
			b.p.Send(uitest.Press(key))
			synctest.Wait()
		})
		if all := e.all(); all[len(all)-1] != "hush" {
			t.Errorf("after %s: %v", key, all)
		}
	}
}

// out is a terminal's output, read while it is written.
type out struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *out) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

// ordered are orders to the terminal, such as its title, that end with what
// otherwise is the bell.
var ordered = regexp.MustCompile("\x1b\\][^\a\x1b]*\a")

func (o *out) bells() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return strings.Count(ordered.ReplaceAllString(o.b.String(), ""), "\a")
}

func TestTheTerminalsBellRingsWhereItIsSetOrNothingElseIsThere(t *testing.T) {
	for name, c := range map[string]struct {
		found cues.Found
		set   func(*settings.Settings)
		want  int
	}{
		"set":       {both, func(s *settings.Settings) { s.Sound = settings.Bell }, 4},
		"no player": {cues.Found{}, func(*settings.Settings) {}, 4},
		"player":    {both, func(*settings.Settings) {}, 0},
		"off":       {cues.Found{}, func(s *settings.Settings) { s.Sound = "off" }, 0},
	} {
		var o out
		synctest.Test(t, func(t *testing.T) {
			b := beginOn(t, &o, &journaltest.Mem{}, func(d *ui.Deps) { d.Voice = &ears{found: c.found}; c.set(&d.Settings) })
			b.press("space", "space")
			b.pass(25*time.Second + 10*time.Millisecond)
			b.leave()
		})
		if got := o.bells(); got != c.want {
			t.Errorf("%s: it rang %d times, want %d", name, got, c.want)
		}
	}
}

// A program that is there and fails must not leave a person in silence who faces a
// wall: words give way to a tone, and a tone to the bell.
func TestACueThatAProgramLosesIsHeardInAnotherWay(t *testing.T) {
	for name, c := range map[string]struct {
		mute, deaf bool // the speech program, the player
		voice      cues.Amount
		want       []string
		bells      int
	}{
		"all is well":      {false, false, cues.Off, []string{"sound switch", "sound start"}, 0},
		"the player fails": {false, true, cues.Off, []string{"sound switch", "sound start"}, 2},
		"the speech fails": {true, false, cues.Names, []string{"say Wall calf stretch, straight knee. Right leg. 150", "sound switch", "say Hold. 150", "sound start"}, 0},
		"both fail":        {true, true, cues.Names, []string{"say Wall calf stretch, straight knee. Right leg. 150", "sound switch", "say Hold. 150", "sound start"}, 2},
	} {
		var o out
		e := &ears{found: both, mute: c.mute, deaf: c.deaf}
		synctest.Test(t, func(t *testing.T) {
			b := beginOn(t, &o, &journaltest.Mem{}, func(d *ui.Deps) { d.Voice, d.Settings.Voice = e, c.voice })
			b.press("space", "space")
			b.pass(12 * time.Second)
			b.leave()
		})
		if diff := cmp.Diff(c.want, e.loud()); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if got := o.bells(); got != c.bells {
			t.Errorf("%s: it rang %d times, want %d", name, got, c.bells)
		}
	}
}
