package years

import (
	"bytes"
	"iter"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"lull/routine/journal"
)

var lastNight = journal.MakeDate(2026, 11, 22)

func lines(t interface{ Fatal(...any) }, entries iter.Seq[journal.Entry]) []byte {
	var b bytes.Buffer
	if _, err := Write(&b, entries); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTheSameSeedGivesTheSameLines(t *testing.T) {
	if !bytes.Equal(lines(t, History(7, lastNight, 30)), lines(t, History(7, lastNight, 30))) {
		t.Error("two histories of one seed differ")
	}
	if bytes.Equal(lines(t, History(7, lastNight, 30)), lines(t, History(8, lastNight, 30))) {
		t.Error("histories of two seeds are equal")
	}
}

func TestThereAreAboutTwelveFactsADay(t *testing.T) {
	const days = 100
	rapid.Check(t, func(t *rapid.T) {
		n := 0
		for range History(rapid.Uint64().Draw(t, "seed"), lastNight, days) {
			n++
		}
		if perDay := float64(n) / days; perDay < 11 || perDay > 13 {
			t.Errorf("%.2f facts a day", perDay)
		}
	})
}

func TestEveryLineDecodesToAValidFactUnderItsOwnLabels(t *testing.T) {
	for line := range bytes.Lines(lines(t, History(1, lastNight, 400))) {
		e, err := journal.Decode(line, journal.DefaultCalendar)
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		if _, unknown := e.Fact.(journal.Unknown); unknown {
			t.Fatalf("nobody knows this kind: %s", line)
		}
		_, about := e.Of()
		if !about && (e.Night != journal.DefaultCalendar.Night(e.At) || e.Day != journal.DefaultCalendar.Day(e.At)) {
			t.Fatalf("wrong night or day: %s", line)
		}
	}
}

func TestIDsGrowAlsoBeforeTheFirstInstantAnIDCanTell(t *testing.T) {
	for _, last := range []journal.Date{lastNight, journal.MakeDate(1970, 1, 20), journal.MakeDate(1931, 5, 1)} {
		entries := slices.Collect(History(3, last, 60))
		if !slices.IsSortedFunc(entries, func(a, b journal.Entry) int { return a.ID.Compare(b.ID) }) {
			t.Errorf("the ids of the 60 days up to %v do not grow", last)
		}
		if n := len(slices.CompactFunc(entries, func(a, b journal.Entry) bool { return a.ID == b.ID })); n != len(entries) {
			t.Errorf("an id came twice in the 60 days up to %v", last)
		}
	}
}

func TestAHistoryFillsItsNightsAndNoOthers(t *testing.T) {
	const days = 50
	sessions := map[journal.Date]int{}
	for e := range History(5, lastNight, days) {
		if e.Night < lastNight-days || e.Night > lastNight {
			t.Fatalf("a fact of the night of %v in the %d days up to %v", e.Night, days, lastNight)
		}
		if e.Fact.Kind() == journal.KindStretched {
			sessions[e.Night]++
		}
	}
	if len(sessions) < days*8/10 {
		t.Errorf("sessions on %d of %d nights", len(sessions), days)
	}
	for night, n := range sessions {
		if n != 1 {
			t.Errorf("%d sessions on the night of %v", n, night)
		}
	}
}

func TestEveryKindOfEveningFactOccurs(t *testing.T) {
	seen := map[journal.Kind]int{}
	for e := range History(2, lastNight, DaysAYear) {
		seen[e.Fact.Kind()]++
	}
	for _, k := range []journal.Kind{
		journal.KindStretched, journal.KindCramped, journal.KindQuiet, journal.KindTicked, journal.KindMarked,
		journal.KindScreened, journal.KindWithdrawn, journal.KindRevised,
	} {
		if seen[k] == 0 {
			t.Errorf("no fact is %q: %v", k, seen)
		}
	}
}

func TestNoDaysAreTheOpeningCardAndTheSafetyAnswers(t *testing.T) {
	var kinds []journal.Kind
	for e := range History(1, lastNight, 0) {
		kinds = append(kinds, e.Fact.Kind())
	}
	if want := []journal.Kind{journal.KindSeen, journal.KindScreened}; !slices.Equal(kinds, want) {
		t.Errorf("got %v, want %v", kinds, want)
	}
}

func TestAHistoryCanBeLeftEarly(t *testing.T) {
	n := 0
	for range History(1, lastNight, 100*DaysAYear) {
		if n++; n == 10 {
			break
		}
	}
	if n != 10 {
		t.Errorf("read %d facts", n)
	}
}
