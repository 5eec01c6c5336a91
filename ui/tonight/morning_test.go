package tonight_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"lull/routine/journal"
	"lull/routine/review"
	"lull/ui/screen"
	"lull/ui/tonight"
	"lull/ui/uitest"
)

// morningAfter is the world at an hour of the morning after the evening, with
// something recorded two nights before.
func morningAfter(t *testing.T, hour int, facts ...journal.Entry) screen.World {
	t.Helper()
	w := uitest.World(t, 80, 24)
	w.Now = time.Date(2026, 11, 23, hour, 10, 0, 0, uitest.Evening.Location())
	return uitest.With(t, w, append(facts, uitest.Session(2, journal.Complete))...)
}

func TestTheMorningAsksOneQuestionBetweenFourAndNoon(t *testing.T) {
	for hour, asked := range map[int]bool{3: false, 4: true, 11: true, 12: false, 21: false} {
		w := morningAfter(t, hour)
		shown := uitest.Text(tonight.New().Draw(w))
		if got := strings.Contains(shown, "Cramps last night, Sun 22 to Mon 23 Nov?"); got != asked {
			t.Errorf("at %d it asks: %v\n%s", hour, got, shown)
		}
	}
}

func TestTheMorningDoesNotAskAgainOnceItKnowsAndNeverANewcomer(t *testing.T) {
	for name, w := range map[string]screen.World{
		"a cramp": morningAfter(t, 8, uitest.Fact(0, journal.Cramped{})),
		"quiet":   morningAfter(t, 8, uitest.Fact(0, journal.Quiet{})),
	} {
		if strings.Contains(uitest.Text(tonight.New().Draw(w)), "Cramps last night") {
			t.Errorf("with %s it asks", name)
		}
	}
	w := uitest.World(t, 80, 24)
	w.Now = w.Now.Add(11 * time.Hour)
	if strings.Contains(uitest.Text(tonight.New().Draw(w)), "Cramps last night") {
		t.Error("it asks somebody who only just came")
	}
}

func TestEachAnswerIsWrittenDownAsItWasGiven(t *testing.T) {
	for steps, want := range [][]journal.Fact{
		{journal.Quiet{}},
		{journal.Cramped{Untimed: true}},
		{journal.Cramped{Untimed: true}, journal.Cramped{Untimed: true}},
		{journal.Cramped{Untimed: true}, journal.Cramped{Untimed: true}, journal.Cramped{Untimed: true, AtLeast: true}},
		nil,
	} {
		w := morningAfter(t, 8)
		s := tonight.New()
		for range steps + 1 {
			s.Update(w, uitest.Press("right"))
		}
		do := s.Update(w, uitest.Press("space"))
		if len(do.Records) != len(want) || do.Push != nil || do.Say == "" {
			t.Fatalf("answer %d: %+v", steps, do)
		}
		for i, r := range do.Records {
			if c, ok := r.Fact.(journal.Cramped); ok {
				w := want[i].(journal.Cramped)
				if c.Untimed != w.Untimed || c.AtLeast != w.AtLeast {
					t.Errorf("answer %d: %+v", steps, c)
				}
			} else if r.Fact != want[i] {
				t.Errorf("answer %d: %+v", steps, r.Fact)
			}
		}
		if want == nil && strings.Contains(uitest.Text(s.Draw(w)), "Cramps last night") {
			t.Error("not now, and it still asks")
		}
	}
}

// One key that is pressed by habit must not say how a night was.
func TestNoKeyAnswersTheMorningBeforeAnAnswerIsChosen(t *testing.T) {
	for _, key := range []string{"space", "enter"} {
		w := morningAfter(t, 8)
		s := tonight.New()
		uitest.Misses(t, s.Draw(w), "[", "answers")
		for range 3 {
			if do := s.Update(w, uitest.Press(key)); do.Records != nil || do.Push != nil || do.Go != 0 {
				t.Errorf("%s asked for %+v", key, do)
			}
		}
		uitest.Sees(t, s.Draw(w), "Cramps last night", "Press 0, 1, 2 or 3, or esc to skip.")
		s.Update(w, uitest.Press("right"))
		uitest.Sees(t, s.Draw(w), "[none]")
		if do := s.Update(w, uitest.Press(key)); !slices.Equal(answersIn(do), []journal.Kind{journal.KindQuiet}) {
			t.Errorf("with an answer chosen, %s asked for %+v", key, do)
		}
	}
}

