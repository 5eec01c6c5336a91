package remind_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lull/routine/journal"
	"lull/routine/remind"
	"lull/routine/settings"
)

func plan(t *testing.T, at, days, water string) remind.Plan {
	t.Helper()
	var p remind.Plan
	var err error
	if p.At, err = remind.ParseClock(at); err != nil {
		t.Fatal(err)
	}
	if days != "" {
		if p.Days, err = remind.ParseDays(days); err != nil {
			t.Fatal(err)
		}
	}
	if water != "" {
		h, err := remind.ParseHours(water)
		if err != nil {
			t.Fatal(err)
		}
		p.Water = &h
	}
	return p
}

// drawn is any plan, by what a person types.
func drawn(r *rapid.T, t *testing.T) remind.Plan {
	clock := rapid.Custom(func(r *rapid.T) string {
		return remind.ClockText(time.Duration(rapid.IntRange(0, 24*60-1).Draw(r, "minute")) * time.Minute)
	})
	days := rapid.SampledFrom([]string{"", "mon", "sun,sat", "tue,thu,fri", "mon,tue,wed,thu,fri,sat,sun"}).Draw(r, "days")
	water := ""
	if rapid.Bool().Draw(r, "water") {
		every := rapid.SampledFrom([]string{"30m", "45m", "1h", "2h", "1h30m", "12h"}).Draw(r, "every")
		water = clock.Draw(r, "from") + "-" + clock.Draw(r, "to") + "/" + every
	}
	return plan(t, clock.Draw(r, "at"), days, water)
}

func TestWhatIsTypedIsWhatIsWrittenBack(t *testing.T) {
	for _, s := range []string{"10:00-20:00/2h", "08:15-23:45/45m", "22:00-02:00/1h30m"} {
		h, err := remind.ParseHours(s)
		if err != nil || h.String() != s {
			t.Errorf("%s came back as %s: %v", s, h, err)
		}
	}
	days, err := remind.ParseDays("Sun, mon")
	if err != nil || remind.DaysText(days) != "mon,sun" {
		t.Errorf("%v: %v", days, err)
	}
	for _, s := range []string{"10:00-20:00", "10:00/2h", "10:00-20:00/5m", "10:00-20:00/90s", "10:00-20:00/24h", "a-b/c", "10:00-25:00/1h", ""} {
		if h, err := remind.ParseHours(s); err == nil {
			t.Errorf("%q was taken as %v", s, h)
		}
	}
	for _, s := range []string{"", "mon,", "monday", "mon;tue"} {
		if _, err := remind.ParseDays(s); err == nil {
			t.Errorf("%q was taken", s)
		}
	}
}

var berlin = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		panic(err)
	}
	return zone
}()

func at(s string) time.Time {
	moment, err := time.ParseInLocation("2006-01-02 15:04", s, berlin)
	if err != nil {
		panic(err)
	}
	return moment
}

// 2026-11-22 is a Sunday.
func TestANightHasTheEveningsDayAlsoPastMidnight(t *testing.T) {
	for _, c := range []struct{ time, days, now, next string }{
		{"21:30", "", "2026-11-22 21:29", "2026-11-22 21:30"},
		{"21:30", "", "2026-11-22 21:30", "2026-11-23 21:30"},
		{"21:30", "mon", "2026-11-22 10:00", "2026-11-23 21:30"},
		{"00:30", "mon", "2026-11-22 10:00", "2026-11-24 00:30"},
		{"00:30", "sun", "2026-11-22 10:00", "2026-11-23 00:30"},
		{"21:30", "sun", "2026-11-22 22:00", "2026-11-29 21:30"},
		{"02:30", "", "2027-03-28 01:00", "2027-03-28 03:30"}, // there is no half past two in that night
	} {
		next, any := remind.Next(plan(t, c.time, c.days, "").Alarms(journal.DefaultCalendar), remind.Stretch, at(c.now))
		if !any || !next.Equal(at(c.next)) {
			t.Errorf("%s on %q, seen %s: %v, want %s", c.time, c.days, c.now, next, c.next)
		}
	}
}

