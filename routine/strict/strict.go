// Package strict reads TOML files that people write. It is strict where a
// lenient reader would guess: an unknown key or a wrong value is an error that
// names the file, the line, the key, and what may stand there instead.
//
// A file is parsed once and then read through a list of fields:
//
//	doc, err := strict.Parse(file, data)
//	if err != nil {
//		return err
//	}
//	return doc.Read(strict.Fields{
//		strict.Required("name", strict.Text(&r.Name, 1, 60)),
//		strict.Optional("step", strict.Tables(&r.Steps, 200, stepFields)),
//	})
//
// Values go straight into the variables the rules point at, in the order of
// the fields; what the file leaves out keeps the value it had.
package strict

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2/unstable"

	"lull/routine/say"
)

// Limits of a file. Size and line length are checked before the parser sees a
// byte, so that nothing in a file can make it slow.
const (
	MaxFile = 64 << 10 // bytes in a file
	MaxLine = 4 << 10  // bytes in a line
	MaxDots = 8        // dots in one key

	maxNesting = 4  // arrays and inline tables inside one value
	maxErrors  = 20 // reported at once

	byteOrderMark = "\ufeff" // some editors put it in front of a file
)

// Error is one thing that is wrong with a file.
type Error struct {
	File    string
	Line    int    // from 1; 0 when the file as a whole is meant
	Key     string // the key it is about, or empty
	Value   string // the value as written, shortened; empty when the key itself is wrong
	Problem string
	Allowed string // what may stand there instead, or empty
}

// Error gives the whole on one line, free of control characters:
// after-football.toml:7: hold = "30x": not a length of time; write ...
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(shown(e.File))
	if e.Line > 0 {
		fmt.Fprintf(&b, ":%d", e.Line)
	}
	b.WriteString(": ")
	if e.Key != "" {
		b.WriteString(shown(e.Key))
		if e.Value != "" {
			b.WriteString(" = " + shown(e.Value) + ":")
		}
		b.WriteByte(' ')
	}
	b.WriteString(e.Problem)
	if e.Allowed != "" {
		b.WriteString("; " + e.Allowed)
	}
	return b.String()
}

// Errors is everything that is wrong with a file, by line. It holds at least
// one error whenever a function of this package returns it as an error.
type Errors []*Error

// Error gives one line for each error, the first twenty of them.
func (es Errors) Error() string {
	var lines []string
	for i, e := range es {
		if i == maxErrors {
			lines = append(lines, say.Text("and %d more like these", len(es)-i))
			break
		}
		lines = append(lines, e.Error())
	}
	return strings.Join(lines, "\n")
}

// Unwrap lets errors.As find the first *Error.
func (es Errors) Unwrap() []error {
	all := make([]error, len(es))
	for i, e := range es {
		all[i] = e
	}
	return all
}

// Parse reads the text of a file; file is only its name for errors. An error is
// of type Errors: the text is not TOML, is over a limit, sets a key twice, or
// holds characters that cannot be seen.
func Parse(file string, data []byte) (*Doc, error) {
	text := bytes.TrimPrefix(data, []byte(byteOrderMark))
	if e := admit(text); e != nil {
		e.File = file
		return nil, Errors{e}
	}
	b := newBuilder(file, text)
	var p unstable.Parser
	p.Reset(text)
	for p.NextExpression() {
		if e := b.take(p.Expression()); e != nil {
			return nil, Errors{e}
		}
	}
	if err := p.Error(); err != nil {
		return nil, Errors{b.unreadable(err)}
	}
	return &Doc{File: file, root: b.root, mark: len(data) - len(text)}, nil
}

// Salvage reads as much of a file as can be read: lines that Parse refuses are
// left out. The error is of type Errors and names each of them. Without a readable
// line the Doc is nil.
func Salvage(file string, data []byte) (*Doc, error) {
	text := bytes.Clone(data)
	var wrong Errors
	for {
		doc, err := Parse(file, text)
		if err == nil {
			if len(wrong) == 0 {
				return doc, nil
			}
			return doc, wrong
		}
		first := err.(Errors)[0]
		wrong = append(wrong, first)
		line, some := blank(text, first.Line)
		if key, _, ok := strings.Cut(line, "="); ok && first.Key == "" && Visible(key) {
			first.Key = shorten(key)
		}
		if len(wrong) > maxErrors || !some {
			return nil, wrong
		}
	}
}

// blank makes a comment of a line, and returns what it was and whether there was
// anything in it. The offsets of the other lines stay.
func blank(text []byte, line int) (was string, some bool) {
	n := 0
	for l := range bytes.Lines(text) {
		if n++; n != line {
			continue
		}
		l = bytes.TrimRight(l, "\r\n")
		if len(bytes.TrimSpace(l)) == 0 || l[0] == '#' {
			return "", false
		}
		was = string(l)
		for i := range l {
			l[i] = ' '
		}
		l[0] = '#'
		return was, true
	}
	return "", false
}

// unreadable turns the parser's complaint into one with a line.
func (b *builder) unreadable(err error) *Error {
	e := &Error{
		File:    b.file,
		Problem: say.Text("not readable as TOML: %s", err),
		Allowed: say.Text(`a line is key = value, and words go in quotes, as in hold = "30s"`),
	}
	var at *unstable.ParserError
	if errors.As(err, &at) {
		e.Line = b.lineAt(cap(b.data) - cap(at.Highlight))
	}
	return e
}

// admit refuses what the parser should never see.
func admit(data []byte) *Error {
	if len(data) > MaxFile {
		return &Error{
			Problem: say.Text("too long: %d bytes", len(data)),
			Allowed: say.Text("a file may have %d KiB", MaxFile>>10),
		}
	}
	n := 0
	for line := range bytes.Lines(data) {
		n++
		if len(line) > MaxLine {
			return &Error{
				Line:    n,
				Problem: say.Text("the line is too long: %d bytes", len(line)),
				Allowed: say.Text("a line may have %d KiB", MaxLine>>10),
			}
		}
		if !utf8.Valid(line) {
			return &Error{Line: n, Problem: say.Text("not UTF-8 text"), Allowed: say.Text("save the file as UTF-8")}
		}
		if r, bad := unseen(string(bytes.TrimRight(line, "\r\n"))); bad {
			return &Error{Line: n, Problem: say.Text("holds the character %U, which cannot be seen", r), Allowed: say.Text("remove it")}
		}
	}
	return nil
}
