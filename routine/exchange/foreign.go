package exchange

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"time"

	"lull/routine/journal"
	"lull/routine/say"
)

// night is a row of a foreign file: what it says of one night.
type night struct {
	line  int
	date  journal.Date
	facts []said
}

// said is a fact with its meaning, which makes its id.
type said struct {
	meaning string
	fact    journal.Fact
}

// meanings are all there are.
var meanings = func() []string {
	all := []string{keptMeaning, quietMeaning}
	for i := range mostCramps {
		all = append(all, crampMeaning(i+1))
	}
	return all
}()

const (
	keptMeaning  = "kept"
	quietMeaning = "quiet"
)

func crampMeaning(n int) string { return fmt.Sprint("cramp ", n) }

// firstNight is the first night anybody could have written down; a date before
// it is a slip.
var firstNight = journal.MakeDate(1900, time.January, 1)

// readNight reads the date of a night that is not after the newest.
func readNight(cell string, newest journal.Date) (journal.Date, error) {
	date, err := journal.ParseDate(cell)
	switch {
	case err != nil:
		return 0, err
	case date < firstNight:
		return 0, say.Error("%s lies before 1900", date)
	case date > newest:
		return 0, say.Error("%s is too new; the newest night a row can tell of is that of %s", date, newest)
	}
	return date, nil
}

// take makes the entries of the nights. Two rows about one night are refused
// both: nobody but the writer can say which of them is right.
func (r *Read) take(nights []night) {
	lines := map[journal.Date][]int{}
	for _, n := range nights {
		lines[n.date] = append(lines[n.date], n.line)
	}
	for _, n := range nights {
		if same := lines[n.date]; len(same) > 1 {
			r.refuse(n.line, say.Error("%s is also on line %d; leave one of them", n.date, other(same, n.line)))
			continue
		}
		if len(n.facts) > 0 {
			r.nights = append(r.nights, n)
			r.Entries = append(r.Entries, n.entries()...)
		}
	}
}

func (n night) entries() []journal.Entry {
	var all []journal.Entry
	for _, s := range n.facts {
		all = append(all, foreign(n.date, s))
	}
	return all
}

// Span is the first and the last night that a foreign file tells of, and false
// if it tells of none or the file is one of lull's own.
func (r *Read) Span() (first, last journal.Date, any bool) {
	for i, n := range r.nights {
		if i == 0 {
			first, last = n.date, n.date
		}
		first, last = min(first, n.date), max(last, n.date)
	}
	return first, last, len(r.nights) > 0
}

// Beside leaves out the nights of a foreign file of which the journal tells by
// itself: what stands there was written down closer to the night, and would be
// counted twice. What an earlier import brought is no such fact.
func (r *Read) Beside(standing []journal.Entry) {
	type about struct {
		night   journal.Date
		session bool
	}
	told := map[about]bool{}
	for _, e := range standing {
		if session, known := topics[e.Fact.Kind()]; known && !imported(e) {
			told[about{e.Night, session}] = true
		}
	}
	var left []int
	r.Entries = r.Entries[:0]
	for _, n := range r.nights {
		if told[about{n.date, topics[n.facts[0].fact.Kind()]}] {
			left = append(left, n.line)
			continue
		}
		r.Entries = append(r.Entries, n.entries()...)
	}
	if len(left) > 0 {
		r.Passed = append(r.Passed, leftWords(left))
	}
}

// topics are the kinds that foreign files tell of, and whether they are about
// the stretching or else about cramps.
var topics = map[journal.Kind]bool{journal.KindStretched: true, journal.KindCramped: false, journal.KindQuiet: false}

// imported says whether the entry came from a foreign file, on this machine or
// on another: its first id tells.
func imported(e journal.Entry) bool {
	made, id := foreign(e.Night, said{}), e.Origin()
	if [6]byte(made.ID[:6]) != [6]byte(id[:6]) {
		return false // nearly all: an id of lull's own is not made at noon to the millisecond
	}
	return slices.ContainsFunc(meanings, func(m string) bool { return foreignID(e.Night, m) == id })
}

func leftWords(lines []int) string {
	all := strings.Trim(strings.ReplaceAll(fmt.Sprint(lines), " ", ", "), "[]")
	return say.Count(len(lines), "%d night that is in the diary already (line %s)", "%d nights that are in the diary already (lines %s)", all)
}

func other(lines []int, line int) int {
	return lines[slices.IndexFunc(lines, func(l int) bool { return l != line })]
}

// foreign makes the entry of something a foreign row says. Of its time only the
// night is known: it is written as noon in UTC, where the night of that name
// begins, so that the same row is the same line wherever it is read.
func foreign(date journal.Date, s said) journal.Entry {
	at := date.Midnight().Add(12 * time.Hour)
	return journal.Entry{ID: foreignID(date, s.meaning), At: at, Night: date, Day: date, Fact: s.fact}
}

// foreignID makes an id that only depends on the night and on what is said of
// it: a UUID of version 7 with the night's noon for its time (1970 for nights
// before) and a hash for its random part.
func foreignID(date journal.Date, meaning string) journal.ID {
	sum := sha256.Sum256([]byte("lull import\n" + date.String() + "\n" + meaning))
	id := journal.ID(sum[:16])
	var ms [8]byte
	binary.BigEndian.PutUint64(ms[:], uint64(max(0, date.Midnight().Add(12*time.Hour).UnixMilli())))
	copy(id[:6], ms[2:])
	id[6] = 0x70 | id[6]&0x0f
	id[8] = 0x80 | id[8]&0x3f
	return id
}
