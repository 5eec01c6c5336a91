package routine_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lull/assets"
	"lull/routine"
)

// brief writes changes as -gone, was>now and ~kept with care.
func brief(changes []routine.Change) string {
	var out []string
	for _, c := range changes {
		switch c.Now {
		case c.Was:
			out = append(out, "~"+c.Was)
		case "":
			out = append(out, "-"+c.Was)
		default:
			out = append(out, c.Was+">"+c.Now)
		}
	}
	return strings.Join(out, " ")
}

// onlyPumps is what is left out for people who must ask their surgeon first.
var onlyPumps = map[string]string{
	"trial":        "-wall-calf -heel-up-hamstring",
	"trial-seated": "-long-sit-both",
	"trial-blocks": "-wall-calf -heel-up-hamstring",
	"quick":        "-wall-calf -seated-hamstring -toe-pull",
	"standard":     "-wall-calf -wall-soleus -heel-up-hamstring -standing-quad -toe-pull ~ankle-circles",
	"full":         "~ankle-pumps -wall-calf -wall-soleus -heel-up-hamstring -standing-quad -split-hip-flexor -butterfly -toe-pull -top-of-foot -peroneal ~ankle-circles",
	"bed":          "~ankle-pumps -towel-calf -towel-soleus -supine-strap-hamstring -side-quad -recline-butterfly ~ankle-circles",
	"seated":       "~ankle-pumps -heel-slide -seated-towel-calf -seated-hamstring -wide-knee -towel-toes ~ankle-circles",
	"gentle":       "~ankle-pumps ~ankle-circles",
	"pregnancy":    "~ankle-pumps ~ankle-circles -wall-calf -seated-hamstring -seated-towel-calf -towel-toes",
	"feet":         "~ankle-pumps -wall-calf -wall-soleus -heel-up-hamstring -standing-quad -split-hip-flexor -toe-pull -foot-roll",
}

// pregnant is what changes from the first weeks on.
var pregnant = map[string]string{
	"trial":        "~wall-calf ~wall-calf ~heel-up-hamstring ~heel-up-hamstring",
	"trial-seated": "~long-sit-both",
	"trial-blocks": "~wall-calf ~wall-calf ~heel-up-hamstring ~heel-up-hamstring",
	"quick":        "~wall-calf ~wall-calf ~seated-hamstring ~seated-hamstring toe-pull>towel-toes ~towel-toes",
	"standard": "~wall-calf ~wall-calf ~wall-soleus ~wall-soleus ~heel-up-hamstring ~heel-up-hamstring ~standing-quad " +
		"~standing-quad toe-pull>towel-toes ~towel-toes",
	"full": "~wall-calf ~wall-calf ~wall-soleus ~wall-soleus ~heel-up-hamstring ~heel-up-hamstring ~standing-quad " +
		"~standing-quad -split-hip-flexor ~butterfly ~butterfly ~butterfly toe-pull>towel-toes ~towel-toes -top-of-foot " +
		"-peroneal ~calm-breathing",
	"bed": "~towel-calf ~towel-soleus ~supine-strap-hamstring ~side-quad ~side-quad ~recline-butterfly ~recline-butterfly " +
		"~recline-butterfly ~recline-butterfly",
	"seated": "~heel-slide ~seated-towel-calf ~seated-hamstring ~seated-hamstring ~wide-knee ~wide-knee ~wide-knee " +
		"~towel-toes",
	"gentle":    "~calm-breathing",
	"pregnancy": "~wall-calf ~wall-calf ~seated-hamstring ~seated-hamstring ~seated-towel-calf ~towel-toes ~calm-breathing",
	"feet": "~wall-calf ~wall-calf ~wall-soleus ~wall-soleus ~heel-up-hamstring ~heel-up-hamstring ~standing-quad " +
		"~standing-quad -split-hip-flexor toe-pull>towel-toes ~towel-toes",
}

