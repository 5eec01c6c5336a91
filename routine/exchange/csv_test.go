package exchange

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"pgregory.net/rapid"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
)

var ask = Ask{Calendar: journal.DefaultCalendar, Now: journaltest.Evening}

// linesOf splits a text as a file is split.
func linesOf(text string) []Line {
	var lines []Line
	for i, l := range strings.Split(text, "\n") {
		line := Line{N: i + 1, Text: []byte(strings.TrimRight(l, "\r"))}
		if len(l) > MaxLine {
			line.Text, line.Long = nil, true
		}
		lines = append(lines, line)
	}
	return lines
}

// sheetOf writes the table of some facts.
func sheetOf(t testing.TB, facts []journal.Entry) string {
	t.Helper()
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	rows := [][]string{Header()}
	for _, e := range facts {
		row, err := Row(e)
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// hostile draws texts as nobody should write them.
func hostile(limit int) *rapid.Generator[string] {
	runes := append([]rune("=+-@\t\r\n\"',; ＝＋0aé"), 0, 0x1b, 0x7f, 0x9b, 0x202e, 0x2028, 0x301, 0x1f600, 0xfffd, 0x200b)
	return rapid.OneOf(
		rapid.StringOfN(rapid.SampledFrom(runes), 1, limit, -1), rapid.StringN(1, limit, -1),
	).Filter(func(s string) bool { return strings.TrimSpace(s) != "" })
}

func maybe[T any](g *rapid.Generator[T]) *rapid.Generator[*T] { return rapid.Ptr(g, true) }

// facts draws a fact of any kind that can stand.
var facts = rapid.Custom(func(r *rapid.T) journal.Fact {
	name, count := hostile(20), func(most int) *rapid.Generator[int] { return rapid.IntRange(0, most) }
	to := journal.MakeDate(2026, 12, 7)
	return rapid.SampledFrom([]func() journal.Fact{
		func() journal.Fact {
			return journal.Stretched{Routine: name.Draw(r, "routine"), Outcome: journal.Partial, PlannedS: count(86400).Draw(r, "s"), HeldS: count(9).Draw(r, "s"),
				Moves: rapid.SliceOfN(rapid.Just(journal.Move{Stretch: name.Draw(r, "stretch"), Side: "left", HeldS: 3}), -1, 3).Draw(r, "moves")}
		},
		func() journal.Fact {
			return journal.Cramped{
				Side: rapid.SampledFrom(append(journal.CrampSides, "")).Draw(r, "side"), LastedS: maybe(count(86400)).Draw(r, "lasted"),
				Pain: maybe(count(10)).Draw(r, "pain"), Helped: rapid.SliceOfN(name, 0, 3).Draw(r, "helped"), Note: rapid.OneOf(hostile(60), rapid.Just("")).Draw(r, "note"),
				SoreDays: maybe(count(60)).Draw(r, "days"), Knot: maybe(rapid.Bool()).Draw(r, "knot"), Untimed: rapid.Bool().Draw(r, "untimed"),
				Signs: rapid.SliceOfN(rapid.SampledFrom(journal.CrampSigns), 0, 3).Draw(r, "signs"),
			}
		},
		func() journal.Fact { return journal.Quiet{} },
		func() journal.Fact {
			return journal.Ticked{Item: name.Draw(r, "item"), List: name.Draw(r, "list"), ML: count(10_000).Draw(r, "ml")}
		},
		func() journal.Fact { return journal.Marked{Mark: name.Draw(r, "mark")} },
		func() journal.Fact {
			return journal.Paused{From: to - 3, To: rapid.SampledFrom([]*journal.Date{nil, &to}).Draw(r, "to")}
		},
		func() journal.Fact {
			return journal.Screened{Answers: map[string]any{name.Draw(r, "question"): rapid.OneOf(rapid.Just[any](true), rapid.Just[any](2.5), rapid.Just[any]("=1")).Draw(r, "answer")}}
		},
		func() journal.Fact { return journal.Seen{Card: name.Draw(r, "card")} },
	}).Draw(r, "kind")()
})

// standing draws entries, some of which carry keys that no lull knows.
func standing(t testing.TB, r *rapid.T) []journal.Entry {
	m := journaltest.NewMaker(t, 1)
	all := []journal.Entry{m.Line("dreamt", 3)}
	for range rapid.IntRange(0, 5).Draw(r, "size") {
		e := m.At(float64(rapid.IntRange(-9999, 9999).Draw(r, "hours")), facts.Draw(r, "fact"))
		e.Suspect = rapid.Bool().Draw(r, "suspect")
		if rapid.Bool().Draw(r, "beyond") {
			e = beyond(t, e, hostile(9).Draw(r, "key"), hostile(9).Draw(r, "value"))
		}
		all = append(all, e)
	}
	return all
}

// beyond gives an entry's line a key of its own.
func beyond(t testing.TB, e journal.Entry, key, value string) journal.Entry {
	line, err := journal.Encode(e)
	if err != nil {
		t.Fatal(err)
	}
	k, _ := json.Marshal("x" + key)
	v, _ := json.Marshal(value)
	line = append(append(line[:len(line)-1], ','), k...)
	e, err = journal.Decode(append(append(append(line, ':'), v...), '}'), journal.DefaultCalendar)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// meaning is all that a fact's line says, whatever the order of its keys.
func meaning(t testing.TB, e journal.Entry) map[string]any {
	keys, err := keysOf(e)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]any{}
	for k, raw := range keys {
		v, err := value(raw)
		if err != nil {
			t.Fatal(err)
		}
		all[k] = v
	}
	return all
}

func TestATableReadsBackAsTheSameFactsAndTheSameTable(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		all := standing(t, r)
		text := sheetOf(t, all)
		read, err := From(CSV, linesOf(text), ask)
		if err != nil || len(read.Refused) > 0 || len(read.Entries) != len(all) {
			r.Fatalf("%d of %d came back of\n%s\n%v %v", len(read.Entries), len(all), text, err, read.Refused)
		}
		for i, e := range all {
			if before, after := meaning(t, e), meaning(t, read.Entries[i]); !reflect.DeepEqual(before, after) {
				r.Fatalf("%#v came back as\n%#v", before, after)
			}
		}
		if again := sheetOf(t, read.Entries); again != text {
			r.Fatalf("the table became another:\n%s\n%s", text, again)
		}
	})
}

