package plain_test

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"lull/routine"
	"lull/routine/journal"
	"lull/routine/journal/journaltest"
	"lull/routine/review"
	"lull/routine/sitting"
)

// lines are the lines of a session, without how a stretch is done.
func lines(said string) []string {
	var lines []string
	for line := range strings.Lines(said) {
		line = strings.TrimSpace(line)
		if at := regexp.MustCompile(` seconds?\. `).FindStringIndex(line); at != nil {
			line = line[:at[1]-1]
		}
		if line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

func TestASessionIsALineACue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := come(t, &journaltest.Mem{}, &config{}, evening, "mine")
		has(t, v.types(), "Mine, 1 min 15 s, needs wall", "not a medical device", "1 Foot pumps: move 20 s, each leg, in turn",
			"Get in place: Sit, or lie", "Sound on.", "Enter: start, with 10 seconds to get into position.")
		begun := v.types("")
		has(t, begun, "Step 1 of 2: Foot pumps. Get ready, right leg, 10 seconds. Sit, or lie")
		said := begun + v.after(76*time.Second)
		got := lines(said)
		want := []string{
			"Step 1 of 2: Foot pumps. Get ready, right leg, 10 seconds.",
			"Enter pauses and goes on; n skips, b goes back, s turns the sound off or on, l leaves; ? lists the rest.",
			"Move, right leg, 20 seconds.", "Halfway.", "Last three seconds.",
			"Switch to the left leg, 5 seconds.",
			"Move, left leg, 20 seconds.", "Halfway.", "Last three seconds.",
			"Next, step 2 of 2: Wall calf stretch, straight knee. Get ready, right leg, 10 seconds.",
			"Hold, right leg, 10 seconds.", "Last three seconds.",
			"Done. Tonight is kept. 50 of 50 seconds held.",
		}
		if diff := cmp.Diff(want, got[:min(len(want), len(got))]); diff != "" {
			t.Error(diff)
		}
		has(t, said, "Face a wall", "Bend the front knee", "Nights in a row: 1. Best: 1.", "Loosen the covers")
		sessions := facts[journal.Stretched](t, v.mem)
		if len(sessions) != 1 || sessions[0].Outcome != journal.Complete || sessions[0].HeldS != 50 || sessions[0].Routine != "mine" {
			t.Errorf("%+v", sessions)
		}
		if note, _ := v.mem.Kept(t.Context(), sitting.Note); note != nil {
			t.Errorf("there is still a note: %s", note)
		}
		if err := v.over(); err != nil {
			t.Error(err)
		}
	})
}

func TestLettersMoveASessionAsTheKeysDo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := come(t, &journaltest.Mem{}, &config{}, evening, "mine")
		v.types("")
		has(t, v.types("n"), "Skipped.", "Move, right leg, 20 seconds.")
		v.after(5 * time.Second)
		has(t, v.types(""), "Paused, 15 seconds to go here. Enter goes on")
		if said := v.after(time.Minute); said != "" {
			t.Errorf("it went on: %s", said)
		}
		has(t, v.types("p"), "Going on in 3 seconds.")
		has(t, v.after(3*time.Second), "Move, right leg, 15 seconds to go.")
		has(t, v.types("m"), "10 seconds more.")
		has(t, v.types("w"), "Move, right leg, 25 seconds to go. Step 1 of 2,", "Next: Foot pumps, left leg.")
		has(t, v.types("b"), "Move, right leg, 30 seconds.")
		has(t, v.types("f"), "The picture: ")
		has(t, v.types("h"), "Foot pumps", "Get in place:", "Then:")
		has(t, v.types("e"), "asier: ")
		has(t, v.types("?"), "pause: ", "easier: ", "!: when to get help")
		has(t, v.types("!"), "Paused,", "Get help now.")
		v.types("") // it goes on
		v.after(3 * time.Second)
		cramp := v.types("c")
		has(t, cramp, "Toes up, not pointed")
		if strings.Contains(cramp, "Enter goes on") {
			t.Errorf("Enter was said to go on and means that it let go:\n%s", cramp)
		}
		has(t, v.types("q"), "the start is kept", "Paused,")
		has(t, v.types("l"), "Left; kept: 5 of 50 seconds held; you can go on later tonight.", "Enter: go on with the session that was left.")
		v.over()
	})
}

