// Package relief is lull's first aid for a cramp: for each muscle a plan of
// timed steps, the cards that come up by the clock, and what follows once the
// muscle let go. A Walk leads through a plan. Everything is a plain value, and
// time comes in as an argument.
package relief

import (
	"io/fs"
	"slices"
	"time"
)

// Muscles are those there is a plan for, the most usual first. A journal uses
// the same words.
var Muscles = []string{"calf", "foot", "hamstring", "quadriceps", "inner"}

// Aid is all of the first aid. A front end gets it for one person, with For, so
// that no plan is shown without the safety answers.
type Aid struct {
	files  fs.FS
	about  string
	before string
	cards  []Card // by After
	still  still
	after  []Line
	notes  []Note // for every plan
}

// Plan is what to do for one muscle, laid out in time, for one person.
type Plan struct {
	Muscle   string // one of Muscles
	Name     string // of the place, for people
	First    string // the one line that is shown at once; empty when Locked
	Steps    []Step
	Variants []Variant
	Sources  []string
	Rows     []string
	// Locked says that the person named a sign that must be seen first: the
	// only step says what to do about it, and it has no end.
	Locked bool

	rules map[string]rule // by the key of the step
	notes []Note
	cards []Card
	said  []string // keys of the answers that the plan is for
}

// Step is one thing to do for some time. A step that is repeated stands in the
// plan once for each round, with an ease between two rounds and none after the
// last.
type Step struct {
	Key    string // names the step within its plan; an ease has the key of its step
	Text   string
	More   string // a second line, or empty
	Length time.Duration
	Round  int // from 1; an ease has the round that it ends
	Rounds int
	Ease   bool   // whether this is the letting go between two rounds
	Figure string // id of the figure that shows it, or empty
	Before bool   // the figure stays in the pose from which its movement starts
	Open   bool   // it lasts until the cramp ends; Length is 0
}

// rule is what the safety answers change at a text: who has it left out, and who
// gets it in other words.
type rule struct {
	unless []string
	swaps  []swap
}

// Variant words some steps differently for a cramp that sits elsewhere. The
// seconds stay.
type Variant struct {
	Key     string
	Ask     string // tells the person when it is theirs
	First   string
	Sources []string
	Rows    []string

	steps []wording
}

// Card is something to say when a cramp has lasted for After.
type Card struct {
	After   time.Duration
	Text    string
	More    string
	Sign    string // id of the sign to show, or empty
	Sources []string
	Rows    []string

	unless []string
}

// Line is something that may help once the cramp let go.
type Line struct {
	Text    string
	More    string
	Sources []string
	Rows    []string

	rule rule
}

// Note is a word of caution for people who answered a safety question with yes.
type Note struct {
	Text    string
	Sources []string
	Rows    []string

	when   string
	unless []string
	on     []string
}

// Place is where a cramp can be: a muscle, and the variant of its plan, if any.
type Place struct{ Muscle, Variant string }

// Ask is the question that tells a person whether the variant after the one in
// hand is theirs, or empty when there is none.
func (p Plan) Ask(variant string) string {
	at := slices.IndexFunc(p.Variants, func(v Variant) bool { return v.Key == variant })
	if at+1 >= len(p.Variants) {
		return ""
	}
	return p.Variants[at+1].Ask
}

// Length is how long the whole plan takes.
func (p Plan) Length() time.Duration { return p.begin(len(p.Steps)) }

// begin is when step i begins, the plan's length for the one past the last.
func (p Plan) begin(i int) time.Duration {
	var sum time.Duration
	for _, s := range p.Steps[:i] {
		sum += s.Length
	}
	return sum
}

// With is the plan in the words of one of its variants, changed by the same
// answers, or as it is when it has no such variant.
func (p Plan) With(variant string) Plan {
	at := slices.IndexFunc(p.Variants, func(v Variant) bool { return v.Key == variant })
	if at < 0 {
		return p
	}
	v := p.Variants[at]
	p.First, p.Sources, p.Rows = v.First, v.Sources, v.Rows
	p.Steps = slices.Clone(p.Steps)
	for i, s := range p.Steps {
		for _, w := range v.steps {
			if w.key == s.Key && !s.Ease {
				s.Text, s.More, s.Figure = w.text, w.more, "" // the picture shows the other way
				p.Steps[i] = w.rule.fit(s, p.said)
			}
		}
	}
	return p
}

// Notes are the cautions during one of the plan's steps, the gravest first;
// past the last step those that hold at any time.
func (p Plan) Notes(step int) []Note {
	if step < 0 || step > len(p.Steps) {
		return nil
	}
	key := ""
	if step < len(p.Steps) {
		key = p.Steps[step].Key
	}
	var notes []Note
	for _, n := range p.notes {
		here := len(n.on) == 0 || slices.Contains(n.on, key)
		if here && slices.Contains(p.said, n.when) && !shareAny(n.unless, p.said) {
			notes = append(notes, n)
		}
	}
	return notes
}

func shareAny(these, those []string) bool {
	return slices.ContainsFunc(these, func(s string) bool { return slices.Contains(those, s) })
}

// Moment is where a plan stands at some time after it began.
type Moment struct {
	Step    int // index in the plan's steps; their number once Done
	Gone    time.Duration
	Left    time.Duration // of the step; Gone + Left is its length
	Seconds int           // the number to show: Left, rounded up
	Done    bool          // every step is over
}

// At says where the plan stands once elapsed has gone since it began; before
// that it stands at its beginning.
func (p Plan) At(elapsed time.Duration) Moment {
	gone := max(0, elapsed)
	for i, s := range p.Steps {
		if s.Open || gone < s.Length {
			left := max(0, s.Length-gone)
			return Moment{Step: i, Gone: gone, Left: left, Seconds: int((left + time.Second - 1) / time.Second)}
		}
		gone -= s.Length
	}
	return Moment{Step: len(p.Steps), Done: true}
}
