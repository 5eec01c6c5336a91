package store

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"lull/routine/journal"
)

// hoard is every fact that can be read anywhere in the folder, by id, with the
// line of the first place it was found in.
type hoard struct {
	s     *Store
	lines map[journal.ID][]byte
	// sources are the places in the order they were read in, with the number of
	// facts that each was the first to have.
	sources []Source
	// sound are the ids in segments that have no line which cannot be read.
	sound   map[journal.ID]bool
	spoiled []string  // segments that do
	bad     []BadLine // the lines that cannot be read
	strange [][]byte  // whole lines of those segments that this lull cannot decode
	// loose are whole lines of an Append whose end is not there: a crash cut it
	// short before it was acknowledged, or something cut the file later. They are
	// no reason for a repair, but a repair saves them.
	loose  map[journal.ID][]byte
	missed int64  // bytes of lull.db that the disk would not give
	seq    uint64 // the greatest of this device's
}

// Source says how many facts were found in a place and nowhere before it.
type Source struct {
	Name  string // below the folder
	Facts int
}

// BadLine is a line of the journal that does not match its checksum.
type BadLine struct {
	Segment string // below journal/
	N       int    // from 1
	ID      journal.ID
}

func (s *Store) newHoard() *hoard {
	return &hoard{s: s, lines: map[journal.ID][]byte{}, loose: map[journal.ID][]byte{}, sound: map[journal.ID]bool{}}
}

// present reads what the person has now: the journal, the database as far as it
// can be read, and what waits in the inbox. before reads all the backups, the
// newest first.
func (h *hoard) present() error {
	return errors.Join(h.segments(), h.database(h.s.path(dbName), dbName), h.waiting())
}

func (h *hoard) before() error {
	copies, err := h.s.listSnapshots()
	if err != nil {
		return err
	}
	plain, err := h.s.listPlain()
	if err != nil {
		return err
	}
	slices.Reverse(copies)
	slices.Reverse(plain)
	for _, b := range copies {
		if err := h.database(h.s.path(filepath.Join(backupsName, b.name)), backupsName+"/"+b.name); err != nil {
			return err
		}
	}
	for _, b := range plain {
		if err := h.plain(h.s.path(filepath.Join(backupsName, b.name)), backupsName+"/"+b.name); err != nil {
			return err
		}
	}
	return nil
}

// from counts what a reading adds.
func (h *hoard) from(name string, read func() error) error {
	before := len(h.lines)
	err := read()
	if n := len(h.lines) - before; n > 0 {
		h.sources = append(h.sources, Source{name, n})
	}
	return err
}

// keep remembers a fact unless it is known, and returns its id. A line that this
// lull cannot decode is none for it, and stays where it is.
func (h *hoard) keep(json []byte) (id journal.ID, known bool) {
	e, err := journal.Decode(json, h.s.opts.Calendar)
	if err != nil {
		return id, false
	}
	if _, there := h.lines[e.ID]; !there {
		h.lines[e.ID] = json
	}
	return e.ID, true
}

func (h *hoard) segments() error {
	names, err := h.s.segmentNames()
	if err != nil {
		return err
	}
	device, _ := h.s.deviceThere()
	return h.from(journalName, func() error {
		for _, name := range names {
			if err := h.segment(name, filepath.Dir(filepath.FromSlash(name)) == device); err != nil {
				return err
			}
		}
		return nil
	})
}

func (h *hoard) segment(name string, own bool) error {
	text, lost, err := readWhole(h.s.segmentPath(name))
	if err != nil {
		return explain(err, "read", h.s.segmentPath(name))
	}
	var ids []journal.ID
	var strange [][]byte
	done, t, err := readSegment(bytes.NewReader(text), 0, func(lines []line, _ int64) error {
		for _, l := range lines {
			if own {
				h.seq = max(h.seq, l.seq)
			}
			if id, known := h.keep(l.json); known {
				ids = append(ids, id)
			} else {
				strange = append(strange, l.json)
			}
		}
		return nil
	})
	if err != nil {
		return explain(err, "read", h.s.segmentPath(name))
	}
	if t.unfinished > 0 || done < int64(len(text)) {
		h.unfinished(text)
	}
	if t.bad > 0 || lost > 0 {
		h.spoiled = append(h.spoiled, name)
		h.bad = append(h.bad, badLines(name, text)...)
		h.strange = append(h.strange, strange...)
		return nil
	}
	for _, id := range ids {
		h.sound[id] = true
	}
	return nil
}

// unfinished looks at every line by itself.
func (h *hoard) unfinished(text []byte) {
	for b := range bytes.Lines(text) {
		if l, whole := parseLine(bytes.TrimSuffix(b, []byte("\n"))); whole {
			if e, err := journal.Decode(l.json, h.s.opts.Calendar); err == nil {
				h.loose[e.ID] = bytes.Clone(l.json)
			}
		}
	}
}

