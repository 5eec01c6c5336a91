package relief_test

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lull/assets"
	"lull/routine"
	"lull/routine/journal"
	"lull/routine/relief"
)

func open(t testing.TB) relief.Aid {
	t.Helper()
	aid, err := relief.Open(assets.Files)
	if err != nil {
		t.Fatal(err)
	}
	if err := aid.Check(); err != nil {
		t.Fatal(err)
	}
	return aid
}

func plan(t testing.TB, muscle string) relief.Plan {
	t.Helper()
	return planFor(t, muscle, routine.Screening{})
}

// planFor is the plan of a muscle for a person with these answers.
func planFor(t testing.TB, muscle string, who routine.Screening) relief.Plan {
	t.Helper()
	p, ok := open(t).For(who).Plan(relief.Place{Muscle: muscle})
	if !ok {
		t.Fatalf("no plan for the %s", muscle)
	}
	return p
}

// seconds are the steps of every plan as the evidence has them, an ease marked
// with a dash, and their sum.
var seconds = map[string]string{
	"calf":       "pull 10, hold 30, -hold 10, hold 30, -hold 10, hold 30, sit 10, stand 30, rub 60, walk 60 = 280",
	"foot":       "sit 5, pull 20, -pull 10, pull 20, -pull 10, pull 20, stand 30, rub 60 = 175",
	"hamstring":  "stop 5, straighten 30, -straighten 10, straighten 30, -straighten 10, straighten 30, stand 30, rub 60 = 205",
	"quadriceps": "ready 5, bend 30, -bend 10, bend 30, -bend 10, bend 30, rub 60, walk 30 = 205",
	"inner":      "slide 30 = 30",
}

func TestEveryPlanHasTheSecondsOfTheEvidence(t *testing.T) {
	for _, muscle := range relief.Muscles {
		p := plan(t, muscle)
		var steps []string
		for _, s := range p.Steps {
			key := s.Key
			if s.Ease {
				key = "-" + key
			}
			steps = append(steps, fmt.Sprintf("%s %d", key, s.Length/time.Second))
		}
		got := fmt.Sprintf("%s = %d", strings.Join(steps, ", "), p.Length()/time.Second)
		if got != seconds[muscle] {
			t.Errorf("%s:\n%s, want\n%s", muscle, got, seconds[muscle])
		}
	}
}

