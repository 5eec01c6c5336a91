package diary_test

import (
	"slices"
	"strings"
	"testing"

	"lull/routine/journal"
	"lull/ui/diary"
	"lull/ui/keymap"
	"lull/ui/screen"
	"lull/ui/uitest"
)

// opened is the page of a night so many nights ago.
func opened(t *testing.T, ago int, facts ...journal.Entry) *sitting {
	t.Helper()
	s := sit(t, facts...)
	for range ago {
		s.keys("down")
	}
	s.keys("enter")
	return s
}

func TestANightShowsEverythingThatWasRecorded(t *testing.T) {
	yes := true
	s := opened(t, 1,
		uitest.Fact(1, journal.Stretched{Routine: "trial", Outcome: journal.Partial, PlannedS: 60, HeldS: 30, Moves: []journal.Move{
			{Stretch: "wall-calf", Side: "right", PlannedS: 30, HeldS: 30},
		}}),
		cramp(1, journal.Cramped{
			Side: "left", Muscle: "calf", LastedS: num(190), Pain: num(7), AwakeMin: num(15), Helped: []string{"stretch", "walk"},
			Soreness: num(2), SoreDays: num(1), Knot: &yes, Signs: []string{"swollen"}, Note: "after wine",
		}),
		cramp(1, journal.Cramped{Untimed: true, AtLeast: true}),
		uitest.Fact(1, journal.Marked{Mark: "alcohol"}),
		uitest.Fact(6, journal.Paused{From: back(6)}),
		uitest.Fact(1, journal.Ticked{Item: "glass-1", List: "water"}),
	)
	s.w.Height = 30
	s.sees("Sat 21 to Sun 22 Nov", "recorded at night", "partial, 30 of 60 s held", "right: 30 of 30 s",
		"21:48  cramp left calf, 3:10 min, pain 7 of 10", "awake 15 min; what helped: stretch, walk; soreness 2 of 10;",
		"with it: swollen", "note: after wine", "time not known  cramp, or more than one", "marked alcohol", "paused from 2026-11-16")
	s.misses("glass")
}

func TestAPauseIsOnTheNightsThatLieInItAndOnNoOther(t *testing.T) {
	to := back(3)
	e := uitest.Fact(5, journal.Paused{From: back(4), To: &to})
	for ago, want := range map[int]bool{2: false, 3: true, 4: true, 5: false} {
		s := opened(t, ago, e, uitest.Session(6, journal.Complete))
		if got := strings.Contains(uitest.Text(s.frame()), "paused 2026-11-18 to 2026-11-19"); got != want {
			t.Errorf("%d nights ago it is shown: %v", ago, got)
		}
		if do := s.keys("x"); want && (len(do.Records) != 1 || do.Records[0].Takeback.ID != e.ID) {
			t.Errorf("removing it asked for %+v", do.Records)
		}
	}
}

func TestAnUnknownNightSaysHowItIsTold(t *testing.T) {
	s := opened(t, 1, uitest.Session(2, journal.Complete))
	uitest.Reads(t, s.frame(), "Nobody told of this night yet, so it is unknown. a adds a cramp, o says that there were none, m marks it.")
	uitest.Nothing(t, s.keys("e"))
	uitest.Nothing(t, s.keys("x"))
	s.write(s.keys("o"))
	s.sees("no cramps, told later")
}

func TestAFactUnderTheCursorIsRemoved(t *testing.T) {
	facts := []journal.Entry{uitest.Session(1, journal.Complete), cramp(1, journal.Cramped{}), uitest.Fact(1, journal.Marked{Mark: "alcohol"})}
	for i, want := range facts {
		s := opened(t, 1, facts...)
		for range i {
			s.keys("down")
		}
		do := s.keys("x")
		if len(do.Records) != 1 || do.Records[0].Takeback == nil || do.Records[0].Takeback.ID != want.ID || !strings.Contains(do.Say, "removed: ") {
			t.Errorf("fact %d: it asked for %+v and said %q", i, do.Records, do.Say)
		}
		s.write(do)
		s.misses(journal.Words(want.Fact))
	}
}

func TestOnlyACrampCanBeChanged(t *testing.T) {
	s := opened(t, 1, uitest.Session(1, journal.Complete), cramp(1, journal.Cramped{}))
	if do := s.keys("e"); do.Push != nil || !strings.Contains(do.Say, "x removes this") {
		t.Errorf("it pushed %+v and said %q", do.Push, do.Say)
	}
	if _, ok := s.keys("down", "enter").Push.(*diary.Form); !ok {
		t.Error("a cramp does not open")
	}
}

