// Package shared exchanges facts with other machines through a folder that
// something else replicates. Each machine writes only files of its own there,
// copies of its journal's segments that only ever grow, and reads everybody's.
// docs/SYNC.md says what is promised.
package shared

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"slices"
	"time"

	"lull/routine/journal"
	"lull/routine/peers"
	"lull/routine/say"
	"lull/store"
)

// Options is what an Exchange needs to be told. All of it must be given, but for
// the wait.
type Options struct {
	Clock   func() time.Time
	Rand    io.Reader     // for a new name of this machine
	Version string        // of this lull
	Wait    time.Duration // for another exchange of this machine; zero: 10 s
}

// Exchange is this machine's side of any number of shared folders. It holds
// nothing open between calls; several programs may call at once.
type Exchange struct {
	data string // lull's own folder
	log  *store.Store
	o    Options
}

// New is the side of the machine whose journal lies in the folder data.
func New(data string, log *store.Store, o Options) *Exchange {
	if o.Wait == 0 {
		o.Wait = othersWait
	}
	return &Exchange{data, log, o}
}

// othersWait is how long to wait for another exchange of this machine: much longer
// than one takes that has not thousands of facts to read.
const othersWait = 10 * time.Second

// All does one exchange through the folder, however long it takes.
func (x *Exchange) All(ctx context.Context, dir string) (peers.Outcome, error) {
	f, err := x.open(dir)
	if err != nil {
		return peers.Outcome{}, err
	}
	defer f.close()
	return x.exchange(ctx, f)
}

// Glance exchanges only if something may have changed since the last time, which
// the sizes and times of the files tell, and stops when ctx is over: what is
// left comes with the next.
func (x *Exchange) Glance(ctx context.Context, dir string) (peers.Outcome, error) {
	f, err := x.open(dir)
	if err != nil {
		return peers.Outcome{}, err
	}
	defer f.close()
	if last := x.lastKey(f.path); last != 0 {
		stamp, err := x.log.Stamp()
		if err != nil {
			return peers.Outcome{}, err
		}
		entries, err := f.list()
		if err != nil {
			return peers.Outcome{}, err
		}
		if key(x.o.Version, stamp, entries) == last {
			return peers.Outcome{}, nil
		}
	}
	return x.exchange(ctx, f)
}

// meeting is one exchange.
type meeting struct {
	*Exchange
	*folder
	ctx     context.Context
	m       *memory
	entries []entry
	now     time.Time
	device  string
	out     peers.Outcome
	refused []peers.Refusal // files as a whole
}

func (x *Exchange) exchange(ctx context.Context, f *folder) (out peers.Outcome, err error) {
	release, err := x.log.ExchangeAlone(ctx, x.o.Wait)
	if err != nil {
		return out, err
	}
	defer release()
	m := &meeting{Exchange: x, folder: f, ctx: ctx, m: x.recall(f.path), now: x.o.Clock()}
	stamp, err := m.do()
	k := uint64(0) // look again next time
	if err == nil && m.out.Renamed == "" {
		k = key(x.o.Version, stamp, m.entries)
	}
	m.out.Refused = m.everyRefusal()
	return m.out, errors.Join(err, x.keep(f.path, m.m, k))
}

// do reads what others wrote, then writes what is new here. The stamp it returns
// is older than what was written, so that nothing is ever passed over.
func (m *meeting) do() (stamp journal.Stamp, err error) {
	if m.entries, err = m.list(); err != nil {
		return 0, err
	}
	if err := m.hear(); err != nil {
		return 0, err
	}
	if stamp, err = m.log.Stamp(); err != nil {
		return 0, err
	}
	if m.out.Came > 0 {
		m.m.Met = m.now
	}
	var own []store.Segment
	if m.device, own, err = m.log.Own(m.ctx); err != nil {
		return 0, err
	}
	return stamp, m.tell(own)
}

// writer is this machine's name in the folder.
func (m *meeting) writer() string {
	if m.m.Writer != "" {
		return m.m.Writer
	}
	return m.device
}

// hear takes in what is new in every file. One that cannot be read keeps no
// other from being read.
func (m *meeting) hear() error {
	there := map[string]bool{}
	for _, e := range m.entries {
		there[e.Name] = true
		if why := e.unusable(); why != "" {
			delete(m.m.Files, e.Name)
			m.refused = append(m.refused, peers.Whole(e.Name, why))
			continue
		}
		if m.m.Written[e.Name].matches(e) || m.m.Files[e.Name].matches(e) {
			continue
		}
		err := m.hearFile(e)
		if foul := (*fileError)(nil); errors.As(err, &foul) {
			m.refused = append(m.refused, peers.Whole(e.Name, foul.Error()))
			continue
		}
		if err != nil {
			return err
		}
	}
	for name := range m.m.Files {
		if !there[name] {
			delete(m.m.Files, name)
		}
	}
	return nil
}

