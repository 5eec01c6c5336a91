//go:build linux

package main

import (
	"fmt"
	"slices"
	"strings"
)

// judge compares what the verbs acknowledged, and what the windows were told,
// with what is in the journal.
func judge(c *crowd, facts []fact) (problems []string) {
	wrong := func(format string, v ...any) { problems = append(problems, fmt.Sprintf(format, v...)) }
	j := tally(facts)
	for id, n := range j.ids {
		if n > 1 {
			wrong("%s is there %d times", id, n)
		}
	}
	asked := 0
	ticks := 0
	for _, w := range c.windows {
		ticks += w.ticks
	}
	items := map[string]int{} // how often an item is ticked, less how often taken back
	for _, w := range c.writers {
		for _, s := range w.said {
			switch {
			case s.busy:
				continue
			case s.failed != "":
				wrong("refused: %s", s.failed)
				continue
			}
			switch s.act {
			case ticked:
				ticks++
				items[s.what]++
			case unticked:
				items[s.what]--
			case cramped:
				asked++
				if n := j.notes[s.what]; n != 1 {
					wrong("%q was acknowledged and is there %d times", s.what, n)
				}
			case removed:
				if !slices.ContainsFunc(j.gone, func(id string) bool { return strings.HasSuffix(id, s.what) }) {
					wrong("the removal of %s was acknowledged and is not there", s.what)
				}
			}
		}
	}
	for item, n := range items {
		if n > 1 {
			wrong("%d calls were told that they ticked %s", n, item)
		}
	}
	if ticks != j.ticks {
		wrong("%d glasses were ticked and acknowledged, %d are in the journal", ticks, j.ticks)
	}
	for item, n := range j.standing {
		if n > 1 {
			wrong("%s is ticked %d times: so many glasses count as one", item, n)
		}
	}
	if n := len(j.notes); n != asked {
		wrong("%d cramps were told and acknowledged, %d are in the journal", asked, n)
	}
	slices.Sort(problems)
	return problems
}

// counted is a journal by what the judge asks of it.
type counted struct {
	ids      map[string]int
	notes    map[string]int // cramps by their note
	ticks    int
	standing map[string]int // ticks that were not taken back, by item and day
	gone     []string       // ids of what was taken back
}

func tally(facts []fact) counted {
	j := counted{ids: map[string]int{}, notes: map[string]int{}, standing: map[string]int{}}
	away := map[string]bool{}
	for _, f := range facts {
		if f.Kind == "withdrawn" {
			away[f.Of] = true
			j.gone = append(j.gone, f.Of)
		}
	}
	for _, f := range facts {
		j.ids[f.ID]++
		switch f.Kind {
		case "cramped":
			j.notes[f.Note]++
		case "ticked":
			j.ticks++
			if !away[f.ID] {
				j.standing[f.Item+" of "+f.Day]++
			}
		}
	}
	return j
}
