package main

import (
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode"

	"golang.org/x/tools/go/packages"

	"lull/assets"
	"lull/routine"
	"lull/routine/body"
	"lull/routine/guide"
	"lull/routine/relief"
	"lull/routine/say"
	"lull/routine/settings"
)

// addTo has the entries that a catalogue lacks written to the end of one of its
// files, without a translation: go test . -run TestEverySentence -add-words es/window.po
var addTo = flag.String("add-words", "", "the file of assets/words that missing entries are written to")

// wording is everything in the code that bears on what is said.
type wording struct {
	keys    map[string]place   // every sentence by its English
	plurals map[string]string  // the sentences of several things by those of one
	layouts map[string]place   // how dates are written
	stray   map[string][]place // constants that look like sentences and are none
	errors  []string           // calls that fill in another number of things than the sentence has room for
}

type place struct {
	file string
	line int
}

func (p place) String() string { return fmt.Sprintf("%s:%d", p.file, p.line) }

// worded reads the code of all of lull once.
var worded = sync.OnceValues(func() (*wording, error) {
	cfg := &packages.Config{Mode: packages.NeedName | packages.NeedFiles | packages.NeedSyntax | packages.NeedTypes | packages.NeedTypesInfo | packages.NeedImports | packages.NeedModule}
	loaded, err := packages.Load(cfg, "./...")
	if err != nil {
		return nil, err
	}
	w := &wording{map[string]place{}, map[string]string{}, map[string]place{}, map[string][]place{}, nil}
	for _, p := range loaded {
		if len(p.Errors) > 0 {
			return nil, fmt.Errorf("%s: %v", p.PkgPath, p.Errors[0])
		}
		for _, file := range p.Syntax {
			w.read(p, file)
		}
	}
	w.assets()
	return w, nil
})

// shipped are the files that come with lull, as their packages read them.
var shipped = []struct {
	from string
	read func(files fs.FS) error
}{
	{"assets/stretches, routines, safety.toml", func(files fs.FS) error {
		lib, err := routine.Open(files)
		if err != nil {
			return err
		}
		return lib.Check()
	}},
	{"assets/relief", func(files fs.FS) error {
		aid, err := relief.Open(files)
		return errors.Join(err, aid.Check())
	}},
	{"assets/figures", func(files fs.FS) error { return body.Open(files).Check() }},
	{"assets/guide", func(files fs.FS) error { _, err := guide.Open(files); return err }},
}

// assets hears what is said while the files that come with lull are read, and
// the settings nobody changed.
func (w *wording) assets() {
	n := 0
	from := ""
	say.Use(say.Listen(func(key string) {
		if _, known := w.keys[key]; !known && speaks(key) {
			n++
			w.keys[key] = place{from, n}
		}
	}))
	defer say.Use(nil)
	for _, part := range shipped {
		from = part.from
		if err := part.read(assets.Files); err != nil {
			w.errors = append(w.errors, err.Error())
		}
	}
	from = "routine/settings/settings.go"
	for _, it := range slices.Concat(settings.Default().Water, settings.Default().Bedtime) {
		say.Name(it.Name)
	}
}

const sayPath = "lull/routine/say"

func named(t types.Type, name string) bool {
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == sayPath && n.Obj().Name() == name
}

