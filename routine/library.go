package routine

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"lull/routine/say"
	"lull/routine/strict"
)

const (
	stretchDir = "stretches/"
	routineDir = "routines/"
	safetyFile = "safety.toml"
)

// Library knows lull's stretches and routines and those a person added. A file
// is read the first time it is asked for and kept. It may be used by several
// goroutines at once. What it returns is shared: do not change the slices.
type Library struct {
	files  fs.FS
	safety func() (Safety, error)

	mu        sync.Mutex // for all below
	stretches map[string]Stretch
	routines  map[string]Routine
	added     []Routine
}

// Open makes a library of files, which hold stretches/*.toml, routines/*.toml
// and safety.toml. It reads none of them yet; Check does.
func Open(files fs.FS) (*Library, error) {
	for _, dir := range []string{stretchDir, routineDir} {
		if info, err := fs.Stat(files, path.Clean(dir)); err != nil || !info.IsDir() {
			return nil, say.Error("open the library: no folder %s in it", dir)
		}
	}
	l := &Library{files: files, stretches: map[string]Stretch{}, routines: map[string]Routine{}}
	l.safety = say.Once(l.readSafety)
	return l, nil
}

// Add reads a routine that a person wrote and takes it in, with the stretches
// it brings along, in place of what the same file held before. A routine cannot
// have the name of one of lull's own.
func (l *Library) Add(file string, data []byte) error {
	id := idOf(file)
	if !strict.Visible(id) || strings.TrimSpace(id) == "" {
		return say.Error("add the routine %q: the file's name cannot be shown; rename the file", file)
	}
	if slices.Contains(l.ids(routineDir), id) {
		return say.Error("add the routine %q: lull has one called %s; rename the file", file, id)
	}
	r, err := ParseRoutine(file, data, l)
	if err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	at := slices.IndexFunc(l.added, func(old Routine) bool { return old.ID == r.ID })
	if at < 0 {
		l.added = append(l.added, r)
		return nil
	}
	l.added = slices.Clone(l.added)
	l.added[at] = r
	return nil
}

// LeftOut says that a routine file was left out of a library.
type LeftOut struct {
	File string
	Err  error
}

// Error names the first fault of the file, and how to see all of them.
func (e *LeftOut) Error() string {
	first, _, _ := strings.Cut(e.Err.Error(), "\n")
	name := path.Base(filepath.ToSlash(e.File))
	if strings.ContainsAny(name, " '\"$`&|;<>()*?!\\") {
		name = fmt.Sprintf("%q", name)
	}
	return say.Text("%s; the file is left out; to check it: lull routines check %s", first, name)
}

// Unwrap is what is wrong with the file.
func (e *LeftOut) Unwrap() error { return e.Err }

// Line is the line of the first fault, from 1.
func (e *LeftOut) Line() int {
	var wrong strict.Errors
	if errors.As(e.Err, &wrong) {
		return max(1, wrong[0].Line)
	}
	return 1
}

// Stretch finds a stretch by its id.
func (l *Library) Stretch(id string) (Stretch, bool) {
	if st, ok := l.shippedStretch(id); ok {
		return st, true
	}
	for _, r := range l.people() {
		for _, st := range r.Own {
			if st.ID == id {
				return st, true
			}
		}
	}
	return Stretch{}, false
}

func (l *Library) shippedStretch(id string) (Stretch, bool) {
	st, err := shipped(l, l.stretches, stretchDir+id+extension, ParseStretch)
	return st, err == nil
}

// Routine finds a routine by its id.
func (l *Library) Routine(id string) (Routine, bool) {
	if r, err := shipped(l, l.routines, routineDir+id+extension, l.parseShipped); err == nil {
		return r, true
	}
	for _, r := range l.people() {
		if r.ID == id {
			return r, true
		}
	}
	return Routine{}, false
}

