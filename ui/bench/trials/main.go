// Trials measures how often lull misleads, and how often it sees what is there.
//
//	go run ./ui/bench/trials               # the tables of docs/STATISTICS.md
//	go run ./ui/bench/trials -n 200        # the same from fewer histories
//	go run ./ui/bench/trials -only found   # one of them
//
// It makes up histories of nights with clustered cramps, asks lull's two
// questions at the end of each, and prints Markdown. No file is read or written.
// The same seed gives the same tables.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"

	"lull/routine/rates/trials"
)

type options struct {
	histories int
	seed      uint64
	only      string
}

func main() {
	var o options
	flag.IntVar(&o.histories, "n", 2000, "how `many` histories each figure is from")
	flag.Uint64Var(&o.seed, "seed", 1, "where the dice begin")
	flag.StringVar(&o.only, "only", "", "print one `table`: false, rules, weekly, slow, bad-start, logging, gaps, cost, plans, found, long or experiments")
	flag.Parse()
	if flag.NArg() > 0 || o.histories < 1 {
		fmt.Fprintln(os.Stderr, "trials: give -n a number above 0, and nothing else")
		os.Exit(2)
	}
	for _, t := range tables {
		if o.only == "" || o.only == t.name {
			t.print(os.Stdout, o)
		}
	}
}

var tables = []struct {
	name  string
	print func(io.Writer, options)
}{
	{"false", falseClaims}, {"rules", rules}, {"weekly", everyWeek}, {"slow", slower}, {"bad-start", badStart},
	{"logging", unevenLogging}, {"gaps", gaps}, {"cost", gapCost}, {"plans", unevenPlans}, {"found", found}, {"long", howLong}, {"experiments", experiments},
}

var lengths = []int{8, 16, 26}

// misses are the ways of missing nights that the tables go through.
var misses = []struct {
	name string
	trials.Habits
}{
	{"one by one", trials.Habits{Baseline: 14, Wait: 14, Keeps: 0.75}},
	{"in streaks", trials.Habits{Baseline: 14, Wait: 14, Keeps: 0.75, Streaks: true}},
	{"by fortnights, drawn by lot", trials.Habits{Baseline: 14, Wait: 14, Planned: true}},
}

// always keeps every night.
func always(baseline int) trials.Habits { return trials.Habits{Baseline: baseline, Keeps: 1} }

func (o options) run(w trials.World, h trials.Habits, weeks int) trials.Result {
	return trials.Trial{World: w, Habits: h, Weeks: weeks, Histories: o.histories, Seed: o.seed}.Run()
}

func percent(share float64) string { return fmt.Sprintf("%.1f %%", 100*share) }

// three is a cell: before and after, kept and missed, either of the two.
func three(r trials.Result) string {
	return fmt.Sprintf("%.1f · %.1f · %.1f", 100*r.BeforeAfter.Claimed(), 100*r.KeptMissed.Claimed(), 100*r.EitherClaimed())
}

const threeWords = "In per cent: before and after · kept and missed · either of the two."

func falseClaims(out io.Writer, o options) {
	fmt.Fprintf(out, "Nothing works, %d histories a figure: how often a difference is claimed. %s\n\n", o.histories, threeWords)
	fmt.Fprintln(out, "| cramps a night | nights missed | 8 weeks | 16 weeks | 26 weeks |")
	fmt.Fprintln(out, "|---|---|---|---|---|")
	for _, rate := range []float64{0.3, 0.6, 1.2} {
		for _, m := range misses {
			fmt.Fprintf(out, "| %.1f | %s |", rate, m.name)
			for _, weeks := range lengths {
				fmt.Fprintf(out, " %s |", three(o.run(trials.Clustered(rate, 1), m.Habits, weeks)))
			}
			fmt.Fprintln(out)
		}
	}
	fmt.Fprintln(out)
}

