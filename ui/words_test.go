package ui_test

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"lull/assets"
	"lull/routine"
	"lull/routine/cues"
	"lull/routine/journal"
	"lull/routine/journal/journaltest"
	"lull/routine/relief"
	"lull/routine/say"
	"lull/routine/settings"
	"lull/ui"
	"lull/ui/checklist"
	"lull/ui/cramp"
	"lull/ui/diary"
	"lull/ui/guide"
	"lull/ui/nights"
	"lull/ui/player"
	"lull/ui/preferences"
	"lull/ui/routines"
	"lull/ui/safety"
	"lull/ui/screen"
	"lull/ui/tonight"
	"lull/ui/uitest"
)

// sight is a screen as somebody comes to see it: opened in a world, and with keys
// pressed one after the other. What is pushed over it is followed. Everything on
// the way is looked at, so that one line here covers many pages.
type sight struct {
	name string
	in   func(testing.TB, int, int) screen.World
	open func(screen.World) screen.Screen
	keys []string
}

func fresh(t testing.TB, w, h int) screen.World { return uitest.World(t, w, h) }

// months are weeks of every kind of night, with programs that are heard.
func months(t testing.TB, w, h int) screen.World {
	world := uitest.World(t, w, h, append(years(), uitest.Fact(3, journal.Seen{Card: "first-run"}))...)
	world.Heard = func() cues.Found { return cues.Found{Speech: "espeak-ng", Player: "pw-play"} }
	world.Screened, world.Asked = true, uitest.Evening
	return world
}

// cautious is the world of somebody for whom much is changed.
func cautious(t testing.TB, w, h int) screen.World {
	world := months(t, w, h)
	world.Screening = routine.Screening{Pregnant: true, Falls: true, FluidLimit: true, NumbFeet: true}
	return world
}

// locked is the world of somebody for whom nothing may start.
func locked(t testing.TB, w, h int) screen.World {
	world := months(t, w, h)
	world.Screening = routine.Screening{Emergency: true}
	return world
}

// morningAfter is the next morning, after a night of which the facts tell.
func morningAfter(facts ...journal.Entry) func(testing.TB, int, int) screen.World {
	return func(t testing.TB, w, h int) screen.World {
		world := uitest.World(t, w, h, append(years(), facts...)...)
		world.Now = uitest.Evening.Add(11 * time.Hour)
		return uitest.With(t, world, append(years(), facts...)...)
	}
}

func times(n int, keys ...string) []string { return slices.Repeat(keys, n) }

func tab[S screen.Screen](make func() S) func(screen.World) screen.Screen {
	return func(screen.World) screen.Screen { return make() }
}

// fullRoutine is the page before the longest routine.
func fullRoutine(w screen.World) screen.Screen {
	full, _ := w.Library.Routine("full")
	return player.Ready(w, full)
}

func crampNow(muscle string) func(screen.World) screen.Screen {
	return func(w screen.World) screen.Screen { return cramp.Begin(w, relief.Asked(muscle), false).Push }
}

