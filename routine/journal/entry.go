package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"

	"lull/routine/say"
)

// Entry is a fact with its envelope: who it is, when it happened, and the
// night and day it was given when it was written. Entries are never changed;
// see Revise.
type Entry struct {
	ID      ID
	At      time.Time // with the local offset of that moment
	Night   Date
	Day     Date
	Suspect bool // the clock looked wrong when it was written: kept out of streaks until confirmed
	Again   ID   // of the fact that this one was put back for; zero for most
	Undo    ID   // of the entry that this one reverses in an undo; zero for most
	Fact    Fact
	Patch   map[string]json.RawMessage // the keys a Revised fact changes; nil for other kinds
	line    []byte                     // the very line it was read from; nil for a new one
}

const (
	// FormatVersion is the version of the line format, under the key "lull".
	FormatVersion = 1
	// MaxLine bounds a line in bytes.
	MaxLine = 64 << 10

	instantLayout = "2006-01-02T15:04:05.000Z07:00"
	maxAhead      = 5 * time.Minute
)

var firstSane = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)

// New stamps a fact that happens at the instant at, written now: id, labels
// and whether the clock can be right. An instant more than five minutes ahead
// of now or before 2020 is suspect.
func New(m *Mint, c Calendar, now, at time.Time, f Fact) Entry {
	return Entry{
		ID: m.New(now), At: at, Night: c.Night(at), Day: c.Day(at), Fact: f,
		Suspect: Suspicious(now, at),
	}
}

// Suspicious says whether an instant written now cannot be right: more than
// five minutes ahead, or before 2020.
func Suspicious(now, at time.Time) bool {
	return at.After(now.Add(maxAhead)) || at.Before(firstSane)
}

// NewRevision makes the entry that changes some keys of another. It carries the
// labels of the fact it changes, unless the patch gives new ones.
func NewRevision(m *Mint, now time.Time, of Entry, patch map[string]any) (Entry, error) {
	raw := make(map[string]json.RawMessage, len(patch))
	for k, v := range patch {
		if slices.Contains(reserved, k) {
			return Entry{}, say.Error("%s belongs to the line, not to the fact; it cannot be changed", k)
		}
		b, err := json.Marshal(v)
		if err != nil {
			return Entry{}, say.Error("revise %s: %w", k, err)
		}
		raw[k] = b
	}
	m.Saw(of.ID)
	e := Entry{ID: m.New(now), At: now, Night: of.Night, Day: of.Day, Fact: Revised{Of: of.ID}, Patch: raw}
	if _, err := Revise(of, []Entry{e}); err != nil {
		return Entry{}, err
	}
	return e, nil
}

// reserved are the keys of a line that no patch may carry: it would be read
// back as another fact.
var reserved = append(slices.Clone(envelopeKeys), "of")

// NewWithdrawal makes the entry that takes another out. It carries the labels
// of the fact it withdraws.
func NewWithdrawal(m *Mint, now time.Time, of Entry) Entry {
	m.Saw(of.ID)
	return Entry{ID: m.New(now), At: now, Night: of.Night, Day: of.Day, Fact: Withdrawn{Of: of.ID}}
}

// Anew is a fact under a new id, with everything else in its line, known or not,
// as it stands: what was withdrawn stays out for good, so this is how it is put
// back. The copy remembers the id of the first.
func Anew(m *Mint, now time.Time, e Entry) (Entry, error) { return PutBack(m, now, e, ID{}) }

// PutBack is Anew for an undo of the entry with the id undo, or for none if that
// is zero.
func PutBack(m *Mint, now time.Time, e Entry, undo ID) (Entry, error) {
	line, err := Encode(e)
	if err != nil {
		return e, err
	}
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(line, &keys); err != nil {
		return e, say.Error("put back %s: %w", e.ID, err)
	}
	m.Saw(e.ID)
	for key, id := range map[string]ID{"id": m.New(now), "again": e.Origin()} {
		if keys[key], err = json.Marshal(id); err != nil {
			return e, say.Error("put back %s: %w", e.ID, err)
		}
	}
	delete(keys, "undo")
	if !undo.IsZero() {
		if keys["undo"], err = json.Marshal(undo); err != nil {
			return e, say.Error("put back %s: %w", e.ID, err)
		}
	}
	return Decode(ordered(keys), DefaultCalendar)
}