func TestWhatWasLeftIsGoneOnWithAndIsOneFact(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mem := &journaltest.Mem{}
		v := come(t, mem, &config{}, evening, "mine")
		v.types("")
		v.after(35 * time.Second)
		v.types("q")
		if err := <-v.done; err != nil {
			t.Fatal(err)
		}
		if got := facts[journal.Stretched](t, mem); len(got) != 1 || got[0].Outcome != journal.Partial || got[0].HeldS != 20 {
			t.Fatalf("%+v", got)
		}
		again := come(t, mem, &config{}, evening.Add(20*time.Minute), "")
		has(t, again.types(), "Enter: go on with the session that was left.")
		has(t, again.types(""), "This is where you left: Foot pumps. Paused, 20 seconds to go here.")
		again.types("")
		has(t, again.after(50*time.Second), "Done. Tonight is kept. 50 of 50 seconds held.")
		if got := facts[journal.Stretched](t, mem); len(got) != 1 || got[0].Outcome != journal.Complete {
			t.Errorf("%+v", got)
		}
		again.over()
	})
}

func TestTheCautionsOfTheAnswersAreSaidInTheSession(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, mem := journaltest.NewMaker(t, 1), &journaltest.Mem{}
		if _, err := mem.Append(t.Context(), m.At(-1, review.Screened(routine.Screening{HipReplacement: routine.HipOlder}))); err != nil {
			t.Fatal(err)
		}
		v := come(t, mem, &config{}, evening, "trial-seated")
		has(t, v.types(), "Adapted for you, because of your safety answers:",
			"- Sitting calf and hamstring stretch became Foot-back calf stretch: Hip replacement: no bend at the hip past a right angle.")
		has(t, v.types(""), "Foot-back calf stretch. Get ready", "Lean back a little, so that the bend at your hip stays under a right angle.")
		has(t, v.after(20*time.Second), "Slide one foot back under the seat less far, hands off your thigh.")
		v.over()
	})
}

func TestWhatTheAnswersRuleOutByNowIsNotResumed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, mem := journaltest.NewMaker(t, 1), &journaltest.Mem{}
		v := come(t, mem, &config{}, evening, "trial")
		v.types("")
		v.after(35 * time.Second)
		v.types("q")
		<-v.done
		if _, err := mem.Append(t.Context(), m.At(0, review.Screened(routine.Screening{Falls: true}))); err != nil {
			t.Fatal(err)
		}
		again := come(t, mem, &config{}, evening.Add(20*time.Minute), "")
		if said := again.types(); strings.Contains(said, "go on with the session") {
			t.Error(said)
		}
		again.over()
	})
}

func TestPregnancyChangesWhatThePictureShows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, mem := journaltest.NewMaker(t, 1), &journaltest.Mem{}
		if _, err := mem.Append(t.Context(), m.At(0, review.Screened(routine.Screening{Pregnant: true, PregnancyWeeks: 20}))); err != nil {
			t.Fatal(err)
		}
		v := come(t, mem, &config{}, evening, "pregnancy")
		has(t, v.types("7"), "Slow breathing", "The picture: Lying in bed on one side, seen from above")
		v.over()
	})
}

// The end of the input, a signal, and an output that nobody reads any more.
func TestEveryEndKeepsWhatWasHeld(t *testing.T) {
	for name, end := range map[string]func(*visitor){
		"the end of the input": func(v *visitor) { v.press.Close() },
		"a signal":             func(v *visitor) { v.leave() },
		"nobody listens":       func(v *visitor) { v.paper.mu.Lock(); v.paper.torn = true; v.paper.mu.Unlock() },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				v := come(t, &journaltest.Mem{}, &config{}, evening, "mine")
				v.types("")
				v.after(40 * time.Second)
				end(v)
				time.Sleep(10 * time.Second)
				if err := <-v.done; err != nil {
					t.Error(err)
				}
				if got := facts[journal.Stretched](t, v.mem); len(got) != 1 || got[0].Outcome != journal.Partial {
					t.Errorf("%+v", got)
				}
			})
		})
	}
}

func TestASessionOfAKilledProgramIsRecorded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mem := &journaltest.Mem{}
		v := come(t, mem, &config{}, evening, "mine")
		v.types("")
		v.after(38 * time.Second)
		mem.Fail(errors.New("killed")) // nothing of this visit gets to the journal any more
		v.leave()
		if err := <-v.done; err == nil || !strings.Contains(err.Error(), "the session was not recorded: killed") {
			t.Error(err)
		}
		mem.Fail(nil)
		tomorrow := come(t, mem, &config{}, evening.Add(24*time.Hour), "")
		if got := facts[journal.Stretched](t, mem); len(got) != 1 || got[0].HeldS != 20 {
			t.Errorf("%+v", got)
		}
		tomorrow.over()
	})
}

