//go:build linux

package main

import (
	"bytes"
	"errors"
	"fmt"
	"hash/maphash"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// disk is a folder as a recording sees it: what programs see of it now, and
// every change in order.
type disk struct {
	nodes []*node // by number; 0 is none, 1 the root
	ops   []op
	// base is what was on the disk when the recording began.
	base map[int]*node
}

const rootNode = 1

// node is a file or a folder, whatever it is called.
type node struct {
	folder bool
	data   []byte
	names  map[string]int
}

func (n *node) clone() *node {
	return &node{folder: n.folder, data: bytes.Clone(n.data), names: maps.Clone(n.names)}
}

// change1 gives a name in a folder to a node, or to none.
type change1 struct {
	folder int
	name   string
	node   int
}

// op is one thing that was done, or said. A write has data, a truncation a size;
// names change all at once, as with a rename.
type op struct {
	kind  opKind
	node  int
	at    int64
	data  []byte
	names []change1
	line  string
}

type opKind int

const (
	opWrite opKind = iota
	opSize         // to at
	opNames
	opSync // of node
	opSay
)

// newDisk reads what is in a folder.
func newDisk(root string) (*disk, error) {
	d := &disk{nodes: []*node{nil}}
	if err := d.load(root); err != nil {
		return nil, err
	}
	d.base = map[int]*node{}
	for i, n := range d.nodes[1:] {
		d.base[i+1] = n.clone()
	}
	return d, nil
}

func (d *disk) load(path string) error {
	me := d.create(true)
	entries, err := os.ReadDir(path)
	if err != nil {
		return err
	}
	for _, e := range entries {
		file := filepath.Join(path, e.Name())
		d.nodes[me].names[e.Name()] = len(d.nodes)
		if e.IsDir() {
			err = d.load(file)
		} else {
			n := d.create(false)
			d.nodes[n].data, err = os.ReadFile(file)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (d *disk) create(folder bool) int {
	n := &node{folder: folder}
	if folder {
		n.names = map[string]int{}
	}
	d.nodes = append(d.nodes, n)
	return len(d.nodes) - 1
}

func (d *disk) do(o op) {
	d.ops = append(d.ops, o)
	o.apply(func(n int) *node { return d.nodes[n] })
}

func (d *disk) write(n int, at int64, data []byte) {
	d.do(op{kind: opWrite, node: n, at: at, data: data})
}
func (d *disk) resize(n int, size int64)  { d.do(op{kind: opSize, node: n, at: size}) }
func (d *disk) sync(n int)                { d.do(op{kind: opSync, node: n}) }
func (d *disk) rename(changes ...change1) { d.do(op{kind: opNames, names: changes}) }
func (d *disk) say(line string)           { d.do(op{kind: opSay, line: line}) }

// apply does it to the nodes it is about.
func (o op) apply(at func(int) *node) {
	switch o.kind {
	case opWrite:
		n := at(o.node)
		n.grow(int(o.at) + len(o.data))
		copy(n.data[o.at:], o.data)
	case opSize:
		n := at(o.node)
		n.grow(int(o.at))
		n.data = n.data[:o.at]
	case opNames:
		for _, c := range o.names {
			if c.node == 0 {
				delete(at(c.folder).names, c.name)
			} else {
				at(c.folder).names[c.name] = c.node
			}
		}
	}
}

func (n *node) grow(size int) {
	if more := size - len(n.data); more > 0 {
		n.data = append(n.data, make([]byte, more)...)
	}
}

// view walks over what a folder holds, names in order.
func view(at func(int) *node, folder int, path string, each func(path string, n *node) error) error {
	names := at(folder).names
	for _, name := range slices.Sorted(maps.Keys(names)) {
		n, file := at(names[name]), filepath.Join(path, name)
		if err := each(file, n); err != nil {
			return err
		}
		if n.folder {
			if err := view(at, names[name], file, each); err != nil {
				return err
			}
		}
	}
	return nil
}

// matches wants the disk to be, at the end of a recording, what the folder is.
func (d *disk) matches(root string) error {
	there, err := newDisk(root)
	if err != nil {
		return err
	}
	seen := map[string]*node{}
	_ = view(func(n int) *node { return there.nodes[n] }, rootNode, "", func(path string, n *node) error {
		seen[path] = n
		return nil
	})
	err = view(func(n int) *node { return d.nodes[n] }, rootNode, "", func(path string, n *node) error {
		real, ok := seen[path]
		delete(seen, path)
		if !ok || real.folder != n.folder || !bytes.Equal(real.data, n.data) {
			return fmt.Errorf("the recording is not whole: %s is another", path)
		}
		return nil
	})
	for path := range seen {
		err = errors.Join(err, fmt.Errorf("the recording is not whole: %s is not in it", path))
	}
	return err
}

// crash is the disk after its first so many changes, and what of them is not
// durable yet.
type crash struct {
	d       *disk
	after   int           // so many changes
	durable map[int]*node // their contents; names are in ops alone
	pending []int         // changes of data that no sync covers, in order
	names   []int         // all changes of names so far
	loose   map[int]bool  // those of them that no sync covers
	// unsynced plays a disk that ignores every sync.
	unsynced bool
}

func (d *disk) crash() *crash {
	c := &crash{d: d, durable: map[int]*node{}, loose: map[int]bool{}}
	for n, of := range d.base {
		c.durable[n] = of.clone()
	}
	return c
}

// step takes the next change in.
func (c *crash) step() {
	i, o := c.after, c.d.ops[c.after]
	c.after++
	switch o.kind {
	case opWrite, opSize:
		c.forget(o)
		c.pending = append(c.pending, i)
	case opNames:
		c.names = append(c.names, i)
		c.loose[i] = true
	case opSync:
		if !c.unsynced {
			c.settle(o.node)
		}
	}
}

// forget takes older writes to the very place of a write out of the choices, but
// for the last: in a file that is never synced they would be without end.
func (c *crash) forget(o op) {
	same := 0
	for _, i := range slices.Backward(c.pending) {
		old := c.d.ops[i]
		if old.kind == opWrite && old.node == o.node && old.at == o.at && len(old.data) == len(o.data) {
			if same++; same > 1 {
				c.pending = slices.DeleteFunc(c.pending, func(j int) bool { return j == i })
				return
			}
		}
	}
}

// settle makes durable what a sync of a node covers: of a file its contents, of
// a folder its names. A move between two folders is durable once both are.
func (c *crash) settle(n int) {
	if now := c.content(n); !now.folder {
		now.data = bytes.Clone(now.data) // images that were made share the old bytes
	}
	c.pending = slices.DeleteFunc(c.pending, func(i int) bool {
		o := c.d.ops[i]
		if o.node != n {
			return false
		}
		o.apply(c.content)
		return true
	})
	for i := range c.loose {
		names := c.d.ops[i].names
		folders := 0
		for j := range names {
			if names[j].folder != n && !c.settled(i, names[j].folder) {
				folders++
			}
		}
		if folders == 0 {
			delete(c.loose, i)
		}
	}
}

// settled says whether a folder was synced since a change of names in it.
func (c *crash) settled(since, folder int) bool {
	return slices.ContainsFunc(c.d.ops[since:c.after], func(o op) bool { return o.kind == opSync && o.node == folder })
}

// content is a node of the durable disk; it is made if it is new.
func (c *crash) content(n int) *node {
	if c.durable[n] == nil {
		c.durable[n] = &node{folder: c.d.nodes[n].folder}
	}
	return c.durable[n]
}

// choice says what of the changes that are not durable reached the disk.
type choice struct {
	lost map[int]bool // changes that did not
	torn map[int]int  // writes of which only so many bytes did; below 0: all but so many at their beginning
}

// image is one state that a crash can leave.
type image struct {
	nodes map[int]*node
}

func (m *image) at(n int) *node { return m.nodes[n] }

// image makes the state that a choice leaves.
func (c *crash) image(ch choice) *image {
	m := &image{nodes: map[int]*node{}}
	for n := range c.d.nodes {
		if n == 0 {
			continue
		}
		made := &node{folder: c.d.nodes[n].folder}
		if base := c.d.base[n]; made.folder && base != nil {
			made.names = maps.Clone(base.names)
		} else if made.folder {
			made.names = map[string]int{}
		} else if now := c.durable[n]; now != nil {
			made.data = now.data[:len(now.data):len(now.data)]
		}
		m.nodes[n] = made
	}
	own := map[int]bool{} // nodes whose bytes are the image's own
	for _, i := range c.pending {
		o := c.d.ops[i]
		if ch.lost[i] {
			continue
		}
		if !own[o.node] {
			own[o.node] = true
			m.nodes[o.node].data = bytes.Clone(m.nodes[o.node].data)
		}
		if n, torn := ch.torn[i]; torn {
			o = o.tear(n)
		}
		o.apply(m.at)
	}
	for _, i := range c.names {
		if !ch.lost[i] {
			c.d.ops[i].apply(m.at)
		}
	}
	return m
}

// tear leaves the first n bytes of a write, or takes the first -n away.
func (o op) tear(n int) op {
	if n < 0 {
		o.at, o.data = o.at-int64(n), o.data[-n:]
	} else {
		o.data = o.data[:n]
	}
	return o
}

var seed = maphash.MakeSeed()

// sum is the same for two images that a program could not tell apart.
func (m *image) sum() uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	_ = view(m.at, rootNode, "", func(path string, n *node) error {
		fmt.Fprintf(&h, "%s %v %d\n", path, n.folder, len(n.data))
		_, _ = h.Write(n.data)
		return nil
	})
	return h.Sum64()
}

// put writes the image to a folder, in place of what is there.
func (m *image) put(root string) error {
	if err := os.RemoveAll(root); err != nil {
		return err
	}
	if err := os.MkdirAll(root, 0o700); err != nil {
		return err
	}
	return view(m.at, rootNode, root, func(path string, n *node) error {
		if n.folder {
			return os.Mkdir(path, 0o700)
		}
		return os.WriteFile(path, n.data, 0o600)
	})
}