func TestDigitsAnswerTheMorningAndAreTabsAgainAfterIt(t *testing.T) {
	for cramps, want := range [][]journal.Kind{
		{journal.KindQuiet}, {journal.KindCramped}, {journal.KindCramped, journal.KindCramped}, {journal.KindCramped, journal.KindCramped, journal.KindCramped},
	} {
		w := morningAfter(t, 8)
		s, press := tonight.New(), uitest.Press(strconv.Itoa(cramps))
		if !s.Claims(w, press) {
			t.Errorf("%d is a tab while the question is asked", cramps)
		}
		do := s.Update(w, press)
		if !slices.Equal(answersIn(do), want) || do.Records[0].Night != w.LastNight() {
			t.Errorf("%d asked for %+v", cramps, do.Records)
		}
		s.Update(w, uitest.Press("esc"))
		if do := s.Update(w, press); s.Claims(w, press) || answersIn(do) != nil {
			t.Errorf("after esc, %d asked for %+v", cramps, do)
		}
		if known := morningAfter(t, 8, uitest.Fact(0, journal.Quiet{})); tonight.New().Claims(known, press) {
			t.Errorf("%d is no tab although the night is answered", cramps)
		}
		evening := morningAfter(t, 21)
		evening.FirstToday = true
		if tonight.New().Claims(evening, press) {
			t.Errorf("%d is no tab in the evening", cramps)
		}
	}
}

// With two keys the first choice is marked at the start: it must record nothing.
func TestTheFirstChoiceOfTheMorningRecordsNothing(t *testing.T) {
	w := morningAfter(t, 8)
	for _, s := range []screen.Screen{tonight.New(), tonight.NewPast()} {
		first := s.Help(w)[0].Keys()[0]
		if do := s.Update(w, uitest.Press(first)); answersIn(do) != nil {
			t.Errorf("%s asked for %+v", first, do)
		}
	}
}

func TestANightWithOnlyItsOwnSessionIsAskedAbout(t *testing.T) {
	w := uitest.World(t, 80, 24)
	w.Now = time.Date(2026, 11, 23, 8, 10, 0, 0, uitest.Evening.Location())
	w = uitest.With(t, w, uitest.Session(0, journal.Complete))
	uitest.Sees(t, tonight.New().Draw(w), "Cramps last night, Sun 22 to Mon 23 Nov?")
}

// cramped is a cramp of the night before the morning of morningAfter, as first
// aid writes it down.
func cramped(hour int, c journal.Cramped) journal.Entry {
	at := time.Date(2026, 11, 23, hour, 12, 0, 0, uitest.Evening.Location())
	return journal.New(&journal.Mint{}, journal.DefaultCalendar, at, at, c)
}

func number(n int) *int { return &n }

func TestACrampOfTheNightIsShownAndOnlyWhatIsMissingIsAsked(t *testing.T) {
	cramp := cramped(3, journal.Cramped{Muscle: "calf", LastedS: number(190)})
	w := morningAfter(t, 8, cramp)
	s := tonight.New()
	uitest.Sees(t, s.Draw(w), "Last night: 1 cramp. What else of this one?", "03:12  cramp calf, 3:10 min", "[tell it]", "not now")
	uitest.Misses(t, s.Draw(w), "none")
	form := s.Update(w, uitest.Press("space")).Push
	if form == nil {
		t.Fatal("there is no form")
	}
	uitest.Sees(t, form.Draw(w), "side", "worst pain", "awake for", "what helped", "sore after")
	uitest.Misses(t, form.Draw(w), "muscle", "lasted", "time ", "note")
	uitest.Misses(t, s.Draw(w), "What else") // it was asked
}

func TestOfACrampWhoseEndWasNeverToldTheLengthIsAsked(t *testing.T) {
	w := morningAfter(t, 8, cramped(3, journal.Cramped{}))
	form := tonight.New().Update(w, uitest.Press("space")).Push
	uitest.Sees(t, form.Draw(w), "lasted", "muscle", "side")
}

func TestOfACrampThatWasToldNothingIsAsked(t *testing.T) {
	for _, c := range []journal.Cramped{{Side: "left"}, {Pain: number(0)}, {AwakeMin: number(5)}, {Helped: []string{"walk"}}, {Soreness: number(0)}} {
		uitest.Misses(t, tonight.New().Draw(morningAfter(t, 8, cramped(3, c))), "What else", "Cramps last night")
	}
}

func TestEachCrampIsAskedAboutInItsTurn(t *testing.T) {
	w := morningAfter(t, 8, cramped(2, journal.Cramped{Side: "left"}), cramped(3, journal.Cramped{}), cramped(5, journal.Cramped{}))
	s := tonight.New()
	uitest.Sees(t, s.Draw(w), "Last night: 3 cramps. What else of this one?", "03:12", "05:12")
	s.Update(w, uitest.Press("space"))
	uitest.Sees(t, s.Draw(w), "What else of this one?", "05:12")
	uitest.Misses(t, s.Draw(w), "03:12")
	s.Update(w, uitest.Press("space"))
	uitest.Misses(t, s.Draw(w), "What else")
}

