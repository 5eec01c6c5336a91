package store

import (
	"io/fs"

	bolt "go.etcd.io/bbolt"

	"lull/routine/say"
)

// create makes lull.db from nothing, or from the journal where there is one.
func (l *lease) create() error {
	s := l.s
	names, err := s.segmentNames()
	if err != nil {
		return err
	}
	if copies, err := s.listSnapshots(); err != nil {
		return err
	} else if len(names) == 0 && len(copies) > 0 {
		return s.damaged(say.Error("it is missing, and so is the journal it could be rebuilt from"))
	}
	if l.lock == nil {
		return explain(fs.ErrPermission, "make", s.path(dbName))
	}
	device, err := s.device()
	if err != nil {
		return err
	}
	made := s.path(dbName + unfinished)
	if err := removeStale(made); err != nil {
		return explain(err, "make", s.path(dbName))
	}
	l.names = names
	s.hold.forgets()
	err = withBolt(opening{path: made, create: true}, func(db *bolt.DB) error {
		if err := db.Update(func(tx *bolt.Tx) error { return s.initialise(tx, device) }); err != nil {
			return err
		}
		return l.foldAll(db)
	})
	if err == nil {
		err = placeNew(made, s.path(dbName))
	}
	if err != nil {
		_ = removeStale(made)
	}
	if err == nil && len(names) > 0 {
		s.warn("%s was missing and has been rebuilt from %s", s.path(dbName), s.path(journalName))
	}
	return explain(err, "make", s.path(dbName))
}
