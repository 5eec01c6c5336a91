package exchange

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
	"lull/routine/review"
)

// brief says each entry in a word or two.
func brief(entries []journal.Entry) []string {
	said := []string{}
	for _, e := range entries {
		said = append(said, e.Night.String()+" "+journal.Words(e.Fact))
	}
	return said
}

func sameWords(t *testing.T, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

const kept = " stretched imported, complete, 0 of 0 s held"

func TestEachDayTickedByHandInLoopIsAKeptNight(t *testing.T) {
	want := []string{"2015-01-25" + kept, "2015-01-22" + kept}
	for name, c := range map[string]struct {
		habit string
		lines string
	}{
		"all habits, by number":  {"wake up early", "Date,Meditate,Wake up early,\n2015-01-25,-1,2,\n2015-01-24,-1,0,\n2015-01-23,2,1,\n2015-01-22,-1,2,\n2015-01-21,2,3,\n"},
		"all habits, by word":    {"Wake up early", "Date,Meditate,Wake up early,\n2015-01-25,UNKNOWN,YES_MANUAL,\n2015-01-24,NO,NO,\n2015-01-23,NO,YES_AUTO,\n2015-01-22,NO,YES_MANUAL,\n2015-01-21,YES_MANUAL,SKIP,\n"},
		"one habit in the table": {"", "Date,Wake up early,\n2015-01-25,2,\n2015-01-23,1,\n2015-01-22,2,\n2015-01-21,SKIP,\n"},
		"the file of a habit":    {"", "Date,Value,Notes\n2015-01-25,YES_MANUAL,\n2015-01-24,NO,Sick\n2015-01-23,YES_AUTO,\"Forgot to do it, really\"\n2015-01-22,YES_MANUAL,\"\"\"so\"\"\"\n2015-01-21,SKIP,\n"},
		"the oldest file":        {"", "2015-01-25,2\n2015-01-24,0\n2015-01-23,1\n2015-01-22,2\n2015-01-21,-3\n"},
		"a name with quotes":     {`the "big" one`, "Date,the \"big\" one,\r\n2015-01-25,2,\r\n2015-01-23,1,\r\n2015-01-22,2,\r\n2015-01-21,3,\r\n"},
	} {
		a := ask
		a.Habit = c.habit
		read, err := From(Loop, linesOf(c.lines), a)
		if err != nil || len(read.Refused) > 0 {
			t.Errorf("%s: %v, %v", name, err, read.Refused)
			continue
		}
		sameWords(t, brief(read.Entries), want)
		sameWords(t, read.Passed, []string{"1 day ticked by Loop itself, because the habit was not due", "1 day skipped in Loop; `lull pause` sets nights aside"})
	}
}

func TestAFileOfSeveralHabitsAsksWhichIsTheStretching(t *testing.T) {
	const two = "Date,Meditate,Stretch,\n2015-01-25,-1,2,\n"
	for _, c := range []struct{ lines, habit, words string }{
		{two, "", `the file holds 2 habits; --habit says which of them is the stretching: "Meditate", "Stretch"`},
		{two, "Strech", `the file holds no habit "Strech"; it holds: "Meditate", "Stretch"`},
		{"Date,\n", "", "the file holds no habit; "},
		{"Date,Stretch,Stretch,\n", "stretch", "2 habits are called \"stretch\""},
	} {
		a := ask
		a.Habit = c.habit
		read, err := From(Loop, linesOf(c.lines), a)
		if err == nil || !strings.HasPrefix(err.Error(), c.words) || read.Entries != nil {
			t.Errorf("%q of %q: %v", c.habit, c.lines, err)
		}
		var h Habits
		if asks := strings.HasPrefix(c.words, "the file holds 2") || strings.Contains(c.words, "Strech"); errors.As(err, &h) != asks {
			t.Errorf("%v: asks %v", err, !asks)
		}
	}
}

func TestRowsOfLoopThatCannotBeTakenAreRefusedByLine(t *testing.T) {
	read, err := From(Loop, linesOf("Date,Stretch,\n2026-11-23,2,\n1899-12-31,2,\n2026-11-20,30,\n2026-11-19,2,2,\n2026-11-18,2,\n2026-11-18,0,\n2026-11-22,2,\n\"2026-11-17,2,\n"), ask)
	if err != nil {
		t.Fatal(err)
	}
	told(t, read, map[int]string{
		2: "the newest night a row can tell of is that of 2026-11-22", 3: "before 1900", 4: `"30" is not a mark of Loop's`,
		5: "the row has 4 cells, not 3; if a habit has a comma in its name, ", 6: "2026-11-18 is also on line 7", 7: "2026-11-18 is also on line 6", 9: "a quote is opened",
	})
	sameWords(t, brief(read.Entries), []string{"2026-11-22" + kept})
}

func TestAnImportedNightCountsForTheStreakAndTheStrength(t *testing.T) {
	read, err := From(Loop, linesOf("Date,Stretch,\n2026-11-21,2,\n2026-11-20,2,\n2026-11-19,0,\n2026-11-18,2,\n"), ask)
	if err != nil {
		t.Fatal(err)
	}
	var mem journaltest.Mem
	if n, err := mem.Append(context.Background(), read.Entries...); n != 3 || err != nil {
		t.Fatal(n, err)
	}
	h, err := mem.History(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	tonight := ask.Calendar.Night(ask.Now)
	book := review.New(h)
	if s := book.Streak(tonight); s != (review.Streak{Nights: 2, Best: 2, Last28: 3}) {
		t.Errorf("the streak is %+v", s)
	}
	var own journaltest.Mem
	m := journaltest.NewMaker(t, 1)
	for _, days := range []float64{-1, -2, -4} {
		if _, err := own.Append(context.Background(), m.At(days*24, journaltest.Session("trial", journal.Complete, 120))); err != nil {
			t.Fatal(err)
		}
	}
	h, err = own.History(context.Background())
	if got, want := book.Strength(tonight), review.New(h).Strength(tonight); got != want || err != nil {
		t.Errorf("the strength is %v, not %v (%v)", got, want, err)
	}
}

func TestCountsAreUntimedCrampsAndQuietNights(t *testing.T) {
	want := []string{"2026-11-02 cramp", "2026-11-02 cramp", "2026-11-03 a quiet night"}
	for _, text := range []string{
		"2026-11-02,2\n2026-11-03,0\n", "date,count\r\n2026-11-02,2\r\n2026-11-03,0", "Nacht;Krämpfe\n2026-11-02;2\n2026-11-03;0\n",
		"2026-11-02\t2\n\n2026-11-03\t0\n", "\"date\",\"cramps\"\n\"2026-11-02\",\"2\"\n 2026-11-03 , 0 \n",
	} {
		read, err := From(Counts, linesOf(text), ask)
		if err != nil || len(read.Refused) > 0 {
			t.Errorf("%q: %v %v", text, err, read.Refused)
		}
		sameWords(t, brief(read.Entries), want)
		for _, e := range read.Entries {
			if c, cramp := e.Fact.(journal.Cramped); cramp && !c.Untimed || e.Suspect {
				t.Errorf("%+v", e)
			}
		}
	}
}

func TestRowsOfCountsThatCannotBeTakenAreRefusedByLine(t *testing.T) {
	lines := []string{
		"2026-11-21,20", "2026-11-22,1", "2026-11-20,21", "2026-11-19,", "2026-11-18,-1", "2026-11-17,1.0", "2026-11-16,+1", "11/15/2026,1", "14.11.2026,1",
		"2026-11-13,1,1", "2026-11-12;1", "2026-02-30,1", "0001-01-01,1", "date,count", "2026-11-11,\"1", "2026-11-10,\x001", "2026-11-09,99999999999999999999",
		strings.Repeat("9", 10<<20), "2026-11-08,1", "2026-11-08,1", "2026-11-08,2",
	}
	read, err := From(Counts, linesOf(strings.Join(lines, "\n")), ask)
	if err != nil {
		t.Fatal(err)
	}
	told(t, read, map[int]string{
		2: "the newest night a row can tell of is that of 2026-11-21", 3: "the count is 21; more than 20", 4: "the count is missing", 5: `the count is "-1"`,
		6: `the count is "1.0"`, 7: `the count is "+1"`, 8: "write it as 2026-11-22", 9: "write it as 2026-11-22", 10: "3 cells, not 2", 11: "1 cell, not 2",
		12: "is not a date", 13: "before 1900", 14: `"date" is not a date`, 15: "a quote is opened", 16: "NUL", 17: "whole number from 0 to 20",
		18: "longer than 524288 bytes", 19: "2026-11-08 is also on line 20", 20: "2026-11-08 is also on line 19", 21: "2026-11-08 is also on line 19",
	})
	if len(read.Entries) != 20 {
		t.Errorf("%q", brief(read.Entries))
	}
}

func TestAForeignFactHasTheSameIdWhereverAndWheneverItIsRead(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		day := rapid.IntRange(0, 40000).Draw(r, "day")
		date := journal.MakeDate(1900, time.January, 1+day)
		count := rapid.IntRange(0, 20).Draw(r, "count")
		line := fmt.Sprintf("%s,%d", date, count)
		here, there := ask, Ask{Calendar: journal.Calendar{NightStarts: 18 * time.Hour, DayStarts: time.Hour}, Now: ask.Now.AddDate(3, 1, 1).UTC()}
		if date > here.Calendar.Day(here.Now)-1 {
			r.Skip()
		}
		a, _ := From(Counts, linesOf(line), here)
		b, _ := From(Counts, linesOf("night,n\n\n"+line), there)
		if x, y := journaltest.Lines(t, a.Entries), journaltest.Lines(t, b.Entries); !slices.Equal(x, y) {
			r.Fatalf("%q and %q", x, y)
		}
		seen := map[journal.ID]bool{}
		for _, e := range a.Entries {
			if seen[e.ID] || e.ID[6]>>4 != 7 || e.ID[8]>>6 != 2 || e.Night != date || e.Day != date {
				r.Fatalf("%+v", e)
			}
			seen[e.ID] = true
		}
	})
}

