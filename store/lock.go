package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"lull/routine/journal"
	"lull/routine/say"
)

// lock is lull.lock held for one access. Readers hold it exclusively too:
// shared locks would let readers overtake a writer for ever. A nil lock stands
// for a folder that can be read only and has no lock file.
type lock struct {
	file     *os.File
	writable bool // the note can be written
}

// maxRetries bounds how often the lock file may be taken away under us.
const maxRetries = 8

// acquire waits for the lock no longer than wait or ctx. With create it makes
// the file where it is missing.
func acquire(ctx context.Context, path string, wait time.Duration, create bool) (*lock, error) {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	for range maxRetries {
		l, err := openLock(path, create)
		if l == nil || err != nil {
			return nil, err
		}
		if err := l.wait(ctx, timer.C, path, wait); err != nil {
			return nil, err
		}
		if l.stillAt(path) {
			return l, nil
		}
		l.release() // somebody took the file away while we waited for it
	}
	return nil, busy(path, say.Text("a program that keeps taking it away"), wait)
}

// ExchangeAlone keeps other exchanges of this machine out until release is called.
// It waits for them no longer than wait or ctx, and makes the folder for what is
// remembered of exchanges where it is missing.
func (s *Store) ExchangeAlone(ctx context.Context, wait time.Duration) (release func(), err error) {
	dir := s.path(exchangeName)
	if err := s.checkFolder(); err != nil {
		return nil, err
	}
	if err := s.makeFolder(dir); err != nil {
		return nil, err
	}
	l, err := acquire(ctx, filepath.Join(dir, "lock"), wait, true)
	return l.release, err
}

func openLock(path string, create bool) (*lock, error) {
	flags := os.O_RDWR
	if create {
		flags |= os.O_CREATE
	}
	f, err := openFile(path, flags)
	if err == nil {
		return &lock{file: f, writable: true}, nil
	}
	if f, readErr := openFile(path, os.O_RDONLY); readErr == nil {
		return &lock{file: f}, nil
	}
	if errors.Is(err, fs.ErrNotExist) && !create || explainsReadOnly(err) {
		return nil, nil
	}
	return nil, explain(err, "lock", path)
}

func explainsReadOnly(err error) bool {
	return errors.Is(err, fs.ErrPermission) || means(err, notAllowed)
}

// wait tries once and then leaves the waiting to a goroutine. Past the
// deadline that goroutine may still get the lock: it gives it back itself.
func (l *lock) wait(ctx context.Context, late <-chan time.Time, path string, limit time.Duration) error {
	if ok, err := tryLockFile(l.file); ok || err != nil {
		return l.unless(err, path)
	}
	got, gaveUp := make(chan error), make(chan struct{})
	defer close(gaveUp)
	go func() {
		err := lockFile(l.file)
		select {
		case got <- err:
		case <-gaveUp:
			l.release()
		}
	}()
	select {
	case err := <-got:
		return l.unless(err, path)
	case <-late:
		return busy(path, lockHolder(l.file), limit)
	case <-ctx.Done():
		return say.Error("wait for %s: %w", path, ctx.Err())
	}
}

// unless closes the file if it could not be locked.
func (l *lock) unless(err error, path string) error {
	if err != nil {
		l.release()
	}
	return explain(err, "lock", path)
}

func busy(path, holder string, limit time.Duration) error {
	if holder == "" {
		holder = say.Text("another lull")
	}
	return say.Error("%s is held by %s for more than %v: %w; try again, or end that program", path, holder, limit, journal.ErrBusy)
}

// stillAt says whether the file that is locked is the one others would lock.
func (l *lock) stillAt(path string) bool {
	held, err := l.file.Stat()
	if err != nil {
		return false
	}
	there, err := os.Stat(path)
	return err == nil && os.SameFile(held, there)
}

func (l *lock) release() {
	if l != nil {
		_ = l.file.Close() // closing the only descriptor unlocks it
	}
}

// note stands in lull.lock. It says which state of lull.db was last found
// sound, by verification or by being the result of our own clean commit on a
// sound file, and how the journal's folders looked when all of it was folded.
// It is never synced: a lost or torn note only costs looking again.
type note struct {
	identity
	glance uint64 // see Store.glance; 0: not known
}

const noteSize = len("sound ") + 6*17 + 8 + len("\n")

func (n note) text() []byte {
	b := fmt.Appendf(nil, "sound %016x %016x %016x %016x %016x %016x ",
		n.device, n.inode, uint64(n.size), uint64(n.changed), n.txid, n.glance)
	return fmt.Appendf(b, "%08x\n", crc32.Checksum(b, castagnoli))
}

// note reads the note; a zero one, which fits no file, if there is none.
func (l *lock) note() note {
	var b [noteSize]byte
	if l == nil {
		return note{}
	}
	if _, err := l.file.ReadAt(b[:], 0); err != nil {
		return note{}
	}
	var n note
	var size, changed uint64
	_, err := fmt.Sscanf(string(b[:]), "sound %x %x %x %x %x %x", &n.device, &n.inode, &size, &changed, &n.txid, &n.glance)
	n.size, n.changed = int64(size), int64(changed)
	if err != nil || !bytes.Equal(b[:], n.text()) {
		return note{}
	}
	return n
}

// write puts a note in place of the one that is there.
func (l *lock) write(n note) {
	if l != nil && l.writable {
		_, _ = l.file.WriteAt(n.text(), 0) // without it the next access verifies: slower, not wrong
	}
}
