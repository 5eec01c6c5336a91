package cli

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
	"lull/store"
)

// everything is what an export of everything prints, line by line, sorted.
func everything(r *rapid.T, d *desktop, format string) string {
	if status := d.run("export", "--with-health", "--format", format); status != Done {
		r.Fatal(&d.err)
	}
	lines := slices.DeleteFunc(slices.Sorted(strings.Lines(d.out.String())), func(line string) bool { return strings.Contains(line, `"kind":"imported"`) })
	return strings.Join(lines, "")
}

func TestWhatIsExportedImportedAndExportedAgainIsTheSameToTheByte(t *testing.T) {
	for _, format := range exportFormats {
		t.Run(format, func(t *testing.T) {
			rapid.Check(t, func(r *rapid.T) {
				d, other := web(t, r), newDesktop()
				first := everything(r, d, format)
				other.In = strings.NewReader(d.out.String())
				if status := other.run("import", "-"); status != Done {
					r.Fatal(&other.err)
				}
				if again := everything(r, other, format); again != first {
					r.Fatalf("it became another:\n%s\n%s", first, again)
				}
			})
		})
	}
}

// standing is what stands in a journal, without how it came to.
func standing(r *rapid.T, d *desktop) []string {
	facts, err := d.mem.Live(context.Background(), math.MinInt32, math.MaxInt32)
	if err != nil {
		r.Fatal(err)
	}
	var said []string
	for _, e := range facts {
		if e.Fact.Kind() == journal.KindImported {
			continue
		}
		said = append(said, fmt.Sprint(e.ID, e.At.Format(time.RFC3339Nano), e.Night, e.Day, e.Suspect, journal.Words(e.Fact)))
	}
	return said
}

func TestATableBringsBackAllThatStands(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		d, other := web(t, r), newDesktop()
		everything(r, d, sheet)
		other.In = strings.NewReader(d.out.String())
		other.run("import", "-", "--format", "csv")
		if got, want := standing(r, other), standing(r, d); !slices.Equal(got, want) {
			r.Fatalf("got  %q\nwant %q", got, want)
		}
	})
}

func TestATableIsSortedByNightAndTime(t *testing.T) {
	d, m := newDesktop(), journaltest.NewMaker(t, 1)
	told := m.At(200, journal.Cramped{Untimed: true}) // afterwards, of the first night
	told.Night = journaltest.Date(0)
	if _, err := d.mem.Append(context.Background(), m.At(30, journaltest.Cramp(1)), told, m.At(26, journaltest.Cramp(2)), m.At(2, journaltest.Cramp(3))); err != nil {
		t.Fatal(err)
	}
	d.run("export", "--format", "csv")
	rows := strings.Split(strings.TrimSpace(d.out.String()), "\r\n")[1:]
	want := []string{"2026-11-23T00:30", "2026-12-01T06:30", "2026-11-24T00:30", "2026-11-24T04:30"}
	for i, row := range rows {
		if at := strings.Split(row, ",")[1]; len(rows) != len(want) || !strings.HasPrefix(at, want[i]) {
			t.Fatalf("row %d of %d is at %s", i, len(rows), at)
		}
	}
}

func TestATableLeavesTheSafetyAnswersAtHomeAndSaysSo(t *testing.T) {
	d, m := newDesktop(), journaltest.NewMaker(t, 1)
	answers := m.At(0, journal.Screened{Answers: map[string]any{"falls": true}})
	edit := m.Revise(answers, map[string]any{"answers": map[string]any{"knee": true}})
	if _, err := d.mem.Append(context.Background(), answers, edit, m.At(1, journal.Quiet{})); err != nil {
		t.Fatal(err)
	}
	d.run("export", "--format", "csv")
	if text := d.out.String(); strings.Count(text, "\n") != 2 || strings.Contains(text, "knee") || strings.Contains(text, "falls") {
		t.Errorf("exported\n%s", text)
	}
	if told := d.err.String(); !strings.Contains(told, "left out (1 line); --with-health includes them") || !strings.Contains(told, "1 line of the journal") {
		t.Errorf("said %q", told)
	}
	d.run("export", "--format", "csv", "--with-health")
	if text := d.out.String(); !strings.Contains(text, "knee") {
		t.Errorf("exported\n%s", text)
	}
}

func TestAJournalThatFailsTakesNothingOfAForeignFile(t *testing.T) {
	d := newDesktop()
	d.mem.Fail(fmt.Errorf("open lull.db: %w; here is the way out", journal.ErrBusy))
	d.In = strings.NewReader("2026-11-02,1\n")
	if status := d.run("import", "-", "--format", "counts"); status != Busy || d.out.Len() > 0 {
		t.Errorf("status %d, %s%s", status, &d.out, &d.err)
	}
}