// sights are all that is looked at.
func sights() []sight {
	return []sight{
		{"tonight, new", fresh, tab(tonight.New), []string{"p", "down", "w"}},
		{"tonight", months, tab(tonight.New), []string{"w", "down", "down", "down"}},
		{"tonight, cautious", cautious, tab(tonight.New), []string{"w"}},
		{"the morning's question", morningAfter(), tab(tonight.New), []string{"right", "right", "right", "right", "space"}},
		{"the morning, told", morningAfter(uitest.Fact(0, journal.Cramped{})), tab(tonight.New), []string{"right", "esc"}},
		{"past nights", months, tab(tonight.New), []string{"p", "right", "down", "down", "space"}},
		{"stretch", months, tab(routines.New), append(times(10, "down"), times(8, "f")...)},
		{"stretch, cautious", cautious, tab(routines.New), append(times(10, "down"), "r")},
		{"ready", fresh, fullRoutine, times(30, "down")},
		{"ready, cautious", cautious, fullRoutine, times(40, "down")},
		{"ready, locked", locked, fullRoutine, nil},
		{"session", fresh, fullRoutine, slices.Concat([]string{"space", "z", "z", "e", "+", "space"}, times(80, "n"))},
		{"session, left", months, fullRoutine, []string{"space", "n", "n", "x"}},
		{"checklist", fresh, tab(checklist.New), []string{"space", "e", "esc", "a", "enter", "esc", "f", "left", "left"}},
		{"checklist, used", months, tab(checklist.New), []string{"x", "f", "end", "x"}},
		{"checklist, cautious", cautious, tab(checklist.New), []string{"f"}},
		{"guide", months, tab(guide.New), append(times(16, "down"), "/", "z", "enter", "esc")},
		{"settings", fresh, tab(preferences.New), append([]string{"down", "down"}, times(21, "space", "down")...)},
		{"settings, used", months, tab(preferences.New), append([]string{"down", "down"}, times(23, "left", "down")...)},
		{"cramp now", fresh, crampNow(""), []string{"m", "m", "m", "m", "m", "n", "n", "n", "n", "n", "n", "n", "n", "n", "n", "space", "down", "down", "x"}},
		{"diary", months, tab(diary.New), []string{"space", "a", "esc", "esc", "down", "m", "esc"}},
		{"medicines", months, tab(diary.Medicines), []string{"a"}},
		{"review", months, tab(nights.New), times(6, "space")},
		{"review, new", fresh, tab(nights.New), times(6, "space")},
		{"signs", fresh, func(screen.World) screen.Screen { return safety.Signs() }, times(20, "down")},
		{"questions", fresh, func(w screen.World) screen.Screen { return safety.Questions(w) }, times(12, "y")},
		{"cramp now, cautious", cautious, crampNow("hamstring"), []string{"n", "n", "space", "space"}},
	}
}

// cards are the pages of the guide.
func cards(t testing.TB, w screen.World) []sight {
	g, err := w.Guide()
	if err != nil {
		t.Fatal(err)
	}
	var all []sight
	for _, c := range g.Cards() {
		all = append(all, sight{"guide: " + c.ID, months, func(screen.World) screen.Screen { return guide.Open(c.ID) }, times(8, "space")})
	}
	return all
}

// walk opens a sight, presses its keys and gives everything that is seen: frames,
// the keys' hints, what is said at the foot, what would be spoken.
func (s sight) walk(t testing.TB, width, height int) []string {
	t.Helper()
	w := s.in(t, width, height)
	top := s.open(w)
	if top == nil {
		t.Fatalf("%s does not open", s.name)
	}
	var seen []string
	look := func() {
		frame := top.Draw(w)
		uitest.Fits(t, frame, width, height)
		seen = append(seen, uitest.Text(frame))
		for _, b := range top.Help(w) {
			seen = append(seen, b.Help().Key+" "+b.Help().Desc)
		}
	}
	var below []screen.Screen
	look()
	for _, k := range s.keys {
		w.Steady += 7 * time.Second
		w.Settings.Voice = cues.Full
		do := top.Update(w, uitest.Press(k))
		seen = append(seen, do.Say, do.Cue.Words)
		switch {
		case do.Push != nil:
			below, top = append(below, top), do.Push
		case do.Replace != nil:
			top = do.Replace
		case do.Pop && len(below) > 0:
			below, top = below[:len(below)-1], below[len(below)-1]
		case do.Pop:
			return seen
		}
		if text, err := settings.Apply("", nil, do.Set); err == nil && len(do.Set) > 0 {
			if set, err := settings.Parse("", text); err == nil {
				w.Settings = set
			}
		}
		look()
	}
	return seen
}

