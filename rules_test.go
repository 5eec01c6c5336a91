package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// source is one file of the project that is not a test.
type source struct {
	folder  string // slash-separated, "." for the root
	name    string
	imports []string
	tree    *ast.File
}

func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	err := filepath.WalkDir(".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && strings.HasPrefix(d.Name(), ".") && file != "." {
			return orSkip(err, d)
		}
		if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			return err
		}
		s := source{folder: path.Dir(filepath.ToSlash(file)), name: filepath.ToSlash(file), tree: tree}
		for _, i := range tree.Imports {
			name, _ := strconv.Unquote(i.Path.Value)
			s.imports = append(s.imports, name)
		}
		all = append(all, s)
		return nil
	})
	if err != nil || len(all) < 50 {
		t.Fatalf("%d files were read: %v", len(all), err)
	}
	return all
}

func orSkip(err error, d fs.DirEntry) error {
	if err == nil && d.IsDir() {
		return filepath.SkipDir
	}
	return err
}

func under(folder, root string) bool { return folder == root || strings.HasPrefix(folder, root+"/") }

// only says which imports a part of the project may have besides the standard
// library's and, for some, which of those it may not.
var only = []struct {
	part    string
	but     []string // subfolders with a rule of their own
	may     []string // prefixes of imports beyond the standard library
	mustNot []string // prefixes of imports
	why     string
}{
	{
		part: "routine", but: []string{"routine/journal/journaltest"},
		may:     []string{"lull/routine", "github.com/pelletier/go-toml/v2/unstable", "gonum.org/v1/gonum/mathext", "golang.org/x/text/"},
		mustNot: []string{"os", "net", "syscall", "lull/store", "lull/ui"},
		why:     "routine is pure",
	},
	{
		part:    "store",
		may:     []string{"lull/routine", "lull/store", "go.etcd.io/bbolt", "golang.org/x/sys", "github.com/adrg/xdg"},
		mustNot: []string{"lull/ui", "net"},
		why:     "store knows the file and nothing of the screen",
	},
	{
		part: "ui/plain",
		may:  []string{"lull/routine"},
		why:  "lull in lines is given everything, and knows no screen",
	},
	{
		part: "ui", but: []string{"ui/cli", "ui/bench", "ui/uitest"},
		may:     []string{"lull/routine", "lull/ui", "lull/assets", "charm.land/", "github.com/charmbracelet/", "golang.org/x/sys/unix", "golang.org/x/text/", "github.com/mattn/go-runewidth"},
		mustNot: []string{"lull/store", "go.etcd.io", "lull/ui/cli", "lull/ui/uitest", "net", "github.com/spf13"},
		why:     "the screens know the terminal and nothing of the file",
	},
	{
		part:    "ui/cli",
		may:     []string{"lull/routine", "lull/ui/charset", "lull/ui/cli", "lull/ui/figure", "lull/ui/terminal", "lull/ui/theme", "github.com/spf13/cobra", "github.com/spf13/pflag", "charm.land/fang/v2", "charm.land/lipgloss/v2", "github.com/muesli/", "github.com/charmbracelet/", "golang.org/x/term"},
		mustNot: []string{"lull/store", "go.etcd.io", "charm.land/bubbletea", "net"},
		why:     "the verbs know neither the file nor the program",
	},
}

func TestImportsPointInward(t *testing.T) {
	for _, s := range sources(t) {
		for _, rule := range only {
			if !under(s.folder, rule.part) || anyUnder(s.folder, rule.but) {
				continue
			}
			for _, name := range s.imports {
				if matches(name, rule.mustNot) || !standard(name) && !matches(name, rule.may) {
					t.Errorf("%s imports %s: %s", s.name, name, rule.why)
				}
			}
		}
	}
}

func anyUnder(folder string, roots []string) bool {
	for _, r := range roots {
		if under(folder, r) {
			return true
		}
	}
	return false
}

func standard(name string) bool {
	first, _, _ := strings.Cut(name, "/")
	return !strings.Contains(first, ".") && first != "lull"
}

func matches(name string, prefixes []string) bool {
	for _, p := range prefixes {
		if name == p || strings.HasPrefix(name, p+"/") || strings.HasSuffix(p, "/") && strings.HasPrefix(name, p) {
			return true
		}
	}
	return false
}

func TestOnlyMainReadsTheClock(t *testing.T) {
	for _, s := range sources(t) {
		if s.folder == "." || under(s.folder, "ui/bench") || s.folder == "store/ordeal" {
			continue // main is given the clock; the bench and the ordeals are programs of their own
		}
		ast.Inspect(s.tree, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			pkg, ok := sel.X.(*ast.Ident)
			if ok && pkg.Name == "time" && (sel.Sel.Name == "Now" || sel.Sel.Name == "Since" || sel.Sel.Name == "Until") {
				t.Errorf("%s asks for time.%s; the time comes in as an argument", s.name, sel.Sel.Name)
			}
			return true
		})
	}
}

func TestFunctionsCanBeSeenAtOnce(t *testing.T) {
	const longest = 60 // lines
	for _, s := range sources(t) {
		if under(s.folder, "ui/bench") {
			continue
		}
		fset := token.NewFileSet()
		tree, err := parser.ParseFile(fset, filepath.FromSlash(s.name), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range tree.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if n := fset.Position(f.End()).Line - fset.Position(f.Pos()).Line; n > longest {
				t.Errorf("%s: %s has %d lines; give its parts names", s.name, f.Name.Name, n)
			}
		}
	}
}
