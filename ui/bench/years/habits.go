package years

import (
	"encoding/json"
	"fmt"
	"time"

	"lull/routine/journal"
)

// How often things happen: of every chance they have.
const (
	drinks     = 0.85 // each of the water items, each day
	prepares   = 0.85 // each of the bedtime items, each day
	stretches  = 0.93 // a night
	finishes   = 0.90 // a session
	cramps     = 0.35 // a night
	crampsMore = 0.25 // after each cramp, one more
	answers    = 0.90 // a quiet night, the next morning
	marksIt    = 0.30 // a night
	undoes     = 0.02 // a tick
	edits      = 0.20 // a cramp
)

type patch = map[string]json.RawMessage

const glasses = 8

var bedtimeItems = []string{"covers", "shoes", "walk"}

var marks = []string{"long-standing", "hard-exercise", "alcohol", "medicine", "short-sleep", "own"}

// sessionMoves is the routine of the trial: two stretches, three holds of ten
// seconds on each leg.
var sessionMoves = []journal.Move{
	{Stretch: "wall-calf", Side: "right", PlannedS: 30, HeldS: 30},
	{Stretch: "wall-calf", Side: "left", PlannedS: 30, HeldS: 30},
	{Stretch: "heel-up-hamstring", Side: "right", PlannedS: 30, HeldS: 30},
	{Stretch: "heel-up-hamstring", Side: "left", PlannedS: 30, HeldS: 30},
}

// screened answers the safety questions with nothing to look out for.
func screened() journal.Fact {
	return journal.Screened{Answers: map[string]any{"falls": false}}
}

func (p person) water(date journal.Date) []moment {
	var out []moment
	for i := range glasses {
		if p.likely(drinks) {
			at := clock(date, 8, 0).Add(time.Duration(i)*85*time.Minute + p.upTo(80*time.Minute))
			out = append(out, moment{at, journal.Ticked{Item: fmt.Sprintf("glass-%d", i+1), List: journal.WaterList, ML: 250}})
		}
	}
	return out
}

func (p person) bedtime(date journal.Date) []moment {
	var out []moment
	for _, item := range bedtimeItems {
		if p.likely(prepares) {
			at := clock(date, 21, 0).Add(p.upTo(time.Hour))
			out = append(out, moment{at, journal.Ticked{Item: item, List: journal.BedtimeList}})
		}
	}
	return out
}

// session is the evening's stretching, now and then broken off after the first
// or second move.
func (p person) session(date journal.Date) []moment {
	if !p.likely(stretches) {
		return nil
	}
	done := len(sessionMoves)
	if !p.likely(finishes) {
		done = 1 + p.IntN(2)
	}
	s := journal.Stretched{Routine: "trial", Outcome: journal.Partial, Moves: sessionMoves[:done]}
	if done == len(sessionMoves) {
		s.Outcome = journal.Complete
	}
	for i, m := range sessionMoves {
		s.PlannedS += m.PlannedS
		if i < done {
			s.HeldS += m.HeldS
		}
	}
	return []moment{{clock(date, 22, 0).Add(p.upTo(90 * time.Minute)), s}}
}

func (p person) marks(date journal.Date) []moment {
	if !p.likely(marksIt) {
		return nil
	}
	at := clock(date, 20, 0).Add(p.upTo(3 * time.Hour))
	return []moment{{at, journal.Marked{Mark: marks[p.IntN(len(marks))]}}}
}

// night is what happened after midnight: cramps, or the answer that there were
// none, or silence.
func (p person) night(date journal.Date) []moment {
	if !p.likely(cramps) {
		if !p.likely(answers) {
			return nil
		}
		return []moment{{clock(date+1, 6, 30).Add(p.upTo(time.Hour)), journal.Quiet{}}}
	}
	out := []moment{p.cramp(date)}
	for p.likely(crampsMore) {
		out = append(out, p.cramp(date))
	}
	return out
}

func (p person) cramp(date journal.Date) moment {
	lasted, pain, awake := 20+p.IntN(400), 2+p.IntN(8), p.IntN(40)
	return moment{clock(date+1, 0, 30).Add(p.upTo(5 * time.Hour)), journal.Cramped{
		Side: pick(p, journal.CrampSides), Muscle: pick(p, journal.Muscles),
		LastedS: &lasted, Pain: &pain, AwakeMin: &awake, Helped: []string{"stretch", "walk"},
	}}
}

func pick(p person, from []string) string { return from[p.IntN(len(from))] }
