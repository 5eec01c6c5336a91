package strict

import (
	"sort"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"

	"lull/routine/say"
)

// Doc is a parsed file.
type Doc struct {
	File string
	root *table
	mark int // bytes in front of the text that was parsed
}

// Span is where something stands in a file.
type Span struct {
	First, Last int // lines, from 1; Last is 0 for a file with no key above its first table
	From, To    int // bytes of a value, for one that is to be replaced; both 0 for a table
}

// Find gives the place of a key, or of a table with its keys, or with no path
// of the keys above the first table.
func (d *Doc) Find(path ...string) (Span, bool) {
	t := d.root
	for i, name := range path {
		k := t.index[name]
		switch {
		case k == nil:
			return Span{}, false
		case k.value.kind == isTables:
			items := k.value.items
			end := items[len(items)-1].table.last
			return Span{First: items[0].line, Last: end}, i == len(path)-1
		case k.value.kind == isTable:
			t = k.value.table
		default:
			s := Span{k.Line, k.last, d.mark + k.from, d.mark + k.to}
			return s, i == len(path)-1
		}
	}
	return Span{First: t.line, Last: t.last}, true
}

// Key is one key of a file with what it is set to.
type Key struct {
	Name string
	Line int // where it is set, from 1

	last     int // last line of its value
	from, to int // bytes of its value
	file     string
	value    value
}

// Wrong is the error that k's value cannot be taken.
func (k Key) Wrong(problem, allowed string) Errors {
	return Errors{{
		File: k.file, Line: k.value.line, Key: k.Name, Value: shorten(k.value.raw),
		Problem: problem, Allowed: allowed,
	}}
}

// kind is the shape of a value, named as errors name it.
type kind = say.Key

const (
	isText   kind = "a text"
	isNumber kind = "a number"
	isTruth  kind = "true or false"
	isMoment kind = "a date or time"
	isList   kind = "a list"
	isTable  kind = "a table"
	isTables kind = "a list of tables" // written as [[name]]
)

var kinds = map[unstable.Kind]kind{
	unstable.String:        isText,
	unstable.Integer:       isNumber,
	unstable.Float:         isNumber,
	unstable.Bool:          isTruth,
	unstable.LocalDate:     isMoment,
	unstable.LocalTime:     isMoment,
	unstable.LocalDateTime: isMoment,
	unstable.DateTime:      isMoment,
}

type value struct {
	kind  kind
	line  int
	raw   string // as written
	text  string // a text without its quotes and escapes; anything else as written
	items []value
	table *table
}

// table is the keys under one header, in the order they were written.
type table struct {
	label    string // how errors call it: [keys], [[step]], this file
	line     int
	last     int // last line of its header or of a key in it
	declared bool
	keys     []*Key
	index    map[string]*Key
}

func newTable(label string, line int) *table {
	return &table{label: label, line: line, last: line, index: map[string]*Key{}}
}

func (t *table) add(k *Key) {
	t.keys = append(t.keys, k)
	t.index[k.Name] = k
	t.last = max(t.last, k.last)
}

// builder makes the tree of a file from the parser's expressions.
type builder struct {
	file   string
	data   []byte
	text   string // data again, of which values are parts
	breaks []int  // offsets of the line breaks
	root   *table
	at     *table // the table that key = value lines go to
}

func newBuilder(file string, data []byte) *builder {
	b := &builder{file: file, data: data, text: string(data)}
	for i, c := range data {
		if c == '\n' {
			b.breaks = append(b.breaks, i)
		}
	}
	b.root = newTable(say.Text("this file"), 1)
	b.root.declared, b.root.last = true, 0
	b.at = b.root
	return b
}

func (b *builder) lineAt(offset int) int { return sort.SearchInts(b.breaks, offset) + 1 }

func (b *builder) wrong(line int, key, problem, allowed string) *Error {
	return &Error{File: b.file, Line: line, Key: key, Problem: problem, Allowed: allowed}
}

func (b *builder) take(n *unstable.Node) *Error {
	path, err := b.path(n)
	if err != nil {
		return err
	}
	if n.Kind == unstable.KeyValue {
		return b.assign(b.at, path, n, 1)
	}
	return b.header(path, n.Kind == unstable.ArrayTable)
}

// part is one name of a dotted key.
type part struct {
	name      string
	line, end int // end is the offset just behind it
}

func (b *builder) path(n *unstable.Node) ([]part, *Error) {
	var path []part
	for it := n.Key(); it.Next(); {
		raw := it.Node().Raw
		p := part{string(it.Node().Data), b.lineAt(int(raw.Offset)), int(raw.Offset + raw.Length)}
		path = append(path, p)
		if len(path) > MaxDots+1 {
			return nil, b.wrong(p.line, "", say.Text("the key has too many dots"), say.Text("a key may have %d", MaxDots))
		}
	}
	return path, nil
}

