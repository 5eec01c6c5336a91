//go:build unix && !linux

package voice

import (
	"os/exec"
	"syscall"
)

// apart puts a program in a process group of its own, so that it can be ended
// with all it started.
func apart(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }
