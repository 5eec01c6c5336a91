package ui_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
	"lull/ui"
	"lull/ui/uitest"
)

// withTwoKeys is a lull for somebody who has two keys.
func withTwoKeys(d *ui.Deps) { d.Settings.Hands = "one" }

// foot is the last line of the window.
func (e *evening) foot() string {
	lines := strings.Split(uitest.Text(e.frame()), "\n")
	return lines[len(lines)-1]
}

// do moves the mark to a choice and does it, with nothing but the two keys.
func (e *evening) do(choice string) {
	e.t.Helper()
	for range 60 {
		if e.mark() == choice {
			e.press("space")
			return
		}
		e.press("tab")
	}
	e.t.Fatalf("%q cannot be reached:\n%s", choice, uitest.Text(e.frame()))
}

func TestTwoKeysStretchPauseAndLeave(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, withTwoKeys)
		e.press("space") // read
		e.press("space") // begin
		e.see("› pause")
		time.Sleep(12 * time.Second)
		e.press("space")
		e.see("PAUSED", "› go on")
		e.do("skip") // the mark goes back to what is needed at once
		e.see("› go on")
		e.press("space")
		time.Sleep(10 * time.Second)
		e.do("big count")
		e.do("leave, keep what was held")
		e.do("leave lull")
		<-e.done
		if !has[journal.Stretched](e) {
			t.Errorf("nothing was kept: %+v", e.facts())
		}
	})
}

func has[F journal.Fact](e *evening) bool {
	for _, f := range e.facts() {
		if _, ok := f.Fact.(F); ok {
			return true
		}
	}
	return false
}

func TestTwoKeysTickWaterAndTakeItBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, withTwoKeys)
		e.do("add a drink")
		e.see("1 of 6")
		e.press("space") // the mark stays where it was, under the word of what was done
		e.see("2 of 6")
		e.do("undo")
		e.see("1 of 6")
		e.do("next screen")
		e.do("next screen") // it stays on the way through the screens
		e.see("Checklist, today")
		e.do("down")
		e.press("space")
		e.do("tick")
		e.see("2 of 6")
		e.leave()
	})
}

func TestTwoKeysHelpWithACramp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, withTwoKeys)
		e.do("cramp now")
		e.see("Toes up, not pointed. Breathe out.", "› it let go")
		time.Sleep(63 * time.Second)
		e.do("another muscle")
		e.see("› it let go")
		e.press("space")
		e.see("It let go after 1:03.")
		e.press("space")
		e.see("Tonight, ")
		if got := e.cramps(); len(got) != 1 || got[0].LastedS == nil || *got[0].LastedS != 63 {
			t.Errorf("written down is %+v", got)
		}
		e.leave()
	})
}

func TestTwoKeysAnswerTheMorning(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := &journaltest.Mem{}
		if _, err := log.Append(t.Context(), uitest.Session(1, journal.Complete), uitest.Session(0, journal.Complete)); err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		e := begin(t, log, func(d *ui.Deps) {
			withTwoKeys(d)
			d.Now = func() time.Time { return uitest.Evening.Add(10*time.Hour + time.Since(start)) }
		})
		e.see("Cramps last night, ", "› not now")
		e.press("enter") // moves the mark, and records nothing
		e.see("Cramps last night, ")
		e.do("one cramp")
		e.see("What else of this one?")
		e.do("answer") // tell it
		e.do("next answer")
		e.press("space") // the right side
		e.do("keep it")
		if got := e.cramps(); len(got) != 1 || got[0].Side != "right" {
			t.Errorf("written down is %+v", got)
		}
		e.leave()
	})
}

// Wherever somebody is, the mark goes once through everything and comes back to
// where it began, and each of the keys that a screen names is among it.
func TestTheMarkGoesRoundAndMissesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, func(d *ui.Deps) {
			withTwoKeys(d)
			d.Settings.Theme = "none" // no colours between the words
		})
		for _, way := range [][]string{{"1"}, {"2"}, {"3"}, {"4"}, {"5"}, {"6"}, {"7"}, {"1", "s"}, {"esc", "!"}, {"esc", "2", "f"}} {
			e.press(way...)
			for _, width := range []int{40, 80, 160} {
				e.p.Send(tea.WindowSizeMsg{Width: width, Height: 24})
				synctest.Wait()
				seen := e.round()
				for _, want := range []string{"cramp now", "leave lull"} {
					if strings.Count(strings.Join(seen, "\n"), want) != 1 {
						t.Errorf("after %v, %d columns: %q is not there once among %q", way, width, want, seen)
					}
				}
			}
		}
		e.leave()
	})
}

