package plain_test

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
	"lull/routine/settings"
)

var evening = journaltest.Evening

func fresh(t *testing.T) *visitor {
	return come(t, &journaltest.Mem{}, &config{}, evening, "")
}

func TestTheEveningSaysWhereItStandsAndWhatEnterDoes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := fresh(t)
		has(t, v.types(), "Tonight, Sun 22 to Mon 23 Nov", "not yet: trial", "2 stretch:", "7 settings:", "Enter: begin Trial, 3 min 5 s.")
		has(t, v.types("?"), "Enter alone: begin Trial", "water: tick the next drink", "q leaves lull")
		has(t, v.types("w"), "ticked first glass", "drinks      1 of 6")
		if err := v.over(); err != nil {
			t.Error(err)
		}
		if got := facts[journal.Ticked](t, v.mem); len(got) != 1 {
			t.Errorf("%v", got)
		}
	})
}

func TestWrongInputSaysWhatIsAllowedAndDoesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := fresh(t)
		v.types()
		for _, line := range []string{"99", "xyzzy", "-1", "\x1b[A", strings.Repeat("long ", 5000)} {
			has(t, v.types(line), "is not one of the choices. Type a number from 1 to 7, tonight, stretch,", "Enter alone, b for back, ? for all of it.")
		}
		v.types("s", "1", "")
		has(t, v.types("dance"), `"dance" means nothing here. Enter pauses and goes on, or type pause, sound, next, skip,`)
		v.over()
	})
}

func TestWhenToGetHelpIsAtEveryPrompt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := fresh(t)
		for _, way := range [][]string{
			{}, {"stretch"}, {"1"}, {""}, // the evening, the routines, a routine, its session
			{"l", "list"}, {"b", "diary"}, {"1"}, {"add"}, // the list, the diary, a night, a cramp's fields
			{"done", "b", "b", "guide"}, {"b", "settings"}, {"4"}, {"", "questions"}, // a setting's value, the questions
		} {
			v.types(way...)
			has(t, v.types("!"), "Get help now. Stop.", "Be seen today.", "Worth an ordinary visit.")
		}
		v.over()
	})
}

func TestQLeavesFromEverywhere(t *testing.T) {
	for _, way := range [][]string{{}, {"stretch"}, {"stretch", "1"}, {"stretch", "1", ""}, {"diary", "1"}, {"settings"}, {"questions"}, {"review"}} {
		synctest.Test(t, func(t *testing.T) {
			v := fresh(t)
			v.types(append(way, "q")...)
			if err := <-v.done; err != nil {
				t.Errorf("%v: %v", way, err)
			}
		})
	}
}

// The morning's question: none, some, or nothing, and what else is to be told.
func TestTheMorningIsAskedOnceAndSilenceIsNoAnswer(t *testing.T) {
	morning := time.Date(2026, 11, 23, 7, 0, 0, 0, evening.Location())
	before := func(t *testing.T) *journaltest.Mem {
		m, mem := journaltest.NewMaker(t, 1), &journaltest.Mem{}
		if _, err := mem.Append(t.Context(), m.At(-24, journal.Quiet{})); err != nil {
			t.Fatal(err)
		}
		return mem
	}
	for line, want := range map[string]struct{ cramps, quiet int }{"": {0, 1}, "none": {0, 2}, "0": {0, 2}, "1": {1, 1}, "3": {3, 1}} {
		synctest.Test(t, func(t *testing.T) {
			v := come(t, before(t), &config{}, morning, "")
			has(t, v.types(), "Cramps in the night of Sun 22 to Mon 23 Nov? Type none, 1, 2, or 3 for three or more. Enter: not now.")
			said := v.types(line)
			for range want.cramps {
				has(t, said, "Tell more of it?")
				said = v.types("no")
			}
			has(t, said, "Tonight, Sun 22 to Mon 23 Nov")
			cramps := facts[journal.Cramped](t, v.mem)
			if len(cramps) != want.cramps || len(facts[journal.Quiet](t, v.mem)) != want.quiet {
				t.Errorf("%q: %+v", line, cramps)
			}
			for i, c := range cramps {
				if !c.Untimed || c.AtLeast != (i == 2) {
					t.Errorf("%q: %+v", line, c)
				}
			}
			v.over()
		})
	}
}

