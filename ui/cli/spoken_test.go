package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"lull/routine"
	"lull/routine/journal"
	"lull/routine/journal/journaltest"
	"lull/routine/relief"
)

// cramping is a `lull now` under way in fake time.
type cramping struct {
	*desktop
	t      *testing.T
	press  *io.PipeWriter
	shown  *paper
	status chan int
}

// paper is an output that is read while it is written.
type paper struct {
	mu   sync.Mutex
	text strings.Builder
}

func (p *paper) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.Write(b)
}

func (p *paper) String() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.String()
}

// cramp starts `lull now --plain` at Evening. It must run in a bubble.
func cramp(t *testing.T, d *desktop, args ...string) *cramping {
	t.Helper()
	begin := time.Now()
	d.Steady = func() time.Duration { return time.Since(begin) }
	d.Now = func() time.Time { return journaltest.Evening.Add(time.Since(begin)) }
	in, press := io.Pipe()
	c := &cramping{desktop: d, t: t, press: press, shown: &paper{}, status: make(chan int, 1)}
	d.In, d.Out = in, c.shown
	go func() { c.status <- d.run(append([]string{"now", "--plain"}, args...)...) }()
	synctest.Wait()
	return c
}

func (c *cramping) after(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func (c *cramping) enter() int {
	fmt.Fprintln(c.press)
	defer c.press.Close()
	return <-c.status
}

func (c *cramping) hangUp() int {
	c.press.Close()
	return <-c.status
}

// cramps are those that stand in the journal.
func (d *desktop) cramps(t *testing.T) []journal.Cramped {
	t.Helper()
	facts, err := d.mem.Live(context.Background(), math.MinInt32, math.MaxInt32)
	if err != nil {
		t.Fatal(err)
	}
	var found []journal.Cramped
	for _, e := range facts {
		if f, ok := e.Fact.(journal.Cramped); ok {
			found = append(found, f)
		}
	}
	return found
}

func TestEveryStepIsToldOnceAsItsTimeComes(t *testing.T) {
	for _, muscle := range relief.Muscles {
		synctest.Test(t, func(t *testing.T) {
			d := newDesktop()
			aid, _ := d.Aid()
			plan, _ := aid.For(routine.Screening{}).Plan(relief.Place{Muscle: muscle})
			c := cramp(t, d, muscle)
			var want []string
			begin := time.Duration(0)
			for _, s := range plan.Steps {
				want = append(want, stopwatch(begin)+"  "+s.Text)
				begin += s.Length
			}
			want = append(want, stopwatch(begin)+"  Those were all the steps.")
			c.after(plan.Length())
			if status := c.enter(); status != Done {
				t.Errorf("status %d: %s", status, &d.err)
			}
			got := regexp.MustCompile(`(?m)^\d+:\d\d  .*`).FindAllString(c.shown.String(), -1)
			for i := range got {
				if i < len(want) && strings.HasPrefix(got[i], want[i]) {
					got[i] = want[i]
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: %s", muscle, diff)
			}
		})
	}
}

func TestNoStepComesBeforeItsTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := cramp(t, newDesktop())
		c.after(10*time.Second - time.Nanosecond)
		if strings.Contains(c.shown.String(), "0:10  ") {
			t.Error(c.shown)
		}
		c.after(time.Nanosecond)
		if !strings.Contains(c.shown.String(), "0:10  ") {
			t.Error(c.shown)
		}
		c.enter()
	})
}

func TestACrampIsInTheJournalAtOnceAndEnterGivesItItsLength(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesktop()
		c := cramp(t, d, "foot")
		if diff := cmp.Diff([]journal.Cramped{{Muscle: "foot"}}, d.cramps(t)); diff != "" {
			t.Error(diff)
		}
		c.after(80 * time.Second)
		if status := c.enter(); status != Done || !strings.Contains(c.shown.String(), "It let go after 1 min 20 s.\n") {
			t.Errorf("status %d: %s%s", status, c.shown, &d.err)
		}
		lasted := 80
		if diff := cmp.Diff([]journal.Cramped{{Muscle: "foot", LastedS: &lasted}}, d.cramps(t)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestTheEndOfTheInputKeepsTheStart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesktop()
		c := cramp(t, d)
		c.after(42 * time.Second)
		if status := c.hangUp(); status != Done {
			t.Errorf("status %d: %s", status, &d.err)
		}
		if diff := cmp.Diff([]journal.Cramped{{}}, d.cramps(t)); diff != "" {
			t.Error(diff)
		}
	})
}

