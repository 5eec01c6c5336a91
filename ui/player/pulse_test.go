package player_test

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"lull/routine/cues"
	"lull/ui/screen"
	"lull/ui/uitest"
)

func withPlayer() cues.Found { return cues.Found{Player: "pw-play"} }

// What would have sounded in a room that must stay silent is seen for a second, in
// every theme, and not where it was heard.
func TestACueThatIsNotHeardIsSeenForASecond(t *testing.T) {
	for _, theme := range []string{"dark", "light", "night", "contrast", "none"} {
		for _, big := range []bool{false, true} {
			during(t, func(t *testing.T) {
				frames := func(silence func(*screen.World)) []string {
					w := welcomed(t, 76, 23)
					w.Theme = uitest.Theme(theme)
					w.Settings.BigCount, w.Heard = big, withPlayer
					silence(&w)
					s := begin(t, w, "bed")
					s.run(time.Second / 2)
					var all []string
					for range 22 { // five to get ready, and then a move of thirty
						top, rest, _ := strings.Cut(s.frame(), "\n")
						top, _, _ = strings.Cut(top, "Sound") // the gauge is as wide as the words leave
						all = append(all, top+rest)
						s.run(time.Second)
					}
					return all
				}
				loud := frames(func(*screen.World) {})
				for name, silence := range map[string]func(*screen.World){
					"sound off": func(w *screen.World) { w.Settings.Sound = "off" },
					"muted":     func(w *screen.World) { w.Settings.Muted = true },
					"volume 0":  func(w *screen.World) { w.Settings.Volume = 0 },
					"no player": func(w *screen.World) { w.Heard = cues.Mute{}.Found },
					"quiet sessions": func(w *screen.World) {
						w.Settings.QuietSessions, w.Settings.Bed = true, 21*time.Hour
					},
				} {
					if theme != "dark" && name != "muted" {
						continue
					}
					silent := frames(silence)
					for moment := range silent {
						want := moment == 5 || moment == 20
						if seen := silent[moment] != loud[moment]; seen != want {
							t.Errorf("%s, %s, big %v, after %d s: a pulse is seen: %v", name, theme, big, moment, seen)
						}
						if ansi.Strip(silent[moment]) != ansi.Strip(loud[moment]) {
							t.Errorf("%s: the words differ", theme)
						}
					}
				}
			})
		}
	}
}

// A player that fails is known to have failed a moment after the cue.
func TestACueThatAPlayerLostIsSeenInItsSecond(t *testing.T) {
	frames := func(age time.Duration) (before, at, after string) {
		during(t, func(t *testing.T) {
			w := welcomed(t, 76, 23)
			w.Heard = withPlayer
			s := begin(t, w, "trial")
			s.run(100 * time.Millisecond)
			before = s.frame()
			s.send(screen.Unheard{Age: age})
			at = s.frame()
			s.run(time.Second)
			after = s.frame()
		})
		return before, at, after
	}
	_, _, usual := frames(2 * time.Second)
	if before, at, _ := frames(2 * time.Second); at != before {
		t.Error("a player that hung: what was long ago is shown now")
	}
	before, at, after := frames(100 * time.Millisecond)
	if at == before {
		t.Error("no pulse is seen")
	}
	if after != usual {
		t.Error("the pulse stays")
	}
}

// After the bedtime setting a session sounds, since the person who started it may
// face a wall; s mutes it, and that is kept.
func TestASessionSoundsAfterBedtimeUnlessItIsMuted(t *testing.T) {
	during(t, func(t *testing.T) {
		w := welcomed(t, 100, 30)
		w.Settings.Bed, w.Heard = 21*time.Hour, withPlayer
		s := begin(t, w, "trial")
		s.see("Sound on")
		tones := func() (n int) {
			for _, do := range s.dos {
				if do.Cue.Tone != "" {
					n++
				}
			}
			return n
		}
		before := tones()
		if before == 0 {
			t.Error("nothing sounds")
		}
		do := s.press("s")
		if len(do.Set) != 1 || do.Set[0].Key != "muted" || do.Set[0].Value != "true" || !do.Cue.Hush {
			t.Errorf("s asks for %+v", do)
		}
		s.see("Sound off")
		s.run(30 * time.Second) // also if the setting was not saved
		if n := tones() - before; n != 0 {
			t.Errorf("muted, it asked for %d tones", n)
		}
		s.w.Settings.Muted = true // now it was saved
		do = s.press("s")
		if len(do.Set) != 1 || do.Set[0].Key != "muted" || do.Set[0].Value != "false" {
			t.Errorf("s again asks for %+v", do)
		}
		s.see("Sound on")
		s.run(30 * time.Second)
		if tones() == before {
			t.Error("it stays mute")
		}
	})
}

func TestTheSoundKeyNeverMutesASilentSession(t *testing.T) {
	during(t, func(t *testing.T) {
		w := welcomed(t, 100, 30)
		w.Settings.Sound = "off"
		s := begin(t, w, "trial")
		s.see("Sound off")
		if do := s.press("s"); len(do.Set) != 1 || do.Set[0].Value != "false" || !strings.HasPrefix(do.Say, "Still no sound") {
			t.Errorf("s asks for %+v", do)
		}
	})
}
