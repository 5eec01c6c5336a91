package plain

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"lull/routine/journal"
	"lull/routine/say"
	"lull/routine/where"
)

// field is one thing that can be said of a cramp: the key of the fact, the flag
// of the verb, and how it is asked and read.
type field struct {
	key, flag string
	ask       say.Key
	options   []string // words to choose from
	many      bool
	read      func(said string) (string, error) // where there are none
	place     func(said string) (string, error) // reads other words for one of the options
	own       bool                              // words of the person's own: whatever is typed is the answer
}

// atKey is the field of a cramp's time.
const atKey = "at"

// fields are all that can be said of a cramp, the most usual first.
var fields = []field{
	{key: "side", flag: "--side", ask: "Which side", options: journal.CrampSides, place: side},
	{key: "muscle", flag: "--muscle", ask: "Which muscle", options: journal.Muscles, place: where.Muscle},
	{key: "pain", flag: "--pain", ask: "How bad was it, 0 to 10", read: whole(10)},
	{key: "lasted_s", flag: "--lasted", ask: "How long did it last, as in 4m or 90s", read: lasting},
	{key: "awake_min", flag: "--awake", ask: "How long were you awake, as in 15m", read: lasting},
	{key: "helped", flag: "--helped", ask: "What helped", options: journal.Helps, many: true},
	{key: atKey, flag: "--at", ask: "When did it begin, as in 03:10", read: clock},
	{key: "soreness", flag: "--soreness", ask: "How sore was the muscle afterwards, 0 to 10", read: whole(10)},
	{key: "sore_days", flag: "--sore-days", ask: "For how many days", read: whole(60)},
	{key: "knot", flag: "--knot", ask: "Was the muscle hard", options: []string{"yes", "no"}},
	{key: "signs", flag: "--signs", ask: "What came with it", options: journal.CrampSigns, many: true},
	{key: "note", flag: "--note", ask: "A note of your own", own: true, read: func(said string) (string, error) { return said, nil }},
}

func side(said string) (string, error) { return where.Side(said), nil }

func whole(most int) func(string) (string, error) {
	return func(said string) (string, error) {
		if n, err := strconv.Atoi(said); err != nil || n < 0 || n > most {
			return "", say.Error("It is a number from 0 to %d.", most)
		}
		return said, nil
	}
}

func lasting(said string) (string, error) {
	d, err := time.ParseDuration(said)
	if err != nil || d < 0 || d > 24*time.Hour {
		return "", say.Error("Write a number and its unit: 90s, 20m or 1h30m, and 24h at most.")
	}
	return said, nil
}

func clock(said string) (string, error) {
	if _, err := time.Parse("15:04", said); err != nil {
		return "", say.Error("Write it as 03:10.")
	}
	return said, nil
}

// name is a field's key as words.
func (f field) name() string {
	return say.Name(strings.TrimSuffix(strings.ReplaceAll(f.key, "_", " "), " s"))
}

// The names of fields.
const (
	_ say.Key = "side"
	_ say.Key = "muscle"
	_ say.Key = "pain"
	_ say.Key = "lasted"
	_ say.Key = "awake min"
	_ say.Key = "helped"
	_ say.Key = "at"
	_ say.Key = "soreness"
	_ say.Key = "sore days"
	_ say.Key = "knot"
	_ say.Key = "signs"
	_ say.Key = "note"
	_ say.Key = "yes"
	_ say.Key = "no"
)

// prompt asks a field in one line.
func (f field) prompt() string {
	line := f.ask.String()
	if len(f.options) > 0 {
		var named []string
		for i, o := range f.options {
			named = append(named, fmt.Sprintf("%d %s", i+1, say.Name(o)))
		}
		line += ": " + strings.Join(named, ", ")
	}
	if f.many {
		line = say.Text("%s; several with spaces between them", line)
	}
	return say.Text("%s?", line)
}

// value is what a line says of a field: words by their numbers or themselves.
func (f field) value(said string) (string, error) {
	if len(f.options) == 0 {
		return f.read(said)
	}
	if f.place != nil { // words such as "inner thigh" are one answer
		if read, err := f.place(said); err != nil || slices.Contains(f.options, read) {
			return read, err
		}
	}
	var chosen []string
	for _, word := range strings.FieldsFunc(said, func(r rune) bool { return r == ' ' || r == ',' }) {
		o, err := f.option(word)
		if err != nil {
			return "", err
		}
		if !slices.Contains(chosen, o) {
			chosen = append(chosen, o)
		}
	}
	if len(chosen) != 1 && !f.many {
		return "", say.Error("Only one of them can be said.")
	}
	return strings.Join(chosen, ","), nil
}

func (f field) option(word string) (string, error) {
	if n, err := strconv.Atoi(word); err == nil && n >= 1 && n <= len(f.options) {
		return f.options[n-1], nil
	}
	if i := meant(word, len(f.options), func(i int) say.Key { return say.Key(f.options[i]) }); i >= 0 {
		return f.options[i], nil
	}
	if f.place != nil {
		read, err := f.place(word)
		if err != nil || slices.Contains(f.options, read) {
			return read, err
		}
	}
	return "", say.Error("%.40q is none of them; type a number from 1 to %d or a word.", word, len(f.options))
}

// enough ends a row of questions.
const enough say.Key = "done"

