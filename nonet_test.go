package main

import (
	"bytes"
	"go/ast"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/creack/pty"
)

// networks are packages that open connections or serve them. A prefix ends in a
// slash.
var networks = []string{
	"net", "net/http", "net/http/", "net/rpc", "net/rpc/", "net/smtp", "net/mail", "net/textproto", "net/internal/", "crypto/tls", "crypto/x509",
	"log/syslog", "plugin", "golang.org/x/net/", "golang.org/x/crypto/", "google.golang.org/", "github.com/charmbracelet/wish", "vendor/golang.org/x/net/http/",
}

// dragged are those that come with something else, and with nothing else: pflag
// has flags for addresses, which lull does not use, and what describes the calls
// of Windows has a type for interfaces. Neither opens anything.
var dragged = map[string][]string{"net": {"github.com/spf13/pflag", "golang.org/x/sys/windows"}}

// local is what the machine's C library asks its own user list, when a shell
// starts beside the window: no connection that leaves the machine.
const local = "/nscd/socket"

func isNetwork(name string) bool {
	return slices.ContainsFunc(networks, func(n string) bool {
		return name == n || strings.HasSuffix(n, "/") && strings.HasPrefix(name, n)
	})
}

// TestThereIsNoNetworkCode lists everything that is built into the program, on
// every system, down to the standard library.
func TestThereIsNoNetworkCode(t *testing.T) {
	for _, system := range []string{"linux", "darwin", "windows"} {
		list := exec.Command("go", "list", "-deps", "-f", `{{.ImportPath}}{{range .Imports}} {{.}}{{end}}`, ".")
		list.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0")
		var errs bytes.Buffer
		list.Stderr = &errs
		out, err := list.Output()
		if err != nil {
			t.Fatalf("%s: %v %s", system, err, errs.String())
		}
		n := 0
		for line := range strings.Lines(string(out)) {
			words := strings.Fields(line)
			n++
			for _, name := range words[1:] {
				if isNetwork(name) && !slices.Contains(dragged[name], words[0]) {
					t.Errorf("%s: %s imports %s", system, words[0], name)
				}
			}
		}
		if n < 100 {
			t.Errorf("%s: only %d packages were listed", system, n)
		}
	}
}

// Nobody asks the system for a connection directly either.
func TestNobodyOpensASocketByHand(t *testing.T) {
	for _, s := range sources(t) {
		ast.Inspect(s.tree, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok && slices.Contains([]string{"Socket", "Socketpair", "Connect", "Listen", "Dial", "Sendto", "Bind"}, sel.Sel.Name) {
				if from, ok := sel.X.(*ast.Ident); ok && slices.Contains([]string{"unix", "syscall", "windows", "net"}, from.Name) {
					t.Errorf("%s calls %s.%s", s.name, from.Name, sel.Sel.Name)
				}
			}
			return true
		})
	}
}

// TestNoConnectionIsOpened watches a few verbs and the window ask the system.
func TestNoConnectionIsOpened(t *testing.T) {
	strace, err := exec.LookPath("strace")
	if err != nil || runtime.GOOS != "linux" {
		t.Skip("strace is not here")
	}
	binary, err := exec.LookPath("lull")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "shared"), 0o700); err != nil {
		t.Fatal(err)
	}
	watched := func(args ...string) (cmd *exec.Cmd, log string) {
		log = filepath.Join(dir, "trace")
		cmd = exec.Command(strace, append([]string{"-f", "-qq", "-o", log, "-e", "trace=%network,io_uring_setup,execve", binary}, args...)...)
		cmd.Dir = dir // what a verb writes beside is not for the project
		cmd.Env = append(os.Environ(), "LULL_HOME="+filepath.Join(dir, "home"), "LULL_TEST_NOW=2026-11-22T22:31:00+01:00", "TERM=xterm-256color")
		return cmd, log
	}
	look := func(what, log string) {
		text, err := os.ReadFile(log)
		if err != nil || !bytes.Contains(text, []byte("execve(")) {
			t.Skipf("strace saw nothing here: %v %.200s", err, text) // it may not be allowed to
		}
		for line := range strings.Lines(string(text)) {
			switch {
			case strings.Contains(line, "execve("), strings.Contains(line, "+++"), strings.Contains(line, "---"):
			case strings.Contains(line, " resumed>"): // it was looked at where it began
			case strings.Contains(line, "???("): // of a thread that was gone before strace knew what it asks, so it asked nothing
			case strings.Contains(line, "connect(") && strings.Contains(line, local), strings.Contains(line, "socket(AF_UNIX"):
			default:
				t.Errorf("%s asks for %s", what, strings.TrimSpace(line))
			}
		}
	}
	for _, args := range [][]string{{"drink"}, {"cramp"}, {"tonight"}, {"review", "--json"}, {"report"}, {"sync", filepath.Join(dir, "shared")}, {"export"}, {"check"}, {"backup"}, {"guide"}, {"now", "--plain"}} {
		cmd, log := watched(args...)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Logf("lull %v: %v %.300s", args, err, out)
		}
		look("lull "+args[0], log)
	}
	cmd, log := watched()
	screen, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 24, Cols: 80})
	if err != nil {
		t.Skip("no pseudo terminal: ", err)
	}
	var out bytes.Buffer
	go func() { _, _ = screen.WriteString("w1234567q") }()
	_, _ = out.ReadFrom(screen)
	_ = cmd.Wait()
	look("the window", log)
}