// fileError is trouble with one file of the folder, as against trouble here.
type fileError struct{ error }

// batch is how many facts are made durable in one go: few enough that nobody
// waits long for the journal meanwhile.
const batch = 500

// hearFile takes in what is new in one file.
func (m *meeting) hearFile(e entry) error {
	b, err := m.read(e)
	if err != nil {
		return &fileError{plainly(err)}
	}
	r := m.m.Files[e.Name]
	if r == nil || r.Done > int64(len(b)) || r.Sum != sum(b[:r.Done]) {
		r = &record{}
	}
	h := &hearing{meeting: m, e: e, r: record{Size: -1, Done: r.Done, Facts: r.Facts, Seen: m.now, Refused: slices.Clone(r.Refused)}}
	h.safe = h.r
	done, c, err := store.ReadLines(bytes.NewReader(b[r.Done:]), r.Done, h.take)
	if err == nil {
		err = h.flush(done)
	}
	if err != nil { // what was taken is kept in mind, and the rest is read next time
		h.safe.Sum = sum(b[:h.safe.Done])
		m.m.Files[e.Name] = &h.safe
		return err
	}
	h.refuse(c.Bad, say.Text("not as they were written: their checksum does not fit"))
	next := &h.r
	next.Size, next.Changed, next.Done, next.Sum = e.size, e.changed, done, sum(b[:done])
	if int64(len(b)) != e.size { // it grew between the look and the reading
		next.Size = -1
	}
	if next.Facts == 0 && c.Bad > 0 && e.Machine == "" { // nobody's file, and not one line of lull's
		next.Refused = []peers.Refusal{peers.Whole(e.Name, say.Text("no line of lull's in it"))}
	}
	m.m.Files[e.Name] = next
	return nil
}

// hearing is the reading of one file.
type hearing struct {
	*meeting
	e     entry
	r     record
	safe  record // as of the last lines that were made durable
	lines []store.Line
}

// take looks at the lines of one Append.
func (h *hearing) take(lines []store.Line, end int64) error {
	for _, l := range lines {
		if _, err := peers.Take(l.JSON, journal.DefaultCalendar); err != nil {
			h.refuse(1, say.Text("no fact that this lull can take: %s", err))
			continue
		}
		h.r.Facts++
		h.lines = append(h.lines, l)
	}
	if len(h.lines) < batch {
		return nil
	}
	return h.flush(end)
}

// flush makes what was taken durable, up to an offset.
func (h *hearing) flush(end int64) error {
	for part := range slices.Chunk(h.lines, batch) { // an import is one Append, however long
		if err := h.ctx.Err(); err != nil {
			return err
		}
		receipt, err := h.log.Receive(h.ctx, h.e.Machine, part)
		h.out.Came += receipt.New
		if err != nil {
			return err
		}
		h.refuse(len(receipt.Clashes), say.Text("facts that are here already in other words, which stay"))
	}
	h.lines = h.lines[:0]
	h.safe = h.r
	h.safe.Done, h.safe.Refused = end, slices.Clone(h.r.Refused)
	return nil
}

// manyReasons bounds what is remembered of one file.
const manyReasons = 8

// refuse counts lines that are not taken, with the reason.
func (h *hearing) refuse(lines int, why string) {
	if lines == 0 {
		return
	}
	all := h.r.Refused
	at := slices.IndexFunc(all, func(r peers.Refusal) bool { return r.Why == why })
	switch {
	case at >= 0:
		all[at].Lines += lines
	case len(all) < manyReasons:
		h.r.Refused = append(all, peers.Refusal{File: h.e.Name, Lines: lines, Why: why})
	default:
		all[manyReasons-1].Lines += lines
	}
}

// everyRefusal lists what is not taken now, by file.
func (m *meeting) everyRefusal() []peers.Refusal {
	all := slices.Clone(m.refused)
	for _, e := range m.entries {
		if r := m.m.Files[e.Name]; r != nil {
			all = append(all, r.Refused...)
		}
	}
	return byFile(all)
}

// newName draws a name for this machine that no other has.
func (x *Exchange) newName() (string, error) {
	b := make([]byte, 8)
	if _, err := io.ReadFull(x.o.Rand, b); err != nil {
		return "", say.Error("draw a name: %w", err)
	}
	return hex.EncodeToString(b), nil
}

// plainly leaves the path out of an error whose file is named beside it.
func plainly(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}
