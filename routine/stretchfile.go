package routine

import (
	"strings"
	"time"

	"lull/routine/strict"
)

// Limits of the texts and doses in a file.
const (
	LongestName = 60 // characters
	LongestLine = 76 // characters of one line of a stretch's texts
	MostLines   = 2  // lines in each text of a stretch
	MostSteps   = 200
	MostReps    = 50
	LongestHold = time.Hour
	LongestGap  = time.Hour // between two holds, and before the first

	mostStretches = 50
)

const extension = ".toml"

// idOf is the name people type for what a file holds: its own, without folder
// and extension.
func idOf(file string) string {
	return strings.TrimSuffix(file[strings.LastIndexAny(file, `/\`)+1:], extension)
}

// ParseStretch reads a file of the library. The stretch is named by the file:
// stretches/wall-calf.toml holds wall-calf. Errors are of type strict.Errors.
func ParseStretch(file string, data []byte) (Stretch, error) {
	doc, err := strict.Parse(file, data)
	if err != nil {
		return Stretch{}, err
	}
	st := Stretch{ID: idOf(file)}
	fields := append(st.fields(strict.Required),
		strict.Optional("trial", strict.Bool(&st.Trial)),
		strict.Required("place", strict.Int(&st.Place, 1, 999)),
	)
	if err := doc.Read(fields); err != nil {
		return Stretch{}, err
	}
	return st, nil
}

// fields are the keys of every stretch. must makes those that a stretch of the
// library has and that a person may leave out in a file of their own.
func (st *Stretch) fields(must func(string, strict.Rule) strict.Field) strict.Fields {
	st.Action = ToHold
	text := func(dst *[]string) strict.Rule { return strict.Passage(dst, MostLines, 1, LongestLine) }
	equipment := func(dst *[]Equipment) strict.Rule { return strict.Some(dst, Equipments...) }
	return strict.Fields{
		strict.Required("name", strict.Words(&st.Name, 1, LongestName)),
		must("areas", strict.Some(&st.Areas, Areas...)),
		strict.Optional("muscles", strict.Texts(&st.Muscles, 6, 1, 40)),
		strict.Required("position", strict.OneOf(&st.Position, Positions...)),
		strict.Optional("action", strict.OneOf(&st.Action, Actions...)),
		strict.Optional("needs", equipment(&st.Needs)),
		strict.Optional("one_of", equipment(&st.OneOf)),
		strict.Optional("optional", equipment(&st.Optional)),
		must("sides", legs(&st.Sides)),
		strict.Required("hold", strict.Duration(&st.Hold, time.Second, LongestHold)),
		must("reps", strict.Int(&st.Reps, 1, MostReps)),
		strict.Optional("gap", strict.Duration(&st.Gap, 0, LongestGap)),
		strict.Optional("ready", strict.Duration(&st.Ready, 0, LongestGap)),
		must("set_up", text(&st.SetUp)),
		must("movement", text(&st.Movement)),
		strict.Optional("caution", text(&st.Caution)),
		strict.Optional("easier", text(&st.Easier)),
		strict.Optional("easier_stretch", strict.Text(&st.EasierID, 1, LongestName)),
		must("sources", strict.Texts(&st.Sources, 8, 1, LongestLine)),
	}
}

// legs takes "one", "both" or "either"; one is the empty Side.
func legs(dst *Side) strict.Rule {
	const one = "one"
	return strict.OneOf(dst, one, Both, Either).And(func() (string, string) {
		if *dst == one {
			*dst = ""
		}
		return "", ""
	})
}
