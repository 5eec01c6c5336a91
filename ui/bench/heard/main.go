//go:build unix

// Heard measures what a session is heard as: the real program leads through a
// routine in real time, espeak-ng writes every cue to a sound file, and the
// files say when each began and how long it sounds.
//
//	go run ./ui/bench/heard                       # eleven seconds
//	go run ./ui/bench/heard -routine full         # a quarter of an hour
//	go run ./ui/bench/heard -bad                  # speech programs that hang, die, flood, or are not there
//
// It ends with status 1 if a cue began more than 150 ms after its moment, sounded
// into the next, or is neither heard nor listed as left out; with -bad, if the
// session kept another time than in silence by 10 ms. It needs a machine that
// is not busy. Nothing of yours is read or changed.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"lull/routine/cues"
	"lull/ui/voice"
)

func main() {
	routine := flag.String("routine", shortRoutine, "the `routine` to lead through")
	amount := flag.String("amount", string(cues.Full), "how much is spoken: counts, names or full")
	rate := flag.Int("rate", cues.UsualRate, "how fast, in `words` a minute")
	bad := flag.Bool("bad", false, "lead through it with bad speech programs instead, and compare the times")
	flag.Parse()
	if flag.NArg() > 0 {
		fmt.Fprintln(os.Stderr, "heard: it takes flags only; -help lists them")
		os.Exit(2)
	}
	how := sitting{routine: *routine, amount: cues.Amount(*amount), rate: *rate}
	run := measure
	if *bad {
		run = compare
	}
	problems, err := run(os.Stdout, how)
	if err != nil {
		fmt.Fprintln(os.Stderr, "heard:", err)
		os.Exit(1)
	}
	for _, p := range problems {
		fmt.Println("WRONG:", p)
	}
	if len(problems) > 0 {
		os.Exit(1)
	}
}

// measure has a routine spoken to files and says what is wrong with them.
func measure(out io.Writer, how sitting) (problems []string, err error) {
	dir, err := os.MkdirTemp("", "lull-heard-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	speak, err := writer(dir, how.rate)
	if err != nil {
		return nil, err
	}
	past, err := how.run(speak)
	if err != nil {
		return nil, err
	}
	files, err := sounds(dir)
	if err != nil {
		return nil, err
	}
	heard, problems := match(past, files)
	problems = append(problems, kept(how, past)...)
	report(out, past, heard)
	return append(problems, judge(heard)...), nil
}

// kept says what is wrong with what the session asked for, and when.
func kept(how sitting, past sat) []string {
	problems, passed := asAsked(how, past, sameMoment)
	for _, words := range passed {
		problems = append(problems, fmt.Sprintf("%q was not asked for: its tick came too late", words))
	}
	return problems
}

// grain is how coarsely a file system tells the time.
const grain = 10 * time.Millisecond

// one is a cue that was heard.
type one struct {
	words string
	due   time.Time
	from  time.Time // when its sound was there
	long  time.Duration
}

// match gives each cue that was begun its file. What is neither heard nor left
// out is a problem.
func match(past sat, files []sound) (heard []one, problems []string) {
	if len(past.outcomes) != len(past.asked) {
		problems = append(problems, fmt.Sprintf("%d cues were asked for, and of %d it is known what became", len(past.asked), len(past.outcomes)))
	}
	for _, o := range past.outcomes {
		if o.Begun.IsZero() {
			continue
		}
		i := slices.IndexFunc(files, func(f sound) bool {
			return f.words == o.What && f.there.After(o.Begun.Add(-grain)) && f.there.Before(o.Begun.Add(o.Took+grain))
		})
		if i < 0 && o.Ending == voice.CutOff {
			continue // before there was anything to hear; it is listed
		}
		if i < 0 {
			problems = append(problems, fmt.Sprintf("%q was begun (%s, %v) and there is no sound of it", o.What, o.Ending, o.Err))
			continue
		}
		heard = append(heard, one{o.What, o.Due, files[i].there, files[i].long})
		files = slices.Delete(files, i, i+1)
	}
	for _, f := range files {
		problems = append(problems, fmt.Sprintf("%q was spoken and not asked for", f.words))
	}
	return heard, problems
}

// inTime is how long after its moment a sound may begin.
const inTime = 150 * time.Millisecond

// judge wants every cue in time, and over before the next.
func judge(heard []one) (problems []string) {
	for i, h := range heard {
		if late := h.from.Sub(h.due); late > inTime {
			problems = append(problems, fmt.Sprintf("%q began %v after its moment", h.words, late))
		}
		if i == 0 {
			continue
		}
		if before := heard[i-1]; before.from.Add(before.long).After(h.from) {
			problems = append(problems, fmt.Sprintf("%q sounds %v into %q", before.words, before.from.Add(before.long).Sub(h.from), h.words))
		}
	}
	return problems
}

// report prints the figures and every cue that was not heard whole.
func report(out io.Writer, past sat, heard []one) {
	var late []time.Duration
	gap := time.Hour
	for i, h := range heard {
		late = append(late, h.from.Sub(h.due))
		if i > 0 {
			gap = min(gap, h.from.Sub(heard[i-1].from.Add(heard[i-1].long)))
		}
	}
	if len(late) == 0 {
		fmt.Fprintln(out, "nothing was heard")
		return
	}
	slices.Sort(late)
	fmt.Fprintf(out, "%d cues asked for, %d heard\n", len(past.asked), len(heard))
	fmt.Fprintf(out, "sound after its moment: median %v, worst %v\n", ms(late[len(late)/2]), ms(late[len(late)-1]))
	fmt.Fprintf(out, "least silence between two: %v\n", ms(gap))
	fmt.Fprintf(out, "longest that asking took: %v\n", past.longest.Round(time.Microsecond))
	for _, o := range past.outcomes {
		if o.Ending != voice.Ended {
			fmt.Fprintf(out, "not heard whole: %q, %s\n", o.What, o.Ending)
		}
	}
}

func ms(d time.Duration) time.Duration { return d.Round(time.Millisecond) }

// compare leads through a routine in silence and with bad speech programs.
func compare(out io.Writer, how sitting) (problems []string, err error) {
	dir, err := os.MkdirTemp("", "lull-heard-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	var silent time.Duration
	const most = 10 * time.Millisecond
	for _, b := range badPrograms {
		speak, err := b.write(dir)
		if err != nil {
			return nil, err
		}
		past, err := how.run(speak)
		if err != nil {
			return nil, err
		}
		median, worst := past.late()
		fmt.Fprintf(out, "%-8s ticks after their moment: median %5.2f ms, worst %5.2f ms; asking took at most %5.2f ms\n",
			b.name, float64(median)/1e6, float64(worst)/1e6, float64(past.longest)/1e6)
		if b.name == "silence" {
			silent = median
		}
		if median-silent > most || past.longest > most {
			problems = append(problems, fmt.Sprintf("%s: the session keeps another time than in silence", b.name))
		}
		problems = append(problems, kept(how, past)...)
	}
	return problems, nil
}
