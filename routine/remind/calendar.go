package remind

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// Words are what a calendar shows for a kind.
type Words struct{ Title, Text string }

// Calendar is the plan as an iCalendar file (RFC 5545), for a phone: an event
// with an alarm for each time, from the next one on, at the hours of the clock
// wherever the phone is. Seed tells this person's reminders from others': the
// same one gives the same events, so that a file imported again replaces them.
func Calendar(alarms []Alarm, words map[Kind]Words, seed string, now time.Time) string {
	lines := []string{"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//lull//remind//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"}
	for _, a := range alarms {
		lines = append(lines, a.event(words[a.Kind], seed, now)...)
	}
	var b strings.Builder
	for _, line := range append(lines, "END:VCALENDAR") {
		fold(&b, line)
	}
	return b.String()
}

func (a Alarm) event(w Words, seed string, now time.Time) []string {
	start := now
	for _, at := range a.within(now, 0, aWeek+1) {
		if at.After(now) {
			start = at
			break
		}
	}
	rule := "FREQ=DAILY"
	if len(a.Days) > 0 {
		var days []string
		for _, d := range a.Days {
			days = append(days, strings.ToUpper(d.String()[:2]))
		}
		rule = "FREQ=WEEKLY;BYDAY=" + strings.Join(days, ",")
	}
	name := string(a.Kind)
	if a.Kind == Water {
		name += "-" + strings.ReplaceAll(ClockText(a.At), ":", "")
	}
	owner := sha256.Sum256([]byte(seed))
	y, m, d := start.Date()
	civil := time.Date(y, m, d, int(a.At/time.Hour), int(a.At/time.Minute)%60, 0, 0, time.UTC)
	return []string{
		"BEGIN:VEVENT",
		fmt.Sprintf("UID:%s-%x@lull.invalid", name, owner[:8]),
		"DTSTAMP:" + now.UTC().Format("20060102T150405Z"),
		"DTSTART:" + civil.Format("20060102T150405"),
		"DURATION:PT10M",
		"RRULE:" + rule,
		"SUMMARY:" + icsText(w.Title),
		"DESCRIPTION:" + icsText(w.Text),
		"TRANSP:TRANSPARENT",
		"BEGIN:VALARM",
		"ACTION:DISPLAY",
		"TRIGGER:PT0S",
		"DESCRIPTION:" + icsText(w.Title),
		"END:VALARM",
		"END:VEVENT",
	}
}

// icsText is text as a value.
func icsText(s string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`).Replace(s)
}

// longest is how many bytes a line may have, its end not counted.
const longest = 75

// fold writes a line in pieces, each but the first behind a space, and cuts no
// character.
func fold(b *strings.Builder, line string) {
	room := longest
	for len(line) > room {
		n := room
		for n > 0 && !utf8.RuneStart(line[n]) {
			n--
		}
		b.WriteString(line[:n] + "\r\n ")
		line, room = line[n:], longest-1
	}
	b.WriteString(line + "\r\n")
}
