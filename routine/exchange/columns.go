package exchange

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"lull/routine/journal"
	"lull/routine/say"
)

// column is a key of the facts that has cells of its own.
type column struct {
	key string
	shape
}

// shape says how a value is shown in a cell, and false if it cannot be; and how
// a cell that is not empty is read.
type shape struct {
	show func(json.RawMessage) (string, bool)
	read func(string) (json.RawMessage, error)
}

var (
	text   = shape{showText, readText}
	list   = shape{showList, readList}
	number = shape{showNumber, readNumber}
	flag   = shape{showFlag, readFlag}
	tree   = shape{showTree, readTree}
)

// columns are all of them, in the order of the table. The last one, More, is
// not among them.
var columns = []column{
	{"id", text}, {"at", text}, {"night", text}, {"day", text}, {"kind", text}, {"clock_suspect", flag},
	{"routine", text}, {"outcome", text}, {"planned_s", number}, {"held_s", number},
	{"side", text}, {"muscle", text}, {"lasted_s", number}, {"pain", number}, {"awake_min", number}, {"helped", list},
	{"note", text}, {"soreness", number}, {"sore_days", number}, {"knot", flag}, {"signs", list},
	{"untimed", flag}, {"at_least", flag},
	{"item", text}, {"list", text}, {"ml", number}, {"mark", text}, {"from", text}, {"to", text}, {"card", text},
	{"moves", tree}, {"answers", tree},
}

// More is the last column: an object of everything else, so that nothing is
// lost. A text that had to be cleaned for its cell is in there as it was.
const More = "more"

// Header is the first row of the table.
func Header() []string {
	names := make([]string, 0, len(columns)+1)
	for _, c := range columns {
		names = append(names, c.key)
	}
	return append(names, More)
}

// Row is the row of a fact that stands. Every cell is cleaned and defused.
func Row(e journal.Entry) ([]string, error) {
	keys, err := keysOf(e)
	if err != nil {
		return nil, say.Error("write %s as a row: %w", e.ID, err)
	}
	cells := make([]string, 0, len(columns)+1)
	for _, c := range columns {
		cell, _ := c.cell(keys)
		cells = append(cells, Defuse(cell))
	}
	more := ""
	if len(keys) > 0 {
		b, err := json.Marshal(keys)
		if err != nil {
			return nil, say.Error("write %s as a row: %w", e.ID, err)
		}
		more = ascii(b)
	}
	return append(cells, Defuse(more)), nil
}

// cell shows the column's value and takes the key out of those that are left if
// the cell alone tells it exactly.
func (c column) cell(keys map[string]json.RawMessage) (string, bool) {
	raw, there := keys[c.key]
	if !there {
		return "", false
	}
	cell, shown := c.show(raw)
	if !shown || cell == "" {
		return "", false
	}
	if back, err := c.read(cell); err == nil && same(back, raw) {
		delete(keys, c.key)
	}
	return cell, true
}

// keysOf are the keys of a fact: those this lull knows as it understood them,
// and the others as they came.
func keysOf(e journal.Entry) (map[string]json.RawMessage, error) {
	written, err := keysIn(e)
	if err != nil {
		return nil, err
	}
	keys, err := keysIn(journal.Entry{ID: e.ID, At: e.At, Night: e.Night, Day: e.Day, Suspect: e.Suspect, Fact: e.Fact})
	if err != nil {
		return nil, err
	}
	known := append(append(slices.Collect(maps.Keys(keys)), journal.Keys(e.Fact.Kind())...), envelope...)
	for k, v := range written {
		if !slices.ContainsFunc(known, func(name string) bool { return strings.EqualFold(name, k) }) {
			keys[k] = v
		}
	}
	if keys["at"], err = json.Marshal(instant(e.At)); err != nil {
		return nil, err
	}
	if _, session := e.Fact.(journal.Stretched); session && string(keys["moves"]) == "null" {
		delete(keys, "moves")
	}
	delete(keys, "lull")
	return keys, nil
}

