package store

import (
	"bytes"
	"os"
	"strings"
	"time"
)

// lastName is the file with the line that a prompt showed last: no fact, no note,
// nothing that anybody typed. It is there for a prompt that finds the folder in
// use, is never synced, and may be thrown away at any time.
const lastName = "lull.last"

const (
	// lastSize is the one size of that file: it is written in one piece over what
	// is there, so that no reader sees a part of a line.
	lastSize = 128
	// lastGrain is how far the age of the line may be off, so that a prompt which
	// is drawn every second mostly only reads.
	lastGrain = 30 * time.Second
)

// Remember keeps the line that was shown now, for Remembered. It takes no lock and
// makes no folder. What cannot be kept is not: the line is a convenience.
func (s *Store) Remember(line string) {
	if len(line) >= lastSize || strings.ContainsAny(line, "\n\x00") || line == "" {
		return
	}
	now := s.opts.Clock()
	was, at := s.Remembered()
	if was == line && now.Sub(at).Abs() < lastGrain {
		return
	}
	flags := os.O_WRONLY
	if was == "" {
		if _, err := os.Lstat(s.path(dbName)); err != nil {
			return // nothing was recorded yet, and a look creates nothing
		}
		flags |= os.O_CREATE
	}
	if was != line {
		f, err := openFile(s.path(lastName), flags)
		if err != nil {
			return
		}
		padded := append(bytes.Repeat([]byte(" "), lastSize-1), '\n')
		copy(padded, line)
		_ = private(f)
		_, _ = f.WriteAt(padded, 0)
		_ = f.Close()
	}
	_ = os.Chtimes(s.path(lastName), now, now)
}

// Remembered is the line that was kept last and when it last held, or nothing if
// there is none that is whole.
func (s *Store) Remembered() (line string, at time.Time) {
	f, err := openFile(s.path(lastName), os.O_RDONLY)
	if err != nil {
		return "", at
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || info.Size() != lastSize {
		return "", at
	}
	var b [lastSize]byte
	if _, err := f.ReadAt(b[:], 0); err != nil || b[lastSize-1] != '\n' || bytes.IndexByte(b[:], 0) >= 0 {
		return "", at
	}
	return strings.TrimSpace(string(b[:])), info.ModTime()
}
