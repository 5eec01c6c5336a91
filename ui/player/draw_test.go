package player_test

import (
	"strings"
	"testing"
	"time"

	"lull/routine/journal"
	"lull/ui/screen"
	"lull/ui/uitest"
	"lull/ui/widget"
)

const blocks = `
name = "blocks"
[[step]]
stretch = "wall-calf"
hold = "12s"
reps = 2
sides = "left-then-right"
gap = "13s"
setup = "14s"
`

// phases brings a session of one leg after the other into every phase and
// shows it in each.
func phases(t *testing.T, w screen.World, look func(word string, s *sitter)) {
	t.Helper()
	if err := w.Library.Add("blocks.toml", []byte(blocks)); err != nil {
		t.Fatal(err)
	}
	s := begin(t, w, "blocks")
	for _, phase := range []struct {
		word string
		keys []string
	}{
		{"GET READY", nil}, {"HOLD", []string{"n"}}, {"REST", []string{"n"}}, {"SWITCH SIDES", []string{"n", "n"}},
		{"PAUSED", []string{"space"}}, {"GOING ON", []string{"space"}},
	} {
		s.press(phase.keys...)
		look(phase.word, s)
	}
}

func TestEveryPhaseHasAWordOfItsOwn(t *testing.T) {
	during(t, func(t *testing.T) {
		words := []string{"GET READY", "HOLD", "REST", "SWITCH SIDES", "PAUSED", "GOING ON"}
		phases(t, welcomed(t, 100, 30), func(word string, s *sitter) {
			s.see(word)
			for _, other := range words {
				if other != word {
					s.miss(other)
				}
			}
		})
	})
}

func TestEveryPhaseFitsEverySize(t *testing.T) {
	during(t, func(t *testing.T) {
		phases(t, welcomed(t, 100, 30), func(_ string, s *sitter) {
			uitest.Sweep(t, s.world(), func() screen.Screen { return s.p })
			s.press("z")
			uitest.Sweep(t, s.world(), func() screen.Screen { return s.p })
			s.press("z")
		})
	})
}

func TestNoCountIsCut(t *testing.T) {
	during(t, func(t *testing.T) {
		counts := map[string]string{"GET READY": "14", "HOLD": "12", "REST": "13", "SWITCH SIDES": "13", "GOING ON": "3"}
		for _, size := range [][2]int{{40, 11}, {40, 40}, {60, 50}, {76, 21}, {100, 30}, {160, 47}, {160, 96}, {300, 97}} {
			phases(t, welcomed(t, size[0], size[1]), func(word string, s *sitter) {
				if count, ok := counts[word]; ok && !counted(s.w, s.frame(), count) {
					t.Errorf("%s at %v has no whole %s:\n%s", word, size, count, uitest.Text(s.frame()))
				}
			})
		}
	})
}

// counted says whether the frame has the number somewhere, in digits of any
// size and with every row of them whole.
func counted(w screen.World, frame, count string) bool {
	lines := strings.Split(uitest.Text(frame), "\n")
	for rows := 1; rows < len(lines); rows++ {
		digits := strings.Split(uitest.Text(widget.Digits(w.Theme, count, rows)), "\n")
		for at := 1; at+len(digits) <= len(lines)-2; at++ {
			if stands(lines[at:at+len(digits)], digits) {
				return true
			}
		}
	}
	return false
}

// stands says whether each of the rows has its part of the picture.
func stands(rows, picture []string) bool {
	for i, part := range picture {
		if !strings.Contains(rows[i], strings.TrimSpace(part)) {
			return false
		}
	}
	return true
}

func TestTheSmallestWindowShowsPhaseLegCountAndInstruction(t *testing.T) {
	during(t, func(t *testing.T) {
		s := begin(t, welcomed(t, 40, 11), "trial")
		s.run(7500 * time.Millisecond)
		s.see("HOLD RIGHT LEG", "Bend the front knee and bring your", "forward.", "2:48 left", "Next: left leg")
		w := s.world()
		w.Theme = uitest.Theme("none")
		if cells := strings.Count(s.p.Draw(w), "█"); cells < 8 {
			t.Errorf("the count is drawn with %d cells:\n%s", cells, uitest.Text(s.frame()))
		}
		s.press("n")
		s.see("SWITCH SIDES LEFT LEG", "Face a wall, palms on it", "foot a step behind.")
	})
}

func TestTheCountIsLargeInTheSmallestWindowToo(t *testing.T) {
	during(t, func(t *testing.T) {
		phases(t, welcomed(t, 40, 11), func(word string, s *sitter) {
			s.see(word)
			tall := 0
			for _, line := range strings.Split(uitest.Text(s.frame()), "\n")[1:] {
				if strings.ContainsAny(line, "█▀▄") {
					tall++
				}
			}
			if tall < 5 && word != "PAUSED" {
				t.Errorf("%s: the count is %d rows high:\n%s", word, tall, uitest.Text(s.frame()))
			}
		})
	})
}

func TestNoInstructionIsCutInMidSentence(t *testing.T) {
	during(t, func(t *testing.T) {
		for _, size := range [][2]int{{40, 11}, {76, 21}, {40, 40}} {
			w := welcomed(t, size[0], size[1])
			for _, id := range []string{"trial", "full", "pregnancy"} {
				s := begin(t, w, id)
				for line := instruction(t, s); line != ""; line = instruction(t, s) {
					if !strings.HasSuffix(line, ".") {
						t.Fatalf("%dx%d, %s: %q in\n%s", size[0], size[1], id, line, uitest.Text(s.frame()))
					}
					s.press("n")
				}
			}
		}
	})
}

