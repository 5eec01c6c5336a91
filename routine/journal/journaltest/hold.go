package journaltest

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"lull/routine/journal"
)

func held(t *testing.T, s *subject, m *Maker) {
	before, during, removed := m.At(0, Cramp(1)), m.At(1, Drink(2)), m.At(2, Cramp(3))
	s.add(before, removed)
	err := s.Hold(ctx, func(log journal.Log) error {
		in := &subject{t: t, Log: log}
		sameEntries(t, "held", in.live(Date(0), Date(0)), []journal.Entry{before, removed})
		in.add(during)
		in.add(m.Withdraw(removed), m.Revise(before, map[string]any{"pain": 9}))
		if n := in.add(during); n != 0 {
			t.Errorf("a fact that is there is new")
		}
		if got := in.pain(before.ID); got != 9 || len(in.live(Date(0), Date(0))) != 2 {
			t.Errorf("pain %d, live %v", got, in.live(Date(0), Date(0)))
		}
		if h := in.history(); len(h.Nights) != 1 || h.Nights[0].Cramps != 1 || h.Nights[0].Water != 1 {
			t.Errorf("nights %+v", h.Nights)
		}
		return in.Keep(ctx, "note", []byte("held"))
	})
	if err != nil {
		t.Fatal(err)
	}
	if note, err := s.Kept(ctx, "note"); string(note) != "held" || err != nil {
		t.Errorf("the note is %q, %v", note, err)
	}
	if got := s.live(Date(0), Date(0)); s.pain(before.ID) != 9 || len(got) != 2 {
		t.Errorf("live afterwards: %v", got)
	}
}

func heldAtOnce(t *testing.T, s *subject, m *Maker) {
	const many = 8
	s.add(m.At(0, Cramp(1))) // a journal that is there
	var all sync.WaitGroup
	for i := range many {
		e := m.At(float64(i)/10, Drink(0))
		all.Go(func() {
			err := s.Hold(ctx, func(log journal.Log) error {
				live, err := log.Live(ctx, Date(0), Date(0), journal.KindTicked)
				if err != nil {
					return err
				}
				e.Fact = Drink(len(live) + 1)
				_, err = log.Append(ctx, e)
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	items := map[string]bool{}
	for _, e := range s.live(Date(0), Date(0)) {
		if tick, ok := e.Fact.(journal.Ticked); ok {
			items[tick.Item] = true
		}
	}
	if len(items) != many {
		t.Errorf("%d decided, and there are %v", many, items)
	}
}

func heldAndFailed(t *testing.T, s *subject, m *Maker) {
	no := errors.New("no")
	e := m.At(0, Drink(1))
	err := s.Hold(ctx, func(log journal.Log) error {
		_, err := log.Append(ctx, e)
		return errors.Join(err, no)
	})
	if !errors.Is(err, no) || len(s.live(Date(0), Date(0))) != 1 {
		t.Errorf("%v; there is %v", err, s.live(Date(0), Date(0)))
	}
	gone, cancel := context.WithCancel(ctx)
	cancel()
	called := false
	err = s.Hold(gone, func(log journal.Log) error {
		called = true
		_, err := log.Append(gone, m.At(1, Drink(2)))
		return err
	})
	if !called || !errors.Is(err, context.Canceled) || len(s.live(Date(0), Date(0))) != 1 {
		t.Errorf("called %v, %v", called, err)
	}
}

func alike(t *testing.T, s *subject, m *Maker) {
	first, second := m.At(0, Cramp(1)), m.At(1, Drink(2))
	edit := m.Revise(first, map[string]any{"pain": 9})
	s.add(first, second, edit)
	like := func(part string, n int) (ids []journal.ID) {
		found, err := s.Like(ctx, part, n)
		for _, e := range must(t, found, err) {
			ids = append(ids, e.ID)
		}
		return ids
	}
	for _, e := range []journal.Entry{first, second, edit} {
		id := e.ID.String()
		for _, part := range []string{id, id[len(id)-8:], id[:30]} {
			if got := like(part, 2); !slices.Equal(got, []journal.ID{e.ID}) {
				t.Errorf("like %s: %v", part, got)
			}
		}
	}
	all := []journal.ID{edit.ID, second.ID, first.ID}
	if got := like("", 5); !slices.Equal(got, all) {
		t.Errorf("like anything: %v, want %v", got, all)
	}
	if got := like("", 2); !slices.Equal(got, all[:2]) {
		t.Errorf("two of them: %v", got)
	}
	if got := like(strings.Repeat("f", 8), 2); got != nil {
		t.Errorf("like none: %v", got)
	}
}
