package ui_test

import (
	"fmt"
	"image/color"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"pgregory.net/rapid"

	"lull/assets"
	"lull/routine"
	"lull/routine/body"
	"lull/routine/journal"
	"lull/routine/journal/journaltest"
	"lull/routine/relief"
	"lull/routine/say"
	"lull/routine/settings"
	"lull/ui"
	"lull/ui/keymap"
	"lull/ui/uitest"
)

// harms are words that a person who must be seen first is not to read in first
// aid.
var harms = regexp.MustCompile(`(?i)(knee|shin|straight|hold on|\bwalk|warm|toes up|heel|rub it|roll|painkiller|covers|ease off|\d+ s\b)`)

func screenedLog(t testing.TB, answers map[string]any) *journaltest.Mem {
	t.Helper()
	log := &journaltest.Mem{}
	if len(answers) > 0 {
		if _, err := log.Append(t.Context(), uitest.Fact(1, journal.Screened{Answers: answers})); err != nil {
			t.Fatal(err)
		}
	}
	return log
}

func TestALockedPersonSeesOnlyWhatToDoAboutTheSign(t *testing.T) {
	safety, _ := uitest.Library(t).Safety()
	for answer, act := range map[string][]string{
		"emergency":  safety.Emergency.Act,
		"clot_signs": {"Do not stretch or rub this leg.", "Call your doctor or the out-of-hours line today."},
	} {
		synctest.Test(t, func(t *testing.T) {
			e := begin(t, screenedLog(t, map[string]any{answer: true}), func(d *ui.Deps) { d.Start = ui.Start{Now: true, Cramp: relief.Asked("calf")} })
			only := func(when string) {
				t.Helper()
				uitest.Reads(t, e.frame(), strings.Join(act, " "))
				text := strings.Split(uitest.Text(e.frame()), "\n")
				if found := harms.FindAllString(strings.Join(text[:len(text)-1], "\n"), -1); len(found) > 0 {
					t.Errorf("%s, %s: %q in:\n%s", answer, when, found, strings.Join(text, "\n"))
				}
			}
			for _, size := range [][2]int{{80, 24}, {160, 50}, {40, 12}, {38, 16}} {
				e.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
				only(fmt.Sprint(size))
				e.clock("0:00")
			}
			e.press("n", "n", "m")
			only("another place")
			time.Sleep(11 * time.Minute)
			only("after eleven minutes")
			e.see("space when it stops")
			e.press("space")
			only("afterwards")
			e.press("space")
			<-e.done
			if got := e.cramps(); len(got) != 1 || got[0].LastedS == nil || *got[0].LastedS != 11*60 || got[0].Muscle != "foot" {
				t.Errorf("%+v", got)
			}
		})
	}
}

// The journal may be read only after the first picture.
func TestALockThatArrivesLateTakesTheStepsAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := screenedLog(t, map[string]any{"emergency": true})
		log.Fail(journal.ErrBusy)
		e := begin(t, log, func(d *ui.Deps) { d.Start = ui.Start{Now: true} })
		e.see("Knee straight")
		log.Fail(nil)
		time.Sleep(10 * time.Second)
		e.see("Call your emergency number")
		if found := harms.FindAllString(uitest.Text(e.frame()), -1); len(found) > 1 { // "next step" has none; the clock is digits
			t.Errorf("%q in:\n%s", found, uitest.Text(e.frame()))
		}
		e.leave()
	})
}

// still is first aid in a window whose clock stands until it is moved.
type still struct {
	*ui.Root
	at time.Duration
}

func newStill(t testing.TB, asked string, answers map[string]any, change func(*ui.Deps)) *still {
	s := &still{}
	deps := ui.Deps{
		Log: screenedLog(t, answers), Now: func() time.Time { return uitest.Evening.Add(s.at) }, Steady: func() time.Duration { return s.at },
		Library: uitest.Library(t), Figures: body.Open(assets.Files), Settings: settings.Default(), Config: "config.toml",
		Terminal: ui.Traits{Profile: colorprofile.TrueColor, Ground: true}, Tabs: ui.DefaultTabs, Aid: uitest.Aid(t), Guide: uitest.Guide(t),
		Start: ui.Start{Now: true, Cramp: relief.Asked(asked)},
	}
	if change != nil {
		change(&deps)
	}
	s.Root = ui.New(deps)
	if err := s.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *still) size(w, h int) string {
	s.Update(tea.WindowSizeMsg{Width: w, Height: h})
	return s.View().Content
}

