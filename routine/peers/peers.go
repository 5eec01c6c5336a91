// Package peers says how machines that keep one journal together talk through a
// folder: what their files are called, which lines of another machine's file are
// taken, and what is told about it. It is pure; docs/SYNC.md is the contract.
//
// The merge itself is a union by id: a journal gives the same answers whatever
// the order its facts came in, so nothing here decides between two machines.
package peers

import (
	"strings"
	"time"
	"unicode/utf8"

	"lull/routine/journal"
	"lull/routine/say"
)

// The bounds of what is read from a folder. A month of somebody who writes down
// everything is a tenth of a megabyte.
const (
	MaxFile  = 64 << 20 // bytes of a file
	MaxFiles = 4096     // entries of the folder
	longest  = 255      // bytes of a file's name
)

const (
	prefix = "lull-"
	suffix = ".jsonl"
	digits = 16                     // of a machine's name
	form   = len("202611-0123abcd") // of a segment's name without its suffix
	whole  = len(prefix) + digits + 1 + form
)

// File is what a name in the folder says about a file.
type File struct {
	Name    string
	Machine string // that wrote it; empty if the name does not say
	Segment string // of the machine's journal, as 202611-0123abcd.jsonl; empty for a copy
}

// Copy says whether the file is one that another program made of a machine's
// file, or renamed. It is read like any other: a fact twice is one fact.
func (f File) Copy() bool { return f.Segment == "" }

// FileName is what a machine calls one of its segments in the folder.
func FileName(machine, segment string) string { return prefix + machine + "-" + segment }

// Recognise says what a name in the folder is, and whether it may be a file of
// facts at all: hidden files, such as those an engine is still fetching, and
// other kinds are nobody's business.
func Recognise(name string) (File, bool) {
	if strings.HasPrefix(name, ".") || !strings.HasSuffix(name, suffix) || len(name) > longest {
		return File{}, false
	}
	f := File{Name: name}
	at := strings.Index(name, prefix)
	if at < 0 || len(name) < at+len(prefix)+digits {
		return f, true
	}
	if machine := name[at+len(prefix):][:digits]; IsMachine(machine) {
		f.Machine = machine
	}
	if f.Machine != "" && at == 0 && len(name) == whole+len(suffix) && IsSegment(name[len(prefix)+digits+1:]) && name[len(prefix)+digits] == '-' {
		f.Segment = name[len(prefix)+digits+1:]
	}
	return f, true
}

// IsMachine says whether s has the form of a machine's name.
func IsMachine(s string) bool { return len(s) == digits && strings.Trim(s, "0123456789abcdef") == "" }

// IsSegment says whether s has the form of a segment's name.
func IsSegment(s string) bool {
	month, rest, _ := strings.Cut(s, "-")
	random, isLines := strings.CutSuffix(rest, suffix)
	return isLines && len(month) == 6 && strings.Trim(month, "0123456789") == "" &&
		len(random) == 8 && strings.Trim(random, "0123456789abcdef") == ""
}

// Take says whether the object of a line that matches its checksum is a fact,
// and which, or why it is not taken. A checksum keeps out accidents, not people:
// everything a line says is looked at as if a stranger had written it.
func Take(object []byte, c journal.Calendar) (journal.ID, error) {
	switch {
	case len(object) > journal.MaxLine:
		return journal.ID{}, say.Error("the line is longer than %d bytes", journal.MaxLine)
	case !utf8.Valid(object):
		return journal.ID{}, say.Error("the line is not UTF-8")
	}
	e, err := journal.Decode(object, c)
	return e.ID, err
}

// Refusal is something in the folder that was not taken.
type Refusal struct {
	File  string `json:"file"`
	Lines int    `json:"lines"` // 0: the file as a whole
	Why   string `json:"why"`
}

// Whole refuses a file as a whole.
func Whole(file, why string) Refusal { return Refusal{File: file, Why: why} }

// Outcome is what an exchange did.
type Outcome struct {
	Came    int       // facts that are new here
	Went    int       // facts that are new in the folder
	Refused []Refusal // everything in the folder that is not taken, also before
	Renamed string    // the name this machine has from now on, if another used its old one
}

// Lines counts the lines that were refused, Files the files.
func (o Outcome) Lines() int { return countLines(o.Refused) }

// Files counts the files that were refused as a whole.
func (o Outcome) Files() int { return countFiles(o.Refused) }

func countLines(all []Refusal) (n int) {
	for _, r := range all {
		n += r.Lines
	}
	return n
}

func countFiles(all []Refusal) (n int) {
	for _, r := range all {
		if r.Lines == 0 {
			n++
		}
	}
	return n
}

// Machine is one of those that write in a folder.
type Machine struct {
	Name   string    `json:"name"`
	This   bool      `json:"this"` // the machine that asks
	Files  int       `json:"files"`
	Facts  int       `json:"facts"`  // that its own files hold, edits included
	Copies int       `json:"copies"` // of its files that another program made
	Seen   time.Time `json:"seen"`   // when something new of it was last found here, by the clock here
}

// Status is what is known of a folder.
type Status struct {
	Folder   string    `json:"folder"`
	Met      time.Time `json:"met"`     // the last exchange that did anything; zero: never
	Waiting  int       `json:"waiting"` // files that have come or changed since
	Partial  int       `json:"partial"` // files whose end has not arrived yet
	Machines []Machine `json:"machines"`
	Refused  []Refusal `json:"refused"`
}
