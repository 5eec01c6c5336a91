package settings_test

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lull/routine/cues"
	"lull/routine/journal"
	"lull/routine/say"
	"lull/routine/settings"
)

const written = `# mine
theme = "dark" # easier on the eyes
night_starts = "13:00"

[[water]]
id = "mug" # the blue one
name = "big mug"
ml = 300

[keys]
pause = ["p"]
`

func parse(t *testing.T, text string) settings.Settings {
	t.Helper()
	s, err := settings.Parse("config.toml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAnEmptyFileMeansTheDefaults(t *testing.T) {
	for _, text := range []string{"", "\n\n", "# nothing yet\n"} {
		if diff := cmp.Diff(settings.Default(), parse(t, text)); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

func TestAFileIsReadOverTheDefaults(t *testing.T) {
	s := parse(t, written)
	want := settings.Default()
	want.Theme, want.Calendar.NightStarts = "dark", 13*time.Hour
	want.Water = []settings.Item{{ID: "mug", Name: "big mug", ML: 300}}
	want.Keys = map[string][]string{"pause": {"p"}}
	if diff := cmp.Diff(want, s); diff != "" {
		t.Error(diff)
	}
}

func TestWrongFilesNameTheLineTheKeyAndWhatIsAllowed(t *testing.T) {
	for text, wants := range map[string][]string{
		"theme = \"pink\"":      {"config.toml:1", "theme", "dark"},
		"\n\nthme = \"dark\"":   {"config.toml:3", "thme", "theme"},
		"bed = \"25:00\"":       {"config.toml:1", "bed"},
		"[[water]]\nid = \"a\"": {"name"},
		"[[water]]\nid=\"a\"\nname=\"a\"\n[[bedtime]]\nid=\"a\"\nname=\"b\"": {"two items have this id"},
		"theme = ": {"config.toml:1"},
	} {
		_, err := settings.Parse("config.toml", []byte(text))
		if err == nil {
			t.Errorf("%q was taken", text)
			continue
		}
		for _, want := range wants {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%q: %q does not say %q", text, err, want)
			}
		}
	}
}

// A wrong key costs no other one.
func TestAWrongKeyKeepsItsDefaultAndTheOthersHold(t *testing.T) {
	const good = "theme = \"night\"\nlanguage = \"es\"\nvolume = 40\n"
	const lists = "[[water]]\nid = \"mug\"\nname = \"mug\"\n"
	for wrong, line := range map[string]int{
		"bed = \"25:00\"":                     1,
		"bed = 21:00x":                        1, // no TOML at all
		"bed = ":                              1,
		"theem = \"dark\"":                    1,
		"marks = [\"ok\", \"NOT OK\"]":        1,
		"bell = 3":                            1,
		"volume = 40":                         4, // the second one of this key
		"[bedtime]":                           1, // all keys of the file that follow are in it
		"[[bedtime]]\nid = \"walk\"\nx = 1\n": 3,
	} {
		text := wrong + "\n" + good + lists
		if strings.HasPrefix(wrong, "[") {
			text = good + lists + wrong + "\n"
			line += strings.Count(good+lists, "\n")
		}
		got, err := settings.Parse("config.toml", []byte(text))
		want := settings.Default()
		want.Theme, want.Language, want.Volume = "night", "es", 40
		want.Water = []settings.Item{{ID: "mug", Name: "mug"}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", wrong, diff)
		}
		if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("config.toml:%d: ", line)) {
			t.Errorf("%s: it says %v", wrong, err)
		}
	}
}

func TestAListWithAWrongItemIsTheUsualOne(t *testing.T) {
	for _, wrong := range []string{"ml = -1", "mll = 3", "id = \"mug\""} {
		text := "theme = \"night\"\n[[water]]\nid = \"mug\"\nname = \"mug\"\n[[water]]\nid = \"mug\"\nname = \"cup\"\n" + wrong + "\n"
		got, err := settings.Parse("config.toml", []byte(text))
		want := settings.Default()
		want.Theme = "night"
		if diff := cmp.Diff(want, got); diff != "" || err == nil {
			t.Errorf("%s: %v %s", wrong, err, diff)
		}
	}
}

func TestSettingOneKeyLeavesEverythingElseAsItWasWritten(t *testing.T) {
	for _, c := range []struct{ key, value, old, new string }{
		{"theme", "night", `theme = "dark" # easier`, `theme = "night" # easier`},
		{"quiet_hours", "false", "night_starts = \"13:00\"\n", "night_starts = \"13:00\"\nquiet_hours = false\n"},
		{"voice_rate", "180", "night_starts = \"13:00\"\n", "night_starts = \"13:00\"\nvoice_rate = 180\n"},
		{"voice_name", "7", "night_starts = \"13:00\"\n", "night_starts = \"13:00\"\nvoice_name = \"7\"\n"},
		{"night_starts", "12:30", `"13:00"`, `"12:30"`},
	} {
		got, err := settings.Set("config.toml", []byte(written), c.key, c.value)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(strings.Replace(written, c.old, c.new, 1), string(got)); diff != "" {
			t.Errorf("%s = %s: %s", c.key, c.value, diff)
		}
	}
}

func TestAWrongValueChangesNothingAndSaysWhatIsAllowed(t *testing.T) {
	for key, value := range map[string]string{
		"theme": "pink", "bed": "late", "quiet_hours": "maybe", "colour": "red", "bell": "true",
		"voice": "loud", "voice_rate": "20", "volume": "101", "sound": "always",
		"lead_in": "61", "quiet_sessions": "maybe", "muted": "1",
	} {
		if got, err := settings.Set("config.toml", []byte(written), key, value); err == nil || got != nil {
			t.Errorf("%s = %s was taken: %s", key, value, got)
		}
	}
}

func TestWhatIsSetIsWhatIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := []byte(rapid.SampledFrom([]string{"", written, "[keys]\n", "# only a comment", "theme = \"light\""}).Draw(t, "file"))
		values := map[string][]string{
			"theme": settings.Themes, "limit_fluids": settings.Limits, "quiet_hours": {"true", "false"},
			"volume": {"0", "55", "100"}, "voice_name": {"", "true", "12", "en-gb"},
			"bed": {"21:00", "00:15"}, "wake": {"06:45"}, "routine": {"bed", "my \"own\" one"}, "day_starts": {"03:00"},
		}
		want := map[string]string{}
		for range rapid.IntRange(1, 6).Draw(t, "changes") {
			key := rapid.SampledFrom([]string{
				"theme", "limit_fluids", "quiet_hours", "volume", "voice_name", "bed", "wake", "routine", "day_starts",
			}).Draw(t, "key")
			value := rapid.SampledFrom(values[key]).Draw(t, "value")
			next, err := settings.Set("config.toml", text, key, value)
			if err != nil {
				t.Fatal(err)
			}
			text, want[key] = next, value
		}
		s, err := settings.Parse("config.toml", text)
		if err != nil {
			t.Fatalf("%v in\n%s", err, text)
		}
		for key, value := range want {
			if got, err := settings.Get(s, key); err != nil || got != value {
				t.Fatalf("%s is %q, want %q: %v\n%s", key, got, value, err, text)
			}
		}
	})
}

