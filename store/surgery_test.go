package store

import (
	"bytes"
	"encoding/binary"
	"hash/fnv"
	"path/filepath"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"
)

// body is a database as bytes, cut open.
type body struct {
	t *testing.T
	b []byte
	m meta
}

const smallPage = 1024

// dissect makes a database with a page of every kind.
func dissect(t *testing.T) *body {
	t.Helper()
	name := filepath.Join(t.TempDir(), "any.db")
	db, err := bolt.Open(name, 0o600, &bolt.Options{Timeout: time.Second, PageSize: smallPage, NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	fill := func(name string, n, size int) func(*bolt.Tx) error {
		return func(tx *bolt.Tx) error {
			b, err := tx.CreateBucket([]byte(name))
			for i := 0; err == nil && i < n; i++ {
				key := binary.BigEndian.AppendUint32(nil, uint32(i)<<8)
				err = put(b, key, bytes.Repeat([]byte{'v'}, size))
			}
			return err
		}
	}
	for _, change := range []func(*bolt.Tx) error{
		fill("gone", 60, 60), fill("tree", 60, 60), fill("inside", 2, 3), fill("one", 1, 500), fill("over", 2, 3000),
		func(tx *bolt.Tx) error { return tx.DeleteBucket([]byte("gone")) },
	} {
		if err := db.Update(change); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s := &body{t: t, b: read(t, name)}
	if s.m, _, err = readMetas(bytes.NewReader(s.b)); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *body) page(id uint64) []byte { return s.b[id*smallPage:][:smallPage] }

// find returns the record with the key in a page, and the page's bytes from
// that record's element on.
func (s *body) find(id uint64, key string) (e element, at []byte) {
	s.t.Helper()
	p := page{id: id, flags: binary.NativeEndian.Uint16(s.page(id)[8:]), count: int(binary.NativeEndian.Uint16(s.page(id)[10:])), data: s.b[id*smallPage:]}
	all, err := p.elements()
	if err != nil {
		s.t.Fatal(err)
	}
	for i, e := range all {
		if string(e.key) == key {
			return e, p.data[pageHeader+i*elementSize:]
		}
	}
	s.t.Fatalf("page %d has no %q", id, key)
	return element{}, nil
}

// root is the page where a bucket starts.
func (s *body) root(bucket string) uint64 {
	e, _ := s.find(s.m.root, bucket)
	return binary.NativeEndian.Uint64(e.value)
}

// child is the i-th page below a branch.
func (s *body) child(branch uint64, i int) uint64 {
	return binary.NativeEndian.Uint64(s.page(branch)[pageHeader+i*elementSize+8:])
}

// reseal writes the newest meta page with other numbers in it.
func (s *body) reseal(change func(b []byte)) {
	for slot := range uint64(2) {
		b := s.page(slot)[pageHeader:]
		change(b)
		sum := fnv.New64a()
		sum.Write(b[:56])
		binary.NativeEndian.PutUint64(b[56:], sum.Sum64())
	}
}

// operations are single faults, each made so that only one check can find it.
var operations = []struct {
	name string
	do   func(s *body)
	says string
}{
	{"two keys of a leaf change places", func(s *body) {
		p := s.page(s.child(s.root("tree"), 1))
		position := func(i int) int {
			return pageHeader + i*elementSize + int(binary.NativeEndian.Uint32(p[pageHeader+i*elementSize+4:]))
		}
		a, b := p[position(1):][:4], p[position(2):][:4]
		for i := range a {
			a[i], b[i] = b[i], a[i]
		}
	}, "do not rise"},
	{"a page drops off the list of free pages", func(s *body) {
		p := s.page(s.m.freelist)
		binary.NativeEndian.PutUint16(p[10:], binary.NativeEndian.Uint16(p[10:])-1)
	}, "neither in use nor free"},
	{"a page in use is listed as free", func(s *body) {
		p := s.page(s.m.freelist)
		n := int(binary.NativeEndian.Uint16(p[10:]))
		binary.NativeEndian.PutUint64(p[pageHeader+8*n:], s.m.top-1)
		binary.NativeEndian.PutUint16(p[10:], uint16(n+1))
	}, "used twice"},
	{"a page is reached twice", func(s *body) {
		r := s.root("tree")
		binary.NativeEndian.PutUint64(s.page(r)[pageHeader+elementSize+8:], s.child(r, 0))
	}, "used twice"},
	{"the list of free pages does not rise", func(s *body) {
		p := s.page(s.m.freelist)[pageHeader:]
		a, b := bytes.Clone(p[:8]), bytes.Clone(p[8:16])
		copy(p, b)
		copy(p[8:], a)
	}, "after"},
	{"the list of free pages is longer than its page", func(s *body) {
		binary.NativeEndian.PutUint16(s.page(s.m.freelist)[10:], 999)
	}, "more than fit"},
	{"the list of free pages is something else", func(s *body) { s.page(s.m.freelist)[8] = flagLeaf }, "should be the list"},
	{"a page takes another's number", func(s *body) { s.page(s.root("tree"))[0]++ }, "says it is page"},
	{"a page is of no kind", func(s *body) { s.page(s.root("tree"))[8] = 3 }, "of no kind"},
	{"a page of one record loses it", func(s *body) { s.page(s.root("one"))[10] = 0 }, "lost its records"},
	{"a leaf in a tree loses its records", func(s *body) {
		p := s.page(s.child(s.root("tree"), 1))
		clear(p[10:])
	}, "lost its records"},
	{"a branch loses its children", func(s *body) { s.page(s.root("tree"))[10] = 0 }, "leads nowhere"},
	{"a branch leads out of the file", func(s *body) {
		binary.NativeEndian.PutUint64(s.page(s.root("tree"))[pageHeader+8:], 1<<40)
	}, "is referred to"},
	{"a page runs past the end", func(s *body) { binary.NativeEndian.PutUint32(s.page(s.root("over"))[12:], 1<<20) }, "runs past the end"},
	{"a leaf starts below its branch", func(s *body) {
		p := s.page(s.child(s.root("tree"), 1))
		clear(p[pageHeader+int(binary.NativeEndian.Uint32(p[pageHeader+4:])):][:4])
	}, "belong elsewhere"},
	{"a leaf starts later than its branch says", func(s *body) {
		p := s.page(s.child(s.root("tree"), 1))
		p[pageHeader+int(binary.NativeEndian.Uint32(p[pageHeader+4:]))+3]++
	}, "belong elsewhere"},
	{"a leaf ends behind the next", func(s *body) {
		p := s.page(s.child(s.root("tree"), 0))
		last := pageHeader + (int(binary.NativeEndian.Uint16(p[10:]))-1)*elementSize
		p[last+int(binary.NativeEndian.Uint32(p[last+4:]))] = 0xff
	}, "belong elsewhere"},
	{"a record leaves a gap", func(s *body) {
		p := s.page(s.child(s.root("tree"), 0))
		p[pageHeader+12]--
	}, "overlap or leave a gap"},
	{"a record has no key", func(s *body) {
		p := s.page(s.root("one"))
		size := binary.NativeEndian.Uint32(p[pageHeader+8:])
		binary.NativeEndian.PutUint32(p[pageHeader+8:], 0)
		binary.NativeEndian.PutUint32(p[pageHeader+12:], binary.NativeEndian.Uint32(p[pageHeader+12:])+size)
	}, "overlap or leave a gap"},
	{"a record becomes a bucket", func(s *body) { s.page(s.root("one"))[pageHeader] = elementBucket }, "wrong kind"},
	{"a bucket becomes a record", func(s *body) {
		_, at := s.find(s.m.root, "tree")
		at[0] = 0
	}, "wrong kind"},
	{"a bucket has bytes too many", func(s *body) {
		e, at := s.find(s.m.root, "tree") // the last one
		binary.NativeEndian.PutUint32(at[12:], uint32(len(e.value)+1))
	}, "wrong size"},
	{"a bucket inside has bytes too many", func(s *body) {
		e, _ := s.find(s.m.root, "inside")
		last := e.value[bucketHeader+pageHeader+elementSize:]
		binary.NativeEndian.PutUint32(last[12:], binary.NativeEndian.Uint32(last[12:])-1)
	}, "wrong size"},
	{"a bucket inside is of another kind", func(s *body) {
		e, _ := s.find(s.m.root, "inside")
		e.value[bucketHeader+8] = flagBranch
	}, "cannot be read"},
	{"the root is out of the file", func(s *body) {
		s.reseal(func(b []byte) { binary.NativeEndian.PutUint64(b[16:], 1<<40) })
	}, "its root is on page"},
	{"the list of free pages is out of the file", func(s *body) {
		s.reseal(func(b []byte) { binary.NativeEndian.PutUint64(b[32:], ^uint64(0)) })
	}, "its list of free pages is on page"},
	{"the end is cut off", func(s *body) { s.b = s.b[:(s.m.top-1)*smallPage] }, "its end is cut off"},
}

func TestTheVerifierSeesEachFault(t *testing.T) {
	for _, o := range operations {
		t.Run(o.name, func(t *testing.T) {
			s := dissect(t)
			if _, err := verify(bytes.NewReader(s.b), int64(len(s.b)), s.m); err != nil {
				t.Fatalf("it was not healthy: %v", err)
			}
			o.do(s)
			m, _, err := readMetas(bytes.NewReader(s.b))
			if err == nil {
				_, err = verify(bytes.NewReader(s.b), int64(len(s.b)), m)
			}
			if err == nil || !strings.Contains(err.Error(), o.says) {
				t.Errorf("the verifier says %v, not that %q", err, o.says)
			}
		})
	}
}

func TestTheVerifierCountsRecordsThatDoNotMatch(t *testing.T) {
	s := dissect(t)
	for _, key := range []string{"\x00\x00\x00\x00", "\x00\x00\x03\x00"} {
		e, _ := s.find(s.child(s.root("tree"), 0), key)
		e.value[7] ^= 4
	}
	e, _ := s.find(s.root("over"), "\x00\x00\x01\x00")
	e.value[2500] ^= 4
	if n, err := verify(bytes.NewReader(s.b), int64(len(s.b)), s.m); n != 3 || err != nil {
		t.Errorf("it counts %d, %v", n, err)
	}
}
