package cli

import (
	"context"
	"testing"
)

func TestWhoReadsLinesIsGivenLines(t *testing.T) {
	const window, lines, neither = "window", "lines", "neither"
	for name, c := range map[string]struct {
		out, in          bool
		term, accessible string
		config           string
		args             []string
		want             string
	}{
		"a terminal":                         {out: true, in: true, want: window},
		"a dumb one":                         {out: true, in: true, term: "dumb", want: lines},
		"a dumb one, with nobody there":      {out: true, term: "dumb", want: neither},
		"the settings":                       {out: true, in: true, config: "plain = true", want: lines},
		"the settings, in a pipe":            {in: true, config: "plain = true", want: neither},
		"the environment":                    {out: true, in: true, accessible: "1", want: lines},
		"an environment that says no":        {out: true, in: true, accessible: "0", want: window},
		"the flag, in a pipe":                {args: []string{"--plain"}, want: lines},
		"a routine":                          {out: true, in: true, term: "dumb", args: []string{"start", "seated"}, want: lines},
		"a routine and the flag":             {args: []string{"start", "seated", "--plain"}, want: lines},
		"a routine where there is no screen": {args: []string{"start", "seated"}, want: neither},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesktop()
			got, routine := neither, ""
			d.Terminal, d.InTerminal = c.out, c.in
			d.Folder = &folder{config: []byte(c.config)}
			d.Env = func(name string) string {
				return map[string]string{"TERM": c.term, "ACCESSIBLE": c.accessible}[name]
			}
			d.Open = func(_ context.Context, s Start) error { got, routine = window, s.Routine; return nil }
			d.Plain = func(_ context.Context, s Start) error { got, routine = lines, s.Routine; return nil }
			d.run(c.args...)
			if got != c.want {
				t.Errorf("it opened %s, want %s: %s%s", got, c.want, &d.out, &d.err)
			}
			if started := len(c.args) > 0 && c.args[0] == "start" && c.want == lines; started && routine != "seated" {
				t.Errorf("it opened with the routine %q", routine)
			}
		})
	}
}
