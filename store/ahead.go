package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	bolt "go.etcd.io/bbolt"

	"lull/routine/journal"
	"lull/routine/say"
)

// importMark stands in the names of copies that were made before an import. They
// sort behind the copy that was made before the day's first change.
const importMark = ".import-"

// keepImports is how many of those stay, over the seven days of the lines.
const keepImports = 7

// Ahead makes a verified copy before many facts come in at once, unless none of
// them is new or the newest copy is of this very state. An error says that there
// is no copy.
func (s *Store) Ahead(ctx context.Context, entries ...journal.Entry) error {
	return s.read(ctx, func(l *lease, g *ledger) error {
		if first, _ := g.facts.Cursor().First(); first == nil || !g.lacks(entries) || s.copied(g.tx, l.state.id) {
			return nil
		}
		if l.lock == nil {
			return nil // a folder that cannot be written to: the import itself says so
		}
		err := s.copyTo(g.tx, s.importName())
		if errors.Is(err, errUnsound) && !l.remake {
			return errUnsealed // the file is looked at and mended, and then copied again
		}
		if err == nil {
			err = s.prune()
		}
		if err != nil {
			return say.Error("make a copy before the import: %w", explain(err, "write", s.path(backupsName)))
		}
		return nil
	})
}

// lacks says whether one of the entries is not there yet.
func (g *ledger) lacks(entries []journal.Entry) bool {
	for _, e := range entries {
		if g.facts.Get(e.ID[:]) == nil {
			return true
		}
	}
	return false
}

// copied says whether the newest copy was made of what the transaction sees, and
// after it was written.
func (s *Store) copied(tx *bolt.Tx, now identity) bool {
	copies, err := s.listSnapshots()
	if err != nil || len(copies) == 0 {
		return false
	}
	f, err := openFile(s.path(filepath.Join(backupsName, copies[len(copies)-1].name)), os.O_RDONLY)
	if err != nil {
		return false
	}
	defer f.Close()
	made, err := identify(f)
	if err != nil {
		return false
	}
	m, spoiled, err := readMetas(f)
	return err == nil && !spoiled && m.txid == uint64(tx.ID()) && made.changed >= now.changed
}

// importName is the first name of the day that is free.
func (s *Store) importName() string {
	for n := 1; ; n++ {
		name := fmt.Sprintf("lull-%s%s%02d%s", s.today(), importMark, n, copySuffix)
		if _, err := os.Lstat(s.path(filepath.Join(backupsName, name))); err != nil {
			return name
		}
	}
}

// importDay is the day of a copy that was made before an import, by its name
// without what all copies have.
func importDay(stem string) (day journal.Date, ok bool) {
	date, n, found := strings.Cut(stem, importMark)
	if !found || n == "" || strings.Trim(n, "0123456789") != "" {
		return 0, false
	}
	day, err := journal.ParseDate(date)
	return day, err == nil
}

// ahead picks the copies made before imports that stay, by name: the newest of
// those from a day on.
func ahead(copies []snapshot, from journal.Date) map[string]bool {
	stay := map[string]bool{}
	for _, b := range slices.Backward(copies) {
		if b.ahead && b.day >= from && len(stay) < keepImports {
			stay[b.name] = true
		}
	}
	return stay
}
