package store

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"io"
	"os"

	"lull/routine/journal"
	"lull/routine/say"
)

// bbolt keeps the state of its file in two meta pages, written in turn. All
// numbers are in the machine's own byte order.
const (
	pageHeader  = 16 // id (8) flags (2) count (2) overflow (4)
	metaSize    = 64
	metaMagic   = 0xED0CDAED
	metaVersion = 2

	minPage = 1 << 10
	maxPage = 16 << 20
)

// meta is what a good meta page says.
type meta struct {
	pageSize int64
	root     uint64 // page of the root bucket
	freelist uint64
	top      uint64 // the first page number never used
	txid     uint64
}

func (m meta) bytes() int64 { return int64(m.top) * m.pageSize }

var errMeta error = say.Fault("not a meta page")

// parseMeta reads the bytes after a page's header.
func parseMeta(b []byte) (meta, error) {
	order := binary.NativeEndian
	if len(b) < metaSize || order.Uint32(b) != metaMagic || order.Uint32(b[4:]) != metaVersion {
		return meta{}, errMeta
	}
	sum := fnv.New64a()
	sum.Write(b[:56])
	if sum.Sum64() != order.Uint64(b[56:]) {
		return meta{}, errMeta
	}
	m := meta{
		pageSize: int64(order.Uint32(b[8:])),
		root:     order.Uint64(b[16:]), freelist: order.Uint64(b[32:]),
		top: order.Uint64(b[40:]), txid: order.Uint64(b[48:]),
	}
	if m.pageSize < minPage || m.pageSize > maxPage || m.pageSize&(m.pageSize-1) != 0 {
		return meta{}, errMeta
	}
	return m, nil
}

// readMetas returns the newest good meta page, and whether the other one is
// spoiled. A power cut may leave one spoiled; then the older state is whole.
func readMetas(r io.ReaderAt) (newest meta, spoiled bool, err error) {
	first, err := metaAt(r, 0)
	if err == nil {
		second, err := metaAt(r, first.pageSize)
		if err != nil || second.pageSize != first.pageSize {
			return first, true, nil
		}
		if second.txid > first.txid {
			return second, false, nil
		}
		return first, false, nil
	}
	for at := int64(minPage); at <= maxPage; at <<= 1 {
		if second, err := metaAt(r, at); err == nil && second.pageSize == at {
			return second, true, nil
		}
	}
	const neither say.Key = "neither of its two first pages can be read"
	if means(err, diskFails) {
		return meta{}, true, fmt.Errorf("%s: %w", neither, err)
	}
	return meta{}, true, say.Error(neither)
}

func metaAt(r io.ReaderAt, at int64) (meta, error) {
	var b [pageHeader + metaSize]byte
	if _, err := r.ReadAt(b[:], at); err != nil {
		return meta{}, err
	}
	return parseMeta(b[pageHeader:])
}

// check says what makes the state impossible for a file of this size.
func (m meta) check(size int64) error {
	switch {
	case m.top > uint64(size)/uint64(m.pageSize):
		return say.Error("it is %d bytes long and should be %d at least: its end is cut off", size, m.bytes())
	case m.root < 2 || m.root >= m.top:
		return say.Error("its root is on page %d of %d", m.root, m.top)
	case m.freelist < 2 || m.freelist >= m.top:
		return say.Error("its list of free pages is on page %d of %d", m.freelist, m.top)
	}
	return nil
}

// identity is a state of lull.db: which file, and which transaction in it.
type identity struct {
	device, inode uint64
	size          int64
	changed       int64 // nanoseconds since 1970
	txid          uint64
}

func identify(f *os.File) (identity, error) {
	info, err := f.Stat()
	if err != nil {
		return identity{}, err
	}
	device, inode := fileKey(f, info)
	return identity{device: device, inode: inode, size: info.Size(), changed: info.ModTime().UnixNano()}, nil
}

// stamp tells states apart: consecutive ones of a file, and one file from its
// replacement.
func (id identity) stamp() journal.Stamp {
	h := fnv.New64a()
	_ = binary.Write(h, binary.BigEndian, []uint64{id.device, id.inode})
	return journal.Stamp(max(h.Sum64()+id.txid, 1))
}