// round moves the mark once round and returns what it came by.
func (e *evening) round() []string {
	e.t.Helper()
	var seen []string
	for range 60 {
		word := e.mark()
		if len(seen) > 0 && seen[0] == word {
			return seen
		}
		seen = append(seen, word)
		e.press("tab")
	}
	e.t.Fatalf("the mark never comes back: %q", seen)
	return nil
}

// mark is what the mark stands on.
func (e *evening) mark() string {
	e.t.Helper()
	_, after, there := strings.Cut(e.foot(), "› ")
	if !there && strings.Contains(e.foot(), "keep it") {
		return "" // letters are typed here, until the mark is asked for
	}
	if !there {
		e.t.Fatalf("there is no mark at the foot:\n%s", uitest.Text(e.frame()))
	}
	word, _, _ := strings.Cut(after, "  ")
	return strings.TrimSuffix(word, " …")
}

func TestEnterMovesTheMarkAsTabDoes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, withTwoKeys)
		seen := e.round()
		e.press("enter")
		if got := e.mark(); got != seen[1] {
			t.Errorf("enter moved the mark to %q, tab to %q", got, seen[1])
		}
		e.leave()
	})
}

func TestAllOtherKeysGoOnWorkingBesideTheTwo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, withTwoKeys)
		e.press("w", "3", "down", "x")
		e.see("Checklist, today")
		e.leave()
	})
}

// Where letters are typed the two keys are letters until the mark is asked for.
func TestInAFieldSpaceIsALetterUntilTheMarkIsThere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, withTwoKeys)
		e.press("3", "a", "a", "space", "b")
		e.see("a b")
		e.do("keep it")
		e.see("a b")
		e.leave()
	})
}

func TestAClickOnAChoiceDoesIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, withTwoKeys)
		x, y := uitest.Spot(t, e.frame(), "add a drink")
		e.p.Send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
		e.see("1 of 6")
		e.leave()
	})
}

// A theme by the hour changes at the minute, without a key, and no picture in
// between has another ground than one of the two.
func TestTheThemeOfTheHourTurnsAtTheMinuteOfBed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, func(d *ui.Deps) {
			d.Settings.Theme, d.Terminal.Ground = "hour", true
			d.Settings.Bed, d.Settings.Wake = 21*time.Hour+50*time.Minute, 21*time.Hour+52*time.Minute
		})
		e.p.Send(tea.ColorProfileMsg{Profile: colorprofile.TrueColor})
		dark, night := uitest.Theme("dark").Background, uitest.Theme("night").Background
		for _, c := range []struct {
			after time.Duration // from 21:48
			want  any
			name  string
		}{
			{0, dark, "before bed"}, {119 * time.Second, dark, "a second before"}, {2 * time.Second, night, "in bed"},
			{117 * time.Second, night, "still"}, {3 * time.Second, dark, "up again"},
		} {
			time.Sleep(c.after)
			if got := e.view().BackgroundColor; got != c.want {
				t.Errorf("%s the ground is %v, want %v", c.name, got, c.want)
			}
		}
		e.leave()
	})
}

func TestTheLeftHandsKeysWorkAndAreShown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, func(d *ui.Deps) { d.Settings.Hands = "left" })
		e.press("3", "v", "v", "d", "space", "T")
		e.see("Keys that work here", "b ← h", "day before")
		e.press("T", "1")
		e.see("1 of 6")
		e.press("Z")
		e.see("0 of 6")
		e.leave()
	})
}

func TestTwoKeysMuteASession(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := begin(t, &journaltest.Mem{}, withTwoKeys)
		e.press("space") // read
		e.press("space") // begin
		e.see("Sound on")
		e.do("sound")
		e.see("Sound off")
		e.leave()
	})
}
