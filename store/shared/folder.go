package shared

import (
	"encoding/binary"
	"errors"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"lull/routine/journal"
	"lull/routine/peers"
	"lull/routine/say"
)

// folder is the shared folder, opened. Nothing outside it can be reached
// through it, whatever links lie in it.
type folder struct {
	path string // with its own links resolved
	root *os.Root
}

// entry is a file in the folder that may hold facts.
type entry struct {
	peers.File
	size    int64
	changed int64
	mode    fs.FileMode
}

// open finds the folder and refuses one that is none, or one that holds lull's
// own files: an engine that replicates a database while it is written ruins it.
func (x *Exchange) open(dir string) (*folder, error) {
	if !filepath.IsAbs(dir) {
		return nil, say.Error("%s is not a whole path; write it from its beginning", dir)
	}
	path, err := filepath.EvalSymlinks(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, say.Error("there is no folder %s; make it, or plug in what it lies on", dir)
	}
	if err != nil {
		return nil, say.Error("open %s: %w", dir, err)
	}
	if info, err := os.Stat(path); err == nil && !info.IsDir() {
		return nil, say.Error("%s is not a folder; name one that your machines share", dir)
	}
	data := x.data
	if real, err := filepath.EvalSymlinks(data); err == nil {
		data = real
	}
	if within(path, data) || within(data, path) {
		return nil, say.Error("%s and %s, where lull keeps its own files, lie one in the other; choose a folder that holds nothing but what is exchanged", dir, x.data)
	}
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, say.Error("open %s: %w", dir, err)
	}
	return &folder{path, root}, nil
}

// within says whether a path is a folder or lies in it.
func within(path, folder string) bool {
	rel, err := filepath.Rel(folder, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

func (f *folder) close() { _ = f.root.Close() }

// list finds what may hold facts, by name.
func (f *folder) list() ([]entry, error) {
	d, err := f.root.Open(".")
	if err != nil {
		return nil, say.Error("list %s: %w", f.path, err)
	}
	defer d.Close()
	names, err := d.Readdirnames(peers.MaxFiles + 1)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, say.Error("list %s: %w", f.path, err)
	}
	if len(names) > peers.MaxFiles {
		return nil, say.Error("%s holds more than %d files; give lull a folder of its own in it", f.path, peers.MaxFiles)
	}
	slices.Sort(names)
	var found []entry
	for _, name := range names {
		file, may := peers.Recognise(name)
		if !may {
			continue
		}
		if e, err := f.look(file); err == nil { // else it went away meanwhile
			found = append(found, e)
		}
	}
	return found, nil
}

// look sees a name as it is, and follows nothing.
func (f *folder) look(file peers.File) (entry, error) {
	info, err := f.root.Lstat(file.Name)
	if err != nil {
		return entry{}, err
	}
	return entry{File: file, size: info.Size(), changed: info.ModTime().UnixNano(), mode: info.Mode()}, nil
}

// unusable says why a file is not even opened, or nothing.
func (e entry) unusable() string {
	switch {
	case e.mode&fs.ModeSymlink != 0:
		return say.Text("a link, which is never followed")
	case e.mode.IsDir():
		return say.Text("a folder, not a file")
	case !e.mode.IsRegular():
		return say.Text("not an ordinary file")
	case e.size > peers.MaxFile:
		return say.Text("larger than %d MiB", peers.MaxFile>>20)
	}
	return ""
}

// errOther says that a name is no longer what it was when it was looked at.
var errOther error = say.Fault("it was replaced meanwhile")

// openAt opens a file that was looked at, and nothing that took its place.
func (f *folder) openAt(e entry, flags int) (*os.File, error) {
	file, err := f.root.OpenFile(e.Name, flags|careful, 0)
	if err != nil {
		return nil, err
	}
	opened, err := file.Stat()
	if err == nil {
		var named fs.FileInfo
		if named, err = f.root.Lstat(e.Name); err == nil && (!named.Mode().IsRegular() || !os.SameFile(opened, named)) {
			err = errOther
		}
	}
	if err != nil {
		_ = file.Close()
		return nil, err
	}
	return file, nil
}

// read gives the bytes of a file, no more than may be.
func (f *folder) read(e entry) ([]byte, error) {
	file, err := f.openAt(e, os.O_RDONLY)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	b, err := io.ReadAll(io.LimitReader(file, peers.MaxFile+1))
	if err == nil && len(b) > peers.MaxFile {
		err = errOther
	}
	return b, err
}

// extend appends to a file of this machine's that is size bytes long.
func (f *folder) extend(e entry, more []byte) error {
	file, err := f.openAt(e, os.O_WRONLY|os.O_APPEND)
	if err != nil {
		return err
	}
	info, err := file.Stat()
	if err == nil && info.Size() != e.size {
		err = errOther
	}
	if err == nil {
		_, err = file.Write(more)
	}
	return errors.Join(err, file.Sync(), file.Close())
}

// replace puts a whole file in its place in one step, durably.
func (f *folder) replace(name string, content []byte) error {
	made := "." + name + ".tmp" // hidden: no machine reads it
	if err := f.root.Remove(made); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	file, err := f.root.OpenFile(made, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	err = errors.Join(err, file.Sync(), file.Close())
	if err == nil {
		err = f.root.Rename(made, name)
	}
	if err != nil {
		_ = f.root.Remove(made)
		return err
	}
	d, err := f.root.Open(".")
	if err != nil {
		return err
	}
	_ = syncDir(d) // some file systems cannot; the file is written again if its name is lost
	return d.Close()
}

// key sums up what an exchange depends on: while it stays the same, another one
// would find nothing to do. It is never 0.
func key(version string, stamp journal.Stamp, entries []entry) uint64 {
	h := fnv.New64a()
	_, _ = io.WriteString(h, version)
	_ = binary.Write(h, binary.BigEndian, uint64(stamp))
	for _, e := range entries {
		_, _ = io.WriteString(h, e.Name)
		_ = binary.Write(h, binary.BigEndian, []int64{0, e.size, e.changed, int64(e.mode)})
	}
	return max(h.Sum64(), 1)
}
