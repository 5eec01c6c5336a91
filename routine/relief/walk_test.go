package relief_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lull/assets"
	"lull/routine"
	"lull/routine/relief"
)

const sec = time.Second

// start begins a plan at a reading that is not zero, as a clock's is.
func start(t testing.TB, muscle string) relief.Walk {
	return relief.Start(plan(t, muscle), 1000*sec, 1000*sec)
}

// after describes w so long after the start.
func after(w relief.Walk, d time.Duration) relief.View { return w.At(1000*sec + d) }

func TestAWalkFollowsTheClockThroughThePlan(t *testing.T) {
	w := start(t, "calf")
	for _, c := range []struct {
		at      time.Duration
		key     string
		ease    bool
		seconds int
	}{
		{0, "pull", false, 10}, {9*sec + 999*time.Millisecond, "pull", false, 1}, {10 * sec, "hold", false, 30},
		{40 * sec, "hold", true, 10}, {50 * sec, "hold", false, 30}, {120 * sec, "sit", false, 10}, {130 * sec, "stand", false, 30},
		{160 * sec, "rub", false, 60}, {279 * sec, "walk", false, 1},
	} {
		v := after(w, c.at)
		if v.Doing.Key != c.key || v.Doing.Ease != c.ease || v.Seconds != c.seconds || v.Since != c.at {
			t.Errorf("after %v: %+v", c.at, v)
		}
	}
	if v := after(w, 280*sec); !v.Done || v.Doing != (relief.Step{}) || v.Since != 280*sec {
		t.Errorf("at the end: %+v", v)
	}
}

func TestNextBeginsTheNextStepNow(t *testing.T) {
	w := start(t, "calf").Next(1004 * sec)
	if v := after(w, 4*sec); v.Doing.Key != "hold" || v.Seconds != 30 || v.Since != 4*sec {
		t.Errorf("%+v", v)
	}
	if v := after(w, 34*sec); !v.Doing.Ease {
		t.Errorf("%+v", v)
	}
	for range 20 {
		w = w.Next(1005 * sec)
	}
	if v := after(w, 5*sec); !v.Done {
		t.Errorf("%+v", v)
	}
}

func TestBackBeginsTheStepAgainOrTheOneBefore(t *testing.T) {
	w := start(t, "calf")
	for _, c := range []struct {
		at   time.Duration
		want string
		left int
	}{
		{2 * sec, "pull", 10}, {8 * sec, "pull", 10}, {12 * sec, "pull", 10}, {13 * sec, "pull", 10}, {14 * sec, "hold", 30}, {20 * sec, "hold", 30}, {400 * sec, "walk", 60},
	} {
		v := after(w.Back(1000*sec+c.at), c.at)
		if v.Doing.Key != c.want || v.Seconds != c.left || v.Since != c.at {
			t.Errorf("back at %v: %+v", c.at, v)
		}
	}
}

func TestAnotherMuscleBeginsAndTheOnsetStays(t *testing.T) {
	w := start(t, "calf").Turn(plan(t, "foot"), 1070*sec)
	if v := after(w, 70*sec); v.Doing.Key != "sit" || v.Seconds != 5 || v.Since != 70*sec || w.Plan().Muscle != "foot" {
		t.Errorf("%+v", v)
	}
	w = w.Turn(w.Plan().With("top-of-foot"), 1080*sec)
	if v := after(w, 80*sec); v.Doing.Text != "Curl the toes gently down: the other way round." || v.Seconds != 15 {
		t.Errorf("another wording: %+v", v)
	}
}

func TestLettingGoStopsTheClock(t *testing.T) {
	w := start(t, "calf").LetGo(1094 * sec)
	if v := after(w, time.Hour); v.Since != 94*sec || !v.LetGo {
		t.Errorf("%+v", v)
	}
	frozen := after(w, 0)
	later := w.Next(2000*sec).Back(2001*sec).Turn(plan(t, "foot"), 2002*sec).LetGo(2003 * sec)
	later, cards := later.Tell(5000 * sec)
	if diff := cmp.Diff(frozen, after(later, time.Hour)); diff != "" || len(cards) > 0 || later.Due(6000*sec) != 0 {
		t.Errorf("something went on: %s %v", diff, cards)
	}
}

func TestACrampThatWasUnderWayKeepsItsOnset(t *testing.T) {
	w := relief.Start(plan(t, "calf"), 600*sec, 1000*sec)
	if v := after(w, 0); v.Since != 400*sec || v.Doing.Key != "pull" || v.Seconds != 10 {
		t.Errorf("%+v", v)
	}
	if _, cards := w.Tell(1000 * sec); len(cards) != 1 || cards[0].After != 5*time.Minute {
		t.Errorf("%+v", cards)
	}
	if v := after(relief.Start(plan(t, "calf"), 2000*sec, 1000*sec), 0); v.Since != 0 {
		t.Errorf("an onset still to come: %+v", v)
	}
}

// tool is one thing a person can do to a walk.
type tool struct {
	name string
	use  func(relief.Walk, time.Duration) relief.Walk
}

func tools(t testing.TB) []tool {
	foot := plan(t, "foot")
	return []tool{
		{"nothing", func(w relief.Walk, _ time.Duration) relief.Walk { return w }},
		{"next", relief.Walk.Next},
		{"back", relief.Walk.Back},
		{"foot", func(w relief.Walk, at time.Duration) relief.Walk { return w.Turn(foot, at) }},
		{"top", func(w relief.Walk, at time.Duration) relief.Walk { return w.Turn(w.Plan().With("top-of-foot"), at) }},
	}
}

