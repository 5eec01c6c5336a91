package player_test

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/google/go-cmp/cmp"

	"lull/routine"
	"lull/routine/cues"
	"lull/routine/journal"
	"lull/routine/sitting"
	"lull/ui/player"
	"lull/ui/screen"
	"lull/ui/uitest"
)

func TestASessionThatIsLeftAloneIsRecordedWholeAtItsEnd(t *testing.T) {
	during(t, func(t *testing.T) {
		w := welcomed(t, 100, 30)
		s := begin(t, w, "trial")
		s.run(174*time.Second + 500*time.Millisecond)
		if got := s.records(); len(got) != 0 {
			t.Fatalf("before its end it recorded %+v", got)
		}
		s.run(time.Second)
		want := journal.Stretched{Routine: "trial", Outcome: journal.Complete, PlannedS: 120, HeldS: 120, Moves: []journal.Move{
			{Stretch: "wall-calf", Side: "right", PlannedS: 30, HeldS: 30},
			{Stretch: "wall-calf", Side: "left", PlannedS: 30, HeldS: 30},
			{Stretch: "heel-up-hamstring", Side: "right", PlannedS: 30, HeldS: 30},
			{Stretch: "heel-up-hamstring", Side: "left", PlannedS: 30, HeldS: 30},
		}}
		if diff := cmp.Diff(want, stretched(t, s.records())); diff != "" {
			t.Error(diff)
		}
		if at := s.records()[0].At; !at.Equal(uitest.Evening) {
			t.Errorf("it began at %v", at)
		}
	})
}

func TestANoteIsKeptAtEverySegmentAndTakenAwayAtTheEnd(t *testing.T) {
	during(t, func(t *testing.T) {
		s := begin(t, welcomed(t, 100, 30), "trial")
		s.run(176 * time.Second)
		var places []int
		for _, do := range s.dos {
			if do.Note != nil && do.Note.Text != nil {
				u := unfinished(t, do.Note)
				places = append(places, u.Snapshot.Here)
				if u.Recorded || !u.Started.Equal(uitest.Evening) || u.Night != s.w.Night() {
					t.Fatalf("the note says %+v", u)
				}
			}
		}
		want := make([]int, 24) // 12 holds, a lead-in before each
		for i := range want {
			want[i] = i
		}
		if diff := cmp.Diff(want, places); diff != "" {
			t.Errorf("the notes stand at %s", diff)
		}
		if last := s.note(); last.Name != sitting.Note || last.Text != nil {
			t.Errorf("at the end there is still %+v", last)
		}
	})
}

func TestPausingStopsTheTimeAndGoingOnGivesThreeSeconds(t *testing.T) {
	during(t, func(t *testing.T) {
		s := begin(t, welcomed(t, 100, 30), "trial")
		s.run(4500 * time.Millisecond)
		s.press("space")
		s.see("PAUSED", "6 s to go here", "space goes on after three seconds")
		s.run(10 * time.Minute)
		s.see("PAUSED", "6 s to go here")
		s.press("space")
		s.see("GOING ON RIGHT LEG")
		s.run(2900 * time.Millisecond)
		s.see("GOING ON RIGHT LEG")
		s.run(200 * time.Millisecond)
		s.see("HOLD RIGHT LEG")
	})
}

func TestPausingOftenMakesNoTickCountTwice(t *testing.T) {
	during(t, func(t *testing.T) {
		s := begin(t, welcomed(t, 100, 30), "trial")
		for range 9 {
			s.run(300 * time.Millisecond)
			s.press("space", "space")
		}
		s.run(175 * time.Second)
		if got := s.records(); len(got) != 0 {
			t.Fatalf("nine pauses of three seconds made it end early: %+v", got)
		}
		s.run(5 * time.Second)
		if got := stretched(t, s.records()); got.HeldS != 120 {
			t.Errorf("recorded %+v", got)
		}
	})
}

func TestATickFromBeforeAPauseIsDropped(t *testing.T) {
	during(t, func(t *testing.T) {
		w := welcomed(t, 100, 30)
		trial, _ := w.Library.Routine("trial")
		do := uitest.Keys(w, player.Ready(w, trial), "space")
		p := do.Replace
		late := do.Cmd()
		uitest.Keys(w, p, "space", "space")
		before := uitest.Text(p.Draw(w))
		w.Steady = 2 * time.Second
		uitest.Nothing(t, p.Update(w, late)) // above all for no tick of its own
		if diff := cmp.Diff(before, uitest.Text(p.Draw(w))); diff != "" {
			t.Error(diff)
		}
	})
}

