package routine

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"lull/routine/say"
	"lull/routine/strict"
)

const (
	usualGap   = 5 * time.Second
	usualSetUp = 5 * time.Second

	unset = -1 // a gap or set-up that the file leaves out; 0 is a length like others

	ownEvidence say.Key = "Your own combination; it has not been tested for cramps."
)

// ParseRoutine reads a routine that a person wrote. The routine is named by its
// file; its steps may use the stretches of lib, which must not be nil, and
// those the file itself defines. What a step leaves out is filled in: hold and
// reps from the stretch, gap and setup 5 s or what the stretch needs, sides
// alternate or, where both legs can work at once, both. Errors are of type
// strict.Errors.
func ParseRoutine(file string, data []byte, lib *Library) (Routine, error) {
	r := Routine{Evidence: ownEvidence.String()}
	own := strict.Optional("stretch", strict.Tables(&r.Own, mostStretches, func(st *Stretch) strict.Fields {
		return ownStretch(file, st, &r, lib)
	}))
	return parseRoutine(file, data, &r, lib, strict.Fields{own})
}

// parseShipped reads one of lull's own routines, which say what was tested and
// where they stand in lists.
func (l *Library) parseShipped(file string, data []byte) (Routine, error) {
	var r Routine
	return parseRoutine(file, data, &r, l, strict.Fields{
		strict.Required("place", strict.Int(&r.Place, 1, 999)),
		strict.Required("evidence", strict.Words(&r.Evidence, 1, 100)),
		strict.Optional("trial", strict.Bool(&r.Trial)),
	})
}

func parseRoutine(file string, data []byte, r *Routine, lib *Library, more strict.Fields) (Routine, error) {
	doc, err := strict.Parse(file, data)
	if err != nil {
		return Routine{}, err
	}
	r.ID, r.Source = idOf(file), file
	fields := append(strict.Fields{
		strict.Required("name", strict.Words(&r.Name, 1, LongestName)),
		strict.Optional("about", strict.Words(&r.About, 0, 100)),
	}, more...)
	fields = append(fields, strict.Required("step", strict.Tables(&r.Steps, MostSteps, func(s *Step) strict.Fields {
		return stepFields(s, r, lib)
	})))
	if err := doc.Read(fields); err != nil {
		return Routine{}, err
	}
	for i, s := range r.Steps {
		st, _ := r.stretch(s.Stretch, lib)
		r.Steps[i] = s.filledIn(st)
	}
	return *r, nil
}

// stretch looks among the routine's own stretches, then among lull's. Those of
// other files do not count: a routine must not fall apart when another goes.
func (r Routine) stretch(id string, lib *Library) (Stretch, bool) {
	for _, st := range r.Own {
		if st.ID == id {
			return st, true
		}
	}
	return lib.shippedStretch(id)
}

// stepFields are the keys of a step. sides is read after stretch, on which it
// depends.
func stepFields(s *Step, r *Routine, lib *Library) strict.Fields {
	s.Gap, s.SetUp = unset, unset
	known := func() (string, string) {
		if _, ok := r.stretch(s.Stretch, lib); ok {
			return "", ""
		}
		ids := lib.ids(stretchDir)
		for _, st := range r.Own {
			ids = append(ids, st.ID)
		}
		if near := strict.Nearest(s.Stretch, ids); near != "" {
			return say.Text("no stretch is called that"), say.Text("did you mean %s?", near)
		}
		return say.Text("no stretch is called that"), say.Text("define it under [[stretch]], or use one of the library")
	}
	possible := func() (string, string) {
		if st, ok := r.stretch(s.Stretch, lib); ok && st.Sides == Both && s.Order != Together {
			return say.Text("not how %s works", st.ID), say.Text("it uses both legs at once: write both, or leave sides out")
		}
		return "", ""
	}
	return strict.Fields{
		strict.Required("stretch", strict.Text(&s.Stretch, 1, LongestName).And(known)),
		strict.Optional("hold", strict.Duration(&s.Hold, time.Second, LongestHold)),
		strict.Optional("reps", strict.Int(&s.Reps, 1, MostReps)),
		strict.Optional("sides", strict.OneOf(&s.Order, Alternate, LeftThenRight, Together, OnlyLeft, OnlyRight).And(possible)),
		strict.Optional("gap", strict.Duration(&s.Gap, 0, LongestGap)),
		strict.Optional("setup", strict.Duration(&s.SetUp, 0, LongestGap)),
	}
}

// filledIn gives s with what its file left out.
func (s Step) filledIn(st Stretch) Step {
	if s.Hold == 0 {
		s.Hold = st.Hold
	}
	if s.Reps == 0 {
		s.Reps = st.Reps
	}
	if s.Order == "" {
		s.Order = st.usualOrder()
	}
	if s.Gap == unset {
		s.Gap = max(usualGap, st.Gap)
	}
	if s.SetUp == unset {
		s.SetUp = max(usualSetUp, st.Ready)
	}
	return s
}

func (st Stretch) usualOrder() Order {
	if st.Sides == "" {
		return Alternate
	}
	return Together
}

// ownStretch are the keys of a stretch that a person's routine defines.
func ownStretch(file string, st *Stretch, r *Routine, lib *Library) strict.Fields {
	st.Source, st.Reps = file, 1
	free := func() (string, string) {
		if other, ok := lib.Stretch(st.ID); ok && idOf(other.Source) != idOf(file) {
			return other.taken(), say.As("error", "choose another")
		}
		if slices.ContainsFunc(r.Own, func(other Stretch) bool { return other.ID == st.ID }) {
			return say.Text("already the name of another stretch of this file"), say.As("error", "choose another")
		}
		if strings.Trim(st.ID, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			return say.Text("not a short name"), say.Text("use a to z, 0 to 9 and -")
		}
		return "", ""
	}
	id := strict.Required("id", strict.Text(&st.ID, 1, LongestName).And(free))
	return append(strict.Fields{id}, st.fields(strict.Optional)...)
}

// taken says whose stretch has the name.
func (st Stretch) taken() string {
	if st.Source == "" {
		return say.Text("already the name of a stretch of the library")
	}
	return say.Text("already the name of a stretch in %s", st.Source)
}

// Format writes a routine as a file that ParseRoutine reads back to the same
// steps. The stretches a file brought along are left out, and so is what only
// lull's own routines say.
func Format(r Routine) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "name = %s\n", quote(r.Name))
	if r.About != "" {
		fmt.Fprintf(&b, "about = %s\n", quote(r.About))
	}
	for _, s := range r.Steps {
		fmt.Fprintf(&b, "\n[[step]]\nstretch = %s\n", quote(s.Stretch))
		fmt.Fprintf(&b, "hold = %q\nreps = %d\nsides = %q\n", strict.Length(s.Hold), s.Reps, s.Order)
		fmt.Fprintf(&b, "gap = %q\nsetup = %q\n", strict.Length(s.Gap), strict.Length(s.SetUp))
	}
	return []byte(b.String())
}

func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}
