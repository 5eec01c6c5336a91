package cli

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"lull/routine/journal"
	"lull/routine/say"
)

// Keeper looks after the files that hold what is recorded.
type Keeper interface {
	// Check reads everything and changes nothing.
	Check(ctx context.Context) (Findings, error)
	// Repair makes a new file of every fact that can be read anywhere, and sets
	// aside what was damaged.
	Repair(ctx context.Context) (Repaired, error)
	// BackUp writes everything to a file and verifies it: a database, or plain
	// lines. It replaces a file only if it may.
	BackUp(ctx context.Context, file string, plain, replace bool) (Copied, error)
	// Write fills the named file. It refuses what MayWrite refuses.
	Write(file string, replace bool, fill func(io.Writer) error) error
	// MayWrite says why a file may not be written: it is one that lull keeps its
	// data in, or it is there and may not be replaced.
	MayWrite(file string, replace bool) error
	// Restore brings the facts of a file back. Those that are here and not in it
	// are kept or lost as asked for; otherwise nothing is done if there are any.
	Restore(ctx context.Context, file string, ask Returning) (Restored, error)
	// Ahead makes a verified copy of everything before entries come in, unless
	// none of them is new or there is a copy of this very state.
	Ahead(ctx context.Context, entries ...journal.Entry) error
	// Drop leaves entries where the next lull that can write finds them, waiting
	// for nobody, and says in which file.
	Drop(entries ...journal.Entry) (file string, err error)
}

// Findings is what a reading of everything that is kept found. The zero
// Findings is that of a folder with nothing in it.
type Findings struct {
	Zone error // TZ names no time zone; nil if it does

	File    string // the database; empty if there is nothing at all
	Bytes   int64
	Facts   int // edits included
	Nights  int
	Lines   int      // of the journal beside the database
	Backups int      // copies of the database
	Kept    []Backup // these and the plain ones, the newest first
	Newest  string   // of the backups that are sound
	Adds    int      // facts that the newest backup has and that can be read nowhere else

	Readable int // facts that can be read, in the database or in the journal

	TwoNames bool // the journal bears the name of another machine than the database
	CutOff   bool // the last change was cut off; it is still in the journal
	Unfolded int  // facts of the journal that the database does not have yet
	Unknown  int  // facts that this lull cannot read
	Waiting  int  // files of the inbox

	Damage       string // what keeps the database from being opened
	Remedy       string // and the way out
	Unreadable   int    // records that do not match their checksum
	WrongNights  int    // nights that are not the sum of their facts
	Mislabelled  int    // facts that are not found under their night or day
	BadLines     int    // lines of the journal that do not match their checksum
	Unjournalled int    // facts of which there is one copy instead of two
}

// Backup is one that lull made by itself.
type Backup struct {
	Name   string `json:"name"`
	Date   string `json:"date"` // yyyy-mm-dd; empty if its name has none
	Facts  int    `json:"facts"`
	Bytes  int64  `json:"bytes"`
	Damage string `json:"damage"` // empty if it is sound
}

// Repaired is what a repair did.
type Repaired struct {
	File    string
	Needed  bool // something was wrong; otherwise nothing was done
	Facts   int  // in the new file, edits included
	Sources []Source
	Aside   string // the folder with what was damaged

	Lost   []string // the facts that are known to have been there, a few words each
	Lines  []string // lines of the journal that do not tell of which fact they are
	Missed int64    // bytes of the database that the disk would not give
	Notes  bool     // what the program keeps for itself is not in the new file
}

// Source says how many facts were found in a place and nowhere before it.
type Source struct {
	Place string `json:"place"`
	Facts int    `json:"facts"`
}

// Copied is what a backup wrote.
type Copied struct {
	File  string
	Facts int
	Bytes int64
}

// Returning says what a restore may do. At most one is set.
type Returning struct{ Keep, Lose, Look bool }

// Restored is what a restore found, and did if Done.
type Restored struct {
	Facts         int             // in the file, edits included
	Gained, Newer []journal.Entry // in the file and not here; here and not in the file
	Done          bool
	Aside         string // the folder with what was there before
}

// The kinds of facts that are counted by name.
const (
	_ say.Key = "cramped"
	_ say.Key = "experiment"
	_ say.Key = "marked"
	_ say.Key = "medicine"
	_ say.Key = "paused"
	_ say.Key = "quiet"
	_ say.Key = "revised"
	_ say.Key = "screened"
	_ say.Key = "seen"
	_ say.Key = "stretched"
	_ say.Key = "ticked"
	_ say.Key = "withdrawn"
)

// factsWords says how many facts there are, of which kinds, and over which dates.
func factsWords(entries []journal.Entry) string {
	if len(entries) == 0 {
		return say.Text("none")
	}
	first, last := entries[0].Night, entries[0].Night
	kinds := map[string]int{}
	for _, e := range entries {
		kinds[string(e.Fact.Kind())]++
		first, last = min(first, e.Night), max(last, e.Night)
	}
	var said []string
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		said = append(said, say.As("kind", "%d %s", kinds[kind], clean(say.Name(kind))))
	}
	nights := first.String()
	if last != first {
		nights = say.Text("%s to %s", first, last)
	}
	return fmt.Sprintf("%s (%s), %s", say.Count(len(entries), "%d fact", "%d facts"), strings.Join(said, ", "), nights)
}
