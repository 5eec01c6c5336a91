package relief

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"time"

	"lull/routine/say"
	"lull/routine/strict"
)

const (
	folder  = "relief/"
	allFile = folder + "all.toml"

	longestText = 60 // characters of a line
	longestName = 30
	longestStep = 10 * time.Minute
	mostSteps   = 12
	mostRounds  = 5
	mostNotes   = 12
	mostRefs    = 8 // sources, rows
)

// questions are the safety questions that a step, a note or a line may depend
// on. The two that lock everything are not among them: they replace the plan.
var questions = []string{
	"recent_injury", "fluid_limit", "pregnant", "hip_replacement",
	"knee", "osteoporosis", "falls", "numb_feet", "weakness", "medicines",
}

// Open reads what holds for every cramp, relief/all.toml. The plans lie beside
// it, one file for each muscle.
func Open(files fs.FS) (Aid, error) {
	aid := Aid{files: files}
	data, err := fs.ReadFile(files, allFile)
	if err != nil {
		return Aid{}, say.Error("read the first aid: %w", err)
	}
	doc, err := strict.Parse(allFile, data)
	if err != nil {
		return Aid{}, err
	}
	var rows []string
	err = doc.Read(strict.Fields{
		strict.Required("about", text(&aid.about)),
		strict.Required("before", text(&aid.before)),
		strict.Required("rows", refs(&rows)),
		strict.Required("card", strict.Tables(&aid.cards, mostNotes, (*Card).fields).And(func() (string, string) {
			return inOrder(aid.cards)
		})),
		strict.Required("still", strict.Table(aid.still.fields())),
		strict.Required("note", strict.Tables(&aid.notes, mostNotes, (*Note).fields)),
		strict.Required("after", strict.Tables(&aid.after, mostNotes, (*Line).fields)),
	})
	return aid, err
}

// Check reads every plan and says all that is wrong with them.
func (a Aid) Check() error {
	var wrong []error
	for _, muscle := range Muscles {
		_, err := a.read(muscle)
		wrong = append(wrong, err)
	}
	return errors.Join(wrong...)
}

// read gives the plan for a muscle, with the notes that every plan has first.
func (a Aid) read(muscle string) (Plan, error) {
	if !slices.Contains(Muscles, muscle) {
		return Plan{}, say.Error("no first aid for %.40q; there is some for %s", muscle, strings.Join(Muscles, ", "))
	}
	file := folder + muscle + ".toml"
	data, err := fs.ReadFile(a.files, file)
	if err != nil {
		return Plan{}, say.Error("read the first aid: %w", err)
	}
	p, err := Parse(file, muscle, data)
	p.notes = slices.Concat(a.notes, p.notes)
	return p, err
}

func inOrder(cards []Card) (problem, allowed string) {
	if slices.IsSortedFunc(cards, func(a, b Card) int { return int(a.After - b.After) }) {
		return "", ""
	}
	return say.Text("not in the order of the clock"), say.Text("put the earliest first")
}

// Parse reads the file of one muscle. Errors are of type strict.Errors.
func Parse(file, muscle string, data []byte) (Plan, error) {
	doc, err := strict.Parse(file, data)
	if err != nil {
		return Plan{}, err
	}
	p := Plan{Muscle: muscle, rules: map[string]rule{}}
	var groups []group
	err = doc.Read(strict.Fields{
		strict.Required("name", strict.Words(&p.Name, 1, longestName)),
		strict.Required("first", text(&p.First)),
		strict.Required("sources", refs(&p.Sources)),
		strict.Required("rows", refs(&p.Rows)),
		strict.Required("step", strict.Tables(&groups, mostSteps, (*group).fields)),
		strict.Optional("variant", strict.Tables(&p.Variants, mostNotes, (*Variant).fields)),
		strict.Optional("note", strict.Tables(&p.notes, mostNotes, (*Note).fields)),
	})
	for _, g := range groups {
		p.Steps = append(p.Steps, g.steps()...)
		p.rules[g.work.Key] = g.rule
	}
	return p, err
}

// group is a step as it is written: what to do, how often, and the ease between.
type group struct {
	work, ease Step
	rounds     int
	rule       rule
}

func (g *group) fields() strict.Fields {
	g.rounds = 1
	return strict.Fields{
		strict.Required("key", strict.Text(&g.work.Key, 1, longestName)),
		strict.Required("text", text(&g.work.Text)),
		strict.Optional("more", text(&g.work.More)),
		strict.Required("lasts", lasts(&g.work.Length)),
		strict.Optional("figure", strict.Text(&g.work.Figure, 1, longestName)),
		strict.Optional("before", strict.Bool(&g.work.Before)),
		strict.Optional("unless", strict.Some(&g.rule.unless, questions...)),
		strict.Optional("instead", strict.Tables(&g.rule.swaps, mostNotes, (*swap).fields)),
		strict.Optional("ease", strict.Table(strict.Fields{
			strict.Required("text", text(&g.ease.Text)),
			strict.Optional("more", text(&g.ease.More)),
			strict.Required("lasts", lasts(&g.ease.Length)),
		})),
		strict.Optional("rounds", strict.Int(&g.rounds, 1, mostRounds).And(g.eased)),
	}
}