func rules(out io.Writer, o options) {
	fmt.Fprintln(out, "Nothing works, nights missed in streaks: how often each rule claims a difference for at least one of the two questions.")
	fmt.Fprintln(out, "\n| rule | 0.6 a night: 8 weeks | 16 weeks | 26 weeks | 1.2 a night: 8 weeks | 16 weeks | 26 weeks |\n|---|---|---|---|---|---|---|")
	lines := make([]string, len(trials.Rules))
	for _, rate := range []float64{0.6, 1.2} {
		for _, weeks := range lengths {
			t := trials.Trial{World: trials.Clustered(rate, 1), Habits: misses[1].Habits, Weeks: weeks, Histories: o.histories, Seed: o.seed}
			for i, share := range t.Tried() {
				lines[i] += fmt.Sprintf(" %s |", percent(share))
			}
		}
	}
	for i, rule := range trials.Rules {
		fmt.Fprintf(out, "| %s |%s\n", rule.Name, lines[i])
	}
	fmt.Fprintln(out)
}

func everyWeek(out io.Writer, o options) {
	fmt.Fprintln(out, "Nothing works, and somebody looks every week of half a year: how often a difference is claimed at least once.")
	fmt.Fprintln(out, "\n| cramps a night | nights missed | at least once |\n|---|---|---|")
	for _, rate := range []float64{0.3, 0.6} {
		for _, m := range misses {
			t := trials.Trial{World: trials.Clustered(rate, 1), Habits: m.Habits, Weeks: 26, Histories: o.histories, Seed: o.seed}
			fmt.Fprintf(out, "| %.1f | %s | %s |\n", rate, m.name, percent(t.Ever()))
		}
	}
	fmt.Fprintln(out)
}

func slower(out io.Writer, o options) {
	fmt.Fprintf(out, "Nothing works, and good and bad times last longer (0.6 cramps a night, nights missed in streaks). %s\n\n", threeWords)
	fmt.Fprintln(out, "| autocorrelation | 8 weeks | 16 weeks | 26 weeks |\n|---|---|---|---|")
	for _, echo := range []float64{0.8, 0.9, 0.95} {
		w := trials.Clustered(0.6, 1)
		w.Echo = echo
		fmt.Fprintf(out, "| %.2f |", echo)
		for _, weeks := range lengths {
			fmt.Fprintf(out, " %s |", three(o.run(w, misses[1].Habits, weeks)))
		}
		fmt.Fprintln(out)
	}
	fmt.Fprintln(out)
}

// badStart is for people who begin when things are bad: then things get better
// by themselves, and before and after cannot tell.
func badStart(out io.Writer, o options) {
	fmt.Fprintln(out, "Nothing works, 0.6 cramps a night, but people begin when they have at least 1.5 times their usual cramps: how often fewer are claimed before and after.")
	fmt.Fprintln(out, "\n| autocorrelation | 8 weeks | 16 weeks | 26 weeks |\n|---|---|---|---|")
	for _, echo := range []float64{0.5, 0.9} {
		fmt.Fprintf(out, "| %.1f |", echo)
		for _, weeks := range lengths {
			t := trials.Trial{World: trials.Clustered(0.6, 1), Habits: always(14), Weeks: weeks, Histories: o.histories, Seed: o.seed, BadStart: 1.5}
			t.Echo = echo
			fmt.Fprintf(out, " %s |", percent(t.Run().BeforeAfter.Found()))
		}
		fmt.Fprintln(out)
	}
	fmt.Fprintln(out)
}

