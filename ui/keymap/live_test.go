package keymap

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"charm.land/bubbles/v2/key"
)

// A screen asks for the first of several actions that a key does: those are live
// together, and with what is live everywhere. Each such set must be one of the
// rows in which clashes are looked for.
func TestWhatAScreenListensForIsLookedAtTogether(t *testing.T) {
	group := map[string]Group{}
	for name, a := range names(t) {
		d, ok := find(a)
		if !ok {
			t.Fatalf("%s is in no row", name)
		}
		group[name] = d.group
	}
	sets := 0
	err := filepath.WalkDir("..", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return err
		}
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || !isCalled(call.Fun, "First") {
				return true
			}
			live := []Group{Everywhere}
			for _, arg := range call.Args {
				if sel, ok := arg.(*ast.SelectorExpr); ok && group[sel.Sel.Name] != "" {
					live = append(live, group[sel.Sel.Name])
				}
			}
			if len(live) > 1 {
				sets++
			}
			if !slices.ContainsFunc(together, func(row []Group) bool { return within(live, row) }) {
				t.Errorf("%s listens for %v at once, and nobody looks for clashes among them", file, unique(live))
			}
			return true
		})
		return nil
	})
	if err != nil || sets < 10 {
		t.Errorf("%d sets were found: %v", sets, err)
	}
}

func isCalled(e ast.Expr, name string) bool {
	sel, ok := e.(*ast.SelectorExpr)
	return ok && sel.Sel.Name == name
}

func within(live, row []Group) bool {
	return !slices.ContainsFunc(live, func(g Group) bool { return !slices.Contains(row, g) })
}

func unique(live []Group) []Group {
	slices.Sort(live)
	return slices.Compact(live)
}

// names are the actions by the names they have in Go.
func names(t *testing.T) map[string]Action {
	t.Helper()
	tree, err := parser.ParseFile(token.NewFileSet(), "keymap.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]Action{}
	ast.Inspect(tree, func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if id, typed := v0(v, ok); typed && id == "Action" {
			all[v.Names[0].Name] = Action(strings.Trim(v.Values[0].(*ast.BasicLit).Value, `"`))
		}
		return true
	})
	return all
}

func v0(v *ast.ValueSpec, ok bool) (string, bool) {
	if !ok || v.Type == nil || len(v.Values) == 0 {
		return "", false
	}
	id, ok := v.Type.(*ast.Ident)
	if !ok {
		return "", false
	}
	return id.Name, true
}

// underLeft are the keys that the left hand reaches on most keyboards.
var underLeft = strings.Fields("1 2 3 4 5 q w e r t a s d f g z x c v b Q W E R T A S D F G Z X C V B ! space tab shift+tab esc")

func TestTheLeftHandReachesEverythingAndNothingClashes(t *testing.T) {
	m := For("left")
	if err := m.clash(); err != nil {
		t.Error(err)
	}
	for _, d := range defs {
		keys := m.keys[d.action]
		if d.action == Screen6 || d.action == Screen7 {
			continue // with tab
		}
		if !slices.Contains(underLeft, keys[0]) {
			t.Errorf("%s is on %v: the one that is shown does not lie under the left hand", d.action, keys)
		}
		for _, usual := range d.keys {
			if !slices.Contains(keys, usual) {
				t.Errorf("%s lost its usual key %s", d.action, usual)
			}
		}
	}
}

func TestWhatThePersonChoseComesBeforeTheLeftHandsKeys(t *testing.T) {
	m, err := For("left").With(map[string][]string{"up": {"i"}})
	if err != nil {
		t.Fatal(err)
	}
	if got := m.keys[Up]; !slices.Equal(got, []string{"i"}) {
		t.Errorf("up is on %v", got)
	}
	if _, err := For("left").With(map[string][]string{"drink": {"d"}}); err == nil || !strings.Contains(err.Error(), `up and drink are both on "d"`) {
		t.Errorf("a clash with a key of the left hand: %v", err)
	}
}

func TestOtherHandsHaveTheUsualKeys(t *testing.T) {
	for _, hands := range []string{"both", "one", "", "three"} {
		m := For(hands)
		for _, d := range defs {
			if got := m.Bindings(d.action)[0]; !slices.Equal(got.Keys(), d.keys) || got.Help() != (key.Help{Key: Show(d.keys[0]), Desc: string(d.help)}) {
				t.Errorf("%s: %s is on %v", hands, d.action, got.Keys())
			}
		}
	}
}