func TestAReminderSpeaksOnceAndOnlyWhenThereIsReason(t *testing.T) {
	p := plan(t, "21:30", "", "10:00-20:00/2h")
	alarms := p.Alarms(journal.DefaultCalendar)
	night := journal.MakeDate(2026, 11, 22)
	other := night - 1
	began := at("2026-11-22 21:30")
	for _, c := range []struct {
		what  string
		kind  remind.Kind
		now   string
		m     remind.Memory
		look  remind.Look
		speak bool
		why   string
	}{
		{"in time", remind.Stretch, "2026-11-22 21:30", remind.Memory{}, remind.Look{Label: night}, true, ""},
		{"late, the lid was closed", remind.Stretch, "2026-11-22 22:40", remind.Memory{}, remind.Look{Label: night}, true, ""},
		{"told the night before", remind.Stretch, "2026-11-22 21:30", remind.Memory{Told: began.AddDate(0, 0, -1)}, remind.Look{Label: night}, true, ""},
		{"in the morning", remind.Stretch, "2026-11-23 07:00", remind.Memory{}, remind.Look{Label: night}, false, "no reminder is due at 07:00"},
		{"before", remind.Stretch, "2026-11-22 21:29", remind.Memory{}, remind.Look{Label: night}, false, "no reminder is due"},
		{"kept", remind.Stretch, "2026-11-22 21:30", remind.Memory{}, remind.Look{Label: night, Kept: true}, false, "tonight's stretch is done"},
		{"paused", remind.Stretch, "2026-11-22 21:30", remind.Memory{}, remind.Look{Label: night, Paused: true}, false, "is set aside"},
		{"told", remind.Stretch, "2026-11-22 21:35", remind.Memory{Told: began}, remind.Look{Label: night}, false, "shown already"},
		{"put off", remind.Stretch, "2026-11-22 21:45", remind.Memory{Told: began, Again: at("2026-11-22 21:50")}, remind.Look{Label: night}, false, "put off until 21:50"},
		{"put off, and now", remind.Stretch, "2026-11-22 21:50", remind.Memory{Told: began, Again: at("2026-11-22 21:50")}, remind.Look{Label: night}, true, ""},
		{"put off, and kept since", remind.Stretch, "2026-11-22 21:50", remind.Memory{Told: began, Again: at("2026-11-22 21:50")}, remind.Look{Label: night, Kept: true}, false, "done"},
		{"skipped", remind.Stretch, "2026-11-22 21:30", remind.Memory{Skip: &night}, remind.Look{Label: night}, false, "you skipped tonight"},
		{"skipped the night before", remind.Stretch, "2026-11-22 21:30", remind.Memory{Skip: &other}, remind.Look{Label: night}, true, ""},
		{"behind", remind.Water, "2026-11-22 12:00", remind.Memory{}, remind.Look{Label: night, Pace: settings.Behind}, true, ""},
		{"ahead", remind.Water, "2026-11-22 12:00", remind.Memory{}, remind.Look{Label: night, Pace: settings.Ahead}, false, "the drinks are ahead"},
		{"on track", remind.Water, "2026-11-22 12:00", remind.Memory{}, remind.Look{Label: night, Pace: settings.OnTrack}, false, "on track"},
		{"all", remind.Water, "2026-11-22 12:00", remind.Memory{}, remind.Look{Label: night, Pace: settings.Enough}, false, "all ticked"},
		{"too many", remind.Water, "2026-11-22 12:00", remind.Memory{}, remind.Look{Label: night, Pace: settings.Excess}, false, "more than usual"},
		{"limited", remind.Water, "2026-11-22 12:00", remind.Memory{}, remind.Look{Label: night, Limited: true, Pace: settings.Behind}, false, "you limit fluids"},
		{"a paused day", remind.Water, "2026-11-22 12:00", remind.Memory{}, remind.Look{Label: night, Paused: true, Pace: settings.Behind}, false, "set aside"},
		{"between", remind.Water, "2026-11-22 13:00", remind.Memory{}, remind.Look{Label: night, Pace: settings.Behind}, false, "no reminder is due"},
	} {
		v := remind.Decide(alarms, c.kind, at(c.now), c.m, c.look)
		if v.Speak != c.speak || !strings.Contains(v.Why, c.why) || v.Speak == (v.Why != "") {
			t.Errorf("%s: %+v, want %v %q", c.what, v, c.speak, c.why)
		}
	}
}

