package cli

import (
	"context"
	"io"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"lull/routine/journal"
	"lull/routine/remind"
	"lull/routine/safe"
	"lull/routine/say"
	"lull/routine/settings"
)

// Reminders are what the machine has to come back at a time and to be noticed.
type Reminders interface {
	// Plan is what was installed, if anything was.
	Plan() (remind.Plan, bool, error)
	// Install replaces what was installed before.
	Install(ctx context.Context, p remind.Plan, c journal.Calendar) (remind.Installed, error)
	// Status is of what was installed; with nothing installed it means nothing.
	Status(ctx context.Context, c journal.Calendar) (remind.Standing, error)
	// Remove says what it took away.
	Remove(ctx context.Context) ([]string, error)
	// Notify shows a notification and says by what, or why there is none.
	Notify(ctx context.Context, title, text string) (string, error)
}

const noReminders say.Key = "no reminders are installed; lull remind install --at 21:30 installs them"

func remindVerb(a *App) *cobra.Command {
	c := &cobra.Command{
		Use:   "remind",
		Short: say.Text("Be reminded to stretch, and to drink"),
		Long: say.Text("Has the machine come back in the evening, and through the day for drinks if you like: by a " +
			"systemd user timer, a launchd agent, a Windows task or the crontab, whichever there is. A " +
			"reminder looks into the journal first. It stays silent when tonight's stretch is done or set " +
			"aside, and when the drinks are on track. Without a verb it says how the reminders stand."),
		Example: "lull remind install --at 21:30\nlull remind install --at 21:30 --days mon,tue,wed --water 10:00-20:00/2h\n" +
			"lull remind snooze 20\nlull remind skip",
		Args: subverbs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.remindStatus(cmd.Context()) },
	}
	c.AddCommand(remindInstall(a), remindStatus(a), remindTest(a), remindSnooze(a), remindSkip(a), remindICS(a), remindRemove(a), remindNow(a))
	return c
}

type remindFlags struct {
	at, days, water, file string
	force                 bool
}

func (f *remindFlags) bind(c *cobra.Command) {
	c.Flags().StringVar(&f.at, "at", "", say.Text("when to be reminded to stretch: 21:30"))
	c.Flags().StringVar(&f.days, "days", "", say.Text("only on these: mon,tue,wed,thu,fri,sat,sun; a night has the evening's day"))
	c.Flags().StringVar(&f.water, "water", "", say.Text("also to drink, at these hours: 10:00-20:00/2h"))
}

func (f remindFlags) plan(cmd *cobra.Command) (remind.Plan, error) {
	var p remind.Plan
	var err error
	if f.at == "" {
		return p, misused("%s needs --at, the time of the evening's reminder: %s --at 21:30", called(cmd), cmd.CommandPath())
	}
	if p.At, err = remind.ParseClock(f.at); err != nil {
		return p, misused("--at: %v", err)
	}
	if f.days != "" {
		if p.Days, err = remind.ParseDays(f.days); err != nil {
			return p, misused("--days: %v", err)
		}
	}
	if f.water != "" {
		hours, err := remind.ParseHours(f.water)
		if err != nil {
			return p, misused("--water: %v", err)
		}
		p.Water = &hours
	}
	return p, nil
}

func remindInstall(a *App) *cobra.Command {
	var f remindFlags
	c := &cobra.Command{
		Use:   "install --at TIME",
		Short: say.Text("Write and enable the reminders, and show what was written"),
		Long: say.Text("Writes what this system has for it, enables it, and shows what it wrote and where. Installing " +
			"again replaces what was there. LULL_HOME goes with it. From its time on the machine looks every " +
			"five minutes for two hours, so that a snooze ends when it should and a lid that was closed " +
			"costs nothing; you see one reminder."),
		Example: "lull remind install --at 21:30 --water 10:00-20:00/2h --ics phone.ics",
		Args:    words(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			p, err := f.plan(cmd)
			if err != nil {
				return err
			}
			return a.remindInstall(cmd.Context(), p, f.file, f.force)
		},
	}
	f.bind(c)
	c.Flags().BoolVar(&f.force, "force", false, say.Text(replaces))
	c.Flags().StringVar(&f.file, "ics", "", say.Text("also write a calendar file for a phone, as lull remind ics does"))
	return c
}

