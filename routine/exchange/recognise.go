package exchange

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"lull/routine/journal"
)

// Recognise tells a file's format by its first line that is not empty, and by
// its name where that line could be two things. It says false if the line looks
// like none of them; the format is then lull's own, whose reader says what is
// wrong with each line.
func Recognise(lines []Line, file string) (Format, bool) {
	i := slices.IndexFunc(lines, func(l Line) bool { return !l.blank() })
	if i < 0 {
		return JSONL, true
	}
	first := lines[i]
	if first.flaw() != nil || bytes.HasPrefix(bytes.TrimSpace(first.Text), []byte("{")) {
		return JSONL, first.flaw() == nil
	}
	for _, t := range tells {
		cells, err := split(first.Text, t.comma(first))
		if err == nil && t.fits(trimmed(cells), file) {
			return t.format, true
		}
	}
	return JSONL, false
}

// tells are the signs of each format; the first that fits counts.
var tells = []struct {
	format Format
	comma  func(Line) rune
	fits   func(cells []string, file string) bool
}{
	{CSV, comma, func(cells []string, _ string) bool {
		return slices.Contains(cells, "id") && slices.Contains(cells, "kind")
	}},
	{Loop, comma, looksLikeLoop},
	{Counts, func(l Line) rune { return separator([]Line{l}) }, looksLikeCounts},
}

func comma(Line) rune { return ',' }

// looksLikeLoop wants Date and the names of habits, or the header of one habit.
// Files of one habit without notes are dates and numbers like any other: their
// name tells them.
func looksLikeLoop(cells []string, file string) bool {
	name := path.Base(strings.ReplaceAll(file, `\`, "/"))
	named := strings.EqualFold(name, "Checkmarks.csv")
	switch {
	case looksDated(cells):
		return len(cells) == 2 && named
	case cells[0] != "Date":
		return false
	}
	return len(cells) > 2 || slices.Equal(cells, single[:2]) && named
}

// looksLikeCounts wants a date and something, or the names of two columns.
func looksLikeCounts(cells []string, _ string) bool {
	return len(cells) == 2 && (looksDated(cells) || headed(cells) && dateWords[strings.ToLower(cells[0])])
}

var dateWords = map[string]bool{"date": true, "night": true, "day": true, "datum": true, "nacht": true}

// looksDated says whether a row begins with a date.
func looksDated(cells []string) bool {
	_, err := journal.ParseDate(cells[0])
	return err == nil && len(cells) > 1
}
