package strict_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lull/routine/strict"
)

type step struct {
	Stretch string
	Hold    time.Duration
	Reps    int
	Sides   side
}

type side string

const (
	left  side = "left"
	right side = "right"
)

type file struct {
	Name  string
	Loud  bool
	Tags  []string
	Legs  []side
	Bed   time.Duration
	Steps []step
	Look  struct{ Theme string }
	Keys  map[string][]string
}

func fieldsOf(f *file) strict.Fields {
	return strict.Fields{
		strict.Required("name", strict.Text(&f.Name, 1, 12)),
		strict.Optional("loud", strict.Bool(&f.Loud)),
		strict.Optional("tags", strict.Texts(&f.Tags, 2, 1, 8)),
		strict.Optional("legs", strict.Some(&f.Legs, left, right)),
		strict.Optional("bed", strict.Clock(&f.Bed, 18*time.Hour, 23*time.Hour+59*time.Minute)),
		strict.Optional("look", strict.Table(strict.Fields{
			strict.Optional("theme", strict.OneOf(&f.Look.Theme, "dark", "light")),
		})),
		strict.Optional("keys", strict.Map(&f.Keys, 3, func(_ string, v *[]string) strict.Rule {
			return strict.Texts(v, 2, 1, 8)
		})),
		strict.Optional("step", strict.Tables(&f.Steps, 3, stepFields)),
	}
}

func stepFields(s *step) strict.Fields {
	return strict.Fields{
		strict.Required("stretch", strict.Text(&s.Stretch, 1, 20)),
		strict.Optional("hold", strict.Duration(&s.Hold, time.Second, 10*time.Minute)),
		strict.Optional("reps", strict.Int(&s.Reps, 1, 50)),
		strict.Optional("sides", strict.OneOf(&s.Sides, left, right)),
	}
}

func read(text string) (file, error) {
	var f file
	doc, err := strict.Parse("a.toml", []byte(text))
	if err != nil {
		return f, err
	}
	return f, doc.Read(fieldsOf(&f))
}

