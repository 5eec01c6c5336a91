package routine_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lull/routine"
)

// shippedSteps is each routine as evidence.md computes it: the seconds of every
// step and of the whole.
const shippedSteps = `
trial: wall-calf 85, heel-up-hamstring 90 = 175
trial-seated: long-sit-both 50 = 50
trial-blocks: wall-calf 110, heel-up-hamstring 120 = 230
quick: wall-calf 100, seated-hamstring 50, toe-pull 30 = 180
standard: wall-calf 145, wall-soleus 70, heel-up-hamstring 70, standing-quad 70, toe-pull 85, ankle-circles 40 = 480
full: ankle-pumps 35, wall-calf 145, wall-soleus 140, heel-up-hamstring 145, standing-quad 75, split-hip-flexor 55, butterfly 45, toe-pull 85, top-of-foot 40, peroneal 50, ankle-circles 50, calm-breathing 35 = 900
bed: ankle-pumps 35, towel-calf 150, towel-soleus 55, supine-strap-hamstring 80, side-quad 75, recline-butterfly 40, ankle-circles 45 = 480
seated: ankle-pumps 35, heel-slide 105, seated-towel-calf 105, seated-hamstring 105, wide-knee 30, towel-toes 60, ankle-circles 40 = 480
gentle: ankle-pumps 80, ankle-circles 85, calm-breathing 75 = 240
pregnancy: ankle-pumps 70, ankle-circles 40, wall-calf 105, seated-hamstring 55, seated-towel-calf 105, towel-toes 60, calm-breathing 45 = 480
feet: ankle-pumps 35, wall-calf 145, wall-soleus 140, heel-up-hamstring 75, standing-quad 75, split-hip-flexor 55, toe-pull 95, foot-roll 100 = 720
`

func TestEveryRoutineTakesTheSecondsOfTheEvidence(t *testing.T) {
	var b strings.Builder
	b.WriteByte('\n')
	for _, r := range open(t).Routines() {
		var steps []string
		for _, s := range r.Steps {
			steps = append(steps, fmt.Sprintf("%s %v", s.Stretch, s.Length().Seconds()))
		}
		fmt.Fprintf(&b, "%s: %s = %v\n", r.ID, strings.Join(steps, ", "), r.Length().Seconds())
	}
	if diff := cmp.Diff(shippedSteps, b.String()); diff != "" {
		t.Error(diff)
	}
}

func TestTheTrialKeepsItsPublishedDose(t *testing.T) {
	lib := open(t)
	r, _ := lib.Routine("trial")
	for _, s := range r.Steps {
		if s.Hold != 10*time.Second || s.Reps != 3 || s.Order != routine.Alternate {
			t.Errorf("%+v", s)
		}
		if rest := s.Gap + s.Hold + s.Gap; rest < 10*time.Second {
			t.Errorf("each leg rests %v in %s", rest, s.Stretch)
		}
	}
	if r.Length() > 3*time.Minute {
		t.Errorf("it takes %v, more than the trial's three minutes", r.Length())
	}
	if r.Held() != 2*time.Minute {
		t.Errorf("held %v", r.Held())
	}
}

func TestOnlyTheTrialsRoutinesSpeakOfATrial(t *testing.T) {
	for _, r := range open(t).Routines() {
		family := strings.HasPrefix(r.ID, "trial")
		speaks := strings.Contains(strings.ToLower(r.Name+r.About+r.Evidence), "trial")
		if speaks != family {
			t.Errorf("%s speaks of a trial: %v", r.ID, speaks)
		}
		if r.Trial != (r.ID == "trial") {
			t.Errorf("%s has the trial's dose: %v", r.ID, r.Trial)
		}
		if !family && r.Evidence != "This combination has not been tested for cramps." {
			t.Errorf("%s: %s", r.ID, r.Evidence)
		}
		if !r.Shipped() || len(r.Own) > 0 {
			t.Errorf("%s passes for a person's own", r.ID)
		}
	}
}

func TestNoRoutineEndsWithPointedToes(t *testing.T) {
	lib := open(t)
	rapid.Check(t, func(t *rapid.T) {
		for _, r := range lib.Routines() {
			fitted, _ := anyScreening(t).Fit(lib, r)
			if n := len(fitted.Steps); n > 0 && fitted.Steps[n-1].Stretch == "top-of-foot" {
				t.Fatalf("%s does", r.ID)
			}
		}
	})
}

