package journal_test

import (
	"archive/zip"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"pgregory.net/rapid"

	"lull/routine/journal"
)

// zones lists every zone that the toolchain knows.
func zones(t *testing.T) []*time.Location {
	t.Helper()
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Skip("the go command is not here to ask for its list of zones: ", err)
	}
	archive, err := zip.OpenReader(filepath.Join(strings.TrimSpace(string(root)), "lib", "time", "zoneinfo.zip"))
	if err != nil {
		t.Skip("the toolchain's own list of zones is not here: ", err)
	}
	defer archive.Close()
	var all []*time.Location
	for _, f := range archive.File {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		loc, err := time.LoadLocation(f.Name)
		if err != nil {
			t.Fatalf("zone %s: %v", f.Name, err)
		}
		all = append(all, loc)
	}
	if len(all) < 300 {
		t.Fatalf("only %d zones were found", len(all))
	}
	return all
}

// changes lists the days of a year on which a zone's offset changes.
func changes(loc *time.Location, year int) []time.Time {
	var days []time.Time
	at := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
	_, before := at.In(loc).Zone()
	for ; at.Year() == year; at = at.Add(24 * time.Hour) {
		if _, offset := at.In(loc).Zone(); offset != before {
			days, before = append(days, at.Add(-24*time.Hour)), offset
		}
	}
	return days
}

const quarter = 15 * time.Minute

// neverBackNeverSkipped walks three days in quarters of an hour.
func neverBackNeverSkipped(t interface {
	Fatalf(string, ...any)
}, label func(time.Time) journal.Date, loc *time.Location, from time.Time) {
	last := label(from.In(loc))
	for at := from; at.Before(from.Add(72 * time.Hour)); at = at.Add(quarter) {
		next := label(at.In(loc))
		if next < last || next > last+1 {
			t.Fatalf("%v: the label goes from %v to %v", at.In(loc), last, next)
		}
		last = next
	}
}

func TestLabelsNeverGoBackAndNeverSkipWhereAnyZoneIsChanged(t *testing.T) {
	years := []int{2007, 2011, 2018, 2026, 2030}
	if testing.Short() {
		years = years[3:4]
	}
	c := journal.DefaultCalendar
	for _, loc := range zones(t) {
		for _, year := range years {
			for _, day := range changes(loc, year) {
				neverBackNeverSkipped(t, c.Night, loc, day.Add(-24*time.Hour))
				neverBackNeverSkipped(t, c.Day, loc, day.Add(-24*time.Hour))
			}
		}
	}
}

func TestLabelsNeverGoBackAndNeverSkipForAnyBoundary(t *testing.T) {
	all := zones(t)
	rapid.Check(t, func(t *rapid.T) {
		loc := rapid.SampledFrom(all).Draw(t, "zone")
		boundary := time.Duration(rapid.IntRange(0, 24*60-1).Draw(t, "boundary")) * time.Minute
		from := time.Unix(rapid.Int64Range(473385600, 2145916800).Draw(t, "from"), 0)
		c := journal.Calendar{NightStarts: boundary, DayStarts: boundary}
		if start := from.In(loc); c.Night(start) != c.Day(start) {
			t.Fatalf("%v: the same boundary gives two labels", start)
		}
		label := c.Night(from.In(loc))
		civil := journal.MakeDate(from.In(loc).Date())
		if label != civil && label != civil-1 {
			t.Fatalf("%v belongs to %v, which is neither today nor yesterday", from.In(loc), label)
		}
		again := c.Night(from.In(loc))
		if again != label {
			t.Fatalf("asked twice, the night is %v and %v", label, again)
		}
	})
}

