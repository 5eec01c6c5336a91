//go:build linux

package main

import (
	"time"

	"lull/routine/session"
)

// What the bench knows of lull: the keys it presses and the words it waits for.
const (
	keyGo        = " " // opens the set routine, and then starts it
	keyTick      = " " // on the checklist, ticks and unticks the item under the cursor
	keyChecklist = "3"
	keyReview    = "5"
	keyFigures   = "5 " // the review, and its next page
	keyLeave     = "q"

	wordTonight   = "Bedtime" // on Tonight, once it has read the nights; the tabs say Tonight sooner
	wordReview    = "read out a night"
	wordFigures   = "median (range)"  // once what was told has been read
	wordUntold    = "first answer on" // in the place of that, in an empty file
	wordCramp     = "Breathe out"     // in the first instruction
	wordChecklist = "Checklist,"
	wordReady     = "to get into position"
	wordHold      = "HOLD"
	wordMove      = "MOVE"
	wordDone      = "Tonight is kept"
	glyphTicked   = "✓"
	glyphOpen     = "○"

	wordFloor = "ready" // what the floors show
	wordAny   = ""      // whatever is painted next
)

// The routines it times, and the one it makes for a long hold.
const (
	shortRoutine = "trial"
	longRoutine  = "full"
	holdRoutine  = "bench-hold"
)

const holdRoutineFile = `name = "Bench hold"
about = "One long hold, to measure what showing it costs."
[[step]]
stretch = %q
hold = "90s"
reps = 1
sides = "right"
gap = "0s"
setup = "0s"
`

const stillConfig = "reduced_motion = true\n"

// stopFor is how long a session is stopped to see what it loses: the longest
// silence that surely does not pause it, given that it reads its clock at
// least once a second. After a longer one it pauses by design.
const stopFor = session.MaxGap - time.Second

const (
	patience = 20 * time.Second       // for a word to appear
	settled  = 300 * time.Millisecond // for the screen to come to rest
	calm     = 2 * time.Second        // before CPU is counted
)
