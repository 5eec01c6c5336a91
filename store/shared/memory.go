package shared

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"
	"time"

	"lull/routine/peers"
	"lull/store"
)

// memory is what this machine remembers of a folder. Losing it costs reading
// everything once more, and nothing else.
type memory struct {
	Version string             // of lull: another one may take what this one refused
	Writer  string             // this machine's name in the folder
	Met     time.Time          // the last exchange that did anything
	Files   map[string]*record // what was read, by name
	Written map[string]*record // this machine's own files as they were left
}

// record is a file as it was last read or written.
type record struct {
	Size    int64
	Changed int64  // its time of change, nanoseconds since 1970
	Done    int64  // everything before is decided
	Sum     uint32 // CRC-32C of those bytes
	Facts   int
	Seen    time.Time // when it was found new or changed
	Refused []peers.Refusal
}

func (r *record) matches(e entry) bool { return r != nil && r.Size == e.size && r.Changed == e.changed }

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

const maxMemory = 16 << 20

// memoryFile is where the memory of a folder lies: one file for each folder.
func (x *Exchange) memoryFile(dir string) string {
	h := fnv.New64a()
	_, _ = io.WriteString(h, dir)
	return filepath.Join(x.data, folderName, fmt.Sprintf("%016x.state", h.Sum64()))
}

const (
	folderName = "sync" // below the data folder
	headForm   = "lull sync 1 %016x %08x\n"
	headSize   = len("lull sync 1 0123456789abcdef 01234567\n")
)

// openMemory opens a memory, and nothing that stands in its place.
func (x *Exchange) openMemory(dir string) (*os.File, error) {
	f, err := os.OpenFile(x.memoryFile(dir), os.O_RDONLY|careful, 0)
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, errors.Join(err, errOther, f.Close())
	}
	return f, nil
}

// recall reads a memory and the key under which it was kept; a fresh one if
// there is none that is whole.
func (x *Exchange) recall(dir string) *memory {
	fresh := &memory{Version: x.o.Version, Files: map[string]*record{}, Written: map[string]*record{}}
	f, err := x.openMemory(dir)
	if err != nil {
		return fresh
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxMemory))
	var key uint64
	var sum uint32
	if err != nil || len(b) < headSize {
		return fresh
	}
	if _, err := fmt.Sscanf(string(b[:headSize]), headForm, &key, &sum); err != nil || sum != crc32.Checksum(b[headSize:], castagnoli) {
		return fresh
	}
	m := &memory{}
	if json.Unmarshal(b[headSize:], m) != nil || m.Files == nil || m.Written == nil {
		return fresh
	}
	if m.Version != x.o.Version {
		m.Version, m.Files = x.o.Version, map[string]*record{}
	}
	return m
}

// lastKey reads no more than the key of a memory; 0 if there is none.
func (x *Exchange) lastKey(dir string) (key uint64) {
	f, err := x.openMemory(dir)
	if err != nil {
		return 0
	}
	defer f.Close()
	head := make([]byte, headSize)
	if _, err := io.ReadFull(f, head); err != nil {
		return 0
	}
	var sum uint32
	if _, err := fmt.Sscanf(string(head), headForm, &key, &sum); err != nil {
		return 0
	}
	return key
}

// keep puts a memory in place in one step. It is not synced: a torn one is
// noticed and made anew.
func (x *Exchange) keep(dir string, m *memory, key uint64) error {
	body, err := json.Marshal(m)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, headForm, key, crc32.Checksum(body, castagnoli))
	b.Write(body)
	name := x.memoryFile(dir)
	made := name + ".tmp"
	_ = os.Remove(made) // of an exchange that was cut off; nothing is written through what stands there
	f, err := os.OpenFile(made, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err == nil {
		_, err = f.Write(b.Bytes())
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		return store.Explain(err, "write", name)
	}
	return os.Rename(made, name)
}