func TestAListReplacesTheOneInTheFile(t *testing.T) {
	items := []settings.Item{{ID: "a", Name: `say "ah"`, ML: 100}, {ID: "b", Name: "b"}}
	got, err := settings.SetItems("config.toml", []byte(written), "water", items)
	if err != nil {
		t.Fatal(err)
	}
	s := parse(t, string(got))
	if diff := cmp.Diff(items, s.Water); diff != "" {
		t.Error(diff)
	}
	if s.Theme != "dark" || !strings.Contains(string(got), "# mine") || s.Keys["pause"][0] != "p" {
		t.Errorf("the rest was changed:\n%s", got)
	}
}

func TestAListCanBeEmptiedAndFilledAgain(t *testing.T) {
	text, err := settings.SetItems("config.toml", []byte(written), "bedtime", nil)
	if err != nil {
		t.Fatal(err)
	}
	if s := parse(t, string(text)); len(s.Bedtime) != 0 || len(s.Water) != 1 {
		t.Errorf("%+v\n%s", s, text)
	}
	text, err = settings.SetItems("config.toml", text, "bedtime", []settings.Item{{ID: "x", Name: "x"}})
	if err != nil {
		t.Fatal(err)
	}
	if s := parse(t, string(text)); len(s.Bedtime) != 1 {
		t.Errorf("%+v\n%s", s, text)
	}
}

