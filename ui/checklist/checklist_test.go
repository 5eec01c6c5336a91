package checklist_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	tea "charm.land/bubbletea/v2"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lull/routine/journal"
	"lull/routine/settings"
	"lull/ui/checklist"
	"lull/ui/screen"
	"lull/ui/uitest"
)

func tick(daysAgo int, list, item string) journal.Entry {
	return uitest.Fact(daysAgo, journal.Ticked{Item: item, List: list, ML: 250})
}

// short is a world with two items to a list.
func short(t *testing.T, facts ...journal.Entry) screen.World {
	t.Helper()
	w := uitest.World(t, 80, 24, facts...)
	w.Settings.Water = []settings.Item{{ID: "mug", Name: "mug", ML: 300}, {ID: "soup", Name: "soup"}}
	w.Settings.Bedtime = []settings.Item{{ID: "covers", Name: "covers loose"}, {ID: "walk", Name: "a walk"}}
	return w
}

func empty(t *testing.T) screen.World {
	t.Helper()
	w := uitest.World(t, 80, 24)
	w.Settings.Water, w.Settings.Bedtime = nil, nil
	return w
}

func TestSpaceTicksTheItemUnderTheCursor(t *testing.T) {
	w := short(t)
	for moves, want := range map[int]journal.Ticked{
		0: {Item: "mug", List: journal.WaterList, ML: 300},
		1: {Item: "soup", List: journal.WaterList},
		2: {Item: "covers", List: journal.BedtimeList},
		9: {Item: "walk", List: journal.BedtimeList},
	} {
		s := checklist.New()
		for range moves {
			uitest.Keys(w, s, "down")
		}
		do := uitest.Keys(w, s, "space")
		if diff := cmp.Diff([]journal.Fact{want}, uitest.Recorded(do)); diff != "" {
			t.Errorf("%d down: %s", moves, diff)
		}
	}
}

func TestSpaceOnATickTakesItBack(t *testing.T) {
	e := tick(0, journal.WaterList, "mug")
	w := short(t, e)
	s := checklist.New()
	uitest.Sees(t, s.Draw(w), w.Theme.Glyphs.Done+" mug", w.Theme.Glyphs.Open+" soup")
	do := uitest.Keys(w, s, "enter")
	if len(do.Records) != 1 || do.Records[0].Takeback == nil || do.Records[0].Takeback.ID != e.ID || do.Records[0].Fact != nil {
		t.Errorf("it asked for %+v", do.Records)
	}
	if help := s.Help(w)[0].Help().Desc; help != "untick" {
		t.Errorf("the footer says %q", help)
	}
}

// Where there is no room for all of it, how the day goes is told before what the
// glasses hold, and no word is cut off.
func TestTheWaterOfADayHasRoomInANarrowWindow(t *testing.T) {
	w := uitest.World(t, 80, 24, uitest.Fact(0, journal.Ticked{Item: "jug", List: journal.WaterList, ML: 1000}))
	w.Now = time.Date(2026, 11, 22, 16, 0, 0, 0, w.Now.Location())
	s := checklist.New()
	uitest.Sees(t, s.Draw(w), "1 of 6 · 1000 ml · a little behind")
	w.Width, w.Height = 40, 12
	narrow := s.Draw(w)
	uitest.Sees(t, narrow, "1 of 6 · a little behind")
	uitest.Misses(t, narrow, "1000 ml ·")
}

func TestOneCanGoBackSixDaysAndNoFurther(t *testing.T) {
	w := short(t)
	s := checklist.New()
	for _, want := range []string{
		"today, Sun 22 Nov", "yesterday, Sat 21 Nov", "Checklist, Fri 20 Nov", "Thu 19 Nov", "Wed 18 Nov", "Tue 17 Nov", "Mon 16 Nov", "Mon 16 Nov",
	} {
		uitest.Sees(t, s.Draw(w), want)
		uitest.Keys(w, s, "left")
	}
	uitest.Sees(t, s.Draw(w), "[M] T  W  T  F  S  S")
	for range 9 {
		uitest.Keys(w, s, "l")
	}
	uitest.Sees(t, s.Draw(w), "today, Sun 22 Nov", "M  T  W  T  F  S [S]")
}

