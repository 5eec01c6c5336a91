package player_test

import (
	"testing"

	"lull/routine"
	"lull/ui/player"
	"lull/ui/safety"
	"lull/ui/screen"
	"lull/ui/uitest"
)

func ready(t *testing.T, w screen.World, id string) screen.Screen {
	t.Helper()
	r, ok := w.Library.Routine(id)
	if !ok {
		t.Fatalf("no routine %s", id)
	}
	return player.Ready(w, r)
}

func TestTheReadyPageSaysWhatIsAboutToHappen(t *testing.T) {
	w := welcomed(t, 100, 30)
	uitest.Sees(t, ready(t, w, "trial").Draw(w),
		"Trial, 3:05, needs wall, chair", "Sound on; s in the session changes that",
		"1 Wall calf stretch, straight knee", "hold 10 s, 3 times, each leg, in turn", "2 Heel-up hamstring stretch",
		"Get in place:", "Face a wall",
		"A small trial of 80 people over 55 used it.", "A clear pull, never pain.", "space start")
}

func TestSpaceReplacesTheReadyPageByTheSession(t *testing.T) {
	w := welcomed(t, 100, 30)
	for _, key := range []string{"space", "enter"} {
		do := uitest.Keys(w, ready(t, w, "trial"), key)
		if _, ok := do.Replace.(*player.Player); !ok || do.Cmd == nil || do.Note == nil || do.Records != nil {
			t.Errorf("%s asked for %+v", key, do)
		}
	}
}

func TestTheReadyPageGoesBackAndAsksTheQuestions(t *testing.T) {
	w := welcomed(t, 100, 30)
	if do := uitest.Keys(w, ready(t, w, "trial"), "esc"); !do.Pop {
		t.Errorf("esc asked for %+v", do)
	}
	do := uitest.Keys(w, ready(t, w, "trial"), "s")
	if _, ok := do.Push.(*safety.QuestionsScreen); !ok {
		t.Errorf("s asked for %+v", do)
	}
}

// locks are the answers with which nothing may start.
var locks = map[string]routine.Screening{
	"Get help now Stop. Do not stretch, do not rub. Call your emergency number.":                     {Emergency: true},
	"Be seen today Do not stretch or rub this leg. Call your doctor or the out-of-hours line today.": {ClotSigns: true},
}

func TestALockedRoutineShowsWhyAndLeadsToTheSigns(t *testing.T) {
	for why, answers := range locks {
		w := welcomed(t, 100, 30)
		w.Screening = answers
		s := ready(t, w, "trial")
		frame := s.Draw(w)
		uitest.Reads(t, frame, why, "space when to get help")
		uitest.Misses(t, frame, "space start", "Get in place", "Trial", "Wall calf")
		do := uitest.Keys(w, s, "space")
		if _, ok := do.Push.(*safety.SignsScreen); !ok || do.Records != nil || do.Replace != nil {
			t.Errorf("space asked for %+v", do)
		}
		if help := s.Help(w)[0].Help().Desc; help != "when to get help" {
			t.Errorf("the footer says %q", help)
		}
	}
}

func TestTheReasonOfALockIsWholeInTheSmallestWindow(t *testing.T) {
	for why, answers := range locks {
		w := welcomed(t, 40, 10)
		w.Screening = answers
		uitest.Reads(t, ready(t, w, "trial").Draw(w), why)
	}
}

func TestAClearedLegUnlocksTheRoutine(t *testing.T) {
	w := welcomed(t, 100, 30)
	w.Screening = routine.Screening{ClotSigns: true, ClotCleared: true}
	if do := uitest.Keys(w, ready(t, w, "trial"), "space"); do.Replace == nil {
		t.Errorf("space asked for %+v", do)
	}
}

func TestARoutineOfWhichNothingIsLeftIsReplacedByGentle(t *testing.T) {
	w := welcomed(t, 100, 40)
	w.Screening = routine.Screening{RecentInjury: true}
	s := ready(t, w, "trial")
	uitest.Reads(t, s.Draw(w), "Gentle, adapted for you, 4:00, nothing needed",
		"Too little of Trial suits your safety answers. Gentle takes its place. 1 Foot pumps", "2 Ankle circles", "3 Slow breathing",
		"Ask your surgeon or physiotherapist before you stretch.")
	do := uitest.Keys(w, s, "space")
	if p, ok := do.Replace.(*player.Player); !ok || p.Name != "Gentle" {
		t.Errorf("space asked for %+v", do)
	}
}