func TestPaceByTheHour(t *testing.T) {
	s := settings.Default() // awake from 8, in bed at 22:30, so the last drink is due at 20:30
	for _, c := range []struct {
		done int
		hour float64
		want settings.Pace
	}{
		{0, 8, settings.OnTrack}, {0, 11, settings.Behind}, {2, 11, settings.OnTrack}, {4, 11, settings.Ahead},
		{7, 20.4, settings.OnTrack}, {3, 20.6, settings.Easing}, {3, 22.4, settings.Easing}, {3, 23, settings.Resting},
		{3, 2, settings.Resting}, {0, 6, settings.Resting}, {8, 12, settings.Enough}, {11, 12, settings.Enough},
		{12, 12, settings.Excess}, {12, 2, settings.Excess}, {40, 21, settings.Excess},
	} {
		if got := s.Pace(c.done, 8, time.Duration(c.hour*float64(time.Hour))); got != c.want {
			t.Errorf("%d of 8 at %v: %q, want %q", c.done, c.hour, got, c.want)
		}
	}
}

func TestTheUsualDrinksAreSixOfAQuarterLitre(t *testing.T) {
	var ml int
	for _, it := range settings.Default().Water {
		ml += it.ML
	}
	if n := len(settings.Default().Water); n != 6 || ml != 1500 {
		t.Errorf("%d drinks, %d ml", n, ml)
	}
	own := parse(t, "[[water]]\nid = \"glass-8\"\nname = \"eighth glass\"\nml = 250\n")
	if len(own.Water) != 1 || own.Water[0].ML != 250 || own.Water[0].ID != "glass-8" {
		t.Errorf("a list of the person's own became %+v", own.Water)
	}
}

func TestTheBedtimeListHasAPillowAndMineralsFromFood(t *testing.T) {
	var names []string
	for _, it := range settings.Default().Bedtime {
		names = append(names, it.Name)
	}
	for _, want := range []string{"pillow so the feet do not point", "ordinary food with minerals today"} {
		if !slices.Contains(names, want) {
			t.Errorf("%q is not among %q", want, names)
		}
	}
	own := parse(t, "bedtime = []\n")
	if len(own.Bedtime) != 0 {
		t.Errorf("an empty list became %+v", own.Bedtime)
	}
}

func TestADayBecomesMuchOnceOnTheWayUp(t *testing.T) {
	for list, want := range map[int]int{0: 10, 1: 5, 6: 10, 8: 12} {
		s := settings.Default()
		s.Water = make([]settings.Item, list)
		var said []int
		for n := range 60 {
			if s.BecomesMuch(n) {
				said = append(said, n)
			}
			if much := s.Pace(n, list, 12*time.Hour) == settings.Excess; much != (n >= want) {
				t.Errorf("%d of %d is more than usual: %t", n, list, much)
			}
		}
		if !slices.Equal(said, []int{want}) {
			t.Errorf("a list of %d becomes much at %v, want %d", list, said, want)
		}
	}
}

func TestPaceIsAlwaysOneOfItsWordsAndNeverWorseForDrinkingMore(t *testing.T) {
	rank := map[settings.Pace]int{settings.Behind: 0, settings.OnTrack: 1, settings.Ahead: 2, settings.Enough: 3}
	rapid.Check(t, func(t *rapid.T) {
		s := settings.Default()
		s.Bed = time.Duration(rapid.IntRange(0, 24*60-1).Draw(t, "bed")) * time.Minute
		s.Wake = time.Duration(rapid.IntRange(0, 24*60-1).Draw(t, "wake")) * time.Minute
		hour := time.Duration(rapid.IntRange(0, 24*60-1).Draw(t, "hour")) * time.Minute
		done := rapid.IntRange(0, 11).Draw(t, "done")
		less, more := s.Pace(done, 8, hour), s.Pace(done+1, 8, hour)
		a, okA := rank[less]
		b, okB := rank[more]
		if okA && okB && b < a {
			t.Fatalf("%d is %q and %d is %q", done, less, done+1, more)
		}
	})
}

