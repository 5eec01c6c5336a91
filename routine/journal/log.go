package journal

import (
	"context"
	"slices"

	"lull/routine/say"
)

// The errors a Log gives, for errors.Is. Each comes wrapped in a sentence that
// names the place and the way out.
var (
	ErrBusy     error = say.Fault("the file is busy")
	ErrDamaged  error = say.Fault("the file is damaged")
	ErrTooNew   error = say.Fault("the file was written by a newer lull")
	ErrFull     error = say.Fault("the disk is full")
	ErrReadOnly error = say.Fault("the folder cannot be written to")
	ErrFailing  error = say.Fault("the disk is failing")
	ErrNoFact   error = say.Fault("no such fact")
)

// Log makes facts durable and gives them back. Every call stands alone: between
// calls other programs may read and write the same file.
type Log interface {
	// Append makes the entries durable, all or none. Nil means they are on
	// disk. An id that is already there is left as it is; the number returned
	// counts the entries that were new.
	Append(ctx context.Context, entries ...Entry) (int, error)

	// Decide is Append for what depends on what others have told, such as which
	// glass is the next: decide is given the facts that stand, as Live gives
	// those, and what it returns is appended with nobody's writes in between. It is
	// called at most once, and not if the facts cannot be read; its error is
	// returned as it is, and nothing is written then.
	Decide(ctx context.Context, from, to Date, kinds []Kind, decide func(live []Entry) ([]Entry, error)) error

	// Hold is for who reads, decides, writes and looks again: it gives do a log
	// on which nobody else reads or writes between two calls, for one waiting for
	// the file instead of one each. The calls are what they are on any other log:
	// what Append acknowledged is on disk, whatever do returns, and a file that
	// is busy is the error of the first call that needs it. Hold returns what do
	// returns. A journal that is not there yet is held once something is written.
	// The log is for one goroutine, and not for later; do should wait for nobody,
	// since everybody else waits for it.
	Hold(ctx context.Context, do func(held Log) error) error

	// History is what the screens and the short verbs need of all the years,
	// without decoding them.
	History(ctx context.Context) (History, error)

	// Since is History without the nights before a date: what a prompt or a
	// first frame needs, however many years there are.
	Since(ctx context.Context, from Date) (History, error)

	// Live returns the facts that stand, revisions applied and withdrawn ones
	// left out, whose night or day lies between from and to, both included,
	// by id. With kinds only facts of those, which costs much less where there
	// are many others.
	Live(ctx context.Context, from, to Date, kinds ...Kind) ([]Entry, error)

	// Find returns the fact with the id as it stands now, or ErrNoFact. The
	// bool says whether it still stands or was withdrawn.
	Find(ctx context.Context, id ID) (Entry, bool, error)

	// Like returns up to n entries as they were written, of every kind, whose id in
	// its usual form begins or ends like that, the newest first. It reads no others.
	Like(ctx context.Context, part string, n int) ([]Entry, error)

	// Page returns up to n entries as they were written, of every kind, with
	// ids after the given one: the way through a whole journal. Latest does the
	// same backwards from the newest, with ids before the given one, or from
	// the newest if that is zero.
	Page(ctx context.Context, after ID, n int) ([]Entry, error)
	Latest(ctx context.Context, before ID, n int) ([]Entry, error)

	// OwnAppends visits what this device appended, the newest first: each visit
	// gets the entries of one Append as they were written, in their order. It ends
	// with the first visit that wants no more, or with its error. A visit may call
	// the log.
	OwnAppends(ctx context.Context, visit func(appended []Entry) (more bool, err error)) error

	// Keep holds a small note for the program itself, such as an unfinished
	// session, under a name; nil takes it away. Kept returns it, or nil.
	Keep(ctx context.Context, name string, note []byte) error
	Kept(ctx context.Context, name string) ([]byte, error)

	// Stamp changes whenever anybody writes. It is cheap, takes no lock and
	// may be asked every second.
	Stamp() (Stamp, error)
}

// Stamp tells one state of the file from another. Zero means there is none yet.
type Stamp uint64

// History is the summary of a whole journal.
type History struct {
	Nights   []Night // by date; dates with nothing recorded are left out
	Cut      bool    // there are nights before those
	Standing []Entry // live facts that hold beyond their night: pauses, medicines, an experiment, an estimate, cards seen, and the newest safety answers, by id
	Last     ID      // the greatest id of all
	Stamp    Stamp
}

var standing = []Kind{KindPaused, KindScreened, KindSeen, KindMedicine, KindExperiment, KindEstimated}

// Stands says whether facts of the kind hold beyond their own night and are
// part of every History.
func Stands(k Kind) bool {
	return slices.Contains(standing, k)
}
