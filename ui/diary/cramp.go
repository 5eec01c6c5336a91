package diary

import (
	"encoding/json"
	"slices"
	"time"

	"lull/routine/journal"
	"lull/routine/safe"
	"lull/routine/say"
	"lull/routine/where"
	"lull/ui/screen"
)

// timeKey is the field of a cramp's time: 03:10, or nothing when only the night
// is known.
const timeKey = "at"

// crampFields are all that can be said of a cramp, the most usual first.
var crampFields = []struct {
	key  string
	name say.Key
	make func() input
}{
	{"side", "side", placeOf(readSide, journal.CrampSides)},
	{"muscle", "muscle", placeOf(where.Muscle, journal.Muscles)},
	{"pain", "worst pain", scale},
	{"lasted_s", "lasted", length},
	{"awake_min", "awake for", count("minutes", 5, 24*60)},
	{"helped", "what helped", someOf(journal.Helps...)},
	{timeKey, "time", timeOfNight},
	{"soreness", "sore after", scale},
	{"sore_days", "sore for", count("days", 1, 60)},
	{"knot", "hard knot", yesOrNo},
	{"signs", "with it", someOf(journal.CrampSigns...)},
	{"note", "note", func() input { return newLine(mostNote) }},
}

func timeOfNight() input {
	l := newLine(len("03:10"))
	l.read = func(text string) (any, error) {
		at, err := time.Parse(clock, text)
		if err != nil {
			return nil, say.Error("%s is not a time such as 03:10", text)
		}
		return at.Format(clock), nil
	}
	return l
}

const clock = "15:04"

// newForm makes the form of a cramp with some of its fields, by key; with all
// of them if none is named.
func newForm(title string, keys []string) *Form {
	f := &Form{title: title}
	for _, c := range crampFields {
		if len(keys) == 0 || slices.Contains(keys, c.key) {
			f.fields = append(f.fields, &field{key: c.key, name: c.name.String(), input: c.make()})
		}
	}
	return f
}

// Ask makes the form about a cramp that is in the journal, with the fields named
// by the keys of journal.Cramped, and "at" for its time; with all of them if
// none is named. Enter records a revision of what was changed and of nothing
// else, or nothing at all.
func Ask(w screen.World, e journal.Entry, keys ...string) *Form {
	f := newForm(say.Text("Cramp, %s", nightWords(w, e.Night)), keys)
	f.fill(stands(e))
	f.keep = func(w screen.World, changed map[string]any) (screen.Do, error) {
		if len(changed) == 0 {
			return screen.Do{Say: say.Text("nothing was changed")}, nil
		}
		if err := retime(w, e, changed); err != nil {
			return screen.Do{}, err
		}
		return screen.Do{
			Records: []screen.Record{{Revises: &e, Patch: changed}},
			Say:     undoable(w, say.Text("changed: the cramp of %s", e.Night.NightWords())),
		}, nil
	}
	return f
}

// Add makes the form of a cramp that is not in the journal yet. Without a time
// the cramp is one of that night and no more is known.
func Add(w screen.World, night journal.Date) *Form {
	f := newForm(say.Text("A cramp, %s", nightWords(w, night)), nil)
	f.keep = func(w screen.World, said map[string]any) (screen.Do, error) {
		r := screen.Record{Night: night}
		if at, timed := said[timeKey].(string); timed {
			var err error
			if r.At, err = w.Settings.Calendar.Instant(night, at, w.Now, w.Now.Location()); err != nil {
				return screen.Do{}, err
			}
		}
		c, err := cramped(said)
		c.Untimed = r.At.IsZero()
		r.Fact = c
		return screen.Do{
			Records: []screen.Record{r},
			Say:     undoable(w, say.Text("written down: %s", safe.Text(journal.Words(c), mostNote))),
		}, err
	}
	return f
}

// stands are the values of a fact by key.
func stands(e journal.Entry) map[string]json.RawMessage {
	values := map[string]json.RawMessage{}
	c, ok := e.Fact.(journal.Cramped)
	if text, err := json.Marshal(c); ok && err == nil {
		_ = json.Unmarshal(text, &values) // what was just written can be read
	}
	if !c.Untimed {
		values[timeKey], _ = json.Marshal(e.At.Format(clock))
	}
	return values
}

// cramped makes a cramp of what was said of it.
func cramped(said map[string]any) (journal.Cramped, error) {
	var c journal.Cramped
	text, err := json.Marshal(said)
	if err == nil {
		err = json.Unmarshal(text, &c)
	}
	if err != nil {
		return c, say.Error("read the form: %w", err)
	}
	return c, c.Validate()
}

// retime says another time in the words of a revision, which has an instant of
// its own.
func retime(w screen.World, e journal.Entry, changed map[string]any) error {
	said, moved := changed[timeKey]
	if !moved {
		return nil
	}
	delete(changed, timeKey)
	text, timed := said.(string)
	if !timed {
		changed["untimed"] = true
		return nil
	}
	at, err := w.Settings.Calendar.Instant(e.Night, text, w.Now, e.At.Location())
	if err != nil {
		return err
	}
	changed["new_at"] = at
	if day := w.Settings.Calendar.Day(at); day != e.Day {
		changed["new_day"] = day
	}
	if c, _ := e.Fact.(journal.Cramped); c.Untimed {
		changed["untimed"] = nil
	}
	if journal.Suspicious(w.Now, at) != e.Suspect {
		changed["new_clock_suspect"] = !e.Suspect
	}
	return nil
}