func experiments(out io.Writer, o options) {
	fmt.Fprintf(out, "Experiments of fortnights drawn by lot, read pair by pair, %d histories a row.\n\n", o.histories)
	fmt.Fprintln(out, "| cramps a night | pairs | weeks | nothing works: a difference is claimed | ratio 0.50: fewer are claimed | ratio 0.35 |")
	fmt.Fprintln(out, "|---|---|---|---|---|---|")
	for _, rate := range []float64{0.3, 0.6, 1.2} {
		for _, pairs := range []int{3, 6, 8, 13} {
			read := func(ratio float64) trials.Tally {
				return trials.Trial{World: trials.Clustered(rate, ratio), Histories: o.histories, Seed: o.seed}.Experiment(pairs)
			}
			fmt.Fprintf(out, "| %.1f | %d | %d | %s | %s | %s |\n", rate, pairs, 4*pairs,
				percent(read(1).Claimed()), percent(read(0.5).Found()), percent(read(0.35).Found()))
		}
	}
	fmt.Fprintln(out)
}

// scenario is a trial of one of the ways of logging, with nights missed in streaks.
func (o options) scenario(s trials.Scenario, rate float64, weeks int) trials.Trial {
	h := misses[1].Habits
	h.Logs = s.Logs
	return trials.Trial{World: trials.Clustered(rate, 1), Habits: h, Weeks: weeks, Histories: o.histories, Seed: o.seed, BadStart: s.BadStart}
}

func unevenLogging(out io.Writer, o options) {
	fmt.Fprintf(out, "Nothing works, and nights are not logged evenly, %d histories a figure, seed %d: how often a difference is claimed. %s\n\n", o.histories, o.seed, threeWords)
	fmt.Fprintln(out, "| scenario | cramps a night | 8 weeks | 16 weeks | 26 weeks |\n|---|---|---|---|---|")
	for _, s := range trials.Scenarios {
		for _, rate := range []float64{0.3, 0.6, 1.2} {
			fmt.Fprintf(out, "| %s | %.1f |", s.Name, rate)
			for _, weeks := range lengths {
				fmt.Fprintf(out, " %s |", three(o.scenario(s, rate, weeks).Run()))
			}
			fmt.Fprintln(out)
		}
	}
	fmt.Fprintln(out)
}

// gapHead is the head of a table with a column for each threshold.
func gapHead(out io.Writer, first ...string) {
	rule := ""
	for _, f := range first {
		fmt.Fprintf(out, "| %s ", f)
		rule += "|---"
	}
	for _, gap := range trials.Gaps {
		rule += "|---"
		if gap == 1 {
			fmt.Fprint(out, "| none ")
			continue
		}
		fmt.Fprintf(out, "| %.2f ", gap)
	}
	fmt.Fprintf(out, "|\n%s|\n", rule)
}

// gaps is where rates.MaxGap comes from.
func gaps(out io.Writer, o options) {
	fmt.Fprintf(out, "The same after 26 weeks, by the threshold. Seed %d. %s\n\n", o.seed, threeWords)
	gapHead(out, "scenario", "cramps a night")
	for _, s := range trials.Scenarios {
		for _, rate := range []float64{0.3, 0.6} {
			fmt.Fprintf(out, "| %s | %.1f |", s.Name, rate)
			for _, r := range o.scenario(s, rate, lengths[2]).ByGap() {
				fmt.Fprintf(out, " %s |", three(r))
			}
			fmt.Fprintln(out)
		}
	}
	fmt.Fprintln(out)
}

// gapCost is how many comparisons of evenly logged nights each threshold refuses.
func gapCost(out io.Writer, o options) {
	fmt.Fprintf(out, "Nights logged evenly, 0.6 cramps a night, 26 weeks, seed %d: how many of %d histories get an answer. Before and after · kept and missed.\n\n", o.seed, o.histories)
	gapHead(out, "cramp-free nights logged")
	for _, even := range []float64{0.95, 0.9, 0.75, 0.6} {
		fmt.Fprintf(out, "| %.0f %% |", 100*even)
		for _, r := range o.scenario(trials.Scenario{Logs: trials.Evenly(even)}, 0.6, lengths[2]).ByGap() {
			fmt.Fprintf(out, " %d · %d |", o.histories-r.BeforeAfter.Refused, o.histories-r.KeptMissed.Refused)
		}
		fmt.Fprintln(out)
	}
	fmt.Fprintln(out)
}

