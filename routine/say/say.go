// Package say holds what lull says, in the language of the person.
//
// A sentence stands in the code once, in English, as a constant of type Key;
// the English is the name of the sentence as well as its text. What it is in
// another language stands in a catalogue, assets/words/LANGUAGE.po, which
// people and their tools can edit. A test finds the constants of type Key by
// their type, so that none can be missing from a catalogue, and the sentences
// that are none.
//
// The language is the one thing all of lull shares: it is chosen once, before
// anything is said, or in Settings; handing it through every function would say
// the same in a thousand places. What is written for programs (JSON, the
// journal, config.toml, ids, the words a verb is called with) has no language.
package say

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Key is a sentence, or a part of one that can stand alone, in English, with the
// verbs of package fmt for what is filled in. A translation may take its
// arguments in another order: %[2]s.
type Key string

// String is the sentence in the person's language.
func (k Key) String() string { return Text(k) }

// current is the language everything is said in; nil is English, as it stands in
// the code.
var current atomic.Pointer[Language]

// Use makes everything from now on be said in l; nil is English.
func Use(l *Language) { current.Store(l) }

// InEnglish makes everything be said in English until the function it returns is
// called: for what programs read.
func InEnglish() (back func()) {
	was := current.Swap(nil)
	return func() { current.Store(was) }
}

// Tag is the language in use as a BCP 47 tag: en, es.
func Tag() string {
	if l := current.Load(); l != nil {
		return l.tag.String()
	}
	return English
}

// English is the tag of the language that the keys are written in.
const English = "en"

// Text is the sentence, filled in.
func Text(k Key, args ...any) string { return As("", k, args...) }

// As is Text for a word that English uses for two things which other languages
// tell apart: where says which, such as "side" for left and right.
func As(where string, k Key, args ...any) string {
	l := current.Load()
	if l == nil {
		return fill(string(k), args)
	}
	return fill(l.sentence(where, string(k)), l.local(args))
}

// Count is the sentence for so many things: one for a single one, many for all
// other numbers of English; a catalogue may know more forms. The number is the
// first argument, rest follow.
func Count(n int, one, many Key, rest ...any) string {
	args := append([]any{n}, rest...)
	l := current.Load()
	switch {
	case l != nil:
		return fill(l.plural(n, string(one), string(many)), l.local(args))
	case n == 1:
		return fill(string(one), args)
	}
	return fill(string(many), args)
}

// Error is fmt.Errorf in the person's language; %w wraps as it does there.
func Error(k Key, args ...any) error {
	if l := current.Load(); l != nil {
		return fmt.Errorf(l.sentence("", string(k)), l.local(args)...)
	}
	return fmt.Errorf(string(k), args...)
}

// Name is a name that may be one of lull's own, such as a checklist item that
// was never changed, or somebody's: only the former is said in another language.
func Name(s string) string {
	if l := current.Load(); l != nil {
		return l.sentence("", s)
	}
	return s
}

// Number is a number as the language writes it, by a verb of package fmt.
func Number(verb string, v float64) string {
	if l := current.Load(); l != nil {
		return fill(verb, l.local([]any{v}))
	}
	return fmt.Sprintf(verb, v)
}

// Layout is how a date is written, in the manner of package time. A catalogue
// may order its parts in another way.
type Layout string

// Date is a moment by a layout, with the names of days and months.
func Date(t time.Time, layout Layout) string {
	if l := current.Load(); l != nil {
		return l.date(t, string(layout))
	}
	return t.Format(string(layout))
}

// Once reads the first time it is asked, and again when the language is another.
// It may be used by several goroutines at once.
func Once[T any](read func() (T, error)) func() (T, error) {
	var lock sync.Mutex
	var got T
	var failed error
	in := ""
	return func() (T, error) {
		lock.Lock()
		defer lock.Unlock()
		if tag := Tag(); in != tag {
			in = tag
			got, failed = read()
		}
		return got, failed
	}
}

func fill(form string, args []any) string {
	if len(args) == 0 {
		return form
	}
	return fmt.Sprintf(form, args...)
}

// Fault is an error that is one sentence and nothing else. Two with the same
// words are the same error, so it can be told from others by errors.Is, and it
// is said in the language of the moment at which it is printed.
type Fault Key

func (f Fault) Error() string { return Text(Key(f)) }

// Bare is a text in small letters without their accents, which people leave out
// when they type.
func Bare(s string) string { return accents.Replace(s) }

var accents = strings.NewReplacer("á", "a", "é", "e", "í", "i", "ó", "o", "ú", "u", "ü", "u", "ñ", "n")
