package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"lull/routine"
	"lull/routine/body"
	"lull/routine/journal"
	"lull/routine/say"
	"lull/routine/sitting"
	"lull/ui/figure"
	"lull/ui/theme"
)

// size is a size in cells, written 40x20.
type size struct{ w, h int }

const (
	widest  = 300 // cells of a picture
	highest = 100
)

func (s *size) String() string { return fmt.Sprintf("%dx%d", s.w, s.h) }

// Type names the value in help texts.
func (s *size) Type() string { return "COLUMNSxROWS" }

// Set reads 40x20.
func (s *size) Set(text string) error {
	w, h, _ := strings.Cut(text, "x")
	cols, errW := strconv.Atoi(w)
	rows, errH := strconv.Atoi(h)
	if errW != nil || errH != nil || cols < 1 || rows < 1 || cols > widest || rows > highest {
		return errors.New("size") // flagError says it
	}
	*s = size{cols, rows}
	return nil
}

type figureFlags struct {
	size   size
	phase  float64
	left   bool
	words  bool
	json   bool
	theme  string
	colors string
}

func figureVerb(a *App) *cobra.Command {
	f := figureFlags{size: size{40, 20}}
	c := &cobra.Command{
		Use:   "figure [NAME]",
		Short: say.Text("Draw the figure of a stretch"),
		Long: say.Text("Draws the body of a stretch at one moment of its movement: --phase 0 is the pose it starts from, 1 the pose that is held. " +
			"Without a NAME it lists the figures. The picture has blocks and colours where the output shows them, and letters elsewhere; " +
			"below 16x8 it is a sentence. --colors says what to draw for, whatever the output is. A stretch that your safety answers rule out is not drawn, " +
			"but what is done instead."),
		Example:           "lull figure\nlull figure wall-calf\nlull figure wall-calf --size 60x30 --phase 0.5 --left\nlull figure toe-pull --words",
		Args:              words(0, 1, "one NAME"),
		ValidArgsFunction: a.completeFigures,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.figure(cmd.Context(), strings.Join(args, ""), f)
		},
	}
	c.Flags().Var(&f.size, "size", say.Text("the picture's size in cells, at most 300x100"))
	c.Flags().Float64Var(&f.phase, "phase", 1, say.Text("how far the movement has come, 0 to 1"))
	c.Flags().BoolVar(&f.left, "left", false, say.Text("the left leg works, not the right"))
	c.Flags().BoolVar(&f.words, "words", false, say.Text("say in words what the picture shows"))
	c.Flags().BoolVar(&f.json, "json", false, say.Text("one line of JSON, in words"))
	c.Flags().StringVar(&f.theme, "theme", "", say.Text("the colours: %s; those of the settings unless given", strings.Join(themes(), ", ")))
	c.Flags().StringVar(&f.colors, "colors", "auto", say.Text("how many: %s", strings.Join(depthNames, ", ")))
	return c
}

func themes() []string { return texts(theme.Names()) }

// depthNames are how many colours there can be, in words.
var depthNames = []string{"auto", "true", "256", "16", "none"}

var depths = map[string]colorprofile.Profile{
	"true": colorprofile.TrueColor, "256": colorprofile.ANSI256, "16": colorprofile.ANSI, "none": colorprofile.ASCII,
}

func (a *App) completeFigures(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return a.Figures().IDs(), cobra.ShellCompDirectiveNoFileComp
}

// figureLine is a figure as --json prints it.
type figureLine struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Words   string   `json:"words"`
	Muscles []string `json:"muscles"`
	Adapted []string `json:"adapted,omitempty"` // what the safety answers say of it
	Locked  string   `json:"locked,omitempty"`  // what to do first; then there is no figure
}

// shown is a figure as the safety answers allow it.
type shown struct {
	asked        string // id of the figure that was asked for
	*body.Figure        // nil where there is none to show
	plan         routine.Plan
	adapted      []string
}

// figureFor adapts a figure to the safety answers: that of a stretch which does
// not suit is left out, or is that of its substitute.
func (a *App) figureFor(lib *routine.Library, answers routine.Screening, id string) (shown, error) {
	s := shown{asked: id}
	if s.plan.Act, s.plan.Locked = answers.Lock(lib); s.plan.Locked {
		return s, nil
	}
	draw := id
	if st, ok := lib.Stretch(id); ok {
		s.plan = answers.PlanOf(lib, st)
		s.adapted = sitting.Adaptations(lib, s.plan)
		if !s.plan.Has() {
			return s, nil
		}
		draw = s.plan.Routine.Steps[0].Stretch
	}
	var err error
	s.Figure, err = a.Figures().Fitting(draw, answers)
	return s, err
}