func TestTheMouseChoosesAFactAndOpensIt(t *testing.T) {
	s := opened(t, 1, uitest.Session(1, journal.Complete), cramp(1, journal.Cramped{Side: "left"}))
	if do := s.click("cramp left"); do.Push != nil {
		t.Fatal("one click opened it")
	}
	if do := s.click("cramp left"); do.Push == nil {
		t.Error("two clicks opened nothing")
	}
}

func TestEscLeadsBackToAllNights(t *testing.T) {
	if do := opened(t, 1, weeks()...).keys("esc"); !do.Pop {
		t.Errorf("it asked for %+v", do)
	}
}

func TestANightThatIsRecordedTooEarlyByTheClockSaysSo(t *testing.T) {
	e := uitest.Session(1, journal.Complete)
	e.Suspect = true
	opened(t, 1, e, uitest.Fact(1, journal.Quiet{})).sees("not counted: the clock looked wrong")
}

func marked(do screen.Do) (marks []string) {
	for _, f := range uitest.Recorded(do) {
		marks = append(marks, f.(journal.Marked).Mark)
	}
	return marks
}

func TestEachMarkHasAKeyThatTurnsItOnAndOff(t *testing.T) {
	s := sit(t, weeks()...)
	s.keys("down", "down", "down", "m")
	s.sees("Marks, Thu 19 to Fri 20 Nov", "1 ○ long-standing", "5 ○ short-sleep")
	for i, mark := range s.w.Settings.Marks {
		name := string(rune('1' + i))
		do := s.keys(name)
		if got := marked(do); !slices.Equal(got, []string{mark}) || do.Records[0].Night != back(3) {
			t.Errorf("%s recorded %v for %v", name, got, do.Records[0].Night)
		}
		on := s.write(do)[0]
		s.sees(name + " ✓ " + mark)
		do = s.keys(name)
		if len(do.Records) != 1 || do.Records[0].Takeback == nil || do.Records[0].Takeback.ID != on.ID {
			t.Errorf("%s a second time asked for %+v", name, do.Records)
		}
		s.sees(name + " ○ " + mark)
	}
	if !s.keys("esc").Pop {
		t.Error("esc does not leave")
	}
}

func TestMarksThatStandAreTakenOffWhoeverPutThemThere(t *testing.T) {
	e, other := uitest.Fact(1, journal.Marked{Mark: "alcohol"}), uitest.Fact(1, journal.Marked{Mark: "moved-house"})
	s := sit(t, e, other)
	s.keys("down", "m")
	s.sees("3 ✓ alcohol", "6 ✓ moved-house")
	if do := s.click("moved-house"); len(do.Records) != 1 || do.Records[0].Takeback.ID != other.ID {
		t.Errorf("it asked for %+v", do.Records)
	}
	if do := s.keys("3"); len(do.Records) != 1 || do.Records[0].Takeback.ID != e.ID {
		t.Errorf("it asked for %+v", do.Records)
	}
}

func TestNoMarkIsRecordedBeforeTheNightIsRead(t *testing.T) {
	s := sit(t, weeks()...)
	s.mute = true
	s.keys("m")
	for _, name := range []string{"1", "space", "9", "z", "tab", "#"} {
		uitest.Nothing(t, s.keys(name))
	}
	s.sees("reading this night…")
}

// What is let through to what it does everywhere goes by the person's keys, but a
// key that the picker shows as its own stays that.
func TestThePickerLetsTheKeysThroughThatAreSet(t *testing.T) {
	s := sit(t, weeks()...)
	s.keys("m")
	picker := s.s.(screen.Passing)
	for _, c := range []struct {
		keys   map[string][]string
		passes string
		stays  string
	}{
		{nil, "c?!q", "1abnuz"},
		{map[string][]string{"cramp-now": {"C"}, "help": {"H"}, "signs": {"S"}, "quit": {"Q"}}, "CHSQ", "c?!q"},
		{map[string][]string{"cramp-now": {"8"}}, "?!q", "8c"},
	} {
		keys, err := keymap.Default().With(c.keys)
		if err != nil {
			t.Fatal(err)
		}
		s.w.Keys = keys
		for _, k := range c.passes + c.stays {
			if passes := picker.Passes(s.w, uitest.Press(string(k))); passes != strings.ContainsRune(c.passes, k) {
				t.Errorf("with %v, %c passes: %v", c.keys, k, passes)
			}
		}
	}
}
