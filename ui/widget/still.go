package widget

import (
	"io/fs"
	"slices"
	"strings"
	"sync"

	"charm.land/lipgloss/v2"

	"lull/assets"
	"lull/routine"
	"lull/ui/theme"
)

// still is one file of assets/stills.
type still struct {
	positions []routine.Position // what it stands in for when nothing fits better
	exact     []string           // stretches that the drawing and its muscle mark are right for
	like      []string           // stretches that the drawing is right for, but not the mark
	alt       string             // the drawing in words
	plain     string             // the position in words
	sizes     []string           // drawings, largest first
}

// stills are read on first use: most sessions of the program draw none.
var stills = sync.OnceValue(func() []still {
	all, _ := readStills(assets.Stills)
	return all
})

// Still draws the position of a stretch in w by h cells: the largest drawing
// there is room for, or its description in words. The worked muscle is marked
// where the drawing was made for that very stretch. Drawings face right for
// the right leg and are turned round for the left.
func Still(th theme.Theme, position routine.Position, stretch string, side routine.Side, w, h int) string {
	if w <= 0 || h <= 0 {
		return ""
	}
	s := findStill(stills(), position, stretch)
	for _, drawing := range s.sizes {
		if lipgloss.Width(drawing) > w || lipgloss.Height(drawing) > h {
			continue
		}
		if side == routine.Left {
			drawing = mirror(drawing)
		}
		return Centre(colourStill(th, drawing), w, h)
	}
	return Centre(th.Quiet.Render(Wrap(s.alt, w)), w, h)
}

// StillAlt is the drawing in words: what a screen reader gets.
func StillAlt(position routine.Position, stretch string) string {
	return findStill(stills(), position, stretch).alt
}

// findStill is the drawing for the stretch, or else for its position. What
// would be wrong for the stretch is left out of it: the muscle mark of another
// stretch, and from a mere position the strap and the description too.
func findStill(all []still, position routine.Position, stretch string) still {
	var found still
	for _, s := range all {
		switch {
		case slices.Contains(s.exact, stretch):
			return s
		case slices.Contains(s.like, stretch):
			found = s.without("@")
		case found.alt == "" && slices.Contains(s.positions, position):
			found = s.without("@~")
			found.alt = s.plain
		}
	}
	return found
}

// without blanks out characters of the drawings.
func (s still) without(chars string) still {
	blank := func(r rune) rune {
		if strings.ContainsRune(chars, r) {
			return ' '
		}
		return r
	}
	sizes := make([]string, len(s.sizes))
	for i, drawing := range s.sizes {
		sizes[i] = strings.Map(blank, drawing)
	}
	s.sizes = sizes
	return s
}

// mirrored are the characters that look another way when turned round.
var mirrored = strings.NewReplacer(
	"/", `\`, `\`, "/", "(", ")", ")", "(", "<", ">", ">", "<", "[", "]", "]", "[", "{", "}", "}", "{")

// mirror turns a drawing of equal or shorter lines round.
func mirror(drawing string) string {
	w := lipgloss.Width(drawing)
	lines := strings.Split(mirrored.Replace(drawing), "\n")
	for i, line := range lines {
		runes := []rune(fit(line, w))
		slices.Reverse(runes)
		lines[i] = string(runes)
	}
	return strings.Join(lines, "\n")
}

func colourStill(th theme.Theme, drawing string) string {
	f := th.Figure
	body, prop := pen{fg: colour(f.Skin.Near)}, pen{fg: colour(f.Prop.Near)}
	pens := map[rune]pen{
		' ': {}, '#': prop, '=': prop,
		'~': {fg: colour(f.Strap.Near)},
		'@': {fg: colour(f.Muscle.Near), bold: true},
	}
	c := newCanvas(lipgloss.Width(drawing), lipgloss.Height(drawing))
	for y, line := range strings.Split(drawing, "\n") {
		for x, r := range []rune(line) {
			p, known := pens[r]
			if !known {
				p = body
			}
			c.set(x, y, r, p)
		}
	}
	return c.String()
}

// readStills parses every stills/*.txt of the file system.
func readStills(files fs.FS) ([]still, error) {
	names, err := fs.Glob(files, "stills/*.txt")
	if err != nil {
		return nil, err
	}
	var all []still
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		all = append(all, parseStill(string(text)))
	}
	return all, nil
}

func parseStill(text string) still {
	head, body, _ := strings.Cut(text, "\n\n")
	var s still
	for line := range strings.SplitSeq(head, "\n") {
		key, value, _ := strings.Cut(line, ": ")
		switch key {
		case "positions":
			for p := range strings.FieldsSeq(value) {
				s.positions = append(s.positions, routine.Position(p))
			}
		case "stretches":
			s.exact = strings.Fields(value)
		case "like":
			s.like = strings.Fields(value)
		case "alt":
			s.alt = value
		case "plain":
			s.plain = value
		}
	}
	s.sizes = strings.Split(strings.TrimRight(body, "\n"), "\n---\n")
	return s
}