// read takes every constant of one file that is a text.
func (w *wording) read(p *packages.Package, file *ast.File) {
	at := func(n ast.Node) place {
		pos := p.Fset.Position(n.Pos())
		name, _ := filepath.Rel(p.Module.Dir, pos.Filename)
		return place{filepath.ToSlash(name), pos.Line}
	}
	silent := silences(file)
	ast.Inspect(file, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			w.call(p, call, at(call))
			if where, key, ok := inContext(p, call); ok {
				w.keys[constant.StringVal(where)+"\x04"+constant.StringVal(key)] = at(call)
				silent[call.Args[1]] = true
			}
		}
		e, ok := n.(ast.Expr)
		if !ok {
			return true
		}
		tv := p.TypesInfo.Types[e]
		if tv.Value == nil || tv.Value.Kind() != constant.String {
			return true
		}
		s := constant.StringVal(tv.Value)
		switch {
		case named(tv.Type, "Key") && silent[e]: // kept with its context
		case named(tv.Type, "Key"), named(tv.Type, "Fault"):
			if _, known := w.keys[s]; !known && s != "" {
				w.keys[s] = at(e)
			}
		case named(tv.Type, "Layout"):
			w.layouts[s] = at(e)
		case types.Identical(tv.Type, types.Typ[types.String]) && sentence(s) && !silent[e] && unsaid[s] == "" && !strings.HasPrefix(s, "$ErrorActionPreference"):
			w.stray[s] = append(w.stray[s], at(e))
		default:
			_, paren := e.(*ast.ParenExpr)
			return paren // its parts may still be keys
		}
		return false
	})
}

// inContext gives the context and the key of a call of say.As.
func inContext(p *packages.Package, call *ast.CallExpr) (where, key constant.Value, ok bool) {
	f, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || f.Sel.Name != "As" || len(call.Args) < 2 {
		return nil, nil, false
	}
	if obj := p.TypesInfo.Uses[f.Sel]; obj == nil || obj.Pkg() == nil || obj.Pkg().Path() != sayPath {
		return nil, nil, false
	}
	where, key = p.TypesInfo.Types[call.Args[0]].Value, p.TypesInfo.Types[call.Args[1]].Value
	return where, key, where != nil && key != nil
}

// call notes plurals and counts what a sentence is filled with.
func (w *wording) call(p *packages.Package, call *ast.CallExpr, at place) {
	sig, ok := p.TypesInfo.TypeOf(call.Fun).(*types.Signature)
	if !ok || len(call.Args) == 0 {
		return
	}
	var keys []string
	last := -1
	for i := range min(sig.Params().Len(), len(call.Args)) {
		tv := p.TypesInfo.Types[call.Args[i]]
		if named(sig.Params().At(i).Type(), "Key") && tv.Value != nil {
			keys, last = append(keys, constant.StringVal(tv.Value)), i
		}
	}
	if len(keys) == 2 {
		w.plurals[keys[0]] = keys[1]
	}
	if !sig.Variadic() || last != sig.Params().Len()-2 || call.Ellipsis != token.NoPos {
		return
	}
	given := len(call.Args) - last - 1
	if len(keys) == 2 {
		given++ // the number itself
	}
	for _, k := range keys {
		if n := len(verbsOf(k)); n != given && (given > 0 || n > 0 && !strings.Contains(k, "%%")) && !(len(keys) == 2 && n < given && strings.Contains(k, "[")) {
			w.errors = append(w.errors, fmt.Sprintf("%s: %q has room for %d and is given %d", at, k, n, given))
		}
	}
}

// verb is one place of a format that is filled in.
var verb = regexp.MustCompile(`%(\[\d+\])?[-+# 0]*(\d+)?(\.\d+)?(\[\d+\])?[a-zA-Z%]`)

// verbsOf are the places of a format, with the argument that each takes.
func verbsOf(format string) []string {
	var all []string
	next := 1
	for _, v := range verb.FindAllString(format, -1) {
		if v == "%%" || strings.HasSuffix(v, "%") {
			continue
		}
		if i := strings.IndexByte(v, '['); i >= 0 {
			next, _ = strconv.Atoi(v[i+1 : strings.IndexByte(v, ']')])
			v = v[:i] + v[strings.IndexByte(v, ']')+1:]
		}
		all = append(all, fmt.Sprintf("%d:%s", next, v))
		next++
	}
	slices.Sort(all)
	return all
}

// sentence says whether a text looks like something a person is meant to read.
var looksSaid = regexp.MustCompile(`[A-Za-z]{2,}[,;:]? [A-Za-z(%]`)

func sentence(s string) bool { return looksSaid.MatchString(s) }

