package tonight_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lull/routine"
	"lull/routine/journal"
	"lull/routine/review"
	"lull/routine/session"
	"lull/routine/settings"
	"lull/routine/sitting"
	"lull/ui/player"
	"lull/ui/safety"
	"lull/ui/screen"
	"lull/ui/tonight"
	"lull/ui/uitest"
)

// card is read: the first run is over.
var card = uitest.Fact(9, journal.Seen{Card: "first-run"})

// after is an evening of somebody who read the card long ago.
func after(t *testing.T, facts ...journal.Entry) screen.World {
	t.Helper()
	return uitest.World(t, 100, 30, append([]journal.Entry{card}, facts...)...)
}

// ticks are so many of tonight's items.
func ticks(list string, items ...string) []journal.Entry {
	var all []journal.Entry
	for _, item := range items {
		all = append(all, uitest.Fact(0, journal.Ticked{Item: item, List: list}))
	}
	return all
}

func glasses(n int) []journal.Entry {
	names := []string{"glass-1", "glass-2", "glass-3", "glass-4", "glass-5", "glass-6", "glass-7", "glass-8"}
	return ticks(journal.WaterList, names[:n]...)
}

func pauseTonight() journal.Entry {
	night := journal.DefaultCalendar.Night(uitest.Evening)
	return uitest.Fact(0, journal.Paused{From: night, To: &night})
}

// left is a session of tonight that was left after some seconds.
func left(t *testing.T, w screen.World, after time.Duration) *sitting.Unfinished {
	t.Helper()
	trial, ok := w.Library.Routine("trial")
	if !ok {
		t.Fatal("no trial")
	}
	s, _ := session.New(session.Compile(trial)).Apply(session.Start{}, 0)
	for at := time.Second; at <= after; at += time.Second {
		s, _ = s.Apply(session.Tick{}, at)
	}
	return &sitting.Unfinished{ID: w.NewID(), Night: w.Night(), Started: w.Now, Snapshot: s.Snapshot()}
}

// states are the evenings there are, and the words each is known by.
func states(t *testing.T) map[string]screen.World {
	middle := after(t)
	middle.Resume = left(t, middle, 15*time.Second)
	return map[string]screen.World{
		"Tonight's stretch":              after(t),
		"Left in the middle":             middle,
		"Tonight is paused":              after(t, pauseTonight()),
		"Begun, nothing held yet":        after(t, uitest.Session(0, journal.Abandoned)),
		"Stretched in part; that counts": after(t, uitest.Session(0, journal.Partial)),
		"Stretched tonight":              after(t, uitest.Session(0, journal.Complete)),
	}
}

func TestSpaceOpensTheSetRoutine(t *testing.T) {
	w := after(t)
	w.Settings.Routine = "quick"
	do := uitest.Keys(w, tonight.New(), "space")
	ready, ok := do.Push.(*player.ReadyScreen)
	if !ok {
		t.Fatalf("space asked for %+v", do)
	}
	uitest.Sees(t, ready.Draw(w), "Quick, 3:10")
	if do.Records != nil {
		t.Errorf("it recorded %+v", do.Records)
	}
}

func TestTheFirstSpaceSaysThatTheCardWasRead(t *testing.T) {
	do := uitest.Keys(uitest.World(t, 80, 24), tonight.New(), "space")
	want := []journal.Fact{journal.Seen{Card: "first-run"}}
	if diff := cmp.Diff(want, uitest.Recorded(do)); diff != "" || do.Push == nil {
		t.Errorf("push %T, records %s", do.Push, diff)
	}
}

func TestASetRoutineThatIsGoneGivesWayToTheTrial(t *testing.T) {
	w := after(t)
	w.Settings.Routine = "thrown-away"
	do := uitest.Keys(w, tonight.New(), "space")
	uitest.Sees(t, do.Push.Draw(w), "Trial, 3:05")
}

