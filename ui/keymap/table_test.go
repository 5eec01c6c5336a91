package keymap

import (
	"fmt"
	"strings"
)

// Table is every action as a Markdown table, for the README.
func (m Map) Table() string {
	var b strings.Builder
	b.WriteString("| where | key | does | name in `[keys]` |\n|---|---|---|---|\n")
	for _, d := range defs {
		keys := make([]string, 0, len(m.keys[d.action]))
		for _, k := range m.keys[d.action] {
			keys = append(keys, "`"+Show(k)+"`")
		}
		fmt.Fprintf(&b, "| %s | %s | %s | `%s` |\n", d.group, strings.Join(keys, " "), d.help, d.action)
	}
	return b.String()
}
