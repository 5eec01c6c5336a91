package relief_test

import (
	"regexp"
	"slices"
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
	const sameDay = "Do not stretch or rub this leg. Call your doctor or the out-of-hours line today."
	emergency := strings.Join(safety.Emergency.Act, " ")
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

// steadies are answers that each change some steps.
var steadies = map[string]routine.Screening{
	"injury": {RecentInjury: true}, "new hip": {HipReplacement: routine.HipRecent}, "older hip": {HipReplacement: routine.HipOlder},
	"falls": {Falls: true}, "numb": {NumbFeet: true}, "back": {Osteoporosis: true},
	"falls and hip": {Falls: true, HipReplacement: routine.HipOlder}, "falls and injury": {Falls: true, RecentInjury: true},
}

func TestNoCardOrAftercareSendsSomeoneToStandWhoMayNot(t *testing.T) {
	for name, who := range steadies {
		care := open(t).For(who)
		may := !who.Falls && !who.RecentInjury && who.HipReplacement != routine.HipRecent
		p, _ := care.Plan(relief.Place{Muscle: "calf"})
		_, cards := relief.Start(p, 0, 0).Tell(5 * time.Minute)
		if got := len(cards) == 1 && strings.Contains(cards[0].Text, "standing"); got != may {
			t.Errorf("%s: after five minutes %v", name, cards)
		}
		if _, cards := relief.Start(p, 0, 0).Tell(11 * time.Minute); len(cards) == 0 || cards[len(cards)-1].Sign != "U2" {
			t.Errorf("%s: after ten minutes %v", name, cards)
		}
		var after []string
		for _, l := range care.Aftercare() {
			after = append(after, l.Text, l.More)
		}
		text := strings.Join(after, " / ")
		if got, want := strings.Contains(text, "Tomorrow: walk about."), !who.RecentInjury && who.HipReplacement != routine.HipRecent; got != want {
			t.Errorf("%s: walking tomorrow is %v", name, got)
		}
		if strings.Contains(text, "hower") == who.Falls && !who.NumbFeet {
			t.Errorf("%s: a shower: %s", name, text)
		}
		if who.Falls && !strings.Contains(text, "A warm cloth, not hot.") {
			t.Errorf("%s: no warm cloth: %s", name, text)
		}
	}
}

func TestAnswersThatComeLateDoNotSkipACard(t *testing.T) {
	calf := relief.Place{Muscle: "calf"}
	usual, _ := open(t).For(routine.Screening{}).Plan(calf)
	seated, _ := open(t).For(routine.Screening{Falls: true}).Plan(calf)
	w, cards := relief.Start(usual, 0, 0).Tell(6 * time.Minute)
	if len(cards) != 1 {
		t.Fatalf("%v", cards)
	}
	w, cards = w.Turn(seated, 7*time.Minute).Tell(11 * time.Minute)
	if len(cards) != 1 || cards[0].Sign != "U2" {
		t.Errorf("after the answers came: %v", cards)
	}
	if _, cards = w.Turn(usual, 12*time.Minute).Tell(13 * time.Minute); len(cards) != 0 {
		t.Errorf("said again: %v", cards)
	}
}

func TestUnsteadyPeopleStaySeated(t *testing.T) {
	up := regexp.MustCompile(`(?i)\b(stand|walk|then stand)\b`)
	for _, name := range []string{"falls", "falls and hip", "falls and injury"} {
		care := open(t).For(steadies[name])
		for _, at := range care.Places() {
			p, _ := care.Plan(at)
			for i, s := range p.Steps {
				for _, text := range []string{s.Text, s.More, noteTexts(p, i)} {
					if up.MatchString(text) {
						t.Errorf("%s, %v, %s: %q", name, at, s.Key, text)
					}
				}
			}
		}
	}
	for muscle, want := range map[string]string{
		"calf": "Sitting: press the heel flat on the floor.", "hamstring": "Sitting: press the heel flat on the floor.",
		"foot": "Sitting: toes spread and pressed flat on the floor.",
	} {
		p, _ := open(t).For(steadies["falls"]).Plan(relief.Place{Muscle: muscle})
		if i := slices.IndexFunc(p.Steps, func(s relief.Step) bool { return s.Key == "stand" }); i < 0 || p.Steps[i].Text != want || p.Steps[i].Figure != "" {
			t.Errorf("%s: %+v", muscle, p.Steps)
		}
	}
}

func TestARecentInjuryOnlyPumps(t *testing.T) {
	for _, name := range []string{"injury", "new hip", "falls and injury"} {
		care := open(t).For(steadies[name])
		for _, at := range []relief.Place{{Muscle: "calf"}, {Muscle: "foot"}, {Muscle: "foot", Variant: "top-of-foot"}} {
			p, _ := care.Plan(at)
			for _, s := range p.Steps {
				if !s.Ease && !strings.Contains(s.Text, "a little and let go, over and over") {
					t.Errorf("%s, %v: %q is more than a pump", name, at, s.Text)
				}
			}
		}
	}
}

func TestAVariantKeepsToTheAnswers(t *testing.T) {
	for _, name := range []string{"injury", "new hip", "older hip", "falls and hip"} {
		p, _ := open(t).For(steadies[name]).Plan(relief.Place{Muscle: "foot", Variant: "top-of-foot"})
		for _, s := range p.Steps {
			if s.Key == "pull" && !s.Ease && (!strings.Contains(s.Text, "down") || s.More != "Leave the leg where it is." || !regexp.MustCompile("no hands|let go").MatchString(s.Text)) {
				t.Errorf("%s: %q %q", name, s.Text, s.More)
			}
		}
	}
}

func TestEveryStandingStepSaysShoesToNumbFeet(t *testing.T) {
	care := open(t).For(steadies["numb"])
	found := 0
	for _, at := range care.Places() {
		p, _ := care.Plan(at)
		for i, s := range p.Steps {
			if s.Key == "stand" || s.Key == "walk" || s.Key == "ready" {
				found++
				if !strings.Contains(noteTexts(p, i), "hoes or slippers on") {
					t.Errorf("%v, %s: %q", at, s.Key, noteTexts(p, i))
				}
			}
		}
	}
	if found < 6 {
		t.Errorf("%d steps", found)
	}
}

func TestOsteoporosisIsRemindedOfTheBackWhereverAHandReachesDown(t *testing.T) {
	for _, muscle := range []string{"calf", "foot"} {
		p, _ := open(t).For(steadies["back"]).Plan(relief.Place{Muscle: muscle})
		for i, s := range p.Steps {
			if (s.Key == "hold" || s.Key == "rub") && !strings.Contains(noteTexts(p, i), "do not round your back") {
				t.Errorf("%s, %s: %q", muscle, s.Key, noteTexts(p, i))
			}
		}
	}
}

func TestAnOlderHipLiesOnTheSideOnlyWithAPillow(t *testing.T) {
	for _, who := range []routine.Screening{steadies["older hip"], steadies["falls and hip"], {HipReplacement: routine.HipOlder, Pregnant: true}} {
		p, _ := open(t).For(who).Plan(relief.Place{Muscle: "quadriceps"})
		for i, s := range p.Steps {
			text := s.Text + " " + s.More + " " + noteTexts(p, i)
			if regexp.MustCompile(`(?i)\bl(ie|ying)\b`).MatchString(text) && !strings.Contains(text, "pillow between") {
				t.Errorf("%v, %s: %q", who.Yes(), s.Key, text)
			}
		}
	}
}