func TestAFullDiskAtTheEndOfASessionIsTriedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mem := &journaltest.Mem{}
		v := come(t, mem, &config{}, evening, "mine")
		v.types("")
		v.after(30 * time.Second)
		mem.Fail(journal.ErrFull)
		has(t, v.after(45*time.Second), "Not recorded yet:", "Enter: try again.")
		mem.Fail(nil)
		has(t, v.types(""), "Done. Tonight is kept.")
		if got := facts[journal.Stretched](t, mem); len(got) != 1 || got[0].Outcome != journal.Complete {
			t.Errorf("%+v", got)
		}
		v.over()
	})
}

func TestALockedStateStartsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, mem := journaltest.NewMaker(t, 1), &journaltest.Mem{}
		if _, err := mem.Append(t.Context(), m.At(-1, review.Screened(routine.Screening{ClotSigns: true}))); err != nil {
			t.Fatal(err)
		}
		v := come(t, mem, &config{}, evening, "mine")
		const act = "Be seen today. Do not stretch or rub this leg. Call your doctor or the out-of-hours line today."
		said := v.types()
		has(t, said, act, "Enter: when to get help.")
		has(t, v.types(""), "Get help now.")
		has(t, v.types("start", "1"), "is not one of the choices")
		has(t, v.types("b"), "stretch     "+act[:44], "Enter: when to get help.")
		has(t, v.types("stretch"), act, "Enter: when to get help.")
		has(t, v.types("b", "guide"), act, "Guide: general information")
		if strings.Contains(said, "Mine") {
			t.Error(said)
		}
		if got := facts[journal.Stretched](t, mem); got != nil {
			t.Errorf("%+v", got)
		}
		v.over()
	})
}

func TestTheSafetyQuestionsChangeWhatIsOffered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := come(t, &journaltest.Mem{}, &config{}, evening, "")
		has(t, v.types("questions"), "1 of 12.", "Yes or no?")
		has(t, v.types(""), "An empty line does nothing here.", "1 of 12.")
		v.types("no", "no", "no", "no")
		has(t, v.types("yes"), "Which week?")
		has(t, v.types("99"), "Weeks run from 1 to 45.")
		v.types("20", "no", "no", "no", "no", "no", "no")
		has(t, v.types("yes"), "1 water tablet", "Type their numbers, with spaces between them.")
		said := v.types("1 3")
		has(t, said, "What your answers change:", "routine: keep these, and take Pregnancy.", "Enter: keep these.")
		has(t, v.types("routine"), "Your answers are kept", "Tonight's routine is Pregnancy.", "Enter: begin Pregnancy")
		got := facts[journal.Screened](t, v.mem)
		if len(got) != 1 || got[0].Answers["pregnancy_weeks"] != 20.0 || len(got[0].Answers["medicines"].([]any)) != 2 {
			t.Errorf("%+v", got)
		}
		has(t, v.types("questions"), "Enter: no, as it was.")
		has(t, v.types("yes"), "Get help now.", "Your answers are kept")
		v.over()
	})
}

func TestALidThatIsClosedPausesAndCountsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := come(t, &journaltest.Mem{}, &config{}, evening, "mine")
		v.types("")
		v.after(15 * time.Second)
		v.asleep.Store(int64(time.Hour))
		has(t, v.after(time.Second), "Nothing was heard for 60:01. That time was not counted. Paused, 15 seconds to go here.")
		v.types("")
		has(t, v.after(65*time.Second), "Done. Tonight is kept. 50 of 50 seconds held.")
		v.over()
	})
}

func TestASessionThatCouldNotBeRecordedAtItsEndIsRecordedNext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mem := &journaltest.Mem{}
		v := come(t, mem, &config{}, evening, "mine")
		v.types("")
		v.after(30 * time.Second)
		mem.Fail(journal.ErrBusy)
		v.after(45 * time.Second)
		v.types("q")
		if err := <-v.done; !errors.Is(err, journal.ErrBusy) {
			t.Error(err)
		}
		mem.Fail(nil)
		again := come(t, mem, &config{}, evening.Add(time.Hour), "")
		again.types("")
		again.types("l")
		if got := facts[journal.Stretched](t, mem); len(got) != 1 || got[0].HeldS != 20 {
			t.Errorf("%+v", got)
		}
		again.over()
	})
}

func TestASessionInLinesIsSpokenToo(t *testing.T) {
	for set, want := range map[string]string{
		"voice = \"full\"\n":                        "Halfway.",
		"quiet_hours = false\n":                     "tone halfway",
		"quiet_hours = false\nsound = \"off\"\n":    "",
		"quiet_hours = false\nvoice = \"counts\"\n": "Three.",
	} {
		synctest.Test(t, func(t *testing.T) {
			v := come(t, &journaltest.Mem{}, &config{text: []byte(set)}, evening, "mine")
			v.types("")
			v.after(71 * time.Second)
			heard := v.ear.heard()
			if want == "" && len(heard) > 0 || want != "" && !slices.Contains(heard, want) {
				t.Errorf("%q: heard %q", set, heard)
			}
		})
	}
}