// Ids made today must be made tomorrow too, or importing again adds everything
// a second time.
func TestTheIdsOfForeignFactsNeverChange(t *testing.T) {
	loop, _ := From(Loop, linesOf("2026-11-02,2\n1912-04-01,2"), ask)
	counts, _ := From(Counts, linesOf("2026-11-02,2\n2026-11-03,0"), ask)
	var ids []string
	for _, e := range append(loop.Entries, counts.Entries...) {
		ids = append(ids, e.ID.String())
	}
	sameWords(t, ids, []string{
		"01a19c21-7200-73fe-b653-b3fb048c87cb", "00000000-0000-7d93-8c26-a3860f01d520",
		"01a19c21-7200-7608-8e1b-339802a79103", "01a19c21-7200-7dde-8c07-f97e471e1550", "01a1a147-ce00-7dc6-9af0-71f16d457444",
	})
}

func TestANightThatLullKnowsOfItselfIsLeftAsItIs(t *testing.T) {
	m := journaltest.NewMaker(t, 1) // its evening is that of 2026-11-22
	quiet, cramp, session := m.At(-24, journal.Quiet{}), m.At(-47, journaltest.Cramp(3)), m.At(-24, journaltest.Session("trial", journal.Abandoned, 1))
	counts, loop := "2026-11-21,%d\n2026-11-20,%d\n2026-11-19,1\n", "2026-11-21,2\n2026-11-20,2\n"
	for _, c := range []struct {
		format Format
		file   string
		want   []string
		passed string
	}{
		{Counts, fmt.Sprintf(counts, 1, 1), []string{"2026-11-19 cramp"}, "2 nights that are in the diary already (lines 1, 2)"},
		{Counts, fmt.Sprintf(counts, 0, 0), []string{"2026-11-19 cramp"}, "2 nights that are in the diary already (lines 1, 2)"},
		{Counts, "2026-11-20,1\n", []string{}, "1 night that is in the diary already (line 1)"},
		{Loop, loop, []string{"2026-11-20" + kept}, "1 night that is in the diary already (line 1)"},
	} {
		read, err := From(c.format, linesOf(c.file), ask)
		if err != nil {
			t.Fatal(err)
		}
		first, last, any := read.Span()
		if !any || first > last || first < journal.MakeDate(2026, 11, 19) || last > journal.MakeDate(2026, 11, 21) {
			t.Errorf("%q spans %s to %s", c.file, first, last)
		}
		imported := slices.Clone(read.Entries)
		read.Beside(append([]journal.Entry{quiet, cramp, session}, imported...)) // what came in before is no reason
		sameWords(t, brief(read.Entries), c.want)
		sameWords(t, read.Passed, []string{c.passed})
	}
}

