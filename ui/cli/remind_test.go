package cli

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
	"lull/routine/remind"
)

// machine is a Reminders in memory.
type machine struct {
	plan  *remind.Plan
	shows bool // the desktop shows notifications
	shown []string
}

func (m *machine) Plan() (remind.Plan, bool, error) {
	if m.plan == nil {
		return remind.Plan{}, false, nil
	}
	return *m.plan, true, nil
}

func (m *machine) Install(_ context.Context, p remind.Plan, _ journal.Calendar) (remind.Installed, error) {
	m.plan = &p
	return remind.Installed{By: "hand", Wrote: []remind.File{{Name: "a\x1bb", Text: "first\nsecond\x1b\n"}}}, nil
}

func (m *machine) Status(context.Context, journal.Calendar) (remind.Standing, error) {
	return remind.Standing{By: "hand"}, nil
}

func (m *machine) Remove(context.Context) ([]string, error) {
	m.plan = nil
	return []string{"all"}, nil
}

func (m *machine) Notify(_ context.Context, title, text string) (string, error) {
	if !m.shows {
		return "", errors.New("there is no desktop")
	}
	m.shown = append(m.shown, title+": "+text)
	return "hand", nil
}

// reminded is an app with a reminder whose time has just come.
func reminded() *desktop {
	d := newDesktop()
	d.machine.plan = &remind.Plan{At: journal.Hour(journaltest.Evening).Truncate(time.Minute)}
	return d
}

func TestOnlyTerminalsThatAreKnownToGetANotification(t *testing.T) {
	for _, c := range []struct {
		env  string // NAME=value, with commas between
		want string // how the notification begins
	}{
		{"TERM=xterm-kitty", "\x1b]99;i=lull:d=0;Time to stretch\x1b\\\x1b]99;"}, {"TERM=foot-extra", "\x1b]777;notify;Time to stretch;"},
		{"TERM=xterm-256color,TERM_PROGRAM=iTerm.app", "\x1b]9;Time to stretch. "}, {"TERM=xterm-256color,TERM_PROGRAM=WezTerm", "\x1b]777;"},
		{"TERM=xterm-ghostty,TERM_PROGRAM=ghostty", "\x1b]777;"},
		{"TERM=xterm-256color", ""}, {"TERM=dumb", ""}, {"TERM=tmux-256color,TERM_PROGRAM=WezTerm", ""},
		{"TERM=xterm-kitty,TMUX=/tmp/tmux", ""}, {"TERM=screen,TERM_PROGRAM=iTerm.app", ""}, {"TERM=linux", ""},
	} {
		d := reminded()
		d.Terminal = true
		vars := map[string]string{}
		for pair := range strings.SplitSeq(c.env, ",") {
			name, value, _ := strings.Cut(pair, "=")
			vars[name] = value
		}
		d.Env = func(name string) string { return vars[name] }
		if status := d.run("remind", "now", "stretch"); status != Done {
			t.Fatal(&d.err)
		}
		out := d.out.String()
		if c.want == "" && strings.Contains(out, "\x1b") || !strings.HasPrefix(out, c.want) || !strings.Contains(out, "Time to stretch. ") {
			t.Errorf("%s: %q", c.env, out)
		}
		d.now = d.now.Add(24 * time.Hour)
		d.Terminal = false
		if d.run("remind", "now", "stretch"); strings.Contains(d.out.String(), "\x1b") || d.out.Len() == 0 {
			t.Errorf("%s, no terminal: %q", c.env, &d.out)
		}
	}
}

func TestAReminderOfTheDesktopPrintsNothing(t *testing.T) {
	d := reminded()
	d.machine.shows = true
	for range 3 { // and it comes once
		if status := d.run("remind", "now", "stretch"); status != Done || d.out.Len()+d.err.Len() > 0 {
			t.Errorf("status %d, %q %q", status, &d.out, &d.err)
		}
	}
	if len(d.machine.shown) != 1 {
		t.Errorf("%q", d.machine.shown)
	}
}

func TestEveryErrorOfTheLogIsTheReminders(t *testing.T) {
	for _, verb := range []string{"remind", "remind now stretch", "remind snooze 20", "remind skip", "remind install --at 21:30"} {
		d := reminded()
		d.machine.shows = true
		d.mem.Fail(journal.ErrBusy)
		if status := d.run(strings.Fields(verb)...); status != Busy {
			t.Errorf("%s ended with status %d: %s", verb, status, &d.err)
		}
		if said := len(d.machine.shown); (said == 1) != (verb == "remind now stretch") {
			t.Errorf("%s: %q", verb, d.machine.shown)
		}
	}
	d := reminded()
	d.now = d.now.Add(5 * time.Minute)
	d.mem.Fail(journal.ErrBusy) // the second look of an evening does not know of the first
	if status := d.run("remind", "now", "stretch"); status != Busy || d.out.Len() > 0 {
		t.Errorf("status %d: %s", status, &d.out)
	}
	d.mem.Fail(journal.ErrDamaged) // what is installed can be taken away all the same
	if status := d.run("remind", "remove"); status != Done || d.machine.plan != nil {
		t.Errorf("status %d: %s", status, &d.err)
	}
}

func TestWhatIsShownOfAFileIsNeverObeyed(t *testing.T) {
	d := newDesktop()
	if status := d.run("remind", "install", "--at", "21:30"); status != Done {
		t.Fatal(&d.err)
	}
	if out := d.out.String(); strings.Contains(out, "\x1b") || !strings.Contains(out, "    first\n    second") {
		t.Errorf("%q", out)
	}
}
