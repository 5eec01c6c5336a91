package strict

import (
	"lull/routine/say"
)

// Table takes a table with the given fields, written as [name].
func Table(fields Fields) Rule {
	return func(k Key) Errors {
		if k.value.kind != isTable {
			return k.Wrong(say.Text("not a table"), say.Text("write its keys under [%s]", shown(k.Name)))
		}
		return fields.read(k.file, k.value.table)
	}
}

// Tables takes at most limit tables, written as [[name]], and appends one T to
// dst for each. fields gives the fields of the T it gets; it may fill in what
// holds when the file leaves something out.
func Tables[T any](dst *[]T, limit int, fields func(*T) Fields) Rule {
	return func(k Key) Errors {
		if !k.value.tables() {
			return k.Wrong(say.Text("not a list of tables"), say.Text("write each one under [[%s]]", shown(k.Name)))
		}
		if n := len(k.value.items); n > limit {
			e := k.Wrong(say.Text("too many"), say.Text("at most %d; there are %d", limit, n))
			e[0].Line, e[0].Value = k.value.items[limit].line, shorten(k.value.items[limit].raw)
			return e
		}
		var wrong Errors
		for _, v := range k.value.items {
			var item T
			wrong = append(wrong, fields(&item).read(k.file, v.table)...)
			*dst = append(*dst, item)
		}
		return wrong
	}
}

// tables says whether v is a list of nothing but tables.
func (v value) tables() bool {
	for _, item := range v.items {
		if item.kind != isTable {
			return false
		}
	}
	return v.kind == isTables || v.kind == isList
}

// Map takes a table whose keys are free, at most limit of them, and sets dst[key]
// for each value that the rule takes.
func Map[T any](dst *map[string]T, limit int, rule func(name string, v *T) Rule) Rule {
	return func(k Key) Errors {
		if k.value.kind != isTable {
			return k.Wrong(say.Text("not a table"), say.Text("write its keys under [%s]", shown(k.Name)))
		}
		if n := len(k.value.table.keys); n > limit {
			return k.Wrong(say.Text("too many keys"), say.Text("at most %d; there are %d", limit, n))
		}
		if *dst == nil {
			*dst = map[string]T{}
		}
		var wrong Errors
		for _, entry := range k.value.table.keys {
			var item T
			if errs := rule(entry.Name, &item)(*entry); len(errs) > 0 {
				wrong = append(wrong, errs...)
				continue
			}
			(*dst)[entry.Name] = item
		}
		return wrong
	}
}
