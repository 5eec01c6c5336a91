package remind_test

import (
	"encoding/binary"
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"pgregory.net/rapid"

	"lull/routine/journal"
	"lull/routine/remind"
)

// nasty are names of folders that mean something to one of the formats.
var nasty = []string{"a b", "100%", "%h %n", "$HOME", "${x}", `say "ah"`, "it's", `back\slash`, "größe 足", "<&>", "#no", "a;b", "`id`", "$(id)", "-x", "‘q’", "end "}

func command(folder string) remind.Command {
	return remind.Command{
		Program: "/opt/" + folder + "/lull",
		Env:     []remind.Variable{{Name: "LULL_HOME", Value: "/home/" + folder}},
	}
}

func needs(t *testing.T, program string) {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		t.Skipf("%s is not here", program)
	}
}

func checked(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Errorf("%s %v: %v\n%s", name, args, err, out)
	}
	return string(out)
}

func put(t *testing.T, path, text string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

// plans that between them have every shape that is written.
var plans = [][3]string{
	{"21:30", "", ""}, {"21:30", "mon,wed,sun", "10:00-20:00/2h"}, {"23:15", "sun", "08:45-22:15/45m"}, {"00:10", "", "22:00-02:00/1h30m"},
}

// verify has systemd look at units, without the user's own. It fails on any
// word: systemd only warns of much that it then does not do.
func verify(t *testing.T, dir string, units ...string) {
	t.Helper()
	cmd := exec.Command("systemd-analyze", append([]string{"verify", "--user", "--man=no", "--generators=no"}, units...)...)
	cmd.Env = append(os.Environ(), "XDG_RUNTIME_DIR="+dir, "HOME="+dir, "LC_ALL=C.UTF-8")
	if out, err := cmd.CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("%v: %v\n%s", units, err, out)
	}
}

func TestSystemdTakesTheUnitsWhateverThePath(t *testing.T) {
	needs(t, "systemd-analyze")
	for i, folder := range append([]string{"plain"}, nasty...) {
		dir := t.TempDir()
		p := plans[i%len(plans)]
		c := command(folder)
		c.Program = put(t, filepath.Join(dir, folder, "lull"), "#!/bin/sh\n")
		alarms := plan(t, p[0], p[1], p[2]).Alarms(journal.DefaultCalendar)
		var units []string
		for _, k := range remind.Kinds {
			if len(remind.Of(alarms, k)) == 0 {
				continue
			}
			for _, f := range remind.Systemd(k, alarms, c) {
				units = append(units, put(t, filepath.Join(dir, "units", f.Name), f.Text))
				_ = os.Chmod(units[len(units)-1], 0o600)
			}
		}
		verify(t, dir, units...)
	}
}

