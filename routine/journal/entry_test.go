package journal_test

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
)

var evening = time.Date(2026, 11, 22, 22, 31, 7, 120e6, time.FixedZone("", 3600))

func fresh(f journal.Fact) journal.Entry {
	return journal.New(&journal.Mint{}, journal.DefaultCalendar, evening, evening, f)
}

func decode(t *testing.T, line string) journal.Entry {
	t.Helper()
	e, err := journal.Decode([]byte(line), journal.DefaultCalendar)
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	return e
}

func encode(t *testing.T, e journal.Entry) string {
	t.Helper()
	line, err := journal.Encode(e)
	if err != nil {
		t.Fatal(err)
	}
	return string(line)
}

func ptr[T any](v T) *T { return &v }

func TestEveryKindReadsBackAsItWasWritten(t *testing.T) {
	to := journal.MakeDate(2026, 12, 7)
	for _, f := range []journal.Fact{
		journal.Stretched{Routine: "trial", Outcome: journal.Complete, PlannedS: 120, HeldS: 120,
			Moves: []journal.Move{{Stretch: "wall-calf", Side: "right", PlannedS: 30, HeldS: 30}}},
		journal.Cramped{Side: "left", Muscle: "calf", LastedS: ptr(190), Pain: ptr(7), AwakeMin: ptr(15), Helped: []string{"stretch", "walk"}},
		journal.Cramped{},
		journal.Quiet{},
		journal.Ticked{Item: "glass-3", List: "water", ML: 250},
		journal.Marked{Mark: "alcohol"},
		journal.Paused{From: journal.MakeDate(2026, 12, 1), To: &to},
		journal.Paused{From: journal.MakeDate(2026, 12, 1)},
		journal.Screened{Answers: map[string]any{"falls": true}},
		journal.Seen{Card: "first-run"},
		journal.Withdrawn{Of: (&journal.Mint{}).New(evening)},
		journal.Revised{Of: (&journal.Mint{}).New(evening)},
	} {
		e := fresh(f)
		back := decode(t, encode(t, e))
		if diff := cmp.Diff(f, back.Fact); diff != "" {
			t.Errorf("%s:\n%s", f.Kind(), diff)
		}
		if back.ID != e.ID || !back.At.Equal(e.At) || back.Night != e.Night || back.Day != e.Day {
			t.Errorf("%s: the envelope %v came back as %v", f.Kind(), e, back)
		}
	}
}

func TestALineLooksAsTheFormatSays(t *testing.T) {
	e := fresh(journal.Ticked{Item: "glass-3", List: "water", ML: 250})
	want := `{"lull":1,"id":"` + e.ID.String() + `","at":"2026-11-22T22:31:07.120+01:00","night":"2026-11-22","day":"2026-11-22","kind":"ticked","item":"glass-3","list":"water","ml":250}`
	if got := encode(t, e); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestUnknownKindsAndKeysAreWrittenOutUnchanged(t *testing.T) {
	for _, line := range []string{
		`{"lull":1,"id":"019ac1d0-0000-7000-8000-000000000001","at":"2026-11-22T22:31:07+01:00","night":"2026-11-22","day":"2026-11-22","kind":"dreamt","of":{"sheep":9007199254740993}}`,
		`{"kind":"quiet","lull":1,"id":"019ac1d0-0000-7000-8000-000000000001","at":"2026-11-22T22:31:07+01:00","night":"2026-11-22","day":"2026-11-22","mood":[1.50,{"a":null}]}`,
	} {
		if got := encode(t, decode(t, line)); got != line {
			t.Errorf("got  %s\nwant %s", got, line)
		}
	}
}

func TestLabelsThatAreMissingAreComputedOnceAndKept(t *testing.T) {
	e := decode(t, `{"lull":1,"id":"019ac1d0-0000-7000-8000-000000000001","at":"2026-11-23T03:12:40+01:00","kind":"quiet","extra":1}`)
	if e.Night != date(t, "2026-11-22") || e.Day != date(t, "2026-11-22") {
		t.Errorf("labels %v and %v", e.Night, e.Day)
	}
	other := journal.Calendar{NightStarts: 0, DayStarts: 0}
	again, err := journal.Decode([]byte(encode(t, e)), other)
	if err != nil || again.Night != e.Night || !strings.Contains(encode(t, again), `"extra":1`) {
		t.Errorf("read again by another calendar: %v %v", again, err)
	}
}

func TestLinesThatCannotBeTakenSayWhy(t *testing.T) {
	const id = `"lull":1,"id":"019ac1d0-0000-7000-8000-000000000001"`
	for line, want := range map[string]string{
		`[]`: "JSON object",
		`{}`: "lull is 0",
		`{"lull":2,"id":"019ac1d0-0000-7000-8000-000000000001","at":"2026-11-22T22:31:07Z","kind":"quiet"}`: "lull is 2",
		`{"lull":1,"at":"2026-11-22T22:31:07Z","kind":"quiet"}`:                                             "id is missing",
		`{` + id + `,"kind":"quiet"}`:                                                                    "at is missing",
		`{` + id + `,"at":"today","kind":"quiet"}`:                                                       "at is",
		`{` + id + `,"at":"2026-11-22T22:31:07Z"}`:                                                       "kind is missing",
		`{` + id + `,"at":"2026-11-22T22:31:07Z","kind":"cramped","pain":11}`:                            "pain is 11",
		`{` + id + `,"at":"2026-11-22T22:31:07Z","kind":"cramped","pain":"bad"}`:                         "pain is a string",
		`{` + id + `,"at":"2026-11-22T22:31:07Z","kind":"cramped","muscle":"nose"}`:                      "muscle is",
		`{` + id + `,"at":"2026-11-22T22:31:07Z","kind":"stretched","routine":"x","outcome":"great"}`:    "outcome is",
		`{` + id + `,"at":"2026-11-22T22:31:07Z","kind":"withdrawn"}`:                                    "of is missing",
		`{` + id + `,"at":"2026-11-22T22:31:07Z","night":"soon","kind":"quiet"}`:                         "not a date",
		`{` + id + `,"at":"2026-11-22T22:31:07Z","kind":"paused","from":"2026-12-02","to":"2026-12-01"}`: "before it starts",
	} {
		if _, err := journal.Decode([]byte(line), journal.DefaultCalendar); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", line, err, want)
		}
	}
}