func with(base map[string]string, changed map[string]string) map[string]string {
	out := maps.Clone(base)
	maps.Copy(out, changed)
	return out
}

var (
	fromWeek16 = with(pregnant, map[string]string{
		"standard": "~wall-calf ~wall-calf ~wall-soleus ~wall-soleus ~heel-up-hamstring ~heel-up-hamstring ~standing-quad " +
			"~standing-quad toe-pull>towel-toes ~towel-toes ~ankle-circles",
		"full": "~ankle-pumps ~wall-calf ~wall-calf ~wall-soleus ~wall-soleus ~heel-up-hamstring ~heel-up-hamstring " +
			"~standing-quad ~standing-quad -split-hip-flexor ~butterfly ~butterfly ~butterfly toe-pull>towel-toes " +
			"~towel-toes -top-of-foot -peroneal ~ankle-circles ~calm-breathing",
		"bed": "~ankle-pumps ~towel-calf ~towel-soleus supine-strap-hamstring>long-sit-both ~long-sit-both ~side-quad " +
			"~side-quad ~recline-butterfly ~recline-butterfly ~recline-butterfly ~recline-butterfly ~ankle-circles",
		"seated": "~ankle-pumps ~heel-slide ~seated-towel-calf ~seated-hamstring ~seated-hamstring ~wide-knee ~wide-knee " +
			"~wide-knee ~towel-toes ~ankle-circles",
		"gentle": "~ankle-pumps ~ankle-circles ~calm-breathing",
		"pregnancy": "~ankle-pumps ~ankle-circles ~wall-calf ~wall-calf ~seated-hamstring ~seated-hamstring ~seated-towel-calf " +
			"~towel-toes ~calm-breathing",
		"feet": "~ankle-pumps ~wall-calf ~wall-calf ~wall-soleus ~wall-soleus ~heel-up-hamstring ~heel-up-hamstring " +
			"~standing-quad ~standing-quad -split-hip-flexor toe-pull>towel-toes ~towel-toes",
	})
	fromWeek28 = with(fromWeek16, map[string]string{
		"trial":        "~wall-calf ~wall-calf heel-up-hamstring>seated-hamstring ~seated-hamstring ~seated-hamstring",
		"trial-seated": "long-sit-both>seated-towel-calf ~seated-towel-calf",
		"trial-blocks": "~wall-calf ~wall-calf heel-up-hamstring>seated-hamstring ~seated-hamstring ~seated-hamstring",
		"standard": "~wall-calf ~wall-calf ~wall-soleus ~wall-soleus heel-up-hamstring>seated-hamstring ~seated-hamstring " +
			"~seated-hamstring standing-quad>side-quad ~side-quad ~side-quad toe-pull>towel-toes ~towel-toes ~ankle-circles",
		"full": "~ankle-pumps ~wall-calf ~wall-calf ~wall-soleus ~wall-soleus heel-up-hamstring>seated-hamstring " +
			"~seated-hamstring ~seated-hamstring standing-quad>side-quad ~side-quad ~side-quad -split-hip-flexor ~butterfly " +
			"~butterfly ~butterfly ~butterfly toe-pull>towel-toes ~towel-toes -top-of-foot -peroneal ~ankle-circles " +
			"~calm-breathing",
		"bed": "~ankle-pumps ~towel-calf ~towel-soleus -supine-strap-hamstring ~side-quad ~side-quad ~recline-butterfly " +
			"~recline-butterfly ~recline-butterfly ~recline-butterfly ~ankle-circles",
		"seated": "~ankle-pumps ~heel-slide ~seated-towel-calf ~seated-hamstring ~seated-hamstring ~wide-knee ~wide-knee " +
			"~wide-knee ~wide-knee ~towel-toes ~ankle-circles",
		"feet": "~ankle-pumps ~wall-calf ~wall-calf ~wall-soleus ~wall-soleus heel-up-hamstring>seated-hamstring " +
			"~seated-hamstring ~seated-hamstring standing-quad>side-quad ~side-quad ~side-quad -split-hip-flexor " +
			"toe-pull>towel-toes ~towel-toes",
	})
)