// header opens the table that [path] or [[path]] names.
func (b *builder) header(path []part, many bool) *Error {
	t, err := b.descend(b.root, path[:len(path)-1])
	if err != nil {
		return err
	}
	last := path[len(path)-1]
	label := label(path, many)
	old := t.index[last.name]
	if old == nil {
		old = &Key{Name: last.name, Line: last.line, file: b.file}
		old.value = value{kind: isTable, line: last.line, raw: label}
		if many {
			old.value.kind = isTables
		} else {
			old.value.table = newTable(label, last.line)
		}
		t.add(old)
	}
	switch {
	case many && old.value.kind == isTables:
		b.at = newTable(label, last.line)
		old.value.items = append(old.value.items, value{kind: isTable, line: last.line, raw: label, table: b.at})
	case !many && old.value.kind == isTable && !old.value.table.declared:
		b.at = old.value.table
		b.at.line = last.line
	default:
		return b.again(last, old)
	}
	b.at.declared = true
	return nil
}

func label(path []part, many bool) string {
	names := make([]string, len(path))
	for i, p := range path {
		names[i] = shown(p.name)
	}
	name := "[" + strings.Join(names, ".") + "]"
	if many {
		return "[" + name + "]"
	}
	return name
}

func (b *builder) again(p part, first *Key) *Error {
	return b.wrong(p.line, p.name, say.Text("is set a second time"), say.Text("it is already on line %d", first.Line))
}

// descend follows path from t, making the tables that are not there yet.
func (b *builder) descend(t *table, path []part) (*table, *Error) {
	for i, p := range path {
		k := t.index[p.name]
		if k == nil {
			name := label(path[:i+1], false)
			k = &Key{Name: p.name, Line: p.line, last: p.line, file: b.file}
			k.value = value{kind: isTable, line: p.line, raw: name, table: newTable(name, p.line)}
			t.add(k)
		}
		switch {
		case k.value.kind == isTable && k.value.table != nil:
			t = k.value.table
		case k.value.kind == isTables:
			t = k.value.items[len(k.value.items)-1].table
		default:
			return nil, b.wrong(p.line, p.name, say.Text("is not a table"), say.Text("it is %s on line %d", k.value.kind, k.Line))
		}
	}
	return t, nil
}

// assign puts the key = value that n is into t. depth counts the values that n
// is inside of, itself included.
func (b *builder) assign(t *table, path []part, n *unstable.Node, depth int) *Error {
	t, err := b.descend(t, path[:len(path)-1])
	if err != nil {
		return err
	}
	p := path[len(path)-1]
	if first := t.index[p.name]; first != nil {
		return b.again(p, first)
	}
	to := int(n.Raw.Offset + n.Raw.Length)
	written := strings.TrimLeft(b.text[p.end:to], " \t=")
	k := &Key{Name: p.name, Line: p.line, last: b.lineAt(to), from: to - len(written), to: to, file: b.file}
	k.value, err = b.convert(n.Value(), p, depth)
	if err != nil {
		return err
	}
	k.value.raw = written
	t.add(k)
	b.at.last = max(b.at.last, k.last)
	return nil
}

// convert reads the value of key p.
func (b *builder) convert(n *unstable.Node, p part, depth int) (value, *Error) {
	if depth > maxNesting {
		return value{}, b.wrong(p.line, p.name, say.Text("is nested too deeply"), say.Text("%d levels are enough", maxNesting))
	}
	switch n.Kind {
	case unstable.Array:
		return b.list(n, p, depth)
	case unstable.InlineTable:
		return b.inline(n, p, depth)
	}
	v := value{kind: kinds[n.Kind], line: b.lineAt(int(n.Raw.Offset)), text: string(n.Data)}
	v.raw = b.text[n.Raw.Offset : n.Raw.Offset+n.Raw.Length]
	if v.kind != isText {
		return v, nil
	}
	if r, bad := unseen(strings.ReplaceAll(v.text, "\n", "")); bad {
		return value{}, b.wrong(v.line, p.name, say.Text("holds the character %U, which cannot be seen", r), say.Text("remove it"))
	}
	return v, nil
}

func (b *builder) list(n *unstable.Node, p part, depth int) (value, *Error) {
	v := value{kind: isList, line: p.line}
	for it := n.Children(); it.Next(); {
		item, err := b.convert(it.Node(), p, depth+1)
		if err != nil {
			return value{}, err
		}
		v.items = append(v.items, item)
	}
	return v, nil
}

func (b *builder) inline(n *unstable.Node, p part, depth int) (value, *Error) {
	t := newTable(shown(p.name), b.lineAt(int(n.Raw.Offset)))
	t.declared = true
	for it := n.Children(); it.Next(); {
		path, err := b.path(it.Node())
		if err != nil {
			return value{}, err
		}
		if err := b.assign(t, path, it.Node(), depth+1); err != nil {
			return value{}, err
		}
	}
	return value{kind: isTable, line: t.line, raw: "{…}", table: t}, nil
}
