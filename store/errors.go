package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	berrors "go.etcd.io/bbolt/errors"

	"lull/routine/journal"
	"lull/routine/say"
)

// explain turns an error of the system or of bbolt, met while doing what is
// said at path, into one of the journal's with a sentence around it. Errors
// that are already the journal's, or a context's, pass through.
func explain(err error, doing say.Key, path string) error {
	switch {
	case err == nil:
		return nil
	case settled(err):
		return err
	case means(err, diskFull):
		return say.Error("%s %s: %w; make room and try again: nothing that was saved is lost (%v)",
			doing, path, journal.ErrFull, err)
	case unreadable(err):
		return deaf{say.Error("%s %s: it is not yours to read; give yourself the right to read it, or set LULL_HOME to another folder (%v)",
			doing, path, err)}
	case means(err, notAllowed) || errors.Is(err, fs.ErrPermission) || errors.Is(err, berrors.ErrDatabaseReadOnly):
		return say.Error("%s %s: %w; give yourself the right to write there, or set LULL_HOME to another folder (%v)",
			doing, path, journal.ErrReadOnly, err)
	case means(err, diskFails):
		return say.Error("%s %s: %w; copy lull's folder to another disk now; `lull check --repair` there saves what can still be read (%v)",
			doing, path, journal.ErrFailing, err)
	case errors.Is(err, berrors.ErrTimeout):
		return say.Error("%s %s: %w; another program has it open: close that and try again",
			doing, path, journal.ErrBusy)
	}
	return fmt.Errorf("%s %s: %w", doing, path, err)
}

// deaf is what may not even be read. Whoever wants to write there is no better off
// than where writing alone is not allowed.
type deaf struct{ error }

func (deaf) Is(target error) bool { return target == journal.ErrReadOnly }

// unreadable says whether the file or folder that an error names may not be read.
func unreadable(err error) bool {
	at := new(fs.PathError)
	if !errors.Is(err, fs.ErrPermission) || !errors.As(err, &at) {
		return false
	}
	f, err := os.OpenFile(at.Path, os.O_RDONLY|careful, 0)
	if err == nil {
		_ = f.Close()
	}
	return errors.Is(err, fs.ErrPermission)
}

var sentinels = []error{
	journal.ErrBusy, journal.ErrDamaged, journal.ErrTooNew, journal.ErrFull, journal.ErrReadOnly,
	journal.ErrFailing, journal.ErrNoFact, context.Canceled, context.DeadlineExceeded, errUnsealed, errNothing,
}

func settled(err error) bool {
	for _, s := range sentinels {
		if errors.Is(err, s) {
			return true
		}
	}
	return false
}

// means also looks at the text, because bbolt writes some errors of the system
// into its own without wrapping them.
func means(err error, codes []syscall.Errno) bool {
	for _, code := range codes {
		if errors.Is(err, code) || strings.Contains(err.Error(), code.Error()) {
			return true
		}
	}
	return false
}

// Explain turns an error of the system, met while doing what is said at path, into
// a sentence with the way out, as those of a Store are.
func Explain(err error, doing say.Key, path string) error { return explain(err, doing, path) }

// damaged is the error for a database that must not be opened, with the way
// out that this folder offers. The file is left as it was found. A disk that
// fails is not damage of the file: it may be whole.
func (s *Store) damaged(cause error) error {
	if errors.Is(cause, journal.ErrDamaged) {
		return cause
	}
	if means(cause, diskFails) {
		return explain(cause, "read", s.path(dbName))
	}
	return fmt.Errorf("%s: %w (%v); %s", s.path(dbName), journal.ErrDamaged, cause, s.wayOut())
}

// wayOut says what repairs lull.db, and from what.
func (s *Store) wayOut() string {
	const form say.Key = "`lull check --repair` builds a new one from %s and whatever else can be read, and keeps this one aside"
	if names, err := s.segmentNames(); err == nil && len(names) > 0 {
		return say.Text(form, s.path(journalName))
	}
	if copies, err := s.listSnapshots(); err == nil && len(copies) > 0 {
		return say.Text(form, s.path(filepath.Join(backupsName, copies[len(copies)-1].name)))
	}
	return say.Text("keep the file: there is no journal and no backup beside it; `lull check --repair` takes every fact out of it that can still be read")
}
