package diary_test

import (
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	tea "charm.land/bubbletea/v2"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lull/routine/journal"
	"lull/routine/journal/journaltest"
	"lull/ui/diary"
	"lull/ui/keymap"
	"lull/ui/screen"
	"lull/ui/uitest"
)

// adding is the empty form of a cramp, so many nights ago.
func adding(t *testing.T, ago int) *sitting {
	t.Helper()
	s := sit(t, weeks()...)
	s.s = diary.Add(s.w, back(ago))
	return s
}

// to presses down as often as it takes to the field of that name.
func (s *sitting) to(name string) {
	s.t.Helper()
	for range 12 {
		if strings.Contains(uitest.Text(s.frame()), "› "+name) {
			return
		}
		s.keys("down")
	}
	s.t.Fatalf("there is no field %q:\n%s", name, uitest.Text(s.frame()))
}

func TestEnterAloneWritesDownACrampOfWhichOnlyTheNightIsKnown(t *testing.T) {
	do := adding(t, 3).keys("enter")
	if diff := cmp.Diff([]journal.Fact{journal.Cramped{Untimed: true}}, uitest.Recorded(do)); diff != "" {
		t.Error(diff)
	}
	if r := do.Records[0]; r.Night != back(3) || !r.At.IsZero() || !do.Pop {
		t.Errorf("it asked for %+v", do)
	}
}

func TestEveryFieldIsFilledInByItsKeys(t *testing.T) {
	yes := true
	for _, c := range []struct {
		field string
		keys  []string
		want  journal.Cramped
	}{
		{"side", []string{"right"}, journal.Cramped{Side: "left"}},
		{"side", []string{"left"}, journal.Cramped{Side: "both"}},
		{"side", []string{"r"}, journal.Cramped{Side: "right"}},
		{"side", []string{"r", "backspace"}, journal.Cramped{}},
		{"side", []string{"right", "right", "right", "right"}, journal.Cramped{}},
		{"muscle", []string{"q"}, journal.Cramped{Muscle: "quadriceps"}},
		{"worst pain", []string{"7"}, journal.Cramped{Pain: num(7)}},
		{"worst pain", []string{"1", "0"}, journal.Cramped{Pain: num(10)}},
		{"worst pain", []string{"right"}, journal.Cramped{Pain: num(0)}},
		{"worst pain", []string{"9", "right", "right", "right"}, journal.Cramped{Pain: num(10)}},
		{"worst pain", []string{"right", "left"}, journal.Cramped{}},
		{"worst pain", []string{"7", "up", "down", "5"}, journal.Cramped{Pain: num(5)}},
		{"lasted", []string{"4"}, journal.Cramped{LastedS: num(240)}},
		{"lasted", []string{"3", ":", "1", "0"}, journal.Cramped{LastedS: num(190)}},
		{"lasted", []string{"right", "right"}, journal.Cramped{LastedS: num(60)}},
		{"awake for", []string{"1", "5"}, journal.Cramped{AwakeMin: num(15)}},
		{"awake for", []string{"right", "right"}, journal.Cramped{AwakeMin: num(5)}},
		{"what helped", []string{"space", "right", "right", "space"}, journal.Cramped{Helped: []string{"stretch", "walk"}}},
		{"what helped", []string{"w", "space", "s", "space"}, journal.Cramped{Helped: []string{"stretch", "walk"}}},
		{"what helped", []string{"space", "space"}, journal.Cramped{}},
		{"sore after", []string{"2"}, journal.Cramped{Soreness: num(2)}},
		{"sore for", []string{"3"}, journal.Cramped{SoreDays: num(3)}},
		{"hard knot", []string{"y"}, journal.Cramped{Knot: &yes}},
		{"with it", []string{"left", "space"}, journal.Cramped{Signs: []string{"bladder"}}},
		{"note", []string{"q", "u", "!", "space", "1"}, journal.Cramped{Note: "qu! 1"}},
	} {
		s := adding(t, 1)
		s.to(c.field)
		s.keys(c.keys...)
		c.want.Untimed = true
		if diff := cmp.Diff([]journal.Fact{c.want}, uitest.Recorded(s.keys("enter"))); diff != "" {
			t.Errorf("%s %v: %s", c.field, c.keys, diff)
		}
	}
}