func TestTheNextWaterIsTheFirstThatIsOpenThenExtras(t *testing.T) {
	s := settings.Default()
	ticked := map[string]bool{}
	var order []string
	for range 10 {
		next := s.NextWater(func(item string) bool { return ticked[item] })
		if next.List != journal.WaterList || next.ML != 250 {
			t.Fatalf("%+v", next)
		}
		ticked[next.Item] = true
		order = append(order, next.Item)
	}
	if want := "glass-1 glass-6 extra-1 extra-2"; strings.Join([]string{order[0], order[5], order[6], order[7]}, " ") != want {
		t.Errorf("%v", order)
	}
}

func TestTheOldBellMeansWhatItMeant(t *testing.T) {
	type heard struct {
		sound string
		quiet bool
	}
	for text, want := range map[string]heard{
		"":                                     {settings.Tones, true},
		"bell = true":                          {settings.Bell, false},
		"bell = false":                         {"off", true},
		"bell = true\nsound = \"tones\"":       {settings.Tones, true},
		"bell = true\nquiet_hours = true":      {settings.Bell, true},
		"bell = false\nquiet_hours = false":    {"off", false},
		"sound = \"bell\"":                     {settings.Bell, true},
		"quiet_hours = false\nsound = \"off\"": {"off", false},
	} {
		s := parse(t, text)
		if got := (heard{s.Sound, s.QuietHours}); got != want {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}
	if _, err := settings.Get(settings.Default(), "bell"); err == nil || !strings.Contains(err.Error(), "lull config set sound bell") {
		t.Errorf("asked for the bell: %v", err)
	}
	if _, err := settings.Parse("config.toml", []byte("bell = 7")); err == nil || !strings.Contains(err.Error(), "config.toml:1: bell") {
		t.Errorf("bell = 7: %v", err)
	}
}

func TestQuietHoursAreFromBedUntilWakeRoundMidnight(t *testing.T) {
	s := settings.Default() // in bed at 22:30, awake at 8
	for _, c := range []struct {
		hour, bed, wake float64
		quiet           bool
	}{
		{22.4, 22.5, 8, false}, {22.5, 22.5, 8, true}, {23.9, 22.5, 8, true}, {0, 22.5, 8, true}, {7.9, 22.5, 8, true}, {8, 22.5, 8, false},
		{0.5, 1, 9, false}, {1, 1, 9, true}, {9, 1, 9, false}, {23, 1, 9, false},
	} {
		s.Bed, s.Wake = time.Duration(c.bed*float64(time.Hour)), time.Duration(c.wake*float64(time.Hour))
		at := time.Duration(c.hour * float64(time.Hour))
		s.QuietHours, s.QuietSessions = true, false
		if got := s.Quiet(at); got != c.quiet {
			t.Errorf("at %v, bed %v, wake %v: quiet %v", c.hour, c.bed, c.wake, got)
		}
		if s.Sounding(at) != settings.Tones {
			t.Errorf("at %v a session that a person started sounds as %q", c.hour, s.Sounding(at))
		}
		s.QuietSessions = true
		if got := s.Sounding(at); (got == "off") != c.quiet {
			t.Errorf("at %v, bed %v, wake %v a session that is to be quiet sounds as %q", c.hour, c.bed, c.wake, got)
		}
		if s.QuietHours = false; s.Quiet(at) || s.Sounding(at) != settings.Tones {
			t.Errorf("without quiet hours it sounds as %q", s.Sounding(at))
		}
	}
}

func TestWhatIsHeardOfASession(t *testing.T) {
	both := cues.Found{Speech: "espeak-ng", Player: "pw-play"}
	for name, c := range map[string]struct {
		set   string
		found cues.Found
		want  bool
	}{
		"nothing set":                {"", both, true},
		"no program at all":          {"", cues.Found{}, true}, // the terminal's bell
		"muted":                      {"muted = true\nvoice = \"full\"", both, false},
		"volume 0":                   {"volume = 0\nvoice = \"full\"", both, false},
		"no tones, spoken":           {"sound = \"off\"\nvoice = \"counts\"", both, true},
		"no tones, nothing to speak": {"sound = \"off\"\nvoice = \"counts\"", cues.Found{Player: "aplay"}, false},
		"volume 0 leaves the bell":   {"sound = \"bell\"\nvolume = 0", both, true},
	} {
		s := parse(t, c.set)
		if got := s.Audible(time.Hour, c.found); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestTheLeadInIsReadInSeconds(t *testing.T) {
	for text, want := range map[string]time.Duration{"": 10 * time.Second, "lead_in = 0": 0, "lead_in = 60": time.Minute} {
		if got := parse(t, text).GetReady(); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
	if _, err := settings.Parse("config.toml", []byte("lead_in = 61")); err == nil || !strings.Contains(err.Error(), "from 0 to 60") {
		t.Errorf("61 seconds: %v", err)
	}
}

func TestAbedIsFromBedUntilWaking(t *testing.T) {
	h := func(hour, min int) time.Duration {
		return time.Duration(hour)*time.Hour + time.Duration(min)*time.Minute
	}
	for _, c := range []struct {
		bed, wake, at time.Duration
		want          bool
	}{
		{h(22, 30), h(8, 0), h(22, 29) + 59*time.Second, false},
		{h(22, 30), h(8, 0), h(22, 30), true},
		{h(22, 30), h(8, 0), 0, true},
		{h(22, 30), h(8, 0), h(7, 59), true},
		{h(22, 30), h(8, 0), h(8, 0), false},
		{h(22, 30), h(8, 0), h(12, 0), false},
		{h(0, 30), h(8, 0), h(0, 29), false}, // a bedtime after midnight
		{h(0, 30), h(8, 0), h(3, 0), true},
		{h(9, 0), h(16, 30), h(10, 0), true}, // somebody who works at night
		{h(9, 0), h(16, 30), h(3, 0), false},
		{h(8, 0), h(8, 0), h(8, 0), false}, // no night at all
		{h(8, 0), h(8, 0), h(3, 0), false},
	} {
		s := settings.Settings{Bed: c.bed, Wake: c.wake}
		if got := s.Abed(c.at); got != c.want {
			t.Errorf("bed %v, wake %v, at %v: %v", c.bed, c.wake, c.at, got)
		}
	}
}

func TestWordsAreSpokenInTheLanguageInUse(t *testing.T) {
	es, err := say.Open(fstest.MapFS{"words/es/a.po": {Data: []byte("msgid \"first glass\"\nmsgstr \"primer vaso\"\n")}}, "es")
	if err != nil {
		t.Fatal(err)
	}
	say.Use(es)
	t.Cleanup(func() { say.Use(nil) })
	s := settings.Default()
	if got := s.Manner().Language; got != "es" {
		t.Errorf("words are spoken as %q", got)
	}
	for _, name := range []string{"primer vaso", "first glass", "glass-1"} {
		if it, _, ok := s.Find(name); !ok || it.ID != "glass-1" {
			t.Errorf("%q finds %+v", name, it)
		}
	}
}

func TestOnlyWhatMayDecideWhereANightBeginsIsABoundary(t *testing.T) {
	for text, want := range map[string]string{
		"":                                "",
		"theme = \"pink\"\n":              "",
		"theme = pink\n":                  "",
		"day_start_page = 1\n":            "",
		"theme = 1\nnight_starts = 9\n":   "config.toml:2",
		"night_starts = six\n":            "config.toml:1",
		"nigth_starts = \"18:00\"\n":      "config.toml:1",
		"\nday_starts = \"25:00\"\n":      "config.toml:2",
		"night_starts \"18:00\"\n":        "config.toml:1",
		strings.Repeat("theme = x\n", 40): "config.toml:1",
	} {
		_, err := settings.Parse("config.toml", []byte(text))
		got := settings.Boundary(err)
		if want == "" && got != nil || want != "" && (got == nil || !strings.HasPrefix(got.Error(), want+":")) {
			t.Errorf("%q: %v, want %q", text, got, want)
		}
	}
	if settings.Boundary(io.ErrUnexpectedEOF) == nil {
		t.Error("a file that cannot be read has boundaries")
	}
}
