package main

import (
	"os"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// elapse does what systemd does when a timer has elapsed: it runs the command of
// the service, with the environment of the service, as the file says.
func elapse(ts *testscript.TestScript, neg bool, args []string) {
	var command []string
	for line := range strings.Lines(ts.ReadFile(args[0])) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		switch key {
		case "Environment":
			name, text, _ := strings.Cut(unitWords(ts, value)[0], "=")
			defer ts.Setenv(name, ts.Getenv(name))
			ts.Setenv(name, text)
		case "ExecStart":
			command = unitWords(ts, value)
		}
	}
	if len(command) == 0 {
		ts.Fatalf("%s runs nothing", args[0])
	}
	if err := ts.Exec(command[0], command[1:]...); (err != nil) != neg {
		ts.Fatalf("%q ended with %v", command, err)
	}
}

// unitWords splits the words of a unit file, by the manual of systemd: double
// quotes, backslashes within them, and two per cent signs for one.
func unitWords(ts *testscript.TestScript, text string) []string {
	var words []string
	for rest := strings.TrimSpace(text); rest != ""; rest = strings.TrimSpace(rest) {
		var word strings.Builder
		quoted := rest[0] == '"'
		if quoted {
			rest = rest[1:]
		}
		for len(rest) > 0 && (quoted && rest[0] != '"' || !quoted && rest[0] != ' ') {
			if double := strings.HasPrefix(rest, "%%"); double || quoted && rest[0] == '\\' {
				rest = rest[1:]
			} else if rest[0] == '%' {
				ts.Fatalf("a specifier: %s", text)
			}
			word.WriteByte(rest[0])
			rest = rest[1:]
		}
		words = append(words, os.Expand(word.String(), func(string) string { ts.Fatalf("a variable: %s", text); return "" }))
		rest = strings.TrimPrefix(rest, `"`)
	}
	return words
}