func TestSkipLeavesAHoldForItsChangeOfSidesAndThatForTheNextHold(t *testing.T) {
	during(t, func(t *testing.T) {
		s := begin(t, welcomed(t, 100, 30), "trial")
		s.run(2 * time.Second)
		s.press("right")
		s.see("SWITCH SIDES LEFT LEG")
		s.press("n")
		s.see("HOLD LEFT LEG")
	})
}

func TestBackBeginsAHoldAgainAndSoonAfterItsStartGoesToTheOneBefore(t *testing.T) {
	during(t, func(t *testing.T) {
		s := begin(t, welcomed(t, 100, 30), "trial")
		s.press("n", "n")
		s.run(4500 * time.Millisecond)
		s.press("left")
		s.press("space")
		s.see("PAUSED LEFT LEG", "10 s to go here")
		s.press("b")
		s.see("PAUSED RIGHT LEG")
	})
}

func TestMoreGivesTenSeconds(t *testing.T) {
	during(t, func(t *testing.T) {
		for _, key := range []string{"+", "m"} {
			s := begin(t, welcomed(t, 100, 30), "trial")
			s.press("space")
			s.see("10 s to go here")
			s.press(key)
			s.see("20 s to go here")
		}
	})
}

func TestEasierGoesOnWithTheGentlerStretch(t *testing.T) {
	during(t, func(t *testing.T) {
		s := begin(t, welcomed(t, 100, 30), "trial")
		s.run(3 * time.Second)
		do := s.press("e")
		if do.Say != "easier: Chair calf stretch with strap" || do.Note == nil {
			t.Errorf("it asked for %+v", do)
		}
		s.see("GET READY RIGHT LEG", "Chair calf stretch with strap")
	})
}

func TestEasierSaysHowWhereThereIsNoGentlerStretch(t *testing.T) {
	during(t, func(t *testing.T) {
		w := welcomed(t, 100, 30)
		var id, how string
		for _, st := range w.Library.Stretches() {
			if st.EasierID == "" && len(st.Easier) > 0 {
				id, how = st.ID, st.Easier[0]
			}
		}
		if err := w.Library.Add("one.toml", []byte("name = \"one\"\n[[step]]\nstretch = \""+id+"\"\n")); err != nil {
			t.Fatal(err)
		}
		s := begin(t, w, "one")
		before := uitest.Text(s.frame())
		if do := s.press("e"); do.Say != "easier: "+how || do.Records != nil {
			t.Errorf("it asked for %+v", do)
		}
		if diff := cmp.Diff(before, uitest.Text(s.frame())); diff != "" {
			t.Errorf("the session moved: %s", diff)
		}
	})
}

func TestTheBigCountFillsTheWindowAndGoesAgain(t *testing.T) {
	during(t, func(t *testing.T) {
		s := begin(t, welcomed(t, 100, 30), "trial")
		s.run(500 * time.Millisecond)
		small := strings.Count(s.frame(), "█")
		s.press("z")
		s.see("HOLD RIGHT LEG")
		s.miss("Wall calf stretch", "Next:")
		if big := strings.Count(s.frame(), "█"); big < 2*small {
			t.Errorf("%d cells of count, %d before", big, small)
		}
		s.press("z")
		s.see("Wall calf stretch", "Next:")
	})
}

func TestTheMousePausesToo(t *testing.T) {
	during(t, func(t *testing.T) {
		s := begin(t, welcomed(t, 100, 30), "trial")
		s.send(tea.MouseClickMsg{X: 50, Y: 10, Button: tea.MouseLeft})
		s.see("PAUSED")
	})
}

func TestACueIsAskedForAtEveryMoment(t *testing.T) {
	during(t, func(t *testing.T) {
		for amount, want := range map[cues.Amount][2]int{ // spoken, and with a tone
			cues.Off: {0, 25}, cues.Counts: {37, 25}, cues.Names: {25, 25}, cues.Full: {61, 25},
		} {
			w := welcomed(t, 100, 30)
			w.Settings.Voice = amount
			s := begin(t, w, "trial")
			s.run(176 * time.Second)
			var got [2]int
			for _, do := range s.dos {
				if do.Cue.Words != "" {
					got[0]++
				}
				if do.Cue.Tone != "" {
					got[1]++
				}
				if do.Cue.Age != 0 {
					t.Errorf("%q is %v old", do.Cue.Words, do.Cue.Age)
				}
			}
			if got != want {
				t.Errorf("%s: %v, want %v", amount, got, want)
			}
		}
	})
}