func TestRoundsAreCountedAndTheLastHasNoEase(t *testing.T) {
	var got []string
	for _, s := range plan(t, "calf").Steps[:7] {
		got = append(got, fmt.Sprintf("%s %d/%d %t", s.Key, s.Round, s.Rounds, s.Ease))
	}
	want := []string{"pull 1/1 false", "hold 1/3 false", "hold 1/3 true", "hold 2/3 false", "hold 2/3 true", "hold 3/3 false", "sit 1/1 false"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTheMusclesAreTheJournalsOwnWords(t *testing.T) {
	if want := slices.DeleteFunc(slices.Clone(journal.Muscles), func(m string) bool { return m == "other" }); !slices.Equal(relief.Muscles, want) {
		t.Errorf("%v, want %v", relief.Muscles, want)
	}
	if _, ok := open(t).For(routine.Screening{}).Plan(relief.Place{Muscle: "other"}); ok {
		t.Error("there is a plan for anything")
	}
}

// everyone has answered yes to everything that locks nothing and leaves every
// plan some of its own steps.
var everyone = routine.Screening{
	FluidLimit: true, Pregnant: true,
	Knee: true, Osteoporosis: true, Falls: true, NumbFeet: true, Weakness: true, Medicines: routine.Medicines,
}

// said is one thing the first aid says, with what it rests on.
type said struct {
	texts         []string
	sources, rows []string
}

// all is everything that the first aid can say.
func all(t testing.TB) []said {
	aid := open(t).For(routine.Screening{})
	out := []said{{texts: []string{aid.About(), aid.Before()}, sources: []string{"S30"}, rows: []string{"6"}}}
	for _, c := range open(t).Cards() {
		out = append(out, said{[]string{c.Text, c.More}, c.Sources, c.Rows})
	}
	for _, l := range aid.Aftercare() {
		out = append(out, said{[]string{l.Text, l.More}, l.Sources, l.Rows})
	}
	for _, muscle := range relief.Muscles {
		for _, who := range []routine.Screening{{}, everyone, {Knee: true}, {RecentInjury: true}, {HipReplacement: routine.HipOlder}} {
			base := planFor(t, muscle, who)
			plans := []relief.Plan{base}
			for _, v := range base.Variants {
				out = append(out, said{[]string{v.Ask}, v.Sources, v.Rows})
				plans = append(plans, base.With(v.Key))
			}
			for _, p := range plans {
				for i, s := range p.Steps {
					out = append(out, said{[]string{p.First, s.Text, s.More}, p.Sources, p.Rows})
					for _, n := range p.Notes(i) {
						out = append(out, said{[]string{n.Text}, n.Sources, n.Rows})
					}
				}
			}
		}
	}
	return out
}

// rows counts the lines that text takes at a width.
func rows(text string, width int) int {
	n, room := 0, 0
	for _, word := range strings.Fields(text) {
		if w := utf8.RuneCountInString(word); n == 0 || w+1 > room {
			n, room = n+1, width-w
		} else {
			room -= w + 1
		}
	}
	return n
}

func TestEveryTextFitsAPhone(t *testing.T) {
	const phone = 40 - 2 // columns, less a margin
	for _, s := range all(t) {
		for _, text := range s.texts {
			if utf8.RuneCountInString(text) > 60 || rows(text, phone) > 2 {
				t.Errorf("%q takes %d lines of %d", text, rows(text, phone), phone)
			}
		}
	}
}

func TestTheFirstInstructionIsOneLineOnAPhone(t *testing.T) {
	for _, muscle := range relief.Muscles {
		p := plan(t, muscle)
		firsts := []string{p.First}
		for _, v := range p.Variants {
			firsts = append(firsts, p.With(v.Key).First)
		}
		for _, first := range firsts {
			if rows(first, 38) != 1 || !strings.HasSuffix(first, "Breathe out.") {
				t.Errorf("%s: %q", muscle, first)
			}
		}
	}
	for _, muscle := range []string{"calf", "foot"} {
		if first := plan(t, muscle).First; !strings.HasPrefix(first, "Toes up, not pointed.") {
			t.Errorf("%s: %q", muscle, first)
		}
	}
}

func TestEverySentenceSaysWhatItRestsOn(t *testing.T) {
	for _, s := range all(t) {
		if len(s.sources) == 0 || len(s.rows) == 0 {
			t.Errorf("%q rests on %v, %v", s.texts, s.sources, s.rows)
		}
	}
}

func TestNothingIsClaimedThatNobodyKnows(t *testing.T) {
	for _, s := range all(t) {
		for _, text := range s.texts {
			for _, word := range []string{"cure", "proven", "prevent", "guarantee", "always"} {
				if strings.Contains(strings.ToLower(text), word) {
					t.Errorf("%q says %q", text, word)
				}
			}
		}
	}
}

func TestTheCardsComeAtFiveAndTenMinutes(t *testing.T) {
	cards := open(t).Cards()
	if len(cards) != 2 || cards[0].After != 5*time.Minute || cards[1].After != 10*time.Minute {
		t.Fatalf("%+v", cards)
	}
	if cards[0].Sign != "" || cards[1].Sign != "U2" || !strings.Contains(cards[0].Text, "standing") {
		t.Errorf("%+v", cards)
	}
}

func TestACrampOnTopOfTheFootGoesTheOtherWay(t *testing.T) {
	base := plan(t, "foot")
	top := base.With("top-of-foot")
	if top.Length() != base.Length() || len(top.Steps) != len(base.Steps) {
		t.Errorf("%v in %d steps", top.Length(), len(top.Steps))
	}
	down := 0
	for i, s := range top.Steps {
		if strings.Contains(s.Text, "toes up") || strings.Contains(s.Text, "arch") {
			t.Errorf("step %d still says %q", i, s.Text)
		}
		if s.Ease && s != base.Steps[i] {
			t.Errorf("the ease %d became %+v", i, s)
		}
		if strings.Contains(s.Text, "Curl the toes gently down") && s.Length == 20*time.Second {
			down++
		}
	}
	if down != 3 || strings.Contains(top.First, "up") {
		t.Errorf("%d steps curl the toes; the first line is %q", down, top.First)
	}
	if !strings.Contains(base.Steps[1].Text, "toes up to the shin") {
		t.Errorf("the plan itself now says %q", base.Steps[1].Text)
	}
	if diff := cmp.Diff(base.Steps, base.With("nobody").Steps); diff != "" {
		t.Error(diff)
	}
}

func TestALowKnotLetsTheKneeBend(t *testing.T) {
	for _, s := range plan(t, "calf").Steps {
		if s.Key == "stand" && strings.Contains(s.More, "low in the calf") {
			return
		}
	}
	t.Error("the step that stands does not speak of a knot low in the calf")
}

// notes are the cautions of a plan: step, then texts.
func notes(p relief.Plan) map[string]string {
	out := map[string]string{}
	for i, step := range p.Steps {
		var texts []string
		for _, n := range p.Notes(i) {
			texts = append(texts, n.Text)
		}
		if len(texts) > 0 {
			out[step.Key] = strings.Join(texts, " / ")
		}
	}
	return out
}

func TestNotesFollowTheSafetyAnswers(t *testing.T) {
	const (
		knee  = "Your knee: only as far as is comfortable."
		back  = "Or lie on your back and let the heel slide in."
		side  = "Pregnant: do it lying on your side."
		shoes = "Shoes or slippers on before you stand."
		tall  = "Sit tall; do not round your back."
		lean  = "Keep the replaced hip under a right angle: lean back."
		hinge = "Bend from the hips with a long back, or use a towel."
		asked = "Only what your surgeon or physiotherapist has allowed."
	)
	for _, c := range []struct {
		muscle string
		who    routine.Screening
		want   map[string]string
	}{
		{"quadriceps", routine.Screening{}, map[string]string{}},
		{"quadriceps", routine.Screening{Knee: true}, map[string]string{"bend": knee + " / " + back}},
		{"quadriceps", routine.Screening{Pregnant: true}, map[string]string{"ready": side, "bend": side}},
		{"quadriceps", routine.Screening{Pregnant: true, Knee: true}, map[string]string{"ready": side, "bend": knee + " / " + side}},
		{"calf", routine.Screening{Knee: true, NumbFeet: true}, map[string]string{"stand": shoes, "walk": shoes}},
		{"calf", routine.Screening{Osteoporosis: true}, map[string]string{"hold": "Use a towel. " + tall, "rub": tall}},
		{"calf", routine.Screening{Falls: true}, map[string]string{}},
		{"calf", routine.Screening{Pregnant: true}, map[string]string{"rub": "Pregnant: rub lightly and do not squeeze. Advice differs."}},
		{"inner", routine.Screening{ClotSigns: true, ClotCleared: true}, map[string]string{}},
		{"inner", routine.Screening{RecentInjury: true}, map[string]string{"still": asked}},
		{"hamstring", routine.Screening{HipReplacement: routine.HipOlder}, map[string]string{"straighten": lean}},
		{"hamstring", routine.Screening{HipReplacement: routine.HipRecent}, map[string]string{"still": asked}},
		{"foot", routine.Screening{HipReplacement: routine.HipOlder}, map[string]string{}},
		{"foot", routine.Screening{Osteoporosis: true}, map[string]string{"sit": hinge, "pull": hinge, "rub": tall}},
		{"foot", routine.Screening{NumbFeet: true}, map[string]string{"stand": shoes, "rub": "Foot numb? Press lightly, and look at the skin after."}},
	} {
		if diff := cmp.Diff(c.want, notes(planFor(t, c.muscle, c.who))); diff != "" {
			t.Errorf("%s, %v:\n%s", c.muscle, c.who.Yes(), diff)
		}
	}
	calf := planFor(t, "calf", routine.Screening{RecentInjury: true, Falls: true})
	if got := calf.Notes(len(calf.Steps)); len(got) != 1 || got[0].Text != asked {
		t.Errorf("past the last step: %v", got)
	}
	for _, step := range []int{-1, 99} {
		if got := planFor(t, "calf", everyone).Notes(step); got != nil {
			t.Errorf("step %d has %v", step, got)
		}
	}
}

func TestAftercareLeavesOutWhatIsWrongForSomebody(t *testing.T) {
	texts := func(s routine.Screening) string {
		var all []string
		for _, l := range open(t).For(s).Aftercare() {
			all = append(all, l.Text, l.More)
		}
		return strings.Join(all, " ")
	}
	for _, c := range []struct {
		who  routine.Screening
		gone []string
	}{
		{routine.Screening{}, nil},
		{routine.Screening{NumbFeet: true}, []string{"warmth", "ice"}},
		{routine.Screening{FluidLimit: true}, []string{"water"}},
	} {
		for _, word := range []string{"warmth", "ice", "water", "covers", "Painkillers act too late", "walk about"} {
			if got, want := strings.Contains(texts(c.who), word), !slices.Contains(c.gone, word); got != want {
				t.Errorf("%v: says %q is %v", c.who.Yes(), word, got)
			}
		}
	}
}

func TestEveryAnswerASentenceHangsOnIsAQuestion(t *testing.T) {
	lib, err := routine.Open(assets.Files)
	if err != nil {
		t.Fatal(err)
	}
	safety, err := lib.Safety()
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range safety.Questions {
		if q.Key == "emergency" || q.Key == "clot_signs" {
			continue // they replace the plan
		}
		file := fmt.Sprintf("name='a'\nfirst='a'\nsources=['S1']\nrows=['6']\n[[step]]\nkey='a'\ntext='a'\nlasts='1s'\n"+
			"[[note]]\nwhen='%s'\ntext='a'\nsources=['S1']\nrows=['6']\n", q.Key)
		if _, err := relief.Parse("a.toml", "calf", []byte(file)); err != nil {
			t.Errorf("a note cannot hang on %s: %v", q.Key, err)
		}
	}
	for _, c := range open(t).Cards() {
		if _, ok := safety.Sign(c.Sign); c.Sign != "" && !ok {
			t.Errorf("the card %q names the sign %s", c.Text, c.Sign)
		}
	}
}

func TestVariantsAndNotesNameStepsThatAreThere(t *testing.T) {
	for _, muscle := range relief.Muscles {
		p := plan(t, muscle)
		for _, v := range p.Variants {
			changed := 0
			for i, s := range p.With(v.Key).Steps {
				if s != p.Steps[i] {
					changed++
				}
			}
			if changed == 0 {
				t.Errorf("%s: %s changes nothing", muscle, v.Key)
			}
		}
	}
}

func TestAFileThatIsWrongSaysWhereAndWhat(t *testing.T) {
	const head = "name='a'\nfirst='a'\nsources=['S1']\nrows=['6']\n[[step]]\nkey='a'\ntext='a'\nlasts='1s'\n"
	for add, want := range map[string]string{
		"rounds=2\n":   "c.toml:9: rounds = 2: nothing comes between the rounds; write the ease under [step.ease]",
		"colour='b'\n": "c.toml:9: colour is not a key of [[step]]; allowed: key, text, more, lasts, figure, before, unless, instead, ease, rounds",
		"[[note]]\nwhen='knees'\ntext='a'\nsources=['S1']\nrows=['6']\n": "c.toml:10: when = 'knees': not known here; did you mean knee? allowed: " +
			"recent_injury, fluid_limit, pregnant, hip_replacement, knee, osteoporosis, falls, numb_feet, weakness, medicines",
	} {
		if _, err := relief.Parse("c.toml", "calf", []byte(head+add)); err == nil || err.Error() != want {
			t.Errorf("%v, want\n%s", err, want)
		}
	}
	files := fstest.MapFS{}
	for _, name := range append([]string{"all"}, relief.Muscles[1:]...) {
		data, _ := fs.ReadFile(assets.Files, "relief/"+name+".toml")
		files["relief/"+name+".toml"] = &fstest.MapFile{Data: data}
	}
	aid, err := relief.Open(files)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := aid.For(routine.Screening{}).Plan(relief.Place{Muscle: "calf"}); ok {
		t.Error("a plan was read that is not there")
	}
	if err := aid.Check(); err == nil || !strings.Contains(err.Error(), "relief/calf.toml") {
		t.Errorf("a plan that is not there: %v", err)
	}
	if _, err := relief.Open(fstest.MapFS{}); err == nil || !strings.Contains(err.Error(), "relief/all.toml") {
		t.Errorf("an empty folder: %v", err)
	}
}

func TestAPlanMovesForwardAndEndsAtItsLength(t *testing.T) {
	care := open(t).For(routine.Screening{})
	rapid.Check(t, func(t *rapid.T) {
		p, _ := care.Plan(relief.Place{Muscle: rapid.SampledFrom(relief.Muscles).Draw(t, "muscle")})
		elapsed := time.Duration(rapid.Int64Range(-int64(time.Minute), int64(6*time.Minute)).Draw(t, "elapsed"))
		m := p.At(elapsed)
		var before time.Duration
		for _, s := range p.Steps[:m.Step] {
			before += s.Length
		}
		switch {
		case m.Done != (elapsed >= p.Length()) || m.Done != (m.Step == len(p.Steps)):
			t.Fatalf("after %v of %v: %+v", elapsed, p.Length(), m)
		case m.Done && m != relief.Moment{Step: len(p.Steps), Done: true}:
			t.Fatalf("done with %+v", m)
		case m.Done:
		case before+m.Gone != max(0, elapsed) || m.Gone < 0 || m.Left <= 0 || m.Gone+m.Left != p.Steps[m.Step].Length:
			t.Fatalf("after %v: %+v, %v before it", elapsed, m, before)
		case time.Duration(m.Seconds)*time.Second < m.Left || time.Duration(m.Seconds-1)*time.Second >= m.Left:
			t.Fatalf("%v left are shown as %d", m.Left, m.Seconds)
		}
	})
}
