package routine_test

import (
	"slices"
	"testing"

	"lull/routine"
)

// everyAnswer gives every combination of the answers that change a plan.
func everyAnswer(yield func(routine.Screening)) {
	both := []bool{false, true}
	for _, lock := range []routine.Screening{{}, {Emergency: true}, {ClotSigns: true}, {ClotSigns: true, ClotCleared: true}} {
		for bits := range 1 << 6 {
			s := lock
			for i, to := range []*bool{&s.RecentInjury, &s.Knee, &s.Osteoporosis, &s.Falls, &s.NumbFeet, &s.Weakness} {
				*to = both[bits>>i&1]
			}
			for _, s.HipReplacement = range []routine.Hip{"", routine.HipRecent, routine.HipOlder} {
				s.Pregnant, s.PregnancyWeeks = false, 0
				yield(s)
				s.Pregnant = true
				for _, s.PregnancyWeeks = range []int{0, 10, 20, 30} {
					yield(s)
				}
			}
		}
	}
}

// For every combination of answers and every routine: a plan has only what
// suits, it is empty only while locked, and each change has its reason.
func TestEveryPlanSuits(t *testing.T) {
	lib := open(t)
	small := []string{"ankle-pumps", "ankle-circles", "calm-breathing"}
	everyAnswer(func(s routine.Screening) {
		locked, _ := s.Locked()
		for _, r := range lib.Routines() {
			p := s.Plan(lib, r)
			if p.Locked != locked || p.Has() == locked || locked && (p.Act.Title == "" || len(p.Act.Act) == 0) {
				t.Fatalf("%+v, %s: locked %v, %d steps, act %+v", s, r.ID, p.Locked, len(p.Routine.Steps), p.Act)
			}
			if p.Replaced() && p.Routine.ID != routine.Gentle {
				t.Fatalf("%+v, %s: became %s", s, r.ID, p.Routine.ID)
			}
			for _, step := range p.Routine.Steps {
				st, _ := lib.Stretch(step.Stretch)
				if ok, why := s.Suits(st); !ok {
					t.Fatalf("%+v, %s: %s stayed: %s", s, r.ID, st.ID, why)
				}
				if (s.RecentInjury || s.HipReplacement == routine.HipRecent) && !slices.Contains(small, st.ID) {
					t.Fatalf("%+v, %s: %s after an injury", s, r.ID, st.ID)
				}
			}
			for _, c := range p.Changes {
				if c.Why == "" {
					t.Fatalf("%+v, %s: no reason for %+v", s, r.ID, c)
				}
			}
		}
	})
}

// A single stretch is itself, another that suits, or nothing.
func TestEveryPlanOfAStretchSuits(t *testing.T) {
	lib := open(t)
	everyAnswer(func(s routine.Screening) {
		for _, st := range lib.Stretches() {
			p := s.PlanOf(lib, st)
			suits, why := s.Suits(st)
			switch {
			case p.Locked && p.Has():
				t.Fatalf("%+v: %s is shown while locked", s, st.ID)
			case suits && (!p.Has() || p.Routine.Steps[0].Stretch != st.ID):
				t.Fatalf("%+v: %s suits, and became %+v", s, st.ID, p.Routine.Steps)
			case !suits && !p.Locked && !p.Adapted():
				t.Fatalf("%+v: %s does not suit (%s), and nothing says so", s, st.ID, why)
			}
			for _, step := range p.Routine.Steps {
				now, _ := lib.Stretch(step.Stretch)
				if ok, why := s.Suits(now); !ok {
					t.Fatalf("%+v: %s became %s: %s", s, st.ID, now.ID, why)
				}
			}
		}
	})
}

func TestALockShowsTheActOfItsTier(t *testing.T) {
	lib := open(t)
	safety, err := lib.Safety()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		answers routine.Screening
		want    string
	}{
		{routine.Screening{Emergency: true, ClotSigns: true}, safety.Emergency.Acts()},
		{routine.Screening{ClotSigns: true}, "Be seen today. Do not stretch or rub this leg. Call your doctor or the out-of-hours line today."},
	} {
		tier, locked := c.answers.Lock(lib)
		if !locked || tier.Acts() != c.want {
			t.Errorf("%+v: %v %q, want %q", c.answers, locked, tier.Acts(), c.want)
		}
	}
	if _, locked := (routine.Screening{ClotSigns: true, ClotCleared: true}).Lock(lib); locked {
		t.Error("a cleared clot locks")
	}
}

func TestTheCautionsOfTheAnswersComeFirst(t *testing.T) {
	lib := open(t)
	answers := routine.Screening{HipReplacement: routine.HipOlder}
	st := answers.Stretch(lib, "supine-strap-hamstring")
	if len(st.Caution) != 3 || st.Caution[0] != "Use a long strap, or let someone put it round your foot. Keep the hip under a right angle." {
		t.Errorf("%q", st.Caution)
	}
	if plain, _ := lib.Stretch("supine-strap-hamstring"); len(plain.Caution) != 2 {
		t.Errorf("the library changed: %q", plain.Caution)
	}
}

func TestAnEasierWayThatDoesNotSuitIsNotSaid(t *testing.T) {
	lib := open(t)
	for _, c := range []struct {
		answers routine.Screening
		easier  string
	}{{routine.Screening{}, "side-quad"}, {routine.Screening{HipReplacement: routine.HipOlder}, ""}} {
		st := c.answers.Stretch(lib, "standing-quad") // its text: a strap, or lie on your side
		if st.EasierID != c.easier || (len(st.Easier) > 0) != (c.easier != "") {
			t.Errorf("%+v: %q %q", c.answers, st.EasierID, st.Easier)
		}
	}
}