// stuck is a journal that never answers.
type stuck struct{ journal.Log }

func (stuck) Since(context.Context, journal.Date) (journal.History, error) { select {} }

func TestTheFirstInstructionIsShownAtOnceAlthoughTheJournalHangs(t *testing.T) {
	d := newDesktop()
	var asked atomic.Bool // the answers are read beside the first instruction
	d.Log = func(time.Duration) journal.Log {
		if !asked.Swap(true) {
			return stuck{d.mem}
		}
		for _, line := range []string{"Toes up, not pointed. Breathe out.\n", "0:00  "} {
			if !strings.Contains(d.out.String(), line) {
				t.Errorf("%q was not shown before the cramp was recorded: %q", line, &d.out)
			}
		}
		return d.mem
	}
	begin := time.Now()
	d.run("now", "--plain")
	if took := time.Since(begin); took > 2*time.Second {
		t.Errorf("it took %v", took)
	}
	if len(d.cramps(t)) != 1 {
		t.Error("the cramp was not recorded")
	}
}

func TestAJournalThatFailsStopsNoStep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesktop()
		d.mem.Fail(fmt.Errorf("open lull.db: %w", journal.ErrBusy))
		c := cramp(t, d)
		c.after(50 * time.Second)
		status := c.enter()
		if status != Busy || !strings.Contains(c.shown.String(), "0:50  ") {
			t.Errorf("status %d: %s%s", status, c.shown, &d.err)
		}
		lasted := 50
		d.importPrinted(t, journal.Cramped{LastedS: &lasted})
	})
}

// importPrinted gives the lines that were printed to `lull import -`, in a journal
// that works, and demands that this is all there is then.
func (d *desktop) importPrinted(t *testing.T, want journal.Cramped) {
	t.Helper()
	_, lines, printed := strings.Cut(d.err.String(), "keep this, and give it to `lull import -` later:\n")
	if !printed {
		t.Fatalf("no line to keep: %s", &d.err)
	}
	d.mem.Fail(nil)
	d.In = strings.NewReader(lines)
	if status := d.run("import", "-"); status != Done {
		t.Errorf("status %d: %s", status, &d.err)
	}
	if diff := cmp.Diff([]journal.Cramped{want}, d.cramps(t)); diff != "" {
		t.Error(diff)
	}
}

// Whatever ends a cramp that no disk took, it is printed to be kept.
func TestACrampThatIsNowhereIsPrintedOnEveryWayOut(t *testing.T) {
	for name, end := range map[string]func(c *cramping, signal func()) int{
		"q":            func(c *cramping, _ func()) int { fmt.Fprintln(c.press, "q"); return <-c.status },
		"end of input": func(c *cramping, _ func()) int { return c.hangUp() },
		"signal":       func(c *cramping, signal func()) int { signal(); return <-c.status },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := newDesktop()
				d.mem.Fail(fmt.Errorf("open lull.db: %w", journal.ErrFull))
				stopped, stop := context.WithCancel(t.Context())
				d.Stoppable = func(context.Context) (context.Context, func() error) {
					return stopped, func() error { return nil }
				}
				c := cramp(t, d)
				c.after(5 * time.Second)
				if status := end(c, stop); status != Failed {
					t.Errorf("status %d", status)
				}
				d.importPrinted(t, journal.Cramped{})
				stop()
				c.press.Close()
			})
		})
	}
}

func TestAJournalThatComesBackGetsTheWholeCramp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesktop()
		d.mem.Fail(errors.New("not now"))
		c := cramp(t, d)
		d.mem.Fail(nil)
		c.after(50 * time.Second)
		if status := c.enter(); status != Done {
			t.Errorf("status %d: %s", status, &d.err)
		}
		lasted := 50
		if diff := cmp.Diff([]journal.Cramped{{LastedS: &lasted}}, d.cramps(t)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestTheCardsByTheClockComeOnceWithWhatToDo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := cramp(t, newDesktop())
		for _, card := range []string{"\n5:00  ", "\n10:00  "} {
			c.after(5*time.Minute - time.Nanosecond)
			if strings.Contains(c.shown.String(), card) {
				t.Errorf("%q came early", card)
			}
			c.after(time.Nanosecond)
		}
		if text := c.shown.String(); !strings.Contains(text, "\nBe seen today. Call your doctor") {
			t.Error(text)
		}
		c.after(10 * time.Minute)
		c.enter()
		for _, card := range []string{"\n5:00  ", "\n10:00  "} {
			if n := strings.Count(c.shown.String(), card); n != 1 {
				t.Errorf("%q came %d times", card, n)
			}
		}
	})
}

