package store

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	bolt "go.etcd.io/bbolt"

	"lull/routine/journal"
	"lull/routine/say"
	"lull/store/rights"
)

// RestoreOptions say what Restore may do about facts that the file does not have.
type RestoreOptions struct {
	Keep bool // keep them: what is there afterwards is everything of both
	Lose bool // go back to exactly what the file holds
	Look bool // only say what would change
}

// Restored is what Restore found, and did if Done.
type Restored struct {
	File   string
	Facts  int             // in the file, of every kind, edits included
	Gained []journal.Entry // in the file and not here, by id
	Newer  []journal.Entry // here and not in the file, by id
	Done   bool
	Aside  string // the folder with what was there before
}

// Restore brings the facts of a file back: a copy that BackUp or the daily backup
// made, or lines as `lull export` writes them. The file is verified first. Facts
// that are here and not in it are kept or lost as the options say; without a word
// about them nothing is done. What was there before is set aside, never deleted.
func (s *Store) Restore(ctx context.Context, file string, o RestoreOptions) (Restored, error) {
	found := Restored{File: file}
	err := s.makeFolder(s.dir)
	if err == nil {
		err = s.held(ctx, func(l *lease) error {
			p, err := s.peruse(file)
			if err == nil {
				err = s.notNewer()
			}
			if err != nil {
				return err
			}
			h := s.newHoard()
			if err := errors.Join(h.present(), ctx.Err()); err != nil {
				return err
			}
			found.compare(p, h, s.opts.Calendar)
			if o.Look || len(found.Gained) == 0 && (len(found.Newer) == 0 || !o.Lose) ||
				len(found.Newer) > 0 && !o.Keep && !o.Lose {
				return nil
			}
			plan, err := s.restoring(p, h, o)
			if err != nil {
				return err
			}
			found.Aside, err = l.rebuild(ctx, plan)
			found.Done = err == nil
			return err
		})
	}
	return found, err
}

// compare says what the file has and the folder has not, and the other way round.
func (r *Restored) compare(p perused, h *hoard, c journal.Calendar) {
	r.Facts = len(p.lines)
	only := func(a, b map[journal.ID][]byte) (found []journal.Entry) {
		for id, json := range a {
			if _, both := b[id]; both {
				continue
			}
			if e, err := journal.Decode(json, c); err == nil {
				found = append(found, e)
			}
		}
		slices.SortFunc(found, func(a, b journal.Entry) int { return a.ID.Compare(b.ID) })
		return found
	}
	r.Gained, r.Newer = only(p.lines, h.lines), only(h.lines, p.lines)
}

// restoring is the plan: to add to the journal what it does not have, or to begin
// a new one with the lines of the file alone. Then the segments, the inbox and the
// backups go aside too, for each of them would bring back what is to be lost.
func (s *Store) restoring(p perused, h *hoard, o RestoreOptions) (rebuilding, error) {
	r := rebuilding{why: "restore", after: h.seq}
	if !o.Lose {
		r.retired = h.spoiled
		all := maps.Clone(p.lines)
		maps.Copy(all, h.lines) // the line that is here already counts
		for _, id := range slices.SortedFunc(maps.Keys(all), journal.ID.Compare) {
			if !h.sound[id] {
				r.lines = append(r.lines, all[id])
			}
		}
		r.lines = append(r.lines, h.strange...)
		if s.sound() {
			r.notes = s.notes(s.path(dbName))
		}
		return r, nil
	}
	for _, id := range slices.SortedFunc(maps.Keys(p.lines), journal.ID.Compare) {
		r.lines = append(r.lines, p.lines[id])
	}
	r.notes = p.notes
	var err error
	if r.retired, err = s.segmentNames(); err != nil {
		return r, err
	}
	for _, list := range []func() ([]snapshot, error){s.listSnapshots, s.listPlain} {
		backups, err := list()
		if err != nil {
			return r, err
		}
		for _, b := range backups {
			r.backups = append(r.backups, b.name)
		}
	}
	r.inbox = true
	return r, nil
}

// notNewer refuses a lull.db that only a newer lull may touch, as far as it tells.
func (s *Store) notNewer() error {
	if !s.sound() {
		return nil
	}
	err := withBolt(opening{path: s.path(dbName), readOnly: true}, func(db *bolt.DB) error {
		return db.View(func(tx *bolt.Tx) error {
			g, err := openLedger(tx, s.opts.Calendar)
			if err == nil {
				err = s.readable(g)
			}
			return err
		})
	})
	if errors.Is(err, journal.ErrTooNew) {
		return err
	}
	return nil
}

