package routine_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"lull/routine"
)

var (
	hip      = routine.Screening{HipReplacement: routine.HipOlder}
	knee     = routine.Screening{Knee: true}
	bones    = routine.Screening{Osteoporosis: true}
	falls    = routine.Screening{Falls: true}
	numb     = routine.Screening{NumbFeet: true}
	week10   = routine.Screening{Pregnant: true, PregnancyWeeks: 10}
	week16   = routine.Screening{Pregnant: true, PregnancyWeeks: 16}
	week28   = routine.Screening{Pregnant: true, PregnancyWeeks: 28}
	hipBones = routine.Screening{HipReplacement: routine.HipOlder, Osteoporosis: true}
)

const (
	shoes     = "Keep your shoes or slippers on."
	skin      = "Go gently, and look at the skin of your foot afterwards."
	leanBack  = "Lean back a little, so that the bend at your hip stays under a right angle."
	shortStep = "Take a short step."
	pelvis    = "Leave it out if your pelvis hurts."
	aLittle   = "Open your knees only a little."
	mild      = "A mild pull only: joints are looser now."
	sitTall   = "Sit tall. Do not round your back."
	hipsOnly  = "Bend at the hips only and keep your back long."
	bedOnly   = "On the bed, not on the floor."
	notFlat   = "Not flat on your back."
)

// What evidence.md, sections 3d, 4c, 5.G and 11, asks people to mind.
func TestTheCautionsOfEachAnswer(t *testing.T) {
	lib := open(t)
	for _, c := range []struct {
		name      string
		answers   routine.Screening
		caution   string
		has, lack []string
	}{
		{"shoes", numb, shoes, []string{"wall-calf", "heel-slide", "seated-towel-calf", "seated-hamstring", "wide-knee"}, []string{"towel-toes", "towel-calf"}},
		{"skin", numb, skin, []string{"towel-calf", "towel-soleus", "seated-towel-calf", "supine-strap-hamstring", "towel-toes", "foot-roll"}, []string{"wall-calf"}},
		{"lean back", hip, leanBack, []string{"heel-slide", "top-of-foot", "foot-roll"}, []string{"seated-hamstring"}},
		{"hands off", hip, "Slide less far, and leave your hands off your thigh.", []string{"heel-slide"}, nil},
		{"low stool", hip, "Keep the bend at your hip under a right angle. Use a low stool only.", []string{"heel-up-hamstring"}, nil},
		{"short step", hip, shortStep, []string{"wall-calf", "wall-soleus"}, []string{"wall-lean"}},
		{"hands off the knee", knee, "Slide less far, and leave your hands off your thigh.", []string{"heel-slide"}, []string{"wall-soleus"}},
		{"pelvis", week10, pelvis, []string{"wall-calf", "wall-soleus", "heel-up-hamstring", "standing-quad", "butterfly", "wide-knee"}, []string{"seated-hamstring"}},
		{"no wide knees", week10, aLittle, []string{"butterfly", "recline-butterfly", "wide-knee"}, []string{"side-quad"}},
		{"mild", week10, mild, []string{"wall-calf", "seated-towel-calf", "side-quad"}, []string{"ankle-pumps", "ankle-circles", "calm-breathing"}},
		{"upright, week 28", week28, "Stay upright, with your hands on your thighs.", []string{"wide-knee"}, nil},
		{"upright, week 16", week16, "Stay upright, with your hands on your thighs.", nil, []string{"wide-knee"}},
		{"not flat, week 16", week16, notFlat, []string{"ankle-circles", "ankle-pumps"}, []string{"wall-calf", "calm-breathing"}},
		{"not flat, week 10", week10, notFlat, nil, []string{"ankle-circles"}},
		{"strap and bones", bones, "Do not round your back when you put the strap on.", []string{"supine-strap-hamstring"}, nil},
		{"ball and bones", bones, sitTall, []string{"foot-roll", "toe-pull"}, nil},
		{"hips only", bones, hipsOnly, []string{"seated-hamstring", "wide-knee", "heel-up-hamstring"}, nil},
		{"hips only, but upright", hipBones, hipsOnly, []string{"heel-up-hamstring"}, []string{"seated-hamstring"}},
		{"hips only, pregnant", routine.Screening{Pregnant: true, PregnancyWeeks: 10, Osteoporosis: true}, hipsOnly, []string{"wide-knee"}, []string{"seated-hamstring"}},
		{"the bed, falls", falls, bedOnly, []string{"butterfly"}, []string{"recline-butterfly"}},
		{"the bed, week 28", week28, bedOnly, []string{"butterfly"}, nil},
		{"the bed, week 16", week16, bedOnly, nil, []string{"butterfly"}},
		{"the ball", falls, "Put the ball away before you stand up.", []string{"foot-roll"}, nil},
	} {
		for _, id := range slices.Concat(c.has, c.lack) {
			st, ok := lib.Stretch(id)
			if got, want := slices.Contains(c.answers.Cautions(st), c.caution), slices.Contains(c.has, id); !ok || got != want {
				t.Errorf("%s: %s: %v, want %v; it has %q", c.name, id, got, want, c.answers.Cautions(st))
			}
		}
	}
}