func TestWithoutACopyNothingIsTaken(t *testing.T) {
	d := newDesktop()
	d.Keeper = &keeper{noCopy: fmt.Errorf("make a copy before the import: %w", journal.ErrFull)}
	d.In = strings.NewReader("2026-11-02,1\n")
	if status := d.run("import", "-", "--format", "counts"); status != Failed || d.out.Len() > 0 || !strings.Contains(d.err.String(), "nothing was imported: make a copy before") {
		t.Errorf("status %d, %s%s", status, &d.out, &d.err)
	}
	if got, err := d.mem.Live(t.Context(), math.MinInt32, math.MaxInt32); len(got) != 0 || err != nil {
		t.Errorf("%v, %v", got, err)
	}
}

func TestALineOfTenMegabytesIsRefusedAndTheOthersAreTaken(t *testing.T) {
	long := strings.Repeat("x", 10<<20)
	for file, want := range map[string]string{
		"\xef\xbb\xbf2026-11-02,4\r\n" + long + "\r\n2026-11-03,0":                        "lull: line 2: the line is longer than 524288 bytes\n",
		fmt.Sprintf(quietLine, 1) + "\n" + long + "\n" + fmt.Sprintf(quietLine, 2) + "\n": "lull: line 2: the line is longer than 65536 bytes\n",
	} {
		d := newDesktop()
		d.In = strings.NewReader(file)
		if status := d.run("import", "-"); status != Failed || !strings.Contains(d.out.String(), " imported, 0 already there, 0 removed by you earlier, 1 rejected\n") || !strings.HasSuffix(d.err.String(), want) {
			t.Errorf("status %d, %s%s", status, &d.out, &d.err)
		}
	}
}

// realLines are lines of every kind, as lull writes them.
func realLines(t *testing.T, m *journaltest.Maker) []string {
	lasted, yes := 190, true
	cramp := m.At(4, journal.Cramped{Side: "left", Muscle: "calf", LastedS: &lasted, Pain: &lasted, Note: "so"})
	cramp.Fact = journal.Cramped{Side: "left", Muscle: "calf", LastedS: &lasted, Knot: &yes, Helped: []string{"stretch", "walk"}, Signs: []string{"hot"}, Note: "ä\n=1"}
	return journaltest.Lines(t, []journal.Entry{
		cramp, m.At(0, journaltest.Session("trial", journal.Complete, 120)), m.At(1, journal.Quiet{}), m.At(2, journaltest.Drink(3)),
		m.At(3, journal.Marked{Mark: "alcohol"}), m.At(4, journaltest.Pause(journaltest.Date(3), 5)), m.At(5, journal.Seen{Card: "help"}),
		m.At(6, journal.Screened{Answers: map[string]any{"knee": true}}), m.Line("dreamt", 7), m.Revise(cramp, map[string]any{"lasted_s": 5}), m.Withdraw(cramp),
	})
}

var (
	aNumber = regexp.MustCompile(`\d+`)
	aValue  = regexp.MustCompile(`:("[^"]*"|\d+)`)
	aKey    = regexp.MustCompile(`"[a-z_]+":`)
)

// somewhere replaces one of the matches.
func somewhere(at *regexp.Regexp, with func(r *rand.Rand, old string) string) func(*rand.Rand, string) string {
	return func(r *rand.Rand, line string) string {
		found := at.FindAllStringIndex(line, -1)
		if len(found) == 0 {
			return line
		}
		f := found[r.IntN(len(found))]
		return line[:f[0]] + with(r, line[f[0]:f[1]]) + line[f[1]:]
	}
}

func pick(words ...string) func(*rand.Rand, string) string {
	return func(r *rand.Rand, _ string) string { return words[r.IntN(len(words))] }
}

// mutations are what may befall a line on its way.
var mutations = []func(*rand.Rand, string) string{
	func(r *rand.Rand, line string) string { // a flipped bit
		b := []byte(line)
		b[r.IntN(len(b))] ^= 1 << r.IntN(8)
		return string(b)
	},
	func(r *rand.Rand, line string) string { return line[:r.IntN(len(line))] },
	func(r *rand.Rand, line string) string { return line[r.IntN(len(line)):] },
	func(r *rand.Rand, line string) string { // a doubled key
		key := append(aKey.FindAllString(line, -1), `"kind":`)
		return "{" + key[r.IntN(len(key))] + pick(`1,`, `"quiet",`, `null,`, `{},`)(r, "") + line[1:]
	},
	func(r *rand.Rand, line string) string { return strings.Repeat(line[:r.IntN(len(line))], 2) + line },
	somewhere(aValue, func(r *rand.Rand, _ string) string {
		deep := 1 + r.IntN(100)
		if r.IntN(50) == 0 {
			deep = 11_000 // more than the decoder bears
		}
		return ":" + strings.Repeat("[", deep) + strings.Repeat("]", deep-r.IntN(2))
	}),
	somewhere(aNumber, pick("99999999999999999999999", "-1", "1e999", "9223372036854775808", "0.5", "00", "2147483648")),
	somewhere(aValue, pick(":null", ":true", ":[]", ":{}", `:"x"`, ":7", `:"9998-12-31"`, `:"0001-01-01T00:00:00+23:59"`, `:"\ud800"`)),
	somewhere(aKey, func(r *rand.Rand, old string) string { return strings.ToUpper(old) }),
	somewhere(regexp.MustCompile(`.`), pick("\x00", "\x1b[2J", "\r", "\t", "\u2028", "\x9b", "\xff\xfe", "\u202e", `\u0000`)),
}

