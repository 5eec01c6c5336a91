package session

import "time"

// View is what a screen shows of a session at the latest reading.
type View struct {
	Routine string
	Phase   Phase
	Reason  Reason        // while Paused
	Gap     time.Duration // while Paused because Interrupted; 0 if the clock fell back

	Segment   Segment       // the one in hand; zero once Finished
	Elapsed   time.Duration // in Segment
	Remaining time.Duration // Segment.Length - Elapsed
	CountIn   time.Duration // left of the resume count, while Resuming
	CountFrom time.Duration // what the resume count starts from
	Seconds   int           // the number to show: CountIn while Resuming, else Remaining, rounded up
	Next      Segment       // the next hold after Segment; zero when there is none

	Step     int           // index of the step in hand, from 0; Steps once Finished
	Steps    int           // how many there are
	Fraction float64       // of the whole run's time, 0 to 1
	TimeLeft time.Duration // of the whole run, the resume count left out
	Ran      time.Duration // time spent in segments, redone ones included
	Held     time.Duration // time spent in holds, redone ones included
	Planned  time.Duration // hold time the routine asks for

	Toggle Input   // what the one start-and-pause key means: Start, Pause, Resume, or nil
	SkipTo Segment // where Skip would go while Underway; zero means that it finishes
	BackTo Segment // where Back would go while Underway; equal to Segment when it begins it again
}

// View describes the session as it stands.
func (s State) View() View {
	seg := s.segment()
	v := View{
		Routine: s.routine, Phase: s.phase, Reason: s.reason, Gap: s.gap,
		Segment: seg, Elapsed: s.elapsed, Remaining: seg.Length - s.elapsed,
		CountIn: s.count, CountFrom: s.countFrom(), Next: s.at(s.nextHold(s.here + 1)),
		Ran: s.ran, Toggle: toggles[s.phase],
	}
	v.Seconds = ceilSeconds(v.Remaining)
	if s.phase == Resuming {
		v.Seconds = ceilSeconds(s.count)
	}
	if s.phase.Underway() {
		v.SkipTo, v.BackTo = s.at(s.skipTo()), s.at(s.backTo())
	}
	v.Step, v.Steps = s.steps()
	v.Fraction, v.TimeLeft = s.progress()
	v.Planned, v.Held = s.work()
	return v
}

// Due says how long after the latest reading something visible changes by
// itself: the shown number or an event. It is never more than a second, and 0
// when nothing will change without an input.
func (s State) Due() time.Duration {
	switch s.phase {
	case Running:
		seg := s.segment()
		return min(toNextSecond(seg.Length-s.elapsed), nextMark(seg, s.elapsed).after-s.elapsed)
	case Resuming:
		return toNextSecond(s.count)
	}
	return 0
}

var toggles = map[Phase]Input{
	Ready:    Start{},
	Running:  Pause{},
	Resuming: Pause{},
	Paused:   Resume{},
}

// at is segment i, or the zero Segment past the last.
func (s State) at(i int) Segment {
	if i < len(s.parts) {
		return s.parts[i].Segment
	}
	return Segment{}
}

func (s State) steps() (step, steps int) {
	if n := len(s.parts); n > 0 {
		steps = s.parts[n-1].Step + 1
	}
	if s.phase == Finished {
		return steps, steps
	}
	return s.segment().Step, steps
}

func (s State) progress() (fraction float64, left time.Duration) {
	var past, total time.Duration
	for i, p := range s.parts {
		total += p.Length
		if i < s.here {
			past += p.Length
		}
	}
	past += s.elapsed
	switch {
	case s.phase == Finished:
		return 1, 0
	case total == 0:
		return 0, 0
	}
	return float64(past) / float64(total), total - past
}

// work adds up the holds: what is planned, and what was really held.
func (s State) work() (planned, held time.Duration) {
	for _, p := range s.settled() {
		if p.Kind == Hold {
			planned += p.Planned
			held += p.allHeld()
		}
	}
	return planned, held
}

// ceilSeconds rounds up, so that a count from ten shows 10 for its first
// second and never 0 while time is left.
func ceilSeconds(d time.Duration) int { return int((d + time.Second - 1) / time.Second) }

// toNextSecond is the time until ceilSeconds of what is left changes.
func toNextSecond(left time.Duration) time.Duration {
	if part := left % time.Second; part > 0 {
		return part
	}
	return time.Second
}