func TestIDsOnlyGrowAlsoWhenTheClockFallsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := &journal.Mint{}
		now := evening
		var last journal.ID
		for range rapid.IntRange(1, 50).Draw(t, "ids") {
			now = now.Add(time.Duration(rapid.Int64Range(-int64(time.Hour), int64(time.Hour)).Draw(t, "step")))
			id := m.New(now)
			if id.Compare(last) <= 0 {
				t.Fatalf("%v does not come after %v", id, last)
			}
			if back, err := journal.ParseID(id.String()); err != nil || back != id {
				t.Fatalf("%v reads back as %v: %v", id, back, err)
			}
			last = id
		}
	})
}

func TestRevisionsApplyInTheOrderOfTheirIDs(t *testing.T) {
	base := fresh(journal.Cramped{Side: "left", Pain: ptr(7)})
	m := &journal.Mint{}
	first, err := journal.NewRevision(m, evening.Add(time.Hour), base, map[string]any{"pain": 5, "muscle": "foot"})
	if err != nil {
		t.Fatal(err)
	}
	second, err := journal.NewRevision(m, evening, base, map[string]any{"pain": nil, "new_night": "2026-11-20"})
	if err != nil {
		t.Fatal(err)
	}
	for _, order := range [][]journal.Entry{{first, second}, {second, first}} {
		got, err := journal.Revise(base, order)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(journal.Fact(journal.Cramped{Side: "left", Muscle: "foot"}), got.Fact); diff != "" {
			t.Error(diff)
		}
		if got.Night != date(t, "2026-11-20") || got.ID != base.ID {
			t.Errorf("night %v, id %v", got.Night, got.ID)
		}
	}
}

func TestARevisionThatWouldSpoilTheFactIsRefused(t *testing.T) {
	base := fresh(journal.Cramped{Pain: ptr(7)})
	if _, err := journal.NewRevision(&journal.Mint{}, evening, base, map[string]any{"pain": 70}); err == nil {
		t.Error("a pain of 70 was taken")
	}
}

func TestARevisionCannotTouchWhatBelongsToTheLine(t *testing.T) {
	base := fresh(journal.Cramped{Pain: ptr(7)})
	for _, key := range []string{"lull", "id", "kind", "at", "night", "day", "of", "clock_suspect"} {
		if _, err := journal.NewRevision(&journal.Mint{}, evening, base, map[string]any{key: "x"}); err == nil {
			t.Errorf("%s was taken", key)
		}
	}
}

func TestADecodedEntryKeepsItsOwnBytes(t *testing.T) {
	line := []byte(encode(t, fresh(journal.Quiet{})))
	want := string(line)
	e, err := journal.Decode(line, journal.DefaultCalendar)
	if err != nil {
		t.Fatal(err)
	}
	for i := range line {
		line[i] = 'x'
	}
	if got := encode(t, e); got != want {
		t.Errorf("the caller's buffer shows through: %s", got)
	}
}

func TestARevisionSurvivesItsOwnLine(t *testing.T) {
	base := fresh(journal.Cramped{Pain: ptr(7)})
	r, err := journal.NewRevision(&journal.Mint{}, evening, base, map[string]any{"pain": 5})
	if err != nil {
		t.Fatal(err)
	}
	got, err := journal.Revise(base, []journal.Entry{decode(t, encode(t, r))})
	if err != nil || *got.Fact.(journal.Cramped).Pain != 5 {
		t.Errorf("%v %v", got, err)
	}
}

