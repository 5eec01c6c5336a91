package remind_test

import (
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"lull/routine/journal"
	"lull/routine/remind"
)

// component is one of an iCalendar file, read by the rules of RFC 5545.
type component struct {
	name       string
	properties map[string]string
	inside     []component
}

// content undoes the folding and refuses what section 3.1 does.
func content(file string) ([]string, error) {
	if !strings.HasSuffix(file, "\r\n") || strings.Contains(strings.ReplaceAll(file, "\r\n", ""), "\n") || strings.Contains(strings.ReplaceAll(file, "\r\n", ""), "\r") {
		return nil, errors.New("a line does not end with CRLF")
	}
	var lines []string
	for _, l := range strings.Split(strings.TrimSuffix(file, "\r\n"), "\r\n") {
		switch {
		case len(l) > 75 || l == "" || !utf8.ValidString(l):
			return nil, fmt.Errorf("%d octets, or half a letter: %q", len(l), l)
		case l[0] == ' ':
			lines[len(lines)-1] += l[1:]
		default:
			lines = append(lines, l)
		}
	}
	return lines, nil
}

var property = regexp.MustCompile(`^([A-Z-]+):(.*)$`)

func parseICS(file string) (component, error) {
	lines, err := content(file)
	if err != nil {
		return component{}, err
	}
	stack := []component{{properties: map[string]string{}}}
	for _, l := range lines {
		m := property.FindStringSubmatch(l)
		top := len(stack) - 1
		switch {
		case m == nil:
			return component{}, fmt.Errorf("no property: %q", l)
		case m[1] == "BEGIN":
			stack = append(stack, component{name: m[2], properties: map[string]string{}})
		case m[1] == "END":
			if top == 0 || stack[top].name != m[2] {
				return component{}, fmt.Errorf("END of %s", m[2])
			}
			stack[top-1].inside = append(stack[top-1].inside, stack[top])
			stack = stack[:top]
		default:
			if _, twice := stack[top].properties[m[1]]; twice {
				return component{}, fmt.Errorf("%s twice", m[1])
			}
			stack[top].properties[m[1]] = m[2]
		}
	}
	if len(stack) != 1 || len(stack[0].inside) != 1 || stack[0].inside[0].name != "VCALENDAR" {
		return component{}, errors.New("not one whole calendar")
	}
	return stack[0].inside[0], nil
}

// wanted are the properties that must be there, and the form of each.
var wanted = map[string]map[string]string{
	"VCALENDAR": {"VERSION": `2\.0`, "PRODID": `.+`},
	"VEVENT": {
		"UID": `[a-z0-9-]+@lull\.invalid`, "DTSTAMP": `\d{8}T\d{6}Z`, "DTSTART": `\d{8}T\d{4}00`, "DURATION": `PT10M`,
		"RRULE": `FREQ=(DAILY|WEEKLY;BYDAY=(MO|TU|WE|TH|FR|SA|SU)(,(MO|TU|WE|TH|FR|SA|SU))*)`, "SUMMARY": `.+`, "DESCRIPTION": `.+`,
	},
	"VALARM": {"ACTION": `DISPLAY`, "TRIGGER": `PT0S`, "DESCRIPTION": `.+`},
}

func (c component) check() error {
	for name, form := range wanted[c.name] {
		if !regexp.MustCompile(`^(?:` + form + `)$`).MatchString(c.properties[name]) {
			return fmt.Errorf("%s: %s is %q", c.name, name, c.properties[name])
		}
	}
	for _, in := range c.inside {
		if err := in.check(); err != nil {
			return err
		}
	}
	return nil
}

var calendarWords = map[remind.Kind]remind.Words{
	remind.Stretch: {Title: "Time to stretch", Text: "So, now; then: a \\ b\nÄ line that is quite long, with letters like größe, 足をのばす and 🦵🏽, so that it has to be folded in the middle of them, twice even"},
	remind.Water:   {Title: "A glass of water?", Text: "lull drink"},
}