// answers are what each answer changes, as evidence.md 3d asks.
var answers = map[string]struct {
	answers routine.Screening
	want    map[string]string // by routine; not named means unchanged
}{
	"nothing":       {routine.Screening{}, nil},
	"recent injury": {routine.Screening{RecentInjury: true}, onlyPumps},
	"new hip":       {routine.Screening{HipReplacement: routine.HipRecent}, onlyPumps},
	"fluid limit":   {routine.Screening{FluidLimit: true}, nil},
	"weakness": {routine.Screening{Weakness: true}, map[string]string{
		"trial":        "~heel-up-hamstring",
		"trial-blocks": "~heel-up-hamstring",
		"standard":     "~heel-up-hamstring ~standing-quad",
		"full":         "~heel-up-hamstring ~standing-quad",
		"feet":         "~heel-up-hamstring ~standing-quad",
	}},
	"medicines":            {routine.Screening{Medicines: routine.Medicines}, nil},
	"clot signs, cleared":  {routine.Screening{ClotSigns: true, ClotCleared: true}, nil},
	"week 15":              {routine.Screening{Pregnant: true, PregnancyWeeks: 15}, pregnant},
	"week 16":              {routine.Screening{Pregnant: true, PregnancyWeeks: 16}, fromWeek16},
	"week 27":              {routine.Screening{Pregnant: true, PregnancyWeeks: 27}, fromWeek16},
	"week 28":              {routine.Screening{Pregnant: true, PregnancyWeeks: 28}, fromWeek28},
	"pregnant, no week":    {routine.Screening{Pregnant: true}, fromWeek28},
	"a week, not pregnant": {routine.Screening{PregnancyWeeks: 30}, nil},
	"hip": {routine.Screening{HipReplacement: routine.HipOlder}, map[string]string{
		"trial":        "~wall-calf ~heel-up-hamstring",
		"trial-seated": "long-sit-both>heel-slide ~heel-slide ~heel-slide",
		"trial-blocks": "~wall-calf ~heel-up-hamstring",
		"quick":        "~wall-calf ~seated-hamstring toe-pull>ankle-pumps",
		"standard":     "~wall-calf ~wall-soleus ~heel-up-hamstring -standing-quad toe-pull>ankle-pumps",
		"full": "~wall-calf ~wall-soleus ~heel-up-hamstring -standing-quad -split-hip-flexor -butterfly -toe-pull ~top-of-foot " +
			"-peroneal",
		"bed":       "-towel-calf -towel-soleus ~supine-strap-hamstring -side-quad -recline-butterfly",
		"seated":    "~heel-slide ~heel-slide -seated-towel-calf ~seated-hamstring -wide-knee -towel-toes",
		"pregnancy": "~wall-calf ~seated-hamstring seated-towel-calf>heel-slide ~heel-slide ~heel-slide -towel-toes",
		"feet":      "~wall-calf ~wall-soleus ~heel-up-hamstring -standing-quad -split-hip-flexor -toe-pull ~foot-roll ~foot-roll",
	}},
	"hip and falls": {routine.Screening{HipReplacement: routine.HipOlder, Falls: true}, map[string]string{
		"trial":        "wall-calf>heel-slide ~heel-slide ~heel-slide heel-up-hamstring>seated-hamstring ~seated-hamstring",
		"trial-seated": "long-sit-both>heel-slide ~heel-slide ~heel-slide",
		"trial-blocks": "wall-calf>heel-slide ~heel-slide ~heel-slide heel-up-hamstring>seated-hamstring ~seated-hamstring",
		"quick":        "wall-calf>heel-slide ~heel-slide ~heel-slide ~seated-hamstring toe-pull>ankle-pumps",
		"standard": "wall-calf>heel-slide ~heel-slide ~heel-slide -wall-soleus heel-up-hamstring>seated-hamstring ~seated-hamstring " +
			"-standing-quad toe-pull>ankle-pumps",
		"full": "wall-calf>heel-slide ~heel-slide ~heel-slide -wall-soleus heel-up-hamstring>seated-hamstring ~seated-hamstring " +
			"-standing-quad -split-hip-flexor -butterfly -toe-pull ~top-of-foot -peroneal",
		"bed":       "-towel-calf -towel-soleus ~supine-strap-hamstring -side-quad -recline-butterfly",
		"seated":    "~heel-slide ~heel-slide -seated-towel-calf ~seated-hamstring -wide-knee -towel-toes",
		"pregnancy": "wall-calf>heel-slide ~heel-slide ~heel-slide ~seated-hamstring -seated-towel-calf -towel-toes",
		"feet": "wall-calf>heel-slide ~heel-slide ~heel-slide -wall-soleus heel-up-hamstring>seated-hamstring ~seated-hamstring " +
			"-standing-quad -split-hip-flexor -toe-pull ~foot-roll ~foot-roll ~foot-roll",
	}},
	"knee": {routine.Screening{Knee: true}, map[string]string{
		"quick":    "toe-pull>towel-toes",
		"standard": "~wall-soleus standing-quad>edge-hip-flexor toe-pull>towel-toes",
		"full":     "~wall-soleus -standing-quad butterfly>wide-knee ~wide-knee toe-pull>towel-toes ~top-of-foot -peroneal",
		"bed":      "side-quad>edge-hip-flexor -recline-butterfly",
		"seated":   "~heel-slide ~heel-slide ~wide-knee",
		"feet":     "~wall-soleus -standing-quad toe-pull>towel-toes ~foot-roll",
	}},
	"osteoporosis": {routine.Screening{Osteoporosis: true}, map[string]string{
		"trial":        "~heel-up-hamstring",
		"trial-seated": "long-sit-both>seated-towel-calf ~seated-towel-calf",
		"trial-blocks": "~heel-up-hamstring",
		"quick":        "~seated-hamstring ~toe-pull",
		"standard":     "~heel-up-hamstring ~toe-pull",
		"full":         "~heel-up-hamstring ~butterfly ~toe-pull ~peroneal",
		"bed":          "~towel-calf ~towel-soleus ~supine-strap-hamstring",
		"seated":       "~seated-towel-calf ~seated-hamstring ~wide-knee ~towel-toes",
		"pregnancy":    "~seated-hamstring ~seated-towel-calf ~towel-toes",
		"feet":         "~heel-up-hamstring ~toe-pull ~foot-roll",
	}},
	"falls": {routine.Screening{Falls: true}, map[string]string{
		"trial":        "wall-calf>seated-towel-calf heel-up-hamstring>seated-hamstring",
		"trial-blocks": "wall-calf>seated-towel-calf heel-up-hamstring>seated-hamstring",
		"quick":        "wall-calf>seated-towel-calf",
		"standard":     "wall-calf>seated-towel-calf wall-soleus>heel-slide heel-up-hamstring>seated-hamstring standing-quad>side-quad",
		"full": "wall-calf>seated-towel-calf wall-soleus>heel-slide heel-up-hamstring>seated-hamstring standing-quad>side-quad " +
			"-split-hip-flexor ~butterfly",
		"pregnancy": "-wall-calf",
		"feet": "wall-calf>seated-towel-calf wall-soleus>heel-slide heel-up-hamstring>seated-hamstring standing-quad>side-quad " +
			"-split-hip-flexor ~foot-roll",
	}},
	"numb feet": {routine.Screening{NumbFeet: true}, map[string]string{
		"trial":        "~wall-calf ~heel-up-hamstring",
		"trial-blocks": "~wall-calf ~heel-up-hamstring",
		"quick":        "~wall-calf ~seated-hamstring ~toe-pull",
		"standard":     "~wall-calf ~wall-soleus ~heel-up-hamstring ~standing-quad ~toe-pull",
		"full":         "~wall-calf ~wall-soleus ~heel-up-hamstring ~standing-quad ~split-hip-flexor ~toe-pull ~top-of-foot",
		"bed":          "~towel-calf ~towel-soleus ~supine-strap-hamstring",
		"seated":       "~heel-slide ~seated-towel-calf ~seated-towel-calf ~seated-hamstring ~wide-knee ~towel-toes",
		"pregnancy":    "~wall-calf ~seated-hamstring ~seated-towel-calf ~seated-towel-calf ~towel-toes",
		"feet":         "~wall-calf ~wall-soleus ~heel-up-hamstring ~standing-quad ~split-hip-flexor ~toe-pull ~foot-roll",
	}},
}

