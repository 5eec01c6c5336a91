package nights_test

import (
	"testing"

	"lull/routine/journal"
	"lull/ui/nights"
	"lull/ui/screen"
	"lull/ui/uitest"
)

// sizes are the windows in which every page is read.
var sizes = [][2]int{{80, 22}, {40, 10}, {160, 46}}

// toldOf are journals from none to one that has an answer and an experiment.
func toldOf() map[string][]journal.Entry {
	long := append(halved(), diary()...)
	for ago := 1; ago <= 20; ago++ {
		long = append(long, uitest.Fact(ago, journal.Marked{Mark: "alcohol"}), uitest.Fact(ago, journal.Marked{Mark: "short-sleep"}))
	}
	return map[string][]journal.Entry{
		"nothing": nil, "some nights": diary(), "an answer": long,
		"an experiment": append(long, uitest.Fact(40, journal.Experiment{Seed: 1, From: uitest.Fact(39, journal.Quiet{}).Night, Pairs: 3})),
	}
}

// paged shows every page of the review and the experiment.
func paged(t *testing.T, w, h int, see func(name, frame string)) {
	t.Helper()
	for name, facts := range toldOf() {
		world := uitest.World(t, w, h, facts...)
		for page := range 3 {
			s := shown(t, world, page, facts...)
			for range 8 {
				see(name, s.Draw(world))
				uitest.Keys(world, s, "left", "left", "left", "left")
			}
		}
		if do := uitest.Keys(world, nights.New(), "x"); do.Push != nil {
			for range 4 {
				see(name+", the plan", do.Push.Draw(world))
				uitest.Keys(world, do.Push, "right", "right", "right", "right")
			}
		}
	}
	unread := nights.New()
	world := uitest.World(t, w, h)
	if do := unread.Update(world, screen.Shown{}); do.Fetch != nil {
		see("being read", unread.Draw(world))
	}
}

func TestEveryWordOfTheNightsComesFromTheCatalogue(t *testing.T) {
	uitest.Strange(t)
	for _, size := range sizes {
		paged(t, size[0], size[1], func(name, frame string) {
			t.Run(name, func(t *testing.T) { uitest.Unsaid(t, frame, "trial") })
		})
	}
}

func TestNothingOfTheNightsIsCutInSpanish(t *testing.T) {
	uitest.Speak(t, "es")
	for _, size := range sizes {
		paged(t, size[0], size[1], func(name, frame string) {
			t.Run(name, func(t *testing.T) {
				uitest.Fits(t, frame, size[0], size[1])
				uitest.Whole(t, frame, "…") // what is being read
			})
		})
	}
}
