package main

import (
	"go/ast"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// aroundTheGate are the ways past the gate that cleans what is printed, and the only
// files that may take them.
var aroundTheGate = []struct {
	of, name string // a selector, as in os.Stdout; of any value if of is a dot
	may      []string
	why      string
}{
	{"os", "Stdout", []string{"main.go", "lines.go"}, "handed to the front door, which cleans"},
	{"os", "Stderr", []string{"main.go"}, "handed to the front door; warn and fall clean"},
	{"fmt", "Print", nil, ""},
	{"fmt", "Printf", nil, ""},
	{"fmt", "Println", nil, ""},
	{"tea", "Println", nil, ""},
	{"tea", "Printf", nil, ""},
	{"tea", "SetClipboard", nil, "nothing of a person's is put into the clipboard of a terminal"},
	{"tea", "SetPrimaryClipboard", nil, ""},
	{"tea", "Raw", []string{"ui/root.go", "ui/hear.go"}, "one question to the terminal, and its bell"},
	{"tea", "Exec", nil, ""},
	{"tea", "ExecProcess", nil, ""},
	{"a", "Out", []string{"ui/cli/app.go", "ui/cli/help.go", "ui/cli/config.go"}, "the gate is made of it; help is all lull's own; an editor gets the terminal"},
	{"a", "Err", []string{"ui/cli/app.go", "ui/cli/root.go", "ui/cli/config.go"}, "note and the flags' errors clean; an editor gets the terminal"},
	{".", "raw", []string{"ui/cli/app.go", "ui/cli/reset.go", "ui/cli/remind_now.go", "ui/cli/export.go"}, "an export to another program keeps every byte; what puts a terminal back, and its own notifications, whose words are cleaned"},
}

func TestNothingIsPrintedAroundTheGate(t *testing.T) {
	for _, s := range sources(t) {
		if under(s.folder, "ui/bench") || under(s.folder, "store/ordeal") { // for those who build lull
			continue
		}
		ast.Inspect(s.tree, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			from := ""
			if id, plain := sel.X.(*ast.Ident); plain {
				from = id.Name
			}
			for _, way := range aroundTheGate {
				hit := sel.Sel.Name == way.name && (way.of == from || way.of == ".")
				if (way.of == "." || way.of == "a") && !strings.HasPrefix(s.name, "ui/cli/") {
					continue
				}
				if hit && !slices.Contains(way.may, s.name) {
					t.Errorf("%s uses %s.%s, around the gate: print with say, note or draw, or in a screen's Draw", s.name, from, way.name)
				}
			}
			return true
		})
	}
}

// SECURITY.md names the test that holds each promise; a test that is gone holds
// nothing.
func TestEveryPromiseNamesATestThatIsThere(t *testing.T) {
	page, err := os.ReadFile("SECURITY.md")
	if err != nil {
		t.Fatal(err)
	}
	var tests strings.Builder
	err = filepath.WalkDir(".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(file, "_test.go") {
			return err
		}
		text, err := os.ReadFile(file)
		tests.Write(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile("`((?:Test|Fuzz)[A-Za-z]+)`").FindAllStringSubmatch(string(page), -1)
	if len(named) < 20 {
		t.Fatalf("only %d are named", len(named))
	}
	for _, n := range named {
		if !strings.Contains(tests.String(), "\nfunc "+n[1]+"(") {
			t.Errorf("there is no %s", n[1])
		}
	}
}
