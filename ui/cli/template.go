package cli

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"text/template/parse"

	"lull/routine/say"
)

// page is a template of package text/template's language, as far as it is of
// use on a line: fields, if and else, pipelines, and the functions below. It is
// evaluated here since text/template itself, by looking up methods by name,
// keeps the linker from leaving anything out: it would cost a fifth of the
// binary.
type page struct{ root *parse.ListNode }

func parsePage(text string) (page, error) {
	known := make(map[string]any, len(functions))
	for name := range functions {
		known[name] = true
	}
	trees, err := parse.Parse("--format", text, "", "", known)
	if err != nil {
		return page{}, errors.New(strings.TrimPrefix(err.Error(), "template: "))
	}
	return page{trees["--format"].Root}, nil
}

// fill gives the text for the fields, which hold maps, strings, ints, float64s
// and bools.
func (p page) fill(fields map[string]any) (string, error) {
	var out strings.Builder
	err := fill(&out, p.root, fields)
	return out.String(), err
}

func fill(out *strings.Builder, list *parse.ListNode, fields map[string]any) error {
	if list == nil {
		return nil
	}
	for _, node := range list.Nodes {
		switch n := node.(type) {
		case *parse.TextNode:
			out.Write(n.Text)
		case *parse.CommentNode:
		case *parse.ActionNode:
			v, err := pipeline(n.Pipe, fields)
			if err != nil {
				return err
			}
			fmt.Fprint(out, v)
		case *parse.IfNode:
			v, err := pipeline(n.Pipe, fields)
			if err != nil {
				return err
			}
			branch := n.List
			if !truth(v) {
				branch = n.ElseList
			}
			if err := fill(out, branch, fields); err != nil {
				return err
			}
		default:
			return say.Error("%s is more than lull understands", node)
		}
	}
	return nil
}

// pipeline evaluates commands, each of which gets the value of the one before
// it as its last argument.
func pipeline(pipe *parse.PipeNode, fields map[string]any) (any, error) {
	if len(pipe.Decl) > 0 {
		return nil, say.Error("%s is more than lull understands", pipe)
	}
	var piped []any
	for _, command := range pipe.Cmds {
		v, err := call(command, piped, fields)
		if err != nil {
			return nil, err
		}
		piped = []any{v}
	}
	return piped[0], nil
}

func call(command *parse.CommandNode, piped []any, fields map[string]any) (any, error) {
	name, isCall := command.Args[0].(*parse.IdentifierNode)
	if !isCall && len(command.Args)+len(piped) > 1 {
		return nil, say.Error("%s takes no arguments", command.Args[0])
	}
	if !isCall {
		return value(command.Args[0], fields)
	}
	var args []any
	for _, node := range command.Args[1:] {
		v, err := value(node, fields)
		if err != nil {
			return nil, err
		}
		args = append(args, v)
	}
	v, err := functions[name.Ident](append(args, piped...))
	if err != nil {
		return nil, say.Error("%s: %w", command, err)
	}
	return v, nil
}

func value(node parse.Node, fields map[string]any) (any, error) {
	switch n := node.(type) {
	case *parse.FieldNode:
		return field(n, fields)
	case *parse.PipeNode:
		return pipeline(n, fields)
	case *parse.IdentifierNode:
		return functions[n.Ident](nil)
	case *parse.StringNode:
		return n.Text, nil
	case *parse.BoolNode:
		return n.True, nil
	case *parse.NumberNode:
		if n.IsInt {
			return int(n.Int64), nil
		}
		return n.Float64, nil
	}
	return nil, say.Error("%s is more than lull understands", node)
}

func field(n *parse.FieldNode, fields map[string]any) (any, error) {
	var v any = fields
	for _, name := range n.Ident {
		in, _ := v.(map[string]any)
		inner, there := in[name]
		if !there {
			return nil, say.Error("there is no field %s", n)
		}
		v = inner
	}
	return v, nil
}

// functions are those of text/template that have a use here.
var functions = map[string]func(args []any) (any, error){
	"eq":     comparing(func(c int) bool { return c == 0 }),
	"ne":     comparing(func(c int) bool { return c != 0 }),
	"lt":     comparing(func(c int) bool { return c < 0 }),
	"le":     comparing(func(c int) bool { return c <= 0 }),
	"gt":     comparing(func(c int) bool { return c > 0 }),
	"ge":     comparing(func(c int) bool { return c >= 0 }),
	"and":    deciding(func(v any) bool { return !truth(v) }),
	"or":     deciding(truth),
	"not":    not,
	"printf": printf,
}

func comparing(holds func(int) bool) func([]any) (any, error) {
	return func(args []any) (any, error) {
		if len(args) != 2 {
			return nil, say.Error("it compares two values")
		}
		c, err := compare(args[0], args[1])
		return holds(c), err
	}
}

func compare(a, b any) (int, error) {
	x, isNumber := number(a)
	y, isToo := number(b)
	if isNumber && isToo {
		return cmp.Compare(x, y), nil
	}
	s, isText := a.(string)
	t, isToo := b.(string)
	if isText && isToo {
		return cmp.Compare(s, t), nil
	}
	return 0, say.Error("%v and %v cannot be compared", a, b)
}

// number is a number as one that can be compared; true is 1 and false is 0.
func number(v any) (float64, bool) {
	switch v := v.(type) {
	case int:
		return float64(v), true
	case float64:
		return v, true
	case bool:
		if v {
			return 1, true
		}
		return 0, true
	}
	return 0, false
}

// deciding gives the first argument that decides, or else the last.
func deciding(decides func(any) bool) func([]any) (any, error) {
	return func(args []any) (any, error) {
		if len(args) == 0 {
			return nil, say.Error("it needs a value")
		}
		for _, v := range args[:len(args)-1] {
			if decides(v) {
				return v, nil
			}
		}
		return args[len(args)-1], nil
	}
}

func not(args []any) (any, error) {
	if len(args) != 1 {
		return nil, say.Error("it needs one value")
	}
	return !truth(args[0]), nil
}

func printf(args []any) (any, error) {
	if len(args) == 0 {
		return nil, say.Error("it needs a format")
	}
	format, isText := args[0].(string)
	if !isText {
		return nil, say.Error("its first value is a format")
	}
	return fmt.Sprintf(format, args[1:]...), nil
}

// truth is false for false, 0 and the empty text.
func truth(v any) bool { return v != false && v != 0 && v != 0.0 && v != "" }
