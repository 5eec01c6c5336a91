// Package session is the engine that leads a person through a routine: a pure
// state machine. Time comes in as an argument, cues go out as events, and what
// was held is counted from the clock, never from ticks.
//
// A Plan is the routine laid out as segments on a line. A State walks along
// it: Apply first lets time run to the reading given, then does what the input
// asks. Its phases:
//
//	Ready     Start -> Running                               Leave -> Left
//	Running   Pause, or a silence over MaxGap -> Paused      Leave -> Left
//	          the plan's end, or Skip of its last hold -> Finished
//	Paused    Resume -> Resuming                             Leave -> Left
//	Resuming  after its count -> Running                     Leave -> Left
//	          Pause, or a silence over MaxGap -> Paused
//	Finished, Left: nothing changes any more
//
// Skip, Back, More and Easier work in Running, Paused and Resuming, and leave
// the phase as it is. An input that means nothing in a phase does nothing.
//
// Every time.Duration called a reading is one of a single steady clock of the
// caller's choice that goes on while the machine sleeps; only differences
// between readings matter.
package session