func TestAFactComesBackWithTheVeryLineItHad(t *testing.T) {
	m := journaltest.NewMaker(t, 1)
	for _, f := range []journal.Fact{
		journaltest.Cramp(7), journaltest.Drink(1), journaltest.Session("trial", journal.Complete, 120), journaltest.Pause(journaltest.Date(3), 5),
		journal.Quiet{}, journal.Marked{Mark: "alcohol"}, journal.Seen{Card: "help"}, journal.Screened{Answers: map[string]any{"knee": true}},
	} {
		e := m.At(1, f)
		read, err := From(CSV, linesOf(sheetOf(t, []journal.Entry{e})), ask)
		if err != nil || len(read.Entries) != 1 {
			t.Fatalf("%s: %v %v", f.Kind(), err, read.Refused)
		}
		if got, want := journaltest.Lines(t, read.Entries), journaltest.Lines(t, []journal.Entry{e}); got[0] != want[0] {
			t.Errorf("%s became\n%s, not\n%s", f.Kind(), got[0], want[0])
		}
	}
}

func TestNoCellRunsAndEveryCellShowsOnlyWhatCanBeSeen(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		for _, e := range standing(t, r) {
			row, err := Row(e)
			if err != nil {
				r.Fatal(err)
			}
			for i, cell := range row {
				for line := range strings.SplitSeq(cell, "\n") {
					if bare := strings.TrimLeft(line, " \u00a0\u3000\""); bare != "" && strings.ContainsAny(bare[:1], "=+-@\t\r") {
						r.Fatalf("%s is %q", Header()[i], cell)
					}
					if strings.ContainsFunc(line, unicode.IsControl) {
						r.Fatalf("%s is %q", Header()[i], cell)
					}
				}
			}
		}
	})
}

func TestADefusedCellComesBackAsItWas(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		cell := rapid.OneOf(hostile(12), rapid.String()).Draw(r, "cell")
		if back := Arm(Defuse(cell)); back != cell {
			r.Fatalf("%q became %q and then %q", cell, Defuse(cell), back)
		}
	})
	for cell, want := range map[string]string{
		"=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'\t=1", "\rx": "'\rx", "  =1": "'  =1", `"=1"`: `'"=1"`,
		"'=1": "''=1", "\u00a0=1": "'\u00a0=1", "＝1": "'＝1", "a\n=1": "a\n'=1",
		"12": "12", "calf": "calf", "it's": "it's", "'quoted'": "'quoted'", "": "", "3-4": "3-4", "2026-11-22": "2026-11-22",
	} {
		if got := Defuse(cell); got != want {
			t.Errorf("%q is defused as %q, not %q", cell, got, want)
		}
	}
}

func TestNumbersStayNumbers(t *testing.T) {
	m := journaltest.NewMaker(t, 1)
	row, err := Row(m.At(1, journaltest.Cramp(7)))
	if err != nil || row[slices.Index(Header(), "pain")] != "7" {
		t.Errorf("%q, %v", row, err)
	}
}

func TestWhoChangesACellMeansTheCell(t *testing.T) {
	m := journaltest.NewMaker(t, 1)
	e := m.At(1, journal.Cramped{Note: "\x1b[2Jold"})
	text := strings.Replace(sheetOf(t, []journal.Entry{e}), "␛[2Jold", "new", 1)
	read, err := From(CSV, linesOf(text), ask)
	if err != nil || len(read.Entries) != 1 || read.Entries[0].Fact.(journal.Cramped).Note != "new" {
		t.Errorf("%+v, %v of\n%s", read, err, text)
	}
}