// plainly are the words that may stand in plain letters, each with the reason.
var plainly = map[string]string{
	"ml": "a unit", "lull": "a name", "config toml": "a file",
	"trial bed day full pregnancy quick seated standard one leg feet": "ids of routines, which are typed",
	"extra":             "of an id in the journal, extra-1",
	"espeak ng pw play": "programs",
	"Mon Tue Wed Thu Fri Sat Sun Mo Tu We Th Fr Sa Su Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec": "the calendar's, which has a catalogue of its own that the strange language leaves",
}

var twoLetters = regexp.MustCompile(`[A-Za-z]{2,}`)

// inPlain are the words of a text that came from no catalogue.
func inPlain(text string) []string {
	allowed := map[string]bool{}
	for words := range plainly {
		for _, w := range strings.Fields(words) {
			allowed[w] = true
		}
	}
	return slices.DeleteFunc(twoLetters.FindAllString(text, -1), func(w string) bool { return allowed[w] })
}

// windows are the sizes that words are looked at in.
var windows = [][2]int{{80, 24}, {40, 12}, {160, 50}}

// speak has the test speak a language until it is over.
func speak(t testing.TB, l *say.Language) {
	say.Use(l)
	t.Cleanup(func() { say.Use(nil) })
}

func spanish(t testing.TB) *say.Language {
	t.Helper()
	l, err := say.Open(assets.Files, "es")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// What stands on a screen in plain letters while lull speaks in strange ones came
// from no catalogue, or was put together from pieces.
func TestEverythingOnAScreenComesFromACatalogue(t *testing.T) {
	speak(t, say.Pseudo())
	cited := citations(t)
	for _, s := range slices.Concat(sights(), cards(t, fresh(t, 80, 24))) {
		for _, size := range windows {
			t.Run(fmt.Sprintf("%s at %dx%d", s.name, size[0], size[1]), func(t *testing.T) { s.unplain(t, size, cited) })
		}
	}
}

func (s sight) unplain(t *testing.T, size [2]int, cited string) {
	found := map[string]string{}
	for _, text := range s.walk(t, size[0], size[1]) {
		for line := range strings.SplitSeq(text, "\n") {
			if strings.Contains(cited, strings.TrimSpace(sourceMark.ReplaceAllString(line, ""))) {
				continue
			}
			for _, w := range inPlain(line) {
				found[w] = line
			}
		}
	}
	for _, w := range slices.Sorted(maps.Keys(found)) {
		t.Errorf("%q came from no catalogue: %s", w, found[w])
	}
}

// sourceMark is what stands before a work in the guide's list of sources.
var sourceMark = regexp.MustCompile(`^S[0-9]+b? *`)

// citations are the works that the guide names, as their authors named them.
func citations(t testing.TB) string {
	t.Helper()
	g, err := uitest.Guide(t)()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, c := range g.Cards() {
		for _, s := range c.Sources {
			all = append(all, strings.Join(s.Text, " "))
		}
		for _, claim := range c.Claims {
			for _, id := range claim.Sources {
				if s, ok := g.Source(id); ok {
					all = append(all, strings.Join(s.Text, " "))
				}
			}
		}
	}
	return strings.Join(all, "\n")
}

// In Spanish nothing is cut that is not cut in English, and everything keeps to
// the window.
func TestSpanishHasRoom(t *testing.T) {
	cuts := func(seen []string) map[string]int {
		n := map[string]int{}
		for i, text := range seen {
			for line := range strings.SplitSeq(text, "\n") {
				if strings.HasSuffix(strings.TrimSpace(line), "…") {
					n[fmt.Sprint(i)]++
				}
			}
		}
		return n
	}
	for _, s := range slices.Concat(sights(), cards(t, fresh(t, 80, 24))) {
		t.Run(s.name, func(t *testing.T) {
			for _, size := range windows[1:] {
				speak(t, spanish(t))
				s.walk(t, size[0], size[1])
			}
			say.Use(nil)
			english := s.walk(t, 80, 24)
			speak(t, spanish(t))
			own := s.walk(t, 80, 24)
			was := cuts(english)
			for at, n := range cuts(own) {
				if n > was[at] {
					var i int
					fmt.Sscan(at, &i)
					t.Errorf("more is cut than in English:\n%s", own[i])
					return
				}
			}
		})
	}
}

// ownTabs are the tabs, from 1, that are looked at as a whole; of the others only
// the first and the last row are: the second shows a picture, which is drawn with
// letters here.
var ownTabs = map[int]bool{1: true, 3: true, 4: true, 5: true, 6: true, 7: true}

// The rows around a screen, the page of keys and what is said at the foot are the
// root's.
func TestTheWindowAroundTheScreensComesFromACatalogue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		speak(t, say.Pseudo())
		e := begin(t, &journaltest.Mem{}, nil)
		check := func(where string, rows ...string) {
			if words := inPlain(strings.Join(rows, "\n")); len(words) > 0 {
				t.Errorf("%s: %q came from no catalogue:\n%s", where, words, strings.Join(rows, "\n"))
			}
		}
		for _, size := range windows {
			e.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			e.pass(time.Second)
			for n := 1; n <= 7; n++ {
				e.press(fmt.Sprint(n))
				e.pass(time.Second)
				rows := strings.Split(uitest.Text(e.frame()), "\n")
				where := fmt.Sprintf("tab %d at %v", n, size)
				if ownTabs[n] {
					check(where, rows...)
				} else {
					check(where, rows[0])
				}
				e.press("u")
				e.pass(time.Second)
				rows = strings.Split(uitest.Text(e.frame()), "\n")
				check(where+", the foot", rows[len(rows)-1])
				if ownTabs[n] {
					e.press("?")
					e.pass(time.Second)
					check(where+", keys", uitest.Text(e.frame()))
					e.press("esc")
				}
				e.pass(10 * time.Second)
			}
		}
		e.send(tea.WindowSizeMsg{Width: 30, Height: 8})
		e.pass(time.Second)
		check("too small", uitest.Text(e.frame()))
		e.leave()
	})
}

