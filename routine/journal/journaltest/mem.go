// Package journaltest helps to test what uses a journal.Log: Mem is one in
// memory, and Run says what any other must do.
package journaltest

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"sync"

	"lull/routine/journal"
)

// Mem is a journal.Log in memory; the zero Mem is empty and ready. It keeps the
// same promises as the real one but the one about the disk, and may be used by
// any number of goroutines.
type Mem struct {
	mu      sync.Mutex
	entries []journal.Entry   // by id
	own     [][]journal.Entry // of each Append, what was new
	notes   map[string][]byte
	stamp   journal.Stamp
	fail    error
}

var _ journal.Log = (*Mem)(nil)

// Fail makes every call from now on return err and change nothing; nil ends it.
func (m *Mem) Fail(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fail = err
}

// enter locks m until leave is called, or says why the call cannot go on.
func (m *Mem) enter(ctx context.Context) (leave func(), err error) {
	m.mu.Lock()
	if err = ctx.Err(); err == nil {
		err = m.fail
	}
	if err != nil {
		m.mu.Unlock()
	}
	return m.mu.Unlock, err
}

// Append keeps every entry as its line would be read again.
func (m *Mem) Append(ctx context.Context, entries ...journal.Entry) (int, error) {
	leave, err := m.enter(ctx)
	if err != nil {
		return 0, err
	}
	defer leave()
	return m.append(entries, true)
}

// Receive keeps entries that another device wrote.
func (m *Mem) Receive(entries ...journal.Entry) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	_, err := m.append(entries, false)
	return err
}

func (m *Mem) append(entries []journal.Entry, own bool) (int, error) {
	next := slices.Clone(m.entries)
	var fresh []journal.Entry
	for _, e := range entries {
		read, err := reread(e)
		if err != nil {
			return 0, fmt.Errorf("record %s: %w", e.ID, err)
		}
		if i, there := find(next, e.ID); !there {
			next, fresh = slices.Insert(next, i, read), append(fresh, read)
		}
	}
	added := len(fresh)
	if added > 0 {
		m.entries = next
		if own {
			m.own = append(m.own, fresh)
		}
		m.stamp++
	}
	return added, nil
}

func reread(e journal.Entry) (journal.Entry, error) {
	if e.Fact == nil {
		return e, fmt.Errorf("the entry holds no fact")
	}
	line, err := journal.Encode(e)
	if err != nil {
		return e, err
	}
	read, err := journal.Decode(bytes.Clone(line), journal.DefaultCalendar)
	if err == nil && (read.ID != e.ID || read.Fact.Kind() != e.Fact.Kind()) {
		err = fmt.Errorf("it would come back as %s %s", read.Fact.Kind(), read.ID)
	}
	return read, err
}

func find(entries []journal.Entry, id journal.ID) (int, bool) {
	return slices.BinarySearchFunc(entries, id, func(e journal.Entry, id journal.ID) int { return e.ID.Compare(id) })
}

// live are all facts that stand, by id.
func (m *Mem) live() []journal.Entry {
	gone, revisions := m.edits()
	var live []journal.Entry
	for _, e := range m.entries {
		if _, isEdit := e.Of(); !isEdit && !gone[e.ID] {
			live = append(live, revise(e, revisions[e.ID]))
		}
	}
	return live
}

// edits says which ids are withdrawn, and lists the revisions of each that are
// not, in the order of their ids.
func (m *Mem) edits() (gone map[journal.ID]bool, revisions map[journal.ID][]journal.Entry) {
	gone, revisions = map[journal.ID]bool{}, map[journal.ID][]journal.Entry{}
	for _, e := range m.entries {
		if w, ok := e.Fact.(journal.Withdrawn); ok {
			gone[w.Of] = true
		}
	}
	for _, e := range m.entries {
		if r, ok := e.Fact.(journal.Revised); ok && !gone[e.ID] {
			revisions[r.Of] = append(revisions[r.Of], e)
		}
	}
	return gone, revisions
}

// revise applies the revisions and leaves out those that would spoil the fact.
func revise(base journal.Entry, revisions []journal.Entry) journal.Entry {
	e := base
	var good []journal.Entry
	for _, r := range revisions {
		if next, err := journal.Revise(base, append(good, r)); err == nil {
			e, good = next, append(good, r)
		}
	}
	return e
}

// History adds every night up anew.
func (m *Mem) History(ctx context.Context) (journal.History, error) {
	return m.Since(ctx, math.MinInt32)
}

// Since adds up the nights from a date on.
func (m *Mem) Since(ctx context.Context, from journal.Date) (journal.History, error) {
	leave, err := m.enter(ctx)
	if err != nil {
		return journal.History{}, err
	}
	defer leave()
	h := journal.History{Stamp: m.stamp}
	if n := len(m.entries); n > 0 {
		h.Last = m.entries[n-1].ID
	}
	byDate := map[journal.Date][]journal.Entry{}
	for _, e := range m.live() {
		byDate[e.Night] = append(byDate[e.Night], e)
		if e.Day != e.Night {
			byDate[e.Day] = append(byDate[e.Day], e)
		}
		if journal.Stands(e.Fact.Kind()) {
			h.Standing = append(newerAnswers(h.Standing, e), e)
		}
	}
	for date, entries := range byDate {
		switch n := journal.Sum(date, entries); {
		case n.Empty():
		case date < from:
			h.Cut = true
		default:
			h.Nights = append(h.Nights, n)
		}
	}
	slices.SortFunc(h.Nights, func(a, b journal.Night) int { return int(a.Date) - int(b.Date) })
	return h, nil
}

