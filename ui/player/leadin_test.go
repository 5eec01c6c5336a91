package player_test

import (
	"testing"
	"time"

	"lull/ui/player"
	"lull/ui/uitest"
)

func TestNothingIsCreditedBeforeThePersonIsInPosition(t *testing.T) {
	during(t, func(t *testing.T) {
		s := start(t, welcomed(t, 100, 30), "trial")
		s.see("GET READY RIGHT LEG", "3:05 left", "Face a wall")
		s.run(9900 * time.Millisecond)
		s.see("GET READY RIGHT LEG")
		do := s.press("x")
		if got := stretched(t, do.Records); got.HeldS != 0 {
			t.Errorf("held %d s before the first hold", got.HeldS)
		}
	})
}

func TestTheLeadInIsAsLongAsIsSet(t *testing.T) {
	for seconds, c := range map[int]struct{ start, after string }{
		0: {"start, when you are in place", "HOLD"}, 25: {"start: 25 s to get into position", "GET READY"},
	} {
		during(t, func(t *testing.T) {
			w := welcomed(t, 100, 30)
			w.Settings.LeadIn = seconds
			uitest.Sees(t, ready(t, w, "trial").Draw(w), c.start)
			s := start(t, w, "trial")
			s.run(100 * time.Millisecond)
			s.see(c.after + " RIGHT LEG")
			s.run(time.Duration(seconds) * time.Second)
			s.see("HOLD RIGHT LEG")
		})
	}
}

func TestTheLeadInComesBackWithTheSession(t *testing.T) {
	during(t, func(t *testing.T) {
		u, fact := leftAt(t, 4*time.Second)
		w := welcomed(t, 100, 30, fact)
		s := again(t, w, u)
		s.see("This is where you left.", "goes on after 10 seconds")
		s.press("space")
		s.run(9900 * time.Millisecond)
		s.see("GOING ON RIGHT LEG")
		s.run(200 * time.Millisecond)
		s.see("HOLD RIGHT LEG")
	})
}

func TestMovingAndBreathingAreNotCalledHolding(t *testing.T) {
	for _, c := range []struct {
		routine string
		skips   int // of the steps before
		see     string
	}{
		{"full", 0, "MOVE BOTH LEGS"}, {"full", 11, "BREATHE"}, {"pregnancy", 1, "MOVE RIGHT LEG"}, {"feet", 7, "MOVE RIGHT LEG"}, {"trial", 0, "HOLD RIGHT LEG"},
	} {
		for _, size := range [][2]int{{40, 11}, {76, 23}, {120, 40}, {156, 49}} {
			for _, big := range []bool{false, true} {
				during(t, func(t *testing.T) {
					w := welcomed(t, size[0], size[1])
					w.Settings.BigCount = big
					s := start(t, w, c.routine)
					for s.p.(*player.Player).State.View().Segment.Step < c.skips {
						s.press("n")
					}
					s.press("n") // the lead-in
					s.see(c.see)
					if c.see != "HOLD RIGHT LEG" {
						s.miss("HOLD")
					}
					if c.see == "BREATHE" {
						s.miss("LEG")
					}
				})
			}
		}
	}
}

func TestTheStepsSayMoveAndBreathe(t *testing.T) {
	w := welcomed(t, 100, 60)
	uitest.Sees(t, ready(t, w, "full").Draw(w), "move 30 s, both legs", "hold 30 s, 2 times, each leg, in turn", "move 20 s, each leg, in turn", "breathe 30 s")
	uitest.Misses(t, ready(t, w, "full").Draw(w), "breathe 30 s, both legs")
}

func TestTheKeysOfASessionListTheSound(t *testing.T) {
	during(t, func(t *testing.T) {
		s := start(t, welcomed(t, 100, 30), "trial")
		var found bool
		for _, b := range s.p.Help(s.world()) {
			found = found || b.Help().Key == "s" && b.Help().Desc == "sound"
		}
		if !found {
			t.Errorf("the keys are %v", s.p.Help(s.world()))
		}
	})
}
