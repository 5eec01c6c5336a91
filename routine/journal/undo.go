package journal

import (
	"context"
	"errors"
	"math"
	"slices"
	"time"
)

// Action is what one undo reverses: the entries that this device recorded in one
// step, such as three cramps that were answered together, or one import.
type Action struct {
	Entries []Entry // as they were written
	Steps   []Step  // that reverse it, the newest entry first; never none
}

// Change says what an action did to an entry.
type Change int

// The changes.
const (
	Recorded Change = iota
	Edited
	Removed
)

// Step is what reverses one entry of an action.
type Step struct {
	Change Change
	About  Entry          // the entry that was recorded, edited or removed, as it stands
	of     Entry          // the entry that is reversed
	patch  map[string]any // of an edit that has to be edited back
}

// ID is the id of the action: that of the entry that names an import, or else of
// the first of its entries.
func (a Action) ID() ID {
	if batch, is := a.Import(); is {
		return batch.ID
	}
	return a.Entries[0].ID
}

// Import is the entry that names the action's import, if it is one.
func (a Action) Import() (Entry, bool) { return batchOf(a.Entries) }

// batchOf is the entry that names the import that entries are. It is the last one:
// what was imported may hold the names of earlier imports.
func batchOf(entries []Entry) (Entry, bool) {
	for _, e := range slices.Backward(entries) {
		if f, ok := e.Fact.(Imported); ok && f.Batch == nil {
			return e, true
		}
	}
	return Entry{}, false
}

// Reverse makes the entries that undo the action. Each names the entry that it
// reverses, so that the next undo goes further back.
func (a Action) Reverse(m *Mint, now time.Time) ([]Entry, error) {
	var reversed []Entry
	for _, s := range a.Steps {
		e, err := s.Reverse(m, now)
		if err != nil {
			return nil, err
		}
		reversed = append(reversed, e)
	}
	return reversed, nil
}

// Reverse makes the entry that reverses the step's.
func (s Step) Reverse(m *Mint, now time.Time) (e Entry, err error) {
	_, revision := s.of.Fact.(Revised)
	switch {
	case s.patch != nil:
		e, err = NewRevision(m, now, s.About, s.patch)
	case s.Change == Removed:
		return PutBack(m, now, s.About, s.of.ID)
	case s.Change == Edited && revision:
		e = NewWithdrawal(m, now, s.of)
	default:
		e = NewWithdrawal(m, now, s.About)
	}
	e.Undo = s.of.ID
	return e, err
}

// NewestAction finds the newest action of this device that was not undone and
// still has an effect. It says false if there is none. An undo is not an action:
// one after another goes further back.
func NewestAction(ctx context.Context, log Log) (newest Action, any bool, err error) {
	u := undoer{log: log, undone: map[ID]bool{}, copies: map[ID][]ID{}, edited: map[ID]bool{}}
	err = log.OwnAppends(ctx, func(appended []Entry) (bool, error) {
		for _, entries := range slices.Backward(actions(appended)) {
			own := u.note(entries)
			if len(own) == 0 {
				continue
			}
			steps, err := u.steps(ctx, own)
			if err != nil {
				return false, err
			}
			if len(steps) > 0 {
				newest, any = Action{own, steps}, true
				return false, nil
			}
		}
		return true, nil
	})
	return newest, any, err
}

// together is how close the ids of one action are. What waited for the
// journal in between is appended in one go later.
const together = time.Second

// actions splits the entries of one Append. An import is one action.
func actions(appended []Entry) (split [][]Entry) {
	if _, is := batchOf(appended); is {
		return [][]Entry{appended}
	}
	for i, e := range appended {
		if i == 0 || apart(appended[i-1].ID, e.ID) >= together {
			split = append(split, nil)
		}
		last := len(split) - 1
		split[last] = append(split[last], e)
	}
	return split
}

func apart(a, b ID) time.Duration {
	return time.Duration(max(millis(a), millis(b))-min(millis(a), millis(b))) * time.Millisecond
}

// undoer goes back through this device's entries.
type undoer struct {
	log    Log
	undone map[ID]bool  // the entries that were reversed
	copies map[ID][]ID  // by the id of a fact, those under which it was put back, newest first
	edited map[ID]bool  // the facts that an undo edited: their edits no longer tell how they were
	live   map[ID]Entry // all facts that stand; nil unless many are needed
}