// What a single stretch becomes: another, itself, or nothing.
func TestWhatEachAnswerMakesOfAStretch(t *testing.T) {
	lib := open(t)
	for _, c := range []struct {
		name    string
		answers routine.Screening
		was     string
		want    string
	}{
		{"nothing puts a sitting person on their feet", hip, "long-sit-both", "heel-slide"},
		{"toes on the wall", numb, "wall-toes", "towel-toes"},
		{"toes on the wall, hip", routine.Screening{NumbFeet: true, HipReplacement: routine.HipOlder}, "wall-toes", "ankle-pumps"},
		{"the leg does not go behind", hip, "standing-quad", ""},
		{"the ankle on a sore knee", knee, "toe-pull", "towel-toes"},
		{"the ankle on a sore knee", knee, "peroneal", ""},
		{"a foot that can come forward", knee, "top-of-foot", "top-of-foot"},
		{"a chair for one stretch", week16, "supine-strap-hamstring", "seated-hamstring"},
	} {
		got := ""
		if p := c.answers.PlanOf(lib, stretchOf(t, lib, c.was)); p.Has() {
			got = p.Routine.Steps[0].Stretch
		}
		if got != c.want {
			t.Errorf("%s: %s became %q, want %q", c.name, c.was, got, c.want)
		}
	}
}

func stretchOf(t *testing.T, lib *routine.Library, id string) routine.Stretch {
	t.Helper()
	st, ok := lib.Stretch(id)
	if !ok {
		t.Fatalf("no stretch %s", id)
	}
	return st
}

// A caution that asks for the easier way replaces the movement that contradicts it.
func TestACautionDoesNotContradictTheMovement(t *testing.T) {
	lib := open(t)
	for _, c := range []struct {
		name    string
		answers routine.Screening
		id      string
		gone    string
		now     string
	}{
		{"hip", hip, "seated-hamstring", "chest forward", "upright"},
		{"pregnant", week10, "seated-hamstring", "chest forward", "upright"},
		{"week 28", week28, "wide-knee", "tip forward", "upright"},
		{"hip", hip, "heel-slide", "with your hands", "hands off"},
		{"knee", knee, "heel-slide", "with your hands", "Slide one foot back"},
		{"bones and hip", hipBones, "seated-hamstring", "bend at the hips only", "upright"},
	} {
		st := c.answers.Stretch(lib, c.id)
		text := strings.Join(slices.Concat(st.Movement, st.Caution), " ")
		if strings.Contains(text, c.gone) || !strings.Contains(strings.Join(st.Movement, " "), c.now) || len(st.Easier) > 0 {
			t.Errorf("%s, %s: %q, easier %q", c.name, c.id, text, st.Easier)
		}
	}
	if plain := (routine.Screening{}).Stretch(lib, "heel-slide"); !strings.Contains(strings.Join(plain.Movement, " "), "with your hands") {
		t.Errorf("without answers: %q", plain.Movement)
	}
}

