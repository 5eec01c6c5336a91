package routine_test

import "testing"

func TestEveryStretchIsForAPlaceThatCanCramp(t *testing.T) {
	lib := open(t)
	for _, st := range lib.Stretches() {
		if places := lib.Places(st.ID); len(places) == 0 && len(st.Muscles) > 0 {
			t.Errorf("%s is for %v, which is nowhere", st.ID, st.Muscles)
		}
	}
	if places := lib.Places("thrown-away"); places != nil {
		t.Errorf("a stretch that is gone is for %v", places)
	}
}
