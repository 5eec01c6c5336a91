package peers

import (
	"strings"
	"testing"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
)

const (
	machine = "0123456789abcdef"
	segment = "202611-01234567.jsonl"
)

func TestANameSaysWhoseFileItIs(t *testing.T) {
	for name, want := range map[string]struct {
		may              bool
		machine, segment string
	}{
		FileName(machine, segment): {true, machine, segment},
		"lull-" + machine + "-202611-01234567.sync-conflict-20261123-101112-ABCDEFG.jsonl": {true, machine, ""},
		"lull-" + machine + "-202611-01234567 (conflicted copy).jsonl":                     {true, machine, ""},
		"Copy of lull-" + machine + "-" + segment:                                          {true, machine, ""},
		"lull-" + machine + "_" + segment:                                                  {true, machine, ""},
		"lull-" + machine + "-" + strings.ToUpper("202611-0123abcd") + ".jsonl":            {true, machine, ""},
		"lull-0123456789ABCDEF-" + segment:                                                 {true, "", ""},
		"lull-.jsonl":                                                                      {true, "", ""},
		"lull-" + machine + ".jsonl":                                                       {true, machine, ""},
		"notes.jsonl":                                                                      {true, "", ""},
		"." + FileName(machine, segment):                                                   {},
		".syncthing." + FileName(machine, segment) + ".tmp":                                {},
		FileName(machine, segment) + ".tmp":                                                {},
		"lull.db":                                                                          {},
		"":                                                                                 {},
		strings.Repeat("a", 250) + ".jsonl":                                                {},
	} {
		f, may := Recognise(name)
		if may != want.may || f.Machine != want.machine || f.Segment != want.segment {
			t.Errorf("%q is %+v, %v; want %+v", name, f, may, want)
		}
		if may && f.Copy() != (want.segment == "") {
			t.Errorf("%q is a copy: %v", name, f.Copy())
		}
	}
}

func TestALineIsLookedAtAsIfAStrangerHadWrittenIt(t *testing.T) {
	m := journaltest.NewMaker(t, 1)
	good := journaltest.Lines(t, []journal.Entry{m.At(0, journaltest.Cramp(3))})[0]
	if _, err := Take([]byte(good), journal.DefaultCalendar); err != nil {
		t.Fatalf("a fact is refused: %v", err)
	}
	for name, line := range map[string]string{
		"empty": "", "no object": "[]", "no JSON": "{", "bytes": "\xff\xfe", "no id": `{"lull":1,"kind":"quiet"}`,
		"another lull's": strings.Replace(good, `"lull":1`, `"lull":2`, 1),
		"no fact":        strings.Replace(good, `"pain":3`, `"pain":300`, 1),
		"no UTF-8":       strings.Replace(good, `"calf"`, "\"\xff\"", 1),
		"deep":           strings.Replace(good, `"pain":3`, `"x":`+strings.Repeat("[", 30_000)+strings.Repeat("]", 30_000), 1),
		"long":           strings.Replace(good, `"pain":3`, `"x":"`+strings.Repeat("y", journal.MaxLine)+`"`, 1),
	} {
		if id, err := Take([]byte(line), journal.DefaultCalendar); err == nil {
			t.Errorf("%s: taken as %s", name, id)
		}
	}
}

func FuzzRecognise(f *testing.F) {
	f.Add(FileName(machine, segment))
	f.Add("lull-lull-" + machine + ".jsonl")
	f.Fuzz(func(t *testing.T, name string) {
		file, may := Recognise(name)
		if !may {
			return
		}
		if file.Machine != "" && !IsMachine(file.Machine) || file.Segment != "" && FileName(file.Machine, file.Segment) != name {
			t.Errorf("%q is %+v", name, file)
		}
	})
}