func TestACountThatGrewAddsOnlyWhatIsNew(t *testing.T) {
	var mem journaltest.Mem
	for _, c := range []struct {
		count string
		added int
	}{{"2", 2}, {"2", 0}, {"3", 1}, {"1", 0}} {
		read, err := From(Counts, linesOf("2026-11-02,"+c.count), ask)
		if err != nil {
			t.Fatal(err)
		}
		if n, err := mem.Append(context.Background(), read.Entries...); n != c.added || err != nil {
			t.Errorf("%s added %d, %v", c.count, n, err)
		}
	}
}

func TestAFileIsRecognisedByItsLinesAndItsName(t *testing.T) {
	both := []Format{Loop, Counts}
	for _, c := range []struct {
		lines, file string
		want        []Format
	}{
		{`{"lull":1}`, "a.csv", []Format{JSONL}}, {"", "a", []Format{JSONL}}, {strings.Join(Header(), ","), "a", []Format{CSV}}, {`"kind","id"`, "a", []Format{CSV}},
		{"at,kind,id", "Checkmarks.csv", []Format{CSV}}, {"id;at;kind", "a", nil}, {"Date,id,kind,", "a", []Format{Loop}},
		{"Date,Meditate,Wake up early,", "a", []Format{Loop}}, {"Date,Meditate,", "a", []Format{Loop}}, {"Date,Value,Notes", "a", []Format{Loop}},
		{"Date;Value;Notes", "a", []Format{Loop}}, {"Date,the \"big\" one,", "a", []Format{Loop}}, {"date,cramps,", "a", nil},
		{"Date,Value", "x/Checkmarks.csv", []Format{Loop}}, {"Date,Value", "a", both}, {"Date,Value\n2026-11-02,YES_MANUAL", "a", []Format{Loop}},
		{"Date,Value\n2026-11-02,2\n2026-11-03,7", "a", []Format{Counts}}, {"Date,Value\n2026-11-02,7", "Checkmarks.csv", []Format{Loop}},
		{"2026-11-02,1", "cramps.csv", []Format{Counts}}, {"2026-11-02,1", "Mis calambres.csv", []Format{Counts}}, {"2026-11-02,1", "nights.csv", both}, {"2026-11-02,1", "-", both},
		{"2026-11-02,1\n2026-11-03,4", "-", []Format{Counts}}, {"2026-11-02;1", "a", both}, {"2026-11-02\t5", "a", []Format{Counts}},
		{"2026-11-02;2", "Checkmarks.csv", []Format{Loop}}, {"2026-11-02,1", "x/001 Stretch/Checkmarks.csv", []Format{Loop}}, {"2026-11-02,1", `x\Checkmarks.csv`, []Format{Loop}},
		{"2026-11-02,2", "Checkmarks of cramps.csv", both}, {"Date,Cramps", "Checkmarks.csv", both}, {"2026-11-02,2", "mycheckmarks.csv", both},
		{"date,count", "a", []Format{Counts}}, {"Date,Cramps", "a", []Format{Counts}}, {"Date,Wake up early\n2026-11-02,2", "a", both},
		{"Night;Cramps", "a", []Format{Counts}}, {"fecha;calambres", "a", []Format{Counts}}, {"cramps,date\n1,2026-11-02", "a", nil},
		{"not json", "a", nil}, {"a,b,c", "a", nil}, {"\x00", "a", nil}, {"\xff\xfe", "a", nil}, {`"a`, "a", nil}, {"name,count", "a", nil}, {"2026-11-02,1,2", "a", nil},
	} {
		if got := Recognise(linesOf("\n  \n"+c.lines+"\n"), c.file); !slices.Equal(got, c.want) {
			t.Errorf("%q in %s is recognised as %s, not %s", c.lines, c.file, got, c.want)
		}
	}
}

