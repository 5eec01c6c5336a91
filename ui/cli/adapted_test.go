package cli

import (
	"strings"
	"testing"

	"lull/assets"
	"lull/routine"
	"lull/routine/body"
	"lull/routine/journal/journaltest"
	"lull/routine/remind"
	"lull/routine/review"
)

// answering is an app whose person gave these safety answers.
func answering(t *testing.T, d *desktop, s routine.Screening) *desktop {
	t.Helper()
	m := journaltest.NewMaker(t, 1)
	if _, err := d.mem.Append(t.Context(), m.At(-1, review.Screened(s))); err != nil {
		t.Fatal(err)
	}
	return d
}

// showing are the verbs that show a routine or a stretch, for all of them.
func showing(t *testing.T, lib *routine.Library) [][]string {
	t.Helper()
	verbs := [][]string{{"routines"}, {"routines", "--json"}, {"figure"}, {"figure", "--json"}, {"tonight"}}
	for _, r := range lib.Routines() {
		verbs = append(verbs, []string{"routines", "show", r.ID}, []string{"routines", "show", r.ID, "--figure"})
	}
	for _, id := range body.Open(assets.Files).IDs() {
		verbs = append(verbs, []string{"figure", id}, []string{"figure", id, "--words"}, []string{"figure", id, "--json"})
	}
	return verbs
}

func TestWhileLockedEveryVerbSaysTheActAndNoStep(t *testing.T) {
	lib, err := routine.Open(assets.Files)
	if err != nil {
		t.Fatal(err)
	}
	var steps []string // all that says how a stretch is done
	for _, st := range lib.Stretches() {
		steps = append(append(steps, st.SetUp...), st.Movement...)
	}
	for act, answers := range map[string]routine.Screening{"Get help now. Stop.": {Emergency: true}, "Be seen today. Do not stretch or rub this leg. Call your doctor": {ClotSigns: true}} {
		d := answering(t, newDesktop(), answers)
		for _, verb := range showing(t, lib) {
			if status := d.run(verb...); status != Done {
				t.Errorf("%v: status %d, %s", verb, status, &d.err)
			}
			said := d.out.String()
			if !strings.Contains(strings.Join(strings.Fields(said), " "), act) {
				t.Errorf("%v does not say %q:\n%s", verb, act, said)
			}
			for _, step := range append(steps, "@", "hold") {
				if strings.Contains(said, step) {
					t.Errorf("%v says %q", verb, step)
				}
			}
		}
	}
}

// What a rule leaves out is shown by no verb either, whatever the routine.
func TestNoVerbShowsHowARuledOutStretchIsDone(t *testing.T) {
	lib, err := routine.Open(assets.Files)
	if err != nil {
		t.Fatal(err)
	}
	answers := routine.Screening{HipReplacement: routine.HipOlder, Falls: true, Knee: true}
	d := answering(t, newDesktop(), answers)
	for _, verb := range showing(t, lib) {
		d.run(verb...)
		for _, st := range lib.Stretches() {
			if ok, _ := answers.Suits(st); !ok && strings.Contains(d.out.String(), st.SetUp[0]) {
				t.Errorf("%v says how %s is done", verb, st.ID)
			}
		}
	}
}

func TestWhileLockedTheReminderOfTheStretchSaysTheAct(t *testing.T) {
	d := answering(t, reminded(), routine.Screening{ClotSigns: true})
	d.run("remind", "now", string(remind.Stretch))
	said := strings.Join(d.machine.shown, " ") + d.out.String()
	if !strings.Contains(said, "Be seen today") || strings.Contains(said, "stretch: lull") || strings.Contains(said, "Time to stretch") {
		t.Errorf("it says %q", said)
	}
}