func (a *App) remindInstall(ctx context.Context, p remind.Plan, file string, force bool) error {
	if fileOf(file) != "" {
		if err := a.Keeper.MayWrite(file, force); err != nil {
			return say.Error("nothing was installed: %w", err)
		}
	}
	d, err := a.desk(ctx, patient, fewNights)
	if err != nil {
		return err
	}
	if p.Water != nil && d.hidesAmounts() {
		return say.Error("nothing was installed: you limit fluids, so lull does not remind you to drink; leave --water out")
	}
	done, err := a.Reminders().Install(ctx, p, d.set.Calendar)
	if err != nil {
		return say.Error("nothing was installed: %w", err)
	}
	for _, n := range done.Notes {
		a.warnLine(cleanLines(n))
	}
	for _, f := range done.Wrote {
		a.line("%s", safe.Text(f.Name, longLine))
		for line := range strings.Lines(f.Text) {
			a.line("    %s", safe.Text(strings.TrimRight(line, "\n"), longText))
		}
		a.line("")
	}
	a.say("enabled, by %s", done.By)
	d.sayPlan(p)
	a.say("later: lull remind snooze 20; not tonight: lull remind skip; to take it all away: lull remind remove")
	a.noteConflicts(p, d.set)
	if file != "" {
		return a.writeCalendar(p, d.set, file, force)
	}
	return nil
}

// longText is the longest line of a file that is shown as it was written.
const longText = 8000

// sayPlan says what was asked for and when it comes next.
func (d *desk) sayPlan(p remind.Plan) {
	alarms := p.Alarms(d.set.Calendar)
	when := say.Text("every day")
	if len(p.Days) > 0 {
		when = say.Text("on %s", strings.Join(daysWords(p.Days), ", "))
	}
	for _, k := range remind.Kinds {
		next, any := remind.Next(alarms, k, d.now)
		if !any {
			continue
		}
		at := remind.ClockText(p.At)
		if k == remind.Water {
			at = p.Water.String()
		}
		d.app.sayOf(k, say.Text("%s %s; next %s", at, when, momentWords(next)))
	}
}

// sayOf says something of a kind of reminder.
func (a *App) sayOf(k remind.Kind, text string) {
	width := 8
	for _, other := range remind.Kinds {
		width = max(width, ansi.StringWidth(say.Name(string(other))))
	}
	a.line("%-*s %s", width, say.Name(string(k)), text)
}

// The kinds of reminders as a person says them.
const (
	_ say.Key = "stretch"
	_ say.Key = "water"
)

// daysWords are the days of a week in short: mon, tue.
func daysWords(days []time.Weekday) []string {
	var words []string
	for _, d := range days {
		sunday := time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC)
		words = append(words, strings.ToLower(say.Date(sunday.AddDate(0, 0, int(d)), "Mon")))
	}
	return words
}

func momentWords(at time.Time) string { return say.Date(at, "Mon 2 Jan 15:04") }

// noteConflicts says which reminders the settings keep from being of use.
func (a *App) noteConflicts(p remind.Plan, set settings.Settings) {
	evening := func(t time.Duration) time.Duration {
		return (t - set.Calendar.NightStarts + 24*time.Hour) % (24 * time.Hour)
	}
	if evening(p.At) > evening(set.Bed) {
		a.warn("%s is later than you mean to be in bed, %s; lull config set bed changes that", remind.ClockText(p.At), settings.ClockTime(set.Bed))
	}
	var late []string
	for _, alarm := range remind.Of(p.Alarms(set.Calendar), remind.Water) {
		switch set.Pace(0, 1, alarm.At) {
		case settings.Easing, settings.Resting:
			late = append(late, remind.ClockText(alarm.At))
		}
	}
	if len(late) > 0 {
		a.warn("nothing is asked of you in the two hours before bed and while you sleep, so these stay silent: %s; `lull config list` shows wake and bed",
			strings.Join(late, ", "))
	}
}

func remindStatus(a *App) *cobra.Command {
	return &cobra.Command{
		Use:   "status",
		Short: say.Text("Say whether the reminders are enabled and when the next comes"),
		Args:  words(0, 0, ""),
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.remindStatus(cmd.Context()) },
	}
}

func (a *App) remindStatus(ctx context.Context) error {
	p, there, err := a.Reminders().Plan()
	if err != nil {
		return err
	}
	if !there {
		a.say(noReminders)
		return nil
	}
	r, err := a.reminder(ctx, p)
	if err != nil {
		return err
	}
	s, err := a.Reminders().Status(ctx, r.set.Calendar)
	if err != nil {
		return err
	}
	if len(s.Wrong) > 0 {
		a.say("not in order, by %s", s.By)
	} else {
		a.say("enabled, by %s", s.By)
	}
	r.sayPlan(p)
	for _, k := range remind.Kinds {
		if len(remind.Of(r.alarms, k)) == 0 {
			continue
		}
		m := r.notes[k]
		switch why := r.look(k).Settled(k, m); {
		case why != "":
			a.sayOf(k, say.Text("now silent: %s", why))
		case m.Again.After(r.now):
			a.sayOf(k, say.Text("put off until %s", m.Again.In(r.now.Location()).Format("15:04")))
		}
	}
	for _, w := range s.Wrong {
		a.warnLine(cleanLines(w))
	}
	if len(s.Wrong) > 0 {
		a.warn("to put it in order: %s", installCommand(p))
		return errTold
	}
	return nil
}