// A browser or a file manager gives the second copy of a file another name.
func TestACopyOfCheckmarksIsStillLoops(t *testing.T) {
	for _, file := range []string{
		"Checkmarks (1).csv", "Checkmarks-2.csv", "Checkmarks copy.csv", "Checkmarks - Kopie.csv", "Checkmarks - Kopie (2).csv", "checkmarks.csv", "CHECKMARKS.CSV",
		"Checkmarks_1.csv", "Checkmarks(3).csv", "Copy of Checkmarks.csv", "Copia de Checkmarks.csv", "Kopie von Checkmarks.csv", "Checkmarks – copia.csv", "Checkmarks.csv.txt", "Checkmarks",
		`C:\Users\Ana\Downloads\Checkmarks (1).csv`, "/home/ana/Downloads/Checkmarks(1).csv",
	} {
		lines := linesOf("2015-01-25,2\n2015-01-24,2\n2015-01-23,1\n")
		got := Recognise(lines, file)
		if !slices.Equal(got, []Format{Loop}) {
			t.Errorf("%s is recognised as %s", file, got)
			continue
		}
		read, err := From(got[0], lines, ask)
		if err != nil {
			t.Fatal(err)
		}
		sameWords(t, brief(read.Entries), []string{"2015-01-25" + kept, "2015-01-24" + kept})
	}
}

