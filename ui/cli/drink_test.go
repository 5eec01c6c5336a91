package cli

import (
	"context"
	"slices"
	"strings"
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

// TestFortyDrinksWarnOnce adds forty drinks to one day: the warning comes once,
// nothing praises the count, and people who limit fluids see no number.
func TestFortyDrinksWarnOnce(t *testing.T) {
	const warning = "That is more than usual. More has not been shown to help cramps, and very much is dangerous."
	for _, limited := range []bool{false, true} {
		d := newDesktop()
		if limited {
			if d.run("config", "set", "limit_fluids", "yes") != Done {
				t.Fatal(d.err.String())
			}
		}
		var warned []int
		for n := 1; n <= 40; n++ {
			if d.run("drink") != Done {
				t.Fatal(d.err.String())
			}
			out := d.out.String() + d.err.String()
			if strings.Contains(out, warning) {
				warned = append(warned, n)
			}
			if strings.Contains(out, "all ticked") {
				t.Errorf("drink %d: %s", n, out)
			}
			if limited && (strings.Contains(out, " ml") || strings.Contains(out, "more than usual") || strings.Contains(out, " of 6")) {
				t.Errorf("drink %d of someone who limits fluids: %s", n, out)
			}
		}
		want := []int{10}
		if limited {
			want = nil
		}
		if !slices.Equal(warned, want) {
			t.Errorf("limited %t: warned at %v, want %v", limited, warned, want)
		}
		if d.run("tonight") != Done {
			t.Fatal(d.err.String())
		}
		out := d.out.String()
		if strings.Contains(out, "all ticked") || strings.Contains(out, "more than usual") == limited {
			t.Errorf("limited %t: %s", limited, out)
		}
	}
}
