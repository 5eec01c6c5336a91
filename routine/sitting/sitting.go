// Package sitting is one session as a night keeps it: the engine's state with
// the id, the start and the night of its fact, how it is put by when it is left,
// and the words that every front end has for it. It is pure; who writes is the
// front end.
package sitting

import (
	"encoding/json"
	"time"

	"lull/routine"
	"lull/routine/journal"
	"lull/routine/say"
	"lull/routine/session"
)

// Note is the name of the note that holds a session which was left.
const Note = "session"

// Unfinished is a session that was left before its end, as its note holds it.
type Unfinished struct {
	ID       journal.ID       `json:"id"`
	Night    journal.Date     `json:"night"`
	Started  time.Time        `json:"started"`
	Recorded bool             `json:"recorded"` // its fact is in the journal
	Snapshot session.Snapshot `json:"snapshot"`
}

// Read reads a note; false if there is none, or none that can be read.
func Read(note []byte) (Unfinished, bool) {
	var u Unfinished
	ok := note != nil && json.Unmarshal(note, &u) == nil
	return u, ok
}

// Fact is what a session comes to that a killed program could not record; false
// if it was never begun or no session could have written it.
func (u Unfinished) Fact() (journal.Stretched, bool) {
	state, err := session.Restore(u.Snapshot, 0)
	if err != nil {
		return journal.Stretched{}, false
	}
	sum := state.Summary()
	return FactOf(u.Snapshot.Routine, sum), sum.Outcome != session.None
}

// Sitting is one session under way.
type Sitting struct {
	Name     string // of its routine
	State    session.State
	ID       journal.ID // of its fact
	Started  time.Time
	Night    journal.Date
	Recorded bool // a fact with this id is in the journal
}

// New begins a sitting of a routine.
func New(r routine.Routine, id journal.ID, now time.Time, night journal.Date) Sitting {
	return Sitting{Name: r.Name, State: session.New(session.Compile(r)), ID: id, Started: now, Night: night}
}

// Suits says whether the answers, which may have changed since, rule out none of
// the session's stretches.
func (u Unfinished) Suits(lib *routine.Library, answers routine.Screening) bool {
	if locked, _ := answers.Locked(); locked {
		return false
	}
	for _, part := range u.Snapshot.Parts {
		st, _ := lib.Stretch(part.Stretch)
		if ok, _ := answers.Suits(st); !ok {
			return false
		}
	}
	return true
}

// Resume goes on with a session that was left. It waits, paused; then it counts
// down the longer of leadIn and the set-up of the step in hand.
func Resume(u Unfinished, lib *routine.Library, leadIn time.Duration) (Sitting, error) {
	state, err := session.Restore(u.Snapshot, readyFor(u.Snapshot, leadIn))
	if err != nil {
		return Sitting{}, err
	}
	name := u.Snapshot.Routine
	if r, ok := lib.Routine(name); ok {
		name = r.Name
	}
	return Sitting{Name: name, State: state, ID: u.ID, Started: u.Started, Night: u.Night, Recorded: u.Recorded}, nil
}

// readyFor is the time to get ready again for the part in hand. What is left of
// a lead-in counts towards it.
func readyFor(snap session.Snapshot, leadIn time.Duration) time.Duration {
	if snap.Here < 0 || snap.Here >= len(snap.Parts) {
		return leadIn
	}
	here, ready := snap.Parts[snap.Here], leadIn
	for _, p := range snap.Parts {
		if p.Step == here.Step && p.Kind == session.SetUp {
			ready = max(ready, p.Length)
		}
	}
	if here.Kind != session.Hold {
		ready -= here.Length - snap.Elapsed
	}
	return ready
}

// Note is the text of the note from which it can be gone on with.
func (s Sitting) Note() ([]byte, error) {
	return json.Marshal(Unfinished{ID: s.ID, Night: s.Night, Started: s.Started, Recorded: s.Recorded, Snapshot: s.State.Snapshot()})
}

// Fact is what the session would come to if it ended now.
func (s Sitting) Fact() journal.Stretched {
	return FactOf(s.State.Snapshot().Routine, s.State.Summary())
}

// FactOf is the fact of a session of a routine.
func FactOf(routine string, sum session.Summary) journal.Stretched {
	f := journal.Stretched{
		Routine: routine, Outcome: journal.Outcome(sum.Outcome),
		PlannedS: sum.PlannedS, HeldS: sum.HeldS, Moves: []journal.Move{},
	}
	for _, m := range sum.Moves {
		f.Moves = append(f.Moves, journal.Move{Stretch: m.Stretch, Side: string(m.Side), PlannedS: m.PlannedS, HeldS: m.HeldS})
	}
	return f
}

// Patch is what a fact says of a session that was recorded when it was left and
// then gone on with.
func Patch(f journal.Stretched) map[string]any {
	return map[string]any{"outcome": f.Outcome, "held_s": f.HeldS, "planned_s": f.PlannedS, "moves": f.Moves}
}

// Easier is the change to the gentler stretch of the library for the one in
// hand, if it has one that suits the safety answers, and how to make it easier in
// words. Without such a stretch the change does nothing. It leaves at least
// leadIn for every change of position.
func Easier(lib *routine.Library, answers routine.Screening, state session.State, leadIn time.Duration) (change session.Easier, words string) {
	st := answers.Stretch(lib, state.View().Segment.Stretch)
	if gentler, ok := lib.Stretch(st.EasierID); ok {
		change = session.Easier{Stretch: gentler.ID, Ready: gentler.Ready, Gap: gentler.Gap}
		change.Ready = max(change.Ready, answers.GetReady(st, gentler, leadIn))
		if gentler.Position == routine.SideLying {
			change.Gap = max(change.Gap, leadIn)
		}
		if next, ok := lib.Stretch(nextStep(state.Snapshot())); ok {
			change.Next = answers.GetReady(gentler, next, leadIn)
		}
		return change, say.Text("easier: %s", gentler.Name)
	}
	if len(st.Easier) > 0 {
		return change, say.Text("easier: %s", st.Easier[0])
	}
	return change, say.Text("make the movement smaller; a mild pull is enough")
}

// nextStep is the stretch of the step after the one in hand, or nothing.
func nextStep(snap session.Snapshot) string {
	for i := snap.Here; i < len(snap.Parts); i++ {
		if snap.Parts[i].Step != snap.Parts[snap.Here].Step {
			return snap.Parts[i].Stretch
		}
	}
	return ""
}
