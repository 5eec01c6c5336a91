package store

import (
	"errors"
	"io/fs"
	"os"

	"lull/routine/say"
)

// state is what is known of lull.db without opening it.
type state struct {
	id       identity
	spoiled  bool // one meta page: the newest change may be missing
	unsealed int  // records with a wrong checksum
}

// examine looks at lull.db, makes it where it is missing, and verifies it
// unless it is the state last found sound.
func (l *lease) examine() error {
	info, err := os.Lstat(l.s.path(dbName))
	if errors.Is(err, fs.ErrNotExist) {
		if err := l.create(); err != nil {
			return err
		}
		info, err = os.Lstat(l.s.path(dbName))
	}
	if err != nil {
		return explain(err, "open", l.s.path(dbName))
	}
	if err := plausible(info); err != nil {
		return l.s.damaged(err)
	}
	f, err := openFile(l.s.path(dbName), os.O_RDONLY)
	if err != nil {
		return explain(err, "open", l.s.path(dbName))
	}
	defer f.Close()
	l.state, err = l.s.inspect(f, l.noted.identity)
	return err
}

// plausible says what keeps a directory entry from being a database.
func plausible(info fs.FileInfo) error {
	switch {
	case info.IsDir():
		return say.Error("it is a folder, not a file")
	case info.Mode()&fs.ModeSymlink != 0:
		return say.Error("it is a link to another place; lull keeps its file in the folder itself")
	case !info.Mode().IsRegular():
		return say.Error("it is not an ordinary file")
	case info.Size() == 0:
		return say.Error("it is empty, 0 bytes long")
	}
	return nil
}

// observe reads which state of lull.db an open file is in.
func (s *Store) observe(f *os.File) (id identity, m meta, spoiled bool, err error) {
	if id, err = identify(f); err != nil {
		return id, m, false, explain(err, "read", s.path(dbName))
	}
	if m, spoiled, err = readMetas(f); err != nil {
		return id, m, false, s.damaged(err)
	}
	id.txid = m.txid
	return id, m, spoiled, nil
}

// inspect observes the file and verifies it, unless it is in the state that is
// known to be sound.
func (s *Store) inspect(f *os.File, sound identity) (state, error) {
	id, m, spoiled, err := s.observe(f)
	if err != nil {
		return state{}, err
	}
	st := state{id: id, spoiled: spoiled}
	if !spoiled && id == sound {
		return st, s.whole(m.check(id.size))
	}
	if err := s.step("verify"); err != nil {
		return st, err
	}
	st.unsealed, err = verify(f, id.size, m)
	return st, s.whole(err)
}

func (s *Store) whole(err error) error {
	if err != nil {
		return s.damaged(err)
	}
	return nil
}

// moveOn lets the note follow our own clean commit: sound before, sound after.
// Where another file stands in the place of the one that was changed, nothing
// follows: it has to be looked at, and what was written is in the journal.
func (l *lease) moveOn() error {
	f, err := openFile(l.s.path(dbName), os.O_RDONLY)
	if errors.Is(err, fs.ErrNotExist) {
		return errChanged
	}
	if err != nil {
		return explain(err, "read", l.s.path(dbName))
	}
	defer f.Close()
	id, _, spoiled, err := l.s.observe(f)
	if err != nil {
		return err
	}
	if id.device != l.state.id.device || id.inode != l.state.id.inode {
		return errChanged
	}
	l.state = state{id: id, spoiled: spoiled}
	l.trust()
	return nil
}

// trust notes the state for the next access, if it is sound, up to date, and
// differs.
func (l *lease) trust() {
	n := note{identity: l.state.id, glance: l.glance}
	if n != l.noted && !l.lenient && !l.state.spoiled && l.state.unsealed == 0 {
		l.lock.write(n)
		l.noted = n
	}
}
