// Package remind says when a reminder is due, whether anything is left to
// remind of, and what is written so that a machine comes back at its time: the
// text of systemd units, launchd agents, Windows tasks, crontab lines and
// calendar files. It writes nothing itself and knows no clock.
package remind

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"lull/routine/journal"
	"lull/routine/say"
)

// Kind is what a reminder is about.
type Kind string

// The kinds.
const (
	Stretch Kind = "stretch"
	Water   Kind = "water"
)

// Kinds lists them, the evening's first.
var Kinds = []Kind{Stretch, Water}

// Plan is what a person asked to be reminded of.
type Plan struct {
	At    time.Duration  // of the evening's stretch, as time of day
	Days  []time.Weekday // Monday first; none means every day. A night has the evening's day
	Water *Hours         // nil for none
}

// Hours are times of day at even distances, from the first to the last.
type Hours struct{ From, To, Every time.Duration }

const (
	aDay  = 24 * time.Hour
	aWeek = 7
	// Water is never asked for more often than this: there must be room for
	// the longest snooze in between.
	seldom = 30 * time.Minute
	rarest = 12 * time.Hour
)

var dayNames = []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

func dayOf(i int) time.Weekday    { return time.Weekday((i + 1) % aWeek) }
func dayIndex(d time.Weekday) int { return (int(d) + aWeek - 1) % aWeek }

// ParseDays reads mon,tue,sun in any order. All seven are the same as none.
func ParseDays(s string) ([]time.Weekday, error) {
	var chosen [aWeek]bool
	for word := range strings.SplitSeq(s, ",") {
		i := slices.Index(dayNames, strings.ToLower(strings.TrimSpace(word)))
		if i < 0 {
			return nil, say.Error("%.60q is not a day; write some of %s", word, strings.Join(dayNames, ","))
		}
		chosen[i] = true
	}
	var days []time.Weekday
	for i, there := range chosen {
		if there {
			days = append(days, dayOf(i))
		}
	}
	if len(days) == aWeek {
		return nil, nil
	}
	return days, nil
}

// DaysText is what ParseDays reads, nothing for every day.
func DaysText(days []time.Weekday) string {
	var names []string
	for _, d := range days {
		names = append(names, dayNames[dayIndex(d)])
	}
	return strings.Join(names, ",")
}

// ParseClock reads a time of day: 21:30.
func ParseClock(s string) (time.Duration, error) {
	at, err := time.Parse("15:04", s)
	if err != nil {
		return 0, say.Error("%.60q is not a time of day; write it as 21:30", s)
	}
	return time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute, nil
}

// ClockText is a time of day as 21:30.
func ClockText(d time.Duration) string {
	return fmt.Sprintf("%02d:%02d", int(d/time.Hour)%24, int(d/time.Minute)%60)
}

// ParseHours reads 10:00-20:00/2h. A last time before the first is that of the
// next day.
func ParseHours(s string) (Hours, error) {
	wrong := say.Error("%.60q is not a span of hours; write it as 10:00-20:00/2h", s)
	span, every, cut := strings.Cut(s, "/")
	from, to, dash := strings.Cut(span, "-")
	if !cut || !dash {
		return Hours{}, wrong
	}
	var h Hours
	var errs [3]error
	h.From, errs[0] = ParseClock(from)
	h.To, errs[1] = ParseClock(to)
	h.Every, errs[2] = time.ParseDuration(every)
	switch {
	case errors.Join(errs[:]...) != nil:
		return Hours{}, wrong
	case h.Every < seldom || h.Every > rarest || h.Every%time.Minute != 0:
		return Hours{}, say.Error("every %.20s cannot be; write whole minutes from 30m to 12h", every)
	}
	return h, nil
}

// String is what ParseHours reads.
func (h Hours) String() string {
	every := strings.TrimSuffix(h.Every.String(), "0s")
	if strings.HasSuffix(every, "h0m") {
		every = strings.TrimSuffix(every, "0m")
	}
	return ClockText(h.From) + "-" + ClockText(h.To) + "/" + every
}

