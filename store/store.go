package store

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"math"
	"os"
	"sync"
	"time"

	"lull/routine/journal"
	"lull/routine/say"
)

// Options is what a Store needs to be told. Clock must be given; the zero value
// of everything else has a meaning.
type Options struct {
	Clock    func() time.Time // for the names of segments and backups
	Calendar journal.Calendar // zero: journal.DefaultCalendar
	Wait     time.Duration    // how long to wait for the lock; zero: 2 s. A prompt should take 150 ms
	Version  string           // of this lull, for people who look into the file
	Rand     io.Reader        // zero: the system's randomness
	// Spare is another folder, if there is one, for what Drop cannot leave in
	// the store's own.
	Spare string
	// Own are files and folders of lull's beside the store's, such as the settings:
	// BackUp writes over none of them.
	Own []string
	// MaxBackups bounds the bytes of all daily backups; zero: 512 MiB.
	MaxBackups int64
	// Warn is told, in a sentence and once each, what a person should know
	// although nothing failed: a rebuilt database, a record that could not be
	// read, a backup that could not be made. It may be called from any call.
	Warn func(sentence string)
}

// Store is a journal.Log in a folder. It holds nothing open between calls and
// may be used by any number of goroutines and programs at once. New touches
// nothing; reading a folder that does not exist finds an empty journal and
// creates nothing.
//
// Beside the Log it takes what cannot wait (Drop), and it can Check, Repair,
// BackUp and Restore itself.
type Store struct {
	dir        string
	opts       Options
	migrations []migration
	chunk      int       // lines folded in one transaction
	warned     *sync.Map // sentence -> told
	hold       *hold     // in the log that Hold gives; nil: every access takes the lock

	testOnlyStep func(at string) error // told of the steps of an access; an error stops it there
}

var _ journal.Log = (*Store)(nil)

const defaultWait = 2 * time.Second

// New returns the store in the folder dir.
func New(dir string, o Options) *Store {
	if o.Clock == nil {
		panic("store.New needs a clock")
	}
	if o.Calendar == (journal.Calendar{}) {
		o.Calendar = journal.DefaultCalendar
	}
	if o.Wait == 0 {
		o.Wait = defaultWait
	}
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	if o.MaxBackups == 0 {
		o.MaxBackups = maxBackups
	}
	return &Store{dir: dir, opts: o, migrations: migrations, chunk: foldChunk, warned: new(sync.Map)}
}

func (s *Store) warn(words say.Key, args ...any) {
	sentence := say.Text(words, args...)
	if _, told := s.warned.LoadOrStore(sentence, true); !told && s.opts.Warn != nil {
		s.opts.Warn(sentence)
	}
}

func (s *Store) step(at string) error {
	if s.testOnlyStep == nil {
		return nil
	}
	return s.testOnlyStep(at)
}

// Append makes the entries durable, all or none: first as lines in this
// device's segment, then in the database. After an error the entries may still
// be there; the same ids again are safe.
func (s *Store) Append(ctx context.Context, entries ...journal.Entry) (int, error) {
	lines, err := encodeAll(entries, s.opts.Calendar)
	if err != nil || len(lines) == 0 {
		return 0, err
	}
	added := 0
	err = s.write(ctx, func(l *lease, g *ledger) error {
		n, err := l.append(g, lines)
		added += n // lines already in the segment are not new to a second try
		return err
	})
	return added, err
}

// encoded is an entry as it will be written.
type encoded struct {
	id   journal.ID
	json []byte
}

// encodeAll encodes entries once each, and refuses them all if one could not be
// read again.
func encodeAll(entries []journal.Entry, c journal.Calendar) ([]encoded, error) {
	seen := make(map[journal.ID]bool, len(entries))
	lines := make([]encoded, 0, len(entries))
	for _, e := range entries {
		b, err := encodeLine(e, c)
		if err != nil {
			return nil, say.Error("record %s: %w", e.ID, err)
		}
		if !seen[e.ID] {
			seen[e.ID] = true
			lines = append(lines, encoded{id: e.ID, json: b})
		}
	}
	return lines, nil
}