func TestSpaceGoesOnWithASessionThatWasLeft(t *testing.T) {
	w := after(t)
	w.Resume = left(t, w, 15*time.Second)
	s := tonight.New()
	uitest.Sees(t, s.Draw(w), "space go on where you left")
	do := uitest.Keys(w, s, "space")
	p, ok := do.Push.(*player.Player)
	if !ok {
		t.Fatalf("space asked for %+v", do)
	}
	uitest.Sees(t, p.Draw(w), "PAUSED", "This is where you left.")
}

func TestASessionThatTheAnswersRuleOutByNowIsNotResumed(t *testing.T) {
	for word, answers := range map[string]routine.Screening{
		"space begin":            {Falls: true},
		"space when to get help": {ClotSigns: true},
	} {
		w := after(t)
		w.Resume, w.Screening = left(t, w, 15*time.Second), answers
		s := tonight.New()
		uitest.Sees(t, s.Draw(w), word)
		uitest.Misses(t, s.Draw(w), "go on where you left")
		do := uitest.Keys(w, s, "space")
		if _, resumed := do.Push.(*player.Player); resumed {
			t.Errorf("%+v: it goes on", answers)
		}
		if answers.Falls { // what was held before is recorded with the new beginning
			w.Resume.Recorded = false
			if do = uitest.Keys(w, do.Push, "space"); len(do.Records) == 0 || do.Records[0].ID != w.Resume.ID {
				t.Errorf("it recorded %+v", do.Records)
			}
		}
	}
}

func TestASessionThatNoProgramWroteIsForgottenWithAWord(t *testing.T) {
	w := after(t)
	w.Resume = &sitting.Unfinished{Snapshot: session.Snapshot{Version: 99}}
	do := uitest.Keys(w, tonight.New(), "space")
	if !strings.Contains(do.Say, "cannot be gone on with") || do.Push != nil {
		t.Errorf("it asked for %+v", do)
	}
	if do.Note == nil || do.Note.Name != sitting.Note || do.Note.Text != nil {
		t.Errorf("the note stays: %+v", do.Note)
	}
}

func TestSpaceOpensTheChecklistOnceTheNightIsKept(t *testing.T) {
	for _, o := range []journal.Outcome{journal.Partial, journal.Complete} {
		w := after(t, append(glasses(5), uitest.Session(0, o))...)
		s := tonight.New()
		if do := uitest.Keys(w, s, "space"); do.Go != screen.TabChecklist {
			t.Errorf("%s: space asked for %+v", o, do)
		}
		uitest.Sees(t, s.Draw(w), "space the checklist")
	}
}

func TestSpaceOpensTheReviewWhenAllIsDone(t *testing.T) {
	facts := slices.Concat(glasses(6), ticks(journal.BedtimeList, "covers", "pillow", "shoes", "walk", "food"))
	w := after(t, append(facts, uitest.Session(0, journal.Complete))...)
	if do := uitest.Keys(w, tonight.New(), "space"); do.Go != screen.TabReview {
		t.Errorf("space asked for %+v", do)
	}
}

func TestAPausedNightCanBeStretchedAllTheSame(t *testing.T) {
	w := after(t, pauseTonight())
	if do := uitest.Keys(w, tonight.New(), "space"); do.Push == nil {
		t.Errorf("space asked for %+v", do)
	}
}

func TestWithAnswersThatForbidItTheActIsShownAndSpaceLeadsToTheSigns(t *testing.T) {
	w := after(t)
	w.Screening = routine.Screening{ClotSigns: true}
	s := tonight.New()
	w.Width = 60
	uitest.Reads(t, s.Draw(w), "Be seen today Do not stretch or rub this leg. Call your doctor or the out-", "of-hours line today.", "space when to get help")
	uitest.Misses(t, s.Draw(w), "Trial", "begin")
	if _, ok := uitest.Keys(w, s, "space").Push.(*safety.SignsScreen); !ok {
		t.Error("space does not lead to the signs")
	}
}

func TestUntilTheJournalIsReadSpaceWaits(t *testing.T) {
	w := after(t)
	w.Loaded = false
	s := tonight.New()
	uitest.Nothing(t, uitest.Keys(w, s, "space"))
	uitest.Sees(t, s.Draw(w), "reading your nights")
}

