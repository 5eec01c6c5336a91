package player_test

import (
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
)

// moved counts the pictures that a session asked for while something moved.
func moved(s *sitter) int {
	n := 0
	for _, do := range s.dos {
		if do.Moving {
			n++
		}
	}
	return n
}

func TestTheFigureMovesWhileThePersonGetsReady(t *testing.T) {
	during(t, func(t *testing.T) {
		s := begin(t, welcomed(t, 100, 30), "standard")
		pictures := map[string]bool{}
		for range 40 {
			s.run(100 * time.Millisecond)
			pictures[s.frame()] = true
		}
		if n := moved(s); n < 7 || n > 4*7+2 || len(pictures) < 8 {
			t.Errorf("%d moving pictures in four seconds, %d of them different", n, len(pictures))
		}
	})
}

func TestALongHoldAsksForAPictureOrTwoASecond(t *testing.T) {
	during(t, func(t *testing.T) {
		s := begin(t, welcomed(t, 100, 30), "standard")
		s.press("n")
		s.run(3 * time.Second)
		s.dos = nil
		s.run(10 * time.Second)
		if n := len(s.dos); n < 10 || n > 25 {
			t.Errorf("%d pictures in ten seconds of holding", n)
		}
	})
}

func TestASlowLineGetsFewerPicturesAndTheSameTime(t *testing.T) {
	during(t, func(t *testing.T) {
		w := welcomed(t, 100, 30)
		w.Frame = time.Second
		s := begin(t, w, "standard")
		s.run(4*time.Second + 10*time.Millisecond)
		if n := len(s.dos); n > 8 {
			t.Errorf("%d pictures in four seconds", n)
		}
		s.see("GET READY", "7:56 left")
	})
}

func TestWithReducedMotionBothPosesStandStill(t *testing.T) {
	during(t, func(t *testing.T) {
		w := welcomed(t, 100, 30)
		w.Settings.ReducedMotion = true
		s := begin(t, w, "standard")
		s.run(200 * time.Millisecond)
		first := s.frame()
		s.run(600 * time.Millisecond)
		if s.frame() != first {
			t.Error("something moved within a second")
		}
		s.see(w.Theme.Glyphs.Right)
		s.run(8 * time.Second)
		if n := moved(s); n > 0 || len(s.dos) > 14 {
			t.Errorf("%d moving pictures, %d in all", n, len(s.dos))
		}
	})
}

func TestWhereThereIsNoFigureNothingIsDrawnForIt(t *testing.T) {
	for name, c := range map[string]struct {
		width, height int
		keys          []string
	}{"small": {40, 12, nil}, "big count": {100, 30, []string{"z"}}} {
		t.Run(name, func(t *testing.T) {
			during(t, func(t *testing.T) {
				s := begin(t, welcomed(t, c.width, c.height), "standard")
				s.press(c.keys...)
				s.run(2 * time.Second)
				s.dos = nil
				s.run(4 * time.Second)
				if n := moved(s); n > 0 {
					t.Errorf("%d moving pictures", n)
				}
			})
		})
	}
}

func TestTheFigureStandsStillInAPause(t *testing.T) {
	during(t, func(t *testing.T) {
		s := begin(t, welcomed(t, 100, 30), "standard")
		s.run(1500 * time.Millisecond)
		s.press("space")
		paused := ansi.Strip(s.frame())
		s.run(3 * time.Second)
		if ansi.Strip(s.frame()) != paused {
			t.Error("it moved on")
		}
	})
}
