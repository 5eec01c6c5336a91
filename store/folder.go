package store

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"lull/store/rights"

	"lull/routine/say"
)

// The names in the folder.
const (
	dbName       = "lull.db"
	lockName     = "lull.lock"
	journalName  = "journal"
	deviceName   = "device"
	formerlyName = "formerly"
	backupsName  = "backups"
	asideName    = "aside" // what a repair or a restore took out of the way
	exchangeName = "sync"  // what is remembered of shared folders, see store/shared
	unfinished   = ".tmp"  // behind the name of a file that is being made
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
		return say.Error("%s is a file where lull needs a folder; move it away, or set LULL_HOME to another folder", dir)
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
	if there, err := s.checkHome(); err != nil || !there {
		return err
	}
	below := []string{s.path(journalName), s.path(backupsName), s.path(asideName), s.path(exchangeName)}
	if s.opts.Spare != "" {
		below = append(below, s.opts.Spare)
	}
	for _, dir := range append(below, s.inboxes()...) {
		if err := s.checkBelow(dir); err != nil {
			return err
		}
	}
	return nil
}

// checkHome looks at the folder alone.
func (s *Store) checkHome() (there bool, err error) {
	info, err := os.Stat(s.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, explain(err, "open the folder", s.dir)
	}
	if !info.IsDir() {
		return false, say.Error("%s is a file where lull needs a folder; move it away, or set LULL_HOME to another folder", s.dir)
	}
	return true, rights.Folder(s.dir, info)
}

// checkInbox refuses a folder for Drop if it or the one it lies in is not the
// user's alone to change. What is wrong with others keeps nothing out of it.
func (s *Store) checkInbox(dir string) error {
	if dir != s.path(inboxName) {
		return errors.Join(s.checkBelow(filepath.Dir(dir)), s.checkBelow(dir))
	}
	_, err := s.checkHome()
	return errors.Join(err, s.checkBelow(dir))
}

// checkBelow refuses one of lull's own folders that is a link or that others may
// change: what they put there would be read as one's own.
func (s *Store) checkBelow(dir string) error {
	info, err := os.Lstat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return explain(err, "open the folder", dir)
	case info.Mode()&fs.ModeSymlink != 0:
		return throughLink(dir)
	case !info.IsDir():
		return nil // whoever needs it says so
	}
	return rights.Folder(dir, info)
}

// throughLink refuses a link among lull's own files.
func throughLink(path string) error {
	return say.Error("%s is a link, and lull keeps nothing behind links; move it away with: mv %s %s.away", path, path, path)
}

// openFile opens one of lull's own files. It follows no link and waits for no
// pipe; what is no ordinary file is refused by name.
func openFile(path string, flags int) (*os.File, error) {
	f, err := os.OpenFile(path, flags|careful, 0o600)
	if isLink(err) {
		return nil, throughLink(path)
	}
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = say.Error("%s is no ordinary file; move it away with: mv %s %s.away", path, path, path)
	}
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}

// readSmall reads one of lull's own small files.
func readSmall(path string) ([]byte, error) {
	f, err := openFile(path, os.O_RDONLY)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxSmall))
}

// maxSmall is more than any file of replaceFile's that is read back whole.
const maxSmall = 1 << 20

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
	if old, err := readSmall(name); err == nil && bytes.Equal(old, content) {
		return nil
	}
	if err := removeStale(name + unfinished); err != nil {
		return explain(err, "write", name)
	}
	f, err := openFile(name+unfinished, os.O_WRONLY|os.O_CREATE|os.O_EXCL)
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
