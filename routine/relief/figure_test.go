package relief_test

import (
	"testing"

	"lull/assets"
	"lull/routine"
	"lull/routine/body"
	"lull/routine/relief"
)

func TestEveryPictureOfAStepIsThereAndItsOwn(t *testing.T) {
	aid, err := relief.Open(assets.Files)
	if err != nil {
		t.Fatal(err)
	}
	figures := body.Open(assets.Files)
	pictured := 0
	for _, muscle := range relief.Muscles {
		plan, ok := aid.For(routine.Screening{}).Plan(relief.Place{Muscle: muscle})
		if !ok {
			t.Fatalf("no plan for %s", muscle)
		}
		for _, s := range plan.Steps {
			if s.Figure == "" {
				continue
			}
			pictured++
			if _, err := figures.Figure(s.Figure); err != nil {
				t.Errorf("%s, %s: %v", muscle, s.Key, err)
			}
			if s.Ease && !s.Before {
				t.Errorf("%s: the pause after %s shows the pull", muscle, s.Key)
			}
		}
		for _, v := range plan.Variants {
			for i, s := range plan.With(v.Key).Steps {
				if s.Text != plan.Steps[i].Text && s.Figure != "" {
					t.Errorf("%s, %s: a step that says another thing shows the same picture", muscle, s.Key)
				}
			}
		}
	}
	if pictured < 15 {
		t.Errorf("%d steps have a picture", pictured)
	}
}