// gatherLoose counts the loose lines among the others.
func (h *hoard) gatherLoose() error {
	return h.from(journalName+" (unfinished)", func() error {
		for id, json := range h.loose {
			if _, known := h.lines[id]; !known {
				h.lines[id] = json
			}
		}
		return nil
	})
}

// badLines lists the lines that do not match their checksum, but for those that
// were cut short by a crash and closed off since.
func badLines(name string, text []byte) (bad []BadLine) {
	in := bufio.NewReaderSize(bytes.NewReader(text), maxLine)
	for n := 1; ; n++ {
		b, _, whole, err := readLine(in)
		if err != nil || !whole {
			return bad
		}
		if blank(b) {
			if last := len(bad) - 1; last >= 0 && bad[last].N == n-1 {
				bad = bad[:last]
			}
		} else if _, ok := parseLine(b); !ok {
			bad = append(bad, BadLine{Segment: name, N: n, ID: idIn(b)})
		}
	}
}

// idIn finds the id in a spoiled line, if that is whole.
func idIn(b []byte) (id journal.ID) {
	const size = len("01a202f0-1c20-7000-8000-000000000001")
	if _, rest, found := bytes.Cut(b, []byte(`"id":"`)); found && len(rest) >= size {
		id, _ = journal.ParseID(string(rest[:size]))
	}
	return id
}

// readWhole reads a file, with zeros where the disk gives an error.
func readWhole(file string) (text []byte, lost int64, err error) {
	f, err := openFile(file, os.O_RDONLY)
	if err != nil {
		return nil, 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return nil, 0, errors.Join(err, plausible(info))
	}
	text = make([]byte, info.Size())
	return text, readPatiently(f, text, 0), nil
}

// database salvages a database, sound or not. What is no ordinary file has
// nothing to give.
func (h *hoard) database(file, name string) error {
	info, err := os.Lstat(file)
	if absent(err) || err == nil && !info.Mode().IsRegular() {
		return nil
	}
	if err != nil {
		return explain(err, "read", file)
	}
	f, err := openFile(file, os.O_RDONLY)
	if err != nil {
		return explain(err, "read", file)
	}
	defer f.Close()
	return h.from(name, func() error {
		missed := salvage(f, info.Size(), func(id journal.ID, json []byte) {
			if _, known := h.lines[id]; !known {
				h.lines[id] = json
			}
		})
		if name == dbName {
			h.missed = missed
		}
		return nil
	})
}

func (h *hoard) waiting() error {
	files, err := h.s.dropped()
	if err != nil {
		return err
	}
	for _, dir := range h.s.inboxes() {
		more, _ := filepath.Glob(filepath.Join(dir, "*"+segmentSuffix+unread))
		files = append(files, more...)
	}
	return h.from(inboxName, func() error {
		for _, file := range files {
			lines, bad, err := readDrop(file)
			if err != nil {
				return err
			}
			for _, l := range lines {
				id, _ := h.keep(l.json)
				h.sound[id] = h.sound[id] || bad == 0 // the next access takes it in
			}
		}
		return nil
	})
}

// plain reads lines as `lull export` writes them.
func (h *hoard) plain(file, name string) error {
	f, err := openFile(file, os.O_RDONLY)
	if err != nil {
		return explain(err, "read", file)
	}
	defer f.Close()
	return h.from(name, func() error {
		return eachPlain(f, func(_ int, text []byte) error {
			h.keep(bytes.Clone(text))
			return nil
		})
	})
}

// eachPlain visits the lines of a file that are not blank, with their numbers
// from 1. The last one needs no end; one that is too long comes empty.
func eachPlain(r io.Reader, visit func(n int, text []byte) error) error {
	in := bufio.NewReaderSize(r, maxLine)
	for n := 1; ; n++ {
		text, err := in.ReadSlice('\n')
		long := errors.Is(err, bufio.ErrBufferFull)
		for errors.Is(err, bufio.ErrBufferFull) {
			_, err = in.ReadSlice('\n')
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if long {
			text = nil
		}
		if text = bytes.TrimSpace(text); len(text) > 0 || long {
			if err := visit(n, text); err != nil {
				return err
			}
		}
		if err != nil {
			return nil
		}
	}
}

// missing are the facts that no segment has which can be read to its end, by id.
func (h *hoard) missing() []journal.ID {
	ids := slices.Collect(maps.Keys(h.lines))
	ids = slices.DeleteFunc(ids, func(id journal.ID) bool { return h.sound[id] })
	slices.SortFunc(ids, journal.ID.Compare)
	return ids
}
