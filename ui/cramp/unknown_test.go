package cramp_test

import (
	"testing"

	"lull/routine/relief"
	"lull/ui/cramp"
	"lull/ui/uitest"
)

// As long as the safety answers are not read, first aid says when not to stretch.
func TestFirstAidSaysWhenNotToStretchUntilTheAnswersAreRead(t *testing.T) {
	for _, size := range [][2]int{{20, 30}, {40, 12}, {80, 24}, {160, 50}} {
		w := uitest.World(t, size[0], size[1])
		w.Loaded = false
		s := cramp.Begin(w, relief.Request{}, true).Push
		uitest.Reads(t, s.Draw(w), "If a leg is swollen, hot or has changed colour, do not stretch or rub it: call your doctor today.")
		uitest.Fits(t, s.Draw(w), size[0], size[1])
		w.Loaded = true
		uitest.Misses(t, s.Draw(w), "swollen")
	}
}
