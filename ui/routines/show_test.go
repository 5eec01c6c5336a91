package routines_test

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"lull/ui/routines"
	"lull/ui/screen"
	"lull/ui/uitest"
)

func TestThePreviewShowsEveryStretchOnceAndThenStandsStill(t *testing.T) {
	w := uitest.World(t, 100, 40)
	s := routines.New()
	do := s.Update(w, screen.Shown{})
	if do.Cmd == nil || !do.Moving {
		t.Fatal("nothing moves")
	}
	names := map[string]bool{}
	frames := 0
	for do.Cmd != nil && frames < 1000 {
		msg := do.Cmd()
		w.Steady += 400 * time.Millisecond
		do = s.Update(w, msg)
		frames++
		for _, name := range []string{"1 Wall calf stretch", "2 Heel-up hamstring"} {
			if lines := strings.Split(ansi.Strip(s.Draw(w)), "\n"); strings.Contains(lines[len(lines)-1], name) {
				names[name] = true
			}
		}
	}
	if len(names) != 2 || frames > 30 {
		t.Errorf("%d frames showed %v", frames, names)
	}
	still := s.Draw(w)
	w.Steady += time.Minute
	if s.Draw(w) != still {
		t.Error("it moves on after the show")
	}
	if do := uitest.Keys(w, s, "down"); do.Cmd == nil || !do.Moving {
		t.Error("another routine is not shown")
	}
}

func TestThePreviewOfAHiddenListStops(t *testing.T) {
	w := uitest.World(t, 100, 40)
	s := routines.New()
	do := s.Update(w, screen.Shown{})
	s.Update(w, screen.Hidden{})
	w.Steady += w.Frame
	if do := s.Update(w, do.Cmd()); do.Cmd != nil {
		t.Error("it goes on while nobody looks")
	}
}

func TestThePreviewStandsStillWithReducedMotionAndWithoutRoom(t *testing.T) {
	still := uitest.World(t, 100, 40)
	still.Settings.ReducedMotion = true
	small := uitest.World(t, 60, 12)
	for _, w := range []screen.World{still, small} {
		if do := routines.New().Update(w, screen.Shown{}); do.Cmd != nil {
			t.Errorf("%dx%d: something moves", w.Width, w.Height)
		}
	}
	if s := ansi.Strip(routines.New().Draw(still)); !strings.Contains(s, "1 Wall calf stretch") || strings.Count(s, "\n") < 30 {
		t.Errorf("no picture:\n%s", s)
	}
}
