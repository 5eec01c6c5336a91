package rates

import (
	"testing"

	"pgregory.net/rapid"
)

const (
	since = "from the third week on"
	start = "before the first session"
)

func TestARefusalSaysWhatIsMissingAndForHowLong(t *testing.T) {
	for _, c := range []struct {
		name          string
		after, before Counts
		want          Refusal
		words         string
	}{
		{
			"nothing at all", Counts{}, Counts{},
			Refusal{After: 14, Before: 14, Cramps: 5, More: 28, On: OnBoth, NoRate: true},
			"Not yet: at least 28 more known nights, at least 14 of them from the third week on and 14 before the first session. So far there was no cramp in these nights, and nights alone cannot tell when there will be enough to compare.",
		},
		{
			"too late, and one short", Counts{Known: 13, Cramps: 2}, Counts{Known: 6, Cramps: 7, Closed: true},
			Refusal{After: 1, Before: 8, Never: true},
			"Not enough logged nights. Missing: 1 from the third week on and 8 before the first session.",
		},
		{
			"a few nights after", Counts{Known: 5, Cramps: 4}, Counts{Known: 20, Cramps: 9, Closed: true},
			Refusal{After: 9, More: 9, On: OnAfter},
			"Not yet: about 9 more known nights from the third week on.",
		},
		{
			"one night before", Counts{Known: 30, Cramps: 4}, Counts{Known: 13, Cramps: 9},
			Refusal{Before: 1, More: 1, On: OnBefore},
			"Not yet: about 1 more known night before the first session.",
		},
		{ // 3 cramps over 30 nights: 2 more take 20
			"too few cramps", Counts{Known: 16, Cramps: 1}, Counts{Known: 14, Cramps: 2},
			Refusal{Cramps: 2, More: 20, On: OnEither},
			"Not yet: about 20 more known nights of either kind.",
		},
		{ // 4 over 30: 1 more takes seven and a half
			"one cramp too few", Counts{Known: 16, Cramps: 1}, Counts{Known: 14, Cramps: 3},
			Refusal{Cramps: 1, More: 8, On: OnEither},
			"Not yet: about 8 more known nights of either kind.",
		},
		{
			"too few cramps, one side closed", Counts{Known: 16, Cramps: 1}, Counts{Known: 14, Cramps: 2, Closed: true},
			Refusal{Cramps: 2, More: 20, On: OnAfter},
			"Not yet: about 20 more known nights from the third week on.",
		},
		{ // 2 over 24: 3 more take 36
			"cramps take longer than nights", Counts{Known: 10, Cramps: 1}, Counts{Known: 14, Cramps: 1},
			Refusal{After: 4, Cramps: 3, More: 36, On: OnEither},
			"Not yet: about 36 more known nights, at least 4 of them from the third week on.",
		},
		{ // 4 over 27, 1 more takes 7
			"nights take longer than cramps", Counts{Known: 4, Cramps: 2}, Counts{Known: 23, Cramps: 2, Closed: true},
			Refusal{After: 10, Cramps: 1, More: 10, On: OnAfter},
			"Not yet: about 10 more known nights from the third week on.",
		},
		{
			"no cramp on many nights", Counts{Known: 60}, Counts{Known: 20, Closed: true},
			Refusal{Cramps: 5, On: OnAfter, NoRate: true},
			"Not yet: so far there was no cramp in these nights, and nights alone cannot tell when there will be enough to compare.",
		},
		{
			"no cramp and too few nights", Counts{Known: 3}, Counts{Known: 20, Closed: true},
			Refusal{After: 11, Cramps: 5, More: 11, On: OnAfter, NoRate: true},
			"Not yet: at least 11 more known nights from the third week on. So far there was no cramp in these nights, and nights alone cannot tell when there will be enough to compare.",
		},
		{
			"too few before, for ever", Counts{Known: 60, Cramps: 30}, Counts{Known: 5, Cramps: 3, Closed: true},
			Refusal{Before: 9, Never: true},
			"Not enough logged nights. Missing: 9 before the first session.",
		},
		{
			"two closed sides without enough cramps", Counts{Known: 60, Cramps: 1, Closed: true}, Counts{Known: 20, Cramps: 3, Closed: true},
			Refusal{Cramps: 1, Never: true},
			"Not enough cramps to compare. Missing: 1 cramp.",
		},
		{
			"two short sides, one closed", Counts{Known: 6, Cramps: 1}, Counts{Known: 2, Cramps: 3, Closed: true},
			Refusal{After: 8, Before: 12, Cramps: 1, Never: true},
			"Not enough logged nights. Missing: 8 from the third week on and 12 before the first session.",
		},
	} {
		got := refuse(c.after, c.before)
		if got == nil || *got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
			continue
		}
		if w := got.Words(since, start); w != c.words {
			t.Errorf("%s: %q, want %q", c.name, w, c.words)
		}
	}
	if r := refuse(Counts{Known: 14, Cramps: 5}, Counts{Known: 14}); r != nil {
		t.Errorf("just enough is refused: %+v", r)
	}
}

func drawCountsOf(t *rapid.T, name string) Counts {
	c := Counts{Known: rapid.IntRange(0, 40).Draw(t, name+" nights"), Closed: rapid.Bool().Draw(t, name+" closed")}
	c.Cramps = rapid.IntRange(0, 6).Draw(t, name+" cramps") * min(1, c.Known)
	return c
}

// Living on: the nights that were asked for come, on the sides they were asked
// for, with cramps at the person's own rate. Then there is an answer.
func TestAfterTheNightsThatWereAskedForThereIsAnAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		after, before := drawCountsOf(t, "after"), drawCountsOf(t, "before")
		r := refuse(after, before)
		if r == nil || r.Never || r.NoRate {
			return
		}
		come := (after.Cramps + before.Cramps) * r.More / (after.Known + before.Known)
		spare := r.More - r.After - r.Before
		after.Known, before.Known = after.Known+r.After, before.Known+r.Before
		if r.On == OnAfter {
			after.Known += spare
		} else {
			before.Known += spare
		}
		after.Cramps += come
		if again := refuse(after, before); again != nil {
			t.Fatalf("%+v came, %d cramps with them, and it still takes %+v", r, come, again)
		}
	})
}

func TestNothingIsAskedOfASideThatCannotGrow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		after, before := drawCountsOf(t, "after"), drawCountsOf(t, "before")
		r := refuse(after, before)
		if r == nil {
			return
		}
		asked := map[On][]Counts{OnAfter: {after}, OnBefore: {before}, OnBoth: {after, before}, OnEither: {after, before}}
		for _, side := range asked[r.On] {
			if side.Closed {
				t.Fatalf("%+v, %+v: %+v", after, before, r)
			}
		}
		if r.Never != (r.On == "") || r.Never && r.More > 0 {
			t.Fatalf("%+v", r)
		}
	})
}
