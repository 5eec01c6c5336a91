package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	bolt "go.etcd.io/bbolt"

	"lull/routine/say"
)

// CopyOptions say how BackUp writes.
type CopyOptions struct {
	Plain   bool // lines of JSON, as `lull export` writes them, instead of a database
	Replace bool // what stands there already
}

// Copied is what BackUp wrote.
type Copied struct {
	Path  string
	Facts int
	Bytes int64
}

// ErrNothing says that nothing is recorded yet.
var ErrNothing error = say.Fault("nothing is recorded yet")

// BackUp writes everything that is kept at one moment to a file, verifies what
// it wrote, and only then gives it its name: a file of that name is whole. The
// copy is its owner's alone, answers to the safety questions included.
func (s *Store) BackUp(ctx context.Context, file string, o CopyOptions) (Copied, error) {
	place, err := s.placeFor(file, o.Replace)
	if err != nil {
		return Copied{}, err
	}
	done := Copied{Path: place}
	ran := false
	err = s.read(ctx, func(l *lease, g *ledger) error {
		ran = true
		done.Facts = count(g.facts)
		err := writeBeside(place, o.Replace, func(f *os.File) error { return fillFrom(f, g.tx, o.Plain) })
		if errors.Is(err, errUnsound) && !l.remake {
			return errUnsealed // the file is looked at and mended, and then copied again
		}
		return err
	})
	if err == nil && !ran {
		err = say.Error("%w, so there is nothing to back up", ErrNothing)
	}
	if err != nil {
		return Copied{}, err
	}
	info, err := os.Stat(place)
	if err != nil {
		return Copied{}, explain(err, "read", place)
	}
	done.Bytes = info.Size()
	return done, nil
}

func fillFrom(f *os.File, tx *bolt.Tx, plain bool) error {
	if plain {
		_, err := fillLines(f, tx)
		return err
	}
	return fillCopy(f, tx)
}

// placeFor is the full path of a file that may be written, or says why not.
func (s *Store) placeFor(file string, replace bool) (string, error) {
	place, err := filepath.Abs(file)
	if err != nil {
		return "", explain(err, "write", file)
	}
	dir := filepath.Dir(place)
	switch info, err := os.Stat(dir); {
	case errors.Is(err, fs.ErrNotExist):
		return "", say.Error("write %s: the folder %s does not exist; make it first, or name another place", file, dir)
	case err != nil:
		return "", explain(err, "write", file)
	case !info.IsDir():
		return "", say.Error("write %s: %s is a file, not a folder; name another place", file, dir)
	}
	if own := s.ownName(place); own != "" {
		return "", say.Error("write %s: %s is lull's own; name another place", file, own)
	}
	info, err := os.Stat(place)
	switch {
	case err == nil && info.IsDir():
		return "", say.Error("write %s: it is a folder; name a file in it", file)
	case err == nil && !info.Mode().IsRegular():
		return "", say.Error("write %s: it is not an ordinary file; name another place", file)
	case err == nil && !replace:
		return "", say.Error("write %s: it is there already; --force replaces it, or name another file", file)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return "", explain(err, "write", file)
	}
	return place, nil
}

// ownName names what of lull's own a path would fall on or into, or nothing.
func (s *Store) ownName(place string) string {
	all := slices.Clone(s.opts.Own)
	for _, name := range []string{dbName, dbName + unfinished, lockName, journalName, backupsName, inboxName, asideName, exchangeName, lastName} {
		all = append(all, s.path(name))
	}
	there, err := os.Stat(place)
	for _, own := range all {
		if within(direct(place), direct(own)) {
			return own
		}
		if is, missing := os.Stat(own); err == nil && missing == nil && os.SameFile(there, is) {
			return own
		}
	}
	return ""
}

// direct is a path whose folder is named without links.
func direct(path string) string {
	dir, err := filepath.EvalSymlinks(filepath.Dir(path))
	if err != nil {
		return path
	}
	return filepath.Join(dir, filepath.Base(path))
}

// within says whether a path is another or lies in it, in whatever letters a file
// system may take for the same.
func within(path, folder string) bool {
	folder += string(filepath.Separator)
	path += string(filepath.Separator)
	return len(path) >= len(folder) && strings.EqualFold(path[:len(folder)], folder)
}

// writeBeside fills a file next to its place and then puts it there.
func writeBeside(place string, replace bool, fill func(*os.File) error) error {
	f, err := os.CreateTemp(filepath.Dir(place), ".lull-*")
	if err != nil {
		return explain(err, "write", place)
	}
	made := f.Name()
	if err = errors.Join(fill(f), f.Close()); err == nil {
		if replace {
			err = errors.Join(os.Rename(made, place), syncDir(filepath.Dir(place)))
		} else {
			err = placeNew(made, place)
		}
	}
	if err != nil {
		_ = os.Remove(made)
	}
	if errors.Is(err, fs.ErrExist) {
		return say.Error("write %s: it is there already; --force replaces it, or name another file", place)
	}
	if errors.Is(err, errUnsound) {
		return say.Error("write %s: the copy does not verify, so it was thrown away: %w; `lull check` looks at everything", place, err)
	}
	return explain(err, "write", place)
}
