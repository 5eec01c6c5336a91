//go:build unix

package home_test

import (
	"os"
	"os/user"
	"path/filepath"
	"strings"
	"testing"

	"github.com/adrg/xdg"

	"lull/store/home"
)

// setHome sets HOME for the test and has the platform's folders read it again.
func setHome(t *testing.T, value string, set bool) {
	t.Helper()
	for _, name := range []string{"XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"} {
		t.Setenv(name, "")
	}
	t.Setenv("HOME", value)
	if !set {
		os.Unsetenv("HOME")
	}
	xdg.Reload()
	t.Cleanup(xdg.Reload)
}

// accountFolder is the home folder that the system has for the account.
func accountFolder(t *testing.T) string {
	t.Helper()
	u, err := user.Current()
	if err != nil || !filepath.IsAbs(u.HomeDir) || u.HomeDir == "/" {
		t.Skip("the account has no home folder")
	}
	return u.HomeDir
}

func TestLocateUsesTheAccountsHomeWhenHOMEIsUnusable(t *testing.T) {
	for name, value := range map[string]string{"unset": "", "empty": "", "relative": "data", "root": "/"} {
		t.Run(name, func(t *testing.T) {
			setHome(t, value, name != "unset")
			want := accountFolder(t)
			h := locate(t, "")
			for _, folder := range []string{h.Data, h.Config, h.Spare} {
				if !strings.HasPrefix(folder, want+"/") {
					t.Errorf("%q is not under the account's home %q", folder, want)
				}
			}
			if got := os.Getenv("HOME"); got != want {
				t.Errorf("HOME is %q for programs that lull starts, want %q", got, want)
			}
		})
	}
}

func TestLocateKeepsAUsableHOME(t *testing.T) {
	dir := t.TempDir()
	setHome(t, dir, true)
	if h := locate(t, ""); !strings.HasPrefix(h.Data, dir+"/") {
		t.Errorf("data in %q, want it under HOME %q", h.Data, dir)
	}
}

func TestLocateExpandsTheTildeOfLULL_HOME(t *testing.T) {
	dir := t.TempDir()
	setHome(t, dir, true)
	for value, want := range map[string]string{"~/notes/lull": dir + "/notes/lull", "~": dir, "~/": dir} {
		if h := locate(t, value); h.Data != want || h.Config != want {
			t.Errorf("LULL_HOME=%s: %q and %q, want %q", value, h.Data, h.Config, want)
		}
	}
}

func TestLocateRefusesARelativeLULL_HOME(t *testing.T) {
	for _, value := range []string{"notes", "./notes", "../notes", ".", "~other/notes", " /tmp", "$HOME/lull"} {
		_, err := home.Locate(value)
		if err == nil {
			t.Errorf("LULL_HOME=%s is accepted", value)
			continue
		}
		if text := err.Error(); !strings.Contains(text, "LULL_HOME") || !strings.Contains(text, value) || strings.Count(text, "\n") > 0 {
			t.Errorf("LULL_HOME=%s: the error does not name it in one line: %s", value, text)
		}
	}
}
