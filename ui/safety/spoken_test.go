package safety_test

import (
	"testing"

	"lull/ui/safety"
	"lull/ui/screen"
	"lull/ui/uitest"
)

// asked shows every question with its second one, the page at their end, the
// signs, and a notice.
func asked(t *testing.T, w screen.World, see func(name, frame string)) {
	t.Helper()
	for _, q := range questions(t, w) {
		s := to(t, w, q.Key)
		see(q.Key, s.Draw(w))
		uitest.Keys(w, s, "y")
		see(q.Key+", yes", s.Draw(w))
	}
	yes := map[string][]string{"medicines": {"y", "1", "2", "enter"}, "pregnant": {"y", "2", "0", "enter"}, "clot_signs": {"y", "1"}, "falls": {"y"}, "fluid_limit": {"y"}}
	for name, s := range map[string]screen.Screen{
		"all no": answers(t, w, nil), "some yes": answers(t, w, yes), "signs": safety.Signs(),
		"notice": safety.Tripped(safety.Notice{Why: "1", Signs: []string{"E3", "U1", "R4"}}),
	} {
		for range 4 {
			see(name, s.Draw(w))
			uitest.Keys(w, s, "down", "down", "down", "down", "down", "down")
		}
	}
}

func TestEveryWordOfTheQuestionsComesFromTheCatalogue(t *testing.T) {
	uitest.Strange(t)
	for _, size := range [][2]int{{80, 22}, {40, 10}, {160, 46}} {
		asked(t, uitest.World(t, size[0], size[1]), func(name, frame string) {
			t.Run(name, func(t *testing.T) { uitest.Unsaid(t, frame) })
		})
	}
}

func TestNothingOfTheQuestionsIsCutInSpanish(t *testing.T) {
	uitest.Speak(t, "es")
	for _, size := range [][2]int{{80, 22}, {40, 10}, {160, 46}} {
		asked(t, uitest.World(t, size[0], size[1]), func(name, frame string) {
			t.Run(name, func(t *testing.T) {
				uitest.Fits(t, frame, size[0], size[1])
				uitest.Whole(t, frame, "")
			})
		})
	}
}
