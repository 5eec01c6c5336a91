package safety_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lull/routine"
	"lull/routine/journal"
	"lull/ui/safety"
	"lull/ui/screen"
	"lull/ui/uitest"
)

// questions are the keys of the questions in their order.
func questions(t *testing.T, w screen.World) []routine.Question {
	t.Helper()
	s, err := w.Library.Safety()
	if err != nil {
		t.Fatal(err)
	}
	return s.Questions
}

// answers goes through all the questions, pressing the keys given for some of
// them and n for the others, and returns the last page.
func answers(t *testing.T, w screen.World, some map[string][]string) *safety.QuestionsScreen {
	t.Helper()
	s := safety.Questions(w)
	for _, q := range questions(t, w) {
		keys := some[q.Key]
		if keys == nil {
			keys = []string{"n"}
		}
		if do := uitest.Keys(w, s, keys...); do.Records != nil || do.Replace != nil || do.Pop {
			t.Fatalf("%s %v asked for %+v", q.Key, keys, do)
		}
	}
	return s
}

// kept presses the key that keeps the answers and returns them.
func kept(t *testing.T, w screen.World, s screen.Screen) map[string]any {
	t.Helper()
	do := uitest.Keys(w, s, "space")
	facts := uitest.Recorded(do)
	if !do.Pop || len(facts) != 1 {
		t.Fatalf("keeping asked for %+v", do)
	}
	if err := facts[0].Validate(); err != nil {
		t.Error(err)
	}
	return facts[0].(journal.Screened).Answers
}

func TestNoToEverythingRecordsThatThereIsNothing(t *testing.T) {
	w := uitest.World(t, 80, 24)
	s := answers(t, w, nil)
	uitest.Sees(t, s.Draw(w), "Nothing: every stretch is shown.", "space keep these")
	if diff := cmp.Diff(map[string]any{"none": true}, kept(t, w, s)); diff != "" {
		t.Error(diff)
	}
}

func TestEachYesIsRecordedUnderItsQuestion(t *testing.T) {
	w := uitest.World(t, 80, 24)
	for key, c := range map[string]struct {
		keys []string
		want map[string]any
	}{
		"clot_signs":      {[]string{"y", "1"}, map[string]any{"clot_signs": true}},
		"recent_injury":   {[]string{"y"}, map[string]any{"recent_injury": true}},
		"fluid_limit":     {[]string{"y"}, map[string]any{"fluid_limit": true}},
		"pregnant":        {[]string{"y", "enter"}, map[string]any{"pregnant": true}},
		"hip_replacement": {[]string{"y", "2"}, map[string]any{"hip_replacement": "older"}},
		"knee":            {[]string{"y"}, map[string]any{"knee": true}},
		"osteoporosis":    {[]string{"y"}, map[string]any{"osteoporosis": true}},
		"falls":           {[]string{"y"}, map[string]any{"falls": true}},
		"numb_feet":       {[]string{"y"}, map[string]any{"numb_feet": true}},
		"weakness":        {[]string{"y"}, map[string]any{"weakness": true}},
		"medicines":       {[]string{"y", "2", "enter"}, map[string]any{"medicines": []any{"statin"}}},
	} {
		s := answers(t, w, map[string][]string{key: c.keys})
		if diff := cmp.Diff(c.want, kept(t, w, s)); diff != "" {
			t.Errorf("%s: %s", key, diff)
		}
	}
}

func TestASecondQuestionTakesAWordMore(t *testing.T) {
	w := uitest.World(t, 80, 24)
	for _, c := range []struct {
		key  string
		keys []string
		want map[string]any
	}{
		{"clot_signs", []string{"y", "2"}, map[string]any{"clot_signs": true, "clot_signs_cleared": true}},
		{"hip_replacement", []string{"y", "1"}, map[string]any{"hip_replacement": "under-3-months"}},
		{"pregnant", []string{"y", "2", "8", "enter"}, map[string]any{"pregnant": true, "pregnancy_weeks": 28.0}},
		{"pregnant", []string{"y", "9", "backspace", "7", "enter"}, map[string]any{"pregnant": true, "pregnancy_weeks": 7.0}},
		{"pregnant", []string{"y", "4", "5", "6", "enter"}, map[string]any{"pregnant": true, "pregnancy_weeks": 45.0}},
		{"medicines", []string{"y", "5", "1", "3", "3", "enter"}, map[string]any{"medicines": []any{"water-tablet", "warfarin"}}},
		{"medicines", []string{"y", "enter"}, map[string]any{"medicines": []any{"other"}}},
		{"medicines", []string{"y", "9", "0", "6", "enter"}, map[string]any{"medicines": []any{"other"}}},
	} {
		s := answers(t, w, map[string][]string{c.key: c.keys})
		if diff := cmp.Diff(c.want, kept(t, w, s)); diff != "" {
			t.Errorf("%s %v: %s", c.key, c.keys, diff)
		}
	}
}

