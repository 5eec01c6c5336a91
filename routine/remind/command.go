package remind

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"lull/routine/say"
)

// Command is what the machine runs: lull, at its place, with the variables that
// say where its files lie.
type Command struct {
	Program string
	Env     []Variable
}

// Variable is one of the environment.
type Variable struct{ Name, Value string }

// File is a text and the name it goes by where it is put.
type File struct{ Name, Text string }

// Installed is what an installation did.
type Installed struct {
	By    string // what the machine comes back by
	Wrote []File
	Notes []string // why something better was not used
}

// Standing is how an installation stands.
type Standing struct {
	By    string
	Wrong []string // what is not as it was left; none means that all is enabled
}

// Args are what comes behind the program.
func (Command) Args(k Kind) []string { return []string{"remind", "now", string(k)} }

// Check refuses what not every one of the formats can hold: text that is not
// UTF-8, and control characters such as the end of a line.
func (c Command) Check() error {
	texts := []string{c.Program}
	for _, v := range c.Env {
		texts = append(texts, v.Value)
	}
	for _, t := range texts {
		if !utf8.ValidString(t) || strings.ContainsFunc(t, unicode.IsControl) {
			return say.Error("the path %q cannot be written down for a timer; move it to a folder with a plain name", t)
		}
	}
	return nil
}

// slot is some times of the clock that are written together.
type slot struct {
	days           []time.Weekday // none means every day
	hours, minutes []int
}

// slots are all the times at which a kind's alarms come back, those of one hour
// together, and hours with the same minutes together.
func slots(alarms []Alarm, k Kind) []slot {
	var all []slot
	for _, a := range Of(alarms, k) {
		for _, s := range a.slots() {
			all = merge(all, s)
		}
	}
	return all
}

func (a Alarm) slots() []slot {
	var all []slot
	for at := a.At; at <= a.At+a.For; at += a.Step {
		minutes := int(at.Minutes())
		s := slot{onClock(a.Days, at >= aDay), []int{minutes / 60 % 24}, []int{minutes % 60}}
		if n := len(all) - 1; n >= 0 && all[n].hours[0] == s.hours[0] {
			all[n].minutes = append(all[n].minutes, s.minutes...)
			continue
		}
		all = append(all, s)
	}
	return all
}

func merge(all []slot, s slot) []slot {
	for i := range all {
		if slices.Equal(all[i].days, s.days) && list(all[i].minutes, "%d") == list(s.minutes, "%d") {
			all[i].hours = append(all[i].hours, s.hours...)
			return all
		}
	}
	return append(all, s)
}

// list writes numbers with commas between.
func list(numbers []int, format string) string {
	var texts []string
	for _, n := range numbers {
		texts = append(texts, fmt.Sprintf(format, n))
	}
	return strings.Join(texts, ",")
}
