package say

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/message/catalog"
)

// Language is a catalogue with the rules of its language for numbers. It may be
// used by several goroutines at once.
type Language struct {
	tag     language.Tag
	forms   []plural.Form // which form each msgstr[N] is
	printer *message.Printer
	change  func(string) string // what a pseudo-language does to each sentence

	files  fs.FS
	lock   sync.Mutex // for the two below
	words  catalogue
	unread []string // files of the catalogue that nothing was looked for in yet
}

// Languages are the tags of those that lull speaks, English first.
func Languages() []string { return []string{English, "es"} }

// Open finds the catalogue of a language, words/TAG/*.po. English has none and is
// nil. A file is read when a sentence is looked for that those before it lack:
// what a prompt says is in the first of them.
func Open(files fs.FS, tag string) (*Language, error) {
	if tag == English {
		return nil, nil
	}
	if !slices.Contains(Languages(), tag) {
		return nil, fmt.Errorf("%q is not a language of lull: %s", tag, strings.Join(Languages(), ", "))
	}
	names, err := fs.Glob(files, "words/"+tag+"/*.po")
	if err != nil {
		return nil, err
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(turn(a), turn(b)), cmp.Compare(a, b))
	})
	l := newLanguage(language.Make(tag), catalogue{})
	l.files, l.unread = files, names
	return l, nil
}

// early are the files that nearly every verb needs, in the order in which they
// are read.
var early = []string{"help.po", "verbs.po", "nights.po", "places.po", "calendar.po", "stretches.po"}

func turn(name string) int {
	if i := slices.Index(early, path.Base(name)); i >= 0 {
		return i
	}
	return len(early)
}

// entry looks for an entry in one file after the other. What is wrong with a file
// is Read's to tell; its entries before that hold.
func (l *Language) entry(where, key string) []string {
	name := entryName(where, key)
	l.lock.Lock()
	defer l.lock.Unlock()
	for {
		if e := l.words[name]; e != nil || len(l.unread) == 0 {
			return e
		}
		_ = l.readNext()
	}
}

func (l *Language) readNext() error {
	name := l.unread[0]
	l.unread = l.unread[1:]
	text, err := fs.ReadFile(l.files, name)
	if err != nil {
		return err
	}
	if err := l.words.add(string(text)); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// Read reads all that is not read yet and says what is wrong with it.
func (l *Language) Read() error {
	l.lock.Lock()
	defer l.lock.Unlock()
	for len(l.unread) > 0 {
		if err := l.readNext(); err != nil {
			return err
		}
	}
	return nil
}

// Entry is what the catalogue has for a key: its translation, or one for each
// plural form.
func (l *Language) Entry(key string) []string { return l.entry("", key) }

// Keys are the entries of the catalogue as far as it is read, in no order: those
// with a context as the context, "\x04" and the key. The calendar's are left out.
func (l *Language) Keys() []string {
	var keys []string
	for k := range l.words {
		if !strings.HasPrefix(k, dateContext+contextEnd) {
			keys = append(keys, k)
		}
	}
	return keys
}

func newLanguage(tag language.Tag, words catalogue) *Language {
	l := &Language{tag: tag, words: words, forms: []plural.Form{plural.One, plural.Other}}
	l.printer = message.NewPrinter(tag, message.Catalog(catalog.NewBuilder()))
	return l
}

// Match is the language of lull that fits what the environment asks for, by the
// values of LC_ALL, LC_MESSAGES and LANG: the first that is set counts. C and
// POSIX, and a language that lull does not speak, are English.
func Match(values ...string) string {
	for _, v := range values {
		if v == "" {
			continue
		}
		v, _, _ = strings.Cut(v, ".")
		v, _, _ = strings.Cut(v, "@")
		base, err := language.Parse(v)
		if err != nil {
			return English
		}
		b, _ := base.Base()
		if slices.Contains(Languages(), b.String()) {
			return b.String()
		}
		return English
	}
	return English
}

// sentence is a key's translation; a key that the catalogue lacks is itself.
func (l *Language) sentence(where, key string) string {
	if l.change != nil {
		return l.change(key)
	}
	if e := l.entry(where, key); len(e) > 0 && e[0] != "" {
		return e[0]
	}
	return key
}

// plural is the form of a sentence for so many.
func (l *Language) plural(n int, one, many string) string {
	if l.change != nil {
		if n == 1 {
			return l.change(one)
		}
		return l.change(many)
	}
	e := l.entry("", one)
	if len(e) != len(l.forms) {
		if n == 1 {
			return one
		}
		return many
	}
	form := plural.Cardinal.MatchPlural(l.tag, max(n, -n), 0, 0, 0, 0)
	i := slices.Index(l.forms, form)
	if i < 0 {
		i = len(l.forms) - 1
	}
	return e[i]
}

// local makes numbers with a fraction be written as the language writes them.
func (l *Language) local(args []any) []any {
	out := slices.Clone(args)
	for i, a := range out {
		if v, ok := a.(float64); ok {
			out[i] = number{v, l.printer}
		}
	}
	return out
}

// number is a number that knows how its language writes it.
type number struct {
	v float64
	p *message.Printer
}

// Format writes the number by any verb of package fmt.
func (n number) Format(s fmt.State, verb rune) { n.p.Fprintf(s, fmt.FormatString(s, verb), n.v) }

// dateContext tells the names of days and months, and layouts, from other words.
const dateContext = "date"

// date writes a moment by the language's own layout, name by name.
func (l *Language) date(t time.Time, layout string) string {
	if _, name := firstName(layout); name != layout { // a name by itself has no other layout
		layout = l.dated(layout)
	}
	var b strings.Builder
	for layout != "" {
		at, name := firstName(layout)
		b.WriteString(t.Format(layout[:at]))
		if name != "" {
			b.WriteString(l.dated(t.Format(name)))
		}
		layout = layout[at+len(name):]
	}
	return b.String()
}

// dated is a layout or a name of the calendar in the language.
func (l *Language) dated(word string) string {
	if e := l.entry(dateContext, word); len(e) > 0 && e[0] != "" {
		return e[0]
	}
	return word
}

// firstName finds the first part of a layout that stands for a name.
func firstName(layout string) (at int, name string) {
	at = len(layout)
	for _, n := range []string{"Monday", "January", "Mon", "Jan"} { // longer ones first
		if i := strings.Index(layout, n); i >= 0 && i < at {
			at, name = i, n
		}
	}
	return at, name
}