func TestEachDayShowsItsOwnTicks(t *testing.T) {
	w := short(t, tick(0, journal.WaterList, "mug"), tick(2, journal.WaterList, "soup"))
	s := checklist.New()
	done := w.Theme.Glyphs.Done
	for _, want := range [][2]bool{{true, false}, {false, false}, {false, true}} {
		frame := s.Draw(w)
		got := [2]bool{strings.Contains(uitest.Text(frame), done+" mug"), strings.Contains(uitest.Text(frame), done+" soup")}
		if got != want {
			t.Errorf("ticked %v, want %v on\n%s", got, want, uitest.Text(frame))
		}
		uitest.Keys(w, s, "h")
	}
}

// A tick for a day gone by bears the label of that day and an instant that
// belongs to it, also where the clocks were changed and also after midnight.
func TestATickForAnEarlierDayBelongsToIt(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	w := short(t)
	s := checklist.New()
	for hour := range 7 * 24 {
		w.Now = time.Date(2026, 3, 27, hour, 30, 0, 0, berlin)
		for _, starts := range []time.Duration{0, 3 * time.Hour, 4 * time.Hour} {
			w.Settings.Calendar.DayStarts = starts
			for back := range 7 {
				rec := uitest.Keys(w, s, "space").Records[0]
				if want := w.Day() - journal.Date(back); rec.Day != want || w.Settings.Calendar.Day(rec.At) != want {
					t.Fatalf("at %v, %d back, days from %v: day %v, instant %v; want %v", w.Now, back, starts, rec.Day, rec.At, want)
				}
				uitest.Keys(w, s, "left")
			}
			uitest.Keys(w, s, "right", "right", "right", "right", "right", "right")
		}
	}
}

func TestTheLimitKeyTurnsAmountsOffAndOn(t *testing.T) {
	w := short(t)
	s := checklist.New()
	uitest.Sees(t, s.Draw(w), "mug  300 ml", "0 ml")
	do := uitest.Keys(w, s, "f")
	if diff := cmp.Diff([]settings.Change{{Key: "limit_fluids", Value: "yes"}}, do.Set); diff != "" || !strings.Contains(do.Say, "amounts are hidden") {
		t.Errorf("says %q: %s", do.Say, diff)
	}
	w.Settings.LimitFluids = "yes"
	frame := s.Draw(w)
	uitest.Misses(t, frame, " ml", "behind", "ahead", "easing")
	uitest.Reads(t, frame, "Follow the fluid plan your team gave you.")
	// not "no": that would outlast an answer that is given later
	if diff := cmp.Diff([]settings.Change{{Key: "limit_fluids", Value: "auto"}}, uitest.Keys(w, s, "f").Set); diff != "" {
		t.Error(diff)
	}
}

func TestTheFourthDrinkPastTheListWarnsAndNoneIsPraised(t *testing.T) {
	const warning = "That is more than usual. More has not been shown to help cramps, and very much is dangerous."
	for _, size := range [][2]int{{40, 10}, {80, 21}, {120, 37}} {
		for n, warned := range map[int]bool{6: false, 9: false, 10: true, 11: false, 40: false} {
			var facts []journal.Entry
			for i := range n {
				id := fmt.Sprintf("glass-%d", i+1)
				if i >= 6 {
					id = fmt.Sprint(settings.Extra, i-5)
				}
				facts = append(facts, tick(0, journal.WaterList, id))
			}
			w := uitest.World(t, size[0], size[1], facts...)
			s := checklist.New()
			uitest.Keys(w, s, "g")
			text := strings.Join(strings.Fields(uitest.Text(s.Draw(w))), " ")
			if strings.Contains(text, warning) != warned {
				t.Errorf("%d drinks at %v: warned is not %t:\n%s", n, size, warned, text)
			}
			if strings.Contains(text, "all ticked") != (n < 10) || strings.Contains(text, "· more than usual") != (n >= 10) {
				t.Errorf("%d drinks at %v:\n%s", n, size, text)
			}
			uitest.Keys(w, s, "left")
			uitest.Misses(t, s.Draw(w), "very much")
			uitest.Keys(w, s, "right")
			w.Screening.FluidLimit = true
			uitest.Misses(t, s.Draw(w), "more than usual", "very much", "all ticked", "of 6", " ml")
		}
	}
}