func TestATimeBelongsToItsNight(t *testing.T) {
	for text, want := range map[string]string{
		"03:12": "2026-11-22T03:12:00+01:00", "3:12": "2026-11-22T03:12:00+01:00",
		"11:59": "2026-11-22T11:59:00+01:00", "12:00": "2026-11-21T12:00:00+01:00", "23:40": "2026-11-21T23:40:00+01:00",
	} {
		s := adding(t, 1)
		s.to("time")
		s.typed(text)
		do := s.keys("enter")
		if got := do.Records[0].At.Format(time.RFC3339); got != want || do.Records[0].Fact.(journal.Cramped).Untimed {
			t.Errorf("%s is %s, %+v; want %s", text, got, do.Records[0].Fact, want)
		}
	}
}

func TestWhatCannotBeIsSaidAndNothingIsLost(t *testing.T) {
	for _, c := range []struct{ field, text, want string }{
		{"worst pain", "11", "worst pain: 11 is no number from 0 to 10"},
		{"lasted", "3:75", "lasted: 3:75 is no number"},
		{"awake for", "1441", "awake for: 1441 is no number from 0 to 1440"},
		{"sore for", "61", "sore for: 61 is no number from 0 to 60"},
		{"time", "25:00", "time: 25:00 is not a time such as 03:10"},
		{"time", "23:40", "23:40 of that night has not come yet"},
	} {
		s := adding(t, 0)
		s.to(c.field)
		s.typed(c.text)
		uitest.Nothing(t, s.keys("enter"))
		s.sees(c.want, c.text)
	}
}

func TestAnHourThatTheClockJumpedOverIsNoTime(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	s := adding(t, 0)
	s.w.Now = time.Date(2026, 3, 30, 9, 0, 0, 0, berlin)
	s.s = diary.Add(s.w, journal.MakeDate(2026, 3, 28))
	s.to("time")
	s.typed("02:30")
	uitest.Nothing(t, s.keys("enter"))
	uitest.Reads(t, s.frame(), "there was no 02:30 that night")
}

// full is a cramp of which everything was said.
func full() journal.Entry {
	no := false
	return cramp(1, journal.Cramped{
		Side: "left", Muscle: "calf", LastedS: num(190), Pain: num(7), AwakeMin: num(15), Helped: []string{"walk", "prayer", "stretch"},
		Soreness: num(2), SoreDays: num(1), Knot: &no, Signs: []string{"weak"}, Note: "tab\there",
	})
}

// patch is what a form about the cramp would change.
func patch(t *testing.T, do screen.Do, e journal.Entry) map[string]any {
	t.Helper()
	if len(do.Records) != 1 || do.Records[0].Revises == nil || do.Records[0].Revises.ID != e.ID || !do.Pop {
		t.Fatalf("it asked for %+v", do)
	}
	return do.Records[0].Patch
}

func TestAnEditRecordsOnlyWhatChanged(t *testing.T) {
	for _, c := range []struct {
		field string
		keys  []string
		want  map[string]any
	}{
		{"side", []string{"r"}, map[string]any{"side": "right"}},
		{"side", []string{"backspace"}, map[string]any{"side": nil}},
		{"worst pain", []string{"right"}, map[string]any{"pain": 8}},
		{"lasted", []string{"left"}, map[string]any{"lasted_s": 130}},
		{"what helped", []string{"space"}, map[string]any{"helped": []string{"walk", "prayer"}}},
		{"what helped", []string{"backspace"}, map[string]any{"helped": nil}},
		{"hard knot", []string{"y"}, map[string]any{"knot": true}},
		{"with it", []string{"space"}, map[string]any{"signs": []string{"swollen", "weak"}}},
		{"note", []string{"backspace", "!"}, map[string]any{"note": "tab␉her!"}},
	} {
		e := full()
		s := sit(t, e)
		s.s = diary.Ask(s.w, e)
		s.to(c.field)
		s.keys(c.keys...)
		if diff := cmp.Diff(c.want, patch(t, s.keys("enter"), e)); diff != "" {
			t.Errorf("%s %v: %s", c.field, c.keys, diff)
		}
	}
}

// Going over a form and leaving every field as it was changes nothing, whatever
// was said.
func TestNothingChangedIsNothingRecorded(t *testing.T) {
	for _, e := range []journal.Entry{full(), cramp(1, journal.Cramped{}), cramp(1, journal.Cramped{Untimed: true, AtLeast: true})} {
		s := sit(t, e)
		s.s = diary.Ask(s.w, e)
		for range 12 {
			s.keys("down")
		}
		s.to("what helped")
		s.keys("space", "right", "space", "left", "space", "right", "space")
		do := s.keys("enter")
		if do.Records != nil || !do.Pop || do.Say != "nothing was changed" {
			t.Errorf("it asked for %+v", do)
		}
	}
}

