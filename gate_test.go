package main

import (
	"go/ast"
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
		if under(s.folder, "ui/bench") {
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