// A language that is chosen in Settings is spoken at once: nothing that was drawn
// in the other is kept.
func TestTheLanguageOfTheWindowChangesAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		es := spanish(t)
		e := begin(t, &journaltest.Mem{}, func(d *ui.Deps) {
			save := d.Save
			d.Save = func(changes []settings.Change) (settings.Settings, error) {
				set, err := save(changes)
				say.Use(map[string]*say.Language{"es": es}[set.Language])
				return set, err
			}
		})
		t.Cleanup(func() { say.Use(nil) })
		e.press("7")
		before := uitest.Text(e.frame())
		e.press(times(4, "down")...)
		e.press("left") // from auto to the last, Spanish
		e.see("Ajustes", "7 Ajustes", "español", "ayuda", "espacio")
		if e.press("7", "1"); strings.Contains(uitest.Text(e.frame()), "Tonight") {
			t.Errorf("it still speaks English:\n%s", uitest.Text(e.frame()))
		}
		e.press("7", "left", "left")
		e.see("7 Settings", "help")
		if first := strings.Split(uitest.Text(e.frame()), "\n")[0]; first != cmp.Or(strings.Split(before, "\n")[0]) {
			t.Errorf("%q, want %q", first, before)
		}
		e.leave()
	})
}

// The keys on the page of keys are not cut in Spanish.
func TestThePageOfKeysHasRoomInSpanish(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		speak(t, spanish(t))
		e := begin(t, &journaltest.Mem{}, nil)
		for n := 1; n <= 7; n++ {
			e.press(fmt.Sprint(n), "?")
			frame := uitest.Text(e.frame())
			for _, line := range strings.Split(frame, "\n") {
				if ansi.StringWidth(line) > 80 {
					t.Errorf("%q is wider than the window", line)
				}
			}
			e.press("esc")
		}
		e.leave()
	})
}
