//go:build !windows

package shared

import (
	"os"

	"golang.org/x/sys/unix"
)

// careful keeps an open from waiting for the other end of a pipe and from
// following a link that took the place of a file.
const careful = unix.O_NONBLOCK | unix.O_NOFOLLOW

func syncDir(d *os.File) error { return d.Sync() }
