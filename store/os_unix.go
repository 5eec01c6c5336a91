//go:build !windows

package store

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"

	"lull/routine/safe"
	"lull/routine/say"
)

// notAFolder is what a path through a file meets.
const notAFolder = syscall.ENOTDIR

var (
	diskFull   = []syscall.Errno{syscall.ENOSPC, syscall.EFBIG, syscall.EDQUOT}
	notAllowed = []syscall.Errno{syscall.EROFS, syscall.EACCES, syscall.EPERM}
	diskFails  = []syscall.Errno{syscall.EIO}
)

// lockFile waits for as long as it takes. It locks the open file, so two opens
// in one program exclude each other as well.
func lockFile(f *os.File) error { return flock(f, unix.LOCK_EX) }

// tryLockFile says at once whether it has the lock.
func tryLockFile(f *os.File) (bool, error) {
	err := flock(f, unix.LOCK_EX|unix.LOCK_NB)
	if errors.Is(err, unix.EWOULDBLOCK) {
		return false, nil
	}
	return err == nil, err
}

func unlockFile(f *os.File) error { return flock(f, unix.LOCK_UN) }

func flock(f *os.File, how int) error {
	for {
		err := unix.Flock(int(f.Fd()), how)
		if !errors.Is(err, unix.EINTR) {
			return err
		}
	}
}

// lockHolder names the process that holds the lock, where the kernel tells.
func lockHolder(f *os.File) string {
	info, err := f.Stat()
	if err != nil {
		return ""
	}
	_, inode := fileKey(f, info)
	locks, err := os.ReadFile("/proc/locks")
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(locks)) {
		// "7: FLOCK  ADVISORY  WRITE 4711 fe:01:393222 0 EOF"
		field := strings.Fields(line)
		if len(field) > 5 && field[1] == "FLOCK" && strings.HasSuffix(field[5], ":"+strconv.FormatUint(inode, 10)) {
			return processWords(field[4])
		}
	}
	return ""
}

// processWords names a process by its number and, where /proc tells, by its name
// and whether it is stopped: one that is holds its locks until it goes on.
func processWords(pid string) string {
	if n, err := strconv.Atoi(pid); err != nil || n <= 0 {
		return "" // of another machine, or another container
	}
	words := "process " + pid
	stat, err := os.ReadFile("/proc/" + pid + "/stat")
	if err != nil {
		return words
	}
	// "4711 (lull) T 1 ...", where the name may hold anything
	from, to := bytes.IndexByte(stat, '('), bytes.LastIndexByte(stat, ')')
	if from < 0 || to < from {
		return words
	}
	words += " (" + safe.Text(string(stat[from+1:to]), 40) + ")"
	if bytes.HasPrefix(stat[to+1:], []byte(" T")) {
		words = say.Text("%s, which is stopped and goes on with `kill -CONT %s`,", words, pid)
	}
	return words
}

// fileKey tells a file from any other on this machine.
func fileKey(_ *os.File, info fs.FileInfo) (device, inode uint64) {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(st.Dev), uint64(st.Ino)
	}
	return 0, 0
}

// careful is how a file in the data folder is opened: no link is followed, and no
// pipe waited for.
const careful = unix.O_NOFOLLOW | unix.O_NONBLOCK

// isLink says that a file was not opened because it is a link.
func isLink(err error) bool { return errors.Is(err, unix.ELOOP) || errors.Is(err, unix.EMLINK) }

// syncDir makes the names in a folder durable.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, unix.EINVAL) { // some file systems cannot sync a folder
		return err
	}
	return nil
}