func TestTheWaterKeyTicksTheNextOpenItem(t *testing.T) {
	w := after(t, ticks(journal.WaterList, "glass-1", "glass-3")...)
	do := uitest.Keys(w, tonight.New(), "w")
	want := []journal.Fact{journal.Ticked{Item: "glass-2", List: journal.WaterList, ML: 250}}
	if diff := cmp.Diff(want, uitest.Recorded(do)); diff != "" {
		t.Error(diff)
	}
	if do.Say != "ticked second glass · u takes it back" {
		t.Errorf("it says %q", do.Say)
	}
}

func TestTheWaterKeyRecordsAnExtraPastTheLastItem(t *testing.T) {
	w := after(t, append(glasses(8), ticks(journal.WaterList, "extra-1")...)...)
	do := uitest.Keys(w, tonight.New(), "w")
	want := []journal.Fact{journal.Ticked{Item: "extra-2", List: journal.WaterList, ML: 250}}
	if diff := cmp.Diff(want, uitest.Recorded(do)); diff != "" {
		t.Error(diff)
	}
}

func TestTheSafetyKeyOpensTheQuestions(t *testing.T) {
	if do := uitest.Keys(after(t), tonight.New(), "s"); do.Push == nil || do.Records != nil {
		t.Errorf("it asked for %+v", do)
	}
}

func TestEveryStateIsSaidInWordsAtEveryWidth(t *testing.T) {
	for words, w := range states(t) {
		for _, width := range []int{40, 71, 72, 160} {
			w.Width = width
			uitest.Sees(t, tonight.New().Draw(w), words)
		}
	}
}

func TestWithoutColourEveryStateStillLooksAnother(t *testing.T) {
	seen := map[string]string{}
	for words, w := range states(t) {
		w.Theme = uitest.Theme("none")
		frame := tonight.New().Draw(w)
		_, y := uitest.Spot(t, frame, words)
		line := strings.Split(uitest.Text(frame), "\n")[y]
		if other, taken := seen[line]; taken {
			t.Errorf("%s and %s both read %q", words, other, line)
		}
		seen[line] = words
		if strings.ContainsAny(frame, "\x1b") && strings.Contains(frame, "[38;") {
			t.Errorf("%s is drawn in colour", words)
		}
	}
}

func TestADoneNightAndAnOpenOneDifferInTheirGlyphToo(t *testing.T) {
	w := uitest.World(t, 80, 24)
	g := w.Theme.Glyphs
	for words, glyph := range map[string]string{
		"Tonight's stretch": g.Open, "Stretched tonight": g.Done, "Tonight is paused": g.Paused,
		"Stretched in part; that counts": g.Partial,
	} {
		uitest.Sees(t, tonight.New().Draw(states(t)[words]), glyph+" "+words)
	}
}

func TestHeldSecondsAreToldOnceThereIsASession(t *testing.T) {
	s := tonight.New()
	uitest.Sees(t, s.Draw(after(t, uitest.Session(0, journal.Partial))), "40 of 120 seconds held")
	uitest.Misses(t, s.Draw(after(t)), "seconds held")
}

func TestThePaceIsLeftOutForThoseWhoLimitFluids(t *testing.T) {
	w := after(t)
	w.Now = time.Date(2026, 11, 22, 15, 0, 0, 0, w.Now.Location())
	uitest.Sees(t, tonight.New().Draw(w), "a little behind")
	for name, limit := range map[string]func(*screen.World){
		"by a setting":          func(w *screen.World) { w.Settings.LimitFluids = "yes" },
		"by the safety answers": func(w *screen.World) { w.Screening.FluidLimit = true },
	} {
		t.Run(name, func(t *testing.T) {
			limited := w
			limit(&limited)
			frame := tonight.New().Draw(limited)
			uitest.Misses(t, frame, "a little behind", "ml", "of 6", "Tea, coffee")
			uitest.Sees(t, frame, "Drinks   0 ticked")
			facts := []journal.Entry{uitest.Session(0, journal.Complete), uitest.Fact(1, journal.Seen{Card: review.FirstCard})}
			for _, item := range w.Settings.Bedtime {
				facts = append(facts, uitest.Fact(0, journal.Ticked{Item: item.ID, List: journal.BedtimeList}))
			}
			uitest.Sees(t, tonight.New().Draw(uitest.With(t, w, facts...)), "space the checklist")
			uitest.Misses(t, tonight.New().Draw(uitest.With(t, limited, facts...)), "space the checklist") // nobody is sent to drink
		})
	}
}

