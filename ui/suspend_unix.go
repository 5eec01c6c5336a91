//go:build unix

package ui

import "golang.org/x/sys/unix"

// canSuspend says whether somebody would wake the program again: its parent is
// in the same session and in another process group. Of an orphaned group the
// kernel ignores the stop, and the program would wait for ever.
func canSuspend() bool {
	parent := unix.Getppid()
	session, err := unix.Getsid(0)
	parents, errParent := unix.Getsid(parent)
	group, errGroup := unix.Getpgid(parent)
	return err == nil && errParent == nil && errGroup == nil && session == parents && group != unix.Getpgrp()
}
