package store

import (
	"context"
	"io"
	"path"
	"slices"

	"lull/routine/journal"
	"lull/routine/say"
)

// elsewhere is the folder in journal/ of facts whose machine has no name that
// can be trusted: their file was renamed, or bears the name of this machine.
const elsewhere = "elsewhere"

// MaxSegmentLine bounds a line of a segment in bytes, its newline included.
const MaxSegmentLine = maxLine

// Line is a line of a segment that matches its checksum.
type Line struct {
	Seq  uint64
	JSON []byte
}

// Counts says what a segment holds beside whole lines.
type Counts struct {
	Lines int // whole and finished
	Bad   int // that do not match their checksum and were not merely cut short
}

// ReadLines reads a segment, of this machine or another, as the journal's own
// are read: each is called for the lines of every Append that is whole, with the
// offset just behind them. What lies behind done may still be finished by its
// writer. Whatever the bytes are, it ends, and holds no more than one Append.
func ReadLines(r io.Reader, from int64, each func(lines []Line, end int64) error) (done int64, c Counts, err error) {
	done, t, err := readSegment(r, from, func(lines []line, end int64) error {
		told := make([]Line, len(lines))
		for i, l := range lines {
			told[i] = Line{Seq: l.seq, JSON: l.json}
		}
		return each(told, end)
	})
	return done, Counts{Lines: t.lines, Bad: t.bad}, err
}

// AppendLine writes a line as it stands in a segment.
func AppendLine(b []byte, l Line) []byte { return line{seq: l.Seq, json: l.JSON}.appendTo(b) }

// Segment is a file of this machine's own journal, as far as it is decided:
// nobody changes the bytes before Size any more.
type Segment struct {
	Name string // below journal/
	Size int64
}

// Own says what this machine is called in journal/ and lists its segments, those
// too that it wrote under a name it had before. A folder in which nothing was ever
// written has no name and no segments.
func (s *Store) Own(ctx context.Context) (device string, own []Segment, err error) {
	err = s.read(ctx, func(_ *lease, g *ledger) error {
		if device, err = g.text(metaDevice); err != nil {
			return err
		}
		names, err := s.segmentNames()
		told := map[string]bool{} // two of one name in two folders would be one file for the others
		for _, name := range inOrder(names, append(s.formerly(), device)) {
			if p, known := g.progress(name); known && isSegment(name) && p.offset > 0 && !told[path.Base(name)] {
				told[path.Base(name)] = true
				own = append(own, Segment{Name: name, Size: p.offset})
			}
		}
		return err
	})
	return device, own, err
}

// inOrder are the segments of some devices, in the order of the devices.
func inOrder(names, devices []string) (ordered []string) {
	for _, d := range devices {
		for _, name := range names {
			if path.Dir(name) == d {
				ordered = append(ordered, name)
			}
		}
	}
	return ordered
}

// OpenOwn reads a segment of Own from an offset up to its size.
func (s *Store) OpenOwn(seg Segment, from int64) (io.ReadCloser, error) {
	in, err := s.openSegment(segment{name: seg.Name, size: seg.Size}, from)
	if err != nil {
		return nil, err
	}
	return in, nil
}

// Receipt says what became of the lines of another machine.
type Receipt struct {
	New     int
	Clashes []journal.ID // facts that are here already, in other words: they stayed
}

// Receive makes facts that another machine wrote durable, first as lines in that
// machine's own folder of the journal, then in the database. A fact whose id is
// here already stays as it is. Each line must be one that journal.Decode takes;
// if one is not, none is taken.
func (s *Store) Receive(ctx context.Context, machine string, lines []Line) (Receipt, error) {
	var r Receipt
	heard := make([]heardLine, 0, len(lines))
	for _, l := range lines {
		e, err := journal.Decode(l.JSON, s.opts.Calendar)
		if err != nil {
			return r, say.Error("take line %d of %s: %w", l.Seq, machine, err)
		}
		text, err := encodeLine(e, s.opts.Calendar)
		if err != nil {
			return r, say.Error("take line %d of %s: %w", l.Seq, machine, err)
		}
		heard = append(heard, heardLine{l.Seq, encoded{e.ID, text}})
	}
	err := s.write(ctx, func(l *lease, g *ledger) error {
		n, clashes, err := l.receive(g, machine, heard)
		r.New += n // as in Append
		r.Clashes = clashes
		return err
	})
	return r, err
}

// heardLine is a line of another machine as it will be written here.
type heardLine struct {
	seq uint64
	encoded
}

func (l *lease) receive(g *ledger, machine string, heard []heardLine) (added int, clashes []journal.ID, err error) {
	text, clashes, fresh, err := g.sift(heard)
	if err != nil {
		return 0, nil, err
	}
	if fresh == 0 {
		return 0, clashes, errNothing
	}
	f, err := newFold(g)
	if err != nil {
		return 0, nil, err
	}
	if err := f.settleDevice(l.s); err != nil {
		return 0, nil, err
	}
	if !isDevice(machine) || machine == f.device || slices.Contains(l.s.formerly(), machine) {
		machine = elsewhere
	}
	written, err := l.lengthen(f, machine, func() []byte { return text })
	if !written {
		return 0, nil, err
	}
	return fresh, clashes, err
}

// sift writes down the lines whose facts are not there, each once, and names
// those that are there in other words.
func (g *ledger) sift(heard []heardLine) (text []byte, clashes []journal.ID, fresh int, err error) {
	seen := map[journal.ID]string{}
	for _, h := range heard {
		there, known := seen[h.id]
		if !known {
			body, err := g.get(g.facts, h.id[:])
			if err != nil {
				return nil, nil, 0, err
			}
			there, known = string(body), body != nil
		}
		switch {
		case !known:
			text = line{seq: h.seq, json: h.json}.appendTo(text)
			seen[h.id] = string(h.json)
			fresh++
		case there != string(h.json):
			clashes = append(clashes, h.id)
		}
	}
	return text, clashes, fresh, nil
}