func TestACrampOfTheNightIsToldMoreOf(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, mem := journaltest.NewMaker(t, 1), &journaltest.Mem{}
		if _, err := mem.Append(t.Context(), m.At(5, journal.Cramped{Muscle: "calf"})); err != nil {
			t.Fatal(err)
		}
		v := come(t, mem, &config{}, time.Date(2026, 11, 23, 7, 0, 0, 0, evening.Location()), "")
		has(t, v.types(), "Last night: 03:30 cramp calf. Tell more of it? Enter: tell it.")
		has(t, v.types("", "1"), "Which side: 1 left, 2 right, 3 both?", "How bad was it, 0 to 10?")
		has(t, v.types("eleven"), "It is a number from 0 to 10.", "How bad was it")
		has(t, v.types("7", "", "", "stretch walk", "done"), "changed: cramp left calf, pain 7 of 10")
		got := facts[journal.Cramped](t, mem)
		if len(got) != 1 || got[0].Side != "left" || *got[0].Pain != 7 || strings.Join(got[0].Helped, " ") != "stretch walk" {
			t.Errorf("%+v", got)
		}
		v.over()
	})
}

func TestACrampNowLosesNoLineThatIsTypedAhead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := fresh(t)
		has(t, v.types("c"), "Toes up, not pointed. Breathe out.", "Written down: 22:30", "Press Enter when it stops")
		has(t, v.after(15*time.Second), "0:10  Keep it up there")
		go func() { _, _ = v.press.Write([]byte("\nw\n")) }()
		synctest.Wait()
		has(t, v.types(), "It let go after 15 s.", "ticked first glass")
		if got := facts[journal.Cramped](t, v.mem); len(got) != 1 || *got[0].LastedS != 15 {
			t.Errorf("%+v", got)
		}
		v.over()
	})
}

func TestTheListIsTickedAndKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := fresh(t)
		has(t, v.types("list"), "Drinks: 0 of 6", "1 first glass, 250 ml: open", "Before bed: 0 of 5", "7 covers loose at the feet: open", "Enter: back.")
		has(t, v.types("7"), "ticked covers loose at the feet for Sun 22 Nov, 1 of 5", "A number ticks")
		has(t, v.types("?"), "7 covers loose at the feet: ticked")
		has(t, v.types("7"), "took back covers loose at the feet of Sun 22 Nov, 0 of 5")
		v.types("") // an empty line records nothing
		has(t, v.types("list", "glass"), "Drinks: 0 of 6", "ticked first glass (250 ml) for Sun 22 Nov, 1 of 6")
		has(t, v.types("day 1"), "The list of Sat 21 Nov", "Drinks: 0 of 6")
		has(t, v.types("2"), "ticked second glass (250 ml) for Sat 21 Nov")
		has(t, v.types("day 9"), "That needs a number from 0 to 6 after it.")
		has(t, v.types("day 0", "add bedtime warm socks"), "The list is changed.", "12 warm socks: open")
		has(t, v.types("edit 1 big mug 400"), "1 big mug, 400 ml: ticked")
		has(t, v.types("remove 12"), "The list is changed.")
		has(t, v.types("remove 12"), "Nothing was changed: that needs a number from 1 to 11 after it.")
		has(t, v.types("higher 2"), "1 second glass, 250 ml: open", "2 big mug, 400 ml: ticked")
		has(t, v.types("u"), "Undone: ticked glass-2")
		v.over()
	})
}

func TestThePlainListWarnsOnceOfTooManyDrinks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := fresh(t)
		v.types("list")
		const warning = "That is more than usual. More has not been shown to help cramps, and very much is dangerous."
		for n := 1; n <= 40; n++ {
			said := v.types("glass")
			if strings.Contains(strings.Join(strings.Fields(said), " "), warning) != (n == 10) {
				t.Errorf("drink %d: %s", n, said)
			}
		}
		has(t, v.types("day 1", "day 0"), "Drinks: 40 of 6, more than usual")
		v.over()
	})
}

func TestPlainTextHidesAmountsFromPeopleWhoLimitFluids(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := fresh(t)
		v.types("lull config set limit_fluids yes")
		has(t, v.types("list"), "Drinks: 0 ticked", "1 first glass: open")
		has(t, v.types("edit 1 big mug"), "1 big mug: open")
		v.types("b", "lull config set limit_fluids no")
		has(t, v.types("list"), "1 big mug, 250 ml: open")
		v.over()
	})
}

