package voice

import (
	"os/exec"
	"runtime"
	"time"

	"lull/routine/cues"
	"lull/routine/say"
)

// Ending says how a cue ended.
type Ending string

// The endings.
const (
	Ended     Ending = "ended"     // its program did
	CutOff    Ending = "cut off"   // by a newer cue, or by Hush or Close
	TooLate   Ending = "too late"  // it would have begun too long after its moment, so it was left out
	Overtaken Ending = "overtaken" // a newer cue came before it began
	Failed    Ending = "failed"    // its program could not be started, or ended with an error
	TooLong   Ending = "too long"  // its program did not end and was ended
)

// heard reports whether a cue that ended so was heard, or gave way to a newer one.
func (e Ending) heard() bool { return e == Ended || e == CutOff || e == Overtaken }

// The endings as say.Name says them.
const (
	_ say.Key = "ended"
	_ say.Key = "cut off"
	_ say.Key = "too late"
	_ say.Key = "overtaken"
	_ say.Key = "failed"
	_ say.Key = "too long"
)

// Outcome is what became of a cue.
type Outcome struct {
	What   string // the words, or the tone
	Ending Ending
	Due    time.Time     // its moment
	Begun  time.Time     // when its program had been started; zero if it never was
	Took   time.Duration // until its program was gone
	Err    error         // why it Failed
}

// job is a cue on its way.
type job struct {
	what string
	due  time.Time
	how  cues.Manner
	with func() *program                   // the best program that has not failed; nil for none
	make func(*program) (*exec.Cmd, error) // the process that makes it heard
	line string                            // what a helper is told to speak, or else
	tone cues.Tone                         // what to play
	most time.Duration                     // how long it can take

	over    chan struct{} // closed when it is over, and from then on
	outcome Outcome       // says how
}

const (
	// grace is how long a program that was killed may take to be gone. What
	// takes longer hangs in the kernel; it is left to itself.
	grace = 300 * time.Millisecond
	// most is how long words can take.
	most = 20 * time.Second
	// mostTone is how long a tone can take. It lasts less than two seconds: a
	// player that is not done by then hangs.
	mostTone = 4 * time.Second
)

// run does one cue after the other. On Linux a child is ended with the thread
// that started it, so all of them are started from this one.
func (v *Voice) run() {
	runtime.LockOSThread()
	defer close(v.over)
	defer v.dismiss()
	for {
		select {
		case <-v.stop:
			return
		case <-v.wake:
		}
		for {
			j, hush := v.take()
			if hush {
				v.quieten()
			}
			if j == nil {
				break
			}
			v.settle(j, v.hear(j))
		}
	}
}

// hear makes one cue heard, until it is over or there is something newer. A
// program that fails is not used again; if there is time left, the next one gets
// the cue.
func (v *Voice) hear(j *job) Outcome {
	late := cues.Late
	for {
		p := j.with()
		if p == nil {
			return Outcome{Due: j.due, Ending: Failed, Err: noProgram{}}
		}
		if v.Now().Sub(j.due) > late {
			return Outcome{Due: j.due, Ending: TooLate}
		}
		o, broken := v.try(j, p)
		if !broken || p.failed == nil {
			return o
		}
		p.failed.Store(true)
		if o.Ending == TooLong || j.with() == nil {
			return o
		}
		late = cues.Fallback
	}
}

// try gives a cue to a program. It reports what became of it, and whether the
// program is to blame if it was not heard.
func (v *Voice) try(j *job, p *program) (o Outcome, broken bool) {
	o = Outcome{Due: j.due}
	if p.keeps != nil {
		o = v.tell(j, p, o)
		return o, o.Ending == Failed
	}
	cmd, err := j.make(p)
	if err != nil {
		o.Ending, o.Err = Failed, err
		return o, false
	}
	apart(cmd)
	if err := cmd.Start(); err != nil {
		o.Ending, o.Err = Failed, err
		return o, true
	}
	o.Begun = v.Now()
	ended := make(chan error, 1)
	go func() {
		err := cmd.Wait() // also of one that is given up on: nothing stays a zombie
		end(cmd)          // and what it left behind in its group
		ended <- err
	}()
	o.Ending, o.Err = v.follow(cmd, ended, j.most)
	o.Took = v.Now().Sub(o.Begun)
	return o, o.Ending == Failed || o.Ending == TooLong && j.tone != ""
}

// follow waits for the end of a program, or brings it about.
func (v *Voice) follow(cmd *exec.Cmd, ended <-chan error, most time.Duration) (Ending, error) {
	how := CutOff
	select {
	case err := <-ended:
		if err != nil {
			return Failed, err
		}
		return Ended, nil
	case <-v.wake:
	case <-v.stop:
	case <-v.After(most):
		how = TooLong
	}
	end(cmd)
	select {
	case <-ended:
	case <-time.After(grace):
	}
	return how, nil
}

// noProgram says that every program for a cue has failed.
type noProgram struct{}

func (noProgram) Error() string { return say.Text("every program for it has failed") }

// deaf says that a helper does not read.
type deaf struct{}

func (deaf) Error() string { return say.Text("it does not read what it is told") }
