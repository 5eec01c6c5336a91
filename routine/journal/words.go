package journal

import (
	"time"

	"lull/routine/say"
)

// Words says a fact in a short line for people: "stretched trial, complete,
// 120 of 120 s held". Texts in it are as they were written; clean them before
// they meet a terminal.
func Words(f Fact) string {
	switch f := f.(type) {
	case Stretched:
		return say.Text("stretched %s, %s, %d of %d s held", f.Routine, say.Name(string(f.Outcome)), f.HeldS, f.PlannedS)
	case Cramped:
		return crampWords(f)
	case Quiet:
		return say.Text("a quiet night")
	case Ticked:
		return say.Text("ticked %s (%s)", say.Name(f.Item), say.Name(f.List))
	case Marked:
		return say.Text("marked %s", say.Name(f.Mark))
	case Paused:
		return pauseWords(f)
	case Screened:
		return say.Text("answered the safety questions")
	case Medicine:
		return f.words()
	case Experiment:
		return f.words()
	case Estimated:
		return f.words()
	case Seen:
		return say.Text("read the card %s", f.Card)
	case Imported:
		return f.words()
	case Withdrawn:
		return say.Text("took back %s", f.Of)
	case Revised:
		return say.Text("changed %s", f.Of)
	}
	return say.Text("something a newer lull wrote (%s)", f.Kind())
}

// Words say what an undo of the action would reverse, a line for each entry, or
// one for an import.
func (a Action) Words(now time.Time) []string {
	if batch, is := a.Import(); is {
		f, _ := batch.Fact.(Imported)
		return []string{say.Text("%s, nights %s to %s", Words(f), f.From, f.To)}
	}
	lines := make([]string, len(a.Steps))
	for i, s := range a.Steps {
		lines[i] = s.Words(now)
	}
	return lines
}

// Words say what the step would reverse: the entry, what was done to it and its
// night, or of a tick its day.
func (s Step) Words(now time.Time) string {
	e := s.About
	words := say.Text("%s, the night of %s", Words(e.Fact), e.Night.WithYear(e.Night.NightWords(), now))
	if e.Fact.Kind() == KindTicked {
		words = Words(e.Fact) + ", " + e.Day.WithYear(e.Day.Words(), now)
	}
	switch s.Change {
	case Edited:
		return say.Text("a change to %s", words)
	case Removed:
		return say.Text("the removal of %s", words)
	}
	return words
}

// CrampWords say a cramp and where it was: cramp left calf.
func CrampWords(c Cramped) string {
	if c.Side == "" && c.Muscle == "" {
		return say.Text("cramp")
	}
	return say.Text("cramp %s", PlaceWords(c.Side, c.Muscle))
}

func crampWords(c Cramped) string {
	line := CrampWords(c)
	if c.LastedS != nil {
		line += ", " + (time.Duration(*c.LastedS) * time.Second).String()
	}
	if c.Pain != nil {
		line += ", " + say.Text("pain %d of 10", *c.Pain)
	}
	return line
}

func pauseWords(p Paused) string {
	if p.To == nil {
		return say.Text("paused from %s", p.From)
	}
	return say.Text("paused %s to %s", p.From, *p.To)
}

// The words of outcomes and of lists, as people are shown them.
const (
	_ = say.Key(Abandoned)
	_ = say.Key(Partial)
	_ = say.Key(Complete)

	_ say.Key = WaterList
	_ say.Key = BedtimeList
)

// The words for what came with a cramp and for what helped.
const (
	_ say.Key = "swollen"
	_ say.Key = "hot"
	_ say.Key = "red"
	_ say.Key = "weak"
	_ say.Key = "numb"
	_ say.Key = "both-legs"
	_ say.Key = "bladder"

	_ say.Key = "stretch"
	_ say.Key = "stand"
	_ say.Key = "walk"
	_ say.Key = "rub"
	_ say.Key = "heat"
	_ say.Key = "ice"
	_ say.Key = "nothing"
)

// The marks that lull comes with, as people are shown them.
const (
	_ say.Key = "long-standing"
	_ say.Key = "hard-exercise"
	_ say.Key = "alcohol"
	_ say.Key = "medicine"
	_ say.Key = "short-sleep"
)