// rows asks some fields one after the other, each of which may be left unsaid.
// An answer of done leaves the rest.
func (h *house) rows(ctx context.Context, all []field, take func(f field, value string) error) error {
	h.say("Nothing of this must be said. The word done leaves the rest.")
	for _, f := range all {
		over := false
		err := h.ask(ctx, f, say.Text("%s Enter: not said.", f.prompt()), say.Text("Enter alone leaves this unsaid, the word done leaves the rest."), func(line string) error {
			if over = is(enough, line); over || line == "" {
				return nil
			}
			value, err := f.value(line)
			if err == nil {
				err = take(f, value)
			}
			return err
		})
		if err != nil || over {
			return err
		}
	}
	return nil
}

// ask asks a field until read takes what is typed.
func (h *house) ask(ctx context.Context, f field, question, help string, read func(line string) error) error {
	if !f.own {
		return h.answer(ctx, question, help, read)
	}
	line, err := h.text(ctx, "%s", question)
	if err != nil {
		return err
	}
	return read(line)
}

// addCramp writes down a cramp of a night.
func (h *house) addCramp(ctx context.Context, e evening, night journal.Date) error {
	args := []string{"cramp"}
	timed := false
	err := h.rows(ctx, fields, func(f field, value string) error {
		if f.key == atKey {
			at, err := e.set.Calendar.Instant(night, value, h.Now(), e.now.Location())
			if err != nil {
				return err
			}
			value, timed = at.Format(time.RFC3339), true
		}
		args = append(args, f.flag, value)
		return nil
	})
	if err != nil {
		return err
	}
	if !timed {
		args = append(args, "--night", night.String())
	}
	h.verb(ctx, args...)
	return nil
}

// tell asks what was not told of a cramp, and writes that down.
func (h *house) tell(ctx context.Context, e evening, of journal.Entry) error {
	there := stands(of)
	open := slices.DeleteFunc(slices.Clone(fields), func(f field) bool { return there[f.key] != "" || f.key == "note" })
	var changes []string
	err := h.rows(ctx, open, func(f field, value string) error {
		change, err := h.changeOf(e, of, f, value)
		changes = append(changes, change...)
		return err
	})
	if err != nil || len(changes) == 0 {
		return err
	}
	h.verb(ctx, append([]string{"log", "edit", of.ID.String()}, changes...)...)
	return nil
}

// changeOf is what a value of a field is to `lull log edit`.
func (h *house) changeOf(e evening, of journal.Entry, f field, value string) ([]string, error) {
	switch f.key {
	case "knot":
		value = map[string]string{"yes": "true", "no": "false"}[value]
	case atKey:
		at, err := e.set.Calendar.Instant(of.Night, value, h.Now(), of.At.Location())
		if err != nil {
			return nil, err
		}
		return []string{"at=" + at.Format(time.RFC3339), "night=" + of.Night.String(), "untimed="}, nil
	}
	return []string{f.key + "=" + value}, nil
}

// stands are what was said of a cramp, by key, in words.
func stands(e journal.Entry) map[string]string {
	values := map[string]string{}
	c, _ := e.Fact.(journal.Cramped)
	var keys map[string]json.RawMessage
	text, err := json.Marshal(c)
	if err != nil || json.Unmarshal(text, &keys) != nil {
		return values
	}
	for key, value := range keys {
		values[key] = inWords(value)
	}
	if !c.Untimed {
		values[atKey] = e.At.Format("15:04")
	}
	if c.Note != "" {
		values["note"] = line(c.Note)
	}
	if c.LastedS != nil {
		values["lasted_s"] = (time.Duration(*c.LastedS) * time.Second).String()
	}
	return values
}

// inWords is a value of a fact as it is read out.
func inWords(value json.RawMessage) string {
	switch string(value) {
	case "true":
		return say.As("knot", "true")
	case "false":
		return say.As("knot", "false")
	}
	var one string
	if json.Unmarshal(value, &one) == nil {
		return say.Name(one)
	}
	var many []string
	if json.Unmarshal(value, &many) != nil {
		return string(value)
	}
	for i, word := range many {
		many[i] = say.Name(word)
	}
	return strings.Join(many, ", ")
}

// changeCramp changes one field after the other.
func (h *house) changeCramp(ctx context.Context, e evening, id journal.ID) error {
	return h.visit(ctx, func(ctx context.Context) (menu, error) {
		now, stand, err := h.Log.Find(ctx, id)
		if err != nil {
			return menu{}, err
		}
		if !stand {
			return menu{}, errBack
		}
		h.say("\n%s", factLine(now))
		there := stands(now)
		m := menu{ask: say.Text("What is to be changed? Type its number."), enter: &choice{does: say.Text("that is all"), do: func(context.Context, string) error { return errBack }}}
		for _, f := range fields {
			said := there[f.key]
			if said == "" {
				said = say.Text("not said")
			}
			m.numbered = append(m.numbered, choice{does: f.name() + ": " + said, do: func(ctx context.Context, _ string) error {
				return h.changeField(ctx, e, now, f)
			}})
		}
		h.items(m)
		return m, nil
	})
}

func (h *house) changeField(ctx context.Context, e evening, of journal.Entry, f field) error {
	var changes []string
	question := say.Text("%s Enter: as it was; none takes it away.", f.prompt())
	err := h.ask(ctx, f, question, say.Text("Enter alone leaves it as it was, none takes it away."), func(line string) error {
		switch {
		case line == "":
		case !is("none", line):
			value, err := f.value(line)
			if err == nil {
				changes, err = h.changeOf(e, of, f, value)
			}
			return err
		case f.key == atKey:
			changes = []string{"untimed=true"}
		default:
			changes = []string{f.key + "="}
		}
		return nil
	})
	if err != nil || len(changes) == 0 {
		return h.here(err)
	}
	h.verb(ctx, append([]string{"log", "edit", of.ID.String()}, changes...)...)
	return nil
}