func (s *still) key(name string) string {
	s.Update(uitest.Press(name))
	return s.View().Content
}

// rowsOf are the rows of a frame as they are read.
func rowsOf(frame string) []string { return strings.Split(uitest.Text(frame), "\n") }

// endRow is where the line that ends the cramp stands in a window.
func endRow(w, h int) int {
	if w < ui.MinWidth || h < ui.MinHeight {
		return h - 1
	}
	return h - 2
}

func TestInEveryWindowTheWordsOfTheStepAndTheKeyThatEndsItAreRead(t *testing.T) {
	answers := []map[string]any{
		nil, {"recent_injury": true, "falls": true}, {"falls": true, "numb_feet": true, "osteoporosis": true, "pregnant": true},
		{"emergency": true}, {"clot_signs": true}, {"hip_replacement": "older", "knee": true},
	}
	aid, _ := uitest.Aid(t)()
	for _, tag := range say.Languages() {
		uitest.Speak(t, tag)
		space := keymap.Show("space")
		rapid.Check(t, func(rt *rapid.T) {
			w, h := rapid.IntRange(20, 60).Draw(rt, "w"), rapid.IntRange(5, 24).Draw(rt, "h")
			who := rapid.SampledFrom(answers).Draw(rt, "answers")
			muscle := rapid.SampledFrom(append(relief.Muscles, "thigh", "elephant")).Draw(rt, "asked")
			s := newStill(t, muscle, who, func(d *ui.Deps) { d.Terminal.ASCII = rapid.Bool().Draw(rt, "ascii") })
			s.size(w, h)
			for range rapid.IntRange(0, 9).Draw(rt, "steps") {
				s.key("n")
			}
			s.at += time.Duration(rapid.IntRange(0, 700).Draw(rt, "seconds")) * time.Second
			read := ""
			for range 8 {
				frame := s.size(w, h)
				uitest.Fits(t, frame, w, h)
				rows := rowsOf(frame)
				if at := endRow(w, h); at >= len(rows) || !strings.Contains(rows[at], space+" "+say.Text("when it stops")) {
					rt.Fatalf("%s, %dx%d: no way to end it:\n%s", tag, w, h, strings.Join(rows, "\n"))
				}
				read += strings.Join(rows, "")
				s.at += 4 * time.Second // as long as a part is shown
			}
			care := aid.For(screening(who))
			if !care.Locked() {
				return
			}
			for _, word := range strings.Fields(care.Act()) {
				if !strings.Contains(strings.ReplaceAll(read, " ", ""), word) {
					rt.Fatalf("%s, %dx%d: %q cannot be read in %q", tag, w, h, word, read)
				}
			}
		})
	}
}

func screening(answers map[string]any) routine.Screening {
	s := routine.Screening{}
	for key, yes := range answers {
		s.Answer(key, yes != false)
	}
	return s
}

// Each step is read to its last word while it is in hand, with its cautions, in
// the smallest window.
func TestInTheSmallestWindowEveryWordOfAStepIsRead(t *testing.T) {
	for _, tag := range say.Languages() {
		uitest.Speak(t, tag)
		for _, who := range []map[string]any{nil, {"falls": true, "recent_injury": true}, {"falls": true, "osteoporosis": true}} {
			for _, muscle := range relief.Muscles {
				aid, _ := uitest.Aid(t)()
				plan, _ := aid.For(screening(who)).Plan(relief.Place{Muscle: muscle})
				s := newStill(t, muscle, who, nil)
				s.size(20, 5)
				for i, step := range plan.Steps {
					read := ""
					for range step.Length / time.Second {
						read += strings.Join(rowsOf(s.size(20, 5)), "")
						s.at += time.Second
					}
					want := step.Text
					if step.Length >= 10*time.Second {
						for _, n := range plan.Notes(i) {
							want += " " + n.Text
						}
					}
					for _, word := range strings.Fields(want) {
						if !strings.Contains(strings.ReplaceAll(read, " ", ""), word) {
							t.Errorf("%s, %s, %s, %v: %q is not read in %q", tag, muscle, step.Key, who, word, read)
							break
						}
					}
				}
			}
		}
	}
}