// drinks are the ticks of a day with n drinks.
func drinks(n int) []journal.Entry {
	facts := glasses(min(n, 6))
	for extra := 1; extra <= n-6; extra++ {
		facts = append(facts, ticks(journal.WaterList, fmt.Sprint(settings.Extra, extra))...)
	}
	return facts
}

func TestTheFourthDrinkPastTheListWarnsAndNoneIsPraised(t *testing.T) {
	const warning = "That is more than usual. More has not been shown to help cramps, and very much is dangerous."
	for _, size := range [][2]int{{40, 10}, {80, 21}, {120, 37}} {
		for n, want := range map[int]struct{ warned, excess, all bool }{
			6: {false, false, true}, 9: {false, false, true}, 10: {true, true, false}, 11: {false, true, false}, 40: {false, true, false},
		} {
			w := uitest.World(t, size[0], size[1], append(drinks(n), uitest.Fact(1, journal.Seen{Card: review.FirstCard}))...)
			frame := tonight.New().Draw(w)
			text := strings.Join(strings.Fields(uitest.Text(frame)), " ")
			if got := strings.Contains(text, warning); got != want.warned {
				t.Errorf("%d drinks at %v: warned is %t:\n%s", n, size, got, uitest.Text(frame))
			}
			if got := strings.Contains(text, "all ticked"); got != want.all {
				t.Errorf("%d drinks at %v: praised is %t:\n%s", n, size, got, uitest.Text(frame))
			}
			if got := strings.Contains(text, "more than usual"); got != want.excess {
				t.Errorf("%d drinks at %v: more than usual is %t:\n%s", n, size, got, uitest.Text(frame))
			}
			w.Screening.FluidLimit = true
			uitest.Misses(t, tonight.New().Draw(w), "more than usual", "very much", "of 6", "all ticked")
		}
	}
}

func TestTheFirstRunShowsTheCardBelowTheEvening(t *testing.T) {
	frame := tonight.New().Draw(uitest.World(t, 100, 30))
	uitest.Sees(t, frame, "Tonight's stretch", "not a medical device", "space understood", "s safety questions")
	uitest.Misses(t, tonight.New().Draw(after(t)), "not a medical device")
}

func TestInASmallWindowTheCardComesFirstWithItsKeys(t *testing.T) {
	w := uitest.World(t, 40, 10)
	s := tonight.New()
	uitest.Sees(t, s.Draw(w), "lull gives general information", "more below", "space understood", "s safety questions")
	for range 20 {
		uitest.Keys(w, s, "down")
		s.Draw(w)
	}
	frame := s.Draw(w)
	uitest.Sees(t, frame, "Never put", "space understood")
	uitest.Misses(t, frame, "lull gives", "more below")
}

func TestTheKeysOfTheCardAreWholeInEveryWindow(t *testing.T) {
	for width := 40; width <= 90; width++ {
		frame := tonight.New().Draw(uitest.World(t, width, 10))
		last := uitest.Text(frame)[strings.LastIndex(uitest.Text(frame), "\n")+1:]
		if !strings.Contains(last, "s safety questions") || strings.HasSuffix(last, "fir") {
			t.Fatalf("at %d the last line is %q", width, last)
		}
	}
}

func TestTheEveningNeverRunsIntoTheRun(t *testing.T) {
	w := after(t, uitest.Session(1, journal.Complete), uitest.Session(2, journal.Complete))
	for width := 72; width <= 200; width++ {
		w.Width = width
		frame := tonight.New().Draw(w)
		left := width * 3 / 5
		for _, line := range strings.Split(uitest.Text(frame), "\n")[1:] {
			if cells := []rune(line); len(cells) > left && (cells[left-1] != ' ' || cells[left-2] != ' ') {
				t.Fatalf("at %d the halves touch: %q", width, line)
			}
		}
	}
}

