//go:build !windows

package timers

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lull/routine/journal"
	"lull/routine/remind"
	"lull/store/home"
)

// Fakes of the programs that are run. Each notes its arguments in a file $LOG,
// fails when its name stands in $FAILING, and keeps what it is told, as the real
// one does, in the folder $STATE.
var fakes = map[string]string{
	"systemctl": `
case "$2" in
enable) [ -f "$UNITS/$3" ] && : >"$STATE/$3" ;;
disable) rm -f "$STATE/$4" ;;
is-enabled | is-active) [ -f "$STATE/$3" ] ;;
esac`,
	"launchctl": `
case "$1" in
bootstrap) : >"$STATE/$(basename "$3" .plist)" ;;
bootout) rm "$STATE/$(basename "$2")" 2>/dev/null ;;
print) [ "$2" = "gui/501" ] || [ -f "$STATE/$(basename "$2")" ] ;;
esac`,
	"schtasks": `
case "$1" in
/Create) cp "$6" "$STATE/$4" ;;
/Delete) rm "$STATE/$4" ;;
/Query) [ "$2" = /FO ] || [ -f "$STATE/$3" ] ;;
esac`,
	"crontab": `
case "$1" in
-l) cat "$STATE/tab" 2>/dev/null || { echo "no crontab for somebody" >&2; exit 1; } ;;
-r) rm "$STATE/tab" ;;
-) cat >"$STATE/tab" ;;
esac`,
}

// bench is a host on a system of fakes, in a folder of its own.
type bench struct {
	*Host
	t     *testing.T
	dir   string // the person's
	state string // the system's
	log   string
}