// Another lull takes a session that is under way here for one that was killed,
// and records what its note says: what it came to in the end has the last word.
func TestASessionThatAnotherLullRecordedIsKeptAsItEnded(t *testing.T) {
	for name, next := range map[string]struct {
		at    time.Duration
		types []string
	}{
		"the next evening":      {24 * time.Hour, nil},
		"beginning another one": {10 * time.Minute, []string{"2", "1", "", "q"}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				mem := &journaltest.Mem{}
				v := come(t, mem, &config{}, evening, "mine")
				v.types("")
				v.after(38 * time.Second)
				has(t, v.types(""), "Paused")
				other := come(t, mem, &config{}, evening.Add(next.at), "")
				other.types(next.types...)
				other.over()
				if got := facts[journal.Stretched](t, mem); len(got) == 0 || got[0].HeldS != 20 {
					t.Fatalf("the other lull made of it %+v", got)
				}
				v.types("")
				has(t, v.after(40*time.Second), "Done. Tonight is kept. 50 of 50 seconds held.")
				if got := facts[journal.Stretched](t, mem); got[0].Outcome != journal.Complete || got[0].HeldS != 50 {
					t.Errorf("at its end there is %+v", got)
				}
				v.over()
			})
		})
	}
}

// After the bedtime setting a session is heard all the same; s mutes it, and that
// holds for the next one and if it cannot be saved.
func TestASessionIsHeardAfterBedtimeUnlessItIsMuted(t *testing.T) {
	late := evening.Add(2 * time.Hour)
	tones := func(v *visitor) int { return len(v.ear.heard()) }
	for name, c := range map[string]struct {
		set    string
		says   string
		sounds bool
	}{
		"nothing set":    {"", "Sound on.", true},
		"quiet sessions": {"quiet_sessions = true\n", "Sound off.", false},
		"no quiet hours": {"quiet_hours = false\nquiet_sessions = true\n", "Sound on.", true},
		"muted":          {"muted = true\n", "Sound off.", false},
		"sound off":      {"sound = \"off\"\n", "Sound off.", false},
		"the bell":       {"sound = \"bell\"\n", "Sound off.", false}, // it never rings here
	} {
		synctest.Test(t, func(t *testing.T) {
			v := come(t, &journaltest.Mem{}, &config{text: []byte(c.set)}, late, "mine")
			has(t, v.types(), c.says)
			v.types("")
			v.after(40 * time.Second)
			if got := tones(v) > 0; got != c.sounds {
				t.Errorf("%s: it is heard: %v", name, got)
			}
			v.over()
		})
	}
	synctest.Test(t, func(t *testing.T) {
		v := come(t, &journaltest.Mem{}, &config{}, late, "mine")
		v.types("")
		has(t, v.types("s"), "Sound off.")
		before := tones(v)
		v.after(40 * time.Second)
		if tones(v) != before {
			t.Errorf("muted, it is heard as %q", v.ear.heard()[before:])
		}
		if set, _ := v.config.Settings(); !set.Muted {
			t.Error("it is not remembered")
		}
		has(t, v.types("s"), "Sound on.")
		v.after(40 * time.Second)
		if tones(v) == before {
			t.Error("it stays mute")
		}
		v.over()
	})
}

func TestASessionThatIsGoneOnWithLeavesTimeToGetIntoPosition(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mem := &journaltest.Mem{}
		v := come(t, mem, &config{text: []byte("lead_in = 25\n")}, evening, "mine")
		has(t, v.types(""), "Get ready, right leg, 25 seconds.")
		v.after(30 * time.Second)
		v.types("l")
		has(t, v.types(""), "This is where you left: Foot pumps.")
		has(t, v.types(""), "Going on in 25 seconds.")
		if said := v.after(24 * time.Second); said != "" {
			t.Errorf("before the time it said %q", said)
		}
		has(t, v.after(time.Second), "Move, right leg, 15 seconds to go.")
		v.over()
	})
}

func TestTheWordSoundNeverMutesASilentSession(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := come(t, &journaltest.Mem{}, &config{text: []byte("sound = \"off\"\n")}, evening, "mine")
		v.types("")
		has(t, v.types("s"), "Sound off.", "Still no sound: see sound, volume and quiet sessions in the settings.")
		if set, _ := v.config.Settings(); set.Muted {
			t.Error("it is muted")
		}
		v.over()
	})
}