func TestLeavingEndsWhatIsHeard(t *testing.T) {
	during(t, func(t *testing.T) {
		s := begin(t, welcomed(t, 100, 30), "trial")
		if do := s.press("x"); !do.Cue.Hush || do.Cue.Words != "" {
			t.Errorf("it asked for %+v", do.Cue)
		}
	})
}

func TestLeavingEarlyRecordsWhatWasHeldAndKeepsThePlace(t *testing.T) {
	for _, c := range []struct {
		after   time.Duration
		outcome journal.Outcome
		held    int
	}{
		{5500 * time.Millisecond, journal.Abandoned, 5},
		{32 * time.Second, journal.Partial, 22},
	} {
		for _, key := range []string{"x", "esc"} {
			during(t, func(t *testing.T) {
				s := begin(t, welcomed(t, 100, 30), "trial")
				s.run(c.after)
				do := s.press(key)
				got := stretched(t, do.Records)
				if got.Outcome != c.outcome || got.HeldS != c.held || got.PlannedS != 120 {
					t.Errorf("after %v: %+v", c.after, got)
				}
				u := unfinished(t, do.Note)
				if !u.Recorded || u.ID != do.Records[0].ID || u.ID.IsZero() {
					t.Errorf("the note says %+v, the record is %+v", u, do.Records[0])
				}
				if !do.Pop || !strings.Contains(do.Say, "of 120 seconds held; you can go on later tonight") {
					t.Errorf("it asked for %+v", do)
				}
			})
		}
	}
}

func TestEndingTheProgramKeepsTheSameAsLeaving(t *testing.T) {
	during(t, func(t *testing.T) {
		s := begin(t, welcomed(t, 100, 30), "trial")
		s.run(32 * time.Second)
		p := s.p.(screen.Modal)
		do := p.Leaving(s.world())
		if got := stretched(t, do.Records); got.HeldS != 22 || !unfinished(t, do.Note).Recorded {
			t.Errorf("it asked for %+v", do)
		}
		uitest.Nothing(t, p.Leaving(s.world()))
	})
}

// leftAt is a session of the trial that was left, and the fact it left.
func leftAt(t *testing.T, after time.Duration) (sitting.Unfinished, journal.Entry) {
	t.Helper()
	s := begin(t, welcomed(t, 100, 30), "trial")
	s.run(after)
	do := s.press("x")
	fact := uitest.Fact(0, stretched(t, do.Records))
	fact.ID = do.Records[0].ID
	return unfinished(t, do.Note), fact
}

func TestGoingOnRevisesTheFactThatWasRecorded(t *testing.T) {
	during(t, func(t *testing.T) {
		u, fact := leftAt(t, 62*time.Second)
		s := again(t, welcomed(t, 100, 30, fact), u)
		s.see("PAUSED", "This is where you left.")
		s.press("space")
		s.run((120 + 7) * time.Second) // the count before going on is the lead-in, not three seconds
		records := s.records()
		if len(records) != 1 || records[0].Revises == nil || records[0].Revises.ID != fact.ID {
			t.Fatalf("recorded %+v", records)
		}
		patch := records[0].Patch
		if patch["outcome"] != journal.Complete || patch["held_s"] != 120 || patch["planned_s"] != 120 || len(patch["moves"].([]journal.Move)) != 4 {
			t.Errorf("it changes %+v", patch)
		}
		if last := s.note(); last.Text != nil {
			t.Errorf("there is still a note: %s", last.Text)
		}
	})
}

func TestGoingOnWithAFactThatWasTakenBackRecordsANewOne(t *testing.T) {
	during(t, func(t *testing.T) {
		u, fact := leftAt(t, 62*time.Second)
		s := again(t, welcomed(t, 100, 30), u)
		s.press("space")
		s.run((120 + 7) * time.Second) // the count before going on is the lead-in, not three seconds
		if got := stretched(t, s.records()); got.HeldS != 120 {
			t.Errorf("recorded %+v", got)
		}
		if s.records()[0].ID == fact.ID {
			t.Error("under the id of what was taken back")
		}
	})
}

func TestGoingOnWithWhatAKilledProgramLeftKeepsItsIDAndItsStart(t *testing.T) {
	during(t, func(t *testing.T) {
		first := begin(t, welcomed(t, 100, 30), "trial")
		first.run(62 * time.Second)
		u := unfinished(t, first.note())
		s := again(t, welcomed(t, 100, 30), u)
		s.press("space")
		s.run(130 * time.Second)
		if got := stretched(t, s.records()); got.Outcome != journal.Complete {
			t.Errorf("recorded %+v", got)
		}
		if r := s.records()[0]; r.ID != u.ID || !r.At.Equal(uitest.Evening) {
			t.Errorf("recorded as %v at %v", r.ID, r.At)
		}
	})
}