func TestANightAddsUpTheSameInAnyOrder(t *testing.T) {
	day := journal.DefaultCalendar.Night(evening)
	facts := []journal.Entry{
		fresh(journal.Stretched{Routine: "trial", Outcome: journal.Partial, PlannedS: 120, HeldS: 60}),
		fresh(journal.Stretched{Routine: "quick", Outcome: journal.Complete, PlannedS: 110, HeldS: 110}),
		fresh(journal.Stretched{Routine: "full", Outcome: journal.Abandoned, PlannedS: 600, HeldS: 500}),
		fresh(journal.Cramped{}), fresh(journal.Quiet{}), fresh(journal.Marked{Mark: "alcohol"}),
		fresh(journal.Ticked{Item: "glass-1", List: "water", ML: 250}),
		fresh(journal.Ticked{Item: "glass-1", List: "water", ML: 250}),
		fresh(journal.Ticked{Item: "extra-1", List: "water", ML: 200}),
		fresh(journal.Ticked{Item: "covers", List: "bedtime"}),
	}
	want := journal.Night{
		Date: day, Outcome: journal.Complete, Routine: "quick", HeldS: 110, PlannedS: 110, Sessions: 3,
		Cramps: 1, Quiet: true, Marks: 1, Water: 2, WaterML: 450, Bedtime: 1, East: 60, West: 60,
	}
	for range 20 {
		rand.Shuffle(len(facts), func(i, j int) { facts[i], facts[j] = facts[j], facts[i] })
		if diff := cmp.Diff(want, journal.Sum(day, facts)); diff != "" {
			t.Fatal(diff)
		}
	}
}

func TestASuspectSessionIsLeftOutUntilItIsConfirmed(t *testing.T) {
	ahead := evening.Add(48 * time.Hour)
	e := journal.New(&journal.Mint{}, journal.DefaultCalendar, evening, ahead, journal.Stretched{Routine: "trial", Outcome: journal.Complete})
	if !e.Suspect || journal.Sum(e.Night, []journal.Entry{e}).Sessions != 0 {
		t.Errorf("a session two days ahead counts: %+v", e)
	}
	r, err := journal.NewRevision(&journal.Mint{}, evening, e, map[string]any{"new_clock_suspect": false})
	if err != nil {
		t.Fatal(err)
	}
	sure, err := journal.Revise(e, []journal.Entry{r})
	if err != nil || journal.Sum(e.Night, []journal.Entry{sure}).Sessions != 1 {
		t.Errorf("confirmed, it does not count: %+v %v", sure, err)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"lull":1,"id":"019ac1d0-0000-7000-8000-000000000001","at":"2026-11-22T22:31:07Z","kind":"cramped","pain":3}`))
	f.Add([]byte(`{"lull":1,"id":"019ac1d0-0000-7000-8000-000000000001","at":"2026-11-22T22:31:07Z","kind":"revised","of":"019ac1d0-0000-7000-8000-000000000002","x":[[[]]]}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		e, err := journal.Decode(line, journal.DefaultCalendar)
		if err != nil {
			return
		}
		out, err := journal.Encode(e)
		if err != nil || !json.Valid(out) {
			t.Fatalf("%q is written as %q: %v", line, out, err)
		}
		again, err := journal.Decode(out, journal.DefaultCalendar)
		if err != nil || again.ID != e.ID || again.Night != e.Night {
			t.Fatalf("%q is read again as %+v: %v", out, again, err)
		}
	})
}

// A night whose facts of some kinds changed is the same whether all of it is added
// up again or only these.
func TestResummingSomeKindsIsSummingAll(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		draw := func(n int) int { return rapid.IntRange(0, n-1).Draw(rt, "choice") }
		facts := slices.DeleteFunc(journaltest.Web(journaltest.NewMaker(t, 3), 40, draw), func(e journal.Entry) bool {
			_, edit := e.Of()
			return edit
		})
		facts = append(facts, journaltest.NewMaker(t, 4).Line("beyond", 1))
		day := journaltest.Date(draw(5))
		old := slices.DeleteFunc(slices.Clone(facts), func(journal.Entry) bool { return draw(4) == 0 })
		facts = slices.DeleteFunc(facts, func(journal.Entry) bool { return draw(4) == 0 })
		var kinds []journal.Kind // of what came or went
		for _, pair := range [][2][]journal.Entry{{old, facts}, {facts, old}} {
			for _, e := range pair[0] {
				if there := slices.ContainsFunc(pair[1], func(o journal.Entry) bool { return o.ID == e.ID }); !there {
					kinds = append(kinds, e.Fact.Kind())
				}
			}
		}
		of := slices.DeleteFunc(slices.Clone(facts), func(e journal.Entry) bool { return !slices.Contains(kinds, e.Fact.Kind()) })
		if diff := cmp.Diff(journal.Sum(day, facts), journal.Sum(day, old).Resum(kinds, of)); diff != "" {
			rt.Errorf("of %v: %s", kinds, diff)
		}
	})
}