func TestTheSafetyAnswersAddTheirCautionOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesktop()
		answers := journaltest.NewMaker(t, 1).At(-24, journal.Screened{Answers: map[string]any{"numb_feet": true}})
		if _, err := d.mem.Append(context.Background(), answers); err != nil {
			t.Fatal(err)
		}
		c := cramp(t, d)
		c.after(280 * time.Second)
		c.enter()
		text := c.shown.String()
		if strings.Count(text, "Note: Shoes or slippers on") != 1 || strings.Contains(text, "wrapped ice") {
			t.Error(text)
		}
	})
}

func TestAnotherMuscleIsALineAwayAndTheOnsetStays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesktop()
		aid, _ := d.Aid()
		c := cramp(t, d)
		c.after(12 * time.Second)
		for _, p := range append(aid.For(routine.Screening{}).Places()[1:], relief.Place{Muscle: "calf"}) {
			plan, _ := aid.For(routine.Screening{}).Plan(relief.Place{Muscle: p.Muscle})
			fmt.Fprintln(c.press, " M ")
			synctest.Wait()
			if text := c.shown.String(); !strings.HasSuffix(text, stepWords(plan.With(p.Variant).Steps[0])+"\n") && !strings.Contains(text, plan.With(p.Variant).First) {
				t.Errorf("%v: %s", p, text)
			}
		}
		fmt.Fprintln(c.press, "m")
		synctest.Wait()
		if text := c.shown.String(); !strings.Contains(text, "Toes pulled up, knot on top of the foot? Type m and Enter.") {
			t.Error(text)
		}
		c.after(8 * time.Second)
		c.enter()
		got := d.cramps(t)
		if len(got) != 1 || got[0].Muscle != "foot" || *got[0].LastedS != 20 {
			t.Errorf("%+v", got)
		}
	})
}

func TestNotMyUsualCrampIsALineAwayAndEndsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesktop()
		c := cramp(t, d)
		c.after(5 * time.Second)
		for _, line := range []string{"!", "what now"} {
			fmt.Fprintln(c.press, line)
			synctest.Wait()
		}
		text := c.shown.String()
		for _, want := range []string{"Get help now. Stop.", "Be seen today.", "- A cramp of ten minutes or more", "! is for a cramp that is not your usual one, q quits."} {
			if !strings.Contains(text, want) {
				t.Errorf("%q was not said:\n%s", want, text)
			}
		}
		if got := d.cramps(t); len(got) != 1 || got[0].LastedS != nil {
			t.Errorf("%+v", got)
		}
		c.enter()
	})
}

func TestQLeavesACrampWithItsStart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesktop()
		c := cramp(t, d)
		c.after(5 * time.Second)
		fmt.Fprintln(c.press, "q")
		if status := <-c.status; status != Done {
			t.Errorf("status %d", status)
		}
		if got := d.cramps(t); len(got) != 1 || got[0].LastedS != nil {
			t.Errorf("%+v", got)
		}
		if text := c.shown.String(); !strings.Contains(text, "Left before it let go: the start is kept.") {
			t.Error(text)
		}
		c.press.Close()
	})
}

// screened puts answers to the safety questions in the journal.
func (d *desktop) screened(t *testing.T, answers map[string]any) {
	t.Helper()
	if _, err := d.mem.Append(context.Background(), journaltest.NewMaker(t, 1).At(-24, journal.Screened{Answers: answers})); err != nil {
		t.Fatal(err)
	}
}

// harms are words of a step that a person who must be seen first is not to read.
var harms = regexp.MustCompile(`(?i)(knee|shin|straight|hold on|\bwalk|warm|toes up|heel|\brub it|roll|painkiller|covers|ease off)`)

