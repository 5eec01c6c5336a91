package journal

import (
	"strings"
	"time"

	"lull/routine/say"
)

// ParseWhen reads an instant as people write it, seen at now:
//
//	03:10                      the latest 03:10 that is not after now
//	yesterday 23:40            also today 23:40
//	2026-11-22 23:40           with a space or a T between
//	2026-11-22T23:40:00+01:00  RFC 3339, with its own offset
//
// All but the last are civil times in now's location. A civil time that the
// clock jumped over is an error; of one that came twice, the latest that is
// not after now is meant. Words that name a day may lie after now.
func ParseWhen(s string, now time.Time) (time.Time, error) {
	s = strings.TrimSpace(s)
	if at, err := time.Parse(time.RFC3339, s); err == nil {
		return at, sane(s, at)
	}
	day, clock := splitWhen(s)
	hm, err := time.Parse("15:04", clock)
	if err != nil {
		return time.Time{}, say.Error("%.60q is not a time; write 03:10, yesterday 23:40 or 2026-11-22T23:40:00+01:00", s)
	}
	if day == "" {
		return lastClock(MakeDate(now.Date()), hm, now)
	}
	date, err := ParseDay(day, MakeDate(now.Date()))
	if err != nil {
		return time.Time{}, err
	}
	return civil(date, hm, now)
}

// splitWhen cuts the day off a civil time; a bare time has none.
func splitWhen(s string) (day, clock string) {
	if d := len(time.DateOnly); len(s) > d && s[d] == 'T' {
		return s[:d], s[d+1:]
	}
	if i := strings.LastIndexByte(s, ' '); i >= 0 {
		return s[:i], s[i+1:]
	}
	return "", s
}

// lastClock is the latest instant not after now at which the clock showed hm.
func lastClock(today Date, hm, now time.Time) (time.Time, error) {
	at, err := civil(today, hm, now)
	if err == nil && at.After(now) {
		return civil(today-1, hm, now)
	}
	return at, err
}

// civil is the instant at which the clock of now's place showed hm on a date.
func civil(date Date, hm, now time.Time) (time.Time, error) {
	y, m, d := date.Midnight().Date()
	at := time.Date(y, m, d, hm.Hour(), hm.Minute(), 0, 0, now.Location())
	if at.Hour() != hm.Hour() || at.Minute() != hm.Minute() {
		return time.Time{}, say.Error("there was no %s on %s: the clock was put forward over it", hm.Format("15:04"), date)
	}
	for _, twin := range twins(at) {
		if later := twin.After(at); later && !twin.After(now) || !later && at.After(now) {
			at = twin
		}
	}
	return at, nil
}

// twins are the other instants at which the clock showed the same: the hour
// that comes twice when it is put back.
func twins(at time.Time) []time.Time {
	var found []time.Time
	_, here := at.Zone()
	from, to := at.ZoneBounds()
	for _, beyond := range []time.Time{from.Add(-time.Second), to} {
		_, there := beyond.Zone()
		twin := at.Add(time.Duration(here-there) * time.Second)
		if _, offset := twin.Zone(); there != here && offset == there {
			found = append(found, twin)
		}
	}
	return found
}

func sane(s string, at time.Time) error {
	if y := at.Year(); y < 1 || y > 9998 {
		return say.Error("%.60q is not a time lull can keep; years run from 1 to 9998", s)
	}
	return nil
}

// ParseDay reads the name of a day or a night: 2026-11-22, today, tonight,
// yesterday, these three also in the person's language. Today is the label that today goes by, which before the boundary
// is the evening before: see Calendar.
func ParseDay(s string, today Date) (Date, error) {
	switch word := strings.ToLower(strings.TrimSpace(s)); word {
	case "today", "tonight", say.Text("today"), say.Text("tonight"):
		return today, nil
	case "yesterday", say.Text("yesterday"):
		return today - 1, nil
	default:
		date, err := ParseDate(word)
		if err != nil {
			return 0, say.Error("%.60q is not a day; write 2026-11-22, today or yesterday", s)
		}
		return date, nil
	}
}

// SameClock is the instant on an earlier or later day of the calendar that
// shows the same civil time as now, so that something recorded afterwards
// keeps the hour at which people think of it. Where the clock jumped over that
// time it is the nearest instant that still belongs to the day.
func (c Calendar) SameClock(day Date, now time.Time) time.Time {
	if day == c.Day(now) {
		return now
	}
	y, m, d := now.Date()
	shift := int(day - c.Day(now))
	h, mi, s := now.Clock()
	at := time.Date(y, m, d+shift, h, mi, s, 0, now.Location())
	for c.Day(at) < day {
		at = at.Add(time.Hour)
	}
	for c.Day(at) > day {
		at = at.Add(-time.Hour)
	}
	return at
}

// Time is the instant an id was made at, by its maker's clock, and whether it
// tells one: ids of other versions than 7 do not.
func (id ID) Time() (time.Time, bool) {
	return time.UnixMilli(millis(id)), id[6]>>4 == 7
}
