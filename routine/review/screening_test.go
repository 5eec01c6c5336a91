package review_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"lull/routine"
	"lull/routine/journal"
	"lull/routine/journal/journaltest"
	"lull/routine/review"
)

// Answers of which one cannot be read still lock and adapt.
func TestOfAnswersThatCannotAllBeReadTheOthersHold(t *testing.T) {
	for name, c := range map[string]struct {
		answers map[string]any
		want    routine.Screening
	}{
		"an unknown medicine": {
			map[string]any{"clot_signs": true, "medicines": []any{"quinine"}},
			routine.Screening{ClotSigns: true, Medicines: []routine.Medicine{routine.OtherMedicine}},
		},
		"a week that cannot be": {
			map[string]any{"pregnant": true, "pregnancy_weeks": 99.0}, routine.Screening{Pregnant: true},
		},
		"an unknown hip": {
			map[string]any{"hip_replacement": "both"}, routine.Screening{HipReplacement: routine.HipRecent},
		},
		"a word for a yes": {
			map[string]any{"falls": "yes", "emergency": true}, routine.Screening{Emergency: true},
		},
	} {
		m, mem := journaltest.NewMaker(t, 1), &journaltest.Mem{}
		if _, err := mem.Append(t.Context(), m.At(0, journal.Screened{Answers: c.answers})); err != nil {
			t.Fatal(err)
		}
		past, err := mem.History(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		got, _, answered := review.New(past).Screening(journaltest.Evening)
		if diff := cmp.Diff(c.want, got); diff != "" || answered {
			t.Errorf("%s: answered %v %s", name, answered, diff)
		}
	}
}
