package routine_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lull/routine"
)

// preparedSteps are the set-up seconds of every step with the default lead-in:
// a star marks a set-up that is longer than the routine's own.
const preparedSteps = `
trial: wall-calf 10*, heel-up-hamstring 5 = 185
trial-seated: long-sit-both 10* = 60
trial-blocks: wall-calf 10*, heel-up-hamstring 10 = 240
quick: wall-calf 10*, seated-hamstring 10*, toe-pull 5 = 190
standard: wall-calf 10, wall-soleus 5, heel-up-hamstring 5, standing-quad 5, toe-pull 10, ankle-circles 5 = 480
full: ankle-pumps 10*, wall-calf 10, wall-soleus 5, heel-up-hamstring 10, standing-quad 10, split-hip-flexor 10, butterfly 15, toe-pull 10, top-of-foot 5, peroneal 5, ankle-circles 5, calm-breathing 5 = 905
bed: ankle-pumps 10*, towel-calf 15, towel-soleus 10, supine-strap-hamstring 15, side-quad 15, recline-butterfly 10, ankle-circles 10 = 485
seated: ankle-pumps 10*, heel-slide 10, seated-towel-calf 10, seated-hamstring 10, wide-knee 10, towel-toes 5, ankle-circles 5 = 485
gentle: ankle-pumps 10, ankle-circles 10, calm-breathing 15 = 240
pregnancy: ankle-pumps 10*, ankle-circles 5, wall-calf 10, seated-hamstring 10, seated-towel-calf 10, towel-toes 5, calm-breathing 15 = 485
feet: ankle-pumps 10*, wall-calf 10, wall-soleus 5, heel-up-hamstring 10, standing-quad 10, split-hip-flexor 10, toe-pull 10, foot-roll 5 = 725
`

func TestEveryRoutineGivesTimeToGetIntoPosition(t *testing.T) {
	lib := open(t)
	var b strings.Builder
	b.WriteByte('\n')
	for _, r := range lib.Routines() {
		prepared := lib.WithLeadIn(r, routine.DefaultLeadIn)
		var steps []string
		for i, s := range prepared.Steps {
			longer := strings.Repeat("*", min(1, int((s.SetUp-r.Steps[i].SetUp)/time.Second)))
			steps = append(steps, fmt.Sprintf("%s %v%s", s.Stretch, s.SetUp.Seconds(), longer))
		}
		fmt.Fprintf(&b, "%s: %s = %v\n", r.ID, strings.Join(steps, ", "), prepared.Length().Seconds())
	}
	if diff := cmp.Diff(preparedSteps, b.String()); diff != "" {
		t.Error(diff)
	}
}

func TestALeadInComesBeforeEveryNewPosition(t *testing.T) {
	lib := open(t)
	rapid.Check(t, func(t *rapid.T) {
		r := rapid.SampledFrom(lib.Routines()).Draw(t, "routine")
		fitted, _ := anyScreening(t).Fit(lib, r)
		leadIn := time.Duration(rapid.IntRange(0, 60).Draw(t, "lead-in")) * time.Second
		got := lib.WithLeadIn(fitted, leadIn)
		if got.Held() != fitted.Held() {
			t.Fatalf("held %v, want %v", got.Held(), fitted.Held())
		}
		var before routine.Stretch // in any position means in the one before that
		for i, s := range got.Steps {
			st, _ := lib.Stretch(s.Stretch)
			if i == 0 && s.SetUp < leadIn || i > 0 && routine.Moves(before, st) && before.Position != routine.AnyPosition && s.SetUp < leadIn {
				t.Errorf("%s: %v before %s", got.ID, s.SetUp, st.ID)
			}
			if st.ID == "side-quad" && s.Gap < leadIn {
				t.Errorf("%s: %v to roll over", got.ID, s.Gap)
			}
			if s.SetUp != max(fitted.Steps[i].SetUp, leadIn) && s.SetUp != fitted.Steps[i].SetUp {
				t.Errorf("%s: %v for a set-up of %v", st.ID, s.SetUp, fitted.Steps[i].SetUp)
			}
			before = st
		}
	})
}

func TestAStretchInAnyPositionIsNotDoneStanding(t *testing.T) {
	const st, sit, lie, any = routine.Standing, routine.Seated, routine.Supine, routine.AnyPosition
	for pair, want := range map[[2]routine.Position]bool{
		{st, st}: false, {st, sit}: true, {sit, lie}: true, {st, any}: true, {any, st}: true,
		{sit, any}: false, {lie, any}: false, {any, sit}: true, {any, any}: false,
	} {
		if got := routine.Moves(routine.Stretch{Position: pair[0]}, routine.Stretch{Position: pair[1]}); got != want {
			t.Errorf("from %s to %s moves: %v", pair[0], pair[1], got)
		}
	}
}

func TestALeadInLeavesTheLibraryAsItIs(t *testing.T) {
	lib := open(t)
	r, _ := lib.Routine("trial")
	lib.WithLeadIn(r, time.Minute)
	if again, _ := lib.Routine("trial"); again.Steps[0].SetUp != 0 || again.Length() != 175*time.Second {
		t.Errorf("the trial has become %+v", again)
	}
}

func TestAStretchSaysWhatIsDoneInIt(t *testing.T) {
	lib := open(t)
	want := map[string]routine.Action{
		"ankle-pumps": routine.ToMove, "ankle-circles": routine.ToMove, "foot-roll": routine.ToMove, "calm-breathing": routine.ToBreathe,
	}
	for _, st := range lib.Stretches() {
		action, other := want[st.ID]
		if !other {
			action = routine.ToHold
		}
		if st.Action != action {
			t.Errorf("%s: %q, want %q", st.ID, st.Action, action)
		}
	}
	own := "name = \"a\"\n[[step]]\nstretch = \"mine\"\n[[stretch]]\nid = \"mine\"\nname = \"x\"\nposition = \"any\"\nhold = \"9s\"\n"
	r, err := routine.ParseRoutine("a.toml", []byte(own+"action = \"breathe\"\n"), lib)
	if err != nil || r.Own[0].Action != routine.ToBreathe {
		t.Errorf("%v, %v", r.Own, err)
	}
	if _, err := routine.ParseRoutine("a.toml", []byte(own+"action = \"jump\"\n"), lib); err == nil || !strings.Contains(err.Error(), "a.toml:9: action") || !strings.Contains(err.Error(), "hold, move, breathe") {
		t.Errorf("a jump: %v", err)
	}
}
