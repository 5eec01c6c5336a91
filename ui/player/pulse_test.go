package player_test

import (
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"lull/ui/uitest"
)

// What would have sounded in a room that must stay silent is seen for a second, in
// every theme, and not where it was heard.
func TestACueThatIsNotHeardIsSeenForASecond(t *testing.T) {
	for _, theme := range []string{"dark", "light", "night", "contrast", "none"} {
		for _, big := range []bool{false, true} {
			during(t, func(t *testing.T) {
				frames := func(sound string) []string {
					w := welcomed(t, 76, 23)
					w.Theme = uitest.Theme(theme)
					w.Settings.BigCount, w.Settings.Sound, w.Settings.QuietHours = big, sound, false
					s := begin(t, w, "bed")
					s.run(time.Second / 2)
					var all []string
					for range 22 { // five to get ready, and then a hold of thirty
						all = append(all, s.frame())
						s.run(time.Second)
					}
					return all
				}
				silent, loud := frames("off"), frames("tones")
				for moment := range silent {
					want := moment == 0 || moment == 5 || moment == 20
					if seen := silent[moment] != loud[moment]; seen != want {
						t.Errorf("%s, big %v, after %d s: a pulse is seen: %v", theme, big, moment, seen)
					}
					if ansi.Strip(silent[moment]) != ansi.Strip(loud[moment]) {
						t.Errorf("%s: the words differ", theme)
					}
				}
			})
		}
	}
}
