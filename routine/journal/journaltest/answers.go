package journaltest

import (
	"fmt"
	"slices"
	"testing"

	"lull/routine/journal"
)

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

func liveKinds(t *testing.T, s *subject, m *Maker) {
	drink, cramp := m.At(0, Drink(1)), m.At(1, journal.Cramped{Note: `he said "kind":"ticked"`})
	other := m.Line("dreamt", 2)
	session := m.At(3, journal.Stretched{Routine: "trial", Outcome: journal.Complete, Moves: []journal.Move{}})
	s.add(drink, cramp, other, session)
	s.add(m.Revise(cramp, map[string]any{"pain": 4}))
	for _, c := range []struct {
		kinds []journal.Kind
		want  []journal.ID
	}{
		{[]journal.Kind{journal.KindTicked}, []journal.ID{drink.ID}},
		{[]journal.Kind{journal.KindCramped, journal.KindStretched}, []journal.ID{cramp.ID, session.ID}},
		{[]journal.Kind{"dreamt"}, []journal.ID{other.ID}},
		{[]journal.Kind{journal.KindMarked}, nil},
	} {
		found, err := s.Live(ctx, Date(0), Date(0), c.kinds...)
		var ids []journal.ID
		for _, e := range found {
			ids = append(ids, e.ID)
		}
		if err != nil || !slices.Equal(ids, c.want) {
			t.Errorf("of %v there are %v, want %v: %v", c.kinds, ids, c.want, err)
		}
	}
}

// disguised gives lines that say their kind as no lull does, but as JSON may.
func disguised(t *testing.T, s *subject, m *Maker) {
	var all, cramps []journal.Entry
	for _, form := range []string{
		`"kind": "cramped","beyond":{"kind":"ticked"}`,
		`"beyond":{"kind":"ticked"},"k\u0069nd":"cramped"`,
		`"kind":"ticked","Kind":"cramped","item":"covers","list":"bedtime"`,
		`"kind":"ticked","\u212aIND":"cramped","item":"covers","list":"bedtime"`,
		`"kind":"ticked","beyond":1,"\u004bind":"cramped"`,
		`"kind":"ticked","kind" : "cramped"`,
		`"kind" : "cramped", "beyond" : {"kind":"ticked"}`,
		`"kind":"cramped","note":"he said \"kind\":\"ticked\""`,
	} {
		cramps = append(cramps, m.object(form, 1))
		all = append(all, m.At(1, Drink(1)), m.At(2, journal.Quiet{}))
	}
	var straight Mem
	for i := range cramps { // one by one: what is added up of a night is added to
		s.add(cramps[i])
		s.add(all[2*i], all[2*i+1])
	}
	if _, err := straight.Append(ctx, append(all, cramps...)...); err != nil {
		t.Fatal(err)
	}
	Same(t, s, &straight)
	found, err := s.Live(ctx, Date(0), Date(0), journal.KindCramped)
	if err != nil {
		t.Fatal(err)
	}
	sameEntries(t, "the cramps", found, cramps)
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

func sinceADate(t *testing.T, s *subject, m *Maker) {
	s.add(m.At(-72, Cramp(1)), m.At(-48, Cramp(2)), m.At(0, Cramp(3)), m.At(1, Pause(Date(1), 3)))
	for days, want := range map[int]int{-9: 3, -3: 3, -2: 2, 0: 1, 9: 0} {
		h, err := s.Since(ctx, Date(days))
		if err != nil {
			t.Fatal(err)
		}
		all := s.history()
		if len(h.Nights) != want || h.Cut != (len(h.Nights) < len(all.Nights)) || h.Last != all.Last || h.Stamp != all.Stamp {
			t.Errorf("since day %d: %+v", days, h)
		}
		sameNights(t, h.Nights, all.Nights[len(all.Nights)-len(h.Nights):])
		sameEntries(t, "standing", h.Standing, all.Standing)
		for _, n := range h.Nights {
			if n.Date < Date(days) {
				t.Errorf("since day %d there is %v", days, n.Date)
			}
		}
	}
}

func newestAnswers(t *testing.T, s *subject, m *Maker) {
	answers := func(hours float64, key string) journal.Entry {
		return m.At(hours, journal.Screened{Answers: map[string]any{key: true}})
	}
	first, second, third := answers(0, "knee"), answers(1, "falls"), answers(2, "weakness")
	s.add(third, first, second)
	sameEntries(t, "answers", s.history().Standing, []journal.Entry{third})
	s.add(m.Withdraw(third))
	sameEntries(t, "answers with the newest withdrawn", s.history().Standing, []journal.Entry{second})
}
