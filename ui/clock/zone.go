// Package clock reads the environment's time zone.
package clock

import (
	"encoding/binary"
	"os"
	"strings"
	"time"

	"lull/routine/say"
)

// Zone returns the time zone that TZ names, as POSIX and glibc read it: a name
// such as Europe/Berlin, the path of a zone file, or a rule such as
// CET-1CEST,M3.5.0,M10.5.0/3. An empty value is UTC.
//
// Package time knows no rules and takes them, and names that do not exist, for
// UTC without saying so. For these Zone returns the computer's own zone and an
// error: entries labelled with a guessed zone would keep the wrong night for
// good.
func Zone(tz string) (*time.Location, error) {
	name := strings.TrimPrefix(tz, ":")
	if name == "" {
		return time.UTC, nil
	}
	if strings.HasPrefix(name, "/") {
		if loc, err := readZone(name); err == nil {
			return loc, nil
		}
	} else if loc, err := time.LoadLocation(name); err == nil && name != "Local" {
		return loc, nil
	} else if loc, ok := parseRule(name); ok {
		return loc, nil
	}
	loc, err := readZone(systemZone)
	if err != nil {
		loc = time.UTC
	}
	return loc, say.Error("TZ=%.60s is not a time zone: set it to a name such as Europe/Berlin or a rule such as CET-1CEST,M3.5.0,M10.5.0/3, or unset it", tz)
}

// systemZone is the file with the computer's own time zone.
const systemZone = "/etc/localtime"

func readZone(path string) (*time.Location, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return time.LoadLocationFromTZData(path, data)
}

// invalid is the name of the zone that is in force where a rule cannot be read.
const invalid = "invalid"

// parseRule reads a POSIX rule with the reader that package time has for the
// last line of a zone file (RFC 8536): it makes a zone file without any
// transition, of which only that line counts.
func parseRule(rule string) (*time.Location, bool) {
	if strings.ContainsAny(rule, "\n\x00") {
		return nil, false
	}
	header := func(zones, chars uint32) []byte {
		h := append([]byte("TZif2"), make([]byte, 15)...)
		for _, count := range []uint32{0, 0, 0, 0, zones, chars} {
			h = binary.BigEndian.AppendUint32(h, count)
		}
		return h
	}
	data := append(header(0, 0), header(1, uint32(len(invalid)+1))...)
	data = append(data, 0, 0, 0, 0, 0, 0) // offset 0, no daylight saving, the first name
	data = append(data, invalid+"\x00\n"+rule+"\n"...)
	loc, err := time.LoadLocationFromTZData(rule, data)
	if err != nil {
		return nil, false
	}
	for _, month := range []time.Month{time.January, time.July} {
		name, offset := time.Date(2026, month, 1, 0, 0, 0, 0, time.UTC).In(loc).Zone()
		if name == invalid || max(offset, -offset) >= 24*60*60 {
			return nil, false
		}
	}
	return loc, true
}
