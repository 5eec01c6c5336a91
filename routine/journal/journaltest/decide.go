package journaltest

import (
	"errors"
	"sync"
	"testing"

	"lull/routine/journal"
)

func decided(t *testing.T, s *subject, m *Maker) {
	here, gone, elsewhere, other := m.At(0, Drink(1)), m.At(1, Drink(2)), m.At(60, Drink(3)), m.At(2, Cramp(4))
	s.add(here, gone, elsewhere, other, m.Withdraw(gone))
	after := m.At(3, Drink(4))
	var seen []journal.Entry
	err := s.Decide(ctx, Date(0), Date(0), []journal.Kind{journal.KindTicked}, func(live []journal.Entry) ([]journal.Entry, error) {
		seen = live
		return []journal.Entry{after}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	sameEntries(t, "given to decide", seen, []journal.Entry{here})
	sameEntries(t, "live", s.live(Date(0), Date(0)), []journal.Entry{here, other, after})
}

func decidedAtOnce(t *testing.T, s *subject, m *Maker) {
	const many = 8
	var all sync.WaitGroup
	for i := range many {
		e := m.At(float64(i)/10, Drink(0))
		all.Go(func() {
			err := s.Decide(ctx, Date(0), Date(0), nil, func(live []journal.Entry) ([]journal.Entry, error) {
				e.Fact = Drink(len(live) + 1)
				return []journal.Entry{e}, nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	items := map[string]bool{}
	for _, e := range s.live(Date(0), Date(0)) {
		items[e.Fact.(journal.Ticked).Item] = true
	}
	if len(items) != many {
		t.Errorf("%d decided, and there are %v", many, items)
	}
}

func undecided(t *testing.T, s *subject, m *Maker) {
	s.add(m.At(0, Drink(1)))
	before := s.stamp()
	no := errors.New("no")
	spoiled := m.At(1, Drink(2))
	spoiled.Fact = nil
	for name, decide := range map[string]func([]journal.Entry) ([]journal.Entry, error){
		"refused": func([]journal.Entry) ([]journal.Entry, error) { return []journal.Entry{m.At(1, Drink(2))}, no },
		"not a fact": func([]journal.Entry) ([]journal.Entry, error) {
			return []journal.Entry{m.At(1, Drink(2)), spoiled}, nil
		},
		"nothing to do": func([]journal.Entry) ([]journal.Entry, error) { return nil, nil },
	} {
		err := s.Decide(ctx, Date(0), Date(0), nil, decide)
		if (err == nil) != (name == "nothing to do") || name == "refused" && err != no {
			t.Errorf("%s: %v", name, err)
		}
		if got := s.live(Date(0), Date(0)); len(got) != 1 || s.stamp() != before {
			t.Errorf("%s: there is %+v", name, got)
		}
	}
}
