package nights_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
	"lull/ui/nights"
	"lull/ui/screen"
	"lull/ui/uitest"
)

// shown is the review with its facts fetched, on a page.
func shown(t *testing.T, w screen.World, page int, facts ...journal.Entry) *nights.Screen {
	t.Helper()
	s := nights.New()
	do := s.Update(w, screen.Shown{})
	if do.Fetch == nil {
		t.Fatal("it fetches nothing")
	}
	log := new(journaltest.Mem)
	if _, err := log.Append(t.Context(), facts...); err != nil {
		t.Fatal(err)
	}
	entries, err := log.Live(t.Context(), do.Fetch.From, do.Fetch.To, screen.Told...)
	if err != nil {
		t.Fatal(err)
	}
	s.Update(w, screen.Fetched{Fetch: *do.Fetch, Entries: entries})
	for range page {
		uitest.Keys(w, s, "space")
	}
	return s
}

func num(n int) *int { return &n }

// diary are nights of which much was told.
func diary() []journal.Entry {
	facts := []journal.Entry{uitest.Fact(1, journal.Quiet{}), uitest.Fact(3, journal.Quiet{}), uitest.Fact(2, journal.Marked{Mark: "alcohol"})}
	facts = append(facts,
		uitest.Fact(2, journal.Cramped{Side: "left", Muscle: "calf", Pain: num(6), LastedS: num(190), AwakeMin: num(15), Helped: []string{"stretch", "walk"}}),
		uitest.Fact(2, journal.Cramped{Muscle: "foot", Pain: num(3), Untimed: true}),
		uitest.Fact(9, journal.Stretched{Routine: "trial", Outcome: journal.Complete, PlannedS: 600, HeldS: 600, Moves: []journal.Move{
			{Stretch: "wall-calf", Side: "left", PlannedS: 600, HeldS: 600}}}))
	return facts
}

func TestTheCrampsSayOverHowManyNightsAndCramps(t *testing.T) {
	facts := diary()
	w := uitest.World(t, 80, 30, facts...)
	frame := shown(t, w, 1, facts...).Draw(w)
	uitest.Sees(t, frame, "Cramps in the last 10 nights, 3 of them known", "Time of night, 1 cramp", "Where, told of 2 cramps, and minutes held",
		"calf          1     -    -  -    10     -", "foot          -     -    -  1     -     -",
		"pain of 10  4.5 (3 to 6), 2", "lasted min  3:10 (3:10 to 3:10), 1", "awake min   15 (15 to 15), 1", "told of 1 cramp: stretch", "alcohol 1")
	w.Width = 60
	uitest.Reads(t, shown(t, w, 1, facts...).Draw(w), "2 cramps in 3 logged nights")
}

func TestBadNightsAloneGiveTheLeastRateFirst(t *testing.T) {
	var facts []journal.Entry
	for ago := 1; ago <= 90; ago += 3 {
		facts = append(facts, uitest.Fact(ago, journal.Cramped{}))
	}
	w := uitest.World(t, 80, 30, facts...)
	frame := shown(t, w, 1, facts...).Draw(w)
	uitest.Reads(t, frame, "at least 2.4 a week: 30 in 88 nights. Up to 7.0 if the other nights were like the logged ones.", "Few cramp-free nights are logged.")
	uitest.Misses(t, frame, "logged nights: 7.0 a week")
}

func TestBeforeTheFirstAnswerThePageSaysWhatItWillShow(t *testing.T) {
	for name, facts := range map[string][]journal.Entry{"nothing": nil, "a session": {uitest.Session(3, journal.Complete)}} {
		t.Run(name, func(t *testing.T) {
			w := uitest.World(t, 80, 30, facts...)
			frame := shown(t, w, 1, facts...).Draw(w)
			uitest.Reads(t, frame, "None of these nights has been answered for.", "Tonight asks in the morning", "From the first answer on this shows:", "cramps a week, with the nights known under each")
			uitest.Misses(t, frame, "0.0 a week", "Time of night:")
		})
	}
}

func TestWhatWasNeverToldIsSaidSoAndNotLeftEmpty(t *testing.T) {
	facts := []journal.Entry{uitest.Fact(3, journal.Quiet{})}
	w := uitest.World(t, 80, 30, facts...)
	uitest.Reads(t, shown(t, w, 1, facts...).Draw(w), "0 cramps in 1 logged night", "Where: not told yet", "Time of night: not told yet", "What helped: not told yet", "Marks: none in these nights")
	uitest.Reads(t, shown(t, w, 2, facts...).Draw(w), "Not yet", "none known", "Even a large effect usually takes about", "silence is the honest answer")
}