// note remembers what is an undo, and returns the entries that are none and were
// not undone.
func (u *undoer) note(entries []Entry) (own []Entry) {
	for _, e := range slices.Backward(entries) {
		switch f, revision := e.Fact.(Revised); {
		case revision && !e.Undo.IsZero():
			u.edited[f.Of] = true
		case !revision && !e.Again.IsZero():
			u.copies[e.Again] = append(u.copies[e.Again], e.ID)
		}
		if !e.Undo.IsZero() {
			u.undone[e.Undo] = true
		}
	}
	for _, e := range entries {
		if e.Undo.IsZero() && !u.undone[e.ID] {
			own = append(own, e)
		}
	}
	return own
}

// manyEntries is from how many on all facts are read at once.
const manyEntries = 50

// steps are what reverses entries that were recorded together.
func (u *undoer) steps(ctx context.Context, entries []Entry) (steps []Step, err error) {
	if len(entries) > manyEntries && u.live == nil {
		if u.live, err = allLive(ctx, u.log); err != nil {
			return nil, err
		}
	}
	own := map[ID]bool{}
	for _, e := range entries {
		own[e.ID] = true
	}
	for _, e := range slices.Backward(entries) {
		if of, edit := e.Of(); edit && own[of] {
			continue // it goes with what it is about
		}
		step, needed, err := u.step(ctx, e)
		if err != nil && !errors.Is(err, ErrNoFact) { // an edit may have arrived before its fact
			return nil, err
		}
		if needed && err == nil {
			steps = append(steps, step)
		}
	}
	return steps, nil
}

func allLive(ctx context.Context, log Log) (map[ID]Entry, error) {
	all, err := log.Live(ctx, math.MinInt32, math.MaxInt32)
	live := make(map[ID]Entry, len(all))
	for _, e := range all {
		live[e.ID] = e
	}
	return live, err
}

// find is Log.Find, for many facts from what was read at once.
func (u *undoer) find(ctx context.Context, e Entry) (Entry, bool, error) {
	if _, edit := e.Of(); u.live != nil && !edit {
		now, live := u.live[e.ID]
		if !live {
			now = e
		}
		return now, live, nil
	}
	return u.log.Find(ctx, e.ID)
}

// ownNotes are the kinds of entry that lull makes for itself, beside what a
// person recorded.
var ownNotes = map[Kind]bool{KindSeen: true, KindImported: true}

// step is what reverses one entry, and false if nothing is left of it.
func (u *undoer) step(ctx context.Context, e Entry) (Step, bool, error) {
	if ownNotes[e.Fact.Kind()] {
		return Step{}, false, nil
	}
	switch f := e.Fact.(type) {
	case Withdrawn:
		return u.removal(ctx, e, f.Of)
	case Revised:
		return u.edit(ctx, e, f.Of)
	}
	now, live, err := u.current(ctx, e)
	return Step{Change: Recorded, About: now, of: e}, live, err
}

// current is a fact as it stands, under the id of the copy if it was removed and
// put back since.
func (u *undoer) current(ctx context.Context, e Entry) (Entry, bool, error) {
	now, live, err := u.find(ctx, e)
	if live || err != nil {
		return now, live, err
	}
	for _, id := range u.copies[now.Origin()] {
		again, live, err := u.log.Find(ctx, id)
		if live || err != nil {
			return again, live, err
		}
	}
	return now, false, nil
}

// removal reverses a withdrawal, of a fact or of an edit.
func (u *undoer) removal(ctx context.Context, e Entry, of ID) (Step, bool, error) {
	gone, live, err := u.log.Find(ctx, of)
	if live || err != nil || ownNotes[gone.Fact.Kind()] || gone.Fact.Kind() == KindWithdrawn { // which is for good
		return Step{}, false, err
	}
	if before, err := u.removedBefore(ctx, of, e.ID); before || err != nil {
		return Step{}, false, err
	}
	if _, edit := gone.Of(); edit {
		return u.editBack(ctx, Step{Change: Removed, of: e}, gone)
	}
	again, err := u.log.Live(ctx, gone.Night, gone.Night, gone.Fact.Kind())
	if slices.ContainsFunc(again, func(e Entry) bool { return e.Origin() == gone.Origin() }) {
		return Step{}, false, err
	}
	return Step{Change: Removed, About: gone, of: e}, true, err
}

// removedBefore says whether an entry was removed once before the removal with an
// id, which then changed nothing.
func (u *undoer) removedBefore(ctx context.Context, id, removal ID) (before bool, err error) {
	err = forwards(ctx, u.log, id, func(e Entry) error {
		if w, is := e.Fact.(Withdrawn); is && w.Of == id && e.ID.Compare(removal) < 0 {
			before = true
		}
		if before || e.ID.Compare(removal) >= 0 {
			return errPast
		}
		return nil
	})
	return before, err
}

