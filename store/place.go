package store

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"lull/routine/say"
)

// Write fills a file that a person named, readable by its owner alone, and puts it
// in its place once it is complete. It refuses what MayWrite refuses. What is not an
// ordinary file, such as a pipe or a device, is written to as it is.
func (s *Store) Write(file string, replace bool, fill func(io.Writer) error) error {
	place, stream, err := s.placeFor(file, replace)
	if err != nil {
		return err
	}
	buffered := func(f *os.File) error {
		w := bufio.NewWriter(f)
		return errors.Join(fill(w), w.Flush())
	}
	if stream {
		f, err := os.OpenFile(place, os.O_WRONLY|os.O_APPEND, 0) // a shell may have opened it with >>
		if err != nil {
			return explain(err, "write", place)
		}
		return explain(errors.Join(buffered(f), f.Close()), "write", place)
	}
	var failed error // of fill, which says itself what it is about
	err = writeBeside(place, replace, func(f *os.File) error {
		if failed = buffered(f); failed != nil {
			return failed
		}
		return f.Sync()
	})
	if failed != nil {
		return failed
	}
	return err
}

// MayWrite says why a file that a person named may not be written: it is one that
// lull keeps its data in, it is there already, or its folder is not.
func (s *Store) MayWrite(file string, replace bool) error {
	_, _, err := s.placeFor(file, replace)
	return err
}

// placeFor is where a file that may be written lies, behind all links, or says why
// not. A stream is what stands there already and is not an ordinary file.
func (s *Store) placeFor(file string, replace bool) (place string, stream bool, err error) {
	if place, err = filepath.Abs(file); err != nil {
		return "", false, explain(err, "write", file)
	}
	if err := s.checkParent(file, filepath.Dir(place)); err != nil {
		return "", false, err
	}
	real, missing := filepath.EvalSymlinks(place)
	for _, at := range []string{place, real} {
		if own := s.ownName(at); at != "" && own != "" {
			return "", false, say.Error("write %s: lull keeps its data in %s; name another place", file, own)
		}
	}
	info, err := os.Stat(place)
	switch {
	case err == nil && info.IsDir():
		return "", false, say.Error("write %s: it is a folder; name a file in it", file)
	case err == nil && (inherited(place) || !info.Mode().IsRegular()):
		return place, true, nil
	case err == nil && !replace:
		return "", false, say.Error("write %s: it is there already; --force replaces it, or name another file", file)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return "", false, explain(err, "write", file)
	}
	if missing == nil {
		place = real
	}
	return place, false, nil
}

// inherited reports whether place names what a shell opened for the program. It is
// written to, not replaced.
func inherited(place string) bool {
	for _, form := range []string{"/dev/stdout", "/dev/stderr", "/dev/fd/*", "/proc/*/fd/*"} {
		if is, _ := path.Match(form, place); is {
			return true
		}
	}
	return false
}

// checkParent says what keeps a folder from holding a file.
func (s *Store) checkParent(file, dir string) error {
	switch info, err := os.Stat(dir); {
	case errors.Is(err, fs.ErrNotExist):
		return say.Error("write %s: the folder %s does not exist; make it first, or name another place", file, dir)
	case err != nil:
		return explain(err, "write", file)
	case !info.IsDir():
		return say.Error("write %s: %s is a file, not a folder; name another place", file, dir)
	}
	return nil
}

// ownName names what of lull's data a path would fall on or into, or nothing.
func (s *Store) ownName(place string) string {
	all := slices.Concat(s.opts.Own, s.inboxes())
	for _, name := range []string{dbName, dbName + unfinished, lockName, journalName, backupsName, asideName, exchangeName, lastName} {
		all = append(all, s.path(name))
	}
	there, err := os.Stat(place)
	for _, own := range all {
		if within(direct(place), direct(own)) || within(direct(place), behind(own)) {
			return own
		}
		if is, missing := os.Stat(own); err == nil && missing == nil && os.SameFile(there, is) {
			return own
		}
	}
	return ""
}

// behind is a path without links, as far as it is there.
func behind(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	return direct(path)
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
