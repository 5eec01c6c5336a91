package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"lull/routine/journal"
	"lull/routine/review"
	"lull/routine/safe"
	"lull/routine/say"
)

type tonightFlags struct {
	short, json bool
	format      string
}

func tonightVerb(a *App) *cobra.Command {
	var f tonightFlags
	c := &cobra.Command{
		Use:   "tonight",
		Short: say.Text("Say where tonight stands"),
		Long: say.Text("Says where tonight stands: the stretch, the drinks, last night. Notes are never shown. " +
			"--short is one line for a prompt; where the file is in use it is the line before, with its age, and the exit " +
			"status is 3. --format takes a Go template over the fields of --json."),
		Example: "lull tonight --short\nlull tonight --format '{{.streak.nights}} nights'",
		Args:    words(0, 0, ""),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.tonight(cmd.Context(), f) },
	}
	c.Flags().BoolVar(&f.short, "short", false, say.Text("one short line"))
	c.Flags().BoolVar(&f.json, "json", false, say.Text("one line of JSON"))
	c.Flags().StringVar(&f.format, "format", "", say.Text("a template: '{{.streak.nights}}'"))
	return c
}

// tonightShort reads no more nights than a run needs, and all of them only for
// somebody whose run is longer.
func (a *App) tonightShort(ctx context.Context) error {
	for _, nights := range []int{promptNights, allNights} {
		d, err := a.desk(ctx, prompt, nights)
		if errors.Is(err, journal.ErrBusy) {
			a.sayLast()
		}
		if err != nil {
			return err
		}
		t := d.tonight(review.Plan{})
		if !d.book.Cut() || t.Streak.Nights < promptNights/2 {
			line := d.shortly(t)
			a.line("%s", line)
			if a.Last != nil {
				a.Last.Remember(line)
			}
			return nil
		}
	}
	return nil
}

// sayLast prints the line that was printed last, with its age. One of another
// night or day would say of tonight what is not so.
func (a *App) sayLast() {
	if a.Last == nil {
		return
	}
	set := a.usable()
	line, at := a.Last.Remembered()
	now, c := a.Now(), set.Calendar
	if line == "" || c.Night(at) != c.Night(now) || c.Day(at) != c.Day(now) {
		return
	}
	fmt.Fprintln(a.out, safe.Text(line, longLine)+" "+agoWords(now.Sub(at)))
}

func agoWords(d time.Duration) string {
	switch d = max(d, 0); {
	case d < time.Minute:
		return say.Text("(%d s ago)", int(d.Seconds()))
	case d < time.Hour:
		return say.Text("(%d min ago)", int(d.Minutes()))
	}
	return say.Text("(%d h ago)", int(d.Hours()))
}

func (a *App) tonight(ctx context.Context, f tonightFlags) error {
	page, err := f.page()
	if err != nil {
		return err
	}
	if f.short {
		return a.tonightShort(ctx)
	}
	back := forPrograms(f.json || f.format != "")
	d, t, err := a.laidOut(ctx)
	back()
	switch {
	case err != nil:
		return err
	case f.json:
		return a.sayJSON(t)
	case f.format != "":
		return a.sayPage(page, t)
	}
	a.line("%s", d.tonightText(t))
	if t.OpenPause != nil {
		a.line("\n%s %s", t.OpenPause.Words(), say.Text("`lull pause --off` ends it."))
	}
	if d.unanswered() && a.Lines == nil {
		a.line("%s", d.morningWords())
	}
	if why := d.askAgain(); why != "" {
		a.line("\n%s", why)
	}
	return nil
}

// laidOut is tonight with all that is known of it.
func (a *App) laidOut(ctx context.Context) (*desk, review.Tonight, error) {
	d, err := a.desk(ctx, patient, allNights)
	if err != nil {
		return nil, review.Tonight{}, err
	}
	plan, err := d.plan()
	return d, d.tonight(plan), err
}

// unanswered says whether it is morning and nobody has answered for the night
// that is just over. Somebody who only just came is asked nothing.
func (d *desk) unanswered() bool {
	night := d.night()
	return d.morning() && !d.book.Night(night).Known() && d.book.Earliest(night) < night
}

func (d *desk) morningWords() string {
	return "\n" + say.Text("Cramps in the night of %s? None: lull quiet. One: lull cramp --at 03:10", d.night().NightWords())
}

// page is the template asked for. Only one form can be asked for.
func (f tonightFlags) page() (page, error) {
	asked := 0
	for _, form := range []bool{f.short, f.json, f.format != ""} {
		if form {
			asked++
		}
	}
	if asked > 1 {
		return page{}, misused("tonight takes one of --short, --json and --format")
	}
	if f.format == "" {
		return page{}, nil
	}
	p, err := parsePage(f.format)
	if err != nil {
		return p, misused("--format is not a template: %v", err)
	}
	return p, nil
}

func (d *desk) tonight(p review.Plan) review.Tonight {
	if p.Routine == "" {
		p.Routine = d.set.Routine
	}
	p.Water, p.Bedtime = len(d.set.Water), len(d.set.Bedtime)
	return d.book.Tonight(d.night(), d.day(), p)
}