func TestMarksThatTravelTogetherAreTold(t *testing.T) {
	var facts []journal.Entry
	for ago := 1; ago <= 4; ago++ {
		facts = append(facts, uitest.Fact(ago, journal.Marked{Mark: "alcohol"}))
		if ago < 4 {
			facts = append(facts, uitest.Fact(ago, journal.Marked{Mark: "short-sleep"}))
		}
	}
	w := uitest.World(t, 60, 60, facts...)
	uitest.Reads(t, shown(t, w, 1, facts...).Draw(w), "alcohol and short-sleep travel together: on 3 of 3 nights")
}

func TestAMissingAnswerSaysHowManyNightsAreMissing(t *testing.T) {
	var facts []journal.Entry
	for ago := 1; ago <= 30; ago++ {
		facts = append(facts, uitest.Session(ago, journal.Complete))
		if ago%3 > 0 {
			facts = append(facts, uitest.Fact(ago, journal.Quiet{}))
		} else {
			facts = append(facts, uitest.Fact(ago, journal.Cramped{}))
		}
	}
	w := uitest.World(t, 80, 50, facts...)
	frame := shown(t, w, 2, facts...).Draw(w)
	uitest.Reads(t, frame, "Not enough logged nights. Missing: 14 before the first session.", "Nights before the first session: none known", "Not yet: about 14 more known nights without one.",
		"Nights with a session: 10 cramps in 30 logged nights: 2.3 a week, a cramp in 33 % of the nights")
	uitest.Misses(t, frame, "Ratio")
}

// halved are nights of which every other one has a session, and half of the rest
// a cramp.
func halved() []journal.Entry {
	var facts []journal.Entry
	for ago := 1; ago <= 120; ago++ {
		if ago%2 == 0 {
			facts = append(facts, uitest.Session(ago, journal.Complete))
		}
		if ago%2 == 1 && ago%4 == 1 {
			facts = append(facts, uitest.Fact(ago, journal.Cramped{}))
		} else {
			facts = append(facts, uitest.Fact(ago, journal.Quiet{}))
		}
	}
	return facts
}

func TestAnAnswerCarriesItsIntervalItsRuleAndItsCautions(t *testing.T) {
	facts := halved()
	w := uitest.World(t, 100, 60, facts...)
	uitest.Reads(t, shown(t, w, 2, facts...).Draw(w), "Fewer cramps in nights with a session than in nights without.", "Ratio 0. The nights are consistent with 0 to",
		"This cannot show that the stretches are the reason.", "Nights without a session may be other nights as well", "Counting nights with a cramp instead says the same.")
}

func TestTheSixWeeksAreLookedBackOn(t *testing.T) {
	for _, c := range []struct {
		ago  int
		want string
	}{
		{0, "Six weeks after the first session lull looks back with you."},
		{10, "are over on Thu 24 Dec, in 32 nights: then lull looks back with you."},
		{41, "in 1 night: then"},
		{42, "The trial's six weeks are over. In the last six you kept 1 of 42 nights. That is less than half: a shorter routine may be easier to keep."},
	} {
		var facts []journal.Entry
		if c.ago > 0 {
			facts = append(facts, uitest.Session(c.ago, journal.Complete))
		}
		w := uitest.World(t, 80, 40, facts...)
		uitest.Reads(t, shown(t, w, 2, facts...).Draw(w), c.want)
	}
}

func TestEnterOpensTheNightUnderTheCursor(t *testing.T) {
	w := weeks(t)
	s := nights.New()
	back(w, s, 2)
	do := uitest.Keys(w, s, "enter")
	if do.Push == nil || do.Fetch == nil {
		t.Fatalf("it asked for %+v", do)
	}
	uitest.Sees(t, do.Push.Draw(w), "Fri 20 to Sat 21 Nov")
	uitest.Keys(w, s, "space")
	if do := uitest.Keys(w, s, "enter"); do.Push != nil {
		t.Error("a page without a cursor opens a night")
	}
}

