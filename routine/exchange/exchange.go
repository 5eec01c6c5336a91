// Package exchange reads and writes nights in the formats of other programs
// and of other machines: lull's own lines, a table of what stands for a
// spreadsheet, the marks of Loop Habit Tracker, and plain counts of cramps. It
// is pure: lines go in, entries and refusals come out. docs/FORMATS.md says
// what each format is.
//
// Whatever the lines hold, a reader ends, names the line of everything it
// refuses, and gives the same entries with the same ids for the same lines.
package exchange

import (
	"bytes"
	"cmp"
	"slices"
	"time"
	"unicode/utf8"

	"lull/routine/journal"
	"lull/routine/say"
)

// Format names a way to write nights down.
type Format string

// The formats.
const (
	JSONL  Format = "jsonl"  // lull's own lines, everything as it was recorded
	CSV    Format = "csv"    // a row for each fact that stands
	Loop   Format = "loop"   // Checkmarks.csv of Loop Habit Tracker
	Counts Format = "counts" // dates and numbers of cramps
)

// Formats lists them all.
var Formats = []Format{JSONL, CSV, Loop, Counts}

// about says what a file of each format was taken for.
var about = map[Format]say.Key{
	JSONL:  "lull's own lines",
	CSV:    "a table that `lull export --format csv` wrote",
	Loop:   "the checkmarks of Loop Habit Tracker",
	Counts: "dates and numbers of cramps",
}

// About says in words what a file of the format holds.
func (f Format) About() string { return about[f].String() }

// MaxLine bounds a line of a file that is read, in bytes: a row of a table is
// longer than the line of JSON that it stands for.
const MaxLine = 8 * journal.MaxLine

// Line is one line of a file, counted from 1, without its end.
type Line struct {
	N    int
	Text []byte
	Long bool // longer than MaxLine; its text was passed over
}

func (l Line) blank() bool { return !l.Long && len(bytes.TrimSpace(l.Text)) == 0 }

// flaw says why no reader can take the line, or nil.
func (l Line) flaw() error {
	switch {
	case l.Long:
		return say.Error("the line is longer than %d bytes", MaxLine)
	case bytes.IndexByte(l.Text, 0) >= 0:
		return say.Error("the line holds a NUL byte; if the file was saved as UTF-16, save it as UTF-8")
	case !utf8.Valid(l.Text):
		return say.Error("the line is not UTF-8")
	}
	return nil
}

// Ask is what a reader is told beside the lines.
type Ask struct {
	Calendar journal.Calendar
	Now      time.Time
	Habit    string // of Loop's habits, the one that is the stretching; empty if there is one
}

// Read is what a file came to. All its entries belong together: they are to be
// taken in one step.
type Read struct {
	Format  Format
	Entries []journal.Entry
	Refused []Refusal // by line
	Passed  []string  // what was neither taken nor refused, in words
	nights  []night   // of a foreign file, those that say something
}

// Refusal is a line that cannot be taken, and why.
type Refusal struct {
	Line int
	Why  error
}

func (r *Read) refuse(line int, why error) { r.Refused = append(r.Refused, Refusal{line, why}) }

// readers read the formats. An error is about the file as a whole.
var readers = map[Format]func([]Line, Ask) (Read, error){
	JSONL: readJSONL, CSV: readCSV, Loop: readLoop, Counts: readCounts,
}

// From reads the lines of a file in a format.
func From(f Format, lines []Line, ask Ask) (Read, error) {
	read, err := readers[f](lines, ask)
	if err != nil {
		return Read{}, err
	}
	read.Format = f
	slices.SortStableFunc(read.Refused, func(a, b Refusal) int { return cmp.Compare(a.Line, b.Line) })
	return read, nil
}

// errLong is about a line that no journal could hold.
func errLong() error { return say.Error("the line is longer than %d bytes", journal.MaxLine) }

// readJSONL reads lull's own lines; empty ones are passed over.
func readJSONL(lines []Line, ask Ask) (Read, error) {
	var read Read
	for _, l := range lines {
		if l.blank() {
			continue
		}
		e, err := lineEntry(l, ask.Calendar)
		if err != nil {
			read.refuse(l.N, err)
			continue
		}
		read.Entries = append(read.Entries, e)
	}
	return read, nil
}

func lineEntry(l Line, c journal.Calendar) (journal.Entry, error) {
	switch {
	case l.Long || len(l.Text) > journal.MaxLine:
		return journal.Entry{}, errLong()
	case !utf8.Valid(l.Text):
		return journal.Entry{}, say.Error("the line is not UTF-8")
	}
	return journal.Decode(l.Text, c)
}
