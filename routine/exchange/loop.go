package exchange

import (
	"fmt"
	"slices"
	"strings"

	"lull/routine/journal"
	"lull/routine/say"
)

// Imported is the routine of a session that another program counted: nothing is
// known of it but that it was done.
const Imported = "imported"

// mark is what Loop says of a day.
type mark int

const (
	done  mark = iota // ticked by hand
	auto              // ticked by Loop, since the habit was not due
	skip              // set aside
	blank             // not done, or not known
)

// marks are Loop's words for them, and the numbers that older versions wrote.
var marks = map[string]mark{
	"YES_MANUAL": done, "2": done,
	"YES_AUTO": auto, "1": auto,
	"SKIP": skip, "3": skip, "-3": skip,
	"NO": blank, "0": blank, "UNKNOWN": blank, "-1": blank, "": blank,
}

// Habits says that a file holds several habits and none of them was named.
type Habits struct {
	Asked string
	Names []string
}

func (h Habits) Error() string {
	names := make([]string, len(h.Names))
	for i, n := range h.Names {
		names[i] = fmt.Sprintf("%.60q", n)
	}
	if h.Asked == "" {
		return say.Text("the file holds %d habits; --habit says which of them is the stretching: %s", len(names), strings.Join(names, ", "))
	}
	return say.Text("the file holds no habit %.60q; it holds: %s", h.Asked, strings.Join(names, ", "))
}

// readLoop reads a Checkmarks.csv, that of all habits or that of one. Each day
// that was ticked by hand is a kept night.
func readLoop(lines []Line, ask Ask) (Read, error) {
	var read Read
	s := sheet{lines: lines, comma: separator(lines), read: &read}
	width, at, err := s.marks(ask.Habit)
	if err != nil {
		return read, err
	}
	var nights []night
	counts := map[mark]int{}
	for {
		r, ok := s.row(width)
		if !ok {
			break
		}
		n, m, err := markedNight(trimmed(r.cells), at, ask.Calendar.Night(ask.Now))
		if err != nil {
			read.refuse(r.line, err)
			continue
		}
		n.line = r.line
		nights, counts[m] = append(nights, n), counts[m]+1
	}
	read.take(nights)
	read.passed(counts)
	return read, nil
}

// passed says which days were no night of stretching, though Loop counts them.
func (r *Read) passed(counts map[mark]int) {
	for _, p := range []struct {
		mark mark
		form say.Key
	}{
		{auto, "%s ticked by Loop itself, because the habit was not due"},
		{skip, "%s skipped in Loop; `lull pause` sets nights aside"},
	} {
		if n := counts[p.mark]; n > 0 {
			r.Passed = append(r.Passed, say.Text(p.form, days(n)))
		}
	}
}

func days(n int) string {
	return say.Count(n, "%d day", "%d days")
}

// marks reads the header, and says how many cells a row has and which of them
// holds the mark. The oldest files of one habit have no header.
func (s *sheet) marks(habit string) (width, at int, err error) {
	start := s.next
	names, err := s.header()
	if err != nil && s.lines[s.next-1].flaw() == nil { // Loop writes names as they are, quotes and all
		names, err = trimmed(strings.Split(string(s.lines[s.next-1].Text), string(s.comma))), nil
	}
	switch {
	case err != nil:
		return 0, 0, err
	case names == nil || !strings.EqualFold(names[0], "Date"):
		s.next = start
		return 2, 1, nil
	case slices.Equal(names, single), slices.Equal(names, single[:2]):
		return len(names), 1, nil
	}
	s.hint = say.Text("; if a habit has a comma in its name, take the Checkmarks.csv from the folder of the habit")
	at, err = choose(names[1:], habit)
	return len(names), at + 1, err
}

// single is the header of the file of one habit.
var single = []string{"Date", "Value", "Notes"}

// choose finds the habit among the names. Loop ends each line with a comma, so
// the last of them is empty.
func choose(names []string, habit string) (int, error) {
	var there, found []int
	var named []string
	for i, n := range names {
		if n == "" {
			continue
		}
		there, named = append(there, i), append(named, n)
		if strings.EqualFold(n, strings.TrimSpace(habit)) {
			found = append(found, i)
		}
	}
	if habit == "" {
		found = there
	}
	switch {
	case len(there) == 0:
		return 0, say.Error("the file holds no habit; the header should be Date and the habits' names")
	case habit == "" && len(there) == 1 && namesCramps(named[0]):
		return 0, say.Error("the only habit in the file is called %.60q. If it is your stretching, confirm it with --habit", named[0])
	case len(found) == 1:
		return found[0], nil
	case habit != "" && len(found) > 1:
		return 0, say.Error("%d habits are called %.60q; take the Checkmarks.csv from the folder of the one that is the stretching", len(found), habit)
	}
	return 0, Habits{habit, named}
}

// markedNight reads a row: the date, and the mark in one of the cells.
func markedNight(cells []string, at int, newest journal.Date) (night, mark, error) {
	date, err := readNight(cells[0], newest)
	if err != nil {
		return night{}, blank, err
	}
	m, known := marks[cells[at]]
	if !known {
		return night{}, blank, say.Error("%.40q is not a mark of Loop's; a habit that counts something cannot be taken for the stretching", cells[at])
	}
	n := night{date: date}
	if m == done {
		n.facts = []said{{keptMeaning, journal.Stretched{Routine: Imported, Outcome: journal.Complete, Moves: []journal.Move{}}}}
	}
	return n, m, nil
}
