package store

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"os"
	"slices"
)

// imprint is what the folded part of a segment was. Segments only get longer, so
// it stays true whatever is written later, by this lull or an older one; where it
// does not, another program was at the file. The zero imprint says nothing and
// fits everything.
type imprint struct {
	offset int64  // it is about the bytes before
	tail   uint32 // CRC-32C of the last tailSize of them
	whole  uint32 // and of all of them
}

const (
	imprintSize = 16
	// tailSize is as much as every access reads again: more than most lines, so
	// that it holds a number, an id and a checksum that no other file ends with.
	tailSize = 512
)

func (g *ledger) imprint(name string) (im imprint, known bool) {
	if g.imprints == nil {
		return imprint{}, false
	}
	body, ok := unseal([]byte(name), g.imprints.Get([]byte(name)))
	if !ok || len(body) != imprintSize {
		return imprint{}, false
	}
	return imprint{
		offset: int64(binary.BigEndian.Uint64(body)),
		tail:   binary.BigEndian.Uint32(body[8:]), whole: binary.BigEndian.Uint32(body[12:]),
	}, true
}

func (g *ledger) setImprint(name string, im imprint) error {
	if g.imprints == nil {
		return nil
	}
	body := binary.BigEndian.AppendUint64(nil, uint64(im.offset))
	body = binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(body, im.tail), im.whole)
	return put(g.imprints, []byte(name), body)
}

// lacksImprint says that there is room for an imprint and none is there, as
// after a migration.
func (g *ledger) lacksImprint(name string) bool {
	_, known := g.imprint(name)
	return g.imprints != nil && !known
}

// pressed is the imprint of a segment up to an offset, begun with the one that is
// known of its first part.
func pressed(f io.ReaderAt, known imprint, to int64) (imprint, error) {
	if known.offset > to {
		known = imprint{}
	}
	whole, err := sumOf(f, known.whole, known.offset, to)
	if err != nil {
		return imprint{}, err
	}
	tail, err := sumOf(f, 0, max(0, to-tailSize), to)
	return imprint{offset: to, tail: tail, whole: whole}, err
}

// sumOf goes on with a CRC-32C over the bytes between two offsets.
func sumOf(f io.ReaderAt, sum uint32, from, to int64) (uint32, error) {
	b := make([]byte, min(to-from, 1<<16))
	for from < to {
		part := b[:min(int64(len(b)), to-from)]
		if n, err := f.ReadAt(part, from); n < len(part) {
			return 0, errors.Join(err, io.ErrUnexpectedEOF)
		}
		sum = crc32.Update(sum, castagnoli, part)
		from += int64(len(part))
	}
	return sum, nil
}

// fits says whether a segment still is what the imprint says: by its tail, or
// with all by every byte.
func (im imprint) fits(f io.ReaderAt, all bool) (bool, error) {
	tail, err := sumOf(f, 0, max(0, im.offset-tailSize), im.offset)
	if err != nil || tail != im.tail || !all {
		return tail == im.tail, err
	}
	whole, err := sumOf(f, 0, 0, im.offset)
	return whole == im.whole, err
}

// findAltered lists those of the named segments that another program has changed
// since they were folded. One that has become shorter is found by its size; one
// that cannot be read is for whoever needs its lines to tell.
func (l *lease) findAltered(g *ledger) {
	l.altered = nil
	for _, name := range l.names {
		im, known := g.imprint(name)
		if !known || im.offset == 0 {
			continue
		}
		f, err := openFile(l.s.segmentPath(name), os.O_RDONLY)
		if err != nil {
			continue
		}
		fits, err := im.fits(f, l.thorough)
		_ = f.Close()
		if err == nil && !fits {
			l.altered = append(l.altered, name)
		}
	}
}

// foldAgain says, once, that a segment is to be folded from its start.
func (l *lease) foldAgain(name string) bool {
	at := slices.Index(l.altered, name)
	if at < 0 {
		return false
	}
	l.altered = slices.Delete(l.altered, at, at+1)
	l.s.warn("%s was changed by another program: it was read anew, and what is gone from it is in %s alone; `lull check` looks at all of it, `lull check --repair` writes it down again",
		l.s.segmentPath(name), l.s.path(dbName))
	return true
}

// vouch notes the imprint of a segment that was folded by a lull which knew none.
// Where the file cannot be read nothing is said of it, for its facts are here.
func (f *fold) vouch(s *Store, seg segment, p progress) error {
	var im imprint
	if file, err := openFile(s.segmentPath(seg.name), os.O_RDONLY); err == nil {
		if im, err = pressed(file, imprint{}, p.offset); err != nil {
			im = imprint{}
		}
		_ = file.Close()
	}
	return f.setImprint(seg.name, im)
}
