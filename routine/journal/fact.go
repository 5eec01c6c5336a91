// Package journal holds what lull remembers: an append-only journal of small
// facts, each with an id, an instant and the labels of its night and day. An
// edit is a fact, an undo is a fact, and everything on a screen is a fold over
// them. The package is pure; a Log makes facts durable.
package journal

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"lull/routine/say"
)

// Kind names what sort of fact a line is.
type Kind string

// The kinds this lull knows. Lines of any other kind are kept as Unknown.
const (
	KindStretched  Kind = "stretched"
	KindCramped    Kind = "cramped"
	KindQuiet      Kind = "quiet"
	KindTicked     Kind = "ticked"
	KindMarked     Kind = "marked"
	KindPaused     Kind = "paused"
	KindScreened   Kind = "screened"
	KindSeen       Kind = "seen"
	KindMedicine   Kind = "medicine"
	KindExperiment Kind = "experiment"
	KindEstimated  Kind = "estimated"
	KindImported   Kind = "imported"
	KindWithdrawn  Kind = "withdrawn"
	KindRevised    Kind = "revised"
)

// Fact is one thing that happened. Validate says in words what is wrong with
// it, or nil.
type Fact interface {
	Kind() Kind
	Validate() error
}

// Outcome is how a session ended.
type Outcome string

// The outcomes, and None for a night without a session.
const (
	None      Outcome = "none"
	Abandoned Outcome = "abandoned"
	Partial   Outcome = "partial"
	Complete  Outcome = "complete"
)

var outcomes = []Outcome{None, Abandoned, Partial, Complete}

// Kept says whether a night with this outcome counts as kept.
func (o Outcome) Kept() bool { return o == Partial || o == Complete }

// Better says whether o is more than p: complete before partial before
// abandoned before none.
func (o Outcome) Better(p Outcome) bool {
	return slices.Index(outcomes, o) > slices.Index(outcomes, p)
}

// Stretched is one session: what was planned and what was held, in seconds.
type Stretched struct {
	Routine  string  `json:"routine"`
	Outcome  Outcome `json:"outcome"`
	PlannedS int     `json:"planned_s"`
	HeldS    int     `json:"held_s"`
	Moves    []Move  `json:"moves"`
}

// Move is what was held of one stretch on one side.
type Move struct {
	Stretch  string `json:"stretch"`
	Side     string `json:"side"`
	PlannedS int    `json:"planned_s"`
	HeldS    int    `json:"held_s"`
}

// Cramped is one cramp. A nil number was not said; a cramp without LastedS is
// still going on, or its end was never told.
type Cramped struct {
	Side     string   `json:"side,omitempty"`
	Muscle   string   `json:"muscle,omitempty"`
	LastedS  *int     `json:"lasted_s,omitempty"`
	Pain     *int     `json:"pain,omitempty"`
	AwakeMin *int     `json:"awake_min,omitempty"`
	Helped   []string `json:"helped,omitempty"`
	Note     string   `json:"note,omitempty"`
	Soreness *int     `json:"soreness,omitempty"`  // 0 to 10, the day after
	SoreDays *int     `json:"sore_days,omitempty"` // how many days it stayed sore
	Knot     *bool    `json:"knot,omitempty"`      // whether the muscle was felt to be hard
	Signs    []string `json:"signs,omitempty"`     // of CrampSigns, what came with it
	// Untimed says that only the night is known: At is when it was told.
	Untimed bool `json:"untimed,omitempty"`
	// AtLeast says that this one stands for itself and perhaps more, as the
	// last of "3 or more" does.
	AtLeast bool `json:"at_least,omitempty"`
}

// Told says whether anything was told of a cramp that only a person can know.
func (c Cramped) Told() bool {
	return c.Side != "" || c.Pain != nil || c.AwakeMin != nil || len(c.Helped) > 0 || c.Soreness != nil
}

// Quiet says that the night had no cramps.
type Quiet struct{}

// Ticked is one item of a checklist done. ML is its amount, 0 for none.
type Ticked struct {
	Item string `json:"item"`
	List string `json:"list"`
	ML   int    `json:"ml,omitempty"`
}

// Marked puts a mark on the night.
type Marked struct {
	Mark string `json:"mark"`
}

// Paused sets the nights From to To aside, both included. Without To the span
// is open.
type Paused struct {
	From Date  `json:"from"`
	To   *Date `json:"to,omitempty"`
}

// Screened keeps the answers to the safety questions, by question.
type Screened struct {
	Answers map[string]any `json:"answers"`
}

// Seen says that a card was shown and read.
type Seen struct {
	Card string `json:"card"`
}

// Withdrawn takes a fact out for good.
type Withdrawn struct {
	Of ID `json:"of"`
}

// Revised changes some keys of a fact. The patch is the line's other keys.
type Revised struct {
	Of ID `json:"of"`
}

// Unknown is a fact of a kind this lull does not know. Its line is kept and
// written out again unchanged.
type Unknown struct {
	Name Kind `json:"-"`
}