func TestADrinkIsChangedWithoutItsAmountByPeopleWhoLimitFluids(t *testing.T) {
	w := short(t)
	w.Screening.FluidLimit = true
	s := checklist.New()
	uitest.Keys(w, s, "e")
	uitest.Misses(t, s.Draw(w), "300", "millilitres")
	do := uitest.Keys(w, s, "s", "enter")
	if diff := cmp.Diff(settings.Item{ID: "mug", Name: "mugs", ML: 300}, do.Set[0].Items[0]); diff != "" {
		t.Error(diff)
	}
}

func TestNoKeyShowsAmountsAgainstTheSafetyAnswers(t *testing.T) {
	w := short(t)
	w.Screening.FluidLimit = true
	if do := uitest.Keys(w, checklist.New(), "f"); do.Set != nil || !strings.Contains(do.Say, "amounts stay hidden") {
		t.Errorf("it asked for %+v", do)
	}
	uitest.Misses(t, checklist.New().Draw(w), "Drinks  0 of")
	uitest.Sees(t, checklist.New().Draw(w), "Drinks  0 ticked")
}

func TestTheSafetyAnswersHideAmountsToo(t *testing.T) {
	w := short(t)
	w.Screening.FluidLimit = true
	uitest.Misses(t, checklist.New().Draw(w), " ml")
	w.Settings.LimitFluids = "no" // no setting shows them against the answers
	uitest.Misses(t, checklist.New().Draw(w), " ml")
}

func TestExtrasStandBehindTheItemsAndCanBeTakenBack(t *testing.T) {
	e := tick(0, journal.WaterList, "extra-1")
	w := short(t, tick(0, journal.WaterList, "mug"), e)
	s := checklist.New()
	frame := s.Draw(w)
	uitest.Sees(t, frame, "extra-1 (extra)", "2 of 2 · 500 ml")
	_, soup := uitest.Spot(t, frame, "soup")
	if _, extra := uitest.Spot(t, frame, "extra-1"); extra != soup+1 {
		t.Errorf("the extra stands in row %d, the last item in row %d", extra, soup)
	}
	for _, key := range []string{"down", "down", "e", "x", "J", "K"} {
		uitest.Nothing(t, uitest.Keys(w, s, key))
	}
	do := uitest.Keys(w, s, "space")
	if len(do.Records) != 1 || do.Records[0].Takeback == nil || do.Records[0].Takeback.ID != e.ID {
		t.Errorf("it asked for %+v", do.Records)
	}
}

func TestTheMouseTicksTheRowDrawnThere(t *testing.T) {
	w := short(t)
	s := checklist.New()
	for name, item := range map[string]string{"mug": "mug", "soup": "soup", "covers loose": "covers", "a walk": "walk"} {
		do := uitest.Click(t, w, s, name)
		if got := uitest.Recorded(do); len(got) != 1 || got[0].(journal.Ticked).Item != item {
			t.Errorf("a click on %s recorded %+v", name, got)
		}
	}
}

