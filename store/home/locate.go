package home

import (
	"os"
	"os/user"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/adrg/xdg"

	"lull/routine/say"
)

// Locate returns the folders. folder is the value of LULL_HOME: a full path or
// one that begins with ~/, under which everything is put. If it is empty, the
// folders are the platform's own. A relative path is an error, since another
// working folder would make it another, empty history.
func Locate(folder string) (Home, error) {
	if filepath.IsAbs(folder) {
		return under(folder), nil
	}
	rest, tilde := strings.CutPrefix(folder, "~")
	tilde = tilde && (rest == "" || os.IsPathSeparator(rest[0]))
	if folder != "" && !tilde {
		return Home{}, say.Error("LULL_HOME=%s is not a full path: set it to one such as /home/you/lull or ~/lull, or unset it", folder)
	}
	account, err := useAccountHome()
	if err != nil {
		return Home{}, err
	}
	if tilde {
		return under(filepath.Join(account, rest)), nil
	}
	return Home{
		Data: filepath.Join(xdg.DataHome, "lull"), Config: filepath.Join(xdg.ConfigHome, "lull"), Spare: filepath.Join(xdg.StateHome, "lull"),
	}, nil
}

// under returns a Home with everything in one folder.
func under(folder string) Home {
	folder = filepath.Clean(folder)
	return Home{Data: folder, Config: folder}
}

// useAccountHome returns the person's home folder. If HOME does not name one,
// it sets HOME to the folder that the system has for the account, so that
// package xdg and the programs that lull starts agree.
func useAccountHome() (string, error) {
	if dir, err := os.UserHomeDir(); err == nil && usable(dir) {
		return dir, nil
	}
	u, err := user.Current()
	if err != nil || runtime.GOOS == "windows" || !usable(u.HomeDir) {
		return "", say.Error("no home folder: HOME is unset or not a full path, and the account has none; set LULL_HOME to a full path such as /srv/lull")
	}
	if err := os.Setenv("HOME", u.HomeDir); err != nil {
		return "", err
	}
	xdg.Reload()
	return u.HomeDir, nil
}

// usable reports whether dir can be a home folder: a full path that is not the
// root of the file system.
func usable(dir string) bool {
	return filepath.IsAbs(dir) && filepath.Dir(dir) != filepath.Clean(dir)
}