func TestEachAnswerChangesTheRoutinesItShould(t *testing.T) {
	lib := open(t)
	for name, c := range answers {
		for _, r := range lib.Routines() {
			_, changes := c.answers.Fit(lib, r)
			if diff := cmp.Diff(c.want[r.ID], brief(changes)); diff != "" {
				t.Errorf("%s, %s: %s", name, r.ID, diff)
			}
		}
	}
}

func TestASubstituteThatIsWrongItselfIsDropped(t *testing.T) {
	lib := open(t)
	r, _ := lib.Routine("standard")
	for _, c := range []struct {
		answers routine.Screening
		want    string
	}{
		{routine.Screening{Falls: true, Knee: true}, "wall-calf>seated-towel-calf wall-soleus>heel-slide ~heel-slide ~heel-slide heel-up-hamstring>seated-hamstring -standing-quad toe-pull>towel-toes"},
		{routine.Screening{Knee: true, Pregnant: true, PregnancyWeeks: 20}, "~wall-calf ~wall-calf ~wall-soleus ~wall-soleus ~wall-soleus ~heel-up-hamstring ~heel-up-hamstring -standing-quad " +
			"toe-pull>towel-toes ~towel-toes ~ankle-circles"},
		{routine.Screening{Knee: true, HipReplacement: routine.HipOlder}, "~wall-calf ~wall-soleus ~wall-soleus ~heel-up-hamstring -standing-quad toe-pull>ankle-pumps"},
	} {
		if _, changes := c.answers.Fit(lib, r); brief(changes) != c.want {
			t.Errorf("%+v:\n%s, want\n%s", c.answers, brief(changes), c.want)
		}
	}
}