// to brings the screen to the question of a key.
func to(t *testing.T, w screen.World, key string) *safety.QuestionsScreen {
	t.Helper()
	s := safety.Questions(w)
	for _, q := range questions(t, w) {
		if q.Key == key {
			return s
		}
		uitest.Keys(w, s, "n")
	}
	t.Fatalf("no question %s", key)
	return nil
}

func TestAWeekThatCannotBeIsRefusedWithAWord(t *testing.T) {
	w := uitest.World(t, 80, 24)
	for _, week := range []string{"46", "99", "0", "00"} {
		s := to(t, w, "pregnant")
		uitest.Keys(w, s, "y")
		uitest.Type(w, s, week)
		if do := uitest.Keys(w, s, "enter"); do.Say != "weeks run from 1 to 45" {
			t.Errorf("week %s: it said %q", week, do.Say)
		}
		uitest.Sees(t, s.Draw(w), "Which week?", "> "+week)
	}
}

func TestLettersDoNothingWhereANumberIsAsked(t *testing.T) {
	w := uitest.World(t, 80, 24)
	s := to(t, w, "pregnant")
	if s.Takes() {
		t.Error("a yes or no takes letters")
	}
	uitest.Keys(w, s, "y")
	if !s.Takes() {
		t.Error("a number takes no digits")
	}
	for _, key := range []string{"y", "n", "q", "x", "backspace"} {
		uitest.Nothing(t, uitest.Keys(w, s, key))
	}
	uitest.Sees(t, s.Draw(w), "> _")
}

func TestEscFromASecondQuestionAsksTheFirstAgainAndKeepsNothingOfIt(t *testing.T) {
	w := uitest.World(t, 80, 24)
	for key, answer := range map[string]string{"pregnant": "Are you pregnant?", "medicines": "Do you take", "hip_replacement": "hip replacement", "clot_signs": "one leg swollen"} {
		s := to(t, w, key)
		uitest.Keys(w, s, "y")
		uitest.Nothing(t, uitest.Keys(w, s, "esc"))
		uitest.Sees(t, s.Draw(w), answer, "y yes", "n no")
		for uitest.Keys(w, s, "n"); !strings.Contains(uitest.Text(s.Draw(w)), "keep these"); uitest.Keys(w, s, "n") {
		}
		if diff := cmp.Diff(map[string]any{"none": true}, kept(t, w, s)); diff != "" {
			t.Errorf("%s: %s", key, diff)
		}
	}
}

func TestAnEmergencyShowsItsSignsAtOnceAndIsRecorded(t *testing.T) {
	w := uitest.World(t, 80, 60)
	do := uitest.Keys(w, safety.Questions(w), "y")
	if diff := cmp.Diff([]journal.Fact{journal.Screened{Answers: map[string]any{"emergency": true}}}, uitest.Recorded(do)); diff != "" {
		t.Error(diff)
	}
	signs, ok := do.Replace.(*safety.SignsScreen)
	if !ok {
		t.Fatalf("it asked for %+v", do)
	}
	frame := signs.Draw(w)
	uitest.Sees(t, frame, "Get help now", "Call your emergency number.", "coughing", "dark as cola")
	uitest.Misses(t, frame, "Be seen today", "Worth an ordinary visit")
}