// Whatever is done to a form, what it records is what the journal then says, and
// editing it again changes nothing.
func TestWhatAFormRecordsIsWhatStands(t *testing.T) {
	names := []string{"up", "down", "left", "right", "space", "backspace", "1", "3", "7", "l", "f", "s", "y"}
	e := full()
	first := sit(t, e)
	rapid.Check(t, func(r *rapid.T) {
		s := &sitting{t: t, w: first.w, s: diary.Ask(first.w, e), log: new(journaltest.Mem)}
		if _, err := s.log.Append(t.Context(), e); err != nil {
			r.Fatal(err)
		}
		for range rapid.IntRange(0, 30).Draw(r, "keys") {
			s.keys(rapid.SampledFrom(names).Draw(r, "key"))
		}
		do := s.keys("enter")
		if do.Records == nil {
			return // refused with a word, or nothing was changed
		}
		s.s = diary.New()
		s.write(do)
		live, err := s.log.Live(t.Context(), back(9), back(0))
		if err != nil || len(live) != 1 {
			r.Fatalf("%v stand: %v", live, err)
		}
		s.s = diary.Ask(s.w, live[0])
		if do := s.keys("enter"); do.Records != nil {
			r.Fatalf("the form does not say what stands: %+v", do.Records[0].Patch)
		}
	})
}

func TestATimeIsChangedWithinTheNight(t *testing.T) {
	e := full()
	s := sit(t, e)
	s.s = diary.Ask(s.w, e)
	s.to("time")
	s.sees("time: 21:48")
	s.keys("backspace", "backspace", "backspace", "backspace", "backspace")
	s.typed("05:00")
	do := s.keys("enter")
	got := patch(t, do, e)
	at, _ := got["new_at"].(time.Time)
	if want := e.At.Add(7*time.Hour + 12*time.Minute).Truncate(time.Minute); !at.Equal(want) || got["new_day"] != e.Day+1 || len(got) != 2 {
		t.Errorf("it changes %v", got)
	}
	s.s = diary.New()
	s.write(do)
	s.keys("down", "enter")
	s.sees("05:00  cramp left calf")
}

func TestATimeIsGivenAndTakenAway(t *testing.T) {
	e := full()
	s := sit(t, e)
	s.s = diary.Ask(s.w, e, "at")
	s.keys("backspace", "backspace", "backspace", "backspace", "backspace")
	if diff := cmp.Diff(map[string]any{"untimed": true}, patch(t, s.keys("enter"), e)); diff != "" {
		t.Error(diff)
	}
	e = toldOf(1, 10, journal.Cramped{Untimed: true})
	s = sit(t, e)
	s.s = diary.Ask(s.w, e, "at")
	s.typed("23:00")
	do := s.keys("enter")
	if got := patch(t, do, e); got["untimed"] != nil || len(got) != 3 {
		t.Errorf("it changes %v", got)
	}
	s.s = diary.New()
	s.write(do)
	live, _ := s.log.Live(t.Context(), back(9), back(0))
	if c := live[0].Fact.(journal.Cramped); c.Untimed || live[0].At.Format("15:04") != "23:00" || live[0].Night != back(1) || live[0].Day != back(1) {
		t.Errorf("it stands as %+v", live[0])
	}
}

func TestSomeFieldsCanBeAskedAlone(t *testing.T) {
	e := cramp(1, journal.Cramped{LastedS: num(60)})
	s := sit(t, e)
	s.s = diary.Ask(s.w, e, "side", "pain")
	s.sees("side", "worst pain")
	s.misses("lasted", "note", "time")
}

func TestEscLeavesACrampAsItWas(t *testing.T) {
	s := adding(t, 1)
	s.keys("right")
	if do := s.keys("esc"); !do.Pop || do.Records != nil {
		t.Errorf("it asked for %+v", do)
	}
}

func TestNoLetterOfAFormIsAKeyOfEverywhere(t *testing.T) {
	s := adding(t, 1)
	if !s.s.(screen.Typing).Takes() {
		t.Error("it takes no letters")
	}
	for _, b := range s.s.Help(s.w) {
		if k := b.Help().Key; k != "enter" && k != "esc" && k != "↑" && k != "↓" {
			t.Errorf("the footer offers %q", k)
		}
	}
}