// silences are the expressions of a file that never reach a screen as they are:
// what a panic says, tags, and the words that patterns are made of.
func silences(file *ast.File) map[ast.Expr]bool {
	silent := map[ast.Expr]bool{}
	mute := func(n ast.Node) {
		ast.Inspect(n, func(n ast.Node) bool {
			if e, ok := n.(ast.Expr); ok {
				silent[e] = true
			}
			return true
		})
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if id, ok := n.Fun.(*ast.Ident); ok && id.Name == "panic" {
				mute(n)
			}
		case *ast.KeyValueExpr:
			if id, ok := n.Key.(*ast.Ident); ok && (id.Name == "Example" || id.Name == "Use") {
				mute(n) // what is typed
			}
		case *ast.Field:
			if n.Tag != nil {
				silent[n.Tag] = true
			}
		}
		return true
	})
	return silent
}

// unspoken are the parts of lull whose texts no person at a screen of lull is
// told, each with the reason.
var unspoken = map[string]string{
	"ui/bench":                    "for those who build lull",
	"ui/uitest":                   "for tests",
	"store/ordeal":                "for those who build lull",
	"routine/journal/journaltest": "for tests",
	"routine/rates/trials":        "for those who build lull",
	"routine/say":                 "errors of a catalogue, for those who edit it",
	"routine/remind/systemd.go":   "units, for systemd",
	"routine/remind/launchd.go":   "an agent, for launchd",
	"routine/remind/windows.go":   "a task, for Windows",
	"routine/remind/crontab.go":   "lines that mark what lull wrote",
	"routine/where/words.go":      "words that people type, in every language",
	"routine/body/muscles.go":     "names by which the figures' files know muscles",
}

// unsaid are texts that look like sentences and are none, with what they are.
var unsaid = map[string]string{
	"lull import\n": "what ids are made from",
	"display notification (item 2 of argv) with title (item 1 of argv)": "AppleScript",
	"on run argv": "AppleScript", "end run": "AppleScript",
	"sound %016x %016x %016x %016x %016x %016x ": "a line of a file", "sound %x %x %x %x %x %x": "a line of a file",
	"lull sync 1 %016x %08x\n": "a line of a file", "lull sync 1 0123456789abcdef 01234567\n": "a line of a file",
	"journal (unfinished)": "the name of a place in JSON",
	"no crontab":           "what crontab says", "can't open": "what crontab says", "no such file": "what crontab says",
}

// pending are the parts whose sentences are still to be moved into the
// catalogue. None may be added.
var pending []string

// all has sentences of pending parts be told too.
var all = flag.Bool("all-words", false, "also tell of sentences in parts that are still pending")

func spoken(p place) bool {
	for _, part := range pending {
		if !*all && under(p.file, part) {
			return false
		}
	}
	for part := range unspoken {
		if under(p.file, part) {
			return false
		}
	}
	return true
}

func TestNoSentenceIsOutsideTheCatalogue(t *testing.T) {
	w, err := worded()
	if err != nil {
		t.Fatal(err)
	}
	if len(w.keys) < 100 && len(pending) == 0 {
		t.Fatalf("only %d sentences were found", len(w.keys))
	}
	by := map[string][]string{}
	for s, places := range w.stray {
		for _, p := range places {
			if spoken(p) {
				by[path.Dir(p.file)] = append(by[path.Dir(p.file)], fmt.Sprintf("%s: %q", p, s))
			}
		}
	}
	for _, part := range slices.Sorted(maps.Keys(by)) {
		slices.Sort(by[part])
		t.Errorf("%s: %d texts that look like sentences are not of type say.Key:\n\t%s", part, len(by[part]), strings.Join(by[part], "\n\t"))
	}
}

func TestSentencesAreFilledWithWhatTheyHaveRoomFor(t *testing.T) {
	w, err := worded()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range w.errors {
		t.Error(e)
	}
}