func TestWhatWasChangedIsListedWithItsReason(t *testing.T) {
	w := welcomed(t, 120, 60)
	w.Screening = routine.Screening{Falls: true, Osteoporosis: true}
	frame := ready(t, w, "standard").Draw(w)
	uitest.Reads(t, frame, "Adapted for you, because of your safety answers",
		"Wall calf stretch, straight knee became Chair calf stretch with strap: Falls or poor balance: only sitting or lying.",
		"Chair hamstring stretch: Bend at the hips only and keep your back long.",
		"Changed for your safety answers. This combination has not been tested for cramps.")
}

func TestPregnancyChangesThePictureOfAStretch(t *testing.T) {
	w := welcomed(t, 80, 24)
	if got := w.Figure("calm-breathing").ID; got != "calm-breathing" {
		t.Errorf("without an answer it shows %s", got)
	}
	w.Screening = routine.Screening{Pregnant: true, PregnancyWeeks: 30}
	if got := w.Figure("calm-breathing").ID; got != "calm-breathing-side" {
		t.Errorf("in pregnancy it shows %s", got)
	}
}

func TestAnUnchangedRoutineHasNoListOfChanges(t *testing.T) {
	w := welcomed(t, 100, 30)
	uitest.Misses(t, ready(t, w, "trial").Draw(w), "Adapted for you", "adapted for you")
}

func TestTheStepsScrollInTheSmallestWindow(t *testing.T) {
	w := welcomed(t, 40, 10)
	w.Screening = routine.Screening{Pregnant: true, Falls: true}
	s := ready(t, w, "full")
	read := ""
	for range 80 {
		read += uitest.Text(s.Draw(w)) + "\n"
		uitest.Keys(w, s, "down")
	}
	uitest.Sees(t, read, "1 Foot pumps", "2 Chair calf stretch", "Get in place:", "Adapted for you", "tested for")
	uitest.Sees(t, s.Draw(w), "A clear pull, never pain.", "space start")
}

func TestTheWheelScrollsAsTheKeysDo(t *testing.T) {
	w := welcomed(t, 40, 12)
	byKey, byWheel := ready(t, w, "full"), ready(t, w, "full")
	uitest.Keys(w, byKey, "down", "down", "down", "up")
	uitest.Wheel(w, byWheel, 3)
	uitest.Wheel(w, byWheel, -1)
	if byKey.Draw(w) != byWheel.Draw(w) || byKey.Draw(w) == ready(t, w, "full").Draw(w) {
		t.Errorf("by key\n%s\nby wheel\n%s", uitest.Text(byKey.Draw(w)), uitest.Text(byWheel.Draw(w)))
	}
}

func TestScrollingStopsAtBothEnds(t *testing.T) {
	w := welcomed(t, 40, 12)
	s := ready(t, w, "full")
	first := uitest.Text(s.Draw(w))
	for _, keys := range []struct {
		key   string
		times int
	}{{"up", 5}, {"down", 99}, {"up", 99}} {
		for range keys.times {
			uitest.Keys(w, s, keys.key)
			s.Draw(w)
		}
	}
	if got := uitest.Text(s.Draw(w)); got != first {
		t.Errorf("it stands at\n%s", got)
	}
}

func TestAStretchWithoutASetUpLeavesNoEmptyHeading(t *testing.T) {
	w := welcomed(t, 100, 30)
	toml := "name = \"own\"\n[[step]]\nstretch = \"mine\"\n[[stretch]]\nid = \"mine\"\nname = \"Mine\"\nposition = \"seated\"\nhold = \"5s\"\n"
	if err := w.Library.Add("own.toml", []byte(toml)); err != nil {
		t.Fatal(err)
	}
	frame := ready(t, w, "own").Draw(w)
	uitest.Sees(t, frame, "1 Mine")
	uitest.Misses(t, frame, "Get in place")
}
