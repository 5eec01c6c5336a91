package body

import (
	"errors"
	"io/fs"
	"slices"
	"sync"

	"lull/routine"
	"lull/routine/say"
	"lull/routine/strict"
)

const (
	folder    = "figures/"
	extension = ".toml"
)

// Library knows the figures. A file is read the first time it is asked for and
// kept. It may be used by several goroutines at once; what it returns is shared
// and must not be changed.
type Library struct {
	files fs.FS

	mu    sync.Mutex // for known
	known map[string]*Figure
}

// Open makes a library of files, which hold figures/*.toml. It reads none of
// them yet; Check does.
func Open(files fs.FS) *Library { return &Library{files: files, known: map[string]*Figure{}} }

// Figure finds a figure by its id, which is that of its stretch.
func (l *Library) Figure(id string) (*Figure, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	name := say.Tag() + " " + id
	if f, ok := l.known[name]; ok {
		return f, nil
	}
	if !slices.Contains(l.IDs(), id) {
		near := say.Text("`lull figure` lists them")
		if n := strict.Nearest(id, l.IDs()); n != "" {
			near = say.Text("did you mean %s? %s", n, near)
		}
		return nil, say.Error("there is no figure %.60q; %s", id, near)
	}
	file := folder + id + extension
	data, err := fs.ReadFile(l.files, file)
	if err != nil {
		return nil, say.Error("read the figure: %w", err)
	}
	f, err := Parse(file, id, data)
	if err != nil {
		return nil, err
	}
	l.known[name] = f
	return f, nil
}

// IDs are the ids of all figures, by the alphabet.
func (l *Library) IDs() []string { return routine.IDs(l.files, folder) }

// Fitting finds a figure by its id for a person with these safety answers: in
// pregnancy some figures have another in their place.
func (l *Library) Fitting(id string, s routine.Screening) (*Figure, error) {
	f, err := l.Figure(id)
	if err != nil || !s.Pregnant || f.Pregnant == "" {
		return f, err
	}
	return l.Figure(f.Pregnant)
}

// For is the figure of a stretch for a person with these safety answers. One of
// a person's own is shown by its position alone, nothing lit and nothing moving.
func (l *Library) For(st routine.Stretch, s routine.Screening) *Figure {
	if f, err := l.Fitting(st.ID, s); err == nil && st.Source == "" {
		return f
	}
	if f, ok := l.standIn(string(st.Position)); ok {
		return f
	}
	f, _ := l.standIn(string(routine.AnyPosition))
	return f
}

// standIn is the figure that shows a position.
func (l *Library) standIn(position string) (*Figure, bool) {
	key := say.Tag() + " " + folder + position // no id has a slash in it
	l.mu.Lock()
	f, known := l.known[key]
	l.mu.Unlock()
	if known {
		return f, true
	}
	for _, id := range l.IDs() {
		f, err := l.Figure(id)
		if err == nil && slices.Contains(f.StandsIn, position) {
			plain := f.standIn()
			l.mu.Lock()
			l.known[key] = plain
			l.mu.Unlock()
			return plain, true
		}
	}
	return &Figure{}, false
}

// standIn is the figure without what is true of its own stretch only.
func (f *Figure) standIn() *Figure {
	plain := *f
	plain.Alt, plain.Muscles, plain.End, plain.Cycle, plain.Round = f.Plain, nil, f.Start, 0, 0
	plain.Props = slices.DeleteFunc(slices.Clone(f.Props), func(p Prop) bool { return p.Kind == Strap || p.Kind == Ring || p.Kind == Arrow })
	return &plain
}

// Check reads every figure and says all that is wrong with them.
func (l *Library) Check() error {
	var wrong []error
	for _, id := range l.IDs() {
		f, err := l.Figure(id)
		wrong = append(wrong, err)
		if err == nil && f.Pregnant != "" {
			_, err := l.Figure(f.Pregnant)
			wrong = append(wrong, err)
		}
	}
	return errors.Join(wrong...)
}