// edit reverses a revision. It is withdrawn, or the fact is edited back where
// that is not enough.
func (u *undoer) edit(ctx context.Context, e Entry, of ID) (Step, bool, error) {
	_, stands, err := u.log.Find(ctx, e.ID)
	if err != nil {
		return Step{}, false, err
	}
	fact, live, err := u.log.Find(ctx, of)
	if err != nil {
		return Step{}, false, err
	}
	if live && !u.edited[of] {
		return Step{Change: Edited, About: fact, of: e}, stands, nil
	}
	return u.editBack(ctx, Step{Change: Edited, of: e}, e)
}

// editBack is a step that gives the keys of a revision the values back that they
// had before the entry that is reversed.
func (u *undoer) editBack(ctx context.Context, s Step, revision Entry) (Step, bool, error) {
	of, _ := revision.Of()
	fact, _, err := u.log.Find(ctx, of)
	if err != nil {
		return s, false, err
	}
	now, live, err := u.current(ctx, fact)
	if !live || err != nil {
		return s, false, err
	}
	was, err := u.before(ctx, of, s.of.ID)
	if err != nil {
		return s, false, err
	}
	s.About = now
	s.patch, err = Before(was, revision)
	return s, err == nil, err
}

// before is a fact as it stood before an entry.
func (u *undoer) before(ctx context.Context, id, entry ID) (Entry, error) {
	written, err := u.log.Like(ctx, id.String(), 1)
	if err != nil || len(written) == 0 {
		return Entry{}, errors.Join(err, ErrNoFact)
	}
	removed := map[ID]bool{}
	var edits []Entry
	err = forwards(ctx, u.log, id, func(e Entry) error {
		if e.ID.Compare(entry) >= 0 {
			return errPast
		}
		switch f := e.Fact.(type) {
		case Withdrawn:
			removed[f.Of] = true
		case Revised:
			if f.Of == id {
				edits = append(edits, e)
			}
		}
		return nil
	})
	if err != nil {
		return Entry{}, err
	}
	return Revise(written[0], slices.DeleteFunc(edits, func(e Entry) bool { return removed[e.ID] }))
}

// forwards visits the entries after an id, up to one that is past the last.
func forwards(ctx context.Context, log Log, after ID, visit func(Entry) error) error {
	const page = 1000
	for {
		entries, err := log.Page(ctx, after, page)
		if err != nil || len(entries) == 0 {
			return err
		}
		for _, e := range entries {
			if err := visit(e); errors.Is(err, errPast) {
				return nil
			} else if err != nil {
				return err
			}
		}
		after = entries[len(entries)-1].ID
	}
}

// ImportOf is the action of an import that is named by its first entry, wherever
// it was made. It has no steps if nothing of it stands.
func ImportOf(ctx context.Context, log Log, batch Entry) (Action, error) {
	parts, err := log.Live(ctx, batch.Night, batch.Night, KindImported)
	if err != nil {
		return Action{}, err
	}
	wanted := map[ID]bool{}
	for _, p := range parts {
		f, _ := p.Fact.(Imported)
		if p.ID != batch.ID && (f.Batch == nil || *f.Batch != batch.ID) {
			continue
		}
		for _, id := range f.IDs {
			wanted[id] = true
		}
	}
	entries, err := Written(ctx, log, wanted)
	if err != nil {
		return Action{}, err
	}
	u := undoer{log: log, undone: map[ID]bool{}, copies: map[ID][]ID{}, edited: map[ID]bool{}}
	err = forwards(ctx, log, batch.ID, func(e Entry) error { // restored and edited since
		u.note([]Entry{e})
		return nil
	})
	if err != nil {
		return Action{}, err
	}
	steps, err := u.steps(ctx, entries)
	return Action{append([]Entry{batch}, entries...), steps}, err
}

// Written are the entries with these ids that are there, as they were written, by
// id.
func Written(ctx context.Context, log Log, ids map[ID]bool) (found []Entry, err error) {
	if len(ids) == 0 {
		return nil, nil
	}
	first, last := bounds(ids)
	err = forwards(ctx, log, first, func(e Entry) error {
		switch {
		case e.ID.Compare(last) > 0:
			return errPast
		case ids[e.ID]:
			found = append(found, e)
		}
		return nil
	})
	return found, err
}

// errPast ends a reading behind the last id.
var errPast = errors.New("past")

// bounds are the id just before the first of some, and the last of them.
func bounds(ids map[ID]bool) (before, last ID) {
	first := true
	for id := range ids {
		if first || id.Compare(before) < 0 {
			before = id
		}
		if first || id.Compare(last) > 0 {
			last = id
		}
		first = false
	}
	for i := len(before) - 1; i >= 0; i-- { // one less
		before[i]--
		if before[i] != 0xff {
			break
		}
	}
	return before, last
}