func TestTheCalendarIsOneByItsRFC(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		p := drawn(r, t)
		now := at("2026-11-22 21:31").Add(time.Duration(rapid.IntRange(0, 400*24*60).Draw(r, "minutes")) * time.Minute)
		alarms := p.Alarms(journal.DefaultCalendar)
		file := remind.Calendar(alarms, calendarWords, "me", now)
		got, err := parseICS(file)
		if err == nil {
			err = got.check()
		}
		if err != nil || len(got.inside) != len(alarms) {
			r.Fatalf("%d events, want %d: %v\n%s", len(got.inside), len(alarms), err, file)
		}
		uids := map[string]bool{}
		for i, event := range got.inside {
			start, err := time.ParseInLocation("20060102T150405", event.properties["DTSTART"], berlin)
			if err != nil || len(event.inside) != 1 || event.inside[0].name != "VALARM" {
				r.Fatalf("%v: %v", event, err)
			}
			// The first is the next: on one of its days, at its time, within a week.
			days := strings.TrimPrefix(event.properties["RRULE"], "FREQ=WEEKLY;BYDAY=")
			on := strings.ToUpper(start.Weekday().String()[:2])
			// As it is written: on the day when clocks go forward the hour may not exist.
			if clock, want := event.properties["DTSTART"][len("20060102T"):], strings.ReplaceAll(remind.ClockText(alarms[i].At), ":", "")+"00"; clock != want {
				r.Fatalf("%v is not at %v", event, alarms[i])
			}
			if days != "FREQ=DAILY" && !slices.Contains(strings.Split(days, ","), on) || start.Sub(now) > 7*25*time.Hour || start.Before(now.Add(-time.Hour)) {
				r.Fatalf("%v seen at %v", event, now)
			}
			uids[event.properties["UID"]] = true
		}
		if len(uids) != len(alarms) {
			r.Fatalf("%d ids for %d events", len(uids), len(alarms))
		}
	})
}

func TestTheSamePersonsRemindersHaveTheSameIds(t *testing.T) {
	ids := func(seed, now string) []string {
		file := remind.Calendar(plan(t, "21:30", "", "10:00-20:00/2h").Alarms(journal.DefaultCalendar), calendarWords, seed, at(now))
		return regexp.MustCompile(`(?m)^UID:.*$`).FindAllString(file, -1)
	}
	one, later, other := ids("a", "2026-11-22 10:00"), ids("a", "2027-02-01 23:00"), ids("b", "2026-11-22 10:00")
	if !slices.Equal(one, later) || len(one) != 7 || one[0] == other[0] {
		t.Errorf("%v\n%v\n%v", one, later, other)
	}
}

// A reader that is not ours sees the same.
func TestAnotherProgramReadsTheCalendar(t *testing.T) {
	const python = "/usr/bin/python3"
	if err := exec.Command(python, "-c", "import icalendar").Run(); err != nil {
		t.Skip("python3-icalendar is not here")
	}
	file := remind.Calendar(plan(t, "21:30", "mon,sun", "10:00-12:00/1h").Alarms(journal.DefaultCalendar), calendarWords, "me", at("2026-11-21 10:00"))
	path := put(t, filepath.Join(t.TempDir(), "lull.ics"), file)
	got := checked(t, python, "-c", `
import icalendar, sys
calendar = icalendar.Calendar.from_ical(open(sys.argv[1], 'rb').read())
for e in calendar.walk('vevent'):
    alarm, = e.walk('valarm')
    start = e.decoded('dtstart')
    assert start.tzinfo is None and not e.errors and not alarm.errors, e.errors
    print(start.isoformat(), ','.join(e['rrule']['byday']), alarm.decoded('trigger'), e['summary'], e['description'] == sys.argv[2])
`, path, calendarWords[remind.Stretch].Text)
	want := "2026-11-22T21:30:00 MO,SU 0:00:00 Time to stretch True\n" +
		"2026-11-22T10:00:00 MO,SU 0:00:00 A glass of water? False\n" +
		"2026-11-22T11:00:00 MO,SU 0:00:00 A glass of water? False\n" +
		"2026-11-22T12:00:00 MO,SU 0:00:00 A glass of water? False\n"
	if got != want {
		t.Errorf("it reads\n%swant\n%s", got, want)
	}
}
