package journal

import "time"

// Calendar says where one night or day ends and the next begins, in hours and
// minutes of the civil clock.
type Calendar struct {
	NightStarts time.Duration // noon, unless set otherwise
	DayStarts   time.Duration // 04:00, unless set otherwise
}

// DefaultCalendar has nights from noon to noon and days from 04:00 to 04:00.
var DefaultCalendar = Calendar{NightStarts: 12 * time.Hour, DayStarts: 4 * time.Hour}

// Night is the night an instant belongs to, named by the evening's date. It
// reads the clock on the wall at that instant's own offset, so that travel and
// clock changes give every instant exactly one night.
func (c Calendar) Night(at time.Time) Date { return label(at, c.NightStarts) }

// Day is the day an instant belongs to, for the water checklist.
func (c Calendar) Day(at time.Time) Date { return label(at, c.DayStarts) }

// label compares civil hours with the boundary and steps back a calendar day
// in whole dates: subtracting hours from an instant goes wrong where the clock
// is changed.
func label(at time.Time, boundary time.Duration) Date {
	date := MakeDate(at.Date())
	if clockTime(at) < boundary {
		return date - 1
	}
	return date
}

func clockTime(at time.Time) time.Duration {
	h, m, s := at.Clock()
	return time.Duration(h)*time.Hour + time.Duration(m)*time.Minute + time.Duration(s)*time.Second
}

// Hour is the time of day an instant shows on its own civil clock, as a length
// since midnight.
func Hour(at time.Time) time.Duration { return clockTime(at) }