func TestLeavingAgainRevisesTheSameFactOnceMore(t *testing.T) {
	during(t, func(t *testing.T) {
		u, fact := leftAt(t, 32*time.Second)
		s := again(t, welcomed(t, 100, 30, fact), u)
		s.press("space")
		s.run(23 * time.Second)
		do := s.press("x")
		if len(do.Records) != 1 || do.Records[0].Revises == nil || do.Records[0].Patch["held_s"].(int) <= 22 {
			t.Errorf("recorded %+v", do.Records)
		}
		if got := unfinished(t, do.Note); got.ID != u.ID || !got.Recorded {
			t.Errorf("the note says %+v", got)
		}
	})
}

func TestASnapshotThatCannotBeIsRefused(t *testing.T) {
	if _, err := player.Resume(welcomed(t, 80, 24), sitting.Unfinished{}); err == nil {
		t.Error("an empty session was gone on with")
	}
}

func TestAKilledSessionMakesAFactOfWhatWasHeld(t *testing.T) {
	during(t, func(t *testing.T) {
		s := begin(t, welcomed(t, 100, 30), "trial")
		s.run(32 * time.Second)
		u := unfinished(t, s.note())
		got := player.RecordsOf(u)
		if f := stretched(t, got); f.Outcome != journal.Partial || f.Routine != "trial" {
			t.Errorf("recorded %+v", f)
		}
		if got[0].ID != u.ID || !got[0].At.Equal(u.Started) {
			t.Errorf("recorded as %+v", got[0])
		}
		if broken := player.RecordsOf(sitting.Unfinished{}); broken != nil {
			t.Errorf("of nothing it made %+v", broken)
		}
	})
}

func TestHelpNamesWhatTheBigKeyDoesNow(t *testing.T) {
	during(t, func(t *testing.T) {
		s := begin(t, welcomed(t, 100, 30), "trial")
		first := func() string { return s.p.Help(s.world())[0].Help().Desc }
		var words []string
		words = append(words, first())
		s.press("space")
		words = append(words, first())
		s.press("space")
		s.run(200 * time.Second)
		words = append(words, first())
		if diff := cmp.Diff([]string{"pause", "go on", "back to tonight"}, words); diff != "" {
			t.Error(diff)
		}
	})
}

func TestBeginningAnewRecordsFirstWhatAKilledProgramLeft(t *testing.T) {
	during(t, func(t *testing.T) {
		killed := begin(t, welcomed(t, 100, 30), "trial")
		killed.run(32 * time.Second)
		u := unfinished(t, killed.note())
		w := welcomed(t, 100, 30)
		w.Resume = &u
		s := begin(t, w, "quick")
		if got := stretched(t, s.records()); got.Routine != "trial" || s.records()[0].ID != u.ID {
			t.Errorf("recorded %+v", s.records())
		}
		if got := unfinished(t, s.note()); got.Snapshot.Routine != "quick" || got.ID == u.ID {
			t.Errorf("the note is now %+v", got)
		}
	})
}

func TestBeginningAnewRecordsNothingTwice(t *testing.T) {
	during(t, func(t *testing.T) {
		u, fact := leftAt(t, 32*time.Second)
		w := welcomed(t, 100, 30, fact)
		w.Resume = &u
		if got := begin(t, w, "quick").records(); len(got) != 0 {
			t.Errorf("recorded %+v", got)
		}
	})
}

func TestAStepOnOneLegNeverAsksForTheOther(t *testing.T) {
	during(t, func(t *testing.T) {
		w := welcomed(t, 100, 30)
		if err := w.Library.Add("left.toml", []byte("name = \"left\"\n[[step]]\nstretch = \"wall-calf\"\nsides = \"left\"\nhold = \"10s\"\nreps = 2\n")); err != nil {
			t.Fatal(err)
		}
		s := begin(t, w, "left")
		for range 40 {
			s.miss("RIGHT LEG", "SWITCH SIDES")
			s.run(time.Second)
		}
		if got := stretched(t, s.records()); got.Moves[0].Side != string(routine.Left) || len(got.Moves) != 1 {
			t.Errorf("recorded %+v", got)
		}
	})
}
