package cli

import (
	"slices"
	"strings"

	"lull/routine/say"
)

// linesHelp is what --plain is for, on every verb that has it.
const linesHelp say.Key = "plain lines instead of the screen, as for a screen reader"

// inLines says whether lull is to be lines and not a screen: because that was
// asked for; or where somebody sits at a terminal, because it calls itself dumb,
// or the environment or the settings say so.
func (a *App) inLines(asked bool) bool {
	if asked || !a.Terminal || !a.InTerminal {
		return asked
	}
	if a.Env("TERM") == "dumb" || said(a.Env("ACCESSIBLE")) {
		return true
	}
	set, _ := a.settings() // what is wrong with it is said later
	return set.Plain
}

// said is whether a variable of the environment says yes.
func said(value string) bool {
	return !slices.Contains([]string{"", "0", "no", "false", "off"}, strings.ToLower(value))
}
