package routine_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lull/routine"
	"lull/routine/sitting"
)

var update = flag.Bool("update", false, "write docs/ADAPTED-PLANS.md")

const adaptedPlans = "../docs/ADAPTED-PLANS.md"

// answerSets are the sets of answers of the page, which together meet every rule.
var answerSets = []struct {
	name    string
	answers routine.Screening
}{
	{"No answers", routine.Screening{}},
	{"A sign of an emergency", routine.Screening{Emergency: true}},
	{"Signs of a clot", routine.Screening{ClotSigns: true}},
	{"Signs of a clot, cleared by a clinician", routine.Screening{ClotSigns: true, ClotCleared: true}},
	{"Recent injury or operation, or a clot being treated", routine.Screening{RecentInjury: true}},
	{"Fluid limit", routine.Screening{FluidLimit: true}},
	{"Pregnant, week 10", routine.Screening{Pregnant: true, PregnancyWeeks: 10}},
	{"Pregnant, week 20", routine.Screening{Pregnant: true, PregnancyWeeks: 20}},
	{"Pregnant, week 30", routine.Screening{Pregnant: true, PregnancyWeeks: 30}},
	{"Hip replaced in the last three months", routine.Screening{HipReplacement: routine.HipRecent}},
	{"Hip replaced earlier, or precautions to keep", routine.Screening{HipReplacement: routine.HipOlder}},
	{"Replaced or painful knee", routine.Screening{Knee: true}},
	{"Osteoporosis or a spine fracture", routine.Screening{Osteoporosis: true}},
	{"Falls, dizziness or poor balance", routine.Screening{Falls: true}},
	{"Numb feet or poor circulation", routine.Screening{NumbFeet: true}},
	{"Weakness, wasting, twitching or numbness", routine.Screening{Weakness: true}},
	{"Medicines", routine.Screening{Medicines: routine.Medicines}},
	{"Emergency and signs of a clot", routine.Screening{Emergency: true, ClotSigns: true}},
	{"Falls, older hip", routine.Screening{Falls: true, HipReplacement: routine.HipOlder}},
	{"Pregnant, week 30, knee", routine.Screening{Pregnant: true, PregnancyWeeks: 30, Knee: true}},
	{"Osteoporosis, knee", routine.Screening{Osteoporosis: true, Knee: true}},
	{"Older hip, knee, osteoporosis, numb feet, weakness", routine.Screening{
		HipReplacement: routine.HipOlder, Knee: true, Osteoporosis: true, NumbFeet: true, Weakness: true,
	}},
	{"Falls, knee, osteoporosis", routine.Screening{Falls: true, Knee: true, Osteoporosis: true}},
	{"Pregnant, week not said, falls", routine.Screening{Pregnant: true, Falls: true}},
	{"Pregnant, week 10, new hip", routine.Screening{Pregnant: true, PregnancyWeeks: 10, HipReplacement: routine.HipRecent}},
	{"Pregnant, week 30, older hip, knee, osteoporosis, falls, numb feet, weakness", routine.Screening{
		Pregnant: true, PregnancyWeeks: 30, HipReplacement: routine.HipOlder, Knee: true, Osteoporosis: true, Falls: true, NumbFeet: true, Weakness: true,
	}},
}

const adaptedIntro = `# Plans, adapted to the safety answers

For clinicians, and for everyone who changes a rule. For each set of answers to the safety questions, this page lists what becomes of
every routine: its steps with their dose, its length, what is swapped or left out and why, and the cautions. No clinician has reviewed it.

A test writes the page from the rules (` + "`go test ./routine -run AdaptedPlans -update`" + `) and fails when the two differ, so that
every change of a rule is seen here. A dose is what to do and for how many seconds, the times for each leg, and how the legs take turns. A length
includes the time to get into position, with ` + "`lead_in`" + ` at its default of 10 seconds, and to change legs. A plan that is the same in an earlier section is named, not repeated.

The cautions here are those of the answers. Each stretch has cautions of its own in its file in ` + "`assets/stretches`" + `; the program shows
them too, and the page does not list them. With falls, and from week 28 of pregnancy, a change between standing, sitting on a
chair, sitting in bed and lying has at least 30 seconds. Where a caution asks for the easier way of a stretch (stay upright, or hands off
the thigh), the program shows the text of the easier way in place of the movement.

`