func TestEveryKindOfValueIsTaken(t *testing.T) {
	_, err := read("\ufeff# a comment\r\nname = 'knee \\ toe'\nloud = true\ntags = [\n  \"a\", # first\n  \"b\",\n]\n" +
		"legs = [\"right\"]\nbed = \"21:30\"\nlook = { theme = \"dark\" }\n[keys]\ndrink = [\"d\"]\n'a b'.c = 1\n")
	if err == nil {
		t.Fatal("a table where a list belongs was taken")
	}
	got, err := read("\ufeff# a comment\r\nname = 'knee \\ toe'\nloud = true\ntags = [\n  \"a\", # first\n  \"b\",\n]\n" +
		"legs = [\"right\"]\nbed = 21:30\nlook.theme = \"dark\"\n[keys]\ndrink = [\"d\"]\n\n[[step]]\nstretch = \"wall-calf\"\n" +
		"hold = \"1m30s\"\nreps = 2\nsides = \"left\"\n[[step]]\nstretch = \"\\u00e9t\\u00e9\"\n")
	if err != nil {
		t.Fatal(err)
	}
	want := file{
		Name: `knee \ toe`, Loud: true, Tags: []string{"a", "b"}, Legs: []side{right}, Bed: 21*time.Hour + 30*time.Minute,
		Steps: []step{{"wall-calf", 90 * time.Second, 2, left}, {Stretch: "été"}},
		Look:  struct{ Theme string }{"dark"}, Keys: map[string][]string{"drink": {"d"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAWrongLineIsNamedWithWhatIsAllowed(t *testing.T) {
	const hint = `; a line is key = value, and words go in quotes, as in hold = "30s"`
	for text, want := range map[string]string{
		"":                                       "a.toml:1: name is missing from this file",
		"name = \"a\"\n[[step]]\nhold = \"30s\"": "a.toml:2: stretch is missing from [[step]]",
		"name = \"a\"\n[[step]]\nstretch = \"a\"\nhold = \"30x\"":  `a.toml:4: hold = "30x": not a length of time; write a number and s or m, from 1s to 10m`,
		"name = \"a\"\n[[step]]\nstretch = \"a\"\nhold = \"11m\"":  `a.toml:4: hold = "11m": too long; write a number and s or m, from 1s to 10m`,
		"name = \"a\"\n[[step]]\nstretch = \"a\"\nhold = \"0s\"":   `a.toml:4: hold = "0s": too short; write a number and s or m, from 1s to 10m`,
		"name = \"a\"\n[[step]]\nstretch = \"a\"\nhold = 30":       `a.toml:4: hold = 30: not a length of time in quotes; write a number and s or m, from 1s to 10m`,
		"name = \"a\"\n[[step]]\nstretch = \"a\"\nhold = 30s":      "a.toml:4: not readable as TOML: strings must be quoted" + hint,
		"name = \"a\"\n[[step]]\nstretch = \"a\"\nrep = 3":         "a.toml:4: rep is not a key of [[step]]; did you mean reps? allowed: stretch, hold, reps, sides",
		"name = \"a\"\n[[step]]\nstretch = \"a\"\nreps = 0":        "a.toml:4: reps = 0: too small; write a number from 1 to 50, without quotes",
		"name = \"a\"\n[[step]]\nstretch = \"a\"\nreps = 51":       "a.toml:4: reps = 51: too large; write a number from 1 to 50, without quotes",
		"name = \"a\"\n[[step]]\nstretch = \"a\"\nreps = 2.5":      "a.toml:4: reps = 2.5: not a whole number; write a number from 1 to 50, without quotes",
		"name = \"a\"\n[[step]]\nstretch = \"a\"\nreps = \"2\"":    `a.toml:4: reps = "2": not a whole number; write a number from 1 to 50, without quotes`,
		"name = \"a\"\n[[step]]\nstretch = \"a\"\nsides = \"lft\"": `a.toml:4: sides = "lft": not known here; did you mean left? allowed: left, right`,
		"name = \"a\"\n[[step]]\nstretch = \"a\"\nstretch = \"b\"": "a.toml:4: stretch is set a second time; it is already on line 3",
		"name = 3":                                  "a.toml:1: name = 3: not a text in quotes; write 1 to 12 characters in quotes",
		"name = \"\"":                               `a.toml:1: name = "": too short; write 1 to 12 characters in quotes`,
		"name = \"   \"":                            `a.toml:1: name = " ": too short; write 1 to 12 characters in quotes`,
		"name = \"a\\nb\"":                          `a.toml:1: name = "a\nb": not on one line, or it holds a tab; write 1 to 12 characters in quotes`,
		"name = \"thirteen chars\"":                 `a.toml:1: name = "thirteen chars": too long by 2; write 1 to 12 characters in quotes`,
		"name = \"a\"\nloud = \"yes\"":              `a.toml:2: loud = "yes": neither true nor false; write true or false, without quotes`,
		"name = \"a\"\ntags = \"a\"":                `a.toml:2: tags = "a": not a list; write at most 2 texts of 1 to 8 characters, as in ["one", "two"]`,
		"name = \"a\"\ntags = [\"a\",\n1]":          `a.toml:3: tags = 1: not a text in quotes; write at most 2 texts of 1 to 8 characters, as in ["one", "two"]`,
		"name = \"a\"\nlegs = [\"left\", \"left\"]": `a.toml:2: legs = "left": there twice; write a list of left, right`,
		"name = \"a\"\nbed = \"25:10\"":             `a.toml:2: bed = "25:10": too late; write hours and minutes, from 18:00 to 23:59`,
		"name = \"a\"\nbed = \"20:60\"":             `a.toml:2: bed = "20:60": not a time of day; write hours and minutes, from 18:00 to 23:59`,
		"name = \"a\"\nbed = \"9pm\"":               `a.toml:2: bed = "9pm": not a time of day; write hours and minutes, from 18:00 to 23:59`,
		"name = \"a\"\nlook = 1":                    "a.toml:2: look = 1: not a table; write its keys under [look]",
		"name = \"a\"\n[look]\ntheme = \"drak\"":    `a.toml:3: theme = "drak": not known here; did you mean dark? allowed: dark, light`,
		"name = \"a\"\n[look]\n[look]":              "a.toml:3: look is set a second time; it is already on line 2",
		"name = \"a\"\n[name.x]":                    "a.toml:2: name is not a table; it is a text on line 1",
		"name = \"a\"\n[step]\nstretch = \"a\"":     "a.toml:2: step = [step]: not a list of tables; write each one under [[step]]",
		"name = \"a\"\n[[step]]\nstretch=\"a\"\n[[step]]\nstretch=\"a\"\n[[step]]\nstretch=\"a\"\n[[step]]\nstretch=\"a\"": "a.toml:8: step = [[step]]: too many; at most 3; there are 4",
		"name = \"a\"\n[keys]\na=[]\nb=[]\nc=[]\nd=[]":                                                                     "a.toml:2: keys = [keys]: too many keys; at most 3; there are 4",
		"name":                            "a.toml:1: not readable as TOML: expected '=' after key" + hint,
		"name = \"a\u202eb\"":             "a.toml:1: holds the character U+202E, which cannot be seen; remove it",
		"name = \"a\"\n# \u2066":          "a.toml:2: holds the character U+2066, which cannot be seen; remove it",
		"name = \"a\\u001b[2J\"":          "a.toml:1: name holds the character U+001B, which cannot be seen; remove it",
		"name = \"a\x9bb\"":               "a.toml:1: not UTF-8 text; save the file as UTF-8",
		"\"a\\u202eb\" = 1\nname = \"a\"": `a.toml:1: "a\u202eb" is not a key of this file; allowed: name, loud, tags, legs, bed, look, keys, step`,
	} {
		_, err := read(text)
		if err == nil {
			t.Errorf("%q was taken, want %s", text, want)
		} else if diff := cmp.Diff(want, err.Error()); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

func TestEverythingWrongIsReportedByLine(t *testing.T) {
	_, err := read("[[step]]\nrep = 2\nhold = \"x\"\n[look]\ntheme = 3\n")
	var lines []int
	var all strict.Errors
	if !errors.As(err, &all) {
		t.Fatalf("got %T", err)
	}
	for _, e := range all {
		lines = append(lines, e.Line)
	}
	if want := []int{1, 1, 2, 3, 5}; !slices.Equal(lines, want) {
		t.Errorf("lines %v, want %v in\n%v", lines, want, err)
	}
	var first *strict.Error
	if !errors.As(err, &first) || first.Key != "name" {
		t.Errorf("the first error is %+v", first)
	}
}

func TestALongListOfErrorsIsCutShort(t *testing.T) {
	text := "name = \"a\"\n"
	for _, r := range "abcdefghijklmnopqrstuvwxyz" {
		text += "x" + string(r) + " = 1\n"
	}
	_, err := read(text)
	if got := err.Error(); strings.Count(got, "\n") != 20 || !strings.HasSuffix(got, "and 6 more like these") {
		t.Error(got)
	}
}

func TestWhatWouldMakeTheParserSlowIsRefused(t *testing.T) {
	for name, text := range map[string]string{
		"a dotted key of 40 KB":           "a" + strings.Repeat(".a", 20_000) + " = 1",
		"a header of 40 KB":               "[a" + strings.Repeat(".a", 20_000) + "]",
		"100,000 nested arrays":           "a = " + strings.Repeat("[", 100_000),
		"30,000 nested arrays over lines": "a = " + strings.Repeat("[\n", 30_000),
		"ten levels of arrays":            "a = [[[[[[[[[[]]]]]]]]]]",
		"nested inline tables":            "a = {b={c={d={e={f=1}}}}}",
		"a key with nine dots":            "a.b.c.d.e.f.g.h.i.j = 1",
		"nine dots inside":                "a = {a.b.c.d.e.f.g.h.i.j = 1}",
		"a file of 65 KiB":                strings.Repeat("# xxxxxxxxxxxxx\n", 65<<6),
		"a line of 5 KiB":                 "# " + strings.Repeat("x", 5<<10),
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := strict.Parse("a.toml", []byte(text)); err == nil {
				t.Error("taken")
			} else if len(err.Error()) > 200 {
				t.Errorf("an error of %d bytes", len(err.Error()))
			}
		})
	}
}

func TestAKeyIsFoundWhereItStands(t *testing.T) {
	const text = "\ufeffname = \"a\" # mine\ntags = [\n \"x\",\n]\n\n[look]\n# how\ntheme = 'dark'\n\n[[step]]\nstretch = \"b\"\n[[step]]\nreps = 2\n"
	doc, err := strict.Parse("a.toml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]struct {
		first, last int
		value       string
	}{
		"":           {1, 4, ""},
		"name":       {1, 1, `"a"`},
		"tags":       {2, 4, "[\n \"x\",\n]"},
		"look":       {6, 8, ""},
		"look theme": {8, 8, "'dark'"},
		"step":       {10, 13, ""},
	} {
		got, ok := doc.Find(strings.Fields(path)...)
		if !ok || got.First != want.first || got.Last != want.last || text[got.From:got.To] != want.value {
			t.Errorf("%q: %v %+v, want %+v", path, ok, got, want)
		}
	}
	for _, path := range []string{"nam", "name x", "look thme", "step stretch"} {
		if got, ok := doc.Find(strings.Fields(path)...); ok {
			t.Errorf("%q found at %+v", path, got)
		}
	}
}

func TestAnEmptyFileHasNoLastLine(t *testing.T) {
	doc, err := strict.Parse("a.toml", []byte("# nothing\n[look]\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got, ok := doc.Find(); !ok || got.Last != 0 {
		t.Errorf("%v %+v", ok, got)
	}
}

func TestARuleMayBeAddedTo(t *testing.T) {
	var name string
	rule := strict.Text(&name, 1, 9).And(func() (string, string) {
		if name == "taken" {
			return "there already", "choose another"
		}
		return "", ""
	})
	for text, want := range map[string]string{
		`name = "free"`:  "",
		`name = "taken"`: `a.toml:1: name = "taken": there already; choose another`,
	} {
		doc, err := strict.Parse("a.toml", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if err := doc.Read(strict.Fields{strict.Required("name", rule)}); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
