package store

import (
	"cmp"
	"errors"
	"maps"
	"path"
	"slices"

	bolt "go.etcd.io/bbolt"

	"lull/routine/journal"
	"lull/routine/say"
)

// foldChunk bounds the lines of one transaction: bbolt keeps every page that a
// transaction changes in memory.
const foldChunk = 20_000

// fold takes lines into the database in one transaction. Lines may come in any
// order and any number of times: what the database says of a fact afterwards
// depends on the set of lines alone.
type fold struct {
	*ledger
	device string
	seq    uint64 // the greatest of this device's

	// touched are the facts whose standing may have changed, with the labels
	// they had before; dates the nights that must be summed again, each with the
	// kinds of what was touched there.
	touched map[journal.ID][]journal.Date
	dates   map[journal.Date][]journal.Kind
	added   int
}

// maxDecoded bounds the decoded facts a fold keeps at hand.
const maxDecoded = 2 * foldChunk

func newFold(g *ledger) (*fold, error) {
	f := &fold{ledger: g, touched: map[journal.ID][]journal.Date{}, dates: map[journal.Date][]journal.Kind{}}
	g.keepAtHand()
	var err error
	if f.device, err = g.text(metaDevice); err == nil {
		f.seq, err = g.number(metaSeq)
	}
	return f, err
}

// add takes one line in. A line that cannot be decoded stays in its segment,
// for a lull that can; a fact that is there already stays as it is.
func (f *fold) add(json []byte) error {
	e, found, err := f.decode(json)
	if !found || err != nil {
		return err
	}
	if old := f.facts.Get(e.ID[:]); old != nil {
		if _, whole := unseal(e.ID[:], old); whole {
			return nil
		}
	}
	f.added++
	if err := f.connect(e); err != nil {
		return err
	}
	f.atHand(e)
	return put(f.facts, e.ID[:], json)
}

// connect notes what the entry changes, before it does.
func (f *fold) connect(e journal.Entry) error {
	of, isEdit := e.Of()
	if !isEdit {
		return f.touch(e.ID)
	}
	if err := f.touch(of); err != nil {
		return err
	}
	return f.refer(of, e)
}

func (f *fold) refer(of journal.ID, edit journal.Entry) error {
	kind := byte(refRevised)
	if edit.Fact.Kind() == journal.KindWithdrawn {
		kind = refWithdrawn
	}
	return put(f.refs, refKey(of, edit.ID), []byte{kind})
}

// touch remembers how the fact stands now. If it revises another, that one is
// touched too: withdrawing a revision changes what was revised.
func (f *fold) touch(id journal.ID) error {
	if _, done := f.touched[id]; done {
		return nil
	}
	s, err := f.stand(id)
	if err != nil {
		return err
	}
	f.touched[id] = s.labels()
	if s.edit {
		of, _ := s.entry.Of()
		return f.touch(of)
	}
	return nil
}

// finish brings labels, standing facts and nights up to date with what was
// added.
func (f *fold) finish() error {
	for _, id := range slices.SortedFunc(maps.Keys(f.touched), journal.ID.Compare) {
		if err := f.relabel(id, f.touched[id]); err != nil {
			return err
		}
	}
	nights, err := f.number(metaNights)
	if err != nil {
		return err
	}
	before := nights
	for _, d := range slices.SortedFunc(maps.Keys(f.dates), cmp.Compare[journal.Date]) {
		change, err := f.sum(d, f.dates[d])
		if err != nil {
			return err
		}
		nights += uint64(change)
	}
	if nights != before {
		return f.setNumber(metaNights, nights)
	}
	return nil
}

func (f *fold) relabel(id journal.ID, old []journal.Date) error {
	s, err := f.stand(id)
	if err != nil {
		return err
	}
	labels := s.labels()
	for _, d := range old {
		f.disturb(d, s)
		if !slices.Contains(labels, d) {
			if err := f.labels.Delete(labelKey(d, id)); err != nil {
				return err
			}
		}
	}
	for _, d := range labels {
		f.disturb(d, s)
		if !slices.Contains(old, d) {
			if err := put(f.labels, labelKey(d, id), nil); err != nil {
				return err
			}
		}
	}
	if len(labels) > 0 && journal.Stands(s.entry.Fact.Kind()) {
		return put(f.standing, id[:], []byte(s.entry.Fact.Kind()))
	}
	if f.standing.Get(id[:]) != nil {
		return f.standing.Delete(id[:])
	}
	return nil
}

// disturb notes that a fact came to a night, left it, or changed there.
func (f *fold) disturb(d journal.Date, s standing) {
	if kind := s.entry.Fact.Kind(); !slices.Contains(f.dates[d], kind) {
		f.dates[d] = append(f.dates[d], kind)
	}
}

// sum adds up again what the facts of some kinds make of a night, and returns by
// how much the number of nights changed. What a night was before is not needed:
// where that cannot be read, all of it is added up.
func (f *fold) sum(d journal.Date, kinds []journal.Kind) (change int, err error) {
	key := dateKey(d)
	old := f.nights.Get(key)
	had := old != nil
	n, known := readNight(d, old)
	if !known {
		kinds = nil
	}
	entries, err := f.labelled(d, d, kinds...)
	if err != nil {
		return 0, err
	}
	if known {
		n = n.Resum(kinds, entries)
	} else {
		n = journal.Sum(d, entries)
	}
	switch {
	case !n.Empty():
		err = put(f.nights, key, encodeNight(n))
		return 1 - int(bit(had)), err
	case had:
		return -1, f.nights.Delete(key)
	}
	return 0, nil
}