// instruction is the end of the text above what comes next.
func instruction(t *testing.T, s *sitter) string {
	t.Helper()
	lines := strings.Split(uitest.Text(s.frame()), "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, "Next: ") {
			return lines[i-1]
		}
	}
	return "" // the last page
}

func TestAChangeOfSidesPointsToTheLegThatComes(t *testing.T) {
	during(t, func(t *testing.T) {
		s := begin(t, welcomed(t, 100, 30), "trial")
		s.press("n")
		s.see("← LEFT LEG", "SWITCH SIDES LEFT LEG")
		s.press("n", "n")
		s.see("RIGHT LEG →", "SWITCH SIDES RIGHT LEG")
	})
}

func TestWhatComesNextIsTheLegOrTheStretch(t *testing.T) {
	during(t, func(t *testing.T) {
		s := begin(t, welcomed(t, 100, 30), "trial")
		s.see("Next: left leg, 10 s")
		for range 10 {
			s.press("n")
		}
		s.see("HOLD LEFT LEG", "Next: Heel-up hamstring stretch, right leg")
		for range 12 {
			s.press("n")
		}
		s.see("HOLD LEFT LEG", "Next: the end of the session")
	})
}

func TestProgressSaysTheStepAndTheTimeLeft(t *testing.T) {
	during(t, func(t *testing.T) {
		s := begin(t, welcomed(t, 100, 30), "trial")
		s.see("Trial", "step 1 of 2, 2:55 left")
		s.run(90500 * time.Millisecond)
		s.see("step 2 of 2, 1:25 left")
	})
}

func TestAClosedLidPausesAndIsSaid(t *testing.T) {
	during(t, func(t *testing.T) {
		s := begin(t, welcomed(t, 100, 30), "trial")
		s.run(2500 * time.Millisecond)
		s.sleep(90 * time.Second)
		s.run(2 * time.Second)
		s.see("PAUSED", "Nothing was heard for 1:3", "counted.")
		s.press("space")
		s.run(180 * time.Second)
		if got := stretched(t, s.records()); got.HeldS != 120 {
			t.Errorf("recorded %+v", got)
		}
	})
}

func TestAShortStumbleIsNoInterruption(t *testing.T) {
	during(t, func(t *testing.T) {
		s := begin(t, welcomed(t, 100, 30), "trial")
		s.run(2500 * time.Millisecond)
		s.sleep(4 * time.Second)
		s.run(100 * time.Millisecond)
		s.see("HOLD RIGHT LEG")
	})
}

func TestAClockThatFellBackPausesWithAnotherSentence(t *testing.T) {
	during(t, func(t *testing.T) {
		s := begin(t, welcomed(t, 100, 30), "trial")
		s.run(8 * time.Second)
		w := s.world()
		w.Steady -= 7 * time.Second
		s.p.Update(w, uitest.Press("k"))
		s.p.Update(w, uitest.Press("m"))
		uitest.Sees(t, s.p.Draw(w), "PAUSED", "The clock was changed.")
	})
}

func TestTheLastPageSaysWhatWasHeld(t *testing.T) {
	during(t, func(t *testing.T) {
		s := begin(t, welcomed(t, 100, 30), "trial")
		s.run(176 * time.Second)
		s.see("✓ Done. Tonight is kept.", "120 of 120 seconds held", "Loosen the covers", "space back to tonight")
		s.w = uitest.With(t, s.w, uitest.Session(0, journal.Complete), uitest.Session(1, journal.Complete))
		s.see("Nights in a row: 2. Best: 2.")
		for _, key := range []string{"space", "p"} {
			if do := s.press(key); !do.Pop || do.Records != nil {
				t.Errorf("%s asked for %+v", key, do)
			}
		}
	})
}

func TestLeavingTheLastPageRecordsNothingMore(t *testing.T) {
	during(t, func(t *testing.T) {
		s := begin(t, welcomed(t, 100, 30), "trial")
		s.run(176 * time.Second)
		for _, key := range []string{"x", "esc"} {
			if do := s.press(key); !do.Pop || do.Records != nil || do.Note != nil || do.Say != "" {
				t.Errorf("%s asked for %+v", key, do)
			}
		}
	})
}

func TestASessionSkippedThroughIsNotCalledDone(t *testing.T) {
	during(t, func(t *testing.T) {
		s := begin(t, welcomed(t, 100, 30), "trial")
		for range 23 {
			s.press("n")
		}
		if got := stretched(t, s.records()); got.Outcome != journal.Abandoned || got.HeldS != 0 {
			t.Errorf("recorded %+v", got)
		}
		s.see("0 of 120 seconds held", "No stretch was done to its end")
		s.miss("✓", "Done", "kept")
	})
}

func TestAPartOfASessionIsCalledOne(t *testing.T) {
	during(t, func(t *testing.T) {
		s := begin(t, welcomed(t, 100, 30), "trial")
		s.run(11 * time.Second)
		for range 22 {
			s.press("n")
		}
		s.see("Done in part. That counts.", "10 of 120 seconds held")
	})
}

func TestNamesOfAPersonsOwnStretchAreShownHarmless(t *testing.T) {
	during(t, func(t *testing.T) {
		w := welcomed(t, 100, 30)
		smear := strings.Repeat("\u0301", 30)
		toml := "name = \"a" + smear + "\"\n[[step]]\nstretch = \"wall-calf\"\nhold = \"5s\"\nreps = 1\n[[step]]\nstretch = \"mine\"\n[[stretch]]\nid = \"mine\"\nname = \"b" + smear + "\"\nposition = \"seated\"\nhold = \"5s\"\n"
		if err := w.Library.Add("own.toml", []byte(toml)); err != nil {
			t.Fatal(err)
		}
		s := sit(t, w, "own")
		s.miss(smear)
		s.press("space")
		for range 9 {
			s.miss(smear)
			s.press("n")
		}
	})
}