func TestUpGoesBackThroughTheQuestions(t *testing.T) {
	w := uitest.World(t, 80, 24)
	s := safety.Questions(w)
	uitest.Keys(w, s, "n", "n")
	uitest.Sees(t, s.Draw(w), "3 of 12")
	uitest.Keys(w, s, "up")
	uitest.Sees(t, s.Draw(w), "2 of 12")
	uitest.Keys(w, s, "up", "up")
	uitest.Sees(t, s.Draw(w), "1 of 12")
}

func TestFromTheLastPageOneCanGoBackAndChangeAnAnswer(t *testing.T) {
	w := uitest.World(t, 80, 24)
	s := answers(t, w, map[string][]string{"medicines": {"y", "2", "enter"}})
	uitest.Keys(w, s, "up")
	uitest.Sees(t, s.Draw(w), "12 of 12")
	uitest.Keys(w, s, "n")
	if diff := cmp.Diff(map[string]any{"none": true}, kept(t, w, s)); diff != "" {
		t.Error(diff)
	}
}

func TestLeavingChangesNothing(t *testing.T) {
	w := uitest.World(t, 80, 24)
	s := safety.Questions(w)
	uitest.Keys(w, s, "n", "n", "y")
	for name, screen := range map[string]screen.Screen{"in the middle": s, "on the last page": answers(t, w, nil)} {
		do := uitest.Keys(w, screen, "esc")
		if !do.Pop || do.Records != nil || !strings.Contains(do.Say, "nothing was changed") {
			t.Errorf("%s: it asked for %+v", name, do)
		}
	}
}

func TestTheLastPageListsWhatEachYesChanges(t *testing.T) {
	w := uitest.World(t, 80, 60)
	yes := map[string][]string{"fluid_limit": {"y"}, "falls": {"y"}}
	frame := answers(t, w, yes).Draw(w)
	for _, q := range questions(t, w) {
		effect := strings.Join(q.Effect, " ")
		if yes[q.Key] != nil {
			uitest.Reads(t, frame, effect)
		} else {
			uitest.Misses(t, frame, q.Effect[0])
		}
	}
	uitest.Misses(t, frame, "Nothing: every stretch is shown.")
}

func TestTheLastPageShowsTheSignsThatGoWithAYes(t *testing.T) {
	w := uitest.World(t, 80, 60)
	s, _ := w.Library.Safety()
	for key, c := range map[string]struct{ keys, signs []string }{
		"clot_signs": {[]string{"y", "1"}, []string{"U1"}},
		"weakness":   {[]string{"y"}, []string{"R3", "R4"}},
		"medicines":  {[]string{"y", "2", "enter"}, []string{"R6", "U3"}},
	} {
		frame := answers(t, w, map[string][]string{key: c.keys}).Draw(w)
		for _, id := range c.signs {
			sign, _ := s.Sign(id)
			uitest.Reads(t, frame, strings.Join(sign.Text, " "))
		}
	}
}

func TestTheLastPageScrollsToTheKeyThatKeepsTheAnswers(t *testing.T) {
	w := uitest.World(t, 40, 10)
	yes := map[string][]string{}
	for _, q := range questions(t, w)[2:11] {
		yes[q.Key] = []string{"y"}
	}
	yes["pregnant"], yes["hip_replacement"] = []string{"y", "enter"}, []string{"y", "1"}
	s := answers(t, w, yes)
	uitest.Sees(t, s.Draw(w), "What your answers change", "more below")
	for range 80 {
		uitest.Keys(w, s, "down")
	}
	uitest.Reads(t, s.Draw(w), "space keep these", "left out of exports unless you ask for them.")
}

func TestTheQuestionsBeginWithTheAnswersThatHold(t *testing.T) {
	w := uitest.World(t, 80, 24)
	w.Screening = routine.Screening{Falls: true}
	s := to(t, w, "falls")
	uitest.Sees(t, s.Draw(w), "so far: yes")
	uitest.Misses(t, to(t, w, "knee").Draw(w), "so far")
	w.Screened = true
	uitest.Sees(t, to(t, w, "knee").Draw(w), "so far: no")
}