func unevenPlans(out io.Writer, o options) {
	fmt.Fprintf(out, "Experiments in which nothing works and cramp-free nights are logged by whether there was a session, %d histories a figure, seed %d: how often a difference is claimed.\n\n", o.histories, o.seed)
	fmt.Fprintln(out, "| scenario | cramps a night | 6 pairs | 8 pairs | 13 pairs |\n|---|---|---|---|---|")
	for _, s := range trials.Scenarios[:2] {
		for _, rate := range []float64{0.3, 0.6, 1.2} {
			fmt.Fprintf(out, "| %s | %.1f |", s.Name, rate)
			for _, pairs := range []int{6, 8, 13} {
				fmt.Fprintf(out, " %s |", percent(o.scenario(s, rate, 0).Experiment(pairs).Claimed()))
			}
			fmt.Fprintln(out)
		}
	}
	fmt.Fprintln(out)
}

// found are the designs in which something works. Before and after keeps every
// night, so that the ratio holds for all of them.
func found(out io.Writer, o options) {
	fmt.Fprintf(out, "The stretches do work, %d histories a figure: how often fewer are claimed. In per cent: true ratio 0.50 · 0.35.\n\n", o.histories)
	fmt.Fprintln(out, "| cramps a night | design | 8 weeks | 16 weeks | 26 weeks |")
	fmt.Fprintln(out, "|---|---|---|---|---|")
	for _, rate := range []float64{0.3, 0.6, 1.2} {
		for _, d := range designs {
			fmt.Fprintf(out, "| %.1f | %s |", rate, d.name)
			for _, weeks := range lengths {
				half := d.of(o.run(trials.Clustered(rate, 0.5), d.Habits, weeks))
				third := d.of(o.run(trials.Clustered(rate, 0.35), d.Habits, weeks))
				fmt.Fprintf(out, " %.1f · %.1f |", 100*half.Found(), 100*third.Found())
			}
			fmt.Fprintln(out)
		}
	}
	fmt.Fprintln(out)
}

func beforeAfter(r trials.Result) trials.Tally { return r.BeforeAfter }
func keptMissed(r trials.Result) trials.Tally  { return r.KeptMissed }

var designs = []struct {
	name string
	trials.Habits
	of func(trials.Result) trials.Tally
}{
	{"before and after, 14 nights before", always(14), beforeAfter},
	{"before and after, 28 nights before", always(28), beforeAfter},
	{"kept and missed, 3 of 4 kept one by one", trials.Habits{Baseline: 14, Keeps: 0.75}, keptMissed},
	{"kept and missed, 3 of 4 kept in streaks", trials.Habits{Baseline: 14, Keeps: 0.75, Streaks: true}, keptMissed},
	{"fortnights drawn by lot, half of them kept", trials.Habits{Baseline: 14, Planned: true}, keptMissed},
}

// howLong is where rates.LargeTakes comes from.
func howLong(out io.Writer, o options) {
	fmt.Fprintln(out, "A large effect, 0.35 of 0.6 cramps a night: in how many of 100 histories fewer are claimed (and in how many there is not enough to compare).")
	fmt.Fprint(out, "\n| weeks |")
	for _, d := range designs {
		fmt.Fprintf(out, " %s |", d.name)
	}
	fmt.Fprintln(out, "\n|---|---|---|---|---|---|")
	for weeks := 12; weeks <= 26; weeks += 2 {
		fmt.Fprintf(out, "| %d |", weeks)
		for _, d := range designs {
			t := d.of(o.run(trials.Clustered(0.6, 0.35), d.Habits, weeks))
			fmt.Fprintf(out, " %.1f (%.1f) |", 100*t.Found(), 100*t.Silent())
		}
		fmt.Fprintln(out)
	}
	fmt.Fprintln(out)
}