// Decide holds everybody else off meanwhile.
func (m *Mem) Decide(ctx context.Context, from, to journal.Date, kinds []journal.Kind, decide func([]journal.Entry) ([]journal.Entry, error)) error {
	leave, err := m.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	entries, err := decide(m.labelled(from, to, kinds))
	if err == nil {
		_, err = m.append(entries, true)
	}
	return err
}

// Hold lets do have a Mem of its own, and takes over what that holds then: what
// is done to it later is lost.
func (m *Mem) Hold(_ context.Context, do func(held journal.Log) error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	held := &Mem{entries: m.entries, own: m.own, notes: maps.Clone(m.notes), stamp: m.stamp, fail: m.fail}
	defer func() { m.entries, m.own, m.notes, m.stamp = held.entries, held.own, held.notes, held.stamp }()
	return do(held)
}

// Live looks at every fact.
func (m *Mem) Live(ctx context.Context, from, to journal.Date, kinds ...journal.Kind) ([]journal.Entry, error) {
	leave, err := m.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	return m.labelled(from, to, kinds), nil
}

func (m *Mem) labelled(from, to journal.Date, kinds []journal.Kind) []journal.Entry {
	var found []journal.Entry
	for _, e := range m.live() {
		if len(kinds) > 0 && !slices.Contains(kinds, e.Fact.Kind()) {
			continue
		}
		if from <= e.Night && e.Night <= to || from <= e.Day && e.Day <= to {
			found = append(found, e)
		}
	}
	return found
}

// Find looks one fact up.
func (m *Mem) Find(ctx context.Context, id journal.ID) (journal.Entry, bool, error) {
	leave, err := m.enter(ctx)
	if err != nil {
		return journal.Entry{}, false, err
	}
	defer leave()
	i, there := find(m.entries, id)
	if !there {
		return journal.Entry{}, false, fmt.Errorf("%s: %w", id, journal.ErrNoFact)
	}
	e := m.entries[i]
	gone, revisions := m.edits()
	if _, isEdit := e.Of(); !isEdit {
		e = revise(e, revisions[id])
	}
	return e, !gone[id], nil
}

// Like looks at every id.
func (m *Mem) Like(ctx context.Context, part string, n int) ([]journal.Entry, error) {
	leave, err := m.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	var found []journal.Entry
	for _, e := range slices.Backward(m.entries) {
		if len(found) < n && e.ID.Like(part) {
			found = append(found, e)
		}
	}
	return found, nil
}

// Page reads forwards.
func (m *Mem) Page(ctx context.Context, after journal.ID, n int) ([]journal.Entry, error) {
	leave, err := m.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	i, there := find(m.entries, after)
	if there {
		i++
	}
	end := i + min(max(n, 0), len(m.entries)-i)
	return slices.Clone(m.entries[i:end]), nil
}

// Latest reads backwards.
func (m *Mem) Latest(ctx context.Context, before journal.ID, n int) ([]journal.Entry, error) {
	leave, err := m.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	end := len(m.entries)
	if !before.IsZero() {
		end, _ = find(m.entries, before)
	}
	found := slices.Clone(m.entries[end-min(max(n, 0), end) : end])
	slices.Reverse(found)
	return found, nil
}

// OwnAppends visits what Append was given and Receive was not.
func (m *Mem) OwnAppends(ctx context.Context, visit func([]journal.Entry) (bool, error)) error {
	leave, err := m.enter(ctx)
	if err != nil {
		return err
	}
	own := slices.Clone(m.own)
	leave()
	for _, entries := range slices.Backward(own) {
		if more, err := visit(slices.Clone(entries)); err != nil || !more {
			return err
		}
	}
	return nil
}

// Keep holds a copy of the note.
func (m *Mem) Keep(ctx context.Context, name string, note []byte) error {
	leave, err := m.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	old, had := m.notes[name]
	switch {
	case note == nil && !had, note != nil && had && bytes.Equal(old, note):
		return nil
	case note == nil:
		delete(m.notes, name)
	default:
		if m.notes == nil {
			m.notes = map[string][]byte{}
		}
		m.notes[name] = append([]byte{}, note...)
	}
	m.stamp++
	return nil
}

// Kept returns a copy of the note.
func (m *Mem) Kept(ctx context.Context, name string) ([]byte, error) {
	leave, err := m.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	return bytes.Clone(m.notes[name]), nil
}

// Stamp counts the changes.
func (m *Mem) Stamp() (journal.Stamp, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.stamp, m.fail
}

// newerAnswers drops safety answers that the entry replaces.
func newerAnswers(standing []journal.Entry, e journal.Entry) []journal.Entry {
	if e.Fact.Kind() != journal.KindScreened {
		return standing
	}
	return slices.DeleteFunc(standing, func(old journal.Entry) bool { return old.Fact.Kind() == journal.KindScreened })
}
