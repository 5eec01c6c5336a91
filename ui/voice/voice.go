// Package voice makes cues heard through the programs that a machine has: the
// one that speaks, and the one that plays sounds. Each cue is a process of its
// own, cheap enough to be started at its moment; the newest cue cuts off the one
// before, and what would begin late is left out. Nobody ever waits for it: a
// program that hangs, dies or floods, or is not there, costs silence and nothing
// else.
package voice

import (
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"time"

	"lull/routine/cues"
	"lull/routine/safe"
	"lull/routine/say"
)

// Options are what a Voice is made of.
type Options struct {
	Now     func() time.Time             // a clock that goes on steadily; it may be read by several goroutines
	Env     func(string) string          // the environment: LULL_SPEAK, SSH_CONNECTION
	Program string                       // the speech program of the settings, with its arguments; may be empty
	OS      string                       // the platform; empty for this one
	Look    func(string) (string, error) // finds a program; nil for the PATH
	Told    func(Outcome)                // what became of each cue; it must not wait; may be nil

	// After gives a channel that tells when a program has had its time; nil for
	// time.After.
	After func(time.Duration) <-chan time.Time
}

// Voice speaks and sounds. Make one with New and end it with Close.
type Voice struct {
	Options
	find func() machine

	mu    sync.Mutex
	next  *job          // the newest cue that is not begun
	last  *job          // the newest that was asked for
	hush  bool          // what is heard is to end
	awake bool          // the goroutine runs
	wake  chan struct{} // something newer is there, or what is heard is to end
	stop  chan struct{}
	over  chan struct{}

	sounds files
	helper *helper // of the goroutine alone
}

// New makes a Voice. Nothing is looked for or started yet.
func New(o Options) *Voice {
	if o.After == nil {
		o.After = time.After
	}
	if o.OS == "" {
		o.OS = runtime.GOOS
	}
	if o.Look == nil {
		o.Look = exec.LookPath
	}
	v := &Voice{Options: o, wake: make(chan struct{}, 1), stop: make(chan struct{}), over: make(chan struct{})}
	v.find = sync.OnceValue(func() machine { return look(o) })
	return v
}

// Found says what can be heard here. It looks once.
func (v *Voice) Found() cues.Found { return v.find().found() }

// longest is how many characters are given to a speech program.
const longest = 300

// Speak has the words spoken, unless they would begin later than cues.Late after
// their moment, which was age ago. It returns at once.
func (v *Voice) Speak(words string, how cues.Manner, age time.Duration) cues.Heard {
	words = strings.TrimLeft(safe.Text(words, longest), "- ")
	m := v.find()
	with := func() *program { return m.speaker(how.Language) }
	if with() == nil || words == "" || how.Volume == 0 {
		return cues.Mute{}.Speak(words, how, age)
	}
	return v.ask(&job{
		what: words, due: v.Now().Add(-age), line: "say " + encode(words), with: with, how: how, most: most,
		make: func(p *program) (*exec.Cmd, error) { return p.command(words, how), nil },
	})
}

// Sound has the tone played, under the same promises.
func (v *Voice) Sound(tone cues.Tone, how cues.Manner, age time.Duration) cues.Heard {
	m := v.find()
	if m.player() == nil || how.Volume == 0 {
		return cues.Mute{}.Sound(tone, how, age)
	}
	return v.ask(&job{
		what: string(tone), due: v.Now().Add(-age), tone: tone, with: m.player, how: how, most: mostTone,
		make: func(p *program) (*exec.Cmd, error) {
			path, err := v.sounds.of(tone, how.Volume)
			if err != nil {
				return nil, err
			}
			return p.command(path, how), nil
		},
	})
}

// Hush ends what is being heard.
func (v *Voice) Hush() {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.next != nil {
		v.settle(v.next, Outcome{Ending: Overtaken, Due: v.next.due})
		v.next = nil
	}
	v.hush = true
	v.rouse()
}

// ask leaves a cue for the goroutine, in place of one that waits.
func (v *Voice) ask(j *job) cues.Heard {
	j.over = make(chan struct{})
	heard := func() bool {
		select {
		case <-j.over:
			return j.outcome.Ending.heard()
		case <-v.stop:
			return true
		}
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	select {
	case <-v.stop:
		return heard
	default:
	}
	if v.next != nil {
		v.settle(v.next, Outcome{Ending: Overtaken, Due: v.next.due})
	}
	v.next, v.last = j, j
	if !v.awake {
		v.awake = true
		go v.run()
	}
	v.rouse()
	return heard
}

func (v *Voice) rouse() {
	select {
	case v.wake <- struct{}{}:
	default:
	}
}

// take is the newest cue, if there is one, and whether what is heard is to end.
// From then on only what is newer rouses.
func (v *Voice) take() (j *job, hush bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	select {
	case <-v.wake:
	default:
	}
	j, hush = v.next, v.hush
	v.next, v.hush = nil, false
	return j, hush
}

// settle writes down what became of a cue and tells it.
func (v *Voice) settle(j *job, o Outcome) {
	o.What = j.what
	j.outcome = o
	if v.Told != nil {
		v.Told(o)
	}
	close(j.over)
}

// Wait waits until the newest cue is over, but not longer than limit, and says
// what became of it, and whether it is over. It is for somebody who tries the
// voice; a session never waits.
func (v *Voice) Wait(limit time.Duration) (Outcome, bool) {
	v.mu.Lock()
	j := v.last
	v.mu.Unlock()
	if j == nil {
		return Outcome{}, true
	}
	select {
	case <-j.over:
		return j.outcome, true
	case <-time.After(limit):
		return Outcome{What: j.what}, false
	}
}

// Settle waits like Wait and says what went wrong, if anything did.
func (v *Voice) Settle(limit time.Duration) error {
	o, over := v.Wait(limit)
	switch {
	case !over:
		return say.Error("the program has not ended")
	case o.Ending == Failed:
		return o.Err
	case o.Ending != Ended:
		return say.Error("the cue was %s", say.Name(string(o.Ending)))
	}
	return nil
}

// Close ends what is being heard and takes away what was written for it. It
// waits a moment for the programs to be gone, but not for one that cannot be
// ended.
func (v *Voice) Close() {
	v.mu.Lock()
	running := v.awake
	select {
	case <-v.stop:
		running = false
	default:
		close(v.stop)
	}
	v.mu.Unlock()
	if running {
		select {
		case <-v.over:
		case <-time.After(2 * grace):
		}
	}
	v.sounds.remove()
}