// mutated are so many lines that something befell, once or up to three times.
// One in four is of those that are there; the others bring ids of their own.
func mutated(t *testing.T, m *journaltest.Maker, r *rand.Rand, there []string, n int) []string {
	var lines []string
	for len(lines) < n {
		real := there
		if r.IntN(4) > 0 {
			real = realLines(t, m)
		}
		for _, line := range real {
			for range 1 + r.IntN(3) {
				if line != "" {
					line = mutations[r.IntN(len(mutations))](r, line)
				}
			}
			lines = append(lines, strings.ReplaceAll(line, "\n", " "))
		}
	}
	return lines[:n]
}

// wrong says whether a line alone is one that cannot be taken.
func wrong(line string) bool {
	line = strings.TrimRight(line, "\r")
	if strings.TrimSpace(line) == "" {
		return false
	}
	_, err := journal.Decode([]byte(line), journal.DefaultCalendar)
	return err != nil || !utf8.ValidString(line)
}

// pages is every line of a journal, by id.
func pages(t *testing.T, log journal.Log) map[journal.ID]string {
	all := map[journal.ID]string{}
	var after journal.ID
	for {
		page, err := log.Page(context.Background(), after, 1000)
		if err != nil {
			t.Fatal(err)
		}
		if len(page) == 0 {
			return all
		}
		for i, line := range journaltest.Lines(t, page) {
			all[page[i].ID] = line
		}
		after = page[len(page)-1].ID
	}
}

func TestTenThousandSpoiltLinesChangeNothingThatWasThereAndEachRefusalNamesItsLine(t *testing.T) {
	log := store.New(t.TempDir(), store.Options{Clock: func() time.Time { return journaltest.Evening }})
	d, m := newDesktop(), journaltest.NewMaker(t, 1)
	d.App.Log = func(time.Duration) journal.Log { return log }
	there := realLines(t, m)
	d.In = strings.NewReader(strings.Join(there, "\n"))
	if status := d.run("import", "-"); status != Done {
		t.Fatal(&d.err)
	}
	before := pages(t, log)
	lines := mutated(t, m, rand.New(rand.NewPCG(1, 2)), there, 10_000)
	d.In = strings.NewReader(strings.Join(lines, "\n"))
	if status := d.run("import", "-", "--format", "jsonl"); status != Failed {
		t.Fatalf("status %d: %s", status, d.err.String()[:min(2000, d.err.Len())])
	}
	var want []string
	for i, line := range lines {
		if wrong(line) {
			want = append(want, fmt.Sprintf("lull: line %d:", i+1))
		}
	}
	told := regexp.MustCompile(`(?m)^lull: line \d+:`).FindAllString(d.err.String(), -1)
	if !slices.Equal(told, want) || len(want) < 1000 || len(want) > 9990 {
		t.Errorf("%d lines were refused, %d are wrong", len(told), len(want))
	}
	if n := bytes.Count(d.err.Bytes(), []byte{'\n'}); n != len(want) {
		t.Errorf("%d lines of reasons for %d refusals", n, len(want))
	}
	after := pages(t, log)
	for id, line := range before {
		if after[id] != line {
			t.Errorf("%s became %s", line, after[id])
		}
	}
	t.Logf("%d refused, %s, %d facts beside the %d there were", len(want), strings.TrimSpace(d.out.String()), len(after)-len(before), len(before))
	untouched(t, d, log, lines)
}

// untouched imports the lines again: nothing is new, and the journal is sound.
func untouched(t *testing.T, d *desktop, log *store.Store, lines []string) {
	d.In = strings.NewReader(strings.Join(lines, "\n"))
	d.run("import", "-", "--format", "jsonl")
	if !strings.HasPrefix(d.out.String(), "0 imported, ") {
		t.Errorf("again: %s", &d.out)
	}
	if _, err := log.History(context.Background()); err != nil {
		t.Error(err)
	}
}

// endless is a file without an end, as a device is one.
type endless struct{}

func (endless) Read(b []byte) (int, error) {
	clear(b)
	return len(b), nil
}

func TestAFileWithoutAnEndIsRefused(t *testing.T) {
	lines, err := readLines(endless{})
	if err == nil || !strings.Contains(err.Error(), "larger than 256 MiB; split it") || lines != nil {
		t.Errorf("%d lines, %v", len(lines), err)
	}
}
