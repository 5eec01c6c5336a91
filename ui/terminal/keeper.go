//go:build unix

package terminal

import (
	_ "embed"
	"io"
	"os"
	"os/exec"
	"syscall"
	"time"

	"lull/routine/say"
)

// Keeper is a small shell that stands by while lull has a terminal, and puts the
// terminal back when lull is gone without a word: killed, or stopped by an error
// that no program can catch. It waits for the end of a pipe, so it needs no
// clock, lives no longer than lull, and is no parent that signals would have to
// pass through. A nil Keeper does nothing.
type Keeper struct{ words *os.File }

// script waits for words. Its input is the pipe from lull, 3 is the terminal to
// ask and to mend, 4 says that the terminal's settings are known. It has $1 to
// write and $2 to say. Most shells set the terminal for themselves when a program
// was killed: they come first, and only a terminal whose output is still not
// processed, as lull leaves it and no shell does, is set as it was.
//
//go:embed keeper.sh
var script string

// farewell is what is said where lull was cut off.
const farewell say.Key = "lull was cut off. What it had written down is kept; start it again to go on."

// ready bounds the wait for the shell: without it the terminal is still lull's.
const ready = 200 * time.Millisecond

// Keep starts a keeper for a terminal that is as it should be: before anything
// of its settings is changed. Where there is no shell there is no keeper.
func Keep(in, out *os.File) *Keeper {
	shell, err := exec.LookPath("sh")
	if err != nil {
		return nil
	}
	read, words, err := os.Pipe()
	if err != nil {
		return nil
	}
	defer read.Close()
	heard, known, err := os.Pipe()
	if err != nil {
		words.Close()
		return nil
	}
	defer known.Close()
	cmd := exec.Command(shell, "-c", script, "keeper", Restore, farewell.String())
	cmd.Stdin, cmd.Stdout, cmd.ExtraFiles = read, out, []*os.File{in, known}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // what is sent to lull's group is not for it
	if cmd.Start() != nil {
		words.Close()
		heard.Close()
		return nil
	}
	go func() { _ = cmd.Wait() }()
	known.Close()
	listening := make(chan struct{})
	go func() {
		defer close(listening)
		defer heard.Close()
		_, _ = heard.Read(make([]byte, 1))
	}()
	select {
	case <-listening:
	case <-time.After(ready):
	}
	return &Keeper{words}
}

// Away says that lull gave the terminal back for a while, as ctrl+z does.
func (k *Keeper) Away() { k.say("away\n") }

// Back says that lull has the terminal again.
func (k *Keeper) Back() { k.say("back\n") }

// Release ends the keeper: lull put the terminal back itself.
func (k *Keeper) Release() {
	k.say("over\n")
	if k != nil {
		k.words.Close()
	}
}

// say tells the keeper a word. One that is gone has nothing more to do.
func (k *Keeper) say(word string) {
	if k != nil {
		_, _ = io.WriteString(k.words, word)
	}
}
