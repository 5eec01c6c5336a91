package store

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	bolt "go.etcd.io/bbolt"

	"lull/routine/journal"
)

// standing is how a fact is now.
type standing struct {
	entry journal.Entry // revisions applied
	found bool
	live  bool // not withdrawn
	edit  bool // it revises or withdraws another, and is nothing by itself
}

// labels are the dates the fact is found under: none, one or two.
func (s standing) labels() []journal.Date {
	switch {
	case !s.live || s.edit:
		return nil
	case s.entry.Night == s.entry.Day:
		return []journal.Date{s.entry.Night}
	}
	return []journal.Date{s.entry.Night, s.entry.Day}
}

// fact reads one record as it was written. A record whose line this lull cannot
// decode counts as skipped and not found.
func (g *ledger) fact(id journal.ID) (e journal.Entry, found bool, err error) {
	if e, found := g.decoded[id]; found {
		return e, true, nil
	}
	body, err := g.get(g.facts, id[:])
	if body == nil || err != nil {
		return e, false, err
	}
	e, found, err = g.decode(body)
	if found {
		g.atHand(e)
	}
	return e, found, err
}

// keepAtHand has the facts that are decoded from now on kept at hand, beside those
// that are unless they leave too little room.
func (g *ledger) keepAtHand() {
	if g.decoded == nil || len(g.decoded) > maxDecoded-foldChunk {
		g.decoded = map[journal.ID]journal.Entry{}
	}
}

// atHand keeps a decoded fact for who needs it again: a fold does up to four
// times.
func (g *ledger) atHand(e journal.Entry) {
	if g.decoded != nil && len(g.decoded) < maxDecoded {
		g.decoded[e.ID] = e
	}
}

func (g *ledger) decode(body []byte) (e journal.Entry, found bool, err error) {
	e, err = journal.Decode(body, g.calendar)
	if err != nil {
		g.skipped++
		return journal.Entry{}, false, nil
	}
	return e, true, nil
}

// stand reads a fact and its edits. Revisions apply in the order of their ids;
// one that was withdrawn, or that would spoil the fact, is left out. A
// withdrawal is for good: withdrawing it changes nothing.
func (g *ledger) stand(id journal.ID) (s standing, err error) {
	s.entry, s.found, err = g.fact(id)
	if !s.found || err != nil {
		return s, err
	}
	if _, s.edit = s.entry.Of(); s.edit {
		withdrawn, err := g.withdrawn(id)
		s.live = !withdrawn
		return s, err
	}
	s.live = true
	var revisions []journal.Entry
	err = g.edits(id, func(edit journal.ID, kind byte) error {
		if kind == refWithdrawn {
			s.live = false
			return nil
		}
		if withdrawn, err := g.withdrawn(edit); withdrawn || err != nil {
			return err
		}
		r, found, err := g.fact(edit)
		if found {
			revisions = append(revisions, r)
		}
		return err
	})
	s.entry = revise(s.entry, revisions)
	return s, err
}

// edits visits what revises or withdraws the fact, by id.
func (g *ledger) edits(of journal.ID, visit func(edit journal.ID, kind byte) error) error {
	c := g.refs.Cursor()
	for k, v := c.Seek(of[:]); bytes.HasPrefix(k, of[:]); k, v = c.Next() {
		body, err := g.unseal(k, v)
		if err != nil {
			return err
		}
		if len(body) != 1 {
			continue
		}
		if err := visit(journal.ID(k[len(of):]), body[0]); err != nil {
			return err
		}
	}
	return nil
}

func (g *ledger) withdrawn(id journal.ID) (yes bool, err error) {
	err = g.edits(id, func(_ journal.ID, kind byte) error {
		yes = yes || kind == refWithdrawn
		return nil
	})
	return yes, err
}

// revise applies the revisions, or as many of them, in order, as leave the fact
// a fact.
func revise(base journal.Entry, revisions []journal.Entry) journal.Entry {
	if e, err := journal.Revise(base, revisions); err == nil {
		return e
	}
	e := base
	var good []journal.Entry
	for _, r := range revisions {
		if next, err := journal.Revise(base, append(good, r)); err == nil {
			e, good = next, append(good, r)
		}
	}
	return e
}

