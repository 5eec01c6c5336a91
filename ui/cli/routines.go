package cli

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"lull/routine"
	"lull/routine/say"
	"lull/routine/settings"
	"lull/routine/sitting"
	"lull/ui/figure"
)

func startVerb(a *App) *cobra.Command {
	var plain bool
	c := &cobra.Command{
		Use:               "start [ROUTINE]",
		Short:             say.Text("Start stretching at once"),
		Long:              say.Text("Opens the app straight in a session: the named routine, or the one that is set. With --plain, or on a dumb terminal, the session is a line a cue."),
		Example:           "lull start\nlull start seated\nlull start --plain",
		Args:              words(0, 1, "one ROUTINE"),
		ValidArgsFunction: a.completeRoutines,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.start(cmd.Context(), strings.Join(args, ""), plain)
		},
	}
	c.Flags().BoolVar(&plain, "plain", false, say.Text(linesHelp))
	return c
}

func (a *App) start(ctx context.Context, id string, plain bool) error {
	lib, leftOut := a.Library()
	if lib == nil {
		return leftOut
	}
	named := id != ""
	if !named {
		set, _ := a.settings() // the app says what is wrong with them
		id = set.Routine
	}
	if _, err := find(lib, id); err != nil {
		if leftOut != nil {
			a.warnLine(cleanLines(leftOut.Error()))
		}
		if named {
			return err
		}
		usual := settings.Default().Routine
		a.warn("the routine that is set, %s, is not there; this is %s", clean(id), usual)
		id = usual
	}
	if a.inLines(plain) {
		return a.Plain(ctx, Start{Routine: id})
	}
	if why := a.noScreen(); why != "" {
		return say.Error("a session cannot start: %s; lull start --plain is lines", why)
	}
	return a.Open(ctx, Start{Routine: id})
}

// library gives the routines. A file of the person's own with a mistake in it
// is told and left out.
func (a *App) library() (*routine.Library, error) {
	lib, err := a.Library()
	if lib != nil && err != nil {
		if a.Lines == nil { // plain mode told when it was opened
			a.warnLine(cleanLines(err.Error()))
		}
		err = nil
	}
	return lib, err
}

// libraryFor gives the routines, and the safety answers that decide what may be
// shown of them.
func (a *App) libraryFor(ctx context.Context) (*routine.Library, routine.Screening, error) {
	lib, err := a.library()
	if err != nil {
		return nil, routine.Screening{}, err
	}
	d, err := a.desk(ctx, patient, fewNights)
	if err != nil {
		return nil, routine.Screening{}, say.Error("the safety answers cannot be read: %w", err)
	}
	return lib, d.screening(), nil
}

func find(lib *routine.Library, id string) (routine.Routine, error) {
	r, found := lib.Routine(id)
	if !found {
		return r, misused("there is no routine %.60q%s`lull routines` lists them", id, meant(lib.Nearest(id)))
	}
	return r, nil
}

func (a *App) completeRoutines(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	lib, err := a.Library()
	if lib == nil || err != nil || len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var found []cobra.Completion
	for _, r := range lib.Routines() {
		found = append(found, cobra.CompletionWithDesc(r.ID, clean(r.Name)))
	}
	return found, cobra.ShellCompDirectiveNoFileComp
}

type routineFlags struct {
	json                      bool
	positions, without, areas []string
}

