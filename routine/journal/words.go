package journal

import (
	"fmt"
	"strings"
	"time"
)

// Words says a fact in a short line for people: "stretched trial, complete,
// 120 of 120 s held". Texts in it are as they were written; clean them before
// they meet a terminal.
func Words(f Fact) string {
	switch f := f.(type) {
	case Stretched:
		return fmt.Sprintf("stretched %s, %s, %d of %d s held", f.Routine, f.Outcome, f.HeldS, f.PlannedS)
	case Cramped:
		return crampWords(f)
	case Quiet:
		return "a quiet night"
	case Ticked:
		return "ticked " + f.Item + " (" + f.List + ")"
	case Marked:
		return "marked " + f.Mark
	case Paused:
		return pauseWords(f)
	case Screened:
		return "answered the safety questions"
	case Medicine:
		return f.words()
	case Experiment:
		return f.words()
	case Seen:
		return "read the card " + f.Card
	case Withdrawn:
		return "took back " + f.Of.String()
	case Revised:
		return "changed " + f.Of.String()
	}
	return "something a newer lull wrote (" + string(f.Kind()) + ")"
}

func crampWords(c Cramped) string {
	words := []string{"cramp"}
	for _, w := range []string{c.Side, c.Muscle} {
		if w != "" {
			words = append(words, w)
		}
	}
	line := strings.Join(words, " ")
	if c.LastedS != nil {
		line += ", " + (time.Duration(*c.LastedS) * time.Second).String()
	}
	if c.Pain != nil {
		line += fmt.Sprintf(", pain %d of 10", *c.Pain)
	}
	return line
}

func pauseWords(p Paused) string {
	if p.To == nil {
		return "paused from " + p.From.String()
	}
	return "paused " + p.From.String() + " to " + p.To.String()
}