// Stretches lists all stretches: for the calf, the thigh, the foot, for calm,
// and within each a person's own last.
func (l *Library) Stretches() []Stretch {
	var all []Stretch
	for _, id := range l.stretchIDs() {
		if st, ok := l.Stretch(id); ok {
			all = append(all, st)
		}
	}
	slices.SortStableFunc(all, func(a, b Stretch) int {
		return cmp.Or(cmp.Compare(a.area(), b.area()), cmp.Compare(inLists(a.Place), inLists(b.Place)))
	})
	return all
}

// area is where the first area of st stands among Areas, last when it has none.
func (st Stretch) area() int {
	if len(st.Areas) == 0 {
		return len(Areas)
	}
	return slices.Index(Areas, st.Areas[0])
}

// inLists puts what has no place behind what has one.
func inLists(place int) int {
	const behind = 1000
	if place == 0 {
		return behind
	}
	return place
}

// Routines lists all routines: lull's own from the trial's to the longest day's,
// then a person's own as they were added.
func (l *Library) Routines() []Routine {
	var all []Routine
	for _, id := range l.ids(routineDir) {
		if r, ok := l.Routine(id); ok {
			all = append(all, r)
		}
	}
	slices.SortStableFunc(all, func(a, b Routine) int { return cmp.Compare(a.Place, b.Place) })
	return append(all, l.people()...)
}

// Nearest gives the id of the routine that a mistyped id was probably meant to
// be, or nothing.
func (l *Library) Nearest(id string) string {
	ids := l.ids(routineDir)
	for _, r := range l.people() {
		ids = append(ids, r.ID)
	}
	return strict.Nearest(id, ids)
}

// Check reads every file and says all that is wrong with them.
func (l *Library) Check() error {
	var wrong []error
	for _, id := range l.ids(stretchDir) {
		st, err := shipped(l, l.stretches, stretchDir+id+extension, ParseStretch)
		if err == nil && st.EasierID != "" && !slices.Contains(l.ids(stretchDir), st.EasierID) {
			err = say.Error("%s: no stretch is called %s", id, st.EasierID)
		}
		wrong = append(wrong, err)
	}
	for _, id := range l.ids(routineDir) {
		_, err := shipped(l, l.routines, routineDir+id+extension, l.parseShipped)
		wrong = append(wrong, err)
	}
	_, err := l.Safety()
	return errors.Join(append(wrong, err)...)
}

// people are the routines that were added, with what lull says of each in the
// language of now.
func (l *Library) people() []Routine {
	l.mu.Lock()
	defer l.mu.Unlock()
	evidence := ownEvidence.String()
	if len(l.added) > 0 && l.added[0].Evidence != evidence {
		l.added = slices.Clone(l.added)
		for i := range l.added {
			l.added[i].Evidence = evidence
		}
	}
	return l.added
}

func (l *Library) stretchIDs() []string {
	ids := l.ids(stretchDir)
	for _, r := range l.people() {
		for _, st := range r.Own {
			ids = append(ids, st.ID)
		}
	}
	return ids
}

// ids are the names in a folder of the library, by the alphabet.
func (l *Library) ids(dir string) []string { return IDs(l.files, dir) }

// IDs are the names of the TOML files in a folder, without their ending, by the
// alphabet.
func IDs(files fs.FS, dir string) []string {
	entries, err := fs.ReadDir(files, path.Clean(dir))
	if err != nil {
		return nil
	}
	var ids []string
	for _, e := range entries {
		if id, ok := strings.CutSuffix(e.Name(), extension); ok {
			ids = append(ids, id)
		}
	}
	return ids
}

// shipped gives what a file of the library holds, from known if it is there.
func shipped[T any](l *Library, known map[string]T, file string, parse func(string, []byte) (T, error)) (T, error) {
	name := say.Tag() + " " + file
	l.mu.Lock()
	v, ok := known[name]
	l.mu.Unlock()
	if ok {
		return v, nil
	}
	data, err := fs.ReadFile(l.files, file)
	if err != nil {
		return v, say.Error("read the library: %w", err)
	}
	if v, err = parse(file, data); err != nil {
		return v, err
	}
	l.mu.Lock()
	known[name] = v
	l.mu.Unlock()
	return v, nil
}