func TestThePaceIsSaidWholeOrNotAtAll(t *testing.T) {
	w := after(t)
	for width := 40; width <= 200; width++ {
		w.Width = width
		frame := tonight.New().Draw(w)
		_, y := uitest.Spot(t, frame, "0 of 6")
		line := strings.Split(uitest.Text(frame), "\n")[y]
		if strings.Contains(line, "easing") && !strings.Contains(line, "easing off before bed") {
			t.Fatalf("at %d: %q", width, line)
		}
	}
}

func TestLastNightIsToldAsFarAsItIsKnown(t *testing.T) {
	for want, facts := range map[string][]journal.Entry{
		"Sat 21 to Sun 22 Nov: not told":  nil,
		"Sat 21 to Sun 22 Nov: no cramps": {uitest.Fact(1, journal.Quiet{})},
		"Sat 21 to Sun 22 Nov: 1 cramp":   {uitest.Fact(1, journal.Cramped{}), uitest.Fact(1, journal.Quiet{})},
		"Sat 21 to Sun 22 Nov: 2 cramps":  {uitest.Fact(1, journal.Cramped{}), uitest.Fact(1, journal.Cramped{})},
	} {
		uitest.Sees(t, tonight.New().Draw(after(t, facts...)), want)
	}
}

func TestTheRunSaysOverHowManyNights(t *testing.T) {
	s := tonight.New()
	uitest.Sees(t, s.Draw(after(t)), "No nights yet")
	w := after(t, uitest.Session(4, journal.Complete), uitest.Session(2, journal.Partial), uitest.Session(1, journal.Complete))
	uitest.Sees(t, s.Draw(w), "2 nights in a row", "best 2", "kept 3 of the last 28", "over 4 nights")
}

func TestTheLengthIsTheOneThatWillBeDone(t *testing.T) {
	w := after(t)
	w.Settings.Routine = "full"
	w.Screening = routine.Screening{Pregnant: true, Falls: true}
	ready := uitest.Keys(w, tonight.New(), "space").Push
	uitest.Sees(t, ready.Draw(w), "Full, adapted for you, 14:35")
	uitest.Sees(t, tonight.New().Draw(w), "Full, 14:35")
}

func TestARoutineThatIsGoneIsNamedWithoutALength(t *testing.T) {
	w := after(t, uitest.Fact(0, journal.Stretched{Routine: "my-old-one", Outcome: journal.Complete, PlannedS: 60, HeldS: 60}))
	frame := tonight.New().Draw(w)
	uitest.Sees(t, frame, "my-old-one")
	uitest.Misses(t, frame, "0:00")
}

func TestAPauseWithoutAnEndThatHasSessionsIsPointedOutAndEndsWithAKey(t *testing.T) {
	night := journal.DefaultCalendar.Night(uitest.Evening)
	pause := uitest.Fact(12, journal.Paused{From: night - 12})
	w := after(t, pause)
	uitest.Misses(t, tonight.New().Draw(w), "pause without an end")
	uitest.Nothing(t, uitest.Keys(w, tonight.New(), "e"))
	w = after(t, pause, uitest.Session(3, journal.Complete), uitest.Session(5, journal.Partial))
	uitest.Reads(t, tonight.New().Draw(w), "2 nights have a session since a pause without an end began on 10 Nov 2026. Press e to end it.")
	do := uitest.Keys(w, tonight.New(), "e")
	if len(do.Records) != 1 || do.Records[0].Revises == nil || do.Records[0].Revises.ID != pause.ID {
		t.Fatalf("%+v", do.Records)
	}
	if got := do.Records[0].Patch; got["to"] != night-1 || got["from"] != night-12 {
		t.Errorf("%v", got)
	}
	last := night - 1
	w = after(t, uitest.Fact(12, journal.Paused{From: night - 12, To: &last}), uitest.Session(3, journal.Complete))
	uitest.Misses(t, tonight.New().Draw(w), "pause without an end")
}