func routinesVerb(a *App) *cobra.Command {
	var f routineFlags
	c := &cobra.Command{
		Use:     "routines",
		Short:   say.Text("List the routines; show, check or begin one"),
		Long:    say.Text("Lists the routines, each as your safety answers allow it. While they name a sign that comes first, it says what to do instead."),
		Example: "lull routines --without wall --position seated\nlull routines show trial\nlull routines new 'after football'",
		Args:    subverbs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.listRoutines(cmd.Context(), f) },
	}
	c.Flags().BoolVar(&f.json, "json", false, say.Text("one line of JSON"))
	c.Flags().StringSliceVar(&f.positions, "position", nil, say.Text("only routines done like this: %s", join(routine.Positions)))
	c.Flags().StringSliceVar(&f.without, "without", nil, say.Text("what is not at hand: %s", join(routine.Equipments)))
	c.Flags().StringSliceVar(&f.areas, "area", nil, say.Text("only routines for this: %s", join(routine.Areas)))
	c.AddCommand(
		showRoutineVerb(a),
		&cobra.Command{
			Use: "check FILE", Short: say.Text("Say whether a routine file is in order"), Args: words(1, 1, "one FILE"),
			RunE: func(_ *cobra.Command, args []string) error { return a.checkRoutine(args[0]) },
		},
		&cobra.Command{
			Use: "new NAME", Short: say.Text("Begin a routine of your own from a template"), Args: words(1, 1, "one NAME"),
			RunE: func(_ *cobra.Command, args []string) error { return a.newRoutine(args[0]) },
		},
	)
	return c
}

func showRoutineVerb(a *App) *cobra.Command {
	var pictures bool
	c := &cobra.Command{
		Use: "show NAME", Short: say.Text("Show what a routine consists of"), Args: words(1, 1, "one NAME"),
		ValidArgsFunction: a.completeRoutines,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.showRoutine(cmd.Context(), args[0], pictures)
		},
	}
	c.Flags().BoolVar(&pictures, "figure", false, say.Text("draw each stretch: where it starts, and how it is held"))
	return c
}

func join[T ~string](all []T) string { return strings.Join(texts(all), ", ") }

func texts[T ~string](all []T) []string {
	out := make([]string, len(all))
	for i, v := range all {
		out[i] = string(v)
	}
	return out
}

// filter reads the flags; a word it does not know is wrong usage.
func (f routineFlags) filter() (routine.Filter, error) {
	var q routine.Filter
	var err error
	if q.Positions, err = known("--position", f.positions, routine.Positions); err != nil {
		return q, err
	}
	if q.Without, err = known("--without", f.without, routine.Equipments); err != nil {
		return q, err
	}
	q.Areas, err = known("--area", f.areas, routine.Areas)
	return q, err
}

func known[T ~string](flag string, said []string, allowed []T) ([]T, error) {
	var out []T
	for _, word := range said {
		if err := oneOf(flag, word, texts(allowed)); err != nil {
			return nil, err
		}
		out = append(out, T(word))
	}
	return out, nil
}

// routineLine is a routine as `lull routines --json` lists it.
type routineLine struct {
	ID        string              `json:"id"`
	Name      string              `json:"name"`
	About     string              `json:"about"`
	LengthS   int                 `json:"length_s"`
	HeldS     int                 `json:"held_s"`
	Needs     []routine.Equipment `json:"needs"`
	Areas     []routine.Area      `json:"areas"`
	Positions []routine.Position  `json:"positions"`
	Evidence  string              `json:"evidence"`
	Own       bool                `json:"own"`
	Instead   string              `json:"instead,omitempty"` // id of the routine in its place
	Changes   []changeLine        `json:"changes"`           // what the safety answers did
	Locked    string              `json:"locked,omitempty"`  // what to do first; then there is nothing to stretch
}

// changeLine is a change as --json prints it.
type changeLine struct {
	Stretch string `json:"stretch"`
	Now     string `json:"now"` // empty for none, the same where only a caution is added
	Why     string `json:"why"`
}

func lineOfPlan(lib *routine.Library, p routine.Plan) routineLine {
	r := p.Routine
	line := routineLine{
		p.Asked.ID, p.Asked.Name, r.About, int(r.Length().Seconds()), int(r.Held().Seconds()),
		list(lib.Needs(r)), list(lib.Areas(r)), list(lib.Positions(r)), r.Evidence, own(p.Asked), "", []changeLine{}, "",
	}
	if p.Replaced() {
		line.Instead = r.ID
	}
	for _, c := range p.Changes {
		line.Changes = append(line.Changes, changeLine{c.Was, c.Now, c.Why})
	}
	if p.Locked {
		line.Locked = p.Act.Acts()
	}
	return line
}

