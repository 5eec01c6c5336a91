package cli

import (
	"context"
	"slices"
	"testing"
	"time"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
)

// crowded is a journal that somebody else writes to whenever it was read and is
// not held.
type crowded struct {
	*journaltest.Mem
	meanwhile func(*journaltest.Mem)
}

func (c crowded) Since(ctx context.Context, from journal.Date) (journal.History, error) {
	defer c.meanwhile(c.Mem)
	return c.Mem.Since(ctx, from)
}

func (c crowded) Live(ctx context.Context, from, to journal.Date, kinds ...journal.Kind) ([]journal.Entry, error) {
	defer c.meanwhile(c.Mem)
	return c.Mem.Live(ctx, from, to, kinds...)
}

func (c crowded) Hold(ctx context.Context, do func(journal.Log) error) error {
	c.meanwhile(c.Mem)
	return c.Mem.Hold(ctx, do)
}

// Two glasses that are drunk at one moment are two, and what is taken back twice
// at one moment is taken back once.
func TestAGlassThatSomebodyElseTicksMeanwhileIsAnother(t *testing.T) {
	d := newDesktop()
	next := 0
	d.Log = func(time.Duration) journal.Log {
		return crowded{d.mem, func(m *journaltest.Mem) {
			next++
			e := journal.New(new(journal.Mint), journal.DefaultCalendar, d.now, d.now, journaltest.Drink(next))
			if _, err := m.Append(t.Context(), e); err != nil {
				t.Fatal(err)
			}
		}}
	}
	ticked := func() (items []string) {
		day := journal.DefaultCalendar.Day(d.now)
		live, err := d.mem.Live(t.Context(), day, day)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range live {
			items = append(items, e.Fact.(journal.Ticked).Item)
		}
		slices.Sort(items)
		return items
	}
	if status := d.run("drink"); status != Done {
		t.Fatalf("%d: %s", status, &d.err)
	}
	if got := ticked(); next == 0 || len(got) != next+1 || len(slices.Compact(slices.Clone(got))) != len(got) {
		t.Errorf("somebody ticked %d, this one another, and there are %v", next, got)
	}
}
