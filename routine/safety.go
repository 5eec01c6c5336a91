package routine

import (
	"io/fs"
	"strings"

	"lull/routine/say"
	"lull/routine/strict"
)

// Safety is what the safety file says: the questions of the first run, and the
// signs that somebody should be seen.
type Safety struct {
	Card      []string // shown before the first session, six lines at most
	Reminder  string   // one line, shown at the start of every session
	Questions []Question
	Emergency Tier
	SameDay   Tier
	Doctor    Tier
}

// Question is one question of the first run, answered yes or no.
type Question struct {
	Key     string // the key of the answer in a Screening
	Ask     []string
	Effect  []string // what lull changes when the answer is yes
	Signs   []string // ids of the signs to show when the answer is yes; Screening.Signs may add to them
	Sources []string
}

// Tier is a group of signs with what to do about any one of them.
type Tier struct {
	Title string
	Act   []string
	Signs []Sign

	locked []string // in place of Act while the answers name one of the signs; may be empty
}

// Sign is one reason to be seen.
type Sign struct {
	ID      string // E1, U1, R1 and so on
	Text    []string
	Sources []string
}

// Tiers are the groups of signs, the most urgent first.
func (s Safety) Tiers() []Tier { return []Tier{s.Emergency, s.SameDay, s.Doctor} }

// Acts is what to do about any sign of the tier, in one line.
func (t Tier) Acts() string { return t.Title + ". " + strings.Join(t.Act, " ") }

// whileLocked is the tier with what a person does whose answers name a sign of it.
func (t Tier) whileLocked() Tier {
	if len(t.locked) > 0 {
		t.Act = t.locked
	}
	return t
}

// Urgent is the tier that the answers of a locked person call for.
func (s Safety) Urgent(answers Screening) Tier {
	if answers.Emergency {
		return s.Emergency.whileLocked()
	}
	return s.SameDay.whileLocked()
}

// Sign finds a sign by its id.
func (s Safety) Sign(id string) (Sign, bool) {
	_, sign, ok := s.Tier(id)
	return sign, ok
}

// Tier finds a sign by its id, and the tier that says what to do about it.
func (s Safety) Tier(id string) (Tier, Sign, bool) {
	for _, tier := range s.Tiers() {
		for _, sign := range tier.Signs {
			if sign.ID == id {
				return tier, sign, true
			}
		}
	}
	return Tier{}, Sign{}, false
}

// Safety is the safety file of the library, read once in each language. What it holds is shared:
// do not change the slices.
func (l *Library) Safety() (Safety, error) { return l.safety() }

func (l *Library) readSafety() (Safety, error) { return ReadSafety(l.files) }

// ReadSafety reads the safety file among the files of the library.
func ReadSafety(files fs.FS) (Safety, error) {
	data, err := fs.ReadFile(files, safetyFile)
	if err != nil {
		return Safety{}, say.Error("read the library: %w", err)
	}
	return ParseSafety(safetyFile, data)
}

const (
	safetyLine = 70 // characters
	mostSigns  = 20
)

// ParseSafety reads a safety file. Errors are of type strict.Errors.
func ParseSafety(file string, data []byte) (Safety, error) {
	doc, err := strict.Parse(file, data)
	if err != nil {
		return Safety{}, err
	}
	var s Safety
	err = doc.Read(strict.Fields{
		strict.Required("card", strict.Passage(&s.Card, 6, 1, safetyLine)),
		strict.Required("reminder", strict.Words(&s.Reminder, 1, safetyLine)),
		strict.Required("question", strict.Tables(&s.Questions, mostSigns, (*Question).fields)),
		strict.Required("emergency", strict.Table(s.Emergency.fields())),
		strict.Required("same_day", strict.Table(s.SameDay.fields())),
		strict.Required("doctor", strict.Table(s.Doctor.fields())),
	})
	return s, err
}

func (q *Question) fields() strict.Fields {
	return strict.Fields{
		strict.Required("key", strict.Text(&q.Key, 1, 30)),
		strict.Required("ask", strict.Passage(&q.Ask, 2, 1, safetyLine)),
		strict.Required("effect", strict.Passage(&q.Effect, 2, 1, safetyLine)),
		strict.Optional("signs", strict.Texts(&q.Signs, mostSigns, 2, 3)),
		strict.Optional("sources", strict.Texts(&q.Sources, 4, 2, safetyLine)),
	}
}

func (t *Tier) fields() strict.Fields {
	return strict.Fields{
		strict.Required("title", strict.Words(&t.Title, 1, safetyLine)),
		strict.Required("act", strict.Passage(&t.Act, 2, 1, safetyLine)),
		strict.Optional("locked", strict.Passage(&t.locked, 2, 1, safetyLine)),
		strict.Required("sign", strict.Tables(&t.Signs, mostSigns, (*Sign).fields)),
	}
}

func (s *Sign) fields() strict.Fields {
	return strict.Fields{
		strict.Required("id", strict.Text(&s.ID, 2, 3)),
		strict.Required("text", strict.Passage(&s.Text, 2, 1, safetyLine)),
		strict.Required("sources", strict.Texts(&s.Sources, 4, 2, safetyLine)),
	}
}
