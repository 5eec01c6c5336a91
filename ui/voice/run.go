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
	what  string
	due   time.Time
	how   cues.Manner
	make  func() (*exec.Cmd, error) // the process that makes it heard
	keeps *program                  // or the helper that is told
	line  string                    // what the helper is told to speak, or else
	tone  cues.Tone                 // what to play

	over    chan struct{} // closed when it is over, and from then on
	outcome Outcome       // says how
}

const (
	// grace is how long a program that was killed may take to be gone. What
	// takes longer hangs in the kernel; it is left to itself.
	grace = 300 * time.Millisecond
	// most is how long a cue can take.
	most = 20 * time.Second
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

// hear makes one cue heard, until it is over or there is something newer.
func (v *Voice) hear(j *job) Outcome {
	o := Outcome{Due: j.due}
	if v.Now().Sub(j.due) > cues.Late {
		o.Ending = TooLate
		return o
	}
	if j.keeps != nil {
		return v.tell(j, o)
	}
	cmd, err := j.make()
	if err == nil {
		apart(cmd)
		err = cmd.Start()
	}
	o.Begun = v.Now()
	if err != nil {
		o.Begun, o.Ending, o.Err = time.Time{}, Failed, err
		return o
	}
	ended := make(chan error, 1)
	go func() {
		err := cmd.Wait() // also of one that is given up on: nothing stays a zombie
		end(cmd)          // and what it left behind in its group
		ended <- err
	}()
	o.Ending, o.Err = v.follow(cmd, ended)
	o.Took = v.Now().Sub(o.Begun)
	return o
}

// follow waits for the end of a program, or brings it about.
func (v *Voice) follow(cmd *exec.Cmd, ended <-chan error) (Ending, error) {
	limit := time.NewTimer(most)
	defer limit.Stop()
	how := CutOff
	select {
	case err := <-ended:
		if err != nil {
			return Failed, err
		}
		return Ended, nil
	case <-v.wake:
	case <-v.stop:
	case <-limit.C:
		how = TooLong
	}
	end(cmd)
	select {
	case <-ended:
	case <-time.After(grace):
	}
	return how, nil
}

// deaf says that a helper does not read.
type deaf struct{}

func (deaf) Error() string { return say.Text("it does not read what it is told") }
