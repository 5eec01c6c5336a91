package store

import (
	"bytes"
	"encoding/binary"
	"io"

	"lull/routine/say"
)

// verify reads every page of a database that can be reached and says what is
// wrong with it: the error is the first fault in the structure, the number
// counts the records whose checksum is wrong. It reads with pread only, so no
// damage can take the program down, as it can inside a memory map; what it
// passes, bbolt can open, read and write.
//
// Checked are: every page says its own number and kind; elements fill a page
// without a gap and keys rise, within the range their parent gives them; no
// page is used twice; the list of free pages rises and is disjoint from the
// pages in use; every page is in use or free; the file is long enough.
func verify(r io.ReaderAt, size int64, m meta) (unsealed int, err error) {
	if err := m.check(size); err != nil {
		return 0, err
	}
	v := &verifier{r: r, m: m, used: make([]bool, m.top)}
	v.used[0], v.used[1] = true, true
	if err := v.freePages(); err != nil {
		return 0, err
	}
	if err := v.tree(m.root, rootDepth, keyRange{}); err != nil {
		return 0, err
	}
	for id, used := range v.used {
		if !used {
			return 0, say.Error("page %d is neither in use nor free", id)
		}
	}
	return v.unsealed, nil
}

const (
	flagBranch   = 0x01
	flagLeaf     = 0x02
	flagFreelist = 0x10

	// elementSize is, in a branch, position (4) key size (4) page (8), and in a
	// leaf, flags (4) position (4) key size (4) value size (4).
	elementSize   = 16
	bucketHeader  = 16 // root page (8) sequence (8)
	elementBucket = 1  // the flag of a leaf element that is a bucket

	rootDepth = 0
	maxDepth  = 40
)

type verifier struct {
	r        io.ReaderAt
	m        meta
	used     []bool
	buffers  [maxDepth][]byte // one per depth: a parent's keys are compared with its children's
	nested   bool             // inside a bucket of the root
	unsealed int
}

// keyRange bounds the keys below a branch: from the first, which a page begins
// with, short of the second. Where a page began with a later key bbolt would pass
// it, and at the next write give its parent two ways to it.
type keyRange struct{ from, to []byte }

// page is a page's bytes with those of its overflow, and its header read.
type page struct {
	id    uint64
	flags uint16
	count int
	data  []byte
}

func (v *verifier) take(id uint64) error {
	if id < 2 || id >= v.m.top {
		return say.Error("page %d is referred to, and there are %d", id, v.m.top)
	}
	if v.used[id] {
		return say.Error("page %d is used twice", id)
	}
	v.used[id] = true
	return nil
}

// read takes a page and its overflow out of the file.
func (v *verifier) read(id uint64, depth int) (page, error) {
	if depth >= maxDepth {
		return page{}, say.Error("page %d lies deeper than any tree grows", id)
	}
	if err := v.take(id); err != nil {
		return page{}, err
	}
	b, err := v.bytes(v.buffers[depth], id, 0)
	if err != nil {
		return page{}, err
	}
	p := page{id: id, flags: binary.NativeEndian.Uint16(b[8:]), count: int(binary.NativeEndian.Uint16(b[10:]))}
	if own := binary.NativeEndian.Uint64(b); own != id {
		return page{}, say.Error("page %d says it is page %d", id, own)
	}
	overflow := uint64(binary.NativeEndian.Uint32(b[12:]))
	if overflow >= v.m.top-id {
		return page{}, say.Error("page %d runs past the end", id)
	}
	for i := range overflow {
		if err := v.take(id + 1 + i); err != nil {
			return page{}, err
		}
	}
	if overflow > 0 {
		if b, err = v.bytes(b, id, overflow); err != nil {
			return page{}, err
		}
	}
	v.buffers[depth], p.data = b, b
	return p, nil
}

// bytes reads a page with so many more behind it, into b if that is big enough.
func (v *verifier) bytes(b []byte, id, overflow uint64) ([]byte, error) {
	n := int64(overflow+1) * v.m.pageSize
	if int64(cap(b)) < n {
		b = make([]byte, n)
	}
	b = b[:n]
	if _, err := v.r.ReadAt(b, int64(id)*v.m.pageSize); err != nil {
		return nil, say.Error("page %d cannot be read: %w", id, err)
	}
	return b, nil
}

// freePages reads the list of free pages and takes them.
func (v *verifier) freePages() error {
	p, err := v.read(v.m.freelist, rootDepth)
	if err != nil {
		return err
	}
	if p.flags != flagFreelist {
		return say.Error("page %d should be the list of free pages", p.id)
	}
	ids := p.data[pageHeader:]
	n := uint64(p.count)
	if p.count == 0xFFFF { // longer lists carry their length in front
		n, ids = binary.NativeEndian.Uint64(ids), ids[8:]
	}
	if n > uint64(len(ids)/8) {
		return say.Error("the list of free pages says it has %d, more than fit", n)
	}
	last := uint64(1)
	for i := range n {
		id := binary.NativeEndian.Uint64(ids[8*i:])
		if id <= last {
			return say.Error("the list of free pages has %d after %d", id, last)
		}
		if err := v.take(id); err != nil {
			return err
		}
		last = id
	}
	return nil
}

