package preferences_test

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"lull/routine/cues"
	"lull/routine/settings"
	"lull/ui/preferences"
	"lull/ui/safety"
	"lull/ui/screen"
	"lull/ui/uitest"
)

// at puts the cursor on the row of a setting.
func at(t *testing.T, w screen.World, name string) *preferences.Screen {
	t.Helper()
	s := preferences.New()
	for range 30 {
		if strings.Contains(uitest.Text(s.Draw(w)), w.Theme.Glyphs.Cursor+" "+name) {
			return s
		}
		uitest.Keys(w, s, "down")
	}
	t.Fatalf("there is no row %q", name)
	return nil
}

// turned presses a key on a setting so often and returns the values it went
// through, each read again from the config's text.
func turned(t *testing.T, w screen.World, name, key, press string, times int) []string {
	t.Helper()
	var values []string
	s := at(t, w, name)
	for range times {
		do := uitest.Keys(w, s, press)
		if len(do.Set) != 1 || do.Set[0].Key != key {
			t.Fatalf("%s: it asked for %+v", name, do)
		}
		text, err := settings.Apply("config.toml", nil, do.Set)
		if err != nil {
			t.Fatalf("%s: the config refuses it: %v", name, err)
		}
		if w.Settings, err = settings.Parse("config.toml", text); err != nil {
			t.Fatal(err)
		}
		values = append(values, do.Set[0].Value)
	}
	return values
}

func TestEverySettingGoesThroughItsValuesAndRoundAgain(t *testing.T) {
	for _, c := range []struct{ name, key, first, forward string }{
		{"theme", "theme", "auto", "dark light night hour contrast none auto dark"},
		{"big count", "big_count", "false", "true false true"},
		{"hands", "hands", "both", "left one both left"},
		{"reduced motion", "reduced_motion", "false", "true false true"},
		{"plain", "plain", "false", "true false true"},
		{"voice", "voice", "off", "counts names full off counts"},
		{"sound", "sound", "tones", "bell off tones bell"},
		{"quiet hours", "quiet_hours", "true", "false true false"},
		{"quiet sessions", "quiet_sessions", "false", "true false true"},
		{"muted", "muted", "false", "true false true"},
		{"lead in", "lead_in", "10", "20 30 40 50 60 0 10 20"},
		{"limit fluids", "limit_fluids", "auto", "yes no auto yes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := uitest.World(t, 80, 24)
			want := strings.Fields(c.forward)
			if got := turned(t, w, c.name, c.key, "space", len(want)); strings.Join(got, " ") != c.forward {
				t.Errorf("forward %v", got)
			}
			values := append([]string{c.first}, want...)
			round := values[:len(values)-1]
			backward := turned(t, w, c.name, c.key, "left", len(round)-1)
			for i, got := range backward {
				if want := round[len(round)-2-i]; got != want {
					t.Errorf("backward %v, from %v", backward, round)
					break
				}
			}
		})
	}
}

func TestTimesMoveByAQuarterOfAnHourAndRoundMidnight(t *testing.T) {
	w := uitest.World(t, 80, 24)
	if got := turned(t, w, "bed", "bed", "enter", 7); strings.Join(got, " ") != "22:45 23:00 23:15 23:30 23:45 00:00 00:15" {
		t.Errorf("forward %v", got)
	}
	if got := turned(t, w, "day starts", "day_starts", "left", 18); got[0] != "03:45" || got[15] != "00:00" || got[16] != "23:45" {
		t.Errorf("backward %v", got)
	}
	for name, key := range map[string]string{"wake": "wake", "night starts": "night_starts"} {
		turned(t, w, name, key, "right", 97)
	}
}

func TestATimeBetweenTheQuartersStaysOne(t *testing.T) {
	w := uitest.World(t, 80, 24)
	w.Settings.Bed = 22*time.Hour + 10*time.Minute
	if got := turned(t, w, "bed", "bed", "space", 1); got[0] != "22:25" {
		t.Errorf("became %v", got)
	}
}