// envelope are the keys that every line has and that are no part of a fact.
var envelope = []string{"lull", "id", "at", "night", "day", "kind", "clock_suspect"}

func keysIn(e journal.Entry) (map[string]json.RawMessage, error) {
	line, err := journal.Encode(e)
	if err != nil {
		return nil, err
	}
	var keys map[string]json.RawMessage
	err = json.Unmarshal(line, &keys)
	return keys, err
}

// instant writes an instant as lines do, to the millisecond, or finer if it is.
func instant(at time.Time) string {
	if at.Nanosecond()%int(time.Millisecond) == 0 {
		return at.Format("2006-01-02T15:04:05.000Z07:00")
	}
	return at.Format(time.RFC3339Nano)
}

func showText(raw json.RawMessage) (string, bool) {
	var s *string
	if err := json.Unmarshal(raw, &s); err != nil || s == nil {
		return "", false
	}
	return plain(*s), true
}

func readText(cell string) (json.RawMessage, error) { return json.Marshal(cell) }

func showList(raw json.RawMessage) (string, bool) {
	var words []string
	if err := json.Unmarshal(raw, &words); err != nil {
		return "", false
	}
	return plain(strings.Join(words, ", ")), true
}

func readList(cell string) (json.RawMessage, error) {
	return json.Marshal(trimmed(strings.Split(cell, ",")))
}

func showNumber(raw json.RawMessage) (string, bool) {
	_, err := strconv.ParseUint(string(raw), 10, 31)
	return string(raw), err == nil && (len(raw) == 1 || raw[0] != '0')
}

func readNumber(cell string) (json.RawMessage, error) {
	raw := json.RawMessage(cell)
	if _, fits := showNumber(raw); !fits {
		return nil, say.Error("%.40q is not a whole number", cell)
	}
	return raw, nil
}

func showFlag(raw json.RawMessage) (string, bool) {
	return string(raw), string(raw) == "true" || string(raw) == "false"
}

func readFlag(cell string) (json.RawMessage, error) {
	raw := json.RawMessage(strings.ToLower(cell)) // a spreadsheet makes TRUE of true
	if _, fits := showFlag(raw); !fits {
		return nil, say.Error("%.40q is neither true nor false", cell)
	}
	return raw, nil
}

func showTree(raw json.RawMessage) (string, bool) {
	var flat bytes.Buffer
	if err := json.Compact(&flat, raw); err != nil {
		return "", false
	}
	return ascii(flat.Bytes()), true
}

func readTree(cell string) (json.RawMessage, error) {
	if !json.Valid([]byte(cell)) {
		return nil, say.Error("%.40q is not JSON", cell)
	}
	var flat bytes.Buffer
	err := json.Compact(&flat, []byte(cell))
	return flat.Bytes(), err
}

// value reads JSON without making its numbers any rounder.
func value(raw []byte) (any, error) {
	r := json.NewDecoder(bytes.NewReader(raw))
	r.UseNumber()
	var v any
	err := r.Decode(&v)
	return v, err
}

// same says whether two pieces of JSON mean the same.
func same(a, b json.RawMessage) bool {
	if bytes.Equal(a, b) {
		return true
	}
	x, err1 := value(a)
	y, err2 := value(b)
	return err1 == nil && err2 == nil && reflect.DeepEqual(x, y)
}

// ascii writes JSON in letters that no terminal and no spreadsheet can misread;
// the value stays the same.
func ascii(raw []byte) string {
	var b strings.Builder
	for _, r := range string(raw) {
		if r < utf8.RuneSelf && unicode.IsPrint(r) {
			b.WriteRune(r)
			continue
		}
		for _, unit := range utf16.AppendRune(nil, r) {
			fmt.Fprintf(&b, `\u%04x`, unit)
		}
	}
	return b.String()
}
