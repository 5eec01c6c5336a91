package journal

import (
	"time"

	"lull/routine/say"
)

// Imported names the entries that one import added, so that they can be undone
// together. An import of more entries than fit in a line has further parts,
// which name the first.
type Imported struct {
	File   string `json:"file,omitempty"` // the name of the file, without its folder
	Format string `json:"format,omitempty"`
	Habit  string `json:"habit,omitempty"` // that was chosen with --habit
	Count  int    `json:"count"`           // of the entries of all parts
	From   Date   `json:"from"`            // the first night
	To     Date   `json:"to"`              // the last night
	Batch  *ID    `json:"batch,omitempty"` // of a further part: the id of the first
	IDs    []ID   `json:"ids"`
}

// Kind says what sort of fact it is.
func (Imported) Kind() Kind { return KindImported }

// Validate wants a count and a span that runs forwards.
func (i Imported) Validate() error {
	if i.To < i.From {
		return say.Error("it ends on %v, before it starts on %v", i.To, i.From)
	}
	return within("count", i.Count, 0, maxImported)
}

const (
	maxImported = 100_000_000
	// idsInLine is how many ids a line has room for, beside its other keys.
	idsInLine = (MaxLine - 2048) / len(`"019a1b2c-3d4e-7f00-8a1b-2c3d4e5f6071",`)
)

func (i Imported) words() string {
	if i.File == "" {
		return say.Count(i.Count, "imported %d entry", "imported %d entries")
	}
	return say.Count(i.Count, "imported %d entry from %s", "imported %d entries from %s", i.File)
}

// NewImport makes the entries that name an import: the first stands for all of
// it, and its id is that of the batch. About needs the file, the format
// and the habit only.
func NewImport(m *Mint, c Calendar, now time.Time, about Imported, added []Entry) ([]Entry, error) {
	ids := make([]ID, len(added))
	for i, e := range added {
		ids[i] = e.ID
		if i == 0 {
			about.From, about.To = e.Night, e.Night
		}
		about.From, about.To = min(about.From, e.Night), max(about.To, e.Night)
	}
	about.Count = len(added)
	var parts []Entry
	for len(ids) > 0 {
		n := min(idsInLine, len(ids))
		part := about
		part.IDs = ids[:n]
		if len(parts) > 0 {
			part.Batch, part.File, part.Habit = &parts[0].ID, "", ""
		}
		if err := part.Validate(); err != nil {
			return nil, err
		}
		parts, ids = append(parts, New(m, c, now, now, part)), ids[n:]
	}
	return parts, nil
}