// Whatever the window, a question can be read whole with the keys that answer
// it and what a yes changes, and so can every choice of a second question.
func TestEveryQuestionIsReadWholeInTheSmallestWindow(t *testing.T) {
	w := uitest.World(t, 40, 10)
	for i, q := range questions(t, w) {
		s := to(t, w, q.Key)
		uitest.Fits(t, s.Draw(w), 40, 10)
		uitest.Reads(t, s.Draw(w), strings.Join(q.Ask, " "), "y yes", "n no", "With a yes: "+strings.Join(q.Effect, " "))
		if i == 0 {
			uitest.Sees(t, s.Draw(w), "! shows the list.")
		}
	}
}

func TestEveryChoiceIsInSightInTheSmallestWindow(t *testing.T) {
	w := uitest.World(t, 40, 10)
	for key, choices := range map[string][]string{
		"clot_signs":      {"Has a clinician looked at it", "1 not yet", "2 yes, it is cleared"},
		"pregnant":        {"Which week?", "> _"},
		"hip_replacement": {"When was it put in?", "1 in the last three months", "2 earlier"},
		"medicines":       {"Which?", "water tablet", "statin", "inhaler", "hormone", "warfarin", "something else"},
	} {
		s := to(t, w, key)
		uitest.Keys(w, s, "y")
		uitest.Fits(t, s.Draw(w), 40, 10)
		uitest.Sees(t, s.Draw(w), choices...)
	}
}

func TestChosenMedicinesAreMarked(t *testing.T) {
	w := uitest.World(t, 80, 24)
	w.Theme = uitest.Theme("none")
	s := to(t, w, "medicines")
	uitest.Keys(w, s, "y", "1", "3")
	g := w.Theme.Glyphs
	uitest.Sees(t, s.Draw(w), "1 "+g.Done+" water tablet", "2 "+g.Open+" statin", "3 "+g.Done+" inhaler")
}

func TestTheSignsListAllThreeTiers(t *testing.T) {
	w := uitest.World(t, 80, 120)
	s, _ := w.Library.Safety()
	frame := safety.Signs().Draw(w)
	for _, tier := range []routine.Tier{s.Emergency, s.SameDay, s.Doctor} {
		uitest.Reads(t, frame, tier.Title, strings.Join(tier.Act, " "))
		for _, sign := range tier.Signs {
			uitest.Reads(t, frame, strings.Join(sign.Text, " "))
		}
	}
	_, emergency := uitest.Spot(t, frame, s.Emergency.Title)
	_, doctor := uitest.Spot(t, frame, s.Doctor.Title)
	if emergency > doctor {
		t.Error("the most urgent do not come first")
	}
}

func TestTheSignsScrollByKeyAndWheel(t *testing.T) {
	w := uitest.World(t, 40, 10)
	s := safety.Signs()
	uitest.Sees(t, s.Draw(w), "Get help now", "more below")
	uitest.Keys(w, s, "down")
	uitest.Misses(t, s.Draw(w), "Get help now")
	uitest.Wheel(w, s, -1)
	uitest.Sees(t, s.Draw(w), "Get help now")
	uitest.Keys(w, s, "G")
	uitest.Reads(t, s.Draw(w), "Cramps always in the same leg, with no known reason")
	uitest.Keys(w, s, "g")
	uitest.Sees(t, s.Draw(w), "Get help now")
}

func TestTheSignsAreLeftByEscAndBySpace(t *testing.T) {
	w := uitest.World(t, 80, 24)
	for _, key := range []string{"esc", "space", "enter"} {
		if do := uitest.Keys(w, safety.Signs(), key); !do.Pop {
			t.Errorf("%s asked for %+v", key, do)
		}
	}
}

func TestTheRoutineThatWasMadeForTheAnswersIsOffered(t *testing.T) {
	for _, c := range []struct {
		yes             map[string][]string
		set, name, want string
	}{
		{map[string][]string{"pregnant": {"y", "enter"}}, "trial", "Pregnancy", "pregnancy"},
		{map[string][]string{"falls": {"y"}}, "trial", "Seated", "seated"},
		{map[string][]string{"falls": {"y"}}, "seated", "", ""},
		{map[string][]string{"knee": {"y"}}, "trial", "", ""},
	} {
		w := uitest.World(t, 80, 60)
		w.Settings.Routine = c.set
		s := answers(t, w, c.yes)
		if c.want == "" {
			uitest.Misses(t, s.Draw(w), "take the routine")
			uitest.Nothing(t, uitest.Keys(w, s, "r"))
			continue
		}
		uitest.Sees(t, s.Draw(w), "r keep these, and take the routine "+c.name)
		do := uitest.Keys(w, s, "r")
		if len(do.Set) != 1 || do.Set[0].Key != "routine" || do.Set[0].Value != c.want || len(do.Records) != 1 || !do.Pop {
			t.Errorf("%v asked for %+v", c.yes, do)
		}
	}
}