// sound says whether lull.db can be opened without harm.
func (s *Store) sound() bool {
	r, err := checkBackup(s.path(dbName))
	return err == nil && r.Damage == ""
}

// perused is what a file that is to be restored holds.
type perused struct {
	lines map[journal.ID][]byte
	notes map[string][]byte
}

// peruse verifies a file and reads all of it, whatever kind it is.
func (s *Store) peruse(file string) (perused, error) {
	p := perused{lines: map[journal.ID][]byte{}, notes: map[string][]byte{}}
	real, err := filepath.EvalSymlinks(file)
	if at := new(fs.PathError); absent(err) && errors.As(err, &at) {
		return p, say.Error("restore %s: %w; name a backup, such as one in %s", file, at.Err, s.path(backupsName))
	}
	if err != nil {
		return p, say.Error("restore %s: %w", file, err)
	}
	f, err := os.OpenFile(real, os.O_RDONLY|rights.NoWait, 0)
	if err != nil {
		return p, say.Error("restore %s: %w", file, err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return p, explain(err, "read", file)
	}
	if own, err := os.Stat(s.path(dbName)); err == nil && os.SameFile(own, info) {
		return p, say.Error("restore %s: that is the file in use; name a backup", file)
	}
	if err := plausible(info); err != nil {
		return p, s.refused(file, err)
	}
	first := make([]byte, 512)
	n, err := f.ReadAt(first, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return p, explain(err, "read", file)
	}
	if bytes.HasPrefix(bytes.TrimSpace(bytes.TrimPrefix(first[:n], byteOrderMark)), []byte("{")) {
		return p, s.peruseLines(&p, f, file)
	}
	if err := verifyCopy(f, info.Size()); err != nil {
		return p, s.refused(file, err)
	}
	return p, s.peruseCopy(&p, real, file)
}

var byteOrderMark = []byte("\xef\xbb\xbf")

// refused is the error for a file that is not restored from.
func (s *Store) refused(file string, cause error) error {
	if means(cause, diskFails) {
		return explain(cause, "read", file)
	}
	return say.Error("restore %s: %w (%v); nothing was changed; name another backup%s",
		file, journal.ErrDamaged, cause, s.whereBackupsAre())
}

// whereBackupsAre says it if there are any.
func (s *Store) whereBackupsAre() string {
	copies, _ := s.listSnapshots()
	plain, _ := s.listPlain()
	if len(copies)+len(plain) == 0 {
		return ""
	}
	return say.Text(", `lull check` lists those in %s", s.path(backupsName))
}

func (s *Store) peruseLines(p *perused, f *os.File, file string) error {
	err := eachPlain(f, func(n int, text []byte) error {
		if n == 1 {
			text = bytes.TrimPrefix(text, byteOrderMark)
		}
		e, err := journal.Decode(text, s.opts.Calendar)
		if err != nil {
			return say.Error("restore %s: %w (line %d: %v); nothing was changed; `lull import` takes the good lines of a file",
				file, journal.ErrDamaged, n, err)
		}
		if _, twice := p.lines[e.ID]; !twice {
			if p.lines[e.ID], err = encodeLine(e, s.opts.Calendar); err != nil {
				return say.Error("restore %s: %w (line %d: %v); nothing was changed", file, journal.ErrDamaged, n, err)
			}
		}
		return nil
	})
	return explain(err, "read", file)
}

// peruseCopy reads a database that verifies. One of a newer lull is refused like
// lull.db itself would be.
func (s *Store) peruseCopy(p *perused, real, file string) error {
	err := withBolt(opening{path: real, readOnly: true}, func(db *bolt.DB) error {
		return db.View(func(tx *bolt.Tx) error {
			g, err := openLedger(tx, s.opts.Calendar)
			if err == nil {
				err = s.readableAt(g, file)
			}
			if err != nil {
				return err
			}
			return g.facts.ForEach(func(k, v []byte) error {
				body, whole := unseal(k, v)
				if !whole || len(k) != len(journal.ID{}) {
					return errUnsealed
				}
				p.lines[journal.ID(k)] = bytes.Clone(body)
				return nil
			})
		})
	})
	switch {
	case errors.Is(err, journal.ErrTooNew):
		return err
	case err != nil:
		return s.refused(file, err)
	}
	p.notes = s.notes(real)
	return nil
}