// installCommand is what to type to install a plan.
func installCommand(p remind.Plan) string {
	command := toType("remind", "install", "--at", remind.ClockText(p.At))
	if len(p.Days) > 0 {
		command += " --days " + remind.DaysText(p.Days)
	}
	if p.Water != nil {
		command += " --water " + p.Water.String()
	}
	return command
}

func remindRemove(a *App) *cobra.Command {
	return &cobra.Command{
		Use:   "remove",
		Short: say.Text("Take the reminders away, all of it"),
		Args:  words(0, 0, ""),
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.remindRemove(cmd.Context()) },
	}
}

func (a *App) remindRemove(ctx context.Context) error {
	p, there, _ := a.Reminders().Plan() // one that cannot be read can be removed
	gone, err := a.Reminders().Remove(ctx)
	for _, g := range gone {
		a.say("took away %s", cleanLines(g))
	}
	switch {
	case err != nil:
		return err
	case len(gone) == 0:
		a.say("no reminders are installed; nothing was taken away")
	case there:
		a.say("to have them again: %s", installCommand(p))
	}
	log := a.Log(patient)
	note, err := log.Kept(ctx, remind.NotesName)
	if err == nil && note != nil {
		err = log.Keep(ctx, remind.NotesName, nil)
	}
	if err != nil {
		a.warn("what was snoozed or skipped is still noted, and does nothing: %s", cleanLines(err.Error()))
	}
	return nil
}

func remindICS(a *App) *cobra.Command {
	var f remindFlags
	c := &cobra.Command{
		Use:   "ics",
		Short: say.Text("Write the reminders as a calendar file, for a phone"),
		Long: say.Text("Writes an iCalendar file with an alarm for each time, by the clock of wherever the phone is: " +
			"those of --at, --days and --water, or those that are installed. A phone knows nothing of the " +
			"journal: it reminds on nights that are done, too. Imported again the file replaces what it made."),
		Example: "lull remind ics --at 21:30 -o lull.ics",
		Args:    words(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			set := a.usable()
			p, there, err := a.Reminders().Plan()
			if f.at != "" || f.days != "" || f.water != "" || !there && err == nil {
				p, err = f.plan(cmd)
			}
			if err == nil {
				p, err = a.withoutDrinks(cmd.Context(), p, f.water != "")
			}
			if err != nil {
				return err
			}
			return a.writeCalendar(p, set, f.file, f.force)
		},
	}
	f.bind(c)
	c.Flags().BoolVar(&f.force, "force", false, say.Text(replaces))
	c.Flags().StringVarP(&f.file, "output", "o", "", say.Text("a file instead of the output"))
	return c
}

// withoutDrinks takes the reminders to drink out of a plan for people who limit
// fluids. It returns an error if they asked for them.
func (a *App) withoutDrinks(ctx context.Context, p remind.Plan, asked bool) (remind.Plan, error) {
	if p.Water == nil {
		return p, nil
	}
	d, err := a.desk(ctx, patient, fewNights)
	if err != nil || !d.hidesAmounts() {
		return p, err
	}
	if asked {
		return p, say.Error("no calendar was written: you limit fluids, so lull does not remind you to drink; leave --water out")
	}
	p.Water = nil
	return p, nil
}

// inCalendar are the words of a calendar, which cannot know how things stand.
func inCalendar() map[remind.Kind]remind.Words {
	return map[remind.Kind]remind.Words{
		remind.Stretch: {Title: say.Text("Time to stretch"), Text: say.Text("Tonight's stretch: lull start\nDone already, or not tonight? Then never mind.")},
		remind.Water:   {Title: say.Text("Something to drink?"), Text: say.Text("To add a drink: lull drink\nNot thirsty? Then leave it.")},
	}
}

func (a *App) writeCalendar(p remind.Plan, set settings.Settings, file string, force bool) error {
	text := remind.Calendar(p.Alarms(set.Calendar), inCalendar(), a.Folder.ConfigFile(), a.Now())
	if file = fileOf(file); file == "" {
		_, err := io.WriteString(a.out, text)
		return err
	}
	err := a.Keeper.Write(file, force, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
	if err == nil {
		a.say("wrote %s; send it to your phone and open it there", clean(file))
	}
	return err
}