func encodeLine(e journal.Entry, c journal.Calendar) ([]byte, error) {
	if e.Fact == nil {
		return nil, say.Error("the entry holds no fact")
	}
	b, err := journal.Encode(e)
	if err != nil {
		return nil, err
	}
	b = bytes.TrimSpace(b)
	if bytes.ContainsAny(b, "\n\r") { // between the keys; a line is one line
		var flat bytes.Buffer
		if err := json.Compact(&flat, b); err != nil {
			return nil, err
		}
		b = flat.Bytes()
	}
	read, err := journal.Decode(b, c)
	if err != nil {
		return nil, err
	}
	if read.ID != e.ID || read.Fact.Kind() != e.Fact.Kind() {
		return nil, say.Error("it would come back as something else; a revision cannot change a fact's id or kind")
	}
	return b, nil
}

// History reads the nights as they were added up when they were written.
func (s *Store) History(ctx context.Context) (journal.History, error) {
	return s.Since(ctx, math.MinInt32)
}

// Since reads the nights from a date on and touches no page of the others.
func (s *Store) Since(ctx context.Context, from journal.Date) (journal.History, error) {
	var h journal.History
	err := s.read(ctx, func(l *lease, g *ledger) (err error) {
		h = journal.History{Stamp: l.state.id.stamp()}
		if h.Nights, h.Cut, err = g.nightsSince(from); err != nil {
			return err
		}
		if h.Standing, err = g.allStanding(); err != nil {
			return err
		}
		last, _ := g.facts.Cursor().Last()
		copy(h.Last[:], last)
		return nil
	})
	return h, err
}

// Live finds the facts by their labels.
func (s *Store) Live(ctx context.Context, from, to journal.Date, kinds ...journal.Kind) ([]journal.Entry, error) {
	var found []journal.Entry
	err := s.read(ctx, func(_ *lease, g *ledger) (err error) {
		found, err = g.labelled(from, to, kinds...)
		return err
	})
	return found, err
}

// Find looks one fact up.
func (s *Store) Find(ctx context.Context, id journal.ID) (journal.Entry, bool, error) {
	var at standing
	err := s.read(ctx, func(_ *lease, g *ledger) (err error) {
		at, err = g.stand(id)
		return err
	})
	if err == nil && !at.found {
		err = say.Error("%s: %w; lull log lists the ids there are", id, journal.ErrNoFact)
	}
	return at.entry, at.live, err
}

// Page reads forwards from just behind an id.
func (s *Store) Page(ctx context.Context, after journal.ID, n int) ([]journal.Entry, error) {
	var found []journal.Entry
	err := s.read(ctx, func(_ *lease, g *ledger) (err error) {
		found, err = g.page(after, n)
		return err
	})
	return found, err
}

// Latest reads backwards from just before an id, or from the end.
func (s *Store) Latest(ctx context.Context, before journal.ID, n int) ([]journal.Entry, error) {
	var found []journal.Entry
	err := s.read(ctx, func(_ *lease, g *ledger) (err error) {
		found, err = g.latest(before, n)
		return err
	})
	return found, err
}

// Like goes through the ids alone.
func (s *Store) Like(ctx context.Context, part string, n int) ([]journal.Entry, error) {
	var found []journal.Entry
	err := s.read(ctx, func(_ *lease, g *ledger) (err error) {
		found, err = g.like(part, n)
		return err
	})
	return found, err
}

// Keep writes the note only if it differs from what is there. Notes live in the
// database alone: they are lost with it, facts are not.
func (s *Store) Keep(ctx context.Context, name string, note []byte) error {
	if note == nil {
		if there, err := s.exists(); err != nil || !there {
			return err
		}
	}
	return s.write(ctx, func(_ *lease, g *ledger) error {
		old, err := g.get(g.kept, []byte(name))
		switch {
		case err != nil:
			return err
		case (note == nil) == (old == nil) && bytes.Equal(note, old):
			return errNothing
		case note == nil:
			return g.kept.Delete([]byte(name))
		}
		return put(g.kept, []byte(name), note)
	})
}

// Kept returns a copy of the note.
func (s *Store) Kept(ctx context.Context, name string) ([]byte, error) {
	var note []byte
	err := s.read(ctx, func(_ *lease, g *ledger) error {
		body, err := g.get(g.kept, []byte(name))
		note = bytes.Clone(body)
		return err
	})
	return note, err
}

// Stamp reads 160 bytes of lull.db without a lock.
func (s *Store) Stamp() (journal.Stamp, error) {
	f, err := openFile(s.path(dbName), os.O_RDONLY)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, explain(err, "read", s.path(dbName))
	}
	defer f.Close()
	id, _, _, err := s.observe(f)
	if err != nil {
		return 0, err
	}
	return id.stamp(), nil
}
