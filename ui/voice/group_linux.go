package voice

import (
	"os/exec"
	"syscall"
)

// apart puts a program in a process group of its own, so that it can be ended
// with all it started, and has it ended when lull is killed.
func apart(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}