// What systemd makes of its words, by its manual: quotes, backslashes, and two
// per cent signs for one.
func unquoted(t interface{ Fatalf(string, ...any) }, word string) string {
	if len(word) < 2 || word[0] != '"' || word[len(word)-1] != '"' {
		t.Fatalf("%s is not in quotes", word)
	}
	var b strings.Builder
	for i := 1; i < len(word)-1; i++ {
		switch c := word[i]; {
		case c == '\\' || c == '%':
			i++
			if c == '%' && word[i] != '%' || c == '\\' && word[i] != '"' && word[i] != '\\' {
				t.Fatalf("%s holds %q", word, word[i-1:i+1])
			}
			b.WriteByte(word[i])
		case c == '"':
			t.Fatalf("%s ends early", word)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func line(t interface{ Fatalf(string, ...any) }, text, key string) string {
	for l := range strings.Lines(text) {
		if value, found := strings.CutPrefix(l, key); found {
			return strings.TrimSuffix(value, "\n")
		}
	}
	t.Fatalf("there is no %s in\n%s", key, text)
	return ""
}

// folders are those that a path may be made of.
var folders = rapid.OneOf(rapid.SampledFrom(nasty), rapid.StringMatching(`[ -.0-~äß足]{1,12}`))

func TestAUnitHoldsThePathsAsTheyAre(t *testing.T) {
	alarms := plan(t, "21:30", "", "").Alarms(journal.DefaultCalendar)
	rapid.Check(t, func(r *rapid.T) {
		c := command(folders.Draw(r, "folder"))
		service := remind.Systemd(remind.Stretch, alarms, c)[1].Text
		program := strings.TrimSuffix(line(r, service, "ExecStart="), " remind now stretch")
		const shell = `/bin/sh -c "exec \"$$0\" \"$$@\"" `
		word, byShell := strings.CutPrefix(program, shell)
		if byShell != strings.ContainsAny(c.Program, `"'\$`) {
			r.Fatalf("%s: a shell is for what systemd takes in no name", program)
		}
		if byShell && strings.Contains(strings.ReplaceAll(word, "$$", ""), "$") {
			r.Fatalf("%s holds a variable", program)
		}
		if byShell {
			word = strings.ReplaceAll(word, "$$", "$")
		}
		if got := unquoted(r, word); got != c.Program {
			r.Fatalf("%s became %s", c.Program, got)
		}
		if got := unquoted(r, line(r, service, "Environment=")); got != "LULL_HOME="+c.Env[0].Value {
			r.Fatalf("%s became %s", c.Env[0].Value, got)
		}
	})
}

// The times that systemd reads are those of the plan.
func TestSystemdReadsTheTimesOfThePlan(t *testing.T) {
	needs(t, "systemd-analyze")
	alarms := plan(t, "23:15", "sun", "").Alarms(journal.DefaultCalendar)
	var next []string
	for l := range strings.Lines(remind.Systemd(remind.Stretch, alarms, command("x"))[0].Text) {
		if spec, found := strings.CutPrefix(strings.TrimSpace(l), "OnCalendar="); found {
			cmd := exec.Command("systemd-analyze", "calendar", "--base-time=2026-11-21 00:00:00", "--iterations=20", spec)
			cmd.Env = append(os.Environ(), "TZ=UTC", "LC_ALL=C")
			out, err := cmd.CombinedOutput()
			if err != nil {
				t.Fatalf("%s: %v\n%s", spec, err, out)
			}
			for _, m := range regexp.MustCompile(`(?:elapse|#\d+): \w+ (2026-11-2[2-3] \d\d:\d\d):00`).FindAllStringSubmatch(string(out), -1) {
				next = append(next, m[1])
			}
		}
	}
	want := []string{}
	for began, n := at("2026-11-22 23:15"), 0; n <= 24; n++ {
		want = append(want, began.Format("2006-01-02 15:04"))
		began = began.Add(alarms[0].Step)
	}
	if slices.Sort(next); !slices.Equal(next, want) {
		t.Errorf("systemd reads %v, want %v", next, want)
	}
}

func TestThePropertyListIsOne(t *testing.T) {
	needs(t, "xmllint")
	for i, folder := range append([]string{"plain"}, nasty...) {
		p := plans[i%len(plans)]
		c := command(folder)
		alarms := plan(t, p[0], p[1], p[2]).Alarms(journal.DefaultCalendar)
		f := remind.Launchd(remind.Stretch, alarms, c)
		path := put(t, filepath.Join(t.TempDir(), f.Name), f.Text)
		checked(t, "xmllint", "--noout", "--nonet", "--dtdvalid", "testdata/plist.dtd", path)
		for _, word := range []string{c.Program, c.Env[0].Value} {
			if got := checked(t, "xmllint", "--nonet", "--xpath", fmt.Sprintf("count(//string[.=%s])", xpath(word)), path); strings.TrimSpace(got) != "1" {
				t.Errorf("%q stands %s times in\n%s", word, got, f.Text)
			}
		}
		if _, err := exec.LookPath("plistutil"); err == nil {
			checked(t, "plistutil", "-i", path, "-o", os.DevNull)
		}
	}
}

// xpath is text as XPath writes it, which knows no way to write both quotes.
func xpath(s string) string {
	return `concat('` + strings.ReplaceAll(s, `'`, `', "'", '`) + `', '')`
}

func TestLaunchdGetsEveryTimeOnItsOwn(t *testing.T) {
	alarms := plan(t, "23:30", "sat,sun", "").Alarms(journal.DefaultCalendar)
	text := remind.Launchd(remind.Stretch, alarms, command("x")).Text
	moment := func(day, hour, minute int) string {
		return fmt.Sprintf("<key>Weekday</key><integer>%d</integer><key>Hour</key><integer>%d</integer><key>Minute</key><integer>%d</integer>", day, hour, minute)
	}
	for _, want := range []string{moment(6, 23, 30), moment(0, 23, 55), moment(1, 1, 30), moment(0, 0, 0)} {
		if strings.Count(text, want) != 1 {
			t.Errorf("%s is not there once in\n%s", want, text)
		}
	}
	if n := strings.Count(text, "<key>Hour</key>"); n != 2*25 {
		t.Errorf("%d times, want 50", n)
	}
}

// task is what the schema of Windows tasks wants of the parts that are written,
// in its order where it has one.
type task struct {
	XMLName  xml.Name `xml:"http://schemas.microsoft.com/windows/2004/02/mit/task Task"`
	Version  string   `xml:"version,attr"`
	Triggers []struct {
		Interval string `xml:"Repetition>Interval"`
		Length   string `xml:"Repetition>Duration"`
		Start    string `xml:"StartBoundary"`
		Enabled  string `xml:"Enabled"`
		Daily    string `xml:"ScheduleByDay>DaysInterval"`
		Weekly   *struct {
			Any struct {
				Days []struct{ XMLName xml.Name } `xml:",any"`
			} `xml:"DaysOfWeek"`
			Weeks string `xml:"WeeksInterval"`
		} `xml:"ScheduleByWeek"`
	} `xml:"Triggers>CalendarTrigger"`
	Logon   string `xml:"Principals>Principal>LogonType"`
	Limit   string `xml:"Settings>ExecutionTimeLimit"`
	Context struct {
		Context string `xml:"Context,attr"`
		Exec    []struct{ Command, Arguments string }
	} `xml:"Actions"`
}

func TestTheTaskIsWhatTheSchemaWants(t *testing.T) {
	for i, folder := range append([]string{"plain"}, nasty...) {
		p := plans[i%len(plans)]
		c := command(folder)
		alarms := plan(t, p[0], p[1], p[2]).Alarms(journal.DefaultCalendar)
		stored := remind.UTF16(remind.Task(remind.Stretch, alarms, c).Text)
		if stored[0] != 0xff || stored[1] != 0xfe {
			t.Fatalf("no mark: %x", stored[:2])
		}
		if _, err := exec.LookPath("xmllint"); err == nil {
			checked(t, "xmllint", "--noout", "--nonet", put(t, filepath.Join(t.TempDir(), "task.xml"), string(stored)))
		}
		var got task
		if err := xml.Unmarshal([]byte(inUTF8(stored)), &got); err != nil {
			t.Fatal(err)
		}
		trigger := got.Triggers[0]
		days := len(alarms[0].Days)
		switch {
		case got.Version != "1.2", got.Logon != "InteractiveToken", got.Limit != "PT1M", len(got.Triggers) != 1, len(got.Context.Exec) != 1:
			t.Errorf("%+v", got)
		case trigger.Interval != "PT5M", trigger.Length != "PT2H2M30S", !strings.HasSuffix(trigger.Start, "T"+p[0]+":00"):
			t.Errorf("%+v", trigger)
		case days == 0 && (trigger.Daily != "1" || trigger.Weekly != nil), days > 0 && len(trigger.Weekly.Any.Days) != days:
			t.Errorf("%+v, want %d days", trigger, days)
		}
		args := got.Context.Exec[0].Arguments
		quote := strings.NewReplacer("'", "''", "‘", "‘‘", "’", "’’", `"`, `\"`)
		want := fmt.Sprintf(`--headless powershell.exe -NoProfile -NonInteractive -Command "$env:LULL_HOME = '%s'; & '%s' remind now stretch"`,
			quote.Replace(c.Env[0].Value), quote.Replace(c.Program))
		if args != want {
			t.Errorf("%s\nwant %s", args, want)
		}
	}
	plain := remind.Task(remind.Water, plan(t, "21:30", "", "10:00-20:00/2h").Alarms(journal.DefaultCalendar), remind.Command{Program: `C:\Program Files\lull.exe`}).Text
	if !strings.Contains(plain, `<Arguments>--headless &#34;C:\Program Files\lull.exe&#34; remind now water</Arguments>`) || strings.Count(plain, "<CalendarTrigger>") != 6 {
		t.Error(plain)
	}
}

// inUTF8 undoes UTF16, and says so in the first line.
func inUTF8(stored []byte) string {
	var units []uint16
	for i := 2; i < len(stored); i += 2 {
		units = append(units, binary.LittleEndian.Uint16(stored[i:]))
	}
	return strings.Replace(string(utf16.Decode(units)), "UTF-16", "UTF-8", 1)
}

// What a shell gets of a line of a crontab, once cron has read the per cent
// signs, is the command.
func TestACrontabHoldsThePathsAsTheyAre(t *testing.T) {
	needs(t, "sh")
	alarms := plan(t, "21:30", "", "").Alarms(journal.DefaultCalendar)
	for _, folder := range nasty {
		dir := t.TempDir()
		c := command(folder)
		c.Program = put(t, filepath.Join(dir, folder, "lull"), "#!/bin/sh\nprintf '%s|' \"$LULL_HOME\" \"$0\" \"$@\"\n")
		part := remind.Crontab(alarms, c)
		line := strings.Split(part, "\n")[1]
		fields := strings.SplitN(line, " ", 6)
		got, err := exec.Command("sh", "-c", afterCron(t, fields[5])).CombinedOutput()
		if want := c.Env[0].Value + "|" + c.Program + "|remind|now|stretch|"; err != nil || string(got) != want {
			t.Errorf("%s\nran %q (%v), want %q", line, got, err, want)
		}
	}
}

func afterCron(t *testing.T, command string) string {
	t.Helper()
	if strings.Contains(strings.ReplaceAll(command, `\%`, ""), "%") {
		t.Fatalf("cron ends %s early", command)
	}
	return strings.ReplaceAll(command, `\%`, "%")
}

func TestTheRestOfACrontabIsLeftAlone(t *testing.T) {
	alarms := plan(t, "21:30", "mon,sun", "").Alarms(journal.DefaultCalendar)
	part := remind.Crontab(alarms, command("x"))
	if !strings.Contains(part, "\n30,35,40,45,50,55 21 * * 1,0 ") {
		t.Error(part)
	}
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.StringMatching(`(#? ?[a-z*% ]{0,6}\r?\n){0,4}[a-z]{0,3}`).Draw(r, "crontab")
		with := remind.WithCrontab(text, part)
		if got, there := remind.CrontabPart(with); !there || got != part {
			r.Fatalf("%q became %q", text, with)
		}
		if again := remind.WithCrontab(with, part); again != with {
			r.Fatalf("twice is not once: %q", again)
		}
		end := ""
		if text != "" && !strings.HasSuffix(text, "\n") {
			end = "\n"
		}
		if without := remind.WithCrontab(with, ""); without != text+end {
			r.Fatalf("%q came back as %q", text, without)
		}
	})
}

func TestWhatNoFormatCanHoldIsRefused(t *testing.T) {
	for _, folder := range []string{"a\nb", "a\tb", "\x1b[2J", "\xff\xfe", "a\x00b"} {
		if err := command(folder).Check(); err == nil {
			t.Errorf("%q was taken", folder)
		}
	}
	for _, folder := range nasty {
		if err := command(folder).Check(); err != nil {
			t.Error(err)
		}
	}
}
