//go:build unix

package voice

import (
	"os/exec"
	"syscall"
)

// end ends a program with its process group, also what is left of the group once
// the program is gone.
func end(cmd *exec.Cmd) {
	if cmd.Process != nil && cmd.Process.Pid > 1 {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) // one that is gone is what is wanted
	}
}
