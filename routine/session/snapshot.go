package session

import (
	"slices"
	"time"

	"lull/routine"
	"lull/routine/say"
)

// SnapshotVersion is the version of Snapshot this package writes and reads.
const SnapshotVersion = 1

// Snapshot is a session to be kept and gone on with later, by this process or
// another one. It holds the whole plan, so the routine may have changed since.
type Snapshot struct {
	Version int           `json:"version"`
	Routine string        `json:"routine"`
	Phase   Phase         `json:"phase"`      // Ready, Paused or Finished
	Here    int           `json:"here"`       // index of the part in hand; len(Parts) once Finished
	Elapsed time.Duration `json:"elapsed_ns"` // in that part; not yet in its Held
	Ran     time.Duration `json:"ran_ns"`
	Parts   []Part        `json:"parts"`
}

// Snapshot describes the session so that Restore can go on with it. One that
// is going on is written as Paused, and so is one that was left after it
// began: coming back to it is what its snapshot is for. The snapshot shares
// nothing with the state.
func (s State) Snapshot() Snapshot {
	return Snapshot{
		Version: SnapshotVersion, Routine: s.routine, Phase: s.atRest(),
		Here: s.here, Elapsed: s.elapsed, Ran: s.ran, Parts: cloneParts(s.parts),
	}
}

// atRest is the phase of the session once its time is stopped.
func (s State) atRest() Phase {
	switch {
	case !s.begun:
		return Ready
	case s.phase == Finished:
		return Finished
	}
	return Paused
}

// Restore returns the session of a snapshot, never with its time running: it
// is Paused because Restored, or Ready or Finished if it was. The first Resume
// then counts from ready, or from ResumeCount if that is longer. The clock may
// be another one. A snapshot that no session could have written is an error.
func Restore(snap Snapshot, ready time.Duration) (State, error) {
	if err := snap.check(); err != nil {
		return State{}, say.Error("restore session of %q: %w; start the routine afresh", snap.Routine, err)
	}
	s := State{
		routine: snap.Routine, parts: cloneParts(snap.Parts),
		begun: snap.Phase != Ready, phase: snap.Phase,
		here: snap.Here, elapsed: snap.Elapsed, ran: snap.Ran,
	}
	if s.phase == Paused {
		s.reason, s.ready = Restored, ready
	}
	return s, nil
}

func cloneParts(parts []Part) []Part {
	out := slices.Clone(parts)
	for i := range out {
		out[i].Earlier = slices.Clone(out[i].Earlier)
	}
	return out
}

// Bounds that no session reaches; they keep sums far from overflowing.
const (
	manyParts = 100_000
	longRun   = 365 * 24 * time.Hour
)

func (snap Snapshot) check() error {
	if snap.Version != SnapshotVersion {
		return say.Error("version %d, want %d", snap.Version, SnapshotVersion)
	}
	if len(snap.Parts) > manyParts {
		return say.Error("%d parts, at most %d are allowed", len(snap.Parts), manyParts)
	}
	for i, p := range snap.Parts {
		if err := p.check(); err != nil {
			return say.Error("part %d: %w", i, err)
		}
		if i > 0 && p.Step < snap.Parts[i-1].Step {
			return say.Error("part %d: step %d comes after step %d", i, p.Step, snap.Parts[i-1].Step)
		}
	}
	if err := snap.checkPlace(); err != nil {
		return err
	}
	return snap.checkHeld()
}

// checkPlace looks at where the session stands.
func (snap Snapshot) checkPlace() error {
	n := len(snap.Parts)
	switch snap.Phase {
	case Ready:
		if snap.Here != 0 || snap.Elapsed != 0 || snap.Ran != 0 {
			return say.Error("ready, yet time has passed")
		}
	case Finished:
		if snap.Here != n || snap.Elapsed != 0 {
			return say.Error("finished at part %d of %d", snap.Here, n)
		}
	case Paused:
		if snap.Here < 0 || snap.Here >= n {
			return say.Error("paused at part %d of %d", snap.Here, n)
		}
		if length := snap.Parts[snap.Here].Length; snap.Elapsed < 0 || snap.Elapsed >= length {
			return say.Error("%v into a part of %v", snap.Elapsed, length)
		}
	default:
		return say.Error("phase %q, want %q, %q or %q", snap.Phase, Ready, Paused, Finished)
	}
	return nil
}

// checkHeld makes sure that no more was held than there was time for.
func (snap Snapshot) checkHeld() error {
	if snap.Ran < snap.Elapsed || snap.Ran > longRun {
		return say.Error("ran %v, of which %v in the part in hand", snap.Ran, snap.Elapsed)
	}
	left := snap.Ran - snap.Elapsed
	for _, p := range snap.Parts {
		for _, held := range append([]Earlier{{p.Stretch, p.Held}}, p.Earlier...) {
			if held.Held > left {
				return say.Error("held more than the %v it ran", snap.Ran)
			}
			left -= held.Held
		}
	}
	return nil
}

var (
	knownKinds = []Kind{SetUp, Hold, Rest, Switch}
	knownSides = []routine.Side{routine.Left, routine.Right, routine.Both}
)

func (p Part) check() error {
	lead := p.Kind != Hold
	earlierOK := !slices.ContainsFunc(p.Earlier, func(e Earlier) bool { return e.Held <= 0 })
	for _, rule := range []struct {
		ok   bool
		says error
	}{
		{slices.Contains(knownKinds, p.Kind), say.Error("kind %q is unknown", p.Kind)},
		{slices.Contains(knownSides, p.Side) || lead && p.Side == "", say.Error("side %q is unknown", p.Side)},
		{p.Step >= 0, say.Error("step %d is below 0", p.Step)},
		{p.Length > 0 && p.Length <= longest, say.Error("length %v is not between 0 and %v", p.Length, longest)},
		{p.Planned >= 0 && p.Planned <= p.Length, say.Error("planned %v for a length of %v", p.Planned, p.Length)},
		{lead || p.Planned > 0, say.Error("a hold without a planned length")},
		{p.Held >= 0 && earlierOK, say.Error("held less than nothing")},
		{!lead || p.allHeld() == 0 && !p.Done, say.Error("held time in a %s", p.Kind)},
		{!p.Done || p.allHeld() >= p.Planned, say.Error("done with %v of %v", p.allHeld(), p.Planned)},
	} {
		if !rule.ok {
			return rule.says
		}
	}
	return nil
}
