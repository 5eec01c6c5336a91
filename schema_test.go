package main

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"lull/routine/review"
)

// Every key that `lull review --json` can write is in its documentation.
func TestEveryKeyOfTheReviewIsDocumented(t *testing.T) {
	page, err := os.ReadFile("docs/REVIEW.md")
	if err != nil {
		t.Fatal(err)
	}
	keys := jsonKeys(reflect.TypeFor[review.Review](), map[reflect.Type]bool{})
	if len(keys) < 60 {
		t.Fatalf("only %d keys were found: %v", len(keys), keys)
	}
	for _, key := range keys {
		if !strings.Contains(string(page), "`"+key+"`") {
			t.Errorf("docs/REVIEW.md does not say what %q is", key)
		}
	}
}

// jsonKeys are the names that the fields of a type, and of what it is made of,
// have in JSON.
func jsonKeys(of reflect.Type, seen map[reflect.Type]bool) []string {
	switch of.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array:
		return jsonKeys(of.Elem(), seen)
	case reflect.Struct:
	default:
		return nil
	}
	if seen[of] {
		return nil
	}
	seen[of] = true
	var keys []string
	for f := range of.Fields() {
		if key, _, _ := strings.Cut(f.Tag.Get("json"), ","); key != "" && key != "-" {
			keys = append(keys, key)
		}
		keys = append(keys, jsonKeys(f.Type, seen)...)
	}
	return keys
}