func TestAnotherStretchKeepsTheDoseAndGetsTimeToChangeOver(t *testing.T) {
	const s = time.Second
	lib := open(t)
	for name, c := range map[string]struct{ was, want routine.Step }{
		"rolling over takes time": {
			routine.Step{Stretch: "standing-quad", Hold: 30 * s, Reps: 2, Order: routine.LeftThenRight, Gap: 5 * s, SetUp: 5 * s},
			routine.Step{Stretch: "side-quad", Hold: 30 * s, Reps: 2, Order: routine.LeftThenRight, Gap: 20 * s, SetUp: 15 * s},
		},
		"both legs become one at a time": {
			routine.Step{Stretch: "wall-lean", Hold: 10 * s, Reps: 3, Order: routine.Together},
			routine.Step{Stretch: "seated-towel-calf", Hold: 10 * s, Reps: 3, Order: routine.Alternate, Gap: 5 * s},
		},
		"one leg at a time becomes both": {
			routine.Step{Stretch: "wall-calf", Hold: 10 * s, Reps: 3, Order: routine.Alternate, Gap: 5 * s},
			routine.Step{Stretch: "wall-lean", Hold: 10 * s, Reps: 3, Order: routine.Together, Gap: 5 * s},
		},
		"either way stays": {
			routine.Step{Stretch: "wall-calf", Hold: 10 * s, Reps: 3, Order: routine.OnlyLeft, Gap: 5 * s},
			routine.Step{Stretch: "ankle-pumps", Hold: 10 * s, Reps: 3, Order: routine.OnlyLeft, Gap: 5 * s},
		},
		"itself stays": {
			routine.Step{Stretch: "side-quad", Hold: 10 * s, Reps: 1, Order: routine.Alternate},
			routine.Step{Stretch: "side-quad", Hold: 10 * s, Reps: 1, Order: routine.Alternate},
		},
	} {
		st, ok := lib.Stretch(c.want.Stretch)
		if diff := cmp.Diff(c.want, c.was.With(st)); diff != "" || !ok {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestAChangedTrialNoLongerPassesForTheTrial(t *testing.T) {
	lib := open(t)
	trial, _ := lib.Routine("trial")
	changed, _ := routine.Screening{Falls: true}.Fit(lib, trial)
	if changed.Trial || !strings.Contains(changed.Evidence, "not been tested") {
		t.Errorf("%+v", changed)
	}
	kept, _ := routine.Screening{Osteoporosis: true}.Fit(lib, trial)
	if !kept.Trial || kept.Evidence != trial.Evidence {
		t.Errorf("%+v", kept)
	}
}

// The laws of Fit, for any answers and any routine.
func TestWhatFitLeavesSuits(t *testing.T) {
	lib := open(t)
	rapid.Check(t, func(t *rapid.T) {
		s, r := anyScreening(t), anyRoutine(t, lib)
		before := len(r.Steps)
		fitted, changes := s.Fit(lib, r)
		if len(fitted.Steps) > before || len(r.Steps) != before {
			t.Fatalf("%d steps became %d", before, len(fitted.Steps))
		}
		for _, step := range fitted.Steps {
			st, _ := lib.Stretch(step.Stretch)
			if ok, why := s.Suits(st); !ok {
				t.Fatalf("%s stayed: %s", st.ID, why)
			}
			if st.Sides == routine.Both && step.Order != routine.Together {
				t.Fatalf("%s goes %s", st.ID, step.Order)
			}
		}
		for _, c := range changes {
			if c.Why == "" || len(c.Why) > 100 || c.Step < 0 || c.Step >= before {
				t.Fatalf("%+v", c)
			}
		}
		again, more := s.Fit(lib, fitted)
		if diff := cmp.Diff(fitted, again); diff != "" || strings.Contains(brief(more), ">") || strings.Contains(brief(more), "-wall") {
			t.Fatalf("fitting twice changes more: %s%s", diff, brief(more))
		}
		if locked, _ := s.Locked(); locked && len(fitted.Steps) > 0 {
			t.Fatal("a locked routine has steps")
		}
	})
}

func TestALockNeedsASignThatIsNotCleared(t *testing.T) {
	for _, c := range []struct {
		answers routine.Screening
		want    bool
	}{
		{routine.Screening{}, false},
		{routine.Screening{Emergency: true}, true},
		{routine.Screening{Emergency: true, ClotCleared: true}, true},
		{routine.Screening{ClotSigns: true}, true},
		{routine.Screening{ClotSigns: true, ClotCleared: true}, false},
		{routine.Screening{RecentInjury: true, Falls: true}, false},
	} {
		locked, why := c.answers.Locked()
		if locked != c.want || locked == (why == "") {
			t.Errorf("%+v: %v %q", c.answers, locked, why)
		}
	}
}

func TestPregnancyRulesOutWhatTheEvidenceSays(t *testing.T) {
	lib := open(t)
	rapid.Check(t, func(t *rapid.T) {
		s := anyScreening(t)
		s.Pregnant, s.PregnancyWeeks = true, rapid.IntRange(0, 45).Draw(t, "week")
		for _, st := range lib.Stretches() {
			ok, _ := s.Suits(st)
			flat := st.Position == routine.Supine && st.ID != "recline-butterfly"
			late := s.PregnancyWeeks == 0 || s.PregnancyWeeks >= 16
			if ok && (st.Position == routine.Prone || st.ID == "top-of-foot" || flat && late) {
				t.Fatalf("%s is fine in week %d", st.ID, s.PregnancyWeeks)
			}
		}
	})
}

func TestAPregnancyGoesOnAfterTheAnswer(t *testing.T) {
	const day = 24 * time.Hour
	for _, c := range []struct {
		week  int
		since time.Duration
		want  int
	}{
		{12, 0, 12}, {12, 6 * day, 12}, {12, 7 * day, 13}, {12, 28 * day, 16}, {40, 500 * day, 45}, {0, 70 * day, 0}, {12, -70 * day, 12},
		{12, 200 * 365 * day, 45},
	} {
		s := routine.Screening{Pregnant: true, PregnancyWeeks: c.week}
		if got := s.Later(c.since).PregnancyWeeks; got != c.want {
			t.Errorf("week %d after %v is %d, want %d", c.week, c.since, got, c.want)
		}
	}
	if got := (routine.Screening{Falls: true}).Later(700 * day); !cmp.Equal(got, routine.Screening{Falls: true}) {
		t.Errorf("%+v", got)
	}
}

func TestAnswersSurviveBeingStored(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := anyScreening(t)
		if err := want.Validate(); err != nil {
			t.Fatal(err)
		}
		data, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got routine.Screening
		if err := json.Unmarshal(data, &got); err != nil || !cmp.Equal(want, got) {
			t.Fatalf("%s: %v %+v", data, err, got)
		}
	})
}

func TestAnswersThatCannotBeAreRefused(t *testing.T) {
	for _, s := range []routine.Screening{
		{Pregnant: true, PregnancyWeeks: 46}, {PregnancyWeeks: -1}, {HipReplacement: "plastic"}, {Medicines: []routine.Medicine{"quinine"}},
	} {
		if s.Validate() == nil {
			t.Errorf("%+v was taken", s)
		}
	}
}

func TestTheQuestionsAreTheAnswersInOrder(t *testing.T) {
	all := routine.Screening{
		Emergency: true, ClotSigns: true, RecentInjury: true, FluidLimit: true, Pregnant: true, HipReplacement: routine.HipOlder,
		Knee: true, Osteoporosis: true, Falls: true, NumbFeet: true, Weakness: true, Medicines: []routine.Medicine{routine.Statin},
	}
	safety, err := open(t).Safety()
	if err != nil {
		t.Fatal(err)
	}
	var asked []string
	for _, q := range safety.Questions {
		asked = append(asked, q.Key)
	}
	if diff := cmp.Diff(asked, all.Yes()); diff != "" {
		t.Error(diff)
	}
	data, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	var stored map[string]any
	if err := json.Unmarshal(data, &stored); err != nil {
		t.Fatal(err)
	}
	for _, key := range asked {
		if _, ok := stored[key]; !ok {
			t.Errorf("the answer to %s is stored under another name in %s", key, data)
		}
	}
	if len(asked) != 12 || len(routine.Screening{}.Yes()) != 0 {
		t.Errorf("%d questions", len(asked))
	}
}

func TestTheAnswersDecideWhatElseIsShown(t *testing.T) {
	week := func(n int) routine.Screening { return routine.Screening{Pregnant: true, PregnancyWeeks: n} }
	for name, c := range map[string]struct{ got, want any }{
		"limit hides drinks":       {routine.Screening{FluidLimit: true}.LimitFluids(), true},
		"no limit shows them":      {routine.Screening{}.LimitFluids(), false},
		"numb feet, no heat":       {routine.Screening{NumbFeet: true}.NoHeatOrIce(), true},
		"week 27":                  {week(27).SleepOnSide(), false},
		"week 28":                  {week(28).SleepOnSide(), true},
		"pregnant first":           {routine.Screening{Pregnant: true, Falls: true}.Offer(), "pregnancy"},
		"falls sit":                {routine.Screening{Falls: true}.Offer(), "seated"},
		"weak sit":                 {routine.Screening{Weakness: true}.Offer(), "seated"},
		"injured":                  {routine.Screening{RecentInjury: true, Pregnant: true}.Offer(), "gentle"},
		"new hip":                  {routine.Screening{HipReplacement: routine.HipRecent, Falls: true}.Offer(), "gentle"},
		"a lock offers nothing":    {routine.Screening{Emergency: true, Falls: true}.Offer(), ""},
		"a clot offers nothing":    {routine.Screening{ClotSigns: true, RecentInjury: true}.Offer(), ""},
		"else anything":            {routine.Screening{Knee: true}.Offer(), ""},
		"warfarin":                 {routine.Screening{Medicines: []routine.Medicine{routine.Warfarin}}.Takes(routine.Warfarin), true},
		"a statin is not warfarin": {routine.Screening{Medicines: []routine.Medicine{routine.Statin}}.Takes(routine.Warfarin), false},
	} {
		if c.got != c.want {
			t.Errorf("%s: %v, want %v", name, c.got, c.want)
		}
	}
}

func anyScreening(t *rapid.T) routine.Screening {
	yes := func(name string) bool { return rapid.IntRange(0, 3).Draw(t, name) == 0 }
	return routine.Screening{
		Emergency: rapid.IntRange(0, 9).Draw(t, "emergency") == 0, ClotSigns: rapid.IntRange(0, 9).Draw(t, "clot") == 0, ClotCleared: yes("cleared"),
		RecentInjury: rapid.IntRange(0, 9).Draw(t, "injury") == 0, FluidLimit: yes("fluids"),
		Pregnant: yes("pregnant"), PregnancyWeeks: rapid.IntRange(0, 45).Draw(t, "week"),
		HipReplacement: rapid.SampledFrom([]routine.Hip{"", "", routine.HipOlder, routine.HipRecent}).Draw(t, "hip"),
		Knee:           yes("knee"), Osteoporosis: yes("bones"), Falls: yes("falls"), NumbFeet: yes("numb"), Weakness: yes("weak"),
		Medicines: rapid.Custom(func(t *rapid.T) []routine.Medicine {
			return rapid.SliceOfNDistinct(rapid.SampledFrom(routine.Medicines), 0, 3, rapid.ID[routine.Medicine]).Draw(t, "m")
		}).Filter(func(m []routine.Medicine) bool { return len(m) > 0 }).Draw(t, "medicines"),
	}
}

func TestEveryQuestionHasAPlaceForItsAnswer(t *testing.T) {
	lib, err := routine.Open(assets.Files)
	if err != nil {
		t.Fatal(err)
	}
	safety, err := lib.Safety()
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range safety.Questions {
		var s routine.Screening
		if !s.Answer(q.Key, true) {
			t.Errorf("%s is no question of a screening", q.Key)
		}
		if d, more := routine.DetailOf(q.Key); more {
			d.Keep(&s, nil, 0)
		}
		if got := s.Yes(); len(got) != 1 || got[0] != q.Key {
			t.Errorf("a yes to %s is %v", q.Key, got)
		}
		if s.Answer(q.Key, false); len(s.Yes()) > 0 {
			t.Errorf("a no to %s leaves %v", q.Key, s.Yes())
		}
	}
}

func TestAStatinAddsItsSign(t *testing.T) {
	safety, err := open(t).Safety()
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range safety.Questions {
		for _, m := range routine.Medicines {
			want := q.Signs
			if q.Key == "medicines" && m == routine.Statin {
				want = []string{"U3", "R6"}
			}
			if got := (routine.Screening{Medicines: []routine.Medicine{m}}).Signs(q); !slices.Equal(got, want) {
				t.Errorf("%s, %s: %v, want %v", q.Key, m, got, want)
			}
		}
	}
}
