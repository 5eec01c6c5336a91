package strict

import (
	"slices"
	"strings"

	"lull/routine/say"
)

// Rule takes the value of a key to where it belongs, or returns what is wrong
// with it. The functions of this package make rules; And adds to one.
type Rule func(Key) Errors

// And gives a rule that runs check once r has taken the value. check returns
// what is wrong with it and what is allowed instead, or an empty problem.
func (r Rule) And(check func() (problem, allowed string)) Rule {
	return func(k Key) Errors {
		if wrong := r(k); len(wrong) > 0 {
			return wrong
		}
		if problem, allowed := check(); problem != "" {
			return k.Wrong(problem, allowed)
		}
		return nil
	}
}

// Field is one key that a table may have.
type Field struct {
	name     string
	rule     Rule
	required bool
}

// Required is a key that must be there.
func Required(name string, r Rule) Field { return Field{name, r, true} }

// Optional is a key that may be there.
func Optional(name string, r Rule) Field { return Field{name, r, false} }

// Fields are all keys that a table may have. They are read in this order, not
// in the file's, so a rule may rely on what an earlier field brought in.
type Fields []Field

// Read takes every value of the file to where the fields say. An error is of
// type Errors and holds everything that is wrong, by line; the values without
// a fault have been taken all the same.
func (d *Doc) Read(fields Fields) error {
	wrong := fields.read(d.File, d.root)
	if len(wrong) == 0 {
		return nil
	}
	slices.SortStableFunc(wrong, func(a, b *Error) int { return a.Line - b.Line })
	return wrong
}

func (fs Fields) read(file string, t *table) Errors {
	wrong := fs.strangers(file, t)
	for _, f := range fs {
		k := t.index[f.name]
		switch {
		case k != nil:
			wrong = append(wrong, f.rule(*k)...)
		case f.required:
			wrong = append(wrong, &Error{
				File: file, Line: t.line, Key: f.name, Problem: say.Text("is missing from %s", t.label),
			})
		}
	}
	return wrong
}

// strangers are the keys of t that no field has.
func (fs Fields) strangers(file string, t *table) Errors {
	var wrong Errors
	for _, k := range t.keys {
		if slices.ContainsFunc(fs, func(f Field) bool { return f.name == k.Name }) {
			continue
		}
		wrong = append(wrong, &Error{
			File: file, Line: k.Line, Key: k.Name,
			Problem: say.Text("is not a key of %s", t.label), Allowed: fs.instead(k.Name),
		})
	}
	return wrong
}

// instead says which keys there are, the nearest to name first.
func (fs Fields) instead(name string) string {
	names := make([]string, len(fs))
	for i, f := range fs {
		names[i] = f.name
	}
	return Instead(name, names)
}

// Instead says what may be written in place of word: the nearest one, if one is
// near, and all that are allowed.
func Instead(word string, allowed []string) string {
	list := say.Text("allowed: %s", strings.Join(allowed, ", "))
	if near := Nearest(word, allowed); near != "" {
		return say.Text("did you mean %s? %s", near, list)
	}
	return list
}
