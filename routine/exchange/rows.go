package exchange

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"lull/routine/journal"
	"lull/routine/say"
)

// readCSV reads what Row wrote. The columns may stand in any order, and all but
// those that make a fact may be missing.
func readCSV(lines []Line, ask Ask) (Read, error) {
	var read Read
	s := sheet{lines: lines, comma: ',', read: &read}
	names, err := s.header()
	if err != nil || names == nil {
		return read, err
	}
	if err := checkNames(names); err != nil {
		return read, err
	}
	for {
		r, ok := s.row(len(names))
		if !ok {
			return read, nil
		}
		e, err := rowEntry(names, r.cells, ask.Calendar)
		if err != nil {
			read.refuse(r.line, err)
			continue
		}
		read.Entries = append(read.Entries, e)
	}
}

// header gives the cells of the first line that is not empty, none if there is
// no such line. Nothing can be read under a header that cannot be.
func (s *sheet) header() ([]string, error) {
	for s.next < len(s.lines) {
		l := s.lines[s.next]
		s.next++
		if l.blank() {
			continue
		}
		err := l.flaw()
		var cells []string
		if err == nil {
			cells, err = split(l.Text, s.comma)
		}
		if err != nil {
			return nil, say.Error("line %d: %w", l.N, err)
		}
		return trimmed(cells), nil
	}
	return nil, nil
}

// checkNames wants the columns that make a fact, and none twice or unknown.
func checkNames(names []string) error {
	known := Header()
	for i, name := range names {
		switch {
		case !slices.Contains(known, name):
			return say.Error("column %d is called %.40q, which lull does not know; take it out, or put it into %s", i+1, name, More)
		case slices.Contains(names[:i], name):
			return say.Error("two columns are called %s; leave one of them", name)
		}
	}
	for _, need := range []string{"id", "at", "kind"} {
		if !slices.Contains(names, need) {
			return say.Error("the column %s is missing; without it a row is no fact", need)
		}
	}
	return nil
}

// rowEntry makes the entry of a row, by way of the line that says the same.
func rowEntry(names, cells []string, c journal.Calendar) (journal.Entry, error) {
	armed := make(map[string]string, len(cells))
	for i, cell := range cells {
		armed[names[i]] = Arm(cell)
	}
	keys, err := moreKeys(armed[More])
	if err != nil {
		return journal.Entry{}, err
	}
	for _, column := range columns {
		cell, there := armed[column.key]
		if !there {
			continue
		}
		if err := column.put(keys, cell); err != nil {
			return journal.Entry{}, fmt.Errorf("%s: %w", column.key, err)
		}
	}
	e, err := journal.Decode(object(keys), c)
	if _, edit := e.Of(); err == nil && edit {
		err = say.Error("a table holds facts as they stand; edits such as %s come in as jsonl", e.Fact.Kind())
	}
	return e, err
}

// moreKeys reads the cell of everything else.
func moreKeys(cell string) (map[string]json.RawMessage, error) {
	keys := map[string]json.RawMessage{}
	if cell == "" {
		return keys, nil
	}
	raw, err := readTree(cell)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", More, err)
	}
	if err := json.Unmarshal(raw, &keys); err != nil || keys == nil {
		return nil, say.Error("%s: %.40q is not a JSON object", More, cell)
	}
	for k := range keys {
		if disguised(k) {
			return nil, say.Error("%s: %.40q belongs to a column of its own", More, k)
		}
	}
	return keys, nil
}

// disguised says whether a key would be read as one of the envelope although it
// is not written as one: keys of JSON are read whatever their case.
func disguised(key string) bool {
	return slices.ContainsFunc(envelope, func(k string) bool { return strings.EqualFold(k, key) && (k != key || k == "lull") })
}

// put sets a column's key to what its cell says, or takes it away if the cell is
// empty. What More holds under the key counts only while the cell still shows
// it: whoever changes the cell means the cell.
func (c column) put(keys map[string]json.RawMessage, cell string) error {
	if exact, there := keys[c.key]; there {
		if shown, _ := c.show(exact); shown == cell {
			return nil
		}
		delete(keys, c.key)
	}
	if cell == "" {
		return nil
	}
	raw, err := c.read(cell)
	if err == nil {
		keys[c.key] = raw
	}
	return err
}

// object writes the keys as a line of lull's own: the envelope first, then the
// columns as they stand, then the others by name.
func object(keys map[string]json.RawMessage) []byte {
	keys["lull"] = json.RawMessage(fmt.Sprint(journal.FormatVersion))
	order := []string{"lull"}
	for _, c := range columns {
		order = append(order, c.key)
	}
	for _, k := range slices.Sorted(maps.Keys(keys)) {
		if !slices.Contains(order, k) {
			order = append(order, k)
		}
	}
	order = slices.DeleteFunc(order, func(k string) bool { return keys[k] == nil })
	var b bytes.Buffer
	for i, k := range order {
		b.WriteString(map[bool]string{true: "{", false: ","}[i == 0])
		name, _ := json.Marshal(k)
		b.Write(name)
		b.WriteByte(':')
		b.Write(keys[k])
	}
	b.WriteByte('}')
	return b.Bytes()
}
