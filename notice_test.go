package main

import (
	"strings"
	"testing"

	"lull/routine/settings"
)

// The window opens with the default nights, and says so in its last line.
func TestTheWindowNamesAWrongBoundary(t *testing.T) {
	for text, want := range map[string]string{
		"theme = 1\nday_starts = \"25:00\"\n": "day_starts: wrong in config.toml line 2; nights use the default",
		"\"\n":                                "config.toml: not readable; nights use the default",
		"theme = 1\n":                         "config.toml line 1 keeps its default",
	} {
		_, err := settings.Parse("config.toml", []byte(text))
		if got := leftOut(err, nil); !strings.HasPrefix(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
