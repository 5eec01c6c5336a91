package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"slices"

	"lull/routine/journal"
)

// salvage finds every fact that can still be read in a file that was a database
// once, whatever its pages say of each other: a fact is an id, the checksum of
// id and line, and the line, side by side, so it can be told from anything else
// wherever it lies. It calls each for every copy it finds, with memory that is
// each's to keep, and returns how many bytes the disk would not give.
func salvage(r io.ReaderAt, size int64, each func(id journal.ID, json []byte)) (lost int64) {
	const step, overlap = 1 << 20, journal.MaxLine + sealSize + len(journal.ID{})
	b := make([]byte, step+overlap)
	effort := 8*size + 64<<20 // beyond this only what looks like a fact is looked at
	after := int64(0)         // where the last fact ended
	for at := int64(0); at < size; at += step {
		window := b[:min(int64(len(b)), size-at)]
		lost += readPatiently(r, window, at)
		for i := int(max(after-at, 0)); i < len(window); i++ {
			next := bytes.IndexByte(window[i:], '{')
			if next < 0 || i+next >= step+sealSize+len(journal.ID{}) {
				break
			}
			i += next
			id, end := factAt(window, i, &effort)
			if end == 0 {
				continue
			}
			each(id, bytes.Clone(window[i:end]))
			after = at + int64(end)
			i = end - 1
		}
	}
	return lost
}

// readPatiently fills b with what lies at an offset. Where the disk gives an
// error it leaves zeros, block by block, and counts them.
func readPatiently(r io.ReaderAt, b []byte, at int64) (lost int64) {
	if n, err := r.ReadAt(b, at); err == nil || errors.Is(err, io.EOF) {
		clear(b[n:])
		return 0
	}
	const block = 4096
	for part := range slices.Chunk(b, block) {
		if _, err := r.ReadAt(part, at); err != nil && !errors.Is(err, io.EOF) {
			clear(part)
			lost += int64(len(part))
		}
		at += int64(len(part))
	}
	return lost
}

// factAt returns the fact whose line begins at i, and the end of its line, or 0.
func factAt(b []byte, i int, effort *int64) (id journal.ID, end int) {
	start := i - sealSize - len(id)
	if start < 0 || i+1 >= len(b) || !bytes.ContainsRune([]byte("\" \t"), rune(b[i+1])) {
		return id, 0
	}
	copy(id[:], b[start:])
	line := b[i:min(len(b), i+journal.MaxLine)]
	if *effort < 0 && !bytes.Contains(line[:min(len(line), 512)], []byte(id.String())) {
		return id, 0 // every line of ours says its id soon
	}
	n := objectLength(line)
	if n == 0 {
		*effort -= int64(len(line))
		return id, 0
	}
	*effort -= int64(n)
	if _, whole := unseal(id[:], b[i-sealSize:i+n]); !whole {
		return id, 0
	}
	return id, i + n
}

// objectLength is the length of the JSON object that b begins with, or 0.
func objectLength(b []byte) int {
	depth, quoted := 0, false
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case c < ' ' && c != '\t': // no line of ours holds one
			return 0
		case quoted:
		case c == '{':
			depth++
		case c == '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}

// mention is a fact that a damaged database speaks of.
type mention struct {
	Lost
	inner journal.ID // what its spoiled record says its id is, if that is whole
}

type mentioned []mention

// mentions finds the facts that a damaged database speaks of, with a night or day
// of theirs: those that have a label, and those whose own record is spoiled. With
// it one can say what could not be saved.
func mentions(r io.ReaderAt, size int64) mentioned {
	var found mentioned
	b := make([]byte, boltPage)
	for at := int64(2 * boltPage); at < size; at += boltPage {
		clear(b)
		readPatiently(r, b[:min(boltPage, size-at)], at)
		found.page(b, true)
	}
	return found
}

// page looks at each element of a leaf by itself; one that makes no sense is left
// out. A page inside a record may hold no more of them.
func (m *mentioned) page(b []byte, nest bool) {
	if len(b) < pageHeader || binary.NativeEndian.Uint16(b[8:]) != flagLeaf {
		return
	}
	for i := range int(binary.NativeEndian.Uint16(b[10:])) {
		at := pageHeader + i*elementSize
		if at+elementSize > len(b) {
			return
		}
		e, position, keySize, valueSize := parseElement(b[at:at+elementSize], false)
		from, to := at+position, at+position+keySize+valueSize
		if position < 0 || keySize <= 0 || valueSize < 0 || from < at || to < from || from+keySize > len(b) {
			continue
		}
		e.key, e.value = b[from:from+keySize], b[from+keySize:min(to, len(b))]
		if e.flags == elementBucket && nest && len(e.value) > bucketHeader {
			m.page(e.value[bucketHeader:], false)
			continue
		}
		m.element(e, to <= len(b))
	}
}

func (m *mentioned) element(e element, all bool) {
	const day, size = 4, len(journal.ID{})
	body, whole := unseal(e.key, e.value)
	switch {
	case len(e.key) == day+size && whole && len(body) == 0:
		id := journal.ID(e.key[day:])
		*m = append(*m, mention{Lost{id, keyDate(e.key)}, id})
	case len(e.key) == size && all && !whole && len(e.value) > sealSize && e.value[sealSize] == '{':
		id := journal.ID(e.key)
		*m = append(*m, mention{Lost{id, dateOf(id)}, idIn(e.value)})
	}
}

// dateOf is the date, in UTC, on which an id says that it was made; 0 for one
// that does not say.
func dateOf(id journal.ID) journal.Date {
	at, told := id.Time()
	if !told {
		return 0
	}
	return journal.MakeDate(at.Date())
}
