package journaltest

import (
	"context"
	"errors"
	"slices"
	"testing"

	"lull/routine/journal"
)

// Run checks that the logs that open makes keep the promises of journal.Log.
// Each call of open makes an empty one.
func Run(t *testing.T, open func(t *testing.T) journal.Log) {
	for _, promise := range promises {
		t.Run(promise.says, func(t *testing.T) {
			promise.check(t, &subject{t: t, Log: open(t)}, NewMaker(t, 1))
		})
	}
}

var promises = []struct {
	says  string
	check func(*testing.T, *subject, *Maker)
}{
	{"an empty log answers with nothing", emptyLog},
	{"a fact comes back as it was written", roundTrip},
	{"an id that is there already stays as it is", sameID},
	{"entries come all or none", allOrNone},
	{"a cancelled call writes nothing", cancelled},
	{"a revision that would come back as another kind is refused", otherKind},
	{"revisions apply in the order of their ids", revisions},
	{"edits may come before the fact they are about", editsFirst},
	{"a withdrawn fact stays out", withdrawn},
	{"a withdrawn revision no longer applies", withdrawnRevision},
	{"a withdrawal cannot be withdrawn", withdrawnWithdrawal},
	{"a revision that would spoil its fact is left out", spoiling},
	{"no revision makes another fact of one", masked},
	{"edits are not facts by themselves", editsAreNotFacts},
	{"live facts are found by night or by day, once, by id", liveRange},
	{"live facts of some kinds are found alone", liveKinds},
	{"a line that says its kind in another manner is of that kind", disguised},
	{"a fact that is moved leaves its old night", moved},
	{"facts of unknown kinds are kept to the byte", unknownKinds},
	{"a line of several rows becomes one", severalRows},
	{"pages lead through everything as it was written", pages},
	{"the latest come backwards", latest},
	{"nights are the sums of what stands", nights},
	{"standing facts are in every history", standing},
	{"dates before 1970 sort first", earlyDates},
	{"since a date the nights before are left out, and it says so", sinceADate},
	{"only the newest safety answers that stand are part of a history", newestAnswers},
	{"a note is kept, replaced and taken away", notes},
	{"the stamp changes with every change and with nothing else", stamps},
	{"what is decided goes by what stands", decided},
	{"of those who decide at once each sees what the others wrote", decidedAtOnce},
	{"what is refused while deciding is not written", undecided},
	{"what is held is everybody's, once it is let go", held},
	{"of those who hold at once each sees what the others wrote", heldAtOnce},
	{"what was acknowledged stays, whatever the holder says", heldAndFailed},
	{"what this device appended comes backwards, one Append after the other", ownAppends},
	{"entries are found by a part of their id", alike},
	{"any order of arrival gives the same answers", anyOrder},
}

// subject is a log whose errors end the test.
type subject struct {
	journal.Log
	t *testing.T
}

var ctx = context.Background()

func must[T any](t *testing.T, v T, err error) T {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func (s *subject) add(entries ...journal.Entry) int {
	s.t.Helper()
	n, err := s.Append(ctx, entries...)
	return must(s.t, n, err)
}

func (s *subject) live(from, to journal.Date) []journal.Entry {
	s.t.Helper()
	found, err := s.Live(ctx, from, to)
	return must(s.t, found, err)
}

func (s *subject) history() journal.History {
	s.t.Helper()
	h, err := s.History(ctx)
	return must(s.t, h, err)
}

func (s *subject) stamp() journal.Stamp {
	s.t.Helper()
	stamp, err := s.Stamp()
	return must(s.t, stamp, err)
}

func (s *subject) pain(id journal.ID) int {
	s.t.Helper()
	e, _, err := s.Find(ctx, id)
	if err != nil {
		s.t.Fatal(err)
	}
	c, ok := e.Fact.(journal.Cramped)
	if !ok || c.Pain == nil {
		s.t.Fatalf("%s is %+v, not a cramp with pain", id, e.Fact)
	}
	return *c.Pain
}

// Lines are the entries' lines: two entries are the same if their lines are.
func Lines(t testing.TB, entries []journal.Entry) []string {
	t.Helper()
	lines := []string{}
	for _, e := range entries {
		b, err := journal.Encode(e)
		if err != nil {
			t.Fatalf("encode %s: %v", e.ID, err)
		}
		lines = append(lines, string(b))
	}
	return lines
}

func sameEntries(t *testing.T, what string, got, want []journal.Entry) {
	t.Helper()
	g, w := Lines(t, got), Lines(t, want)
	if !slices.Equal(g, w) {
		t.Errorf("%s: got %d\n%q\nwant %d\n%q", what, len(g), g, len(w), w)
	}
}

func sameNights(t *testing.T, got, want []journal.Night) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("nights: got %+v\nwant %+v", got, want)
	}
}

