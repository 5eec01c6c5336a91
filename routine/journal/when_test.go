package journal_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lull/routine/journal"
)

func place(t testing.TB, name string) *time.Location {
	t.Helper()
	l, err := time.LoadLocation(name)
	if err != nil {
		t.Skipf("no time zones here: %v", err)
	}
	return l
}

func TestTimesAreReadAsPeopleWriteThem(t *testing.T) {
	now := time.Date(2026, 11, 23, 0, 40, 0, 0, place(t, "Europe/Berlin"))
	for said, want := range map[string]string{
		"00:40":                     "2026-11-23T00:40:00+01:00",
		"0:40":                      "2026-11-23T00:40:00+01:00",
		"00:41":                     "2026-11-22T00:41:00+01:00",
		"23:40":                     "2026-11-22T23:40:00+01:00",
		"yesterday 23:40":           "2026-11-22T23:40:00+01:00",
		" Yesterday  23:40 ":        "2026-11-22T23:40:00+01:00",
		"today 03:10":               "2026-11-23T03:10:00+01:00",
		"2026-10-01 03:10":          "2026-10-01T03:10:00+02:00",
		"2026-10-01T03:10":          "2026-10-01T03:10:00+02:00",
		"2026-11-22T23:40:00-05:00": "2026-11-22T23:40:00-05:00",
		"2026-11-22T23:40:01.5Z":    "2026-11-22T23:40:01Z",
	} {
		at, err := journal.ParseWhen(said, now)
		if err != nil || at.Format(time.RFC3339) != want {
			t.Errorf("%q is %s (%v), want %s", said, at.Format(time.RFC3339), err, want)
		}
	}
}

func TestWhatIsNoTimeSaysHowToWriteOne(t *testing.T) {
	now := time.Date(2026, 11, 23, 0, 40, 0, 0, time.UTC)
	for _, said := range []string{"", "3", "25:00", "12:60", "soon", "tomorrow 10:00", "2026-13-01 10:00", "2026-11-22", "10:00:00", "\x1b[2J"} {
		if _, err := journal.ParseWhen(said, now); err == nil || !strings.Contains(err.Error(), "write") || strings.Contains(err.Error(), "\x1b") {
			t.Errorf("%q gives %v", said, err)
		}
	}
}

func TestABareTimeIsItsLatestOccurrence(t *testing.T) {
	zones := []*time.Location{
		time.UTC, place(t, "Europe/Berlin"), place(t, "America/Sao_Paulo"),
		place(t, "Australia/Lord_Howe"), place(t, "Pacific/Apia"), place(t, "America/New_York"),
	}
	rapid.Check(t, func(t *rapid.T) {
		zone := rapid.SampledFrom(zones).Draw(t, "zone")
		now := time.Unix(rapid.Int64Range(1e9, 2e9).Draw(t, "now")/60*60, 0).In(zone)
		said := time.Unix(rapid.Int64Range(0, 24*60-1).Draw(t, "said")*60, 0).UTC().Format("15:04")
		at, err := journal.ParseWhen(said, now)
		if err != nil {
			t.Skip("jumped over")
		}
		if at.After(now) || at.Format("15:04") != said {
			t.Fatalf("%s at %v is %v", said, now, at)
		}
		for later := now; later.After(at); later = later.Add(-time.Minute) {
			if later.Format("15:04") == said {
				t.Fatalf("%s at %v is %v, but %v is later", said, now, at, later)
			}
		}
	})
}

func TestAnHourThatCameTwiceMeansTheLatestThatHasBeen(t *testing.T) {
	berlin := place(t, "Europe/Berlin")
	for _, c := range []struct{ now, want string }{
		{"2026-10-25T02:40:00+02:00", "2026-10-25T02:30:00+02:00"},
		{"2026-10-25T02:10:00+01:00", "2026-10-25T02:30:00+02:00"},
		{"2026-10-25T02:40:00+01:00", "2026-10-25T02:30:00+01:00"},
		{"2026-10-25T02:10:00+02:00", "2026-10-24T02:30:00+02:00"},
	} {
		now, _ := time.Parse(time.RFC3339, c.now)
		at, err := journal.ParseWhen("02:30", now.In(berlin))
		if err != nil || at.Format(time.RFC3339) != c.want {
			t.Errorf("at %s 02:30 is %s (%v), want %s", c.now, at.Format(time.RFC3339), err, c.want)
		}
	}
}

func TestATimeThatTheClockJumpedOverIsRefused(t *testing.T) {
	now := time.Date(2026, 3, 29, 9, 0, 0, 0, place(t, "Europe/Berlin"))
	for _, said := range []string{"02:30", "today 02:30", "2026-03-29 02:30"} {
		if at, err := journal.ParseWhen(said, now); err == nil || !strings.Contains(err.Error(), "put forward") {
			t.Errorf("%q is %v (%v)", said, at, err)
		}
	}
}

func TestDaysAreNamedFromTheLabelOfToday(t *testing.T) {
	today, _ := journal.ParseDate("2026-11-22")
	for said, want := range map[string]journal.Date{"today": today, "tonight": today, "Yesterday": today - 1, "2026-11-01": today - 21} {
		if got, err := journal.ParseDay(said, today); err != nil || got != want {
			t.Errorf("%q is %v (%v), want %v", said, got, err, want)
		}
	}
	if _, err := journal.ParseDay("22.11.", today); err == nil {
		t.Error("22.11. is taken for a day")
	}
}

func TestTheSameClockOnAnotherDayBelongsToThatDay(t *testing.T) {
	zones := []*time.Location{time.UTC, place(t, "Europe/Berlin"), place(t, "America/Sao_Paulo"), place(t, "Australia/Lord_Howe")}
	rapid.Check(t, func(t *rapid.T) {
		zone := rapid.SampledFrom(zones).Draw(t, "zone")
		now := time.Unix(rapid.Int64Range(1e9, 2e9).Draw(t, "now"), 0).In(zone)
		back := journal.Date(rapid.IntRange(0, 6).Draw(t, "back"))
		c := journal.DefaultCalendar
		day := c.Day(now) - back
		if at := c.SameClock(day, now); c.Day(at) != day || at.After(now) {
			t.Fatalf("%v on %v is %v, which belongs to %v", now, day, at, c.Day(at))
		}
		if back == 0 && !c.SameClock(day, now).Equal(now) {
			t.Fatalf("%v on its own day is %v", now, c.SameClock(day, now))
		}
	})
}
