package journaltest

import (
	"context"
	"errors"
	"fmt"
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
	{"edits are not facts by themselves", editsAreNotFacts},
	{"live facts are found by night or by day, once, by id", liveRange},
	{"a fact that is moved leaves its old night", moved},
	{"facts of unknown kinds are kept to the byte", unknownKinds},
	{"a line of several rows becomes one", severalRows},
	{"pages lead through everything as it was written", pages},
	{"the latest come backwards", latest},
	{"nights are the sums of what stands", nights},
	{"standing facts are in every history", standing},
	{"dates before 1970 sort first", earlyDates},
	{"a note is kept, replaced and taken away", notes},
	{"the stamp changes with every change and with nothing else", stamps},
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

func revisions(t *testing.T, s *subject, m *Maker) {
	e := m.At(0, Cramp(7))
	first, second := m.Revise(e, map[string]any{"pain": 5, "side": "right"}), m.Revise(e, map[string]any{"pain": 3})
	s.add(e)
	s.add(second)
	s.add(first)
	if s.pain(e.ID) != 3 {
		t.Errorf("pain is %d", s.pain(e.ID))
	}
	got := s.live(Date(0), Date(0))
	if len(got) != 1 || got[0].Fact.(journal.Cramped).Side != "right" {
		t.Errorf("live is %+v", got)
	}
}

func editsFirst(t *testing.T, s *subject, m *Maker) {
	a, b := m.At(0, Cramp(7)), m.At(0, Cramp(6))
	s.add(m.Revise(a, map[string]any{"pain": 1}), m.Withdraw(b))
	if h := s.history(); len(h.Nights) != 0 {
		t.Errorf("edits alone made %+v", h.Nights)
	}
	s.add(a)
	s.add(b)
	if s.pain(a.ID) != 1 || s.history().Nights[0].Cramps != 1 {
		t.Errorf("pain is %d, nights %+v", s.pain(a.ID), s.history().Nights)
	}
}

func withdrawn(t *testing.T, s *subject, m *Maker) {
	e := m.At(0, Cramp(7))
	s.add(e)
	s.add(m.Withdraw(e))
	s.add(m.Revise(e, map[string]any{"pain": 2}))
	if _, stands, err := s.Find(ctx, e.ID); stands || err != nil {
		t.Errorf("stands %v, %v", stands, err)
	}
	sameEntries(t, "live", s.live(Date(-5), Date(5)), nil)
	sameNights(t, s.history().Nights, nil)
}

func withdrawnRevision(t *testing.T, s *subject, m *Maker) {
	e := m.At(0, Cramp(7))
	first := m.Revise(e, map[string]any{"pain": 5, "new_night": Date(-3)})
	second := m.Revise(e, map[string]any{"side": "right"})
	s.add(e, first, second)
	s.add(m.Withdraw(first))
	got := s.live(Date(0), Date(0))
	if len(got) != 1 || s.pain(e.ID) != 7 || got[0].Fact.(journal.Cramped).Side != "right" {
		t.Errorf("live is %+v", got)
	}
	if n := s.history().Nights; len(n) != 1 || n[0].Date != Date(0) {
		t.Errorf("nights are %+v", n)
	}
	if _, stands, err := s.Find(ctx, first.ID); stands || err != nil {
		t.Errorf("the revision stands %v, %v", stands, err)
	}
}

func withdrawnWithdrawal(t *testing.T, s *subject, m *Maker) {
	e := m.At(0, Cramp(7))
	w := m.Withdraw(e)
	s.add(e, w)
	s.add(m.Withdraw(w))
	if _, stands, err := s.Find(ctx, e.ID); stands || err != nil {
		t.Errorf("stands %v, %v", stands, err)
	}
	sameNights(t, s.history().Nights, nil)
}

func spoiling(t *testing.T, s *subject, m *Maker) {
	e := m.At(0, Cramp(7))
	good, bad, last := m.Revise(e, map[string]any{"pain": 5}), m.Revise(e, map[string]any{"pain": 6}), m.Revise(e, map[string]any{"side": "both"})
	bad.Patch["pain"] = []byte("60")
	s.add(last, bad, good, e)
	got := s.live(Date(0), Date(0))
	if len(got) != 1 || s.pain(e.ID) != 5 || got[0].Fact.(journal.Cramped).Side != "both" {
		t.Errorf("live is %+v", got)
	}
}

func editsAreNotFacts(t *testing.T, s *subject, m *Maker) {
	e := m.At(0, Cramp(7))
	r := m.Revise(e, map[string]any{"pain": 5})
	s.add(e, r, m.Revise(r, map[string]any{"pain": 1}))
	if got := s.live(Date(-9), Date(9)); len(got) != 1 || got[0].ID != e.ID || s.pain(e.ID) != 5 {
		t.Errorf("live is %+v", got)
	}
	back, stands, err := s.Find(ctx, r.ID)
	if err != nil || !stands {
		t.Fatalf("stands %v, %v", stands, err)
	}
	sameEntries(t, "the revision", []journal.Entry{back}, []journal.Entry{r})
}

func liveRange(t *testing.T, s *subject, m *Maker) {
	evening := m.At(0, Drink(1))  // night 0, day 0
	morning := m.At(10, Drink(2)) // 08:30: night 0, day 1
	later := m.At(20, Drink(3))   // 18:30: night 1, day 1
	s.add(later, morning)
	s.add(evening)
	for _, c := range []struct {
		from, to int
		want     []journal.Entry
	}{
		{-1, -1, nil}, {0, 0, []journal.Entry{evening, morning}}, {1, 1, []journal.Entry{morning, later}},
		{0, 1, []journal.Entry{evening, morning, later}}, {2, 9, nil}, {1, 0, nil},
	} {
		sameEntries(t, fmt.Sprint("live ", c.from, " to ", c.to), s.live(Date(c.from), Date(c.to)), c.want)
	}
}

func moved(t *testing.T, s *subject, m *Maker) {
	e := m.At(0, Cramp(7))
	s.add(e, m.At(0, Drink(1)))
	s.add(m.Revise(e, map[string]any{"new_night": Date(-4), "new_day": Date(-4)}))
	if n := s.history().Nights; len(n) != 2 || n[0].Date != Date(-4) || n[0].Cramps != 1 || n[1].Cramps != 0 {
		t.Errorf("nights are %+v", n)
	}
	if got := s.live(Date(-4), Date(-4)); len(got) != 1 || got[0].ID != e.ID {
		t.Errorf("live there is %+v", got)
	}
	if got := s.live(Date(0), Date(0)); len(got) != 1 {
		t.Errorf("live here is %+v", got)
	}
}

func unknownKinds(t *testing.T, s *subject, m *Maker) {
	e := m.Line("dreamt", 0)
	s.add(e)
	sameEntries(t, "live", s.live(Date(0), Date(0)), []journal.Entry{e})
	sameNights(t, s.history().Nights, nil)
}

func severalRows(t *testing.T, s *subject, m *Maker) {
	e := m.At(0, journal.Quiet{})
	rows, err := journal.Decode(fmt.Appendf(nil,
		"{\"lull\":1,\n\"id\":\"%s\",\r\n\"at\":\"2026-11-22T22:30:00+01:00\",\"night\":\"2026-11-22\",\"day\":\"2026-11-22\",\"kind\":\"quiet\"}", e.ID),
		journal.DefaultCalendar)
	s.add(must(t, rows, err), m.At(1, Cramp(7)))
	if n := s.history().Nights; len(n) != 1 || !n[0].Quiet || n[0].Cramps != 1 {
		t.Errorf("nights are %+v", n)
	}
}

func pages(t *testing.T, s *subject, m *Maker) {
	var all []journal.Entry
	for i := range 7 {
		all = append(all, m.At(float64(i), Cramp(i)))
	}
	all = append(all, m.Revise(all[2], map[string]any{"pain": 9}), m.Withdraw(all[3]))
	shuffled := slices.Clone(all)
	slices.Reverse(shuffled)
	s.add(shuffled...)
	var got []journal.Entry
	var after journal.ID
	for {
		page, err := s.Page(ctx, after, 2)
		if must(t, page, err); len(page) == 0 {
			break
		}
		got, after = append(got, page...), page[len(page)-1].ID
	}
	sameEntries(t, "pages", got, all)
	page, err := s.Page(ctx, journal.ID{}, 0)
	sameEntries(t, "a page of none", must(t, page, err), nil)
	between := all[3].ID
	between[15]++
	page, err = s.Page(ctx, between, 1)
	sameEntries(t, "after an id nobody has", must(t, page, err), all[4:5])
}

func latest(t *testing.T, s *subject, m *Maker) {
	var all []journal.Entry
	for i := range 5 {
		all = append(all, m.At(float64(i), Cramp(i)))
	}
	s.add(all...)
	slices.Reverse(all)
	for _, c := range []struct {
		before journal.ID
		n      int
		want   []journal.Entry
	}{
		{journal.ID{}, 2, all[:2]}, {all[1].ID, 2, all[2:4]}, {all[4].ID, 2, nil}, {all[0].ID, 99, all[1:]},
		{journal.ID{0xff}, 1, all[:1]}, {journal.ID{}, 0, nil},
	} {
		got, err := s.Latest(ctx, c.before, c.n)
		sameEntries(t, fmt.Sprintf("%d before %s", c.n, c.before), must(t, got, err), c.want)
	}
}

func nights(t *testing.T, s *subject, m *Maker) {
	s.add(m.At(0, Session("trial", journal.Partial, 60)), m.At(0.5, Session("calves", journal.Complete, 120)))
	s.add(m.At(4, Cramp(7)), m.At(5, Cramp(6)), m.At(6, journal.Marked{Mark: "alcohol"}))
	s.add(m.At(10, Drink(1)), m.At(11, Drink(1)), m.At(30, journal.Quiet{}))
	s.add(m.At(60, journal.Seen{Card: "help"}))
	want := []journal.Night{
		{Date: Date(0), Outcome: journal.Complete, Routine: "calves", HeldS: 120, PlannedS: 120, Sessions: 2,
			Cramps: 2, Marks: 1, East: 60, West: 60},
		{Date: Date(1), Outcome: journal.None, Quiet: true, Water: 1, WaterML: 250},
	}
	sameNights(t, s.history().Nights, want)
}

func standing(t *testing.T, s *subject, m *Maker) {
	all := []journal.Entry{
		m.At(-9000, Pause(Date(1), 3)), m.At(0, journal.Screened{Answers: map[string]any{"knee": true}}),
		m.At(1, journal.Seen{Card: "help"}), m.At(2, Cramp(4)), m.At(3, Pause(Date(9), 1)),
	}
	s.add(all...)
	s.add(m.Withdraw(all[4]))
	h := s.history()
	sameEntries(t, "standing", h.Standing, all[:3])
	page, err := s.Latest(ctx, journal.ID{}, 1)
	if last := must(t, page, err)[0].ID; h.Last != last {
		t.Errorf("the last id is %s, not %s", h.Last, last)
	}
}

func earlyDates(t *testing.T, s *subject, m *Maker) {
	old, new := m.At(-60*365*24, Cramp(1)), m.At(0, Cramp(2))
	s.add(new, old)
	n := s.history().Nights
	if len(n) != 2 || n[0].Date != old.Night || n[1].Date != new.Night || old.Night >= 0 {
		t.Errorf("nights are %+v", n)
	}
	sameEntries(t, "live", s.live(old.Night, new.Night), []journal.Entry{old, new})
	sameEntries(t, "live before 1970", s.live(old.Night, -1), []journal.Entry{old})
}

func notes(t *testing.T, s *subject, _ *Maker) {
	kept := func(name string) []byte {
		b, err := s.Kept(ctx, name)
		return must(t, b, err)
	}
	note := []byte("one")
	for _, err := range []error{s.Keep(ctx, "a", note), s.Keep(ctx, "b", []byte{})} {
		if err != nil {
			t.Fatal(err)
		}
	}
	note[0] = 'x'
	kept("a")[0] = 'y'
	if a, b := kept("a"), kept("b"); string(a) != "one" || b == nil || len(b) != 0 {
		t.Errorf("kept %q and %q", a, b)
	}
	before := s.stamp()
	for _, err := range []error{s.Keep(ctx, "a", []byte("one")), s.Keep(ctx, "none", nil)} {
		if err != nil || s.stamp() != before {
			t.Errorf("keeping the same: %v, stamp went from %d to %d", err, before, s.stamp())
		}
	}
	for _, err := range []error{s.Keep(ctx, "a", []byte("two")), s.Keep(ctx, "b", nil)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if a, b := kept("a"), kept("b"); string(a) != "two" || b != nil {
		t.Errorf("kept %q and %q", a, b)
	}
}

func stamps(t *testing.T, s *subject, m *Maker) {
	seen := map[journal.Stamp]bool{s.stamp(): true}
	fact := m.At(0, Cramp(1))
	for i, change := range []func() error{
		func() error { _, err := s.Append(ctx, fact); return err },
		func() error { _, err := s.Append(ctx, m.At(0, Cramp(2)), m.At(1, Cramp(3))); return err },
		func() error { return s.Keep(ctx, "a", []byte("1")) },
		func() error { _, err := s.Append(ctx, m.Withdraw(fact)); return err },
		func() error { return s.Keep(ctx, "a", nil) },
	} {
		if err := change(); err != nil {
			t.Fatal(err)
		}
		h, stamp := s.history(), s.stamp()
		if seen[stamp] || h.Stamp != stamp || stamp != s.stamp() {
			t.Errorf("after change %d the stamp is %d, in the history %d, seen before %v", i, stamp, h.Stamp, seen[stamp])
		}
		seen[stamp] = true
	}
}