func TestLoopIsReadWithTheSeparatorOfASpreadsheet(t *testing.T) {
	for _, lines := range []string{"2015-01-25;2\n2015-01-24;0\n", "Date;Value;Notes\n2015-01-25;YES_MANUAL;a\n2015-01-24;NO;\n", "Date\tStretch\t\n2015-01-25\t2\t\n2015-01-24\t0\t\n"} {
		read, err := From(Loop, linesOf(lines), ask)
		if err != nil || len(read.Refused) > 0 {
			t.Errorf("%q: %v %v", lines, err, read.Refused)
			continue
		}
		sameWords(t, brief(read.Entries), []string{"2015-01-25" + kept})
	}
}

func TestAHabitCalledCrampsIsNotTakenForStretching(t *testing.T) {
	a := ask
	if read, err := From(Loop, linesOf("Date,Cramps,\n2015-01-25,2,\n"), a); err == nil || read.Entries != nil || !strings.Contains(err.Error(), "confirm it with --habit") {
		t.Errorf("%v, %v", brief(read.Entries), err)
	}
	a.Habit = "Cramps"
	if read, err := From(Loop, linesOf("Date,Cramps,\n2015-01-25,2,\n"), a); err != nil || len(read.Entries) != 1 {
		t.Errorf("%v, %v", brief(read.Entries), err)
	}
}