func TestTheRoutineGoesThroughTheLibraryAndThePersonsOwn(t *testing.T) {
	w := uitest.World(t, 80, 24)
	if err := w.Library.Add("mine.toml", []byte("name = \"mine\"\n[[step]]\nstretch = \"wall-calf\"\n")); err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, r := range w.Library.Routines() {
		want = append(want, r.ID)
	}
	got := turned(t, w, "routine", "routine", "space", len(want))
	if got[len(got)-1] != want[0] || strings.Join(got[:len(got)-1], " ") != strings.Join(want[1:], " ") {
		t.Errorf("went through %v", got)
	}
	if back := turned(t, w, "routine", "routine", "left", 1); back[0] != "mine" {
		t.Errorf("back from the first is %v", back)
	}
}

func TestARoutineThatIsGoneTurnsToTheFirstOrTheLast(t *testing.T) {
	w := uitest.World(t, 80, 24)
	all := w.Library.Routines()
	for press, want := range map[string]string{"space": all[0].ID, "left": all[len(all)-1].ID} {
		w.Settings.Routine = "gone"
		if got := turned(t, w, "routine", "routine", press, 1); got[0] != want {
			t.Errorf("%s turned to %v, want %s", press, got, want)
		}
	}
}

func TestNumbersGoInTensAndRound(t *testing.T) {
	w := uitest.World(t, 80, 24)
	if got := turned(t, w, "volume", "volume", "space", 3); strings.Join(got, " ") != "0 10 20" {
		t.Errorf("forward %v", got)
	}
	if got := turned(t, w, "voice rate", "voice_rate", "left", 4); strings.Join(got, " ") != "140 130 300 290" {
		t.Errorf("backward %v", got)
	}
}

func TestANumberBetweenTheTensTurnsToOneOfThem(t *testing.T) {
	w := uitest.World(t, 80, 24)
	w.Settings.VoiceRate = 155
	if got := turned(t, w, "voice rate", "voice_rate", "space", 1); got[0] != "160" {
		t.Errorf("forward to %v", got)
	}
	w.Settings.VoiceRate = 155
	if got := turned(t, w, "voice rate", "voice_rate", "left", 1); got[0] != "150" {
		t.Errorf("back to %v", got)
	}
}

func TestWhatIsTypedSaysHow(t *testing.T) {
	w := uitest.World(t, 80, 24)
	for name, key := range map[string]string{"voice name": "voice_name", "voice program": "voice_program"} {
		do := uitest.Keys(w, at(t, w, name), "space")
		if do.Set != nil || !strings.Contains(do.Say, "lull config set "+key) {
			t.Errorf("%s asked for %+v", name, do)
		}
	}
}

func TestItSaysOnceWhatIsMissingToBeHeard(t *testing.T) {
	w := uitest.World(t, 100, 30)
	w.Heard = func() cues.Found {
		return cues.Found{NoSpeech: "no speech program was found", NoPlayer: "no sound player was found"}
	}
	for name, why := range map[string]string{"speaks with": "no speech program was found", "sounds with": "no sound player was found"} {
		s := at(t, w, name)
		uitest.Sees(t, s.Draw(w), name, "nothing", why)
		if do := uitest.Keys(w, s, "space"); do.Say != why || do.Cue != (cues.Cue{}) {
			t.Errorf("%s asked for %+v", name, do)
		}
	}
}

func TestWhatIsThereCanBeHeard(t *testing.T) {
	w := uitest.World(t, 100, 30)
	w.Heard = func() cues.Found { return cues.Found{Speech: "espeak-ng", Player: "pw-play"} }
	s := at(t, w, "speaks with")
	uitest.Sees(t, s.Draw(w), "speaks with       espeak-ng", "sounds with       pw-play")
	if do := uitest.Keys(w, s, "space"); do.Cue.Words == "" || !do.Cue.Hush {
		t.Errorf("it asked for %+v", do)
	}
	if do := uitest.Keys(w, at(t, w, "sounds with"), "space"); do.Cue.Tone == "" {
		t.Errorf("it asked for %+v", do)
	}
	w.Now = w.Now.Add(2 * time.Hour) // in the quiet hours, which leave alone what a person starts
	if do := uitest.Keys(w, at(t, w, "sounds with"), "space"); do.Cue.Tone == "" {
		t.Errorf("it asked for %+v", do)
	}
	w.Settings.QuietSessions = true
	if do := uitest.Keys(w, at(t, w, "sounds with"), "space"); do.Cue.Tone != "" || do.Say == "" {
		t.Errorf("in quiet sessions it asked for %+v", do)
	}
}