// sayPage fills a template with the very fields that --json prints.
func (a *App) sayPage(p page, t review.Tonight) error {
	line, err := json.Marshal(t)
	if err != nil {
		return err
	}
	var fields map[string]any
	in := json.NewDecoder(bytes.NewReader(line))
	in.UseNumber()
	if err := in.Decode(&fields); err != nil {
		return err
	}
	native(fields)
	fields["strength"] = t.Strength // in JSON a whole one looks like an int
	text, err := p.fill(fields)
	if err != nil {
		return misused("--format: %v; `lull tonight --json` shows the fields", err)
	}
	a.draw(text) // a template may colour a prompt; its fields are clean
	return nil
}

// native turns every JSON number into an int or a float64 and cleans every
// text, since a template prints it as it is.
func native(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			v[key] = native(value)
		}
	case string:
		return clean(v)
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return int(n)
		}
		f, _ := v.Float64()
		return f
	}
	return v
}

// outcomes are the words for a night's session.
var outcomes = map[journal.Outcome]say.Key{
	journal.None: "not stretched", journal.Abandoned: "stretch begun",
	journal.Partial: "partly stretched", journal.Complete: "stretched",
}

// shortly is tonight in one line for a prompt.
func (d *desk) shortly(t review.Tonight) string {
	stretch := outcomes[t.Stretch.Outcome]
	if t.Paused {
		stretch = "paused"
	}
	return say.Text("%s, drinks %s, streak %d", stretch, d.glasses(t.Checklist.Water), t.Streak.Nights)
}

// glasses is the count of the drinks. A person who limits fluids is shown
// no number to reach.
func (d *desk) glasses(c review.Count) string {
	if d.hidesAmounts() {
		return fmt.Sprint(c.Done)
	}
	return fmt.Sprintf("%d/%d", c.Done, c.Of)
}

func (d *desk) tonightText(t review.Tonight) string {
	rows := [][2]string{
		{say.Text("stretch"), d.stretchWords(t)},
		{say.Text("streak"), streakWords(t.Streak)},
		{say.Text("strength"), percent(t.Strength)},
		{say.Text("drinks"), d.waterWords(t.Checklist.Water)},
		{say.Text("bedtime"), say.Text("%d of %d", t.Checklist.Bedtime.Done, t.Checklist.Bedtime.Of)},
		{say.Text("last night"), lastNightWords(d.slept())},
	}
	return say.Text("Tonight, %s", t.Night.NightWords()) + table(rows)
}

// How many columns the names of a table take at least, and the texts beside them
// at most.
const (
	label  = 11
	narrow = 64
)

// table sets texts beside their names, below a heading.
func table(rows [][2]string) string {
	var b strings.Builder
	wide := label
	for _, row := range rows {
		wide = max(wide, ansi.StringWidth(row[0]))
	}
	for _, row := range rows {
		name := row[0]
		for line := range strings.SplitSeq(ansi.Wrap(row[1], narrow+label-wide, ""), "\n") {
			fmt.Fprintf(&b, "\n  %-*s %s", wide, name, line)
			name = ""
		}
	}
	return b.String()
}

func (d *desk) stretchWords(t review.Tonight) string {
	if act, locked := d.lock(); locked {
		return act.Acts()
	}
	s := t.Stretch
	held := time.Duration(s.HeldS) * time.Second
	planned := time.Duration(s.PlannedS) * time.Second
	switch {
	case s.Outcome != journal.None:
		return say.Text("%s: %s, %s of %s held", say.Name(string(s.Outcome)), clean(s.Routine), length(held), length(planned))
	case t.Paused:
		return say.Text("paused: tonight is set aside")
	}
	return say.Text("not yet: %s, %s of holds", clean(s.Routine), length(planned))
}

func streakWords(r review.Run) string {
	return say.Text("%s, best %d; %d of the last 28 kept", say.Count(r.Nights, "%d night", "%d nights"), r.Best, r.Last28)
}

func (d *desk) waterWords(c review.Count) string {
	if d.hidesAmounts() {
		return say.Count(c.Done, "%d ticked", "%d ticked")
	}
	return say.Text("%d of %d, %s; tea, coffee, milk and soup count", c.Done, c.Of, say.Name(string(d.set.Pace(c.Done, c.Of, journal.Hour(d.now)))))
}

// slept is the newest night that is over for a sleeper: in the morning the one
// that is just ending. The JSON's last_night is always the one before its night.
func (d *desk) slept() review.LastNight {
	n := d.book.Night(d.lastNight())
	return review.LastNight{Night: n.Date, Known: n.Known(), Cramps: n.Cramps}
}

func lastNightWords(n review.LastNight) string {
	words := say.Count(n.Cramps, "%d cramp", "%d cramps")
	switch {
	case !n.Known:
		words = say.Text("not answered yet")
	case n.Cramps == 0:
		words = say.Text("quiet")
	}
	return words + ", " + n.Night.NightWords()
}

func percent(x float64) string { return say.Number("%.0f", 100*x) + " %" }

// length is a duration as people say it: 2 min 20 s.
func length(d time.Duration) string {
	minutes, seconds := int(d/time.Minute), int(d%time.Minute/time.Second)
	switch {
	case minutes == 0:
		return fmt.Sprintf("%d s", seconds)
	case seconds == 0:
		return fmt.Sprintf("%d min", minutes)
	}
	return say.Text("%d min %d s", minutes, seconds)
}