func newBench(t *testing.T, system string) *bench {
	dir, bin := t.TempDir(), t.TempDir()
	b := &bench{t: t, dir: filepath.Join(dir, "home"), state: filepath.Join(dir, "state"), log: filepath.Join(dir, "log")}
	b.Host = &Host{
		OS: system, Record: filepath.Join(b.dir, "config", "lull", "remind.json"),
		Units: filepath.Join(b.dir, "config", "systemd", "user"), Agents: filepath.Join(b.dir, "Library", "LaunchAgents"),
		User: 501, Run: run, Command: remind.Command{Program: "/opt/it's/lull", Env: []remind.Variable{{Name: "LULL_HOME", Value: "/a b"}}},
	}
	for name, script := range fakes {
		text := "#!/bin/sh\necho \"" + name + " $*\" >>\"$LOG\"\ncase \" $FAILING \" in *\" " + name + " \"*) echo not today >&2; exit 1 ;; esac" + script + "\n"
		if err := os.WriteFile(filepath.Join(bin, name), []byte(text), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, made := range []string{b.dir, b.state} {
		if err := os.Mkdir(made, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", bin+":/usr/bin:/bin")
	t.Setenv("STATE", b.state)
	t.Setenv("UNITS", b.Units)
	t.Setenv("LOG", b.log)
	t.Setenv("FAILING", "")
	return b
}

func (b *bench) failing(programs string) { b.t.Setenv("FAILING", programs) }

// files are all of the person's and the system's files and folders with their
// texts.
func (b *bench) files() map[string]string {
	b.t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(filepath.Dir(b.dir), func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == b.log {
			return err
		}
		text := "a folder"
		if !d.IsDir() {
			read, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			text = string(read)
		}
		all[strings.TrimPrefix(path, filepath.Dir(b.dir))] = text
		return nil
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return all
}

func (b *bench) install(p remind.Plan) remind.Installed {
	b.t.Helper()
	done, err := b.Install(context.Background(), p, journal.DefaultCalendar)
	if err != nil {
		b.t.Fatal(err)
	}
	return done
}

func (b *bench) status() remind.Standing {
	b.t.Helper()
	s, err := b.Status(context.Background(), journal.DefaultCalendar)
	if err != nil {
		b.t.Fatal(err)
	}
	return s
}

func someHours(t *testing.T) *remind.Hours {
	h, err := remind.ParseHours("10:00-20:00/2h")
	if err != nil {
		t.Fatal(err)
	}
	return &h
}

var halfPastNine = remind.Plan{At: 21*60*60e9 + 30*60e9}

var systems = []struct{ os, by, failing string }{
	{"linux", string(bySystemd), ""}, {"linux", string(byCron), "systemctl"}, {"darwin", string(byLaunchd), ""}, {"windows", string(byTask), ""}, {"freebsd", string(byCron), ""},
}

func TestInstallStatusRemoveLeaveNoTrace(t *testing.T) {
	for _, s := range systems {
		t.Run(s.os+" "+s.by, func(t *testing.T) {
			b := newBench(t, s.os)
			b.failing(s.failing)
			before := b.files()
			if _, there, err := b.Plan(); there || err != nil {
				t.Fatalf("something is installed: %v", err)
			}
			plan := halfPastNine
			plan.Water = someHours(t)
			done := b.install(plan)
			if done.By != s.by || len(done.Wrote) == 0 || (len(done.Notes) > 0) != (s.failing != "") {
				t.Errorf("%+v", done)
			}
			once := b.files()
			if diff := cmp.Diff(done, b.install(plan)); diff != "" {
				t.Errorf("the second time it says something else: %s", diff)
			}
			if diff := cmp.Diff(once, b.files()); diff != "" {
				t.Errorf("twice is not once: %s", diff)
			}
			if got, there, err := b.Plan(); !there || err != nil || !cmp.Equal(got, plan) {
				t.Errorf("%+v, %v", got, err)
			}
			if st := b.status(); st.By != s.by || len(st.Wrong) > 0 {
				t.Errorf("%+v", st)
			}
			gone, err := b.Remove(context.Background())
			if err != nil || len(gone) == 0 {
				t.Fatalf("%v: %v", gone, err)
			}
			if diff := cmp.Diff(before, b.files()); diff != "" {
				t.Errorf("a trace is left: %s", diff)
			}
			if gone, err := b.Remove(context.Background()); err != nil || len(gone) > 0 {
				t.Errorf("with nothing there it took away %v: %v", gone, err)
			}
		})
	}
}

// What is shown is what is there, to the letter.
func TestWhatIsShownIsWhatWasWritten(t *testing.T) {
	for _, s := range systems {
		b := newBench(t, s.os)
		b.failing(s.failing)
		plan := halfPastNine
		plan.Water = someHours(t)
		for _, f := range b.install(plan).Wrote {
			var got []byte
			want := f.Text
			switch s.by {
			case string(byCron):
				got, _ = os.ReadFile(filepath.Join(b.state, "tab"))
			case string(byTask):
				got, _ = os.ReadFile(filepath.Join(b.state, f.Name))
				want = string(remind.UTF16(f.Text))
			default:
				got, _ = os.ReadFile(f.Name)
			}
			if string(got) != want {
				t.Errorf("%s: %s holds\n%s", s.by, f.Name, got)
			}
		}
	}
}

func TestAnotherPlanTakesThePlaceOfTheFirst(t *testing.T) {
	for _, s := range systems {
		b := newBench(t, s.os)
		b.failing(s.failing)
		b.install(halfPastNine)
		want := b.files()
		plan := halfPastNine
		plan.Water = someHours(t)
		b.install(plan)
		b.install(halfPastNine)
		if diff := cmp.Diff(want, b.files()); diff != "" {
			t.Errorf("%s: %s", s.by, diff)
		}
	}
}

func TestWhoGetsSystemdLosesTheCrontab(t *testing.T) {
	b := newBench(t, "linux")
	mine := "5 4 * * * tidy 50\\%\n"
	if err := os.WriteFile(filepath.Join(b.state, "tab"), []byte(mine), 0o600); err != nil {
		t.Fatal(err)
	}
	b.failing("systemctl")
	b.install(halfPastNine)
	tab, _ := os.ReadFile(filepath.Join(b.state, "tab"))
	if !strings.HasPrefix(string(tab), mine) || len(tab) == len(mine) {
		t.Errorf("the crontab became\n%s", tab)
	}
	b.failing("")
	if done := b.install(halfPastNine); done.By != string(bySystemd) {
		t.Errorf("%+v", done)
	}
	if tab, _ := os.ReadFile(filepath.Join(b.state, "tab")); string(tab) != mine {
		t.Errorf("the crontab is\n%s", tab)
	}
}

func TestACrontabThatCannotBeReadIsNotReplaced(t *testing.T) {
	b := newBench(t, "freebsd")
	b.failing("crontab")
	_, err := b.Install(context.Background(), halfPastNine, journal.DefaultCalendar)
	if err == nil || !strings.Contains(err.Error(), "not today") || !strings.Contains(err.Error(), "lull remind ics") {
		t.Errorf("%v", err)
	}
	log, _ := os.ReadFile(b.log)
	if strings.TrimSpace(string(log)) != "crontab -l" {
		t.Errorf("it ran %s", log)
	}
}

func TestAnInstallationThatFailsLeavesNothing(t *testing.T) {
	for program, s := range map[string]string{"systemctl": "linux", "launchctl": "darwin", "schtasks": "windows"} {
		b := newBench(t, s)
		before := b.files()
		asked := b.Run
		b.Run = func(ctx context.Context, c Call) (string, error) { // fails once it is to be enabled
			if c.Name == program && slices.ContainsFunc(c.Args, func(a string) bool { return a == "enable" || a == "bootstrap" || a == "/Create" }) {
				return "", errors.New("not today")
			}
			return asked(ctx, c)
		}
		if program == "launchctl" {
			b.Run = func(ctx context.Context, c Call) (string, error) {
				if c.Args[0] == "bootstrap" {
					return "", errors.New("not today")
				}
				return asked(ctx, c)
			}
		}
		_, err := b.Install(context.Background(), halfPastNine, journal.DefaultCalendar)
		if err == nil || !strings.Contains(err.Error(), "not today") {
			t.Errorf("%s: %v", program, err)
		}
		if diff := cmp.Diff(before, b.files()); diff != "" {
			t.Errorf("%s: %s", program, diff)
		}
	}
}

func TestStatusSaysWhatIsNotAsItWasLeft(t *testing.T) {
	for _, s := range systems {
		b := newBench(t, s.os)
		b.failing(s.failing)
		for _, f := range b.install(halfPastNine).Wrote {
			if filepath.IsAbs(f.Name) {
				if err := os.WriteFile(f.Name, []byte("mine\n"), 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
		if s.by == string(bySystemd) || s.by == string(byLaunchd) {
			if st := b.status(); len(st.Wrong) == 0 || !strings.Contains(st.Wrong[0], "is not as lull would write it now") {
				t.Errorf("%s: %+v", s.by, st)
			}
		}
		entries, _ := os.ReadDir(b.state)
		for _, e := range entries {
			_ = os.Remove(filepath.Join(b.state, e.Name()))
		}
		if st := b.status(); len(st.Wrong) == 0 {
			t.Errorf("%s: %+v", s.by, st)
		}
		b.install(halfPastNine)
		if st := b.status(); len(st.Wrong) > 0 {
			t.Errorf("%s: %+v", s.by, st)
		}
	}
}

func TestARecordThatCannotBeReadIsNoReasonToKeepWhatItTellsOf(t *testing.T) {
	b := newBench(t, "linux")
	b.install(halfPastNine)
	for problem, text := range map[string]string{"is larger than": strings.Repeat(" ", 1<<20) + "{}", "cannot be read": "{"} {
		if err := os.WriteFile(b.Record, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, _, err := b.Plan(); err == nil || !strings.Contains(err.Error(), b.Record) || !strings.Contains(err.Error(), problem) {
			t.Errorf("%v", err)
		}
	}
	if _, err := b.Remove(context.Background()); err != nil {
		t.Fatal(err)
	}
	for path, text := range b.files() {
		if text != "a folder" {
			t.Errorf("%s is still there", path)
		}
	}
}

func TestTheTimerFindsTheJournalThatThePersonDoes(t *testing.T) {
	lookup := func(vars map[string]string) func(string) (string, bool) {
		return func(name string) (string, bool) { v, set := vars[name]; return v, set }
	}
	place := home.Home{Data: "/whole/path", Config: "/whole/path"}
	for _, c := range []struct{ set, want map[string]string }{
		{nil, nil},
		{map[string]string{"LULL_HOME": "path", "XDG_DATA_HOME": "/d"}, map[string]string{"LULL_HOME": "/whole/path"}},
		{map[string]string{"LULL_HOME": "", "XDG_DATA_HOME": "/d"}, map[string]string{"XDG_DATA_HOME": "/d"}},
		{map[string]string{"XDG_CONFIG_HOME": "/c", "XDG_DATA_HOME": "/d"}, map[string]string{"XDG_CONFIG_HOME": "/c", "XDG_DATA_HOME": "/d"}},
	} {
		var got map[string]string
		for _, v := range environment(place, lookup(c.set)) {
			if got == nil {
				got = map[string]string{}
			}
			got[v.Name] = v.Value
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%v: %s", c.set, diff)
		}
	}
}

// The words of a notification reach the program as words.
func TestWordsAreNeverPartOfAProgram(t *testing.T) {
	const title, text = `"; do shell script "x`, `<b>$(id)</b> & '`
	var calls []Call
	for _, system := range []string{"linux", "darwin", "windows"} {
		h := &Host{OS: system, Run: func(_ context.Context, c Call) (string, error) {
			calls = append(calls, c)
			return "", errors.New("none here")
		}}
		if by, err := h.Notify(context.Background(), title, text); err == nil {
			t.Errorf("%s: shown by %s", system, by)
		}
	}
	var names []string
	for _, c := range calls {
		names = append(names, c.Name)
		for _, a := range c.Args {
			if whole := a == title || a == text || a == title+": "+text || a == "&lt;b&gt;$(id)&lt;/b&gt; &amp; &#39;"; strings.Contains(a, "shell script") && !whole || strings.Contains(a, "id)") && !whole {
				t.Errorf("%s: %q", c.Name, a)
			}
		}
	}
	if want := []string{"notify-send", "osascript", "powershell.exe", "msg.exe"}; !slices.Equal(names, want) {
		t.Errorf("%v", names)
	}
}
