//go:build linux

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"lull/routine/journal"
	"lull/store"
)

// standing is what a folder owes for a fact.
type standing int

const (
	tried  standing = iota // may be there
	kept                   // must be there
	losing                 // may be there: a restore that takes it away has begun
	gone                   // must not be there
)

// claim is a fact as it was given to lull.
type claim struct {
	standing
	line  string
	batch int // of those that were appended together; 0: by itself
}

// claims are what one folder was told, and what was acknowledged of it: the
// oracle. They come from lines that a player says:
//
//	together              what is tried next is appended in one call
//	try <fact as JSON>    it is about to be recorded
//	kept <id>             it was acknowledged
//	losing <id>, gone <id>
//	note try <text>, note kept <text>, note open
//
// "note open" says that notes may be lost from here on, as with a database that
// is rebuilt.
type claims struct {
	facts map[journal.ID]claim
	notes map[string]bool // any of these may be the note; none: whatever it is
	// damaged says that the folder was broken before anything was claimed: it is
	// repaired first, and what cannot be saved was lost before.
	damaged bool
	// parts says that of what was appended together a part may be there.
	parts          bool
	batch, batches int // that facts are tried in now, and how many there were
	// stranger judges facts that nobody claimed; nil: there must be none.
	stranger func(journal.Entry) (fault string)
}

func newClaims() *claims {
	return &claims{facts: map[journal.ID]claim{}, notes: map[string]bool{"": true}}
}

// hear takes in one line that a player said.
func (c *claims) hear(said string) error {
	verb, rest, _ := strings.Cut(strings.TrimRight(said, "\n"), " ")
	switch verb {
	case "together":
		c.batches++
		c.batch = c.batches
		return nil
	case "try":
		e, err := journal.Decode([]byte(rest), journal.DefaultCalendar)
		if err != nil {
			return err
		}
		if _, again := c.facts[e.ID]; !again {
			c.facts[e.ID] = claim{tried, rest, c.batch}
		}
		return nil
	case "note":
		how, text, _ := strings.Cut(rest, " ")
		switch how {
		case "try":
			c.notes[text] = true
		case "kept":
			c.notes = map[string]bool{text: true}
		case "open":
			c.notes = map[string]bool{}
		}
		return nil
	case "error":
		return fmt.Errorf("a player failed: %s", rest)
	}
	to, known := map[string]standing{"kept": kept, "losing": losing, "gone": gone}[verb]
	id, err := journal.ParseID(rest)
	if !known || err != nil {
		return fmt.Errorf("a player said %.200q", said)
	}
	f := c.facts[id]
	c.facts[id] = claim{to, f.line, f.batch}
	return nil
}

// hearAll takes in the lines of an output, of which the last may be cut short.
func (c *claims) hearAll(out string) error {
	defer func() { c.batch = 0 }()
	for said := range strings.Lines(out) {
		if !strings.HasSuffix(said, "\n") {
			break
		}
		if err := c.hear(said); err != nil {
			return err
		}
	}
	return nil
}

func (c *claims) clone() *claims {
	other := newClaims()
	other.damaged, other.parts, other.batch, other.batches = c.damaged, c.parts, c.batch, c.batches
	for id, f := range c.facts {
		other.facts[id] = f
	}
	clear(other.notes)
	for n := range c.notes {
		other.notes[n] = true
	}
	return other
}

func (c *claims) count(s standing) (n int) {
	for _, f := range c.facts {
		if f.standing == s {
			n++
		}
	}
	return n
}

// noteName is the note that players keep.
const noteName = "session"

// verdict is what became of a folder.
type verdict struct {
	refused bool     // it was refused, and a repair opened it again
	alarmed bool     // check found lines of the journal that tell nothing, and a repair put them aside
	told    []string // warnings
	faults  []string // broken promises
	there   map[journal.ID]bool
}

func (v *verdict) fault(format string, args ...any) {
	v.faults = append(v.faults, fmt.Sprintf(format, args...))
}

// now is the one place where the clock is read.
func now() time.Time { return time.Now() }

func openStore(dir string, clock func() time.Time, warn func(string)) *store.Store {
	return store.New(dir, store.Options{Clock: clock, Version: "ordeal", Warn: warn, Wait: 20 * time.Second})
}