func emptyLog(t *testing.T, s *subject, m *Maker) {
	h := s.history()
	if len(h.Nights)+len(h.Standing) > 0 || !h.Last.IsZero() || h.Stamp != 0 || s.stamp() != 0 {
		t.Errorf("history is %+v, stamp %d", h, s.stamp())
	}
	sameEntries(t, "live", s.live(-10_000, 100_000), nil)
	if _, _, err := s.Find(ctx, m.At(0, journal.Quiet{}).ID); !errors.Is(err, journal.ErrNoFact) {
		t.Errorf("find: %v", err)
	}
	page, err := s.Page(ctx, journal.ID{}, 10)
	sameEntries(t, "page", must(t, page, err), nil)
	page, err = s.Latest(ctx, journal.ID{}, 10)
	sameEntries(t, "latest", must(t, page, err), nil)
	note, err := s.Kept(ctx, "session")
	if must(t, note, err) != nil {
		t.Errorf("kept %q", note)
	}
	if err := s.Keep(ctx, "session", nil); err != nil || s.stamp() != 0 || s.add() != 0 {
		t.Errorf("taking away nothing and adding nothing: %v, stamp %d", err, s.stamp())
	}
}

func roundTrip(t *testing.T, s *subject, m *Maker) {
	facts := []journal.Fact{
		Cramp(7), Drink(1), Session("trial", journal.Complete, 120), Pause(Date(3), 5), journal.Quiet{},
		journal.Marked{Mark: "alcohol"}, journal.Seen{Card: "help"},
		journal.Screened{Answers: map[string]any{"knee": true, "n": 3.5}},
		journal.Cramped{Note: "a line\nand <another> \u2028 \u00e9"},
	}
	for _, f := range facts {
		e := m.At(1, f)
		s.add(e)
		back, stands, err := s.Find(ctx, e.ID)
		if err != nil || !stands {
			t.Fatalf("find %s: stands %v, %v", f.Kind(), stands, err)
		}
		sameEntries(t, string(f.Kind()), []journal.Entry{back}, []journal.Entry{e})
		if !back.At.Equal(e.At) || back.Night != e.Night || back.Day != e.Day {
			t.Errorf("%s came back at %v, night %v, day %v", f.Kind(), back.At, back.Night, back.Day)
		}
	}
}

// Date is a date so many days after the evening's.
func Date(days int) journal.Date { return journal.DefaultCalendar.Night(Evening) + journal.Date(days) }

func sameID(t *testing.T, s *subject, m *Maker) {
	e := m.At(0, Cramp(7))
	other := e
	other.Fact = Cramp(2)
	if n := s.add(e, other, e); n != 1 {
		t.Errorf("%d were new", n)
	}
	before := s.stamp()
	if n := s.add(other); n != 0 || s.pain(e.ID) != 7 || s.stamp() != before {
		t.Errorf("%d were new, pain is %d, stamp went from %d to %d", n, s.pain(e.ID), before, s.stamp())
	}
	if n := s.add(other, m.At(1, Cramp(3))); n != 1 {
		t.Errorf("%d of an old and a new one were new", n)
	}
}

func allOrNone(t *testing.T, s *subject, m *Maker) {
	good, bad := m.At(0, Cramp(7)), m.At(0, Cramp(11))
	for _, wrong := range []journal.Entry{bad, {ID: good.ID, At: Evening}, {At: Evening, Fact: journal.Quiet{}}} {
		if n, err := s.Append(ctx, good, wrong); err == nil || n != 0 {
			t.Errorf("%+v was taken: %d, %v", wrong, n, err)
		}
	}
	if h := s.history(); len(h.Nights) != 0 || !h.Last.IsZero() {
		t.Errorf("something was written: %+v", h)
	}
}

func cancelled(t *testing.T, s *subject, m *Maker) {
	over, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := s.Append(over, m.At(0, Cramp(7))); !errors.Is(err, context.Canceled) {
		t.Errorf("append: %v", err)
	}
	if err := s.Keep(over, "a", []byte("b")); !errors.Is(err, context.Canceled) {
		t.Errorf("keep: %v", err)
	}
	if _, err := s.History(over); !errors.Is(err, context.Canceled) {
		t.Errorf("history: %v", err)
	}
	if s.stamp() != 0 {
		t.Error("something was written")
	}
}

func otherKind(t *testing.T, s *subject, m *Maker) {
	e := m.At(0, Cramp(7))
	r := m.Revise(e, map[string]any{"pain": 3})
	r.Patch["kind"] = []byte(`"quiet"`)
	if _, err := s.Append(ctx, e, r); err == nil || s.stamp() != 0 {
		t.Errorf("it was taken: %v", err)
	}
}