// Origin is the id of the fact when it was first written: its own unless it was
// withdrawn and put back.
func (e Entry) Origin() ID {
	if !e.Again.IsZero() {
		return e.Again
	}
	return e.ID
}

// Before says a revision's keys as they were in the fact before it: the patch
// that makes another revision of it undone.
func Before(fact, revision Entry) (map[string]any, error) {
	line, err := Encode(fact)
	if err != nil {
		return nil, err
	}
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(line, &keys); err != nil {
		return nil, say.Error("read %s: %w", fact.ID, err)
	}
	patch := map[string]any{}
	for k := range revision.Patch {
		patch[k] = nil
		if old, there := keys[strings.TrimPrefix(k, "new_")]; there {
			patch[k] = old
		}
	}
	return patch, nil
}

// Of is the id of the fact that e revises or withdraws.
func (e Entry) Of() (ID, bool) {
	switch f := e.Fact.(type) {
	case Withdrawn:
		return f.Of, true
	case Revised:
		return f.Of, true
	}
	return ID{}, false
}

// envelope is the part of a line that every kind has.
type envelope struct {
	Lull    int    `json:"lull"`
	ID      ID     `json:"id"`
	At      string `json:"at"`
	Night   *Date  `json:"night,omitempty"`
	Day     *Date  `json:"day,omitempty"`
	Kind    Kind   `json:"kind"`
	Suspect bool   `json:"clock_suspect,omitempty"`
	Again   *ID    `json:"again,omitempty"`
	Undo    *ID    `json:"undo,omitempty"`
}

// Encode writes the entry as one JSON object without a newline. An entry that
// was decoded is written exactly as it was read.
func Encode(e Entry) ([]byte, error) {
	if e.line != nil {
		return e.line, nil
	}
	head, err := json.Marshal(envelope{
		Lull: FormatVersion, ID: e.ID, At: e.At.Format(instantLayout),
		Night: &e.Night, Day: &e.Day, Kind: e.Fact.Kind(), Suspect: e.Suspect, Again: optionalID(e.Again), Undo: optionalID(e.Undo),
	})
	if err != nil {
		return nil, say.Error("encode %s: %w", e.ID, err)
	}
	body, err := json.Marshal(e.Fact)
	if err != nil {
		return nil, say.Error("encode %s: %w", e.ID, err)
	}
	line := splice(head, body)
	if len(e.Patch) > 0 {
		patch, err := json.Marshal(e.Patch)
		if err != nil {
			return nil, say.Error("encode %s: %w", e.ID, err)
		}
		line = splice(line, patch)
	}
	return line, nil
}

func optionalID(id ID) *ID {
	if id.IsZero() {
		return nil
	}
	return &id
}

// splice joins two JSON objects into one.
func splice(a, b []byte) []byte {
	if len(b) <= len("{}") {
		return a
	}
	joined := append(bytes.TrimSuffix(slices.Clone(a), []byte("}")), ',')
	return append(joined, b[1:]...)
}

// Decode reads one line. A line without night or day gets them from at by the
// calendar's rule; a line of an unknown kind comes back as Unknown. The error
// says in words what is wrong with the line.
func Decode(line []byte, c Calendar) (Entry, error) {
	line = bytes.Clone(bytes.TrimSpace(line))
	if len(line) > MaxLine {
		return Entry{}, say.Error("the line is longer than %d bytes", MaxLine)
	}
	var head envelope
	if err := json.Unmarshal(line, &head); err != nil {
		return Entry{}, jsonError(err)
	}
	at, err := head.check()
	if err != nil {
		return Entry{}, err
	}
	e := Entry{ID: head.ID, At: at, Suspect: head.Suspect, line: line}
	if head.Again != nil {
		e.Again = *head.Again
	}
	if head.Undo != nil {
		e.Undo = *head.Undo
	}
	e.Night, e.Day = labelOr(head.Night, c.Night(at)), labelOr(head.Day, c.Day(at))
	if e.Fact, err = decodeFact(head.Kind, line); err != nil {
		return Entry{}, err
	}
	if min(e.Night, e.Day).Midnight().Year() < 1 {
		return Entry{}, say.Error("at is %.60q, whose night would begin before the year 1", head.At)
	}
	_, revised := e.Fact.(Revised)
	if labelled := head.Night != nil && head.Day != nil; labelled && !revised {
		return e, nil // nearly every line: its other keys need no look
	}
	return e.withKeys(head)
}