func TestTheDiaryIsReadAndAddedToAndChanged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := fresh(t)
		has(t, v.types("diary"), "1 Sun 22 to Mon 23 Nov, not told", "2 Sat 21 to Sun 22 Nov, not told")
		has(t, v.types("2"), "The night of Sat 21 to Sun 22 Nov", "Nobody told of this night yet")
		has(t, v.types("add", "left", "calf", "7", "4m", "", "", "25:00"), "When did it begin", "Write it as 03:10.")
		has(t, v.types("03:10", "done"), "written down: cramp left calf, 4m0s, pain 7 of 10, 03:10", "1 03:10 cramp left calf, 4m0s, pain 7 of 10")
		has(t, v.types("1"), "edit changes it, remove takes it out.")
		has(t, v.types("edit"), "1 side: left", "6 helped: not said")
		has(t, v.types("6", "rub"), "changed: cramp left calf", "6 helped: rub")
		has(t, v.types("3", "none"), "3 pain: not said")
		has(t, v.types("7", "02:00"), "02:00 cramp left calf", "7 at: 02:00")
		has(t, v.types("", "mark alcohol"), "marked alcohol, the night of Sat 21 to Sun 22 Nov", "2 marked alcohol")
		has(t, v.types("2", "remove"), "removed: marked alcohol")
		has(t, v.types("u"), "Restored: marked alcohol")
		has(t, v.types("u"), "Undone: marked alcohol")
		has(t, v.types("u"), "Undone: a change to cramp left calf")
		got := facts[journal.Cramped](t, v.mem)
		if len(got) == 1 {
			if c := got[0]; c.Side != "left" || c.Pain != nil || strings.Join(c.Helped, "") != "rub" {
				t.Errorf("%+v", c)
			}
		}
		has(t, v.types("b", "3", "none"), "written down: no cramps, the night of Fri 20 to Sat 21 Nov")
		has(t, v.types("pause", "2026-11-21"), "set aside: from the night of Fri 20")
		v.over()
	})
}

func TestTheNightsAreFoundByWhatIsInThem(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, mem := journaltest.NewMaker(t, 1), &journaltest.Mem{}
		_, err := mem.Append(t.Context(),
			m.At(-24, journal.Cramped{Side: "both", Muscle: "calf", Note: "after the long walk to the Café"}),
			m.At(-48, journal.Cramped{Side: "left", Muscle: "foot"}),
			m.At(-72, journal.Cramped{Side: "left", Muscle: "calf"}), m.At(-72, journal.Marked{Mark: "alcohol"}))
		if err != nil {
			t.Fatal(err)
		}
		v := come(t, mem, &config{}, evening, "")
		v.types("diary")
		has(t, v.types("find left calf"), `2 found with "left calf"`, "1 Sat 21 to Sun 22 Nov", "2 Thu 19 to Fri 20 Nov", "Which night?")
		has(t, v.types("1"), "The night of Sat 21 to Sun 22 Nov")
		has(t, v.types("", ""), "2 found", "Diary")
		has(t, v.types("find LONG cafe"), "1 found", "1 Sat 21 to Sun 22 Nov")
		has(t, v.types("b", "find alcohol"), "1 found", "1 Thu 19 to Fri 20 Nov")
		has(t, v.types("b", "find xyzzy"), "0 found", "Enter: all nights.")
		has(t, v.types("", "find"), "That needs words after it, as in: find left calf.")
		v.over()
	})
}

// Where one of a few answers is asked for, the words that mean the same at every
// prompt do so too, unless they begin an answer.
func TestTheWayOutIsOpenWhereAFewAnswersAreAskedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := fresh(t)
		v.types("diary", "2", "add")
		has(t, v.types("?"), "Enter alone leaves this unsaid, the word done leaves the rest. b goes back, q leaves lull", "Which side:")
		has(t, v.types("b"), "Which muscle:")  // both
		has(t, v.types("c"), "How bad was it") // calf
		has(t, v.types("c"), "Toes up, not pointed.")
		has(t, v.types(""), "It let go", "How bad was it")
		has(t, v.types("b"), "Nothing was changed.", "The night of Sat 21 to Sun 22 Nov", "Nobody told of this night yet")
		has(t, v.types("mark", "b"), "Which mark:", "Nothing was changed.")
		has(t, v.types("pause", "back"), "The last night to set aside", "Nothing was changed.")
		v.types("add", "left", "done")
		has(t, v.types("1", "edit", "3", "b"), "How bad was it", "Nothing was changed.", "3 pain: not said")
		has(t, v.types("12", "q"), "12 note: q") // a note is what is typed
		v.types("3", "q")
		if err := <-v.done; err != nil {
			t.Error(err)
		}
		for _, c := range facts[journal.Cramped](t, v.mem) {
			if c.Side == "both" || c.Pain != nil {
				t.Errorf("%+v", c)
			}
		}
		if n := len(facts[journal.Paused](t, v.mem)) + len(facts[journal.Marked](t, v.mem)); n != 0 {
			t.Errorf("%d marks and pauses", n)
		}
	})
}

