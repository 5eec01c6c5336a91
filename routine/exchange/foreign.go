package exchange

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"time"

	"lull/routine/journal"
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
		return 0, fmt.Errorf("%s lies before 1900", date)
	case date > newest:
		return 0, fmt.Errorf("%s is too new; the newest night a row can tell of is that of %s", date, newest)
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
			r.refuse(n.line, fmt.Errorf("%s is also on line %d; leave one of them", n.date, other(same, n.line)))
			continue
		}
		for _, s := range n.facts {
			r.Entries = append(r.Entries, foreign(n.date, s))
		}
	}
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