func TestANoticeShowsItsSignsAndWhatToDoAndCanBeReadInTheSmallestWindow(t *testing.T) {
	w := uitest.World(t, 40, 10)
	lib, _ := w.Library.Safety()
	n := safety.Tripped(safety.Notice{Why: "The calf stayed sore for 4 days.", Signs: []string{"U1", "U8"}, Seen: "watch:x"})
	read := ""
	n.Update(w, screen.Shown{})
	w.Now = w.Now.Add(2 * time.Second)
	uitest.Sees(t, n.Draw(w), "space read on")
	uitest.Nothing(t, uitest.Keys(w, n, "space"))
	uitest.Keys(w, n, "g")
	for range 30 {
		uitest.Fits(t, n.Draw(w), 40, 10)
		read += " " + uitest.Text(n.Draw(w))
		uitest.Nothing(t, uitest.Keys(w, n, "down"))
	}
	uitest.Sees(t, n.Draw(w), "space I have read this")
	for _, id := range []string{"U1", "U8"} {
		tier, sign, _ := lib.Tier(id)
		for _, word := range strings.Fields(strings.Join(append(sign.Text, tier.Act...), " ")) {
			if !strings.Contains(read, word) {
				t.Errorf("%q of %s cannot be read", word, id)
			}
		}
	}
	for _, key := range []string{"space", "esc"} {
		do := uitest.Keys(w, n, key)
		if diff := cmp.Diff([]journal.Fact{journal.Seen{Card: "watch:x"}}, uitest.Recorded(do)); diff != "" || !do.Pop {
			t.Errorf("%s: %s", key, diff)
		}
	}
}

func TestAKeyThatWasMeantForAnotherScreenClosesNoNotice(t *testing.T) {
	w := uitest.World(t, 80, 24)
	n := safety.Tripped(safety.Notice{Why: "The calf stayed sore for 4 days.", Signs: []string{"U1"}, Seen: "watch:x"})
	n.Update(w, screen.Shown{})
	for _, key := range []string{"space", "enter", "esc"} {
		w.Now = w.Now.Add(250 * time.Millisecond)
		uitest.Nothing(t, uitest.Keys(w, n, key))
	}
	w.Now = w.Now.Add(300 * time.Millisecond)
	if do := uitest.Keys(w, n, "space"); !do.Pop {
		t.Errorf("space asked for %+v", do)
	}
}

func TestANoticeOfAnEmergencyIsNamedAtOnce(t *testing.T) {
	w := uitest.World(t, 80, 24)
	small := uitest.World(t, 40, 10)
	small.Height = 9
	uitest.Reads(t, safety.Tripped(safety.Notice{Why: "Both legs.", Signs: []string{"E3"}}).Draw(small), "Call your emergency number.", "New numbness round genitals")
	frame := safety.Tripped(safety.Notice{Why: "Both legs.", Signs: []string{"E3"}}).Draw(w)
	uitest.Sees(t, strings.Split(frame, "\n")[0], "Get help now")
	uitest.Misses(t, frame, "Worth a moment")
}

func TestANoticeLeadsToWhatIsToBeReadNext(t *testing.T) {
	w := uitest.World(t, 80, 24)
	next := safety.Signs()
	n := safety.Tripped(safety.Notice{Why: "No knot.", Next: next, Word: "was it a cramp?", Seen: "watch:y"})
	uitest.Sees(t, n.Draw(w), "space was it a cramp?")
	if do := uitest.Keys(w, n, "space"); do.Replace != next || len(do.Records) != 1 {
		t.Errorf("space asked for %+v", do)
	}
}
