package review_test

import (
	"testing"

	"pgregory.net/rapid"

	"lull/routine/journal"
)

// A book with some nights summed anew is the book that would have been read.
func TestNightsSummedAnewMakeTheBookThatWouldBeRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := rapid.StringOfN(rapid.RuneFrom([]rune("cpa.")), 1, 40, -1).Draw(t, "before")
		after := []rune(before)
		var changed []journal.Night
		for range rapid.IntRange(0, 4).Draw(t, "changes") {
			i := rapid.IntRange(0, len(after)-1).Draw(t, "night")
			after[i] = rapid.SampledFrom([]rune("cpa.")).Draw(t, "outcome")
		}
		want := bookOf(string(after))
		for i := range after {
			changed = append(changed, want.Night(tonight-journal.Date(len(after)-1-i)))
		}
		got := bookOf(before).With(changed...)
		if got.Streak(tonight) != want.Streak(tonight) || got.Strength(tonight) != want.Strength(tonight) || got.Over(tonight) != want.Over(tonight) {
			t.Fatalf("%s to %s: %+v, want %+v", before, string(after), got.Streak(tonight), want.Streak(tonight))
		}
	})
}