func TestBelowTheSmallestWindowTheBestLineStands(t *testing.T) {
	for w := 1; w < 20; w++ {
		for h := 1; h < 5; h++ {
			s := newStill(t, "calf", nil, nil)
			frame := s.size(w, h)
			uitest.Fits(t, frame, w, h)
			if rows := rowsOf(frame); w >= 6 && !strings.Contains(rows[h-1], "spac") {
				t.Errorf("%dx%d: %q", w, h, rows)
			}
		}
	}
}

func TestInASmallWindowTheCrampGoesOnAndEndsWithItsKey(t *testing.T) {
	for _, size := range [][2]int{{20, 5}, {20, 8}, {30, 8}, {38, 16}, {80, 8}} {
		synctest.Test(t, func(t *testing.T) {
			e := begin(t, &journaltest.Mem{}, func(d *ui.Deps) { d.Start = ui.Start{Now: true} })
			time.Sleep(20 * time.Second)
			e.press("!") // the keyboard of a phone comes up over the signs
			e.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			uitest.Reads(t, e.frame(), "space when it stops")
			e.miss("lull needs")
			e.press("x", "c", "?")
			uitest.Reads(t, e.frame(), "space when it stops")
			e.send(tea.WindowSizeMsg{Width: 80, Height: 24})
			e.clock("0:20")
			e.press("?")
			e.see("space when it stops")
			e.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			time.Sleep(10 * time.Second)
			e.press("space")
			uitest.Reads(t, e.frame(), "space close")
			e.press("space")
			<-e.done
			if got := e.cramps(); len(got) != 1 || got[0].LastedS == nil || *got[0].LastedS != 30 {
				t.Errorf("%v: %+v", size, got)
			}
		})
	}
}

func TestFirstAidOpensFromAWindowThatIsTooSmallForAnythingElse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, nil)
		e.send(tea.WindowSizeMsg{Width: 38, Height: 10})
		e.see("lull needs 40x12; this is 38x10", "c cramp now")
		e.press("w", "c")
		uitest.Reads(t, e.frame(), "Knee straight.", "space when it stops")
		e.press("space", "space")
		e.see("lull needs")
		if got := e.cramps(); len(got) != 1 {
			t.Errorf("%+v", got)
		}
		e.leave()
	})
}

func TestNothingCoversTheLineThatSaysHowToEndIt(t *testing.T) {
	for _, hands := range settings.Hands {
		for _, size := range [][2]int{{20, 5}, {38, 16}, {40, 12}, {60, 20}, {80, 24}, {160, 50}} {
			notices := make(chan string, 1)
			s := newStill(t, "calf", nil, func(d *ui.Deps) {
				d.Notices = notices
				d.Settings.Hands = hands
			})
			w, h := size[0], size[1]
			seen := func(when string) {
				t.Helper()
				if row := rowsOf(s.size(w, h))[endRow(w, h)]; !strings.Contains(row, "when it stops") {
					t.Errorf("%s, %v, %s: %q", hands, size, when, row)
				}
			}
			seen("at first")
			notices <- "another computer sent something that was a long sentence for a small window"
			s.at += time.Second
			s.Update(ui.Pulse())
			seen("with a notice")
			s.key("?")
			seen("with the page of keys")
			s.key("z")
			s.at += 10*time.Minute + time.Second
			s.key("n")
			seen("with a card")
			s.key("m")
			seen("with another place")
		}
	}
}

// Whoever has two keys is told how to get to the one that ends it.
func TestWithTwoKeysTheLineNamesTheWayToTheEnd(t *testing.T) {
	s := newStill(t, "calf", nil, func(d *ui.Deps) { d.Settings.Hands = "one" })
	s.size(80, 24)
	s.key("tab")
	if row := rowsOf(s.View().Content)[22]; !strings.Contains(row, "tab until the mark is on") || !strings.Contains(row, "then space") {
		t.Errorf("%q", row)
	}
}