// The page in docs is what the rules make of every routine.
func TestAdaptedPlansAreThoseOfThePage(t *testing.T) {
	lib := open(t)
	var b strings.Builder
	b.WriteString(adaptedIntro)
	first := map[string]int{} // the section of a plan
	for i, set := range answerSets {
		fmt.Fprintf(&b, "## %d. %s\n\n", i+1, set.name)
		if act, locked := set.answers.Lock(lib); locked {
			fmt.Fprintf(&b, "No routine and no stretch is shown. Shown instead: **%s.** %s\n\n", act.Title, strings.Join(act.Act, " "))
			continue
		}
		if offered, ok := lib.Routine(set.answers.Offer()); ok {
			fmt.Fprintf(&b, "Offered first: %s.\n\n", offered.Name)
		}
		writePlans(&b, lib, set.answers, i+1, first)
	}
	page := strings.TrimSuffix(b.String(), "\n")
	if *update {
		if err := os.WriteFile(adaptedPlans, []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	written, err := os.ReadFile(adaptedPlans)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(written), page); diff != "" {
		t.Errorf("the rules make other plans than docs/ADAPTED-PLANS.md; read the difference, then: go test ./routine -run AdaptedPlans -update\n%s", diff)
	}
}

// writePlans writes what becomes of each routine; of a plan that an earlier
// section has it names the section.
func writePlans(b *strings.Builder, lib *routine.Library, s routine.Screening, section int, first map[string]int) {
	earlier := map[int][]string{}
	for _, r := range append(lib.Routines(), unused(lib)) {
		plan := planText(lib, s.Plan(lib, r).WithLeadIn(lib, routine.DefaultLeadIn))
		if _, there := first[plan]; !there {
			first[plan] = section
			b.WriteString(plan + "\n")
			continue
		}
		earlier[first[plan]] = append(earlier[first[plan]], r.Name)
	}
	for _, other := range slices.Sorted(maps.Keys(earlier)) {
		fmt.Fprintf(b, "As in %d: %s.\n\n", other, strings.Join(earlier[other], "; "))
	}
}

// unused are the stretches that no routine of the library has, in one routine.
func unused(lib *routine.Library) routine.Routine {
	var used []string
	for _, r := range lib.Routines() {
		for _, step := range r.Steps {
			used = append(used, step.Stretch)
		}
	}
	all := routine.Routine{
		ID: "unused", Name: "Stretches that no routine has",
		Own:   []routine.Stretch{{ID: "own", Name: "A seated stretch of one's own", Position: routine.Seated, Action: routine.ToHold}},
		Steps: []routine.Step{{Stretch: "own", Hold: 20 * time.Second, Reps: 1, Order: routine.Alternate}},
	}
	for _, st := range lib.Stretches() {
		if slices.Contains(used, st.ID) {
			continue
		}
		step := routine.Step{Stretch: st.ID, Hold: st.Hold, Reps: st.Reps, Order: routine.Alternate, Gap: st.Gap, SetUp: st.Ready}
		if st.Sides == routine.Both {
			step.Order = routine.Together
		}
		all.Steps = append(all.Steps, step)
	}
	return all
}

func planText(lib *routine.Library, p routine.Plan) string {
	var b strings.Builder
	fmt.Fprintf(&b, "### %s (%s)\n\n", p.Asked.Name, minutes(p.Routine.Length()))
	for n, step := range p.Routine.Steps {
		st, there := lib.Stretch(step.Stretch)
		if !there {
			st = p.Asked.Own[0]
		}
		if !p.Replaced() { // the steps of Gentle stand there
			fmt.Fprintf(&b, "%d. %s (%s): %s\n", n+1, st.Name, position(p, st), dose(st.Action, step))
		}
	}
	for n, line := range sitting.Adaptations(lib, p) {
		if n == 0 && !p.Replaced() {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "- %s\n", line)
	}
	return b.String()
}

// position is how the body is held; a caution may ask to prop the back up.
func position(p routine.Plan, st routine.Stretch) string {
	propped := func(c routine.Change) bool { return c.Now == st.ID && strings.HasPrefix(c.Why, "Prop your back up") }
	if slices.ContainsFunc(p.Changes, propped) {
		return "propped up"
	}
	return string(st.Position)
}

func dose(action routine.Action, s routine.Step) string {
	legs := map[routine.Order]string{
		routine.Alternate: "each leg, in turn", routine.LeftThenRight: "each leg, left first", routine.Together: "both legs",
	}[s.Order]
	return fmt.Sprintf("%s %d s x %d, %s", action, int(s.Hold.Seconds()), s.Reps, legs)
}

func minutes(d time.Duration) string {
	return fmt.Sprintf("%d:%02d", int(d.Minutes()), int(d.Seconds())%60)
}

// The page meets every rule: without any one of them it would be another page.
func TestThePageMeetsEveryRule(t *testing.T) {
	lib := open(t)
	var met []string
	for _, set := range answerSets {
		for _, r := range append(lib.Routines(), unused(lib)) {
			for _, c := range set.answers.Plan(lib, r).Changes {
				met = append(met, strings.TrimSuffix(c.Why, " The gentler one is in the routine already."))
			}
		}
		if locked, why := set.answers.Locked(); locked {
			met = append(met, why)
		}
	}
	for _, why := range routine.Reasons() {
		if !slices.Contains(met, why) {
			t.Errorf("no plan of the page shows: %s", why)
		}
	}
}
