package voice

import (
	_ "embed"
	"encoding/base64"
	"fmt"
	"os"
	"os/exec"
	"time"

	"lull/routine/cues"
)

// helper is a program that takes too long to start for a cue, so that it stays:
// it reads lines, and speaks or plays what they say, the newest at once. When its
// input ends, it ends.
type helper struct {
	cmd   *exec.Cmd
	in    *os.File
	ended chan error
	how   cues.Manner // as it was started
}

// powershell is a program for PowerShell that speaks "say BASE64", plays
// "play BASE64", a path, and is quiet at "hush". The words travel as base64, so
// that nothing in them is an order.
//
//go:embed helper.ps1
var powershell string

func encode(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

// tell has the helper make a cue heard, and starts it if it is not there.
func (v *Voice) tell(j *job, p *program, o Outcome) Outcome {
	line, err := v.lineOf(j)
	if err == nil {
		err = v.engage(j, p)
	}
	if err == nil {
		o.Begun = v.Now()
		err = v.pass(line)
	}
	o.Ending, o.Err = Ended, err
	if err != nil {
		o.Begun, o.Ending = time.Time{}, Failed
	}
	return o
}

func (v *Voice) lineOf(j *job) (string, error) {
	if j.tone == "" {
		return j.line, nil
	}
	path, err := v.sounds.of(j.tone, j.how.Volume)
	return "play " + encode(path), err
}

// engage starts a helper, unless one is there that was started in this manner.
func (v *Voice) engage(j *job, p *program) error {
	if v.helper != nil {
		select {
		case <-v.helper.ended:
			v.helper.in.Close()
			v.helper = nil
		default:
			if v.helper.how == j.how {
				return nil
			}
			v.dismiss()
		}
	}
	in, out, err := os.Pipe()
	if err != nil {
		return err
	}
	defer in.Close()
	cmd := exec.Command(p.path, "-NoProfile", "-NonInteractive", "-Command", powershell)
	cmd.Stdin = in
	language := ""
	if foreign(j.how.Language) {
		language = j.how.Language
	}
	cmd.Env = append(os.Environ(), "LULL_VOICE_NAME="+j.how.Name, "LULL_VOICE_LANGUAGE="+language, fmt.Sprintf("LULL_VOICE_VOLUME=%d", j.how.Volume),
		fmt.Sprintf("LULL_VOICE_RATE=%d", max(-10, min((j.how.Rate-cues.UsualRate)/15, 10))))
	apart(cmd)
	if err := cmd.Start(); err != nil {
		out.Close()
		return err
	}
	h := &helper{cmd: cmd, in: out, ended: make(chan error, 1), how: j.how}
	go func() {
		err := cmd.Wait()
		end(cmd)
		h.ended <- err
		close(h.ended)
	}()
	v.helper = h
	return nil
}

// pass writes a line to the helper. One that does not read is ended.
func (v *Voice) pass(line string) error {
	h := v.helper
	written := make(chan error, 1)
	go func() {
		_, err := h.in.WriteString(line + "\n")
		written <- err
	}()
	select {
	case err := <-written:
		return err
	case <-time.After(cues.Late):
		v.dismiss()
		return deaf{}
	}
}

// quieten tells the helper that nothing is to be heard any more.
func (v *Voice) quieten() {
	if v.helper != nil {
		_ = v.pass("hush") // one that is gone is quiet
	}
}

// dismiss ends the helper.
func (v *Voice) dismiss() {
	h := v.helper
	if h == nil {
		return
	}
	v.helper = nil
	end(h.cmd)
	select {
	case <-h.ended:
	case <-time.After(grace):
	}
	h.in.Close()
}