func TestThePasteOfATerminalsOrdersIsCleaned(t *testing.T) {
	s := adding(t, 1)
	s.to("note")
	s.send(tea.PasteMsg{Content: "red\x1b[31m\u202ewine\nhere"})
	got := uitest.Recorded(s.keys("enter"))[0].(journal.Cramped).Note
	if strings.ContainsAny(got, "\x1b\n\u202e") || !strings.HasPrefix(got, "red") {
		t.Errorf("it keeps %q", got)
	}
}

func TestTheMouseChoosesAFieldAndThenAWord(t *testing.T) {
	for _, width := range []int{40, 80} {
		s := adding(t, 1)
		s.w.Width = width
		s.click("muscle")
		s.click("hamstring")
		s.click("what helped")
		s.click("nothing")
		s.click("rub")
		want := journal.Cramped{Untimed: true, Muscle: "hamstring", Helped: []string{"rub", "nothing"}}
		if diff := cmp.Diff([]journal.Fact{want}, uitest.Recorded(s.keys("enter"))); diff != "" {
			t.Errorf("at %d columns: %s", width, diff)
		}
	}
}

func TestTheWordsToChooseFromAreAllInSight(t *testing.T) {
	s := adding(t, 1)
	s.w.Width, s.w.Height = 40, 10
	for name, words := range map[string][]string{"muscle": journal.Muscles, "what helped": journal.Helps, "with it": journal.CrampSigns} {
		s.to(name)
		uitest.Reads(t, s.frame(), words...)
		s.misses("…")
	}
}

func TestTheFieldInHandIsAlwaysInSight(t *testing.T) {
	s := adding(t, 1)
	s.w.Width, s.w.Height = 40, 10
	for range 13 {
		s.sees("›")
		s.keys("down")
	}
}

// Help and the signs go by the person's keys, but where a field takes the key.
func TestAFormLetsTheKeysThroughThatAreSet(t *testing.T) {
	s := sit(t, weeks()...)
	s.keys("a")
	f := s.s.(screen.Passing)
	passes := func(what, names string, want bool) {
		t.Helper()
		for _, k := range names {
			if got := f.Passes(s.w, uitest.Press(string(k))); got != want {
				t.Errorf("%s: %c passes: %v", what, k, got)
			}
		}
	}
	passes("as it is", "?!", true)
	passes("as it is", "cq3", false)
	s.w.Keys = keymap.For("left")
	passes("for the left hand", "T!?", true)
	keys, err := keymap.Default().With(map[string][]string{"help": {"H", "Y"}, "signs": {"S"}})
	if err != nil {
		t.Fatal(err)
	}
	s.w.Keys = keys
	passes("elsewhere", "HS", true)
	passes("elsewhere", "?!", false)
	s.keys("down")
	passes("on a choice", "HS", true)
	passes("on a choice", "t", false)
}

func TestBodyWordsOfEveryLanguageAreTakenAndAnAmbiguousOneNamesTheChoices(t *testing.T) {
	for _, c := range []struct {
		field, typed string
		want         journal.Cramped
	}{
		{"side", "izquierda", journal.Cramped{Side: "left"}}, {"side", "both", journal.Cramped{Side: "both"}},
		{"muscle", "toes", journal.Cramped{Muscle: "foot"}}, {"muscle", "pie", journal.Cramped{Muscle: "foot"}},
		{"muscle", "gemelo", journal.Cramped{Muscle: "calf"}}, {"muscle", "h", journal.Cramped{Muscle: "hamstring"}},
	} {
		s := adding(t, 3)
		s.to(c.field)
		s.typed(c.typed)
		c.want.Untimed = true
		if diff := cmp.Diff([]journal.Fact{c.want}, uitest.Recorded(s.keys("enter"))); diff != "" {
			t.Errorf("%s %s: %s", c.field, c.typed, diff)
		}
	}
	s := adding(t, 3)
	s.to("muscle")
	s.typed("thigh")
	s.sees("hamstring, quadriceps, inner")
	uitest.Nothing(t, s.keys("enter"))
	s.sees("choose one of")
	s.keys("right")
	if got := uitest.Recorded(s.keys("enter")); len(got) != 1 || got[0].(journal.Cramped).Muscle != "calf" {
		t.Errorf("%+v", got)
	}
}