// However far a long list is scrolled, a click ticks what is drawn under it.
func TestTheMouseTicksTheRowDrawnThereAlsoWhenScrolled(t *testing.T) {
	w := uitest.World(t, 40, 10)
	w.Settings.Water = nil
	for i := range 30 {
		w.Settings.Water = append(w.Settings.Water, settings.Item{ID: fmt.Sprintf("w%d", i), Name: fmt.Sprintf("glass<%d>", i)})
	}
	rapid.Check(t, func(r *rapid.T) {
		s := checklist.New()
		for range rapid.IntRange(0, 35).Draw(r, "down") {
			uitest.Keys(w, s, "down")
		}
		lines := strings.Split(uitest.Text(s.Draw(w)), "\n")
		y := rapid.IntRange(0, len(lines)-1).Draw(r, "row")
		do := s.Update(w, tea.MouseClickMsg{X: 5, Y: y, Button: tea.MouseLeft})
		got := uitest.Recorded(do)
		_, name, isItem := strings.Cut(lines[y], "glass<")
		bedtime := slices.ContainsFunc(w.Settings.Bedtime, func(it settings.Item) bool { return strings.Contains(lines[y], it.Name) })
		switch {
		case isItem && (len(got) != 1 || got[0].(journal.Ticked).Item != "w"+strings.TrimSuffix(name, ">")):
			r.Fatalf("a click on %q recorded %+v", lines[y], got)
		case !isItem && !bedtime && got != nil:
			r.Fatalf("a click on %q recorded %+v", lines[y], got)
		}
	})
}

func TestTheCursorIsAlwaysInSight(t *testing.T) {
	w := uitest.World(t, 40, 10)
	s := checklist.New()
	for range 12 {
		uitest.Sees(t, s.Draw(w), w.Theme.Glyphs.Cursor)
		uitest.Wheel(w, s, 1)
	}
	uitest.Sees(t, s.Draw(w), "› ○ ordinary food with minerals today")
	uitest.Keys(w, s, "g")
	uitest.Sees(t, s.Draw(w), "› ○ first glass")
}

func TestEmptyListsSayHowToFillThem(t *testing.T) {
	w := empty(t)
	s := checklist.New()
	uitest.Sees(t, s.Draw(w), "Drinks  0 of 0", "Before bed  0 of 0", "nothing on this list; a adds an item")
	for _, key := range []string{"space", "down", "G", "e", "x", "J", "K"} {
		uitest.Nothing(t, uitest.Keys(w, s, key))
	}
	uitest.Nothing(t, uitest.Click(t, w, s, "nothing on this list"))
	uitest.Keys(w, s, "a")
	uitest.Type(w, s, "mug 300")
	do := uitest.Keys(w, s, "enter")
	if diff := cmp.Diff([]settings.Change{{Key: journal.WaterList, Items: []settings.Item{{ID: "mug", Name: "mug", ML: 300}}}}, do.Set); diff != "" {
		t.Error(diff)
	}
}

func TestThePaceIsSaidForTodayOnly(t *testing.T) {
	w := short(t)
	w.Now = time.Date(2026, 11, 22, 19, 0, 0, 0, w.Now.Location())
	s := checklist.New()
	uitest.Sees(t, s.Draw(w), "0 of 2 · 0 ml · a little behind")
	uitest.Keys(w, s, "left")
	frame := s.Draw(w)
	uitest.Sees(t, frame, "0 of 2 · 0 ml")
	uitest.Misses(t, frame, "behind")
}

func TestANameThatObeysATerminalIsShownHarmless(t *testing.T) {
	w := short(t)
	w.Settings.Water[0].Name = "mug\x1b]0;owned\a\u202e"
	frame := checklist.New().Draw(w)
	if strings.Contains(frame, "\x1b]0;") || strings.Contains(frame, "\u202e") {
		t.Errorf("the frame carries it: %q", frame)
	}
}

func TestALongNameFitsEverySize(t *testing.T) {
	w := short(t)
	w.Settings.Water[0].Name = strings.Repeat("long ", 16)
	for _, keys := range [][]string{nil, {"e"}, {"a", "enter"}} {
		uitest.Sweep(t, w, func() screen.Screen {
			s := checklist.New()
			uitest.Keys(w, s, keys...)
			return s
		})
	}
}
