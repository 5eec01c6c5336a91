package relief

import (
	"fmt"
	"io/fs"
	"slices"
	"time"

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

// questions are the safety questions that a note or a line may hang on.
var questions = []string{
	"emergency", "clot_signs", "recent_injury", "fluid_limit", "pregnant", "hip_replacement",
	"knee", "osteoporosis", "falls", "numb_feet", "weakness", "medicines",
}

// Open reads the first aid, relief/*.toml.
func Open(files fs.FS) (Aid, error) {
	aid, common, err := openAll(files)
	if err != nil {
		return Aid{}, err
	}
	for _, muscle := range Muscles {
		file := folder + muscle + ".toml"
		data, err := read(files, file)
		if err != nil {
			return Aid{}, err
		}
		p, err := Parse(file, muscle, data)
		if err != nil {
			return Aid{}, err
		}
		p.notes = slices.Concat(common, p.notes)
		aid.plans = append(aid.plans, p)
	}
	return aid, nil
}

func read(files fs.FS, file string) ([]byte, error) {
	data, err := fs.ReadFile(files, file)
	if err != nil {
		return nil, fmt.Errorf("read the first aid: %w", err)
	}
	return data, nil
}

func openAll(files fs.FS) (Aid, []Note, error) {
	var aid Aid
	var notes []Note
	var rows []string
	data, err := read(files, allFile)
	if err != nil {
		return aid, nil, err
	}
	doc, err := strict.Parse(allFile, data)
	if err != nil {
		return aid, nil, err
	}
	err = doc.Read(strict.Fields{
		strict.Required("about", text(&aid.About)),
		strict.Required("before", text(&aid.Before)),
		strict.Required("rows", refs(&rows)),
		strict.Required("card", strict.Tables(&aid.Cards, mostNotes, (*Card).fields).And(func() (string, string) {
			return inOrder(aid.Cards)
		})),
		strict.Required("note", strict.Tables(&notes, mostNotes, (*Note).fields)),
		strict.Required("after", strict.Tables(&aid.after, mostNotes, (*Line).fields)),
	})
	return aid, notes, err
}

func inOrder(cards []Card) (problem, allowed string) {
	if slices.IsSortedFunc(cards, func(a, b Card) int { return int(a.After - b.After) }) {
		return "", ""
	}
	return "not in the order of the clock", "put the earliest first"
}

// Parse reads the file of one muscle. Errors are of type strict.Errors.
func Parse(file, muscle string, data []byte) (Plan, error) {
	doc, err := strict.Parse(file, data)
	if err != nil {
		return Plan{}, err
	}
	p := Plan{Muscle: muscle}
	var groups []group
	err = doc.Read(strict.Fields{
		strict.Required("name", strict.Text(&p.Name, 1, longestName)),
		strict.Required("first", text(&p.First)),
		strict.Required("sources", refs(&p.Sources)),
		strict.Required("rows", refs(&p.Rows)),
		strict.Required("step", strict.Tables(&groups, mostSteps, (*group).fields)),
		strict.Optional("variant", strict.Tables(&p.Variants, mostNotes, (*Variant).fields)),
		strict.Optional("note", strict.Tables(&p.notes, mostNotes, (*Note).fields)),
	})
	for _, g := range groups {
		p.Steps = append(p.Steps, g.steps()...)
	}
	return p, err
}

// group is a step as it is written: what to do, how often, and the ease between.
type group struct {
	work, ease Step
	rounds     int
}

func (g *group) fields() strict.Fields {
	g.rounds = 1
	return strict.Fields{
		strict.Required("key", strict.Text(&g.work.Key, 1, longestName)),
		strict.Required("text", text(&g.work.Text)),
		strict.Optional("more", text(&g.work.More)),
		strict.Required("lasts", lasts(&g.work.Length)),
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
		return "nothing comes between the rounds", "write the ease under [step.ease]"
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
			out = append(out, e)
		}
	}
	return out
}

// wording is what a variant says at a step.
type wording struct{ key, text, more string }

func (w *wording) fields() strict.Fields {
	return strict.Fields{
		strict.Required("key", strict.Text(&w.key, 1, longestName)),
		strict.Required("text", text(&w.text)),
		strict.Optional("more", text(&w.more)),
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
	)
}

func (l *Line) fields() strict.Fields {
	return append(grounds(&l.Sources, &l.Rows),
		strict.Required("text", text(&l.Text)),
		strict.Optional("more", text(&l.More)),
		strict.Optional("unless", strict.Some(&l.unless, questions...)),
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

func text(dst *string) strict.Rule         { return strict.Text(dst, 1, longestText) }
func refs(dst *[]string) strict.Rule       { return strict.Texts(dst, mostRefs, 1, longestName) }
func lasts(dst *time.Duration) strict.Rule { return strict.Duration(dst, time.Second, longestStep) }