func (a *App) listRoutines(ctx context.Context, f routineFlags) error {
	q, err := f.filter()
	if err != nil {
		return err
	}
	defer forPrograms(f.json)()
	lib, answers, err := a.libraryFor(ctx)
	if err != nil {
		return err
	}
	plans, leadIn := answers.Plans(lib, q), a.leadIn()
	for i := range plans {
		plans[i] = plans[i].WithLeadIn(lib, leadIn)
	}
	if f.json {
		lines := []routineLine{}
		for _, p := range plans {
			lines = append(lines, lineOfPlan(lib, p))
		}
		return a.sayJSON(lines)
	}
	if act, locked := answers.Lock(lib); locked {
		a.line("%s", act.Acts())
		return nil
	}
	for _, p := range plans {
		a.line("%-14s %-12s %s", clean(p.Asked.ID), length(p.Routine.Length()), nameAndNeeds(lib, p))
		a.line("%-14s %s", "", cleanLines(p.Routine.Evidence))
		if p.Adapted() {
			a.line("%-14s %s", "", say.Text("Adapted for you; lull routines show %s says how.", clean(p.Asked.ID)))
		}
	}
	if len(plans) == 0 {
		a.note("no routine fits; `lull routines` lists them all")
	}
	return nil
}

// leadIn is the time that is set to get into position. The routines can be read
// without the settings, so a faulty file means the default.
func (a *App) leadIn() time.Duration {
	set, err := a.settings()
	if err != nil {
		set = settings.Default()
	}
	return set.GetReady()
}

// own says whether a person wrote the routine.
func own(r routine.Routine) bool { return r.Place == 0 }

// list is never nil, so that JSON shows an empty list as one.
func list[T any](all []T) []T { return append([]T{}, all...) }

func nameAndNeeds(lib *routine.Library, p routine.Plan) string {
	if things := names(lib.Needs(p.Routine)); len(things) > 0 {
		return say.Text("%s; needs %s", clean(p.Asked.Name), strings.Join(things, ", "))
	}
	return say.Text("%s; needs nothing", clean(p.Asked.Name))
}

func allNeeds(lib *routine.Library, r routine.Routine) string {
	if things := names(lib.Needs(r)); len(things) > 0 {
		return say.Text("Needs %s", strings.Join(things, ", "))
	}
	return say.Text("Needs nothing")
}

func (a *App) showRoutine(ctx context.Context, id string, pictures bool) error {
	lib, answers, err := a.libraryFor(ctx)
	if err != nil {
		return err
	}
	asked, err := find(lib, id)
	if err != nil {
		return err
	}
	p := answers.Plan(lib, asked).WithLeadIn(lib, a.leadIn())
	if p.Locked {
		a.line("%s", p.Act.Acts())
		return nil
	}
	r := p.Routine
	a.line("%s (%s), %s", clean(r.Name), clean(r.ID), length(r.Length()))
	for _, line := range []string{r.About, r.Evidence, allNeeds(lib, r)} {
		if line != "" {
			a.line("  %s", cleanLines(line))
		}
	}
	if own(r) {
		a.line("  %s", say.Text("From %s", cleanLines(r.Source)))
	}
	a.sayAdaptations(lib, p)
	th, err := a.look("", "auto")
	if err != nil {
		return err
	}
	for i, step := range r.Steps {
		st := answers.Stretch(lib, step.Stretch)
		a.showStep(i+1, st, step)
		if pictures {
			a.sayPicture(th, figure.Poses(th, a.Figures().For(st, answers), step.Holds()[0] == routine.Left, posesWidth, posesHeight))
		}
	}
	return nil
}

// The size of the two poses of a step, in cells.
const posesWidth, posesHeight = 58, 14

// sayAdaptations says what the safety answers did to a plan.
func (a *App) sayAdaptations(lib *routine.Library, p routine.Plan) {
	if p.Adapted() {
		a.line("%s:", sitting.Adapted)
	}
	for _, line := range sitting.Adaptations(lib, p) {
		a.line("- %s", cleanLines(line))
	}
}