func TestNotNowAndEscPutTheWholeNightOff(t *testing.T) {
	for _, keys := range [][]string{{"left", "space"}, {"esc"}} {
		w := morningAfter(t, 8, cramped(3, journal.Cramped{}), cramped(5, journal.Cramped{}))
		s := tonight.New()
		if do := uitest.Keys(w, s, keys...); do.Records != nil || do.Push != nil || !strings.Contains(do.Say, "not now") {
			t.Errorf("%v asked for %+v", keys, do)
		}
		uitest.Misses(t, s.Draw(w), "What else")
	}
}

func TestLaterInTheDayItIsAskedOnceAndStaysOutOfTheWay(t *testing.T) {
	for _, hour := range []int{12, 16, 21} {
		w := morningAfter(t, hour, uitest.Fact(2, journal.Seen{Card: review.FirstCard}))
		s := tonight.New()
		uitest.Misses(t, s.Draw(w), "Cramps last night")
		w.FirstToday = true
		uitest.Sees(t, s.Draw(w), "Cramps last night, Sun 22 to Mon 23 Nov?", "begin")
		uitest.Misses(t, s.Draw(w), "[")
		if do := uitest.Keys(w, tonight.New(), "space"); do.Push == nil || answersIn(do) != nil {
			t.Errorf("at %d space asked for %+v, not for the stretch", hour, do)
		}
		do := uitest.Keys(w, s, "right", "space")
		if len(do.Records) != 1 || do.Records[0].Fact != journal.Fact(journal.Quiet{}) || do.Records[0].Night != journal.MakeDate(2026, 11, 22) {
			t.Errorf("at %d the answer asked for %+v", hour, do.Records)
		}
	}
}

// answersIn are the cramps and quiet nights that are to be recorded.
func answersIn(do screen.Do) []journal.Kind {
	var kinds []journal.Kind
	for _, r := range do.Records {
		if k := r.Fact.Kind(); k == journal.KindCramped || k == journal.KindQuiet {
			kinds = append(kinds, k)
		}
	}
	return kinds
}

func TestTheAnswersAreGoneThroughBothWays(t *testing.T) {
	w := morningAfter(t, 8)
	s := tonight.New()
	for _, want := range []string{"[not now]", "[3+]", "[2]", "[1]", "[none]"} {
		uitest.Keys(w, s, "left")
		uitest.Sees(t, s.Draw(w), want)
	}
	w.Now = w.Now.Add(12 * time.Hour)
	w.FirstToday = true
	s = tonight.New()
	uitest.Keys(w, s, "left")
	uitest.Sees(t, s.Draw(w), "[not now]")
	s = tonight.New()
	uitest.Keys(w, s, "right")
	uitest.Sees(t, s.Draw(w), "[none]")
}

func TestTheMorningBeginsWhereTheDayDoes(t *testing.T) {
	w := morningAfter(t, 5)
	w.Settings.Calendar.DayStarts = 6 * time.Hour
	uitest.Misses(t, tonight.New().Draw(w), "Cramps last night")
	w.Now = w.Now.Add(time.Hour)
	uitest.Sees(t, tonight.New().Draw(w), "Cramps last night, Sun 22 to Mon 23 Nov?")
}

// A choice that was left answers no later question.
func TestAChoiceAnswersOnlyTheQuestionItWasMadeFor(t *testing.T) {
	w := morningAfter(t, 8)
	for name, later := range map[string]screen.World{
		"the next night": nextDay(w), "the count after the details": w,
	} {
		s := tonight.New()
		if name == "the next night" {
			s.Update(w, uitest.Press("right"))
		} else {
			s.Update(morningAfter(t, 8, cramped(3, journal.Cramped{})), uitest.Press("right"))
		}
		uitest.Misses(t, s.Draw(later), "[")
		if do := s.Update(later, uitest.Press("space")); answersIn(do) != nil {
			t.Errorf("%s: space asked for %+v", name, do.Records)
		}
	}
	p := tonight.NewPast()
	p.Update(w, uitest.Press("right"))
	uitest.Sees(t, p.Draw(w), "[none]")
	if do := p.Update(nextDay(w), uitest.Press("space")); answersIn(do) != nil {
		t.Errorf("past nights: space asked for %+v", do.Records)
	}
}

// nextDay is the same world a day later.
func nextDay(w screen.World) screen.World {
	w.Now = w.Now.Add(24 * time.Hour)
	return w
}
