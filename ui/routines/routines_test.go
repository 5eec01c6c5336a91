package routines_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	tea "charm.land/bubbletea/v2"
	"github.com/google/go-cmp/cmp"

	"lull/routine"
	"lull/routine/settings"
	"lull/ui/player"
	"lull/ui/routines"
	"lull/ui/screen"
	"lull/ui/uitest"
)

// opened is the name of the routine that a Do opens.
func opened(t *testing.T, w screen.World, do screen.Do) string {
	t.Helper()
	ready, ok := do.Push.(*player.ReadyScreen)
	if !ok {
		t.Fatalf("it asked for %+v", do)
	}
	name, _, _ := strings.Cut(uitest.Text(ready.Draw(w)), ",")
	return name
}

// own is a world with a routine that the person wrote.
func own(t *testing.T, toml string) screen.World {
	t.Helper()
	w := uitest.World(t, 100, 30)
	if err := w.Library.Add("after-football.toml", []byte(toml)); err != nil {
		t.Fatal(err)
	}
	return w
}

const football = `
name = "after football"
about = "what my physio gave me"
[[step]]
stretch = "wall-calf"
hold = "30s"
reps = 2
`

// bare is a library without any routine.
func bare(t *testing.T) *routine.Library {
	t.Helper()
	dir := &fstest.MapFile{Mode: fs.ModeDir}
	lib, err := routine.Open(fstest.MapFS{"stretches": dir, "routines": dir})
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

func TestEnterOpensTheRoutineUnderTheCursor(t *testing.T) {
	w := uitest.World(t, 100, 30)
	s := routines.New()
	if got := opened(t, w, uitest.Keys(w, s, "enter")); got != "Trial" {
		t.Errorf("opened %q", got)
	}
	if got := opened(t, w, uitest.Keys(w, s, "down", "down", "down", "space")); got != "Quick" {
		t.Errorf("opened %q", got)
	}
}

func TestTheCursorStaysOnTheList(t *testing.T) {
	w := uitest.World(t, 100, 30)
	s := routines.New()
	all := w.Library.Routines()
	if got := opened(t, w, uitest.Keys(w, s, "up", "up", "enter")); got != all[0].Name {
		t.Errorf("above the first: %q", got)
	}
	if got := opened(t, w, uitest.Keys(w, s, "G", "down", "enter")); got != all[len(all)-1].Name {
		t.Errorf("below the last: %q", got)
	}
	uitest.Wheel(w, s, -2)
	if got := opened(t, w, uitest.Keys(w, s, "enter")); got != all[len(all)-3].Name {
		t.Errorf("two notches up: %q", got)
	}
}

func TestTheFilterKeyShowsWhatSuits(t *testing.T) {
	w := uitest.World(t, 120, 40)
	s := routines.New()
	for _, view := range []struct {
		name   string
		filter routine.Filter
	}{
		{"all routines", routine.Filter{}},
		{"no standing", routine.Filter{Positions: []routine.Position{routine.Seated, routine.LongSitting, routine.Supine, routine.SideLying}}},
		{"on a chair", routine.Filter{Positions: []routine.Position{routine.Seated}}},
		{"in bed", routine.Filter{Positions: []routine.Position{routine.LongSitting, routine.Supine, routine.SideLying}}},
		{"without a towel", routine.Filter{Without: []routine.Equipment{routine.Towel}}},
		{"for the calf", routine.Filter{Areas: []routine.Area{routine.Calf}}},
		{"for the thigh", routine.Filter{Areas: []routine.Area{routine.Thigh}}},
		{"for the foot", routine.Filter{Areas: []routine.Area{routine.Foot}}},
		{"all routines", routine.Filter{}},
	} {
		frame := s.Draw(w)
		uitest.Sees(t, frame, view.name)
		for _, p := range w.Screening.Plans(w.Library, view.filter) {
			uitest.Sees(t, frame, p.Asked.Name)
		}
		uitest.Keys(w, s, "f")
	}
}

func TestNoStandingLeavesTheStandingRoutinesOut(t *testing.T) {
	w := uitest.World(t, 120, 40)
	s := routines.New()
	uitest.Keys(w, s, "f")
	frame := s.Draw(w)
	uitest.Misses(t, frame, "15:05  Full", "3:05  Trial\n")
	uitest.Sees(t, frame, "All in bed")
}

func TestAFilterThatNothingFitsSaysSoAndHowToGoOn(t *testing.T) {
	w := uitest.World(t, 80, 24)
	w.Library = bare(t)
	s := routines.New()
	uitest.Sees(t, s.Draw(w), "No routine fits that.", "f shows others")
	for _, key := range []string{"enter", "r", "down", "G"} {
		uitest.Nothing(t, uitest.Keys(w, s, key))
	}
	uitest.Nothing(t, s.Update(w, tea.MouseClickMsg{X: 3, Y: 2, Button: tea.MouseLeft}))
}

func TestRMakesTheRoutineTonights(t *testing.T) {
	w := uitest.World(t, 100, 30)
	s := routines.New()
	do := uitest.Keys(w, s, "down", "down", "down", "r")
	if diff := cmp.Diff([]settings.Change{{Key: "routine", Value: "quick"}}, do.Set); diff != "" {
		t.Error(diff)
	}
	if do.Say != "Quick is what space starts from now on" || do.Push != nil {
		t.Errorf("it asked for %+v", do)
	}
}

func TestTonightsRoutineBearsAMoon(t *testing.T) {
	w := uitest.World(t, 100, 30)
	w.Settings.Routine = "quick"
	uitest.Sees(t, routines.New().Draw(w), w.Theme.Glyphs.Moon+"  3:10  Quick")
}

func TestTheMouseChoosesFirstAndOpensThen(t *testing.T) {
	for _, width := range []int{50, 120} {
		w := uitest.World(t, width, 30)
		s := routines.New()
		if do := uitest.Click(t, w, s, "8:00  Standard"); do.Push != nil {
			t.Errorf("at %d: one click opened something", width)
		}
		if got := opened(t, w, uitest.Click(t, w, s, "8:00  Standard")); got != "Standard" {
			t.Errorf("at %d: opened %q", width, got)
		}
	}
}

func TestTheMouseHitsTheRowDrawnThereAlsoInAScrolledList(t *testing.T) {
	w := uitest.World(t, 40, 10)
	s := routines.New()
	uitest.Keys(w, s, "G", "up")
	uitest.Nothing(t, uitest.Click(t, w, s, "12:05  After a day"))
	if got := opened(t, w, uitest.Keys(w, s, "enter")); got != "After a day on your feet" {
		t.Errorf("opened %q", got)
	}
}

func TestAClickBesideTheListDoesNothing(t *testing.T) {
	w := uitest.World(t, 120, 30)
	s := routines.New()
	before := s.Draw(w)
	uitest.Nothing(t, s.Update(w, tea.MouseClickMsg{X: 90, Y: 5, Button: tea.MouseLeft}))
	uitest.Nothing(t, s.Update(w, tea.MouseClickMsg{X: 5, Y: 28, Button: tea.MouseLeft}))
	if diff := cmp.Diff(uitest.Text(before), uitest.Text(s.Draw(w))); diff != "" {
		t.Error(diff)
	}
}

func TestThePreviewSaysWhatIsNeededAndWhatIsKnown(t *testing.T) {
	w := uitest.World(t, 160, 40)
	uitest.Sees(t, routines.New().Draw(w),
		"Needs wall, chair. Done standing.", "A small trial of 80 people over 55 used it.",
		"1 Wall calf stretch, straight knee", "hold 10 s, 3 times, each leg, in turn")
}

func TestThePreviewSaysHowManyStepsWereChanged(t *testing.T) {
	w := uitest.World(t, 160, 40)
	uitest.Misses(t, routines.New().Draw(w), "Adapted for you")
	w.Screening = routine.Screening{Falls: true}
	frame := routines.New().Draw(w)
	uitest.Sees(t, frame, "Adapted for you, because of your safety answers", "Changed for your safety answers.",
		"Wall calf stretch, straight knee became Chair calf stretch with strap: Falls or poor balance")
	uitest.Misses(t, frame, "A small trial of 80 people")
}

func TestThePreviewShowsTheRoutineAsTheAnswersAllowIt(t *testing.T) {
	for name, c := range map[string]struct {
		answers routine.Screening
		reads   []string
		misses  []string
	}{
		"swaps and cautions": {
			routine.Screening{HipReplacement: routine.HipOlder},
			[]string{"2:00 Trial, seated", "Adapted for you, because of your safety answers", "Sitting calf and hamstring stretch became Foot-back calf stretch: Hip replacement: no bend at the hip past a right angle."},
			[]string{"1 Sitting calf", "Both legs at once"},
		},
		"nothing is left": {
			routine.Screening{RecentInjury: true},
			[]string{"4:00 Trial, seated", "Too little of Trial, seated suits your safety answers. Gentle takes its place.", "1 Foot pumps"},
			[]string{"1 Sitting calf"},
		},
		"locked": {
			routine.Screening{ClotSigns: true},
			[]string{"Be seen today Do not stretch or rub this leg. Call your doctor or the out-of-hours line today."},
			[]string{"hold", "Sitting calf", "0:50", "Foot pumps", "Trial"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := uitest.World(t, 160, 50)
			w.Screening = c.answers
			s := routines.New()
			uitest.Keys(w, s, "down")
			rows := strings.Split(uitest.Text(s.Draw(w)), "\n")
			for i, row := range rows { // the preview stands to the right of the list
				if cut := []rune(row); len(cut) > 66 {
					rows[i] = string(cut[66:])
				}
			}
			uitest.Reads(t, s.Draw(w), c.reads[0])
			uitest.Reads(t, strings.Join(rows, "\n"), c.reads[1:]...)
			uitest.Misses(t, s.Draw(w), c.misses...)
		})
	}
}

func TestAPersonsOwnRoutineStandsAtTheEnd(t *testing.T) {
	w := own(t, football)
	s := routines.New()
	uitest.Keys(w, s, "G")
	uitest.Sees(t, s.Draw(w), "after football", "what my physio gave me", "Your own combination; it has not been", "hold 30 s, 2 times")
	if got := opened(t, w, uitest.Keys(w, s, "enter")); got != "after football" {
		t.Errorf("opened %q", got)
	}
}

func TestTheStretchesOfAPersonsOwnRoutineAreCalledAsItSays(t *testing.T) {
	w := own(t, `
name = "own"
[[step]]
stretch = "my-stretch"
[[stretch]]
id = "my-stretch"
name = "The one my physio drew"
position = "seated"
hold = "20s"
`)
	s := routines.New()
	uitest.Keys(w, s, "G")
	uitest.Sees(t, s.Draw(w), "1 The one my physio drew")
}

func TestANameThatTurnsTextRoundIsShownHarmless(t *testing.T) {
	w := uitest.World(t, 100, 30)
	w.Settings.Routine = "evil\x1b]0;title\a"
	err := w.Library.Add("evil.toml", []byte("name = \"\u202eabc\"\n[[step]]\nstretch = \"wall-calf\"\n"))
	if err == nil {
		t.Error("a name that turns text round was taken")
	}
	if err := w.Library.Add("smear.toml", []byte("name = \"a"+strings.Repeat("\u0301", 40)+"b\"\n[[step]]\nstretch = \"wall-calf\"\n")); err != nil {
		t.Fatal(err)
	}
	s := routines.New()
	uitest.Keys(w, s, "G")
	frame := s.Draw(w)
	uitest.Sees(t, frame, "a"+strings.Repeat("\u0301", 4)+"b")
	uitest.Misses(t, frame, strings.Repeat("\u0301", 5), "]0;title")
	do := uitest.Keys(w, s, "r")
	if strings.Contains(do.Say, strings.Repeat("\u0301", 5)) {
		t.Errorf("it says %q", do.Say)
	}
}
