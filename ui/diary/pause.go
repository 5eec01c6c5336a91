package diary

import (
	"encoding/json"

	"lull/routine/journal"
	"lull/routine/safe"
	"lull/routine/say"
	"lull/ui/screen"
)

// The fields of a pause.
const (
	fromKey = "from"
	toKey   = "to"
)

// pauseForm makes the form of the nights that are set aside. Without a last
// night they are until further notice.
func pauseForm(w screen.World, title string) *Form {
	night := func() input {
		l := newLine(len("2026-11-22"))
		l.read = func(text string) (any, error) { return journal.ParseDay(text, w.Day()) }
		l.how = say.Text("no last night: until further notice")
		return l
	}
	return &Form{title: title, fields: []*field{
		{key: fromKey, name: say.As("pause", "first night"), input: night()},
		{key: toKey, name: say.As("pause", "last night"), input: night()},
	}}
}

// pause opens the form of nights to be set aside, from one on; or that of the
// pause which the night lies in, or which is still to come.
func pause(w screen.World, night journal.Date) screen.Do {
	for _, e := range w.Book.Pauses() {
		p := e.Fact.(journal.Paused)
		if p.From > w.Night() || p.From <= night && (p.To == nil || night <= *p.To) {
			return repause(w, e)
		}
	}
	f := pauseForm(w, say.Text("Set nights aside"))
	for _, fl := range f.fields {
		fl.set(said(night))
	}
	f.keep = func(w screen.World, said map[string]any) (screen.Do, error) {
		p, err := paused(said)
		if err == nil {
			err = free(w, p, journal.ID{})
		}
		return screen.Do{
			Records: []screen.Record{{Fact: p}},
			Say:     undoable(w, say.Text("written down: %s", safe.Text(journal.Words(p), mostNote))),
		}, err
	}
	return screen.Do{Push: f}
}

// repause opens the form of a pause that is in the journal. Emptied, it ends it.
func repause(w screen.World, e journal.Entry) screen.Do {
	f := pauseForm(w, say.Text("Nights set aside"))
	p := e.Fact.(journal.Paused)
	f.fields[0].set(said(p.From))
	if p.To != nil {
		f.fields[1].set(said(*p.To))
	}
	f.fields[0].was, f.fields[1].was = nil, nil
	f.keep = func(w screen.World, now map[string]any) (screen.Do, error) {
		changed, err := paused(now)
		if len(now) == 0 {
			return remove(w, e), nil
		}
		if err == nil {
			err = free(w, changed, e.ID)
		}
		switch {
		case err != nil:
			return screen.Do{}, err
		case changed.From == p.From && sameEnd(changed.To, p.To):
			return screen.Do{Say: say.Text("nothing was changed")}, nil
		}
		return screen.Do{
			Records: []screen.Record{{Revises: &e, Patch: map[string]any{fromKey: changed.From, toKey: changed.To}}},
			Say:     undoable(w, say.Text("changed: %s", safe.Text(journal.Words(changed), mostNote))),
		}, nil
	}
	return screen.Do{Push: f}
}

func said(d journal.Date) json.RawMessage {
	text, _ := json.Marshal(d)
	return text
}

func sameEnd(a, b *journal.Date) bool { return a == b || a != nil && b != nil && *a == *b }

// paused makes a pause of what the form says.
func paused(said map[string]any) (journal.Paused, error) {
	from, ok := said[fromKey].(journal.Date)
	if !ok {
		return journal.Paused{}, say.Error("first night: write it as 2026-11-22, today or yesterday")
	}
	p := journal.Paused{From: from}
	if to, ok := said[toKey].(journal.Date); ok {
		p.To = &to
	}
	return p, p.Validate()
}

// free says which night is set aside already by another pause: a night is in one
// at most.
func free(w screen.World, p journal.Paused, but journal.ID) error {
	for _, e := range w.Book.Pauses() {
		q := e.Fact.(journal.Paused)
		if e.ID != but && (p.To == nil || q.From <= *p.To) && (q.To == nil || p.From <= *q.To) {
			return say.Error("some of these nights are set aside already (%s): change that pause", journal.Words(q))
		}
	}
	return nil
}
