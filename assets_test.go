package main

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/pelletier/go-toml/v2"

	"lull/assets"
	"lull/routine/say"
)

// TestATranslationHasRoomWhereItsEnglishStands has every file that comes with
// lull written in each language and read again: a name, a line or a cell that is
// too long for its place, or one line too many, is refused as in the English
// file.
func TestATranslationHasRoomWhereItsEnglishStands(t *testing.T) {
	for _, tag := range say.Languages() {
		language, err := say.Open(assets.Files, tag)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range shipped {
			said := map[string]bool{}
			say.Use(say.Listen(func(key string) { said[key] = true }))
			err := part.read(assets.Files)
			say.Use(nil)
			if err != nil || len(said) == 0 {
				t.Fatalf("%s: %d texts: %v", part.from, len(said), err)
			}
			say.Use(language)
			files := written(t, said)
			say.Use(nil)
			if err := part.read(files); err != nil {
				t.Errorf("%s: %s: %v", tag, part.from, err)
			}
		}
	}
}

// written are the files that come with lull, with the texts among said in the
// language in use.
func written(t *testing.T, said map[string]bool) fs.FS {
	files := fstest.MapFS{}
	err := fs.WalkDir(assets.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".toml" {
			return err
		}
		data, err := fs.ReadFile(assets.Files, name)
		if err != nil {
			return err
		}
		var all map[string]any
		if err := toml.Unmarshal(data, &all); err != nil {
			return err
		}
		data, err = toml.Marshal(translated(all, said))
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// translated is a value of a file with the texts among said in the language in
// use. A list may be one text, broken into lines or parted by commas.
func translated(v any, said map[string]bool) any {
	switch v := v.(type) {
	case string:
		if said[v] {
			return say.Name(v)
		}
	case map[string]any:
		for k := range v {
			v[k] = translated(v[k], said)
		}
	case []any:
		var parts []string
		for i, item := range v {
			if s, ok := item.(string); ok {
				parts = append(parts, s)
				continue
			}
			v[i] = translated(item, said)
		}
		for _, by := range []string{"\n", ", "} {
			if whole := strings.Join(parts, by); said[whole] {
				return strings.Split(say.Name(whole), by)
			}
		}
	}
	return v
}

// quantity is a number, as it is written in English and elsewhere.
var quantity = regexp.MustCompile(`\d+([.,]\d+)*`)

// TestEveryNumberIsTheSameInATranslation keeps doses, weeks and results as they
// were read.
func TestEveryNumberIsTheSameInATranslation(t *testing.T) {
	w, err := worded()
	if err != nil {
		t.Fatal(err)
	}
	numbers := func(text string) []string {
		all := quantity.FindAllString(strings.ReplaceAll(text, "\n", " "), -1)
		for i := range all {
			all[i] = strings.ReplaceAll(all[i], ".", ",")
		}
		slices.Sort(all)
		return all
	}
	for _, tag := range say.Languages()[1:] {
		language, err := say.Open(assets.Files, tag)
		if err != nil {
			t.Fatal(err)
		}
		for key, at := range w.keys {
			for _, form := range language.Entry(key) {
				if was, is := numbers(key), numbers(form); strings.HasPrefix(at.file, "assets/") && !slices.Equal(was, is) {
					t.Errorf("%s: %v became %v: %q", tag, was, is, form)
				}
			}
		}
	}
}
