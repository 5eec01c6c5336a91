package session_test

import (
	"time"

	"lull/routine"
	"lull/routine/session"

	"pgregory.net/rapid"
)

// trial is a routine of 175 s with 120 s of holds.
func trial() routine.Routine {
	hold := routine.Step{Hold: 10 * time.Second, Reps: 3, Order: routine.Alternate, Gap: 5 * time.Second}
	calf, hamstring := hold, hold
	calf.Stretch = "wall-calf"
	hamstring.Stretch, hamstring.SetUp = "heel-up-hamstring", 5*time.Second
	return routine.Routine{ID: "trial", Steps: []routine.Step{calf, hamstring}}
}

// oneStep is a plan of one step on one leg.
func oneStep(hold, gap, setUp time.Duration, reps int) session.Plan {
	return session.Compile(routine.Routine{ID: "one", Steps: []routine.Step{{
		Stretch: "wall-calf", Hold: hold, Reps: reps, Order: routine.OnlyLeft, Gap: gap, SetUp: setUp,
	}}})
}

// halves draws a time between from and to in halves of a second.
func halves(from, to time.Duration) *rapid.Generator[time.Duration] {
	const half = 500 * time.Millisecond
	return rapid.Map(rapid.Int64Range(int64(from/half), int64(to/half)),
		func(n int64) time.Duration { return time.Duration(n) * half })
}

var anyRoutine = rapid.Custom(func(t *rapid.T) routine.Routine {
	step := rapid.Custom(func(t *rapid.T) routine.Step {
		return routine.Step{
			Stretch: rapid.SampledFrom([]string{"wall-calf", "toe-pull", "butterfly"}).Draw(t, "stretch"),
			Hold:    halves(time.Second/2, 30*time.Second).Draw(t, "hold"),
			Reps:    rapid.IntRange(1, 3).Draw(t, "reps"),
			Order: rapid.SampledFrom([]routine.Order{routine.Alternate, routine.LeftThenRight,
				routine.Together, routine.OnlyLeft, routine.OnlyRight}).Draw(t, "order"),
			Gap:   halves(0, 6*time.Second).Draw(t, "gap"),
			SetUp: halves(0, 12*time.Second).Draw(t, "set-up"),
		}
	})
	return routine.Routine{ID: "any", Steps: rapid.SliceOfN(step, 1, 4).Draw(t, "steps")}
})

// move is one Apply: an input after a wait.
type move struct {
	wait time.Duration
	in   session.Input
}

// moves draws a history of inputs, most of them ticks, with waits in the range.
func moves(from, to time.Duration) *rapid.Generator[[]move] {
	tick := session.Input(session.Tick{})
	inputs := []session.Input{
		tick, tick, tick, tick, tick, tick, tick, tick, session.Start{}, session.Pause{},
		session.Resume{}, session.Resume{}, session.Skip{}, session.Back{}, session.More{},
		session.Easier{Stretch: "heel-slide"}, session.Easier{Stretch: "ankle-pumps"},
	}
	one := rapid.Custom(func(t *rapid.T) move {
		return move{
			wait: time.Duration(rapid.Int64Range(int64(from), int64(to)).Draw(t, "wait")),
			in:   rapid.SampledFrom(inputs).Draw(t, "input"),
		}
	})
	return rapid.SliceOfN(one, 0, 80)
}

// steady draws moves without an interruption, wild ones with any clock.
var (
	steady = moves(0, session.MaxGap)
	wild   = moves(-2*session.MaxGap, 3*session.MaxGap)
)

// person is somebody at the keys: a session, a clock, and what happened.
type person struct {
	state  session.State
	now    time.Duration
	events []session.Event
}

// begin starts the plan at an arbitrary clock reading.
func begin(p session.Plan) *person {
	who := &person{state: session.New(p), now: 1000 * time.Hour}
	who.do(session.Start{})
	return who
}

func (p *person) do(in session.Input) {
	next, events := p.state.Apply(in, p.now)
	p.state, p.events = next, append(p.events, events...)
}

func (p *person) play(moves ...move) {
	for _, m := range moves {
		p.now += m.wait
		p.do(m.in)
	}
}

// wait lets d pass in ticks of at most a second.
func (p *person) wait(d time.Duration) {
	for d > 0 {
		step := min(d, time.Second)
		p.play(move{step, session.Tick{}})
		d -= step
	}
}

// finish resumes if need be and ticks until nothing changes any more.
func (p *person) finish() {
	if p.state.View().Phase == session.Paused {
		p.do(session.Resume{})
	}
	for p.state.Due() > 0 {
		p.play(move{p.state.Due(), session.Tick{}})
	}
}

// aPerson draws somebody with some history behind them.
var aPerson = rapid.Custom(func(t *rapid.T) *person {
	who := begin(session.Compile(anyRoutine.Draw(t, "routine")))
	who.play(steady.Draw(t, "history")...)
	return who
})

// aMover draws somebody whose session goes on: Running or Resuming.
var aMover = rapid.Custom(func(t *rapid.T) *person {
	who := aPerson.Filter(func(p *person) bool { return p.state.View().Phase.Underway() }).Draw(t, "person")
	if who.state.View().Phase == session.Paused {
		who.do(session.Resume{})
	}
	who.events = nil
	return who
})

func kinds(events []session.Event) []session.EventKind {
	out := make([]session.EventKind, len(events))
	for i, e := range events {
		out[i] = e.Kind
	}
	return out
}