// tree checks a page and all below it.
func (v *verifier) tree(id uint64, depth int, within keyRange) error {
	p, err := v.read(id, depth)
	if err != nil {
		return err
	}
	switch p.flags {
	case flagBranch:
		return v.branch(p, depth, within)
	case flagLeaf:
		return v.leaf(p, depth, within)
	}
	return say.Error("page %d is of no kind that belongs there (%#x)", id, p.flags)
}

func (v *verifier) branch(p page, depth int, within keyRange) error {
	keys, err := p.elements()
	if err != nil {
		return err
	}
	if err := within.holds(p.id, keys); err != nil {
		return err
	}
	if len(keys) == 0 {
		return say.Error("page %d leads nowhere", p.id)
	}
	for i, k := range keys {
		below := keyRange{from: k.key, to: within.to}
		if i+1 < len(keys) {
			below.to = keys[i+1].key
		}
		if err := v.tree(k.child, depth+1, below); err != nil {
			return err
		}
	}
	return nil
}

func (v *verifier) leaf(p page, depth int, within keyRange) error {
	elements, err := p.elements()
	if err != nil {
		return err
	}
	if err := within.holds(p.id, elements); err != nil {
		return err
	}
	if len(elements) == 0 && (within.from != nil || !zero(p.data[pageHeader:])) {
		return say.Error("page %d has lost its records", p.id)
	}
	for _, e := range elements {
		if err := v.element(p.id, e, depth); err != nil {
			return err
		}
	}
	return nil
}

// element checks one record, or the bucket it holds. Only the root has
// buckets, and nothing else.
func (v *verifier) element(id uint64, e element, depth int) error {
	isBucket := e.flags == elementBucket
	if e.flags > elementBucket || isBucket == v.nested {
		return say.Error("page %d has a record of the wrong kind", id)
	}
	if !isBucket {
		if _, ok := unseal(e.key, e.value); !ok {
			v.unsealed++
		}
		return nil
	}
	if len(e.value) < bucketHeader {
		return say.Error("page %d has a bucket that is too short", id)
	}
	v.nested = true
	defer func() { v.nested = false }()
	if root := binary.NativeEndian.Uint64(e.value); root != 0 {
		if len(e.value) != bucketHeader {
			return say.Error("page %d has a bucket of a wrong size", id)
		}
		return v.tree(root, depth+1, keyRange{})
	}
	return v.inline(id, e.value[bucketHeader:], depth)
}

// inline checks a bucket small enough to live in its parent's record.
func (v *verifier) inline(id uint64, b []byte, depth int) error {
	if len(b) < pageHeader || binary.NativeEndian.Uint16(b[8:]) != flagLeaf {
		return say.Error("page %d has a bucket that cannot be read", id)
	}
	p := page{id: id, count: int(binary.NativeEndian.Uint16(b[10:])), data: b}
	elements, err := p.elements()
	if err != nil {
		return err
	}
	end := pageHeader
	for _, e := range elements {
		end += elementSize + len(e.key) + len(e.value)
		if err := v.element(id, e, depth); err != nil {
			return err
		}
	}
	if end != len(b) {
		return say.Error("page %d has a bucket of a wrong size", id)
	}
	return nil
}

// element is one entry of a branch or a leaf.
type element struct {
	flags      uint32
	child      uint64
	key, value []byte
}

var errElements error = say.Fault("its records overlap or leave a gap")

// elements cuts a page into its entries, which must follow each other without
// a gap, with keys that rise.
func (p page) elements() ([]element, error) {
	next := pageHeader + p.count*elementSize
	if next > len(p.data) {
		return nil, say.Error("page %d: %w", p.id, errElements)
	}
	found := make([]element, p.count)
	for i := range found {
		at := pageHeader + i*elementSize
		e, position, keySize, valueSize := parseElement(p.data[at:at+elementSize], p.flags == flagBranch)
		end := next + keySize + valueSize
		if at+position != next || keySize == 0 || end < next || end > len(p.data) {
			return nil, say.Error("page %d: %w", p.id, errElements)
		}
		e.key, e.value = p.data[next:next+keySize], p.data[next+keySize:end]
		if i > 0 && bytes.Compare(found[i-1].key, e.key) >= 0 {
			return nil, say.Error("page %d: its keys do not rise", p.id)
		}
		found[i], next = e, end
	}
	return found, nil
}

func parseElement(b []byte, branch bool) (e element, position, keySize, valueSize int) {
	order := binary.NativeEndian
	if branch {
		return element{child: order.Uint64(b[8:])}, int(order.Uint32(b)), int(order.Uint32(b[4:])), 0
	}
	return element{flags: order.Uint32(b)}, int(order.Uint32(b[4:])), int(order.Uint32(b[8:])), int(order.Uint32(b[12:]))
}

func (r keyRange) holds(id uint64, sorted []element) error {
	if len(sorted) == 0 {
		return nil
	}
	first, last := sorted[0].key, sorted[len(sorted)-1].key
	if r.from != nil && !bytes.Equal(first, r.from) || r.to != nil && bytes.Compare(last, r.to) >= 0 {
		return say.Error("page %d has keys that belong elsewhere", id)
	}
	return nil
}

func zero(b []byte) bool {
	for _, c := range b {
		if c != 0 {
			return false
		}
	}
	return true
}
