package main

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

	"github.com/creack/pty"
	"github.com/gofrs/flock"
	"github.com/rogpeppe/go-internal/testscript"
	bolt "go.etcd.io/bbolt"
)

// TestMain lets scripts call lull as a program of its own.
func TestMain(m *testing.M) {
	// Else every program of a -race build ends with a second of sleep.
	os.Setenv("GORACE", "atexit_sleep_ms=0")
	programs := map[string]func(){
		"lull":  func() { os.Exit(run(scriptClock, os.Args[1:])) },
		clocked: func() { os.Exit(run(time.Now, os.Args[1:])) },
		"grasp": grasp,
		"tty":   tty,
	}
	maps.Copy(programs, more)
	testscript.Main(suite{m}, programs)
}

// suite runs the tests, and leaves nothing behind.
type suite struct{ *testing.M }

func (s suite) Run() int {
	defer func() { os.RemoveAll(unracedBuilds) }()
	return s.M.Run()
}

// unracedBuilds is the folder of the programs of unraced.
var unracedBuilds string

// buildUnraced builds this test binary anew, under the names of its programs.
var buildUnraced = sync.OnceValue(func() (err error) {
	if unracedBuilds, err = os.MkdirTemp("", "lull-unraced-"); err != nil {
		return err
	}
	first := filepath.Join(unracedBuilds, "lull")
	if out, err := exec.Command("go", "test", "-c", "-o", first, ".").CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return os.Link(first, filepath.Join(unracedBuilds, clocked))
})

// unraced is a program without what looks for races, for tests that run it
// hundreds of times: with it each start takes fifty times as long.
func unraced(t *testing.T, name string) string {
	t.Helper()
	if err := buildUnraced(); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(unracedBuilds, name)
}

// more are programs that only some systems can run.
var more = map[string]func(){}

// scriptClock shows the time in LULL_TEST_NOW, in the zone of TZ. Only this
// test binary looks at it.
func scriptClock() time.Time {
	now, err := time.Parse(time.RFC3339, os.Getenv("LULL_TEST_NOW"))
	if err != nil {
		panic("LULL_TEST_NOW: " + err.Error())
	}
	return now.In(time.Local)
}

// grasp keeps a file locked, like a lull that is busy, until it is interrupted.
func grasp() {
	lock := flock.New(os.Args[1])
	if err := lock.Lock(); err != nil {
		panic(err)
	}
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt)
	if err := os.WriteFile(os.Args[1]+".held", nil, 0o600); err != nil {
		panic(err)
	}
	<-stop
}

// tty runs a program on a terminal of its own, types what it is given, and
// passes on what is shown: tty lull --help. The terminal answers no query.
func tty() {
	shown, err := pty.StartWithSize(exec.Command(os.Args[1], os.Args[2:]...), &pty.Winsize{Rows: 24, Cols: 80})
	if err != nil {
		panic(err)
	}
	if info, err := os.Stdin.Stat(); err == nil && info.Mode()&os.ModeCharDevice == 0 {
		_, _ = io.Copy(shown, io.MultiReader(os.Stdin, strings.NewReader("\x04"))) // the end of the input
	}
	_, _ = io.Copy(os.Stdout, shown) // ends with an error when the program does
}

// TestVerbs runs every script: one behaviour each, as a person would see it.
func TestVerbs(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "ui/cli/testdata/script",
		Setup: func(e *testscript.Env) error {
			formats, err := filepath.Abs("store/testdata")
			if err != nil {
				return err
			}
			e.Setenv("FORMATS", formats)
			e.Setenv("LULL_HOME", e.WorkDir+"/home")
			e.Setenv("LULL_TEST_NOW", "2026-11-22T22:31:00+01:00")
			e.Setenv("TZ", "Europe/Berlin")
			e.Setenv("NO_COLOR", "")
			e.Setenv("TERM", "xterm")
			e.Setenv("ESC", "\x1b")
			e.Setenv("GORACE", os.Getenv("GORACE"))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status": status,
			"plain":  plainly,
			"await":  await,
			"spoil":  spoil,
			"renew":  renew,
			"elapse": elapse,
			"drop":   drop,
		},
	})
}

// status runs lull and wants an exit status: status 2 lull drnk.
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N lull ARGS...")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := 0
	if exit, failed := err.(interface{ ExitCode() int }); failed {
		got = exit.ExitCode()
	}
	if fmt.Sprint(got) != args[0] {
		ts.Fatalf("%s ended with status %d, want %s", strings.Join(args[1:], " "), got, args[0])
	}
}

// plainly wants the last output to hold nothing but what can be seen, spaces and
// the ends of lines.
func plainly(ts *testscript.TestScript, _ bool, _ []string) {
	for _, out := range []string{ts.ReadFile("stdout"), ts.ReadFile("stderr")} {
		if strings.ContainsFunc(out, func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }) {
			ts.Fatalf("it holds what cannot be seen: %q", out)
		}
	}
}

// await waits for a file that a background command makes.
func await(ts *testscript.TestScript, _ bool, args []string) {
	for range 1000 {
		if _, err := os.Stat(ts.MkAbs(args[0])); err == nil {
			return
		}
		time.Sleep(2 * time.Millisecond)
	}
	ts.Fatalf("%s did not come", args[0])
}

// spoil replaces a text in every file below a folder: spoil DIR OLD NEW.
func spoil(ts *testscript.TestScript, _ bool, args []string) {
	err := filepath.WalkDir(ts.MkAbs(args[0]), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(path, []byte(strings.ReplaceAll(string(text), args[1], args[2])), 0o600)
	})
	ts.Check(err)
}

// drop removes the lines of a file that match a pattern: drop PATTERN FILE. Some
// line must match.
func drop(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: drop PATTERN FILE")
	}
	pattern, err := regexp.Compile(args[0])
	ts.Check(err)
	lines := strings.SplitAfter(ts.ReadFile(args[1]), "\n")
	rest := slices.DeleteFunc(slices.Clone(lines), func(line string) bool { return pattern.MatchString(strings.TrimSuffix(line, "\n")) })
	if len(rest) == len(lines) {
		ts.Fatalf("no line of %s matches %s", args[1], args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(strings.Join(rest, "")), 0o600))
}

// renew makes a database one that only a lull of the far future may touch.
func renew(ts *testscript.TestScript, _ bool, args []string) {
	db, err := bolt.Open(ts.MkAbs(args[0]), 0o600, &bolt.Options{Timeout: time.Second})
	ts.Check(err)
	ts.Check(db.Update(func(tx *bolt.Tx) error {
		key, text := []byte("min_reader"), []byte("9999")
		sum := crc32.Checksum(append(key[:len(key):len(key)], text...), crc32.MakeTable(crc32.Castagnoli))
		return tx.Bucket([]byte("meta")).Put(key, append(binary.BigEndian.AppendUint32(nil, sum), text...))
	}))
	ts.Check(db.Close())
}
