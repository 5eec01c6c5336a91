package session

import "time"

// EventKind says what happened.
type EventKind string

// The kinds of event, with what an Event of the kind carries besides its
// instants and the segment in hand.
const (
	EventStarted     EventKind = "started"
	EventEntered     EventKind = "entered"     // a segment began, or began again
	EventHalfway     EventKind = "halfway"     // in a hold of 20 s or more
	EventCount       EventKind = "count"       // Count: 3, 2, 1 seconds of a hold to go
	EventEnded       EventKind = "ended"       // a hold ran to its end
	EventSkipped     EventKind = "skipped"     // Segment is the one cut short
	EventPaused      EventKind = "paused"      // because it was asked for
	EventInterrupted EventKind = "interrupted" // Gap: the silence that paused it
	EventResuming    EventKind = "resuming"    // Count: the seconds until it goes on
	EventResumed     EventKind = "resumed"     // the segment in hand goes on
	EventFinished    EventKind = "finished"    // Summary
	EventLeft        EventKind = "left"        // Summary
)

// Event is something a consumer may show, say or sound. Events come in the
// order in which they were due; Entered also comes when a paused session is
// moved by Skip, Back or Easier. One that comes out of a late tick is as old as
// the reading given to Apply minus At; a consumer of sound drops old ones.
type Event struct {
	Kind    EventKind
	Due     time.Duration // session time when it was due; pauses and resume counts do not count
	At      time.Duration // the clock reading when it was due
	Segment Segment       // the one in hand; zero for Finished
	Count   int
	Gap     time.Duration // 0 if the clock fell back
	Summary Summary
}

const (
	halfwayFrom = 20 * time.Second // shorter holds have no halfway cue
	lastCounts  = 3                // seconds counted at the end of a hold
	beforeCount = time.Second      // a count comes no sooner after the start of a hold
)

// mark is a moment within a segment at which an event is due.
type mark struct {
	after time.Duration // since the segment began
	kind  EventKind
	count int
}

// marks lists what is due in a segment, in order. The last one is always the
// segment's end. Short holds lose the counts that would fall on their name.
func marks(seg Segment) []mark {
	end := mark{after: seg.Length, kind: EventEnded}
	if seg.Kind != Hold {
		return []mark{end}
	}
	var out []mark
	if seg.Length >= halfwayFrom {
		out = append(out, mark{after: seg.Length / 2, kind: EventHalfway})
	}
	for n := lastCounts; n > 0; n-- {
		after := seg.Length - time.Duration(n)*time.Second
		if after >= beforeCount {
			out = append(out, mark{after: after, kind: EventCount, count: n})
		}
	}
	return append(out, end)
}

// nextMark is the first mark of seg later than elapsed, which must be below
// the segment's length.
func nextMark(seg Segment, elapsed time.Duration) mark {
	all := marks(seg)
	for all[0].after <= elapsed {
		all = all[1:]
	}
	return all[0]
}