func TestALockedPersonHearsOnlyWhatToDoAboutTheSign(t *testing.T) {
	for answer, act := range map[string]string{
		"emergency":  "Stop. Do not stretch, do not rub. Call your emergency number.",
		"clot_signs": "Do not stretch or rub this leg. Call your doctor or the out-of-hours line today.",
	} {
		synctest.Test(t, func(t *testing.T) {
			d := newDesktop()
			d.screened(t, map[string]any{answer: true})
			c := cramp(t, d, "calf")
			if text := c.shown.String(); !strings.HasPrefix(text, "0:00  "+act) {
				t.Errorf("%s starts with: %s", answer, text)
			}
			c.after(3 * time.Minute)
			fmt.Fprintln(c.press, "m")
			synctest.Wait()
			c.after(11 * time.Minute)
			if status := c.enter(); status != Done {
				t.Errorf("status %d: %s", status, &d.err)
			}
			text := c.shown.String()
			if found := harms.FindAllString(text, -1); len(found) > 0 || !strings.HasSuffix(text, act+"\n") {
				t.Errorf("%s says %q: %s", answer, found, text)
			}
			if got := d.cramps(t); len(got) != 1 || got[0].LastedS == nil || *got[0].LastedS != 14*60 || got[0].Muscle != "foot" {
				t.Errorf("%+v", got)
			}
		})
		d := newDesktop()
		d.screened(t, map[string]any{answer: true})
		if d.run("now", "calf", "--no-record"); harms.MatchString(d.out.String()) || !strings.Contains(d.out.String(), act) {
			t.Errorf("%s lists: %s", answer, &d.out)
		}
	}
}

// The answers come only once the journal can be read.
func TestALockThatBecomesKnownLateReplacesThePlan(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesktop()
		d.screened(t, map[string]any{"clot_signs": true})
		first := true
		d.Log = func(time.Duration) journal.Log {
			if first {
				first = false
				busy := &journaltest.Mem{}
				busy.Fail(journal.ErrBusy)
				return busy
			}
			return d.mem
		}
		c := cramp(t, d)
		before, after, _ := strings.Cut(c.shown.String(), "Written down")
		if !strings.HasPrefix(before, "If a leg is swollen, hot or has changed colour, do not stretch or rub it: call your doctor today.\n") {
			t.Errorf("it starts without the sign: %s", before)
		}
		if !strings.Contains(before, "Knee straight") || !strings.Contains(after, "Do not stretch or rub") {
			t.Error(c.shown)
		}
		c.after(5 * time.Minute)
		c.enter()
		_, after, _ = strings.Cut(c.shown.String(), "Written down")
		if found := harms.FindAllString(after, -1); len(found) > 0 {
			t.Errorf("%q in %s", found, after)
		}
	})
}

// A journal that fails after the answers were read does not undo them.
func TestALockStaysAlthoughTheJournalFailsLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesktop()
		d.Keeper = &keeper{room: true}
		d.screened(t, map[string]any{"clot_signs": true})
		first := true
		d.Log = func(time.Duration) journal.Log {
			if first {
				first = false
				return d.mem
			}
			failing := &journaltest.Mem{}
			failing.Fail(journal.ErrBusy)
			return failing
		}
		c := cramp(t, d)
		c.after(5 * time.Minute)
		c.enter()
		if found := harms.FindAllString(c.shown.String(), -1); len(found) > 0 {
			t.Errorf("%q in %s", found, c.shown)
		}
	})
}

func TestHRepeatsTheStepWithItsCautions(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesktop()
		d.screened(t, map[string]any{"numb_feet": true})
		c := cramp(t, d)
		c.after(132 * time.Second)
		for _, typed := range []string{"h", " H "} {
			before := c.shown.String()
			fmt.Fprintln(c.press, typed)
			synctest.Wait()
			again := strings.TrimPrefix(c.shown.String(), before)
			if !strings.HasPrefix(again, "2:12  Stand and hold on") || !strings.Contains(again, "Note: Shoes or slippers on") {
				t.Errorf("%q said: %q", typed, again)
			}
		}
		if !strings.Contains(c.shown.String(), "h repeats this step") {
			t.Error(c.shown)
		}
		c.enter()
	})
}

