//go:build linux

package main

import "fmt"

// row is one line of the table: two figures, measured in turn, and what is
// wanted of them.
type row struct {
	ID      string
	What    string // the figure, in words
	Floor   string // what it is set against, in words
	Unit    unit
	Goal    goal
	Effort  effort
	subject probe
	floor   probe
}

// rows is the whole table, for the given lengths of history in years. Years of
// 0 stand for the file of somebody who has only read the opening card and
// answered the safety questions.
func rows(years []int, long bool) []row {
	out := []row{
		{"floor-get", "a program that reads one key of a bbolt file", "hello",
			inSeconds, noGoal, starts, floorWithFile("get"), floor("hello")},
		{"floor-put", "one that puts a key, on the disk when it ends", "hello",
			inSeconds, noGoal, starts, floorWithFile("put"), floor("hello")},
		{"floor-linked", "one that reads a key, with lull's libraries linked in", "hello",
			inSeconds, noGoal, starts, floorWithFile("linked"), floor("hello")},
		{"floor-commit", "a commit within a process, a line written and synced first", "the commit alone",
			inSeconds, noGoal, screens, commit("logged"), commit("bare")},
		{"floor-frame", "first frame of the empty program", "hello",
			inSeconds, noGoal, screens, firstFrame(emptyProgram, mute), floor("hello")},
		{"floor-line10", "CPU for 20 s: a line changing 10 times a second", "empty program",
			inSeconds, noGoal, watches, cpu(changingLine("100ms")), cpu(emptyProgram)},
		{"floor-line1", "CPU for 20 s: a line changing once a second", "empty program",
			inSeconds, noGoal, watches, cpu(changingLine("1s")), cpu(emptyProgram)},

		{"tonight", "`lull tonight --short`", "hello",
			inSeconds, times(2.3), starts, verb(0, tonightShort...), floor("hello")},
		{"tonight-linked", "`lull tonight --short`", "the same libraries, one key read",
			inSeconds, times(1.15), starts, verb(0, tonightShort...), floorWithFile("linked")},
	}
	out = append(out, perYears(years)...)
	return append(out,
		row{"idle", "CPU for 20 s on Tonight, nothing pressed", "empty program",
			inSeconds, times(0.8), watches, cpu(tonight(0)), cpu(emptyProgram)},
		row{"hold", "CPU for 20 s of a hold, figure still", "a line, once a second",
			inSeconds, within(0.16), watches, cpu(stillHold), cpu(changingLine("1s"))},
		row{"hold-bytes", "bytes a second in a hold, figure still", "a line, once a second",
			inBytes, within(300), watches, traffic(stillHold), traffic(changingLine("1s"))},
		row{"glow", "CPU for 20 s of a hold, the muscle pulsing", "a line, once a second",
			inSeconds, noGoal, watches, cpu(glowingHold), cpu(changingLine("1s"))},
		row{"glow-bytes", "bytes a second in a hold, the muscle pulsing", "a line, once a second",
			inBytes, within(1e3), watches, traffic(glowingHold), traffic(changingLine("1s"))},
		row{"figure", "CPU for 20 s, the figure moving at 40x20", "a line, ten times a second",
			inSeconds, within(0.6), watches, cpu(movingHold), cpu(changingLine("100ms"))},
		row{"figure-bytes", "bytes a second, the figure moving at 40x20", "a line, ten times a second",
			inBytes, noGoal, watches, traffic(movingHold), traffic(changingLine("100ms"))},
		row{"size", "the stripped program", "the same libraries",
			inBytes, within(9e6), once, size("lull"), size("linked")},
		row{"timer", "from the key that starts a session to its end", "the routine's own length",
			inSeconds, above(0.02), sessions, wholeSession(routineFor(long), 0), length(routineFor(long))},
		row{"timer-stopped", fmt.Sprintf("the same, stopped for %v in the middle", stopFor), "the routine's own length",
			inSeconds, above(0.02), sessions, wholeSession(routineFor(long), stopFor), length(routineFor(long))},
		row{"routine-bytes", "bytes a second, average of a whole session", "a line, once a second",
			inBytes, within(4e3), sessions, sessionTraffic(routineFor(long)), traffic(changingLine("1s"))},
	)
}

// perYears is the rows that come once for every length of history.
func perYears(years []int) []row {
	var out []row
	for _, y := range years {
		if y > 0 {
			out = append(out, tonightOf(y).of(y))
		}
	}
	for _, make := range yearly {
		for _, y := range years {
			out = append(out, make(y).of(y))
		}
	}
	for _, make := range againstEmpty {
		for _, y := range years {
			if y > 0 {
				out = append(out, make(y).of(y))
			}
		}
	}
	return out
}

// againstEmpty are rows that set a history against the empty file.
var againstEmpty = []func(years int) row{
	func(y int) row {
		return row{"review", "the review, from its key to its first page", "the same, empty file",
			inSeconds, times(1.5), screens, showing(y, keyReview, wordReview), showing(0, keyReview, wordReview)}
	},
	func(y int) row {
		return row{"figures", "the review, from its keys to what was told of the cramps", "the same, empty file",
			inSeconds, times(1.5), screens, showing(y, keyFigures, wordFigures), showing(0, keyFigures, wordUntold)}
	},
	func(y int) row {
		return row{"review-json", "`lull review --json`", "the same, empty file",
			inSeconds, times(3), starts, verb(y, "review", "--json"), verb(0, "review", "--json")}
	},
}

func (r row) of(years int) row {
	r.ID = fmt.Sprintf("%s-%dy", r.ID, years)
	r.What += ", " + yearsWords(years)
	return r
}

func tonightOf(y int) row {
	return row{"tonight", "`lull tonight --short`", "the same, empty file",
		inSeconds, flat(y), starts, verb(y, tonightShort...), verb(0, tonightShort...)}
}

var yearly = []func(years int) row{
	func(y int) row {
		return row{"drink", "`lull drink`, on the disk when it ends", "hello",
			inSeconds, times(2.6), starts, verb(y, "drink"), floor("hello")}
	},
	func(y int) row {
		return row{"frame", "first frame", "empty program",
			inSeconds, times(0.85), screens, firstFrame(tonight(y), mute), firstFrame(emptyProgram, mute)}
	},
	func(y int) row {
		return row{"answered", "first frame, queries answered", "empty program",
			inSeconds, times(0.85), screens, firstFrame(tonight(y), answering), firstFrame(emptyProgram, answering)}
	},
	func(y int) row {
		return row{"now", "`lull now` to its first instruction", "empty program",
			inSeconds, times(0.85), screens, firstFrame(crampNow(y), mute), firstFrame(emptyProgram, mute)}
	},
	func(y int) row {
		return row{"key", "key press to its tick on the screen, written", "bare append and commit",
			inSeconds, above(0.02), screens, keyPress(y), commit("logged")}
	},
	func(y int) row {
		return row{"memory", "peak memory of the app", "empty program",
			inBytes, small(y), few, memory(tonight(y)), memory(emptyProgram)}
	},
}

var tonightShort = []string{"tonight", "--short"}

// flat is the goal of a figure that should not grow with the years.
func flat(years int) goal {
	if years > 10 {
		return times(1.25)
	}
	return times(1.1)
}

// small is the goal of the app's memory. Of a hundred years it is only told.
func small(years int) goal {
	if years > 10 {
		return noGoal
	}
	return within(12e6)
}

func yearsWords(y int) string {
	switch y {
	case 0:
		return "empty file"
	case 1:
		return "1 year"
	}
	return fmt.Sprintf("%d years", y)
}