func (a *App) figure(ctx context.Context, name string, f figureFlags) error {
	if !(f.phase >= 0 && f.phase <= 1) { // NaN is neither
		return misused("figure: --phase cannot be %g; it goes from 0 to 1", f.phase)
	}
	ids := a.Figures().IDs()
	if name != "" && !slices.Contains(ids, name) {
		return misused("there is no figure %.60q%s`lull figure` lists them", name, instead(name, ids))
	}
	defer forPrograms(f.json)()
	lib, answers, err := a.libraryFor(ctx)
	if err != nil {
		return err
	}
	if name == "" {
		return a.listFigures(lib, answers, f)
	}
	s, err := a.figureFor(lib, answers, name)
	switch {
	case err != nil:
		return err
	case f.json:
		return a.sayJSON(s.line(lib))
	case s.plan.Locked:
		a.line("%s", s.plan.Act.Acts())
		return nil
	}
	a.sayAdaptations(lib, s.plan)
	if s.Figure == nil {
		return nil
	}
	return a.drawFigure(s.Figure, f)
}

func (a *App) drawFigure(fig *body.Figure, f figureFlags) error {
	if f.words {
		a.line("%s", fig.Alt)
		return nil
	}
	th, err := a.look(f.theme, f.colors)
	if err != nil {
		return err
	}
	m := body.Moment{Share: f.phase, Left: f.left, Lit: len(fig.Muscles) > 0, Glow: 1}
	a.sayPicture(th, figure.Draw(th, fig, m, f.size.w, f.size.h))
	return nil
}

func (s shown) line(lib *routine.Library) figureLine {
	line := figureLine{ID: s.asked, Name: s.asked, Muscles: []string{}, Adapted: s.adapted}
	if st, ok := lib.Stretch(s.asked); ok {
		line.Name = st.Name
	}
	if s.Figure != nil {
		line.Words, line.Muscles = s.Alt, list(s.Muscles)
	}
	if s.plan.Locked {
		line.Locked = s.plan.Act.Acts()
	}
	return line
}

func (a *App) listFigures(lib *routine.Library, answers routine.Screening, f figureFlags) error {
	if act, locked := answers.Lock(lib); locked && !f.json {
		a.line("%s", act.Acts())
		return nil
	}
	var lines []figureLine
	for _, id := range a.Figures().IDs() {
		s, err := a.figureFor(lib, answers, id)
		if err != nil {
			return err
		}
		lines = append(lines, s.line(lib))
	}
	if f.json {
		return a.sayJSON(lines)
	}
	for _, l := range lines {
		a.line("%-24s %s", l.ID, indented(strings.TrimSpace(l.Words+" "+strings.Join(l.Adapted, " ")), 25))
	}
	return nil
}

// sayPicture prints a picture; in a file, letters have no weight either.
func (a *App) sayPicture(th theme.Theme, picture string) {
	if !th.Colour() && !a.Terminal {
		picture = ansi.Strip(picture)
	}
	a.draw(picture)
}

// look is the theme to draw with: that of the settings, unless one is named, for
// what the output shows, unless so many colours are asked for.
func (a *App) look(name, colors string) (theme.Theme, error) {
	set := a.usable()
	if name == "" {
		name = set.Theme
	}
	if err := oneOf("figure: --theme", name, themes()); err != nil {
		return theme.Theme{}, err
	}
	if err := oneOf("figure: --colors", colors, depthNames); err != nil {
		return theme.Theme{}, err
	}
	profile, told := depths[colors]
	if !told {
		profile = a.Colours()
	}
	background := theme.ParseColorFGBG(a.Env("COLORFGBG"))
	if background == theme.UnknownBackground {
		background = theme.DarkBackground // a picture is printed on the terminal's own
	}
	return theme.New(theme.Env{
		Name: theme.Name(name), Terminal: background, Abed: set.Abed(journal.Hour(a.Now())), Profile: profile,
		ASCII: !told && a.asciiOnly(), Drawing: theme.Drawing(set.Drawing),
	}), nil
}