// Never an error before help.
func TestWhateverIsTypedAfterNowHelpComesAndTheCrampIsLogged(t *testing.T) {
	for typed, want := range map[string]struct {
		says  string
		cramp journal.Cramped
	}{
		"thigh":                    {`"thigh": showing Back of the thigh. Type m and Enter for another place.`, journal.Cramped{}},
		"toes":                     {`"toes": showing Foot and toes.`, journal.Cramped{Muscle: "foot"}},
		"pie":                      {`"pie": showing Foot and toes.`, journal.Cramped{Muscle: "foot"}},
		"pantorrilla":              {`"pantorrilla": showing Calf.`, journal.Cramped{Muscle: "calf"}},
		"cal":                      {`"cal": showing Calf.`, journal.Cramped{Muscle: "calf"}},
		"elephant":                 {`"elephant": showing Calf.`, journal.Cramped{}},
		"left calf":                {`"left calf": showing Calf.`, journal.Cramped{Muscle: "calf", Side: "left"}},
		"my left calf, oh dear oh": {`showing Calf.`, journal.Cramped{Muscle: "calf", Side: "left"}},
		"foot --plain=maybe":       {"Foot and toes", journal.Cramped{Muscle: "foot"}},
		"foot --muscle foot -x":    {"showing Foot and toes", journal.Cramped{Muscle: "foot"}},
		"foot --no-record=perhaps": {"Toes up", journal.Cramped{Muscle: "foot"}},
		"-- foot":                  {"Toes up", journal.Cramped{Muscle: "foot"}},
	} {
		d := newDesktop()
		status := d.run(append([]string{"now", "--plain"}, strings.Fields(typed)...)...)
		if status != Done || !strings.Contains(d.out.String(), want.says) && !strings.Contains(want.says, "Foot and toes") {
			t.Errorf("%s: status %d, %s%s", typed, status, &d.out, &d.err)
		}
		if first, _, _ := strings.Cut(d.out.String(), "\n"); !strings.HasSuffix(first, "Breathe out.") {
			t.Errorf("%s starts with %q", typed, first)
		}
		if diff := cmp.Diff([]journal.Cramped{want.cramp}, d.cramps(t)); diff != "" {
			t.Errorf("%s: %s", typed, diff)
		}
		if bad := strings.Contains(typed, "=") || strings.Contains(typed, "-x"); bad != strings.Contains(d.err.String(), "ignored, since `lull now` has no such flag: --") {
			t.Errorf("%s: %s", typed, &d.err)
		}
	}
}

func TestSidesAndMusclesAreTakenInEveryLanguage(t *testing.T) {
	for _, c := range []struct{ side, muscle, wantSide, wantMuscle string }{
		{"izquierda", "pantorrilla", "left", "calf"}, {"L", "Toes", "left", "foot"}, {"ambas", "cuadriceps", "both", "quadriceps"},
		{"r", "inner thigh", "right", "inner"}, {"derecha", "otro", "right", "other"}, {"both", "calf", "both", "calf"},
	} {
		d := newDesktop()
		if status := d.run("cramp", "--side", c.side, "--muscle", c.muscle); status != Done {
			t.Errorf("%+v: status %d, %s", c, status, &d.err)
		}
		want := journal.Cramped{Side: c.wantSide, Muscle: c.wantMuscle}
		if diff := cmp.Diff([]journal.Cramped{want}, d.cramps(t)); diff != "" {
			t.Errorf("%+v: %s", c, diff)
		}
		d.run("log", "--json")
		id := regexp.MustCompile(`"id":"([^"]+)"`).FindStringSubmatch(d.out.String())[1]
		if status := d.run("log", "edit", id, "side=izq", "muscle=gemelo"); status != Done {
			t.Errorf("edit: status %d, %s", status, &d.err)
		}
		if got := d.cramps(t); got[0].Side != "left" || got[0].Muscle != "calf" {
			t.Errorf("edited: %+v", got)
		}
		for _, args := range [][]string{{"cramp", "--muscle", "thigh"}, {"log", "edit", id, "muscle=muslo"}} {
			if status := d.run(args...); status != Misused || !strings.Contains(d.err.String(), "choose one of: hamstring, quadriceps, inner") {
				t.Errorf("%v: status %d, %s", args, status, &d.err)
			}
		}
		if len(d.cramps(t)) != 1 {
			t.Error("an ambiguous word was recorded")
		}
	}
}