var wait = rapid.Map(rapid.Int64Range(0, int64(4*time.Minute)), func(n int64) time.Duration { return time.Duration(n) })

func TestNothingAPersonDoesMovesTheOnset(t *testing.T) {
	all, w0 := tools(t), start(t, "calf")
	rapid.Check(t, func(t *rapid.T) {
		w, at := w0, 1000*sec
		for range rapid.IntRange(1, 12).Draw(t, "moves") {
			at += wait.Draw(t, "wait")
			tool := rapid.SampledFrom(all).Draw(t, "tool")
			w = tool.use(w, at)
			if v := w.At(at); v.Since != at-1000*sec {
				t.Fatalf("%s: %v since the onset, want %v", tool.name, v.Since, at-1000*sec)
			}
		}
	})
}

func TestEveryCardIsToldOnceAndNotBeforeItsTime(t *testing.T) {
	all, w0, cards := tools(t), start(t, "calf"), open(t).Cards()
	rapid.Check(t, func(t *rapid.T) {
		w, at := w0, 1000*sec
		var told []relief.Card
		for range rapid.IntRange(1, 12).Draw(t, "moves") {
			at += wait.Draw(t, "wait")
			w = rapid.SampledFrom(all).Draw(t, "tool").use(w, at)
			if rapid.Bool().Draw(t, "looks") {
				var now []relief.Card
				w, now = w.Tell(at)
				told = append(told, now...)
			}
		}
		w, last := w.Tell(at)
		told = append(told, last...)
		due := 0
		for _, c := range cards {
			if c.After <= at-1000*sec {
				due++
			}
		}
		if diff := cmp.Diff(cards[:due], told, cmp.Transformer("copy", func(c []relief.Card) []relief.Card { return append([]relief.Card{}, c...) }), cmp.AllowUnexported(relief.Card{})); diff != "" {
			t.Fatalf("%v in:\n%s", at-1000*sec, diff)
		}
		if _, again := w.Tell(at); len(again) > 0 {
			t.Fatalf("told again: %+v", again)
		}
	})
}

func TestLookingOftenOrRarelyGivesTheSameWalk(t *testing.T) {
	all, w0 := tools(t), start(t, "calf")
	rapid.Check(t, func(t *rapid.T) {
		rare, often, at := w0, w0, 1000*sec
		for range rapid.IntRange(1, 8).Draw(t, "moves") {
			step := wait.Draw(t, "wait")
			for _, cut := range rapid.SliceOfN(rapid.Int64Range(0, 100), 0, 3).Draw(t, "looks") {
				often, _ = often.Tell(at + step*time.Duration(cut)/100)
			}
			at += step
			use := rapid.SampledFrom(all).Draw(t, "tool").use
			rare, often = use(rare, at), use(often, at)
			if diff := cmp.Diff(rare.At(at), often.At(at)); diff != "" {
				t.Fatal(diff)
			}
		}
	})
}

func TestAClockThatFallsBackChangesNothing(t *testing.T) {
	all, w0 := tools(t), start(t, "calf")
	rapid.Check(t, func(t *rapid.T) {
		at := 1000*sec + wait.Draw(t, "wait")
		w, _ := w0.Tell(at)
		tool := rapid.SampledFrom(all).Draw(t, "tool")
		back := at - wait.Draw(t, "back")
		if diff := cmp.Diff(tool.use(w, at).At(at), tool.use(w, back).At(back)); diff != "" {
			t.Fatalf("%s: %s", tool.name, diff)
		}
	})
}

func TestNothingVisibleChangesBeforeItIsDue(t *testing.T) {
	w0 := start(t, "calf")
	shown := func(v relief.View) [4]int { return [4]int{v.Step, v.Seconds, int(v.Since / sec), len(v.Doing.Key)} }
	rapid.Check(t, func(t *rapid.T) {
		at := 1000*sec + wait.Draw(t, "first")
		w := w0.Next(at)
		at += wait.Draw(t, "then")
		w, _ = w.Tell(at)
		due := w.Due(at)
		if due <= 0 || due > sec {
			t.Fatalf("due in %v", due)
		}
		if a, b := shown(w.At(at)), shown(w.At(at+due-1)); a != b {
			t.Fatalf("%v became %v before it was due in %v", a, b, due)
		}
		if a, b := shown(w.At(at)), shown(w.At(at+due)); a == b {
			t.Fatalf("nothing changed after %v: %v", due, a)
		}
		if _, cards := w.Tell(at + due - 1); len(cards) > 0 {
			t.Fatalf("%v came before it was due", cards)
		}
	})
}

func TestAnOlderWalkIsNotChanged(t *testing.T) {
	all, w0 := tools(t), start(t, "foot")
	rapid.Check(t, func(t *rapid.T) {
		at := 1000*sec + wait.Draw(t, "wait")
		want := w0.At(at)
		for range 5 {
			w := rapid.SampledFrom(all).Draw(t, "tool").use(w0, at)
			w.Tell(at + time.Hour)
			w.LetGo(at)
			if diff := cmp.Diff(want, w0.At(at)); diff != "" {
				t.Fatal(diff)
			}
		}
	})
}

func BenchmarkFirstFrame(b *testing.B) {
	for b.Loop() {
		aid, err := relief.Open(assets.Files)
		if err != nil {
			b.Fatal(err)
		}
		p, _ := aid.For(routine.Screening{}).Plan(relief.Place{Muscle: "calf"})
		if v := relief.Start(p, 0, 0).At(0); v.Done {
			b.Fatal("done at once")
		}
	}
}
