package diary_test

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lull/routine/journal"
	"lull/ui/diary"
	"lull/ui/screen"
	"lull/ui/uitest"
)

func hoursOf(n int) time.Duration { return time.Duration(n) * time.Hour }

// weeks are nights of every kind.
func weeks() []journal.Entry {
	to := back(4)
	return []journal.Entry{
		uitest.Session(1, journal.Complete), cramp(1, journal.Cramped{Side: "left", Muscle: "calf"}),
		uitest.Session(2, journal.Partial), toldOf(2, 10, journal.Quiet{}), uitest.Fact(2, journal.Marked{Mark: "alcohol"}),
		uitest.Fact(4, journal.Paused{From: to, To: &to}),
		uitest.Session(5, journal.Abandoned), toldOf(5, 10, journal.Cramped{Untimed: true}), toldOf(5, 10, journal.Cramped{Untimed: true, AtLeast: true}),
		toldOf(6, 60, journal.Cramped{Untimed: true, Side: "right", Muscle: "foot"}),
		uitest.Session(7, journal.Complete),
	}
}

func TestEveryNightHasItsLineDownToTheFirst(t *testing.T) {
	s := sit(t, weeks()...)
	var got []string
	s.w.Width = 90
	for line := range strings.SplitSeq(uitest.Text(s.frame()), "\n") {
		if strings.Contains(line, " to ") {
			got = append(got, strings.Join(strings.Fields(strings.TrimLeft(line, "› ")), " "))
		}
	}
	want := []string{
		"Sun 22 to Mon 23 Nov ○ not yet unknown",
		"Sat 21 to Sun 22 Nov ✓ complete 1 cramp · recorded at night",
		"Fri 20 to Sat 21 Nov / partial no cramps · alcohol · told in the morning",
		"Thu 19 to Fri 20 Nov · no session unknown",
		"Wed 18 to Thu 19 Nov ‖ paused unknown",
		"Tue 17 to Wed 18 Nov · left early 2+ cramps · told in the morning",
		"Mon 16 to Tue 17 Nov · no session 1 cramp · told later",
		"Sun 15 to Mon 16 Nov ✓ complete unknown",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestBeforeTheFactsAreReadTheNightsAreThereAlready(t *testing.T) {
	s := &sitting{t: t, w: uitest.World(t, 80, 22, weeks()...), s: diary.New(), mute: true}
	s.sees("Sat 21 to Sun 22 Nov", "1 cramp", "1 mark")
	s.w.Loaded = false
	s.sees("reading your nights…")
	s.send(screen.Shown{})
	if s.fetches != nil {
		t.Errorf("it fetched %v before the journal was read", s.fetches)
	}
}

func TestNothingYetIsAPageWithTheWayOn(t *testing.T) {
	s := sit(t)
	s.sees("Nothing yet: nights appear here as they are told.", "Sun 22 to Mon 23 Nov")
	if _, ok := s.keys("a").Push.(*diary.Form); !ok {
		t.Error("a cramp cannot be added")
	}
}

// years are many nights with a session each.
func years(nights int) []journal.Entry {
	var facts []journal.Entry
	for ago := 1; ago <= nights; ago++ {
		facts = append(facts, uitest.Session(ago, journal.Complete))
	}
	return facts
}

func TestFactsAreFetchedAroundWhatIsShownAndAgainNearTheEnd(t *testing.T) {
	s := sit(t, years(400)...)
	if diff := cmp.Diff([]screen.Fetch{{From: back(42), To: back(0)}}, s.fetches); diff != "" {
		t.Error(diff)
	}
	for range 10 {
		s.keys("down")
	}
	if len(s.fetches) != 1 {
		t.Errorf("ten nights down it has fetched %v", s.fetches)
	}
	s.keys("end")
	last := s.fetches[len(s.fetches)-1]
	if len(s.fetches) != 2 || last.From != back(400) || last.To != back(358) {
		t.Errorf("at the end it has fetched %v", s.fetches)
	}
}

// Wherever the cursor goes, the facts of every night in sight are there.
func TestTheFactsInSightAreAlwaysFetched(t *testing.T) {
	facts := years(300)
	for ago := 1; ago <= 300; ago++ {
		facts = append(facts, uitest.Fact(ago, journal.Marked{Mark: "wine"}))
	}
	s := sit(t, facts...)
	rapid.Check(t, func(r *rapid.T) {
		s.w.Height = rapid.IntRange(10, 97).Draw(r, "height")
		for range rapid.IntRange(1, 40).Draw(r, "keys") {
			s.keys(rapid.SampledFrom([]string{"up", "down", "home", "end"}).Draw(r, "key"))
		}
		s.send(screen.Shown{})
		if frame := uitest.Text(s.frame()); strings.Contains(frame, "1 mark") {
			r.Fatalf("a night is not read:\n%s", frame)
		}
	})
}

func TestFactsAreFetchedAgainWhenTheJournalIsAnother(t *testing.T) {
	s := sit(t, weeks()...)
	s.send(screen.Shown{})
	if len(s.fetches) != 1 {
		t.Fatalf("the same journal was fetched again: %v", s.fetches)
	}
	s.write(screen.Do{Records: []screen.Record{{Fact: journal.Marked{Mark: "new-shoes"}, Night: back(3)}}})
	if len(s.fetches) != 2 {
		t.Errorf("another journal was not fetched: %v", s.fetches)
	}
	s.sees("new-shoes")
}

func TestOnlyTheAnswerToWhatWasAskedIsTaken(t *testing.T) {
	s := sit(t, weeks()...)
	s.mute = true
	s.write(screen.Do{Records: []screen.Record{{Fact: journal.Marked{Mark: "new-shoes"}, Night: back(3)}}})
	s.send(screen.Fetched{Fetch: screen.Fetch{From: back(3), To: back(0)}})
	s.sees("alcohol", "1 mark")
	s.mute = false
	s.answer(&s.fetches[len(s.fetches)-1])
	s.sees("alcohol", "new-shoes")
}

func TestOneQuestionIsAskedAtATime(t *testing.T) {
	s := sit(t, years(400)...)
	s.mute = true
	s.keys("end", "home", "end", "up")
	if len(s.fetches) != 2 {
		t.Errorf("it asked %v", s.fetches)
	}
}

func TestHowANightIsKnownGoesByWhenItWasWrittenDown(t *testing.T) {
	for _, c := range []struct {
		at, written int // hours after the evening
		untimed     bool
		want        string
	}{
		{0, 0, false, "recorded at night"}, {8, 8, false, "recorded at night"}, {4, 5, false, "recorded at night"},
		{5, 11, false, "told in the morning"}, {8, 8, true, "told in the morning"},
		{5, 20, false, "told later"}, {60, 60, true, "told later"},
	} {
		evening := uitest.Evening.AddDate(0, 0, -4)
		e := journal.New(&journal.Mint{}, journal.DefaultCalendar, evening.Add(hoursOf(c.written)), evening.Add(hoursOf(c.at)), journal.Cramped{Untimed: c.untimed})
		e.Night = back(4)
		s := sit(t, e)
		s.keys("end", "enter")
		if frame := uitest.Text(s.frame()); !strings.Contains(strings.Split(frame, "\n")[0], c.want) {
			t.Errorf("a cramp at %d h, written at %d h: want %s\n%s", c.at, c.written, c.want, frame)
		}
	}
}

func TestWhatCannotBeReadIsSaidAndTriedAgain(t *testing.T) {
	s := sit(t, weeks()...)
	s.broken = errFull
	s.write(screen.Do{Records: []screen.Record{{Fact: journal.Quiet{}, Night: back(3)}}})
	uitest.Reads(t, s.frame(), "could not be read: the disk is", "Any key tries again.")
	if strings.Contains(s.frame(), "\x1b[31m gone") {
		t.Error("the error obeys")
	}
	tried := len(s.fetches)
	s.send(screen.Shown{})
	if len(s.fetches) != tried {
		t.Error("it tries again by itself, without end")
	}
	s.broken = nil
	s.keys("down")
	s.misses("could not be read")
	if len(s.fetches) != tried+1 {
		t.Error("a key does not try again")
	}
}

func TestTheFilterGoesThroughItsViews(t *testing.T) {
	facts := append(weeks(),
		cramp(8, journal.Cramped{Side: "both", Muscle: "hamstring"}), cramp(9, journal.Cramped{Side: "right", Muscle: "quadriceps"}),
		cramp(10, journal.Cramped{Muscle: "inner"}), cramp(11, journal.Cramped{Muscle: "other"}))
	s := sit(t, facts...)
	for _, c := range []struct {
		name string
		ago  []int
	}{
		{"with cramps", []int{1, 5, 6, 8, 9, 10, 11}},
		{"unknown", []int{0, 3, 4, 7}},
		{"left", []int{1, 8}},
		{"right", []int{6, 8, 9}},
		{"calf", []int{1}},
		{"foot", []int{6}},
		{"thigh", []int{8, 9, 10}},
		{"all nights", []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}},
	} {
		s.keys("f")
		s.sees(c.name)
		frame := uitest.Text(s.frame())
		for ago := range 12 {
			want := false
			for _, a := range c.ago {
				want = want || a == ago
			}
			if got := strings.Contains(frame, back(ago).NightWords()); got != want {
				t.Errorf("%s: %d nights ago is shown: %v", c.name, ago, got)
			}
		}
	}
}

func TestEscShowsAllNightsAgain(t *testing.T) {
	s := sit(t, weeks()...)
	s.keys("f", "f", "/")
	s.typed("x")
	s.keys("enter", "esc")
	s.sees("all nights", "Sun 15 to Mon 16 Nov")
	s.misses("found")
}

func TestNotesAreSearchedAsOneTypes(t *testing.T) {
	s := sit(t, append(weeks(), cramp(3, journal.Cramped{Note: "After the long Walk"}), cramp(9, journal.Cramped{Note: "walk, and red wine"}))...)
	s.keys("/")
	s.typed("walk")
	s.sees("In notes: walk", "Thu 19 to Fri 20 Nov", "Fri 13 to Sat 14 Nov")
	s.misses("Sat 21 to Sun 22 Nov")
	s.typed(" red")
	s.misses("Thu 19 to Fri 20 Nov")
	s.keys("enter")
	s.sees("1 found with “walk red”, in all nights")
	if s.s.(*diary.Screen).Takes() {
		t.Error("it still takes letters")
	}
	s.keys("/", "esc")
	s.misses("found")
}

func TestLettersOfASearchAreNoKeys(t *testing.T) {
	s := sit(t, weeks()...)
	s.keys("/")
	for _, letter := range "aomfqe1u!" {
		do := s.send(tea.KeyPressMsg{Code: letter, Text: string(letter)})
		do.Fetch = nil
		uitest.Nothing(t, do)
	}
	s.sees("In notes: aomfqe1u!")
}

func TestASearchSaysHowFarItLookedAndLooksFarther(t *testing.T) {
	s := sit(t, append(years(300), cramp(100, journal.Cramped{Note: "here", Side: "left"}), cramp(290, journal.Cramped{Note: "here"}))...)
	s.keys("/")
	s.typed("here")
	s.keys("enter")
	s.sees("0 found with “here”, back to Thu 24 Sep; ↓ past the last looks", "No such night so far.")
	s.keys("down")
	s.sees("1 found with “here”, back to Sun 26 Jul")
	s.keys("down")
	s.keys("down")
	s.sees("2 found with “here”, in all nights")
	last := s.fetches[len(s.fetches)-1]
	if last.From != back(300) || last.To != back(0) {
		t.Errorf("it fetched %v", last)
	}
	asked := len(s.fetches)
	s.keys("down", "down", "end")
	if len(s.fetches) != asked {
		t.Error("it looks farther than there are nights")
	}
}

func TestWhileASearchIsUnderWayItSaysSo(t *testing.T) {
	s := sit(t, years(300)...)
	s.mute = true
	s.keys("f", "f", "f")
	s.sees("looking…")
	s.misses("No such night")
}

func TestAQuietNightIsWrittenDownForItsNight(t *testing.T) {
	s := sit(t, weeks()...)
	s.keys("down", "down", "down")
	do := s.keys("o")
	if len(do.Records) != 1 || do.Records[0].Fact != journal.Fact(journal.Quiet{}) || do.Records[0].Night != back(3) {
		t.Fatalf("it asked for %+v", do.Records)
	}
	s.write(do)
	s.sees("Thu 19 to Fri 20 Nov    · no session no cramps · told later")
}

func TestAQuietNightIsRefusedWithAWord(t *testing.T) {
	s := sit(t, weeks()...)
	for moves, word := range []string{"not over", "has cramps: remove them first", "already"} {
		s.keys("home")
		for range moves {
			s.keys("down")
		}
		if do := s.keys("o"); do.Records != nil || !strings.Contains(do.Say, word) {
			t.Errorf("%d down: %q, %+v", moves, do.Say, do.Records)
		}
	}
}

func TestInTheMorningTheNightThatEndsCanBeCalledQuiet(t *testing.T) {
	s := sit(t)
	s.w.Now = uitest.Evening.Add(10 * time.Hour)
	if do := s.keys("o"); len(do.Records) != 1 || do.Records[0].Night != back(0) {
		t.Errorf("it asked for %+v and said %q", do.Records, do.Say)
	}
}

func TestAClickChoosesANightAndASecondOpensIt(t *testing.T) {
	for _, size := range [][2]int{{40, 10}, {80, 22}, {300, 97}} {
		s := sit(t, append(weeks(), years(200)[7:]...)...)
		s.w.Width, s.w.Height = size[0], size[1]
		s.keys("down", "down", "down", "down", "down", "down", "down", "down", "down", "down", "down", "down")
		if do := s.click("Thu 12 to Fri 13"); do.Push != nil {
			t.Fatalf("%v: a click on another night opened %+v", size, do.Push)
		}
		if do := s.click("› Thu 12 to Fri 13"); do.Push == nil {
			t.Fatalf("%v: a second click opened nothing:\n%s", size, uitest.Text(s.frame()))
		}
		s.sees("Thu 12 to Fri 13 Nov")
	}
}

func TestTheWheelMovesOverTheNights(t *testing.T) {
	s := sit(t, weeks()...)
	uitest.Wheel(s.w, s.s, 3)
	uitest.Wheel(s.w, s.s, -1)
	s.sees("› Fri 20 to Sat 21 Nov")
}

func TestTheCursorStaysOnItsNightWhenTheListNarrows(t *testing.T) {
	s := sit(t, weeks()...)
	s.keys("down", "down", "/")
	s.keys("esc")
	s.sees("› Fri 20 to Sat 21 Nov")
}

func TestAYearThatIsNotThisOneIsNamed(t *testing.T) {
	s := sit(t, uitest.Session(400, journal.Complete))
	s.keys("end")
	s.sees("Sun 19 to Mon 20 Oct 2025")
}

func TestInANarrowWindowWhatHasNoRoomIsLeftOutWhole(t *testing.T) {
	s := sit(t, weeks()...)
	s.w.Width, s.w.Height = 40, 10
	s.sees("Sat 21 to Sun 22 Nov ✓ 1 cramp", "/ no cramps", "Tue 17 to Wed 18 Nov · 2+ cramps")
	s.misses("…", "recorded")
}

func TestWithRoomTheNightStandsBesideTheList(t *testing.T) {
	s := sit(t, append(weeks(), cramp(1, journal.Cramped{Note: "over there"}))...)
	s.w.Width = 200
	s.keys("down")
	s.sees("note: over there")
	s.w.Width = 80
	s.misses("note: over there")
}

func TestWhatSomebodyElseWroteIsShownHarmless(t *testing.T) {
	const hostile = "x\x1b]0;owned\a\u202e\x1b[2J"
	s := sit(t, cramp(1, journal.Cramped{Note: hostile, Helped: []string{hostile}}), uitest.Fact(1, journal.Marked{Mark: hostile}),
		uitest.Fact(1, journal.Stretched{Routine: hostile, Outcome: journal.Complete, PlannedS: 9, HeldS: 9, Moves: []journal.Move{{Stretch: hostile, Side: "left"}}}))
	s.w.Width = 200
	s.keys("down")
	clean := func(where string) {
		t.Helper()
		if frame := s.frame(); strings.Contains(frame, "\x1b]0;") || strings.Contains(frame, "\x1b[2J") || strings.ContainsRune(frame, '\u202e') {
			t.Errorf("%s obeys: %q", where, frame)
		}
	}
	clean("the list")
	s.keys("enter")
	clean("the night")
	s.keys("m")
	clean("the marks")
	s.s = diary.Ask(s.w, cramp(1, journal.Cramped{Note: hostile, Helped: []string{hostile}}))
	for range 12 {
		clean("the form")
		s.keys("down")
	}
}

func TestEveryPartOfTheDiaryKeepsToEverySize(t *testing.T) {
	long := strings.Repeat("a long note ", 40)
	facts := append(weeks(), cramp(1, journal.Cramped{
		Side: "both", Muscle: "quadriceps", LastedS: num(190), Pain: num(10), AwakeMin: num(90), Helped: journal.Helps,
		Signs: journal.CrampSigns, Soreness: num(3), SoreDays: num(2), Note: long,
	}))
	for name, keys := range map[string][]string{
		"nights": nil, "filter": {"f", "f", "f", "f"}, "search": {"/", "x"}, "night": {"down", "enter"}, "empty night": {"enter"},
		"marks": {"m"}, "add": {"a"}, "edit": {"down", "enter", "down", "down", "e"}, "what helped": {"a", "down", "down", "down", "down", "down"},
		"note": {"down", "enter", "down", "down", "e", "up"}, "wrong": {"a", "down", "down", "9", "9", "enter"},
	} {
		t.Run(name, func(t *testing.T) {
			uitest.Sweep(t, uitest.World(t, 80, 22, facts...), func() screen.Screen {
				s := sit(t, facts...)
				s.keys(keys...)
				return s.s
			})
		})
	}
	uitest.Sweep(t, uitest.World(t, 80, 22), func() screen.Screen { return diary.New() })
}

func TestYearsAreDrawnAsFewRows(t *testing.T) {
	s := sit(t, years(2400)...)
	s.keys("end")
	s.sees("› " + back(2400).NightWords())
	if n := len(strings.Split(s.frame(), "\n")); n != s.w.Height {
		t.Errorf("%d lines", n)
	}
}
