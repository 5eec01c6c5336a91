//go:build linux

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// effort says how many pairs a row is worth.
type effort string

const (
	starts   effort = "starts"   // processes that start and end
	screens  effort = "screens"  // programs in a terminal, for a moment
	few      effort = "few"      // the same, where figures hardly differ
	watches  effort = "watches"  // programs watched for a while
	sessions effort = "sessions" // whole sessions, minutes each
	once     effort = "once"     // figures that do not vary
)

// pace is how much is done for each effort; rows of an effort of 0 are left
// out.
type pace struct {
	pairs  map[effort]int
	window time.Duration // how long a program is watched
}

var (
	unhurried = pace{map[effort]int{starts: 41, screens: 21, few: 5, watches: 3, sessions: 1, once: 1}, 20 * time.Second}
	quick     = pace{map[effort]int{starts: 11, screens: 7, few: 3, watches: 1, sessions: 0, once: 1}, 5 * time.Second}
)

func paceOf(o options) pace {
	p := unhurried
	if o.quick {
		p = quick
	}
	if o.runs <= 0 {
		return p
	}
	own := map[effort]int{}
	for e, n := range p.pairs {
		own[e] = n
	}
	own[starts], own[screens] = o.runs, (o.runs+1)/2
	return pace{own, p.window}
}

// warmed says whether a first pair is measured and forgotten.
func (e effort) warmed() bool { return e == starts || e == screens }

// report is what a run found out.
type report struct {
	Machine machine  `json:"machine"`
	Results []result `json:"results"`
}

// result is a row with its figures, or with what went wrong.
type result struct {
	row
	Pairs pairs
	Err   error
}

// measure measures the rows one after another and prints each when it is done.
// Only a run that was called off, or a table that cannot be written, is an
// error.
func (rep *report) measure(b *bench, rows []row, p pace, w io.Writer) error {
	b.window = p.window
	if _, err := io.WriteString(w, rep.Machine.words()+"\n\n"+tableHead(rows)); err != nil {
		return err
	}
	for _, r := range rows {
		n := p.pairs[r.Effort]
		if n == 0 {
			continue
		}
		b.note("measuring %s", r.ID)
		res := result{row: r}
		res.Pairs, res.Err = r.measure(b, n)
		if err := b.ctx.Err(); err != nil {
			return fmt.Errorf("called off: %w", err)
		}
		rep.Results = append(rep.Results, res)
		if _, err := io.WriteString(w, res.line(rows)); err != nil {
			return err
		}
	}
	return nil
}

// measure takes n pairs, the subject and the floor in turn.
func (r row) measure(b *bench, n int) (pairs, error) {
	var p pairs
	if r.Effort.warmed() {
		n++
	}
	for range n {
		subject, err := r.subject(b)
		if err != nil {
			return p, err
		}
		floor, err := r.floor(b)
		if err != nil {
			return p, err
		}
		p.Subject, p.Floor = append(p.Subject, subject), append(p.Floor, floor)
	}
	if r.Effort.warmed() {
		p.Subject, p.Floor = p.Subject[1:], p.Floor[1:]
	}
	return p, nil
}

// verdict is an error if a goal was missed or a row could not be measured.
func (rep report) verdict() error {
	var over, failed []string
	for _, r := range rep.Results {
		switch {
		case r.Err != nil:
			failed = append(failed, r.ID)
		case !r.Goal.met(r.Pairs):
			over = append(over, r.ID)
		}
	}
	var problems []error
	if len(over) > 0 {
		problems = append(problems, fmt.Errorf("over the goal: %s", strings.Join(over, ", ")))
	}
	if len(failed) > 0 {
		problems = append(problems, fmt.Errorf("not measured: %s", strings.Join(failed, ", ")))
	}
	return errors.Join(problems...)
}

// MarshalJSON writes a result with every figure that was measured.
func (r result) MarshalJSON() ([]byte, error) {
	out := map[string]any{
		"id": r.ID, "figure": r.What, "floor": r.Floor, "unit": r.Unit, "goal": r.Goal.words(r.Unit),
	}
	if r.Err != nil {
		out["error"] = r.Err.Error()
		return json.Marshal(out)
	}
	out["pairs"] = r.Pairs
	out["median"], out["floor_median"] = median(r.Pairs.Subject), median(r.Pairs.Floor)
	out["difference"] = median(r.Pairs.differences())
	if ratio := median(r.Pairs.ratios()); finite(ratio) {
		out["ratio"] = ratio
	}
	out["met"] = r.Goal.met(r.Pairs)
	return json.Marshal(out)
}

func (rep report) writeJSON(path string) error {
	text, err := json.MarshalIndent(rep, "", "  ")
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return os.WriteFile(path, append(text, '\n'), 0o644)
}