// labelled returns the facts that stand with a label between the dates, by id;
// with kinds only those.
func (g *ledger) labelled(from, to journal.Date, kinds ...journal.Kind) ([]journal.Entry, error) {
	ids, err := g.labelledIDs(from, to)
	if err != nil {
		return nil, err
	}
	found := make([]journal.Entry, 0, len(ids))
	facts := stroll{c: g.facts.Cursor()}
	for _, id := range ids {
		if other, err := g.surelyOther(facts.to(id), id, kinds); other || err != nil {
			if err != nil {
				return nil, err
			}
			continue
		}
		s, err := g.stand(id)
		if err != nil {
			return nil, err
		}
		if s.live && (len(kinds) == 0 || slices.Contains(kinds, s.entry.Fact.Kind())) {
			found = append(found, s.entry)
		}
	}
	return found, nil
}

// stroll goes to facts in the order of their ids. Those of some nights lie side
// by side, and the next one costs far less than one that has to be sought.
type stroll struct {
	c          *bolt.Cursor
	key, value []byte
}

// to is the value of a fact, or nil.
func (s *stroll) to(id journal.ID) []byte {
	if s.key != nil {
		s.key, s.value = s.c.Next()
	}
	if !bytes.Equal(s.key, id[:]) {
		s.key, s.value = s.c.Seek(id[:])
	}
	if !bytes.Equal(s.key, id[:]) {
		return nil
	}
	return s.value
}

// surelyOther says whether a fact is of none of the kinds, by a look at its
// value that is much cheaper than reading it. Where the look is not enough it
// says no.
func (g *ledger) surelyOther(value []byte, id journal.ID, kinds []journal.Kind) (bool, error) {
	if len(kinds) == 0 || value == nil {
		return false, nil
	}
	body, err := g.unseal(id[:], value)
	if err != nil {
		return false, err
	}
	kind, sure := kindAtSight(body)
	return sure && !slices.Contains(kinds, journal.Kind(kind)), nil
}

var (
	kindKey = []byte(`"kind":"`)
	escape  = []byte(`\u`)
)

// kindAtSight finds the kind of a line that is written as lull writes it: among
// the keys of the line itself, and said once. The same key may stand within a
// value, or be written in other letters or with escapes, and the last one counts.
func kindAtSight(line []byte) (kind []byte, sure bool) {
	before, rest, found := bytes.Cut(line, kindKey)
	kind, rest, whole := bytes.Cut(rest, []byte{'"'})
	if !found || !whole || bytes.ContainsFunc(kind, odd) ||
		bytes.ContainsRune(before, '\\') || bytes.LastIndexByte(before, '{') != 0 {
		return nil, false
	}
	return kind, !endsAKey(before) && !endsAKey(rest) && !bytes.Contains(rest, escape)
}

// odd is what stands in no kind that lull writes, and may be read as something else.
func odd(r rune) bool { return r == '\\' || r >= utf8.RuneSelf }

// endsAKey says whether a word there ends as the key of the kind does, in letters
// of any size. The first of its letters has forms that are none of ASCII.
func endsAKey(line []byte) bool {
	const end = "ind"
	for i, c := range line {
		if c == '"' && i >= len(end) && line[i-1]|0x20 == 'd' && strings.EqualFold(string(line[i-len(end):i]), end) {
			return true
		}
	}
	return false
}

func (g *ledger) labelledIDs(from, to journal.Date) ([]journal.ID, error) {
	if from > to {
		return nil, nil
	}
	var ids []journal.ID
	last := dateKey(to)
	c := g.labels.Cursor()
	for k, v := c.Seek(dateKey(from)); k != nil && bytes.Compare(k[:len(last)], last) <= 0; k, v = c.Next() {
		body, err := g.unseal(k, v)
		if err != nil {
			return nil, err
		}
		if body != nil {
			ids = append(ids, journal.ID(k[len(last):]))
		}
	}
	slices.SortFunc(ids, journal.ID.Compare)
	return slices.Compact(ids), nil
}