func TestWhatAStepLeavesOutComesFromItsStretch(t *testing.T) {
	text := `name = "a"
[[step]]
stretch = "wall-calf"
[[step]]
stretch = "side-quad"
[[step]]
stretch = "butterfly"
gap = "0s"
[[step]]
stretch = "mine"
sides = "left"
setup = "0s"
[[stretch]]
id = "mine"
name = "Hanging on the bar"
position = "standing"
hold = "40s"
`
	r, err := routine.ParseRoutine("routines/after football.toml", []byte(text), open(t))
	if err != nil {
		t.Fatal(err)
	}
	want := routine.Routine{
		ID: "after football", Name: "a", Source: "routines/after football.toml",
		Evidence: "Your own combination; it has not been tested for cramps.",
		Steps: []routine.Step{
			{Stretch: "wall-calf", Hold: 30 * time.Second, Reps: 2, Order: routine.Alternate, Gap: 5 * time.Second, SetUp: 5 * time.Second},
			{Stretch: "side-quad", Hold: 20 * time.Second, Reps: 1, Order: routine.Alternate, Gap: 20 * time.Second, SetUp: 15 * time.Second},
			{Stretch: "butterfly", Hold: 30 * time.Second, Reps: 1, Order: routine.Together, SetUp: 15 * time.Second},
			{Stretch: "mine", Hold: 40 * time.Second, Reps: 1, Order: routine.OnlyLeft, Gap: 5 * time.Second},
		},
		Own: []routine.Stretch{{
			ID: "mine", Name: "Hanging on the bar", Position: routine.Standing, Action: routine.ToHold, Hold: 40 * time.Second, Reps: 1,
			Source: "routines/after football.toml",
		}},
	}
	if diff := cmp.Diff(want, r); diff != "" {
		t.Error(diff)
	}
}

func TestTheRoutineOfTheManualIsRead(t *testing.T) {
	text := `name = "after football"
about = "what my physio gave me"
[[step]]
stretch = "wall-calf"     # from the library, or one defined in [[stretch]] below
hold = "30s"
reps = 2
sides = "alternate"       # alternate | left-then-right | both | left | right
gap = "5s"
setup = "10s"
`
	r, err := routine.ParseRoutine("after-football.toml", []byte(text), open(t))
	if err != nil || r.ID != "after-football" || r.About != "what my physio gave me" || r.Length() != 145*time.Second || r.Shipped() {
		t.Errorf("%v %+v", err, r)
	}
}