func TestTheSafetyRowOpensTheQuestions(t *testing.T) {
	w := uitest.World(t, 80, 24)
	for _, key := range []string{"space", "left"} {
		do := uitest.Keys(w, at(t, w, "safety questions"), key)
		if _, ok := do.Push.(*safety.QuestionsScreen); !ok || do.Set != nil {
			t.Errorf("%s asked for %+v", key, do)
		}
	}
}

func TestTheSafetyRowSaysWhenTheyWereAnswered(t *testing.T) {
	w := uitest.World(t, 80, 24)
	uitest.Sees(t, preferences.New().Draw(w), "safety questions  not answered")
	w.Screened, w.Asked = true, uitest.Evening.AddDate(0, -2, 0)
	uitest.Sees(t, preferences.New().Draw(w), "safety questions  answered 22 Sep 2026")
}

func TestEveryRowSaysWhatItIsForAndWhereItIsKept(t *testing.T) {
	w := uitest.World(t, 120, 30)
	w.Config = "/home/me/config.toml"
	for _, k := range settings.List(w.Settings) {
		frame := at(t, w, strings.ReplaceAll(k.Name, "_", " ")).Draw(w)
		uitest.Sees(t, frame, k.Help, "kept in /home/me/config.toml")
	}
}

func TestTheSharedFolderIsShownAndNotTurned(t *testing.T) {
	w := uitest.World(t, 100, 30)
	s := at(t, w, "sync")
	uitest.Sees(t, s.Draw(w), "with no other machine")
	w.Settings.Sync = "/home/me/Sync"
	uitest.Sees(t, s.Draw(w), "/home/me/Sync")
	if do := uitest.Keys(w, s, "space"); len(do.Set) > 0 || do.Say != "`lull sync DIR --remember` sets the folder" {
		t.Errorf("it asked for %+v", do)
	}
}

func TestAClickTurnsTheRowThatIsDrawnThere(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {40, 10}} {
		w := uitest.World(t, size[0], size[1])
		s := at(t, w, "bed")
		do := uitest.Click(t, w, s, "limit fluids")
		if len(do.Set) != 1 || do.Set[0].Key != "limit_fluids" || do.Set[0].Value != "yes" {
			t.Errorf("at %v it asked for %+v", size, do)
		}
		uitest.Sees(t, s.Draw(w), "› limit fluids")
		uitest.Nothing(t, s.Update(w, tea.MouseClickMsg{X: 3, Y: 0, Button: tea.MouseLeft}))
		uitest.Nothing(t, s.Update(w, tea.MouseClickMsg{X: 3, Y: size[1] - 1, Button: tea.MouseLeft}))
	}
}

func TestTheCursorStaysOnTheRows(t *testing.T) {
	w := uitest.World(t, 40, 10)
	s := preferences.New()
	uitest.Keys(w, s, "up")
	uitest.Sees(t, s.Draw(w), "› safety questions")
	uitest.Wheel(w, s, 1)
	uitest.Sees(t, s.Draw(w), "› medicines")
	if do := uitest.Keys(w, s, "space"); do.Push == nil {
		t.Error("the medicines do not open")
	}
	uitest.Keys(w, s, "G", "down")
	last := s.Draw(w)
	uitest.Sees(t, last, "› sounds with")
	uitest.Keys(w, s, "home")
	uitest.Sees(t, s.Draw(w), "› safety questions")
}

// What a setting is for is read to its end in the smallest window too.
func TestWhatASettingIsForIsNeverCut(t *testing.T) {
	w := uitest.World(t, 40, 9) // the window's own lines are not the screen's
	missing := "no sound player: install alsa-utils; until then the terminal's bell rings"
	w.Heard = func() cues.Found { return cues.Found{Speech: "espeak-ng", NoPlayer: missing} }
	helps := []string{missing}
	for _, k := range settings.List(w.Settings) {
		helps = append(helps, k.Help)
	}
	var seen strings.Builder
	s := preferences.New()
	for range 30 {
		seen.WriteString(strings.Join(strings.Fields(uitest.Text(s.Draw(w))), " ") + "\n")
		uitest.Keys(w, s, "down")
	}
	for _, help := range helps {
		if !strings.Contains(seen.String(), help) {
			t.Errorf("this is not to be read: %s", help)
		}
	}
}
