package watch

import (
	"time"

	"lull/routine"
	"lull/routine/journal"
	"lull/routine/say"
)

// EventKind says what may have changed the answers to the safety questions.
type EventKind string

// The kinds of event.
const (
	PregnancyBegan EventKind = "pregnancy began"
	PregnancyEnded EventKind = "pregnancy ended"
	RuleTripped    EventKind = "rule tripped"
)

// Event is something that happened to a person since they were asked.
type Event struct {
	Kind EventKind
	At   time.Time
}

// Event is the trip as a reason to ask again.
func (t Trip) Event() Event { return Event{RuleTripped, t.Told} }

// eventMarks are marks on a night by which a person tells of an event.
var eventMarks = map[string]EventKind{
	"pregnancy-began": PregnancyBegan,
	"pregnancy-ended": PregnancyEnded,
}

// TellsEvent says whether a mark tells of an event, on whatever night.
func TellsEvent(mark string) bool { return eventMarks[mark] != "" }

// Events are the reasons to ask again that the diary holds: what it trips, and
// the marks that tell of one.
func Events(all []journal.Entry, trips []Trip) []Event {
	var events []Event
	for _, t := range trips {
		events = append(events, t.Event())
	}
	for _, e := range all {
		m, _ := e.Fact.(journal.Marked)
		if kind, tells := eventMarks[m.Mark]; tells {
			events = append(events, Event{kind, written(e)})
		}
	}
	return events
}

// term is the week of pregnancy after which it is taken to be over.
const term = 42

// ahead is how far the time in an id may be ahead of the clock: ids of a device
// only grow.
const ahead = 5 * time.Minute

const aWeek = 7 * 24 * time.Hour

var eventWords = map[EventKind]say.Key{
	PregnancyBegan: "You are pregnant now.",
	PregnancyEnded: "You are not pregnant any more.",
	RuleTripped:    "Something in your diary asks for another look.",
}

// AskAgain says whether the safety questions are to be asked once more, and why
// in one sentence: a year after they were asked, when a pregnancy began, ended
// or must be over, and when the diary tripped a rule since. The answers are as
// they hold now. A zero asked means never, which is the first run's business.
func AskAgain(asked, now time.Time, s routine.Screening, events ...Event) (why string, again bool) {
	if asked.IsZero() {
		return "", false
	}
	for _, e := range events {
		if words, ok := eventWords[e.Kind]; ok && e.At.After(asked) && !e.At.After(now.Add(ahead)) {
			return words.String(), true
		}
	}
	switch {
	case mustBeOver(s, now.Sub(asked)):
		return say.Text("The pregnancy you told of may be over by now."), true
	case !now.Before(asked.AddDate(1, 0, 0)):
		return say.Text("A year has gone by since the safety questions."), true
	}
	return "", false
}

// mustBeOver says whether a pregnancy has reached its term some time after it
// was told of. Of one without a week the first is supposed.
func mustBeOver(s routine.Screening, since time.Duration) bool {
	switch {
	case !s.Pregnant || since < aWeek:
		return false
	case s.PregnancyWeeks == 0:
		return since >= term*aWeek
	}
	return s.PregnancyWeeks >= term
}