// times are the single times; those past midnight are 24 hours and more.
func (h Hours) times() []time.Duration {
	last := h.To
	if last < h.From {
		last += aDay
	}
	var all []time.Duration
	for t := h.From; t <= last && t < h.From+aDay; t += h.Every {
		all = append(all, t)
	}
	return all
}

// Alarm is a time of the civil clock at which the machine comes back, and then
// every Step for so long: a reminder that was put off, or that the machine slept
// through, comes then.
type Alarm struct {
	Kind      Kind
	At        time.Duration
	Days      []time.Weekday // on which the clock shows it; none means every day
	Step, For time.Duration
}

// How long the machine comes back, and how often. A stretch is still welcome
// two hours later; a glass of water is soon overtaken by the next.
const (
	stretchStep, stretchFor = 5 * time.Minute, 2 * time.Hour
	waterStep, waterFor     = 10 * time.Minute, 30 * time.Minute
)

// Alarms are the times of a plan on the clock. A time before the calendar's
// boundary belongs to the evening before: half past midnight of a Monday is on
// a Tuesday.
func (p Plan) Alarms(c journal.Calendar) []Alarm {
	all := []Alarm{{Stretch, p.At, onClock(p.Days, p.At < c.NightStarts), stretchStep, stretchFor}}
	if p.Water == nil {
		return all
	}
	for _, t := range p.Water.times() {
		t %= aDay
		all = append(all, Alarm{Water, t, onClock(p.Days, t < c.DayStarts), waterStep, min(waterFor, p.Water.Every-waterStep)})
	}
	return all
}

func onClock(days []time.Weekday, later bool) []time.Weekday {
	if !later {
		return days
	}
	shifted := make([]time.Weekday, 0, len(days))
	for _, d := range days {
		shifted = append(shifted, (d+1)%aWeek)
	}
	slices.SortFunc(shifted, func(a, b time.Weekday) int { return dayIndex(a) - dayIndex(b) })
	return shifted
}

func (a Alarm) on(d time.Weekday) bool { return len(a.Days) == 0 || slices.Contains(a.Days, d) }

// within are the moments at which an alarm begins on the days around an instant.
func (a Alarm) within(now time.Time, from, to int) []time.Time {
	var found []time.Time
	for n := from; n <= to; n++ {
		y, m, d := now.Date()
		at := time.Date(y, m, d+n, int(a.At/time.Hour), int(a.At/time.Minute)%60, 0, 0, now.Location())
		if a.on(time.Date(y, m, d+n, 0, 0, 0, 0, time.UTC).Weekday()) {
			found = append(found, at)
		}
	}
	return found
}

// Next is the first time after now at which a kind is due, skipped nights not
// counted as such.
func Next(alarms []Alarm, k Kind, now time.Time) (time.Time, bool) {
	var next time.Time
	for _, a := range Of(alarms, k) {
		for _, at := range a.within(now, -1, aWeek+1) {
			if at.After(now) && (next.IsZero() || at.Before(next)) {
				next = at
			}
		}
	}
	return next, !next.IsZero()
}

// slack is how late the machine may be with the last time it comes back.
const slack = 2 * time.Minute

// Due is the alarm that now belongs to, and when it began: the latest that began
// and is not over.
func Due(alarms []Alarm, k Kind, now time.Time) (alarm Alarm, began time.Time, due bool) {
	for _, a := range Of(alarms, k) {
		for _, at := range a.within(now, -1, 0) {
			if !at.After(now) && now.Sub(at) <= a.For+slack && (!due || at.After(began)) {
				alarm, began, due = a, at, true
			}
		}
	}
	return alarm, began, due
}

// Of are the alarms of a kind.
func Of(alarms []Alarm, k Kind) []Alarm {
	return slices.DeleteFunc(slices.Clone(alarms), func(a Alarm) bool { return a.Kind != k })
}
