package relief_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"lull/assets"
	"lull/routine"
	"lull/routine/relief"
)

// locked are the answers that must be seen first, each with its tier.
func locked(t testing.TB) map[string]struct {
	who routine.Screening
	act string
} {
	safety, err := routine.ReadSafety(assets.Files)
	if err != nil {
		t.Fatal(err)
	}
	type one = struct {
		who routine.Screening
		act string
	}
	emergency, sameDay := strings.Join(safety.Emergency.Act, " "), strings.Join(safety.SameDay.Act, " ")
	return map[string]one{
		"emergency": {routine.Screening{Emergency: true}, emergency},
		"clot":      {routine.Screening{ClotSigns: true}, sameDay},
		"both":      {routine.Screening{Emergency: true, ClotSigns: true, ClotCleared: true, RecentInjury: true}, emergency},
	}
}

func TestALockedPersonGetsOnlyWhatToDoAboutTheSign(t *testing.T) {
	for name, c := range locked(t) {
		care := open(t).For(c.who)
		if !care.Locked() || care.Act() != c.act {
			t.Errorf("%s: locked %v, %q", name, care.Locked(), care.Act())
		}
		if care.Aftercare() != nil || care.Before() != "" || care.About() != "" {
			t.Errorf("%s: something follows the act", name)
		}
		for _, at := range append(care.Places(), relief.Place{Muscle: "foot", Variant: "top-of-foot"}) {
			p, ok := care.Plan(at)
			if !ok || !p.Locked || len(p.Steps) != 1 || p.First != "" || p.Steps[0].Text != c.act || p.Steps[0].Figure != "" {
				t.Errorf("%s, %v: %+v", name, at, p)
			}
			if p.Muscle != at.Muscle || p.Name == "" || len(p.Notes(0)) > 0 {
				t.Errorf("%s, %v: %+v", name, at, p)
			}
			w := relief.Start(p, 0, 0)
			w, cards := w.Tell(time.Hour)
			if v := w.Next(time.Hour).At(2 * time.Hour); v.Done || v.Doing.Text != c.act || v.Since != 2*time.Hour || len(cards) > 0 {
				t.Errorf("%s, %v: after an hour %+v, %v", name, at, v, cards)
			}
			if v := w.LetGo(90 * time.Second).At(time.Hour); v.Since == 0 || !v.LetGo {
				t.Errorf("%s, %v: ended %+v", name, at, v)
			}
		}
	}
}

func TestAnswersThatComeLateChangeThePlanInHand(t *testing.T) {
	open, lock := open(t).For(routine.Screening{}), open(t).For(routine.Screening{ClotSigns: true})
	calf := relief.Place{Muscle: "calf"}
	usual, _ := open.Plan(calf)
	only, _ := lock.Plan(calf)
	w := relief.Start(usual, 0, 0).Next(20*sec).Turn(only, 30*sec)
	if v := w.At(40 * sec); v.Doing.Text != lock.Act() || v.Since != 40*sec {
		t.Errorf("locked: %+v", v)
	}
	if v := w.Turn(usual, 50*sec).At(51 * sec); v.Doing.Key != "pull" || v.Since != 51*sec || v.Seconds != 9 {
		t.Errorf("cleared: %+v", v)
	}
	if open.Same(lock) || !lock.Same(lock) || open.Same(relief.Care{}) != true {
		t.Error("Same")
	}
}

// hands are the words of a step that reaches the lower leg or the foot, rubs it,
// or puts weight on it.
var (
	reaches = regexp.MustCompile(`(?i)\b(hand on|within reach|towel|sheet|strap|thumb|ball of the foot|hips? .*forward|slide the leg)\b`)
	rubs    = regexp.MustCompile(`(?i)\b(rub|roll|squeeze)\b`)
	stands  = regexp.MustCompile(`(?i)\b(stand|walk|weight|press)\b`)
)

func TestNoStepContradictsARecentInjuryOrAReplacedHip(t *testing.T) {
	for _, c := range []struct {
		name string
		who  routine.Screening
		not  []*regexp.Regexp
	}{
		{"recent injury", routine.Screening{RecentInjury: true}, []*regexp.Regexp{reaches, rubs, stands}},
		{"new hip", routine.Screening{HipReplacement: routine.HipRecent}, []*regexp.Regexp{reaches, rubs, stands}},
		{"older hip", routine.Screening{HipReplacement: routine.HipOlder}, []*regexp.Regexp{reaches}},
	} {
		care := open(t).For(c.who)
		for _, at := range care.Places() {
			p, _ := care.Plan(at)
			if len(p.Steps) == 0 || p.First == "" {
				t.Errorf("%s, %v: nothing is left", c.name, at)
			}
			for i, s := range p.Steps {
				for _, not := range c.not {
					for _, text := range []string{p.First, s.Text, s.More} {
						if found := not.FindString(text); found != "" {
							t.Errorf("%s, %v: %q has %q", c.name, at, text, found)
						}
					}
				}
				asked := strings.Contains(noteTexts(p, i), "surgeon or physiotherapist")
				if want := c.name != "older hip"; asked != want {
					t.Errorf("%s, %v, %s: asks the surgeon: %v", c.name, at, s.Key, asked)
				}
			}
		}
	}
	for _, muscle := range []string{"calf", "foot"} {
		p, _ := open(t).For(routine.Screening{HipReplacement: routine.HipOlder}).Plan(relief.Place{Muscle: muscle})
		for _, s := range p.Steps {
			if rubs.MatchString(s.Text) {
				t.Errorf("a replaced hip, %s: %q bends far", muscle, s.Text)
			}
		}
	}
}

func noteTexts(p relief.Plan, step int) string {
	var texts []string
	for _, n := range p.Notes(step) {
		texts = append(texts, n.Text)
	}
	return strings.Join(texts, " / ")
}

func TestWhateverIsTypedThereIsAPlan(t *testing.T) {
	for words, want := range map[string]relief.Request{
		"":            {},
		"foot":        {Place: relief.Place{Muscle: "foot"}, Muscle: "foot"},
		"left":        {Side: "left"},
		"toes":        {Place: relief.Place{Muscle: "foot"}, Muscle: "foot", Taken: true},
		"pie":         {Place: relief.Place{Muscle: "foot"}, Muscle: "foot", Taken: true},
		"pantorrilla": {Place: relief.Place{Muscle: "calf"}, Muscle: "calf", Taken: true},
		"cal":         {Place: relief.Place{Muscle: "calf"}, Muscle: "calf", Taken: true},
		"left calf":   {Place: relief.Place{Muscle: "calf"}, Muscle: "calf", Side: "left", Taken: true},
		"thigh":       {Place: relief.Place{Muscle: "hamstring"}, Taken: true},
		"shin":        {Place: relief.Place{Muscle: "foot", Variant: "top-of-foot"}, Taken: true},
		"other":       {Muscle: "other", Taken: true},
		"elephant":    {Taken: true},
		"q w x y z;":  {Taken: true},
	} {
		got := relief.Asked(words)
		want.Typed = words
		if got != want {
			t.Errorf("%q: %+v, want %+v", words, got, want)
		}
		if p, ok := open(t).For(routine.Screening{}).Plan(got.Opens()); !ok || len(p.Steps) == 0 {
			t.Errorf("%q opens no plan", words)
		}
		if err := got.Cramp().Validate(); err != nil {
			t.Errorf("%q: %v", words, err)
		}
	}
}
