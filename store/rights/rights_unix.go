//go:build !windows

package rights

import (
	"io/fs"
	"os"
	"syscall"

	"lull/routine/say"
)

// Folder refuses a folder of lull's own that others could change, or that is
// another's. A group of the user's own, as many systems give everybody, is not
// others.
func Folder(dir string, info fs.FileInfo) error {
	if st, ok := info.Sys().(*syscall.Stat_t); ok && int(st.Uid) != os.Geteuid() {
		return say.Error("%s belongs to another user (number %d); run lull as that user, or set LULL_HOME to a folder of your own", dir, st.Uid)
	}
	return changed(dir, info)
}

// Edited refuses a file that people edit, or its folder, if somebody else could
// have written it. The system's own user may: some systems keep settings in a
// store that nobody else can change.
func Edited(path string, info fs.FileInfo) error {
	if st, ok := info.Sys().(*syscall.Stat_t); ok && int(st.Uid) != os.Geteuid() && st.Uid != 0 {
		return say.Error("%s belongs to another user (number %d) and is not read; make a copy of your own in its place", path, st.Uid)
	}
	return changed(path, info)
}

func changed(path string, info fs.FileInfo) error {
	st, ok := info.Sys().(*syscall.Stat_t)
	mode := info.Mode().Perm()
	if ok && (mode&0o002 != 0 || mode&0o020 != 0 && st.Gid != st.Uid) {
		return say.Error("%s can be changed by others (%v); keep it to yourself with: chmod go-w %s", path, mode, path)
	}
	return nil
}

// NoWait has a pipe opened at once, to be refused, and not waited for.
const NoWait = syscall.O_NONBLOCK