// maxNights bounds what a wrong count can make us set aside: the days of the
// years 1 to 9999.
const maxNights = 3_700_000

// nightsSince reads the nights from a date on, by date, and whether there are
// others before. One that cannot be read, or is missing, is errUnsealed: nights
// can always be made again. Only whoever reads all of them can miss one.
func (g *ledger) nightsSince(from journal.Date) (nights []journal.Night, cut bool, err error) {
	count, err := g.number(metaNights)
	if err != nil {
		return nil, false, err
	}
	c := g.nights.Cursor()
	first, _ := c.First()
	k, v := c.Seek(dateKey(from))
	cut = first != nil && !bytes.Equal(first, k)
	if !cut {
		nights = make([]journal.Night, 0, min(count, maxNights))
	}
	var reader nightReader
	for ; k != nil; k, v = c.Next() {
		body, err := g.unseal(k, v)
		if err != nil {
			return nil, cut, err
		}
		if body == nil {
			continue
		}
		nights = append(nights, journal.Night{})
		if err := reader.decode(keyDate(k), body, &nights[len(nights)-1]); err != nil {
			return nil, cut, errUnsealed
		}
	}
	if !cut && uint64(len(nights)) != count && !g.lenient {
		return nil, cut, errUnsealed
	}
	return nights, cut, nil
}

func (g *ledger) allStanding() ([]journal.Entry, error) {
	var found []journal.Entry
	answered := false // the newest safety answers that stand were found; older ones hold no more
	c := g.standing.Cursor()
	for k, v := c.Last(); k != nil; k, v = c.Prev() {
		body, err := g.unseal(k, v)
		if err != nil {
			return nil, err
		}
		if body == nil || answered && journal.Kind(body) == journal.KindScreened {
			continue
		}
		s, err := g.stand(journal.ID(k))
		if err != nil {
			return nil, err
		}
		if isAnswer := s.entry.Fact != nil && s.entry.Fact.Kind() == journal.KindScreened; s.live && !(answered && isAnswer) {
			found = append(found, s.entry)
			answered = answered || isAnswer
		}
	}
	slices.Reverse(found)
	return found, nil
}

// page returns up to n entries behind an id, latest up to n before one.
func (g *ledger) page(after journal.ID, n int) ([]journal.Entry, error) {
	c := g.facts.Cursor()
	k, v := c.Seek(after[:])
	if bytes.Equal(k, after[:]) {
		k, v = c.Next()
	}
	return g.collect(k, v, c.Next, n)
}

func (g *ledger) latest(before journal.ID, n int) ([]journal.Entry, error) {
	c := g.facts.Cursor()
	back := c.Last
	if at, _ := c.Seek(before[:]); at != nil && !before.IsZero() {
		back = c.Prev
	}
	k, v := back()
	return g.collect(k, v, c.Prev, n)
}

// like returns up to n entries whose id begins or ends like that, the newest
// first, and looks at no value of the others.
func (g *ledger) like(part string, n int) ([]journal.Entry, error) {
	c := g.facts.Cursor()
	fits := func(k, v []byte) ([]byte, []byte) {
		for k != nil && !(len(k) == len(journal.ID{}) && journal.ID(k).Like(part)) {
			k, v = c.Prev()
		}
		return k, v
	}
	k, v := fits(c.Last())
	return g.collect(k, v, func() ([]byte, []byte) { return fits(c.Prev()) }, n)
}

func (g *ledger) collect(k, v []byte, step func() ([]byte, []byte), n int) ([]journal.Entry, error) {
	var found []journal.Entry
	for ; k != nil && len(found) < n; k, v = step() {
		body, err := g.unseal(k, v)
		if err != nil {
			return nil, err
		}
		if body == nil {
			continue
		}
		e, ok, err := g.decode(body)
		if err != nil {
			return nil, err
		}
		if ok {
			found = append(found, e)
		}
	}
	return found, nil
}

// count walks a bucket: what is in it, not what somebody wrote about it.
func count(b *bolt.Bucket) int {
	n := 0
	c := b.Cursor()
	for k, _ := c.First(); k != nil; k, _ = c.Next() {
		n++
	}
	return n
}
