package main

import (
	"runtime"
	"testing"
)

func TestATerminalWithoutANameIsADumbOne(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("terminals have no names there")
	}
	for set, want := range map[string]string{"": "dumb", "dumb": "dumb", "xterm": "xterm"} {
		t.Setenv("TERM", set)
		if got := environment("TERM"); got != want {
			t.Errorf("TERM=%s is %s", set, got)
		}
	}
}
