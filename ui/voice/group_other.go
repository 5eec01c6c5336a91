//go:build !unix

package voice

import "os/exec"

// apart does nothing: this platform has no process groups to speak of.
func apart(*exec.Cmd) {}

// end ends a program.
func end(cmd *exec.Cmd) {
	if cmd.Process != nil {
		_ = cmd.Process.Kill() // one that is gone is what is wanted
	}
}