func TestAWrongRoutineIsRefusedWithItsLine(t *testing.T) {
	lib := open(t)
	const head = "name = \"a\"\n[[step]]\nstretch = \"wall-calf\"\n"
	const own = "name = \"a\"\n[[step]]\nstretch = \"x\"\n[[stretch]]\nid = \"x\"\nname = \"x\"\nposition = \"any\"\nhold = \"9s\"\n"
	for text, want := range map[string]string{
		"name = \"a\"":                       "step is missing from this file",
		"name = \"a\"\nstep = []\nabout = 1": "about = 1: not a text in quotes; write 0 to 100 characters in quotes",
		"name = \"a\"\ntrial = true\n[[step]]\nstretch = \"wall-calf\"": "trial is not a key of this file; allowed: name, about, stretch, step",
		"name = \"a\"\n[[step]]\nstretch = \"wal-calf\"":                `stretch = "wal-calf": no stretch is called that; did you mean wall-calf?`,
		"name = \"a\"\n[[step]]\nstretch = \"xylophone\"":               `stretch = "xylophone": no stretch is called that; define it under [[stretch]], or use one of the library`,
		head + "rep = 3":             "rep is not a key of [[step]]; did you mean reps? allowed: stretch, hold, reps, sides, gap, setup",
		head + "hold = \"30x\"":      `hold = "30x": not a length of time; write a number and s, m or h, from 1s to 1h`,
		head + "hold = \"0s\"":       `hold = "0s": too short; write a number and s, m or h, from 1s to 1h`,
		head + "hold = \"1h1s\"":     `hold = "1h1s": too long; write a number and s, m or h, from 1s to 1h`,
		head + "gap = \"61m\"":       `gap = "61m": too long; write a number and s, m or h, from 0s to 1h`,
		head + "reps = 51":           "reps = 51: too large; write a number from 1 to 50, without quotes",
		head + "sides = \"altrnat\"": `sides = "altrnat": not known here; did you mean alternate? allowed: alternate, left-then-right, both, left, right`,
		"name = \"a\"\n[[step]]\nsides = \"left\"\nstretch = \"butterfly\"": `sides = "left": not how butterfly works; it uses both legs at once: write both, or leave sides out`,
		own + "trial = true": "trial is not a key of [[stretch]]; allowed: id, name, areas, muscles, position, action, needs, one_of, optional, sides, hold, reps, gap, ready, set_up, movement, caution, easier, easier_stretch, sources",
		own + "[[stretch]]\nid = \"x\"\nname = \"y\"\nposition = \"any\"\nhold = \"9s\"": `id = "x": already the name of another stretch of this file; choose another`,
		strings.ReplaceAll(own, `"x"`, `"wall-calf"`):                                    `id = "wall-calf": already the name of a stretch of the library; choose another`,
		strings.ReplaceAll(own, `"x"`, `"Über"`):                                         `id = "Über": not a short name; use a to z, 0 to 9 and -`,
		own + "movement = [\"" + strings.Repeat("y", 77) + "\"]":                         `movement = "` + strings.Repeat("y", 39) + `…: too long by 1; write at most 2 texts of 1 to 76 characters, as in ["one", "two"]`,
		own + "needs = [\"ladder\"]":                                                     `needs = "ladder": not known here; write a list of wall, towel, chair, stool, ball`,
	} {
		_, err := routine.ParseRoutine("a.toml", []byte(text), lib)
		if err == nil {
			t.Errorf("%q was taken", text)
			continue
		}
		_, got, _ := strings.Cut(err.Error(), ": ")
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

func TestTooManyStepsAreRefused(t *testing.T) {
	text := "name = \"a\"\n" + strings.Repeat("[[step]]\nstretch = \"wall-calf\"\n", 201)
	_, err := routine.ParseRoutine("a.toml", []byte(text), open(t))
	const want = "a.toml:402: step = [[step]]: too many; at most 200; there are 201"
	if err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

func TestARoutineIsReadBackAsItWasWritten(t *testing.T) {
	lib := open(t)
	rapid.Check(t, func(t *rapid.T) {
		want := anyRoutine(t, lib)
		got, err := routine.ParseRoutine("a.toml", routine.Format(want), lib)
		if err != nil {
			t.Fatalf("%v in\n%s", err, routine.Format(want))
		}
		if got.Name != want.Name || got.About != want.About || !slices.Equal(got.Steps, want.Steps) {
			t.Fatal(cmp.Diff(want, got))
		}
	})
}

func anyRoutine(t *rapid.T, lib *routine.Library) routine.Routine {
	seconds := func(name string, low, high int) time.Duration {
		return time.Duration(rapid.IntRange(low, high).Draw(t, name)) * time.Second
	}
	orders := []routine.Order{routine.Alternate, routine.LeftThenRight, routine.Together, routine.OnlyLeft, routine.OnlyRight}
	r := routine.Routine{
		Name:  rapid.StringMatching(`[a-zé"\\=#\[]{1,60}`).Draw(t, "name"),
		About: rapid.StringMatching(`[a-z "\\']{0,100}`).Draw(t, "about"),
	}
	for range rapid.IntRange(1, 12).Draw(t, "steps") {
		st := rapid.SampledFrom(lib.Stretches()).Draw(t, "stretch")
		s := routine.Step{Stretch: st.ID, Reps: rapid.IntRange(1, 50).Draw(t, "reps"), Order: routine.Together}
		if st.Sides != routine.Both {
			s.Order = rapid.SampledFrom(orders).Draw(t, "order")
		}
		s.Hold, s.Gap, s.SetUp = seconds("hold", 1, 3600), seconds("gap", 0, 3600), seconds("setup", 0, 3600)
		r.Steps = append(r.Steps, s)
	}
	return r
}

// FuzzParseRoutine: what is taken keeps the limits and can be written again.
func FuzzParseRoutine(f *testing.F) {
	lib := open(f)
	for _, r := range lib.Routines() {
		f.Add(routine.Format(r))
	}
	f.Add([]byte("name = \"a\"\n[[step]]\nstretch = \"x\"\n[[stretch]]\nid = \"x\"\nname = \"x\"\nposition = \"any\"\nhold = \"9s\"\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := routine.ParseRoutine("a.toml", data, lib)
		if err != nil {
			return
		}
		for _, s := range r.Steps {
			if s.Hold < time.Second || s.Hold > time.Hour || s.Reps < 1 || s.Reps > 50 || s.Gap < 0 || s.SetUp < 0 || len(s.Holds()) == 0 {
				t.Errorf("%+v", s)
			}
		}
		if len(r.Own) > 0 {
			return
		}
		again, err := routine.ParseRoutine("a.toml", routine.Format(r), lib)
		if err != nil || !slices.Equal(again.Steps, r.Steps) {
			t.Errorf("%v: %+v became %+v", err, r, again)
		}
	})
}
