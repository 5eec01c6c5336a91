package exchange

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"

	"lull/routine/journal"
	"lull/routine/say"
)

// mostCramps is how many cramps of one night are believed.
const mostCramps = 20

// readCounts reads dates and numbers of cramps. None is a quiet night.
func readCounts(lines []Line, ask Ask) (Read, error) {
	var read Read
	var nights []night
	s := sheet{lines: lines, comma: separator(lines), read: &read}
	over := ask.Calendar.Day(ask.Now) - 1 // the last night a sleeper can answer for
	for first := true; ; first = false {
		r, ok := s.row(2)
		if !ok {
			read.take(nights)
			return read, nil
		}
		cells := trimmed(r.cells)
		if first && headed(cells) {
			continue
		}
		n, err := countedNight(cells[0], cells[1], over)
		if err != nil {
			read.refuse(r.line, err)
			continue
		}
		nights = append(nights, night{r.line, n.date, n.facts})
	}
}

// separators are what may stand between a date and a count; the first line says
// which it is.
const separators = ";\t,"

func separator(lines []Line) rune {
	for _, l := range lines {
		if i := bytes.IndexAny(l.Text, separators); !l.blank() && i >= 0 {
			return rune(l.Text[i])
		}
	}
	return ','
}

// headed says whether the cells are names of columns: words without a digit.
func headed(cells []string) bool {
	for _, c := range cells {
		if c == "" || strings.ContainsFunc(c, unicode.IsDigit) {
			return false
		}
	}
	return true
}

func countedNight(date, count string, newest journal.Date) (night, error) {
	d, err := readNight(date, newest)
	if err != nil {
		return night{}, err
	}
	n, err := strconv.ParseUint(count, 10, 32)
	switch {
	case count == "":
		return night{}, say.Error("the count is missing; a night nobody can answer for is left out, and one without cramps is 0")
	case err != nil:
		return night{}, say.Error("the count is %.40q; it is a whole number from 0 to %d", count, mostCramps)
	case n > mostCramps:
		return night{}, say.Error("the count is %d; more than %d cramps in a night are taken for a slip", n, mostCramps)
	}
	return night{date: d, facts: cramps(int(n))}, nil
}

// cramps says that a night had so many. Each has a meaning of its own, so that a
// count that grew since adds only what is new.
func cramps(n int) []said {
	if n == 0 {
		return []said{{quietMeaning, journal.Quiet{}}}
	}
	var all []said
	for i := range n {
		all = append(all, said{crampMeaning(i + 1), journal.Cramped{Untimed: true}})
	}
	return all
}