func TestEverySentenceIsInEveryCatalogue(t *testing.T) {
	if len(pending) > 0 && !*all {
		t.Skip("the sentences are not all in the catalogue yet")
	}
	w, err := worded()
	if err != nil {
		t.Fatal(err)
	}
	for _, tag := range say.Languages() {
		if tag == say.English {
			continue
		}
		cat, err := say.Open(assets.Files, tag)
		if err == nil {
			err = cat.Read()
		}
		if err != nil {
			t.Fatal(err)
		}
		var missing []string
		for _, k := range slices.SortedFunc(maps.Keys(w.keys), w.order) {
			forms := cat.Entry(k)
			if many := w.plurals[k]; many == "" && w.isMany(k) || !speaks(k) {
				continue
			}
			if len(forms) == 0 || slices.Contains(forms, "") {
				missing = append(missing, k)
				continue
			}
			if !strings.HasPrefix(w.keys[k].file, "assets/") { // nothing is filled in there
				t.Run(tag, func(t *testing.T) { w.sameVerbs(t, k, forms) })
			}
		}
		if *addTo != "" {
			w.add(t, missing)
		}
		for layout, at := range w.layouts {
			if name := layout == "Mon" || layout == "Jan" || layout == "Monday" || layout == "January"; !name && len(cat.Entry("date\x04"+layout)) == 0 {
				t.Errorf("%s: %s: the order of a date written %q", tag, at, layout)
			}
		}
		for _, k := range missing {
			t.Errorf("%s: %s: %q", tag, w.keys[k], k)
		}
		for _, k := range cat.Keys() {
			if _, used := w.keys[k]; !used {
				t.Errorf("%s: nothing says %q any more", tag, k)
			}
		}
	}
}

// speaks says whether a key has words of its own.
func speaks(key string) bool {
	return strings.ContainsFunc(verb.ReplaceAllString(key, ""), unicode.IsLetter)
}

func (w *wording) order(a, b string) int {
	p, q := w.keys[a], w.keys[b]
	if c := strings.Compare(p.file, q.file); c != 0 {
		return c
	}
	return p.line - q.line
}

// isMany says whether a key is the plural of another one.
func (w *wording) isMany(key string) bool {
	for _, many := range w.plurals {
		if many == key {
			return true
		}
	}
	return false
}

// sameVerbs checks that a translation is filled in as the key is.
func (w *wording) sameVerbs(t *testing.T, key string, forms []string) {
	want := verbsOf(key)
	if many := w.plurals[key]; many != "" {
		want = verbsOf(many)
	} else if len(forms) != 1 {
		t.Errorf("%q has %d forms and is no plural", key, len(forms))
	}
	for i, f := range forms {
		got := verbsOf(f)
		if w.plurals[key] != "" && i == 0 && len(got) == len(verbsOf(key)) {
			continue
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q is filled with %v, its translation %q with %v", key, want, f, got)
		}
	}
}

// add writes entries without a translation.
func (w *wording) add(t *testing.T, missing []string) {
	name := filepath.Join("assets", "words", filepath.FromSlash(*addTo))
	text, err := os.ReadFile(name)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, k := range missing {
		if strings.Contains(string(text), "\nmsgid "+strconv.Quote(k)+"\n") {
			continue // begun
		}
		where, key, ok := strings.Cut(k, "\x04")
		if !ok {
			where, key = "", k
		}
		fmt.Fprintf(&b, "\n#: %s\n", w.keys[k].file)
		if where != "" {
			fmt.Fprintf(&b, "msgctxt %s\n", strconv.Quote(where))
		}
		fmt.Fprintf(&b, "msgid %s\n", strconv.Quote(key))
		if many := w.plurals[k]; many != "" {
			fmt.Fprintf(&b, "msgid_plural %s\nmsgstr[0] \"\"\nmsgstr[1] \"\"\n", strconv.Quote(many))
		} else {
			b.WriteString("msgstr \"\"\n")
		}
	}
	if err := os.WriteFile(name, append(text, b.String()...), fs.FileMode(0o644)); err != nil {
		t.Fatal(err)
	}
	t.Logf("%s: %d entries added", name, len(missing))
}