// judge opens a folder and holds it against the claims; a folder that is
// refused is repaired first. Then one more fact must find its place, and all of
// it be in order.
func (c *claims) judge(dir string, clock func() time.Time) (v verdict) {
	ctx := context.Background()
	s := openStore(dir, clock, func(w string) { v.told = append(v.told, w) })
	_, err := s.History(ctx)
	v.refused = errors.Is(err, journal.ErrDamaged)
	if v.refused && !strings.Contains(err.Error(), "lull check --repair") {
		v.fault("it is refused without a way out: %v", err)
	}
	if v.refused || c.damaged {
		var done store.Repaired
		done, err = s.Repair(ctx)
		if lost := len(done.Lost) + len(done.Lines); err == nil && (lost > 0 && !c.damaged || v.refused && !done.Needed) {
			v.fault("it is not repaired: %+v", done)
		}
	}
	if err != nil {
		v.fault("it does not open: %v", err)
		return v
	}
	entries, err := s.Page(ctx, journal.ID{}, 1<<20)
	if err != nil {
		v.fault("it cannot be read: %v", err)
		return v
	}
	c.compare(entries, &v)
	note, err := s.Kept(ctx, noteName)
	if err != nil || len(c.notes) > 0 && !c.notes[string(note)] && !v.refused {
		v.fault("the note is %q, %v", note, err)
	}
	goesOn(ctx, s, clock(), &v)
	return v
}

// compare wants every acknowledged fact as it was, and nothing that nobody
// recorded.
func (c *claims) compare(entries []journal.Entry, v *verdict) {
	there := map[journal.ID]bool{}
	v.there = there
	for _, e := range entries {
		if there[e.ID] {
			v.fault("%s is there twice", e.ID)
		}
		there[e.ID] = true
		f, known := c.facts[e.ID]
		line, err := journal.Encode(e)
		switch {
		case !known && c.stranger == nil:
			v.fault("%s was never recorded", line)
		case !known:
			if fault := c.stranger(e); fault != "" {
				v.fault("%s: %s", line, fault)
			}
		case f.standing == gone:
			v.fault("%s came back", e.ID)
		case err != nil || f.line != "" && string(bytes.TrimSpace(line)) != f.line:
			v.fault("%s was %s and is %s, %v", e.ID, f.line, line, err)
		}
	}
	lost := 0
	for id, f := range c.facts {
		if f.standing == kept && !there[id] {
			lost++
			if lost <= 3 {
				v.fault("%s was acknowledged and is lost", id)
			}
		}
	}
	if lost > 3 {
		v.fault("%d acknowledged facts are lost, of %d", lost, c.count(kept))
	}
	c.allOrNone(there, v)
}

// allOrNone wants of what was appended together everything or nothing.
func (c *claims) allOrNone(there map[journal.ID]bool, v *verdict) {
	if c.parts {
		return
	}
	all, found := map[int]int{}, map[int]int{}
	for id, f := range c.facts {
		if f.batch == 0 || f.standing != tried && f.standing != kept {
			continue
		}
		all[f.batch]++
		if there[id] {
			found[f.batch]++
		}
	}
	for batch, n := range found {
		if n < all[batch] {
			v.fault("of %d facts that were appended together %d are there", all[batch], n)
		}
	}
}

// seen makes up its mind about what was tried: what was there when everything had
// been read stays, and what was not never comes.
func (c *claims) seen(there map[journal.ID]bool) {
	for id, f := range c.facts {
		if f.standing != tried {
			continue
		}
		f.standing = gone
		if there[id] {
			f.standing = kept
		}
		c.facts[id] = f
	}
}

// goesOn wants one more fact to find its place and everything in order then.
func goesOn(ctx context.Context, s *store.Store, at time.Time, v *verdict) {
	e := journal.New(new(journal.Mint), journal.DefaultCalendar, at, at, journal.Cramped{Note: afterwards})
	if n, err := s.Append(ctx, e); n != 1 || err != nil {
		v.fault("nothing can be added afterwards: %d, %v", n, err)
		return
	}
	if _, live, err := s.Find(ctx, e.ID); err != nil || !live {
		v.fault("what is added afterwards is not there: %v", err)
	}
	r, err := s.Check(ctx)
	if err == nil && onlyBadLines(r) {
		v.alarmed = true
		if _, err = s.Repair(ctx); err == nil {
			r, err = s.Check(ctx)
		}
	}
	if err != nil || !r.Sound() || r.Unfolded > 0 || r.CutOff {
		v.fault("it is not in order: %+v, %v", r, err)
	}
}

// onlyBadLines says whether nothing is wrong but lines of the journal of which
// no fact is missing elsewhere.
func onlyBadLines(r store.Report) bool {
	bad := !r.Sound()
	r.Segments = nil
	return bad && r.Sound()
}

// afterwards marks the facts of goesOn.
const afterwards = "afterwards"

// copyFolder copies a folder as it is, the owner's alone.
func copyFolder(to, from string) error {
	if err := os.RemoveAll(to); err != nil {
		return err
	}
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		return err
	}
	return filepath.WalkDir(to, func(path string, d os.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			err = os.Chmod(path, 0o700)
		}
		return err
	})
}