func (a *App) showStep(n int, st routine.Stretch, step routine.Step) {
	a.line("\n%d. %s (%s), %s", n, clean(st.Name), clean(step.Stretch), strings.Join(names(st.Muscles), ", "))
	a.line("   %s", sitting.Dose(st.Action, step))
	for _, line := range slices.Concat(st.SetUp, st.Movement, st.Caution) {
		a.line("   %s", cleanLines(line))
	}
}

func (a *App) checkRoutine(path string) error {
	text, err := a.Folder.ReadFile(path)
	if err != nil && path == filepath.Base(path) { // the name of one of the person's own
		own := filepath.Join(a.Folder.RoutinesDir(), strings.TrimSuffix(path, ".toml")+".toml")
		if there, missing := a.Folder.ReadFile(own); missing == nil {
			path, text, err = own, there, nil
		}
	}
	if err != nil {
		return err
	}
	lib, err := a.Library() // which may have left out this very file
	if lib == nil {
		return err
	}
	r, err := routine.ParseRoutine(path, text, lib)
	if err != nil {
		return err
	}
	r = lib.WithLeadIn(r, a.leadIn())
	a.say("%s is in order: %s, %s, %s", cleanLines(path), clean(r.Name), say.Count(len(r.Steps), "%d step", "%d steps"), length(r.Length()))
	return nil
}

const blank say.Key = `# A routine of your own. Lines after # are for you; lull reads the rest.
# Check it with:  lull routines check %[2]s
# Start it with:  lull start %[3]s

name = %[1]q
about = ""

# One [[step]] for each stretch, in the order in which you do them.
[[step]]
stretch = "wall-calf"   # from the library; ` + "`lull routines show standard`" + ` names some
hold = "30s"
reps = 2                # for each side
sides = "alternate"     # alternate, left-then-right, both, left or right
gap = "5s"              # between two holds
setup = "10s"           # time to get ready before the first

[[step]]
stretch = "seated-hamstring"
hold = "30s"

# A stretch of your own, which a [[step]] can then use:
# [[stretch]]
# id = "doorway"
# name = "Doorway calf stretch"
# position = "standing"   # standing, seated, long-sitting, supine, side-lying, prone or any
# action = "hold"         # hold, move or breathe
# hold = "30s"
# movement = ["Ball of the foot against the frame, lean in."]
`

func (a *App) newRoutine(name string) error {
	id := fileName(name)
	switch {
	case id == "":
		return misused("%.80q cannot name a routine; use letters and digits", name)
	case utf8.RuneCountInString(name) > routine.LongestName:
		return misused("the name has %d characters; at most %d are possible", utf8.RuneCountInString(name), routine.LongestName)
	case slices.Contains(reserved, id):
		return misused("Windows keeps the name %s for itself; choose another name", id)
	}
	lib, err := a.library()
	if err != nil {
		return err
	}
	if _, taken := lib.Routine(id); taken {
		return say.Error("there is a routine %s already; choose another name", id)
	}
	text := say.Text(blank, clean(name), id+".toml", id)
	if _, err := routine.ParseRoutine(id+".toml", []byte(text), lib); err != nil {
		return misused("%.80q cannot name a routine: %v", name, err)
	}
	path, err := a.Folder.WriteRoutine(id, []byte(text))
	if err != nil {
		return err
	}
	a.say("wrote %s; change it to your liking, then: lull routines check %s", cleanLines(path), argument(path))
	return nil
}

// reserved are the names that no file can have on Windows, to which a folder may be
// copied.
var reserved = []string{
	"con", "prn", "aux", "nul",
	"com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
	"lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
}

// fileName is what a routine's file is called: small letters, digits and -.
func fileName(name string) string {
	plain := func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		}
		return ' '
	}
	return strings.Join(strings.Fields(strings.Map(plain, say.Bare(strings.ToLower(name)))), "-")
}