func TestASecondClickOpensTheNight(t *testing.T) {
	w := weeks(t)
	s := nights.New()
	x, y := uitest.Spot(t, s.Draw(w), "Su")
	click := tea.MouseClickMsg{X: x + 3, Y: y, Button: tea.MouseLeft}
	first := s.Update(w, click)
	if second := s.Update(w, click); first.Push != nil || second.Push == nil {
		t.Errorf("the first click asked for %+v, the second for %+v", first, second)
	}
}

func TestThePagesTurnBothWaysAndScroll(t *testing.T) {
	facts := diary()
	w := uitest.World(t, 40, 11, facts...)
	s := shown(t, w, 0, facts...)
	for _, want := range []string{"Cramps in the last", "Six weeks", "No nights yet"} {
		uitest.Keys(w, s, "space")
		if want == "No nights yet" {
			want = "in a row"
		}
		uitest.Sees(t, s.Draw(w), want)
	}
	uitest.Keys(w, s, "b")
	uitest.Sees(t, s.Draw(w), "Six weeks", "more below")
	for range 40 {
		uitest.Keys(w, s, "down")
	}
	uitest.Sees(t, s.Draw(w), "honest answer.")
	uitest.Keys(w, s, "up")
	uitest.Sees(t, s.Draw(w), "more below")
}

func TestInALargeWindowEverythingStandsTogether(t *testing.T) {
	facts := diary()
	w := uitest.World(t, 160, 47, facts...)
	frame := shown(t, w, 0, facts...).Draw(w)
	uitest.Sees(t, frame, "in a row", "Cramps in the last", "Six weeks", "Fewer cramps in nights with a session?")
}

// helps is what the keys are said to do.
func helps(w screen.World, s *nights.Screen) string {
	var words []string
	for _, b := range s.Help(w) {
		words = append(words, b.Help().Desc)
	}
	return strings.Join(words, ", ")
}

func TestWhatHasNoRoomBelowTheMapIsScrolledTo(t *testing.T) {
	facts := halved()
	w := uitest.World(t, 132, 38, facts...)
	s := shown(t, w, 0, facts...)
	uitest.Sees(t, s.Draw(w), "in a row", "more below")
	uitest.Misses(t, s.Draw(w), "This cannot show")
	if help := helps(w, s); !strings.Contains(help, "scroll down") {
		t.Errorf("the keys are %q", help)
	}
	uitest.Keys(w, s, "space", "space", "space")
	uitest.Sees(t, s.Draw(w), "in a row", "This cannot show")
	uitest.Keys(w, s, "b", "b", "b", "b")
	uitest.Sees(t, s.Draw(w), "Cramps in the last", "more below")

	w.Height = 70
	uitest.Sees(t, s.Draw(w), "This cannot show")
	if help := helps(w, s); strings.Contains(help, "scroll") {
		t.Errorf("there is nothing to scroll to, and the keys are %q", help)
	}
}

func TestWhatCannotBeReadIsSaidAndTriedAgain(t *testing.T) {
	w := weeks(t)
	s := nights.New()
	do := s.Update(w, screen.Shown{})
	s.Update(w, screen.Fetched{Fetch: *do.Fetch, Err: errors.New("the disk is\x1b[31m gone")})
	if again := s.Update(w, screen.Shown{}); again.Fetch != nil {
		t.Error("it tries again by itself, without end")
	}
	if again := uitest.Keys(w, s, "space"); again.Fetch == nil {
		t.Error("a key does not try again")
	}
	s.Update(w, screen.Fetched{Fetch: *do.Fetch, Err: errors.New("the disk is\x1b[31m gone")})
	uitest.Reads(t, s.Draw(w), "These nights could not be read: the disk is", "Any key tries again.")
}

func TestTheReviewKeepsToEverySizeOnEveryPage(t *testing.T) {
	long := diary()
	for ago := 1; ago <= 400; ago++ {
		long = append(long, uitest.Session(ago, journal.Complete), uitest.Fact(ago, journal.Marked{Mark: fmt.Sprintf("a-rather-long-mark-%d", ago%5)}))
		if ago%3 == 0 {
			long = append(long, uitest.Fact(ago, journal.Cramped{Side: "both", Muscle: "quadriceps", Pain: num(10), LastedS: num(86399), AwakeMin: num(1440), Helped: journal.Helps}))
		}
	}
	for _, facts := range [][]journal.Entry{nil, diary(), long} {
		w := uitest.World(t, 80, 24, facts...)
		for page := range 3 {
			uitest.Sweep(t, w, func() screen.Screen { return shown(t, w, page, facts...) })
		}
	}
}