func date(t *testing.T, s string) journal.Date {
	t.Helper()
	d, err := journal.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// The table was computed with the boundary at four, for nights.
func TestHardCasesOfTheClockBelongToTheNightTheyShould(t *testing.T) {
	four := journal.Calendar{NightStarts: 4 * time.Hour, DayStarts: 4 * time.Hour}
	for _, c := range []struct{ zone, at, night string }{
		{"America/Sao_Paulo", "2018-11-04T01:00:00-02:00", "2018-11-03"},
		{"America/Sao_Paulo", "2018-11-03T23:59:00-03:00", "2018-11-03"},
		{"Pacific/Apia", "2011-12-31T00:30:00+14:00", "2011-12-30"},
		{"Pacific/Apia", "2011-12-29T23:30:00-10:00", "2011-12-29"},
		{"Australia/Lord_Howe", "2026-10-04T02:45:00+11:00", "2026-10-03"},
		{"Australia/Lord_Howe", "2026-04-05T01:45:00+11:00", "2026-04-04"},
		{"Australia/Lord_Howe", "2026-04-05T01:45:00+10:30", "2026-04-04"},
		{"Europe/Warsaw", "2026-03-29T03:30:00+02:00", "2026-03-28"},
		{"Europe/Warsaw", "2026-10-25T02:30:00+02:00", "2026-10-24"},
		{"Europe/Warsaw", "2026-10-25T02:30:00+01:00", "2026-10-24"},
		{"America/New_York", "2026-11-01T01:30:00-04:00", "2026-10-31"},
		{"America/New_York", "2026-11-01T01:30:00-05:00", "2026-10-31"},
		{"Europe/London", "2026-06-10T03:59:59+01:00", "2026-06-09"},
		{"Europe/London", "2026-06-10T04:00:00+01:00", "2026-06-10"},
		{"Europe/London", "2024-02-29T01:00:00Z", "2024-02-28"},
		{"Europe/London", "2027-01-01T03:00:00Z", "2026-12-31"},
	} {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		loc, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := four.Night(at.In(loc)); got != date(t, c.night) {
			t.Errorf("%s %s: the night of %v, want %s", c.zone, c.at, got, c.night)
		}
	}
}

func TestTenToTwelveAndTenPastAreOneNight(t *testing.T) {
	before := time.Date(2026, 11, 22, 23, 50, 0, 0, time.UTC)
	after := before.Add(20 * time.Minute)
	if a, b := journal.DefaultCalendar.Night(before), journal.DefaultCalendar.Night(after); a != b || a != date(t, "2026-11-22") {
		t.Errorf("the nights of %v and %v", a, b)
	}
}

func TestASessionAtFortyMinutesPastMidnightBelongsToTheEveningBefore(t *testing.T) {
	at := time.Date(2026, 11, 23, 0, 40, 0, 0, time.FixedZone("", 3600))
	if got := journal.DefaultCalendar.Night(at); got != date(t, "2026-11-22") {
		t.Errorf("the night of %v", got)
	}
}

func TestNightsEndAtNoonAndDaysAtFour(t *testing.T) {
	for _, c := range []struct{ clock, night, day string }{
		{"11:59", "2026-11-22", "2026-11-23"}, {"12:00", "2026-11-23", "2026-11-23"},
		{"03:59", "2026-11-22", "2026-11-22"}, {"04:00", "2026-11-22", "2026-11-23"},
	} {
		at, _ := time.Parse("2006-01-02 15:04", "2026-11-23 "+c.clock)
		if n, d := journal.DefaultCalendar.Night(at), journal.DefaultCalendar.Day(at); n != date(t, c.night) || d != date(t, c.day) {
			t.Errorf("%s: night %v day %v, want %s and %s", c.clock, n, d, c.night, c.day)
		}
	}
}

func TestDatesReadBackAsTheyAreWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := journal.Date(rapid.Int32Range(-719162, 2932896).Draw(t, "days"))
		back, err := journal.ParseDate(d.String())
		if err != nil || back != d {
			t.Fatalf("%d is written %v and read as %d: %v", d, d, back, err)
		}
		if next := (d + 1).Weekday(); next != (d.Weekday()+1)%7 {
			t.Fatalf("%v is followed by a %v", d.Weekday(), next)
		}
	})
}

func TestWordsThatAreNoDatesAreRefused(t *testing.T) {
	for _, s := range []string{"", "yesterday", "2026-13-01", "2026-02-30", "22.11.2026", "0000-01-01", "2026-1-1"} {
		if d, err := journal.ParseDate(s); err == nil {
			t.Errorf("%q was read as %v", s, d)
		}
	}
}