// eased says what is wrong with rounds that no ease parts.
func (g *group) eased() (problem, allowed string) {
	if g.rounds > 1 && g.ease.Length == 0 {
		return say.Text("nothing comes between the rounds"), say.Text("write the ease under [step.ease]")
	}
	return "", ""
}

// steps lays the group out in time.
func (g group) steps() []Step {
	var out []Step
	for round := 1; round <= g.rounds; round++ {
		s := g.work
		s.Round, s.Rounds = round, g.rounds
		out = append(out, s)
		if round < g.rounds {
			e := g.ease
			e.Key, e.Round, e.Rounds, e.Ease = s.Key, round, g.rounds, true
			e.Figure, e.Before = s.Figure, true
			out = append(out, e)
		}
	}
	return out
}

// still is what is left for people whose answers rule out every step of a plan.
type still struct {
	first string
	step  Step
}

func (s *still) fields() strict.Fields {
	s.step = Step{Key: "still", Round: 1, Rounds: 1}
	return strict.Fields{
		strict.Required("first", text(&s.first)),
		strict.Required("text", text(&s.step.Text)),
		strict.Optional("more", text(&s.step.More)),
		strict.Required("lasts", lasts(&s.step.Length)),
	}
}

// swap words a step for people with one of some answers.
type swap struct {
	when       []string
	text, more string
}

func (w *swap) fields() strict.Fields {
	return strict.Fields{
		strict.Required("when", strict.Some(&w.when, questions...)),
		strict.Required("text", text(&w.text)),
		strict.Optional("more", text(&w.more)),
	}
}

// wording is what a variant says at a step.
type wording struct {
	key, text, more string
	rule            rule
}

func (w *wording) fields() strict.Fields {
	return strict.Fields{
		strict.Required("key", strict.Text(&w.key, 1, longestName)),
		strict.Required("text", text(&w.text)),
		strict.Optional("more", text(&w.more)),
		strict.Optional("instead", strict.Tables(&w.rule.swaps, mostNotes, (*swap).fields)),
	}
}

func (v *Variant) fields() strict.Fields {
	return append(grounds(&v.Sources, &v.Rows),
		strict.Required("key", strict.Text(&v.Key, 1, longestName)),
		strict.Required("ask", text(&v.Ask)),
		strict.Required("first", text(&v.First)),
		strict.Required("step", strict.Tables(&v.steps, mostSteps, (*wording).fields)),
	)
}

func (c *Card) fields() strict.Fields {
	return append(grounds(&c.Sources, &c.Rows),
		strict.Required("after", strict.Duration(&c.After, time.Second, time.Hour)),
		strict.Required("text", text(&c.Text)),
		strict.Optional("more", text(&c.More)),
		strict.Optional("sign", strict.Text(&c.Sign, 2, 3)),
		strict.Optional("unless", strict.Some(&c.unless, questions...)),
	)
}

func (l *Line) fields() strict.Fields {
	return append(grounds(&l.Sources, &l.Rows),
		strict.Required("text", text(&l.Text)),
		strict.Optional("more", text(&l.More)),
		strict.Optional("unless", strict.Some(&l.rule.unless, questions...)),
		strict.Optional("instead", strict.Tables(&l.rule.swaps, mostNotes, (*swap).fields)),
	)
}

func (n *Note) fields() strict.Fields {
	return append(grounds(&n.Sources, &n.Rows),
		strict.Required("text", text(&n.Text)),
		strict.Required("when", strict.OneOf(&n.when, questions...)),
		strict.Optional("unless", strict.Some(&n.unless, questions...)),
		strict.Optional("on", strict.Texts(&n.on, mostSteps, 1, longestName)),
	)
}

// grounds are the keys of whatever says something about health.
func grounds(sources, rows *[]string) strict.Fields {
	return strict.Fields{strict.Required("sources", refs(sources)), strict.Required("rows", refs(rows))}
}

func text(dst *string) strict.Rule         { return strict.Words(dst, 1, longestText) }
func refs(dst *[]string) strict.Rule       { return strict.Texts(dst, mostRefs, 1, longestName) }
func lasts(dst *time.Duration) strict.Rule { return strict.Duration(dst, time.Second, longestStep) }
