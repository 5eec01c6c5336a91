package store

import (
	"context"
	"errors"
	"os"

	bolt "go.etcd.io/bbolt"

	"lull/routine/say"
)

// CopyOptions say how BackUp writes.
type CopyOptions struct {
	Plain   bool // lines of JSON, as `lull export` writes them, instead of a database
	Replace bool // what stands there already
}

// Copied is what BackUp wrote.
type Copied struct {
	Path  string
	Facts int
	Bytes int64
}

// ErrNothing says that nothing is recorded yet.
var ErrNothing error = say.Fault("nothing is recorded yet")

// BackUp writes everything that is kept at one moment to a file, verifies what
// it wrote, and only then gives it its name: a file of that name is whole. The
// copy is its owner's alone, answers to the safety questions included.
func (s *Store) BackUp(ctx context.Context, file string, o CopyOptions) (Copied, error) {
	place, stream, err := s.placeFor(file, o.Replace)
	if err == nil && stream {
		err = say.Error("write %s: it is not an ordinary file; name another place", file)
	}
	if err != nil {
		return Copied{}, err
	}
	done := Copied{Path: place}
	ran := false
	err = s.read(ctx, func(l *lease, g *ledger) error {
		ran = true
		done.Facts = count(g.facts)
		err := writeBeside(place, o.Replace, func(f *os.File) error { return fillFrom(f, g.tx, o.Plain) })
		if errors.Is(err, errUnsound) && !l.remake {
			return errUnsealed // the file is looked at and mended, and then copied again
		}
		return err
	})
	if err == nil && !ran {
		err = say.Error("%w, so there is nothing to back up", ErrNothing)
	}
	if err != nil {
		return Copied{}, err
	}
	info, err := os.Stat(place)
	if err != nil {
		return Copied{}, explain(err, "read", place)
	}
	done.Bytes = info.Size()
	return done, nil
}

func fillFrom(f *os.File, tx *bolt.Tx, plain bool) error {
	if plain {
		_, err := fillLines(f, tx)
		return err
	}
	return fillCopy(f, tx)
}
