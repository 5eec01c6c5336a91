package heat_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lull/routine/journal"
	"lull/ui/heat"
	"lull/ui/uitest"
	"lull/ui/widget"
)

var tonight = journal.DefaultCalendar.Night(uitest.Evening)

func TestEveryStateOfANightHasItsOwnOnTheMap(t *testing.T) {
	aWeekAgo := tonight - 7
	w := uitest.World(t, 80, 24,
		uitest.Session(9, journal.Complete), uitest.Session(8, journal.Partial),
		uitest.Fact(7, journal.Paused{From: aWeekAgo, To: &aWeekAgo}),
		uitest.Session(5, journal.Abandoned), uitest.Session(1, journal.Complete))
	want := map[int]widget.State{
		10: widget.Unknown, 9: widget.Kept, 8: widget.Partial, 7: widget.Paused,
		6: widget.Missed, 5: widget.Missed, 1: widget.Kept, 0: widget.Unknown,
	}
	for _, c := range heat.Map(w.Book, tonight, 11).Cells {
		if state, ok := want[int(tonight-c.Date)]; ok && c.State != state {
			t.Errorf("%d nights ago is %v, want %v", tonight-c.Date, c.State, state)
		}
	}
}

func TestTonightShowsOnceItIsKept(t *testing.T) {
	w := uitest.World(t, 80, 24, uitest.Session(0, journal.Complete))
	if got := heat.Map(w.Book, tonight, 1).Cells[0]; got.State != widget.Kept {
		t.Errorf("tonight is %+v", got)
	}
}

func TestCrampsWinOverAQuietAnswer(t *testing.T) {
	w := uitest.World(t, 80, 24,
		uitest.Fact(2, journal.Quiet{}), uitest.Fact(1, journal.Quiet{}), uitest.Fact(1, journal.Cramped{}), uitest.Fact(1, journal.Cramped{}))
	want := []widget.Cell{
		{Date: tonight - 2, Quiet: true},
		{Date: tonight - 1, Cramps: 2},
		{Date: tonight},
	}
	if diff := cmp.Diff(want, heat.Map(w.Book, tonight, 3).Cells); diff != "" {
		t.Error(diff)
	}
}

// A label that nobody lived, because the zone moved half the globe east, is
// neither kept nor missed.
func TestANightSkippedByTravellingEastIsBlank(t *testing.T) {
	session := func(at time.Time) journal.Entry {
		return journal.New(&journal.Mint{}, journal.DefaultCalendar, at, at,
			journal.Stretched{Routine: "trial", Outcome: journal.Complete, PlannedS: 9, HeldS: 9, Moves: []journal.Move{}})
	}
	w := uitest.World(t, 80, 24,
		session(time.Date(2026, 11, 18, 22, 0, 0, 0, time.FixedZone("", -8*3600))),
		session(time.Date(2026, 11, 20, 22, 0, 0, 0, time.FixedZone("", 9*3600))))
	cells := heat.Map(w.Book, tonight, 5).Cells
	if got := cells[1]; got.Date != journal.MakeDate(2026, 11, 19) || got.State != widget.Unknown {
		t.Errorf("the night between is %+v", got)
	}
}

func TestTheMapHasEveryNightOnceUpToTonight(t *testing.T) {
	w := uitest.World(t, 80, 24, uitest.Session(3, journal.Complete))
	rapid.Check(t, func(r *rapid.T) {
		nights := rapid.IntRange(0, 400).Draw(r, "nights")
		cells := heat.Map(w.Book, tonight, nights).Cells
		if len(cells) != nights {
			r.Fatalf("%d cells for %d nights", len(cells), nights)
		}
		for i, c := range cells {
			if c.Date != tonight-journal.Date(nights-1-i) {
				r.Fatalf("cell %d is %v", i, c.Date)
			}
		}
	})
}
