//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"github.com/charmbracelet/colorprofile"

	"lull/assets"
	"lull/routine"
	"lull/routine/body"
	"lull/routine/cues"
	"lull/routine/guide"
	"lull/routine/journal/journaltest"
	"lull/routine/relief"
	"lull/routine/session"
	"lull/routine/settings"
	"lull/ui"
	"lull/ui/steady"
	"lull/ui/voice"
)

// shortRoutine has a get-ready, a hold, a change of sides and an end.
const shortRoutine = "short"

const shortText = `name = "short"
[[step]]
stretch = "own"
hold    = "3s"
reps    = 1
sides   = "alternate"
gap     = "2s"
setup   = "3s"
[[stretch]]
id       = "own"
name     = "Calf"
position = "any"
hold     = "3s"
`

// sitting is a routine that is led through, and how it is spoken.
type sitting struct {
	routine string
	amount  cues.Amount
	rate    int
}

// asked is a cue that the program asked for.
type asked struct {
	words string
	due   time.Time
	age   time.Duration // how long after its moment it was asked for
}

// sat is what was seen of a sitting.
type sat struct {
	asked    []asked
	outcomes []voice.Outcome
	longest  time.Duration // that an asking took
}

// late is how long after their moments cues were asked for.
func (s sat) late() (median, worst time.Duration) {
	ages := make([]time.Duration, len(s.asked))
	for i, a := range s.asked {
		ages[i] = a.age
	}
	slices.Sort(ages)
	if len(ages) == 0 {
		return 0, 0
	}
	return ages[len(ages)/2], ages[len(ages)-1]
}

// recorder passes cues on to a voice and writes them down. It says that there is
// a speech program also where there is none, so that all is asked for.
type recorder struct {
	*voice.Voice
	mu   sync.Mutex
	sat  sat
	done chan struct{} // closed once the last cue is asked for
}

func (r *recorder) Found() cues.Found { return cues.Found{Speech: "recorded"} }

func (r *recorder) Speak(words string, how cues.Manner, age time.Duration) cues.Heard {
	from := time.Now()
	heard := r.Voice.Speak(words, how, age)
	took := time.Since(from)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sat.asked = append(r.sat.asked, asked{words, from.Add(-age), age})
	r.sat.longest = max(r.sat.longest, took)
	if words == last {
		close(r.done)
	}
	return heard
}

const last = "Done. That was the last."

func (r *recorder) told(o voice.Outcome) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sat.outcomes = append(r.sat.outcomes, o)
}

func library() (*routine.Library, error) {
	lib, err := routine.Open(assets.Files)
	if err != nil {
		return nil, err
	}
	return lib, lib.Add(shortRoutine+".toml", []byte(shortText))
}

// run leads through the routine in the real program, with a speech program.
func (s sitting) run(speak string) (sat, error) {
	lib, err := library()
	if err != nil {
		return sat{}, err
	}
	r, ok := lib.Routine(s.routine)
	if !ok {
		return sat{}, fmt.Errorf("there is no routine %q", s.routine)
	}
	rec := &recorder{done: make(chan struct{})}
	rec.Voice = voice.New(voice.Options{Now: time.Now, Told: rec.told, Env: func(name string) string {
		return map[string]string{"LULL_SPEAK": speak}[name]
	}})
	set := settings.Default()
	set.Voice, set.VoiceRate, set.LeadIn = s.amount, s.rate, 0 // the plan that is compared has none
	keys, press := io.Pipe()
	defer press.Close()
	ended := make(chan error, 1)
	go func() {
		ended <- ui.Run(context.Background(), ui.Deps{
			Log: new(journaltest.Mem), Now: time.Now, Steady: steady.Clock(time.Now), Library: lib, Figures: body.Open(assets.Files),
			Settings: set, Config: "config.toml", Tabs: ui.DefaultTabs, Voice: rec, Start: ui.Start{Routine: s.routine},
			Aid:   func() (relief.Aid, error) { return relief.Open(assets.Files) },
			Guide: func() (guide.Guide, error) { return guide.Open(assets.Files) },
		}, ui.Terminal{Traits: ui.Traits{Profile: colorprofile.TrueColor}, In: keys, Out: io.Discard, Env: []string{"TERM=xterm"}, Width: 100, Height: 30})
	}()
	if _, err := press.Write([]byte(" ")); err != nil {
		return sat{}, err
	}
	select {
	case <-rec.done:
	case err := <-ended:
		return sat{}, errors.Join(errors.New("the program ended early"), err)
	case <-time.After(r.Length() + time.Minute):
		return sat{}, errors.New("the session did not end in time")
	}
	rec.Wait(3 * time.Second)
	if _, err := press.Write([]byte("q")); err != nil {
		return sat{}, err
	}
	err = <-ended
	rec.Close()
	rec.mu.Lock()
	defer rec.mu.Unlock()
	return rec.sat, err
}

// asAsked compares what was asked for with what the routine's file says, by
// words and by moments. It lists apart what was not asked for because its tick
// came so late that the next cue was due as well.
func asAsked(how sitting, past sat, slack time.Duration) (problems, passed []string) {
	lib, err := library()
	if err != nil {
		return []string{err.Error()}, nil
	}
	want := how.script(lib)
	start := want[0].due
	for _, a := range past.asked {
		i := slices.IndexFunc(want, func(w asked) bool { return w.words == a.words })
		if i < 0 {
			problems = append(problems, fmt.Sprintf("%q was asked for, and by the routine it is not due", a.words))
			continue
		}
		for _, w := range want[:i] {
			passed = append(passed, w.words)
		}
		if off := a.due.Sub(past.asked[0].due) - want[i].due.Sub(start); off.Abs() > slack {
			problems = append(problems, fmt.Sprintf("%q has its moment %v beside the routine's", a.words, off))
		}
		want = want[i+1:]
	}
	if len(want) > 0 {
		problems = append(problems, fmt.Sprintf("%d cues at the end were not asked for", len(want)))
	}
	return problems, passed
}

// sameMoment is how far two readings of the clock for one moment may lie apart:
// the program's, when a tick arrives, and the recorder's, when it asks.
const sameMoment = 50 * time.Millisecond

// script is what a routine asks to be said, by an ideal clock.
func (s sitting) script(lib *routine.Library) (all []asked) {
	r, _ := lib.Routine(s.routine)
	r = routine.Screening{}.Plan(lib, r).Routine
	teller := cues.Teller{Library: lib, Amount: s.amount, Rate: s.rate}
	state, in, at := session.New(session.Compile(r)), session.Input(session.Start{}), time.Duration(0)
	for {
		next, events := state.Apply(in, at)
		state, in = next, session.Tick{}
		if c := teller.Of(events, state.View().Phase, at); c.Words != "" {
			all = append(all, asked{words: c.Words, due: time.Time{}.Add(at)})
		}
		if state.Due() == 0 {
			return all
		}
		at += state.Due()
	}
}
