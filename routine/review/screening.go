package review

import (
	"encoding/json"
	"time"

	"lull/routine"
	"lull/routine/journal"
)

// Screening is the newest answers to the safety questions, as they hold now, and
// when they were given. Of answers that cannot all be read, such as those of a
// newer lull, the others hold, and answered is false.
func (b *Book) Screening(now time.Time) (s routine.Screening, asked time.Time, answered bool) {
	e, ok := b.Standing(func(f journal.Fact) bool { return f.Kind() == journal.KindScreened })
	if !ok {
		return s, time.Time{}, false
	}
	f, _ := e.Fact.(journal.Screened)
	text, err := json.Marshal(f.Answers)
	if err != nil {
		return routine.Screening{}, e.At, false
	}
	answered = json.Unmarshal(text, &s) == nil && s.Validate() == nil
	return s.Cautious().Later(now.Sub(e.At)), e.At, answered
}

// Screened is the fact of these answers. Somebody who answers no to everything
// has answered too.
func Screened(s routine.Screening) journal.Screened {
	var answers map[string]any
	text, err := json.Marshal(s)
	if err == nil {
		err = json.Unmarshal(text, &answers)
	}
	if err != nil || len(answers) == 0 {
		answers = map[string]any{"none": true}
	}
	return journal.Screened{Answers: answers}
}

// FirstCard is the card that has to be read before the first session.
const FirstCard = "first-run"

// Seen says whether a card was read.
func (b *Book) Seen(card string) bool {
	_, ok := b.Standing(func(f journal.Fact) bool { return f == journal.Fact(journal.Seen{Card: card}) })
	return ok
}

// Begun says whether anything was recorded for a night or before it: somebody
// who only just came is asked nothing of it.
func (b *Book) Begun(night, tonight journal.Date) bool {
	return b.Earliest(tonight) < night || !b.Night(night).Empty()
}
