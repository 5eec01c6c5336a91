package store

import (
	"errors"
	"io/fs"
	"os"
	"syscall"

	"golang.org/x/sys/windows"
)

// notAFolder is what a path through a file meets.
const notAFolder = syscall.ENOTDIR

var (
	diskFull   = []syscall.Errno{windows.ERROR_DISK_FULL, windows.ERROR_HANDLE_DISK_FULL}
	notAllowed = []syscall.Errno{windows.ERROR_ACCESS_DENIED, windows.ERROR_WRITE_PROTECT}
	diskFails  = []syscall.Errno{windows.ERROR_CRC, windows.ERROR_IO_DEVICE, windows.ERROR_SECTOR_NOT_FOUND}
)

// farAway is the byte that is locked: one that no file has, since a locked byte
// cannot be read either. It is also the byte that bbolt locks in its own file.
func farAway() *windows.Overlapped {
	return &windows.Overlapped{Offset: ^uint32(0), OffsetHigh: ^uint32(0)}
}

// lockFile waits for as long as it takes.
func lockFile(f *os.File) error {
	return windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK, 0, 1, 0, farAway())
}

// tryLockFile says at once whether it has the lock.
func tryLockFile(f *os.File) (bool, error) {
	err := windows.LockFileEx(windows.Handle(f.Fd()),
		windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, farAway())
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) || errors.Is(err, windows.ERROR_IO_PENDING) {
		return false, nil
	}
	return err == nil, err
}

func unlockFile(f *os.File) error {
	return windows.UnlockFileEx(windows.Handle(f.Fd()), 0, 1, 0, farAway())
}

// lockHolder does not know: Windows does not tell.
func lockHolder(*os.File) string { return "" }

// fileKey tells a file from any other on this machine.
func fileKey(f *os.File, _ fs.FileInfo) (volume, index uint64) {
	var info windows.ByHandleFileInformation
	if err := windows.GetFileInformationByHandle(windows.Handle(f.Fd()), &info); err != nil {
		return 0, 0
	}
	return uint64(info.VolumeSerialNumber), uint64(info.FileIndexHigh)<<32 | uint64(info.FileIndexLow)
}

// syncDir has nothing to do: NTFS keeps names in a journal of its own.
func syncDir(string) error { return nil }

// careful is nothing here: a link takes rights that few accounts have.
const careful = 0

func isLink(error) bool { return false }