// A routine in bed stays there, whatever the answers.
func TestARoutineInBedStaysInBed(t *testing.T) {
	lib := open(t)
	bed, _ := lib.Routine("bed")
	everyAnswer(func(s routine.Screening) {
		fitted, changes := s.Fit(lib, bed)
		for _, step := range fitted.Steps {
			if st, _ := lib.Stretch(step.Stretch); st.Position == routine.Standing || st.Position == routine.Seated {
				t.Fatalf("%+v: %s is %s: %s", s, st.ID, st.Position, brief(changes))
			}
		}
	})
	if _, changes := week16.Fit(lib, bed); !strings.Contains(brief(changes), "supine-strap-hamstring>long-sit-both") {
		t.Errorf("week 16: %s", brief(changes))
	}
}

// With falls, or late in pregnancy, there is time to stand up, sit or lie down.
func TestThereIsTimeToStandUpAndToLieDown(t *testing.T) {
	const s = time.Second
	lib := open(t)
	r := routine.Routine{ID: "mixed", Steps: []routine.Step{
		{Stretch: "seated-hamstring", Hold: 10 * s, Reps: 1, Order: routine.Alternate, SetUp: 5 * s},
		{Stretch: "seated-towel-calf", Hold: 10 * s, Reps: 1, Order: routine.Alternate, SetUp: 5 * s},
		{Stretch: "towel-calf", Hold: 10 * s, Reps: 1, Order: routine.Alternate, SetUp: 15 * s},
		{Stretch: "side-quad", Hold: 10 * s, Reps: 1, Order: routine.Alternate, SetUp: 40 * s},
		{Stretch: "ankle-pumps", Hold: 10 * s, Reps: 1, Order: routine.Together, SetUp: 5 * s},
		{Stretch: "wide-knee", Hold: 10 * s, Reps: 1, Order: routine.Together, SetUp: 5 * s},
		{Stretch: "butterfly", Hold: 10 * s, Reps: 1, Order: routine.Together, SetUp: 15 * s},     // on the bed
		{Stretch: "calm-breathing", Hold: 10 * s, Reps: 1, Order: routine.Together, SetUp: 5 * s}, // pregnant: on the side
	}}
	for _, c := range []struct {
		name    string
		answers routine.Screening
		want    []time.Duration
	}{
		{"no answers", routine.Screening{}, []time.Duration{5 * s, 5 * s, 15 * s, 40 * s, 5 * s, 5 * s, 15 * s, 5 * s}},
		{"falls", falls, []time.Duration{5 * s, 5 * s, 30 * s, 40 * s, 5 * s, 30 * s, 30 * s, 5 * s}},
		{"week 28", week28, []time.Duration{5 * s, 5 * s, 30 * s, 40 * s, 5 * s, 30 * s, 30 * s, 30 * s}},
		{"week 16", week16, []time.Duration{5 * s, 5 * s, 15 * s, 40 * s, 5 * s, 5 * s, 15 * s, 5 * s}},
	} {
		fitted, _ := c.answers.Fit(lib, r)
		var got []time.Duration
		for _, step := range fitted.Steps {
			got = append(got, step.SetUp)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// What takes the place of a stretch is not the work of another step again.
func TestASubstituteDoesNotRepeatAnotherStep(t *testing.T) {
	lib := open(t)
	for id, want := range map[string]string{"full": "-standing-quad", "feet": "-standing-quad", "standard": "standing-quad>edge-hip-flexor"} {
		r, _ := lib.Routine(id)
		if _, changes := knee.Fit(lib, r); !strings.Contains(brief(changes), want) {
			t.Errorf("%s: %s", id, brief(changes))
		}
	}
}

func TestTheHipFlexorStretchIsNotForAReplacedHip(t *testing.T) {
	st := stretchOf(t, open(t), "split-hip-flexor")
	if text := strings.Join(st.Caution, " "); !strings.Contains(text, "Hip replacement: leave it out.") {
		t.Error(text)
	}
}
