package player_test

import (
	"testing"
	"time"

	"lull/ui/player"
	"lull/ui/uitest"
)

// A sign that arrives from another window ends the stretching at once.
func TestALockThatArrivesPausesTheSession(t *testing.T) {
	during(t, func(t *testing.T) {
		s := begin(t, welcomed(t, 100, 30), "trial")
		s.run(15 * time.Second)
		s.w.Screening.ClotSigns = true
		s.run(2 * time.Second)
		s.see("Do not stretch or rub this leg.")
		s.miss("Bend the front knee")
		s.run(time.Minute)
		s.press("space")
		s.run(time.Minute)
		s.press("esc")
		if held := stretched(t, s.records()).HeldS; held > 10 {
			t.Errorf("%d s are recorded as held, though the session stopped in the first hold", held)
		}
	})
}

// Answers that are not read yet are not answers of no.
func TestNothingStartsBeforeTheAnswersAreRead(t *testing.T) {
	w := welcomed(t, 100, 30)
	w.Loaded = false
	rt, _ := w.Library.Routine("trial")
	page := player.Ready(w, rt)
	uitest.Misses(t, page.Draw(w), "Wall calf stretch")
	if do := uitest.Keys(w, page, "space"); do.Replace != nil || len(do.Records) > 0 {
		t.Errorf("a session started: %+v", do)
	}
	if !w.HideAmounts() {
		t.Error("amounts are shown before the answers are read")
	}
}
