package shared

import (
	"bytes"
	"errors"
	"hash/crc32"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"lull/routine/journal"
	"lull/routine/peers"
	"lull/routine/say"
	"lull/store"
)

func sum(b []byte) uint32 { return crc32.Checksum(b, castagnoli) }

// errTaken says that a file of this machine's holds facts that this machine
// never wrote: another one has its name, as a copied home does.
var errTaken error = say.Fault("another machine writes under this machine's name")

// tell brings this machine's files up to date with its segments. Should another
// machine have the same name, this one takes a new one and leaves the old files
// to the other.
func (m *meeting) tell(own []store.Segment) error {
	for range 2 {
		err := m.tellAll(own)
		if !errors.Is(err, errTaken) {
			return err
		}
		if m.m.Writer, err = m.newName(); err != nil {
			return err
		}
		m.m.Written = map[string]*record{}
		m.out.Renamed, m.out.Went = m.m.Writer, 0
		if err := m.keep(m.path, m.m, 0); err != nil { // before a file bears the name
			return err
		}
	}
	return errTaken
}

func (m *meeting) tellAll(own []store.Segment) error {
	names := map[string]bool{}
	for _, seg := range own {
		name := peers.FileName(m.writer(), path.Base(seg.Name))
		names[name] = true
		err := m.tellOne(name, seg)
		if foul := (*fileError)(nil); errors.As(err, &foul) {
			m.refused = slices.DeleteFunc(m.refused, func(r peers.Refusal) bool { return r.File == name })
			m.refused = append(m.refused, peers.Whole(name, say.Text("this machine's own file, which cannot be written: %s", foul)))
			continue
		}
		if err != nil {
			return err
		}
	}
	for name := range m.m.Written {
		if !names[name] {
			delete(m.m.Written, name)
		}
	}
	return nil
}

// tellOne brings one file up to date.
func (m *meeting) tellOne(name string, seg store.Segment) error {
	if err := m.ctx.Err(); err != nil {
		return err
	}
	file, _ := peers.Recognise(name)
	there, err := m.look(file)
	missing := errors.Is(err, fs.ErrNotExist)
	if err != nil && !missing {
		return &fileError{plainly(err)}
	}
	if why := there.unusable(); !missing && why != "" {
		return &fileError{say.Error("%s; move it away", why)}
	}
	left := m.m.Written[name]
	known := !missing && left.matches(there)
	if known && left.Size == seg.Size {
		return nil
	}
	if known && left.Size < seg.Size { // nearly always: only what is new is read
		more, err := m.segment(seg, left.Size)
		if err != nil {
			return err
		}
		return m.grow(there, more, left.Facts, left.Facts+facts(more))
	}
	segment, err := m.segment(seg, 0)
	switch {
	case err != nil:
		return err
	case missing:
		return m.put(file, segment, 0)
	}
	return m.compare(there, segment)
}

// segment reads a segment of the journal from an offset, up to the last whole
// line that a file may hold.
func (m *meeting) segment(seg store.Segment, from int64) ([]byte, error) {
	in, err := m.log.OpenOwn(seg, from)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	b, err := io.ReadAll(io.LimitReader(in, peers.MaxFile-from))
	if from+int64(len(b)) < seg.Size {
		b = b[:bytes.LastIndexByte(b, '\n')+1]
	}
	return b, err
}

// compare looks at a file that is not as this machine left it. One that was only
// cut short goes on where it ends; one that was spoiled is put in place anew.
func (m *meeting) compare(there entry, segment []byte) error {
	b, err := m.read(there)
	switch {
	case err != nil:
		return &fileError{plainly(err)}
	case bytes.HasPrefix(segment, b):
		there.size = int64(len(b))
		return m.grow(there, segment[len(b):], facts(b), facts(segment))
	}
	mine, theirs := ids(segment), ids(b) // the only place where all of it is decoded
	for id := range theirs {
		if !mine[id] {
			return errTaken
		}
	}
	return m.put(there.File, segment, len(theirs))
}

// ids are the facts that the lines of a segment hold.
func ids(segment []byte) map[journal.ID]bool {
	found := map[journal.ID]bool{}
	_, _, _ = store.ReadLines(bytes.NewReader(segment), 0, func(lines []store.Line, _ int64) error {
		for _, l := range lines {
			if id, err := peers.Take(l.JSON, journal.DefaultCalendar); err == nil {
				found[id] = true
			}
		}
		return nil
	})
	return found
}

// facts counts the lines of a segment that are whole.
func facts(segment []byte) int {
	_, c, _ := store.ReadLines(bytes.NewReader(segment), 0, func([]store.Line, int64) error { return nil })
	return c.Lines
}

// grow appends what a file lacks, which had so many facts and then has so many.
func (m *meeting) grow(there entry, more []byte, had, have int) error {
	if len(more) > 0 {
		if err := m.extend(there, more); err != nil {
			return &fileError{plainly(err)}
		}
	}
	return m.left(there.File, there.size+int64(len(more)), had, have)
}

// put writes a file whole, in place of one that held so many of the facts.
func (m *meeting) put(file peers.File, segment []byte, had int) error {
	if err := m.replace(file.Name, segment); err != nil {
		return &fileError{plainly(err)}
	}
	return m.left(file, int64(len(segment)), had, facts(segment))
}

// left remembers how a file was left, and that the exchange has seen it so.
func (m *meeting) left(file peers.File, size int64, had, have int) error {
	if have > had {
		m.out.Went += have - had
		m.m.Met = m.now
	}
	e, err := m.look(file)
	if err != nil {
		return &fileError{plainly(err)}
	}
	delete(m.m.Files, file.Name)
	m.m.Written[file.Name] = &record{Size: e.size, Changed: e.changed, Facts: have, Seen: m.now}
	if e.size != size {
		delete(m.m.Written, file.Name) // somebody else was at it: look again
	}
	at, found := slices.BinarySearchFunc(m.entries, file.Name, func(e entry, name string) int { return strings.Compare(e.Name, name) })
	if !found {
		m.entries = slices.Insert(m.entries, at, entry{})
	}
	m.entries[at] = e
	return nil
}

// byFile orders refusals.
func byFile(all []peers.Refusal) []peers.Refusal {
	slices.SortStableFunc(all, func(a, b peers.Refusal) int { return strings.Compare(a.File, b.File) })
	return all
}
