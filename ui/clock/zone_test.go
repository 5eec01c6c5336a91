package clock_test

import (
	"strings"
	"testing"
	"time"

	"lull/ui/clock"
)

func TestZoneReadsNamesAndPOSIXRules(t *testing.T) {
	for tz, want := range map[string]struct{ january, july time.Duration }{
		"":                            {0, 0},
		"UTC":                         {0, 0},
		"UTC0":                        {0, 0},
		"Europe/Berlin":               {1 * time.Hour, 2 * time.Hour},
		":Europe/Berlin":              {1 * time.Hour, 2 * time.Hour},
		"CET-1CEST,M3.5.0,M10.5.0/3":  {1 * time.Hour, 2 * time.Hour},
		"UTC+3":                       {-3 * time.Hour, -3 * time.Hour},
		"<+0330>-3:30":                {210 * time.Minute, 210 * time.Minute},
		"IST-5:30":                    {330 * time.Minute, 330 * time.Minute},
		"NZST-12NZDT,M9.5.0,M4.1.0/3": {13 * time.Hour, 12 * time.Hour},
		"XYZ5ABC":                     {-5 * time.Hour, -4 * time.Hour},
	} {
		loc, err := clock.Zone(tz)
		if err != nil {
			t.Errorf("TZ=%s: %v", tz, err)
			continue
		}
		for month, offset := range map[time.Month]time.Duration{time.January: want.january, time.July: want.july} {
			_, got := time.Date(2026, month, 15, 12, 0, 0, 0, time.UTC).In(loc).Zone()
			if time.Duration(got)*time.Second != offset {
				t.Errorf("TZ=%s in %s: offset %d s, want %v", tz, month, got, offset)
			}
		}
	}
}

func TestZoneRefusesWhatItCannotRead(t *testing.T) {
	for _, tz := range []string{
		"Europe/Berln", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0/3", "X", "UTC+", "UTC+30", "Local",
		"../../etc/passwd", "/etc/passwd", "/no/such/zone", "\x1b[31mred", "CET-1\nCEST", strings.Repeat("A", 10_000),
	} {
		loc, err := clock.Zone(tz)
		if err == nil {
			t.Errorf("TZ=%q is accepted as %v", tz, loc)
			continue
		}
		if loc == nil {
			t.Errorf("TZ=%q: no zone to go on with", tz)
		}
		if !strings.Contains(err.Error(), "TZ=") || len(err.Error()) > 400 {
			t.Errorf("TZ=%q: %v", tz, err)
		}
	}
}