func (h envelope) check() (time.Time, error) {
	switch {
	case h.Lull != FormatVersion:
		return time.Time{}, say.Error("lull is %d; this version reads lines with \"lull\":%d", h.Lull, FormatVersion)
	case h.ID.IsZero():
		return time.Time{}, say.Error("id is missing")
	case h.Kind == "":
		return time.Time{}, say.Error("kind is missing")
	case h.At == "":
		return time.Time{}, say.Error("at is missing")
	}
	at, err := time.Parse(time.RFC3339, h.At)
	if err != nil {
		return time.Time{}, say.Error("at is %.60q; write it as 2026-11-22T22:31:07+01:00", h.At)
	}
	if y := at.Year(); y < 1 || y > 9998 {
		return time.Time{}, say.Error("at is %.60q; years run from 1 to 9998", h.At)
	}
	return at, nil
}

func labelOr(given *Date, computed Date) Date {
	if given != nil {
		return *given
	}
	return computed
}

// withKeys looks at all the keys of the entry's line: for the patch of a
// revision, and for a line that came without its labels.
func (e Entry) withKeys(head envelope) (Entry, error) {
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(e.line, &keys); err != nil {
		return Entry{}, err
	}
	if head.Night == nil || head.Day == nil {
		e.line = e.labelled(keys)
		if err := head.same(e); err != nil {
			return Entry{}, err
		}
	}
	if _, ok := e.Fact.(Revised); ok {
		e.Patch = patchOf(keys)
	}
	return e, nil
}

// same says what keeps the line of an entry, to which its labels were added, from
// coming back as the same: it is too long with them, or a key of the head stands
// there a second time, in other letters, and is read in another order now.
func (h envelope) same(e Entry) error {
	if len(e.line) > MaxLine {
		return say.Error("the line is longer than %d bytes", MaxLine)
	}
	var again envelope
	if err := json.Unmarshal(e.line, &again); err != nil {
		return jsonError(err)
	}
	if again.Night == nil || again.Day == nil || *again.Night != e.Night || *again.Day != e.Day ||
		again.ID != h.ID || again.Kind != h.Kind || again.At != h.At || again.Suspect != h.Suspect {
		return say.Error("a key stands in it twice, in other letters")
	}
	return nil
}

// labelled is the entry's line with its labels written in, since a label is
// computed once and travels with the fact from then on.
func (e Entry) labelled(keys map[string]json.RawMessage) []byte {
	keys = maps.Clone(keys)
	keys["night"], _ = json.Marshal(e.Night)
	keys["day"], _ = json.Marshal(e.Day)
	return ordered(keys)
}

// ordered writes an object with the envelope first and the other keys by name.
func ordered(keys map[string]json.RawMessage) []byte {
	names := slices.SortedFunc(maps.Keys(keys), func(a, b string) int {
		if x, y := rank(a), rank(b); x != y {
			return x - y
		}
		return strings.Compare(a, b)
	})
	b := []byte{'{'}
	for i, k := range names {
		if i > 0 {
			b = append(b, ',')
		}
		key, _ := json.Marshal(k)
		b = append(append(append(b, key...), ':'), keys[k]...)
	}
	return append(b, '}')
}

var envelopeKeys = []string{"lull", "id", "at", "night", "day", "kind", "clock_suspect", "again", "undo"}

func rank(key string) int {
	if i := slices.Index(envelopeKeys, key); i >= 0 {
		return i
	}
	return len(envelopeKeys)
}