func TestColumnsMayStandInAnyOrderAndMostMayBeMissing(t *testing.T) {
	const id = "01a202f0-1c20-7000-8000-000000000001"
	read, err := From(CSV, linesOf("kind,knot,id,pain,at\r\ncramped,TRUE,"+id+",7,2026-11-22T03:00:00+01:00\r\n"), ask)
	if err != nil || len(read.Entries) != 1 {
		t.Fatalf("%+v, %v", read, err)
	}
	want := `{"lull":1,"id":"` + id + `","at":"2026-11-22T03:00:00+01:00","night":"2026-11-21","day":"2026-11-21","kind":"cramped","knot":true,"pain":7}`
	if got := journaltest.Lines(t, read.Entries)[0]; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestARowIsRefusedByItsLineAndTheReadingGoesOn(t *testing.T) {
	const start = "01a202f0-1c20-7000-8000-00000000000"
	good := func(n int, rest string) string { return start + strconv.Itoa(n) + ",2026-11-22T03:00:00+01:00," + rest }
	lines := []string{
		"id,at,kind,pain,note,more",          // 1
		good(1, `cramped,7,"two`), `lines",`, // 2, 3
		good(2, "cramped,7,,,,"),                            // 4
		good(3, `cramped,7,"open,`),                         // 5
		good(4, `cramped,11,,`),                             // 6
		good(5, `cramped,1.5,,`),                            // 7
		good(6, `cramped,7,a"b"c,`),                         // 8
		good(7, `cramped,7,,[1]`),                           // 9
		good(8, `cramped,7,,"{""ID"":""x""}"`),              // 10
		good(9, `withdrawn,,,"{""of"":""`+start+`1""}"`),    // 11
		"x" + good(1, "quiet,,,"),                           // 12
		"",                                                  // 13
		good(0, "quiet,,\x00,"),                             // 14
		good(0, "quiet,,\xff,"),                             // 15
		good(0, "quiet,,"+strings.Repeat("x", MaxLine)+","), // 16
		good(0, `quiet,,"`+strings.Repeat("x", journal.MaxLine)+`",""`), // 17
		good(0, "quiet,,,"), // 18
	}
	read, err := From(CSV, linesOf(strings.Join(lines, "\r\n")), ask)
	if err != nil {
		t.Fatal(err)
	}
	want := map[int]string{
		4: "the row has 8 cells, not 6", 5: "a quote is opened and never closed", 6: "pain is 11; it runs from 0 to 10", 7: `pain: "1.5" is not a whole number`,
		8: "a quote stands in the middle", 9: `more: "[1]" is not a JSON object`, 10: `more: "ID" belongs to a column of its own`,
		11: "edits such as withdrawn come in as jsonl", 12: "not an id", 14: "NUL", 15: "UTF-8", 16: "longer than 524288 bytes", 17: "longer than 65536 bytes",
	}
	told(t, read, want)
	if notes := read.Entries[0].Fact.(journal.Cramped).Note; len(read.Entries) != 2 || notes != "two\nlines" {
		t.Errorf("taken: %q", journaltest.Lines(t, read.Entries))
	}
}

// told wants the lines that are refused, each with these words.
func told(t *testing.T, read Read, want map[int]string) {
	t.Helper()
	for _, r := range read.Refused {
		if words, ok := want[r.Line]; !ok || !strings.Contains(r.Why.Error(), words) {
			t.Errorf("line %d is refused: %v; want %q", r.Line, r.Why, words)
		}
		delete(want, r.Line)
	}
	if len(want) > 0 {
		t.Errorf("not refused: %v", want)
	}
}

func TestATableWhoseHeaderIsWrongIsRefusedAsAWhole(t *testing.T) {
	for header, words := range map[string]string{
		"id,at,kind,pian": `column 4 is called "pian"`, "id,at,kind,pain,pain": "two columns are called pain", "id,kind": "the column at is missing",
		`id,at,"kind`: "line 1: ", "": "",
	} {
		_, err := From(CSV, linesOf(header+"\n"), ask)
		if words == "" != (err == nil) || err != nil && !strings.Contains(err.Error(), words) {
			t.Errorf("%s: %v, want %q", header, err, words)
		}
	}
}

func TestEveryKeyOfEveryKindHasAColumnThatThePageNames(t *testing.T) {
	page, err := os.ReadFile("../../docs/FORMATS.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []journal.Kind{journal.KindStretched, journal.KindCramped, journal.KindQuiet, journal.KindTicked, journal.KindMarked,
		journal.KindPaused, journal.KindSeen} {
		for _, key := range journal.Keys(kind) {
			if !slices.Contains(Header(), key) {
				t.Errorf("%s of %s has no column", key, kind)
			}
		}
	}
	for _, name := range Header() {
		if !strings.Contains(string(page), "`"+name+"`") {
			t.Errorf("the page on formats does not name the column %s", name)
		}
	}
}

func TestAnInstantIsWrittenAsFineAsItWas(t *testing.T) {
	for said, want := range map[string]string{
		"2026-11-22T03:00:00+01:00": "2026-11-22T03:00:00.000+01:00", "2026-11-22T03:00:00.1234567Z": "2026-11-22T03:00:00.1234567Z",
	} {
		at, _ := time.Parse(time.RFC3339, said)
		if got := instant(at); got != want {
			t.Errorf("%s is written %s", said, got)
		}
	}
}
