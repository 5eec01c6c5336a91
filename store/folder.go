package store

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// The names in the folder.
const (
	dbName      = "lull.db"
	lockName    = "lull.lock"
	journalName = "journal"
	deviceName  = "device"
	backupsName = "backups"
	asideName   = "aside" // what a repair or a restore took out of the way
	unfinished  = ".tmp"  // behind the name of a file that is being made
)

func (s *Store) path(name string) string { return filepath.Join(s.dir, name) }

// makeFolder makes a folder and those above it, the owner's alone whatever the
// umask, and makes their names durable.
func (s *Store) makeFolder(dir string) error {
	info, err := os.Stat(dir)
	if err == nil && info.IsDir() {
		return nil
	}
	if err == nil {
		return fmt.Errorf("%s is a file where lull needs a folder; move it away, or set LULL_HOME to another folder", dir)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return explain(err, "make the folder", dir)
	}
	if err := s.makeFolder(filepath.Dir(dir)); err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return explain(err, "make the folder", dir)
	}
	if err := os.Chmod(dir, 0o700); err != nil {
		return explain(err, "make the folder", dir)
	}
	return explain(syncDir(filepath.Dir(dir)), "make the folder", dir)
}

// checkFolder refuses a folder that is not the user's alone to change. Rights
// are never changed behind the user's back: the folder may be more than lull's.
func (s *Store) checkFolder() error {
	info, err := os.Stat(s.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return explain(err, "open the folder", s.dir)
	}
	if !info.IsDir() {
		return fmt.Errorf("%s is a file where lull needs a folder; move it away, or set LULL_HOME to another folder", s.dir)
	}
	return guarded(s.dir, info)
}

// private takes the rights of others away from one of lull's own files.
func private(f *os.File) error {
	info, err := f.Stat()
	if err != nil || info.Mode().Perm() == 0o600 {
		return err
	}
	return f.Chmod(0o600)
}

// replaceFile puts a small file in place in one step, durably.
func (s *Store) replaceFile(name string, content []byte) error {
	if old, err := os.ReadFile(name); err == nil && bytes.Equal(old, content) {
		return nil
	}
	f, err := os.OpenFile(name+unfinished, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return explain(err, "write", name)
	}
	_, err = f.Write(content)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(name+unfinished, name)
	}
	if err != nil {
		_ = os.Remove(name + unfinished) // a full disk has no room for it
	} else {
		err = syncDir(filepath.Dir(name))
	}
	return explain(err, "write", name)
}

// placeNew gives a finished file its name, durably, and never takes the place
// of another. Where a file system has no links the lock alone keeps others out.
func placeNew(made, name string) error {
	err := os.Link(made, name)
	switch {
	case err == nil:
		err = os.Remove(made)
	case errors.Is(err, fs.ErrExist):
		return err
	default:
		if _, there := os.Lstat(name); there == nil {
			return fs.ErrExist
		}
		err = os.Rename(made, name)
	}
	if err != nil {
		return err
	}
	return syncDir(filepath.Dir(name))
}

// removeStale removes what a crash may have left half made.
func removeStale(name string) error {
	if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