// decoders read the facts of each kind this lull knows.
var decoders = map[Kind]func([]byte) (Fact, error){
	KindStretched:  decodeAs[Stretched],
	KindCramped:    decodeAs[Cramped],
	KindQuiet:      decodeAs[Quiet],
	KindTicked:     decodeAs[Ticked],
	KindMarked:     decodeAs[Marked],
	KindPaused:     decodeAs[Paused],
	KindScreened:   decodeAs[Screened],
	KindSeen:       decodeAs[Seen],
	KindWithdrawn:  decodeAs[Withdrawn],
	KindRevised:    decodeAs[Revised],
	KindMedicine:   decodeAs[Medicine],
	KindExperiment: decodeAs[Experiment],
	KindEstimated:  decodeAs[Estimated],
	KindImported:   decodeAs[Imported],
}

func decodeFact(kind Kind, line []byte) (Fact, error) {
	read, known := decoders[kind]
	if !known {
		return Unknown{Name: kind}, nil
	}
	f, err := read(line)
	if err != nil {
		return nil, jsonError(err)
	}
	return f, f.Validate()
}

func decodeAs[F Fact](line []byte) (Fact, error) {
	var f F
	err := json.Unmarshal(line, &f)
	return f, err
}

// jsonError says a decoding error in words a person can act on.
func jsonError(err error) error {
	var kind *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &kind) && kind.Field == "":
		return say.Error("not a JSON object but a %s", kind.Value)
	case kind != nil:
		return say.Error("%s is a %s, which does not fit", kind.Field, kind.Value)
	case errors.As(err, &syntax):
		return say.Error("not a JSON object: %w", err)
	}
	return err
}

func patchOf(keys map[string]json.RawMessage) map[string]json.RawMessage {
	patch := maps.Clone(keys)
	for _, k := range reserved {
		delete(patch, k)
	}
	return patch
}

// Revise returns base with the revisions applied in the order of their ids. A
// null takes a key away. The error names the key that would spoil the fact, or
// says that it would be another one.
//
// The revision's own at, night and day belong to the edit, not to the fact. A
// revision that moves the fact, or confirms a suspect clock, says so with the
// keys new_at, new_night, new_day and new_clock_suspect.
func Revise(base Entry, revisions []Entry) (Entry, error) {
	if len(revisions) == 0 {
		return base, nil
	}
	line, err := Encode(base)
	if err != nil {
		return base, err
	}
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(line, &keys); err != nil {
		return base, err
	}
	ordering := slices.SortedFunc(slices.Values(revisions), func(a, b Entry) int { return a.ID.Compare(b.ID) })
	for _, r := range ordering {
		for k, v := range r.Patch {
			apply(keys, k, v)
		}
	}
	revised, err := Decode(ordered(keys), DefaultCalendar)
	if err == nil && (revised.ID != base.ID || revised.Fact.Kind() != base.Fact.Kind()) {
		err = say.Error("it would come back as something else; a revision cannot change a fact's id or kind")
	}
	if err != nil {
		return base, err
	}
	return revised, nil
}

// movable are the envelope's keys that a revision may change, as new_at and so on.
var movable = []string{"at", "night", "day", "clock_suspect"}

func apply(keys map[string]json.RawMessage, k string, v json.RawMessage) {
	if moved := strings.TrimPrefix(k, "new_"); slices.Contains(movable, moved) {
		k = moved
	}
	if string(v) == "null" {
		delete(keys, k)
		return
	}
	keys[k] = v
}

var (
	keyOnce  sync.Once
	keyNames map[Kind][]string
)

// Keys lists the keys a person may change in a fact of the kind, by name.
func Keys(kind Kind) []string {
	keyOnce.Do(func() {
		keyNames = map[Kind][]string{}
		for _, f := range []Fact{Stretched{}, Cramped{}, Quiet{}, Ticked{}, Marked{}, Paused{}, Seen{}, Medicine{}} {
			t := reflect.TypeOf(f)
			for i := range t.NumField() {
				key, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
				keyNames[f.Kind()] = append(keyNames[f.Kind()], key)
			}
		}
	})
	return keyNames[kind]
}
