package exchange

import (
	"bytes"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"lull/routine/journal"
	"lull/routine/say"
)

// Recognise lists the formats that a file can be in, by its lines and its name.
// Exactly one is an answer. With none, the file is in no known format; with
// several, only the user can say which it is, because the same numbers mean
// something else in each.
func Recognise(lines []Line, file string) []Format {
	i := slices.IndexFunc(lines, func(l Line) bool { return !l.blank() })
	if i < 0 {
		return []Format{JSONL}
	}
	first := lines[i]
	switch {
	case first.flaw() != nil:
		return nil
	case bytes.HasPrefix(bytes.TrimSpace(first.Text), []byte("{")):
		return []Format{JSONL}
	}
	comma := separator([]Line{first})
	cells, err := split(first.Text, comma)
	if err != nil {
		cells = strings.Split(string(first.Text), ",") // Loop does not quote the names of habits
	}
	cells = trimmed(cells)
	switch commas, _ := split(first.Text, ','); {
	case isTable(trimmed(commas)):
		return []Format{CSV}
	case len(cells) > 2 && cells[0] == "Date":
		return []Format{Loop}
	case len(cells) == 2 && (looksDated(cells) || headed(cells) && dateWords[strings.ToLower(cells[0])]):
		return twoColumns(lines[i:], comma, cells, baseName(file))
	}
	return nil
}

// isTable says whether the cells are the header of lull's own table.
func isTable(cells []string) bool {
	return slices.Contains(cells, "id") && slices.Contains(cells, "kind") && cells[0] != "Date"
}

// twoColumns lists the formats that dates and one value each can be in: counts
// of cramps, or the checkmarks of one habit, in which 2 stands for done.
func twoColumns(lines []Line, comma rune, first []string, name string) []Format {
	header := ""
	if !looksDated(first) {
		header = first[1]
	}
	words, beyond := values(lines, comma)
	loop := slices.Contains(lettersOf(name), "checkmarks")
	cramps := namesCramps(name) || namesCramps(header)
	switch {
	case header != "" && first[0] != "Date":
		return []Format{Counts} // Loop writes Date
	case words:
		return []Format{Loop}
	case loop != cramps:
		return map[bool][]Format{true: {Loop}, false: {Counts}}[loop]
	case beyond && !loop:
		return []Format{Counts}
	}
	return []Format{Loop, Counts}
}

// values says whether a second cell is one of Loop's words, and whether one is a
// number that Loop never writes for a habit that is ticked.
func values(lines []Line, comma rune) (words, beyond bool) {
	for _, l := range lines {
		_, value, found := strings.Cut(string(l.Text), string(comma))
		if !found {
			continue
		}
		value = strings.Trim(value, "\" \t")
		_, mark := marks[value]
		n, err := strconv.Atoi(value)
		words = words || mark && err != nil && value != ""
		beyond = beyond || err == nil && n > 0 && !mark
	}
	return words, beyond
}

// baseName is the last part of a path of any system.
func baseName(file string) string { return path.Base(strings.ReplaceAll(file, `\`, "/")) }

// lettersOf are the words of a name, in small letters. Browsers and file
// managers add a number or a word to the name of a second copy.
func lettersOf(name string) []string {
	return strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) })
}

// crampWords begin the words for cramps in the languages of likely files.
var crampWords = []string{"cramp", "krampf", "krämpf", "calambre", "crampe", "crampo"}

func namesCramps(text string) bool {
	text = say.Bare(strings.ToLower(text))
	return slices.ContainsFunc(crampWords, func(word string) bool { return strings.Contains(text, word) })
}

var dateWords = map[string]bool{
	"date": true, "night": true, "day": true, "datum": true, "nacht": true, "tag": true, "fecha": true, "noche": true, "día": true, "dia": true,
}

// looksDated says whether a row begins with a date.
func looksDated(cells []string) bool {
	_, err := journal.ParseDate(cells[0])
	return err == nil && len(cells) > 1
}