// errEnough ends a transaction that has taken in its share of lines.
var errEnough error = say.Fault("enough lines for one transaction")

// segment folds what is new in a segment, or as much of it as one transaction
// takes. A segment that has become shorter, or that another program has changed,
// is folded from its start.
func (f *fold) segment(s *Store, seg segment, anew bool) error {
	p, known := f.progress(seg.name)
	if known && p.size == seg.size && !anew {
		return f.vouch(s, seg, p)
	}
	if anew {
		p = progress{}
	}
	if seg.size < max(p.size, p.offset) {
		s.warn("%s is shorter than it was: what is gone from it is in %s alone; `lull check --repair` writes it down again",
			s.segmentPath(seg.name), s.path(dbName))
		p = progress{}
	}
	r, err := s.openSegment(seg, p.offset)
	if err != nil {
		return err
	}
	defer r.Close()
	im, _ := f.imprint(seg.name)
	if p.offset < im.offset { // it is about bytes that are folded again
		im = imprint{}
	}
	own := path.Dir(seg.name) == f.device
	next := progress{size: seg.size}
	var stopped int64
	next.offset, _, err = readSegment(r, p.offset, func(lines []line, end int64) error {
		for _, l := range lines {
			if own {
				f.seq = max(f.seq, l.seq)
			}
			if err := f.add(l.json); err != nil {
				return err
			}
		}
		if f.added >= s.chunk {
			stopped = end
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		next, err = progress{offset: stopped, size: partly}, nil
	}
	if err == nil {
		im, err = pressed(r.file, im, next.offset)
	}
	if err != nil {
		return explain(err, "read", s.segmentPath(seg.name))
	}
	return errors.Join(f.setImprint(seg.name, im), f.setProgress(seg.name, next))
}

// foldAll folds every listed segment to its end.
func (l *lease) foldAll(db *bolt.DB) error {
	for more := true; more; {
		err := db.Update(func(tx *bolt.Tx) error {
			g, err := l.ledger(tx)
			if err != nil {
				return err
			}
			more, err = l.foldSome(g)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// foldSome folds one transaction's share and says whether more is left.
func (l *lease) foldSome(g *ledger) (more bool, err error) {
	f, err := newFold(g)
	if err != nil {
		return false, err
	}
	changed, err := l.changed(g)
	if err != nil {
		return false, err
	}
	for _, seg := range changed {
		if f.added >= l.s.chunk {
			break
		}
		if err := f.segment(l.s, seg, l.foldAgain(seg.name)); err != nil {
			return false, err
		}
	}
	if err := f.finish(); err != nil {
		return false, err
	}
	if err := f.setNumber(metaSeq, f.seq); err != nil {
		return false, err
	}
	left, err := l.changed(g)
	return len(left) > 0, err
}

// append writes the lines that are new to this device's segment and folds it.
func (l *lease) append(g *ledger, lines []encoded) (int, error) {
	fresh, err := g.fresh(lines)
	if err != nil {
		return 0, err
	}
	if len(fresh) == 0 {
		return 0, errNothing
	}
	f, err := newFold(g)
	if err != nil {
		return 0, err
	}
	if f.device == "" {
		return 0, l.s.damaged(say.Error("meta %s is missing", metaDevice))
	}
	if err := f.settleDevice(l.s); err != nil {
		return 0, err
	}
	written, err := l.lengthen(f, f.device, func() []byte { return f.numbered(fresh) })
	if !written {
		return 0, err
	}
	return len(fresh), err
}

// lengthen appends the lines that write makes to the device's segment of now,
// and folds it. Lines that were written are there for the next access, also if
// an error kept them from being folded.
func (l *lease) lengthen(f *fold, device string, write func() []byte) (written bool, err error) {
	seg, err := l.s.segmentFor(device, f.lastKnown(device), l.s.opts.Clock())
	if err != nil {
		return false, err
	}
	p, _ := f.progress(seg.name)
	if seg.size < p.offset {
		if err := f.setProgress(seg.name, progress{}); err != nil {
			return false, err
		}
	}
	if seg.size == 0 {
		l.glance = 0 // a segment comes
	}
	if err := l.s.extend(seg, write(), p.offset < seg.size); err != nil {
		return false, err
	}
	if err := l.s.step("fold"); err != nil {
		return true, err
	}
	return true, l.foldOne(f, seg.name)
}

// foldOne folds the segment that was just extended.
func (l *lease) foldOne(f *fold, name string) error {
	seg, err := l.s.measure(name)
	if err != nil {
		return err
	}
	if err := f.segment(l.s, seg, false); err != nil {
		return err
	}
	if err := f.finish(); err != nil {
		return err
	}
	return f.setNumber(metaSeq, f.seq)
}

// fresh leaves out the lines whose facts are there.
func (g *ledger) fresh(lines []encoded) ([]encoded, error) {
	var fresh []encoded
	for _, l := range lines {
		there, err := g.get(g.facts, l.id[:])
		if err != nil {
			return nil, err
		}
		if there == nil {
			fresh = append(fresh, l)
		}
	}
	return fresh, nil
}

// numbered writes the lines down with the numbers that follow.
func (f *fold) numbered(lines []encoded) []byte {
	var b []byte
	for i, l := range lines {
		f.seq++
		b = line{seq: f.seq, more: i+1 < len(lines), json: l.json}.appendTo(b)
	}
	return b
}