func TestWhateverIsTypedFirstAidSaysWhichPlanWasTaken(t *testing.T) {
	for typed, want := range map[string]struct{ says, muscle string }{
		"thigh":         {`"thigh": showing Back of the thigh. m is for another place.`, ""},
		"toes":          {`"toes": showing Foot and toes.`, "foot"},
		"pantorrilla":   {`"pantorrilla": showing Calf.`, "calf"},
		"elephant":      {`"elephant": showing Calf.`, ""},
		"\x1b[31m calf": {`showing Calf.`, "calf"},
	} {
		synctest.Test(t, func(t *testing.T) {
			e := begin(t, &journaltest.Mem{}, func(d *ui.Deps) { d.Start = ui.Start{Now: true, Cramp: relief.Asked(typed)} })
			uitest.Reads(t, e.frame(), want.says)
			e.send(tea.WindowSizeMsg{Width: 40, Height: 12})
			uitest.Reads(t, e.frame(), want.says)
			e.press("space", "space")
			<-e.done
			if got := e.cramps(); len(got) != 1 || got[0].Muscle != want.muscle {
				t.Errorf("%s: %+v", typed, got)
			}
		})
	}
}

func TestAfterACrampInTheNightEveryScreenStaysInTheNightUntilTheWakeTime(t *testing.T) {
	s := newStill(t, "", nil, func(d *ui.Deps) { d.Settings.Theme, d.Start = "light", ui.Start{} })
	ground := func() color.Color { return s.View().BackgroundColor }
	s.size(80, 24)
	day := ground()
	s.at = 5*time.Hour + 12*time.Minute // 03:00
	if s.Update(ui.Pulse()); ground() != day || day == nil {
		t.Fatalf("a night without a cramp is on %v, the day on %v", ground(), day)
	}
	s.key("c")
	night := ground()
	s.key("space")
	s.key("space")
	for _, key := range []string{"1", "2", "3", "4", "5", "6", "7", "1"} {
		s.key(key)
		if ground() != night || night == day {
			t.Errorf("screen %s is shown on %v, first aid on %v", key, ground(), night)
		}
	}
	s.at = 10*time.Hour + 11*time.Minute // 07:59
	if s.Update(ui.Pulse()); ground() != night {
		t.Errorf("before the wake time it is on %v", ground())
	}
	s.at += 2 * time.Minute
	if s.Update(ui.Pulse()); ground() != day {
		t.Errorf("in the morning it is on %v, want %v", ground(), day)
	}
}

func TestTheNightColoursAfterACrampLeaveOtherLooksAlone(t *testing.T) {
	for name, c := range map[string]struct {
		theme string
		fact  journal.Fact
		ago   time.Duration
		told  time.Duration // how long after it happened it was logged
		night bool
	}{
		"just now":               {"dark", journal.Cramped{}, time.Minute, 0, true},
		"light":                  {"light", journal.Cramped{}, time.Minute, 0, true},
		"high contrast":          {"contrast", journal.Cramped{}, time.Minute, 0, false},
		"no colour":              {"none", journal.Cramped{}, time.Minute, 0, false},
		"the afternoon":          {"dark", journal.Cramped{}, 8 * time.Hour, 0, false},
		"the night before":       {"dark", journal.Cramped{}, 20 * time.Hour, 0, false},
		"no time known":          {"dark", journal.Cramped{Untimed: true}, time.Minute, 0, false},
		"logged the hours after": {"dark", journal.Cramped{}, 25 * time.Minute, 20 * time.Minute, false},
	} {
		log := &journaltest.Mem{}
		var mint journal.Mint
		now := uitest.Evening.Add(72 * time.Minute) // 23:00
		at := now.Add(-c.ago)
		entry := journal.New(&mint, journal.DefaultCalendar, at.Add(c.told), at, c.fact)
		if _, err := log.Append(t.Context(), entry); err != nil {
			t.Fatal(err)
		}
		s := newStill(t, "", nil, func(d *ui.Deps) {
			d.Log, d.Start, d.Settings.Theme = log, ui.Start{}, c.theme
			d.Terminal.Ground = true
			d.Now = func() time.Time { return now }
		})
		s.size(80, 24)
		if got := s.View().BackgroundColor == uitest.Theme("night").Background; got != c.night {
			t.Errorf("%s: in the night's colours: %v", name, got)
		}
	}
}
