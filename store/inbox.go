package store

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	bolt "go.etcd.io/bbolt"

	"lull/routine/journal"
	"lull/routine/say"
)

// The inbox is for what must not wait until the file is free, sound or known:
// files of lines like those of a segment, each put there in one step without the
// lock. Whoever next has the lock and can write appends them to the journal and
// takes them away. The ids make it harmless to do so twice.
const (
	inboxName = "inbox"
	unread    = ".unread" // behind the name of a file that holds a line nobody can read
	maxDrop   = 4 << 20   // bytes of a file; it holds what one person told in one sitting
)

// Drop leaves entries where the next call that can write will find them, and
// says in which file. It waits for nobody and opens no database. An error means
// that they are nowhere on disk.
func (s *Store) Drop(entries ...journal.Entry) (file string, err error) {
	lines, err := encodeAll(entries, s.opts.Calendar)
	if err != nil || len(lines) == 0 {
		return "", err
	}
	var text []byte
	for i, l := range lines {
		text = line{seq: uint64(i + 1), more: i+1 < len(lines), json: l.json}.appendTo(text)
	}
	name := lines[0].id.String() + segmentSuffix
	for _, dir := range s.inboxes() {
		file = filepath.Join(dir, name)
		if err = s.checkInbox(dir); err == nil {
			err = s.makeFolder(dir)
		}
		if err == nil {
			err = s.replaceFile(file, text)
		}
		if err == nil {
			return file, nil
		}
	}
	return "", err
}

// inboxes are the folders that Drop tries, in this order.
func (s *Store) inboxes() []string {
	if s.opts.Spare == "" {
		return []string{s.path(inboxName)}
	}
	return []string{s.path(inboxName), filepath.Join(s.opts.Spare, inboxName)}
}

// dropped lists the files that wait, by name.
func (s *Store) dropped() ([]string, error) {
	var files []string
	for _, dir := range s.inboxes() {
		found, err := os.ReadDir(dir)
		if err != nil && !absent(err) {
			return nil, explain(err, "list", dir)
		}
		for _, f := range found {
			if f.Type().IsRegular() && strings.HasSuffix(f.Name(), segmentSuffix) {
				files = append(files, filepath.Join(dir, f.Name()))
			}
		}
	}
	return files, nil
}

// absent says that there is no such folder, or something else in its place.
func absent(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, notAFolder)
}

// takeIn appends what waits in the inbox to the journal. A file goes once its
// lines are committed; one that holds a line which cannot be read stays, under a
// name that says so. One that cannot be opened, or taken away, keeps nobody from
// reading and recording.
func (l *lease) takeIn(db *bolt.DB) error {
	for _, file := range l.dropped {
		lines, bad, err := readDrop(file)
		if err != nil {
			l.s.warn("%s", err)
			continue
		}
		err = db.Update(func(tx *bolt.Tx) error {
			g, err := l.ledger(tx)
			if err == nil {
				_, err = l.append(g, lines)
			}
			return err
		})
		if err != nil && !errors.Is(err, errNothing) {
			return err
		}
		if bad == 0 {
			err = os.Remove(file)
		} else if err = os.Rename(file, file+unread); err == nil {
			l.s.warn("a part of %s could not be read; it is kept as %s", file, file+unread)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			l.s.warn("%s", explain(err, "empty", filepath.Dir(file)))
		}
	}
	return nil
}

// readDrop reads the lines of a file of the inbox, and counts those it cannot
// read.
func readDrop(file string) (lines []encoded, bad int, err error) {
	f, err := openFile(file, os.O_RDONLY)
	if err != nil {
		return nil, 0, explain(err, "read", file)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxDrop+1))
	if err != nil {
		return nil, 0, explain(err, "read", file)
	}
	if len(text) > maxDrop {
		return nil, 1, nil
	}
	done, t, err := readSegment(bytes.NewReader(text), 0, func(whole []line, _ int64) error {
		for _, l := range whole {
			e, err := journal.Decode(l.json, journal.DefaultCalendar)
			if err != nil {
				bad++
				continue
			}
			lines = append(lines, encoded{id: e.ID, json: l.json})
		}
		return nil
	})
	if err != nil {
		return nil, 0, say.Error("read %s: %w", file, err)
	}
	if done < int64(len(text)) {
		bad++
	}
	return lines, bad + t.bad + t.torn + t.unfinished, nil
}
