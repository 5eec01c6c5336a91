package journal

import (
	"fmt"
	"time"

	"lull/routine/say"
)

// Date is a civil date, counted in days since 1 January 1970. It labels a
// night or a day. Labels are made once, when a fact is written, and travel
// with it: arithmetic on them is arithmetic on whole days, never on hours.
type Date int32

const secondsADay = 24 * 60 * 60

// MakeDate returns the date of a year, month and day; days past the month's
// end run over into the next, as in package time.
func MakeDate(year int, month time.Month, day int) Date {
	return Date(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / secondsADay)
}

// ParseDate reads 2006-01-02. The error names what is expected.
func ParseDate(s string) (Date, error) {
	t, err := time.ParseInLocation(time.DateOnly, s, time.UTC)
	if err != nil {
		return 0, say.Error("%q is not a date; write it as 2026-11-22", s)
	}
	if t.Year() < 1 {
		return 0, say.Error("%q is not a date lull can keep; years run from 0001 to 9999", s)
	}
	return floorDate(t.Unix()), nil
}

func floorDate(unix int64) Date {
	d := unix / secondsADay
	if unix%secondsADay < 0 {
		d--
	}
	return Date(d)
}

// Midnight is the first instant of the date in UTC: a way into package time
// for weekdays, months and printing, not an instant of anybody's night.
func (d Date) Midnight() time.Time { return time.Unix(int64(d)*secondsADay, 0).UTC() }

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return d.Midnight().Weekday() }

// String is the date as 2006-01-02.
func (d Date) String() string { return d.Midnight().Format(time.DateOnly) }

// Words is the date as a person says it: Sun 22 Nov.
func (d Date) Words() string { return say.Date(d.Midnight(), "Mon 2 Jan") }

// WordsFrom is Words, with the year if it is another than that of today.
func (d Date) WordsFrom(today Date) string {
	if d.Midnight().Year() != today.Midnight().Year() {
		return say.Date(d.Midnight(), "Mon 2 Jan 2006")
	}
	return d.Words()
}

// NightWords names a night by both its dates: Sun 22 to Mon 23 Nov.
func (d Date) NightWords() string {
	from, to := d.Midnight(), (d + 1).Midnight()
	if from.Month() == to.Month() {
		return say.As("night", "%s to %s", say.Date(from, "Mon 2"), say.Date(to, "Mon 2 Jan"))
	}
	return say.As("night", "%s to %s", say.Date(from, "Mon 2 Jan"), say.Date(to, "Mon 2 Jan"))
}

// WithYear is words that name d, with its year if that is another than now's.
func (d Date) WithYear(words string, now time.Time) string {
	if year := d.Midnight().Year(); year != now.Year() {
		return fmt.Sprintf("%s %d", words, year)
	}
	return words
}

// MarshalText writes 2006-01-02.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads 2006-01-02.
func (d *Date) UnmarshalText(b []byte) error {
	parsed, err := ParseDate(string(b))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}