func TestTheSafetyQuestionsAreLeftFromTheirSecondQuestionsToo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := fresh(t)
		said := v.types("questions")
		for !strings.Contains(said, "Type a number.") {
			answer := "no"
			if strings.Contains(said, "pregnant") {
				answer = "yes"
			}
			said = v.types(answer)
		}
		has(t, v.types("b"), "Tonight, Sun 22")
		if got := facts[journal.Screened](t, v.mem); len(got) != 0 {
			t.Errorf("answers were kept: %+v", got)
		}
		v.over()
	})
}

func TestTheReviewAndTheGuideComeInPages(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, mem := journaltest.NewMaker(t, 1), &journaltest.Mem{}
		if _, err := mem.Append(t.Context(), m.At(-24, journal.Quiet{}), m.At(-48, journal.Cramped{})); err != nil {
			t.Fatal(err)
		}
		v := come(t, mem, &config{}, evening, "")
		v.types()
		first := v.types("review")
		has(t, first, "Review, nights of", "more lines. ? lists")
		rest := first
		for strings.Contains(rest, "more line") {
			rest = v.types("")
			if n := strings.Count(rest, "\n"); n > 22 {
				t.Errorf("a page has %d lines", n)
			}
		}
		has(t, rest, "Enter: back.")
		if whole := v.paper.since(0); strings.Contains(whole, "Mon  ") || strings.Contains(whole, "# complete") {
			t.Errorf("the map was read out:\n%s", whole)
		}
		has(t, v.types("report"), "Night leg cramps: a diary")
		v.types("b", "b", "guide")
		has(t, v.types("find magnesium"), "found with \"magnesium\"", "1 ")
		has(t, v.types("1"), "[")
		v.over()
	})
}

func TestSettingsAreChangedByTheirVerb(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := fresh(t)
		has(t, v.types("settings"), "2 theme: auto", "questions: the safety questions, not answered")
		has(t, v.types("2", "purple"), `theme = "purple"`, "allowed", "2 theme: auto")
		has(t, v.types("2", "dark"), "theme = dark; to take it back: lull config set theme auto", "2 theme: dark")
		has(t, v.types("2", "?"), "The new value?", "theme: allowed: auto, dark, light, night, hour, contrast, none. b goes back", "The new value?")
		has(t, v.types("b"), "Nothing was changed.", "2 theme: dark", "9 voice name: not set; ", "Speaks with: an ear. Sounds with: an ear.")
		has(t, v.types("21", "?"), "wake: write hours and minutes, from 00:00 to 23:59.")
		has(t, v.types("", "9"), "voice name is not set. The new value?")
		has(t, v.types("", "lull config set theme auto"), "theme = auto")
		set, err := v.config.Settings()
		if err != nil || set.Theme != settings.Default().Theme {
			t.Errorf("%v %v", set.Theme, err)
		}
		v.over()
	})
}

func TestAVerbIsTypedAsInAShell(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := fresh(t)
		has(t, v.types(`lull cramp --note "it's dark, says 'he'" --at 21:30`), "written down: cramp, a note, 21:30")
		if got := facts[journal.Cramped](t, v.mem); len(got) != 1 || got[0].Note != "it's dark, says 'he'" {
			t.Errorf("%+v", got)
		}
		has(t, v.types("lull cramp --note 'open"), "a quote is not closed; nothing was done")
		has(t, v.types("lull"), "This is lull already.")
		has(t, v.types("lull start trial"), "Type stretch to choose a routine.")
		has(t, v.types("lull drnk"), "did you mean drink?")
		v.over()
	})
}

func TestAJournalThatFailsIsToldAndTriedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := fresh(t)
		v.types()
		v.mem.Fail(errors.New("open lull.db: the disk is on fire"))
		has(t, v.types("diary"), "That cannot be shown now: read the journal: open lull.db: the disk is on fire.", "Enter: try again.")
		v.mem.Fail(nil)
		has(t, v.types(""), "Tonight, Sun 22", "Enter: begin Trial")
		v.over()
	})
}

