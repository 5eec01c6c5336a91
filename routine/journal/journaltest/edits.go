package journaltest

import (
	"errors"
	"testing"

	"lull/routine/journal"
)

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

// masked gives revisions that hold a key of a line's head in other letters.
func masked(t *testing.T, s *subject, m *Maker) {
	e, other := m.At(0, Cramp(7)), m.At(0, journal.Quiet{})
	var straight Mem
	for _, keys := range []string{
		`"Kind":"quiet","kind":"revised","pain":5`,
		`"\u212aIND":"ticked","item":"covers","list":"bedtime","kind":"revised"`,
		`"kind":"revised","ID":"` + m.At(0, Drink(1)).ID.String() + `","pain":6`,
		`"kind":"revised","pain":3`,
		`"kind":"revised","new_night":"` + Date(2).String() + `"`,
	} {
		r := m.object(keys+`,"of":"`+e.ID.String()+`"`, 0)
		s.add(r)
		s.add(e, other)
		if _, err := straight.Append(ctx, r, e, other); err != nil {
			t.Fatal(err)
		}
		Same(t, s, &straight)
	}
	if got := s.live(Date(2), Date(2)); len(got) != 1 || got[0].ID != e.ID || s.pain(e.ID) != 3 {
		t.Errorf("moved is %+v", got)
	}
	if n := s.history().Nights; len(n) != 2 || !n[0].Quiet || n[0].Cramps != 0 || n[1].Cramps != 1 {
		t.Errorf("the nights are %+v", n)
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

func ownAppends(t *testing.T, s *subject, m *Maker) {
	a, b, c := m.At(0, Cramp(1)), m.At(1, Cramp(2)), m.At(-5, Cramp(3))
	gone := m.Withdraw(b)
	s.add(a, b)
	s.add(b, c) // b is there already
	s.add(gone)
	var got [][]journal.Entry
	visit := func(most int) error {
		got = nil
		return s.OwnAppends(ctx, func(appended []journal.Entry) (bool, error) {
			if _, _, err := s.Find(ctx, appended[0].ID); err != nil {
				t.Error(err) // a visit may call the log
			}
			got = append(got, appended)
			return len(got) < most, nil
		})
	}
	must(t, true, visit(99))
	want := [][]journal.Entry{{gone}, {c}, {a, b}}
	if len(got) != len(want) {
		t.Fatalf("%d were visited, not %d", len(got), len(want))
	}
	for i := range want {
		sameEntries(t, "an Append", got[i], want[i])
	}
	if must(t, true, visit(2)); len(got) != 2 {
		t.Errorf("%d were visited, not 2", len(got))
	}
	stop := errors.New("stop")
	if err := s.OwnAppends(ctx, func([]journal.Entry) (bool, error) { return true, stop }); !errors.Is(err, stop) {
		t.Errorf("the visit's error became %v", err)
	}
}