// Kind says what sort of fact each is.
func (Stretched) Kind() Kind { return KindStretched }
func (Cramped) Kind() Kind   { return KindCramped }
func (Quiet) Kind() Kind     { return KindQuiet }
func (Ticked) Kind() Kind    { return KindTicked }
func (Marked) Kind() Kind    { return KindMarked }
func (Paused) Kind() Kind    { return KindPaused }
func (Screened) Kind() Kind  { return KindScreened }
func (Seen) Kind() Kind      { return KindSeen }
func (Withdrawn) Kind() Kind { return KindWithdrawn }
func (Revised) Kind() Kind   { return KindRevised }
func (u Unknown) Kind() Kind { return u.Name }

// Sides, muscles and helps are the words a cramp may use.
var (
	CrampSides = []string{"left", "right", "both"}
	Muscles    = []string{"calf", "foot", "hamstring", "quadriceps", "inner", "other"}
	MoveSides  = []string{"left", "right", "both"}
	CrampSigns = []string{"swollen", "hot", "red", "weak", "numb", "both-legs", "bladder"}
	Helps      = []string{"stretch", "stand", "walk", "rub", "heat", "ice", "nothing"}
)

const (
	maxText    = 500 // runes of a note
	maxName    = 80  // runes of an item, list, mark or routine
	maxSeconds = 24 * 60 * 60
	maxMoves   = 1000
)

// Validate checks the outcome, that no number is negative or longer than a
// day, and that every move names a stretch and a side.
func (s Stretched) Validate() error {
	errs := []error{
		name("routine", s.Routine),
		oneOf("outcome", string(s.Outcome), []string{"abandoned", "partial", "complete"}),
		within("planned_s", s.PlannedS, 0, maxSeconds),
		within("held_s", s.HeldS, 0, maxSeconds),
		within(say.Text("number of moves"), len(s.Moves), 0, maxMoves),
	}
	for _, m := range s.Moves {
		errs = append(errs, name("stretch", m.Stretch), oneOf("side", m.Side, MoveSides),
			within("planned_s", m.PlannedS, 0, maxSeconds), within("held_s", m.HeldS, 0, maxSeconds))
	}
	return errors.Join(errs...)
}

// Validate checks every number that was said.
func (c Cramped) Validate() error {
	errs := []error{optional("side", c.Side, CrampSides), optional("muscle", c.Muscle, Muscles), text("note", c.Note)}
	for _, n := range []struct {
		key  string
		said *int
		most int
	}{{"lasted_s", c.LastedS, maxSeconds}, {"pain", c.Pain, 10}, {"awake_min", c.AwakeMin, 24 * 60},
		{"soreness", c.Soreness, 10}, {"sore_days", c.SoreDays, 60}} {
		if n.said != nil {
			errs = append(errs, within(n.key, *n.said, 0, n.most))
		}
	}
	for _, h := range c.Helped {
		errs = append(errs, name("helped", h))
	}
	for _, s := range c.Signs {
		errs = append(errs, oneOf("signs", s, CrampSigns))
	}
	return errors.Join(errs...)
}

// Validate always agrees: there is nothing to say about a quiet night.
func (Quiet) Validate() error { return nil }

// Validate wants an item and a list.
func (t Ticked) Validate() error {
	return errors.Join(name("item", t.Item), name("list", t.List), within("ml", t.ML, 0, 10_000))
}

// Validate wants a mark.
func (m Marked) Validate() error { return name("mark", m.Mark) }

// Validate wants the span to run forwards.
func (p Paused) Validate() error {
	if p.To != nil && *p.To < p.From {
		return say.Error("the pause ends on %v, before it starts on %v", *p.To, p.From)
	}
	return nil
}

// Validate wants answers.
func (s Screened) Validate() error {
	if len(s.Answers) == 0 {
		return say.Error("answers are missing")
	}
	return nil
}

// Validate wants a card.
func (s Seen) Validate() error { return name("card", s.Card) }

// Validate wants to know which fact is withdrawn.
func (w Withdrawn) Validate() error { return target(w.Of) }

// Validate wants to know which fact is revised.
func (r Revised) Validate() error { return target(r.Of) }

// Validate always agrees: what is not known is not judged.
func (Unknown) Validate() error { return nil }

func target(of ID) error {
	if of.IsZero() {
		return say.Error("of is missing: the id of the fact it is about")
	}
	return nil
}

func name(key, s string) error {
	if strings.TrimSpace(s) == "" {
		return say.Error("%s is missing", key)
	}
	if utf8.RuneCountInString(s) > maxName {
		return say.Error("%s is longer than %d letters", key, maxName)
	}
	return text(key, s)
}

func text(key, s string) error {
	if utf8.RuneCountInString(s) > maxText {
		return say.Error("%s is longer than %d letters", key, maxText)
	}
	return nil
}

func oneOf(key, s string, allowed []string) error {
	if slices.Contains(allowed, s) {
		return nil
	}
	return say.Error("%s is %.40q; allowed: %s", key, s, strings.Join(allowed, ", "))
}

func optional(key, s string, allowed []string) error {
	if s == "" {
		return nil
	}
	return oneOf(key, s, allowed)
}

func within(key string, n, least, most int) error {
	if n < least || n > most {
		return say.Error("%s is %d; it runs from %d to %d", key, n, least, most)
	}
	return nil
}
