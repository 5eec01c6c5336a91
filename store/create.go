package store

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	bolt "go.etcd.io/bbolt"
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
		return s.damaged(errors.New("it is missing, and so is the journal it could be rebuilt from"))
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

// device is this machine's name: the one it has in journal/, or a new one.
func (s *Store) device() (string, error) {
	if err := s.makeFolder(s.path(journalName)); err != nil {
		return "", err
	}
	if name, there := s.deviceThere(); there {
		return name, nil
	}
	name, err := s.randomHex(deviceDigits / 2)
	if err != nil {
		return "", err
	}
	marker := filepath.Join(s.path(journalName), deviceName)
	return name, s.replaceFile(marker, fmt.Appendln(nil, name))
}

// deviceThere is the name that this machine has already.
func (s *Store) deviceThere() (name string, there bool) {
	b, err := readSmall(filepath.Join(s.path(journalName), deviceName))
	if err != nil || !isDevice(string(b)) {
		return "", false
	}
	return string(b[:deviceDigits]), true
}

const deviceDigits = 16

func isDevice(s string) bool {
	if len(s) != deviceDigits+1 || s[deviceDigits] != '\n' {
		return false
	}
	for _, c := range s[:deviceDigits] {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}
