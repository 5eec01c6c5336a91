package watch_test

import (
	"testing"
	"time"

	"lull/routine"
	"lull/routine/journal"
	"lull/routine/journal/journaltest"
	"lull/routine/watch"
)

func TestTheQuestionsAreAskedAgainWhenTheyMust(t *testing.T) {
	day := 24 * time.Hour
	asked := journaltest.Evening
	carrying := func(week int) routine.Screening { return routine.Screening{Pregnant: true, PregnancyWeeks: week} }
	event := func(kind watch.EventKind, after time.Duration) []watch.Event {
		return []watch.Event{{Kind: kind, At: asked.Add(after)}}
	}
	for _, c := range []struct {
		name   string
		after  time.Duration
		told   routine.Screening // when they were asked
		events []watch.Event
		want   bool
	}{
		{"the same day", 0, carrying(40), nil, false},
		{"after a year less a minute", 365*day - time.Minute, routine.Screening{}, nil, false},
		{"after a year", 365 * day, routine.Screening{}, nil, true},
		{"with the clock set back", -day, routine.Screening{}, event(watch.RuleTripped, -time.Hour), false},
		{"a pregnancy began", 9 * day, routine.Screening{}, event(watch.PregnancyBegan, 8*day), true},
		{"a pregnancy ended", 9 * day, carrying(20), event(watch.PregnancyEnded, 8*day), true},
		{"a rule was tripped since", 9 * day, routine.Screening{}, event(watch.RuleTripped, 8*day), true},
		{"a rule was tripped before", 9 * day, routine.Screening{}, event(watch.RuleTripped, -day), false},
		{"a rule was tripped, says a wrong clock", 9 * day, routine.Screening{}, event(watch.RuleTripped, 99*day), false},
		{"nothing anybody knows", 9 * day, routine.Screening{}, event("moved house", 8*day), false},
		{"week 20 became week 41", 21 * 7 * day, carrying(20), nil, false},
		{"week 20 became week 42", 22 * 7 * day, carrying(20), nil, true},
		{"week 43, told today", day, carrying(43), nil, false},
		{"no week told, 41 weeks ago", 41 * 7 * day, carrying(0), nil, false},
		{"no week told, 42 weeks ago", 42 * 7 * day, carrying(0), nil, true},
	} {
		why, again := watch.AskAgain(asked, asked.Add(c.after), c.told.Later(c.after), c.events...)
		if again != c.want || again != (why != "") {
			t.Errorf("%s: %t, %q", c.name, again, why)
		}
	}
	if _, again := watch.AskAgain(time.Time{}, asked, routine.Screening{}); again {
		t.Error("who was never asked is asked again")
	}
}

func TestATripAsksAgainFromWhenItWasWritten(t *testing.T) {
	d := newDiary(t)
	d.ago(1, journal.Cramped{LastedS: n(900)})
	trip := d.trips(routine.Screening{})[0]
	now := trip.Told.Add(time.Hour)
	if _, again := watch.AskAgain(trip.Told.Add(-time.Hour), now, routine.Screening{}, trip.Event()); !again {
		t.Error("answers older than the trip hold")
	}
	if _, again := watch.AskAgain(trip.Told.Add(time.Minute), now, routine.Screening{}, trip.Event()); again {
		t.Error("answers younger than the trip do not hold")
	}
}

func TestAMarkTellsThatAPregnancyBeganOrEnded(t *testing.T) {
	d := newDiary(t)
	d.ago(1, journal.Marked{Mark: "alcohol"})
	if events := watch.Events(d.facts, d.trips(routine.Screening{})); events != nil {
		t.Errorf("wine is %v", events)
	}
	for mark, kind := range map[string]watch.EventKind{"pregnancy-began": watch.PregnancyBegan, "pregnancy-ended": watch.PregnancyEnded} {
		d := newDiary(t)
		d.ago(1, journal.Marked{Mark: mark})
		events := watch.Events(d.facts, nil)
		if len(events) != 1 || events[0].Kind != kind {
			t.Fatalf("%s is %v", mark, events)
		}
		if _, again := watch.AskAgain(events[0].At.Add(-time.Hour), events[0].At.Add(time.Hour), routine.Screening{}, events...); !again {
			t.Errorf("%s asks nothing", mark)
		}
	}
}
