//go:build linux

package main

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"
)

func idleBench(ctx context.Context) *bench { return newBench(ctx, "", io.Discard, 0) }

// told makes a probe that tells its name each time it is asked.
func told(heard *[]string, name string, figure float64) probe {
	return func(*bench) (float64, error) {
		*heard = append(*heard, name)
		return figure, nil
	}
}

func TestSubjectAndFloorAreMeasuredInTurn(t *testing.T) {
	var heard []string
	r := row{Effort: few, subject: told(&heard, "A", 2), floor: told(&heard, "B", 1)}
	p, err := r.measure(idleBench(t.Context()), 3)
	if err != nil || strings.Join(heard, "") != "ABABAB" {
		t.Errorf("measured %v, %v", heard, err)
	}
	if !slices.Equal(p.Subject, []float64{2, 2, 2}) || !slices.Equal(p.Floor, []float64{1, 1, 1}) {
		t.Errorf("got %+v", p)
	}
}

func TestTheFirstPairOfShortRunsDoesNotCount(t *testing.T) {
	n := 0.0
	counting := func(*bench) (float64, error) { n++; return n, nil }
	p, err := row{Effort: starts, subject: counting, floor: counting}.measure(idleBench(t.Context()), 2)
	if err != nil || !slices.Equal(p.Subject, []float64{3, 5}) || !slices.Equal(p.Floor, []float64{4, 6}) {
		t.Errorf("got %+v, %v", p, err)
	}
}

func TestARowThatFailsDoesNotStopTheOthers(t *testing.T) {
	var heard []string
	broken := func(*bench) (float64, error) { return 0, errors.New("no such program") }
	rows := []row{
		{ID: "broken", Effort: few, subject: broken, floor: broken},
		{ID: "slow", Effort: few, Goal: times(1), subject: told(&heard, "A", 2), floor: told(&heard, "B", 1)},
		{ID: "fine", Effort: few, Goal: times(2), subject: told(&heard, "A", 2), floor: told(&heard, "B", 1)},
	}
	var rep report
	var table strings.Builder
	if err := rep.measure(idleBench(t.Context()), rows, unhurried, &table); err != nil {
		t.Fatal(err)
	}
	if len(rep.Results) != 3 || !strings.Contains(table.String(), "no such program") {
		t.Errorf("%d results:\n%s", len(rep.Results), table.String())
	}
	err := rep.verdict()
	if err == nil || err.Error() != "over the goal: slow\nnot measured: broken" {
		t.Errorf("the verdict is %v", err)
	}
}

func TestARunThatIsCalledOffEndsAtOnce(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	var heard []string
	stopping := func(*bench) (float64, error) { cancel(); return 1, nil }
	rows := []row{
		{ID: "first", Effort: once, subject: stopping, floor: stopping},
		{ID: "second", Effort: once, subject: told(&heard, "A", 2), floor: told(&heard, "B", 1)},
	}
	var rep report
	if err := rep.measure(idleBench(ctx), rows, unhurried, io.Discard); !errors.Is(err, context.Canceled) || len(heard) > 0 {
		t.Errorf("got %v, and measured %v after that", err, heard)
	}
}

func TestAQuickRunLeavesOutWholeSessions(t *testing.T) {
	all, some := 0, 0
	for _, r := range rows([]int{0}, false) {
		all++
		if paceOf(options{quick: true}).pairs[r.Effort] > 0 {
			some++
		}
		if unhurried.pairs[r.Effort] == 0 {
			t.Errorf("%s is never measured", r.ID)
		}
	}
	if some == 0 || some >= all {
		t.Errorf("a quick run has %d of %d rows", some, all)
	}
}

func TestRunsChangeOnlyTheShortRuns(t *testing.T) {
	p := paceOf(options{runs: 5})
	if p.pairs[starts] != 5 || p.pairs[screens] != 3 || p.pairs[watches] != unhurried.pairs[watches] {
		t.Errorf("got %v", p.pairs)
	}
	if unhurried.pairs[starts] == 5 {
		t.Error("the usual pace was changed")
	}
}

func TestEveryRowHasItsOwnNameAndTwoProbes(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range rows([]int{0, 1, 10, 100}, true) {
		if seen[r.ID] || r.ID == "" {
			t.Errorf("%q is used twice", r.ID)
		}
		seen[r.ID] = true
		if r.subject == nil || r.floor == nil || r.What == "" || r.Floor == "" || r.Unit == "" {
			t.Errorf("%s is not whole", r.ID)
		}
	}
}

func TestOnlyRowsThatMatchAreChosen(t *testing.T) {
	got, err := choose(options{only: "^(tonight|size)$", years: "0"})
	if err != nil || len(got) != 2 {
		t.Errorf("got %d rows, %v", len(got), err)
	}
	for _, o := range []options{{only: "("}, {years: "many"}, {years: "-1"}, {years: "101"}, {years: ""}} {
		if o.only != "" {
			o.years = "0"
		}
		if _, err := choose(o); err == nil {
			t.Errorf("%+v was taken", o)
		}
	}
}

func TestTheEnvironmentKeepsNothingPersonal(t *testing.T) {
	got := plainEnviron([]string{"PATH=/bin", "LULL_HOME=/mine", "NO_COLOR=1", "TERM=dumb", "LC_ALL=C", "HOME=/me"})
	if !slices.Equal(got, []string{"PATH=/bin", "HOME=/me"}) {
		t.Errorf("kept %v", got)
	}
}

func TestBothRoutinesThatAreTimedHaveALength(t *testing.T) {
	for long, least := range map[bool]time.Duration{false: time.Minute, true: 10 * time.Minute} {
		if d, err := lengthOf(routineFor(long)); err != nil || d < least {
			t.Errorf("%s lasts %v, %v", routineFor(long), d, err)
		}
	}
}

func TestAComplaintIsItsFirstLineThatSaysSomething(t *testing.T) {
	for text, want := range map[string]string{
		"# lull/store\nstore/lock.go:4:2: undefined: x\nmore": "store/lock.go:4:2: undefined: x",
		"\n  the file is busy\n":                              "the file is busy",
		"":                                                    "",
	} {
		if got := firstLine([]byte(text)); got != want {
			t.Errorf("%q is told as %q", text, got)
		}
	}
}
