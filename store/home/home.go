// Package home finds lull's folders and reads and writes the files in them
// that people may edit: config.toml and their own routines.
package home

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"lull/routine/say"
	"lull/routine/settings"
	"lull/store/rights"
)

// Home is where lull keeps things. Data holds the database, its lock, the
// journal and the backups; Config holds config.toml and routines/. Spare, if there
// is one, is for what cannot be left in Data.
type Home struct {
	Data   string
	Config string
	Spare  string
}

// ConfigFile is the path of config.toml, which need not exist.
func (h Home) ConfigFile() string { return filepath.Join(h.Config, "config.toml") }

// RoutinesDir is the folder of the user's own routines, which need not exist.
func (h Home) RoutinesDir() string { return filepath.Join(h.Config, "routines") }

// RecordFile is the path of the file that tells which reminders were installed,
// which need not exist.
func (h Home) RecordFile() string { return filepath.Join(h.Config, "remind.json") }

// Own are the files and folders that lull keeps beside its data.
func (h Home) Own() []string { return []string{h.ConfigFile(), h.RoutinesDir(), h.RecordFile()} }

// maxFile bounds a file that people edit; nobody types more.
const maxFile = 64 << 10

// ReadConfig returns the text of config.toml, or nothing if there is none. Settings
// that somebody else could have written are refused: they name programs.
func (h Home) ReadConfig() ([]byte, error) {
	if err := guarded(h.Config); err != nil {
		return nil, err
	}
	return ReadOwn(h.ConfigFile())
}

// guarded refuses a folder in which others could put files in the place of the
// person's. One that is not there yet is nobody's.
func guarded(dir string) error {
	info, err := os.Stat(dir)
	if err != nil {
		return nil // whoever opens a file in it says why
	}
	return rights.Edited(dir, info)
}

// ReadOwn reads a short file that only the person may have written, and gives nil
// if it is not there. What is too long is refused, and a pipe is not waited for.
func ReadOwn(path string) ([]byte, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|rights.NoWait, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, say.Error("read %s: %w", path, err)
	case !info.Mode().IsRegular():
		return nil, say.Error("%s is no ordinary file; move it away, or put one in its place", path)
	}
	if err := rights.Edited(path, info); err != nil {
		return nil, err
	}
	return readAll(f, path)
}

func readAll(f *os.File, path string) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, say.Error("read %s: %w", path, err)
	}
	if len(data) > maxFile {
		return nil, say.Error("%s is larger than %d KiB; a file like this is short", path, maxFile>>10)
	}
	return append([]byte{}, data...), nil
}

// WriteConfig replaces config.toml in one step: a reader sees the old text or
// the new one, never half of it. Where it is a link, to a folder of dotfiles
// say, the file behind the link is replaced.
func (h Home) WriteConfig(text []byte) error {
	if err := guarded(h.Config); err != nil {
		return err
	}
	path := h.ConfigFile()
	if behind, err := filepath.EvalSymlinks(path); err == nil {
		path = behind
	}
	return Replace(path, text)
}

// WriteRoutine writes a new routine file and refuses to replace one.
func (h Home) WriteRoutine(name string, text []byte) (string, error) {
	path := filepath.Join(h.RoutinesDir(), name+".toml")
	if err := errors.Join(guarded(h.Config), guarded(h.RoutinesDir())); err != nil {
		return path, err
	}
	if _, err := os.Lstat(path); err == nil {
		return path, say.Error("%s is there already; choose another name or edit it", path)
	}
	return path, Replace(path, text)
}

// Replace puts a file in its place in one step, the owner's alone, and makes the
// folders above it.
func Replace(path string, text []byte) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return say.Error("make %s: %w", dir, err)
	}
	f, err := os.CreateTemp(dir, ".lull-*")
	if err != nil {
		return say.Error("write %s: %w", path, err)
	}
	defer os.Remove(f.Name())
	_, err = f.Write(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return say.Error("write %s: %w", path, err)
	}
	return nil
}

// RoutineFile is one of the user's own routine files.
type RoutineFile struct {
	Path string
	Text []byte
}

// Routines reads the user's own routine files, by name. A file that cannot be
// read is left out and reported; the others are still returned.
func (h Home) Routines() ([]RoutineFile, error) {
	if err := errors.Join(guarded(h.Config), guarded(h.RoutinesDir())); err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(h.RoutinesDir())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var files []RoutineFile
	var problems []error
	for _, e := range entries {
		if e.IsDir() || !strings.HasSuffix(e.Name(), ".toml") || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		path := filepath.Join(h.RoutinesDir(), e.Name())
		text, err := ReadOwn(path)
		if err == nil && text == nil {
			err = missing(path)
		}
		if err != nil {
			problems = append(problems, err)
			continue
		}
		files = append(files, RoutineFile{path, text})
	}
	return files, errors.Join(problems...)
}

// ReadFile returns the text of any small file that must exist, such as the one
// that `lull routines check` is given.
func (Home) ReadFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, missing(path)
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readAll(f, path)
}

func missing(path string) error { return say.Error("%s: there is no such file", path) }

// Settings reads config.toml. What is wrong with it is an error; the settings are
// then those that can be read, and defaults for the rest.
func (h Home) Settings() (settings.Settings, error) {
	text, err := h.ReadConfig()
	if err != nil {
		return settings.Default(), err
	}
	return settings.Parse(h.ConfigFile(), text)
}

// Change writes changed settings to config.toml and returns what now holds.
func (h Home) Change(changes []settings.Change) (settings.Settings, error) {
	text, err := h.ReadConfig()
	if err == nil {
		text, err = settings.Apply(h.ConfigFile(), text, changes)
	}
	if err == nil {
		err = h.WriteConfig(text)
	}
	if err != nil {
		return settings.Default(), err
	}
	return settings.Parse(h.ConfigFile(), text)
}
