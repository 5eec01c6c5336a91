package exchange

import (
	"strings"
	"unicode"

	"lull/routine/safe"
)

// Defuse makes a cell that a spreadsheet will show and never run: one that
// begins like a formula, also behind spaces and quotes and on any of its lines,
// gets an apostrophe in front. Arm takes exactly those away again.
func Defuse(cell string) string { return eachLine(cell, defuseLine) }

// Arm undoes Defuse.
func Arm(cell string) string { return eachLine(cell, armLine) }

func defuseLine(s string) string {
	if runs(s) {
		return "'" + s
	}
	return s
}

func armLine(s string) string {
	if rest, found := strings.CutPrefix(s, "'"); found && runs(rest) {
		return rest
	}
	return s
}

// starters begin a formula in one spreadsheet or another; the wide ones are
// what some take for the narrow.
const starters = "=+-@\t\r＝＋－＠"

// runs says whether a spreadsheet may run the text. An apostrophe counts as a
// quote, so that what was defused can be told from what looked like it before.
func runs(s string) bool {
	for _, r := range s {
		if strings.ContainsRune(starters, r) {
			return true
		}
		if !unicode.IsSpace(r) && r != '"' && r != '\'' {
			return false
		}
	}
	return false
}

func eachLine(s string, do func(string) string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = do(line)
	}
	return strings.Join(lines, "\n")
}

// plain cleans a text for a cell, line by line.
func plain(s string) string {
	return eachLine(strings.ReplaceAll(s, "\r\n", "\n"), func(line string) string { return safe.Text(line, len(line)) })
}
