package review_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lull/routine/journal"
	"lull/routine/review"
)

const tonight = journal.Date(20779) // 2026-11-22

// bookOf makes a book from a row of nights that ends tonight: c complete, p
// partial, a abandoned, . nothing, = paused, E complete in a zone half the
// globe east, W complete in the west.
func bookOf(row string) *review.Book {
	var h journal.History
	mint := &journal.Mint{}
	for i, r := range row {
		d := tonight - journal.Date(len(row)-1-i)
		n := journal.Night{Date: d, Outcome: journal.None, Sessions: 1}
		switch r {
		case 'c':
			n.Outcome = journal.Complete
		case 'p':
			n.Outcome = journal.Partial
		case 'a':
			n.Outcome = journal.Abandoned
		case 'E':
			n.Outcome, n.East, n.West = journal.Complete, 13*60, 13*60
		case 'W':
			n.Outcome, n.East, n.West = journal.Complete, -10*60, -10*60
		case '=':
			e := journal.New(mint, journal.DefaultCalendar, time.Now(), time.Now(), journal.Paused{From: d, To: &d})
			h.Standing = append(h.Standing, e)
			continue
		default:
			continue
		}
		h.Nights = append(h.Nights, n)
	}
	return review.New(h)
}

func TestTheStreakCountsAsTheRuleSays(t *testing.T) {
	for _, c := range []struct {
		row       string
		run, best int
		keptToday bool
		ofLast28  int
		why       string
	}{
		{".", 0, 0, false, 0, "nothing yet"},
		{"c", 1, 1, true, 1, "the first night"},
		{"cc.", 2, 2, false, 2, "tonight is not kept yet and breaks nothing"},
		{"cc..", 0, 2, false, 2, "last night was missed"},
		{"ccc.cc", 2, 3, true, 5, "a miss breaks, the best stays"},
		{"c=c", 2, 2, true, 2, "a pause is stepped over"},
		{"c===.", 1, 1, false, 1, "a pause up to last night keeps the run"},
		{"c=.=c", 1, 1, true, 2, "a miss between pauses breaks"},
		{"pap", 1, 1, true, 2, "an abandoned session is not kept"},
		{"W.E", 2, 2, true, 2, "a label the traveller never lived"},
		{"E.W", 1, 1, true, 2, "westward nothing is skipped"},
		{"W..E", 1, 1, true, 2, "two labels are never skipped"},
		{strings.Repeat("c", 40), 40, 40, true, 28, "only the last 28 are counted"},
		{strings.Repeat("c", 28) + ".", 28, 28, false, 28, "tonight takes no place before it is kept"},
	} {
		got := bookOf(c.row).Streak(tonight)
		want := review.Streak{Nights: c.run, Best: c.best, KeptTonight: c.keptToday, Last28: c.ofLast28}
		if got != want {
			t.Errorf("%s (%s): %+v, want %+v", c.row, c.why, got, want)
		}
	}
}

func TestThirteenNightsFromNothingAreHalfTheStrength(t *testing.T) {
	if s := bookOf(strings.Repeat("c", 13)).Strength(tonight); math.Abs(s-0.5) > 1e-9 {
		t.Errorf("13 nights make %v", s)
	}
	if s := bookOf(strings.Repeat("p", 13)).Strength(tonight); math.Abs(s-0.25) > 1e-9 {
		t.Errorf("13 partial nights make %v", s)
	}
}

func TestOneMissFromFullStrengthCostsFivePoints(t *testing.T) {
	full := bookOf(strings.Repeat("c", 400)).Strength(tonight)
	missed := bookOf(strings.Repeat("c", 400) + "..").Strength(tonight)
	if cost := full - missed; cost < 0.05 || cost > 0.053 {
		t.Errorf("a miss costs %v of %v", cost, full)
	}
}

func TestTonightCountsOnlyOnceItIsKept(t *testing.T) {
	if a, b := bookOf("ccc").Strength(tonight), bookOf("ccc.").Strength(tonight); a != b {
		t.Errorf("an evening before the session: %v, after the last one: %v", b, a)
	}
}

// The naive model: every night from the first session on, one after another.
func TestStreakAndStrengthAgreeWithANaiveModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		row := rapid.StringOfN(rapid.RuneFrom([]rune("cpa.=")), 1, 80, -1).Draw(t, "row")
		b := bookOf(row)
		nights := strings.TrimLeft(row, ".=")
		if last := row[len(row)-1]; last != 'c' && last != 'p' && nights != "" {
			nights = nights[:len(nights)-1]
		}
		run, best, s := 0, 0, 0.0
		m := math.Pow(0.5, 1.0/13)
		for _, r := range nights {
			v := map[rune]float64{'c': 1, 'p': 0.5}[r]
			if r == '=' {
				continue
			}
			if run++; v == 0 {
				run = 0
			}
			best = max(best, run)
			s = s*m + v*(1-m)
		}
		got := b.Streak(tonight)
		if got.Nights != run || got.Best != best {
			t.Fatalf("%s: streak %+v, want %d and best %d", row, got, run, best)
		}
		if math.Abs(b.Strength(tonight)-s) > 1e-12 {
			t.Fatalf("%s: strength %v, want %v", row, b.Strength(tonight), s)
		}
	})
}

func TestAnOpenPauseHasNoEnd(t *testing.T) {
	at := (tonight - 3).Midnight().Add(20 * time.Hour)
	e := journal.New(&journal.Mint{}, journal.DefaultCalendar, at, at, journal.Paused{From: tonight - 3})
	b := review.New(journal.History{
		Nights:   []journal.Night{{Date: tonight - 4, Outcome: journal.Complete, Sessions: 1}},
		Standing: []journal.Entry{e},
	})
	if got := b.Streak(tonight); got.Nights != 1 || !b.Paused(tonight+1000) {
		t.Errorf("%+v", got)
	}
}

func TestStatesOfNights(t *testing.T) {
	b := bookOf("cp=aW.E.")
	want := []review.State{review.Kept, review.Partly, review.Paused, review.Missed, review.Kept, review.Unlived, review.Kept, review.Open, review.Ahead}
	for i, s := range want {
		d := tonight - 7 + journal.Date(i)
		if got := b.State(d, tonight); got != s {
			t.Errorf("%v: %v, want %v", d, got, s)
		}
	}
	if got := b.State(tonight-8, tonight); got != review.Before {
		t.Errorf("the night before the first: %v", got)
	}
}
