package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io/fs"
	"slices"
)

// progress is how far a segment has been folded.
type progress struct {
	offset int64 // everything before is decided
	size   int64 // the segment's size then: what is behind the offset was looked at; partly: not all was
}

const partly = -1

// progress returns a zero progress for a segment that was never folded, or whose
// record is spoiled: folding it from the start is slower, not wrong.
func (g *ledger) progress(name string) (p progress, known bool) {
	body, ok := unseal([]byte(name), g.segments.Get([]byte(name)))
	if !ok || len(body) != 16 {
		return progress{}, false
	}
	return progress{offset: int64(binary.BigEndian.Uint64(body)), size: int64(binary.BigEndian.Uint64(body[8:]))}, true
}

func (g *ledger) setProgress(name string, p progress) error {
	body := binary.BigEndian.AppendUint64(nil, uint64(p.offset))
	return put(g.segments, []byte(name), binary.BigEndian.AppendUint64(body, uint64(p.size)))
}

// changed lists those of the lease's segments that have grown since they were
// folded, or are to be looked at for another reason.
func (l *lease) changed(g *ledger) ([]segment, error) {
	var changed []segment
	for _, name := range l.names {
		seg, err := l.s.measure(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue // gone since it was listed: nothing to read
		}
		if err != nil {
			return nil, err
		}
		if p, known := g.progress(name); !known || p.size != seg.size || g.lacksImprint(name) || slices.Contains(l.altered, name) {
			changed = append(changed, seg)
		}
	}
	return changed, nil
}

// lastKnown returns the segment that the device writes to, among those that
// have been folded, or "".
func (g *ledger) lastKnown(device string) string {
	c := g.segments.Cursor()
	k, _ := c.Seek([]byte(device + "0")) // behind every name that starts with the device and a slash
	if k == nil {
		k, _ = c.Last()
	} else {
		k, _ = c.Prev()
	}
	for ; bytes.HasPrefix(k, []byte(device+"/")); k, _ = c.Prev() {
		if name := string(k); isSegment(name) {
			return name
		}
	}
	return ""
}

// missSegments tells of segments that were folded once and are gone.
func (l *lease) missSegments(g *ledger) {
	c := g.segments.Cursor()
	for k, _ := c.First(); k != nil; k, _ = c.Next() {
		if !slices.Contains(l.names, string(k)) {
			l.s.warn("%s is gone: what it held is in %s alone; `lull check --repair` writes it down again",
				l.s.segmentPath(string(k)), l.s.path(dbName))
		}
	}
}

// behind says whether the journal has grown. If nothing came or went since all
// of it was folded into this very state, only the last segment of each device
// can have. Where a file system is slow to tell, the day's first write, which is
// thorough, makes up for it.
func (l *lease) behind(g *ledger) (bool, error) {
	devices, sum := l.s.glance()
	l.glance, l.names = sum, nil
	if sum != 0 && l.noted == (note{l.state.id, sum}) && !l.thorough {
		for _, d := range devices {
			if last := g.lastKnown(d); last != "" {
				l.names = append(l.names, last)
			}
		}
	} else {
		var err error
		if l.names, err = l.s.segmentNames(); err != nil {
			return false, err
		}
		l.missSegments(g)
	}
	l.findAltered(g)
	changed, err := l.changed(g)
	return len(changed) > 0, err
}