func TestASnoozeEndsWhenTheMachineComesBackAndSaysSo(t *testing.T) {
	alarms := plan(t, "21:30", "", "").Alarms(journal.DefaultCalendar)
	told := remind.Memory{Told: at("2026-11-22 21:30")}
	for _, c := range []struct {
		now     string
		minutes int
		again   string // empty: refused
	}{
		{"2026-11-22 21:31", 10, "2026-11-22 21:40"}, {"2026-11-22 21:33", 20, "2026-11-22 21:55"},
		{"2026-11-22 22:00", 30, "2026-11-22 22:30"}, {"2026-11-22 23:20", 10, "2026-11-22 23:30"},
		{"2026-11-22 23:20", 20, ""}, {"2026-11-22 21:20", 10, ""}, {"2026-11-23 21:31", 10, ""},
	} {
		m, err := remind.Snooze(alarms, remind.Stretch, at(c.now), c.minutes, told)
		if (err == nil) != (c.again != "") || err == nil && !m.Again.Equal(at(c.again)) {
			t.Errorf("%d minutes at %s: until %v, %v; want %s", c.minutes, c.now, m.Again, err, c.again)
		}
	}
}

// Whenever the machine comes back, and whatever was put off in between, a kind
// speaks once an alarm and once a snooze, and never before a snooze is over.
func TestEveryAlarmAndEverySnoozeIsToldOnce(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		p := drawn(r, t)
		alarms := p.Alarms(journal.DefaultCalendar)
		k := rapid.SampledFrom(remind.Kinds).Draw(r, "kind")
		look := remind.Look{Pace: settings.Behind}
		var m remind.Memory
		told, snoozed := map[time.Time]int{}, map[time.Time]int{}
		start := at("2026-11-22 00:00")
		for now := start; now.Before(start.AddDate(0, 0, 2)); now = now.Add(5 * time.Minute) {
			_, began, due := remind.Due(alarms, k, now)
			v := remind.Decide(alarms, k, now, m, look)
			if v.Speak {
				if !due || m.Again.After(now) {
					r.Fatalf("%v: it speaks, due %v, put off until %v", now, due, m.Again)
				}
				m = m.Shown(v)
				told[began]++
				if next, err := remind.Snooze(alarms, k, now, 20, m); err == nil && rapid.Bool().Draw(r, "snooze") {
					m = next
					snoozed[began]++
				}
			}
			if due && told[began] == 0 && m.Again.IsZero() {
				r.Fatalf("%v: nothing was said of %v", now, began)
			}
		}
		for began, n := range told {
			if n > 1+snoozed[began] {
				r.Fatalf("%v was told %d times and put off %d times", began, n, snoozed[began])
			}
		}
	})
}

func TestNotesOutliveTheirTextAndRubbishIsNothing(t *testing.T) {
	night := journal.MakeDate(2026, 11, 22)
	n := remind.Notes{remind.Stretch: {Told: at("2026-11-22 21:30").UTC(), Skip: &night}}
	if diff := cmp.Diff(n, remind.ReadNotes(n.Text())); diff != "" {
		t.Error(diff)
	}
	for _, text := range []string{"", "null", "[1]", "{", `{"stretch":7}`} {
		if n := remind.ReadNotes([]byte(text)); n == nil || len(n) > 0 {
			t.Errorf("%q became %v", text, n)
		}
	}
	if (remind.Notes{}).Text() != nil {
		t.Error("nothing is kept as a note")
	}
}