// Whatever is typed: only lines of letters come out, nothing hangs, and the end
// of the input ends it.
func TestAnyLinesAtAllPrintOnlyWhatCanBeReadAndEnd(t *testing.T) {
	words := []string{
		"", "", "", "1", "2", "3", "5", "7", "9", "12", "b", "q1", "u", "c", "!", "?", "stretch", "list", "diary", "review", "guide", "settings",
		"questions", "morning", "yes", "no", "none", "add", "edit", "remove", "edit 1", "remove 1", "mark alcohol", "pause", "day 1", "tonight 3",
		"done", "left", "03:10", "4m", "find heat", "older", "skip", "more", "easier", "leave", "where", "how", "figure", "experiment", "report", "before", "estimate",
		"lull log", "lull review", "lull figure wall-calf --words", "\x1b[31mred\x07", "\u28ff\u2502", "ü", "true", "2026-12-01",
	}
	for seed := range uint64(40) {
		synctest.Test(t, func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 1))
			v := fresh(t)
			for range 120 {
				v.types(words[r.IntN(len(words))])
				if r.IntN(4) == 0 {
					v.after(time.Duration(r.IntN(20)) * time.Second)
				}
			}
			if err := v.over(); err != nil {
				t.Errorf("seed %d: %v", seed, err)
			}
			for _, c := range v.paper.since(0) {
				if c != '\n' && !unicode.IsPrint(c) || c >= 0x2500 && c <= 0x28ff && !strings.ContainsRune("\u28ff\u2502", c) {
					t.Errorf("seed %d: it printed %q", seed, c)
				}
			}
			for _, s := range facts[journal.Stretched](t, v.mem) {
				if s.HeldS > 130 {
					t.Errorf("seed %d: %+v", seed, s)
				}
			}
		})
	}
}

func TestBodyWordsOfEveryLanguageAreTakenAsAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := fresh(t)
		v.types("diary", "2", "add")
		has(t, v.types("izquierda"), "Which muscle")
		has(t, v.types("thigh"), "choose one of: hamstring, quadriceps, inner", "Which muscle")
		has(t, v.types("inner thigh"), "How bad was it")
		v.types("done")
		var got []journal.Cramped
		for _, c := range facts[journal.Cramped](t, v.mem) {
			if c.Side == "left" && c.Muscle == "inner" {
				got = append(got, c)
			}
		}
		if len(got) != 1 {
			t.Errorf("%+v", facts[journal.Cramped](t, v.mem))
		}
		v.types("b", "b", "q")
		<-v.done
	})
}

func TestTheTwoWeeksBeforeAreAddedFromMemory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, mem := journaltest.NewMaker(t, 1), &journaltest.Mem{}
		if _, err := mem.Append(t.Context(), m.At(-24, journaltest.Session("trial", journal.Complete, 60))); err != nil {
			t.Fatal(err)
		}
		v := come(t, mem, &config{}, evening, "")
		for said := v.types("review"); !strings.Contains(said, "Enter: back"); {
			said = v.types("")
		}
		has(t, v.types("before"), "The 14 nights before your first session", "One digit a night, the oldest first")
		has(t, v.types("0010200100000x"), "Saved: best estimate from memory: 4 cramps in 13 nights")
		if got := facts[journal.Estimated](t, mem); len(got) != 1 || !got[0].Estimate {
			t.Errorf("%+v", got)
		}
		v.over()
	})
}

// What was recorded before lull was opened is named and confirmed; what was
// recorded since goes at once.
func TestPlainUndoAsksBeforeWhatIsOlder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, mem := journaltest.NewMaker(t, 1), &journaltest.Mem{}
		for _, e := range []journal.Entry{m.At(-48, journal.Quiet{}), m.At(-19, journal.Cramped{Side: "left", Muscle: "calf"})} {
			if _, err := mem.Append(t.Context(), e); err != nil {
				t.Fatal(err)
			}
		}
		standing := func() int { return len(facts[journal.Cramped](t, mem)) + len(facts[journal.Quiet](t, mem)) }
		v := come(t, mem, &config{}, journaltest.Evening.AddDate(1, 0, 1), "")
		v.types("water")
		has(t, v.types("u"), "Undone: ticked glass-1")
		has(t, v.types("u"), "This was recorded before you opened lull this time:", "- cramp left calf, the night of", "Undo it? Type yes or no. Enter: cancel.")
		has(t, v.types("u"), "cramp left calf") // asks again, undoes nothing
		has(t, v.types(""), "No changes made.")
		has(t, v.types("no"), "No changes made.")
		if standing() != 2 {
			t.Fatalf("%d stand", standing())
		}
		has(t, v.types("u", "no"), "cramp left calf", "No changes made.")
		has(t, v.types("u", "b"), "cramp left calf", "No changes made.")
		if standing() != 2 {
			t.Fatalf("%d stand", standing())
		}
		has(t, v.types("u", "yes"), "Undone: cramp left calf")
		has(t, v.types("u", ""), "a quiet night", "No changes made.")
		if standing() != 1 {
			t.Errorf("%d stand", standing())
		}
		v.over()
	})
}
